"""Threads mended by a person: two merged, or one split; messages go with their ids and deliveries (T3, T5, D7).

Only among threads of the same two people; nothing is sent, and what clients show changes with the next mail.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update

from mailbridge.domain.ids import RecordId, ThreadId
from mailbridge.domain.thread import Area, Thread, ThreadMessageIds, ThreadState
from mailbridge.errors import NotFound, NotPossible
from mailbridge.policy.topics import both_of
from mailbridge.store.catalogue import Catalogue
from mailbridge.store.content import holder_of
from mailbridge.store.conversations import Conversations
from mailbridge.store.ids import new_id, new_message_id
from mailbridge.store.prepared import thread_columns
from mailbridge.store.rows import micros, to_json, to_thread
from mailbridge.store.seal import KeyRing
from mailbridge.store.tables import events, records, threads

_THREAD = select(threads).where(threads.c.id == bindparam("id")).with_for_update()
_CHANGE = update(threads).where(threads.c.id == bindparam("thread"))
_MESSAGES = (
    select(records.c.id, records.c.received_at)
    .where(records.c.thread_id == bindparam("id"))
    .order_by(records.c.received_at, records.c.id)
)
_RECORD = select(records.c.thread_id).where(records.c.id == bindparam("id"))
_LAST_NUMBER = select(func.coalesce(func.max(threads.c.pair_number), 0)).where(
    threads.c.seller_id == bindparam("seller_id"), threads.c.buyer_id == bindparam("buyer_id")
)


class ThreadMending:
    """What a person changes of threads."""

    def __init__(self, keys: KeyRing, catalogue: Catalogue, conversations: Conversations) -> None:
        self._keys = keys
        self._catalogue = catalogue
        self._conversations = conversations

    def merge(self, connection: Connection, source_id: ThreadId, target_id: ThreadId, now: datetime) -> int:
        """Put every message of one thread into another of the same two people, and close the one; how many went.

        Answers to mail of the closed one go to the other from now on. NotFound when one of them does not exist or they
        are of other people, NotPossible when both are the same.
        """
        if source_id == target_id:
            raise NotPossible("a thread can not be merged into itself")
        source, target = self._thread(connection, source_id), self._thread(connection, target_id)
        if (source.seller_id, source.buyer_id) != (target.seller_id, target.buyer_id):
            raise NotFound(f"no thread {target_id} of the same two people")
        moved = [RecordId(row.id) for row in connection.execute(_MESSAGES, {"id": source_id}).all()]
        for record_id in moved:
            self._conversations.move(connection, record_id, target_id, now)
        joined = replace(
            target,
            message_ids=_joined_ids(source, target),
            seller_was_written_to=source.seller_was_written_to or target.seller_was_written_to,
            buyer_was_written_to=source.buyer_was_written_to or target.buyer_was_written_to,
            copies_market=source.copies_market or target.copies_market,
            assigned_to=target.assigned_to or source.assigned_to,
            market_reference=target.market_reference or source.market_reference,
            topics=both_of(source.topics, target.topics),
            has_people=source.has_people or target.has_people,
            last_by=max(source, target, key=lambda one: one.last_at or now).last_by,
            is_acknowledged=source.is_acknowledged or target.is_acknowledged,
            last_at=max(filter(None, (source.last_at, target.last_at)), default=now),
        )
        self._write(connection, joined)
        emptied = replace(source, root_message_id="", message_ids=(), market_reference="", state=ThreadState.CLOSED)
        self._write(connection, emptied)
        _tell(connection, "thread.merged", target_id, {"from": source_id, "messages": len(moved)}, micros(now))
        return len(moved)

    def split(self, connection: Connection, record_id: RecordId, order: str, now: datetime) -> tuple[ThreadId, int]:
        """Put a message and all after it into a new thread of the same two people, about this order ("" for none).

        The new thread and how many went. NotFound when there is no such message in a thread or no such order between
        the two, NotPossible when it is the first message of its thread.
        """
        thread_id = connection.execute(_RECORD, {"id": record_id}).scalar_one_or_none()
        if thread_id is None:
            raise NotFound(f"no message {record_id} in any thread")
        source = self._thread(connection, ThreadId(thread_id))
        messages = [RecordId(row.id) for row in connection.execute(_MESSAGES, {"id": thread_id}).all()]
        moved = messages[messages.index(record_id) :]
        if len(moved) == len(messages):
            raise NotPossible(f"{record_id} is the first message of its thread: nothing would be left of it")
        opened = self._insert(connection, source, order, now)
        for moving in moved:
            self._conversations.move(connection, moving, opened, now)
        _tell(connection, "thread.split", opened, {"from": thread_id, "messages": len(moved)}, micros(now))
        return opened, len(moved)

    def change_state(
        self, connection: Connection, thread_id: ThreadId, state: ThreadState, why: str, now: datetime
    ) -> None:
        """Put a thread into another state; whether that is allowed was decided before. NotFound when there is none."""
        thread = self._thread(connection, thread_id)
        self._write(connection, thread.in_state(state))
        detail: dict[str, object] = {"from": thread.state.value, "to": state.value, "by": "market", "why": why}
        _tell(connection, "thread.state", thread_id, detail, micros(now))

    def _thread(self, connection: Connection, thread_id: ThreadId) -> Thread:
        row = connection.execute(_THREAD, {"id": thread_id}).one_or_none()
        if row is None:
            raise NotFound(f"no thread {thread_id}")
        return to_thread(row, self._keys)

    def _insert(self, connection: Connection, like: Thread, order: str, now: datetime) -> ThreadId:
        """A new thread of the same two people, with their subjects."""
        orders = self._catalogue.orders_of(connection, like.seller_id, like.buyer_id)
        found = next((one for one in orders if one.reference.lower() == order.lower()), None) if order else None
        if order and found is None:
            raise NotFound(f"no order {order} between the two")
        domain = self._catalogue.marketplace(connection, like.marketplace_id).alias_domain
        thread = replace(
            like,
            id=ThreadId(new_id(now)),
            area=Area.ORDER if found is not None else Area.QUESTION,
            order_id=found.id if found is not None else None,
            order_reference=found.reference if found is not None else "",
            offer_id=None,
            offer_reference="",
            state=ThreadState.OPEN,
            market_reference="",
            market_joined_at=None,
            root_message_id=new_message_id(domain),
            message_ids=(),
        )
        holder, wrapped = self._keys.new_holder(f"thread.{thread.id}")
        pair = {"seller_id": like.seller_id, "buyer_id": like.buyer_id}
        number = connection.execute(_LAST_NUMBER, pair).scalar_one() + 1
        columns = thread_columns(thread, holder, micros(like.last_at or now))
        own = {"id": thread.id, "marketplace_id": like.marketplace_id, "version": 1, "holder": wrapped}
        connection.execute(insert(threads), {**columns, **own, **pair, "pair_number": number})
        return thread.id

    def _write(self, connection: Connection, thread: Thread) -> None:
        holder = holder_of(connection, self._keys, "thread", thread.id)
        columns = thread_columns(thread, holder, micros(thread.last_at) if thread.last_at else 0)
        connection.execute(_CHANGE.values(**columns, version=threads.c.version + 1), {"thread": thread.id})


def _joined_ids(source: Thread, target: Thread) -> tuple[ThreadMessageIds, ...]:
    """The ids of both, the thread that was written in last at the end: answers go by the newest."""
    both = sorted((source, target), key=lambda thread: thread.last_at.timestamp() if thread.last_at else 0.0)
    ids = [entry for thread in both for entry in thread.message_ids]
    # Every mail of the source names its root: as an id of the target it leads there.
    root = ThreadMessageIds(for_buyer=source.root_message_id, for_seller=source.root_message_id)
    return (*ids[:-1], root, *ids[-1:])


def _tell(connection: Connection, kind: str, thread_id: str, detail: dict[str, object], at: int) -> None:
    event = {"at": at, "kind": kind, "record_id": None, "thread_id": thread_id, "detail": to_json(detail)}
    connection.execute(insert(events), event)
