"""`seller notices`: what a seller is told (E-06)."""

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
