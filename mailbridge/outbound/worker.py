"""The delivery worker: claim, sign, hand over, settle; until the smarthost has said 250 or the time is over.

Deliveries come in two ways: `submit` takes those that a commit left leased to this process, and a poll claims
whatever fell due. A delivery that does not fit into memory stays in the store and is claimed when its lease is over.
What becomes of an attempt is decided by `policy/retry.py`; nothing that breaks here ends a thread or loses a delivery
(I1, W4, W5). Does not compose, and tells nobody but `on_undelivered` that a mail is given up.
"""

import random
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, assert_never

from mailbridge import failpoints
from mailbridge.domain.delivery import (
    ClaimedDelivery,
    Deferred,
    Delivered,
    DeliveryState,
    Failed,
    Outcome,
    Unknown,
)
from mailbridge.domain.ids import DeliveryId
from mailbridge.domain.reply import EnhancedStatus
from mailbridge.errors import StoreError
from mailbridge.events import Event, emit, frames_of
from mailbridge.outbound import wire
from mailbridge.outbound.sign import Signer
from mailbridge.outbound.transports import Transport
from mailbridge.policy.retry import next_attempt

_OUR_FAULT = EnhancedStatus(4, 3, 0)
#: left of the lease after the longest attempt, to book what became of it
_TO_SETTLE = timedelta(seconds=5)
#: an attempt is not begun with less time than this before its lease is over
_SHORTEST_ATTEMPT = timedelta(minutes=1)


