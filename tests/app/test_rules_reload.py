"""The log of a running bridge says when changed rules are in force, and why they are not."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mailbridge import cli
from mailbridge.app.lane import Lane
from mailbridge.cli.output import ExitCode
from mailbridge.config import load
from tests.peers.processes import wait_until
from tests.rulefiles.packs import RULE, write_pack, write_samples


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    """Settings with a rule folder of the admin's own."""
    options = ["--hostname", "bridge.example", "--operator", "op@example.com", "--smarthost", "127.0.0.1"]
    assert cli.run(["init", str(tmp_path), *options]) == ExitCode.OK
    write_pack(tmp_path / "own", pack="mine")
    file = tmp_path / "mailbridge.toml"
    file.write_text(file.read_text().replace("[rules]\n", '[rules]\nfolders = ["own"]\n'))
    return file


def _events(capsys: pytest.CaptureFixture[str]) -> Callable[[str], list[dict[str, object]]]:
    """Every event of a name so far."""
    told: list[dict[str, object]] = []

    def of(name: str) -> list[dict[str, object]]:
        told.extend(json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{"))
        return [event for event in told if event["event"] == name]

    return of


def test_T71_a_rejected_change_names_the_sample_and_the_rules_that_stay(
    settings_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = _events(capsys)
    lane = Lane(load(settings_file), processes=1, on_opened=lambda store: None)
    lane.start(())
    try:
        stays = lane.bridge.rules().fingerprint
        write_samples(settings_file.parent / "own", "fail:\n  - text: Hello\n", pack="mine")
        wait_until(lambda: bool(events("rules_rejected")), "the change is rejected", within_s=30)
        [rejected] = events("rules_rejected")
        assert rejected["fingerprint"] == stays == lane.bridge.rules().fingerprint
        assert (rejected["line"], rejected["key"]) == (2, "fail[1]")
        assert rejected["problem"] == "must be caught by r.one, but its check finds nothing"
        write_samples(settings_file.parent / "own", "fail:\n  - text: a@x.example\n", pack="mine")
        write_pack(settings_file.parent / "own", RULE + "    severity: high\n", pack="mine")
        wait_until(lambda: lane.bridge.rules().fingerprint != stays, "the change is in force", within_s=30)
        wait_until(lambda: bool(events("rules_loaded")), "it is told", within_s=30)
    finally:
        lane.stop_taking()
        lane.stop()
    assert events("rules_loaded")[-1]["fingerprint"] == lane.bridge.rules().fingerprint
