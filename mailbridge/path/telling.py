"""What the log hears of one mail: the canonical line at the end of the path, an alert for each new hold.

Never bodies, subjects or addresses (style.md §9). Decides nothing.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from mailbridge.domain.envelope import Envelope
from mailbridge.errors import AuthenticationUnavailable, MailbridgeError
from mailbridge.events import Event, emit
from mailbridge.policy.plan import Disposition, HoldReason, Plan
from mailbridge.store.records import LegRecord


class Stages:
    """Collects milliseconds of this thread's CPU per named stage, and of the wall clock altogether."""

    __slots__ = ("_seconds", "_started")

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}
        self._started = time.perf_counter()

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Measure what runs inside; the same name adds up."""
        started = time.thread_time()
        try:
            yield
        finally:
            self._seconds[name] = self._seconds.get(name, 0.0) + time.thread_time() - started

    def milliseconds(self) -> dict[str, float]:
        """Stage name to CPU milliseconds of the thread that ran the path."""
        return {name: round(seconds * 1000, 3) for name, seconds in self._seconds.items()}

    def total_ms(self) -> float:
        """Milliseconds of the wall clock since the path began."""
        return round((time.perf_counter() - self._started) * 1000, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """How a mail ended: a plan per forward-path, and what was committed."""

    plans: tuple[Plan, ...]
    records: tuple[LegRecord, ...] = ()
    #: how often the path ran until its commit won
    tries: int = 1


def tell(envelope: Envelope, settled: Settled, stages: Stages) -> None:
    """The one line about this mail, and one more for what a person should know of it."""
    emit(
        Event.MESSAGE_RECEIVED,
        queue_id=envelope.queue_id,
        door=envelope.door.value,
        size_octets=len(envelope.content),
        replies=[plan.reply.code for plan in settled.plans],
        dispositions=[plan.disposition.value for plan in settled.plans],
        reasons=[plan.reason for plan in settled.plans],
        record_ids=[record.record_id for record in settled.records],
        tries=settled.tries,
        ms=stages.milliseconds(),
        total_ms=stages.total_ms(),
    )
    for record in settled.records:
        _tell_more(envelope, record)


def _tell_more(envelope: Envelope, record: LegRecord) -> None:
    """What is worth a line of its own: a new hold, a broken rule, a breach, a bounce, an action that was used."""
    queue_id, record_id = envelope.queue_id, record.record_id
    hold = record.plan.hold if record.plan.disposition is Disposition.HELD else None
    if hold is not None and hold is not HoldReason.MESSAGING_OFF:
        emit(
            Event.HELD,
            queue_id=queue_id,
            record_id=record_id,
            hold=hold.value,
            reason=record.plan.reason,
        )
    broken = [judgement.rule for judgement in record.plan.verdict.broken_rules] if record.plan.verdict else []
    if broken:
        emit(Event.RULE_BROKEN, queue_id=queue_id, record_id=record_id, rule_ids=broken)
    if record.plan.reason == "record_only_breach" and record.plan.verdict is not None:
        rules = [judgement.rule for judgement in record.plan.verdict.breaches]
        emit(Event.DIRECT_MAIL_BREACH, queue_id=queue_id, record_id=record_id, rule_ids=rules)
    if record.bounced is not None:
        status = str(record.bounce_status) if record.bounce_status else None
        emit(Event.DELIVERY_BOUNCED, queue_id=queue_id, delivery_id=record.bounced, record_id=record_id, status=status)
    if record.uses_action is not None:
        emit(Event.ACTION_USED, queue_id=queue_id, record_id=record_id, kind=record.plan.reason)


def tell_unavailable(envelope: Envelope, unavailable: MailbridgeError) -> None:
    """Something outside is not well for the moment: the client was told to try again."""
    name = type(unavailable).__name__
    if isinstance(unavailable, AuthenticationUnavailable):
        emit(Event.AUTHENTICATION_UNAVAILABLE, queue_id=envelope.queue_id, reason=name)
    else:
        emit(Event.STORE_UNAVAILABLE, where="receive", error=name)
