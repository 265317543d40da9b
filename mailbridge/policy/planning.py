"""Makes the plan of one message at one forward-path out of route and verdict, and one SMTP reply out of several plans.

Refuses where it hurts least (design.md §2). Renders nothing, draws no ids, sends nothing.
"""

from collections.abc import Iterable
from dataclasses import replace

from mailbridge.domain import reply
from mailbridge.domain.facts import Facts, RecordOnlyDestination
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Direction
from mailbridge.domain.reply import Reply
from mailbridge.domain.verdict import Action, Verdict
from mailbridge.policy.attachments import has_unsafe_files
from mailbridge.policy.autoreply import Acknowledge, may_acknowledge
from mailbridge.policy.mending import is_mended_by_cutting, offences
from mailbridge.policy.notices import notices_to_author
from mailbridge.policy.plan import (
    Disposition,
    HoldReason,
    Intent,
    IntentKind,
    Notice,
    NoticeKind,
    Plan,
    Route,
    Stop,
    Trial,
)
from mailbridge.policy.staff import readers_of

#: reason of a message that is kept while messaging is switched off and whose author nothing proved
KEPT_UNPROVEN = "messaging_off_unproven"

_TRIALS = {
    Disposition.RELAYED: Trial.DELIVERED,
    Disposition.HELD: Trial.HELD,
    Disposition.REFUSED: Trial.REFUSED,
}


def make_plan(message: Message, facts: Facts, route: Route, verdict: Verdict, *, is_mended: bool = False) -> Plan:
    """What happens to a message that has a route; `is_mended`: it may go without what its rules stop."""
    plan = _plan(message, facts, route, verdict, is_mended=is_mended)
    if plan.disposition is Disposition.RELAYED and not readers_of(facts, route):
        plan = _kept(plan, message, facts, route)
    return _tried(plan, message, facts) if facts.is_trial else plan


def _plan(message: Message, facts: Facts, route: Route, verdict: Verdict, *, is_mended: bool) -> Plan:
    if isinstance(facts.destination, RecordOnlyDestination):
        return _direct(message, facts, replace(route, opening=None), verdict)
    if has_unsafe_files(facts):
        return _held(HoldReason.FILE, message, facts, route, verdict=verdict)
    if facts.pardon.content_released:
        return _relayed(message, facts, route, verdict)
    if any(j.is_broken for j in verdict.deciding):
        return _held(HoldReason.RULE_BROKEN, message, facts, route, verdict=verdict)
    match verdict.action:
        case Action.REPAIR if any(map(is_mended_by_cutting, verdict.deciding)):
            return _repaired(message, facts, route, verdict, is_mended=is_mended)
        case Action.ALLOW | Action.WARN | Action.REPAIR:
            return _relayed(message, facts, route, verdict)
        case Action.HOLD:
            return _held(HoldReason.RULE, message, facts, route, verdict=verdict)
        case Action.REFUSE if facts.pardon.without_offence:
            return _repaired(message, facts, route, verdict, is_mended=is_mended)
        case Action.REFUSE:
            return _refused(message, facts, route, verdict)


def _kept(plan: Plan, message: Message, facts: Facts, route: Route) -> Plan:
    """A message that nobody at the seller wants now: nothing is wrong with it, and it goes on when somebody does."""
    told = () if route.is_unproven else notices_to_author(NoticeKind.KEPT, message, facts)
    reason = KEPT_UNPROVEN if route.is_unproven else HoldReason.MESSAGING_OFF.value
    return replace(with_hold(plan, HoldReason.MESSAGING_OFF, told), reason=reason)


def stop_plan(stop: Stop, forward_path: str) -> Plan:
    """The plan of a message that was stopped before the rules."""
    return Plan(
        forward_path=forward_path,
        disposition=stop.disposition,
        reply=stop.reply,
        reason=stop.reason,
        route=stop.route,
        hold=stop.hold,
        notices=stop.notices,
        intents=stop.intents,
    )


def with_hold(plan: Plan, hold: HoldReason, notices: tuple[Notice, ...] = ()) -> Plan:
    """The same message kept for a person, for a reason found later (leak gate, poison): acknowledges nothing."""
    return replace(
        plan,
        disposition=Disposition.HELD,
        reply=reply.ACCEPTED,
        reason=hold.value,
        hold=hold,
        notices=notices,
        intents=(),
    )


def screening(plan: Plan, reason: str) -> Plan:
    """The same message taken, to be judged again when its files are known: nothing is said or sent before."""
    return replace(
        plan,
        disposition=Disposition.SCREENING,
        reply=reply.ACCEPTED,
        reason=reason,
        hold=None,
        notices=(),
        intents=(Intent(kind=IntentKind.SCREEN),),
    )


def untold(plan: Plan) -> Plan:
    """The refusal of a message that its seller does not want to hear of (E-06); what is only tried is always told."""
    if plan.disposition is not Disposition.REFUSED:
        return plan
    return replace(plan, reason="rule_untold", notices=())


def after_screening(plan: Plan, message: Message, facts: Facts) -> Plan:
    """The plan of a message that was taken before: what would be refused in the session is refused by a notice."""
    if plan.reply.is_positive:
        return plan
    told = refusal_as_notice(plan, message, facts).notices
    return replace(plan, disposition=Disposition.REFUSED, reply=reply.ACCEPTED, notices=told)


