"""What people say to hide a contact in plain sight, in six languages, and what honest people say in the same words."""

from dataclasses import replace

import pytest

from mailbridge.domain.verdict import Finding
from mailbridge.policy.checks import CHECKS_BY_NAME
from mailbridge.policy.scattered import mirrored, scattered
from tests.policy.stage import MARKET, a_message, from_buyer

_CHECKS = ("phone_number", "messenger_handle", "email_address", "payment_outside", "outside_link", "bank_data")
_FACTS = from_buyer(marketplace=replace(MARKET, regions=("PL", "IT", "DE", "GB", "FR", "ES")))

#: parts of a number that are told to be put together, or to be read otherwise
PUT_TOGETHER = [
    "Shade £07.70, base £0.90, bulb £01.23. Ignore the pounds, read them one after another.",
    "Height 0770, depth 0900 and lid 123, all in one go, then press green and it is me who answers.",
    "Półka 512, blat 300 i nogi 147, wszystko po kolei, i możemy pogadać.",
    "Il piano misura 347, il lato 220, lo zoccolo 1184: tutto attaccato e mi trova al telefono.",
    "Breite 0151, Höhe 2345, Tiefe 6789, ohne Punkte hintereinander, dann klingelt es bei mir.",
    "Vis 06,12 €, colle 34,56 €, bois 78 €. Mis bout à bout vous pouvez me joindre.",
    "Tablero 61 €, pata 22 €, tornillo 33,444 €: todo seguido y hablamos.",
    "The serial is 321 009 00770, read it backwards.",
    "Numer to 765 432 106, proszę czytać wspak.",
    "Das ist 9876543 1510, rückwärts gelesen.",
    "Código 444333226, léelo al revés y me llamas.",
    "Mettete uno zero davanti: 2 6982 0001.",
    "Zu jeder Ziffer eins addieren: 050 113 456 78",
    "Ring the area code for Leeds and then 345 67 89.",
    "Vorwahl von Bremen, dann siebenundvierzig elf zwölf.",
]
#: digits one by one, by their names and glued
ODDLY_WRITTEN = [
    "0-7.9-1.1-1.2-3.4-5.6",
    "5.1.2-3.4.5-6.7.8",
    "dwie piątki, jedynka, dwie trójki, zero, trzy siódemki",
    "seis, uno, dos, tres doses, cero, dos nueves",
    "null1fünfeins 2dreivierfünf 6sieben8neun",
    "0️⃣6️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣",
    "call 07700nine00one23",
    "zwei zwei eins mit einer Null davor, dann vierunddreißig, sechsundfünfzig zwölf",
]
ASKED_FOR = [
    "Leave me your mobile number and I'll call you tonight.",
    "Proszę zostawić numer telefonu, oddzwonię po pracy.",
    "Mi lascia un recapito telefonico che la richiamo?",
    "Gib mir deine Handynummer, dann ruf ich dich an.",
    "Donne-moi ton 06 et je t'appelle.",
    "Dame tu número y te llamo luego.",
    "Put your e-mail into the delivery notes please.",
    "Scriva la sua mail con gli spazi, per favore.",
    "Schreiben Sie mir Ihre Mailadresse mit Leerzeichen.",
    "Podaj mi swój mail z gwiazdką zamiast znaczka.",
]
SAME_NAME = [
    "There I use the same handle as on here.",
    "Mam tam taki sam nick jak tutaj.",
    "Stesso nickname che ho qui.",
    "Mein Nutzername ist derselbe wie hier.",
    "C'est le même pseudo qu'ici.",
    "Tengo el mismo usuario que aquí.",
    "Tam się nazywam zielony_fotel.",
    "dort heiße ich gruenersessel",
    "allí me llamo sillonverde",
]
SERVICES = [
    "Have you got the green app with the receiver?",
    "Napisz do mnie na komunikatorze z dymkiem i słuchawką.",
    "Mi scriva sull'app verde, quella con la cornetta.",
    "Schreib mir in der App mit dem Hörer.",
    "On continue sur l'appli verte avec le combiné ?",
    "Seguimos en la app del auricular, la verde.",
    "look me up on f-book, Quiet Lamps",
    "my name on the wh@tsapp is the one you know",
    "t3l3gram is better",
    "in$tagram, if you like",
    "D!scord maybe",
    "su V1nted costa meno",
    "ich bin auf Klein/anzeigen",
    "r.u.h.i.g.e.l.a.m.p.e",
    "ig: ciche kropka lampy",
    "TikTok, lampade punto notte",
    "My number is on the parcel label, write to me.",
]
MAILBOXES = [
    "first name dot last name at the usual one",
    "vorname punkt nachname, wie immer",
    "imię kropka nazwisko i wiadomo gdzie",
    "nome punto cognome",
    "Before the at stands lampada, behind it the rest.",
    "Nach dem Klammeraffen kommt der Rest, dann Punkt und de.",
    "Przed małpą moje imię, a potem wiadomo.",
    "Davanti alla chiocciola c'è il negozio.",
    "Avant l'arobase, mon atelier.",
    "Delante de la arroba va mi taller.",
    "My box is with the big G, my username, no spaces.",
    "Moja skrzynka jest u wujka Google.",
    "Read it from right to left: moc.elpmaxe@spmal",
    "n-i-g-h-t-.-l-a-m-p-@-m-a-i-l-.-c-o-m",
]
PLACES = [
    "You know the address shortener, slash, then lamps four.",
    "bit, Punkt, ly, Schrägstrich, lampe",
    "dopisz kropkę i com",
    "poi un punto e poi it",
    "then a dot and com",
    "puis un point et puis fr",
    "ein Punkt und dann de",
    "luego punto y luego com",
    "Type Quiet Lamps Leeds into Google.",
    "Wpisz Ciche Lampy Gdynia w wyszukiwarkę.",
    "Geben Sie Leise Lampen Bremen in die Suchmaschine ein.",
    "Open the maps, type Quiet Lamps, and you see our own site, no fees.",
    "Szukaj na innym portalu, ta sama nazwa, taniej.",
    "Cherchez sur un autre site, même annonce, moins cher.",
]
MONEY = [
    "Slip the cash between the pages, please.",
    "Put twenty quid in an envelope.",
    "Proszę włożyć dwie stówki do koperty.",
    "Metta le banconote in una busta.",
    "Steck einfach drei Fuffis in einen Umschlag.",
    "Glissez les espèces... non, glissez des biftons dans une enveloppe.",
    "Meta doscientos euros en un sobre.",
    "Cash in hand, and cancel the order here.",
    "Gotówka do ręki, a zamówienie niech Pani anuluje.",
    "Contanti in mano e annulli l'acquisto.",
    "Bar auf die Hand, und brich den Kauf hier ab.",
    "En espèces et j'annule la commande.",
    "En mano y no le des a comprar.",
    "Buy an Amazon card, scratch it and send me the code.",
    "Kup kartę podarunkową i podaj mi kod.",
    "Prenda un buono da 50 e mi detti il codice.",
    "Kaufen Sie eine Guthabenkarte und schicken Sie mir den Code.",
    "Achetez une carte cadeau et envoyez-moi les chiffres.",
    "Compre una tarjeta regalo y dígame los códigos.",
    "Podyktuj mi te sześć cyfr z aplikacji bankowej.",
    "Lies mir den Code aus der Sparkassen App vor, die sechs Ziffern.",
    "I take tether too, on the TRC20 rails.",
    "Przyjmę też satoshi, dam rabat.",
    "pay me on v3nmo",
    "r€volut geht auch",
    "Bizum al seis uno dos tres cuatro",
    "paypal punkt me schrägstrich lampe",
    "I'll send you my bank details for the rest.",
    "Podam mój numer konta, bez prowizji.",
    "bc1q w508 d6qe jxtd g4y5 r3za rvar y0c5 xw7k",
    "guichet 00402, puis le compte 123 et la clé 43",
]
ACCOUNTS = [
    ("DE zwölf, dann 5001 0517, dann 0648 4898 und zum Schluss 90", "iban DE"),
    ("ES noventa y uno, luego 2100 0418, después 4502 0005 y al final 1332", "iban ES"),
    ("sześćdziesiąt jeden 1090 1014, dalej 0000 0712 i końcówka 1981 2874", "account PL"),
    ("cztery tysiące, nie: 4111 jedenaście jedenaście 1111 jedenaście jedenaście", "card"),
]
HONEST = [
    "you decide before the at look please",
    # parts, sizes and codes
    "Put the legs on one after the other: 4 x 20 mm, 6 x 45, then 12 x 60. Keep the screws in that order.",
    "The courier will call. Three parcels, 120 x 40 x 30 and 60 x 40 x 20, one after another.",
    "Enter the code on the keypad at the gate: 0639, building 98, flat 44.",
    "The serial number is printed backwards on the cover.",
    "Rower ma dzwonek, koła 28 cali, zestaw narzędzi 601 x 220 x 398, po kolei opisane.",
    "Proszę złożyć lampę i przekręcić śruby: 4 x 20, 5 x 35, 6 x 120, 8 x 60.",
    "Kurier zadzwoni przed dostawą, paczki po kolei: 512 g, 300 g, 147 g.",
    "La guarnizione va al contrario, codice 338-1204-771.",
    "Marca Philips, tornillos 4 x 20, 6 x 55, 8 x 120, todos seguidos en la bolsa.",
    "La junta es la 655-014-290, no hay otra.",
    "Bitte erst die Batterien einlegen, hintereinander: 2 x 1,5 V, 3 x 9 V. Die Klingel geht dann.",
    "Vous avez le clavier français, référence 06-12-4470, touches de 19 mm.",
    "Ratings were 5, 5, 4, 5, 5, 4, 5, 3, 5 last month.",
    "We have sizes 1, 2, 3, 4, 5, 6, 7, 8, 9 and 10.",
    "Two sevens and three nines are missing in the set of numbers for the door.",
    "Brakuje dwóch: jedna szóstka i dwie trójki z kompletu cyfr.",
    # contacts that one may speak of
    "Your phone number for the courier is already with the order.",
    "Kurier prosi o numer telefonu, jest już w zamówieniu.",
    "Il corriere ha il suo numero, la chiama lui.",
    "Der Paketdienst hat Ihre Telefonnummer aus der Bestellung.",
    "Escríbame el número de la etiqueta, por favor.",
    "Schreiben Sie mir die Nummer auf dem Etikett.",
    "Is the name on the parcel the same as here?",
    "Someone with the same nickname as yours here wrote to me, was it you?",
    "Do you have the one with the yellow ghost, or the paper plane?",
    "Hast du das gelbe Gespenst noch? Schreib mir bitte kurz.",
    "Masz jeszcze ten kubek z chmurką i samolocikiem?",
    "C'è anche il quadro con il fulmine e il fantasma giallo?",
    "Die App zeigt ein Blitzsymbol, wenn der Akku lädt.",
    "The installation is easy, write to me if not. The app shows a green light.",
    "pluszowa małpa w kropki, wysłana pocztą, 40 zł za małpkę",
    "L'escargot en bois, envoyé ce matin. Un point de colle suffit.",
    "Imię i nazwisko na paczce były inne, odebrałem ją przed 15 na poczcie.",
    "Der Kringel am Punkt ist so gewollt, das ist ein Muster.",
    "Dort bin ich ab 16 Uhr, die App schickt Ihnen den Code.",
    "Lì sono aperti fino alle 19, mi scriva se tarda.",
    "I can not use wh4tsapp as you wrote, the rules forbid it.",
    "Nie mamy konta na innym portalu, proszę szukać tylko tutaj.",
    "Auf der anderen Seite ist der Schalter, da ist es weniger eng.",
    "Google Pixel 7, unlocked. Type the IMEI into the form please.",
    "Enter the address into Google Maps and you see our shop, open till six.",
    # money
    "The invoice is in the envelope in the box, put it with your receipt.",
    "Der Versand im Umschlag kostet 2 Euro, ich schicke ihn morgen.",
    "Sobald das Geld da ist, packe ich alles in den Karton.",
    "Invio la lettera per 3 euro, la metto nella busta imbottita.",
    "Je mets la bague en argent dans une petite boîte, envoi pour 4 euros.",
    "Wyślę w kopercie za 8 zł, list idzie dwa dni.",
    "The voucher code was not applied: cancel the order and pay again with the code, it is cheaper.",
    "Annulli l'ordine e lo rifaccia con lo sconto, così paga meno.",
    "Cash on delivery is not possible, so please cancel the order or pay by card.",
    "Il pacco è in tabaccheria, mi mandi la foto della ricevuta.",
    "Le câble de recharge ne va pas ? Envoyez-moi une photo.",
    "Steam iron, 2400 W, comes with the card for the warranty.",
    "Proszę wpisać kod BLIK na stronie, potrwa to dwie minuty.",
    "Never send cash in an envelope and never read out a code from your bank app.",
    "The Kryptonite lock takes two keys. The LAN ETH port takes 12 V.",
    "Sweet corn holders, set of eight, we take returns.",
    "Privatverkauf, keine Rücknahme. Im Laden wäre es günstiger, aber zahlen Sie bitte hier.",
    "Le remboursement arrive sur votre compte, la banque met deux à trois jours.",
    "Please send us your bank details for the refund, one of two accounts is enough.",
    "IT00933120456, fattura 491, due copie, tre pagine, 27 euro, 2024.",
    "DE 2 Stück, 12345 und 678901, zusammen 20 kg, 2024, 123.",
]


