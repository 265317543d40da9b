"""Acknowledgements in the store: each seller's settings in all their versions, and the book of what went out.

A version is never changed, and the newest is in force (S-53). Whether an acknowledgement goes out is weighed by
`policy/ackbrakes.py`, here, in the transaction that books it: two at the same moment can not both be the first.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnClause, Connection, bindparam, func, insert, literal_column, select

from mailbridge.domain.acknowledgement import AckHistory, AckLimits, AckText, AckVersion, AckWishes
from mailbridge.domain.address import RealAddress
from mailbridge.domain.area import Area
from mailbridge.domain.ids import BuyerId, SellerId, ThreadId
from mailbridge.errors import Conflict
from mailbridge.policy.ackbrakes import COOL_DOWN, why_braked
from mailbridge.store.acktables import ack_settings, acknowledgements
from mailbridge.store.rows import AnyRow, from_octets, instant, maybe_instant, micros, to_json, to_octets
from mailbridge.store.seal import KeyRing, Sealer
from mailbridge.store.statements import Query
from mailbridge.store.tables import events, sellers, threads

_DAY: Final = timedelta(hours=24)
_HOUR: Final = timedelta(hours=1)
_SENT: ColumnClause[str] = literal_column("''")

_OF_SELLER = ack_settings.c.seller_id == bindparam("seller_id")
_NEWEST = Query(
    select(ack_settings).where(_OF_SELLER).order_by(ack_settings.c.number.desc()).limit(literal_column("1"))
)
_VERSIONS = select(ack_settings).where(_OF_SELLER).order_by(ack_settings.c.number.desc()).limit(bindparam("most"))
_HOLDER = select(sellers.c.holder).where(sellers.c.id == bindparam("seller_id"))
_LOCKED = select(sellers.c.id).where(sellers.c.id == bindparam("seller_id")).with_for_update()
_BOOKED = select(acknowledgements.c.reason).where(acknowledgements.c.thread_id == bindparam("thread_id"))
_PAIR_AT = select(func.max(acknowledgements.c.at)).where(
    acknowledgements.c.seller_id == bindparam("seller_id"),
    acknowledgements.c.buyer_id == bindparam("buyer_id"),
    acknowledgements.c.reason.in_(["", COOL_DOWN]),
)

_WRITTEN_ELSEWHERE = select(func.max(threads.c.last_at)).where(
    threads.c.seller_id == bindparam("seller_id"),
    threads.c.buyer_id == bindparam("buyer_id"),
    threads.c.id != bindparam("thread_id"),
)


def _sent_since(*conditions: Any) -> Any:
    return (
        select(func.count())
        .select_from(acknowledgements)
        .where(acknowledgements.c.at > bindparam("since"), acknowledgements.c.reason == _SENT, *conditions)
    )


_OF_SELLER_SENT = _sent_since(acknowledgements.c.seller_id == bindparam("seller_id"))
_TO_BUYER_SENT = _sent_since(acknowledgements.c.buyer_id == bindparam("buyer_id"))
_TO_DOMAIN_SENT = _sent_since(acknowledgements.c.domain_hash == bindparam("domain_hash"))
_ALL_SENT = _sent_since()


@dataclass(frozen=True, slots=True, kw_only=True)
class AckClaim:
    """An acknowledgement that is about to be sent."""

    thread_id: ThreadId
    seller_id: SellerId
    buyer_id: BuyerId
    #: what it is counted by beside its people, lower case: the domain of the mailbox it goes to, at a public mail
    #: provider the address without its tag; "" for nothing
    crowd: str


def claim(connection: Connection, keys: KeyRing, wanted: AckClaim, *, limits: AckLimits, now: datetime) -> str:
    """Book an acknowledgement; returns the brake that stops it, "" for none. The same one twice gives one answer."""
    booked = connection.execute(_BOOKED, {"thread_id": wanted.thread_id}).scalar_one_or_none()
    if booked is not None:
        return str(booked)
    connection.execute(_LOCKED, {"seller_id": wanted.seller_id})
    domain_hash = keys.lookup(f"@{wanted.crowd}") if wanted.crowd else None
    reason = why_braked(_history(connection, wanted, domain_hash, now), limits, now)
    values = {"thread_id": wanted.thread_id, "seller_id": wanted.seller_id, "buyer_id": wanted.buyer_id}
    connection.execute(
        insert(acknowledgements), {**values, "domain_hash": domain_hash, "at": micros(now), "reason": reason}
    )
    return reason


def _history(connection: Connection, wanted: AckClaim, domain_hash: bytes | None, now: datetime) -> AckHistory:
    def count(statement: Any, since: timedelta = _DAY, **values: object) -> int:
        return int(connection.execute(statement, {"since": micros(now - since), **values}).scalar_one())

    pair = {"seller_id": wanted.seller_id, "buyer_id": wanted.buyer_id}
    pair_at = connection.execute(_PAIR_AT, pair).scalar_one()
    if pair_at is not None:
        written = connection.execute(_WRITTEN_ELSEWHERE, {**pair, "thread_id": wanted.thread_id}).scalar_one()
        pair_at = max(pair_at, written or 0)
    return AckHistory(
        pair_at=maybe_instant(pair_at),
        to_buyer=count(_TO_BUYER_SENT, buyer_id=wanted.buyer_id),
        of_seller=count(_OF_SELLER_SENT, seller_id=wanted.seller_id),
        to_domain=count(_TO_DOMAIN_SENT, domain_hash=domain_hash) if domain_hash is not None else 0,
        within_hour=count(_ALL_SENT, since=_HOUR),
    )


def wishes_in_force(connection: Connection, seller_id: SellerId, holder: Sealer) -> AckWishes | None:
    """The newest version of this seller's settings; None where nobody ever saved any."""
    row = _NEWEST.first(connection, {"seller_id": seller_id})
    return None if row is None else _to_wishes(row, holder)


