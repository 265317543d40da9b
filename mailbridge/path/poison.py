"""Poison: a mail whose handling fails by our own fault again and again is kept whole for a person (I9).

The first two times the client hears 451, or a process dies over it, and tries again; the count is durable and by
content, so that it survives a restart and a new connection. The third time the mail is taken and held: after two
crashes without being looked at, else when it fails again. One mail keeps no sender's queue busy and no bridge down.
"""

import contextlib
from dataclasses import replace

from mailbridge.domain import reply as replies
from mailbridge.domain.envelope import Envelope
from mailbridge.domain.ids import RecordId
from mailbridge.domain.message import Message, OpaqueReason
from mailbridge.errors import Conflict, StoreError
from mailbridge.events import Event, emit
from mailbridge.path.bridge import Bridge
from mailbridge.policy.plan import Disposition, HoldReason, Plan
from mailbridge.store.records import Intake, LegRecord

_TIMES = 3


def is_poison(digest: bytes, bridge: Bridge) -> bool:
    """True for a mail that a process died over, and that was begun so often that this time is the third."""
    return bridge.inflight.is_suspect(digest) and bridge.store.attempts(digest) >= _TIMES - 1


def forgive(digest: bytes, bridge: Bridge) -> None:
    """A mail that a process died over came to an end this time: it only was near."""
    if bridge.inflight.is_suspect(digest):
        with contextlib.suppress(StoreError):  # what became of the mail is on disk already
            bridge.store.clear_attempt(digest)


def quarantine_if_poison(envelope: Envelope, digest: bytes, fault: Exception, bridge: Bridge) -> tuple[Plan, ...]:
    """Count this fault; hold the mail at the third one, else raise `fault` again for the door to answer."""
    attempts = bridge.store.note_attempt(digest)
    if attempts < _TIMES:
        raise fault
    return quarantine(envelope, digest, bridge)


def quarantine(envelope: Envelope, digest: bytes, bridge: Bridge) -> tuple[Plan, ...]:
    """Take a mail and keep it for a person, once for each forward-path however often it comes."""
    emit(Event.QUARANTINED, queue_id=envelope.queue_id, attempts=_TIMES)
    return tuple(_kept(envelope, digest, forward_path, bridge) for forward_path in envelope.forward_paths)


def _kept(envelope: Envelope, digest: bytes, forward_path: str, bridge: Bridge) -> Plan:
    plan = Plan(
        forward_path=forward_path,
        disposition=Disposition.HELD,
        reply=replies.ACCEPTED,
        reason="poison",
        hold=HoldReason.POISON,
    )
    leg = LegRecord(
        record_id=RecordId(bridge.mint.new_id()),
        plan=plan,
        dedupe_key=bridge.store.mac("poison", digest + forward_path.lower().encode()),
    )
    # The message is not looked at again: whatever fails on it may fail here too.
    unread = Message(opaque=OpaqueReason.UNREADABLE)
    try:
        bridge.store.commit(Intake(envelope=envelope, message=unread, legs=(leg,)))
    except Conflict:
        return replace(plan, disposition=Disposition.DUPLICATE, reply=replies.ALREADY_ACCEPTED, hold=None)
    return plan
