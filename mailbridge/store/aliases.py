"""Mints and lists aliases (design.md D6): a pair for each (marketplace, seller, buyer), never changed, never reused."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from mailbridge.domain.ids import AliasId, BuyerId, MarketplaceId, SellerId
from mailbridge.domain.parties import Role
from mailbridge.domain.thread import Alias
from mailbridge.store.ids import new_alias, new_id
from mailbridge.store.rows import AnyRow, alias_values, instant, micros, to_alias
from mailbridge.store.shownrows import AliasRow
from mailbridge.store.tables import aliases, buyers, marketplaces, sellers

_CHUNK = 500
_OF_BUYERS = select(aliases.c.marketplace_id, aliases.c.seller_id, aliases.c.buyer_id, aliases.c.stands_for).where(
    aliases.c.buyer_id.in_(bindparam("buyer_ids", expanding=True))
)
_LISTED = (
    select(
        aliases,
        marketplaces.c.reference.label("market_reference"),
        sellers.c.reference.label("seller_reference"),
        buyers.c.reference.label("buyer_reference"),
    )
    .join(marketplaces, marketplaces.c.id == aliases.c.marketplace_id)
    .join(sellers, sellers.c.id == aliases.c.seller_id)
    .join(buyers, buyers.c.id == aliases.c.buyer_id)
)
_SINCE = _LISTED.where(aliases.c.created_at >= bindparam("since")).order_by(aliases.c.created_at, aliases.c.id)
_OF_PAIR = _LISTED.where(aliases.c.seller_id == bindparam("seller"), aliases.c.buyer_id == bindparam("buyer")).order_by(
    aliases.c.stands_for
)
_BY_ADDRESS = _LISTED.where(aliases.c.address == bindparam("address"))


def mint_pairs(connection: Connection, pairs: Sequence[tuple[str, str, str, str]], now: datetime) -> tuple[Alias, ...]:
    """Mint what is missing for (marketplace id, alias domain, seller id, buyer id); returns the new ones."""
    buyer_ids = sorted({buyer_id for _, _, _, buyer_id in pairs})
    known = {
        tuple(row)
        for start in range(0, len(buyer_ids), _CHUNK)
        for row in connection.execute(_OF_BUYERS, {"buyer_ids": buyer_ids[start : start + _CHUNK]})
    }
    minted = tuple(
        Alias(
            id=AliasId(new_id(now)),
            address=new_alias(domain),
            marketplace_id=MarketplaceId(market_id),
            seller_id=SellerId(seller_id),
            buyer_id=BuyerId(buyer_id),
            stands_for=role,
        )
        for market_id, domain, seller_id, buyer_id in pairs
        for role in Role
        if (market_id, seller_id, buyer_id, role.value) not in known
    )
    if minted:
        connection.execute(insert(aliases), [alias_values(alias, micros(now)) for alias in minted])
    return minted


def aliases_since(connection: Connection, since: datetime | None) -> tuple[AliasRow, ...]:
    """Aliases made at or after `since`, oldest first; all with None."""
    rows = connection.execute(_SINCE, {"since": 0 if since is None else micros(since)})
    return tuple(_to_row(row) for row in rows)


def alias_by_address(connection: Connection, address: str) -> AliasRow | None:
    """The alias with this address, or None."""
    row = connection.execute(_BY_ADDRESS, {"address": address.lower()}).one_or_none()
    return None if row is None else _to_row(row)


def aliases_of_pair(connection: Connection, seller_id: str, buyer_id: str) -> tuple[AliasRow, ...]:
    """Both aliases of a pair: the buyer's, then the seller's."""
    rows = connection.execute(_OF_PAIR, {"seller": seller_id, "buyer": buyer_id})
    return tuple(_to_row(row) for row in rows)


def _to_row(row: AnyRow) -> AliasRow:
    return AliasRow(
        alias=to_alias(row),
        marketplace=row.market_reference,
        seller=row.seller_reference,
        buyer=row.buyer_reference or "",
        created_at=instant(row.created_at),
    )
