"""Values that go into and come out of `store/optouts.py`: what buyers want no more, and the tokens that say so."""

from dataclasses import dataclass
from datetime import datetime

from mailbridge.domain.facts import ActionKind
from mailbridge.domain.ids import BuyerId, RecordId, SellerId, ThreadId
from mailbridge.domain.outreach import OptOut, OptOutKind, Wish
from mailbridge.domain.parties import Buyer, Marketplace, Seller


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOptOut:
    """What a buyer wants no more, or takes back (S-15)."""

    buyer_id: BuyerId
    #: None: of every seller of the marketplace
    seller_id: SellerId | None
    kind: OptOutKind
    #: "mail", "web" or "command"
    via: str
    #: True: messages may come again
    is_taken_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OptOutTelling:
    """Whether a seller wants to be told that a message was not delivered because its buyer opted out (E-06)."""

    seller_id: SellerId
    is_told: bool
    #: "mail" or "command"
    via: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OptOutOffer:
    """A one-use token, used or not and in its time, by which a buyer stops messages of a seller or lets them come."""

    #: what the store knows it by
    token_hash: bytes
    #: OPT_OUT or OPT_IN
    kind: ActionKind
    wish: Wish
    #: the message that it stood in, or that the one stood in which it takes back
    record_id: RecordId
    thread_id: ThreadId
    marketplace: Marketplace
    seller: Seller
    buyer: Buyer
    is_used: bool
    #: wishes of this buyer that concern this seller
    opt_outs: tuple[OptOut, ...] = ()

    @property
    def is_in_force(self) -> bool:
        """True while the buyer wants none of what it is about."""
        return self.holds(self.wish)

    def holds(self, wish: Wish) -> bool:
        """True while exactly this wish of the buyer is on record."""
        seller_id = None if wish.of_all_sellers else self.seller.id
        return any((each.seller_id, each.kind) == (seller_id, wish.kind) for each in self.opt_outs)


@dataclass(frozen=True, slots=True, kw_only=True)
class OptOutRow:
    """One line of `optout list`, with the market's own references."""

    marketplace: str
    #: "" for every seller of the marketplace
    seller: str
    #: of a buyer whom the market never named the id on our record
    buyer: str
    kind: OptOutKind
    #: aware UTC
    at: datetime
    via: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OptOutOrder:
    """A buyer's wish as a person gives it by command: references are the market's own."""

    marketplace: str
    buyer: str
    #: "" for every seller of the marketplace
    seller: str
    kind: OptOutKind
    is_taken_back: bool = False
