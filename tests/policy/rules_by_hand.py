"""Rules and conditions made by hand, for decisions that need no rule file."""

from collections.abc import Mapping
from typing import Any

from mailbridge.domain.ids import RuleId
from mailbridge.domain.verdict import Action, Mode
from mailbridge.policy.checks import CHECKS_BY_NAME
from mailbridge.policy.factview import FACTS, FactValue
from mailbridge.policy.ruleset import CheckCall, ConditionResult, Rule, RuleSet

LANGUAGES = ("en", "pl", "it", "de")


class FixedCondition:
    """A condition that always says the same, and keeps the views it was shown."""

    def __init__(self, result: ConditionResult) -> None:
        self._result = result
        self.views: list[Mapping[str, FactValue]] = []

    @property
    def source(self) -> str:
        """Not an expression of any language."""
        return self._result.value

    @property
    def names(self) -> frozenset[str]:
        """It asks for everything."""
        return frozenset(fact.name for fact in FACTS)

    def evaluate(self, view: Mapping[str, FactValue]) -> ConditionResult:
        """Say it."""
        self.views.append(view)
        return self._result


def a_call(check: str) -> CheckCall:
    """This check with its defaults."""
    return CheckCall(
        name=check, parameters=tuple(sorted((p.name, p.default) for p in CHECKS_BY_NAME[check].parameters))
    )


def a_rule(identifier: str = "r", check: str | None = "email_address", **more: Any) -> Rule:
    """A rule of the general pack that refuses."""
    words = {language: f"{identifier} in {language}" for language in LANGUAGES}
    fields: dict[str, Any] = {"action": Action.REFUSE, "mode": Mode.ENFORCE, "pack": "general"} | more
    return Rule(
        id=RuleId(identifier), title=words, text=words, fix=words, check=a_call(check) if check else None, **fields
    )


def a_ruleset(*rules: Rule) -> RuleSet:
    """These rules."""
    return RuleSet.of(rules, "fingerprint", packs=("general",))
