"""What is kept of Tesseract's table of words."""

import pytest

from mailbridge.screening.words import words_of

_HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def _table(*words: tuple[int, int, float, str]) -> str:
    """Words with block, line and how sure the program is."""
    rows = (f"5\t1\t{block}\t1\t{line}\t1\t0\t0\t9\t9\t{sure}\t{word}" for block, line, sure, word in words)
    return "\n".join((_HEAD, "1\t1\t0\t0\t0\t0\t0\t0\t99\t99\t-1\t", *rows))


def test_words_of_a_line_stand_together_and_blocks_apart() -> None:
    table = _table((1, 1, 96, "Tel."), (1, 1, 90.5, "601"), (1, 2, 96, "Anna"), (2, 1, 95, "below"))
    assert words_of(table) == "Tel. 601\nAnna\n\nbelow"


def test_what_the_program_is_not_sure_of_is_left_out() -> None:
    assert words_of(_table((1, 1, 40, "Kiia"), (2, 1, 59, "8894"))) == ""


def test_beside_a_word_that_is_sure_a_fair_guess_is_kept_and_a_poor_one_leaves_a_gap() -> None:
    table = _table((1, 1, 96, "600123"), (1, 1, 30, "456"), (1, 1, 3, "78"), (1, 1, 96, "999"))
    assert words_of(table) == "600123 456 \N{REPLACEMENT CHARACTER} 999"


def test_single_letters_of_edges_and_grain_are_no_line() -> None:
    assert words_of(_table((1, 1, 92, "\\"), (2, 1, 93, "A"), (3, 1, 89, "Ow"), (4, 1, 95, "—"))) == ""


def test_what_has_the_form_of_an_address_is_no_grain() -> None:
    table = _table((1, 1, 26, "kontakt@mebel.p!"), (2, 1, 91, "mario.rossi©libero.it"), (3, 1, 95, "© 2026 Acme"))
    assert words_of(table) == "kontakt@mebel.pl\n\nmario.rossi@libero.it\n\n© 2026 Acme"


@pytest.mark.parametrize("table", ["", "text", _HEAD + "\n5\t1", _HEAD + "\n" + "\t".join(["x"] * 12), "\x00" * 50])
def test_anything_else_is_refused(table: str) -> None:
    with pytest.raises(ValueError, match=r"table|length|float"):
        words_of(table)
