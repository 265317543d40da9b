"""Legs: from the plan for one forward-path to what is committed for it.

Draws ids, builds and gates every mail the plan asks for, and turns a relay that the gate stops into a hold. Writes nothing:
`receive` commits all legs of a mail at once.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mailbridge.domain.delivery import NewDelivery
from mailbridge.domain.facts import (
    ActionDestination,
    AliasDestination,
    ContactDestination,
    Facts,
    Pardon,
    RecordOnlyDestination,
    ReturnPathDestination,
)
from mailbridge.domain.ids import IntentId, RecordId, SellerId, ThreadId
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Role, primary_mailbox
from mailbridge.domain.thread import Thread
from mailbridge.message.dsn import read_dsn
from mailbridge.path.bridge import Bridge
from mailbridge.path.cast import Cast, advanced, complete
from mailbridge.path.notices import forwarded_mail, notice, undeliverable_after_dsn
from mailbridge.path.post import Posting, Withheld, post
from mailbridge.path.relay import relay
from mailbridge.policy.notices import notices_to_author
from mailbridge.policy.plan import Disposition, HoldReason, Intent, IntentKind, NoticeKind, Plan
from mailbridge.policy.planning import with_hold
from mailbridge.store.records import LegRecord, NewIntent


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """What was decided for one forward-path, and on which facts."""

    facts: Facts
    plan: Plan

    @property
    def reader_key(self) -> object:
        """Equal for two legs that lead to the same reader from the same author."""
        destination = self.facts.destination
        if isinstance(destination, AliasDestination):
            buyer = destination.buyer.id
        elif isinstance(destination, ContactDestination):
            buyer = self.facts.buyer.id if self.facts.buyer else None
            buyer = self.facts.author.id if self.facts.author_role is Role.BUYER and self.facts.author else buyer
        else:
            return self.facts.forward_path
        return (destination.seller.id, buyer, self.plan.route.direction if self.plan.route else None)

    @property
    def is_record_only(self) -> bool:
        """True for the market's CC address."""
        return isinstance(self.facts.destination, RecordOnlyDestination)


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A held record that a person lets go on."""

    record_id: RecordId
    pardon: Pardon


def record_leg(leg: Leg, message: Message, released: Released | None, bridge: Bridge) -> LegRecord:
    """Everything to be committed for this leg; its `plan` may have become a hold."""
    record = LegRecord(
        record_id=RecordId(bridge.mint.new_id()),
        plan=leg.plan,
        direction=leg.plan.route.direction if leg.plan.route else None,
        thread=_known_thread(leg),
        dedupe_key=None if released else _dedupe_key(leg, message, bridge),
        releases=released.record_id if released else None,
    )
    if leg.plan.disposition is Disposition.RELAYED:
        return _relayed(record, leg, message, bridge)
    if leg.plan.disposition is Disposition.FORWARDED:
        return replace(record, deliveries=_gated((forwarded_mail(leg.facts, message, record.record_id, bridge),), bridge))
    if leg.plan.disposition is Disposition.NOTED:
        return _noted(record, leg, bridge)
    return _with_words(_confirmed(record, leg, bridge), leg, message, bridge)


def _known_thread(leg: Leg) -> Thread | None:
    thread_id = leg.plan.route.thread_id if leg.plan.route else None
    return next((thread for thread in leg.facts.threads if thread.id == thread_id), None)


def _dedupe_key(leg: Leg, message: Message, bridge: Bridge) -> bytes:
    author = message.author.addr_spec if message.author else leg.facts.envelope.reverse_path or ""
    return bridge.store.dedupe_key(author, leg.facts.forward_path, message, leg.facts.envelope.received_at)


def _relayed(record: LegRecord, leg: Leg, message: Message, bridge: Bridge) -> LegRecord:
    route, facts = leg.plan.route, leg.facts
    if route is None:
        raise ValueError("a relay has a route")
    cast = complete(facts, route, message, bridge)
    mailbox = primary_mailbox(cast.reader)
    if mailbox is None:
        raise LookupError("resolve lets nothing through to a reader without a mailbox")
    built = relay(cast, route, message, facts, record_id=record.record_id, to=mailbox.address, bridge=bridge)
    delivery = post(built.posting, bridge, leak_accepted=facts.pardon.leak_accepted)
    if isinstance(delivery, Withheld):
        held = replace(record, plan=_held(leg, message, delivery.reason), gate_places=delivery.places)
        return _with_words(held, leg, message, bridge)
    changed = advanced(cast.thread, now=facts.now, reader_role=cast.reader_role, subjects=built.subjects)
    is_plain_append = not cast.opens_thread and _keeps_flags(cast.thread, changed)
    return _with_words(
        replace(
            record,
            thread=changed,
            opens_thread=cast.opens_thread,
            pair_threads_seen=len(facts.threads),
            expected_version=None if is_plain_append or cast.opens_thread else cast.thread.version,
            new_buyer=cast.new_buyer,
            new_aliases=cast.new_aliases,
            message_ids=built.message_ids,
            delivered_text=built.delivered_text,
            deliveries=(delivery,),
        ),
        leg,
        message,
        bridge,
        cast=cast,
    )


def _keeps_flags(before: Thread, after: Thread) -> bool:
    return replace(after, version=before.version, last_at=before.last_at) == before


def _held(leg: Leg, message: Message, reason: HoldReason) -> Plan:
    return with_hold(leg.plan, reason, notices_to_author(NoticeKind.HELD, message, leg.facts))


def _with_words(
    record: LegRecord, leg: Leg, message: Message, bridge: Bridge, *, cast: Cast | None = None
) -> LegRecord:
    """Add the notices and intents that the plan asks for."""
    postings = tuple(notice(wanted, leg.facts, message, record, bridge) for wanted in record.plan.notices)
    intents = tuple(
        intent
        for wanted in record.plan.intents
        if (intent := _intent(wanted, record, leg, message, bridge, cast)) is not None
    )
    deliveries = (*record.deliveries, *_gated(postings, bridge))
    return replace(record, deliveries=deliveries, intents=(*record.intents, *intents))


def _intent(
    wanted: Intent, record: LegRecord, leg: Leg, message: Message, bridge: Bridge, cast: Cast | None
) -> NewIntent | None:
    seller_id: SellerId | None = cast.seller.id if cast else None
    key = _unique_key(wanted.kind, record, leg, message, bridge, seller_id)
    if key is None:
        return None
    return _new_intent(
        wanted.kind,
        key,
        leg.facts.now + wanted.after,
        thread_id=record.thread.id if record.thread else None,
        record_id=record.record_id,
        seller_id=seller_id,
        bridge=bridge,
    )


def _unique_key(
    kind: IntentKind, record: LegRecord, leg: Leg, message: Message, bridge: Bridge, seller_id: SellerId | None
) -> str | None:
    """What makes a second intent of this kind superfluous; None where the plan asks for something that can not be."""
    if kind is IntentKind.ACKNOWLEDGE:
        return f"ack:{record.thread.id}" if record.thread else None
    if kind is IntentKind.WELCOME:
        return f"welcome:{seller_id}" if seller_id else None
    if kind is IntentKind.WAS_THIS_YOU and message.author is not None:
        mailbox = bridge.store.mac("was-this-you", message.author.addr_spec.lower().encode()).hex()[:24]
        return f"was-this-you:{mailbox}:{leg.facts.now:%Y-%m-%d}"  # at most one per mailbox and day (D9)
    return None


def _new_intent(
    kind: IntentKind,
    key: str,
    due_at: datetime,
    *,
    thread_id: ThreadId | None,
    record_id: RecordId,
    seller_id: SellerId | None,
    bridge: Bridge,
) -> NewIntent:
    return NewIntent(
        id=IntentId(bridge.mint.new_id()),
        kind=kind,
        due_at=due_at,
        thread_id=thread_id,
        record_id=record_id,
        seller_id=seller_id,
        unique_key=key,
    )


def _confirmed(record: LegRecord, leg: Leg, bridge: Bridge) -> LegRecord:
    """An action address did its work: its token is used up, and what it asks for is an intent of the same commit."""
    destination = leg.facts.destination
    if leg.plan.disposition is not Disposition.CONFIRMED or not isinstance(destination, ActionDestination):
        return record
    intent = _new_intent(
        IntentKind.RELEASE_CONFIRMED,
        f"release:{destination.record_id}",
        leg.facts.now + timedelta(0),
        thread_id=None,
        record_id=destination.record_id,
        seller_id=None,
        bridge=bridge,
    )
    return replace(record, uses_action=destination.token_hash, intents=(intent,))


def _noted(record: LegRecord, leg: Leg, bridge: Bridge) -> LegRecord:
    """A DSN came back to our return path: book it; a failure is told to the author in neutral words (T-51, P12)."""
    destination = leg.facts.destination
    report = read_dsn(leg.facts.envelope.content)
    if not isinstance(destination, ReturnPathDestination) or report is None or not report.is_failure:
        return record
    postings = undeliverable_after_dsn(destination.delivery_id, record.record_id, leg.facts.now, bridge)
    return replace(
        record,
        bounced=destination.delivery_id,
        bounce_status=report.status,
        deliveries=_gated(postings, bridge),
    )


def _gated(postings: tuple[Posting, ...], bridge: Bridge) -> tuple[NewDelivery, ...]:
    return tuple(d for posting in postings if isinstance(d := post(posting, bridge), NewDelivery))
