"""The one commit of a mail (design.md §2): record, thread, people, deliveries, intents, actions and event together.

Runs in the committer's thread, inside a savepoint of its own. Races are settled here by unique keys, versions and
counts: whoever comes second gets Conflict and runs again from facts. Decides nothing else.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, bindparam, delete, func, insert, literal_column, or_, select, update

from mailbridge.domain.delivery import DeliveryState, PostKind
from mailbridge.domain.ids import IntentId, RecordId, ThreadId
from mailbridge.errors import Conflict
from mailbridge.policy.plan import Disposition, HoldReason, IntentKind
from mailbridge.policy.topics import both_of
from mailbridge.store.assigning import assign
from mailbridge.store.breaches import dismiss, insert_breaches
from mailbridge.store.clocks import write_tick
from mailbridge.store.facts import DEDUPE_WITHOUT_ID, THREADS_READ
from mailbridge.store.fingerprints import KEY_WITHOUT_ID
from mailbridge.store.newintents import insert_intents
from mailbridge.store.optouts import apply_opt_out, wish_columns
from mailbridge.store.outreach import write_outreach
from mailbridge.store.prepared import (
    DELIVERY_COLUMNS,
    EVENT_COLUMNS,
    RECORD_COLUMNS,
    PreparedLeg,
    Values,
    thread_columns,
    with_message_ids,
)
from mailbridge.store.records import LegRecord, NewAction, NewIntent
from mailbridge.store.reviews import open_review
from mailbridge.store.rows import alias_values, instant, micros, to_json, to_thread
from mailbridge.store.seal import KeyRing
from mailbridge.store.statements import Rows, Statement
from mailbridge.store.tables import (
    actions,
    aliases,
    buyers,
    deliveries,
    events,
    mailboxes,
    records,
    sellers,
    threads,
)
from mailbridge.store.tellings import apply_telling

_INSERT_BUYER = insert(buyers)
_INSERT_MAILBOX = insert(mailboxes)
_INSERT_ALIAS = insert(aliases)
_INSERT_THREAD = insert(threads)
_INSERT_ACTION = insert(actions)
_RECORDS = Rows(records, RECORD_COLUMNS)
_DELIVERIES = Rows(deliveries, DELIVERY_COLUMNS)
_EVENTS = Rows(events, EVENT_COLUMNS)

_COUNT_PAIR = select(func.count(), func.coalesce(func.max(threads.c.pair_number), 0)).where(
    threads.c.seller_id == bindparam("seller_id"), threads.c.buyer_id == bindparam("buyer_id")
)
_OFF_AT = select(sellers.c.messaging_off_at).where(sellers.c.id == bindparam("seller_id"))
_THREAD = select(threads).where(threads.c.id == bindparam("thread_id")).with_for_update()
_EXPIRE_KEY = (
    update(records)
    .where(records.c.dedupe_key == bindparam("key"), records.c.received_at <= bindparam("before"))
    .values(dedupe_key=None)
)
_SETTLE = (
    update(records)
    .where(records.c.id == bindparam("record_id"), records.c.state == bindparam("old_state"))
    .values(state=bindparam("new_state"))
)
_REOPEN = (
    update(records)
    .where(records.c.id == bindparam("record_id"), records.c.state == literal_column("'refused'"))
    .values(state="held", hold=HoldReason.SECOND_LOOK.value)
)
_IS_SCREENING = (records.c.id == bindparam("record_id"), records.c.state == literal_column("'screening'"))
_REPLACE = update(records).where(*_IS_SCREENING)
_DROP = delete(records).where(*_IS_SCREENING)
_UNDO = update(records).where(*_IS_SCREENING).values(state="undone", waits_key=None)
_USE_ACTION = (
    update(actions)
    .where(actions.c.token_hash == bindparam("hash"), actions.c.used_at.is_(None))
    .values(used_at=bindparam("at"), used_by=bindparam("by"))
)
_BOUNCE = (
    update(deliveries)
    .where(
        deliveries.c.id == bindparam("delivery_id"),
        deliveries.c.state.in_([DeliveryState.DELIVERED.value, DeliveryState.PENDING.value, DeliveryState.HELD.value]),
    )
    .values(state=DeliveryState.BOUNCED.value, due_at=None, leased_by=None, status=bindparam("new_status"))
)
_OF_BOUNCED = select(deliveries.c.record_id).where(
    deliveries.c.id == bindparam("delivery_id"), deliveries.c.kind == PostKind.RELAY.value
)
# In one order, so that two that came back at once wait for one another.
_CARRIERS = (
    select(deliveries.c.id, deliveries.c.state)
    .where(
        deliveries.c.record_id == _OF_BOUNCED.scalar_subquery().correlate(None),
        deliveries.c.kind == PostKind.RELAY.value,
    )
    .order_by(deliveries.c.id)
    .with_for_update()
)


def _flag(name: str) -> object:
    # Once true, always true: a commit that read an older thread must not take it back.
    return or_(threads.c[name], bindparam(f"new_{name}", type_=threads.c[name].type))


_CHANGED = {
    "version": threads.c.version + 1,
    "last_at": bindparam("new_last_at"),
    "order_id": bindparam("new_order_id"),
    "offer_id": bindparam("new_offer_id"),
    "area": bindparam("new_area"),
    "state": bindparam("new_state"),
    "content": bindparam("new_content"),
    **{name: bindparam(f"new_{name}") for name in ("market_joined_at", "last_by", "topics", "urgency", "has_people")},
    **{name: _flag(name) for name in ("is_acknowledged", "seller_was_written_to", "buyer_was_written_to")},
}
_CHANGE_THREAD = Statement(
    update(threads)
    .where(threads.c.id == bindparam("thread_id"), threads.c.version == bindparam("expected"))
    .values(_CHANGED)
)


class IntakeWriter:
    """Writes intakes that wait for the same commit; rows of one table go in one statement."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys

    def write(self, connection: Connection, intakes: Sequence[tuple[PreparedLeg, ...]]) -> None:
        """Write every leg of every intake; Conflict when another commit, or another of these, was first."""
        legs = [leg for intake in intakes for leg in intake]
        for prepared in legs:
            _claim_rights(connection, prepared)
            _write_people(connection, prepared)
            _write_thread(connection, prepared, self._keys)
            _expire_key(connection, prepared)
            _replace_record(connection, prepared)
        new = [prepared.record for prepared in legs if prepared.record is not None and not prepared.leg.replaces]
        _RECORDS.insert(connection, new)
        _DELIVERIES.insert(connection, [row for prepared in legs for row in prepared.deliveries])
        for prepared in legs:
            insert_intents(connection, prepared.leg.intents)
            insert_actions(connection, prepared.leg.actions)
            _write_outreach(connection, prepared)
            if prepared.leg.plan.hold is HoldReason.MESSAGING_OFF:
                insert_intents(connection, _delivers_if_on(connection, prepared))
            if prepared.leg.assignment is not None:
                assign(connection, self._keys, prepared.leg.assignment, prepared.event["at"])
            if prepared.leg.breaches is not None:
                insert_breaches(connection, prepared.leg.breaches)
            if prepared.leg.tick is not None and prepared.leg.thread is not None:
                thread = prepared.leg.thread
                write_tick(connection, thread.id, thread.seller_id, prepared.leg.tick)
        _EVENTS.insert(connection, [prepared.event for prepared in legs])


