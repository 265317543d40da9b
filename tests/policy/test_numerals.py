"""Numerals in any form are read as digits, each where it stands."""

import pytest

from mailbridge.policy.numberguises import played
from mailbridge.policy.numerals import named_rows, numerals, odd_rows

ODD = [
    ("O VII VII O O IX O O III I V", "07700900315"),
    ("2+3, 9-9, 14/2, 4*2, 3-1, 6+3, 1+0, 7-2", "50782915"),
    ("(5+1)(9-4)(2+3) (0)(3-2)(2+2) (8-1)(6+1)(4+4)", "655014778"),
]


@pytest.mark.parametrize(("row", "digits"), ODD)
def test_a_row_of_odd_numerals_is_its_digits(row: str, digits: str) -> None:
    assert [read.digits for read in odd_rows(row, row.lower())] == [digits]


@pytest.mark.parametrize(
    "row", ["3-5, 8-10, 12-14, 16-18", "1/2, 1/3, 1/4, 3/4", "10x10, 20x20, 30x30, 40x40", "I, II and III"]
)
def test_ranges_and_sizes_are_no_sums(row: str) -> None:
    assert list(odd_rows(row, row.lower())) == []


def test_notes_stand_for_digits_but_a_scale_does_not() -> None:
    assert [read.digits for read in named_rows("mi fa si do la pausa sol re si fa")] == ["3471605274"]
    assert list(named_rows("do re mi fa sol la si")) == []


def test_numerals_have_places_and_small_sums_are_reckoned() -> None:
    text = "7 chairs, two plus three lamps, 16,20 for the rest"
    assert [read.digits for read in numerals(text, 0, len(text))] == ["7", "5", "16", "20"]


def test_words_are_known_that_children_play_with() -> None:
    assert {"orez", "zefirofo", "unufu", "eibeins"} & {word for word, _ in played([("zero", 0), ("eins", 1)])} == {
        "orez",
        "eibeins",
    }
