"""Why a message is judged as it is."""

from dataclasses import replace

from mailbridge.domain.ids import ThreadId
from mailbridge.domain.parties import Direction
from mailbridge.policy.checks import CHECKS
from mailbridge.policy.explain import Explanation, explain
from mailbridge.policy.judge import judge
from mailbridge.policy.needs import Needs
from mailbridge.policy.originator import Proof
from mailbridge.policy.plan import Route, Stop
from mailbridge.policy.ruleset import ConditionResult
from tests.policy.rules_by_hand import FixedCondition, a_rule, a_ruleset
from tests.policy.stage import a_message, a_thread, from_buyer, unsigned

_RULES = a_ruleset(
    a_rule("address"),
    a_rule("phone", "phone_number"),
    a_rule("sellers-only", directions=frozenset({Direction.TO_BUYER})),
    a_rule("never", condition=FixedCondition(ConditionResult.NOT)),
    a_rule("broken", condition=FixedCondition(ConditionResult.BROKEN)),
)
_MESSAGE = a_message(text="write to anna@shop.example")


def test_every_rule_says_why_it_applies_or_not() -> None:
    told = explain(_MESSAGE, from_buyer(threads=(a_thread("t"),)), _RULES)
    assert isinstance(told, Explanation)
    assert {trace.rule: (trace.applies, trace.reason) for trace in told.rules} == {
        "address": (True, "applies"),
        "phone": (False, "check found nothing"),
        "sellers-only": (False, "not in force: direction"),
        "never": (False, "condition is false"),
        "broken": (True, "condition is broken"),
    }


def test_every_check_is_shown_also_those_that_no_rule_uses() -> None:
    told = explain(_MESSAGE, from_buyer(threads=(a_thread("t"),)), _RULES)
    assert isinstance(told, Explanation)
    assert {trace.call.name: len(trace.findings) for trace in told.checks} == {
        check.name: {"email_address": 1, "required_cc_missing": 1}.get(check.name, 0) for check in CHECKS
    }


def test_the_verdict_is_the_one_of_the_path() -> None:
    facts = from_buyer(threads=(a_thread("t"),))
    told = explain(_MESSAGE, facts, _RULES)
    assert isinstance(told, Explanation)
    assert isinstance(told.outcome, Route)
    assert told.verdict == judge(_MESSAGE, facts, told.outcome, _RULES)
    assert told.proof is Proof.DKIM


def test_a_message_that_stops_is_explained_as_far_as_it_came() -> None:
    stranger = from_buyer(author=None)
    told = explain(_MESSAGE, stranger, _RULES)
    assert isinstance(told, Explanation)
    assert isinstance(told.outcome, Stop)
    assert (told.verdict, told.rules) == (None, ())


def test_a_held_message_of_a_party_shows_what_the_rules_would_say() -> None:
    told = explain(_MESSAGE, from_buyer(threads=(a_thread("t"),), auth=unsigned("buyer.example")), _RULES)
    assert isinstance(told, Explanation)
    assert isinstance(told.outcome, Stop)
    assert told.verdict is not None
    assert told.proof is None


def test_a_rule_that_is_not_in_force_asks_for_history_only_here() -> None:
    rules = a_ruleset(a_rule("sellers-only", directions=frozenset({Direction.TO_BUYER})))
    message = a_message(quoted_text="> bob@shop.example")
    assert explain(message, from_buyer(threads=(a_thread("t"),)), rules) == Needs(history_of=ThreadId("t"))


def test_quotes_ask_for_history_here_too() -> None:
    message = replace(_MESSAGE, quoted_text="> bob@shop.example")
    assert explain(message, from_buyer(threads=(a_thread("t"),)), _RULES) == Needs(history_of=ThreadId("t"))
    told = explain(message, from_buyer(threads=(a_thread("t"),), history=("bob@shop.example",)), _RULES)
    assert isinstance(told, Explanation)
