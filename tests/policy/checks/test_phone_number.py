"""Which phone numbers are found, and which numbers are none."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.policy.checks.phone_number import find
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
]


@pytest.mark.parametrize(("text", "number"), FOUND)
def test_K1_a_phone_number_is_found(text: str, number: str) -> None:
    findings = find(a_message(text=text), from_buyer(), _NONE)
    assert [finding.detail for finding in findings] == [number]
    assert text[findings[0].start : findings[0].end] == findings[0].words


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_is_no_phone_number_is_not_found(text: str) -> None:
    assert find(a_message(text=text), from_buyer(), _NONE) == ()


def test_an_order_number_of_the_pair_is_never_a_phone_number() -> None:
    facts = from_buyer(orders=(an_order("601234567"),))
    assert find(a_message(text="about 601234567"), facts, _NONE) == ()


def test_a_market_knows_the_numbers_of_its_regions_only() -> None:
    facts = from_buyer(marketplace=replace(MARKET, regions=("DE",)))
    assert find(a_message(text="601 234 567"), facts, _NONE) == ()


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
    assert find(a_message(text="1" * 500_000), from_buyer(), _NONE) == ()
    assert find(a_message(text="1" + " " * 500_000), from_buyer(), _NONE) == ()
