"""Standing: breaches go on record with the message, the ladder is asked by an intent, and every step is told (E-38).

A step, its grounds, the notice and the queued mail that it keeps back are one transaction. What may be done to whom is
`policy/standing.py`; the words are templates. Where the seller can not be told, no ladder takes a step.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mailbridge.domain.address import AliasAddress
from mailbridge.domain.delivery import NewDelivery, PostKind
from mailbridge.domain.facts import Facts, Pardon
from mailbridge.domain.ids import IntentId, RuleId, SanctionId, SellerId
from mailbridge.domain.parties import Direction, Marketplace, Role, Seller
from mailbridge.domain.reviews import RULE_OF_DIRECT_MAIL, RULE_OF_REPORTS
from mailbridge.domain.standing import BY_PERSON, Breach, Ground, NewBreaches, Sanction, Step, strictest
from mailbridge.errors import NotPossible
from mailbridge.events import Event, emit
from mailbridge.path.bridge import Bridge
from mailbridge.path.exchange import secrets_towards, terms_of
from mailbridge.path.ownmail import OwnMail, notice_address, posting_of
from mailbridge.path.post import Posting, post
from mailbridge.path.reviewways import ReviewWay, appeal_way
from mailbridge.path.wording import label, language_for, shown_name
from mailbridge.policy.originator import party_writing
from mailbridge.policy.plan import Disposition, IntentKind
from mailbridge.policy.staff import head_mailbox
from mailbridge.policy.standing import Ladder, breaches_in, counts_from, next_step, no_longer_founded
from mailbridge.store.conductrecords import BreachOrigin, Conduct, ConductChange, NewSanction, StandingRow
from mailbridge.store.records import DueIntent, LegRecord, NewAction, NewIntent
from mailbridge.texts import BreachShown, FieldValue

_SHOWN = 20
#: how long a reminder or warning of a person stays with a seller when he does not say
_MARK_LASTS = timedelta(days=90)
_LET_GO = frozenset({Disposition.RELAYED, Disposition.RECORDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What is done to a seller, and the mail that tells him."""

    change: ConductChange
    postings: tuple[Posting, ...]
    #: what the mail offers him
    actions: tuple[NewAction, ...] = ()


def with_conduct(record: LegRecord, facts: Facts, pardon: Pardon | None, bridge: Bridge) -> LegRecord:
    """The record with what counts against its author, or counts no more, and the intent to ask the ladder."""
    author = party_writing(facts)
    route = record.plan.route
    if not isinstance(author, Seller) or route is None or route.direction is not Direction.TO_BUYER:
        return record
    if pardon is not None and pardon.content_released:
        if record.releases is None or record.plan.disposition not in _LET_GO:
            return record
        asked = to_judge(f"standing:dismissed:{record.releases}", author, facts.now, bridge)
        return replace(record, dismisses=record.releases, intents=(*record.intents, asked))
    found = () if pardon is not None and pardon.without_offence else breaches_in(record.plan)
    if not found:
        return record
    at = facts.envelope.received_at
    breaches = tuple(
        Breach(record_id=record.record_id, rule=judgement.rule, severity=judgement.severity, at=at)
        for judgement in found
    )
    record = replace(record, breaches=NewBreaches(seller_id=author.id, breaches=breaches))
    if facts.marketplace is None or bridge.rules().ladder_of(facts.marketplace, facts.now.date()) is None:
        return record
    asked = to_judge(f"standing:{record.record_id}", author, facts.now, bridge)
    return replace(record, intents=(*record.intents, asked))


def to_judge(key: str, seller: Seller, now: datetime, bridge: Bridge) -> NewIntent:
    """The intent to count anew what is on record of this seller."""
    return NewIntent(
        id=IntentId(bridge.mint.new_id()),
        kind=IntentKind.JUDGE_STANDING,
        due_at=now,
        seller_id=seller.id,
        unique_key=key,
    )


def judge_standing(intent: DueIntent, bridge: Bridge) -> Decided | str:
    """Count anew, as things stand now: the step that follows, or those that end; else why nothing does."""
    market, seller = intent.marketplace, intent.seller
    if market is None or seller is None:
        return "no_seller"
    now = bridge.clock()
    ladder = bridge.rules().ladder_of(market, now.date())
    conduct = bridge.store.conduct(seller.id, now - (ladder.counts_for if ladder is not None else timedelta(0)))
    case = _Case(market, seller, conduct, bridge)
    ended = no_longer_founded(conduct.sanctions, conduct.dismissed, now)
    if ended:
        return case.lifted(ended, by="ladder", why="") or "nobody_to_tell"
    if ladder is None:
        return "no_step"
    mails = mails_counted(ladder, seller.id, conduct, now, bridge)
    step = next_step(ladder, conduct.breaches, conduct.sanctions, now, mails=mails)
    if step is None:
        return "no_step"
    sanction = Sanction(
        id=SanctionId(bridge.mint.new_id()),
        step=step.step,
        at=now,
        until=step.until,
        by=ladder.id,
        rung=step.rung,
        needed=step.needed,
        grounds=step.grounds,
    )
    return case.taken(sanction, ladder) or "nobody_to_tell"


