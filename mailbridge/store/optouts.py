"""What buyers want no more of (S-15, S-16, N-05): wishes added and taken back, once each, with an event that stays.

A wish is a row; who takes it back deletes the row. The one-use tokens by which a buyer does so are rows of `actions`,
bound to the message they stood in and so to one buyer and one seller. What a wish stops is a rule's to say.
"""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, literal_column, or_, select, update

from mailbridge.domain.facts import ActionKind
from mailbridge.domain.ids import BuyerId, RecordId, SellerId, ThreadId
from mailbridge.domain.outreach import OptOut, OptOutKind, Wish
from mailbridge.errors import Conflict, NotFound
from mailbridge.store.catalogue import Catalogue
from mailbridge.store.conducttables import opt_outs
from mailbridge.store.rows import AnyRow, instant, micros, to_json
from mailbridge.store.statements import insert_or
from mailbridge.store.tables import actions, buyers, events, marketplaces, records, sellers
from mailbridge.store.wishes import NewOptOut, OptOutOffer, OptOutOrder, OptOutRow

#: how `actions.scope` says whose messages it is about
_SELLER, _MARKET = "seller", "market"
_KINDS = (ActionKind.OPT_OUT.value, ActionKind.OPT_IN.value)

_TAKE_BACK = delete(opt_outs).where(
    opt_outs.c.buyer_id == bindparam("buyer_id"),
    opt_outs.c.seller_id == bindparam("seller_id"),
    opt_outs.c.kind == bindparam("kind"),
)
#: an unknown token, one whose time is over and one for something else are the same: no row
_OFFER = (
    select(
        *(actions.c.token_hash, actions.c.kind, actions.c.record_id, actions.c.scope, actions.c.wish),
        actions.c.used_at,
        *(records.c.thread_id, records.c.seller_id, records.c.buyer_id),
    )
    .join(records, records.c.id == actions.c.record_id)
    .where(
        actions.c.token_hash == bindparam("token_hash"),
        actions.c.kind.in_(_KINDS),
        actions.c.expires_at > bindparam("now"),
        records.c.thread_id.is_not(None),
    )
)
_OF_RECORD = select(records.c.seller_id, records.c.buyer_id).where(records.c.id == bindparam("record_id"))
_USE = (
    update(actions)
    .where(actions.c.token_hash == bindparam("hash"), actions.c.used_at.is_(None))
    .values(used_at=bindparam("at"), scope=bindparam("new_scope"), wish=bindparam("new_wish"))
)
_WISHES = select(opt_outs.c.seller_id, opt_outs.c.kind, opt_outs.c.at).where(
    opt_outs.c.buyer_id == bindparam("buyer_id"),
    opt_outs.c.seller_id.in_([bindparam("seller_id"), literal_column("''")]),
)
_MARKET_ID = select(marketplaces.c.id).where(marketplaces.c.reference == bindparam("reference"))
_OF_MARKET = {
    table.name: select(table.c.id).where(
        table.c.marketplace_id == bindparam("marketplace_id"), table.c.reference == bindparam("reference")
    )
    for table in (sellers, buyers)
}
_BUYER_REFERENCE = func.coalesce(buyers.c.reference, buyers.c.id)
_LIST = (
    select(
        marketplaces.c.reference.label("marketplace"),
        func.coalesce(sellers.c.reference, sellers.c.id, "").label("seller"),
        _BUYER_REFERENCE.label("buyer"),
        *(opt_outs.c.kind, opt_outs.c.at, opt_outs.c.via),
    )
    .select_from(
        opt_outs.join(buyers, buyers.c.id == opt_outs.c.buyer_id)
        .join(marketplaces, marketplaces.c.id == buyers.c.marketplace_id)
        .outerjoin(sellers, sellers.c.id == opt_outs.c.seller_id)
    )
    .where(
        or_(bindparam("buyer") == "", bindparam("buyer") == _BUYER_REFERENCE),
        or_(bindparam("market") == "", marketplaces.c.reference == bindparam("market")),
    )
    .order_by(opt_outs.c.at.desc(), opt_outs.c.buyer_id, opt_outs.c.seller_id, opt_outs.c.kind)
    .limit(bindparam("most"))
)


@cache
def _add(dialect: str) -> Any:
    return insert_or(opt_outs, dialect).on_conflict_do_nothing().returning(opt_outs.c.at)


def apply_opt_out(connection: Connection, new: NewOptOut, *, at: object, record_id: RecordId | None) -> bool:
    """Write one wish, or take it back; False where it was so already, and nothing is written.

    `at` is in microseconds; `record_id` is the mail that asked for it, or the one whose link was used.
    """
    row = {"buyer_id": new.buyer_id, "seller_id": new.seller_id or "", "kind": new.kind.value}
    if new.is_taken_back:
        changed = connection.execute(_TAKE_BACK, row).rowcount == 1
    else:
        values = {**row, "at": at, "via": new.via}
        changed = connection.execute(_add(connection.dialect.name), values).first() is not None
    if changed:
        kind = "optout.taken_back" if new.is_taken_back else "optout.added"
        event = {"at": at, "kind": kind, "record_id": record_id, "thread_id": None}
        connection.execute(insert(events), {**event, "detail": to_json({**row, "via": new.via})})
    return changed