def fold(plans: Iterable[Plan]) -> Reply:
    """The one SMTP reply to all forward-paths of a transaction."""
    return fold_replies(plan.reply for plan in plans)


def fold_replies(replies: Iterable[Reply]) -> Reply:
    """Any transient one wins, since nothing is committed then; else any positive one; else the first refusal."""
    answers = tuple(replies)
    for answer in answers:
        if answer.is_transient:
            return answer
    for answer in answers:
        if answer.is_positive:
            return answer
    return answers[0] if answers else reply.NO_VALID_RECIPIENTS


def refusal_as_notice(plan: Plan, message: Message, facts: Facts) -> Plan:
    """The plan of a refused path in an SMTP transaction that is accepted for another path (design.md §2).

    The client hears 250, so the refusal is told by a notice, where the author may be written to at all.
    """
    if plan.disposition is not Disposition.REJECTED:
        return plan
    return replace(plan, notices=notices_to_author(NoticeKind.UNDELIVERABLE, message, facts))


def _direct(message: Message, facts: Facts, route: Route, verdict: Verdict) -> Plan:
    """A direct mail has arrived already: kept with its verdict, the author told of breaches, a hold for a person."""
    plan = Plan(
        forward_path=facts.forward_path,
        disposition=Disposition.RECORDED,
        reply=reply.ACCEPTED,
        reason="record_only",
        route=route,
        verdict=verdict,
    )
    if facts.pardon.content_released:
        return plan
    if verdict.action is Action.HOLD:
        is_broken = any(j.is_broken for j in verdict.deciding)
        return with_hold(plan, HoldReason.RULE_BROKEN if is_broken else HoldReason.RULE)
    if not verdict.breaches:
        return plan
    notices = notices_to_author(NoticeKind.DIRECT_MAIL, message, facts)
    return replace(plan, reason="record_only_breach", notices=notices)


def _relayed(message: Message, facts: Facts, route: Route, verdict: Verdict) -> Plan:
    warned = notices_to_author(NoticeKind.WARNED, message, facts) if verdict.warnings else ()
    if route.tells_not_moved:
        warned += notices_to_author(NoticeKind.NOT_MOVED, message, facts)
    if route.is_not_assigned:
        warned += notices_to_author(NoticeKind.NOT_ASSIGNED, message, facts)
    return Plan(
        forward_path=facts.forward_path,
        disposition=Disposition.RELAYED,
        reply=reply.ACCEPTED,
        reason="released" if facts.pardon.content_released else "relayed",
        route=route,
        verdict=verdict,
        notices=() if route.is_unproven else warned,
        intents=_intents(message, facts, route),
    )


def _tried(plan: Plan, message: Message, facts: Facts) -> Plan:
    """Nothing of it happens; its author hears what would (features.md N-02)."""
    would_be = _TRIALS[plan.disposition]
    return replace(
        plan,
        disposition=Disposition.RECORDED,
        reason="trial",
        hold=None,
        notices=notices_to_author(NoticeKind.TRIED, message, facts),
        intents=(),
        trial=Trial.REPAIRED if plan.reason == "repaired" else would_be,
    )


def _repaired(message: Message, facts: Facts, route: Route, verdict: Verdict, *, is_mended: bool) -> Plan:
    """Relayed without what its rules stop; refused where that can not be, or its author can not be told.

    What stands below his words comes again with each mail: nobody wrote it this time, and nobody is told (0025).
    """
    notices = () if route.is_unproven else notices_to_author(NoticeKind.REPAIRED, message, facts)
    if not is_mended or not notices:
        return _refused(message, facts, route, verdict)
    relayed = replace(_relayed(message, facts, route, verdict), reason="repaired")
    is_all_below = all(judgement.is_below for judgement in offences(verdict))
    return relayed if is_all_below else replace(relayed, notices=notices)


def _refused(message: Message, facts: Facts, route: Route, verdict: Verdict) -> Plan:
    notices = notices_to_author(NoticeKind.REFUSED, message, facts)
    if route.is_unproven or not notices:
        # Nobody may be told, so nobody would ever know: a person looks at it instead.
        return _held(HoldReason.RULE, message, facts, route, verdict=verdict)
    return Plan(
        forward_path=facts.forward_path,
        disposition=Disposition.REFUSED,
        reply=reply.ACCEPTED,
        reason="rule",
        route=route,
        verdict=verdict,
        notices=notices,
    )


def _held(hold: HoldReason, message: Message, facts: Facts, route: Route, *, verdict: Verdict) -> Plan:
    notices = () if route.is_unproven else notices_to_author(NoticeKind.HELD, message, facts)
    return Plan(
        forward_path=facts.forward_path,
        disposition=Disposition.HELD,
        reply=reply.ACCEPTED,
        reason=hold.value,
        route=route,
        hold=hold,
        verdict=verdict,
        notices=notices,
    )


def _intents(message: Message, facts: Facts, route: Route) -> tuple[Intent, ...]:
    intents: list[Intent] = []
    answer = may_acknowledge(message, facts, route)
    if isinstance(answer, Acknowledge):
        intents.append(Intent(kind=IntentKind.ACKNOWLEDGE, after=answer.after))
    knows_us = any(thread.seller_was_written_to for thread in facts.threads)
    if route.direction is Direction.TO_SELLER and route.opening is not None and not knows_us:
        # The store keeps it to one per seller by its unique key.
        intents.append(Intent(kind=IntentKind.WELCOME))
    return tuple(intents)
