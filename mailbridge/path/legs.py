"""Legs: from the plan for one forward-path to what is committed for it.

Draws ids, builds and gates every mail the plan asks for, and turns a relay that the gate stops into a hold. Writes
nothing: `receive` commits all legs of a mail at once.
"""

from dataclasses import dataclass, replace

from mailbridge.domain.delivery import NewDelivery, PostKind
from mailbridge.domain.facts import (
    ActionDestination,
    ActionKind,
    ReturnPathDestination,
)
from mailbridge.domain.ids import IntentId, RecordId, SellerId, ThreadId
from mailbridge.domain.message import HeaderMailbox, Message
from mailbridge.domain.parties import Direction, Role, mailbox_of, role_of
from mailbridge.domain.thread import Thread, ThreadMessageIds, ThreadState
from mailbridge.errors import GateBroken, NotFound
from mailbridge.events import Event, emit
from mailbridge.message.mask import SIGNATURE
from mailbridge.message.screenedfiles import with_screened
from mailbridge.message.subjects import strip_prefixes
from mailbridge.path.acting import Asked as AskedInMail
from mailbridge.path.acting import used_by_mail
from mailbridge.path.actionways import ways_in
from mailbridge.path.answercopies import copies_of_answer
from mailbridge.path.bridge import Bridge
from mailbridge.path.cast import Cast, advanced, complete
from mailbridge.path.clocks import with_tick
from mailbridge.path.files import file_notes
from mailbridge.path.leg import Leg, Released
from mailbridge.path.notices import LOST_STATES, About, forwarded_mail, notice, undeliverable
from mailbridge.path.optouts import AskedBy, turned, way_out_of
from mailbridge.path.post import Posting, Withheld, post
from mailbridge.path.relay import Relaying, Ways, relays_to
from mailbridge.path.repair import offers_for
from mailbridge.path.reviews import asked, with_review
from mailbridge.path.reviewways import report_way
from mailbridge.path.staff import kept_for, with_assignment
from mailbridge.path.standing import with_conduct
from mailbridge.path.tellings import told_as_asked
from mailbridge.policy.actions import ACTIONS
from mailbridge.policy.copying import copies_market
from mailbridge.policy.kinds import kind_of
from mailbridge.policy.notices import may_notify, notices_to_author
from mailbridge.policy.originator import author_role, party_writing
from mailbridge.policy.outreach import outreach_of, reason_in
from mailbridge.policy.plan import Disposition, HoldReason, Intent, IntentKind, NoticeKind, Plan
from mailbridge.policy.planning import with_hold
from mailbridge.policy.staff import readers_of
from mailbridge.store.records import LegRecord, NewIntent

#: what an action address asks for, and what its intent is known by
_ASKED_FOR = {
    ActionKind.CONFIRM_HELD: (IntentKind.RELEASE_CONFIRMED, "release"),
    ActionKind.SEND_REPAIRED: (IntentKind.SEND_REPAIRED, "repaired"),
    ActionKind.GIVE_REASON: (IntentKind.SEND_WITH_REASON, "reason"),
}
#: what reaches its reader, perhaps later; "recorded" is a direct mail
_SENT_OR_WAITS = frozenset({Disposition.RELAYED, Disposition.HELD, Disposition.SCREENING, Disposition.RECORDED})


def record_leg(leg: Leg, message: Message, released: Released | None, bridge: Bridge) -> LegRecord:
    """Everything to be committed for this leg; its `plan` may have become a hold. `message` is as it came."""
    recorder = _Recorder(leg, with_screened(message, leg.facts.screened), bridge)
    record = with_tick(_recorded(recorder, _begun(recorder, message, released), leg), leg.facts, bridge)
    record = with_conduct(record, leg.facts, released.pardon if released else None, bridge)
    record = with_assignment(record)
    return with_review(record, party_writing(leg.facts), bridge)


