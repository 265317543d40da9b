"""What editors are told of rule files is what the reader takes."""

import json
from typing import Any

import pytest

from mailbridge.policy.checks import CHECKS
from mailbridge.policy.factview import FACTS
from mailbridge.resources import data_folder
from mailbridge.rulefiles.models import RuleModel, SampleModel
from mailbridge.rulefiles.schema import RULES_SCHEMA, SAMPLES_SCHEMA, rules_schema, samples_schema

_RULES: dict[str, Any] = json.loads(rules_schema())
_RULE: dict[str, Any] = _RULES["definitions"]["RuleModel"]


# `mailbridge rules schema` and `mailbridge rules schema samples` write them anew.
@pytest.mark.parametrize(("name", "made"), [(RULES_SCHEMA, rules_schema()), (SAMPLES_SCHEMA, samples_schema())])
def test_the_files_that_editors_use_are_as_the_code_makes_them(name: str, made: str) -> None:
    assert (data_folder("rules") / name).read_text(encoding="utf-8") == made


def test_every_key_is_described_and_no_other_is_allowed() -> None:
    assert set(_RULE["properties"]) == set(RuleModel.model_fields)
    assert all(key["description"] for key in _RULE["properties"].values())
    assert _RULE["additionalProperties"] is False
    samples = json.loads(samples_schema())["definitions"]["SampleModel"]["properties"]
    assert set(samples) == set(SampleModel.model_fields)


def test_every_check_has_its_own_parameters() -> None:
    assert [choice["const"] for choice in _RULE["properties"]["check"]["oneOf"]] == [check.name for check in CHECKS]
    for check, branch in zip(CHECKS, _RULE["allOf"], strict=True):
        assert branch["if"]["properties"]["check"]["const"] == check.name
        parameters = branch["then"]["properties"]["parameters"]
        assert set(parameters["properties"]) == {parameter.name for parameter in check.parameters}
        assert parameters["additionalProperties"] is False
        types = {bool: "boolean", int: "integer", str: "string", tuple: "array"}
        for parameter in check.parameters:
            assert parameters["properties"][parameter.name]["type"] == types[type(parameter.default)]


def test_every_fact_stands_beside_the_condition() -> None:
    said = _RULE["properties"]["when"]["description"]
    assert [fact.name for fact in FACTS if f"\n{fact.name} ({fact.type.value}): " not in said] == []


def test_what_a_key_may_hold_is_said() -> None:
    keys = _RULE["properties"]
    assert keys["action"]["enum"] == ["allow", "warn", "repair", "hold", "refuse"]
    assert keys["severity"] == {
        "default": "medium",
        "description": keys["severity"]["description"],
        "enum": ["none", "low", "medium", "high"],
        "type": "string",
    }
    assert keys["title"]["$ref"] == "#/definitions/TextsModel"
    assert "$defs" not in rules_schema()