def _found(text: str) -> list[Finding]:
    found: list[Finding] = []
    for name in _CHECKS:
        check = CHECKS_BY_NAME[name]
        parameters = {parameter.name: parameter.default for parameter in check.parameters}
        found += check.find(a_message(text=text), _FACTS, parameters)
    return found


@pytest.mark.parametrize(
    "text", [*PUT_TOGETHER, *ODDLY_WRITTEN, *ASKED_FOR, *SAME_NAME, *SERVICES, *MAILBOXES, *PLACES, *MONEY]
)
def test_K1_K2_a_contact_said_round_about_is_found_as_written(text: str) -> None:
    found = _found(text)
    assert found
    assert all(text[finding.start : finding.end] == finding.words for finding in found)


@pytest.mark.parametrize("text", HONEST)
def test_E16_the_same_words_in_honest_sentences_are_no_contact(text: str) -> None:
    assert not [(finding.check, finding.detail, finding.words) for finding in _found(text)]


@pytest.mark.parametrize(("text", "kind"), ACCOUNTS)
def test_a_dictated_account_is_found_by_its_kind(text: str, kind: str) -> None:
    assert kind in [finding.detail for finding in _found(text) if finding.check == "bank_data"]


def test_parts_that_nothing_tells_to_be_put_together_are_none() -> None:
    assert not list(scattered("Shelf 512, top 300 and legs 147."))


def test_what_is_read_from_behind_keeps_its_brackets() -> None:
    assert [part for _, part in mirrored("read it backwards: moc (tod) pmal")] == ["lamp (dot) com :sdrawkcab ti daer"]


def test_T70_a_text_of_words_that_tell_is_bounded() -> None:
    text = "12 34 in a row, call me on the line 56 78 " * 2_000
    assert len(list(scattered(text))) <= 40
