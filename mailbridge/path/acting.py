"""What the use of a one-use address in a conversation comes to: by a mail to it, or on its public page (N-11, N-15).

The token is the right: it went to the seller's mailbox alone. What is done, or why it is not, is decided anew from how
things stand, and the commit says whether they still stood so: two that use it at once, a buyer who writes and a message
that goes out in the same moment are settled there.
"""

from dataclasses import dataclass, replace

from mailbridge.domain.address import RealAddress
from mailbridge.domain.clocks import ClockEventKind
from mailbridge.domain.delivery import NewDelivery, PostKind
from mailbridge.domain.facts import ActionKind
from mailbridge.domain.ids import RecordId
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Direction, Party, Role, mailbox_of, primary_mailbox
from mailbridge.domain.thread import ThreadState
from mailbridge.errors import NotPossible
from mailbridge.events import Event, emit
from mailbridge.message.parse import parse
from mailbridge.path.bridge import Bridge
from mailbridge.path.clocks import tick_in
from mailbridge.path.exchange import secrets_towards, terms_of, without_own_words
from mailbridge.path.markedcopy import marked_text
from mailbridge.path.ownmail import OwnMail, notice_address, posting_of
from mailbridge.path.post import Posting, post
from mailbridge.path.wording import language_for, shown_name
from mailbridge.policy.actions import knows_no_reply_needed, moved_by
from mailbridge.policy.clocks import Tick
from mailbridge.policy.transitions import NotMoved
from mailbridge.store.actionrecords import ActionChange, ActionOffer
from mailbridge.store.records import LegRecord
from mailbridge.texts import FieldValue