def _claim_rights(connection: Connection, prepared: PreparedLeg) -> None:
    """What only one commit may do: settle a hold, use a token, count a bounce."""
    leg, at = prepared.leg, prepared.event["at"]
    if leg.releases is not None:
        is_refused = leg.plan.disposition is Disposition.REFUSED
        before = "refused" if leg.was_refused else "held"
        values: Values = {
            "record_id": leg.releases,
            "old_state": before,
            "new_state": "refused" if is_refused else "released",
        }
        if connection.execute(_SETTLE, values).rowcount != 1:
            raise Conflict(f"the record is not {before} any more")
    if leg.uses_action is not None:
        use_action(connection, leg.uses_action, at=at, by=leg.record_id)
        _do_asked(connection, leg, at)
    if leg.review is not None:
        open_review(connection, leg.review, at)
    if leg.dismisses is not None and isinstance(at, int):
        dismiss(connection, leg.dismisses, at)
    if leg.bounced is not None:
        _book_bounce(connection, leg)


def _book_bounce(connection: Connection, leg: LegRecord) -> None:
    """Note that a delivery came back; Conflict where another that carries the same mail changed meanwhile.

    Whether its author is told hangs on them all.
    """
    carriers = connection.execute(_CARRIERS, {"delivery_id": leg.bounced}).all()
    beside = sorted(row.state for row in carriers if row.id != leg.bounced)
    if beside != sorted(state.value for state in leg.bounced_beside):
        raise Conflict("another delivery of the same mail changed meanwhile")
    status = str(leg.bounce_status) if leg.bounce_status is not None else None
    connection.execute(_BOUNCE, {"delivery_id": leg.bounced, "new_status": status})


