"""Cast: everybody and everything that takes part in one message, complete.

For a running thread this is what the facts hold. For an opening (design.md §2, "How a conversation starts") the
missing ones are drawn here: buyer, thread and alias pair. Whether they come to be is settled by the commit: its unique
keys decide races, and the loser runs again from facts.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from mailbridge.domain.address import RealAddress
from mailbridge.domain.facts import AliasDestination, ContactDestination, Facts
from mailbridge.domain.ids import AliasId, BuyerId, ThreadId
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Buyer, Direction, Mailbox, Marketplace, Party, Role, Seller
from mailbridge.domain.thread import Alias, Thread
from mailbridge.path.bridge import Bridge
from mailbridge.policy.plan import Opening, Route
from mailbridge.policy.topics import both_of, topics_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who writes to whom in which thread, with nothing missing."""

    marketplace: Marketplace
    seller: Seller
    buyer: Buyer
    thread: Thread
    direction: Direction
    #: stands for the author: what the reader sees in From
    alias_of_author: Alias
    #: stands for the reader: what the author writes to
    alias_of_reader: Alias
    opens_thread: bool
    new_buyer: Buyer | None = None
    new_aliases: tuple[Alias, ...] = ()

    @property
    def author(self) -> Party:
        """The party who wrote."""
        return self.seller if self.direction is Direction.TO_BUYER else self.buyer

    @property
    def reader(self) -> Party:
        """The party who is written to."""
        return self.buyer if self.direction is Direction.TO_BUYER else self.seller

    @property
    def author_role(self) -> Role:
        """Which side wrote."""
        return self.direction.author_role

    @property
    def reader_role(self) -> Role:
        """Which side is written to."""
        return self.direction.author_role.other


def complete(facts: Facts, route: Route, message: Message, bridge: Bridge) -> Cast:
    """Take the cast from the facts and draw what an opening lacks.

    Only for routes of alias and contact destinations: those are the ones that lead to a thread.
    """
    destination = facts.destination
    if not isinstance(destination, AliasDestination | ContactDestination):
        raise TypeError("only an alias or a contact address leads into a thread")
    buyer, new_buyer = _buyer(facts, message, bridge)
    thread = _thread(facts, route, bridge, seller=destination.seller, buyer=buyer)
    aliases = {role: _alias(facts, role, bridge, seller=destination.seller, buyer=buyer) for role in Role}
    known = {facts.alias, facts.alias_of_author}
    role = route.direction.author_role
    return Cast(
        marketplace=destination.marketplace,
        seller=destination.seller,
        buyer=buyer,
        thread=thread,
        direction=route.direction,
        alias_of_author=aliases[role],
        alias_of_reader=aliases[role.other],
        opens_thread=route.opening is not None,
        new_buyer=new_buyer,
        new_aliases=tuple(alias for alias in aliases.values() if alias not in known),
    )


def _buyer(facts: Facts, message: Message, bridge: Bridge) -> tuple[Buyer, Buyer | None]:
    if isinstance(facts.destination, AliasDestination):
        return facts.destination.buyer, None
    known = facts.author if isinstance(facts.author, Buyer) else facts.buyer
    if known is not None:
        return known, None
    author = message.author
    if author is None or facts.marketplace is None:
        raise ValueError("a first contact has one author and a marketplace")
    buyer_id = bridge.mint.new_id()
    buyer = Buyer(
        id=BuyerId(buyer_id),
        marketplace_id=facts.marketplace.id,
        handle=f"buyer-{buyer_id[-6:]}",  # a name from a header is never learned (P13)
        mailboxes=(Mailbox(address=RealAddress(author.addr_spec)),),
        language=bridge.language_of(message, facts.marketplace),
    )
    return buyer, buyer


def _thread(facts: Facts, route: Route, bridge: Bridge, *, seller: Seller, buyer: Buyer) -> Thread:
    if route.opening is None:
        return next(thread for thread in facts.threads if thread.id == route.thread_id)
    opening: Opening = route.opening
    domain = facts.marketplace.alias_domain if facts.marketplace else bridge.settings.hostname
    return Thread(
        id=ThreadId(bridge.mint.new_id()),
        marketplace_id=seller.marketplace_id,
        seller_id=seller.id,
        buyer_id=buyer.id,
        area=opening.area,
        order_id=opening.order_id,
        order_reference=opening.order_reference,
        offer_id=opening.offer_id,
        offer_reference=opening.offer_reference,
        market_reference=opening.market_reference,
        root_message_id=bridge.mint.message_id(domain),
    )


def _alias(facts: Facts, role: Role, bridge: Bridge, *, seller: Seller, buyer: Buyer) -> Alias:
    for alias in (facts.alias, facts.alias_of_author):
        if alias is not None and alias.stands_for is role:
            return alias
    domain = facts.marketplace.alias_domain if facts.marketplace else bridge.settings.hostname
    return Alias(
        id=AliasId(bridge.mint.new_id()),
        address=bridge.mint.alias(domain),
        marketplace_id=seller.marketplace_id,
        seller_id=seller.id,
        buyer_id=buyer.id,
        stands_for=role,
    )


def advanced(
    thread: Thread, message: Message, *, now: datetime, reader_role: Role, subjects: dict[Role, str]
) -> Thread:
    """The thread after one more relayed message: version, time, subjects of a first mail, who wrote and about what."""
    topics = both_of(thread.topics, topics_of(message)) if reader_role is Role.SELLER else thread.topics
    is_new = thread.last_by is None and not thread.message_ids
    return replace(
        thread,
        version=thread.version + 1,
        last_at=now,
        subject_for_buyer=thread.subject_for_buyer or subjects[Role.BUYER],
        subject_for_seller=thread.subject_for_seller or subjects[Role.SELLER],
        seller_was_written_to=thread.seller_was_written_to or reader_role is Role.SELLER,
        buyer_was_written_to=thread.buyer_was_written_to or reader_role is Role.BUYER,
        last_by=reader_role.other,
        topics=topics,
        has_people=not message.classification.kind.is_automatic or (thread.has_people and not is_new),
    )
