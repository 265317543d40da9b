"""The queue of deliveries: claimed under a lease with a fencing token, settled once (F-08, F-35).

A lease ends by itself; whoever claims next gets a higher token, and a settle with a lower one is refused. Sends
nothing and decides nothing about retries: the worker says when.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, literal_column, select, update

from mailbridge.domain.delivery import ClaimedDelivery, Delivered, DeliveryState, Outcome, Unknown
from mailbridge.domain.ids import DeliveryId
from mailbridge.store.content import KEY_COLUMNS, KEYED_DELIVERIES, delivery_sealer, seal_diagnostic, to_delivery
from mailbridge.store.fingerprints import remote_id_hash
from mailbridge.store.rows import maybe_micros, micros
from mailbridge.store.seal import KeyRing
from mailbridge.store.statements import Statement
from mailbridge.store.tables import deliveries

_ANY_DUE: Select[Any] = (
    select(literal_column("1")).where(deliveries.c.due_at <= bindparam("now")).limit(literal_column("1"))
)
_DUE = (
    select(deliveries.c.id)
    .where(deliveries.c.due_at <= bindparam("now"))
    .order_by(deliveries.c.due_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(deliveries)
    .where(deliveries.c.id.in_(_DUE.scalar_subquery()))
    .values(due_at=bindparam("lease_end"), leased_by=bindparam("worker"), fencing_token=deliveries.c.fencing_token + 1)
    .returning(deliveries.c.id)
)
_KEYED = select(deliveries, *KEY_COLUMNS).select_from(KEYED_DELIVERIES)
_CLAIMED = _KEYED.where(deliveries.c.id.in_(bindparam("ids", expanding=True))).order_by(deliveries.c.id)
_ONE = _KEYED.where(deliveries.c.id == bindparam("id"))
_SETTLE = Statement(
    update(deliveries)
    .where(
        deliveries.c.id == bindparam("delivery_id"),
        deliveries.c.fencing_token == bindparam("token"),
        deliveries.c.state == literal_column("'pending'"),
    )
    .values(
        state=bindparam("new_state"),
        due_at=bindparam("new_due_at"),
        leased_by=None,
        attempts=deliveries.c.attempts + 1,
        status=bindparam("new_status"),
        diagnostic=bindparam("new_diagnostic"),
        remote_hash=bindparam("new_remote_hash"),
    )
)
_HELD_BACK = select(deliveries.c.held_by).where(deliveries.c.id == bindparam("id"))
_KEEP_BACK = (
    update(deliveries)
    .where(deliveries.c.id.in_(bindparam("ids", expanding=True)), deliveries.c.state == literal_column("'pending'"))
    .values(state=DeliveryState.HELD.value, due_at=None, leased_by=None)
)
#: what a suspension marked while it was being tried, and must not be tried again
_KEEP_MARKED = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("delivery_id"), deliveries.c.held_by > literal_column("''"))
    .values(state=DeliveryState.HELD.value, due_at=None)
)
_RELEASE_LEASES = (
    update(deliveries)
    .where(deliveries.c.due_at.is_not(None), deliveries.c.leased_by.is_not(None))
    .values(due_at=deliveries.c.composed_at, leased_by=None)
)
_RELEASE_LEASES_OF = _RELEASE_LEASES.where(deliveries.c.leased_by == bindparam("worker"))


def any_due(connection: Connection, now: datetime) -> bool:
    """True when something waits; asked before taking the write lock."""
    return connection.execute(_ANY_DUE, {"now": micros(now)}).first() is not None


def claim(
    connection: Connection, keys: KeyRing, *, now: datetime, worker: str, limit: int, lease: timedelta
) -> tuple[ClaimedDelivery, ...]:
    """Lease what is due to `worker`, oldest first."""
    leased_until = now + lease
    values = {"now": micros(now), "most": limit, "lease_end": micros(leased_until), "worker": worker}
    ids = list(connection.execute(_CLAIM, values).scalars())
    if not ids:
        return ()
    rows = connection.execute(_CLAIMED, {"ids": ids}).all()
    kept_back = [row.id for row in rows if row.held_by]
    if kept_back:
        connection.execute(_KEEP_BACK, {"ids": kept_back})
    return tuple(
        ClaimedDelivery(
            delivery=to_delivery(row, keys),
            attempts=row.attempts,
            fencing_token=row.fencing_token,
            leased_until=leased_until,
        )
        for row in rows
        if not row.held_by
    )


def is_held_back(connection: Connection, delivery_id: DeliveryId) -> bool:
    """True where its author was suspended while it was leased."""
    return bool(connection.execute(_HELD_BACK, {"id": delivery_id}).scalar())


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What became of one attempt."""

    delivery_id: DeliveryId
    fencing_token: int
    outcome: Outcome
    state: DeliveryState
    #: aware UTC; None unless the delivery stays pending
    next_attempt_at: datetime | None


def settlement_values(connection: Connection, keys: KeyRing, settled: Settlement) -> dict[str, object]:
    """What `settle` writes: made in the worker's thread, since what the far side said is sealed."""
    if (settled.state is DeliveryState.PENDING) != (settled.next_attempt_at is not None):
        raise ValueError("a pending delivery, and only that, has a next attempt")
    outcome, delivery_id = settled.outcome, settled.delivery_id
    diagnostic: bytes | None = None
    remote_hash: bytes | None = None
    if isinstance(outcome, Delivered):
        remote_hash = remote_id_hash(keys, outcome.remote_id) if outcome.remote_id else None
    else:
        sealer = delivery_sealer(connection.execute(_ONE, {"id": delivery_id}).one(), keys)
        diagnostic = seal_diagnostic(delivery_id, outcome.diagnostic, sealer)
    return {
        "delivery_id": delivery_id,
        "token": settled.fencing_token,
        "new_state": settled.state.value,
        "new_due_at": maybe_micros(settled.next_attempt_at),
        # What became of the last byte is not known: the attempt counts, its status does not (I3).
        "new_status": None if isinstance(outcome, Unknown) else str(outcome.status),
        "new_diagnostic": diagnostic,
        "new_remote_hash": remote_hash,
    }


def settle(connection: Connection, values: dict[str, object]) -> bool:
    """Write a settlement; False when the lease was lost to another claim, or the delivery is settled."""
    is_ours = _SETTLE.run(connection, values) == 1
    if is_ours and values["new_state"] == DeliveryState.PENDING.value:
        connection.execute(_KEEP_MARKED, {"delivery_id": values["delivery_id"]})
    return is_ours


def release_leases(connection: Connection) -> int:
    """Make everything claimable that is leased: for the one `serve` of a file, when the one before it died."""
    return connection.execute(_RELEASE_LEASES).rowcount


def release_leases_of(connection: Connection, worker: str) -> int:
    """Make claimable what this worker had leased when it died."""
    return connection.execute(_RELEASE_LEASES_OF, {"worker": worker}).rowcount
