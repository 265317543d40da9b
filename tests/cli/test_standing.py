"""`standing list|show|set|lift`: what they print, what they leave, and their exit codes."""

import json
from pathlib import Path

import pytest

from mailbridge import app
from mailbridge.cli.output import ExitCode
from mailbridge.config import load
from mailbridge.domain.delivery import DeliveryState, PostKind
from tests.cli.bridge_folder import TRADE, Say


def _queued(folder: Path) -> int:
    with app.open_store(load(folder / "mailbridge.toml")) as store:
        return len([row for row in store.queue_rows(tuple(DeliveryState), 99) if row.kind is PostKind.NOTICE])


def test_S26_a_person_bars_shows_and_lifts(bridge: Path, say: Say) -> None:
    assert say("standing", "list") == (ExitCode.OK, "Every seller is in good standing.\n", "")
    code, out, _ = say("standing", "set", "s1", "barred", "--days", "5", "--why", "Too many offers.")
    assert (code, out) == (ExitCode.OK, "s1: barred\n")
    assert _queued(bridge) == 1
    code, out, _ = say("standing", "show", "s1")
    assert code == ExitCode.OK
    assert "answer buyers; start no conversations" in out
    assert "Too many offers." in out
    assert "general.ladder" in out
    code, out, _ = say("standing", "list")
    assert "barred" in out.splitlines()[1]
    assert say("standing", "lift", "s1", "--why", "A mistake.")[:2] == (ExitCode.OK, "s1: lifted\n")
    assert _queued(bridge) == 2
    code, out, _ = say("standing", "show", "s1", "--json")
    picture = json.loads(out)
    assert (picture["step"], picture["points"], picture["next_step"]) == (None, 0, "reminded")
    [step] = picture["steps"]
    assert (step["step"], step["by"], step["why"], step["messages"]) == ("barred", "person", "Too many offers.", [])


def test_another_step_takes_the_place_of_the_one_in_force(bridge: Path, say: Say) -> None:
    say("standing", "set", "s1", "suspended", "--why", "x")
    say("standing", "set", "s1", "warned", "--why", "y")
    [row] = json.loads(say("standing", "list", "--json")[1])
    assert (row["seller"], row["step"]) == ("s1", "warned")
    assert row["until"] is not None


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("lift", "s1", "--why", "x"), ExitCode.PROBLEM, "no step is in force against s1"),
        (("show", "s9"), ExitCode.NOT_FOUND, "no seller has the reference s9"),
        (("show", "s1", "--market", "other"), ExitCode.NOT_FOUND, "no seller on other has the reference s1"),
        (("set", "s1", "closed", "--days", "9", "--why", "x"), ExitCode.USAGE, "closed is for good"),
        (("set", "s1", "barred", "--why", " "), ExitCode.USAGE, "needs a reason"),
        (("set", "s1", "barred"), ExitCode.USAGE, "--why"),
        (("set", "s1", "scolded", "--why", "x"), ExitCode.USAGE, "scolded"),
    ],
)
def test_what_can_not_be_done_is_said(
    bridge: Path, say: Say, arguments: tuple[str, ...], code: ExitCode, said: str
) -> None:
    found, _, errors = say("standing", *arguments)
    assert found == code
    assert said in errors


def test_a_step_that_no_rule_asks_for_is_said_to_stop_nothing(bridge: Path, say: Say) -> None:
    (bridge / "t.jsonl").write_text(TRADE.splitlines()[0].replace('"name"', '"rule_packs": ["etsy"], "name"') + "\n")
    assert say("import", bridge / "t.jsonl")[0] == ExitCode.OK
    code, out, _ = say("standing", "set", "s1", "suspended", "--why", "x")
    assert code == ExitCode.PROBLEM
    assert "No enforced rule of Market asks for author.standing" in out


def test_a_reference_that_two_markets_know_needs_the_market(bridge: Path, say: Say) -> None:
    lines = TRADE.splitlines()[:2]
    other = [line.replace('"market"', '"fair"').replace("relay.", "fair.") for line in lines]
    (bridge / "t.jsonl").write_text("\n".join(other).replace('"type": "fair"', '"type": "market"') + "\n")
    assert say("import", bridge / "t.jsonl")[0] == ExitCode.OK
    code, _, errors = say("standing", "show", "s1")
    assert (code, "say --market, one of fair, market" in errors) == (ExitCode.PROBLEM, True)
    assert say("standing", "show", "s1", "--market", "fair")[0] == ExitCode.OK
