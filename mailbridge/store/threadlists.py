"""Lists of conversations: by kind, state, topic, who wrote last, what is late; and those that fell silent (S-29, S-55).

What a list is filtered by stands in one index, so that a list is found without reading a conversation.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, select

from mailbridge.domain.clocks import WhichClock
from mailbridge.domain.ids import ThreadId
from mailbridge.domain.parties import Role
from mailbridge.domain.thread import Thread, ThreadState
from mailbridge.errors import Conflict, NotFound
from mailbridge.store.clocks import write_tick
from mailbridge.store.clocktables import deadlines
from mailbridge.store.prepared import Values
from mailbridge.store.rows import maybe_micros, micros, to_json, to_thread
from mailbridge.store.seal import KeyRing
from mailbridge.store.tables import events, marketplaces, offers, orders, sellers, threads
from mailbridge.store.threadrecords import SilentAsked, ThreadChange, ThreadsAsked

_THREAD = select(threads)


def found(connection: Connection, asked: ThreadsAsked) -> tuple[ThreadId, ...]:
    """Ids of the conversations that are asked for, in order."""
    order: list[ColumnElement[Any]] = [threads.c.last_at.desc(), threads.c.id.desc()]
    if asked.by_priority:
        order.insert(0, func.coalesce(threads.c.urgency, 0).desc())
    statement = select(threads.c.id).where(*_conditions(asked)).order_by(*order).limit(asked.limit)
    return tuple(map(ThreadId, connection.execute(statement).scalars()))


def _conditions(asked: ThreadsAsked) -> list[ColumnElement[bool]]:
    wanted: list[tuple[bool, ColumnElement[bool]]] = [
        (bool(asked.market), threads.c.marketplace_id.in_(_named(marketplaces, asked.market))),
        (bool(asked.seller), threads.c.seller_id.in_(_named(sellers, asked.seller))),
        (bool(asked.order), threads.c.order_id.in_(_named(orders, asked.order))),
        (bool(asked.offer), threads.c.offer_id.in_(_named(offers, asked.offer))),
        (bool(asked.topic), threads.c.topics.contains(f" {asked.topic} ", autoescape=True)),
        (asked.people_only, threads.c.has_people.is_not(False)),
        (asked.market_joined, threads.c.market_joined_at.is_not(None)),
        *_by_state(asked),
    ]
    if asked.before is not None:
        wanted.append((True, threads.c.last_at < micros(asked.before)))
    if asked.late_at is not None:
        wanted.append((True, threads.c.id.in_(_late(asked.late_at))))
    return [condition for is_asked, condition in wanted if is_asked]


def _by_state(asked: ThreadsAsked) -> list[tuple[bool, ColumnElement[bool]]]:
    wanted: list[tuple[bool, ColumnElement[bool]]] = []
    if asked.area is not None:
        wanted.append((True, threads.c.area == asked.area.value))
    if asked.state is not None:
        wanted.append((True, threads.c.state == asked.state.value))
    if asked.last_by is not None:
        wanted.append((True, threads.c.last_by == asked.last_by.value))
    if asked.last_by is Role.BUYER:
        wanted.append((True, threads.c.state == ThreadState.OPEN.value))
    return wanted


def _named(table: Any, reference: str) -> Select[Any]:
    """Ids of what has this reference, on any marketplace: named, so that the unique index finds them."""
    named = select(table.c.id).where(table.c.reference == reference)
    return named if table is marketplaces else named.where(table.c.marketplace_id.in_(select(marketplaces.c.id)))


def _late(at: datetime) -> Select[Any]:
    return select(deadlines.c.thread_id).where(
        deadlines.c.which == WhichClock.HONEST.value, deadlines.c.ended_at.is_(None), deadlines.c.due_at <= micros(at)
    )


def silent(connection: Connection, keys: KeyRing, asked: SilentAsked) -> tuple[Thread, ...]:
    """Conversations of this kind that nobody wrote in since then, the longest silent first."""
    statement = (
        select(threads)
        .where(
            threads.c.last_at <= micros(asked.until),
            threads.c.marketplace_id == asked.marketplace_id,
            threads.c.area == asked.area.value,
            threads.c.state.in_([state.value for state in asked.states]),
            threads.c.market_joined_at.is_(None) if asked.unjoined_only else literal(value=True),
        )
        .order_by(threads.c.last_at, threads.c.id)
        .limit(asked.limit)
    )
    return tuple(to_thread(row, keys) for row in connection.execute(statement).all())


def change(connection: Connection, wanted: ThreadChange, now: datetime) -> None:
    """Put a conversation into another state, or note that the marketplace was called to it, with what clocks hear.

    Conflict when somebody wrote in it meanwhile, NotFound when there is none.
    """
    row = connection.execute(_THREAD.where(threads.c.id == wanted.thread_id).with_for_update()).one_or_none()
    if row is None:
        raise NotFound(f"no thread {wanted.thread_id}")
    if row.version != wanted.seen_version:
        raise Conflict("the thread has another version by now")
    values: Values = {"state": wanted.state.value, "market_joined_at": maybe_micros(wanted.market_joined_at)}
    of_thread = and_(threads.c.id == wanted.thread_id, threads.c.version == wanted.seen_version)
    connection.execute(threads.update().where(of_thread).values(version=threads.c.version + 1, **values))
    if wanted.tick is not None:
        write_tick(connection, wanted.thread_id, row.seller_id, wanted.tick)
    kind = "thread.market_joined" if wanted.state.value == row.state else "thread.state"
    detail = to_json({"from": row.state, "to": wanted.state.value, "by": wanted.by})
    event = {"at": micros(now), "kind": kind, "record_id": None, "thread_id": wanted.thread_id, "detail": detail}
    connection.execute(events.insert(), event)
