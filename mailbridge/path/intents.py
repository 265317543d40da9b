"""Intents that fell due: checked again, rendered, gated and committed with the intent's end (design.md §2).

An intent says what was to be done and when, nothing of how things stand now: so each is weighed anew here. Runs in a
loop of `app.py`; the acknowledgement's promise "once per thread" is the unique key of its row, not this code.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from mailbridge.domain.delivery import NewDelivery
from mailbridge.domain.facts import ActionKind
from mailbridge.domain.outreach import Reason
from mailbridge.errors import Conflict, MailbridgeError, NotFound, NotPossible, StoreError
from mailbridge.events import Event, emit, frames_of
from mailbridge.message.parse import parse
from mailbridge.path.ackmail import acknowledgement
from mailbridge.path.automatic import digest, was_this_you, welcome
from mailbridge.path.awayterms import said_away
from mailbridge.path.bridge import Bridge
from mailbridge.path.clocks import acknowledged, answer_due
from mailbridge.path.duesoon import due_soon
from mailbridge.path.held import confirm, send_repaired, send_with_reason
from mailbridge.path.messaging import deliver_kept, messaging_off
from mailbridge.path.post import Posting, post
from mailbridge.path.sidenotes import away, removed, stays_refused
from mailbridge.path.silence import after_silence
from mailbridge.path.standing import judge_standing, suspension_over, tell_of
from mailbridge.policy.plan import IntentKind
from mailbridge.store.clockrecords import ClockChange
from mailbridge.store.conductrecords import ConductChange
from mailbridge.store.records import DueIntent, NewAction
from mailbridge.store.threadrecords import ThreadChange

_AT_ONCE = 50
_SHOWN_IN_DIGEST = 50
_LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What an intent came to: mail to send and actions to offer, or the reason why nothing is to be done."""

    postings: tuple[Posting, ...] = ()
    actions: tuple[NewAction, ...] = ()
    #: what is done to a seller, nothing of it where he can not be told; or to a conversation or its clocks
    change: ConductChange | ClockChange | ThreadChange | None = None
    cancelled: str = ""


def run_due_intents(bridge: Bridge, worker: str) -> int:
    """Do everything that fell due, at most 50; returns how many were looked at. A fault ends one intent's turn only."""
    due = bridge.store.due_intents(bridge.clock(), limit=_AT_ONCE, worker=worker, lease=_LEASE)
    for intent in due:
        try:
            _do(intent, bridge)
        except Conflict:
            # Somebody else was first: another turn looks at things as they are now; one that is finished stays so.
            bridge.store.postpone_intent(intent.id, bridge.clock())
        except (MailbridgeError, ValueError, LookupError) as fault:
            # Its lease runs out and it is tried again; nothing of it was committed.
            emit(Event.FAULT, where=f"intent.{intent.kind.value}", error=type(fault).__name__)
    return len(due)


def _do(intent: DueIntent, bridge: Bridge) -> None:
    work = _WORK[intent.kind](intent, bridge)
    deliveries = tuple(d for posting in work.postings if isinstance(d := post(posting, bridge), NewDelivery))
    if isinstance(work.change, ConductChange) and len(deliveries) < len(work.postings):
        deliveries, work = (), _Work(cancelled="notice_withheld")  # no step without its reasons (E-38)
    bridge.store.finish_intent(
        intent.id,
        deliveries=deliveries,
        actions=work.actions,
        change=None if work.postings and not deliveries else work.change,
        cancelled_reason=work.cancelled,
        now=bridge.clock(),
    )
    if isinstance(work.change, ConductChange):
        tell_of(work.change)
    if isinstance(work.change, ThreadChange):
        emit(Event.THREAD_SILENT, thread_id=work.change.thread_id, step=intent.argument)
    result = work.cancelled or ("posted" if len(deliveries) == len(work.postings) else "withheld")
    emit(Event.INTENT_DONE, intent_id=intent.id, kind=intent.kind.value, result=result)


def _acknowledge(intent: DueIntent, bridge: Bridge) -> _Work:
    made = acknowledgement(intent, bridge, waits_until=answer_due(intent, bridge))
    if isinstance(made, str):
        return _Work(cancelled=made)
    return _Work(postings=made, change=acknowledged(intent, bridge))


def _welcome(intent: DueIntent, bridge: Bridge) -> _Work:
    posting = welcome(intent, bridge)
    return _Work(postings=(posting,)) if posting else _Work(cancelled="seller_has_no_mailbox")


def _was_this_you(intent: DueIntent, bridge: Bridge) -> _Work:
    try:
        held = bridge.store.held_record(intent.record_id) if intent.record_id else None
    except NotFound:
        held = None
    if held is None or held.state != "held":
        return _Work(cancelled="not_held_any_more")
    token = bridge.mint.action_token()
    action = NewAction(
        token_hash=bridge.store.action_hash(token),
        kind=ActionKind.CONFIRM_HELD,
        record_id=held.record_id,
        expires_at=bridge.clock() + bridge.settings.confirm_within,
    )
    posting = was_this_you(intent, held, bridge, message=parse(held.envelope.content), token=token)
    return _Work(postings=(posting,), actions=(action,)) if posting else _Work(cancelled="mailbox_not_on_record")