class DeliveryStore(Protocol):
    """What the worker needs of the store."""

    def claim(self, now: datetime, *, worker: str, limit: int, lease: timedelta) -> tuple[ClaimedDelivery, ...]:
        """Lease due deliveries to `worker`."""
        ...

    def settle(
        self,
        delivery_id: DeliveryId,
        fencing_token: int,
        *,
        outcome: Outcome,
        state: DeliveryState,
        next_attempt_at: datetime | None,
        now: datetime,
    ) -> bool:
        """Book what became of an attempt; False when the lease was lost to another."""
        ...

    def is_held_back(self, delivery_id: DeliveryId) -> bool:
        """True where the author of a leased delivery was suspended meanwhile: it is not to be sent."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerSettings:
    """How hard to work."""

    #: mails handed over at the same time
    threads: int = 4
    #: how often the store is asked for what fell due
    poll: timedelta = timedelta(seconds=1)
    #: how long a claimed delivery is ours
    lease: timedelta = timedelta(minutes=15)
    #: deliveries kept in memory
    max_waiting: int = 5000
    #: octets of deliveries kept in memory
    max_waiting_octets: int = 64 * 1024 * 1024
    #: claimed at once
    claim_limit: int = 50
    #: who claims
    name: str = "outbound"
    #: spreads the next attempts, 0 to 1
    jitter: Callable[[], float] = random.random  # noqa: S311  # no secret


#: one that waited for a thread this long is asked about again before it is sent (T-46)
_ASK_AGAIN_AFTER_S = 20.0


class _Waiting:
    """Deliveries that wait for a thread; bounded by count and octets."""

    def __init__(self, settings: WorkerSettings) -> None:
        self._settings = settings
        self._changed = threading.Condition()
        self._deliveries: deque[tuple[ClaimedDelivery, float]] = deque()
        self._octets = 0
        self._is_closed = False

    def put(self, claimed: ClaimedDelivery) -> bool:
        """False when there is no room."""
        size = len(claimed.delivery.octets)
        with self._changed:
            is_full = len(self._deliveries) >= self._settings.max_waiting
            if self._is_closed or is_full or (self._octets and self._octets + size > self._settings.max_waiting_octets):
                return False
            self._deliveries.append((claimed, time.monotonic()))
            self._octets += size
            self._changed.notify()
            return True

    def take(self) -> tuple[ClaimedDelivery, float] | None:
        """The next one, oldest first, and how many seconds it waited; None when closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._deliveries or self._is_closed)
            if self._is_closed:
                return None
            claimed, since = self._deliveries.popleft()
            self._octets -= len(claimed.delivery.octets)
            return claimed, time.monotonic() - since

    def has_room(self) -> bool:
        """True when a claim would not be for nothing."""
        with self._changed:
            return (
                len(self._deliveries) + self._settings.claim_limit <= self._settings.max_waiting
                and self._octets < self._settings.max_waiting_octets
            )

    def close(self) -> int:
        """Give out no more; how many were left, whose leases run out by themselves."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
            return len(self._deliveries)


class Worker:
    """Threads that hand mail over. `start` and `stop` once each; `submit` from any thread."""

    def __init__(
        self,
        *,
        store: DeliveryStore,
        transport: Transport,
        signer: Signer,
        on_undelivered: Callable[[ClaimedDelivery, Failed | None], bool],
        clock: Callable[[], datetime],
        settings: WorkerSettings | None = None,
    ) -> None:
        self._store = store
        self._transport = transport
        self._signer = signer
        self._on_undelivered = on_undelivered
        self._clock = clock
        self._settings = settings or WorkerSettings()
        self._waiting = _Waiting(self._settings)
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, name=f"deliver-{number}", daemon=True)
            for number in range(self._settings.threads)
        ]
        self._poller = threading.Thread(target=self._poll, name="deliver-poll", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        for thread in (*self._threads, self._poller):
            thread.start()

    def submit(self, deliveries: Iterable[ClaimedDelivery]) -> None:
        """Take deliveries that are leased to this process. What has no room is claimed later, from the store."""
        for claimed in deliveries:
            self._waiting.put(claimed)

    def stop(self, grace: timedelta) -> None:
        """Begin nothing more, and give attempts under way `grace` to end (F-07). The rest keeps its lease."""
        self._stopping.set()
        self._waiting.close()
        ends_at = time.monotonic() + grace.total_seconds()
        for thread in (*self._threads, self._poller):
            if thread.is_alive():
                thread.join(max(0.0, ends_at - time.monotonic()))
        self._transport.close()

    def _poll(self) -> None:
        while not self._stopping.wait(self._settings.poll.total_seconds()):
            try:
                while self._claim_some():
                    pass
            except Exception as fault:  # noqa: BLE001  # the store is away, or a fault of ours: the next turn asks again
                _tell("outbound poll", fault)

    def _claim_some(self) -> bool:
        """Claim once; True when there may be more."""
        settings = self._settings
        if self._stopping.is_set() or not self._waiting.has_room():
            return False
        claimed = self._store.claim(
            self._clock(), worker=settings.name, limit=settings.claim_limit, lease=settings.lease
        )
        self.submit(claimed)
        return len(claimed) == settings.claim_limit

    def _work(self) -> None:
        while (taken := self._waiting.take()) is not None:
            claimed, waited_s = taken
            try:
                if waited_s < _ASK_AGAIN_AFTER_S or not self._store.is_held_back(claimed.delivery.id):
                    self.deliver(claimed)
            except Exception as fault:  # noqa: BLE001  # booked nothing: the lease runs out and it is claimed again
                _tell("outbound worker", fault)

    def deliver(self, claimed: ClaimedDelivery) -> Outcome | None:
        """Make one attempt and book it; None when it was not begun because its lease is nearly over."""
        failpoints.hit("worker.claimed")
        left = claimed.leased_until - self._clock() - _TO_SETTLE
        if left < min(self._transport.attempt_limit, self._settings.lease / 3, _SHORTEST_ATTEMPT):
            return None  # another may claim it while we are at it (F-08)
        began = time.monotonic()
        outcome = self._attempt(claimed, left)
        failpoints.hit("worker.after_send")
        self._book(claimed, outcome, milliseconds=(time.monotonic() - began) * 1000)
        failpoints.hit("worker.settled")
        return outcome

    def _attempt(self, claimed: ClaimedDelivery, left: timedelta) -> Outcome:
        delivery = claimed.delivery
        try:
            signed = self._signer.sign(wire.with_crlf(delivery.octets), delivery.signing_domain, delivery.composed_at)
        except Exception as fault:  # noqa: BLE001  # a fault of ours: the delivery waits, a person is told
            _tell("outbound sign", fault)
            return Deferred(diagnostic=f"fault here: {type(fault).__name__}", status=_OUR_FAULT)
        failpoints.hit("worker.before_send")
        try:
            return self._transport.deliver(
                signed, reverse_path=delivery.reverse_path, forward_path=delivery.forward_path, within=left
            )
        except Exception as fault:  # noqa: BLE001  # nobody knows how far it came
            _tell("outbound transport", fault)
            return Unknown(diagnostic=f"fault here: {type(fault).__name__}")

    def _book(self, claimed: ClaimedDelivery, outcome: Outcome, *, milliseconds: float) -> None:
        now = self._clock()
        state, next_at = self._decide(claimed, outcome, now)
        _tell_attempt(claimed, outcome, now=now, next_at=next_at, milliseconds=milliseconds)
        failed = outcome if isinstance(outcome, Failed) else None
        is_asked_again = state in (DeliveryState.FAILED, DeliveryState.EXPIRED) and self._report(claimed, failed, now)
        is_ours = self._store.settle(
            claimed.delivery.id,
            claimed.fencing_token,
            outcome=outcome,
            state=state,
            next_attempt_at=next_at,
            now=now,
        )
        if not is_ours:
            emit(Event.DELIVERY_FENCED_OFF, delivery_id=claimed.delivery.id, attempts=claimed.attempts + 1)
        elif is_asked_again:  # what carries the same mail may have failed in the same moment
            self._tell_author(claimed, failed)

    def _decide(
        self, claimed: ClaimedDelivery, outcome: Outcome, now: datetime
    ) -> tuple[DeliveryState, datetime | None]:
        match outcome:
            case Delivered():
                return DeliveryState.DELIVERED, None
            case Failed():
                return DeliveryState.FAILED, None
            case Deferred() | Unknown():
                delivery = claimed.delivery
                next_at = next_attempt(
                    claimed.attempts + 1,
                    now,
                    first_at=delivery.composed_at,
                    expires_at=delivery.expires_at,
                    jitter=self._settings.jitter(),
                )
                return (DeliveryState.PENDING, next_at) if next_at is not None else (DeliveryState.EXPIRED, None)
            case _:
                assert_never(outcome)

    def _report(self, claimed: ClaimedDelivery, failed: Failed | None, now: datetime) -> bool:
        """Have the author told, before the end is booked: a crash between tells him twice rather than never (W19).

        True where that depends on other deliveries: it is asked again when the end is booked.
        """
        delivery = claimed.delivery
        if failed is None:
            emit(
                Event.DELIVERY_EXPIRED,
                delivery_id=delivery.id,
                record_id=delivery.record_id,
                kind=delivery.kind.value,
                attempts=claimed.attempts + 1,
                age_s=round((now - delivery.composed_at).total_seconds()),
            )
        return self._tell_author(claimed, failed)

    def _tell_author(self, claimed: ClaimedDelivery, failed: Failed | None) -> bool:
        """True where nobody is told yet, since other deliveries carry the same mail.

        A store that is away breaks off here, so that the attempt is made again; any other fault must not keep the
        delivery going round for ever.
        """
        try:
            return self._on_undelivered(claimed, failed)
        except StoreError:
            raise
        except Exception as fault:  # noqa: BLE001  # told as a fault; the end is booked all the same
            _tell("outbound undelivered", fault)
            return False


def _tell(where: str, fault: BaseException) -> None:
    emit(Event.FAULT, where=where, error=type(fault).__name__, frames=frames_of(fault))


def _tell_attempt(
    claimed: ClaimedDelivery, outcome: Outcome, *, now: datetime, next_at: datetime | None, milliseconds: float
) -> None:
    """The one line about an attempt."""
    delivery = claimed.delivery
    emit(
        Event.DELIVERY_ATTEMPT,
        delivery_id=delivery.id,
        record_id=delivery.record_id,
        kind=delivery.kind.value,
        outcome=type(outcome).__name__.lower(),
        status=None if isinstance(outcome, Unknown) else str(outcome.status),
        attempts=claimed.attempts + 1,
        next_attempt_s=None if next_at is None else round((next_at - now).total_seconds()),
        age_s=round((now - delivery.composed_at).total_seconds()),
        diagnostic="" if isinstance(outcome, Delivered) else outcome.diagnostic,
        total_ms=round(milliseconds, 1),
    )
