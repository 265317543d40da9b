"""The review queue: reports, appeals and direct mail that breaks rules, read with their people and settled once.

What follows from a decision is `path/reviews.py`; second looks are holds (`held.py`).
"""

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, literal_column, select, update

from mailbridge.domain.ids import BuyerId, RecordId, ReviewId, SanctionId, SellerId
from mailbridge.domain.reviews import Found, ReviewKind
from mailbridge.errors import NotFound, NotPossible, SealBroken
from mailbridge.store.breaches import dismiss, insert_breaches
from mailbridge.store.catalogue import Catalogue
from mailbridge.store.conducttables import breaches, reviews
from mailbridge.store.content import holder_of
from mailbridge.store.reviewrecords import SECOND_LOOK, Review, ReviewSubject, Settlement, Waiting
from mailbridge.store.reviews import note
from mailbridge.store.rows import AnyRow, from_octets, instant, maybe_instant, micros, to_octets, to_thread
from mailbridge.store.seal import KeyRing
from mailbridge.store.standing import sanction, standing_row
from mailbridge.store.tables import records, threads

_ONE = select(reviews).where(reviews.c.id == bindparam("id"))
_OPEN = (
    select(reviews).where(reviews.c.settled_at.is_(None)).order_by(reviews.c.at, reviews.c.id).limit(bindparam("most"))
)
_COUNT = select(func.count()).select_from(reviews).where(reviews.c.settled_at.is_(None))
_WAITING = (
    select(reviews.c.kind, func.count().label("many"), func.min(reviews.c.at).label("oldest"))
    .where(reviews.c.settled_at.is_(None))
    .group_by(reviews.c.kind)
)
_SECOND_LOOKS = select(func.count().label("many"), func.min(records.c.received_at).label("oldest")).where(
    records.c.state == literal_column("'held'"), records.c.hold == SECOND_LOOK
)
_SETTLED = (
    select(reviews)
    .where(reviews.c.settled_at.is_not(None))
    .order_by(reviews.c.settled_at.desc(), reviews.c.id)
    .limit(bindparam("most"))
)
#: a message that belongs to no conversation: whose it is, its breach tells
_OF_BREACH = select(func.min(breaches.c.seller_id)).where(breaches.c.record_id == records.c.id).scalar_subquery()
_MESSAGE = (
    select(records.c.received_at, _OF_BREACH.label("in_breach"), threads)
    .outerjoin(threads, threads.c.id == records.c.thread_id)
    .where(records.c.id == bindparam("id"))
)
_SETTLE = (
    update(reviews)
    .where(reviews.c.id == bindparam("review_id"), reviews.c.settled_at.is_(None))
    .values(settled_at=bindparam("now"), found=bindparam("what"), why=bindparam("reason"))
    .returning(reviews.c.record_id)
)


def subject(
    connection: Connection,
    keys: KeyRing,
    catalogue: Catalogue,
    *,
    record_id: RecordId | None,
    sanction_id: SanctionId | None,
    seller_id: SellerId | None = None,
) -> ReviewSubject:
    """What is looked at, with its people; NotFound when there is no such message.

    `seller_id` is the author of a message that belongs to no conversation; without it there is none either.
    """
    if sanction_id is not None:
        seller_id, step = sanction(connection, keys, sanction_id)
        seller = catalogue.seller(connection, seller_id)
        market = catalogue.marketplace(connection, seller.marketplace_id)
        return ReviewSubject(marketplace=market, seller=seller, sanction=step)
    row = connection.execute(_MESSAGE, {"id": record_id}).one_or_none()
    owner = None if row is None else row.seller_id or row.in_breach or seller_id
    if row is None or owner is None:
        raise NotFound(f"no message {record_id} in a conversation")
    seller, is_in_thread = catalogue.seller(connection, SellerId(owner)), row.id is not None
    return ReviewSubject(
        marketplace=catalogue.marketplace(connection, seller.marketplace_id),
        seller=seller,
        buyer=catalogue.buyer(connection, BuyerId(row.buyer_id)) if is_in_thread else None,
        thread=to_thread(row, keys) if is_in_thread else None,
        written_at=instant(row.received_at),
    )


