"""How much a seller wrote of late: counted by index where a rule asks for it (T-46).

What went out counts, and what waits for a person or is being looked into; what was refused or only tried does not.
Of two mails at the same moment neither sees the other: a pace is no limit that holds to the mail.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnClause, Connection, bindparam, func, literal_column, select

from mailbridge.domain.facts import Pace
from mailbridge.domain.ids import SellerId
from mailbridge.policy.needs import PaceAsked
from mailbridge.store.catalogue import Kept
from mailbridge.store.rows import micros
from mailbridge.store.statements import Query
from mailbridge.store.tables import records

_HOUR, _WEEK = timedelta(hours=1), timedelta(days=7)
#: what is counted goes no further than this: bounds what one question costs
_HOUR_COUNTED: Final = 1_000
_THREAD_COUNTED: Final = 500
_WEEK_COUNTED: Final = 20_000
#: below so many in the hour the week is not asked for
_OF_NOTE: Final = 50
_WEEKS_KEPT: Final = 4_096

_TO_BUYERS = records.c.direction == literal_column("'to_buyer'")
_SENT: tuple[ColumnClause[str], ...] = (
    literal_column("'relayed'"),
    literal_column("'held'"),
    literal_column("'screening'"),
)
_WENT_OR_WAITS = records.c.state.in_(_SENT)
_SINCE = records.c.received_at > bindparam("since")


def _counted(*where: object, limit: int) -> Query:
    rows = select(records.c.received_at).where(_TO_BUYERS, _WENT_OR_WAITS, *where).limit(limit)  # type: ignore[arg-type]  # conditions of SQLAlchemy
    return Query(select(func.count().label("mails")).select_from(rows.subquery("counted")))


_OF_SELLER = records.c.seller_id == bindparam("seller_id")
_IN_HOUR = _counted(_OF_SELLER, _SINCE, limit=_HOUR_COUNTED)
_IN_WEEK = _counted(_OF_SELLER, _SINCE, records.c.received_at <= bindparam("until"), limit=_WEEK_COUNTED)
_IN_THREAD = _counted(records.c.thread_id == bindparam("thread_id"), _SINCE, limit=_THREAD_COUNTED)


_WRITTEN = Query(
    select(func.count().label("mails")).where(
        _TO_BUYERS,
        _OF_SELLER,
        _SINCE,
        # What a person released has a record of its own.
        records.c.state.in_([*_SENT, literal_column("'refused'")]),
    )
)


def mails_written(connection: Connection, seller_id: SellerId, since: datetime) -> int:
    """What a seller wrote to buyers after this instant: sent, waiting or refused; not what was only tried."""
    return int(_WRITTEN.all(connection, {"seller_id": seller_id, "since": micros(since)})[0].mails)


class PaceReader:
    """Counts; what lies behind the hour is kept in memory, since it does not change."""

    def __init__(self) -> None:
        self._weeks: Kept[tuple[SellerId, datetime], int] = Kept(_WEEKS_KEPT)

    def pace_of(self, connection: Connection, asked: PaceAsked, now: datetime) -> Pace:
        """The pace of this seller before this instant."""
        since = micros(now - _HOUR)
        in_hour = _IN_HOUR.all(connection, {"seller_id": asked.seller_id, "since": since})[0].mails
        in_thread = 0
        if asked.thread_id is not None:
            in_thread = _IN_THREAD.all(connection, {"thread_id": asked.thread_id, "since": since})[0].mails
        in_week = self._in_week(connection, asked.seller_id, now) if in_hour >= _OF_NOTE else 0
        return Pace(in_hour=in_hour, in_week=in_week, in_thread_in_hour=in_thread)

    def _in_week(self, connection: Connection, seller_id: SellerId, now: datetime) -> int:
        until = now.replace(minute=0, second=0, microsecond=0)
        known = self._weeks.get((seller_id, until))
        if known is None:
            values = {"seller_id": seller_id, "since": micros(until - _WEEK), "until": micros(until)}
            known = int(_IN_WEEK.all(connection, values)[0].mails)
            self._weeks.put((seller_id, until), known)
        return known
