"""Threads and their messages for people: listed, shown with their texts, mended (`thread move`, D7)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from mailbridge.domain.classification import MailKind
from mailbridge.domain.ids import RecordId, ThreadId
from mailbridge.domain.parties import Direction
from mailbridge.domain.thread import Thread
from mailbridge.errors import NotFound
from mailbridge.policy.topics import priority_of
from mailbridge.store.catalogue import Catalogue
from mailbridge.store.content import KEY_COLUMNS, KEYED_RECORDS, holder_of, open_details, record_sealer, seal_details
from mailbridge.store.fingerprints import message_id_hash
from mailbridge.store.held import facts_of, findings_of
from mailbridge.store.rows import AnyRow, instant, micros, thread_content, to_json, to_thread
from mailbridge.store.seal import KeyRing, Sealer
from mailbridge.store.shownrows import RecordRow, ThreadRow
from mailbridge.store.tables import deliveries, events, marketplaces, records, sellers, threads

_MESSAGES = (
    select(func.count())
    .where(records.c.thread_id == threads.c.id)
    .correlate(threads)
    .scalar_subquery()
    .label("messages")
)
_THREADS: Select[Any] = (
    select(threads, marketplaces.c.name.label("market_name"), sellers.c.name.label("seller_name"), _MESSAGES)
    .join(marketplaces, marketplaces.c.id == threads.c.marketplace_id)
    .join(sellers, sellers.c.id == threads.c.seller_id)
)
_LISTED = (
    _THREADS.where(threads.c.last_at < bindparam("before"))
    .order_by(threads.c.last_at.desc(), threads.c.id.desc())
    .limit(bindparam("most"))
)
_ONE = _THREADS.where(threads.c.id == bindparam("id"))
_KEYED = select(records, *KEY_COLUMNS).select_from(KEYED_RECORDS)
_OF_THREAD = _KEYED.where(records.c.thread_id == bindparam("id")).order_by(records.c.received_at, records.c.id)
_RECORD = _KEYED.where(records.c.id == bindparam("id"))
_THREAD = select(threads).where(threads.c.id == bindparam("id")).with_for_update()
_MOVE = (
    update(records)
    .where(records.c.id == bindparam("record_id"))
    .values(thread_id=bindparam("new_thread"), wrap_thread=bindparam("new_wrap"), details=bindparam("new_details"))
)
_MOVE_DELIVERIES = (
    update(deliveries).where(deliveries.c.record_id == bindparam("moved")).values(thread_id=bindparam("new_thread"))
)
_CONTENT = (
    update(threads)
    .where(threads.c.id == bindparam("thread"))
    .values(content=bindparam("new_content"), version=threads.c.version + 1)
)
_END_OF_TIME = 2**62


class Conversations:
    """What people see of threads."""

    def __init__(self, keys: KeyRing, catalogue: Catalogue) -> None:
        self._keys = keys
        self._catalogue = catalogue

    def threads(self, connection: Connection, limit: int, before: datetime | None) -> tuple[ThreadRow, ...]:
        """The threads with the newest messages first, older than `before`."""
        values = {"before": _END_OF_TIME if before is None else micros(before), "most": limit}
        return tuple(self._to_row(connection, row) for row in connection.execute(_LISTED, values).all())

    def thread(self, connection: Connection, thread_id: ThreadId) -> ThreadRow:
        """One thread; NotFound when there is none."""
        row = connection.execute(_ONE, {"id": thread_id}).one_or_none()
        if row is None:
            raise NotFound(f"no thread {thread_id}")
        return self._to_row(connection, row)

    def view(self, connection: Connection, thread_id: ThreadId) -> tuple[RecordRow, ...]:
        """The messages of a thread with their texts, oldest first; NotFound when there is no such thread."""
        self.thread(connection, thread_id)
        return tuple(self._to_record(row) for row in connection.execute(_OF_THREAD, {"id": thread_id}).all())

    def record(self, connection: Connection, record_id: RecordId) -> RecordRow:
        """One message with its text; NotFound when there is none."""
        row = connection.execute(_RECORD, {"id": record_id}).one_or_none()
        if row is None:
            raise NotFound(f"no message {record_id}")
        return self._to_record(row)

    def move(self, connection: Connection, record_id: RecordId, to_thread_id: ThreadId, now: datetime) -> None:
        """Put a message into another thread of the same two people: ids, keys and deliveries go with it.

        NotFound when one of them does not exist or the thread is of other people.
        """
        row = connection.execute(_RECORD, {"id": record_id}).one_or_none()
        target = connection.execute(_THREAD, {"id": to_thread_id}).one_or_none()
        if row is None or row.thread_id is None:
            raise NotFound(f"no message {record_id} in any thread")
        if target is None or (target.seller_id, target.buyer_id) != (row.seller_id, row.buyer_id):
            raise NotFound(f"no thread {to_thread_id} of the same two people")
        if row.thread_id == to_thread_id:
            return
        holder = holder_of(connection, self._keys, "thread", to_thread_id)
        sealer = record_sealer(row, self._keys)
        values = {"record_id": record_id, "new_thread": to_thread_id}
        wrapped = holder.wrap(sealer, f"records.wrap_thread.{record_id}")
        connection.execute(_MOVE, {**values, "new_wrap": wrapped, "new_details": _decided(row, sealer)})
        connection.execute(_MOVE_DELIVERIES, {"moved": record_id, "new_thread": to_thread_id})
        self._move_ids(connection, row, to_thread(target, self._keys), holder)
        event = {"at": micros(now), "kind": "record.moved", "record_id": record_id, "thread_id": to_thread_id}
        connection.execute(insert(events), {**event, "detail": to_json({"from": row.thread_id})})

    def _move_ids(self, connection: Connection, row: AnyRow, target: Thread, holder: Sealer) -> None:
        """The ids that stay with a thread choose it before their hashes do, so they move too."""
        source = to_thread(connection.execute(_THREAD, {"id": row.thread_id}).one(), self._keys)
        hashes = {value for value in (row.buyer_id_hash, row.seller_id_hash) if value is not None}

        def is_moved(ids: tuple[str | None, ...]) -> bool:
            return any(i is not None and message_id_hash(self._keys, i) in hashes for i in ids)

        moved = tuple(ids for ids in source.message_ids if is_moved((ids.for_buyer, ids.for_seller)))
        kept = tuple(ids for ids in source.message_ids if ids not in moved)
        source_holder = holder_of(connection, self._keys, "thread", source.id)
        for thread, ids, key in ((source, kept, source_holder), (target, (*target.message_ids, *moved), holder)):
            content = thread_content(replace(thread, message_ids=ids), key)
            connection.execute(_CONTENT, {"thread": thread.id, "new_content": content})

    def _to_row(self, connection: Connection, row: AnyRow) -> ThreadRow:
        thread = to_thread(row, self._keys)
        buyer = self._catalogue.buyer(connection, thread.buyer_id)
        return ThreadRow(
            thread=thread,
            marketplace=row.market_name,
            seller=row.seller_name,
            buyer=buyer.name or buyer.handle,
            messages=row.messages,
        )

    def _to_record(self, row: AnyRow) -> RecordRow:
        details = open_details(row.id, row.details, record_sealer(row, self._keys))
        return RecordRow(
            record_id=RecordId(row.id),
            thread_id=None if row.thread_id is None else ThreadId(row.thread_id),
            direction=None if row.direction is None else Direction(row.direction),
            state=row.state,
            reason=row.reason,
            received_at=instant(row.received_at),
            subject=details["subject"],
            new_text=details["new_text"] or details["delivered_text"],
            delivered_text=details["delivered_text"],
            attachments=tuple(details["attachments"]),
            findings=findings_of(details),
            facts=facts_of(details),
            ruleset=row.ruleset,
            files=tuple(_said_of(*note) for note in details.get("files", ())),
            is_uncertain=details.get("is_uncertain", False),
            kind=MailKind(details["kind"]) if "kind" in details else None,
            topics=tuple(details.get("topics", ())),
            priority=priority_of(details.get("topics", ())),
        )


def _decided(row: AnyRow, sealer: Sealer) -> bytes:
    """The details of a message whose thread a person chose: that is uncertain no more."""
    details = open_details(row.id, row.details, sealer)
    if not details.pop("is_uncertain", False):
        return bytes(row.details)
    return seal_details(RecordId(row.id), details, sealer)


def _said_of(name: str, kind: str, removed: list[str], declared: str, is_unread: bool = False) -> str:  # noqa: FBT001, FBT002  # as it was kept
    """What was done to one file, for people."""
    said = [kind, *([f"removed {', '.join(removed)}"] if removed else [])]
    said += [f"declared as {declared}: its text was not searched"] if declared else []
    said += ["damaged or of another kind: searched octet by octet"] if is_unread else []
    return f"{name}: {'; '.join(said)}"
