"""Takes a file of trade data: whole or not at all, and the same file twice changes nothing (S-46).

Objects are known by (marketplace, reference). Every problem of the file is found before anything is refused, each
with the line it stands on. Reads no files; what a changed order means for a conversation is decided elsewhere.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Select, Table, bindparam, insert, select, update

from mailbridge.domain.thread import Alias
from mailbridge.errors import ImportRejected, Problem
from mailbridge.store.aliases import mint_pairs
from mailbridge.store.catalogue import CATALOGUE_MARK
from mailbridge.store.ids import new_id
from mailbridge.store.mailboxes import MailboxOwner, MailboxPlan, plan_mailboxes
from mailbridge.store.prepared import Values
from mailbridge.store.records import TradeBatch, TradeBuyer, TradeSeller
from mailbridge.store.rows import AnyRow, maybe_micros, micros
from mailbridge.store.seal import KeyRing, Sealer
from mailbridge.store.tables import buyers, mailboxes, marketplaces, marks, offers, orders, sellers
from mailbridge.store.tradechecks import contact_problem, marketplace_problem
from mailbridge.store.tradecolumns import buyer_columns, marketplace_columns, order_columns, seller_columns
from mailbridge.store.tradestaff import switch_messaging, takes_by_answer
from mailbridge.store.tradewishes import WishTaker

CHUNK = 500
_COUNT_UP = update(marks).where(marks.c.name == CATALOGUE_MARK).values(number=marks.c.number + 1)
_MARKETS = select(marketplaces)
_CONTACTS = select(sellers.c.id, sellers.c.contact).where(
    sellers.c.marketplace_id == bindparam("marketplace_id"), sellers.c.contact.in_(bindparam("keys", expanding=True))
)


def _by_reference(table: Table) -> Select[Any]:
    return select(table).where(
        table.c.marketplace_id == bindparam("marketplace_id"),
        table.c.reference.in_(bindparam("keys", expanding=True)),
    )


_KNOWN = {table.name: _by_reference(table) for table in (sellers, buyers, orders, offers)}
# A buyer whom the market never named, by a mailbox: the import tells us who he is.
_UNNAMED_BUYERS = (
    select(mailboxes.c.address_hash, buyers)
    .join(buyers, buyers.c.id == mailboxes.c.owner_id)
    .where(
        mailboxes.c.marketplace_id == bindparam("marketplace_id"),
        mailboxes.c.role == "buyer",
        buyers.c.reference.is_(None),
        mailboxes.c.address_hash.in_(bindparam("keys", expanding=True)),
    )
)


class _Item(Protocol):
    """What all objects but marketplaces share."""

    @property
    def marketplace(self) -> str: ...
    @property
    def reference(self) -> str: ...
    @property
    def line(self) -> int: ...


_I = TypeVar("_I", bound=_Item)


def count_up(connection: Connection) -> None:
    """Tell every process that trade data changed."""
    connection.execute(_COUNT_UP)


def apply_trade(connection: Connection, keys: KeyRing, batch: TradeBatch, now: datetime) -> tuple[Alias, ...]:
    """Take the batch; returns the aliases minted for its orders. Raises ImportRejected with every problem."""
    return _Taking(connection, keys, batch, now).take()


class _Taking:
    """One batch on its way in: ids by reference, and the problems found so far."""

    def __init__(self, connection: Connection, keys: KeyRing, batch: TradeBatch, now: datetime) -> None:
        self._connection = connection
        self._keys = keys
        self._batch = batch
        self._now = now
        self._problems: list[Problem] = []
        self._markets: dict[str, AnyRow] = {}
        self._sellers: dict[tuple[str, str], str] = {}
        self._buyers: dict[tuple[str, str], str] = {}
        # buyers known from a first contact that got their reference from this batch
        self._adopted: set[str] = set()

    def take(self) -> tuple[Alias, ...]:
        self._take_marketplaces()
        self._take_sellers()
        self._take_buyers()
        self._take_offers()
        pairs = self._take_orders()
        if self._problems:
            raise ImportRejected(tuple(sorted(self._problems, key=lambda problem: problem.line or 0)))
        minted = mint_pairs(self._connection, pairs, self._now)
        count_up(self._connection)
        return minted

    def _complain(self, item: Any, key: str, reason: str) -> None:
        line = item.line or None
        self._problems.append(Problem(file=self._batch.file, line=line, key=key, reason=reason))

    def _take_marketplaces(self) -> None:
        known = {row.reference: row for row in self._connection.execute(_MARKETS)}
        for market in self._once(self._batch.marketplaces, lambda item: item.reference):
            reason = marketplace_problem(market, known.values())
            if reason is not None:
                self._complain(market, *reason)
                continue
            values = marketplace_columns(market)
            if market.reference in known:
                self._update(marketplaces, [{**values, "row_id": known[market.reference].id}])
            else:
                self._connection.execute(
                    insert(marketplaces), {**values, "id": new_id(self._now), "reference": market.reference}
                )
        self._markets = {row.reference: row for row in self._connection.execute(_MARKETS)}

    def _take_sellers(self) -> None:
        rows = self._known(sellers, self._batch.sellers)
        self._check_contacts(rows)
        new, changed, owners = [], [], []
        for seller in self._once(self._in_known_market(self._batch.sellers), _market_and_reference):
            market_id = self._markets[seller.marketplace].id
            row = rows.get((market_id, seller.reference))
            if row is None:
                row_id = new_id(self._now)
                holder, wrapped = self._keys.new_holder(f"seller.{row_id}")
                key = {"id": row_id, "marketplace_id": market_id, "reference": seller.reference, "holder": wrapped}
                new.append({**seller_columns(seller, row_id, holder), **key})
            else:
                row_id, holder = row.id, self._keys.holder(f"seller.{row.id}", row.holder)
                told = row.told_of_opt_outs if seller.told_of_opt_outs is None else seller.told_of_opt_outs
                kept = {
                    "told_of_opt_outs": told,
                    "first_answer_takes": takes_by_answer(seller, row),
                    "undo_s": row.undo_s if seller.undo_s is None else seller.undo_s,
                }
                changed.append({**seller_columns(seller, row_id, holder), **kept, "row_id": row_id})
            self._sellers[market_id, seller.reference] = row_id
            owners.append(self._owner(seller, row_id, market_id, holder, is_new=row is None, role="seller"))
        self._write(sellers, new, changed)
        taker = WishTaker(self._connection, self._keys, self._now, self._complain)
        taker.take(self._batch.sellers, self._markets, self._sellers, may_write=not self._problems)
        plan = self._write_mailboxes(owners)
        if not self._problems:
            off_before = {row.id for row in rows.values() if row.messaging_off_at is not None}
            switch_messaging(self._connection, plan.active, off_before, self._now)

    def _take_buyers(self) -> None:
        rows = self._known(buyers, self._batch.buyers)
        unnamed = self._unnamed_buyers()
        new, changed, owners = [], [], []
        for buyer in self._once(self._in_known_market(self._batch.buyers), _market_and_reference):
            market_id = self._markets[buyer.marketplace].id
            row = rows.get((market_id, buyer.reference)) or self._unnamed(unnamed, buyer, market_id)
            if row is None:
                row_id = new_id(self._now)
                holder, wrapped = self._keys.new_holder(f"buyer.{row_id}")
                key = {"id": row_id, "marketplace_id": market_id, "holder": wrapped, "created_at": micros(self._now)}
                new.append({**buyer_columns(buyer, row_id, holder), **key})
            else:
                row_id, holder = row.id, self._keys.holder(f"buyer.{row.id}", row.holder)
                changed.append({**buyer_columns(buyer, row_id, holder), "row_id": row_id})
            self._buyers[market_id, buyer.reference] = row_id
            owners.append(self._owner(buyer, row_id, market_id, holder, is_new=row is None, role="buyer"))
        self._write(buyers, new, changed)
        self._write_mailboxes(owners)

    def _take_offers(self) -> None:
        rows = self._known(offers, self._batch.offers)
        self._find_parties(self._batch.offers, ())
        new: list[Values] = []
        changed: list[Values] = []
        for offer in self._once(self._in_known_market(self._batch.offers), _market_and_reference):
            market_id = self._markets[offer.marketplace].id
            seller_id = self._party(offer, "seller", self._sellers.get((market_id, offer.seller)), offer.seller)
            if seller_id is None:
                continue
            values: Values = {"seller_id": seller_id, "title": offer.title, "is_active": offer.is_active}
            self._sort_in(rows, new, changed, key=(market_id, offer.reference), values=values)
        self._write(offers, new, changed)

    def _take_orders(self) -> list[tuple[str, str, str, str]]:
        """Write the orders; returns marketplace id, alias domain, seller id and buyer id of each."""
        rows = self._known(orders, self._batch.orders)
        self._find_parties(self._batch.orders, self._batch.orders)
        new: list[Values] = []
        changed: list[Values] = []
        pairs: dict[tuple[str, str, str, str], None] = {}
        for order in self._once(self._in_known_market(self._batch.orders), _market_and_reference):
            market = self._markets[order.marketplace]
            seller_id = self._party(order, "seller", self._sellers.get((market.id, order.seller)), order.seller)
            buyer_id = self._party(order, "buyer", self._buyers.get((market.id, order.buyer)), order.buyer)
            if seller_id is None or buyer_id is None:
                continue
            values = {**order_columns(order), "seller_id": seller_id, "buyer_id": buyer_id}
            row = rows.get((market.id, order.reference))
            placed_at = maybe_micros(order.placed_at) or (row.placed_at if row is not None else micros(self._now))
            values["placed_at"] = placed_at
            self._sort_in(rows, new, changed, key=(market.id, order.reference), values=values)
            pairs[market.id, market.alias_domain, seller_id, buyer_id] = None
        self._write(orders, new, changed)
        return list(pairs)

    def _sort_in(
        self,
        rows: dict[tuple[str, str], AnyRow],
        new: list[Values],
        changed: list[Values],
        *,
        key: tuple[str, str],
        values: Values,
    ) -> None:
        row = rows.get(key)
        if row is None:
            new.append({**values, "id": new_id(self._now), "marketplace_id": key[0], "reference": key[1]})
        else:
            changed.append({**values, "row_id": row.id})

    def _once(self, items: Iterable[Any], key: Callable[[Any], object]) -> Iterable[Any]:
        """Each object once; the second one of the same name is a problem."""
        seen = set()
        for item in items:
            name = key(item)
            if name in seen:
                self._complain(item, "reference", f"{item.reference} stands twice in this file: keep the newer one")
            else:
                seen.add(name)
                yield item

    def _in_known_market(self, items: Sequence[_I]) -> Iterable[_I]:
        for item in items:
            if item.marketplace in self._markets:
                yield item
            else:
                self._complain(item, "marketplace", f"no marketplace has the reference {item.marketplace}")

    def _party(self, item: _Item, key: str, found: str | None, reference: str) -> str | None:
        if found is None:
            self._complain(item, key, f"no {key} of {item.marketplace} has the reference {reference}")
        return found

    def _references(self, items: Iterable[_Item], field: str = "reference") -> dict[str, list[str]]:
        """References by marketplace id."""
        found: dict[str, dict[str, None]] = {}
        for item in items:
            if item.marketplace in self._markets:
                found.setdefault(self._markets[item.marketplace].id, {})[getattr(item, field)] = None
        return {market_id: list(references) for market_id, references in found.items()}

    def _known(self, table: Table, items: Iterable[_Item], field: str = "reference") -> dict[tuple[str, str], AnyRow]:
        found = {}
        for market_id, references in self._references(items, field).items():
            for row in in_chunks(self._connection, _KNOWN[table.name], references, {"marketplace_id": market_id}):
                found[market_id, row.reference] = row
        return found

    def _find_parties(self, with_seller: Iterable[_Item], with_buyer: Iterable[_Item]) -> None:
        """Ids of parties that this batch names but does not hold."""
        for key, row in self._known(sellers, with_seller, "seller").items():
            self._sellers.setdefault(key, row.id)
        for key, row in self._known(buyers, with_buyer, "buyer").items():
            self._buyers.setdefault(key, row.id)

    def _check_contacts(self, rows: dict[tuple[str, str], AnyRow]) -> None:
        taken: dict[tuple[str, str], str] = {}
        for market_id, contacts in self._references(self._batch.sellers, "contact").items():
            names = {row.id: key[1] for key, row in rows.items()}
            for row in in_chunks(self._connection, _CONTACTS, contacts, {"marketplace_id": market_id}):
                taken[market_id, row.contact] = names.get(row.id, "another seller")
        for seller in self._batch.sellers:
            market = self._markets.get(seller.marketplace)
            if market is None:
                continue
            reason = contact_problem(seller.contact, market.settings)
            if reason is None and taken.setdefault((market.id, seller.contact), seller.reference) != seller.reference:
                reason = f"{seller.contact} is the contact address of another seller"
            if reason is not None:
                self._complain(seller, "contact", reason)

    def _unnamed_buyers(self) -> dict[tuple[str, bytes], AnyRow]:
        hashes: dict[str, list[bytes]] = {}
        for buyer in self._batch.buyers:
            if buyer.marketplace in self._markets:
                market_id = self._markets[buyer.marketplace].id
                found = (self._keys.lookup(mailbox.address.addr_spec) for mailbox in buyer.mailboxes)
                hashes.setdefault(market_id, []).extend(found)
        return {
            (market_id, row.address_hash): row
            for market_id, asked in hashes.items()
            for row in in_chunks(self._connection, _UNNAMED_BUYERS, asked, {"marketplace_id": market_id})
        }

    def _unnamed(self, unnamed: dict[tuple[str, bytes], AnyRow], buyer: TradeBuyer, market_id: str) -> AnyRow | None:
        for mailbox in buyer.mailboxes:
            row = unnamed.get((market_id, self._keys.lookup(mailbox.address.addr_spec)))
            if row is not None and row.id not in self._adopted:
                self._adopted.add(row.id)
                return row
        return None

    def _owner(
        self, item: TradeSeller | TradeBuyer, row_id: str, market_id: str, holder: Sealer, *, is_new: bool, role: str
    ) -> MailboxOwner:
        return MailboxOwner(
            id=row_id,
            marketplace_id=market_id,
            role=role,
            holder=holder,
            mailboxes=item.mailboxes,
            is_new=is_new,
            complain=lambda key, reason: self._complain(item, key, reason),
        )

    def _write_mailboxes(self, owners: list[MailboxOwner]) -> MailboxPlan:
        domains = frozenset(row.alias_domain for row in self._markets.values())
        plan = plan_mailboxes(self._connection, self._keys, owners, domains)
        if not self._problems:
            plan.write(self._connection)
        return plan

    def _write(self, table: Table, new: list[Values], changed: list[Values]) -> None:
        if self._problems:
            return  # nothing of this file will be kept: spare the work, and the key errors that follow from it
        if new:
            self._connection.execute(insert(table), new)
        if changed:
            self._update(table, changed)

    def _update(self, table: Table, changed: list[Values]) -> None:
        columns: Values = {name: bindparam(f"new_{name}") for name in changed[0] if name != "row_id"}
        statement = update(table).where(table.c.id == bindparam("row_id")).values(columns)
        rows = [{name if name == "row_id" else f"new_{name}": value for name, value in row.items()} for row in changed]
        self._connection.execute(statement, rows)


def in_chunks(
    connection: Connection, statement: Select[Any], keys: Sequence[object], values: Values
) -> Iterable[AnyRow]:
    """Run a statement with an expanding parameter `keys`, so many at a time that no database minds."""
    for start in range(0, len(keys), CHUNK):
        yield from connection.execute(statement, {**values, "keys": keys[start : start + CHUNK]})


def _market_and_reference(item: _Item) -> object:
    return item.marketplace, item.reference
