"""The path of a message: one function, one page (design.md §2).

parse ▸ authenticate ▸ facts ▸ resolve ▸ judge ▸ plan ▸ post (render, compose, gate) ▸ COMMIT ▸ reply. Each hop returns
here; no hop calls the next. Every door calls `receive`; a release from hold calls `reconsider`, mail whose files are
known now `resume`: both take the same way. Files of mail that would go out are looked into between judge and plan.
Nothing is sent to any network but the questions of authentication. 250 is said only after the commit.
"""

from dataclasses import dataclass, field, fields, replace
from datetime import timedelta

from mailbridge import failpoints
from mailbridge.domain import reply as replies
from mailbridge.domain.authresults import AuthResults
from mailbridge.domain.envelope import Door, Envelope
from mailbridge.domain.facts import Facts, Pardon
from mailbridge.domain.files import Screened
from mailbridge.domain.ids import RecordId
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Seller
from mailbridge.domain.reply import Reply
from mailbridge.domain.verdict import Verdict
from mailbridge.errors import AuthenticationUnavailable, Conflict, NotPossible, StoreSuspect, StoreUnavailable
from mailbridge.message.cutting import without_marked
from mailbridge.message.parse import parse
from mailbridge.message.screenedfiles import with_screened
from mailbridge.path.bridge import Bridge
from mailbridge.path.files import at_once, given_up, look_into, patience
from mailbridge.path.inflight import digest_of
from mailbridge.path.leg import Leg, Released
from mailbridge.path.legs import record_leg
from mailbridge.path.poison import forgive, is_poison, quarantine, quarantine_if_poison
from mailbridge.path.repair import without_offences
from mailbridge.path.spam import is_called_spam
from mailbridge.path.stopping import with_time_to_stop
from mailbridge.path.telling import Settled, Stages, tell, tell_unavailable
from mailbridge.policy.attachments import must_be_screened
from mailbridge.policy.judge import judge, judged_by
from mailbridge.policy.mending import Rules, is_only_unwanted, reasons_that_help
from mailbridge.policy.needs import Needs
from mailbridge.policy.plan import Disposition, Plan, Stop
from mailbridge.policy.planning import (
    after_screening,
    fold,
    make_plan,
    refusal_as_notice,
    screening,
    stop_plan,
    untold,
)
from mailbridge.policy.replywords import reply_words
from mailbridge.policy.resolve import resolve
from mailbridge.policy.ruleset import RuleSet
from mailbridge.policy.staff import may_switch
from mailbridge.policy.states import settle_state
from mailbridge.policy.taking import settle_taking
from mailbridge.policy.thread_choice import is_note
from mailbridge.store.records import HeldRecord, Intake, LegRecord

_RUNS = 4  # once, and three times more on a conflict (design.md §2)

#: dispositions of which no row is kept: the client still holds the message, or we held it before
_KEEPS_NOTHING = frozenset({Disposition.REJECTED, Disposition.DEFERRED, Disposition.DUPLICATE})
#: what leaves a message where it was when a person wants to let it go
_STILL_WAITS = frozenset({Disposition.HELD, Disposition.SCREENING})


