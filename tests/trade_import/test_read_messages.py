"""Lines that bring messages: shape and values, each problem with line and field."""

import json
from pathlib import Path

import pytest

from mailbridge.domain.area import Area
from mailbridge.domain.trade_batch import TradeMessage
from mailbridge.errors import ImportRejected, Problem
from mailbridge.resources import data_folder
from mailbridge.trade_import import read_trade

ROW: dict[str, object] = {
    "type": "message",
    "marketplace": "market",
    "reference": "m-1",
    "seller": "s1",
    "buyer": "b1",
    "author": "buyer",
    "area": "dispute",
    "text": "It is broken.\nAll of it.",
    "subject": "My lamp",
    "order": "48213",
    "offer": "",
    "conversation": "D-7",
    "for_customer": False,
}
ANSWER: dict[str, object] = {
    **{name: ROW[name] for name in ("type", "marketplace", "seller", "buyer", "conversation")},
    "reference": "m-2",
    "author": "seller",
    "text": "We send another.",
}


def _read(folder: Path, *rows: dict[str, object]) -> tuple[TradeMessage, ...]:
    file = folder / "posts.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return read_trade(file).messages


def _problem(folder: Path, *rows: dict[str, object]) -> Problem:
    with pytest.raises(ImportRejected) as rejected:
        _read(folder, *rows)
    [problem] = rejected.value.problems
    return problem


def test_messages_are_read_in_the_order_of_the_file(tmp_path: Path) -> None:
    asked, answered = _read(tmp_path, ROW, ANSWER)
    assert asked == TradeMessage(
        marketplace="market",
        reference="m-1",
        seller="s1",
        buyer="b1",
        area=Area.DISPUTE,
        text="It is broken.\nAll of it.",
        subject="My lamp",
        order="48213",
        conversation="D-7",
        line=1,
    )
    assert (answered.area, answered.line) == (None, 2)


def test_S77_a_note_is_the_sellers(tmp_path: Path) -> None:
    [note] = _read(tmp_path, ROW | {"author": "seller", "area": "note", "for_customer": True})
    assert (note.area, note.is_for_customer) == (Area.NOTE, True)


@pytest.mark.parametrize(
    ("changed", "key", "words"),
    [
        ({"area": "chat"}, "area", "must be"),
        ({"area": None}, "area", "is missing"),
        ({"area": "note"}, "area", "a note is the seller's"),
        ({"for_customer": True}, "for_customer", "goes with a note"),
        ({"author": "market"}, "author", "must be"),
        ({"author": "seller"}, "area", "names its conversation, and no area"),
        ({"author": "seller", "area": None}, "order", "no order or offer"),
        ({"author": "seller", "area": None, "order": "", "conversation": ""}, "conversation", "is missing"),
        ({"reference": " "}, "reference", "one line of text"),
        ({"subject": "a\nb"}, "subject", "one line of text"),
        ({"conversation": "x" * 201}, "conversation", "200"),
        ({"text": "x" * 100_001}, "text", "100000"),
        ({"is_active": True}, "is_active", "is no field of a message"),
        ({"textt": "x"}, "textt", 'did you mean "text"?'),
    ],
)
def test_what_is_wrong_is_said_with_line_and_field(
    tmp_path: Path, changed: dict[str, object], key: str, words: str
) -> None:
    problem = _problem(tmp_path, ANSWER, ROW | changed)
    assert (problem.line, problem.key) == (2, key)
    assert words in problem.reason


@pytest.mark.parametrize("name", ["marketplace", "reference", "seller", "buyer", "text"])
def test_what_has_no_default_must_be_there(tmp_path: Path, name: str) -> None:
    problem = _problem(tmp_path, {key: value for key, value in ROW.items() if key != name})
    assert (problem.key, problem.reason) == (name, "is missing")


def test_one_name_of_a_message_stands_once(tmp_path: Path) -> None:
    problem = _problem(tmp_path, ROW, ROW | {"text": "Hello?"})
    assert (problem.line, problem.key) == (2, "reference")


def test_messages_have_a_file_of_their_own(tmp_path: Path) -> None:
    buyer: dict[str, object] = {"type": "buyer", "marketplace": "market", "reference": "b1", "handle": "anna"}
    problem = _problem(tmp_path, buyer, ROW)
    assert (problem.line, problem.key) == (2, "type")
    assert "a file of their own" in problem.reason


@pytest.mark.parametrize("name", sorted(ROW))
def test_every_field_is_explained(name: str) -> None:
    page = (data_folder("templates").parent / "docs" / "import.md").read_text("utf-8")
    assert f"`{name}`" in page[page.index("## Messages") :]
