"""`thread list|open|show`: what they take, print and leave, and their exit codes (S-18 to S-20, S-29, S-54 to S-58)."""

import json
from pathlib import Path
from typing import Any

import pytest

from mailbridge.cli.output import ExitCode
from tests.cli.bridge_folder import TRADE, Say

_PACK = """\
areas:
  - {area: dispute, link: "https://market.example/talk/{reference}"}
  - {area: enquiry, opened_by: [buyer]}
"""
_OPEN = ("thread", "open", "--market", "market", "--seller", "s1", "--buyer", "b1")


@pytest.fixture
def linked(bridge: Path, say: Say) -> Path:
    """The bridge, with a rule pack that says where disputes have their page."""
    pack = bridge / "own" / "markets" / "shop"
    pack.mkdir(parents=True)
    (pack / "areas.yaml").write_text(_PACK)
    settings = bridge / "mailbridge.toml"
    settings.write_text(settings.read_text().replace("[rules]\n", '[rules]\nfolders = ["own"]\n'))
    more = '"rule_packs": ["shop", "general"], "own_domains": ["market.example"], "name"'
    (bridge / "t.jsonl").write_text(TRADE.replace('"name"', more, 1))
    assert say("import", bridge / "t.jsonl")[0] == ExitCode.OK
    return bridge


def _opened(folder: Path, say: Say, text: str, *options: str) -> dict[str, Any]:
    file = folder / "form.txt"
    file.write_text(text, encoding="utf-8")
    code, out, errors = say(*_OPEN, "--text", file, *options, "--json")
    assert (code, errors) == (ExitCode.OK, errors)
    return dict(json.loads(out))


def _ids(say: Say, *options: str) -> list[str]:
    return [row["thread"]["id"] for row in json.loads(say("thread", "list", *options, "--json")[1])]


def test_S31_S43_S54_S55_what_the_market_posts_is_listed_at_once_with_its_page(linked: Path, say: Say) -> None:
    done = _opened(
        linked, say, "The parcel is damaged, I want my money back.\n", "--area", "dispute", "--order", "48213",
        "--reference", "D/7",
    )  # fmt: skip
    assert (done["result"], done["reason"]) == ("relayed", "relayed")
    code, out, _ = say("thread", "list", "--area", "dispute")
    assert code == ExitCode.OK
    for said in (done["thread_id"], "dispute", "48213", "open", "high", "https://market.example/talk/D%2F7"):
        assert said in out
    [row] = json.loads(say("thread", "list", "--order", "48213", "--json")[1])
    assert (row["link"], row["priority"], row["thread"]["market_reference"]) == (
        "https://market.example/talk/D%2F7",
        "high",
        "D/7",
    )
    shown = say("thread", "show", done["thread_id"])[1]
    assert "dispute 48213, open; Acme and anna77" in shown
    assert "Page: https://market.example/talk/D%2F7" in shown


def test_S18_S19_S20_S29_S34_S80_lists_are_narrowed(bridge: Path, say: Say) -> None:
    question = _opened(bridge, say, "Which colours are there?", "--area", "question", "--subject", "Colours")[
        "thread_id"
    ]
    ticket = _opened(bridge, say, "My parcel is damaged.", "--area", "ticket", "--order", "48213")["thread_id"]
    assert _ids(say) == [ticket, question]
    assert _ids(say, "--by-priority", "--unanswered", "--people-only") == [ticket, question]
    assert _ids(say, "--area", "question") == _ids(say, "--topic", "question") == [question]
    assert _ids(say, "--topic", "complaint", "--state", "open", "--market", "market", "--seller", "s1") == [ticket]
    assert _ids(say, "--sent") == _ids(say, "--late") == _ids(say, "--market-joined") == _ids(say, "--offer", "1") == []
    assert say("thread", "list", "--sent")[1] == "There is no such conversation.\n"


@pytest.mark.parametrize("options", [("--topic", "weather"), ("--sent", "--unanswered"), ("--area", "chat")])
def test_what_no_list_can_be_narrowed_by_is_named(bridge: Path, say: Say, options: tuple[str, ...]) -> None:
    code, out, errors = say("thread", "list", *options)
    assert (code, out) == (ExitCode.USAGE, "")
    assert options[-1] in errors


def test_S77_a_note_is_private_and_one_for_the_customer_is_passed_on(bridge: Path, say: Say) -> None:
    note = _opened(bridge, say, "She called twice.", "--area", "note", "--order", "48213")
    assert (note["result"], note["reason"]) == ("recorded", "private_note")
    told = _opened(bridge, say, "It leaves on Monday.", "--area", "note", "--order", "48213", "--for-customer")
    assert (told["result"], told["thread_id"]) == ("relayed", note["thread_id"])


@pytest.mark.parametrize(
    ("options", "code", "why"),
    [
        (("--area", "dispute", "--order", "99999"), ExitCode.NOT_FOUND, "order 99999 is not of the two"),
        (("--area", "dispute", "--buyer", "b9"), ExitCode.NOT_FOUND, "b9"),
        (("--area", "question", "--for-customer"), ExitCode.USAGE, "goes with --area note"),
        (("--area", "order"), ExitCode.PROBLEM, "needs the order"),
        (("--area", "enquiry"), ExitCode.PROBLEM, "enquiry"),
    ],
)
def test_what_can_not_be_posted_says_why(
    linked: Path, say: Say, options: tuple[str, ...], code: ExitCode, why: str
) -> None:
    file = linked / "form.txt"
    file.write_text("Hello")
    found, out, errors = say(*_OPEN, "--text", file, *options)
    assert (found, out, why in errors) == (code, "", True), errors
    assert _ids(say) == []


def test_a_text_that_can_not_be_read_is_named(bridge: Path, say: Say) -> None:
    assert say(*_OPEN, "--area", "question", "--text", bridge / "none.txt")[0] == ExitCode.NOT_FOUND
    (bridge / "latin.txt").write_bytes(b"\xe9")
    code, _, errors = say(*_OPEN, "--area", "question", "--text", bridge / "latin.txt")
    assert (code, "UTF-8" in errors) == (ExitCode.PROBLEM, True)


def test_K5_what_a_rule_refuses_is_told_by_the_exit_code(bridge: Path, say: Say) -> None:
    file = bridge / "form.txt"
    file.write_text("Write to me: anna@private-mail.example")
    code, out, _ = say(*_OPEN, "--area", "question", "--text", file)
    assert (code, "refused" in out) == (ExitCode.PROBLEM, True)


def test_lists_do_without_rules_that_are_broken(linked: Path, say: Say) -> None:
    thread = _opened(linked, say, "It is broken.", "--area", "ticket")["thread_id"]
    (linked / "own" / "markets" / "shop" / "areas.yaml").write_text("areas: 7\n")
    assert _ids(say) == [thread]
