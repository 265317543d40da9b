"""What sellers started and went out: counted when the next one comes, written with the message that is one.

Each has a number among those of its seller: of two that were judged by the same counts, the second finds its number
taken, and is judged again.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, insert, literal_column, select

from mailbridge.domain.ids import RecordId, SellerId
from mailbridge.domain.outreach import OptOut, OptOutKind, Outreach, OutreachHistory, Reason
from mailbridge.store.conducttables import opt_outs, outreach
from mailbridge.store.rows import instant, micros
from mailbridge.store.statements import Query
from mailbridge.store.tables import orders

#: outreach of one seller that is counted for a day, the newest: bounds what one question costs
_SENT_READ = 1000
#: a day in any time zone, and the part of it that is elsewhere another day
_DAY_ANYWHERE = timedelta(days=2)
_ORDERS_OF_LATE = timedelta(days=30)
_ABOUT_ORDER_READ = 100

_OPT_OUTS = Query(
    select(opt_outs.c.seller_id, opt_outs.c.kind, opt_outs.c.at).where(
        opt_outs.c.buyer_id == bindparam("buyer_id"),
        opt_outs.c.seller_id.in_([bindparam("seller_id"), literal_column("''")]),
    )
)
_SENT = Query(
    select(outreach.c.number, outreach.c.at)
    .where(outreach.c.seller_id == bindparam("seller_id"))
    .order_by(outreach.c.number.desc())
    .limit(_SENT_READ)
)
_ABOUT_ORDER = Query(
    select(outreach.c.reason)
    .where(outreach.c.order_id == bindparam("order_id"), outreach.c.seller_id == bindparam("seller_id"))
    .limit(_ABOUT_ORDER_READ)
)
_ORDERS = Query(
    select(func.count().label("orders")).where(
        orders.c.seller_id == bindparam("seller_id"), orders.c.placed_at > bindparam("after")
    )
)
_LAST = select(func.coalesce(func.max(outreach.c.number), 0)).where(outreach.c.seller_id == bindparam("seller_id"))
_INSERT = insert(outreach)


def history_of(connection: Connection, about: Outreach, now: datetime) -> OutreachHistory:
    """What is on record when this seller starts a message to this buyer."""
    pair = {"buyer_id": about.buyer_id, "seller_id": about.seller_id}
    sent = _SENT.all(connection, {"seller_id": about.seller_id})
    since = micros(now - _DAY_ANYWHERE)
    order = {"order_id": about.order_id, "seller_id": about.seller_id}
    before = _ABOUT_ORDER.all(connection, order) if about.order_id is not None else []
    counted = {"seller_id": about.seller_id, "after": micros(now - _ORDERS_OF_LATE)}
    [placed] = _ORDERS.all(connection, counted)
    return OutreachHistory(
        opt_outs=tuple(
            OptOut(
                seller_id=SellerId(row.seller_id) if row.seller_id else None,
                kind=OptOutKind(row.kind),
                at=instant(row.at),
            )
            for row in _OPT_OUTS.all(connection, pair)
        ),
        sent_at=tuple(instant(row.at) for row in sent if row.at > since),
        about_order=tuple(Reason(row.reason) if row.reason else None for row in before),
        orders_in_30_days=placed.orders,
        number=sent[0].number if sent else 0,
    )


def write_outreach(connection: Connection, record_id: RecordId, about: Outreach, at: int, *, after: int | None) -> None:
    """Note one that goes out; `after`: the number it was judged by, None where no rule asked. Taken: IntegrityError."""
    last = connection.execute(_LAST, {"seller_id": about.seller_id}).scalar_one() if after is None else after
    connection.execute(
        _INSERT,
        {
            "record_id": record_id,
            "seller_id": about.seller_id,
            "buyer_id": about.buyer_id,
            "order_id": about.order_id,
            "reason": about.reason.value if about.reason is not None else "",
            "number": last + 1,
            "at": at,
        },
    )
