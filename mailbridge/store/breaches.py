"""Writes breaches of rules with the message that made them, dismisses them with its release; in one commit."""

from sqlalchemy import Connection, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite

from mailbridge.domain.ids import RecordId
from mailbridge.domain.standing import NewBreaches
from mailbridge.store.conducttables import breaches
from mailbridge.store.rows import micros

_INSERT = {
    "sqlite": sqlite.insert(breaches).on_conflict_do_nothing(index_elements=["record_id", "rule"]),
    "postgresql": postgresql.insert(breaches).on_conflict_do_nothing(index_elements=["record_id", "rule"]),
}
_DISMISS = (
    update(breaches)
    .where(breaches.c.record_id == bindparam("of_record"), breaches.c.dismissed_at.is_(None))
    .values(dismissed_at=bindparam("found_at"))
)


def insert_breaches(connection: Connection, new: NewBreaches) -> None:
    """Insert the breaches of one message; one that is on record is left as it is."""
    for breach in new.breaches:
        values = {
            "record_id": breach.record_id,
            "rule": breach.rule,
            "seller_id": new.seller_id,
            "severity": breach.severity.value,
            "at": micros(breach.at),
            "dismissed_at": None,
        }
        connection.execute(_INSERT[connection.dialect.name], values)


def dismiss(connection: Connection, record_id: RecordId, at: int) -> None:
    """A person found that this message breaks nothing."""
    connection.execute(_DISMISS, {"of_record": record_id, "found_at": at})
