"""Telephone numbers that something else carries are found, in words and tongues that were written for this test alone;
the same carriers are honest without them."""

from dataclasses import replace

import pytest

from mailbridge.domain.verdict import Finding
from mailbridge.policy.checks import CHECKS_BY_NAME
from tests.policy.stage import MARKET, a_message, from_buyer

_FACTS = from_buyer(marketplace=replace(MARKET, regions=("PL", "IT", "DE", "GB", "FR", "ES")))
_CHECKS = ("phone_number", "messenger_handle", "email_address", "payment_outside", "outside_link", "bank_data")

CARRIED = [
    "My bus numbers: 07, 700, 900, 811. Stick them in a line and press call, I'll answer.",
    "Godziny: 6:03, 2:21, 8:04. Bez dwukropków jest do mnie bezpośredni telefon.",
    "Pagine 33, 90, 62, 77, 15 del libro: in fila fanno suonare il mio apparecchio",
    "Takte 01, 76, 44, 12, 90, 17 hintereinander spielen, dann klingelt es bei mir",
    "nul een vijf zeven, acht negen, drie vier, een twee, zes",
    "trepe quapattropo sepettepe, dupuepe zeperopo cipinqupuepe, nopovepe upunopo opottopo trepe",
    "The last bit to go with my earlier message is 0 4 1 8",
    "Part no. 07700 900 455 picks up if you dial it",
    "\u4e03\u4e03\u3007\u3007 \u4e5d\u3007\u3007 \u56db\u4e00\u4e8c mit 0 davor",
    " kiss ".join("".join(f"{digit}\ufe0f\u20e3" for digit in part) for part in ("507", "831", "926")),
]
OTHERS = [
    "the log is called quiet-lamps.at.zoho.eu.txt",
    "quietlamps [ape] example [stop] com",
    "Before the curly a comes lamps, behind it what stands after www on the lid.",
    "Nimm jeden zweiten Buchstaben, das bin ich: lxaxmxp",
    "On that other auction site, seller quietlamps.",
    "Aim your phone at the little square in photo 3, it is cheaper there.",
    "Zadzwoń na numer z paragonu albo WhatsApp.",
    "lamps-and-shades,co,uk",
    "Revolut me, I'm @quietlamp",
    "Ci vediamo al casello, 200 in contanti e il motorino è suo.",
    "Gdzie pana znajdę poza portalem?",
    "Come by, money on the table, and I'll take the ad down.",
]
HONEST = [
    "Ring sizes: K 50, L 51, M 52, N 54, O 55. Put the paper strip around and read the figures off.",
    "Die Größen nacheinander: 36, 38, 40, 42, 44, 46. Rufen Sie bitte bei DHL an.",
    "Proszę wpisać kod 5078 na klawiaturze, potem 3 razy krzyżyk, a zamek po 6.",
    "Numeri di taglia in sequenza: 38, 39, 40, 41, 42. Il corriere la chiama lui.",
    "The rest of your order ships tomorrow, tracking ends in 4418, see my last message.",
    "Jeden, dwa, trzy, cztery, pięć, sześć, siedem: tak liczy dziecko.",
    "The bracelet says LOVE in Morse: .-.. --- ...- . on a cord.",
    "The monogram uses the first letters of your names, in gold.",
    "Gibt es eine andere Möglichkeit, die Rechnung zu bekommen?",
    "Schreiben Sie mir die Nummer auf dem Karton.",
    "Niestety nie możemy spotkać się ani przyjąć gotówki, wszystko idzie przez portal.",
    "I'll take the listing down tonight, it's sold.",
]


def _found(text: str) -> list[Finding]:
    findings: list[Finding] = []
    for name in _CHECKS:
        check = CHECKS_BY_NAME[name]
        defaults = {parameter.name: parameter.default for parameter in check.parameters}
        findings += check.find(a_message(text=text), _FACTS, defaults)
    return findings


@pytest.mark.parametrize("text", CARRIED)
def test_K1_a_number_that_something_else_carries_is_found(text: str) -> None:
    assert "phone_number" in {finding.check for finding in _found(text)}


@pytest.mark.parametrize("text", OTHERS)
def test_K2_contacts_and_dealings_by_description_are_found(text: str) -> None:
    assert _found(text)


@pytest.mark.parametrize("text", HONEST)
def test_E16_honest_figures_and_words_are_no_contact(text: str) -> None:
    assert not [(finding.check, finding.detail, finding.words) for finding in _found(text)]
