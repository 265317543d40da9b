"""`review list|show|approve|refuse|report`: what they print, what they leave, and their exit codes."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbridge import app
from mailbridge.cli.output import ExitCode
from mailbridge.config import load
from mailbridge.domain.delivery import DeliveryState, PostKind
from mailbridge.domain.envelope import Door, Envelope, Peer
from mailbridge.domain.ids import QueueId
from mailbridge.message.parse import parse
from mailbridge.path.held import confirm
from mailbridge.path.receive import receive
from tests.cli.bridge_folder import TRADE, Say, hold_a_mail

_SHOP, _ANNA = "shop@acme.example", "anna@post.example"


def _comes_in(folder: Path, author: str, to: str, text: str) -> None:
    """A mail by a door that knows no peer."""
    number = f"{abs(hash((author, to, text))):x}"
    content = (
        f"From: {author}\r\nTo: {to}\r\nSubject: Re: Hose\r\nMessage-ID: <{number}@x.example>\r\n"
        f"Date: Sat, 21 Nov 2026 15:05:00 +0000\r\n\r\n{text}\r\n"
    )
    envelope = Envelope(
        queue_id=QueueId(f"q{number}"),
        door=Door.COMMAND,
        reverse_path=author,
        forward_paths=(to,),
        content=content.encode(),
        received_at=datetime.now(UTC),
        peer=Peer(ip=None, helo=None),
    )
    with app.open_bridge(load(folder / "mailbridge.toml")) as bridge:
        assert [reply.code for reply in receive(envelope, bridge)] == [250]


def _queued(folder: Path, reader: str, kind: PostKind) -> list[str]:
    """Octets of the mail that waits to be sent to this side, the oldest first."""
    with app.open_store(load(folder / "mailbridge.toml")) as store:
        rows = [row for row in store.queue_rows(tuple(DeliveryState), 99) if (row.reader, row.kind) == (reader, kind)]
        return [store.delivery(row.id).octets.decode() for row in rows]


def _release(folder: Path, say: Say) -> None:
    [held] = json.loads(say("held", "list", "--json")[1])
    assert say("held", "release", held["record_id"])[0] == ExitCode.OK


@pytest.fixture
def reported(bridge: Path, say: Say) -> str:
    """Id of a report: Anna asked, Acme answered rudely, Anna reports that."""
    (bridge / "t.jsonl").write_text(TRADE.replace('"name": "Market"', '"takes_reports": true, "name": "Market"'))
    assert say("import", bridge / "t.jsonl")[0] == ExitCode.OK
    hold_a_mail(bridge)
    _release(bridge, say)
    question = parse(_queued(bridge, "seller", PostKind.RELAY)[0].encode())
    _comes_in(bridge, _SHOP, question.authors[0].addr_spec, "Who asks that is a fool. \x1b[31m")
    _release(bridge, say)
    answer = parse(_queued(bridge, "buyer", PostKind.RELAY)[0].encode())
    _comes_in(bridge, _ANNA, re.findall(r"act-[a-z2-7]{32}@\S+", answer.body.plain or "")[0], "He insults me.")
    [report] = json.loads(say("review", "list", "--json")[1])
    return str(report["id"])


def test_E22_a_report_is_shown_with_all_that_belongs_to_it(reported: str, say: Say) -> None:
    code, out, _ = say("review", "list")
    assert code == ExitCode.OK
    assert re.search(rf"{reported} .* report +market +s1 ", out)
    code, out, _ = say("review", "show", reported)
    assert code == ExitCode.OK
    parts = (
        "He insults me.",
        "Before it",
        "How long is the hose?",
        "The message that is reported",
        "points:",
    )
    assert [out.find(part) for part in parts] == sorted(out.find(part) for part in parts)
    assert "\x1b" not in out
    shown = json.loads(say("review", "show", reported, "--json")[1])
    assert (shown["kind"], shown["asked"], shown["standing"]["seller"]) == ("report", "He insults me.", "s1")
    # What was held and what was released of it have one time of receipt: the first may stand behind the second.
    assert [part["what"] for part in shown["context"]][:2] == ["Before it", "The message that is reported"]


def test_E22_a_report_is_approved_counted_and_told(bridge: Path, reported: str, say: Say) -> None:
    before = len(_queued(bridge, "seller", PostKind.NOTICE))
    words = ("review", "approve", reported, "--severity", "high", "--why", "No insults.")
    assert say(*words)[:2] == (ExitCode.OK, f"{reported}: upheld\n")
    assert len(_queued(bridge, "seller", PostKind.NOTICE)) == before + 1
    assert "review.report" in say("standing", "show", "s1")[1]
    [row] = json.loads(say("review", "report", "--json")[1])
    assert (row["seller"], row["rule"], row["breaches"], row["reported"]) == ("s1", "review.report", 1, 1)
    assert re.search(r"market +s1 +review.report +0 +1 +0 +1", say("review", "report", "--days", "2")[1])
    assert say("review", "list")[1] == "Nothing waits for a decision.\n"
    assert "upheld" in say("review", "list", "--settled")[1]
    code, _, errors = say(*words)
    assert (code, "settled already" in errors) == (ExitCode.PROBLEM, True)


def test_E22_a_report_is_refused_without_a_word_to_the_seller(bridge: Path, reported: str, say: Say) -> None:
    before = len(_queued(bridge, "seller", PostKind.NOTICE))
    assert say("review", "refuse", reported)[:2] == (ExitCode.OK, f"{reported}: dismissed\n")
    assert len(_queued(bridge, "seller", PostKind.NOTICE)) == before


def test_E38_an_appeal_is_approved(bridge: Path, say: Say) -> None:
    say("standing", "set", "s1", "barred", "--why", "Too many offers.")
    notice = parse(_queued(bridge, "seller", PostKind.NOTICE)[-1].encode())
    _comes_in(bridge, _SHOP, notice.reply_to[0].addr_spec, "They were answers.")
    [appeal] = json.loads(say("review", "list", "--json")[1])
    assert (appeal["kind"], appeal["about"]) == ("appeal", "barred")
    code, out, _ = say("review", "show", appeal["id"])
    assert (code, "They were answers." in out, "Too many offers." in out) == (ExitCode.OK, True, True)
    assert say("review", "approve", appeal["id"], "--why", "They were.")[0] == ExitCode.OK
    assert say("standing", "list")[1] == "Every seller is in good standing.\n"


def test_what_can_not_be_done_is_said(reported: str, say: Say) -> None:
    for arguments, code, said in (
        (("show", "none"), ExitCode.NOT_FOUND, "no report, no appeal, no direct mail and no second look none"),
        (("approve", "none", "--why", "x"), ExitCode.NOT_FOUND, "none"),
        (("approve", reported), ExitCode.USAGE, "needs a reason"),
        (("approve", reported, "--why", "x", "--severity", "none"), ExitCode.USAGE, "review refuse"),
        (("approve", reported, "--why", f"{_ANNA} says so"), ExitCode.PROBLEM, "put it in other words"),
    ):
        found, _, errors = say("review", *arguments)
        assert (found, said in errors) == (code, True), errors


@pytest.fixture
def looked_at_again(bridge: Path, say: Say) -> str:
    """Id of a message of Acme that a rule refused, at which he asks a person to look."""
    hold_a_mail(bridge)
    _release(bridge, say)
    question = parse(_queued(bridge, "seller", PostKind.RELAY)[0].encode())
    _comes_in(bridge, _SHOP, question.authors[0].addr_spec, "Call +44 20 7946 0958 for that.")
    with app.open_bridge(load(bridge / "mailbridge.toml")) as path:
        [held] = path.store.held_records(9)
        confirm(held.record_id, path)
    refusal = parse(_queued(bridge, "seller", PostKind.NOTICE)[-1].encode())
    assert say("review", "list")[1] == "Nothing waits for a decision.\n"
    assert say("review", "show", held.record_id)[0] == ExitCode.NOT_FOUND
    _comes_in(bridge, _SHOP, refusal.reply_to[0].addr_spec, "It is the number of the carrier.")
    [waiting] = json.loads(say("review", "list", "--json")[1])
    assert (waiting["kind"], waiting["seller"]) == ("second_look", "Acme")
    return str(waiting["id"])


def test_N01_a_second_look_stands_in_the_same_list_and_is_approved(
    bridge: Path, looked_at_again: str, say: Say
) -> None:
    code, out, _ = say("review", "show", looked_at_again)
    assert (code, "It is the number of the carrier." in out) == (ExitCode.OK, True)
    assert say("review", "approve", looked_at_again)[0] == ExitCode.OK
    assert "Call +44" in _queued(bridge, "buyer", PostKind.RELAY)[0]
    assert say("review", "list")[1] == "Nothing waits for a decision.\n"


def test_N01_a_second_look_is_refused(looked_at_again: str, say: Say) -> None:
    code, out, _ = say("review", "refuse", looked_at_again)
    assert (code, out) == (ExitCode.OK, f"{looked_at_again}: refused\n")
    [figures] = [row for row in json.loads(say("review", "report", "--json")[1]) if row["refused"]]
    assert (figures["seller"], figures["rule"], figures["breaches"]) == ("s1", "general.no-phone-number", 1)
