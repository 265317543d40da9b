"""Inserts intents: what is to be done later, each once by its unique key. What becomes of them is `intents.py`."""

from functools import cache
from typing import Any

from sqlalchemy import Connection

from mailbridge.store.records import NewIntent
from mailbridge.store.rows import micros
from mailbridge.store.statements import insert_or
from mailbridge.store.tables import intents


@cache
def _insert_intent(dialect: str) -> Any:
    return insert_or(intents, dialect).on_conflict_do_nothing(index_elements=["unique_key"])


def insert_intents(connection: Connection, new: tuple[NewIntent, ...]) -> None:
    """Insert intents; one whose unique key is taken is left out silently."""
    for intent in new:
        connection.execute(
            _insert_intent(connection.dialect.name),
            {
                "id": intent.id,
                "kind": intent.kind.value,
                "unique_key": intent.unique_key,
                "state": "due",
                "due_at": micros(intent.due_at),
                "claimable_at": micros(intent.due_at),
                "thread_id": intent.thread_id,
                "record_id": intent.record_id,
                "seller_id": intent.seller_id,
                "reason": "",
                "argument": intent.argument,
            },
        )
