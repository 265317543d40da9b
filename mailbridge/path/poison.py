"""Poison: a mail whose handling fails by our own fault again and again is kept whole for a person (I9).

The first two times the client hears 451 and tries again; the count is durable and by content, so that it survives a
restart and a new connection. The third time the mail is taken and held: one mail can not keep a sender's queue busy.
"""

import hashlib

from mailbridge.domain import reply as replies
from mailbridge.domain.envelope import Envelope
from mailbridge.domain.ids import RecordId
from mailbridge.domain.message import Message, OpaqueReason
from mailbridge.events import Event, emit
from mailbridge.path.bridge import Bridge
from mailbridge.policy.plan import Disposition, HoldReason, Plan
from mailbridge.store.records import Intake, LegRecord

_TIMES = 3


def quarantine_if_poison(envelope: Envelope, fault: Exception, bridge: Bridge) -> tuple[Plan, ...]:
    """Count this fault; hold the mail at the third one, else raise `fault` again for the door to answer."""
    digest = hashlib.sha256(envelope.content).digest()
    attempts = bridge.store.note_attempt(digest)
    if attempts < _TIMES:
        raise fault
    plans = tuple(
        Plan(
            forward_path=forward_path,
            disposition=Disposition.HELD,
            reply=replies.ACCEPTED,
            reason="poison",
            hold=HoldReason.POISON,
        )
        for forward_path in envelope.forward_paths
    )
    legs = tuple(LegRecord(record_id=RecordId(bridge.mint.new_id()), plan=plan) for plan in plans)
    emit(Event.QUARANTINED, queue_id=envelope.queue_id, attempts=attempts)
    # The message is not looked at again: whatever fails on it may fail here too.
    bridge.store.commit(Intake(envelope=envelope, message=Message(opaque=OpaqueReason.UNREADABLE), legs=legs))
    return plans
