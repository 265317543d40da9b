"""Counts mails that were begun and did not come to an end, by digest (I9): the third time a mail is poison.

Each count is a commit of its own, so that it survives what the mail does to the process.
"""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from mailbridge.store.rows import micros
from mailbridge.store.statements import insert_or
from mailbridge.store.tables import begun

_ROW = {"digest": bindparam("digest"), "count": 1, "first_at": bindparam("first_at")}
_ATTEMPTS = select(begun.c.count).where(begun.c.digest == bindparam("digest"))
_CLEAR = delete(begun).where(begun.c.digest == bindparam("digest"))


def count(connection: Connection, digest: bytes, now: datetime) -> int:
    """One more; returns how many there are now."""
    values = {"digest": digest, "first_at": micros(now)}
    return int(connection.execute(_one_more(connection.dialect.name), values).scalar_one())


@cache
def _one_more(dialect: str) -> Any:
    more = {"count": begun.c.count + 1}
    inserted = insert_or(begun, dialect).values(_ROW)
    return inserted.on_conflict_do_update(index_elements=["digest"], set_=more).returning(begun.c.count)


def attempts(connection: Connection, digest: bytes) -> int:
    """How many there are."""
    return int(connection.execute(_ATTEMPTS, {"digest": digest}).scalar_one_or_none() or 0)


def clear(connection: Connection, digest: bytes) -> None:
    """It came to an end."""
    connection.execute(_CLEAR, {"digest": digest})