def wishes_about(connection: Connection, buyer_id: str, seller_id: str) -> tuple[OptOut, ...]:
    """Every wish of this buyer that concerns this seller."""
    return tuple(
        OptOut(
            seller_id=SellerId(row.seller_id) if row.seller_id else None,
            kind=OptOutKind(row.kind),
            at=instant(row.at),
        )
        for row in connection.execute(_WISHES, {"buyer_id": buyer_id, "seller_id": seller_id})
    )


def wish_columns(wish: Wish | None) -> dict[str, str | None]:
    """What a row of `actions` says of a wish."""
    if wish is None:
        return {"scope": None, "wish": None}
    return {"scope": _MARKET if wish.of_all_sellers else _SELLER, "wish": wish.kind.value}


def _wish_of(row: AnyRow) -> Wish:
    kind = OptOutKind(row.wish) if row.wish else OptOutKind.ALL
    return Wish(of_all_sellers=row.scope == _MARKET, kind=kind)


def is_in_force(connection: Connection, action: AnyRow) -> bool:
    """True while what this row of `actions` asked for is on record; asked of one that was used only."""
    if action.used_at is None:
        return False
    pair = connection.execute(_OF_RECORD, {"record_id": action.record_id}).one()
    wish = _wish_of(action)
    seller_id = None if wish.of_all_sellers else pair.seller_id
    found = wishes_about(connection, pair.buyer_id or "", pair.seller_id or "")
    return any((each.seller_id, each.kind) == (seller_id, wish.kind) for each in found)


def offer_of(connection: Connection, catalogue: Catalogue, *, token_hash: bytes, now: datetime) -> OptOutOffer | None:
    """What this token is for; None alike where it is unknown, is for something else, or its time is over."""
    row = connection.execute(_OFFER, {"token_hash": token_hash, "now": micros(now)}).one_or_none()
    if row is None:
        return None
    seller = catalogue.seller(connection, SellerId(row.seller_id))
    return OptOutOffer(
        token_hash=token_hash,
        kind=ActionKind(row.kind),
        wish=_wish_of(row),
        record_id=RecordId(row.record_id),
        thread_id=ThreadId(row.thread_id),
        marketplace=catalogue.marketplace(connection, seller.marketplace_id),
        seller=seller,
        buyer=catalogue.buyer(connection, BuyerId(row.buyer_id)),
        is_used=row.used_at is not None,
        opt_outs=wishes_about(connection, row.buyer_id, row.seller_id),
    )


def use(connection: Connection, offer: OptOutOffer, new: NewOptOut, now: datetime) -> None:
    """Use up a token for this wish, which it stands for from now on; Conflict where somebody did so meanwhile."""
    chosen = wish_columns(Wish(of_all_sellers=new.seller_id is None, kind=new.kind))
    values = {"hash": offer.token_hash, "at": micros(now), "new_scope": chosen["scope"], "new_wish": chosen["wish"]}
    if connection.execute(_USE, values).rowcount != 1:
        raise Conflict("the action was used before")
    apply_opt_out(connection, new, at=micros(now), record_id=offer.record_id)


def order(connection: Connection, wanted: OptOutOrder, now: datetime) -> bool:
    """Do what a person says for a buyer; False where it was so already. NotFound when a reference names nothing."""
    market_id = connection.execute(_MARKET_ID, {"reference": wanted.marketplace}).scalar()
    if market_id is None:
        raise NotFound(f"no marketplace has the reference {wanted.marketplace}")
    seller_id = _party(connection, "sellers", market_id, wanted.seller) if wanted.seller else None
    new = NewOptOut(
        buyer_id=BuyerId(_party(connection, "buyers", market_id, wanted.buyer)),
        seller_id=SellerId(seller_id) if seller_id is not None else None,
        kind=wanted.kind,
        via="command",
        is_taken_back=wanted.is_taken_back,
    )
    return apply_opt_out(connection, new, at=micros(now), record_id=None)


def _party(connection: Connection, table: str, market_id: str, reference: str) -> str:
    """By the market's reference; of a buyer that the market never named, and that has none, by the id on our record."""
    values = {"marketplace_id": market_id, "reference": reference}
    found: Any = connection.execute(_OF_MARKET[table], values).scalar()
    if found is None and table == "buyers":
        unnamed = and_(buyers.c.id == reference, buyers.c.marketplace_id == market_id, buyers.c.reference.is_(None))
        found = connection.execute(select(buyers.c.id).where(unnamed)).scalar()
    if found is None:
        raise NotFound(f"no {table.removesuffix('s')} of this marketplace has the reference {reference}")
    return str(found)


def listed(connection: Connection, *, market: str, buyer: str, limit: int) -> tuple[OptOutRow, ...]:
    """Wishes on record, the newest first; "" for any marketplace and any buyer."""
    rows = connection.execute(_LIST, {"market": market, "buyer": buyer, "most": limit})
    return tuple(
        OptOutRow(
            marketplace=row.marketplace,
            seller=row.seller,
            buyer=row.buyer,
            kind=OptOutKind(row.kind),
            at=instant(row.at),
            via=row.via,
        )
        for row in rows
    )
