"""What the rules say about one message."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.domain.classification import Classification, MailKind
from mailbridge.domain.facts import Pace
from mailbridge.domain.ids import ThreadId
from mailbridge.domain.parties import Direction, Role
from mailbridge.domain.thread import Area, ThreadMessageIds
from mailbridge.domain.verdict import Action, Mode, Verdict
from mailbridge.policy.factview import FACTS, FactType
from mailbridge.policy.judge import judge
from mailbridge.policy.needs import Needs
from mailbridge.policy.plan import Opening, Route
from mailbridge.policy.quoting import mark_of
from mailbridge.policy.ruleset import ConditionResult, RuleSet
from tests.policy.rules_by_hand import FixedCondition, a_rule, a_ruleset
from tests.policy.stage import (
    BUYER,
    BUYER_MAILBOX,
    MARKET,
    NOW,
    SELLER,
    SELLER_MAILBOX,
    a_message,
    a_thread,
    an_order,
    at_record_only,
    from_buyer,
    from_seller,
)

_ROUTE = Route(direction=Direction.TO_SELLER, thread_id=ThreadId("t"))
_THREADS = (a_thread("t"),)
_BAD = "write to anna@shop.example"
_ONE_RULE = a_ruleset(a_rule())


def _judged(text: str, ruleset: RuleSet, **more: Any) -> Verdict:
    verdict = judge(a_message(text=text), from_buyer(threads=_THREADS, **more), _ROUTE, ruleset)
    assert isinstance(verdict, Verdict)
    return verdict


def test_a_clean_message_is_allowed_and_keeps_the_fingerprint() -> None:
    assert _judged("hello", a_ruleset(a_rule())) == Verdict(action=Action.ALLOW, ruleset="fingerprint")


def test_a_rule_that_applies_says_what_it_found_in_the_authors_language() -> None:
    message = a_message("shop@acme.example", "b@bridge.example", text=_BAD)
    verdict = judge(
        message, from_seller(threads=_THREADS), replace(_ROUTE, direction=Direction.TO_BUYER), a_ruleset(a_rule())
    )
    assert isinstance(verdict, Verdict)
    [judgement] = verdict.judgements
    assert (verdict.action, judgement.title) == (Action.REFUSE, "r in pl")
    assert [finding.words for finding in judgement.findings] == ["anna@shop.example"]


def test_S73_a_quote_in_a_direct_mail_is_no_finding_of_its_author() -> None:
    facts = at_record_only(author=SELLER, seller=SELLER, buyer=BUYER)
    message = a_message(SELLER_MAILBOX, BUYER_MAILBOX, text="Yes.", quoted_text=f"> {_BAD}")
    verdict = judge(message, facts, Route(direction=Direction.TO_BUYER), a_ruleset(a_rule()))
    assert verdict == Verdict(action=Action.ALLOW, ruleset="fingerprint")


def test_a_condition_can_tell_direct_mail() -> None:
    view = FixedCondition(ConditionResult.HOLDS)
    rules = a_ruleset(a_rule(check=None, condition=view))
    facts = at_record_only(author=SELLER, pace=Pace())
    judge(a_message(SELLER_MAILBOX), facts, Route(direction=Direction.TO_BUYER), rules)
    judge(a_message(), from_buyer(threads=_THREADS), _ROUTE, rules)
    assert [seen["message.is_direct"] for seen in view.views] == [True, False]


def test_the_strictest_enforced_action_wins() -> None:
    rules = a_ruleset(
        a_rule("w", action=Action.WARN), a_rule("h", action=Action.HOLD), a_rule("a", action=Action.ALLOW)
    )
    verdict = _judged(_BAD, rules)
    assert verdict.action is Action.HOLD
    assert [j.rule for j in verdict.deciding] == ["h"]
    assert [j.rule for j in verdict.warnings] == ["w"]


@pytest.mark.parametrize(("mode", "warnings"), [(Mode.WARN, 1), (Mode.DRY_RUN, 0)])
def test_a_rule_that_is_not_enforced_does_not_act(mode: Mode, warnings: int) -> None:
    verdict = _judged(_BAD, a_ruleset(a_rule(mode=mode)))
    assert (verdict.action, len(verdict.judgements), len(verdict.warnings)) == (Action.ALLOW, 1, warnings)


@pytest.mark.parametrize(
    ("condition", "action"),
    [
        (ConditionResult.HOLDS, Action.REFUSE),
        (ConditionResult.NOT, Action.ALLOW),
        (ConditionResult.BROKEN, Action.HOLD),
    ],
)
def test_the_condition_decides_and_a_broken_one_holds(condition: ConditionResult, action: Action) -> None:
    assert _judged(_BAD, a_ruleset(a_rule(condition=FixedCondition(condition)))).action is action


def test_a_condition_is_not_asked_when_the_check_found_nothing() -> None:
    condition = FixedCondition(ConditionResult.BROKEN)
    assert _judged("hello", a_ruleset(a_rule(condition=condition))).action is Action.ALLOW
    assert condition.views == []


def test_a_rule_without_a_check_has_its_condition_asked() -> None:
    rule = a_rule(check=None, condition=FixedCondition(ConditionResult.HOLDS), action=Action.WARN)
    assert _judged("hello", a_ruleset(rule)).action is Action.WARN


def test_a_condition_sees_every_declared_fact_in_its_declared_type() -> None:
    condition = FixedCondition(ConditionResult.NOT)
    facts = from_buyer(threads=(a_thread("t", order_id=an_order().id),), orders=(an_order(),))
    judge(a_message(text=_BAD), facts, _ROUTE, a_ruleset(a_rule(condition=condition)))
    [view] = condition.views
    types = {FactType.BOOL: bool, FactType.INT: int, FactType.STRING: str, FactType.STRINGS: list}
    assert {name: type(value) for name, value in view.items()} == {fact.name: types[fact.type] for fact in FACTS}
    assert (view["findings.count"], view["order.is_known"], view["author.role"]) == (1, True, "buyer")


def test_S29_a_condition_sees_kind_topics_and_priority() -> None:
    condition = FixedCondition(ConditionResult.NOT)
    message = a_message(text="The lamp is broken.", classification=Classification(kind=MailKind.NOTIFICATION))
    judge(message, from_buyer(), _ROUTE, a_ruleset(a_rule(check=None, condition=condition)))
    [view] = condition.views
    assert (view["message.kind"], view["message.is_automatic"]) == ("notification", True)
    assert (view["message.topics"], view["message.priority"]) == (["complaint"], "high")


def test_a_condition_sees_the_order_of_a_new_thread() -> None:
    condition = FixedCondition(ConditionResult.NOT)
    order = an_order(completed_at=NOW - timedelta(days=31, hours=2))
    route = Route(direction=Direction.TO_SELLER, opening=Opening(area=Area.ORDER, order_id=order.id))
    judge(a_message(), from_buyer(orders=(order,)), route, a_ruleset(a_rule(check=None, condition=condition)))
    [view] = condition.views
    assert (view["order.days_since_completed"], view["thread.area"], view["thread.is_new"]) == (31, "order", True)


@pytest.mark.parametrize(
    "out_of_force",
    [
        {"pack": "other"},
        {"markets": frozenset({"Other"})},
        {"areas": frozenset({"dispute"})},
        {"directions": frozenset({Direction.TO_BUYER})},
        {"valid_from": date(2026, 11, 22)},
        {"valid_until": date(2026, 11, 20)},
    ],
    ids=str,
)
def test_a_rule_out_of_force_says_nothing(out_of_force: dict[str, Any]) -> None:
    assert _judged(_BAD, a_ruleset(a_rule(**out_of_force))).judgements == ()


@pytest.mark.parametrize(
    "in_force",
    [
        {"markets": frozenset({"Bazaar"})},
        {"areas": frozenset({"question"})},
        {"directions": frozenset({Direction.TO_SELLER})},
        {"valid_from": date(2026, 11, 21), "valid_until": date(2026, 11, 21)},
    ],
    ids=str,
)
def test_a_rule_in_force_speaks(in_force: dict[str, Any]) -> None:
    assert _judged(_BAD, a_ruleset(a_rule(**in_force))).action is Action.REFUSE


def test_K9_the_day_of_receipt_decides_not_today() -> None:
    rule = a_rule(valid_until=date(2026, 1, 31))
    assert _judged(_BAD, a_ruleset(rule), now=NOW.replace(month=1)).action is Action.REFUSE


def test_I10_a_market_whose_pack_was_not_read_has_its_mail_held() -> None:
    market = replace(MARKET, rule_packs=("general", "bazaar"))
    verdict = _judged("hello", a_ruleset(a_rule()), marketplace=market)
    assert verdict.action is Action.HOLD
    assert [(j.rule, j.is_broken) for j in verdict.deciding] == [("pack.bazaar", True)]


def test_facts_without_a_market_have_no_rules() -> None:
    assert _judged(_BAD, a_ruleset(a_rule()), marketplace=None).judgements == ()


def _quoting(quoted: str, history: tuple[str, ...] | None, text: str = "thanks") -> Verdict | Needs:
    message = a_message(text=text, quoted_text=quoted)
    return judge(message, from_buyer(threads=_THREADS, history=history), _ROUTE, a_ruleset(a_rule()))


def test_a_finding_in_a_quote_asks_for_history() -> None:
    assert _quoting("> mail anna@shop.example", None) == Needs(history_of=ThreadId("t"))


def test_a_clean_quote_asks_for_nothing() -> None:
    assert isinstance(_quoting("> thanks", None), Verdict)


def _is_exempt(quoted: str, *history: str) -> bool:
    verdict = _quoting(quoted, history)
    assert isinstance(verdict, Verdict)
    return verdict.action is Action.ALLOW


def test_an_honest_quote_is_no_offence() -> None:
    assert _is_exempt("> please mail anna@shop.example if it broke", "please mail anna@shop.example if it broke")


def test_a_quote_in_other_line_breaks_and_prefixes_is_honest() -> None:
    sent = "If anything is broken please mail anna@shop.example and we will send you another one."
    assert _is_exempt("> > If anything is\n> > broken please mail <anna@shop.example>\n> > and we will", sent)


def test_a_quote_that_was_never_delivered_counts() -> None:
    assert not _is_exempt("> please mail eve@evil.example if it broke", "please mail anna@shop.example if it broke")


def test_a_longer_address_that_ends_like_a_delivered_one_counts() -> None:
    assert not _is_exempt("> joanna@shop.example", "mail anna@shop.example please")


_LONG = f"{'We send the second parcel tomorrow morning. ' * 3}Mail anna@shop.example if it broke."


@pytest.mark.parametrize(("reader", "is_known"), [(Role.BUYER, True), (Role.SELLER, False)])
def test_a_quote_known_by_its_mark_asks_for_nothing_and_is_no_offence(reader: Role, is_known: bool) -> None:
    ids = ThreadMessageIds(for_buyer="<1@b>", for_seller="<1@s>", text=mark_of(_LONG, reader))
    threads = tuple(replace(thread, message_ids=(ids,)) for thread in _THREADS)
    message = a_message(text="thanks", quoted_text=f"> {_LONG}")
    judged = judge(message, from_buyer(threads=threads, history=None), _ROUTE, a_ruleset(a_rule()))
    assert isinstance(judged, Verdict) is is_known


@pytest.mark.parametrize(
    ("subject", "action"),
    [
        (f"Re: AW: {_BAD}", Action.ALLOW),
        (_BAD, Action.ALLOW),
        (f"Re: {_BAD} or eve@evil.example", Action.REFUSE),
        ("eve@evil.example", Action.REFUSE),
    ],
)
def test_the_subject_that_a_conversation_bears_is_no_offence_of_who_answers(subject: str, action: Action) -> None:
    thread = a_thread("t", subject_for_buyer=_BAD, subject_for_seller="Lamp")
    verdict = judge(a_message(text="thanks", subject=subject), from_buyer(threads=(thread,)), _ROUTE, _ONE_RULE)
    assert isinstance(verdict, Verdict)
    assert verdict.action is action


def test_S77_a_subject_that_the_reader_never_got_is_judged_though_the_conversation_bears_it() -> None:
    thread = a_thread("t", subject_for_buyer=_BAD)  # as a note for himself leaves it, which is not judged
    verdict = judge(a_message(text="thanks", subject=_BAD), from_buyer(threads=(thread,)), _ROUTE, _ONE_RULE)
    assert isinstance(verdict, Verdict)
    assert verdict.action is Action.REFUSE


def test_the_subject_that_the_other_side_knows_is_not_the_authors() -> None:
    thread = a_thread("t", subject_for_buyer="Lamp", subject_for_seller=_BAD)
    verdict = judge(a_message(subject=f"Re: {_BAD}"), from_buyer(threads=(thread,)), _ROUTE, _ONE_RULE)
    assert isinstance(verdict, Verdict)
    assert verdict.action is Action.REFUSE


def test_new_text_is_never_exempt() -> None:
    verdict = _quoting("", ("mail anna@shop.example",), text="mail anna@shop.example")
    assert isinstance(verdict, Verdict)
    assert verdict.action is Action.REFUSE


def test_a_quote_in_a_new_thread_was_never_delivered() -> None:
    route = Route(direction=Direction.TO_SELLER, opening=Opening(area=Area.QUESTION))
    verdict = judge(a_message(quoted_text="> anna@shop.example"), from_buyer(), route, a_ruleset(a_rule()))
    assert isinstance(verdict, Verdict)
    assert verdict.action is Action.REFUSE


_RULES = a_ruleset(
    *(a_rule(check, check) for check in ("email_address", "phone_number", "outside_link", "outside_recipient"))
)


@given(st.text(max_size=200), st.text(max_size=200), st.lists(st.text(max_size=100), max_size=3))
def test_judging_twice_gives_the_same_verdict(text: str, quoted: str, history: list[str]) -> None:
    message = a_message(text=text, quoted_text=quoted)
    facts = from_buyer(threads=_THREADS, history=tuple(history))
    first = judge(message, facts, _ROUTE, _RULES)
    assert isinstance(first, Verdict)
    assert judge(message, facts, _ROUTE, _RULES) == first
