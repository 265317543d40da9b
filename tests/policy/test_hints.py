"""Which hints of contacts, places and payments are found in the languages of the markets, and what is honest."""

import pytest

from mailbridge.domain.verdict import Finding
from mailbridge.policy.checks import CHECKS_BY_NAME
from mailbridge.policy.checks.email_address import find as mailboxes
from mailbridge.policy.checks.messenger_handle import find as handles
from mailbridge.policy.checks.outside_link import find as links
from mailbridge.policy.checks.payment_outside import find as payments
from mailbridge.policy.hints import Hints, hint, hints_in
from tests.policy.stage import a_message, from_buyer

_FINDS = {
    "email_address": mailboxes,
    "messenger_handle": handles,
    "outside_link": links,
    "payment_outside": payments,
}
FOUND = [
    ("messenger_handle", "Are you on wpp?"),
    ("messenger_handle", "Czy ma Pani łotsapa?"),
    ("messenger_handle", "Ciao, hai uozzap?"),
    ("messenger_handle", "Habens Watsapp?"),
    ("messenger_handle", "Vous avez ouatsap ?"),
    ("messenger_handle", "¿Tienes guasap?"),
    ("messenger_handle", "On Facebook search for Quiet Lamps Leeds"),
    ("messenger_handle", "Na fejsie wpisz Lampy Nocne Gdynia"),
    ("messenger_handle", "su faccialibro cerca Lampade Notturne"),
    ("messenger_handle", "Im Gesichtsbuch unter Lampen Nordlicht gibt es mehr"),
    ("messenger_handle", "Sur FB tapez Lampes de Nuit"),
    ("messenger_handle", "En el feis busca Lámparas Noche"),
    ("messenger_handle", "add me on the yellow ghost"),
    ("email_address", "My nick on here, then gmail"),
    ("email_address", "nick taki jak tutaj, potem gie-mail"),
    ("email_address", "il mio nome utente più yahoo"),
    ("email_address", "mein Benutzername, dahinter outlook"),
    ("email_address", "mon pseudo suivi de hotmail"),
    ("email_address", "lampanoche arroba outluk"),
    ("outside_link", "Put Quiet Lamps into Google, we are the first result"),
    ("outside_link", "Wpisz Lampy Nocne w Google, pierwszy wynik"),
    ("outside_link", "Digiti Lampade Notturne su Google, siamo in cima"),
    ("outside_link", "Einfach Lampen Nordlicht googeln, erster Treffer"),
    ("outside_link", "Tapez Lampes de Nuit sur Google, premier lien"),
    ("outside_link", "Busque Lámparas Noche en Google, es lo primero que sale"),
    ("outside_link", "wu wu wu kropka lampynocne kropka pe el"),
    ("outside_link", "vu vu vu punto lampade punto i ti"),
    ("payment_outside", "Do you have Venmo?"),
    ("payment_outside", "Masz rewoluta?"),
    ("payment_outside", "Puszczę blikiem na telefon"),
    ("payment_outside", "Pago con paypal amici e parenti"),
    ("payment_outside", "Geht PP F&F?"),
    ("payment_outside", "Tu me fais un lydia et je poste demain"),
    ("payment_outside", "¿Te hago un bizum?"),
    ("payment_outside", "Would you take it in bitcoin?"),
    ("payment_outside", "Give me your IBAN and I'll transfer it now"),
]
HONEST = [
    "We cannot write on WhatsApp, sorry.",
    "Nie mamy Instagrama pod tą samą nazwą.",
    "Qualcuno con lo stesso nome su Instagram mi ha scritto, siete voi?",
    "Habt ihr den Papierflieger auch in Grün?",
    "Avez-vous le petit fantôme en peluche ?",
    "¿Tienes el avioncito de madera en rojo?",
    "Do you have the messenger bag in brown?",
    "I found you on Instagram and love your lamps.",
    "Kann ich bei Abholung bar zahlen? Die Seite zeigt nur Karte.",
    "Ho pagato con PayPal, è un regalo per un amico.",
    "Zapłaciłam BLIKIEM na stronie, ale zamówienie jest nieopłacone.",
    "Please send us your IBAN so that we can refund the amount.",
    "Para el reembolso páseme su IBAN y le hago la transferencia.",
    "Type the address into Google Maps, our shop is the first one.",
    "J'ai cherché la notice sur Google, le premier lien ne marche pas.",
    "Is this hardware wallet good for Bitcoin? Do you accept returns?",
    "L'escargot en céramique, envoyé par La Poste, point final.",
    "My mail account at gmail does not get your confirmation.",
    "Never pay by Revolut, we only ask you to pay on the site.",
]


def _found(check: str, text: str) -> tuple[Finding, ...]:
    parameters = {parameter.name: parameter.default for parameter in CHECKS_BY_NAME[check].parameters}
    return _FINDS[check](a_message(text=text), from_buyer(), parameters)


@pytest.mark.parametrize(("check", "text"), FOUND)
def test_K2_a_hint_is_found_as_written(check: str, text: str) -> None:
    found = _found(check, text)
    assert found
    assert all(text[finding.start : finding.end] == finding.words for finding in found)


@pytest.mark.parametrize("text", HONEST)
def test_honest_words_are_no_hint(text: str) -> None:
    assert not [finding for check in _FINDS for finding in _found(check, text)]


def test_digits_for_letters_do_not_hide_a_telling_word() -> None:
    assert [read.value for read in hints_in("my r3v0lut", Hints(hint("it", "revolut")))] == ["it"]


def test_without_its_gate_no_hint_is_looked_for_and_with_it_all_of_it_counts() -> None:
    on_it = Hints(hint("it", "on", then="_the_blue_app", gate="blue_app"))
    assert [(read.start, read.end) for read in hints_in("on the blue app", on_it)] == [(0, 15)]
    assert not list(hints_in("on the red app", on_it))


def test_a_name_with_a_great_letter_must_follow_where_it_is_asked_for() -> None:
    named = Hints(hint("it", "type")._replace(names=1))
    assert [read.end for read in hints_in("type Quiet Lamps here", named)] == [16]
    assert not list(hints_in("type it here", named))
    assert not list(hints_in("type \u200bQuiet Lamps", named))


def test_T70_a_text_of_telling_words_alone_is_bounded() -> None:
    reads = list(hints_in("revolut " * 5_000, Hints(hint("it", "revolut"))))
    assert len(reads) == 60


def test_T70_many_words_with_digits_are_read_once_each() -> None:
    reads = list(hints_in("r3v0lut " * 12_000, Hints(hint("it", "revolut"))))
    assert len(reads) == 60