def _release_confirmed(intent: DueIntent, bridge: Bridge) -> _Work:
    """The author said "this was me": the held message takes the path again (D9)."""
    if intent.record_id is None:
        return _Work(cancelled="no_record")
    try:
        confirm(intent.record_id, bridge)
    except (Conflict, NotFound, NotPossible):
        return _Work(cancelled="not_held_any_more")
    return _Work()


def _send_repaired(intent: DueIntent, bridge: Bridge) -> _Work:
    """The author of a refused message takes it without what its rules stop (features.md N-06)."""
    if intent.record_id is None:
        return _Work(cancelled="no_record")
    try:
        send_repaired(intent.record_id, bridge)
    except (Conflict, NotFound, NotPossible):
        return _Work(cancelled="not_refused_any_more")
    return _Work()


def _send_with_reason(intent: DueIntent, bridge: Bridge) -> _Work:
    """The seller of a refused message said why he starts it (S-23)."""
    if intent.record_id is None:
        return _Work(cancelled="no_record")
    try:
        send_with_reason(intent.record_id, Reason(intent.argument), bridge)
    except (Conflict, NotFound, NotPossible):
        return _Work(cancelled="not_refused_any_more")
    return _Work()


def _tell_removed(intent: DueIntent, bridge: Bridge) -> _Work:
    posting = removed(intent, bridge)
    return _Work(postings=(posting,)) if posting else _Work(cancelled="nobody_to_tell")


def _tell_refused(intent: DueIntent, bridge: Bridge) -> _Work:
    posting = stays_refused(intent, bridge)
    return _Work(postings=(posting,)) if posting else _Work(cancelled="nobody_to_tell")


def _tell_away(intent: DueIntent, bridge: Bridge) -> _Work:
    try:
        octets = bridge.store.original(intent.record_id) if intent.record_id else None
    except NotFound:
        octets = None
    posting = away(intent, parse(octets), bridge) if octets is not None else None
    return _Work(postings=(posting,)) if posting else _Work(cancelled="nobody_to_tell")


def _said_away(intent: DueIntent, bridge: Bridge) -> _Work:
    try:
        octets = bridge.store.original(intent.record_id) if intent.record_id else b""
    except NotFound:
        octets = b""
    answers = said_away(intent, parse(octets), bridge)
    return _Work(postings=answers) if answers else _Work(cancelled="nobody_to_tell")


def _judge_standing(intent: DueIntent, bridge: Bridge) -> _Work:
    try:
        decided = judge_standing(intent, bridge)
    except (StoreError, Conflict):
        raise
    except Exception as fault:  # noqa: BLE001  # a fault here must keep nobody's mail back: no step, and a person is told
        emit(Event.FAULT, where="standing", error=type(fault).__name__, frames=frames_of(fault))
        return _Work(cancelled="fault")
    if isinstance(decided, str):
        return _Work(cancelled=decided)
    return _Work(postings=decided.postings, actions=decided.actions, change=decided.change)


def _end_sanction(intent: DueIntent, bridge: Bridge) -> _Work:
    change = suspension_over(intent, bridge)
    return _Work(change=change) if change is not None else _Work(cancelled="nothing_ends")


def _due_soon(intent: DueIntent, bridge: Bridge) -> _Work:
    mail = due_soon(intent, bridge)
    return _Work(cancelled=mail) if isinstance(mail, str) else _Work(postings=mail.postings, actions=mail.actions)


def _tell_messaging_off(intent: DueIntent, bridge: Bridge) -> _Work:
    posting = messaging_off(intent, bridge)
    return _Work(postings=(posting,)) if posting else _Work(cancelled="on_again")


def _deliver_kept(intent: DueIntent, bridge: Bridge) -> _Work:
    """Somebody at the seller wants messages again (S-17)."""
    deliver_kept(intent, bridge)
    return _Work()


def _silence(intent: DueIntent, bridge: Bridge) -> _Work:
    found = after_silence(intent, bridge)
    return _Work(cancelled=found) if isinstance(found, str) else _Work(postings=found.postings, change=found.change)


def _digest(_: DueIntent, bridge: Bridge) -> _Work:
    held = bridge.store.held_records(_SHOWN_IN_DIGEST)
    reviews = bridge.store.count_reviews()
    if not held and not reviews:
        return _Work(cancelled="nothing_held")
    return _Work(postings=(digest(held, bridge.store.count_held(), reviews, bridge),))


_WORK: dict[IntentKind, Callable[[DueIntent, Bridge], _Work]] = {
    IntentKind.ACKNOWLEDGE: _acknowledge,
    IntentKind.WELCOME: _welcome,
    IntentKind.WAS_THIS_YOU: _was_this_you,
    IntentKind.RELEASE_CONFIRMED: _release_confirmed,
    IntentKind.SEND_REPAIRED: _send_repaired,
    IntentKind.SEND_WITH_REASON: _send_with_reason,
    IntentKind.DIGEST: _digest,
    IntentKind.TELL_REMOVED: _tell_removed,
    IntentKind.TELL_REFUSED: _tell_refused,
    IntentKind.TELL_AWAY: _tell_away,
    IntentKind.SAID_AWAY: _said_away,
    IntentKind.JUDGE_STANDING: _judge_standing,
    IntentKind.END_SANCTION: _end_sanction,
    IntentKind.DUE_SOON: _due_soon,
    IntentKind.TELL_MESSAGING_OFF: _tell_messaging_off,
    IntentKind.DELIVER_KEPT: _deliver_kept,
    IntentKind.SILENCE: _silence,
}
