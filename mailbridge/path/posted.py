"""What the marketplace posts for one of the two: a question form, a dispute, a ticket, an enquiry, a note on an order.

It becomes a mail of that party and takes the path of all mail: judged, masked, gated, acknowledged, with clocks
(design.md §2, "The market opens it"). A command asks for it, and a page can. Who wrote is the marketplace's word.
"""

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mailbridge.domain.address import split_addr_spec
from mailbridge.domain.envelope import Door, Envelope, Peer, Posted
from mailbridge.domain.ids import QueueId
from mailbridge.domain.parties import Party, primary_mailbox, role_of
from mailbridge.domain.thread import Actor, Area
from mailbridge.errors import NotFound, NotPossible
from mailbridge.message.posted import posted_octets
from mailbridge.path.bridge import Bridge
from mailbridge.path.receive import take_posted
from mailbridge.path.telling import Settled
from mailbridge.path.wording import language_for
from mailbridge.policy.states import may_begin
from mailbridge.store.records import Pair

#: what a reference may be made of to stand in a local part (RFC 5322 §3.2.3), dots aside
_REFERENCE: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,50}")
#: first line of a note that is for the customer, as a seller would write it
_FOR_CUSTOMER: Final = "#customer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What the marketplace posts; names are its own references, "" for none."""

    market: str
    seller: str
    buyer: str
    #: None: the seller answers in the conversation of `reference`
    area: Area | None
    text: str
    subject: str = ""
    order: str = ""
    offer: str = ""
    #: its own number of the conversation: stands in links, and finds the conversation again
    reference: str = ""
    #: its own name of the message: posted twice it counts once. Without one the same text counts once in five days
    message_id: str = ""
    #: of a note: passed on to the customer; by itself it is for the seller alone (S-77)
    is_for_customer: bool = False


#: raises NotFound or NotPossible
_Check = Callable[[Post, Pair, Bridge], None]


def post_message(wanted: Post, bridge: Bridge) -> Settled:
    """Take it; what became of it.

    NotFound names the reference that nobody has, NotPossible says why it can not be: the kind of conversation is not
    the marketplace's to begin, its order or offer is not of the two, its author has no mailbox, or there is no
    conversation that it could answer in.
    """
    found = obstacle(wanted, bridge)
    if found is not None:
        raise found[1]
    pair, now = _pair(wanted, bridge), bridge.clock()
    return take_posted(_envelope(wanted, pair, _mailbox(wanted, pair), now, bridge), bridge)


def obstacle(
    wanted: Post, bridge: Bridge, *, to_begin: Container[tuple[str, ...]] = ()
) -> tuple[str, NotFound | NotPossible] | None:
    """The first thing that keeps this from being posted, with the field that it is about; None for nothing.

    `to_begin` are conversations that will be there by then, as `conversation_of` names them. Writes nothing but the
    aliases of the two, where they had none.
    """
    try:
        pair = _pair(wanted, bridge)
    except NotFound as error:
        return error.kind, error
    checks = _CHECKS
    if wanted.area is None and conversation_of(wanted) not in to_begin:
        checks = (*checks, ("conversation", _refuse_no_conversation))
    found = ((field, refusal) for field, check in checks if (refusal := _refusal(check, wanted, pair, bridge)))
    return next(found, None)


def _refusal(check: _Check, wanted: Post, pair: Pair, bridge: Bridge) -> NotFound | NotPossible | None:
    try:
        check(wanted, pair, bridge)
    except (NotFound, NotPossible) as error:
        return error
    return None


def conversation_of(wanted: Post) -> tuple[str, ...]:
    """What a conversation that the marketplace numbers is known by."""
    return wanted.market, wanted.seller, wanted.buyer, wanted.reference


def _pair(wanted: Post, bridge: Bridge) -> Pair:
    return bridge.store.pair_called(market=wanted.market, seller=wanted.seller, buyer=wanted.buyer, now=bridge.clock())


def _author(wanted: Post, pair: Pair) -> Party:
    return pair.seller if wanted.area in {Area.NOTE, None} else pair.buyer


def _refuse_area(wanted: Post, pair: Pair, bridge: Bridge) -> None:
    on = bridge.clock().date()
    if wanted.area is not None and not may_begin(pair.marketplace, wanted.area, Actor.MARKET, on, bridge.rules()):
        raise NotPossible(
            f"rule files do not let the marketplace begin a conversation of this kind: {wanted.area.value}"
        )
    if wanted.area is Area.ORDER and not wanted.order:
        raise NotPossible("a conversation about an order needs the order")


