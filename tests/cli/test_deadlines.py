"""`deadlines due|report|clocks|no-reply`: what they print, what they leave, and their exit codes."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from mailbridge.cli.output import ExitCode
from tests.cli.bridge_folder import TRADE, Say, hold_a_mail


def _ask(folder: Path, say: Say) -> str:
    """A question that reaches the shop; returns the id of its conversation."""
    held = hold_a_mail(folder)
    assert say("held", "release", held)[0] == ExitCode.OK
    [row] = json.loads(say("deadlines", "due", "--within", "2d", "--json")[1])
    return str(row["thread_id"])


def test_N10_what_is_due_is_listed(bridge: Path, say: Say) -> None:
    assert say("deadlines", "due") == (ExitCode.OK, "Nothing is due within 24h.\n", "")
    thread = _ask(bridge, say)
    assert say("deadlines", "due", "--within", "3h")[1] == "Nothing is due within 3h.\n"
    code, out, _ = say("deadlines", "due", "--within", "25h", "--seller", "s1")
    assert code == ExitCode.OK
    line = out.splitlines()[1]
    for said in (thread, "23 h 59 min", "Market", "s1", "anna77", "48213", "order"):
        assert said in line
    [row] = json.loads(say("deadlines", "due", "--within", "1500min", "--json")[1])
    assert row["clock"] == "general.answers"
    due_at, since = (datetime.fromisoformat(row[key]) for key in ("due_at", "running_since"))
    assert (due_at - since, row["market_due_at"], row["late_by_s"]) == (timedelta(days=1), row["due_at"], 0)


def test_S33_E09_late_shares_are_reported_and_no_reply_needed_takes_one_out(bridge: Path, say: Say) -> None:
    thread = _ask(bridge, say)
    assert say("deadlines", "report")[1] == "No answer was due in the last 90 days.\n"
    with time_machine.travel(datetime.now().astimezone() + timedelta(days=10)):
        code, out, _ = say("deadlines", "report")
        assert code == ExitCode.OK
        assert out.splitlines()[1].split() == [*("market", "s1", "honest", "-"), *(2 * ["100.0%", "(1", "of", "1)"])]
        shares = json.loads(say("deadlines", "report", "--json")[1])
        assert {(one["clock"], one["days"], one["counted"], one["late"], one["share"]) for one in shares} == {
            (clock, days, 1, 1, 1.0) for clock in ("market", "honest") for days in (30, 90)
        }
        assert "late by" in say("deadlines", "due")[1]
        assert say("deadlines", "no-reply", thread)[:2] == (ExitCode.OK, f"{thread}: no reply needed\n")
        assert say("deadlines", "due")[1] == "Nothing is due within 24h.\n"
        assert say("deadlines", "report")[1] == "No answer was due in the last 90 days.\n"


def test_where_the_clock_knows_no_excuse_it_runs_on(bridge: Path, say: Say) -> None:
    (bridge / "t.jsonl").write_text(
        TRADE.splitlines()[0].replace('"name"', '"rule_packs": ["etsy", "general"], "name"') + "\n"
    )
    assert say("import", bridge / "t.jsonl")[0] == ExitCode.OK
    thread = _ask(bridge, say)
    code, out, _ = say("deadlines", "no-reply", thread)
    assert (code, "an answer stops it" in out) == (ExitCode.PROBLEM, True)
    assert thread in say("deadlines", "due", "--within", "2d")[1]


def test_the_clocks_of_a_marketplace_are_shown(bridge: Path, say: Say) -> None:
    code, out, _ = say("deadlines", "clocks")
    assert code == ExitCode.OK
    rows = {row.split()[1]: row for row in out.splitlines()[1:]}
    assert set(rows) == {"question", "order", "dispute", "ticket", "enquiry", "note"}
    assert "general.answers" in rows["ticket"]
    assert rows["note"].split() == ["Market", "note", "market,", "seller", "-", "-", "-", "-", "-"]
    found = json.loads(say("deadlines", "clocks", "--json")[1])
    assert found[1] == {
        "market": "Market",
        "area": "order",
        "opened_by": ["buyer", "market", "seller"],
        "clock": "general.answers",
        "within": "24 h",
        "starts": ["buyer_wrote", "opened", "reopened"],
        "answered_by": ["answered_elsewhere", "seller_wrote"],
        "excused_by": ["closed", "no_reply_needed"],
    }


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("due", "--within", "soon"), ExitCode.USAGE, 'such as "90min", "3h" or "2d"'),
        (("due", "--within", "-3h"), ExitCode.USAGE, "such as"),
        (("due", "--seller", "s9"), ExitCode.NOT_FOUND, "no seller has the reference s9"),
        (("no-reply", "nothing"), ExitCode.NOT_FOUND, "no thread nothing"),
    ],
)
def test_what_can_not_be_done_is_said(
    bridge: Path, say: Say, arguments: tuple[str, ...], code: ExitCode, said: str
) -> None:
    found, _, errors = say("deadlines", *arguments)
    assert found == code
    assert said in errors
