"""Check digits: published examples of each kind of number, and the same with one digit changed."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.policy import numbers
from mailbridge.policy.ibans import iban_at

# Printed by the offices and banks that give them out, or in their standards.
RIGHT: list[tuple[Callable[[str], bool], str]] = [
    (numbers.is_card, "4111111111111111"),
    (numbers.is_card, "5555555555554444"),
    (numbers.is_card, "378282246310005"),
    (numbers.is_card, "30569309025904"),
    (numbers.is_card, "3530111333300000"),
    (numbers.is_card, "6011111111111117"),
    (numbers.is_card, "6759649826438453"),
    (numbers.is_card, "2720992593319364"),
    (numbers.is_polish_account, "61109010140000071219812874"),
    (numbers.is_spanish_account, "21000418450200051332"),
    (numbers.is_steuer_id, "86095742719"),
    (numbers.is_german_document, "T220001293"),
    (numbers.is_nir, "255081416802538"),
    (numbers.is_spanish_id, "12345678Z"),
    (numbers.is_spanish_id, "X1234567L"),
    (numbers.is_nino, "AB123456C"),
    (numbers.is_ssn, "123456788"),
    (numbers.is_rodne_cislo, "7103192745"),
    (numbers.is_rodne_cislo, "590312123"),
    (numbers.is_base58_address, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
    (numbers.is_bech32_address, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
]
WRONG: list[tuple[Callable[[str], bool], str]] = [
    (numbers.is_card, "4111111111111112"),
    (numbers.is_card, "9111111111111119"),
    (numbers.is_card, "400000000000"),
    (numbers.is_polish_account, "61109010140000071219812875"),
    (numbers.is_polish_account, "6110901014000007121981287"),
    (numbers.is_spanish_account, "21000418460200051332"),
    (numbers.is_spanish_account, "2100041845020005133"),
    (numbers.is_steuer_id, "86095742718"),
    (numbers.is_steuer_id, "06095742719"),
    (numbers.is_steuer_id, "11112345678"),
    (numbers.is_german_document, "T220001294"),
    (numbers.is_german_document, "T22000129"),
    (numbers.is_nir, "255081416802539"),
    (numbers.is_nir, "255991416802538"),
    (numbers.is_nir, "2550814168025"),
    (numbers.is_spanish_id, "12345678A"),
    (numbers.is_nino, "BG123456A"),
    (numbers.is_nino, "AO123456A"),
    (numbers.is_nino, "AB123456E"),
    (numbers.is_ssn, "000123456"),
    (numbers.is_ssn, "123456789"),
    (numbers.is_rodne_cislo, "7103192746"),
    (numbers.is_rodne_cislo, "7133192745"),
    (numbers.is_base58_address, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"),
    (numbers.is_base58_address, "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"),
    (numbers.is_bech32_address, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5"),
]


@pytest.mark.parametrize(("is_one", "number"), RIGHT)
def test_a_published_example_is_one(is_one: Callable[[str], bool], number: str) -> None:
    assert is_one(number)


@pytest.mark.parametrize(("is_one", "number"), WRONG)
def test_another_check_digit_range_or_length_is_none(is_one: Callable[[str], bool], number: str) -> None:
    assert not is_one(number)


@pytest.mark.parametrize(
    ("number", "year", "expected"),
    [
        ("44051401458", 2026, True),
        ("44051401459", 2026, False),
        ("44131401458", 2026, False),
        ("4405140145", 2026, False),
        ("22220658989", 2021, False),  # born in 2022
        ("22820658989", 2026, False),  # born in 1822
    ],
)
def test_a_pesel_is_of_somebody_who_may_live(number: str, year: int, expected: bool) -> None:
    assert numbers.is_pesel(number, year) is expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("RSSMRA85T10A562S", True),
        ("RSSMRA85T50A562S", True),
        ("RSSMRA85T35A562S", False),
        ("RSSMRA85T99A562S", False),
        ("RSSMRAURTMLAR6NS", True),  # digits written as letters, since two people had the same
    ],
)
def test_the_day_of_a_codice_fiscale_can_be(number: str, expected: bool) -> None:
    assert numbers.is_codice_fiscale(number) is expected


@pytest.mark.parametrize("number", ["122000000000003", "4222222222222"])
def test_a_rare_card_counts_where_it_is_called_one(number: str) -> None:
    assert (numbers.is_card(number), numbers.is_card(number, is_called_card=True)) == (False, True)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("DE89370400440532013000", 22),
        ("de89 3704 0044 0532 0130 00 ok", 27),
        ("MT84MALT011000012345MTLCAST001S", 31),
        ("NO9386011117947", 15),
        ("DE88370400440532013000", 0),
        ("ZZ89370400440532013000", 0),
        ("GB82WES112345698765432", 0),  # a digit where a bank's letters stand
        ("DE8937040044053201300", 0),
        ("", 0),
    ],
)
def test_an_iban_ends_where_its_country_says(text: str, end: int) -> None:
    assert iban_at(text, 0) == end


@given(st.text(alphabet="0123456789", min_size=15, max_size=19), st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(digits: str, place: int, change: int) -> None:
    changed = f"{digits[:place]}{(int(digits[place]) + change) % 10}{digits[place + 1 :]}"
    assert not (numbers.luhn(digits) and numbers.luhn(changed))
