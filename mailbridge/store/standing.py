"""Conduct of sellers: breaches, the steps taken for them, and the queued mail that a suspension keeps back.

Everything that a step changes is one transaction. Decides nothing: which step follows is `policy/standing.py`.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, insert, literal_column, or_, select, update

from mailbridge.domain.delivery import DeliveryState, PostKind
from mailbridge.domain.ids import BuyerId, RecordId, RuleId, SanctionId, SellerId
from mailbridge.domain.parties import Role
from mailbridge.domain.standing import Breach, Ground, Sanction, Step
from mailbridge.domain.verdict import Severity
from mailbridge.errors import Conflict, NotFound, NotPossible, SealBroken
from mailbridge.store.catalogue import Catalogue
from mailbridge.store.conductrecords import BreachOrigin, Conduct, ConductChange, NewSanction, StandingRow
from mailbridge.store.conducttables import breaches, sanctions
from mailbridge.store.content import holder_of
from mailbridge.store.newintents import insert_intents
from mailbridge.store.prepared import Values
from mailbridge.store.rows import (
    AnyRow,
    from_octets,
    instant,
    maybe_instant,
    maybe_micros,
    micros,
    to_json,
    to_octets,
    to_thread,
)
from mailbridge.store.seal import KeyRing
from mailbridge.store.tables import deliveries, events, marketplaces, records, sellers, threads
from mailbridge.store.trade import count_up
from mailbridge.store.upkeep import SECOND_CHANCE

_BREACHES_READ = 1_000
_GROUNDS_READ = 200

_BREACHES = (
    select(breaches)
    .where(breaches.c.seller_id == bindparam("seller_id"), breaches.c.at >= bindparam("since"))
    .order_by(breaches.c.at.desc(), breaches.c.record_id, breaches.c.rule)
    .limit(bindparam("most"))
)
_SANCTIONS = select(sanctions).where(sanctions.c.seller_id == bindparam("seller_id")).order_by(sanctions.c.number)
_SANCTION = select(sanctions).where(sanctions.c.id == bindparam("id"))
_NUMBER = select(func.count()).select_from(sanctions).where(sanctions.c.seller_id == bindparam("seller_id"))
_DISMISSED = (
    select(breaches.c.record_id)
    .where(breaches.c.record_id.in_(bindparam("ids", expanding=True)), breaches.c.dismissed_at.is_not(None))
    .distinct()
)
_LIFT = (
    update(sanctions)
    .where(
        sanctions.c.id == bindparam("sanction_id"),
        sanctions.c.seller_id == bindparam("of_seller"),
        sanctions.c.lifted_at.is_(None),
    )
    .values(lifted_at=bindparam("lifted"))
)
_STOPS = tuple(step.value for step in Step if step.stops_everything)
_STILL_STOPS = (
    select(sanctions.c.id)
    .where(
        sanctions.c.seller_id == bindparam("seller_id"),
        sanctions.c.step.in_(_STOPS),
        sanctions.c.lifted_at.is_(None),
        or_(sanctions.c.until.is_(None), sanctions.c.until > bindparam("now")),
    )
    .order_by(sanctions.c.number.desc())
    .limit(literal_column("1"))
)
_IN_FORCE = (
    select(sanctions.c.seller_id)
    .where(sanctions.c.lifted_at.is_(None), or_(sanctions.c.until.is_(None), sanctions.c.until > bindparam("now")))
    .distinct()
)
_REFERENCES = (
    select(sellers.c.id, sellers.c.reference, marketplaces.c.reference.label("market_reference"))
    .join(marketplaces, marketplaces.c.id == sellers.c.marketplace_id)
    .order_by(marketplaces.c.reference, sellers.c.reference)
)
_BY_REFERENCE = _REFERENCES.where(sellers.c.reference == bindparam("reference"))
_BY_ID = _REFERENCES.where(sellers.c.id.in_(bindparam("ids", expanding=True)))
_THREADS = (
    select(records.c.id.label("record_id"), threads)
    .join(threads, threads.c.id == records.c.thread_id)
    .where(records.c.id.in_(bindparam("ids", expanding=True)))
)
#: relayed mail of one seller that still waits, also what is being tried just now
_KEEP_BACK = (
    update(deliveries)
    .where(
        deliveries.c.due_at.is_not(None),
        deliveries.c.state == literal_column("'pending'"),
        deliveries.c.kind == PostKind.RELAY.value,
        deliveries.c.reader == Role.BUYER.value,
        deliveries.c.held_by.is_(None),
        select(threads.c.id)
        .where(threads.c.id == deliveries.c.thread_id, threads.c.seller_id == bindparam("of_seller"))
        .exists(),
    )
    .values(held_by=bindparam("sanction_id"))
    .returning(deliveries.c.id)
)
_HOLD = (
    update(deliveries)
    .where(
        deliveries.c.held_by == bindparam("sanction_id"),
        deliveries.c.due_at.is_not(None),
        deliveries.c.state == literal_column("'pending'"),
        or_(deliveries.c.leased_by.is_(None), deliveries.c.due_at <= bindparam("now")),
    )
    .values(state=DeliveryState.HELD.value, due_at=None, leased_by=None)
)
_KEPT_BACK_BY = deliveries.c.held_by == bindparam("sanction_id")
_LET_GO = (
    update(deliveries)
    .where(_KEPT_BACK_BY, deliveries.c.state == literal_column("'held'"))
    .values(
        state=DeliveryState.PENDING.value,
        due_at=bindparam("now"),
        leased_by=None,
        held_by=None,
        # What stood still through no fault of its own has some time left (as `queue retry` gives it).
        expires_at=case(
            (deliveries.c.expires_at > bindparam("chance_until"), deliveries.c.expires_at),
            else_=bindparam("chance_until"),
        ),
    )
    .returning(deliveries.c.id)
)
_FREE = update(deliveries).where(_KEPT_BACK_BY).values(held_by=None)
_PASS_ON = update(deliveries).where(_KEPT_BACK_BY).values(held_by=bindparam("other_id"))


def conduct(connection: Connection, keys: KeyRing, seller_id: SellerId, *, since: datetime, now: datetime) -> Conduct:
    """Breaches since this instant, and every step that was ever taken."""
    values = {"seller_id": seller_id, "since": micros(since), "most": _BREACHES_READ}
    found = tuple(map(_to_breach, connection.execute(_BREACHES, values)))
    steps = tuple(_to_sanction(connection, keys, row) for row in connection.execute(_SANCTIONS, values).all())
    grounds = [ground.record_id for step in steps if step.is_in_force(now) for ground in step.grounds]
    return Conduct(breaches=found, sanctions=steps, dismissed=_dismissed(connection, grounds))


def origins(
    connection: Connection, keys: KeyRing, catalogue: Catalogue, record_ids: Iterable[RecordId]
) -> tuple[BreachOrigin, ...]:
    """The messages with these ids, as far as they belong to a conversation; at most 200."""
    ids = list(dict.fromkeys(record_ids))[:_GROUNDS_READ]
    rows = {row.record_id: row for row in connection.execute(_THREADS, {"ids": ids})}
    found = []
    for record_id in ids:
        row = rows.get(record_id)
        thread = to_thread(row, keys) if row is not None else None
        buyer = catalogue.buyer(connection, BuyerId(row.buyer_id)) if row is not None else None
        found.append(BreachOrigin(record_id=record_id, thread=thread, buyer=buyer))
    return tuple(found)


def seller_called(connection: Connection, catalogue: Catalogue, reference: str, market: str | None) -> StandingRow:
    """The seller with this reference; NotFound when there is none, NotPossible when several markets have one."""
    rows = connection.execute(_BY_REFERENCE, {"reference": reference}).all()
    rows = [row for row in rows if market is None or row.market_reference == market]
    if not rows:
        where = f" on {market}" if market is not None else ""
        raise NotFound(f"no seller{where} has the reference {reference}")
    if len(rows) > 1:
        known = ", ".join(row.market_reference for row in rows)
        raise NotPossible(f"several marketplaces have a seller {reference}; say --market, one of {known}")
    return _to_row(connection, catalogue, rows[0])


def sellers_under_sanction(connection: Connection, catalogue: Catalogue, now: datetime) -> tuple[StandingRow, ...]:
    """Every seller against whom a step is in force."""
    ids = list(connection.execute(_IN_FORCE, {"now": micros(now)}).scalars())
    return tuple(_to_row(connection, catalogue, row) for row in connection.execute(_BY_ID, {"ids": ids}).all())


def standing_row(connection: Connection, catalogue: Catalogue, seller_id: SellerId) -> StandingRow:
    """One seller by our own id."""
    return _to_row(connection, catalogue, connection.execute(_BY_ID, {"ids": [seller_id]}).one())


def sanction(connection: Connection, keys: KeyRing, sanction_id: SanctionId) -> tuple[SellerId, Sanction]:
    """One step, and against whom it was taken."""
    row = connection.execute(_SANCTION, {"id": sanction_id}).one()
    return SellerId(row.seller_id), _to_sanction(connection, keys, row)


def change_conduct(connection: Connection, keys: KeyRing, change: ConductChange) -> None:
    """Take a step or lift some; Conflict when the facts that it was decided on are others by now."""
    if change.taken is not None:
        _take(connection, keys, change, change.taken)
    for sanction_id in change.lifted:
        values = {"sanction_id": sanction_id, "of_seller": change.seller_id, "lifted": micros(change.now)}
        if connection.execute(_LIFT, values).rowcount != 1:
            raise Conflict("somebody else lifted it first")
        _let_go(connection, change, sanction_id, kind="seller.sanction_lifted")
    for sanction_id in change.over:
        _let_go(connection, change, sanction_id, kind="seller.sanction_over")
    if change.taken is not None or change.lifted:
        count_up(connection)


def _take(connection: Connection, keys: KeyRing, change: ConductChange, new: NewSanction) -> None:
    sanction = new.sanction
    if connection.execute(_NUMBER, {"seller_id": change.seller_id}).scalar_one() != new.number:
        raise Conflict("another step was taken meanwhile")
    if _dismissed(connection, [ground.record_id for ground in sanction.grounds]):
        raise Conflict("a person found one of these messages to be in order meanwhile")
    connection.execute(insert(sanctions), _sanction_values(connection, keys, change.seller_id, new))
    kept_back: list[str] = []
    if sanction.step.stops_everything:
        values: Values = {"of_seller": change.seller_id, "sanction_id": sanction.id, "now": micros(change.now)}
        kept_back = sorted(connection.execute(_KEEP_BACK, values).scalars())
        connection.execute(_HOLD, values)
    detail = {"seller": change.seller_id, "sanction": sanction.id, "step": sanction.step.value, "by": sanction.by}
    _note(connection, change, "seller.sanctioned", {**detail, "kept_back": kept_back})
    if new.ends is not None:
        insert_intents(connection, (new.ends,))


def _let_go(connection: Connection, change: ConductChange, sanction_id: SanctionId, *, kind: str) -> None:
    """What this suspension kept back goes on, or is kept back by the next that is in force."""
    values: Values = {"seller_id": change.seller_id, "sanction_id": sanction_id, "now": micros(change.now)}
    other = connection.execute(_STILL_STOPS, values).scalar()
    let_go: list[str] = []
    if other is not None and other != sanction_id:
        connection.execute(_PASS_ON, {**values, "other_id": other})
    elif other is None:
        until = micros(change.now + SECOND_CHANCE)
        let_go = sorted(connection.execute(_LET_GO, {**values, "chance_until": until}).scalars())
        connection.execute(_FREE, values)
    _note(connection, change, kind, {"seller": change.seller_id, "sanction": sanction_id, "let_go": let_go})


def _sanction_values(connection: Connection, keys: KeyRing, seller_id: SellerId, new: NewSanction) -> Values:
    sanction = new.sanction
    grounds = {
        "needed": sanction.needed,
        "messages": [[g.record_id, g.rules, g.points, micros(g.at)] for g in sanction.grounds],
    }
    holder = holder_of(connection, keys, "seller", seller_id)
    return {
        "id": sanction.id,
        "seller_id": seller_id,
        "number": new.number,
        "step": sanction.step.value,
        "at": micros(sanction.at),
        "until": maybe_micros(sanction.until),
        "lifted_at": None,
        "by": sanction.by,
        "rung": sanction.rung,
        "grounds": to_json(grounds),
        "why": holder.seal(to_octets(sanction.why), _why_place(sanction.id)) if sanction.why else None,
    }


def _why_place(sanction_id: str) -> str:
    return f"sanctions.why.{sanction_id}"


def _dismissed(connection: Connection, record_ids: list[RecordId]) -> frozenset[RecordId]:
    if not record_ids:
        return frozenset()
    return frozenset(map(RecordId, connection.execute(_DISMISSED, {"ids": record_ids}).scalars()))


def _to_breach(row: AnyRow) -> Breach:
    return Breach(
        record_id=RecordId(row.record_id),
        rule=RuleId(row.rule),
        severity=Severity(row.severity),
        at=instant(row.at),
        is_dismissed=row.dismissed_at is not None,
    )


def _to_sanction(connection: Connection, keys: KeyRing, row: AnyRow) -> Sanction:
    grounds: dict[str, Any] = json.loads(row.grounds)
    why = ""
    if row.why is not None:
        try:
            holder = holder_of(connection, keys, "seller", row.seller_id)
            why = str(from_octets(holder.open(row.why, _why_place(row.id))))
        except SealBroken:  # the seller was erased: that it was done is still on record
            why = ""
    return Sanction(
        id=SanctionId(row.id),
        step=Step(row.step),
        at=instant(row.at),
        until=maybe_instant(row.until),
        lifted_at=maybe_instant(row.lifted_at),
        by=row.by,
        rung=row.rung,
        needed=grounds["needed"],
        grounds=tuple(
            Ground(record_id=RecordId(record), rules=tuple(map(RuleId, rules)), points=points, at=instant(at))
            for record, rules, points, at in grounds["messages"]
        ),
        why=why,
    )


def _to_row(connection: Connection, catalogue: Catalogue, row: AnyRow) -> StandingRow:
    seller = catalogue.seller(connection, SellerId(row.id))
    return StandingRow(
        marketplace=row.market_reference,
        reference=row.reference,
        market=catalogue.marketplace(connection, seller.marketplace_id),
        seller=seller,
    )


def _note(connection: Connection, change: ConductChange, kind: str, detail: dict[str, object]) -> None:
    event = {"at": micros(change.now), "kind": kind, "record_id": None, "thread_id": None}
    connection.execute(insert(events), {**event, "detail": to_json(detail)})
