"""Slowly changing rows kept in memory: marketplaces, sellers with their standing, contact names, who stands behind an
alias, and orders.

A change of trade data or of a standing counts up the mark "catalogue"; what is kept is dropped at once after a write of
this process and within a second after a write of another one. Decides nothing: what an address means is
`destinations.py`.
"""

import time
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from sqlalchemy import Connection, bindparam, select

from mailbridge.domain.facts import AliasDestination
from mailbridge.domain.ids import BuyerId, MarketplaceId, SellerId
from mailbridge.domain.parties import Buyer, Marketplace, Role, Seller
from mailbridge.domain.thread import Alias
from mailbridge.domain.trade import Order
from mailbridge.store.acknowledgements import wishes_in_force
from mailbridge.store.conducttables import sanctions
from mailbridge.store.rows import AnyRow, to_alias, to_buyer, to_marketplace, to_order, to_sanction, to_seller
from mailbridge.store.seal import KeyRing
from mailbridge.store.statements import Query
from mailbridge.store.tables import aliases, buyers, mailboxes, marketplaces, marks, orders, sellers

POLL_EVERY_S = 1.0
_SELLERS_KEPT = 4_096
_ALIASES_KEPT = 8_192
_PAIRS_KEPT = 8_192

CATALOGUE_MARK = "catalogue"
_VERSION = select(marks.c.number).where(marks.c.name == CATALOGUE_MARK)
_MARKETPLACES = select(marketplaces).order_by(marketplaces.c.id)
_SELLER = Query(select(sellers).where(sellers.c.id == bindparam("id")))
_CONTACT = Query(
    select(sellers.c.id).where(
        sellers.c.marketplace_id == bindparam("marketplace_id"), sellers.c.contact == bindparam("contact")
    )
)
_BUYER = Query(select(buyers).where(buyers.c.id == bindparam("id")))
_MAILBOXES = Query(
    select(mailboxes).where(mailboxes.c.owner_id == bindparam("owner_id")).order_by(mailboxes.c.position)
)
_written_to = aliases.alias("written_to")
_PAIR_OF_ALIAS = select(aliases).join(
    _written_to,
    (_written_to.c.seller_id == aliases.c.seller_id)
    & (_written_to.c.buyer_id == aliases.c.buyer_id)
    & (_written_to.c.marketplace_id == aliases.c.marketplace_id),
)
_PAIR_BY_ADDRESS = Query(_PAIR_OF_ALIAS.where(_written_to.c.address == bindparam("address")))
_PAIR = Query(
    select(aliases).where(aliases.c.seller_id == bindparam("seller_id"), aliases.c.buyer_id == bindparam("buyer_id"))
)
#: orders of a pair that the facts name, the newest
ORDERS_READ = 50
_ORDERS = Query(
    select(orders)
    .where(orders.c.seller_id == bindparam("seller_id"), orders.c.buyer_id == bindparam("buyer_id"))
    .order_by(orders.c.id.desc())
    .limit(ORDERS_READ)
)
_SANCTIONS = Query(
    select(sanctions.c.id, sanctions.c.step, sanctions.c.at, sanctions.c.until)
    .where(sanctions.c.seller_id == bindparam("seller_id"), sanctions.c.lifted_at.is_(None))
    .order_by(sanctions.c.number)
)
_PARTIES_BY_MAILBOX = Query(
    select(mailboxes.c.role, mailboxes.c.owner_id).where(
        mailboxes.c.address_hash == bindparam("address_hash"),
        mailboxes.c.marketplace_id == bindparam("marketplace_id"),
        mailboxes.c.is_active.is_(True),
    )
)

_K = TypeVar("_K")
_V = TypeVar("_V")


