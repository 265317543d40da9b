"""The delivery worker: what becomes of an attempt is booked, and nothing that breaks loses a delivery or a thread."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from mailbridge.domain.address import RealAddress
from mailbridge.domain.delivery import (
    ClaimedDelivery,
    Deferred,
    Delivered,
    DeliveryState,
    Failed,
    NewDelivery,
    Outcome,
    PostKind,
    Unknown,
)
from mailbridge.domain.ids import DeliveryId, MarketplaceId, RecordId
from mailbridge.errors import StoreUnavailable
from mailbridge.outbound import worker as worker_module
from mailbridge.outbound.sign import Signer
from mailbridge.outbound.worker import Worker, WorkerSettings

_NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
_MAIL = b"From: x7@alias.example\r\nTo: anna@buyer.example\r\n\r\nHello.\r\n"
_DEFERRED = Deferred(diagnostic="451 later")
_FAILED = Failed(diagnostic="550 no")
_UNKNOWN = Unknown(diagnostic="cut")


def _claimed(number: int = 1, **more: object) -> ClaimedDelivery:
    delivery = NewDelivery(
        id=DeliveryId(f"d{number}"),
        record_id=RecordId("r1"),
        kind=PostKind.RELAY,
        marketplace_id=MarketplaceId("m"),
        thread_id=None,
        forward_path=RealAddress("anna@buyer.example"),
        reverse_path=f"v{number}@alias.example",
        octets=_MAIL,
        message_id="<1@alias.example>",
        signing_domain="alias.example",
        composed_at=_NOW,
        expires_at=_NOW + timedelta(days=5),
    )
    usual: dict[str, object] = {"attempts": 0, "fencing_token": 1, "leased_until": _NOW + timedelta(minutes=15)}
    return ClaimedDelivery(delivery=delivery, **(usual | more))  # type: ignore[arg-type]  # its fields


@dataclass
class _Settled:
    delivery_id: str
    fencing_token: int
    outcome: Outcome
    state: DeliveryState
    next_attempt_at: datetime | None


@dataclass
class _Store:
    """Keeps what was booked; gives out `due`, and breaks when told."""

    due: deque[ClaimedDelivery] = field(default_factory=deque)
    settled: list[_Settled] = field(default_factory=list)
    broken_claims: int = 0
    broken_settles: int = 0
    is_ours: bool = True
    held_back: set[DeliveryId] = field(default_factory=set)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def is_held_back(self, delivery_id: DeliveryId) -> bool:
        return delivery_id in self.held_back

    def claim(self, now: datetime, *, worker: str, limit: int, lease: timedelta) -> tuple[ClaimedDelivery, ...]:
        with self.changed:
            if self.broken_claims:
                self.broken_claims -= 1
                raise StoreUnavailable("away")
            return tuple(
                replace(self.due.popleft(), leased_until=now + lease) for _ in range(min(limit, len(self.due)))
            )

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
        with self.changed:
            if self.broken_settles:
                self.broken_settles -= 1
                raise StoreUnavailable("away")
            self.settled.append(_Settled(delivery_id, fencing_token, outcome, state, next_attempt_at))
            self.changed.notify_all()
            return self.is_ours

    def wait_for(self, count: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.settled) >= count, 10), self.settled


@dataclass
class _Transport:
    """Says what it is told, then Delivered."""

    outcomes: deque[Outcome | Exception] = field(default_factory=deque)
    sent: list[tuple[bytes, str | None, RealAddress]] = field(default_factory=list)
    within: list[timedelta | None] = field(default_factory=list)
    attempt_limit: timedelta = timedelta(minutes=15)
    is_closed: bool = False
    #: every attempt waits for this, when given
    gate: threading.Event | None = None

    def deliver(
        self, octets: bytes, *, reverse_path: str | None, forward_path: RealAddress, within: timedelta | None = None
    ) -> Outcome:
        if self.gate is not None:
            self.gate.wait(10)
        self.sent.append((octets, reverse_path, forward_path))
        self.within.append(within)
        outcome = self.outcomes.popleft() if self.outcomes else Delivered()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def close(self) -> None:
        self.is_closed = True


@dataclass
class _World:
    store: _Store = field(default_factory=_Store)
    transport: _Transport = field(default_factory=_Transport)
    undelivered: list[tuple[str, Failed | None]] = field(default_factory=list)
    now: datetime = _NOW
    started: list[Worker] = field(default_factory=list)

    def worker(
        self, *, on_undelivered: Callable[[ClaimedDelivery, Failed | None], bool] | None = None, **settings: object
    ) -> Worker:
        usual: dict[str, object] = {"poll": timedelta(milliseconds=10), "jitter": lambda: 0.0, "threads": 2}
        return Worker(
            store=self.store,
            transport=self.transport,
            signer=Signer(()),
            on_undelivered=on_undelivered or self._note,
            clock=lambda: self.now,
            settings=WorkerSettings(**(usual | settings)),  # type: ignore[arg-type]  # its fields
        )

    def _note(self, claimed: ClaimedDelivery, failed: Failed | None) -> bool:
        self.undelivered.append((claimed.delivery.id, failed))
        return False

    def started_worker(self, **settings: object) -> Worker:
        worker = self.worker(**settings)  # type: ignore[arg-type]  # fields of WorkerSettings
        self.started.append(worker)
        worker.start()
        return worker


@pytest.fixture
def world() -> Iterator[_World]:
    made = _World()
    yield made
    if made.transport.gate is not None:
        made.transport.gate.set()
    for worker in made.started:
        worker.stop(timedelta(seconds=5))


# --- one attempt ----------------------------------------------------------------------------------------------------


def test_a_delivered_mail_is_settled_with_its_token(world: _World) -> None:
    world.worker().deliver(_claimed(fencing_token=7))
    [settled] = world.store.settled
    assert (settled.delivery_id, settled.fencing_token, settled.state) == ("d1", 7, DeliveryState.DELIVERED)
    assert settled.next_attempt_at is None


def test_what_waited_long_is_asked_about_again_and_not_sent_when_its_author_was_suspended(
    world: _World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "_ASK_AGAIN_AFTER_S", 0.0)
    kept, other = _claimed(), _claimed()
    other = replace(other, delivery=replace(other.delivery, id=DeliveryId("d2")))
    world.store.held_back.add(kept.delivery.id)
    worker = world.started_worker(threads=1)
    worker.submit((kept, other))
    world.store.wait_for(1)
    assert [settled.delivery_id for settled in world.store.settled] == ["d2"]


def test_the_mail_goes_with_its_own_envelope(world: _World) -> None:
    world.worker().deliver(_claimed())
    assert world.transport.sent == [(_MAIL, "v1@alias.example", RealAddress("anna@buyer.example"))]


def test_T02_bare_line_ends_are_gone_before_the_mail_is_signed(world: _World) -> None:
    claimed = _claimed()
    world.worker().deliver(replace(claimed, delivery=replace(claimed.delivery, octets=b"From: a\r\n\r\none\ntwo")))
    assert world.transport.sent[0][0] == b"From: a\r\n\r\none\r\ntwo\r\n"


@pytest.mark.parametrize("outcome", [_DEFERRED, _UNKNOWN])
def test_F27_F29_what_is_not_certain_is_tried_again_by_the_schedule(world: _World, outcome: Outcome) -> None:
    world.transport.outcomes.append(outcome)
    world.worker().deliver(_claimed())
    [settled] = world.store.settled
    assert (settled.outcome, settled.state) == (outcome, DeliveryState.PENDING)
    assert settled.next_attempt_at == _NOW + timedelta(minutes=1)


def test_a_later_attempt_waits_longer(world: _World) -> None:
    world.transport.outcomes.extend([_DEFERRED, _DEFERRED])
    worker = world.worker()
    worker.deliver(_claimed(attempts=0))
    worker.deliver(_claimed(attempts=3))
    first, fourth = (settled.next_attempt_at for settled in world.store.settled)
    assert first is not None
    assert fourth is not None
    assert fourth > first


def test_W20_a_mail_whose_time_is_over_is_given_up_and_told(world: _World) -> None:
    world.transport.outcomes.append(_DEFERRED)
    world.now = _NOW + timedelta(days=5)
    world.worker().deliver(_claimed(leased_until=world.now + timedelta(minutes=15)))
    assert world.store.settled[0].state is DeliveryState.EXPIRED
    assert world.undelivered == [("d1", None)]


def test_F28_a_refused_mail_is_told_once(world: _World) -> None:
    world.transport.outcomes.append(_FAILED)
    world.worker().deliver(_claimed())
    assert world.store.settled[0].state is DeliveryState.FAILED
    assert world.undelivered == [("d1", _FAILED)]


def test_W19_the_author_is_told_before_the_end_is_booked(world: _World) -> None:
    world.transport.outcomes.append(_FAILED)
    booked_when_told = []

    def tell(claimed: ClaimedDelivery, failed: Failed | None) -> bool:
        booked_when_told.append(len(world.store.settled))
        return False

    world.worker(on_undelivered=tell).deliver(_claimed())
    assert booked_when_told == [0]


def test_T51_what_hangs_on_other_deliveries_is_asked_again_when_the_end_is_booked(world: _World) -> None:
    booked_when_asked = []

    def others_have_it(claimed: ClaimedDelivery, failed: Failed | None) -> bool:
        booked_when_asked.append(len(world.store.settled))
        return True

    world.transport.outcomes.append(_FAILED)
    world.worker(on_undelivered=others_have_it).deliver(_claimed())
    assert booked_when_asked == [0, 1]


def test_a_fault_while_telling_does_not_keep_the_delivery_going_round(world: _World) -> None:
    def break_down(claimed: ClaimedDelivery, failed: Failed | None) -> bool:
        raise ZeroDivisionError

    world.transport.outcomes.append(_FAILED)
    world.worker(on_undelivered=break_down).deliver(_claimed())
    assert world.store.settled[0].state is DeliveryState.FAILED


def test_a_store_that_is_away_while_telling_books_nothing(world: _World) -> None:
    def be_away(claimed: ClaimedDelivery, failed: Failed | None) -> bool:
        raise StoreUnavailable("away")

    world.transport.outcomes.append(_FAILED)
    worker = world.worker(on_undelivered=be_away)
    with pytest.raises(StoreUnavailable):
        worker.deliver(_claimed())
    assert world.store.settled == []


def test_F08_a_late_worker_is_fenced_off_and_says_so(world: _World, capfd: pytest.CaptureFixture[str]) -> None:
    world.store.is_ours = False
    world.worker().deliver(_claimed())
    assert "delivery_fenced_off" in capfd.readouterr().err


def test_F08_an_attempt_whose_lease_is_nearly_over_is_not_begun(world: _World) -> None:
    outcome = world.worker().deliver(_claimed(leased_until=_NOW + timedelta(seconds=30)))
    assert (outcome, world.transport.sent, world.store.settled) == (None, [], [])


def test_F08_an_attempt_ends_before_its_lease(world: _World) -> None:
    world.worker().deliver(_claimed(leased_until=_NOW + timedelta(minutes=3)))
    [within] = world.transport.within
    assert within is not None
    assert within < timedelta(minutes=3)


def test_a_mail_that_can_not_be_signed_waits(world: _World) -> None:
    claimed = _claimed()
    broken = replace(claimed, delivery=replace(claimed.delivery, octets=None))  # type: ignore[arg-type]  # a fault of ours
    world.worker().deliver(broken)
    [settled] = world.store.settled
    assert isinstance(settled.outcome, Deferred)
    assert settled.state is DeliveryState.PENDING


def test_a_transport_that_breaks_down_leaves_the_outcome_unknown(world: _World) -> None:
    world.transport.outcomes.append(ZeroDivisionError())
    world.worker().deliver(_claimed())
    [settled] = world.store.settled
    assert isinstance(settled.outcome, Unknown)
    assert settled.state is DeliveryState.PENDING


def test_the_one_line_about_an_attempt_names_no_address(world: _World, capfd: pytest.CaptureFixture[str]) -> None:
    world.transport.outcomes.append(Deferred(diagnostic="450 4.2.1 <anna@buyer.example>: greylisted"))
    world.worker().deliver(_claimed())
    line = next(line for line in capfd.readouterr().err.splitlines() if "delivery_attempt" in line)
    assert "greylisted" in line
    assert "anna@buyer.example" not in line


# --- threads --------------------------------------------------------------------------------------------------------


def test_what_is_submitted_is_delivered(world: _World) -> None:
    world.started_worker().submit([_claimed(number) for number in range(20)])
    world.store.wait_for(20)
    assert {settled.delivery_id for settled in world.store.settled} == {f"d{number}" for number in range(20)}


def test_what_falls_due_is_claimed_and_delivered(world: _World) -> None:
    world.store.due.extend(_claimed(number) for number in range(120))
    world.started_worker()
    world.store.wait_for(120)
    assert len({settled.delivery_id for settled in world.store.settled}) == 120


def test_no_exception_ends_a_thread(world: _World) -> None:
    world.store.broken_settles = 3
    world.store.broken_claims = 3
    world.transport.outcomes.extend([ZeroDivisionError(), OSError("gone")])
    world.store.due.extend(_claimed(number) for number in range(10))
    world.started_worker(threads=1)
    world.store.wait_for(7)
    assert len(world.transport.sent) == 10


def test_what_does_not_fit_into_memory_is_left_to_the_store(world: _World) -> None:
    worker = world.worker(max_waiting=2)
    worker.submit([_claimed(number) for number in range(5)])
    world.started.append(worker)
    worker.start()
    world.store.wait_for(2)
    worker.stop(timedelta(seconds=5))
    assert len(world.transport.sent) == 2


def test_a_mail_bigger_than_the_memory_for_waiting_is_delivered_all_the_same(world: _World) -> None:
    world.started_worker(max_waiting_octets=10).submit([_claimed()])
    world.store.wait_for(1)
    assert world.store.settled[0].state is DeliveryState.DELIVERED


def test_nothing_is_claimed_while_there_is_no_room(world: _World) -> None:
    world.transport.gate = threading.Event()
    world.store.due.extend(_claimed(number) for number in range(100))
    world.started_worker(threads=1, max_waiting=10, claim_limit=5)
    world.transport.gate.set()
    world.store.wait_for(100)
    assert len(world.transport.sent) == 100


def test_F07_stopping_finishes_what_is_under_way_and_begins_nothing_more(world: _World) -> None:
    world.transport.gate = threading.Event()
    worker = world.started_worker(threads=1)
    worker.submit([_claimed(number) for number in range(5)])
    threading.Timer(0.1, world.transport.gate.set).start()
    worker.stop(timedelta(seconds=5))
    assert len(world.store.settled) <= 1
    assert world.transport.is_closed