#: dispositions of a mail between two people that is on record with its verdict
_JUDGED = frozenset({Disposition.RELAYED, Disposition.HELD, Disposition.REFUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mail:
    """One mail on its way: what does not change from run to run."""

    envelope: Envelope
    message: Message
    auth: AuthResults
    #: set when it was taken before: a person lets it go on, or its files are known now
    released: Released | None = None
    #: what its files hold, once somebody looked
    screened: Screened | None = None
    stages: Stages = field(default_factory=Stages)


def receive(envelope: Envelope, bridge: Bridge) -> tuple[Reply, ...]:
    """Take responsibility for one mail, or refuse it (RFC 5321 §6.1): one reply per forward-path, in order.

    A reply is positive only after everything it promises is on disk. Raises only what is our own fault: the door
    answers that with 451 and an incident id.
    """
    stages, digest = Stages(), digest_of(envelope)
    try:
        if is_poison(digest, bridge):
            settled = Settled(plans=quarantine(envelope, digest, bridge))
        else:
            with bridge.slots.held(), bridge.inflight.computing(digest):
                settled = _settle(_read(envelope, bridge, stages), bridge)
            forgive(digest, bridge)
    except AuthenticationUnavailable as unavailable:
        tell_unavailable(envelope, unavailable)
        return (replies.AUTHENTICATION_UNAVAILABLE,) * len(envelope.forward_paths)
    except (StoreUnavailable, StoreSuspect) as unavailable:
        tell_unavailable(envelope, unavailable)
        return (replies.STORE_UNAVAILABLE,) * len(envelope.forward_paths)
    except Exception as fault:  # noqa: BLE001  # counted, and raised again unless it is the third
        settled = Settled(plans=quarantine_if_poison(envelope, digest, fault, bridge))
    tell(envelope, settled, stages)
    return tuple(plan.reply for plan in settled.plans)


def reconsider(envelope: Envelope, record_id: RecordId, pardon: Pardon, bridge: Bridge) -> tuple[Plan, ...]:
    """Run a held message again with what a person decided about it; the same path, the same gate.

    Raises Conflict when the record is held no more, NotPossible for what the process died over again and again,
    AuthenticationUnavailable and StoreUnavailable as they are.
    """
    stages, digest = Stages(), digest_of(envelope)
    if is_poison(digest, bridge):
        raise NotPossible("this mail made the bridge fail several times")
    with bridge.slots.held(), bridge.inflight.computing(digest):
        mail = _read(envelope, bridge, stages)
        released = Released(record_id=record_id, pardon=pardon)
        settled = _settle(replace(mail, released=released), bridge)
    tell(envelope, settled, stages)
    return settled.plans


def resume(waiting: HeldRecord, screened: Screened, bridge: Bridge) -> tuple[Plan, ...]:
    """Run a message that was being screened again, now that its files are known; clocks count from its receipt.

    Who wrote was proven when it came. Raises StoreUnavailable; a transient reply among the plans: nothing was written.
    """
    stages, envelope = Stages(), waiting.envelope
    with bridge.slots.held(), bridge.inflight.computing(digest_of(envelope)):
        with stages("parse"):
            message = parse(envelope.content)
        auth = waiting.auth or bridge.authenticator.authenticate(envelope, message)
        released = Released(
            record_id=waiting.record_id,
            pardon=Pardon(),
            is_screened=True,
            ruleset=waiting.ruleset,
            thread_id=waiting.thread_id,
        )
        mail = _Mail(envelope=envelope, message=message, auth=auth, released=released, screened=screened, stages=stages)
        settled = _settle(mail, bridge)
    tell(envelope, settled, stages)
    return settled.plans


def take_posted(envelope: Envelope, bridge: Bridge) -> Settled:
    """Run a message that the marketplace posts for one of the two; the same path, and who wrote is its word.

    Raises StoreUnavailable; a transient reply among the plans: nothing was written.
    """
    stages, message = Stages(), parse(envelope.content)
    with bridge.slots.held(), bridge.inflight.computing(digest_of(envelope)):
        settled = _settle(_Mail(envelope=envelope, message=message, auth=AuthResults(), stages=stages), bridge)
    tell(envelope, settled, stages)
    return settled


def rehearse(envelope: Envelope, bridge: Bridge) -> tuple[Leg, ...]:
    """What would become of a mail: the same decisions from the same facts, and nothing is written or sent."""
    with bridge.slots.held():
        mail = _read(envelope, bridge, Stages())
        _, legs = _with_files(mail, _decide(mail, bridge), bridge, within=patience(bridge))
        return legs


def _read(envelope: Envelope, bridge: Bridge, stages: Stages) -> _Mail:
    with stages("parse"):
        message = parse(envelope.content)
    with stages("authenticate"):
        auth = bridge.authenticator.authenticate(envelope, message)
    failpoints.hit("path.authenticated")
    return _Mail(envelope=envelope, message=message, auth=auth, stages=stages)


def _settle(mail: _Mail, bridge: Bridge) -> Settled:
    """Decide and commit; on a conflict decide again from facts."""
    legs: tuple[Leg, ...] = ()
    for run in range(_RUNS):
        mail, legs = _with_files(mail, _decide(mail, bridge), bridge, within=_files_within(mail, bridge))
        plans = tuple(leg.plan for leg in legs)
        if mail.envelope.door is not Door.LMTP and any(plan.reply.is_transient for plan in plans):
            return Settled(plans=tuple(_deferred(plan) for plan in plans), tries=run + 1)
        try:
            return replace(_commit(mail, legs, bridge), tries=run + 1)
        except Conflict:
            if mail.released is not None and not mail.released.is_screened:
                raise
            bridge.inflight.again()
    return Settled(plans=tuple(_deferred(leg.plan) for leg in legs), tries=_RUNS)


def _files_within(mail: _Mail, bridge: Bridge) -> timedelta:
    """How long this mail may wait for its files to be looked into, here and now."""
    if mail.released is not None:
        return patience(bridge)  # a person asks, no client
    return at_once(mail.message, bridge)


def _with_files(
    mail: _Mail, legs: tuple[Leg, ...], bridge: Bridge, *, within: timedelta
) -> tuple[_Mail, tuple[Leg, ...]]:
    """Where mail would go out: decide again with what its files hold, or take it to be judged when that is known."""
    if any(must_be_screened(leg.plan, mail.message, leg.facts) for leg in legs):
        with mail.stages("files"):
            screened = look_into(mail.message, bridge, within=within)
            if screened is None and mail.released is not None and mail.released.pardon.files_accepted:
                screened = given_up(mail.message)  # a person lets them go, whatever they are
            mail = replace(mail, screened=screened)
        if mail.screened is not None:
            legs = _decide(mail, bridge)
    return mail, tuple(replace(leg, plan=_to_wait(leg, mail, bridge)) for leg in legs)


def _to_wait(leg: Leg, mail: _Mail, bridge: Bridge) -> Plan:
    """The plan of one leg, or that it waits: for its author to stop it, for its files, or behind mail that waits."""
    if mail.released is None:
        plan = with_time_to_stop(leg, mail.message, bridge)
        if plan is not leg.plan:
            return plan
    if must_be_screened(leg.plan, mail.message, leg.facts):
        return screening(leg.plan, "files")
    if leg.facts.is_behind and leg.plan.disposition is Disposition.RELAYED:
        return screening(leg.plan, "behind_another")
    return leg.plan


def _decide(mail: _Mail, bridge: Bridge) -> tuple[Leg, ...]:
    """The plan for each forward-path, before anything is drawn or written."""
    rules = bridge.rules()  # once: rules that are reloaded in between must not judge half of a mail (T-71)
    legs = tuple(_leg(mail, forward_path, bridge, rules) for forward_path in mail.envelope.forward_paths)
    legs = _once_per_reader(legs)
    if len(legs) > 1 and mail.envelope.door is not Door.LMTP and fold(tuple(leg.plan for leg in legs)).is_positive:
        # One SMTP reply covers all paths: one refused beside an accepted one is told by a notice (design.md §2).
        legs = tuple(replace(leg, plan=refusal_as_notice(leg.plan, mail.message, leg.facts)) for leg in legs)
    return legs


def _leg(mail: _Mail, forward_path: str, bridge: Bridge, rules: RuleSet) -> Leg:
    with mail.stages("facts"):
        facts = _facts(mail, forward_path, bridge)
    with mail.stages("judge"):
        message = with_screened(mail.message, mail.screened)
        route = resolve(message, facts)
        if isinstance(route, Stop):
            return Leg(facts=facts, plan=_settled_before(stop_plan(route, forward_path), mail, facts))
        words = reply_words(message, route.direction.author_role, is_note=is_note(facts))
        if words.written:
            message = without_marked(message, words.written)
        route = settle_taking(message, words, facts, settle_state(message, words, facts, route, rules))
        if isinstance(route, Stop):
            return Leg(facts=facts, plan=stop_plan(route, forward_path))
        asked = Rules(facts=facts, route=route, ruleset=rules)
        return _judged_leg(message, asked, bridge, has_words=bool(words.written))


def _judged_leg(message: Message, rules: Rules, bridge: Bridge, *, has_words: bool) -> Leg:
    """The leg of a message that has a route; `has_words`: words for us were taken out of it before."""
    facts, verdict = _judged(message, rules, bridge)
    judged = replace(rules, facts=facts)
    rest = without_offences(message, verdict, judged, bridge)
    plan = make_plan(message, facts, rules.route, verdict, is_mended=rest is not None)
    is_unwanted = is_only_unwanted(message, verdict, judged)
    if is_unwanted and isinstance(facts.author, Seller) and not facts.author.told_of_opt_outs:
        plan = untold(plan)
    is_relayed = plan.disposition is Disposition.RELAYED
    if rest is None and has_words and is_relayed:
        rest = message
    return Leg(
        facts=facts,
        plan=plan,
        mended=rest,
        is_only_unwanted=is_unwanted,
        may_switch=is_unwanted and _may_switch(message, facts),
        reasons=reasons_that_help(message, verdict, judged),
        judged_by=judged_by(message, facts, rules.route, rules.ruleset) if is_relayed else None,
    )


def _may_switch(message: Message, facts: Facts) -> bool:
    """Whether the author may change what his shop is told."""
    shop, author = facts.author, message.author
    return isinstance(shop, Seller) and author is not None and may_switch(shop, author.addr_spec)


def _judged(message: Message, rules: Rules, bridge: Bridge) -> tuple[Facts, Verdict]:
    """The verdict, with the facts that it needed: the history of a thread and the copies of a text at most."""
    facts = rules.facts
    for _ in range(len(fields(Needs)) + 1):
        verdict = judge(message, facts, rules.route, rules.ruleset)
        if isinstance(verdict, Verdict):
            return facts, verdict
        facts = bridge.store.with_needed(facts, verdict)
    raise TypeError("judge asks for what it was given")


def _settled_before(plan: Plan, mail: _Mail, facts: Facts) -> Plan:
    """250 was said to mail that was screened: what no longer holds is told by a notice."""
    is_screened = mail.released is not None and mail.released.is_screened
    return after_screening(plan, mail.message, facts) if is_screened and not plan.reply.is_transient else plan


def _facts(mail: _Mail, forward_path: str, bridge: Bridge) -> Facts:
    # Clocks and rules of a mail are those of its receipt; of a release, those of the release (design.md §2).
    released = mail.released
    now = mail.envelope.received_at if released is None else bridge.clock()
    facts = bridge.store.facts_for(mail.envelope, mail.message, mail.auth, forward_path=forward_path, now=now)
    if is_called_spam(mail.envelope, mail.message, bridge.settings.spam_field):
        facts = replace(facts, is_spam=True)
    if bridge.settings.public_url:
        facts = replace(facts, public_host=bridge.settings.public_host)
    if mail.screened is not None:
        facts = replace(facts, screened=mail.screened)
    return facts if released is None else replace(facts, pardon=released.pardon, duplicate_of=None, is_behind=False)


def _once_per_reader(legs: tuple[Leg, ...]) -> tuple[Leg, ...]:
    """Several of our addresses that lead to one reader bring one copy (C7); the market's CC beside it is satisfied.

    The copy is the one that is relayed: an address the author's signature does not cover may be held beside it. A mail
    to an alias that is refused or held satisfies the market's CC too: it is on record, judged and told of.
    """
    relayed: set[object] = set()
    kept = []
    is_judged = any(leg.plan.disposition in _JUDGED and not leg.is_record_only for leg in legs)
    for leg in legs:
        is_second = leg.plan.disposition is Disposition.RELAYED and leg.reader_key in relayed
        if is_second or (leg.is_record_only and is_judged and leg.plan.reply.is_positive):
            plan = replace(leg.plan, disposition=Disposition.DUPLICATE, reason="beside_another_copy", notices=())
            kept.append(replace(leg, plan=plan))
            continue
        if leg.plan.disposition is Disposition.RELAYED:
            relayed.add(leg.reader_key)
        kept.append(leg)
    return tuple(kept)


def _commit(mail: _Mail, legs: tuple[Leg, ...], bridge: Bridge) -> Settled:
    """Render, gate and write all legs in one transaction; deliveries it left leased go to the workers."""
    plans: list[Plan] = []
    records: list[LegRecord] = []
    with mail.stages("post"):
        for leg in legs:
            if leg.plan.disposition in _KEEPS_NOTHING and not leg.plan.notices:
                plans.append(leg.plan)
                continue
            record = record_leg(_with_newcomer(leg, records), mail.message, mail.released, bridge)
            plans.append(record.plan)
            records.append(record)
    if mail.released is not None and mail.released.was_held and any(plan.disposition in _STILL_WAITS for plan in plans):
        return Settled(plans=tuple(plans))  # still held, now for this reason: the record stays as it is
    if records:
        message = with_screened(mail.message, mail.screened)
        intake = Intake(envelope=mail.envelope, message=message, legs=tuple(records), auth=mail.auth)
        bridge.inflight.done()
        failpoints.hit("path.before_commit")
        with mail.stages("commit"), bridge.slots.released():
            bridge.store.commit(intake)
        failpoints.hit("path.after_commit")
        bridge.on_committed(bridge.store.leased(intake))
    return Settled(plans=tuple(plans), records=tuple(records))


def _with_newcomer(leg: Leg, before: list[LegRecord]) -> Leg:
    """The leg of an author whom an earlier leg of this mail makes a buyer of the same marketplace."""
    market = leg.facts.marketplace
    new = (record.new_buyer for record in before if record.new_buyer is not None)
    newcomer = next((buyer for buyer in new if market is not None and buyer.marketplace_id == market.id), None)
    if newcomer is None or leg.facts.author is not None or leg.facts.buyer is not None:
        return leg
    return replace(leg, facts=replace(leg.facts, buyer=newcomer))


def _deferred(plan: Plan) -> Plan:
    reply = plan.reply if plan.reply.is_transient else replies.TRY_AGAIN
    return replace(plan, disposition=Disposition.DEFERRED, reply=reply, notices=(), intents=())
