"""What the running bridge looks at again and again."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from mailbridge.app.loops import Chores
from mailbridge.policy.ruleset import RuleSet
from tests.path.world import START, World, a_world, trade


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(tmp_path) as made:
        yield made


def _said(capsys: pytest.CaptureFixture[str], event: str) -> list[tuple[str, str]]:
    """Level and pack of every such line since the last look."""
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    return [(line["level"], line["pack"]) for line in lines if line["event"] == event]


def _import_packs(world: World, *packs: str) -> None:
    batch = trade()
    market = replace(batch.marketplaces[0], rule_packs=packs)
    world.bridge.store.apply_trade(replace(batch, marketplaces=(market,)), START)


def test_a_missing_rule_pack_is_told_once_and_again_when_it_is_another(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    chores = Chores(world.bridge, time(7))
    chores.look()
    assert _said(capsys, "rule_pack_missing") == []
    _import_packs(world, "general", "lost")
    chores.look()
    chores.look()
    assert _said(capsys, "rule_pack_missing") == [("alert", "lost")]
    _import_packs(world, "general", "gone")
    chores.look()
    assert _said(capsys, "rule_pack_missing") == [("alert", "gone")]


def test_a_missing_rule_pack_that_is_there_again_is_told(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    rules: list[RuleSet] = [world.bridge.rules()]
    chores = Chores(replace(world.bridge, rules=lambda: rules[0]), time(7))
    _import_packs(world, "general", "lost")
    chores.look()
    rules[0] = RuleSet.of(rules[0].rules, "x", packs=("general", "lost"))
    chores.look()
    chores.look()
    assert _said(capsys, "rule_pack_found") == [("info", "lost")]
