"""A condition that can not be evaluated on a mail: the mail is held, and the log says which rule."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mailbridge.domain import reply as replies
from mailbridge.domain.ids import RecordId
from mailbridge.policy.plan import HoldReason
from mailbridge.rulefiles.read import load_rules
from tests.path.test_sidenotes import lenient
from tests.path.world import BUYER, CONTACT, World, a_text, a_world, trade
from tests.rulefiles.packs import RULE, write_pack

#: divides by the number of recipients beside the first
_BREAKS = "    when: 1 / (message.recipients - 1) == 1\n"


def _with(world: World, folder: Path, rule: str) -> None:
    write_pack(folder, rule, pack="own")
    rules = load_rules((folder,))
    world.bridge = replace(world.bridge, rules=lambda: rules)


def _events(capsys: pytest.CaptureFixture[str], name: str) -> list[dict[str, object]]:
    lines = capsys.readouterr().err.splitlines()
    return [json.loads(line) for line in lines if f'"event":"{name}"' in line.replace('": "', '":"')]


def test_I10_a_condition_that_breaks_holds_the_mail_with_an_alarm(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_world(tmp_path, lenient(trade(), packs=("own",))) as world:
        _with(world, tmp_path / "rules", RULE.replace("    check: email_address\n", _BREAKS))
        assert world.mail(a_text(BUYER, CONTACT, "Is the lamp still there?"), CONTACT) == (replies.ACCEPTED,)
        [event] = _events(capsys, "rule_broken")
        assert (event["rule_ids"], event["level"]) == (["r.one"], "alert")
        held = world.bridge.store.held_record(RecordId(str(event["record_id"])))
        assert held.hold is HoldReason.RULE_BROKEN


def test_I10_a_condition_that_breaks_in_a_dry_run_is_said_and_holds_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_world(tmp_path, lenient(trade(), packs=("own",))) as world:
        rule = RULE.replace("    check: email_address\n", _BREAKS).replace("enforce", "dry_run")
        _with(world, tmp_path / "rules", rule)
        world.mail(a_text(BUYER, CONTACT, "Is the lamp still there?"), CONTACT)
        assert world.bridge.store.held_records(10) == ()
        assert len(_events(capsys, "rule_broken")) == 1


def test_a_pack_that_is_not_there_is_not_called_a_broken_rule(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_world(tmp_path, lenient(trade(), packs=("lost",))) as world:
        world.mail(a_text(BUYER, CONTACT, "Is the lamp still there?"), CONTACT)
        assert len(world.bridge.store.held_records(10)) == 1
        assert _events(capsys, "rule_broken") == []
