"""What the reference shows as an example can be used as it stands."""

from pathlib import Path

import pytest

from mailbridge.policy.checks import CHECKS
from mailbridge.policy.factview import FACTS, FactDeclaration
from mailbridge.policy.ruleset import Rule
from mailbridge.rulefiles.cel import CelCondition, compile_condition
from mailbridge.rulefiles.reference import EXAMPLE_RULE, EXAMPLE_SAMPLES, example_of, reference
from mailbridge.rulefiles.trying import load_tried_rules
from tests.rulefiles.packs import RULE, write_pack, write_samples


def test_the_example_of_a_rule_loads_with_its_samples(tmp_path: Path) -> None:
    write_pack(tmp_path, EXAMPLE_RULE)
    write_samples(tmp_path, EXAMPLE_SAMPLES, name="general.no-prices-on-gifts.yaml")
    [rule] = load_tried_rules((tmp_path,)).rules
    assert isinstance(rule, Rule)
    assert f"samples/{rule.id}.yaml" in reference()


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_the_example_of_a_fact_is_a_good_condition(fact: FactDeclaration) -> None:
    assert isinstance(compile_condition(example_of(fact)), CelCondition)


@pytest.mark.parametrize("name", [check.name for check in CHECKS])
def test_the_example_of_a_check_can_be_read(tmp_path: Path, name: str) -> None:
    [row] = [line for line in reference().splitlines() if line.startswith(f"| `{name}` |")]
    example = row.rstrip("| ").rpartition(" `")[2].rstrip("`")
    call = "" if example.startswith("check:") else f"    {example}\n"
    write_pack(tmp_path, RULE.replace("check: email_address\n", f"check: {name}\n{call}"))
    [rule] = load_tried_rules((tmp_path,)).rules
    assert rule.check is not None
    assert rule.check.name == name
