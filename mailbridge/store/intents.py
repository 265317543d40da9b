"""Intents: what is to be done later, claimed when due and finished once (design.md §2, One commit).

A finished intent and the mail it became are one commit. Whether it still makes sense is weighed by the path.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnClause, Connection, Select, bindparam, insert, literal_column, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from mailbridge.domain.delivery import NewDelivery
from mailbridge.domain.facts import AliasDestination, ContactDestination, MailboxTestDestination
from mailbridge.domain.ids import BuyerId, IntentId, RecordId, SellerId
from mailbridge.domain.parties import Buyer, Direction, Seller
from mailbridge.domain.thread import Thread
from mailbridge.errors import Conflict, NotFound, SealBroken
from mailbridge.policy.plan import IntentKind
from mailbridge.store.catalogue import NO_ALIASES, Catalogue
from mailbridge.store.content import (
    KEY_COLUMNS,
    KEYED_RECORDS,
    RECORD_KEYS,
    delivery_values,
    open_details,
    record_sealer,
)
from mailbridge.store.destinations import Destinations
from mailbridge.store.intake import insert_actions
from mailbridge.store.prepared import Values, new_delivery
from mailbridge.store.records import DueIntent, NewAction, RecordOrigin
from mailbridge.store.rows import AnyRow, instant, micros, to_json, to_thread
from mailbridge.store.seal import KeyRing, Sealer
from mailbridge.store.tables import deliveries, events, intents, records, threads

_SCREEN: ColumnClause[str] = literal_column("'screen'")
#: what is looked into takes its time, so it has a thread of its own: what may be due there, and what everywhere else
_WHOSE = {True: intents.c.kind == _SCREEN, False: intents.c.kind != _SCREEN}


def _any_due(is_screening: bool) -> Select[Any]:  # noqa: FBT001 - the key of two tables
    return (
        select(literal_column("1"))
        .where(intents.c.claimable_at <= bindparam("now"), _WHOSE[is_screening])
        .limit(literal_column("1"))
    )


def _claim(is_screening: bool) -> ReturningUpdate[Any]:  # noqa: FBT001 - the key of two tables
    due = (
        select(intents.c.id)
        .where(intents.c.claimable_at <= bindparam("now"), _WHOSE[is_screening])
        .order_by(intents.c.claimable_at)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )
    return (
        update(intents)
        .where(intents.c.id.in_(due.scalar_subquery()))
        .values(claimable_at=bindparam("lease_end"), leased_by=bindparam("worker"))
        .returning(intents)
    )


_ANY_DUE = {is_screening: _any_due(is_screening) for is_screening in (True, False)}
_CLAIM = {is_screening: _claim(is_screening) for is_screening in (True, False)}
_POSTPONE = (
    update(intents)
    .where(intents.c.id == bindparam("intent_id"), intents.c.state == literal_column("'due'"))
    .values(claimable_at=bindparam("until"), leased_by=None)
)
_THREAD = select(threads).where(threads.c.id == bindparam("id"))
_INTENT = select(intents).where(intents.c.id == bindparam("id"))
_RECORD = (
    select(records.c.details, records.c.received_at, records.c.direction, *KEY_COLUMNS)
    .select_from(KEYED_RECORDS)
    .where(records.c.id == bindparam("id"))
)
_FINISH = (
    update(intents)
    .where(intents.c.id == bindparam("intent_id"), intents.c.state == literal_column("'due'"))
    .values(state=bindparam("new_state"), reason=bindparam("new_reason"), claimable_at=None, leased_by=None)
    .returning(intents.c.kind, intents.c.thread_id, intents.c.record_id)
)
_RELEASE_LEASES = (
    update(intents)
    .where(intents.c.claimable_at.is_not(None), intents.c.leased_by.is_not(None))
    .values(claimable_at=intents.c.due_at, leased_by=None)
)
#: kinds of intents whose mail is looked at again when they fall due
_ABOUT_A_MAIL = frozenset(
    kind.value
    for kind in (IntentKind.ACKNOWLEDGE, IntentKind.TELL_REMOVED, IntentKind.TELL_REFUSED, IntentKind.TELL_AWAY)
)
_ACKNOWLEDGED = update(threads).where(threads.c.id == bindparam("thread_id")).values(is_acknowledged=True)


def release_leases(connection: Connection) -> int:
    """Make everything claimable that is leased: for the one `serve` of a file, when the one before it died."""
    return connection.execute(_RELEASE_LEASES).rowcount


@dataclass(frozen=True, slots=True)
class IntentReader:
    """Brings an intent together with the people and the thread it is about."""

    keys: KeyRing
    catalogue: Catalogue
    destinations: Destinations

    def any_due(self, connection: Connection, now: datetime, *, is_screening: bool) -> bool:
        """True when something waits; asked before taking the write lock."""
        return connection.execute(_ANY_DUE[is_screening], {"now": micros(now)}).first() is not None

    def claim(
        self, connection: Connection, *, is_screening: bool, now: datetime, worker: str, limit: int, lease: timedelta
    ) -> tuple[DueIntent, ...]:
        """Lease what is due to `worker`, oldest first: screenings, or everything else."""
        values = {"now": micros(now), "most": limit, "lease_end": micros(now + lease), "worker": worker}
        rows = connection.execute(_CLAIM[is_screening], values).all()
        return tuple(self._due(connection, row) for row in sorted(rows, key=lambda row: (row.due_at, row.id)))

    def _due(self, connection: Connection, row: AnyRow) -> DueIntent:
        thread, seller, buyer = self._about(connection, row)
        market_id = seller.marketplace_id if seller is not None else None
        pair = self.catalogue.aliases_of(connection, seller.id, buyer.id) if seller and buyer else NO_ALIASES
        return DueIntent(
            id=IntentId(row.id),
            kind=IntentKind(row.kind),
            due_at=instant(row.due_at),
            thread=thread,
            record_id=None if row.record_id is None else RecordId(row.record_id),
            marketplace=self.catalogue.marketplace(connection, market_id) if market_id is not None else None,
            seller=seller,
            buyer=buyer,
            alias_of_buyer=pair.for_buyer,
            alias_of_seller=pair.for_seller,
            argument=row.argument or "",
            origin=self._origin(connection, row.record_id) if row.kind in _ABOUT_A_MAIL else None,
        )

    def _origin(self, connection: Connection, record_id: str | None) -> RecordOrigin | None:
        row = connection.execute(_RECORD, {"id": record_id}).one_or_none() if record_id is not None else None
        if row is None:
            return None
        try:
            details = open_details(row.key_record_id, row.details, record_sealer(row, self.keys))
        except SealBroken:  # its people were erased: there is nobody to tell, and the others' intents go on
            return None
        return RecordOrigin(
            direction=None if row.direction is None else Direction(row.direction),
            author_addr_spec=details["author"],
            author_message_id=details["message_id"],
            received_at=instant(row.received_at),
            removed=tuple(details.get("removed", ())),
        )

    def _about(self, connection: Connection, row: AnyRow) -> tuple[Thread | None, Seller | None, Buyer | None]:
        if row.thread_id is not None:
            thread = to_thread(connection.execute(_THREAD, {"id": row.thread_id}).one(), self.keys)
            seller = self.catalogue.seller(connection, SellerId(thread.seller_id))
            return thread, seller, self.catalogue.buyer(connection, BuyerId(thread.buyer_id))
        if row.seller_id is not None:
            return None, self.catalogue.seller(connection, SellerId(row.seller_id)), None
        return (None, *self._parties_of_record(connection, row.record_id))

    def _parties_of_record(self, connection: Connection, record_id: str | None) -> tuple[Seller | None, Buyer | None]:
        """The parties behind the address that a record without a thread was written to.

        At a contact address the buyer is whoever's mailbox the From is (D9), at test@ both are.
        """
        row = connection.execute(_RECORD, {"id": record_id}).one_or_none() if record_id is not None else None
        if row is None:
            return None, None
        details = open_details(row.key_record_id, row.details, record_sealer(row, self.keys))
        behind = self.destinations.find(connection, details["forward_path"], instant(row.received_at))
        if isinstance(behind, AliasDestination):
            return behind.seller, behind.buyer
        if isinstance(behind, MailboxTestDestination):
            return self.catalogue.parties_by_mailbox(connection, behind.marketplace.id, details["author"] or "")
        if isinstance(behind, ContactDestination):
            author = details["author"] or ""
            _, buyer = self.catalogue.parties_by_mailbox(connection, behind.marketplace.id, author)
            return behind.seller, buyer
        return None, None


def sealed_deliveries(connection: Connection, keys: KeyRing, new: tuple[NewDelivery, ...]) -> list[Values]:
    """Rows of deliveries that are committed without their record: sealed under its key, or under one of their own."""
    rows = []
    for delivery in new:
        row = connection.execute(RECORD_KEYS, {"id": delivery.record_id}).one_or_none() if delivery.record_id else None
        sealer = record_sealer(row, keys) if row is not None else Sealer.fresh()
        values = new_delivery(delivery_values(delivery, sealer, keys), None)
        if row is None:
            values["wrap_store"] = keys.store.wrap(sealer, f"deliveries.wrap_store.{delivery.id}")
        rows.append(values)
    return rows


def insert_deliveries(connection: Connection, mail: list[Values]) -> None:
    """Insert rows made by `sealed_deliveries`."""
    if mail:
        connection.execute(insert(deliveries), mail)


def postpone(connection: Connection, intent_id: IntentId, until: datetime) -> None:
    """Give a lease back: not now. One that is finished stays so."""
    connection.execute(_POSTPONE, {"intent_id": intent_id, "until": micros(until)})


def finish(
    connection: Connection,
    intent_id: IntentId,
    *,
    mail: list[Values],
    actions: tuple[NewAction, ...],
    cancelled_reason: str,
    now: datetime,
) -> None:
    """End an intent with what it became; Conflict when it is over already, NotFound when there is none."""
    state = "cancelled" if cancelled_reason else "done"
    values = {"intent_id": intent_id, "new_state": state, "new_reason": cancelled_reason}
    row = connection.execute(_FINISH, values).one_or_none()
    if row is None:
        if connection.execute(_INTENT, {"id": intent_id}).one_or_none() is None:
            raise NotFound(f"no intent {intent_id}")
        raise Conflict("the intent is finished already")
    insert_deliveries(connection, mail)
    if mail and row.kind == IntentKind.ACKNOWLEDGE.value and row.thread_id is not None:
        connection.execute(_ACKNOWLEDGED, {"thread_id": row.thread_id})
    insert_actions(connection, actions)
    event = {"at": micros(now), "kind": f"intent.{row.kind}", "record_id": row.record_id, "thread_id": row.thread_id}
    detail = {"intent": intent_id, "state": state, "reason": cancelled_reason, "deliveries": len(mail)}
    connection.execute(insert(events), {**event, "detail": to_json(detail)})
