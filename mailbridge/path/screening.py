"""Screening: mail that was taken and recorded, whose files are looked into now; then it is judged again (design.md §2).

A seller's message that he had time to stop is taken up here too, when that is over (N-15).

One after the other, the oldest first; mail of two people keeps its order. Whatever happens to the process that looks,
or to this one, ends in a state that a person can see: judged, held, or still waiting.
"""

from datetime import timedelta

from mailbridge.domain import reply as replies
from mailbridge.domain.message import Message, OpaqueReason
from mailbridge.errors import Conflict, NotFound, StoreSuspect, StoreUnavailable
from mailbridge.events import Event, emit, frames_of
from mailbridge.message.parse import parse
from mailbridge.path.bridge import Bridge
from mailbridge.path.files import given_up, patience
from mailbridge.path.inflight import digest_of
from mailbridge.path.poison import forgive, is_poison
from mailbridge.path.receive import resume
from mailbridge.policy.plan import Disposition, HoldReason, Plan
from mailbridge.store.records import DueIntent, HeldRecord, Intake, LegRecord

_LEASE = timedelta(minutes=5)
_SOON = timedelta(seconds=1)
#: where no process can be had: asked again so often, and held for a person after so long
_LATER = timedelta(seconds=20)
_GIVEN_UP_AFTER = timedelta(minutes=10)
#: where the process dies over a file: asked again so long, a few times in all
_LOST_FOR_GOOD_AFTER = timedelta(minutes=1)
#: faults of ours over one mail, after which it is held (I9)
_FAULTS = 3


def run_due_screenings(bridge: Bridge, worker: str) -> int:
    """Look into everything that waits; returns how many mails were looked at. A fault ends one mail's turn only."""
    count = 0
    while True:
        due = bridge.store.due_intents(bridge.clock(), limit=1, worker=worker, lease=_LEASE, is_screening=True)
        if not due:
            return count
        count += 1
        result = _without_fault(due[0], bridge)
        emit(Event.INTENT_DONE, intent_id=due[0].id, kind=due[0].kind.value, result=result)


def _without_fault(intent: DueIntent, bridge: Bridge) -> str:
    try:
        return _look(intent, bridge)
    except (StoreUnavailable, StoreSuspect):
        raise  # nothing can be written: its lease runs out, and it is looked at again
    except Exception as fault:  # noqa: BLE001  # one mail must not stop the others (I9)
        emit(Event.FAULT, where="screening", error=type(fault).__name__, frames=frames_of(fault))
        return _shelved_if_poison(intent, bridge)


def _look(intent: DueIntent, bridge: Bridge) -> str:
    """One mail; a word for what became of it."""
    waiting = _waiting(intent, bridge)
    if waiting is None:
        return _finished(intent, bridge, cancelled="not_screening_any_more")
    if bridge.store.waits_behind_another(waiting.record_id):
        return _postponed(intent, bridge, _SOON)
    digest = digest_of(waiting.envelope)
    if is_poison(digest, bridge):
        return _shelved(intent, waiting, bridge)
    with bridge.slots.held(), bridge.inflight.computing(digest):
        message = parse(waiting.envelope.content)
    screened = bridge.screener.look_into(message, within=patience(bridge))
    if screened is None or screened.is_lost:
        give_up_after = _GIVEN_UP_AFTER if screened is None else _LOST_FOR_GOOD_AFTER
        if bridge.clock() - intent.due_at < give_up_after:
            return _postponed(intent, bridge, _LATER)
        screened = screened or given_up(message)
    plans = resume(waiting, screened, bridge)
    if any(plan.reply.is_transient for plan in plans):
        return _postponed(intent, bridge, _LATER)
    forgive(digest, bridge)
    return _finished(intent, bridge)


def _waiting(intent: DueIntent, bridge: Bridge) -> HeldRecord | None:
    try:
        found = bridge.store.held_record(intent.record_id) if intent.record_id else None
    except NotFound:
        return None
    return found if found is not None and found.state == Disposition.SCREENING.value else None


def _postponed(intent: DueIntent, bridge: Bridge, by: timedelta) -> str:
    bridge.store.postpone_intent(intent.id, bridge.clock() + by)
    return "postponed"


def _finished(intent: DueIntent, bridge: Bridge, *, cancelled: str = "") -> str:
    try:
        bridge.store.finish_intent(intent.id, cancelled_reason=cancelled, now=bridge.clock())
    except Conflict:
        return "done_by_another"
    return cancelled or "judged"


def _shelved_if_poison(intent: DueIntent, bridge: Bridge) -> str:
    """Count a fault of ours; at the third the mail is held, and not looked at again."""
    waiting = _waiting(intent, bridge)
    if waiting is None:
        return _finished(intent, bridge, cancelled="not_screening_any_more")
    attempts = bridge.store.note_attempt(digest_of(waiting.envelope))
    return _postponed(intent, bridge, _SOON * attempts) if attempts < _FAULTS else _shelved(intent, waiting, bridge)


def _shelved(intent: DueIntent, waiting: HeldRecord, bridge: Bridge) -> str:
    """Keep for a person what broke us again and again: whatever fails on it may fail here too."""
    (forward_path,) = waiting.envelope.forward_paths
    plan = Plan(
        forward_path=forward_path,
        disposition=Disposition.HELD,
        reply=replies.ACCEPTED,
        reason=HoldReason.POISON.value,
        hold=HoldReason.POISON,
    )
    emit(Event.QUARANTINED, queue_id=waiting.envelope.queue_id, record_id=waiting.record_id, attempts=_FAULTS)
    leg = LegRecord(record_id=waiting.record_id, plan=plan, replaces=True)
    unread = Message(opaque=OpaqueReason.UNREADABLE)
    bridge.store.commit(Intake(envelope=waiting.envelope, message=unread, legs=(leg,)))
    return _finished(intent, bridge)
