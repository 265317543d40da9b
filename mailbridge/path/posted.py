"""What the marketplace posts for one of the two: a question form, a dispute, a ticket, an enquiry, a note on an order.

It becomes a mail of that party and takes the path of all mail: judged, masked, gated, acknowledged, with clocks
(design.md §2, "The market opens it"). A command asks for it, and a page can. Who wrote is the marketplace's word.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mailbridge.domain.address import split_addr_spec
from mailbridge.domain.envelope import Door, Envelope, Peer, Posted
from mailbridge.domain.ids import QueueId
from mailbridge.domain.parties import Marketplace, Party, primary_mailbox
from mailbridge.domain.thread import Actor, Area
from mailbridge.errors import NotPossible
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
    area: Area
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


def post_message(wanted: Post, bridge: Bridge) -> Settled:
    """Take it; what became of it.

    NotFound names the reference that nobody has, NotPossible says why it can not be: the kind of conversation is not
    the marketplace's to begin, its order or offer is not of the two, or its author has no mailbox.
    """
    pair = bridge.store.pair_called(market=wanted.market, seller=wanted.seller, buyer=wanted.buyer, now=bridge.clock())
    now = bridge.clock()
    if not may_begin(pair.marketplace, wanted.area, Actor.MARKET, now.date(), bridge.rules()):
        raise NotPossible(
            f"rule files do not let the marketplace begin a conversation of this kind: {wanted.area.value}"
        )
    _refuse_unknown(wanted, pair, bridge)
    author: Party = pair.seller if wanted.area is Area.NOTE else pair.buyer
    mailbox = primary_mailbox(author)
    if mailbox is None:
        who = "seller" if wanted.area is Area.NOTE else "buyer"
        raise NotPossible(f"the {who} has no mailbox: import it first, or no answer could reach him")
    if not wanted.text.strip():
        raise NotPossible("there is no text")
    return take_posted(_envelope(wanted, pair, mailbox.address.addr_spec, now, bridge), bridge)


def _refuse_unknown(wanted: Post, pair: Pair, bridge: Bridge) -> None:
    """An order of somebody else would silently make it about nothing."""
    for kind, reference in (("order", wanted.order), ("offer", wanted.offer)):
        if reference and not _REFERENCE.fullmatch(reference):
            raise NotPossible(f"{kind} {reference}: it can not stand in an address")
    if wanted.order and wanted.offer:
        raise NotPossible("it is about an order or about an offer")
    bridge.store.refuse_foreign(pair, order=wanted.order, offer=wanted.offer)


def _envelope(wanted: Post, pair: Pair, author: str, now: datetime, bridge: Bridge) -> Envelope:
    to = _address(wanted, pair)
    is_note = wanted.area is Area.NOTE
    text = f"{_FOR_CUSTOMER}\n\n{wanted.text}" if is_note and wanted.is_for_customer else wanted.text
    content = posted_octets(
        author=author,
        to=to,
        subject=wanted.subject or _subject(wanted, pair, pair.marketplace, bridge),
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
    reference = wanted.order or wanted.offer
    kind = "o" if wanted.area is Area.ORDER else wanted.area.value
    if wanted.area is Area.ORDER and not wanted.order:
        raise NotPossible("a conversation about an order needs the order")
    tag = f"{kind}-{reference}" if reference else kind
    local_part = (
        pair.alias_of_buyer.address.addr_spec.partition("@")[0] if wanted.area is Area.NOTE else pair.seller.contact
    )
    address = f"{local_part}.{tag}@{pair.marketplace.alias_domain}"
    if split_addr_spec(address) is None:
        raise NotPossible(f"{reference}: it can not stand in an address")
    return address


def _subject(wanted: Post, pair: Pair, market: Marketplace, bridge: Bridge) -> str:
    """The subject in the language of who reads it."""
    reader: Party = pair.buyer if wanted.area is Area.NOTE else pair.seller
    fields = {"area": wanted.area.value, "order": wanted.order, "offer": wanted.offer}
    return bridge.texts.render("message", language_for(reader, market, bridge.texts), "posted", fields).subject
