"""Reports of buyers, appeals of sellers, direct mail that breaks rules: settled by a person, told (S-28, S-73, E-38).

A decision, what follows from it and the mail that tells it are one transaction. A seller reads the reason in the words
of the person who decided; a buyer hears whether the message was found in breach, nothing of what was done to anybody.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from mailbridge.domain.address import AliasAddress
from mailbridge.domain.delivery import NewDelivery, PostKind
from mailbridge.domain.facts import ActionDestination, ActionKind
from mailbridge.domain.ids import RecordId, ReviewId
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Party, Seller, role_of
from mailbridge.domain.reviews import RULE_OF_DIRECT_MAIL, RULE_OF_REPORTS, Found, ReviewKind
from mailbridge.domain.standing import Breach, NewBreaches, Sanction, strictest
from mailbridge.domain.verdict import Severity
from mailbridge.errors import NotPossible
from mailbridge.events import Event, emit
from mailbridge.path.bridge import Bridge
from mailbridge.path.exchange import secrets_towards, terms_of
from mailbridge.path.ownmail import OwnMail, notice_address, posting_of
from mailbridge.path.post import Posting, Withheld, post
from mailbridge.path.reviewways import breach_appeal_way
from mailbridge.path.standing import tell_of, to_judge
from mailbridge.path.wording import language_for, shown_name
from mailbridge.policy.staff import head_mailbox
from mailbridge.store.conductrecords import ConductChange, ReviewMail
from mailbridge.store.records import LegRecord, NewAction, NewIntent
from mailbridge.store.reviewrecords import NewReview, Review, ReviewSubject, Settlement
from mailbridge.texts import FieldValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A review that a mail asks for, and the mail that says that it was taken."""

    review: NewReview
    postings: tuple[Posting, ...]


def asked(destination: ActionDestination, message: Message, asked_in: RecordId, bridge: Bridge) -> Asked:
    """What a mail to this address of a message, or of a step, asks for."""
    record_id, sanction_id = destination.record_id, destination.sanction_id
    subject = bridge.store.review_subject(record_id=record_id, sanction_id=sanction_id)
    teller = _Teller(subject, bridge, about=asked_in, answers=message.message_id)
    if destination.kind is ActionKind.REPORT:
        kind, told = ReviewKind.REPORT, teller.to_buyer("report_taken")
    elif sanction_id is not None:
        kind, told = ReviewKind.APPEAL, teller.to_seller("appeal_taken", _about_step(subject))
    else:
        kind, told = ReviewKind.BREACH_APPEAL, teller.to_seller("breach_appeal_taken", {})
    review = NewReview(
        id=ReviewId(bridge.mint.new_id()),
        kind=kind,
        seller_id=subject.seller.id,
        record_id=record_id,
        sanction_id=sanction_id,
        asked_in=asked_in,
    )
    return Asked(review=review, postings=(told,) if told is not None else ())


