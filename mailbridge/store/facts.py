"""Facts: everything a decision may look at, read in a handful of statements (design.md §4).

For a reply in a running thread: alias, parties, marketplace and orders from memory, then threads of the pair and the
dedupe key. Reads only; what was read may be old by the time of the commit, which checks versions and
unique keys.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypedDict

from sqlalchemy import BindParameter, Connection, and_, bindparam, literal_column, or_, select

from mailbridge.domain.authresults import AuthResults
from mailbridge.domain.envelope import Envelope
from mailbridge.domain.facts import DeliveredBefore, Facts
from mailbridge.domain.ids import RecordId, ThreadId
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Buyer, Direction, Role, Seller
from mailbridge.domain.thread import Thread, ThreadMessageIds
from mailbridge.domain.trade import Offer, Order
from mailbridge.store.catalogue import ORDERS_READ, Catalogue
from mailbridge.store.content import KEY_COLUMNS, KEYED_RECORDS, open_details, record_sealer
from mailbridge.store.destinations import Destinations
from mailbridge.store.fingerprints import (
    KEY_WITHOUT_ID,
    dedupe_key,
    known_buyer,
    message_id_hash,
    remote_id_hash,
    waits_keys,
)
from mailbridge.store.participants import Finder, Participants
from mailbridge.store.rows import micros, to_offer, to_order, to_thread
from mailbridge.store.seal import KeyRing
from mailbridge.store.statements import Query
from mailbridge.store.tables import deliveries, offers, orders, records, threads

#: threads of a pair that the facts name; `LegRecord.pair_threads_seen` counts no further
THREADS_READ = 20
#: without a Message-ID the same content is the same mail for this long (design.md §2, Dedupe)
DEDUPE_WITHOUT_ID = timedelta(days=5)
_HISTORY_READ = 50
_IDS_ASKED = 20

_PAIR = (threads.c.seller_id == bindparam("seller_id"), threads.c.buyer_id == bindparam("buyer_id"))
_THREADS = Query(
    select(threads).where(*_PAIR).order_by(threads.c.last_at.desc(), threads.c.id.desc()).limit(THREADS_READ)
)
_references: BindParameter[Any] = bindparam("references", expanding=True)
_NAMED_ORDERS = select(orders).where(orders.c.seller_id == bindparam("seller_id"), orders.c.reference.in_(_references))
_NAMED_OFFERS = select(offers).where(
    offers.c.seller_id == bindparam("seller_id"),
    or_(offers.c.reference.in_(_references), offers.c.id.in_(bindparam("ids", expanding=True))),
)
#: the same mail of before, and mail that this one waits behind: two questions in one statement
_BEFORE = Query(
    select(records.c.id, records.c.received_at, records.c.dedupe_key).where(
        or_(
            records.c.dedupe_key == bindparam("dedupe_key"),
            and_(
                records.c.state == literal_column("'screening'"),
                records.c.waits_key.in_([bindparam("waits_key"), bindparam("other_key")]),
            ),
        )
    )
)
_hashes: BindParameter[Any] = bindparam("hashes", expanding=True)
_BY_MESSAGE_ID = (
    select(records.c.thread_id, records.c.buyer_id_hash, records.c.seller_id_hash)
    .join(threads, threads.c.id == records.c.thread_id)
    .where(*_PAIR, or_(records.c.buyer_id_hash.in_(_hashes), records.c.seller_id_hash.in_(_hashes)))
)
_BY_DELIVERY = (
    select(deliveries.c.thread_id, deliveries.c.remote_hash, deliveries.c.message_hash)
    .join(threads, threads.c.id == deliveries.c.thread_id)
    .where(
        *_PAIR,
        or_(
            deliveries.c.remote_hash.in_(bindparam("remote_hashes", expanding=True)),
            deliveries.c.message_hash.in_(_hashes),
        ),
    )
)
_HISTORY = (
    select(records.c.details, *KEY_COLUMNS)
    .select_from(KEYED_RECORDS)
    .where(
        records.c.thread_id == bindparam("thread_id"),
        records.c.direction == bindparam("direction"),
        records.c.disposition == literal_column("'relayed'"),
    )
    .order_by(records.c.received_at.desc())
    .limit(_HISTORY_READ)
)


class _Before(TypedDict):
    """Two facts that one statement tells."""

    duplicate_of: DeliveredBefore | None
    is_behind: bool


@dataclass(frozen=True, slots=True)
class FactsReader:
    """Reads the facts of one message at one forward-path."""

    keys: KeyRing
    catalogue: Catalogue
    destinations: Destinations
    finder: Finder

    def read(
        self,
        connection: Connection,
        envelope: Envelope,
        message: Message,
        *,
        auth: AuthResults,
        forward_path: str,
        now: datetime,
    ) -> Facts:
        """All facts but `history`, `is_spam` and `pardon`."""
        destination = self.destinations.find(connection, forward_path, now)
        people = self.finder.find(connection, destination, message)
        found, known = self._threads(connection, people), self._orders(connection, people)
        key = dedupe_key(self.keys, envelope, message, auth=auth, forward_path=forward_path)
        waits = waits_keys(self.keys, destination, message, buyer=known_buyer(people.author, people.buyer))
        return Facts(
            now=now,
            envelope=envelope,
            forward_path=forward_path,
            auth=auth,
            destination=destination,
            our_domains=self.catalogue.domains(connection),
            marketplace=people.marketplace,
            author=people.author,
            seller=people.seller,
            buyer=people.buyer,
            alias=people.alias,
            alias_of_author=people.aliases.of(people.alias.stands_for.other) if people.alias is not None else None,
            threads=found,
            threads_by_id=self._threads_by_id(connection, people, found, message),
            orders=known,
            offers=self._offers(connection, found, people, known),
            dedupe_key=key,
            **self._before(connection, key, waits, now),
        )

    def history(self, connection: Connection, facts: Facts, thread_id: ThreadId) -> tuple[str, ...]:
        """What was delivered to this author in this thread, newest first (D11)."""
        if facts.author_role is None:
            return ()
        towards = Direction.TO_SELLER if facts.author_role is Role.SELLER else Direction.TO_BUYER
        rows = connection.execute(_HISTORY, {"thread_id": thread_id, "direction": towards.value}).all()
        opened = (open_details(row.key_record_id, row.details, record_sealer(row, self.keys)) for row in rows)
        return tuple(details["delivered_text"] for details in opened if details["delivered_text"])

    def _threads(self, connection: Connection, people: Participants) -> tuple[Thread, ...]:
        return threads_between(connection, self.keys, *people.pair) if people.pair is not None else ()

    def _orders(self, connection: Connection, people: Participants) -> tuple[Order, ...]:
        found: dict[str, Order] = {}
        if people.pair is not None:
            seller, buyer = people.pair
            found.update((order.id, order) for order in self.catalogue.orders_of(connection, seller.id, buyer.id))
        if people.contact is not None and people.named:
            values = {"seller_id": people.contact.id, "references": people.named}
            found.update((row.id, to_order(row)) for row in connection.execute(_NAMED_ORDERS, values))
        return tuple(found.values())[:ORDERS_READ]

    def _offers(
        self, connection: Connection, of_pair: tuple[Thread, ...], people: Participants, known: tuple[Order, ...]
    ) -> tuple[Offer, ...]:
        """Offers that threads are about or that may be named; a number of an order is not asked for again."""
        seller = people.contact or (people.pair[0] if people.pair is not None else None)
        ids = [thread.offer_id for thread in of_pair if thread.offer_id is not None]
        orders_named = {order.reference.lower() for order in known}
        named = [word for word in people.named if word.lower() not in orders_named]
        if seller is None or not (ids or named):
            return ()
        values = {"seller_id": seller.id, "references": named, "ids": ids}
        return tuple(to_offer(row) for row in connection.execute(_NAMED_OFFERS, values))[:ORDERS_READ]

    def _before(self, connection: Connection, key: bytes, waits: tuple[bytes, ...], now: datetime) -> _Before:
        """What came before: the same mail, and mail of the same two people that is being screened."""
        own, other = (waits[0], waits[-1]) if waits else (b"", b"")
        rows = _BEFORE.all(connection, {"dedupe_key": key, "waits_key": own, "other_key": other})
        found = _Before(duplicate_of=None, is_behind=False)
        for row in rows:
            if row.dedupe_key != key:
                found["is_behind"] = True
            elif key[:1] != KEY_WITHOUT_ID or row.received_at > micros(now - DEDUPE_WITHOUT_ID):
                found["duplicate_of"] = DeliveredBefore(record_id=RecordId(row.id))
        return found

    def _threads_by_id(
        self, connection: Connection, people: Participants, of_pair: tuple[Thread, ...], message: Message
    ) -> tuple[ThreadId, ...]:
        """Threads of the pair by the ids the message names: In-Reply-To first, then References from the newest."""
        named = list(dict.fromkeys((*message.in_reply_to, *reversed(message.references))))[:_IDS_ASKED]
        if not named or not of_pair:
            return ()
        found: dict[str, ThreadId] = {}
        for thread in of_pair:
            for identifier in _ids_kept(thread):
                found.setdefault(identifier, thread.id)
        missing = [identifier for identifier in named if identifier not in found]
        if missing:
            found.update(self._by_hash(connection, _pair(people), missing))
        return tuple(dict.fromkeys(found[identifier] for identifier in named if identifier in found))

    def _by_hash(self, connection: Connection, pair: dict[str, str], missing: list[str]) -> dict[str, ThreadId]:
        """Ids older than those that stay with the thread, of mail that is no relay, or given by a smarthost (D5)."""
        names = {message_id_hash(self.keys, identifier): identifier for identifier in missing}
        values = {**pair, "hashes": list(names)}
        names.update({remote_id_hash(self.keys, identifier): identifier for identifier in missing})
        asked = {**values, "remote_hashes": list(names)}
        found: dict[str, ThreadId] = {}
        for statement, given in ((_BY_DELIVERY, asked), (_BY_MESSAGE_ID, values)):
            for thread_id, *hashes in connection.execute(statement, given):
                found.update((names[value], ThreadId(thread_id)) for value in hashes if value in names)
        return found


def threads_between(connection: Connection, keys: KeyRing, seller: Seller, buyer: Buyer) -> tuple[Thread, ...]:
    """The conversations of the two, the latest first: THREADS_READ of them at most."""
    rows = _THREADS.all(connection, {"seller_id": seller.id, "buyer_id": buyer.id})
    return tuple(to_thread(row, keys) for row in rows)


def _pair(people: Participants) -> dict[str, str]:
    if people.pair is None:
        raise ValueError("there is no pair")
    return {"seller_id": people.pair[0].id, "buyer_id": people.pair[1].id}


def _ids_kept(thread: Thread) -> list[str]:
    ids = [thread.root_message_id, *(side for entry in thread.message_ids for side in _sides(entry))]
    return [identifier for identifier in ids if identifier]


def _sides(entry: ThreadMessageIds) -> tuple[str | None, str | None]:
    return entry.for_buyer, entry.for_seller
