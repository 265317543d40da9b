"""One-use tokens by which a seller acts in a conversation, or stops a message of his that waits (N-11, N-15).

A token is bound to the message that it stood in, and so to one conversation and one seller. What its use brings is
decided by `path/acting.py`; here it is read, and written where a browser uses it. By mail it is written by the intake.
"""

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from mailbridge.domain.facts import ActionKind, AliasDestination, ContactDestination
from mailbridge.domain.ids import RecordId
from mailbridge.errors import Conflict
from mailbridge.policy.actions import ACTIONS
from mailbridge.store.actionrecords import ActionChange, ActionOffer
from mailbridge.store.catalogue import Catalogue
from mailbridge.store.clocks import write_tick
from mailbridge.store.content import KEY_COLUMNS, KEYED_RECORDS, open_details, record_sealer
from mailbridge.store.destinations import Destinations
from mailbridge.store.intake import undo, use_action
from mailbridge.store.newestmessage import is_newest_of_buyer
from mailbridge.store.rows import instant, maybe_micros, micros, to_json, to_thread
from mailbridge.store.seal import KeyRing
from mailbridge.store.tables import actions, events, records, threads

#: an unknown token, one whose time is over and one for something else are the same: no row
_OFFER = (
    select(
        *(actions.c.kind, actions.c.record_id, actions.c.used_at),
        *(records.c.details, records.c.received_at, records.c.state, records.c.thread_id),
        *KEY_COLUMNS,
    )
    .select_from(KEYED_RECORDS.join(actions, actions.c.record_id == records.c.id))
    .where(
        actions.c.token_hash == bindparam("token_hash"),
        actions.c.kind.in_(sorted(kind.value for kind in ACTIONS)),
        actions.c.expires_at > bindparam("now"),
    )
)
_THREAD = select(threads).where(threads.c.id == bindparam("id"))
_MOVE = (
    update(threads)
    .where(threads.c.id == bindparam("thread"), threads.c.version == bindparam("expected"))
    .values(state=bindparam("new_state"), market_joined_at=bindparam("new_joined_at"), version=threads.c.version + 1)
)


def offer_of(
    connection: Connection,
    keys: KeyRing,
    catalogue: Catalogue,
    destinations: Destinations,
    *,
    token_hash: bytes,
    now: datetime,
) -> ActionOffer | None:
    """What this token may do now; None alike where it is unknown, for something else, or over."""
    row = connection.execute(_OFFER, {"token_hash": token_hash, "now": micros(now)}).one_or_none()
    if row is None:
        return None
    details = open_details(row.key_record_id, row.details, record_sealer(row, keys))
    behind = destinations.find(connection, details["forward_path"], instant(row.received_at))
    found = connection.execute(_THREAD, {"id": row.thread_id}).one_or_none()
    thread = None if found is None else to_thread(found, keys)
    if not isinstance(behind, AliasDestination | ContactDestination) or not behind.seller.is_active:
        return None
    buyer = behind.buyer if isinstance(behind, AliasDestination) else None
    if buyer is None and thread is not None:
        buyer = catalogue.buyer(connection, thread.buyer_id)
    kind, record_id = ActionKind(row.kind), RecordId(row.record_id)
    is_of_thread = kind is not ActionKind.STOP_SENDING
    if is_of_thread and thread is None:
        return None
    return ActionOffer(
        token_hash=token_hash,
        kind=kind,
        record_id=record_id,
        marketplace=behind.marketplace,
        seller=behind.seller,
        buyer=buyer,
        thread=thread,
        written_to=details["forward_path"],
        record_state=row.state,
        is_used=row.used_at is not None,
        is_overtaken=is_of_thread and not is_newest_of_buyer(connection, record_id),
    )


def use_offer(connection: Connection, offer: ActionOffer, change: ActionChange, now: datetime) -> None:
    """Use up a token in a browser, with what follows; Conflict where it was used, or what it acts on changed, since."""
    at = micros(now)
    use_action(connection, offer.token_hash, at=at, by=None)
    if change.undoes is not None:
        undo(connection, change.undoes, at=at, via="web")
    thread = offer.thread
    if thread is None or not change.is_of_thread:
        return
    after = thread.in_state(change.state or thread.state)
    values = {"thread": thread.id, "expected": thread.version, "new_state": after.state.value}
    joined_at = {"new_joined_at": maybe_micros(after.market_joined_at)}
    if connection.execute(_MOVE, values | joined_at).rowcount != 1:
        raise Conflict("the thread has another version by now")
    if change.state is not None:
        detail = {"from": thread.state.value, "to": change.state.value, "by": "seller", "via": "web"}
        event = {"at": at, "kind": "thread.state", "record_id": offer.record_id, "thread_id": thread.id}
        connection.execute(insert(events), {**event, "detail": to_json(detail)})
    if change.tick is not None:
        write_tick(connection, thread.id, thread.seller_id, change.tick)
