"""Acknowledgements: the automatic answer to a buyer's first message, and what the seller hears of it (S-36, S-46).

It comes from the alias of the shop, so that a reply reaches it (U6), and holds nothing of what the buyer wrote, neither
text nor subject (T-28). Whether it is due is asked of `policy/ackbrakes.py`; when, is `intents.py`.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mailbridge.domain.acknowledgement import AckText
from mailbridge.domain.delivery import NewDelivery, PostKind
from mailbridge.domain.parties import Buyer, Mailbox, Marketplace, Role, Seller, mailbox_of, primary_mailbox
from mailbridge.domain.thread import Alias, Thread
from mailbridge.events import Event, emit
from mailbridge.path.ackcopies import Copy, copy_posting, readers_of_copies
from mailbridge.path.acktexts import Subject, Written, breaches_of, chosen_text
from mailbridge.path.bridge import Bridge
from mailbridge.path.exchange import secrets_towards, terms_of
from mailbridge.path.ownmail import OwnMail, posting_of
from mailbridge.path.post import Posting, post
from mailbridge.path.wording import language_for, shown_name
from mailbridge.policy.ackbrakes import BREAKER, Due, why_not_due
from mailbridge.store.acknowledgements import AckClaim
from mailbridge.store.records import DueIntent
from mailbridge.texts import FieldValue, OwnTextProblem, render_own_text

_REFERENCE_CHARACTERS: Final = 8
_PARAGRAPHS: Final = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What one acknowledgement says: a text, and what stands in its fields."""

    template: tuple[str, str]
    fields: dict[str, FieldValue]
    language: str

    @property
    def are_own(self) -> bool:
        """True for a text of the seller's own."""
        return self.template[1] == "own_text"

    @property
    def written(self) -> Written:
        """The seller's own part of it."""
        said = self.fields.get("words", ())
        body = "\n\n".join(map(str, said)) if isinstance(said, tuple) else ""
        return Written(language=self.language, subject=str(self.fields.get("headline", "")), body=body)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """An intent whose people are all known."""

    intent: DueIntent
    about: Subject
    buyer: Buyer
    thread: Thread
    alias_of_seller: Alias
    #: where it goes: the mailbox that the buyer wrote from, as far as it is his
    mailbox: Mailbox


def words_of(about: Subject, language: str, bridge: Bridge, *, text: AckText | None) -> Words:
    """What is said in this language: in the seller's words if there is a `text`, else in ours."""
    fields = about.fields
    ours = Words(template=("acknowledgement", "first_contact"), fields=dict(fields), language=language)
    if text is None:
        return ours
    subject = render_own_text(text.subject, fields).strip()
    if not subject:
        subject = bridge.texts.render(ours.template[0], language, ours.template[1], ours.fields).subject
    paragraphs = _PARAGRAPHS.split(render_own_text(text.body, fields).strip())
    own: dict[str, FieldValue] = {"headline": subject, "words": tuple(map(str.strip, paragraphs))}
    own |= {name: fields[name] for name in ("market", "seller", "reference")}
    return Words(template=("acknowledgement", "own_text"), fields=own, language=language)


def sender_name(seller: Seller, market: Marketplace) -> str:
    """The name beside the alias in From (S-49): never without the marketplace's."""
    return f"{seller.acknowledgement.sender_name or shown_name(seller)} via {market.name}"


def acknowledgement(
    intent: DueIntent, bridge: Bridge, *, waits_until: datetime | None = None
) -> tuple[Posting, ...] | str:
    """The acknowledgement and the seller's copies of it; the reason where it is not due any more.

    `waits_until` is when the seller's answer is due, None where no clock runs.
    """
    case = _case_of(intent)
    if isinstance(case, str):
        return case
    now = bridge.clock()
    reason = _why_not(case, bridge, now)
    if reason:
        return reason
    wanted = AckClaim(
        thread_id=case.thread.id,
        seller_id=case.about.seller.id,
        buyer_id=case.buyer.id,
        crowd=_crowd_of(case.mailbox.address.key, bridge.settings.public_domains),
    )
    reason = bridge.store.claim_acknowledgement(wanted, bridge.settings.ack_limits, now)
    if reason == BREAKER:
        emit(Event.ACK_STOPPED, seller_id=case.about.seller.id, result=reason)
    return reason or _postings(case, bridge, now, waits_until)


def _crowd_of(address: str, public_domains: frozenset[str]) -> str:
    """With which other mailboxes this one is counted (B1); "" with none.

    A robot may write from another address each time: at a domain of its own, or with tags at a public provider.
    """
    local_part, _, domain = address.rpartition("@")
    if domain not in public_domains:
        return domain
    base, plus, _ = local_part.partition("+")
    return f"{base}@{domain}" if plus else ""


