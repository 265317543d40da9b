"""An intake made ready for the committer: sealed, hashed and laid out as rows in the thread of the caller.

The committer is one thread for everybody, so nothing is computed there that can be computed before. Writes nothing.
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from sqlalchemy import Connection

from mailbridge.domain.delivery import DeliveryState
from mailbridge.domain.ids import BuyerId, RecordId
from mailbridge.domain.parties import Buyer, Role
from mailbridge.domain.thread import Thread
from mailbridge.domain.verdict import Verdict
from mailbridge.policy.plan import Disposition, HoldReason
from mailbridge.policy.topics import PRIORITIES, priority_of, topics_of
from mailbridge.store.authrecord import auth_to_json
from mailbridge.store.content import (
    RECORD_KEYS,
    Holders,
    delivery_values,
    holder_of,
    record_sealer,
    seal_details,
    seal_octets,
    wraps,
)
from mailbridge.store.fingerprints import message_id_hash
from mailbridge.store.records import Intake, LegRecord
from mailbridge.store.rows import (
    MESSAGE_IDS_KEPT,
    buyer_content,
    mailbox_content,
    mailbox_place,
    micros,
    thread_content,
    to_json,
)
from mailbridge.store.seal import KeyRing, Sealer
from mailbridge.store.tables import records

#: how long the process that commits a delivery may take to send it before others may claim it
LEASE_AT_COMMIT = timedelta(minutes=10)

#: dispositions of which no record is kept: the client still has the message, or we have it already
_WITHOUT_RECORD = frozenset({Disposition.REJECTED, Disposition.DEFERRED, Disposition.DUPLICATE})

Values = dict[str, object]

#: columns that `prepare` fills; the others start as NULL
RECORD_COLUMNS = tuple(column.name for column in records.columns)
DELIVERY_COLUMNS = (
    *("id", "record_id", "thread_id", "marketplace_id", "kind", "reader", "composed_at", "expires_at"),
    *("message_hash", "wrap_store", "content", "state", "attempts", "due_at", "leased_by", "fencing_token"),
)
EVENT_COLUMNS = ("at", "kind", "record_id", "thread_id", "detail")


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedLeg:
    """The rows of one leg."""

    leg: LegRecord
    #: holder key of the thread, with which an append reads and seals its content again; None without a thread
    thread_holder: Sealer | None
    thread: Values | None
    buyer: Values | None
    mailboxes: list[Values]
    record: Values | None
    deliveries: list[Values]
    event: Values


def prepare(intake: Intake, connection: Connection, keys: KeyRing, *, worker: str | None) -> tuple[PreparedLeg, ...]:
    """Every row of an intake; `worker` is who holds the lease of its deliveries, None to leave them to anybody."""
    source = _HolderSource(connection, keys)
    return tuple(_prepare_leg(intake, leg, source, worker=worker) for leg in intake.legs)


@dataclass(slots=True)
class _HolderSource:
    """Where the keys of holders come from: the store, or a leg before that makes the holder."""

    connection: Connection
    keys: KeyRing
    new_buyers: dict[BuyerId, Sealer] = field(default_factory=dict)

    def of_waiting(self, record_id: RecordId) -> Sealer:
        """The content key of a record that is replaced: mail about it that is not sent yet was sealed with it."""
        row = self.connection.execute(RECORD_KEYS, {"id": record_id}).one_or_none()
        return Sealer.fresh() if row is None else record_sealer(row, self.keys)

    def of_buyer(self, buyer_id: BuyerId) -> Sealer:
        """One mail to two shops makes its author a buyer once, with the first of its legs."""
        return self.new_buyers.get(buyer_id) or holder_of(self.connection, self.keys, "buyer", buyer_id)


def _prepare_leg(intake: Intake, leg: LegRecord, source: _HolderSource, *, worker: str | None) -> PreparedLeg:
    received_at, keys = micros(intake.envelope.received_at), source.keys
    holders, new_buyer, new_mailboxes, wrapped_thread = _holders(leg, source, received_at)
    sealer = source.of_waiting(leg.record_id) if leg.replaces else Sealer.fresh()
    is_kept = leg.plan.disposition not in _WITHOUT_RECORD or bool(leg.deliveries) or leg.releases is not None
    return PreparedLeg(
        leg=leg,
        thread_holder=holders.thread,
        thread=_thread_values(leg, holders.thread, wrapped_thread, received_at),
        buyer=new_buyer,
        mailboxes=new_mailboxes,
        record=_record_values(intake, leg, sealer, holders, keys) if is_kept else None,
        deliveries=[new_delivery(delivery_values(d, sealer, keys), worker) for d in leg.deliveries],
        event=_event_values(intake, leg),
    )


def _holders(
    leg: LegRecord, source: _HolderSource, now: int
) -> tuple[Holders, Values | None, list[Values], bytes | None]:
    """Whose keys open this record; with the rows of a new buyer and the wrapped key of a new thread."""
    connection, keys = source.connection, source.keys
    buyer_values: Values | None = None
    mailbox_values: list[Values] = []
    wrapped_thread: bytes | None = None
    buyer_holder: Sealer | None = None
    if leg.new_buyer is not None:
        buyer_holder, wrapped = keys.new_holder(f"buyer.{leg.new_buyer.id}")
        source.new_buyers[leg.new_buyer.id] = buyer_holder
        buyer_values = new_buyer_values(leg.new_buyer, None, buyer_holder, wrapped, now)
        mailbox_values = mailbox_rows(leg.new_buyer, buyer_holder, keys)
    thread = leg.thread
    if thread is None:
        return Holders(buyer=buyer_holder), buyer_values, mailbox_values, None
    if leg.opens_thread:
        thread_holder, wrapped_thread = keys.new_holder(f"thread.{thread.id}")
    else:
        thread_holder = holder_of(connection, keys, "thread", thread.id)
    holders = Holders(
        thread=thread_holder,
        seller=holder_of(connection, keys, "seller", thread.seller_id),
        buyer=source.of_buyer(thread.buyer_id),
    )
    return holders, buyer_values, mailbox_values, wrapped_thread


def new_buyer_values(buyer: Buyer, reference: str | None, holder: Sealer, wrapped: bytes, now: int) -> Values:
    """The row of a new buyer."""
    return {
        "id": buyer.id,
        "marketplace_id": buyer.marketplace_id,
        "reference": reference,
        "language": buyer.language,
        "is_active": buyer.is_active,
        "created_at": now,
        "holder": wrapped,
        "content": buyer_content(buyer.id, buyer, holder),
    }


def mailbox_rows(party: Buyer, holder: Sealer, keys: KeyRing) -> list[Values]:
    """The mailbox rows of a buyer."""
    rows: list[Values] = []
    for position, mailbox in enumerate(party.mailboxes):
        address_hash = keys.lookup(mailbox.address.addr_spec)
        rows.append(
            {
                "owner_id": party.id,
                "address_hash": address_hash,
                "marketplace_id": party.marketplace_id,
                "role": Role.BUYER.value,
                "scope": "",
                "position": position,
                "is_primary": mailbox.is_primary,
                "is_active": mailbox.is_active,
                "content": mailbox_content(mailbox, holder, mailbox_place(party.id, address_hash)),
            }
        )
    return rows


def with_message_ids(thread: Thread, leg: LegRecord) -> Thread:
    """The thread with the ids of this message behind the others."""
    if leg.message_ids is None or leg.message_ids in thread.message_ids[-1:]:
        return thread
    return replace(thread, message_ids=(*thread.message_ids, leg.message_ids)[-MESSAGE_IDS_KEPT:])


def thread_columns(thread: Thread, holder: Sealer, last_at: int) -> Values:
    """The columns of a thread that a commit may change."""
    return {
        "order_id": thread.order_id,
        "offer_id": thread.offer_id,
        "area": thread.area.value,
        "state": thread.state.value,
        "last_at": last_at,
        "seller_was_written_to": thread.seller_was_written_to,
        "buyer_was_written_to": thread.buyer_was_written_to,
        "is_acknowledged": thread.is_acknowledged,
        "content": thread_content(thread, holder),
        "market_joined_at": micros(thread.market_joined_at) if thread.market_joined_at is not None else None,
        "last_by": thread.last_by.value if thread.last_by is not None else None,
        "topics": f" {' '.join(thread.topics)} " if thread.topics else "",
        "urgency": PRIORITIES.index(priority_of(thread.topics)),
        "has_people": thread.has_people,
    }


def _thread_values(leg: LegRecord, holder: Sealer | None, wrapped: bytes | None, received_at: int) -> Values | None:
    """The row of a new thread, or the columns of a changed one; None where the thread stays as it is."""
    thread = leg.thread
    is_changed = leg.opens_thread or leg.expected_version is not None or leg.message_ids is not None
    if thread is None or holder is None or not is_changed:
        return None
    last_at = received_at if thread.last_at is None else micros(thread.last_at)
    values = thread_columns(with_message_ids(thread, leg), holder, last_at)
    if not leg.opens_thread:
        return values
    return {
        **values,
        "id": thread.id,
        "marketplace_id": thread.marketplace_id,
        "seller_id": thread.seller_id,
        "buyer_id": thread.buyer_id,
        "version": 1,
        "holder": wrapped,
    }


def _record_values(intake: Intake, leg: LegRecord, sealer: Sealer, holders: Holders, keys: KeyRing) -> Values:
    thread, plan, ids = leg.thread, leg.plan, leg.message_ids
    return {
        "id": leg.record_id,
        "queue_id": intake.envelope.queue_id,
        "marketplace_id": thread.marketplace_id if thread is not None else None,
        "thread_id": thread.id if thread is not None else None,
        "seller_id": thread.seller_id if thread is not None else leg.seller_id,
        "buyer_id": thread.buyer_id if thread is not None else None,
        "direction": leg.direction.value if leg.direction is not None else None,
        "door": intake.envelope.door.value,
        "received_at": micros(intake.envelope.received_at),
        "state": plan.disposition.value,
        "disposition": plan.disposition.value,
        "reason": plan.reason,
        "hold": plan.hold.value if plan.hold is not None else None,
        "ruleset": plan.verdict.ruleset if plan.verdict is not None else "",
        "public": to_json(_public(intake, leg)),
        "dedupe_key": leg.dedupe_key,
        "waits_key": leg.waits_key,
        "buyer_id_hash": message_id_hash(keys, ids.for_buyer) if ids is not None and ids.for_buyer else None,
        "seller_id_hash": message_id_hash(keys, ids.for_seller) if ids is not None and ids.for_seller else None,
        "text_hash": leg.copies.text_hash if leg.copies is not None else None,
        "reader_hash": leg.copies.reader_hash if leg.copies is not None else None,
        **wraps(leg.record_id, sealer, holders, keys),
        "details": seal_details(leg.record_id, _details(intake, leg), sealer),
        "octets": seal_octets(leg.record_id, intake.envelope.content, sealer),
    }


def _public(intake: Intake, leg: LegRecord) -> Values:
    """What names nobody and quotes nobody: kept in the clear for figures and for `explain`."""
    message, verdict = intake.message, leg.plan.verdict
    public: Values = {"reply": leg.plan.reply.code, "size_octets": len(intake.envelope.content)}
    if message.attachments:
        public["attachments"] = len(message.attachments)
    if message.opaque is not None:
        public["opaque"] = message.opaque.value
    if intake.incident:
        public["incident"] = intake.incident
    if leg.first_ruleset:
        public["first_ruleset"] = leg.first_ruleset
    declared = [note.declared for note in leg.files if note.declared]
    if declared:
        public["declared"] = declared
    if verdict is not None and verdict.judgements:
        public["judgements"] = [
            (j.rule, "BROKEN" if j.is_broken else j.action.name, j.mode.value) for j in verdict.judgements
        ]
    return public


def _details(intake: Intake, leg: LegRecord) -> Values:
    """What people wrote and where it came from: sealed."""
    envelope, message, auth = intake.envelope, intake.message, intake.auth
    peer = envelope.peer
    return {
        "forward_path": leg.plan.forward_path,
        "reverse_path": envelope.reverse_path,
        "peer": [peer.ip, peer.helo, peer.authenticated_as, peer.is_trusted_front],
        "author": message.author.addr_spec if message.author is not None else None,
        "message_id": message.message_id,
        "subject": message.subject,
        "kind": (leg.kind or message.classification.kind).value,
        "topics": topics_of(message),
        # The new text stands in what was delivered; it is kept by itself only where nothing was.
        "new_text": "" if leg.delivered_text else message.own_text,
        "delivered_text": leg.delivered_text,
        "attachments": [attachment.filename for attachment in message.attachments],
        "gate_places": leg.gate_places,
        "removed": leg.removed,
        "verdict": None if leg.plan.verdict is None else _verdict(leg.plan.verdict),
        **_of_files(leg),
        **({"posted": envelope.posted.market_reference} if envelope.posted is not None else {}),
        **({"is_uncertain": True} if leg.plan.route is not None and leg.plan.route.is_uncertain else {}),
        **({"auth": auth_to_json(auth)} if leg.plan.disposition is Disposition.SCREENING and auth is not None else {}),
    }


def _of_files(leg: LegRecord) -> Values:
    """What was done to files; nothing for the many messages without any."""
    notes = [[note.name, note.kind, note.removed, note.declared, note.is_unread] for note in leg.files]
    return {"files": notes} if notes else {}


def _verdict(verdict: Verdict) -> Values:
    return {
        "action": verdict.action.name,
        "judgements": [
            {
                "rule": judgement.rule,
                "action": judgement.action.name,
                "mode": judgement.mode.value,
                "is_broken": judgement.is_broken,
                "findings": [[f.check, f.place.value, f.start, f.end, f.words, f.detail] for f in judgement.findings],
            }
            for judgement in verdict.judgements
        ],
        **({"facts": verdict.facts} if verdict.facts else {}),
    }


def new_delivery(values: Values, worker: str | None) -> Values:
    """A delivery to be sent now: leased to `worker`, or due for anybody."""
    composed_at = values["composed_at"]
    if not isinstance(composed_at, int):
        raise TypeError("composed_at is in microseconds")
    lease_end = composed_at + LEASE_AT_COMMIT // timedelta(microseconds=1)
    return {
        **values,
        "state": DeliveryState.PENDING.value,
        "attempts": 0,
        "due_at": composed_at if worker is None else lease_end,
        "leased_by": worker,
        "fencing_token": 0 if worker is None else 1,
    }


def _event_values(intake: Intake, leg: LegRecord) -> Values:
    detail: Values = {"queue_id": intake.envelope.queue_id, "reason": leg.plan.reason}
    if leg.plan.hold is not None:
        detail["hold"] = HoldReason(leg.plan.hold).value
    if leg.releases is not None:
        detail["releases"] = leg.releases
    declared = [note.declared for note in leg.files if note.declared and leg.deliveries]
    if declared:
        detail["declared"] = declared  # promise 2: content that goes out unsearched is on record
    return {
        "at": micros(intake.envelope.received_at),
        "kind": leg.plan.disposition.value,
        "record_id": leg.record_id,
        "thread_id": leg.thread.id if leg.thread is not None else None,
        "detail": to_json(detail),
    }
