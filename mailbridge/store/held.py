"""Messages that wait for a person, or for their files to be looked into: listed, shown whole, refused.

A release is not here: it takes the path again, and its commit settles the hold.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, insert, literal_column, or_, select, update

from mailbridge.domain.envelope import Door, Envelope, Peer, Posted
from mailbridge.domain.facts import ActionKind
from mailbridge.domain.ids import QueueId, RecordId, ThreadId
from mailbridge.domain.parties import Direction
from mailbridge.errors import NotFound, NotPossible
from mailbridge.policy.plan import Disposition, HoldReason
from mailbridge.store.authrecord import auth_from_json
from mailbridge.store.content import KEY_COLUMNS, KEYED_RECORDS, open_details, open_octets, record_sealer
from mailbridge.store.records import HeldRecord
from mailbridge.store.rows import AnyRow, instant, micros, to_json
from mailbridge.store.seal import KeyRing
from mailbridge.store.tables import actions, events, marketplaces, records

_KEYED = select(records, *KEY_COLUMNS).select_from(KEYED_RECORDS)
#: what waits for a person: not what is kept until its seller switches messaging on again (S-17)
_WAITS_FOR_A_PERSON = and_(
    records.c.state == literal_column("'held'"), records.c.hold != literal_column("'messaging_off'")
)
_KEPT = (
    _KEYED.where(records.c.state == literal_column("'held'"), records.c.hold == HoldReason.MESSAGING_OFF.value)
    .order_by(records.c.received_at, records.c.id)
    .limit(bindparam("most"))
)
_HELD = (
    _KEYED.where(_WAITS_FOR_A_PERSON, records.c.received_at >= bindparam("since"))
    .order_by(records.c.received_at, records.c.id)
    .limit(bindparam("most"))
)
_SECOND_LOOKS = (
    _KEYED.where(records.c.state == literal_column("'held'"), records.c.hold == HoldReason.SECOND_LOOK.value)
    .order_by(records.c.received_at, records.c.id)
    .limit(bindparam("most"))
)
_SCREENING = (
    _KEYED.where(records.c.state == literal_column("'screening'"))
    .order_by(records.c.received_at, records.c.id)
    .limit(bindparam("most"))
)
_WAITS = select(records.c.waits_key, records.c.received_at).where(records.c.id == bindparam("id"))
_OLDER = (
    select(records.c.id)
    .where(
        records.c.state == literal_column("'screening'"),
        records.c.waits_key == bindparam("key"),
        or_(
            records.c.received_at < bindparam("at"),
            and_(records.c.received_at == bindparam("at"), records.c.id < bindparam("id")),
        ),
    )
    .limit(literal_column("1"))
)
_ONE = _KEYED.where(records.c.id == bindparam("id"))
_COUNT = select(func.count()).select_from(records).where(_WAITS_FOR_A_PERSON)
_COUNT_SCREENING = select(func.count()).select_from(records).where(records.c.state == literal_column("'screening'"))
_MARKETS = select(marketplaces.c.alias_domain, marketplaces.c.name)
_ASKED = (
    select(actions.c.used_by)
    .where(
        actions.c.record_id == bindparam("id"),
        actions.c.kind == ActionKind.SECOND_LOOK.value,
        actions.c.used_by.is_not(None),
    )
    .limit(literal_column("1"))
)
_REFUSE = (
    update(records)
    .where(records.c.id == bindparam("record_id"), records.c.state == literal_column("'held'"))
    .values(state="refused")
)


def held_records(connection: Connection, keys: KeyRing, limit: int, since: datetime | None) -> tuple[HeldRecord, ...]:
    """What waits since `since` or longer ago than that with None, the oldest first."""
    values = {"since": 0 if since is None else micros(since), "most": limit}
    names = _market_names(connection)
    return tuple(_to_held(row, keys, names) for row in connection.execute(_HELD, values))


def kept_messages(connection: Connection, keys: KeyRing, limit: int) -> tuple[HeldRecord, ...]:
    """What is kept until its seller switches messaging on again, the oldest first."""
    names = _market_names(connection)
    return tuple(_to_held(row, keys, names) for row in connection.execute(_KEPT, {"most": limit}))


def screening_records(connection: Connection, keys: KeyRing, limit: int) -> tuple[HeldRecord, ...]:
    """What waits for its files to be looked into, the oldest first."""
    names = _market_names(connection)
    return tuple(_to_held(row, keys, names) for row in connection.execute(_SCREENING, {"most": limit}))


def second_looks(connection: Connection, keys: KeyRing, limit: int) -> tuple[HeldRecord, ...]:
    """What was refused and waits for a second look, the oldest first."""
    names = _market_names(connection)
    return tuple(_to_held(row, keys, names) for row in connection.execute(_SECOND_LOOKS, {"most": limit}))


def waits_behind_another(connection: Connection, record_id: RecordId) -> bool:
    """True while older mail of the same people is being screened."""
    mine = connection.execute(_WAITS, {"id": record_id}).one_or_none()
    if mine is None or mine.waits_key is None:
        return False
    values = {"id": record_id, "key": mine.waits_key, "at": mine.received_at}
    return connection.execute(_OLDER, values).first() is not None


def count_held(connection: Connection) -> int:
    """How many wait."""
    return int(connection.execute(_COUNT).scalar_one())


def count_screening(connection: Connection) -> int:
    """How many wait for their files to be looked into, or behind one that does."""
    return int(connection.execute(_COUNT_SCREENING).scalar_one())


def held_record(connection: Connection, keys: KeyRing, record_id: RecordId) -> HeldRecord:
    """One message that waits or waited; NotFound when no such message was ever held."""
    row = connection.execute(_ONE, {"id": record_id}).one_or_none()
    if row is None or (row.hold is None and row.state != Disposition.SCREENING.value):
        raise NotFound(f"no held message {record_id}")
    return _to_held(row, keys, _market_names(connection))


def refused_record(connection: Connection, keys: KeyRing, record_id: RecordId) -> HeldRecord:
    """One message that a rule refused; NotFound when there is none, NotPossible when it went on meanwhile."""
    row = connection.execute(_ONE, {"id": record_id}).one_or_none()
    if row is None or row.disposition != Disposition.REFUSED.value:
        raise NotFound(f"no refused message {record_id}")
    if row.state != Disposition.REFUSED.value:
        raise NotPossible(f"{record_id} is not refused any more: it is {row.state}")
    return _to_held(row, keys, _market_names(connection))


def asked_in(connection: Connection, record_id: RecordId) -> RecordId | None:
    """The mail by which its author asked for a second look at this message; None where he did not."""
    row = connection.execute(_ASKED, {"id": record_id}).one_or_none()
    return None if row is None else RecordId(row.used_by)


def original(connection: Connection, keys: KeyRing, record_id: RecordId) -> bytes:
    """The mail as it came; NotFound when there is no such record."""
    row = connection.execute(_ONE, {"id": record_id}).one_or_none()
    if row is None:
        raise NotFound(f"no message {record_id}")
    return open_octets(row.id, row.octets, record_sealer(row, keys))


def refuse_held(connection: Connection, record_id: RecordId, now: datetime) -> None:
    """Settle a hold, the message goes nowhere; NotFound when it was never held, NotPossible when it is no more."""
    if connection.execute(_REFUSE, {"record_id": record_id}).rowcount != 1:
        row = connection.execute(_ONE, {"id": record_id}).one_or_none()
        if row is None or row.hold is None:
            raise NotFound(f"no held message {record_id}")
        raise NotPossible(f"{record_id} is not held any more: it was {row.state}")
    event = {"at": micros(now), "kind": "held.refused", "record_id": record_id, "thread_id": None}
    connection.execute(insert(events), {**event, "detail": to_json({})})


def findings_of(details: dict[str, Any]) -> tuple[str, ...]:
    """What the rules found, "check: words" each once, in order."""
    return tuple(dict.fromkeys(_found(details["verdict"])))


def facts_of(details: dict[str, Any]) -> tuple[str, ...]:
    """What conditions of rules were told, "name = value" each."""
    verdict = details["verdict"] or {}
    return tuple(f"{name} = {to_json(value)}" for name, value in verdict.get("facts", ()))


def _found(verdict: dict[str, Any] | None) -> Iterator[str]:
    for judgement in verdict["judgements"] if verdict else ():
        for check, _place, _start, _end, words, _detail in judgement["findings"]:
            yield f"{check}: {words}" if words else str(check)


def _market_names(connection: Connection) -> dict[str, str]:
    return {row.alias_domain: row.name for row in connection.execute(_MARKETS)}


def _to_held(row: AnyRow, keys: KeyRing, names: dict[str, str]) -> HeldRecord:
    sealer = record_sealer(row, keys)
    details = open_details(row.id, row.details, sealer)
    ip, helo, authenticated_as, is_trusted_front = details["peer"]
    envelope = Envelope(
        queue_id=QueueId(row.queue_id),
        door=Door(row.door),
        reverse_path=details["reverse_path"],
        forward_paths=(details["forward_path"],),
        content=open_octets(row.id, row.octets, sealer),
        received_at=instant(row.received_at),
        peer=Peer(ip=ip, helo=helo, authenticated_as=authenticated_as, is_trusted_front=is_trusted_front),
        posted=Posted(market_reference=details["posted"]) if "posted" in details else None,
    )
    return HeldRecord(
        record_id=RecordId(row.id),
        reason=row.reason,
        hold=None if row.hold is None else HoldReason(row.hold),
        envelope=envelope,
        received_at=envelope.received_at,
        marketplace=names.get(details["forward_path"].rpartition("@")[2].lower(), ""),
        thread_id=None if row.thread_id is None else ThreadId(row.thread_id),
        direction=None if row.direction is None else Direction(row.direction),
        findings=findings_of(details),
        gate_places=tuple(details["gate_places"]),
        subject=details["subject"],
        state=row.state,
        ruleset=row.ruleset,
        auth=auth_from_json(details["auth"]) if "auth" in details else None,
    )