def _replace_record(connection: Connection, prepared: PreparedLeg) -> None:
    """The row of a mail that waited, as it is now: what refers to it (actions, deliveries) stays."""
    leg, record = prepared.leg, prepared.record
    if not leg.replaces:
        return
    names = [name for name in record or () if name != "id"]
    changed = {f"new_{name}": record[name] for name in names} if record is not None else {}
    statement = _DROP if record is None else _REPLACE.values({name: bindparam(f"new_{name}") for name in names})
    if connection.execute(statement, {**changed, "record_id": leg.record_id}).rowcount != 1:
        raise Conflict("the record is not being screened any more")


def undo(connection: Connection, record_id: RecordId, *, at: object, via: str) -> None:
    """Its author stops a message that waits; Conflict where it waits no more. `at` is in microseconds."""
    if connection.execute(_UNDO, {"record_id": record_id}).rowcount != 1:
        raise Conflict("the message does not wait any more")
    event = {"at": at, "kind": "undone", "record_id": record_id, "thread_id": None}
    connection.execute(insert(events), {**event, "detail": to_json({"via": via})})


def use_action(connection: Connection, token_hash: bytes, *, at: object, by: str | None) -> None:
    """Use up a token, by this mail or, with None, in a browser; Conflict where it was used before."""
    if connection.execute(_USE_ACTION, {"hash": token_hash, "at": at, "by": by}).rowcount != 1:
        raise Conflict("the action was used before")


def _do_asked(connection: Connection, leg: LegRecord, at: object) -> None:
    """What the action address that a mail used asks for."""
    if leg.undoes is not None:
        undo(connection, leg.undoes, at=at, via="mail")
    if leg.opt_out is not None:
        apply_opt_out(connection, leg.opt_out, at=at, record_id=leg.record_id)
    if leg.telling is not None:
        apply_telling(connection, leg.telling, at=at, record_id=leg.record_id)
    if leg.reopens is not None and connection.execute(_REOPEN, {"record_id": leg.reopens}).rowcount == 1:
        event = {"at": at, "kind": "refused.second_look", "record_id": leg.reopens, "thread_id": None}
        connection.execute(insert(events), {**event, "detail": to_json({"asked_in": leg.record_id})})


def _write_people(connection: Connection, prepared: PreparedLeg) -> None:
    if prepared.buyer is not None:
        connection.execute(_INSERT_BUYER, prepared.buyer)
        if prepared.mailboxes:
            connection.execute(_INSERT_MAILBOX, prepared.mailboxes)
    if prepared.leg.new_aliases:
        at = prepared.event["at"]
        if not isinstance(at, int):
            raise TypeError("instants are microseconds")
        connection.execute(_INSERT_ALIAS, [alias_values(alias, at) for alias in prepared.leg.new_aliases])