def _begun(recorder: "_Recorder", message: Message, released: Released | None) -> LegRecord:
    """The record as far as it does not depend on what becomes of the message."""
    leg, bridge = recorder.leg, recorder.bridge
    is_new = released is None or not released.is_screened
    is_screening = leg.plan.disposition is Disposition.SCREENING
    is_sent = leg.plan.disposition in _SENT_OR_WAITS and not leg.facts.is_trial
    return LegRecord(
        record_id=released.record_id if released and not is_new else RecordId(bridge.mint.new_id()),
        plan=leg.plan,
        direction=leg.plan.route.direction if leg.plan.route else None,
        kind=kind_of(message, leg.facts),
        thread=recorder.known_thread(released.thread_id if released else None),
        dedupe_key=leg.facts.dedupe_key if released is None or not is_new else None,
        waits_key=bridge.store.waits_key(leg.facts, message) if is_screening else None,
        copies=leg.facts.copies if is_sent else None,
        files=file_notes(leg.facts.screened),
        releases=released.record_id if released and is_new else None,
        was_refused=released is not None and released.was_refused,
        replaces=not is_new,
        first_ruleset=released.ruleset if released else "",
        seller_id=kept_for(leg.plan, leg.facts),
    )


def _recorded(recorder: "_Recorder", record: LegRecord, leg: Leg) -> LegRecord:
    match leg.plan.disposition:
        case Disposition.RELAYED:
            return recorder.relayed(record)
        case Disposition.FORWARDED:
            return recorder.forwarded(record)
        case Disposition.NOTED:
            return recorder.noted(record)
        case Disposition.RECORDED if isinstance(leg.facts.destination, ReturnPathDestination):
            return recorder.answered_by_machine(record, leg.facts.destination)
        case Disposition.CONFIRMED:
            return recorder.confirmed(record)
        case Disposition.RECORDED if leg.plan.reason == "private_note" and record.thread is None:
            return recorder.private_note(record)
        case Disposition.RECORDED if leg.plan.reason in {"conversation_moved", "no_reply_needed", "private_note"}:
            return recorder.with_words(recorder.moved(record))
        case _:
            return recorder.with_words(record)