def _case_of(intent: DueIntent) -> _Case | str:
    market, seller, buyer, thread = intent.marketplace, intent.seller, intent.buyer, intent.thread
    if market is None or seller is None or buyer is None or thread is None:
        return "nobody_to_tell"
    if intent.alias_of_seller is None or intent.record_id is None:
        return "address_closed"
    author = intent.origin.author_addr_spec if intent.origin is not None else None
    mailbox = (mailbox_of(buyer, author) if author else None) or primary_mailbox(buyer)
    if mailbox is None:
        return "buyer_has_no_mailbox"
    reference = thread.id[-_REFERENCE_CHARACTERS:]
    about = Subject(market=market, seller=seller, area=thread.area, order=thread.order_reference, reference=reference)
    return _Case(
        intent=intent, about=about, buyer=buyer, thread=thread, alias_of_seller=intent.alias_of_seller, mailbox=mailbox
    )


def _why_not(case: _Case, bridge: Bridge, now: datetime) -> str:
    due = Due(
        thread=case.thread,
        market=case.about.market,
        seller=case.about.seller,
        buyer=case.buyer,
        alias=case.alias_of_seller,
        due_at=case.intent.due_at,
        now=now,
    )
    return why_not_due(due)


def _postings(case: _Case, bridge: Bridge, now: datetime, waits_until: datetime | None) -> tuple[Posting, ...]:
    """What goes out: in the seller's words where they may still be said and the gate lets them pass, else in ours."""
    language = language_for(case.buyer, case.about.market, bridge.texts)
    words = _sayable(case, language, bridge)
    posting = posting_of(_mail(case, words, bridge, now), bridge)
    readers = readers_of_copies(case.about.market, case.about.seller, case.thread, now)
    if not words.are_own and not readers:
        return (posting,)  # whether the gate lets it pass is seen where it is posted
    passes = isinstance(post(posting, bridge), NewDelivery)
    if not passes and words.are_own:
        _tell_stopped(case, "own_text_withheld")
        posting = posting_of(_mail(case, words_of(case.about, language, bridge, text=None), bridge, now), bridge)
        passes = isinstance(post(posting, bridge), NewDelivery)
    if not passes:
        return (posting,)  # stopped where it is posted; the seller is told of nothing
    sent = posting.composition.body.plain or ""
    copy = _copy(case, sent, waits_until)
    copies = (copy_posting(copy, address, bridge, now) for address in readers) if copy is not None else ()
    return (posting, *copies)


def _sayable(case: _Case, language: str, bridge: Bridge) -> Words:
    """The seller's words unless the rules, which may be newer than they are, have something against them."""
    about = case.about
    text = chosen_text(about.seller.acknowledgement, about.area, language)
    try:
        words = words_of(about, language, bridge, text=text)
        is_sayable = text is None or not breaches_of(words.written, about, bridge)
    except OwnTextProblem:
        is_sayable, words = False, words_of(about, language, bridge, text=None)
    if is_sayable:
        return words
    _tell_stopped(case, "own_text_refused")
    return words_of(about, language, bridge, text=None)


def _tell_stopped(case: _Case, result: str) -> None:
    emit(Event.ACK_STOPPED, seller_id=case.about.seller.id, result=result)


def _mail(case: _Case, words: Words, bridge: Bridge, now: datetime) -> OwnMail:
    about, thread = case.about, case.thread
    known = next((ids.for_buyer for ids in thread.message_ids if ids.for_buyer), None)
    return OwnMail(
        kind=PostKind.ACKNOWLEDGEMENT,
        template=words.template,
        language=words.language,
        fields=words.fields,
        to=case.mailbox.address,
        from_=case.alias_of_seller.address,
        from_name=sender_name(about.seller, about.market),
        record_id=case.intent.record_id,
        market=about.market,
        thread_id=thread.id,
        secrets=secrets_towards(case.buyer, about.seller, terms_of(about.market, bridge.settings)),
        reader=Role.BUYER.value,
        now=now,
        auto_submitted="auto-replied",
        answers=known,
        references=tuple(identifier for identifier in (thread.root_message_id, known) if identifier),
    )


def _copy(case: _Case, sent: str, waits_until: datetime | None) -> Copy | None:
    """What the seller hears (S-46, S-50); None where there is no address by which he could answer."""
    intent, thread = case.intent, case.thread
    if intent.alias_of_buyer is None:
        return None
    known = next((ids.for_seller for ids in thread.message_ids if ids.for_seller), None)
    return Copy(
        about=case.about,
        other_party=shown_name(case.buyer),
        written_at=intent.origin.received_at if intent.origin is not None else intent.due_at,
        waits_until=waits_until,
        answer_to=intent.alias_of_buyer.address,
        sent=sent,
        buyer=case.buyer,
        record_id=intent.record_id,
        thread_id=thread.id,
        answers=known,
        references=tuple(identifier for identifier in (thread.root_message_id, known) if identifier),
    )
