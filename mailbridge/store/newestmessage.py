"""The newest message of the buyer in a conversation: what a seller has seen when he says that nobody waits."""

from sqlalchemy import Connection, bindparam, literal_column, select

from mailbridge.domain.ids import RecordId, ThreadId
from mailbridge.store.tables import records

_NEWEST_OF_BUYER = (
    select(records.c.id)
    .where(
        records.c.thread_id == bindparam("thread_id"),
        records.c.direction == literal_column("'to_seller'"),
        records.c.disposition == literal_column("'relayed'"),
    )
    .order_by(records.c.received_at.desc(), records.c.id.desc())
    .limit(literal_column("1"))
)
_THREAD_OF_RECORD = select(records.c.thread_id).where(records.c.id == bindparam("record_id"))


def newest_of_buyer(connection: Connection, thread_id: ThreadId) -> RecordId | None:
    """The newest message of the buyer that went on to the seller; None where there is none."""
    found = connection.execute(_NEWEST_OF_BUYER, {"thread_id": thread_id}).scalar()
    return None if found is None else RecordId(found)


def is_newest_of_buyer(connection: Connection, record_id: RecordId) -> bool:
    """True while the buyer has written nothing after this message in its conversation."""
    thread_id = connection.execute(_THREAD_OF_RECORD, {"record_id": record_id}).scalar()
    return thread_id is not None and newest_of_buyer(connection, ThreadId(thread_id)) == record_id
