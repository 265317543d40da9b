"""Which phone numbers are found, and which numbers are none."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.policy.checks.phone_number import find
from mailbridge.policy.scanning import MAX_TEXT, TOO_MUCH
from tests.policy.stage import MARKET, a_message, an_order, from_buyer

_NONE = {"allowed_numbers": ()}

FOUND = [
    ("call +48 601 234 567 please", "+48601234567"),
    ("tel. 601 234 567", "+48601234567"),
    ("tel. 601-234-567", "+48601234567"),
    ("601234567", "+48601234567"),
    ("(22) 621 00 00", "+48226210000"),
    ("zadzwoń: 22 621 00 00.", "+48226210000"),
    ("chiamami al 347 123 4567", "+393471234567"),
    ("+39 06 6982 0001", "+390669820001"),
    ("0151 23456789", "+4915123456789"),
    ("K1 +44 (0)20 7946 0018", "+442079460018"),
    ("0044 20 7946 0018", "+442079460018"),
    ("whatsapp +1 650 253 0000", "+16502530000"),
    ("order 12345: call +48 601 234 567", "+48601234567"),
    ("48 601 234 567", "+48601234567"),
    ("447911123456", "+447911123456"),
    ("+20 100 451 37", "+2010045137"),
    ("my number is 601-234567", "+48601234567"),
    ("601234567 to mój numer", "+48601234567"),
    ("6 0 1 2 3 4 5 6 7", "+48601234567"),
    ("Proszę 601 234 567", "+48601234567"),
    ("Hello, 07911 123456, any evening", "+447911123456"),
    ("Regards, Jan Kowalski 601 234 567", "+48601234567"),
    ("Kasia 601 234 567", "+48601234567"),
    ("write to Kasia:\n347 123 4567", "+393471234567"),
    ("bitte 0221 / 47 10 312", "+492214710312"),
    ("+48 601 234 567 24 24 24 24 24 24 24", "+48601234567"),
]
#: words as written, and the number meant
DISGUISED = [
    ("call six oh one, two three four, five six seven", "six oh one, two three four, five six seven", "+48601234567"),
    (
        "sześćset jeden dwieście trzydzieści cztery pięćset sześćdziesiąt siedem",
        "sześćset jeden dwieście trzydzieści cztery pięćset sześćdziesiąt siedem",
        "+48601234567",
    ),
    ("tre quattro sette uno due tre quattro cinque sei sette", "", "+393471234567"),
    ("trecentoquarantasette centoventitré quarantacinque sessantasette", "", "+393471234567"),
    ("null eins sechs null, neunundneunzig, einundzwanzig, zweiundvierzig, fünf", "", "+491609921425"),
    ("six oh one double two three triple four", "", "+48601223444"),
    (
        "plus forty eight six zero one two three four five six seven",
        "forty eight six zero one two three four five six seven",
        "+48601234567",
    ),
    ("6zero1 2three4 five67", "", "+48601234567"),
    ("dzwoń 6O1 234 567", "6O1 234 567", "+48601234567"),
    ("6o1-234-567", "", "+48601234567"),
    ("tel. 601, 234, 567", "601, 234, 567", "+48601234567"),
    ("tel. 601 and then 234 and then 567", "601 and then 234 and then 567", "+48601234567"),
    ("601*234*567", "", "+48601234567"),
    ("I pay 70. 601 \u270b 234 \u270b 567 after six", "601 \u270b 234 \u270b 567", "+48601234567"),
    ("pięćset dwanaście, trzy zera, trzysta czterdzieści siedem", "", "+48512000347"),
    ("tre quattro sette, tre volte zero, millenovecentottantadue", "", "+393470001982"),
    ("6.0.1...2.3.4...5.6.7", "", "+48601234567"),
    ("tel. 601 234\n567", "601 234\n567", "+48601234567"),
    ("+48 601\n234 567", "", "+48601234567"),
    ("mój telefon zaczyna się od 601, w środku 234, kończy na 567", "601, w środku 234, kończy na 567", "+48601234567"),
    (
        "6\ufe0f\u20e30\ufe0f\u20e31\ufe0f\u20e3 2\ufe0f\u20e33\ufe0f\u20e34\ufe0f\u20e3 567",
        "6\ufe0f\u20e30\ufe0f\u20e31\ufe0f\u20e3 2\ufe0f\u20e33\ufe0f\u20e34\ufe0f\u20e3 567",
        "+48601234567",
    ),
    ("\uff16\uff10\uff11 \uff12\uff13\uff14 \uff15\uff16\uff17", "", "+48601234567"),
    ("601\u200b234\u200b567", "", "+48601234567"),
]
NOT_FOUND = [
    "order 113-4567890-1234567",
    "zamówienie nr 601234567",
    "see #601234567",
    "Bestellung von gestern\n12345678901234567890",
    "Bestellung 601234567",
    "EAN 5901234123457",
    "NIP 526-025-09-95",
    "PESEL 44051401359",
    "IBAN PL61 1090 1014 0000 0712 1981 2874",
    "numer przesyłki 601234567",
    "tracking: 601 234 567",
    "RR601234567PL",
    "1Z9990601234567",
    "21.11.2026 10:30",
    "2026-11-21 10:30",
    "601234567 zł",
    "12 345 678,00 EUR",
    "1 2 3 4 5",
    "server 140.211.11.2 or (130.149.4.10)",
    "version 8.6.9/940406",
    "between 0.574  0.765",
    "7/948/166/01",
    "",
    "Sat, Oct 05, 2002 at 06:06, on Mon 04, 2002 at 04:53",
    "open 8.20-12.35, sabato 9.00 - 17.00",
    "sizes 38 39 40 41 42, 36, 37, 38, 39, 40",
    "https://shop.example/article?sid=02/08/26/1154225",
    "total 3.76552795031 and 33.1238779174",
    "+300.00%\n0.050 0.150",
    "one or two of the three, tre o quattro, un due o 108/110",
    "10l 20l 30l, 5 pcs of 100 in 20 boxes at 30",
    "P.I. 02711480046, cod. 0020.132.764, nr kat. 530-01-49.49/A",
    "zamówienia: 601234567, 602345678",
    "Numery przesyłek:\n601234567\n602345678",
    "601234567 (numer zamówienia)",
    "601234567 is your order number",
    "4111 1111 1111 1111",
    "20261121, 20261121103000",
    "XY: 1655 150 0 0",
    "€ 12 345 678",
    "5 601 234 567 people",
    "PNC 914 533 407/00",
    "Na kartonie jest 660 214 907 i waga",
    "Symbol na pudełku: 602 418 733",
    "602 418 733 to numer z tabliczki",
    "Podkładka 11 61 2 245 439, uszczelka 602 418 733",
    "0 281 002 667 e sotto 036 905 377 C",
    "8517 13 00 per il telefono e 4202 32 10 per la custodia",
    "The handset is a mobile from 2022, 128 GB",
    "Sul fondello c'è 371 204",
    "szerokości 120 145 195",
    "Sie wollten die Nummer auf dem Motor. 0 130 821 774.",
    "company registration number 09481726",
    "601 234 567 24",
    "12, 14, 601 234 567",
    "zamiennik: 601 234 567",
    "Mamy 501 877 046 oraz 501 877 047 na stanie.",
    "Les références 06 12 34 56 78 et 06 12 34 56 79 sont en stock.",
    "I contatti dell'interruttore 347 123 4567 sono ossidati",
    "Contact lenses -2,25 8,6 14,2, 6 x 3",
    "Etui na telefon Samsung A54, kod 602 418 733, mamy na stanie.",
    "Call the courier and give 123 456 789 012.",
    "Il telaio 0321 472 118 è in magazzino.",
    "Współrzędne 52.229676, 21.012229.",
    "Bitte melden mit Vorgang 0221/4710312",
    "teleskop 601 234 567, dzwonek rowerowy 602 345 678",
    "a page =3D of tabs:=09=09=09=09=09=09=09=09",
    "=20=20=20=20=09",
]


@pytest.mark.parametrize(("text", "number"), FOUND)
def test_K1_a_phone_number_is_found(text: str, number: str) -> None:
    findings = find(a_message(text=text), from_buyer(), _NONE)
    assert [finding.detail for finding in findings] == [number]
    assert text[findings[0].start : findings[0].end] == findings[0].words


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_is_no_phone_number_is_not_found(text: str) -> None:
    assert find(a_message(text=text), from_buyer(), _NONE) == ()


@pytest.mark.parametrize(("text", "words", "number"), DISGUISED)
def test_a_disguised_number_is_found_as_written(text: str, words: str, number: str) -> None:
    findings = find(a_message(text=text), from_buyer(), _NONE)
    assert [(finding.words, finding.detail) for finding in findings] == [(words or text, number)]
    assert text[findings[0].start : findings[0].end] == (words or text)


@pytest.mark.parametrize(
    "text",
    [
        "601 234 567 602 345 678",
        "601234567 602345678",
        "601 234 567 / 602 345 678",
        "601-234-567, 602-345-678",
        "+48 601 234 567 / +48 602 345 678",
        "601 234 567\n602 345 678",
    ],
)
def test_several_numbers_in_a_row_are_all_found(text: str) -> None:
    facts = from_buyer(marketplace=replace(MARKET, regions=("PL",)))
    details = [finding.detail for finding in find(a_message(text=text), facts, _NONE)]
    assert details == ["+48601234567", "+48602345678"]


@pytest.mark.parametrize("text", ["1. 601 234 567", "24 601-234-567"])
def test_a_number_beside_other_digits_is_found(text: str) -> None:
    facts = from_buyer(marketplace=replace(MARKET, regions=("PL",)))
    assert [finding.detail for finding in find(a_message(text=text), facts, _NONE)] == ["+48601234567"]


def test_an_order_number_of_the_pair_is_never_a_phone_number() -> None:
    facts = from_buyer(orders=(an_order("601234567"),))
    assert find(a_message(text="about 601234567"), facts, _NONE) == ()


def test_a_market_knows_the_numbers_of_its_regions_only() -> None:
    facts = from_buyer(marketplace=replace(MARKET, regions=("DE",)))
    assert find(a_message(text="601 234 567"), facts, _NONE) == ()


@pytest.mark.parametrize(
    ("text", "number"), [("(212) 533-1775", "+12125331775"), ("01 42 34 56 78", ""), ("(04) 234 5678", "+6442345678")]
)
def test_a_number_is_read_in_the_groups_of_its_region(text: str, number: str) -> None:
    facts = from_buyer(marketplace=replace(MARKET, regions=("NZ", "US")))
    assert [finding.detail for finding in find(a_message(text=text), facts, _NONE)] == [number] * bool(number)


def test_an_allowed_number_is_no_finding() -> None:
    message = a_message(text="hotline +48 601 234 567, private +48 602 234 567")
    findings = find(message, from_buyer(), {"allowed_numbers": ("+48 601 234 567",)})
    assert [finding.detail for finding in findings] == ["+48602234567"]


@given(st.text(alphabet="0123456789 +()-./\nx", max_size=200))
def test_spans_are_exact_and_in_order(text: str) -> None:
    findings = find(a_message(text=text), from_buyer(), _NONE)
    assert all(text[finding.start : finding.end] == finding.words for finding in findings)
    assert all(a.end <= b.start for a, b in pairwise(findings))


def test_T70_a_book_of_digits_is_given_up_on() -> None:
    assert len(find(a_message(text="601 234 567\n" * 5_000), from_buyer(), _NONE)) <= 50
    assert find(a_message(quoted_text="1" * 500_000), from_buyer(), _NONE) == ()
    assert find(a_message(text="1" + " " * (MAX_TEXT - 1)), from_buyer(), _NONE) == ()


@pytest.mark.parametrize("text", ["12 34 56 78 90 12 34 56 78 90\n" * 2_000, "one two " * 10_000, "1" * 100_000])
def test_I6_more_numbers_than_can_be_looked_at_are_found_in_what_is_sent_anew_only(text: str) -> None:
    findings = find(a_message(text=text), from_buyer(), _NONE)
    assert TOO_MUCH in {finding.detail for finding in findings}
    assert TOO_MUCH not in {finding.detail for finding in find(a_message(quoted_text=text), from_buyer(), _NONE)}


_WIDE = replace(MARKET, regions=("PL", "IT", "DE", "GB", "FR", "ES"))
#: one number of each language, said in words
SPELLED = [
    ("{} works best", "zero seven seven zero zero nine zero zero one two three", "+447700900123"),
    ("{} działa najlepiej", "pięć jeden dwa trzy cztery pięć sześć siedem osiem", "+48512345678"),
    ("{} va meglio", "tre quattro sette uno due tre quattro cinque sei sette", "+393471234567"),
    ("{} geht am besten", "null eins fünf eins zwei drei vier fünf sechs sieben acht neun", "+4915123456789"),
    ("{} marche mieux", "zéro six un deux trois quatre cinq six sept huit", "+33612345678"),
    ("{} va mejor", "seis uno dos tres cuatro cinco seis siete ocho", "+34612345678"),
]


@pytest.mark.parametrize("joined_by", [" ", ", ", "-", ".", " / ", "\n"])
@pytest.mark.parametrize(("around", "spelled", "number"), SPELLED)
def test_K1_what_a_product_is_called_names_no_number_that_is_spelled(
    around: str, spelled: str, number: str, joined_by: str
) -> None:
    text = "The lamp, lampa, lampada, Lampe and lámpara: " + around.format(joined_by.join(spelled.split()))
    findings = find(a_message(text=text), from_buyer(marketplace=_WIDE), _NONE)
    assert number[-8:] in "".join(finding.detail for finding in findings)


@pytest.mark.parametrize("text", ["0 7 7 0 0 9 0 0 1 2 3", "01632 960123", "07700 900123", "06 39 98 12 34"])
def test_numbers_set_aside_for_examples_count_as_numbers(text: str) -> None:
    assert find(a_message(text=text), from_buyer(marketplace=_WIDE), _NONE)


@pytest.mark.parametrize("text", ["Modell 077 dann 09", "Art. 601*220*398", "lamp 60*40*30, 12*12*12"])
def test_few_digits_and_named_parts_stay_what_they_are(text: str) -> None:
    assert find(a_message(text=text), from_buyer(marketplace=_WIDE), _NONE) == ()
