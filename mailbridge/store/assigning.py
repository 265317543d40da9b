"""Writes who takes a conversation: in the commit of the mail that says so, or by a command.

Whether somebody may take it is decided before. Each change is an event that names nobody: a mailbox is told by the
beginning of its keyed hash.
"""

from dataclasses import replace

from sqlalchemy import Connection, bindparam, insert, select, update

from mailbridge.domain.address import RealAddress
from mailbridge.errors import NotFound
from mailbridge.store.content import holder_of
from mailbridge.store.rows import thread_content, to_json, to_thread
from mailbridge.store.seal import KeyRing
from mailbridge.store.staffrecords import Assignment
from mailbridge.store.tables import events, threads

_THREAD = select(threads).where(threads.c.id == bindparam("id")).with_for_update()
_CHANGE = (
    update(threads)
    .where(threads.c.id == bindparam("thread"))
    .values(content=bindparam("new_content"), version=threads.c.version + 1)
)
_SHOWN = 12


def assign(connection: Connection, keys: KeyRing, wanted: Assignment, at: object) -> bool:
    """Note who takes a conversation, at so many microseconds; False where nothing changes. NotFound for no thread.

    A mail on its way that was judged before is relayed all the same: it only finds another version (design.md §2).
    """
    row = connection.execute(_THREAD, {"id": wanted.thread_id}).one_or_none()
    if row is None:
        raise NotFound(f"no thread {wanted.thread_id}")
    thread = to_thread(row, keys)
    is_taken = wanted.only_if_free and thread.assigned_to is not None
    if is_taken or _key(thread.assigned_to) == _key(wanted.mailbox):
        return False
    holder = holder_of(connection, keys, "thread", thread.id)
    content = thread_content(replace(thread, assigned_to=wanted.mailbox), holder)
    connection.execute(_CHANGE, {"thread": thread.id, "new_content": content})
    event = {"at": at, "kind": "thread.assigned", "record_id": wanted.record_id, "thread_id": thread.id}
    detail = {"to": shown_mailbox(keys, wanted.mailbox), "by": wanted.by}
    connection.execute(insert(events), {**event, "detail": to_json(detail)})
    return True


def shown_mailbox(keys: KeyRing, mailbox: RealAddress | None) -> str | None:
    """A mailbox in an event: twelve hexadecimal digits that tell it from others and name nobody."""
    return None if mailbox is None else keys.lookup(mailbox.addr_spec).hex()[:_SHOWN]


def _key(mailbox: RealAddress | None) -> str | None:
    return None if mailbox is None else mailbox.key
