"""The general pack on messages that nobody read while it was written: hidden contacts are found, honest replies pass.

The sets were written apart from the checks. The `aside` halves are read by this test alone: what was read was
built for, so that only they say how much of the next set will be found.
"""

import tomllib
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mailbridge.domain.parties import Direction, Marketplace
from mailbridge.domain.verdict import Action, Mode
from mailbridge.message.parse import parse
from mailbridge.policy.judge import judge
from mailbridge.policy.needs import Needs
from mailbridge.policy.ruleset import RuleSet
from mailbridge.resources import data_folder
from mailbridge.rulefiles.models import SampleModel, SampleOrderModel
from mailbridge.rulefiles.read import load_rules
from mailbridge.rulefiles.samplemails import perform
from mailbridge.rulefiles.scene import a_market

_FOLDER = Path(__file__).parent / "held_out"
#: of the honest replies of one set
_MOST_FALSE_ALARMS = 1
#: what is found today must not get less; the aim is 90 % of each. `likeness.py` learned from all but the `aside` ones
_FOUND = {"open": 0.97, "more": 0.97, "third": 0.97, "aside": 0.92, "fourth_open": 0.98, "fourth_aside": 0.75}


@cache
def _rules() -> RuleSet:
    return load_rules((data_folder("rules"),))


@cache
def _market() -> Marketplace:
    return replace(a_market("general", "general"), regions=("PL", "IT", "DE", "GB", "FR", "ES"))


def _action(text: str, language: str, subject: str = "Re: 48213") -> tuple[Action, tuple[str, ...]]:
    """What the general pack makes of an answer in a thread about an order, and the rules that make it so."""
    sample = SampleModel(
        text=text,
        language=language if language in {"en", "pl", "it", "de"} else "en",
        subject=subject,
        direction=Direction.TO_BUYER.value,
        order=SampleOrderModel(state="open"),
    )
    performed = perform(sample, _market(), None)
    message = parse(performed.content)
    assert message.date is not None
    facts = performed.scene.facts(message, performed.content, message.date)
    verdict = judge(message, facts, performed.scene.route, _rules())
    assert not isinstance(verdict, Needs)
    stops = tuple(str(j.rule) for j in verdict.judgements if j.mode is Mode.ENFORCE and j.action >= Action.REPAIR)
    return verdict.action, stops


def _read(name: str, key: str) -> list[dict[str, Any]]:
    return list(tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))[key])


@pytest.mark.parametrize("half", _FOUND)
def test_K1_K2_contacts_in_disguise_are_found(half: str) -> None:
    cases = _read(f"obfuscated_{half}", "case")
    assert len(cases) >= 60
    missed = [case for case in cases if _action(case["text"], case["language"])[0] < Action.REPAIR]
    kinds = Counter(f"{case['kind']} {case['language']}" for case in missed)
    share = 1 - len(missed) / len(cases)
    print(f"{half}: {100 * share:.1f} % of {len(cases)} found; missed {dict(kinds)}")
    assert share >= _FOUND[half]


@pytest.mark.parametrize("half", ["open", "more", "third", "aside", "fourth_open", "fourth_aside"])
def test_E16_honest_replies_pass(half: str) -> None:
    replies = _read(f"honest_{half}", "reply")
    assert len(replies) >= 80
    stopped = [
        (reply["id"], rules)
        for reply in replies
        if (rules := _action(reply["text"], reply["language"], reply["subject"])[1])
    ]
    print(f"{half}: {len(stopped)} of {len(replies)} stopped: {stopped}")
    assert len(stopped) <= _MOST_FALSE_ALARMS
