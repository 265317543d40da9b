"""A quote of what was delivered is known by its mark, however a client wraps and prefixes it; all else is read."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.domain.parties import Role
from mailbridge.policy import quoting
from mailbridge.policy.quoting import mark_of, without_known

SENT = "\n".join(
    (
        "Your order A-48213 is packed.",
        "",
        *(f"Line {number} of what was said about the parcel and its colour." for number in range(8)),
        "Call 0601 234 567 when it rings.",
    )
)
MARKS = (mark_of(SENT, Role.BUYER),)


def _quoted(text: str, prefix: str = "> ") -> str:
    return "\n".join(f"{prefix}{line}".rstrip() for line in text.split("\n"))


def _is_left(words: str, quoted: str) -> bool:
    return words in without_known(quoted, MARKS)


@pytest.mark.parametrize(
    "quoted",
    [
        _quoted(SENT),
        _quoted(SENT, "> > "),
        _quoted(SENT, ""),
        _quoted(textwrap.fill(SENT.replace("\n", " "), 40)),
        SENT.upper(),
        f"\n\n{_quoted(SENT)}\n\n",
    ],
)
def test_a_whole_quote_is_known_in_other_lines_prefixes_and_letter_case(quoted: str) -> None:
    assert not without_known(quoted, MARKS).strip()


def test_what_stands_before_a_known_text_is_left_with_two_lines_of_it() -> None:
    left = without_known(f"On Monday Anna wrote:\n{_quoted(SENT)}", MARKS)
    assert left == "On Monday Anna wrote:\n> Your order A-48213 is packed.\n>"


def test_what_stands_behind_stays_in_its_place() -> None:
    quoted = f"{_quoted(SENT)}\n> and mail eve@evil.example"
    left = without_known(quoted, MARKS)
    assert len(left) == len(quoted)
    assert left.index("eve@") == quoted.index("eve@")
    assert "Call 0601 234 567" in left  # what begins in the one may end in the other
    assert "Line 3" not in left


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0601 234 567", "0601 234 568"),
        ("rings", "ring"),
        ("Line 4 of", "Line 4 of eve@evil.example"),
        ("colour.", "colour"),
        ("parcel", "p\u0430rcel"),
    ],
)
def test_a_quote_that_was_changed_is_read_whole(old: str, new: str) -> None:
    quoted = _quoted(SENT.replace(old, new))
    assert without_known(quoted, MARKS) == quoted


def test_a_part_of_a_known_text_is_read() -> None:
    part = _quoted("\n".join(SENT.split("\n")[:-1]))
    assert without_known(part, MARKS) == part


def test_short_texts_are_not_looked_for() -> None:
    assert without_known("> thank you", [mark_of("thank you", Role.BUYER)]) == "> thank you"


def test_several_known_texts_are_each_left_out() -> None:
    other = SENT.replace("parcel", "chair")
    quoted = f"Anna wrote:\n{_quoted(SENT)}\nBob wrote:\n{_quoted(other, '> > ')}"
    left = without_known(quoted, [*MARKS, mark_of(other, Role.BUYER)])
    assert "Line 4" not in left
    assert "Bob wrote:" in left


@given(st.text("ab >\n", max_size=200), st.text("ab >\n", max_size=200))
def test_what_is_left_stands_where_it_stood(known: str, quoted: str) -> None:
    left = without_known(f"{quoted}\n{known}\n{quoted}", [mark_of(known, Role.SELLER)])
    whole = f"{quoted}\n{known}\n{quoted}"
    assert len(left) <= len(whole)
    assert all(sign in ("\n", whole[place]) for place, sign in enumerate(left))


def test_T70_a_quote_of_very_many_lines_is_read_instead_of_known(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def ask(flat: str) -> str:
        asked.append(flat)
        return "none"

    monkeypatch.setattr(quoting, "_digest", ask)
    quoted = "\n".join("> a" for _ in range(50_000))
    assert without_known(quoted, MARKS * 20) == quoted
    assert without_known("\n".join("> a" for _ in range(1_000)), MARKS * 20)
    assert len(asked) <= 100
