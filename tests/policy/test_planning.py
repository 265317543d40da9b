"""What follows from a verdict, and what the client hears."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.domain import reply
from mailbridge.domain.facts import Facts, Pardon
from mailbridge.domain.ids import RuleId, ThreadId
from mailbridge.domain.parties import Direction
from mailbridge.domain.reply import Reply
from mailbridge.domain.thread import Area
from mailbridge.domain.verdict import Action, Judgement, Mode, Verdict
from mailbridge.policy.plan import (
    Disposition,
    HoldReason,
    Intent,
    IntentKind,
    Notice,
    NoticeKind,
    Opening,
    Plan,
    Route,
    Stop,
)
from mailbridge.policy.planning import fold, fold_replies, make_plan, refusal_as_notice, stop_plan, with_hold
from tests.policy.stage import (
    BUYER,
    BUYER_MAILBOX,
    CC,
    CONTACT,
    MARKET,
    SELLER,
    SELLER_MAILBOX,
    TO_SELLER,
    a_message,
    a_thread,
    an_envelope,
    at_contact,
    at_record_only,
    from_buyer,
    mailboxes,
    unsigned,
)

_ROUTE = Route(direction=Direction.TO_SELLER, thread_id=ThreadId("t"))
_DIRECT = Route(direction=Direction.TO_BUYER, thread_id=ThreadId("t"))
_FIRST = Route(direction=Direction.TO_SELLER, opening=Opening(area=Area.QUESTION, creates_buyer=True))


def _verdict(action: Action, mode: Mode = Mode.ENFORCE, **more: Any) -> Verdict:
    judgement = Judgement(rule=RuleId("r"), action=action, mode=mode, findings=(), **more)
    return Verdict(action=action if mode is Mode.ENFORCE else Action.ALLOW, judgements=(judgement,))


def _plan(verdict: Verdict, facts: Facts | None = None, route: Route = _ROUTE, **message: Any) -> Plan:
    return make_plan(a_message(**message), facts or from_buyer(threads=(a_thread("t"),)), route, verdict)


@pytest.mark.parametrize(
    ("verdict", "disposition", "hold", "notices"),
    [
        (Verdict(action=Action.ALLOW), Disposition.RELAYED, None, []),
        (_verdict(Action.WARN), Disposition.RELAYED, None, [NoticeKind.WARNED]),
        (_verdict(Action.REFUSE, Mode.WARN), Disposition.RELAYED, None, [NoticeKind.WARNED]),
        (_verdict(Action.REFUSE, Mode.DRY_RUN), Disposition.RELAYED, None, []),
        (_verdict(Action.REPAIR), Disposition.RELAYED, None, []),
        (_verdict(Action.HOLD), Disposition.HELD, HoldReason.RULE, [NoticeKind.HELD]),
        (_verdict(Action.HOLD, is_broken=True), Disposition.HELD, HoldReason.RULE_BROKEN, [NoticeKind.HELD]),
        (_verdict(Action.REFUSE), Disposition.REFUSED, None, [NoticeKind.REFUSED]),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_what_follows_from_a_verdict(
    verdict: Verdict, disposition: Disposition, hold: HoldReason | None, notices: list[NoticeKind]
) -> None:
    plan = _plan(verdict)
    assert (plan.disposition, plan.hold, [notice.kind for notice in plan.notices]) == (disposition, hold, notices)
    assert plan.reply is reply.ACCEPTED


def _direct(verdict: Verdict, route: Route = _DIRECT, **more: Any) -> Plan:
    facts = at_record_only(SELLER_MAILBOX, author=SELLER, seller=SELLER, buyer=BUYER, **more)
    return make_plan(a_message(SELLER_MAILBOX, BUYER_MAILBOX, cc=mailboxes(CC)), facts, route, verdict)


@pytest.mark.parametrize(
    ("verdict", "reason", "hold", "notices"),
    [
        (Verdict(action=Action.ALLOW), "record_only", None, []),
        (_verdict(Action.ALLOW), "record_only", None, []),
        (_verdict(Action.WARN), "record_only_breach", None, [NoticeKind.DIRECT_MAIL]),
        (_verdict(Action.REPAIR), "record_only_breach", None, [NoticeKind.DIRECT_MAIL]),
        (_verdict(Action.REFUSE), "record_only_breach", None, [NoticeKind.DIRECT_MAIL]),
        (_verdict(Action.REFUSE, Mode.WARN), "record_only_breach", None, [NoticeKind.DIRECT_MAIL]),
        (_verdict(Action.REFUSE, Mode.DRY_RUN), "record_only", None, []),
        (_verdict(Action.HOLD), "rule", HoldReason.RULE, []),
        (_verdict(Action.HOLD, is_broken=True), "rule_broken", HoldReason.RULE_BROKEN, []),
        (_verdict(Action.HOLD, Mode.WARN, is_broken=True), "record_only", None, []),
    ],
)
def test_S73_what_follows_for_a_direct_mail_that_nobody_can_stop(
    verdict: Verdict, reason: str, hold: HoldReason | None, notices: list[NoticeKind]
) -> None:
    plan = _direct(verdict)
    assert plan.disposition is (Disposition.HELD if hold else Disposition.RECORDED)
    assert (plan.reason, plan.hold, [notice.kind for notice in plan.notices]) == (reason, hold, notices)
    assert (plan.reply, plan.verdict, plan.intents) == (reply.ACCEPTED, verdict, ())


def test_S73_a_held_direct_mail_that_is_released_is_only_recorded() -> None:
    plan = _direct(_verdict(Action.HOLD), pardon=Pardon(content_released=True, author_confirmed=True))
    assert (plan.disposition, plan.notices) == (Disposition.RECORDED, ())


def test_S73_a_direct_mail_opens_no_thread() -> None:
    opening = Opening(area=Area.ORDER)
    plan = _direct(Verdict(action=Action.ALLOW), Route(direction=Direction.TO_BUYER, opening=opening))
    assert plan.route == Route(direction=Direction.TO_BUYER)


def test_S73_nobody_is_told_of_a_breach_that_nothing_proves_him_to_have_written() -> None:
    plan = _direct(_verdict(Action.REFUSE), auth=unsigned("acme.example"))
    assert (plan.disposition, plan.reason, plan.notices) == (Disposition.RECORDED, "record_only_breach", ())


def test_a_person_waves_a_refusal_through() -> None:
    plan = _plan(_verdict(Action.REFUSE), from_buyer(pardon=Pardon(content_released=True)))
    assert plan.disposition is Disposition.RELAYED


def test_T25_a_refusal_that_nobody_may_be_told_is_held() -> None:
    for facts, to in ((from_buyer(auth=unsigned("buyer.example")), TO_SELLER), (from_buyer(), "x@else.example")):
        plan = _plan(_verdict(Action.REFUSE), facts, to=to)
        assert (plan.disposition, plan.hold, plan.notices) == (Disposition.HELD, HoldReason.RULE, ())


@pytest.mark.parametrize("action", list(Action))
def test_T25_an_unproven_first_contact_never_causes_a_notice(action: Action) -> None:
    route = replace(_FIRST, is_unproven=True)
    plan = _plan(
        _verdict(action), at_contact(auth=unsigned("buyer.example")), route, author="new@buyer.example", to=CONTACT
    )
    assert plan.notices == ()
    assert IntentKind.ACKNOWLEDGE not in [intent.kind for intent in plan.intents]


def test_a_first_contact_is_acknowledged_and_the_seller_welcomed() -> None:
    facts = at_contact(marketplace=replace(MARKET, acknowledge_after_s=60))
    plan = _plan(Verdict(action=Action.ALLOW), facts, _FIRST, author="new@buyer.example", to=CONTACT)
    expected = (Intent(kind=IntentKind.ACKNOWLEDGE, after=timedelta(seconds=60)), Intent(kind=IntentKind.WELCOME))
    assert plan.intents == expected


def test_a_seller_who_knows_us_is_not_welcomed_again() -> None:
    facts = from_buyer(threads=(a_thread("t", seller_was_written_to=True),))
    plan = _plan(Verdict(action=Action.ALLOW), facts, _FIRST)
    assert [intent.kind for intent in plan.intents] == [IntentKind.ACKNOWLEDGE]


@pytest.mark.parametrize("action", [Action.HOLD, Action.REFUSE])
def test_what_is_not_relayed_is_not_acknowledged(action: Action) -> None:
    plan = _plan(_verdict(action), at_contact(), _FIRST, author="new@buyer.example", to=CONTACT)
    assert plan.intents == ()


def test_a_hold_found_later_acknowledges_nothing() -> None:
    plan = _plan(Verdict(action=Action.ALLOW), at_contact(), _FIRST, author="new@buyer.example", to=CONTACT)
    told = (Notice(kind=NoticeKind.HELD, language="en"),)
    held = with_hold(plan, HoldReason.LEAK_GATE, told)
    assert (held.disposition, held.hold, held.intents, held.notices) == (
        Disposition.HELD,
        HoldReason.LEAK_GATE,
        (),
        told,
    )


def test_a_stop_becomes_a_plan_as_it_is() -> None:
    stop = Stop(disposition=Disposition.REJECTED, reply=reply.ALIAS_UNKNOWN, reason="unknown", route=_ROUTE)
    plan = stop_plan(stop, TO_SELLER)
    assert (plan.forward_path, plan.disposition, plan.reply, plan.route) == (
        TO_SELLER,
        Disposition.REJECTED,
        reply.ALIAS_UNKNOWN,
        _ROUTE,
    )


_ROWS = [reply.ACCEPTED, reply.ALREADY_ACCEPTED, reply.ALIAS_UNKNOWN, reply.AUTHOR_NOT_A_PARTY, reply.TRY_AGAIN]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([reply.ACCEPTED], reply.ACCEPTED),
        ([reply.ALIAS_UNKNOWN, reply.ACCEPTED], reply.ACCEPTED),
        ([reply.ACCEPTED, reply.TRY_AGAIN, reply.ALIAS_UNKNOWN], reply.TRY_AGAIN),
        ([reply.ALIAS_UNKNOWN, reply.AUTHOR_NOT_A_PARTY], reply.ALIAS_UNKNOWN),
        ([], reply.NO_VALID_RECIPIENTS),
    ],
)
def test_several_recipients_hear_one_reply(answers: list[Reply], expected: Reply) -> None:
    assert fold_replies(answers) == expected


@given(st.lists(st.sampled_from(_ROWS), min_size=1))
def test_W3_one_success_never_hides_a_transient_fault(answers: list[Reply]) -> None:
    stop = Stop(disposition=Disposition.HELD, reply=reply.ACCEPTED, reason="x")
    folded = fold(replace(stop_plan(stop, TO_SELLER), reply=answer) for answer in answers)
    assert folded.is_transient == any(answer.is_transient for answer in answers)
    assert folded in answers


def test_a_refused_recipient_beside_an_accepted_one_becomes_a_notice() -> None:
    stop = Stop(disposition=Disposition.REJECTED, reply=reply.ALIAS_UNKNOWN, reason="unknown")
    plan = refusal_as_notice(stop_plan(stop, TO_SELLER), a_message(), from_buyer())
    assert [notice.kind for notice in plan.notices] == [NoticeKind.UNDELIVERABLE]
    bounced = refusal_as_notice(
        stop_plan(stop, TO_SELLER), a_message(), from_buyer(envelope=an_envelope(None, TO_SELLER))
    )
    assert bounced.notices == ()


def test_what_was_not_refused_stays_as_it_is() -> None:
    plan = _plan(_verdict(Action.HOLD))
    assert refusal_as_notice(plan, a_message(), from_buyer()) is plan
