"""The queue for people: listed, retried, held back, released; where a delivery came from; figures for the metrics."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Select,
    Update,
    bindparam,
    case,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from mailbridge.domain.delivery import DeliveryState, NewDelivery, PostKind
from mailbridge.domain.ids import BuyerId, DeliveryId, MarketplaceId, RecordId, SellerId
from mailbridge.domain.parties import Direction
from mailbridge.domain.reply import EnhancedStatus
from mailbridge.errors import NotFound, NotPossible
from mailbridge.store.catalogue import Catalogue
from mailbridge.store.content import (
    KEY_COLUMNS,
    KEYED_DELIVERIES,
    delivery_sealer,
    open_details,
    open_diagnostic,
    record_sealer,
    to_delivery,
)
from mailbridge.store.held import count_held, count_screening
from mailbridge.store.records import DeliveryOrigin
from mailbridge.store.rows import AnyRow, instant, maybe_instant, micros, to_json, to_thread
from mailbridge.store.seal import KeyRing
from mailbridge.store.shownrows import QueueRow
from mailbridge.store.tables import deliveries, events, intents, records, threads

#: how long a delivery that had failed or expired is tried again when a person asks for it
SECOND_CHANCE = timedelta(days=1)

_KEYED = select(deliveries, *KEY_COLUMNS).select_from(KEYED_DELIVERIES)
_LISTED = (
    _KEYED.where(deliveries.c.state.in_(bindparam("states", expanding=True)))
    .order_by(deliveries.c.composed_at, deliveries.c.id)
    .limit(bindparam("most"))
)
_ONE = _KEYED.where(deliveries.c.id == bindparam("id"))
_ORIGIN = (
    select(
        deliveries.c.kind,
        deliveries.c.state.label("delivery_state"),
        deliveries.c.composed_at,
        deliveries.c.marketplace_id.label("market_of_delivery"),
        records.c.id.label("record_id"),
        records.c.direction,
        records.c.received_at,
        records.c.details,
        *KEY_COLUMNS,
    )
    .select_from(KEYED_DELIVERIES)
    .where(deliveries.c.id == bindparam("id"))
)
_BESIDE = select(deliveries.c.state).where(
    deliveries.c.record_id == bindparam("record_id"),
    deliveries.c.kind == PostKind.RELAY.value,
    deliveries.c.id != bindparam("delivery_id"),
)
_THREAD = select(threads).where(threads.c.id == bindparam("id"))
_NOT_LEASED = or_(deliveries.c.leased_by.is_(None), deliveries.c.due_at <= bindparam("now"))
_THIS = deliveries.c.id == bindparam("delivery_id")
_OVER = deliveries.c.state.in_([DeliveryState.FAILED.value, DeliveryState.EXPIRED.value])
_PENDING = deliveries.c.state == literal_column("'pending'")
_HOLD = (
    update(deliveries)
    .where(_THIS, _PENDING, _NOT_LEASED)
    .values(state="held", due_at=None, leased_by=None, held_by=None)
)
_RELEASE = (
    update(deliveries)
    .where(_THIS, deliveries.c.state == literal_column("'held'"))
    # Not NULL: the suspension of its author keeps it back no more, since a person lets it go.
    .values(state="pending", due_at=bindparam("now"), leased_by=None, held_by="")
)
#: kind of the event of a change -> how a person calls it
_DONE = {"queue.held": "held back", "queue.released": "released", "queue.retried": "retried"}
_CHANCE = bindparam("chance_until", type_=BigInteger)
_RETRY = (
    update(deliveries)
    .where(_THIS, or_(_PENDING & _NOT_LEASED, _OVER))
    .values(
        state="pending",
        due_at=bindparam("now"),
        leased_by=None,
        expires_at=case((deliveries.c.expires_at > _CHANCE, deliveries.c.expires_at), else_=_CHANCE),
    )
)
_QUEUED: Select[Any, Any] = select(func.count(), func.min(deliveries.c.composed_at)).where(
    deliveries.c.due_at.is_not(None)
)
_INTENTS_DUE: Select[Any] = select(func.count()).where(intents.c.claimable_at <= bindparam("now"))
_US_PER_S = 1_000_000


def queue_rows(
    connection: Connection, keys: KeyRing, states: tuple[DeliveryState, ...], limit: int
) -> tuple[QueueRow, ...]:
    """Deliveries in these states, the oldest first."""
    values = {"states": [state.value for state in states], "most": limit}
    return tuple(_to_row(row, keys) for row in connection.execute(_LISTED, values))


def queue_row(connection: Connection, keys: KeyRing, delivery_id: DeliveryId) -> QueueRow:
    """One delivery; NotFound when there is none."""
    return _to_row(_one(connection, delivery_id), keys)


def delivery(connection: Connection, keys: KeyRing, delivery_id: DeliveryId) -> NewDelivery:
    """One delivery with its octets; NotFound when there is none."""
    return to_delivery(_one(connection, delivery_id), keys)


def hold(connection: Connection, delivery_id: DeliveryId, now: datetime) -> None:
    """Keep a delivery back; NotPossible unless it waits and nobody is sending it now."""
    _change(connection, _HOLD, "queue.held", delivery_id, {"now": micros(now)})


def release(connection: Connection, delivery_id: DeliveryId, now: datetime) -> None:
    """Let a delivery go that was kept back; NotPossible when it is not."""
    _change(connection, _RELEASE, "queue.released", delivery_id, {"now": micros(now)})


def retry(connection: Connection, delivery_id: DeliveryId, now: datetime) -> None:
    """Try a delivery now, also one that had failed or expired; NotPossible when it is done or being sent."""
    values = {"now": micros(now), "chance_until": micros(now + SECOND_CHANCE)}
    _change(connection, _RETRY, "queue.retried", delivery_id, values)


def delivery_origin(
    connection: Connection, keys: KeyRing, catalogue: Catalogue, delivery_id: DeliveryId
) -> DeliveryOrigin:
    """Where a delivery came from; NotFound when there is none."""
    row = connection.execute(_ORIGIN, {"id": delivery_id}).one_or_none()
    if row is None:
        raise NotFound(f"no delivery {delivery_id}")
    details = {} if row.record_id is None else open_details(row.record_id, row.details, record_sealer(row, keys))
    thread = None
    if row.key_thread_id is not None:
        thread = to_thread(connection.execute(_THREAD, {"id": row.key_thread_id}).one(), keys)
    market_id = thread.marketplace_id if thread is not None else row.market_of_delivery
    return DeliveryOrigin(
        kind=PostKind(row.kind),
        record_id=None if row.record_id is None else RecordId(row.record_id),
        direction=None if row.direction is None else Direction(row.direction),
        marketplace=None if market_id is None else catalogue.marketplace(connection, MarketplaceId(market_id)),
        thread=thread,
        seller=catalogue.seller(connection, SellerId(thread.seller_id)) if thread is not None else None,
        buyer=catalogue.buyer(connection, BuyerId(thread.buyer_id)) if thread is not None else None,
        author_addr_spec=details.get("author"),
        author_message_id=details.get("message_id"),
        received_at=instant(row.composed_at if row.record_id is None else row.received_at),
        state=DeliveryState(row.delivery_state),
        written_to=details.get("forward_path"),
        beside=_beside(connection, delivery_id, row),
    )


def _beside(connection: Connection, delivery_id: DeliveryId, row: AnyRow) -> tuple[DeliveryState, ...]:
    if row.record_id is None or row.kind != PostKind.RELAY.value:
        return ()
    found = connection.execute(_BESIDE, {"record_id": row.record_id, "delivery_id": delivery_id})
    return tuple(DeliveryState(one.state) for one in found)


def gauges(connection: Connection, now: datetime) -> dict[str, int]:
    """Figures of this moment: held, screening, queued, oldest_due_s (age of the oldest queued mail), intents_due."""
    queued, oldest = connection.execute(_QUEUED).one()
    return {
        "held": count_held(connection),
        "screening": count_screening(connection),
        "queued": queued,
        "oldest_due_s": 0 if oldest is None else max(0, (micros(now) - oldest) // _US_PER_S),
        "intents_due": int(connection.execute(_INTENTS_DUE, {"now": micros(now)}).scalar_one()),
    }


def _one(connection: Connection, delivery_id: DeliveryId) -> AnyRow:
    row = connection.execute(_ONE, {"id": delivery_id}).one_or_none()
    if row is None:
        raise NotFound(f"no delivery {delivery_id}")
    return row


def _change(
    connection: Connection, statement: Update, kind: str, delivery_id: DeliveryId, values: dict[str, int]
) -> None:
    if connection.execute(statement, {**values, "delivery_id": delivery_id}).rowcount != 1:
        raise _in_the_way(_one(connection, delivery_id), _DONE[kind], values["now"])
    event = {"at": values["now"], "kind": kind, "record_id": None, "thread_id": None}
    connection.execute(insert(events), {**event, "detail": to_json({"delivery": delivery_id})})


def _in_the_way(row: AnyRow, done: str, now: int) -> NotPossible:
    """Why a delivery can not be held back, released or retried as it stands."""
    reason = f"delivery {row.id} can not be {done}: its state is {row.state}"
    if row.leased_by is not None and row.due_at is not None and row.due_at > now:
        reason += f": it is being sent now, until {instant(row.due_at):%Y-%m-%d %H:%M:%S} UTC at most"
    return NotPossible(reason)


def _to_row(row: AnyRow, keys: KeyRing) -> QueueRow:
    due_at = maybe_instant(row.due_at)
    return QueueRow(
        id=DeliveryId(row.id),
        record_id=None if row.record_id is None else RecordId(row.record_id),
        kind=PostKind(row.kind),
        state=DeliveryState(row.state),
        reader=row.reader,
        attempts=row.attempts,
        next_attempt_at=due_at if row.leased_by is None else None,
        expires_at=instant(row.expires_at),
        leased_until=due_at if row.leased_by is not None else None,
        diagnostic=open_diagnostic(row, delivery_sealer(row, keys)),
        status=None if row.status is None else EnhancedStatus(*map(int, row.status.split("."))),
    )
