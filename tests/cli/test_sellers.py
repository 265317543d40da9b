"""`seller notices` and `seller undo`: what a seller is told, and how long its messages wait (E-06, N-15)."""

import json
from pathlib import Path

import pytest

from mailbridge.cli.output import ExitCode
from tests.cli.bridge_folder import TRADE, Say

pytestmark = pytest.mark.usefixtures("bridge")


def _told(say: Say) -> bool:
    return bool(json.loads(say("seller", "notices", "s1", "--json")[1])["opt_outs"])


def test_E06_it_is_shown_switched_off_and_switched_on(say: Say) -> None:
    assert _told(say)
    assert say("seller", "notices", "s1", "--no-opt-outs")[:2] == (
        ExitCode.OK,
        "s1 is not told of buyers who opted out\n",
    )
    assert not _told(say)
    assert (
        say("seller", "notices", "s1", "--market", "market", "--opt-outs")[1] == "s1 is told of buyers who opted out\n"
    )
    assert _told(say)


def test_E06_an_import_changes_it_only_where_it_says_so(bridge: Path, say: Say) -> None:
    say("seller", "notices", "s1", "--no-opt-outs")
    assert say("import", bridge / "trade.jsonl")[0] == ExitCode.OK
    assert not _told(say)
    (bridge / "t.jsonl").write_text(TRADE.replace('"contact":', '"told_of_opt_outs": true, "contact":'))
    assert say("import", bridge / "t.jsonl")[0] == ExitCode.OK
    assert _told(say)


def test_a_seller_whom_nobody_knows_is_said(say: Say) -> None:
    code, _, errors = say("seller", "notices", "s9")
    assert (code, "s9" in errors) == (ExitCode.NOT_FOUND, True)


def _waits(say: Say) -> int:
    return int(json.loads(say("seller", "undo", "s1", "--json")[1])["undo_s"])


def test_N15_the_time_to_stop_a_message_is_shown_set_and_taken_away(bridge: Path, say: Say) -> None:
    assert _waits(say) == 0
    assert say("seller", "undo", "s1", "--seconds", "60")[:2] == (
        ExitCode.OK,
        "messages of s1 wait 60 seconds, and he may stop them\n",
    )
    assert say("import", bridge / "trade.jsonl")[0] == ExitCode.OK
    assert _waits(say) == 60  # an import that says nothing of it leaves it
    (bridge / "t.jsonl").write_text(TRADE.replace('"contact":', '"undo_s": 30, "contact":'))
    assert say("import", bridge / "t.jsonl")[0] == ExitCode.OK
    assert _waits(say) == 30
    assert say("seller", "undo", "s1", "--seconds", "0")[1] == "s1: no message waits\n"
    assert _waits(say) == 0


@pytest.mark.parametrize("seconds", ["29", "121", "-5"])
def test_N15_a_time_out_of_range_is_an_error_and_changes_nothing(say: Say, seconds: str) -> None:
    code, _, errors = say("seller", "undo", "s1", f"--seconds={seconds}")
    assert (code, "30 to 120" in errors) == (ExitCode.USAGE, True)
    assert _waits(say) == 0
