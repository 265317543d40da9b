"""Ladders in rule files: read, refused with file and line, found for a marketplace, part of the fingerprint."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from mailbridge.domain.standing import Step
from mailbridge.domain.verdict import Severity
from mailbridge.errors import ConfigurationError, Problem
from mailbridge.policy.standing import Rung
from mailbridge.rulefiles.ladders import LADDER_KEYS
from mailbridge.rulefiles.models import LadderModel
from mailbridge.rulefiles.read import load_rules
from mailbridge.rulefiles.reference import EXAMPLE_LADDER
from mailbridge.rulefiles.reload import RuleKeeper
from mailbridge.rulefiles.scene import a_market
from mailbridge.rulefiles.schema import rules_schema
from tests.rulefiles.packs import RULE, write_pack

DAY = timedelta(days=1)
LADDER = """\
ladders:
  - id: t.ladder
    text: {en: x, pl: x, it: x, de: x}
    weights: {low: 1, medium: 2, high: 3}
    counts_for_days: 30
    remembered_for_days: 90
    steps:
      - {step: reminded, points: 6}
      - {step: barred, points: 16, days: 5}
      - {step: suspended, points: 16}
"""
MARKET = replace(a_market("Bazaar", "general"), rule_packs=("general", "bazaar"))


def _problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(ConfigurationError) as raised:
        load_rules((folder,))
    return raised.value.problems


def test_a_ladder_is_read(tmp_path: Path) -> None:
    write_pack(tmp_path, LADDER)
    [ladder] = load_rules((tmp_path,)).ladders
    assert (ladder.id, ladder.pack, ladder.counts_for, ladder.remembered_for) == (
        "t.ladder",
        "general",
        30 * DAY,
        90 * DAY,
    )
    assert ladder.to_read == DAY
    assert ladder.weights == {Severity.NONE: 0, Severity.LOW: 1, Severity.MEDIUM: 2, Severity.HIGH: 3}
    assert ladder.rungs == (
        Rung(step=Step.REMINDED, points=6, lasts=90 * DAY),  # as long as it is remembered
        Rung(step=Step.BARRED, points=16, lasts=5 * DAY),
        Rung(step=Step.SUSPENDED, points=16, lasts=None),
    )


def test_the_example_of_the_reference_is_a_good_ladder(tmp_path: Path) -> None:
    write_pack(tmp_path, EXAMPLE_LADDER)
    assert [ladder.id for ladder in load_rules((tmp_path,)).ladders] == ["bazaar.ladder"]


@pytest.mark.parametrize(
    ("wrong", "right", "line", "key", "said"),
    [
        ("low: 1,", "low: 1, lo: 1,", 4, "ladders[1].weights.lo", 'did you mean "low"?'),
        ("medium: 2", "medium: 4", 4, "ladders[1].weights", "must not fall from low to high"),
        ("low: 1", "low: -1", 4, "ladders[1].weights.low", "greater than or equal to 0"),
        ("counts_for_days: 30", "counts_for_days: 0", 5, "ladders[1].counts_for_days", "greater than or equal to 1"),
        ("    counts_for_days: 30\n", "", 2, "ladders[1].counts_for_days", "is missing; add it"),
        ("step: reminded", "step: nagged", 8, "ladders[1].steps[1].step", "'reminded', 'warned'"),
        ("step: suspended", "step: warned", 10, "ladders[1].steps[3].step", "is milder than the step before it"),
        ("points: 16, days: 5", "points: 0, days: 5", 9, "ladders[1].steps[2].points", "greater than or equal to 1"),
        ("days: 5", "days: 91", 9, "ladders[1].steps[2].days", "is longer than remembered_for_days"),
        ("suspended, points: 16", "closed, points: 16, days: 9", 10, "ladders[1].steps[3].days", "closed is for good"),
        ("id: t.ladder", "id: person", 2, "ladders[1].id", "choose another"),
        ("id: t.ladder", "id: T", 2, "ladders[1].id", "must be 3 to 64 characters"),
        ("it: x, ", "", 3, "ladders[1].text.it", "is missing"),
        (
            "    steps:",
            "    source_date: 2026-01-01\n    steps:",
            7,
            "ladders[1].source_date",
            "name it with `source:`",
        ),
        (
            "    steps:",
            "    valid_from: 2026-02-01\n    valid_until: 2026-01-01\n    steps:",
            8,
            "ladders[1].valid_until",
            "is before valid_from",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, wrong: str, right: str, line: int, key: str, said: str
) -> None:
    file = write_pack(tmp_path, LADDER.replace(wrong, right, 1))
    [problem] = _problems(tmp_path)
    assert (problem.file, problem.line, problem.key) == (str(file), line, key)
    assert said in problem.reason


def test_a_file_with_neither_rules_nor_ladders_is_refused(tmp_path: Path) -> None:
    write_pack(tmp_path, "{}\n")
    [problem] = _problems(tmp_path)
    assert (problem.key, problem.reason) == ("rules", "is missing; add it")


@pytest.mark.parametrize(
    "change",
    [("", ""), ("steps:", "valid_from: 2026-07-01\n    steps:"), ("steps:", "markets: [Fair]\n    steps:")],
)
def test_a_pack_has_one_ladder_at_a_time(tmp_path: Path, change: tuple[str, str]) -> None:
    write_pack(tmp_path, LADDER, name="a.yaml")
    write_pack(tmp_path, LADDER.replace("t.ladder", "u.ladder").replace(*change, 1), name="b.yaml")
    [problem] = _problems(tmp_path)
    assert "is in force on the same days as t.ladder" in problem.reason


def test_ladders_of_one_pack_that_never_meet_are_fine(tmp_path: Path) -> None:
    old = LADDER.replace("steps:", "valid_until: 2026-06-30\n    steps:", 1)
    new = LADDER.replace("steps:", "valid_from: 2026-07-01\n    steps:", 1).replace("t.ladder", "u.ladder")
    write_pack(tmp_path, old, name="a.yaml")
    write_pack(tmp_path, new, name="b.yaml")
    rules = load_rules((tmp_path,))
    days = (date(2026, 6, 30), date(2026, 7, 1))
    assert [ladder.id for day in days if (ladder := rules.ladder_of(MARKET, day))] == ["t.ladder", "u.ladder"]


def test_the_same_id_twice_is_refused(tmp_path: Path) -> None:
    file = write_pack(tmp_path, LADDER, name="a.yaml")
    write_pack(tmp_path, LADDER, pack="markets/bazaar", name="b.yaml")
    [problem] = _problems(tmp_path)
    assert f'"t.ladder" stands already in {file}:2' in problem.reason


def test_the_markets_own_ladder_wins_and_none_leaves_generals(tmp_path: Path) -> None:
    write_pack(tmp_path, LADDER)
    own = LADDER.replace("t.ladder", "u.ladder").replace("steps:", "markets: [Bazaar]\n    steps:", 1)
    write_pack(tmp_path, own, pack="markets/bazaar")
    rules, day = load_rules((tmp_path,)), date(2026, 7, 1)

    def found(**changed: object) -> str:
        ladder = rules.ladder_of(replace(MARKET, **changed), day)  # type: ignore[arg-type]  # fields by name, for tests
        return "" if ladder is None else ladder.id

    assert found() == "u.ladder"
    assert found(rule_packs=("bazaar", "general")) == "u.ladder"
    assert found(name="Fair") == "t.ladder"
    assert found(rule_packs=("general",)) == "t.ladder"
    assert found(rule_packs=("etsy",)) == ""


def test_a_changed_ladder_is_another_rule_set_and_reloaded(tmp_path: Path) -> None:
    file = write_pack(tmp_path, f"{RULE}\n{LADDER}")
    keeper = RuleKeeper((tmp_path,), on_reloaded=lambda _: None, on_problems=lambda _: None)
    before = keeper.current()
    file.write_text(f"{RULE}\n{LADDER}".replace("points: 6", "points: 7"))
    assert keeper.look()
    assert keeper.current().fingerprint != before.fingerprint
    assert keeper.current().ladders[0].rungs[0].points == 7
    assert keeper.current().rules == before.rules


def test_every_key_of_a_ladder_is_described_also_to_editors() -> None:
    assert tuple(LADDER_KEYS) == tuple(LadderModel.model_fields)
    keys = json.loads(rules_schema())["definitions"]["LadderModel"]["properties"]
    assert {name: key["description"] for name, key in keys.items()} == LADDER_KEYS
