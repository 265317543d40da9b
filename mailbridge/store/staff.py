"""Writes what sellers set about their mailboxes, and whether messaging is switched off for one of them (S-13, S-17).

Who takes a conversation is `assigning.py`. Switching messaging off or on plans what follows from it in the same commit:
the seller is told, and what was kept goes on.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, insert, literal_column, select, update

from mailbridge.domain.address import RealAddress
from mailbridge.domain.ids import IntentId, RecordId, SellerId
from mailbridge.domain.parties import Seller
from mailbridge.domain.staff import StaffTerms
from mailbridge.errors import NotFound
from mailbridge.policy.plan import HoldReason, IntentKind
from mailbridge.policy.staff import is_switched_off
from mailbridge.store.assigning import shown_mailbox
from mailbridge.store.content import holder_of
from mailbridge.store.ids import new_id
from mailbridge.store.newintents import insert_intents
from mailbridge.store.prepared import Values
from mailbridge.store.records import NewIntent
from mailbridge.store.rows import mailbox_content, mailbox_place, micros, to_json, to_mailboxes, to_seller
from mailbridge.store.seal import KeyRing
from mailbridge.store.tables import events, mailboxes, records, sellers

_SELLER = select(sellers).where(sellers.c.id == bindparam("id"))
_MAILBOXES = select(mailboxes).where(mailboxes.c.owner_id == bindparam("id")).order_by(mailboxes.c.position)
_CONTENT = (
    update(mailboxes)
    .where(mailboxes.c.owner_id == bindparam("owner"), mailboxes.c.address_hash == bindparam("hash"))
    .values(content=bindparam("new_content"))
)
_TAKING = update(sellers).where(sellers.c.id == bindparam("of_seller")).values(first_answer_takes=bindparam("takes"))
_SWITCH = update(sellers).where(sellers.c.id == bindparam("of_seller")).values(messaging_off_at=bindparam("off_at"))
_KEPT_BACK = (records.c.state == literal_column("'held'"), records.c.hold == HoldReason.MESSAGING_OFF.value)
_OF_SELLER = (*_KEPT_BACK, records.c.seller_id == bindparam("of_seller"))
_COUNT: Select[Any] = select(func.count()).where(*_OF_SELLER)
_KEPT = select(records.c.id).where(*_OF_SELLER).order_by(records.c.received_at, records.c.id).limit(bindparam("most"))
# Not in an order: to sort them SQLite would read every seller there is.
_WITH_KEPT = select(sellers.c.id).where(
    sellers.c.messaging_off_at.is_not(None),
    select(records.c.id).where(*_KEPT_BACK, records.c.seller_id == sellers.c.id).exists(),
)
_REHOLD = (
    update(records)
    .where(records.c.id == bindparam("record_id"), records.c.state == literal_column("'held'"))
    .values(hold=bindparam("new_hold"))
)


def save_terms(
    connection: Connection, keys: KeyRing, seller_id: SellerId, terms: dict[RealAddress, StaffTerms], now: datetime
) -> None:
    """Set these terms of mailboxes of a seller; NotFound where one of them is none of his."""
    holder = holder_of(connection, keys, "seller", seller_id)
    rows = connection.execute(_MAILBOXES, {"id": seller_id}).all()
    known = {one.address.key: (row, one) for row in rows for one in to_mailboxes([row], holder)}
    for address, wanted in terms.items():
        found = known.get(address.key)
        if found is None:
            raise NotFound("no mailbox of this seller has that address")
        row, mailbox = found
        place = mailbox_place(seller_id, row.address_hash)
        content = mailbox_content(replace(mailbox, staff=wanted), holder, place)
        connection.execute(_CONTENT, {"owner": seller_id, "hash": row.address_hash, "new_content": content})
        _note(connection, "seller.staff", now, {"seller": seller_id, "mailbox": shown_mailbox(keys, address)})
    switch_if_changed(connection, seller_now(connection, keys, seller_id), now)


def save_taking(connection: Connection, seller_id: SellerId, *, first_answer_takes: bool, now: datetime) -> None:
    """Note whether whoever answers first takes a conversation of this seller."""
    connection.execute(_TAKING, {"of_seller": seller_id, "takes": first_answer_takes})
    _note(connection, "seller.taking", now, {"seller": seller_id, "first_answer_takes": first_answer_takes})


def seller_now(connection: Connection, keys: KeyRing, seller_id: SellerId) -> Seller:
    """The seller as this transaction sees him, past what is kept in memory; without standing and acknowledgements."""
    row = connection.execute(_SELLER, {"id": seller_id}).one()
    return to_seller(row, connection.execute(_MAILBOXES, {"id": seller_id}).all(), keys)


def switch_if_changed(connection: Connection, seller: Seller, now: datetime) -> None:
    """Note that messaging is switched off for a seller, or on again, with what follows; nothing where it is so."""
    is_off = is_switched_off(seller)
    if is_off == (seller.messaging_off_at is not None):
        return
    at = micros(now)
    connection.execute(_SWITCH, {"of_seller": seller.id, "off_at": at if is_off else None})
    kind = IntentKind.TELL_MESSAGING_OFF if is_off else IntentKind.DELIVER_KEPT
    follows = NewIntent(
        id=IntentId(new_id(now)),
        kind=kind,
        due_at=now,
        seller_id=seller.id,
        unique_key=f"{kind.value}:{seller.id}:{at}",
    )
    insert_intents(connection, (follows,))
    _note(connection, "seller.messaging", now, {"seller": seller.id, "is_on": not is_off})


def kept_records(connection: Connection, seller_id: SellerId, limit: int) -> tuple[RecordId, ...]:
    """Messages of buyers that are kept while this seller's messaging is switched off, the oldest first."""
    values = {"of_seller": seller_id, "most": limit}
    return tuple(RecordId(row.id) for row in connection.execute(_KEPT, values))


def with_kept(connection: Connection) -> tuple[SellerId, ...]:
    """The sellers whose messaging is switched off and for whom something is kept."""
    return tuple(sorted(SellerId(row.id) for row in connection.execute(_WITH_KEPT)))


def count_kept(connection: Connection, seller_id: SellerId) -> int:
    """How many are kept for this seller."""
    return int(connection.execute(_COUNT, {"of_seller": seller_id}).scalar_one())


def rehold(connection: Connection, record_id: RecordId, hold: HoldReason) -> None:
    """A message that was kept waits for another reason now: a person sees it."""
    connection.execute(_REHOLD, {"record_id": record_id, "new_hold": hold.value})


def _note(connection: Connection, kind: str, now: datetime, detail: Values) -> None:
    event = {"at": micros(now), "kind": kind, "record_id": None, "thread_id": None}
    connection.execute(insert(events), {**event, "detail": to_json(detail)})