def with_review(record: LegRecord, author: Party | None, bridge: Bridge) -> LegRecord:
    """The record of a mail; a direct one of a seller that breaks rules waits for a person (S-73)."""
    if record.plan.reason != "record_only_breach" or not isinstance(author, Seller):
        return record
    review = NewReview(
        id=ReviewId(bridge.mint.new_id()),
        kind=ReviewKind.DIRECT_MAIL,
        seller_id=author.id,
        record_id=record.record_id,
        asked_in=record.record_id,
    )
    return replace(record, review=review)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a person decided."""

    found: Found
    #: False: somebody who should hear it has no mailbox any more
    is_told: bool


def settle(review: Review, found: Found, why: str, bridge: Bridge, *, severity: Severity = Severity.MEDIUM) -> Settled:
    """A person decides: `severity` is that of the breach where a message is found in breach.

    NotPossible when it is settled already, or when `why` holds what the seller must not read; Conflict when somebody
    else was first. Then nothing was changed.
    """
    if review.settled_at is not None:
        raise NotPossible(f"{review.id} is settled already: {review.found.value if review.found else ''}")
    if review.kind is ReviewKind.APPEAL:
        return _settle_appeal(review, found, why, bridge)
    if review.kind is ReviewKind.BREACH_APPEAL:
        return _settle_breach_appeal(review, found, why, bridge)
    return _settle_message(review, found, why, bridge, severity=severity)


def _settle_message(review: Review, found: Found, why: str, bridge: Bridge, *, severity: Severity) -> Settled:
    """Of a message that a buyer reported, or that went to him directly."""
    subject, record_id, is_report = review.subject, review.record_id, review.kind is ReviewKind.REPORT
    if record_id is None:
        raise ValueError("a report and a direct mail are about a message")
    tellings: list[Posting | None] = []
    actions: tuple[NewAction, ...] = ()
    if is_report:
        tellings.append(
            _Teller(subject, bridge, about=review.asked_in).to_buyer("report_settled", {"found": found.value})
        )
    settled = Settlement(id=review.id, seller_id=subject.seller.id, found=found, why=why)
    judged = to_judge(f"standing:reviewed:{review.id}", subject.seller, bridge.clock(), bridge)
    if found is Found.UPHELD:
        rule = RULE_OF_REPORTS if is_report else RULE_OF_DIRECT_MAIL
        # It counts from when it was written: the ladder asks whether its author had read of the step before.
        breach = Breach(record_id=record_id, rule=rule, severity=severity, at=subject.written_at or review.at)
        settled = replace(settled, breaches=NewBreaches(seller_id=subject.seller.id, breaches=(breach,)))
        appeal = breach_appeal_way(record_id, subject.marketplace, bridge.clock(), bridge)
        teller = _Teller(subject, bridge, about=record_id, reply_to=appeal.address)
        tellings.append(teller.to_seller("found_in_breach", {"why": why}))
        actions = (appeal.action,)
    elif not is_report:
        settled = replace(settled, dismisses=(record_id,))  # what rules refuse counts since it came
    is_changed = settled.breaches is not None or bool(settled.dismisses)
    return _done(settled, tellings, bridge, intents=(judged,) if is_changed else (), actions=actions)


def _settle_breach_appeal(review: Review, found: Found, why: str, bridge: Bridge) -> Settled:
    """Of one message: it counts no more, or stays a breach. Steps that fall with it end when the intent counts anew."""
    subject, record_id = review.subject, review.record_id
    if record_id is None:
        raise ValueError("such an appeal is about a message")
    told = _Teller(subject, bridge, about=None).to_seller("breach_appeal_settled", {"found": found.value, "why": why})
    settled = Settlement(id=review.id, seller_id=subject.seller.id, found=found, why=why)
    if found is not Found.UPHELD:
        return _done(settled, [told], bridge)
    judged = to_judge(f"standing:reviewed:{review.id}", subject.seller, bridge.clock(), bridge)
    return _done(replace(settled, dismisses=(record_id,)), [told], bridge, intents=(judged,))


def _settle_appeal(review: Review, found: Found, why: str, bridge: Bridge) -> Settled:
    subject, now = review.subject, bridge.clock()
    step, seller = subject.sanction, subject.seller
    if step is None:
        raise ValueError("an appeal is about a step")
    conduct = bridge.store.conduct(seller.id, now)
    is_upheld = found is Found.UPHELD
    others = (each for each in conduct.sanctions if each.id != step.id)
    remains = strictest(others if is_upheld else conduct.sanctions, now)
    fields: dict[str, FieldValue] = {
        "found": found.value,
        "why": why,
        "until": step.until if step.until is not None and step.is_in_force(now) else "",
        "remains": remains.step.value if remains is not None else "",
    }
    told = _Teller(subject, bridge, about=None).to_seller("appeal_settled", _about_step(subject) | fields)
    wrong = tuple(ground.record_id for ground in step.grounds) if is_upheld else ()
    settled = Settlement(id=review.id, seller_id=seller.id, found=found, why=why, dismisses=wrong)
    if not is_upheld:
        return _done(settled, [told], bridge)
    # Other steps may have been taken for the same messages.
    judged = to_judge(f"standing:appealed:{review.id}", seller, now, bridge)
    return _done(settled, [told], bridge, intents=(judged,), change=_lifting(step, subject, now))


def _lifting(step: Sanction, subject: ReviewSubject, now: datetime) -> ConductChange | None:
    """Lifts the step; one that is over counts as never taken from now on. None where a person lifted it before."""
    if step.lifted_at is not None:
        return None
    return ConductChange(seller_id=subject.seller.id, now=now, lifted=(step.id,))


def _done(
    settled: Settlement,
    tellings: list[Posting | None],
    bridge: Bridge,
    *,
    intents: tuple[NewIntent, ...] = (),
    change: ConductChange | None = None,
    actions: tuple[NewAction, ...] = (),
) -> Settled:
    deliveries: list[NewDelivery] = []
    for posting in tellings:
        delivery = post(posting, bridge) if posting is not None else None
        if isinstance(delivery, Withheld):
            raise NotPossible("the reason holds something that its reader must not know: put it in other words")
        if delivery is not None:
            deliveries.append(delivery)
    mail = ReviewMail(deliveries=tuple(deliveries), actions=actions)
    bridge.store.settle_review(settled, change=change, mail=mail, intents=intents, now=bridge.clock())
    for record_id in settled.dismisses:
        emit(Event.BREACH_DISMISSED, record_id=record_id)
    if change is not None:
        tell_of(change)
    return Settled(found=settled.found, is_told=len(deliveries) == len(tellings))


def _about_step(subject: ReviewSubject) -> dict[str, FieldValue]:
    step = subject.sanction
    if step is None:
        raise ValueError("an appeal is about a step")
    return {"step": step.step.value, "decided_at": step.at}


@dataclass(frozen=True, slots=True)
class _Teller:
    """Writes to the people of a review, at their mailboxes on record; None where they have none."""

    subject: ReviewSubject
    bridge: Bridge
    #: the record that the mail belongs to
    about: RecordId | None
    #: Message-ID, with angle brackets, of the mail that is answered
    answers: str | None = None
    #: where answers go
    reply_to: AliasAddress | None = None

    def to_buyer(self, name: str, fields: dict[str, FieldValue] | None = None) -> Posting | None:
        """About the message that he got."""
        subject = self.subject
        if subject.buyer is None:
            raise ValueError("a report is about mail to a buyer")
        return self._posting(name, subject.buyer, subject.seller, self._message(subject.seller) | (fields or {}))

    def to_seller(self, name: str, fields: dict[str, FieldValue]) -> Posting | None:
        """About a message that he wrote, or a step against him."""
        subject = self.subject
        about = self._message(subject.buyer) if subject.sanction is None else {}
        shop: dict[str, FieldValue] = {"seller": shown_name(subject.seller)}
        return self._posting(name, subject.seller, subject.buyer, shop | about | fields)

    def _message(self, other: Party | None) -> dict[str, FieldValue]:
        thread = self.subject.thread
        return {
            "other_party": shown_name(other) if other is not None else self.subject.marketplace.name,
            "order": thread.order_reference if thread is not None else "",
            "written_at": self.subject.written_at or self.bridge.clock(),
        }

    def _posting(self, name: str, reader: Party, other: Party | None, fields: dict[str, FieldValue]) -> Posting | None:
        market, bridge, mailbox = self.subject.marketplace, self.bridge, head_mailbox(reader)
        if mailbox is None or not reader.is_active:
            return None
        mail = OwnMail(
            kind=PostKind.NOTICE,
            template=("notice", name),
            language=language_for(reader, market, bridge.texts),
            fields={"market": market.name} | fields,
            to=mailbox.address,
            from_=notice_address(market.alias_domain),
            from_name=market.name,
            record_id=self.about,
            market=market,
            thread_id=self.subject.thread.id if self.subject.thread is not None else None,
            secrets=secrets_towards(reader, other, terms_of(market, bridge.settings)),
            reader=role_of(reader).value,
            now=bridge.clock(),
            auto_submitted="auto-replied" if self.answers is not None else "auto-generated",
            answers=self.answers,
            reply_to=self.reply_to,
        )
        return posting_of(mail, bridge)
