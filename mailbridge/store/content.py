"""The sealed content of records and deliveries, and the keys that open it (design.md D14).

A record's content key is wrapped for its thread, its seller and its buyer; for the store itself only where nobody is
known. Deliveries of a record are sealed under the record's key. Runs no statement but the one that fetches a missing
holder key.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from mailbridge.domain.address import RealAddress
from mailbridge.domain.delivery import NewDelivery, PostKind
from mailbridge.domain.ids import DeliveryId, MarketplaceId, RecordId, ThreadId
from mailbridge.errors import SealBroken
from mailbridge.store.fingerprints import message_id_hash
from mailbridge.store.rows import AnyRow, from_octets, instant, micros, to_octets
from mailbridge.store.seal import KeyRing, Sealer
from mailbridge.store.tables import buyers, deliveries, records, sellers, threads

_HOLDERS = {
    kind: select(table.c.holder).where(table.c.id == bindparam("id"))
    for kind, table in (("thread", threads), ("seller", sellers), ("buyer", buyers))
}
_HEADER_OCTETS = 4

#: what `record_sealer` needs of a row, whatever else is selected beside it
KEY_COLUMNS = (
    records.c.id.label("key_record_id"),
    records.c.thread_id.label("key_thread_id"),
    records.c.wrap_thread.label("key_wrap_thread"),
    records.c.wrap_store.label("key_wrap_store"),
    threads.c.holder.label("key_holder"),
)
#: records with their keys: `select(...).select_from(KEYED_RECORDS)`
KEYED_RECORDS = records.outerjoin(threads, threads.c.id == records.c.thread_id)
#: deliveries with the keys of their record, where there is one
KEYED_DELIVERIES = deliveries.outerjoin(records, records.c.id == deliveries.c.record_id).outerjoin(
    threads, threads.c.id == records.c.thread_id
)
RECORD_KEYS = select(*KEY_COLUMNS).select_from(KEYED_RECORDS).where(records.c.id == bindparam("id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """Whose keys open a record."""

    thread: Sealer | None = None
    seller: Sealer | None = None
    buyer: Sealer | None = None


def holder_of(connection: Connection, keys: KeyRing, kind: str, owner_id: str) -> Sealer:
    """The holder key of a "thread", "seller" or "buyer", from memory or from its row."""
    owner = f"{kind}.{owner_id}"
    kept = keys.kept_holder(owner)
    if kept is not None:
        return kept
    return keys.holder(owner, connection.execute(_HOLDERS[kind], {"id": owner_id}).scalar_one())


def wraps(record_id: RecordId, sealer: Sealer, holders: Holders, keys: KeyRing) -> dict[str, bytes | None]:
    """The four wrap columns of a record."""

    def wrapped(holder: Sealer | None, kind: str) -> bytes | None:
        return None if holder is None else holder.wrap(sealer, f"records.wrap_{kind}.{record_id}")

    is_nobodys = holders.thread is None and holders.seller is None and holders.buyer is None
    return {
        "wrap_thread": wrapped(holders.thread, "thread"),
        "wrap_seller": wrapped(holders.seller, "seller"),
        "wrap_buyer": wrapped(holders.buyer, "buyer"),
        "wrap_store": wrapped(keys.store if is_nobodys else None, "store"),
    }


def record_sealer(row: AnyRow, keys: KeyRing) -> Sealer:
    """The content key of a record, from a row with `KEY_COLUMNS`."""
    record_id = row.key_record_id
    if row.key_wrap_store is not None:
        return keys.store.unwrap(row.key_wrap_store, f"records.wrap_store.{record_id}")
    if row.key_wrap_thread is None or row.key_holder is None:
        raise SealBroken(f"records.{record_id} has no key any more")
    holder = keys.holder(f"thread.{row.key_thread_id}", row.key_holder)
    return holder.unwrap(row.key_wrap_thread, f"records.wrap_thread.{record_id}")


def seal_details(record_id: RecordId, details: dict[str, object], sealer: Sealer) -> bytes:
    """The details column."""
    return sealer.seal(to_octets(details), f"records.details.{record_id}")


def open_details(record_id: str, details: bytes, sealer: Sealer) -> dict[str, Any]:
    """What `seal_details` was given."""
    opened: dict[str, Any] = from_octets(sealer.open(details, f"records.details.{record_id}"))
    return opened


def seal_octets(record_id: RecordId, octets: bytes, sealer: Sealer) -> bytes:
    """The octets column: the mail as it came."""
    return sealer.seal(octets, f"records.octets.{record_id}")


def open_octets(record_id: str, octets: bytes, sealer: Sealer) -> bytes:
    """The mail as it came."""
    return sealer.open(octets, f"records.octets.{record_id}")


def delivery_values(delivery: NewDelivery, sealer: Sealer, keys: KeyRing) -> dict[str, object]:
    """The columns of a new delivery that do not depend on who may send it when."""
    header = to_octets(
        [delivery.forward_path.addr_spec, delivery.reverse_path, delivery.message_id, delivery.signing_domain]
    )
    content = len(header).to_bytes(_HEADER_OCTETS, "big") + header + delivery.octets
    return {
        "id": delivery.id,
        "record_id": delivery.record_id,
        "thread_id": delivery.thread_id,
        "marketplace_id": delivery.marketplace_id,
        "kind": delivery.kind.value,
        "reader": delivery.reader,
        "composed_at": micros(delivery.composed_at),
        "expires_at": micros(delivery.expires_at),
        "message_hash": None if delivery.kind is PostKind.RELAY else message_id_hash(keys, delivery.message_id),
        "wrap_store": None,
        "content": sealer.seal(content, f"deliveries.content.{delivery.id}"),
    }


def delivery_sealer(row: AnyRow, keys: KeyRing) -> Sealer:
    """The key of a delivery, from a row of `KEYED_DELIVERIES`."""
    if row.wrap_store is not None:
        return keys.store.unwrap(row.wrap_store, f"deliveries.wrap_store.{row.id}")
    return record_sealer(row, keys)


def to_delivery(row: AnyRow, keys: KeyRing) -> NewDelivery:
    """A row of deliveries with `KEY_COLUMNS` beside it."""
    content = delivery_sealer(row, keys).open(row.content, f"deliveries.content.{row.id}")
    end = _HEADER_OCTETS + int.from_bytes(content[:_HEADER_OCTETS], "big")
    forward_path, reverse_path, message_id, signing_domain = from_octets(content[_HEADER_OCTETS:end])
    return NewDelivery(
        id=DeliveryId(row.id),
        record_id=None if row.record_id is None else RecordId(row.record_id),
        kind=PostKind(row.kind),
        marketplace_id=None if row.marketplace_id is None else MarketplaceId(row.marketplace_id),
        thread_id=None if row.thread_id is None else ThreadId(row.thread_id),
        forward_path=RealAddress(forward_path),
        reverse_path=reverse_path,
        octets=content[end:],
        message_id=message_id,
        signing_domain=signing_domain,
        composed_at=instant(row.composed_at),
        expires_at=instant(row.expires_at),
        reader=row.reader,
    )


def seal_diagnostic(delivery_id: DeliveryId, words: str, sealer: Sealer) -> bytes:
    """The diagnostic column: what the far side said, which may name the mailbox."""
    return sealer.seal(words.encode("utf-8", "surrogatepass"), f"deliveries.diagnostic.{delivery_id}")


def open_diagnostic(row: AnyRow, sealer: Sealer) -> str:
    """What the far side said; "" before the first attempt and after a good one."""
    if row.diagnostic is None:
        return ""
    return sealer.open(row.diagnostic, f"deliveries.diagnostic.{row.id}").decode("utf-8", "surrogatepass")