@dataclass(frozen=True, slots=True)
class _Recorder:
    """Fills the record of one leg."""

    leg: Leg
    message: Message
    bridge: Bridge

    def known_thread(self, before: ThreadId | None) -> Thread | None:
        """The thread of the route, as the facts have it; without a route the one it stood in before."""
        thread_id = self.leg.plan.route.thread_id if self.leg.plan.route else before
        return next((thread for thread in self.leg.facts.threads if thread.id == thread_id), None)

    def moved(self, record: LegRecord) -> LegRecord:
        """The thread in the state that its author asked for, by a message with nothing else in it.

        "No reply needed" leaves the state, and holds for the thread as it was read too.
        """
        thread, route = record.thread, self.leg.plan.route
        if thread is None or route is None or (route.state is None and self.leg.plan.reason != "no_reply_needed"):
            return record
        changed = replace(thread.in_state(route.state or thread.state), version=thread.version + 1)
        return replace(record, thread=changed, expected_version=thread.version)

    def private_note(self, record: LegRecord) -> LegRecord:
        """A seller's first note for himself about an order: it gets a conversation that nobody waits in (S-77)."""
        route = self.leg.plan.route
        if route is None or route.opening is None:
            return self.with_words(record)
        cast = complete(self.leg.facts, route, self.message, self.bridge)
        subject = strip_prefixes(self.message.subject)
        kept = replace(
            cast.thread, state=ThreadState.CLOSED, subject_for_seller=subject, last_at=self.leg.facts.counted_from
        )
        ids = ThreadMessageIds(for_buyer=None, for_seller=self.message.message_id)
        return self.with_words(replace(self._in_thread(record, cast, kept), message_ids=ids))

    def relayed(self, record: LegRecord) -> LegRecord:
        """The relayed mail, the thread as it is after it, and the words around; a hold if the gate says so."""
        route, facts, bridge = self.leg.plan.route, self.leg.facts, self.bridge
        if route is None:
            raise ValueError("a relay has a route")
        cast = complete(facts, route, self.message, bridge)
        outreach, record_id = outreach_of(self.message, facts, route), record.record_id
        way_out = way_out_of(outreach, record_id, domain=cast.marketplace.alias_domain, now=facts.now, bridge=bridge)
        report = report_way(cast, record_id, facts.now, bridge)
        actions = ways_in(cast, route, record_id, facts.now, bridge)
        relaying = Relaying(cast, self.leg.mended or self.message, facts, bridge, Ways(way_out, report, actions))
        copied = copies_market(self.message, facts, self.leg.plan.verdict, cast.thread)
        try:
            relays = relays_to(readers_of(facts, route), relaying, route, record_id=record_id, copies_market=copied)
        except GateBroken as broken:  # the masker failed by itself: nobody knows what would go out (I10)
            emit(Event.GATE_BROKEN, record_id=record_id, error=type(broken.__cause__ or broken).__name__)
            return self.with_words(replace(record, plan=self._held(HoldReason.GATE_BROKEN)))
        posted = [post(relay.posting, bridge, leak_accepted=facts.pardon.leak_accepted) for relay in relays]
        withheld = next((one for one in posted if isinstance(one, Withheld)), None)
        if withheld is not None:
            return self.with_words(replace(record, plan=self._held(withheld.reason), gate_places=withheld.places))
        built = relays[0]
        thread = replace(cast.thread.in_state(route.state or cast.thread.state), copies_market=copied)
        now, reader = facts.counted_from, cast.reader_role
        changed = advanced(thread, self.message, now=now, reader_role=reader, subjects=built.subjects)
        record = replace(
            self._in_thread(record, cast, changed),
            message_ids=built.message_ids,
            delivered_text=built.delivered_text,
            deliveries=(
                *(one for one in posted if isinstance(one, NewDelivery)),
                *self._gated(copies_of_answer(relaying, record_id)),
            ),
            actions=tuple(way.action for way in (way_out, report, *actions) if way is not None),
            outreach=outreach,
            judged_by=self.leg.judged_by,
        )
        return self.with_words(self._telling_removed(record, built.removed), cast)

    def _in_thread(self, record: LegRecord, cast: Cast, changed: Thread) -> LegRecord:
        """The record with the thread as it is after it, and who is new in it."""
        appends = cast.opens_thread or _keeps_flags(cast.thread, changed)
        return replace(
            record,
            thread=changed,
            opens_thread=cast.opens_thread,
            pair_threads_seen=len(self.leg.facts.threads),
            expected_version=None if appends else cast.thread.version,
            new_buyer=cast.new_buyer,
            new_aliases=cast.new_aliases,
        )

    def _telling_removed(self, record: LegRecord, removed: tuple[str, ...]) -> LegRecord:
        """The record with what was taken out of the author's words, and the intent to tell him where he may be told."""
        plan, facts = record.plan, self.leg.facts
        record = replace(record, removed=removed)
        # and that notice says it too
        is_told = any(notice.kind in {NoticeKind.WARNED, NoticeKind.REPAIRED} for notice in plan.notices)
        is_unproven = plan.route is not None and plan.route.is_unproven
        if not removed or is_told or is_unproven or not may_notify(self.message, facts):
            return record
        return replace(record, plan=replace(plan, intents=(*plan.intents, Intent(kind=IntentKind.TELL_REMOVED))))

    def _held(self, reason: HoldReason) -> Plan:
        return with_hold(self.leg.plan, reason, notices_to_author(NoticeKind.HELD, self.message, self.leg.facts))

    def with_words(self, record: LegRecord, cast: Cast | None = None) -> LegRecord:
        """Add the notices and intents that the plan asks for."""
        market = self.leg.facts.marketplace
        offers = offers_for(record, self.leg, market.alias_domain if market else "", self.bridge)
        about = About(
            facts=self.leg.facts,
            message=self.message,
            record=record,
            mended=self.leg.mended,
            reasons=self.leg.reasons,
            addresses=offers.addresses,
            links=offers.links,
            valid_until=offers.valid_until,
        )
        notices = self._gated(tuple(notice(wanted, about, self.bridge) for wanted in record.plan.notices))
        if record.plan.disposition is Disposition.REFUSED and record.plan.notices and not notices:
            # The gate withheld what would have told the author: a person looks at it, or nobody would ever know.
            return replace(record, plan=with_hold(record.plan, HoldReason.LEAK_GATE))
        seller_id = cast.seller.id if cast else None
        wishes = (self._wish(wanted, record, seller_id) for wanted in record.plan.intents)
        intents = tuple(intent for intent in wishes if intent is not None)
        return replace(
            record,
            deliveries=(*record.deliveries, *notices),
            intents=(*record.intents, *intents),
            actions=(*record.actions, *offers.actions),
        )

    def _wish(self, wanted: Intent, record: LegRecord, seller_id: SellerId | None) -> NewIntent | None:
        """The intent to commit, under the key that makes a second one superfluous; None where it can not be."""
        thread, now = record.thread, self.leg.facts.counted_from
        match wanted.kind:
            case IntentKind.ACKNOWLEDGE if thread is not None:
                key = f"ack:{thread.id}"
            case IntentKind.WELCOME if seller_id is not None:
                key = f"welcome:{seller_id}"
            case IntentKind.SCREEN | IntentKind.SAID_AWAY:
                key = f"{wanted.kind.value}:{record.record_id}"
            case IntentKind.WAS_THIS_YOU if self.message.author is not None:
                mailbox = self._mailbox_key("was-this-you", self.message.author)
                key = f"was-this-you:{mailbox}:{now:%Y-%m-%d}"  # at most one per mailbox and day (D9)
            case IntentKind.TELL_REMOVED if thread is not None and self.message.author is not None:
                key = self._removed_key(thread, record.removed, self.message.author)
            case IntentKind.TELL_AWAY if thread is not None and record.direction is not None:
                # A thread may live for years, and somebody be away more than once (decision 0026).
                key = f"away:{thread.id}:{record.direction.author_role.value}:{now:%Y-%m}"
            case _:
                return None
        return NewIntent(
            id=IntentId(self.bridge.mint.new_id()),
            kind=wanted.kind,
            due_at=now + wanted.after,
            thread_id=thread.id if thread else None,
            record_id=record.record_id,
            seller_id=seller_id,
            unique_key=key,
        )

    def _removed_key(self, thread: Thread, removed: tuple[str, ...], author: HeaderMailbox) -> str:
        """Once per thread, side, day and kinds (decision 0025); what a program adds to every mail: once a year."""
        now, words = self.leg.facts.now, [kind for kind in removed if kind != SIGNATURE]
        if not words:
            return f"removed:{self._mailbox_key('removed', author)}:{SIGNATURE}:{now:%Y}"
        return f"removed:{thread.id}:{author_role(self.leg.facts).value}:{now:%Y-%m-%d}:{'+'.join(words)}"

    def _mailbox_key(self, purpose: str, author: HeaderMailbox) -> str:
        return self.bridge.store.mac(purpose, author.addr_spec.lower().encode()).hex()[:24]

    def confirmed(self, record: LegRecord) -> LegRecord:
        """An action address did its work: its token is used up, and what it asks for is done or is an intent of this
        commit."""
        destination = self.leg.facts.destination
        if not isinstance(destination, ActionDestination):
            raise TypeError("only an action address confirms")
        used = replace(record, uses_action=destination.token_hash)
        if destination.kind is ActionKind.SECOND_LOOK:
            return replace(used, reopens=destination.record_id)
        if destination.kind in {ActionKind.OPT_OUT, ActionKind.OPT_IN}:
            return self._opted(used, destination)
        if destination.kind in {ActionKind.UNTOLD_OF_OPT_OUTS, ActionKind.TOLD_OF_OPT_OUTS}:
            return self._told_of_opt_outs(used, destination)
        if destination.kind in {ActionKind.REPORT, ActionKind.APPEAL}:
            wanted = asked(destination, self.message, record.record_id, self.bridge)
            return replace(used, review=wanted.review, deliveries=self._gated(wanted.postings))
        if destination.kind in ACTIONS:
            return self._acted(used, destination)
        kind, purpose = _ASKED_FOR[destination.kind]
        reason = reason_in(self.message.subject) if destination.kind is ActionKind.GIVE_REASON else None
        intent = NewIntent(
            id=IntentId(self.bridge.mint.new_id()),
            kind=kind,
            due_at=self.leg.facts.now,
            record_id=destination.record_id,
            unique_key=f"{purpose}:{destination.record_id}",
            argument=reason.value if reason is not None else "",
        )
        return replace(used, intents=(intent,))

    def _acted(self, record: LegRecord, destination: ActionDestination) -> LegRecord:
        """A seller does something with a conversation, or stops a message that waits; he hears what is not done."""
        offer = self.bridge.store.action_offer(destination.token_hash, self.leg.facts.now)
        if offer is None:  # its shop is closed by now
            return record
        asked = AskedInMail(message=self.message, record_id=record.record_id)
        record, done = used_by_mail(record, offer, asked, self.bridge)
        return replace(record, deliveries=self._gated(done.postings))

    def _opted(self, record: LegRecord, destination: ActionDestination) -> LegRecord:
        """A buyer stops mail that sellers start, or lets it come again, and hears that it is so (S-15, N-05)."""
        offer = self.bridge.store.opt_out_offer(destination.token_hash, self.leg.facts.now)
        if offer is None:
            raise LookupError("resolve lets no token through whose time is over")
        asked_by = AskedBy(record_id=record.record_id, message_id=self.message.message_id)
        turn = turned(offer, offer.wish, self.bridge, asked_by=asked_by)
        return replace(record, opt_out=turn.new, actions=turn.actions, deliveries=self._gated(turn.postings))

    def _told_of_opt_outs(self, record: LegRecord, destination: ActionDestination) -> LegRecord:
        """A seller wants no notices about buyers who opted out, or wants them again, and hears that it is so (E-06)."""
        told = told_as_asked(self.leg.facts, destination, self.message, record.record_id, self.bridge)
        if told is None:  # the alias that he wrote to is gone by now
            return record
        return replace(record, telling=told.telling, actions=told.actions, deliveries=self._gated(told.postings))

    def noted(self, record: LegRecord) -> LegRecord:
        """A DSN came back to our return path: book it; a failure is told to the author neutrally (T-51, P12)."""
        destination = self.leg.facts.destination
        lost = self.message.classification.lost
        if not isinstance(destination, ReturnPathDestination) or lost is None:
            return record
        try:
            origin = self.bridge.store.delivery_origin(destination.delivery_id)
        except NotFound:
            return record  # the delivery is not on record any more: nobody to tell
        # T-24: one failure is told once, however many reports of it come under however many ids.
        is_known = origin.state in LOST_STATES
        postings = () if is_known else undeliverable(origin, record.record_id, self.leg.facts.now, self.bridge)
        return replace(
            record,
            bounced=destination.delivery_id,
            bounce_status=lost.status,
            bounced_beside=origin.beside,
            deliveries=self._gated(postings),
        )

    def answered_by_machine(self, record: LegRecord, destination: ReturnPathDestination) -> LegRecord:
        """An automatic reply to a relayed mail: in its thread where the reader's own mailbox sent it, else nobody's."""
        unknown = replace(record, plan=replace(record.plan, intents=()))
        try:
            origin = self.bridge.store.delivery_origin(destination.delivery_id)
        except NotFound:
            return unknown
        author, reader = self.message.author, origin.reader
        if origin.kind is not PostKind.RELAY or author is None or reader is None:
            return unknown
        if mailbox_of(reader, author.addr_spec) is None:
            return unknown
        direction = Direction.TO_BUYER if role_of(reader) is Role.SELLER else Direction.TO_SELLER
        known = replace(unknown if origin.beside else record, thread=origin.thread, direction=direction)
        return self.with_words(known)  # that one of several colleagues is away need not concern the other side

    def forwarded(self, record: LegRecord) -> LegRecord:
        """Mail to a role address, and what follows an appeal, goes on to the person in charge."""
        about = About(facts=self.leg.facts, message=self.message, record=record)
        return replace(record, deliveries=self._gated((forwarded_mail(about, self.bridge),)))

    def _gated(self, postings: tuple[Posting, ...]) -> tuple[NewDelivery, ...]:
        """Those that the gate lets pass; the others it has told of by an alarm."""
        posted = (post(posting, self.bridge) for posting in postings)
        return tuple(delivery for delivery in posted if isinstance(delivery, NewDelivery))


def _keeps_flags(before: Thread, after: Thread) -> bool:
    """Whether only that is new which the commit puts together with what others wrote meanwhile."""
    same = replace(after, last_by=before.last_by, topics=before.topics, has_people=before.has_people)
    return replace(same, version=before.version, last_at=before.last_at) == before
