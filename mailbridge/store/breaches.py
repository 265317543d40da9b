"""Writes breaches of rules with the message that made them, dismisses them with its release; in one commit."""

from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, update

from mailbridge.domain.ids import RecordId
from mailbridge.domain.standing import NewBreaches
from mailbridge.store.conducttables import breaches
from mailbridge.store.rows import micros
from mailbridge.store.statements import insert_or

_DISMISS = (
    update(breaches)
    .where(breaches.c.record_id == bindparam("of_record"), breaches.c.dismissed_at.is_(None))
    .values(dismissed_at=bindparam("found_at"))
)


@cache
def _insert(dialect: str) -> Any:
    return insert_or(breaches, dialect).on_conflict_do_nothing(index_elements=["record_id", "rule"])


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
        connection.execute(_insert(connection.dialect.name), values)


def dismiss(connection: Connection, record_id: RecordId, at: int) -> None:
    """A person found that this message breaks nothing."""
    connection.execute(_DISMISS, {"of_record": record_id, "found_at": at})
