"""What stands around a mail that is only tried: two people, a marketplace, an order; as facts and route.

Stands in for the store where a mail is judged without one: samples of rule packs, and `rules explain`. Judges nothing.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from mailbridge.domain.address import AliasAddress, RealAddress
from mailbridge.domain.authresults import AuthResults
from mailbridge.domain.envelope import Door, Envelope, Peer
from mailbridge.domain.facts import AliasDestination, Copies, Facts, Pace, RecordOnlyDestination
from mailbridge.domain.files import Screened
from mailbridge.domain.ids import AliasId, BuyerId, MarketplaceId, OrderId, QueueId, SanctionId, SellerId, ThreadId
from mailbridge.domain.message import Message
from mailbridge.domain.outreach import OutreachHistory
from mailbridge.domain.parties import Buyer, Direction, Mailbox, Marketplace, Role, Seller
from mailbridge.domain.standing import Sanction, Step
from mailbridge.domain.thread import Alias, Area, Thread, ThreadMessageIds, ThreadState
from mailbridge.domain.trade import Order
from mailbridge.policy.plan import Opening, Route
from mailbridge.policy.quoting import mark_of

#: mails that are tried are written to and from these domains
ALIAS_DOMAIN = "bridge.example"
MARKET_DOMAIN = "market.example"
_THREAD = ThreadId("t")
_SELLER, _BUYER, _MARKET = SellerId("s"), BuyerId("b"), MarketplaceId("m")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One of the two, as far as rules may ask."""

    #: on record; "" when unknown
    language: str = ""
    #: a seller's account
    is_business: bool = True
    #: what a seller stands under
    standing: Step | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything about a mail that does not stand in it."""

    market: Marketplace
    direction: Direction
    author: Person = field(default_factory=Person)
    reader: Person = field(default_factory=Person)
    area: Area = Area.QUESTION
    #: an order of the two; None for none
    order: Order | None = None
    #: True: the thread is about that order
    is_about_order: bool = False
    #: True: the mail opens the thread
    opens_thread: bool = False
    #: of a thread that goes on: whether it was closed, its messages so far, days since the last of them
    is_closed: bool = False
    messages: int = 1
    last_days_ago: int = 0
    #: who wrote the last of them; None for the other side
    last_by: Role | None = None
    #: False: a seller started the thread, and his buyer wrote nothing in it
    buyer_wrote: bool = True
    #: what went before a message that its seller starts
    outreach: OutreachHistory = field(default_factory=OutreachHistory)
    #: how much its seller wrote of late
    pace: Pace = field(default_factory=Pace)
    is_uncertain: bool = False
    is_unproven: bool = False
    #: True: it went to the other side directly and copied the market's CC address
    is_direct: bool = False
    #: what was delivered to the author before
    history: tuple[str, ...] = ()
    #: how many other buyers got the same text from its author
    same_text_to: int = 0
    #: what its files are, when they are said to have been looked into
    screened: Screened | None = None

    @property
    def route(self) -> Route:
        """Who writes to whom in which thread."""
        about = self.order if self.is_about_order else None
        opening = Opening(
            area=self.area,
            order_id=about.id if about is not None else None,
            order_reference=about.reference if about is not None else "",
        )
        return Route(
            direction=self.direction,
            thread_id=None if self.opens_thread else _THREAD,
            opening=opening if self.opens_thread else None,
            is_uncertain=self.is_uncertain,
            is_unproven=self.is_unproven,
        )

    def facts(self, message: Message, content: bytes, now: datetime) -> Facts:
        """The facts of this mail, which must have an author and a recipient."""
        seller, buyer = self._pair(message)
        author, written_to = message.authors[0].addr_spec, message.to[0].addr_spec
        if self.is_direct and self.market.cc_address is not None:
            written_to = self.market.cc_address.addr_spec
        alias = self._alias(written_to)
        at_alias = AliasDestination(alias=alias, marketplace=self.market, seller=seller, buyer=buyer)
        return Facts(
            now=now,
            envelope=_envelope(author, written_to, content, now),
            forward_path=written_to,
            auth=AuthResults(),
            destination=RecordOnlyDestination(marketplace=self.market) if self.is_direct else at_alias,
            our_domains=frozenset({self.market.alias_domain}),
            marketplace=self.market,
            author=seller if self.direction is Direction.TO_BUYER else buyer,
            seller=seller if self.is_direct else None,
            buyer=buyer if self.is_direct else None,
            alias=None if self.is_direct else alias,
            threads=() if self.opens_thread else (self._thread(now),),
            orders=() if self.order is None else (self.order,),
            history=self.history,
            copies=Copies(text_hash=b"", reader_hash=b"", sent_at=(now,) * self.same_text_to),
            screened=self.screened,
            outreach=self.outreach,
            pace=self.pace,
        )

    def _thread(self, now: datetime) -> Thread:
        about = self.order if self.is_about_order else None
        return Thread(
            id=_THREAD,
            marketplace_id=_MARKET,
            seller_id=_SELLER,
            buyer_id=_BUYER,
            area=self.area,
            order_id=about.id if about is not None else None,
            order_reference=about.reference if about is not None else "",
            seller_was_written_to=self.buyer_wrote,
            state=ThreadState.CLOSED if self.is_closed else ThreadState.OPEN,
            message_ids=tuple(self._ids(number) for number in range(self.messages)),
            last_at=now - timedelta(days=self.last_days_ago),
        )

    def _ids(self, number: int) -> ThreadMessageIds:
        """One message of the thread: of those in `history` with the mark of its text, of the last with its reader."""
        reader, text = self.direction.author_role, None
        if number == self.messages - 1:
            reader = self.last_by.other if self.last_by is not None else reader
            text = mark_of("", reader)
        if number < len(self.history) and reader is self.direction.author_role:
            text = mark_of(self.history[number], reader)
        return ThreadMessageIds(for_buyer=f"<{number}@t>", for_seller=None, text=text)

    def _pair(self, message: Message) -> tuple[Seller, Buyer]:
        """The two parties: the author's mailbox is that of From, the reader's that of To in a direct mail."""
        authors = (Mailbox(address=RealAddress(message.authors[0].addr_spec)),)
        readers = (Mailbox(address=RealAddress(message.to[0].addr_spec)),) if self.is_direct else ()
        is_by_seller = self.direction is Direction.TO_BUYER
        shop, customer = (self.author, self.reader) if is_by_seller else (self.reader, self.author)
        seller = Seller(
            id=_SELLER,
            marketplace_id=_MARKET,
            name="Shop",
            contact="shop",
            mailboxes=authors if is_by_seller else readers,
            language=shop.language or self.market.language,
            is_business=shop.is_business,
            sanctions=() if shop.standing is None else (_sanction(shop.standing),),
        )
        buyer = Buyer(
            id=_BUYER,
            marketplace_id=_MARKET,
            handle="buyer",
            mailboxes=readers if is_by_seller else authors,
            language=customer.language,
        )
        return seller, buyer

    def _alias(self, address: str) -> Alias:
        return Alias(
            id=AliasId("a"),
            address=AliasAddress(address),
            marketplace_id=_MARKET,
            seller_id=_SELLER,
            buyer_id=_BUYER,
            stands_for=self.direction.author_role.other,
        )


def a_market(name: str, pack: str) -> Marketplace:
    """A marketplace with this one pack."""
    return Marketplace(
        id=_MARKET,
        name=name,
        alias_domain=ALIAS_DOMAIN,
        languages=("en", "pl", "it", "de"),
        cc_address=AliasAddress(f"copy@{ALIAS_DOMAIN}"),
        rule_packs=(pack,),
        own_domains=(MARKET_DOMAIN,),
    )


def an_order(reference: str = "48213") -> Order:
    """An open order of the two."""
    return Order(id=OrderId("o"), marketplace_id=_MARKET, reference=reference, seller_id=_SELLER, buyer_id=_BUYER)


def _sanction(step: Step) -> Sanction:
    return Sanction(id=SanctionId("s"), step=step, at=datetime(2000, 1, 1, tzinfo=UTC))


def _envelope(author: str, written_to: str, content: bytes, now: datetime) -> Envelope:
    return Envelope(
        queue_id=QueueId("sample"),
        door=Door.COMMAND,
        reverse_path=author,
        forward_paths=(written_to,),
        content=content,
        received_at=now,
        peer=Peer(ip=None, helo=None),
    )