def versions(connection: Connection, keys: KeyRing, seller_id: SellerId, limit: int) -> tuple[AckVersion, ...]:
    """Every state of this seller's settings, the newest first."""
    holder = _holder(connection, keys, seller_id)
    rows = connection.execute(_VERSIONS, {"seller_id": seller_id, "most": limit}).all()
    return tuple(
        AckVersion(number=row.number, saved_at=instant(row.at), by=row.by, wishes=_to_wishes(row, holder))
        for row in rows
    )


def save(connection: Connection, keys: KeyRing, seller_id: SellerId, new: AckVersion) -> bool:
    """Write a new version; False where nothing changes. Conflict when `new.number` is not the next one."""
    holder = _holder(connection, keys, seller_id)
    newest = _NEWEST.first(connection, {"seller_id": seller_id})
    number = newest.number if newest is not None else 0
    if (newest is not None and _to_wishes(newest, holder) == new.wishes) or (
        newest is None and new.wishes == AckWishes()
    ):
        return False
    if new.number != number + 1:
        raise Conflict("somebody else saved these settings meanwhile")
    content = holder.seal(to_octets(_of_wishes(new.wishes)), _place(seller_id, new.number))
    row = {"seller_id": seller_id, "number": new.number, "at": micros(new.saved_at), "by": new.by}
    connection.execute(insert(ack_settings), {**row, "content": content})
    event = {"at": micros(new.saved_at), "kind": "seller.acknowledgement_saved", "record_id": None, "thread_id": None}
    detail = {"seller": seller_id, "number": new.number, "by": new.by}
    connection.execute(insert(events), {**event, "detail": to_json(detail)})
    return True


def next_number(connection: Connection, seller_id: SellerId) -> int:
    """The number of the version that would be saved next."""
    newest = _NEWEST.first(connection, {"seller_id": seller_id})
    return newest.number + 1 if newest is not None else 1


def _holder(connection: Connection, keys: KeyRing, seller_id: SellerId) -> Sealer:
    wrapped = connection.execute(_HOLDER, {"seller_id": seller_id}).scalar_one()
    return keys.holder(f"seller.{seller_id}", wrapped)


def _place(seller_id: str, number: int) -> str:
    return f"ack_settings.content.{seller_id}.{number}"


def _of_wishes(wishes: AckWishes) -> dict[str, object]:
    return {
        "is_on": wishes.is_on,
        "areas": None if wishes.areas is None else [area.value for area in wishes.areas],
        "after_s": wishes.after_s,
        "copies": wishes.copies,
        "sender_name": wishes.sender_name,
        "notify": None if wishes.notify is None else wishes.notify.addr_spec,
        "texts": [[t.language, t.body, t.subject, t.area.value if t.area else None] for t in wishes.texts],
    }


def _to_wishes(row: AnyRow, holder: Sealer) -> AckWishes:
    kept = from_octets(holder.open(row.content, _place(row.seller_id, row.number)))
    return AckWishes(
        is_on=kept["is_on"],
        areas=None if kept["areas"] is None else tuple(map(Area, kept["areas"])),
        after_s=kept["after_s"],
        copies=kept["copies"],
        sender_name=kept["sender_name"],
        notify=None if kept["notify"] is None else RealAddress(kept["notify"]),
        texts=tuple(
            AckText(language=language, body=body, subject=subject, area=Area(area) if area else None)
            for language, body, subject, area in kept["texts"]
        ),
    )
