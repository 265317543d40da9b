"""The table of facts about markets: every rule it names ships, and tries enough mails in enough languages."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from mailbridge.message.parse import parse
from mailbridge.resources import data_folder
from mailbridge.rulefiles.read import read_packs
from mailbridge.rulefiles.samples import Sample, find_samples

_FOLDER = data_folder("rules")
_FACTS = tomllib.loads((_FOLDER / "facts.toml").read_text(encoding="utf-8"))["fact"]
_, _PACKS = read_packs((_FOLDER,))
#: the facts about what messages may say and carry
_OF_CONTENT = [
    *("E-02", "E-03", "E-04", "E-08", "E-15", "E-20", "E-23"),
    *("S-20", "S-21", "S-24", "S-25", "S-74"),
]
_LEAST_SAMPLES, _LEAST_LANGUAGES = 6, 3
#: a sample would be 10 MiB
_WITHOUT_SAMPLES = {"general/general.attachment-size"}
_NAMED = {rule for fact in _FACTS for rule in fact.get("rules", ())}
_SHIPPED = {f"{rule.pack}/{rule.id}" for pack in _PACKS for rule in pack.rules}
#: every rule of a market's pack, whether a fact names it or not
_OF_MARKETS = {rule for rule in _SHIPPED if not rule.startswith("general/")}


@dataclass(slots=True)
class _Tried:
    """The languages of the mails that a rule must let pass, and of those it must catch; one item a mail."""

    passing: list[str] = field(default_factory=list)
    caught: list[str] = field(default_factory=list)


def _count() -> Mapping[str, _Tried]:
    tried: dict[str, _Tried] = defaultdict(_Tried)
    for pack in _PACKS:
        for sample in find_samples(pack):
            if isinstance(sample, Sample) and sample.rule is not None:
                of_rule = tried[f"{pack.name}/{sample.rule.id}"]
                kept = of_rule.caught if sample.must_be_caught else of_rule.passing
                kept.append(parse(sample.content).language)
    return tried


_TRIED = _count()


def test_the_table_has_every_fact_once_in_order() -> None:
    ids = [fact["id"] for fact in _FACTS]
    assert ids == sorted(set(ids))
    assert set(_OF_CONTENT) <= set(ids)


@pytest.mark.parametrize("fact", _FACTS, ids=lambda fact: fact["id"])
def test_a_fact_has_rules_or_says_why_not(fact: dict[str, object]) -> None:
    assert fact["says"]
    assert fact.get("rules") or fact.get("note")
    assert set(fact) <= {"id", "says", "rules", "samples", "note"}


@pytest.mark.parametrize("fact", _FACTS, ids=lambda fact: fact["id"])
def test_what_a_fact_names_ships(fact: dict[str, list[str]]) -> None:
    assert [rule for rule in fact.get("rules", []) if rule not in _SHIPPED] == []
    assert [file for file in fact.get("samples", []) if not (_FOLDER / file).is_file()] == []


@pytest.mark.parametrize("rule", sorted((_NAMED | _OF_MARKETS) - _WITHOUT_SAMPLES))
def test_a_rule_is_tried_on_enough_mails_in_enough_languages(rule: str) -> None:
    for languages in (_TRIED[rule].passing, _TRIED[rule].caught):
        assert len(languages) >= _LEAST_SAMPLES
        assert len(set(languages) - {""}) >= _LEAST_LANGUAGES