def mails_counted(ladder: Ladder, seller_id: SellerId, conduct: Conduct, now: datetime, bridge: Bridge) -> int:
    """What the seller wrote to buyers since the count began, where a step of the ladder asks for it; else 0."""
    if not ladder.counts_mails:
        return 0
    return bridge.store.count_mails(seller_id, counts_from(ladder, conduct.sanctions, now))


def suspension_over(intent: DueIntent, bridge: Bridge) -> ConductChange | None:
    """What the suspensions of this seller kept back whose time is over goes on; None where none is."""
    if intent.seller is None:
        return None
    now = bridge.clock()
    conduct = bridge.store.conduct(intent.seller.id, now)
    over = tuple(
        sanction.id
        for sanction in conduct.sanctions
        if sanction.step.stops_everything and sanction.lifted_at is None and not sanction.is_in_force(now)
    )
    return ConductChange(seller_id=intent.seller.id, now=now, over=over) if over else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a person did."""

    change: ConductChange
    #: False: the seller has no mailbox, or the gate withheld the notice
    is_told: bool


def set_standing(row: StandingRow, step: Step, days: int | None, why: str, bridge: Bridge) -> Done:
    """A person takes this step: it takes the place of every other in force. Raises Conflict when another was first."""
    now = bridge.clock()
    lasts = timedelta(days=days) if days is not None else _MARK_LASTS if step.rank < Step.BARRED.rank else None
    sanction = Sanction(
        id=SanctionId(bridge.mint.new_id()),
        step=step,
        at=now,
        until=None if lasts is None else now + lasts,
        by=BY_PERSON,
        why=why,
    )
    conduct = bridge.store.conduct(row.seller.id, now)
    case = _Case(row.market, row.seller, conduct, bridge)
    replaced = tuple(before.id for before in conduct.sanctions if before.is_in_force(now))
    change = replace(case.taking(sanction), lifted=replaced)
    appeal = appeal_way(sanction.id, row.market, now, bridge)
    return _by_person(change, case.told_of(sanction, None, appeal), bridge, actions=(appeal.action,))


def lift_standing(row: StandingRow, why: str, bridge: Bridge) -> Done:
    """A person lifts every step in force; NotPossible when there is none, Conflict when somebody else was first."""
    now = bridge.clock()
    conduct = bridge.store.conduct(row.seller.id, now)
    in_force = tuple(sanction for sanction in conduct.sanctions if sanction.is_in_force(now))
    if not in_force:
        raise NotPossible(f"no step is in force against {row.reference}")
    case = _Case(row.market, row.seller, conduct, bridge)
    change = ConductChange(seller_id=row.seller.id, now=now, lifted=tuple(sanction.id for sanction in in_force))
    return _by_person(change, case.told_of_end(in_force, by=BY_PERSON, why=why), bridge)


def _by_person(
    change: ConductChange, posting: Posting | None, bridge: Bridge, *, actions: tuple[NewAction, ...] = ()
) -> Done:
    delivery = post(posting, bridge) if posting is not None else None
    told = (delivery,) if isinstance(delivery, NewDelivery) else ()
    bridge.store.change_conduct(change, told, actions if told else ())
    tell_of(change)
    return Done(change=change, is_told=bool(told))


def tell_of(change: ConductChange) -> None:
    """Log what was done to a seller."""
    if change.taken is not None:
        sanction = change.taken.sanction
        emit(Event.SELLER_SANCTIONED, seller_id=change.seller_id, step=sanction.step.value, by=sanction.by)
    for _ in change.lifted:
        emit(Event.SANCTION_LIFTED, seller_id=change.seller_id)


@dataclass(frozen=True, slots=True)
class _Case:
    """One seller with what is on record of his conduct."""

    market: Marketplace
    seller: Seller
    conduct: Conduct
    bridge: Bridge

    def taking(self, sanction: Sanction) -> ConductChange:
        """What taking this step changes."""
        seller_id, ends = self.seller.id, None
        if sanction.step.stops_everything and sanction.until is not None:
            ends = _ending(sanction, seller_id, sanction.until, self.bridge)
        taken = NewSanction(sanction=sanction, number=self.conduct.number, ends=ends)
        return ConductChange(seller_id=seller_id, now=sanction.at, taken=taken)

    def taken(self, sanction: Sanction, ladder: Ladder) -> Decided | None:
        """The step with its notice; None where there is no mailbox to send that to."""
        appeal = appeal_way(sanction.id, self.market, sanction.at, self.bridge)
        posting = self.told_of(sanction, ladder, appeal)
        if posting is None:
            return None
        return Decided(change=self.taking(sanction), postings=(posting,), actions=(appeal.action,))

    def lifted(self, ended: tuple[Sanction, ...], *, by: str, why: str) -> Decided | None:
        """The end of these steps with its notice; None where there is no mailbox to send that to."""
        posting = self.told_of_end(ended, by=by, why=why)
        lifted = tuple(sanction.id for sanction in ended)
        change = ConductChange(seller_id=self.seller.id, now=self.bridge.clock(), lifted=lifted)
        return Decided(change=change, postings=(posting,)) if posting is not None else None

    def told_of(self, sanction: Sanction, ladder: Ladder | None, appeal: ReviewWay) -> Posting | None:
        """The statement of reasons of this step; an answer to it appeals."""
        language = language_for(self.seller, self.market, self.bridge.texts)
        newest = sanction.grounds[-_SHOWN:]
        return self._notice(
            "standing",
            {
                "step": sanction.step.value,
                "until": sanction.until or "",
                "by": BY_PERSON if ladder is None else "ladder",
                "why": sanction.why,
                "breaches": self._shown(newest, language),
                "more": len(sanction.grounds) - len(newest),
                "ladder": "" if ladder is None else ladder.text.get(language, ladder.text["en"]),
                "points": sum(ground.points for ground in sanction.grounds),
                "needed": sanction.needed,
            },
            reply_to=appeal.address,
        )

    def told_of_end(self, ended: tuple[Sanction, ...], *, by: str, why: str) -> Posting | None:
        """The notice that these steps end before their time: of the strictest of them."""
        now = self.bridge.clock()
        was = strictest(ended, now)
        if was is None:
            return None
        remains = strictest((sanction for sanction in self.conduct.sanctions if sanction not in ended), now)
        fields: dict[str, FieldValue] = {
            "step": was.step.value,
            "decided_at": was.at,
            "by": by,
            "why": why,
            "remains": "" if remains is None else remains.step.value,
        }
        return self._notice("standing_lifted", fields)

    def _notice(
        self, name: str, fields: dict[str, FieldValue], *, reply_to: AliasAddress | None = None
    ) -> Posting | None:
        mailbox, market = head_mailbox(self.seller), self.market
        if mailbox is None or not self.seller.is_active:
            return None
        mail = OwnMail(
            kind=PostKind.NOTICE,
            template=("notice", name),
            language=language_for(self.seller, market, self.bridge.texts),
            fields={"market": market.name, "seller": shown_name(self.seller)} | fields,
            to=mailbox.address,
            from_=notice_address(market.alias_domain),
            from_name=market.name,
            record_id=None,
            market=market,
            thread_id=None,
            secrets=secrets_towards(self.seller, None, terms_of(market, self.bridge.settings)),
            reader=Role.SELLER.value,
            now=self.bridge.clock(),
            reply_to=reply_to,
        )
        return posting_of(mail, self.bridge)

    def _shown(self, grounds: Iterable[Ground], language: str) -> tuple[BreachShown, ...]:
        """The messages, as their author can find them again."""
        kept = tuple(grounds)
        origins = {origin.record_id: origin for origin in self.bridge.store.breach_origins(g.record_id for g in kept)}
        titles = {rule.id: rule.title.get(language, rule.title["en"]) for rule in self.bridge.rules().rules}
        by_person = label(self.bridge.texts, language, "reported")
        titles |= {RULE_OF_REPORTS: by_person, RULE_OF_DIRECT_MAIL: by_person}
        return tuple(_breach_shown(ground, origins[ground.record_id], titles) for ground in kept)


def _breach_shown(ground: Ground, origin: BreachOrigin, titles: dict[RuleId, str]) -> BreachShown:
    return BreachShown(
        written_at=ground.at,
        other_party=shown_name(origin.buyer) if origin.buyer is not None else "",
        order=origin.thread.order_reference if origin.thread is not None else "",
        rules=tuple(titles.get(rule, rule) for rule in ground.rules),
    )


def _ending(sanction: Sanction, seller_id: SellerId, until: datetime, bridge: Bridge) -> NewIntent:
    return NewIntent(
        id=IntentId(bridge.mint.new_id()),
        kind=IntentKind.END_SANCTION,
        due_at=until,
        seller_id=seller_id,
        unique_key=f"sanction-ends:{sanction.id}",
    )