#: not done, and nothing to tell: it is as it was asked for
_SO_ALREADY = NotMoved.SO_ALREADY.value
#: states of a message that went out
_SENT = frozenset({"relayed", "released"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The mail that a token was used by."""

    message: Message
    record_id: RecordId


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What a use comes to, to be committed with it."""

    change: ActionChange
    #: why nothing is done: a value of NotMoved, "sent" or "not_waiting"; "" where it is done
    why_not: str = ""
    postings: tuple[Posting, ...] = ()


def offer_behind(token: str, bridge: Bridge) -> ActionOffer | None:
    """What a seller may do with this token; None alike for one that is unknown, for something else, or over."""
    return bridge.store.action_offer(bridge.store.action_hash(token), bridge.clock())


def use_in_browser(offer: ActionOffer, bridge: Bridge) -> Act:
    """Do at once what the token is for. Conflict where things changed meanwhile: then nothing was written."""
    done = act(offer, bridge)
    if not done.why_not:
        deliveries = tuple(d for posting in done.postings if isinstance(d := post(posting, bridge), NewDelivery))
        bridge.store.use_offer(offer, done.change, deliveries=deliveries, now=bridge.clock())
    emit(Event.ACTION_BY_WEB, record_id=offer.record_id, kind=offer.kind.value, result=done.why_not or "done")
    return done


def used_by_mail(record: LegRecord, offer: ActionOffer | None, asked: Asked, bridge: Bridge) -> tuple[LegRecord, Act]:
    """The record of the mail that used a token, with what is committed beside it, and what is to be told."""
    if offer is None:
        raise NotPossible("resolve lets no token through whose time is over")
    done, thread = act(offer, bridge, asked=asked), offer.thread
    record = replace(record, direction=Direction.TO_BUYER, thread=thread)
    record = replace(record, tick=done.change.tick, undoes=done.change.undoes)
    if thread is None or not done.change.is_of_thread:
        return record, done
    moved = replace(thread.in_state(done.change.state or thread.state), version=thread.version + 1)
    return replace(record, thread=moved, expected_version=thread.version), done


def act(offer: ActionOffer, bridge: Bridge, *, asked: Asked | None = None) -> Act:
    """Decide; a mail that asked for what can not be done is answered, a browser shows it."""
    if offer.kind is ActionKind.STOP_SENDING:
        done = _stopped(offer, bridge, asked)
    elif offer.kind is ActionKind.NO_REPLY_NEEDED:
        done = _excused(offer, bridge)
    else:
        done = _moved(offer, bridge)
    if asked is None or done.why_not in {"", _SO_ALREADY}:
        return done
    fields: dict[str, FieldValue] = {"deed": offer.kind.value, "unmoved": done.why_not}
    return replace(done, postings=_told(offer, "not_done", fields, bridge, asked=asked))


def _moved(offer: ActionOffer, bridge: Bridge) -> Act:
    thread, market, now = offer.thread, offer.marketplace, bridge.clock()
    if thread is None:
        raise ValueError("a conversation is ended, or opened again")
    terms = bridge.rules().area_of(market, thread.area, now.date())
    after = moved_by(offer.kind, thread, terms, is_overtaken=offer.is_overtaken)
    if isinstance(after, NotMoved):
        return Act(change=ActionChange(), why_not=after.value)
    kind = ClockEventKind.REOPENED if after is ThreadState.OPEN else ClockEventKind.CLOSED
    return Act(change=ActionChange(state=after, tick=tick_in(thread, market, kind, now, bridge)))


def _excused(offer: ActionOffer, bridge: Bridge) -> Act:
    thread, now = offer.thread, bridge.clock()
    if thread is None:
        raise ValueError("a conversation waits for no reply")
    if offer.is_overtaken:
        return Act(change=ActionChange(), why_not=NotMoved.WROTE_AGAIN.value)
    tick: Tick | None = tick_in(thread, offer.marketplace, ClockEventKind.NO_REPLY_NEEDED, now, bridge)
    if tick is None or not knows_no_reply_needed(tick.clock):
        return Act(change=ActionChange(), why_not=NotMoved.NO_CLOCK.value)
    return Act(change=ActionChange(tick=tick))


def _stopped(offer: ActionOffer, bridge: Bridge, asked: Asked | None) -> Act:
    """Stop a message that waits; its author gets his words back, to work on them."""
    if offer.record_state == "undone":
        return Act(change=ActionChange(), why_not=_SO_ALREADY)
    if offer.record_state != "screening":
        return Act(change=ActionChange(), why_not="sent" if offer.record_state in _SENT else "not_waiting")
    stopped = parse(bridge.store.original(offer.record_id))
    fields: dict[str, FieldValue] = {
        "subject": stopped.subject,
        "own_text": marked_text(stopped, ()),
        "files": tuple(attachment.filename for attachment in stopped.attachments),
        "answer_address": offer.written_to,
    }
    postings = _told(offer, "undone", fields, bridge, asked=asked, stopped=stopped)
    return Act(change=ActionChange(undoes=offer.record_id), postings=postings)


def about(offer: ActionOffer) -> dict[str, FieldValue]:
    """The fields of every text about an action."""
    return {
        "market": offer.marketplace.name,
        "other_party": _other_name(offer.buyer, offer),
        "order": offer.thread.order_reference if offer.thread is not None else "",
    }


def _other_name(buyer: Party | None, offer: ActionOffer) -> str:
    return shown_name(buyer) if buyer is not None else offer.marketplace.name


def _told(
    offer: ActionOffer,
    name: str,
    fields: dict[str, FieldValue],
    bridge: Bridge,
    *,
    asked: Asked | None,
    stopped: Message | None = None,
) -> tuple[Posting, ...]:
    """The notice to the mailbox that wrote, where it is one of the seller's, else to his first; none without one."""
    market, seller = offer.marketplace, offer.seller
    about_message = stopped or (asked.message if asked is not None else None)
    author = about_message.author if about_message is not None else None
    mailbox = (mailbox_of(seller, author.addr_spec) if author is not None else None) or primary_mailbox(seller)
    if mailbox is None:
        return ()
    secrets = secrets_towards(seller, offer.buyer, terms_of(market, bridge.settings))
    mail = OwnMail(
        kind=PostKind.NOTICE,
        template=("notice", name),
        language=language_for(seller, market, bridge.texts),
        fields=about(offer) | fields,
        to=RealAddress(mailbox.address.addr_spec),
        from_=notice_address(market.alias_domain),
        from_name=market.name,
        record_id=asked.record_id if asked is not None else offer.record_id,
        market=market,
        thread_id=offer.thread.id if offer.thread is not None else None,
        secrets=without_own_words(secrets, stopped) if stopped is not None else secrets,
        reader=Role.SELLER.value,
        now=bridge.clock(),
        auto_submitted="auto-replied",
        answers=about_message.message_id if about_message is not None else None,
    )
    return (posting_of(mail, bridge),)
