"""Which reasons would let a refused message go: the same as judging the whole anew with each, at less cost (S-23)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailbridge.domain.facts import Facts, Pace
from mailbridge.domain.message import Message
from mailbridge.domain.outreach import OptOut, OptOutKind, OutreachHistory, Reason
from mailbridge.domain.trade import Order, OrderState
from mailbridge.domain.verdict import Verdict
from mailbridge.policy import mending
from mailbridge.policy.judge import judge
from mailbridge.policy.mending import Rules, offences, reasons_that_help
from mailbridge.policy.plan import Route
from mailbridge.resources import data_folder
from mailbridge.rulefiles.read import load_rules
from tests.policy.stage import SELLER_MAILBOX, TO_BUYER, a_message, an_order
from tests.policy.test_outreach import _at, _opening

_RULES = load_rules((data_folder("rules"),))
_NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
_WISH = OptOut(seller_id=None, kind=OptOutKind.ALL, at=_NOW)
_ONLY_REVIEWS = OptOut(seller_id=None, kind=OptOutKind.REVIEW, at=_NOW)
_OPEN = an_order()
_OVER = replace(_OPEN, state=OrderState.COMPLETED, completed_at=_NOW - timedelta(days=31))


def _verdict(message: Message, facts: Facts, route: Route) -> Verdict:
    verdict = judge(message, facts, route, _RULES)
    assert isinstance(verdict, Verdict)
    return verdict


def _slow(message: Message, facts: Facts, route: Route) -> tuple[Reason, ...]:
    """Judged whole, with one reason after the other."""
    return tuple(
        reason
        for reason in Reason
        if not offences(_verdict(message, replace(facts, pardon=replace(facts.pardon, reason=reason)), route))
    )


_CASES = {
    "an open order": (_OPEN, OutreachHistory(), "Here you are."),
    "an order that is over": (_OVER, OutreachHistory(), "Here you are."),
    "no order": (None, OutreachHistory(), "Here you are."),
    "a cancelled order": (replace(_OPEN, state=OrderState.CANCELLED), OutreachHistory(), "Here you are."),
    "a buyer who opted out": (_OPEN, OutreachHistory(opt_outs=(_WISH,)), "Here you are."),
    "a buyer who wants no requests for reviews": (_OPEN, OutreachHistory(opt_outs=(_ONLY_REVIEWS,)), "Here you are."),
    "a review asked for before": (_OPEN, OutreachHistory(about_order=(Reason.REVIEW,)), "Here you are."),
    "the limit of the day": (_OPEN, OutreachHistory(sent_today=20), "Here you are."),
    "a phone number too": (_OPEN, OutreachHistory(), "Call me: +48 601 234 567"),
}


@pytest.mark.parametrize(("order", "history", "text"), _CASES.values(), ids=_CASES.keys())
def test_S23_they_are_those_with_which_the_whole_would_go(
    order: Order | None, history: OutreachHistory, text: str
) -> None:
    message = a_message(SELLER_MAILBOX, TO_BUYER, text, subject="48213")
    facts, route = replace(_at(_NOW, order, history), pace=Pace()), _opening(order)
    verdict = _verdict(message, facts, route)
    found = reasons_that_help(message, verdict, Rules(facts=facts, route=route, ruleset=_RULES))
    assert found == _slow(message, facts, route)


def test_S23_where_something_else_stops_it_nothing_is_judged_again(monkeypatch: pytest.MonkeyPatch) -> None:
    order, history, text = _CASES["a phone number too"]
    message = a_message(SELLER_MAILBOX, TO_BUYER, text, subject="48213")
    facts, route = replace(_at(_NOW, order, history), pace=Pace()), _opening(order)
    verdict = _verdict(message, facts, route)
    monkeypatch.delattr(mending, "judge")
    assert reasons_that_help(message, verdict, Rules(facts=facts, route=route, ruleset=_RULES)) == ()
