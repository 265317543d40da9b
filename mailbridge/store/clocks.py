"""What a commit does to the clocks of a conversation.

What an event does is `policy/clocks.py`; here the newest round of each clock is read by the key of the conversation,
and what changed is written. What is due stands in `deadlines.py`.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, insert, or_, select, update

from mailbridge.domain.clocks import Ending, Round, WhichClock
from mailbridge.domain.ids import SellerId, ThreadId
from mailbridge.errors import Conflict, NotFound
from mailbridge.policy.clocks import Tick, advance
from mailbridge.store.clockrecords import ClockChange
from mailbridge.store.clocktables import deadlines
from mailbridge.store.prepared import Values
from mailbridge.store.rows import AnyRow, instant, maybe_instant, maybe_micros, micros, to_json
from mailbridge.store.statements import Query, Rows, Statement
from mailbridge.store.tables import events, threads

_COLUMNS = tuple(column.name for column in deadlines.columns)
_INSERT = Rows(deadlines, _COLUMNS)
_later = deadlines.alias("later")


def _is_newest(which: WhichClock) -> ColumnElement[bool]:
    """One key for each clock, however many rounds a conversation has had."""
    newest = select(func.max(_later.c.number)).where(
        _later.c.thread_id == bindparam("thread_id"), _later.c.which == which.value
    )
    return and_(
        deadlines.c.thread_id == bindparam("thread_id"),
        deadlines.c.which == which.value,
        deadlines.c.number == newest.scalar_subquery(),
    )


_NEWEST = Query(select(deadlines).where(or_(*map(_is_newest, WhichClock))))
_CHANGE = Statement(
    update(deadlines)
    .where(
        deadlines.c.thread_id == bindparam("of_thread"),
        deadlines.c.which == bindparam("of_clock"),
        deadlines.c.number == bindparam("of_number"),
        deadlines.c.ended_at.is_(None),
    )
    .values(
        {name: bindparam(f"new_{name}") for name in ("clock", "started_at", "due_at", "ended_at", "ending", "tell_at")}
    )
)
_LOCK_THREAD = select(threads.c.seller_id).where(threads.c.id == bindparam("thread_id")).with_for_update()


def write_tick(connection: Connection, thread_id: ThreadId, seller_id: SellerId, tick: Tick) -> None:
    """Let an event have its effect on both clocks of a conversation, inside the transaction of what happened."""
    newest = {WhichClock(row.which): to_round(row) for row in _NEWEST.all(connection, {"thread_id": thread_id})}
    new: list[Values] = []
    for which in WhichClock:
        before = newest.get(which)
        after = advance(before, tick, which)
        if after is None or after == before:
            continue
        values = _values(after, tick.clock.warns)
        if before is None or after.number != before.number:
            new.append({**values, "thread_id": thread_id, "which": which.value, "seller_id": seller_id})
        else:
            changed: Values = {f"new_{name}": value for name, value in values.items() if name != "number"}
            key: Values = {"of_thread": thread_id, "of_clock": which.value, "of_number": after.number}
            if _CHANGE.run(connection, {**changed, **key}) != 1:
                raise Conflict("the round was ended meanwhile")
    _INSERT.insert(connection, new)


def running_until(connection: Connection, thread_id: ThreadId) -> tuple[datetime, ...]:
    """When answers are due by the newest rounds that run."""
    rounds = (to_round(row) for row in _NEWEST.all(connection, {"thread_id": thread_id}))
    return tuple(one.due_at for one in rounds if one.ended_at is None)


def tick_thread(connection: Connection, change: ClockChange) -> None:
    """The same by itself, for what is no message; NotFound when there is no such conversation."""
    thread_id, tick = change.thread_id, change.tick
    row = connection.execute(_LOCK_THREAD, {"thread_id": thread_id}).one_or_none()
    if row is None:
        raise NotFound(f"no conversation {thread_id}")
    write_tick(connection, thread_id, SellerId(row.seller_id), tick)
    event = {"at": micros(tick.event.at), "kind": f"clock.{tick.event.kind.value}", "record_id": None}
    detail = to_json({"clock": tick.clock.id})
    connection.execute(insert(events), {**event, "thread_id": thread_id, "detail": detail})


def to_round(row: AnyRow) -> Round:
    """A row of deadlines."""
    return Round(
        number=row.number,
        clock=row.clock,
        started_at=instant(row.started_at),
        due_at=instant(row.due_at),
        ended_at=maybe_instant(row.ended_at),
        ending=None if row.ending is None else Ending(row.ending),
    )


def _values(one: Round, warns: timedelta) -> Values:
    return {
        "number": one.number,
        "clock": one.clock,
        "started_at": micros(one.started_at),
        "due_at": micros(one.due_at),
        "ended_at": maybe_micros(one.ended_at),
        "ending": None if one.ending is None else one.ending.value,
        "tell_at": micros(one.due_at - warns) if one.is_running else None,
    }