def listed(
    connection: Connection, keys: KeyRing, catalogue: Catalogue, *, limit: int, is_settled: bool
) -> tuple[Review, ...]:
    """Those that wait, the oldest first; those that are settled, the newest first."""
    rows = connection.execute(_SETTLED if is_settled else _OPEN, {"most": limit}).all()
    return tuple(_to_review(connection, keys, catalogue, row) for row in rows)


def count_open(connection: Connection) -> int:
    """How many wait."""
    return int(connection.execute(_COUNT).scalar_one())


def waiting(connection: Connection) -> tuple[Waiting, ...]:
    """How many of each kind wait, and since when: every kind, second looks last."""
    found = {row.kind: row for row in connection.execute(_WAITING)}
    found[SECOND_LOOK] = connection.execute(_SECOND_LOOKS).one()
    kinds = (*(kind.value for kind in ReviewKind), SECOND_LOOK)
    return tuple(
        Waiting(kind=kind, count=found[kind].many, since=maybe_instant(found[kind].oldest))
        if kind in found
        else Waiting(kind=kind)
        for kind in kinds
    )


def one(connection: Connection, keys: KeyRing, catalogue: Catalogue, review_id: ReviewId) -> Review:
    """One review; NotFound when there is none."""
    row = connection.execute(_ONE, {"id": review_id}).one_or_none()
    if row is None:
        raise NotFound(f"no review {review_id}")
    return _to_review(connection, keys, catalogue, row)


def settle(connection: Connection, keys: KeyRing, settled: Settlement, now: datetime) -> None:
    """Write what was found and the breaches that come or go with it; NotPossible when it is settled already."""
    at = micros(now)
    holder = holder_of(connection, keys, "seller", settled.seller_id)
    values = {
        "review_id": settled.id,
        "now": at,
        "what": settled.found.value,
        "reason": holder.seal(to_octets(settled.why), _why_place(settled.id)),
    }
    row = connection.execute(_SETTLE, values).one_or_none()
    if row is None:
        raise NotPossible(f"{settled.id} is settled already")
    if settled.breaches is not None:
        insert_breaches(connection, settled.breaches)
    for record_id in settled.dismisses:
        dismiss(connection, record_id, at)
    note(connection, "review.settled", at, {"review": settled.id, "found": settled.found.value}, record_id=row[0])


def _why_place(review_id: str) -> str:
    return f"reviews.why.{review_id}"


def _why(connection: Connection, keys: KeyRing, row: AnyRow) -> str:
    if row.why is None:
        return ""
    try:
        holder = holder_of(connection, keys, "seller", row.seller_id)
        return str(from_octets(holder.open(row.why, _why_place(row.id))))
    except SealBroken:  # the seller was erased: that it was decided is still on record
        return ""


def _to_review(connection: Connection, keys: KeyRing, catalogue: Catalogue, row: AnyRow) -> Review:
    record_id = None if row.record_id is None else RecordId(row.record_id)
    sanction_id = None if row.sanction_id is None else SanctionId(row.sanction_id)
    stands = standing_row(connection, catalogue, SellerId(row.seller_id))
    return Review(
        id=ReviewId(row.id),
        kind=ReviewKind(row.kind),
        record_id=record_id,
        sanction_id=sanction_id,
        asked_in=RecordId(row.asked_in),
        at=instant(row.at),
        subject=subject(
            connection, keys, catalogue, record_id=record_id, sanction_id=sanction_id, seller_id=stands.seller.id
        ),
        marketplace=stands.marketplace,
        seller=stands.reference,
        settled_at=maybe_instant(row.settled_at),
        found=None if row.found is None else Found(row.found),
        why=_why(connection, keys, row),
    )
