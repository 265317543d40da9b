"""What the running bridge looks at again and again."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from mailbridge.app.loops import Chores
from mailbridge.domain.reviews import Found
from mailbridge.path.reviews import settle
from mailbridge.policy.ruleset import RuleSet
from tests.path.quickladder import a_shop
from tests.path.world import BUYER, CC_DOOR, START, World, a_world, trade


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
    chores = Chores(world.bridge, time(7), review_within=timedelta(days=3))
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
    chores = Chores(replace(world.bridge, rules=lambda: rules[0]), time(7), review_within=timedelta(days=3))
    _import_packs(world, "general", "lost")
    chores.look()
    rules[0] = RuleSet.of(rules[0].rules, "x", packs=("general", "lost"))
    chores.look()
    chores.look()
    assert _said(capsys, "rule_pack_found") == [("info", "lost")]


def test_S28_E38_a_review_that_waits_too_long_is_told_once_a_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_shop(tmp_path) as shop:
        chores = Chores(shop.world.bridge, time(7), review_within=timedelta(days=3))
        shop.writes("Call me: +48 601 234 567", to=CC_DOOR, To=BUYER, Cc=CC_DOOR)  # a direct mail in breach
        ages = []
        for days, hours in ((0, 0), (2, 23), (3, 0), (3, 12), (4, 1)):
            shop.world.now = START + timedelta(days=days, hours=hours, minutes=5)
            capsys.readouterr()
            chores.look()
            told = [json.loads(line) for line in capsys.readouterr().err.splitlines() if '"reviews_overdue"' in line]
            ages.append([(line["level"], line["kind"], line["count"], line["age_s"] // 3600) for line in told])
        assert ages == [[], [], [("alert", "direct_mail", 1, 72)], [], [("alert", "direct_mail", 1, 97)]]


def test_S28_one_that_is_settled_is_told_no_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with a_shop(tmp_path) as shop:
        chores = Chores(shop.world.bridge, time(7), review_within=timedelta(hours=1))
        shop.writes("Call me: +48 601 234 567", to=CC_DOOR, To=BUYER, Cc=CC_DOOR)
        [review] = shop.world.bridge.store.reviews(9)
        settle(review, Found.DISMISSED, "", shop.world.bridge)
        shop.world.now += timedelta(days=9)
        capsys.readouterr()
        chores.look()
        assert '"reviews_overdue"' not in capsys.readouterr().err
