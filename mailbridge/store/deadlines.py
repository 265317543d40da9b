"""Deadlines: what is due, what the log is told of, what was late. What moves them is `clocks.py`."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnClause,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    func,
    insert,
    literal_column,
    select,
    update,
)

from mailbridge.domain.clocks import Round, WhichClock
from mailbridge.domain.ids import BuyerId, SellerId, ThreadId
from mailbridge.store.catalogue import Catalogue
from mailbridge.store.clockrecords import DeadlineRow, DueAsked, LateShare, Told
from mailbridge.store.clocks import to_round
from mailbridge.store.clocktables import deadlines
from mailbridge.store.newestmessage import newest_of_buyer
from mailbridge.store.prepared import Values
from mailbridge.store.rows import AnyRow, instant, micros, to_json, to_thread
from mailbridge.store.seal import KeyRing
from mailbridge.store.tables import events, marketplaces, sellers, threads

_RUNS = deadlines.c.ended_at.is_(None)
_HONEST: ColumnClause[str] = literal_column("'honest'")
_MARKET: ColumnClause[str] = literal_column("'market'")
_DUE_THEN = deadlines.c.due_at.between(bindparam("since"), bindparam("until"))
_of_market = deadlines.alias("of_market")
_DUE: Select[Any] = (
    select(
        deadlines.c.number.label("round_number"),
        deadlines.c.clock,
        deadlines.c.started_at,
        deadlines.c.due_at,
        _of_market.c.number.label("market_number"),
        _of_market.c.clock.label("market_clock"),
        _of_market.c.started_at.label("market_started_at"),
        _of_market.c.due_at.label("market_due_at"),
        sellers.c.reference.label("seller_reference"),
        threads,
    )
    .join(threads, threads.c.id == deadlines.c.thread_id)
    .join(sellers, sellers.c.id == deadlines.c.seller_id)
    .outerjoin(
        _of_market,
        and_(
            _of_market.c.thread_id == deadlines.c.thread_id,
            _of_market.c.which == _MARKET,
            _of_market.c.ended_at.is_(None),
        ),
    )
    .where(deadlines.c.which == _HONEST, _RUNS, _DUE_THEN)
    .order_by(deadlines.c.due_at, deadlines.c.thread_id)
    .limit(bindparam("most"))
)
_DUE_OF_SELLER = _DUE.where(deadlines.c.seller_id == bindparam("of_seller"))
_COUNT_OF_SELLER = select(func.count()).where(
    deadlines.c.which == _HONEST,
    _RUNS,
    _DUE_THEN,
    deadlines.c.seller_id == bindparam("of_seller"),
)
_SELLERS_DUE = select(deadlines.c.seller_id).where(deadlines.c.which == _HONEST, _RUNS, _DUE_THEN).distinct()
_TO_TELL = (
    select(deadlines)
    .where(deadlines.c.tell_at <= bindparam("now"))
    .order_by(deadlines.c.tell_at)
    .limit(bindparam("most"))
)
_ANY_TO_TELL: Select[Any] = (
    select(literal_column("1")).where(deadlines.c.tell_at <= bindparam("now")).limit(literal_column("1"))
)
_TELL_NEXT = (
    update(deadlines)
    .where(
        deadlines.c.thread_id == bindparam("of_thread"),
        deadlines.c.which == bindparam("of_clock"),
        deadlines.c.number == bindparam("of_number"),
        deadlines.c.tell_at == bindparam("seen_tell_at"),
    )
    .values(tell_at=bindparam("new_tell_at"))
)
_IS_LATE = case((deadlines.c.ended_at.is_(None), 1), (deadlines.c.ended_at > deadlines.c.due_at, 1), else_=0)
_SHARES = (
    select(
        deadlines.c.seller_id,
        deadlines.c.which,
        func.count().label("counted"),
        func.sum(_IS_LATE).label("late"),
    )
    .where(
        deadlines.c.started_at >= bindparam("since"),
        deadlines.c.started_at <= bindparam("now"),
        # answered, or should have been by now
        (deadlines.c.ending == literal_column("'answered'")) | and_(_RUNS, deadlines.c.due_at < bindparam("now")),
    )
    .group_by(deadlines.c.seller_id, deadlines.c.which)
)
_REFERENCES = select(sellers.c.id, sellers.c.reference, marketplaces.c.reference.label("market_reference")).join(
    marketplaces, marketplaces.c.id == sellers.c.marketplace_id
)


def rounds(connection: Connection, thread_id: ThreadId) -> dict[WhichClock, tuple[Round, ...]]:
    """Every round of both clocks of a conversation, in order."""
    statement = select(deadlines).where(deadlines.c.thread_id == thread_id).order_by(deadlines.c.number)
    rows = connection.execute(statement).all()
    return {which: tuple(to_round(row) for row in rows if row.which == which.value) for which in WhichClock}


def due(connection: Connection, keys: KeyRing, catalogue: Catalogue, asked: DueAsked) -> tuple[DeadlineRow, ...]:
    """Conversations that wait for an answer which is due by then, the most urgent first; of one seller, or of all."""
    values = {**_span(asked), "most": asked.limit}
    if asked.seller_id is None:
        rows = connection.execute(_DUE, values).all()
    else:
        rows = connection.execute(_DUE_OF_SELLER, {**values, "of_seller": asked.seller_id}).all()
    return tuple(_to_row(connection, keys, catalogue, row) for row in rows)


def _to_row(connection: Connection, keys: KeyRing, catalogue: Catalogue, row: AnyRow) -> DeadlineRow:
    thread = to_thread(row, keys)
    return DeadlineRow(
        thread=thread,
        marketplace=catalogue.marketplace(connection, thread.marketplace_id),
        seller=catalogue.seller(connection, thread.seller_id),
        buyer=catalogue.buyer(connection, BuyerId(thread.buyer_id)),
        seller_reference=row.seller_reference,
        alias_of_buyer=catalogue.aliases_of(connection, thread.seller_id, thread.buyer_id).for_buyer,
        honest=Round(
            number=row.round_number,
            clock=row.clock,
            started_at=instant(row.started_at),
            due_at=instant(row.due_at),
        ),
        market=_market_round(row),
        newest_record=newest_of_buyer(connection, thread.id),
    )


def _market_round(row: AnyRow) -> Round | None:
    if row.market_number is None:
        return None
    return Round(
        number=row.market_number,
        clock=row.market_clock,
        started_at=instant(row.market_started_at),
        due_at=instant(row.market_due_at),
    )


def count_due(connection: Connection, asked: DueAsked) -> int:
    """How many conversations of one seller wait for such an answer."""
    return int(connection.execute(_COUNT_OF_SELLER, {**_span(asked), "of_seller": asked.seller_id}).scalar_one())


def sellers_with_due(connection: Connection, asked: DueAsked) -> tuple[SellerId, ...]:
    """The sellers from whom such an answer is awaited."""
    return tuple(map(SellerId, connection.execute(_SELLERS_DUE, _span(asked)).scalars()))


def _span(asked: DueAsked) -> Values:
    return {"since": micros(asked.since) if asked.since is not None else 0, "until": micros(asked.until)}


def any_to_tell(connection: Connection, now: datetime) -> bool:
    """True where the log is to be told of a deadline; asked before taking the write lock."""
    return connection.execute(_ANY_TO_TELL, {"now": micros(now)}).first() is not None


def take_told(connection: Connection, now: datetime, limit: int) -> tuple[Told, ...]:
    """Deadlines that are near or missed since the last time, each once; it is on record that they were told."""
    told = []
    for row in connection.execute(_TO_TELL, {"now": micros(now), "most": limit}).all():
        is_missed = row.due_at <= micros(now)
        key = {"of_thread": row.thread_id, "of_clock": row.which, "of_number": row.number}
        # Of two processes that tell at once one comes second and tells nothing.
        values = {**key, "seen_tell_at": row.tell_at, "new_tell_at": None if is_missed else row.due_at}
        if connection.execute(_TELL_NEXT, values).rowcount == 1:
            told.append(_told(row, is_missed=is_missed))
    for one in told:
        kind = "deadline.missed" if one.is_missed else "deadline.near"
        event = {"at": micros(now), "kind": kind, "record_id": None, "thread_id": one.thread_id}
        detail = to_json({"clock": one.clock, "which": one.which.value, "due_at": micros(one.due_at)})
        connection.execute(insert(events), {**event, "detail": detail})
    return tuple(told)


def late_shares(connection: Connection, now: datetime, windows: Iterable[int]) -> tuple[LateShare, ...]:
    """How many answers came late, by seller and clock, in windows of so many days that end now."""
    references = {row.id: row for row in connection.execute(_REFERENCES)}
    found = []
    for days in windows:
        values = {"since": micros(now - timedelta(days=days)), "now": micros(now)}
        for row in connection.execute(_SHARES, values).all():
            names = references[row.seller_id]
            found.append(
                LateShare(
                    marketplace=names.market_reference,
                    seller=names.reference,
                    which=WhichClock(row.which),
                    days=days,
                    counted=row.counted,
                    late=int(row.late),
                )
            )
    return tuple(sorted(found, key=lambda one: (one.marketplace, one.seller, one.which.value, one.days)))


def _told(row: AnyRow, *, is_missed: bool) -> Told:
    return Told(
        thread_id=ThreadId(row.thread_id),
        seller_id=SellerId(row.seller_id),
        which=WhichClock(row.which),
        clock=row.clock,
        due_at=instant(row.due_at),
        is_missed=is_missed,
    )
