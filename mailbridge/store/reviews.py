"""Opens a review with the mail that asks for it, in one commit: one for each message and each step.

How reviews are read and settled is `reviewqueue.py`.
"""

from sqlalchemy import Connection, insert

from mailbridge.store.conducttables import reviews
from mailbridge.store.reviewrecords import NewReview
from mailbridge.store.rows import to_json
from mailbridge.store.tables import events


def open_review(connection: Connection, new: NewReview, at: object) -> None:
    """Insert it, at so many microseconds; a second one of the same message or step breaks a unique key."""
    values = {
        "id": new.id,
        "kind": new.kind.value,
        "record_id": new.record_id,
        "sanction_id": new.sanction_id,
        "seller_id": new.seller_id,
        "asked_in": new.asked_in,
        "at": at,
        "settled_at": None,
        "found": None,
        "why": None,
    }
    connection.execute(insert(reviews), values)
    note(connection, "review.opened", at, {"review": new.id, "kind": new.kind.value}, record_id=new.record_id)


def note(connection: Connection, kind: str, at: object, detail: dict[str, object], *, record_id: str | None) -> None:
    """Add an event, which stays."""
    event = {"at": at, "kind": kind, "record_id": record_id, "thread_id": None}
    connection.execute(insert(events), {**event, "detail": to_json(detail)})
