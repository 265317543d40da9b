"""What digits words for numbers dictate: by their names, in plural, and glued together."""

import pytest

from mailbridge.policy.numberwords import dictated, unglued


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("two sevens", "77"),
        ("trzy siódemki dwie jedynki", "77711"),
        ("dos nueves tres ceros", "99000"),
        ("zwei nullen drei einsen", "00111"),
        ("sei zeri 123456", "000000123456"),
        ("3 mal 8", "888"),
        ("zweimal acht", "88"),
        ("due volte sette", "77"),
        ("sevens", "7"),
        ("dwójkę trójkę", "23"),
    ],
)
def test_digits_by_their_names_are_as_many_as_is_said(words: str, digits: str) -> None:
    assert dictated(words.split()) == digits


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("6zero1", ["6", "zero", "1"]),
        ("zer0uno", ["zero", "uno"]),
        ("nullsieben", ["null", "sieben"]),
        ("5jeden23trzy", ["5", "jeden", "23", "trzy"]),
        ("seven", []),
        ("sevenoaks", []),
        ("12", []),
        ("ip67", []),
        ("one" * 40, []),
    ],
)
def test_a_word_of_numbers_alone_is_taken_apart(word: str, parts: list[str]) -> None:
    assert unglued(word) == parts
