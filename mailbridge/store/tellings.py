"""Writes what a seller wants for himself: to be told of opt-outs (E-06), time to stop his messages (N-15)."""

from sqlalchemy import Connection, bindparam, insert, update

from mailbridge.domain.ids import SellerId
from mailbridge.store.rows import to_json
from mailbridge.store.tables import events, sellers
from mailbridge.store.trade import count_up
from mailbridge.store.wishes import OptOutTelling

_TELL = update(sellers).where(sellers.c.id == bindparam("of_seller")).values(told_of_opt_outs=bindparam("is_told"))

_UNDO = update(sellers).where(sellers.c.id == bindparam("of_seller")).values(undo_s=bindparam("seconds"))


def apply_undo(connection: Connection, seller_id: SellerId, seconds: int, *, at: object) -> None:
    """Note how long his messages wait, at so many microseconds; every process hears of it."""
    connection.execute(_UNDO, {"of_seller": seller_id, "seconds": seconds})
    count_up(connection)
    event = {"at": at, "kind": "seller.undo", "record_id": None, "thread_id": None}
    connection.execute(insert(events), {**event, "detail": to_json({"seller": seller_id, "seconds": seconds})})


def apply_telling(connection: Connection, wanted: OptOutTelling, *, at: object, record_id: str | None = None) -> None:
    """Note what the seller wants, at so many microseconds; every process hears of it."""
    connection.execute(_TELL, {"of_seller": wanted.seller_id, "is_told": wanted.is_told})
    count_up(connection)
    detail = {"seller": wanted.seller_id, "is_told": wanted.is_told, "via": wanted.via}
    event = {"at": at, "kind": "seller.told_of_opt_outs", "record_id": record_id, "thread_id": None}
    connection.execute(insert(events), {**event, "detail": to_json(detail)})
