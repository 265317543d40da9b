"""What sellers started and went out: counted when the next one comes, written with the message that is one.

Each has a number among those of its seller: one that was judged by counts that no longer hold is judged again.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Label, Select, bindparam, func, insert, literal_column, select

from mailbridge.domain.ids import RecordId, SellerId
from mailbridge.domain.outreach import JudgedBy, OptOut, OptOutKind, Outreach, OutreachHistory, Reason
from mailbridge.errors import Conflict
from mailbridge.store.conducttables import opt_outs, outreach
from mailbridge.store.rows import instant, micros
from mailbridge.store.statements import Query
from mailbridge.store.tables import orders

#: what is counted goes no further than this: bounds what one question costs
_SENT_COUNTED = 10_000
_ORDERS_COUNTED = 100_000
_ABOUT_ORDER_COUNTED = 100
_ORDERS_OF_LATE = timedelta(days=30)

_OF_SELLER = outreach.c.seller_id == bindparam("seller_id")


def _counted(rows: Select[Any], limit: int, name: str) -> Label[int]:
    """How many rows there are, counted so far, as a column."""
    return select(func.count()).select_from(rows.limit(limit).subquery(name)).scalar_subquery().label(name)


_OPT_OUTS = Query(
    select(opt_outs.c.seller_id, opt_outs.c.kind, opt_outs.c.at).where(
        opt_outs.c.buyer_id == bindparam("buyer_id"),
        opt_outs.c.seller_id.in_([bindparam("seller_id"), literal_column("''")]),
    )
)
_COUNTS = Query(
    select(
        select(func.coalesce(func.max(outreach.c.number), 0)).where(_OF_SELLER).scalar_subquery().label("number"),
        _counted(select(outreach.c.at).where(_OF_SELLER, outreach.c.at >= bindparam("today")), _SENT_COUNTED, "sent"),
        _counted(
            select(orders.c.placed_at).where(
                orders.c.seller_id == bindparam("seller_id"), orders.c.placed_at > bindparam("after")
            ),
            _ORDERS_COUNTED,
            "placed",
        ),
    )
)
_ABOUT_ORDER = Query(
    select(outreach.c.reason, func.count().label("times"))
    .where(outreach.c.order_id == bindparam("order_id"), outreach.c.seller_id == bindparam("seller_id"))
    .group_by(outreach.c.reason)
)
_LAST = select(
    select(func.coalesce(func.max(outreach.c.number), 0)).where(_OF_SELLER).scalar_subquery(),
    select(func.count())
    .select_from(outreach)
    .where(outreach.c.order_id == bindparam("order_id"), _OF_SELLER, outreach.c.reason == bindparam("reason"))
    .scalar_subquery(),
)
_INSERT = insert(outreach)


def history_of(connection: Connection, about: Outreach, now: datetime) -> OutreachHistory:
    """What is on record when this seller starts a message to this buyer."""
    pair = {"buyer_id": about.buyer_id, "seller_id": about.seller_id}
    order = {"order_id": about.order_id, "seller_id": about.seller_id}
    before = _ABOUT_ORDER.all(connection, order) if about.order_id is not None else []
    since = {"today": micros(about.today), "after": micros(now - _ORDERS_OF_LATE)}
    [counts] = _COUNTS.all(connection, {"seller_id": about.seller_id, **since})
    return OutreachHistory(
        opt_outs=tuple(
            OptOut(
                seller_id=SellerId(row.seller_id) if row.seller_id else None,
                kind=OptOutKind(row.kind),
                at=instant(row.at),
            )
            for row in _OPT_OUTS.all(connection, pair)
        ),
        sent_today=counts.sent,
        about_order=tuple(
            reason
            for row in before
            for reason in (Reason(row.reason) if row.reason else None,) * min(row.times, _ABOUT_ORDER_COUNTED)
        ),
        orders_in_30_days=counts.placed,
        number=counts.number,
    )


def write_outreach(
    connection: Connection, record_id: RecordId, about: Outreach, at: int, *, judged_by: JudgedBy | None
) -> None:
    """Note one that goes out; Conflict where so much went out since that it must be judged again."""
    reason = about.reason.value if about.reason is not None else ""
    values = {"seller_id": about.seller_id, "order_id": about.order_id, "reason": reason}
    last, same = connection.execute(_LAST, values).one()
    if judged_by is not None:
        is_other = about.order_id is not None and min(same, _ABOUT_ORDER_COUNTED) != judged_by.about_order
        if is_other or last > judged_by.number + judged_by.slack:
            raise Conflict("the seller started other messages meanwhile")
    connection.execute(
        _INSERT,
        {
            "record_id": record_id,
            "seller_id": about.seller_id,
            "buyer_id": about.buyer_id,
            "order_id": about.order_id,
            "reason": reason,
            "number": last + 1,
            "at": at,
        },
    )
