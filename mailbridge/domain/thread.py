"""Alias and Thread: which address stands for whom, and what was said under which ids."""

import enum
from dataclasses import dataclass, replace
from datetime import datetime

from mailbridge.domain.address import AliasAddress, RealAddress
from mailbridge.domain.area import Area
from mailbridge.domain.ids import AliasId, BuyerId, MarketplaceId, OfferId, OrderId, SellerId, ThreadId
from mailbridge.domain.parties import Role

#: of the id, which ends in random characters
_REFERENCE_CHARACTERS = 8
#: `Area` is one of a thread's own words, and asked for here
__all__ = [
    "Actor",
    "Alias",
    "AliasState",
    "Area",
    "LateMail",
    "Move",
    "TextMark",
    "Thread",
    "ThreadMessageIds",
    "ThreadState",
]


class AliasState(enum.Enum):
    """What mail to an alias may expect."""

    ACTIVE = "active"
    #: known, but nothing is relayed: the author is told why
    MUTED = "muted"
    EXPIRED = "expired"


class ThreadState(enum.Enum):
    """Whether the conversation goes on."""

    OPEN = "open"
    #: ended as wished
    RESOLVED = "resolved"
    #: ended without that
    UNRESOLVED = "unresolved"
    #: ended; nothing is said of how
    CLOSED = "closed"


class Move(enum.Enum):
    """What somebody does with a conversation as a whole."""

    CLOSE = "close"
    RESOLVE = "resolve"
    GIVE_UP = "give_up"
    REOPEN = "reopen"


class Actor(enum.Enum):
    """Who does it."""

    BUYER = "buyer"
    SELLER = "seller"
    #: a person at the marketplace, by command
    MARKET = "market"


class LateMail(enum.Enum):
    """What mail to a conversation that has ended does."""

    #: opens it again
    REOPEN = "reopen"
    #: goes into it; it stays as it is
    KEEP = "keep"
    #: opens another of the same kind about the same
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """An address that stands for one party towards the other (D6): written to by the other party."""

    #: ours, never part of the address
    id: AliasId
    #: random, stable for the pair, never used again for another (D6)
    address: AliasAddress
    #: the market whose alias domain it stands in
    marketplace_id: MarketplaceId
    #: the seller of the pair
    seller_id: SellerId
    #: the buyer of the pair
    buyer_id: BuyerId
    #: whose mailbox mail to this alias reaches
    stands_for: Role
    #: whether mail to it is taken
    state: AliasState = AliasState.ACTIVE


@dataclass(frozen=True, slots=True)
class TextMark:
    """What tells a quote of a text from other words, without the text: blanks, quote prefixes and letter case aside."""

    #: who got the text
    reader: Role
    #: its length in characters
    characters: int
    #: its BLAKE2b-128, in hexadecimal digits
    digest: str
    #: the same of what is left of its subject without prefixes and stamps; "" where it was kept before that was
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadMessageIds:
    """One message of a thread under the id that each side knows it by (D8); None where that side never saw it."""

    #: with angle brackets, as the buyer's client knows it
    for_buyer: str | None
    #: with angle brackets, as the seller's client knows it
    for_seller: str | None
    #: the text of it that its reader got; None where nothing was relayed
    text: TextMark | None = None

    def known_to(self, role: Role) -> str | None:
        """The Message-ID, with angle brackets, under which this side knows the message."""
        return self.for_buyer if role is Role.BUYER else self.for_seller


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """One conversation of one buyer with one seller."""

    #: ours; people see it in commands only
    id: ThreadId
    #: the market it happens on
    marketplace_id: MarketplaceId
    #: one party, for good
    seller_id: SellerId
    #: the other, for good
    buyer_id: BuyerId
    #: what sort of conversation it is; rules and clocks depend on it
    area: Area = Area.QUESTION
    #: the order it is about; None for none
    order_id: OrderId | None = None
    #: the order's number for people; "" without an order
    order_reference: str = ""
    #: the offer it is about; None for none
    offer_id: OfferId | None = None
    #: the offer's number for people; "" without an offer
    offer_reference: str = ""
    #: whether the conversation goes on
    state: ThreadState = ThreadState.OPEN
    #: counts commits; a commit that expects another number is a Conflict
    version: int = 1
    #: subject as each side knows it (D8), without reply prefixes
    subject_for_buyer: str = ""
    #: the same for the seller
    subject_for_seller: str = ""
    #: synthetic Message-ID, with angle brackets, that starts every References of this thread (D8)
    root_message_id: str = ""
    #: oldest first, at most the newest 20
    message_ids: tuple[ThreadMessageIds, ...] = ()
    #: aware UTC of the newest message
    last_at: datetime | None = None
    #: True once the acknowledgement was booked: there is one for a thread
    is_acknowledged: bool = False
    #: True once this side got mail in this thread: the first lines of a relayed mail are for a first mail only
    seller_was_written_to: bool = False
    #: the same for the buyer
    buyer_was_written_to: bool = False
    #: True once a mail in it went out with the market's CC address: all later ones show it too
    copies_market: bool = False
    #: mailbox of the colleague at the seller who has taken it; None for nobody
    assigned_to: RealAddress | None = None
    #: the marketplace's own number of it, where the marketplace opened it; "" without one
    market_reference: str = ""
    #: aware UTC, when the marketplace was called to it after a long silence; None when not, or opened again since
    market_joined_at: datetime | None = None
    #: who wrote the newest message that was passed on; None where it was before that was kept
    last_by: Role | None = None
    #: what the buyer's messages are about, most urgent first: names of topics
    topics: tuple[str, ...] = ()
    #: False while nothing but automatic mail was passed on in it
    has_people: bool = True

    @property
    def reference(self) -> str:
        """A short name of the thread for people; between brackets in a subject it is the tag that finds it again."""
        return self.id[-_REFERENCE_CHARACTERS:]

    @property
    def is_private(self) -> bool:
        """True where nothing was ever passed on: notes of the seller for himself."""
        return self.area is Area.NOTE and not (self.seller_was_written_to or self.buyer_was_written_to)

    def in_state(self, state: ThreadState) -> "Thread":
        """The thread in this state; one that is opened again is the two people's alone."""
        is_opened = state is ThreadState.OPEN and self.state is not ThreadState.OPEN
        return replace(self, state=state, market_joined_at=None if is_opened else self.market_joined_at)

    def subject_for(self, role: Role) -> str:
        """The subject as this side knows it."""
        return self.subject_for_buyer if role is Role.BUYER else self.subject_for_seller
