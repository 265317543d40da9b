"""Makes the JSON Schemas by which an editor completes and checks rule files and sample files while one types.

From the models, the registry of checks and the declared facts, so that they can not say what the reader does not take.
Reads no file.
"""

import json
from typing import Final

from mailbridge.policy.check import Check, Parameter
from mailbridge.policy.checks import CHECKS
from mailbridge.policy.factview import FACTS
from mailbridge.rulefiles.clocks import AREA_KEYS, CALENDAR_KEYS, CLOCK_KEYS
from mailbridge.rulefiles.ladders import LADDER_KEYS
from mailbridge.rulefiles.models import RuleFileModel, SampleFileModel
from mailbridge.rulefiles.reference import KEYS

#: the files that are made of them, in the folder of the packs that come with Mailbridge
RULES_SCHEMA: Final = "rules.schema.json"
SAMPLES_SCHEMA: Final = "samples.schema.json"
_FURTHER: Final = {
    "LadderModel": LADDER_KEYS,
    "AreaModel": AREA_KEYS,
    "ClockModel": CLOCK_KEYS,
    "CalendarModel": CALENDAR_KEYS,
}
_Node = dict[str, object]
_DIALECT: Final = "http://json-schema.org/draft-07/schema#"


def rules_schema() -> str:
    """The schema of a rule file, as JSON."""
    schema = _in_draft_7(RuleFileModel.model_json_schema())
    rule = _inside(schema, "definitions", "RuleModel")
    keys = _inside(rule, "properties")
    for key, meaning in KEYS.items():
        _inside(keys, key)["description"] = meaning
    for shape, meanings in _FURTHER.items():
        shape_keys = _inside(schema, "definitions", shape, "properties")
        for key, meaning in meanings.items():
            _inside(shape_keys, key)["description"] = meaning
    keys["check"] = {"description": KEYS["check"], "oneOf": [_choice(check.name, check.doc) for check in CHECKS]}
    facts = "".join(f"\n{fact.name} ({fact.type.value}): {fact.doc}" for fact in FACTS)
    keys["when"] = {"description": f"{KEYS['when']}\n{facts}", "type": "string", "minLength": 1}
    rule["anyOf"] = [{"required": ["check"]}, {"required": ["when"]}]
    rule["allOf"] = [_parameters_of(check) for check in CHECKS]
    return _written("Rules of Mailbridge", schema)


def samples_schema() -> str:
    """The schema of a file of samples, as JSON."""
    return _written("Samples of a rule of Mailbridge", _in_draft_7(SampleFileModel.model_json_schema()))


def _written(title: str, schema: _Node) -> str:
    whole: _Node = {"$schema": _DIALECT, **schema, "title": title}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _in_draft_7(schema: _Node) -> _Node:
    """The same in the draft that editors for YAML know, without the titles that only repeat names."""
    moved = json.dumps(_without_titles(schema)).replace("#/$defs/", "#/definitions/")
    found: _Node = json.loads(moved)
    found["definitions"] = found.pop("$defs", {})
    return found


def _inside(node: object, *keys: str) -> _Node:
    """The mapping at this place."""
    for key in keys:
        node = node[key] if isinstance(node, dict) else None
    if not isinstance(node, dict):
        raise TypeError(f"the schema has no mapping at {'.'.join(keys)}")
    return node


def _without_titles(node: object) -> object:
    if isinstance(node, dict):
        # A property of this name is a mapping; a title is a text.
        return {key: _without_titles(value) for key, value in node.items() if key != "title" or isinstance(value, dict)}
    return [_without_titles(item) for item in node] if isinstance(node, list) else node


def _choice(name: str, doc: str) -> dict[str, str]:
    return {"const": name, "description": doc}


def _parameters_of(check: Check) -> _Node:
    """What `parameters` may hold beside this check."""
    properties = {parameter.name: _parameter(parameter) for parameter in check.parameters}
    parameters = {"type": "object", "properties": properties, "additionalProperties": False}
    return {
        "if": {"properties": {"check": {"const": check.name}}, "required": ["check"]},
        "then": {"properties": {"parameters": parameters}},
    }


def _parameter(parameter: Parameter) -> _Node:
    default = parameter.default
    said: _Node = {"description": parameter.doc, "default": default}
    if isinstance(default, tuple):
        item = {"enum": list(parameter.choices)} if parameter.choices else {"type": "string", "minLength": 1}
        return said | {"type": "array", "items": item, "default": list(default)}
    if isinstance(default, bool):
        return said | {"type": "boolean"}
    return said | ({"type": "integer", "minimum": 0} if isinstance(default, int) else {"type": "string"})