def _refuse_order(wanted: Post, pair: Pair, bridge: Bridge) -> None:
    """An order of somebody else would silently make it about nothing."""
    _refuse_odd("order", wanted.order)
    if wanted.order and wanted.offer:
        raise NotPossible("it is about an order or about an offer")
    bridge.store.refuse_foreign(pair, order=wanted.order, offer="")


def _refuse_offer(wanted: Post, pair: Pair, bridge: Bridge) -> None:
    _refuse_odd("offer", wanted.offer)
    bridge.store.refuse_foreign(pair, order="", offer=wanted.offer)


def _refuse_odd(kind: str, reference: str) -> None:
    if reference and not _REFERENCE.fullmatch(reference):
        raise NotPossible(f"{kind} {reference}: it can not stand in an address")


def _refuse_without_mailbox(wanted: Post, pair: Pair, _: Bridge) -> None:
    _mailbox(wanted, pair)


def _refuse_empty(wanted: Post, _: Pair, __: Bridge) -> None:
    if not wanted.text.strip():
        raise NotPossible("there is no text")


def _refuse_no_conversation(wanted: Post, pair: Pair, bridge: Bridge) -> None:
    """What nobody could find again would begin another conversation, by a seller who only answered."""
    bridge.store.conversation_called(pair, wanted.reference)


_CHECKS: Final[tuple[tuple[str, _Check], ...]] = (
    ("area", _refuse_area),
    ("order", _refuse_order),
    ("offer", _refuse_offer),
    ("author", _refuse_without_mailbox),
    ("text", _refuse_empty),
)


def _mailbox(wanted: Post, pair: Pair) -> str:
    """The addr-spec that its author is known by."""
    author = _author(wanted, pair)
    mailbox = primary_mailbox(author)
    if mailbox is None:
        raise NotPossible(f"the {role_of(author).value} has no mailbox: import it first, or no answer could reach him")
    return mailbox.address.addr_spec


def _envelope(wanted: Post, pair: Pair, author: str, now: datetime, bridge: Bridge) -> Envelope:
    to = _address(wanted, pair)
    is_note = wanted.area is Area.NOTE
    text = f"{_FOR_CUSTOMER}\n\n{wanted.text}" if is_note and wanted.is_for_customer else wanted.text
    content = posted_octets(
        author=author,
        to=to,
        subject=wanted.subject or _subject(wanted, pair, bridge),
        text=text,
        at=now,
        message_id=wanted.message_id,
    )
    return Envelope(
        queue_id=QueueId(bridge.mint.new_id()),
        door=Door.COMMAND,
        reverse_path=author,
        forward_paths=(to,),
        content=content,
        received_at=now,
        peer=Peer(ip=None, helo=None, authenticated_as=author),
        posted=Posted(market_reference=wanted.reference),
    )


def _address(wanted: Post, pair: Pair) -> str:
    """Where a mail of that party about the same would go; the tag is as in `store/destinations.py`."""
    if wanted.area is None:
        return pair.alias_of_buyer.address.addr_spec
    reference = wanted.order or wanted.offer
    kind = "o" if wanted.area is Area.ORDER else wanted.area.value
    tag = f"{kind}-{reference}" if reference else kind
    local_part = (
        pair.alias_of_buyer.address.addr_spec.partition("@")[0] if wanted.area is Area.NOTE else pair.seller.contact
    )
    address = f"{local_part}.{tag}@{pair.marketplace.alias_domain}"
    if split_addr_spec(address) is None:
        raise NotPossible(f"{reference}: it can not stand in an address")
    return address


def _subject(wanted: Post, pair: Pair, bridge: Bridge) -> str:
    """In an answer that of its conversation, as a reply would have it; else ours, in the language of who reads it."""
    if wanted.area is None:
        return f"Re: {bridge.store.conversation_called(pair, wanted.reference).subject_for_seller}"
    reader: Party = pair.seller if _author(wanted, pair) is pair.buyer else pair.buyer
    language = language_for(reader, pair.marketplace, bridge.texts)
    fields = {"area": wanted.area.value, "order": wanted.order, "offer": wanted.offer}
    return bridge.texts.render("message", language, "posted", fields).subject