class Kept(Generic[_K, _V]):
    """A bounded dict; the oldest entry makes room. Single operations are atomic, so threads may share it."""

    def __init__(self, limit: int) -> None:
        self._entries: dict[_K, _V] = {}
        self._limit = limit

    def get(self, key: _K) -> _V | None:
        """What is kept under this key."""
        return self._entries.get(key)

    def put(self, key: _K, value: _V) -> None:
        """Keep this."""
        if len(self._entries) >= self._limit:
            for oldest in list(self._entries)[: self._limit // 8]:
                self._entries.pop(oldest, None)
        self._entries[key] = value


@dataclass(frozen=True, slots=True, kw_only=True)
class PairAliases:
    """Both aliases of one pair, as far as they are minted."""

    for_buyer: Alias | None = None
    for_seller: Alias | None = None

    def of(self, role: Role) -> Alias | None:
        """The alias that stands for this side."""
        return self.for_buyer if role is Role.BUYER else self.for_seller


NO_ALIASES = PairAliases()


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """What was read while the mark had one value; a reader that began with an old snapshot fills only that one."""

    version: int
    by_id: dict[MarketplaceId, Marketplace]
    by_domain: dict[str, Marketplace]
    domains: frozenset[str]
    sellers: Kept[SellerId, Seller] = field(default_factory=lambda: Kept(_SELLERS_KEPT))
    contacts: Kept[tuple[MarketplaceId, str], Seller] = field(default_factory=lambda: Kept(_SELLERS_KEPT))
    aliases: Kept[str, tuple[AliasDestination, PairAliases]] = field(default_factory=lambda: Kept(_ALIASES_KEPT))
    orders: Kept[tuple[SellerId, BuyerId], tuple[Order, ...]] = field(default_factory=lambda: Kept(_PAIRS_KEPT))


class Catalogue:
    """Answers from memory where it can; every method takes the connection it may read from."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys
        self._snapshot: _Snapshot | None = None
        self._looked_at = 0.0

    def forget(self) -> None:
        """Trade data changed: read everything anew."""
        self._snapshot = None

    def _current(self, connection: Connection) -> _Snapshot:
        snapshot = self._snapshot
        now = time.monotonic()
        if snapshot is not None and now - self._looked_at < POLL_EVERY_S:
            return snapshot
        version = int(connection.execute(_VERSION).scalar_one())
        if snapshot is None or snapshot.version != version:
            found = [to_marketplace(row) for row in connection.execute(_MARKETPLACES)]
            snapshot = _Snapshot(
                version=version,
                by_id={market.id: market for market in found},
                by_domain={market.alias_domain: market for market in found},
                domains=frozenset(market.alias_domain for market in found),
            )
            self._snapshot = snapshot
        self._looked_at = now
        return snapshot

    def marketplace_of_domain(self, connection: Connection, domain: str) -> Marketplace | None:
        """The marketplace whose alias domain this is (lower case)."""
        return self._current(connection).by_domain.get(domain)

    def marketplace(self, connection: Connection, marketplace_id: MarketplaceId) -> Marketplace:
        """The marketplace with this id."""
        return self._current(connection).by_id[marketplace_id]

    def marketplaces(self, connection: Connection) -> tuple[Marketplace, ...]:
        """Every marketplace, in the order of their alias domains."""
        by_domain = self._current(connection).by_domain
        return tuple(by_domain[domain] for domain in sorted(by_domain))

    def domains(self, connection: Connection) -> frozenset[str]:
        """Every alias domain, lower case."""
        return self._current(connection).domains

    def seller(self, connection: Connection, seller_id: SellerId) -> Seller:
        """The seller with this id."""
        kept = self._current(connection).sellers
        seller = kept.get(seller_id)
        if seller is None:
            [row] = _SELLER.all(connection, {"id": seller_id})
            seller = to_seller(row, _MAILBOXES.all(connection, {"owner_id": seller_id}), self._keys)
            taken = _SANCTIONS.all(connection, {"seller_id": seller_id})
            if taken:
                seller = replace(seller, sanctions=tuple(map(to_sanction, taken)))
            wishes = wishes_in_force(connection, seller_id, self._keys.holder(f"seller.{row.id}", row.holder))
            if wishes is not None:
                seller = replace(seller, acknowledgement=wishes)
            kept.put(seller_id, seller)
        return seller

    def seller_of_contact(self, connection: Connection, marketplace_id: MarketplaceId, contact: str) -> Seller | None:
        """The seller whose public contact address has this local part (lower case)."""
        kept = self._current(connection).contacts
        seller = kept.get((marketplace_id, contact))
        if seller is None:
            found = _CONTACT.first(connection, {"marketplace_id": marketplace_id, "contact": contact})
            if found is None:
                return None
            seller = self.seller(connection, SellerId(found.id))
            kept.put((marketplace_id, contact), seller)
        return seller

    def buyer(self, connection: Connection, buyer_id: BuyerId) -> Buyer:
        """The buyer with this id; never kept, there are too many."""
        [row] = _BUYER.all(connection, {"id": buyer_id})
        return to_buyer(row, _MAILBOXES.all(connection, {"owner_id": buyer_id}), self._keys)

    def behind_alias(self, connection: Connection, address: str) -> tuple[AliasDestination, PairAliases] | None:
        """What an alias address (lower case) means, with both aliases of its pair."""
        kept = self._current(connection).aliases
        found = kept.get(address)
        if found is None:
            rows = _PAIR_BY_ADDRESS.all(connection, {"address": address})
            if not rows:
                return None
            pair = [to_alias(row) for row in rows]
            written_to = next(alias for alias in pair if alias.address.addr_spec == address)
            destination = AliasDestination(
                alias=written_to,
                marketplace=self.marketplace(connection, written_to.marketplace_id),
                seller=self.seller(connection, written_to.seller_id),
                buyer=self.buyer(connection, written_to.buyer_id),
            )
            found = (destination, _pair_aliases(pair))
            kept.put(address, found)
        return found

    def aliases_of(self, connection: Connection, seller_id: SellerId, buyer_id: BuyerId) -> PairAliases:
        """Both aliases of a pair, as far as they are minted."""
        rows = _PAIR.all(connection, {"seller_id": seller_id, "buyer_id": buyer_id})
        return _pair_aliases([to_alias(row) for row in rows])

    def orders_of(self, connection: Connection, seller_id: SellerId, buyer_id: BuyerId) -> tuple[Order, ...]:
        """The newest orders of a pair."""
        kept = self._current(connection).orders
        found = kept.get((seller_id, buyer_id))
        if found is None:
            rows = _ORDERS.all(connection, {"seller_id": seller_id, "buyer_id": buyer_id})
            found = tuple(to_order(row) for row in rows)
            kept.put((seller_id, buyer_id), found)
        return found

    def parties_by_mailbox(
        self, connection: Connection, marketplace_id: MarketplaceId, addr_spec: str
    ) -> tuple[Seller | None, Buyer | None]:
        """Seller and buyer of this marketplace with this active mailbox; the first seller where several share it."""
        rows = self._owners(connection, marketplace_id, addr_spec)
        seller_ids = sorted(row.owner_id for row in rows if row.role == Role.SELLER.value)
        buyer_ids = [row.owner_id for row in rows if row.role == Role.BUYER.value]
        return (
            self.seller(connection, SellerId(seller_ids[0])) if seller_ids else None,
            self.buyer(connection, BuyerId(buyer_ids[0])) if buyer_ids else None,
        )

    def sellers_by_mailbox(
        self, connection: Connection, marketplace_id: MarketplaceId, addr_spec: str
    ) -> tuple[Seller, ...]:
        """Every seller of this marketplace with this active mailbox."""
        rows = self._owners(connection, marketplace_id, addr_spec)
        seller_ids = sorted(row.owner_id for row in rows if row.role == Role.SELLER.value)
        return tuple(self.seller(connection, SellerId(seller_id)) for seller_id in seller_ids)

    def _owners(self, connection: Connection, marketplace_id: MarketplaceId, addr_spec: str) -> list[AnyRow]:
        values = {"address_hash": self._keys.lookup(addr_spec), "marketplace_id": marketplace_id}
        return _PARTIES_BY_MAILBOX.all(connection, values)


def _pair_aliases(pair: list[Alias]) -> PairAliases:
    by_role = {alias.stands_for: alias for alias in pair}
    return PairAliases(for_buyer=by_role.get(Role.BUYER), for_seller=by_role.get(Role.SELLER))
