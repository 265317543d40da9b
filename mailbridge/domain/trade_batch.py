"""Trade data as a marketplace hands it over: the market's own references, not our ids.

`mailbridge import` reads a file into one `TradeBatch`; `store/trade.py` takes it whole or not at all. Each value is the
full state of its object: what a file does not name stays as it was. Neither reads files nor knows what is stored.
"""

from dataclasses import dataclass
from datetime import datetime

from mailbridge.domain.parties import FirstContact, History, Mailbox
from mailbridge.domain.trade import OrderState


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeMarketplace:
    """One marketplace and its settings (see `Marketplace` for the meaning of each)."""

    #: the operator's own short name of the marketplace; other objects name it by this
    reference: str
    name: str
    #: lower case
    alias_domain: str
    languages: tuple[str, ...] = ("en",)
    #: addr-spec in alias_domain; None when the market has no record-only door
    cc_address: str | None = None
    rule_packs: tuple[str, ...] = ("general",)
    own_domains: tuple[str, ...] = ()
    first_contact: FirstContact = FirstContact.HOLD
    history: History = History.KEEP
    acknowledges: bool = True
    acknowledge_after_s: int = 0
    regions: tuple[str, ...] = ("PL", "IT", "DE", "GB")
    is_active: bool = True
    #: line of the file it stands on, counted from 1; 0 when it comes from no file
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeSeller:
    """A shop. Its mailboxes are the whole list: one that is missing here is no longer active."""

    #: reference of the marketplace
    marketplace: str
    #: the market's own number or name of the shop
    reference: str
    name: str
    #: local part of the public contact address, lower case; may contain dots
    contact: str
    mailboxes: tuple[Mailbox, ...]
    language: str = "en"
    is_business: bool = True
    is_active: bool = True
    #: line of the file, 0 without one
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeBuyer:
    """A customer. Its mailboxes are the whole list and may be empty."""

    #: reference of the marketplace
    marketplace: str
    #: the market's own number or login of the buyer
    reference: str
    #: for people; the reference when the market has no better
    handle: str
    name: str = ""
    mailboxes: tuple[Mailbox, ...] = ()
    language: str = ""
    is_active: bool = True
    #: line of the file, 0 without one
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeOrder:
    """One order of one buyer at one seller, all three named by the market's references."""

    marketplace: str
    #: the market's own order number, as people write it
    reference: str
    #: reference of the seller
    seller: str
    #: reference of the buyer
    buyer: str
    state: OrderState = OrderState.OPEN
    #: aware UTC
    completed_at: datetime | None = None
    fulfilled_by: str = "seller"
    is_gift: bool = False
    is_active: bool = True
    #: line of the file, 0 without one
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeOffer:
    """One product on offer."""

    marketplace: str
    reference: str
    #: reference of the seller
    seller: str
    title: str = ""
    is_active: bool = True
    #: line of the file, 0 without one
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeBatch:
    """All of one file: taken in the order marketplaces, sellers, buyers, offers, orders."""

    #: name of the file for problems; "" when it comes from no file
    file: str = ""
    marketplaces: tuple[TradeMarketplace, ...] = ()
    sellers: tuple[TradeSeller, ...] = ()
    buyers: tuple[TradeBuyer, ...] = ()
    orders: tuple[TradeOrder, ...] = ()
    offers: tuple[TradeOffer, ...] = ()