def _write_thread(connection: Connection, prepared: PreparedLeg, keys: KeyRing) -> None:
    leg = prepared.leg
    if leg.thread is None:
        return
    if leg.opens_thread and prepared.thread is not None:
        pair = {"seller_id": leg.thread.seller_id, "buyer_id": leg.thread.buyer_id}
        count, highest = connection.execute(_COUNT_PAIR, pair).one()
        if min(count, THREADS_READ) != leg.pair_threads_seen:
            raise Conflict("the pair has another thread by now")
        connection.execute(_INSERT_THREAD, {**prepared.thread, "pair_number": highest + 1})
    elif prepared.thread is not None:
        # Nobody wrote to the thread since the facts were read, nearly always: then nothing need be read again.
        seen = leg.thread.version - 1 if leg.expected_version is None else leg.expected_version
        if _change_thread(connection, leg.thread.id, prepared.thread, seen):
            return
        if leg.expected_version is not None:
            raise Conflict("the thread has another version by now")
        _append_to_thread(connection, prepared, keys)


def _change_thread(connection: Connection, thread_id: ThreadId, columns: Values, expected: int) -> bool:
    values: Values = {f"new_{name}": value for name, value in columns.items()}
    return _CHANGE_THREAD.run(connection, {**values, "thread_id": thread_id, "expected": expected}) == 1


def _append_to_thread(connection: Connection, prepared: PreparedLeg, keys: KeyRing) -> None:
    """Add the message to the thread as it is now, whatever was added since the facts were read."""
    leg = prepared.leg
    if leg.thread is None or prepared.thread_holder is None:
        raise ValueError("there is no thread")
    row = connection.execute(_THREAD, {"thread_id": leg.thread.id}).one()
    now = to_thread(row, keys)
    now = replace(
        now,
        seller_was_written_to=now.seller_was_written_to or leg.thread.seller_was_written_to,
        buyer_was_written_to=now.buyer_was_written_to or leg.thread.buyer_was_written_to,
        copies_market=now.copies_market or leg.thread.copies_market,
        last_by=leg.thread.last_by,
        topics=both_of(now.topics, leg.thread.topics),
        has_people=now.has_people or leg.thread.has_people,
    )
    last_at = row.last_at if leg.thread.last_at is None else max(row.last_at, micros(leg.thread.last_at))
    columns = thread_columns(with_message_ids(now, leg), prepared.thread_holder, last_at)
    if not _change_thread(connection, leg.thread.id, columns, row.version):
        raise Conflict("the thread has another version by now")


def _write_outreach(connection: Connection, prepared: PreparedLeg) -> None:
    leg, at = prepared.leg, prepared.event["at"]
    if leg.outreach is not None and isinstance(at, int):
        write_outreach(connection, leg.record_id, leg.outreach, at, judged_by=leg.judged_by)


def _delivers_if_on(connection: Connection, prepared: PreparedLeg) -> tuple[NewIntent, ...]:
    """A message that is kept goes on where its seller switched messaging on again while it was looked at."""
    leg, at = prepared.leg, prepared.event["at"]
    seller_id = leg.thread.seller_id if leg.thread is not None else leg.seller_id
    off_at = connection.execute(_OFF_AT, {"seller_id": seller_id}).scalar()
    if seller_id is None or off_at is not None or not isinstance(at, int):
        return ()
    kind, key = IntentKind.DELIVER_KEPT, f"{IntentKind.DELIVER_KEPT.value}:{leg.record_id}"
    return (NewIntent(id=IntentId(leg.record_id), kind=kind, due_at=instant(at), seller_id=seller_id, unique_key=key),)


def _expire_key(connection: Connection, prepared: PreparedLeg) -> None:
    """Without a Message-ID a dedupe key holds for some days only: an older record gives it up."""
    record, key = prepared.record, prepared.leg.dedupe_key
    if record is None or key is None or key[:1] != KEY_WITHOUT_ID:
        return
    received_at = record["received_at"]
    if not isinstance(received_at, int):
        raise TypeError("instants are microseconds")
    before = received_at - DEDUPE_WITHOUT_ID // timedelta(microseconds=1)
    connection.execute(_EXPIRE_KEY, {"key": key, "before": before})


def insert_actions(connection: Connection, new: tuple[NewAction, ...]) -> None:
    """Insert one-use actions."""
    for action in new:
        connection.execute(
            _INSERT_ACTION,
            {
                "token_hash": action.token_hash,
                "kind": action.kind.value,
                "record_id": action.record_id,
                "sanction_id": action.sanction_id,
                "expires_at": micros(action.expires_at),
                **wish_columns(action.wish),
            },
        )
