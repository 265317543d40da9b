"""What a verdict asks for: only where a rule in force depends on it, and before anything else is looked for."""

from dataclasses import replace

import pytest
from typing_extensions import override

from mailbridge.domain.facts import Copies
from mailbridge.domain.ids import ThreadId
from mailbridge.domain.parties import Direction
from mailbridge.domain.verdict import Verdict
from mailbridge.policy.explain import explain
from mailbridge.policy.judge import judge
from mailbridge.policy.needs import FormText, Needs
from mailbridge.policy.plan import Route
from mailbridge.policy.ruleset import CheckCall, ConditionResult, Rule
from mailbridge.policy.sametext import form_of
from tests.policy.rules_by_hand import FixedCondition, a_call, a_rule, a_ruleset
from tests.policy.stage import (
    BUYER,
    BUYER_MAILBOX,
    NOW,
    SELLER,
    SELLER_MAILBOX,
    TO_BUYER,
    TO_SELLER,
    a_message,
    a_thread,
    from_buyer,
    from_seller,
)

_TEXT = (
    "Hello Anna,\nwe have new lamps, stools and shelves in the workshop; come and see them whenever you like. "
    "See you soon!"
)
_TO_BUYER = Route(direction=Direction.TO_BUYER, thread_id=ThreadId("t"))
_TO_SELLER = Route(direction=Direction.TO_SELLER, thread_id=ThreadId("t"))
_THREADS = (a_thread("t"),)
_RULE = a_rule("copies", "duplicate_text")


class _Counting(FixedCondition):
    """Holds; asks what the check finds, and for nothing else."""

    @property
    @override
    def names(self) -> frozenset[str]:
        return frozenset({"checks.duplicate_text"})


class _Plain(FixedCondition):
    """Asks nothing of what the check finds."""

    @property
    @override
    def names(self) -> frozenset[str]:
        return frozenset({"thread.is_new", "checks.phone_number"})


def _with(rule: Rule, **parameters: int) -> Rule:
    values = dict(a_call("duplicate_text").parameters) | parameters
    return replace(rule, check=CheckCall(name="duplicate_text", parameters=tuple(sorted(values.items()))))


def _judged(*rules: Rule, text: str = _TEXT, **facts: object) -> Verdict | Needs:
    message = a_message(SELLER_MAILBOX, TO_BUYER, text=text, quoted_text="> anna@shop.example")
    return judge(message, from_seller(threads=_THREADS, **facts), _TO_BUYER, a_ruleset(*rules))


def test_a_rule_that_counts_copies_asks_for_those_of_the_text_before_anything_is_looked_for() -> None:
    wanted = FormText(author=SELLER.id, reader=BUYER.id, text=form_of(_TEXT))
    assert _judged(a_rule(), _RULE) == Needs(copies_of=wanted)
    assert _judged(a_rule("r", check=None, condition=_Counting(ConditionResult.HOLDS))) == Needs(copies_of=wanted)


def test_the_two_things_that_may_be_missing_are_asked_for_one_after_the_other() -> None:
    copies = Copies(text_hash=b"t", reader_hash=b"r", sent_at=(NOW,) * 5)
    assert _judged(a_rule(), _RULE, copies=copies) == Needs(history_of=ThreadId("t"))
    verdict = _judged(a_rule(), _RULE, copies=copies, history=("anna@shop.example",))
    assert isinstance(verdict, Verdict)
    assert [judgement.rule for judgement in verdict.judgements] == ["copies"]


def test_a_condition_may_count_copies() -> None:
    condition = _Counting(ConditionResult.HOLDS)
    copies = Copies(text_hash=b"t", reader_hash=b"r", sent_at=(NOW,) * 5)
    _judged(a_rule("r", check=None, condition=condition), copies=copies)
    assert condition.views == [{"checks.duplicate_text": 1}]


@pytest.mark.parametrize(
    "rule",
    [
        a_rule("other", "phone_number"),
        a_rule("not-in-force", "duplicate_text", directions=frozenset({Direction.TO_SELLER})),
        _with(_RULE, min_letters=1000),
        replace(a_rule("condition-is-false", "duplicate_text"), condition=_Plain(ConditionResult.NOT)),
    ],
    ids=lambda rule: rule.id,
)
def test_nothing_is_asked_for_where_no_rule_in_force_can_use_it(rule: Rule) -> None:
    assert isinstance(_judged(rule, history=()), Verdict)


@pytest.mark.parametrize("result", [ConditionResult.HOLDS, ConditionResult.BROKEN])
def test_a_condition_that_holds_or_breaks_leaves_the_question_open(result: ConditionResult) -> None:
    rule = replace(_RULE, condition=_Plain(result))
    assert isinstance(_judged(rule, history=()), Needs)


def test_the_rule_that_takes_the_shortest_text_decides_whether_it_is_asked() -> None:
    short = "Hello,\nthank you, it is on its way."
    assert isinstance(_judged(_RULE, text=short, history=()), Verdict)
    assert isinstance(_judged(_RULE, _with(a_rule("s"), min_letters=10), text=short, history=()), Needs)


def test_copies_of_a_buyers_text_are_never_asked_for() -> None:
    message = a_message(BUYER_MAILBOX, TO_SELLER, text=_TEXT)
    assert isinstance(judge(message, from_buyer(threads=_THREADS), _TO_SELLER, a_ruleset(_RULE)), Verdict)


def test_an_explanation_asks_for_them_like_a_verdict() -> None:
    message = a_message(SELLER_MAILBOX, TO_BUYER, text=_TEXT)
    asked = explain(message, from_seller(threads=_THREADS), a_ruleset(_RULE))
    assert isinstance(asked, Needs)
    assert asked.copies_of is not None
