"""Where words stand in a folded text is told alike for short texts, which are searched, and long ones, by an index."""

from hypothesis import given
from hypothesis import strategies as st

from mailbridge.policy import folding
from mailbridge.policy.folding import Folded, start_of


@given(st.text("abc1 ,.\n", max_size=60), st.text("abc1", min_size=1, max_size=7), st.booleans())
def test_words_are_found_by_how_they_begin(text: str, word: str, is_stem: bool) -> None:
    start = start_of(word, is_stem=is_stem)
    short, long = Folded(text), Folded(text + " " * folding.MAX_READ)
    assert short.places_of(start) == long.places_of(start)
    words = "".join(sign if sign.isalnum() else " " for sign in text)
    expected = [
        place
        for place in range(len(words))
        if words[place] != " "
        and (place == 0 or words[place - 1] == " ")
        and _begins(words[place:].split()[0], word, is_stem)
    ]
    assert short.places_of(start) == expected


def _begins(found: str, word: str, is_stem: bool) -> bool:
    """Five letters tell; a shorter word that is no stem is whole."""
    if len(word) < folding.BEGINNING and not is_stem:
        return found == word
    return found.startswith(word[: folding.BEGINNING])


def test_beginnings_are_of_three_to_five_letters_and_of_shorter_words() -> None:
    beginnings = Folded("Größere Hände, ok").beginnings
    assert beginnings == {b"", b"gro", b"gros", b"grose", b"han", b"hand", b"hande", b"ok"}


def test_what_nobody_sees_is_taken_out_and_places_stay_exact() -> None:
    text = "pay\u200bpal"
    read = Folded(text)
    assert (read.octets, read.places_of(b"paypa"), read.span(0, 6)) == (b"paypal", [0], (0, len(text)))
