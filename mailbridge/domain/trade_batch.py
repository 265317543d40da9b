"""Trade data as a marketplace hands it over: the market's own references, not our ids.

`mailbridge import` reads a file into one `TradeBatch`; `store/trade.py` takes it whole or not at all. Each value is the
full state of its object: what a file does not name stays as it was. Neither reads files nor knows what is stored.
"""

from dataclasses import dataclass
from datetime import datetime, time

from mailbridge.domain.acknowledgement import AREAS_OF_BUYERS, AckWishes
from mailbridge.domain.area import Area
from mailbridge.domain.parties import NO_PERSONAL_DATA, FirstContact, Hides, History, Mailbox, PersonalData
from mailbridge.domain.trade import OrderState


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeMarketplace:
    """One marketplace and its settings (see `Marketplace` for the meaning of each)."""

    #: the operator's own short name of the marketplace; other objects name it by this
    reference: str
    #: for people: "via <name>" stands in display names
    name: str
    #: lower case
    alias_domain: str
    #: language codes, the market's own first
    languages: tuple[str, ...] = ("en",)
    #: addr-spec in alias_domain; None when the market has no record-only door
    cc_address: str | None = None
    #: names of the packs in force, in order
    rule_packs: tuple[str, ...] = ("general",)
    #: domains of the market itself, which may be linked to; lower case
    own_domains: tuple[str, ...] = ()
    #: see `Marketplace`
    first_contact: FirstContact = FirstContact.HOLD
    #: see `Marketplace`
    history: History = History.KEEP
    #: see `Marketplace`
    hides: tuple[Hides, ...] = tuple(Hides)
    #: whether a first contact is acknowledged
    acknowledges: bool = True
    #: whole seconds to wait before that, 0 to 3600
    acknowledge_after_s: int = 0
    #: see `Marketplace`
    acknowledged_areas: tuple[Area, ...] = AREAS_OF_BUYERS
    #: see `Marketplace`
    copies_acknowledgements: bool = False
    #: country codes whose phone numbers are looked for, upper case
    regions: tuple[str, ...] = ("PL", "IT", "DE", "GB")
    #: name in the IANA time zone database
    time_zone: str = "UTC"
    #: whether mail to buyers has a line by which they report it
    takes_reports: bool = False
    #: see `Marketplace`
    offers_actions: bool = False
    #: see `Marketplace`
    tells_when_called: bool = True
    #: see `Marketplace`
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
    #: the shop's name for people
    name: str
    #: local part of the public contact address, lower case; may contain dots
    contact: str
    #: all of them; the first primary one gets the mail
    mailboxes: tuple[Mailbox, ...]
    #: language code
    language: str = "en"
    #: see `Seller`
    is_business: bool = True
    #: see `Seller`; None: as it is, since sellers change it by mail
    told_of_opt_outs: bool | None = None
    #: see `Seller`; None: as it is, since sellers change it by command
    first_answer_takes: bool | None = None
    #: see `Seller`
    personal: PersonalData = NO_PERSONAL_DATA
    #: the whole of what it set about acknowledgements; None: as it is, since sellers change it too
    acknowledgement: AckWishes | None = None
    #: see `Seller`
    due_mail_at: tuple[time, ...] = (time(8),)
    #: see `Seller`; None: as it is, since a command changes it too
    undo_s: int | None = None
    #: see `Seller`
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
    #: on record; "" when unknown
    name: str = ""
    #: see `Buyer`
    personal: PersonalData = NO_PERSONAL_DATA
    #: all of them; may be empty
    mailboxes: tuple[Mailbox, ...] = ()
    #: language code; "" when unknown
    language: str = ""
    #: see `Buyer`
    is_active: bool = True
    #: line of the file, 0 without one
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeOrder:
    """One order of one buyer at one seller, all three named by the market's references."""

    #: reference of the marketplace
    marketplace: str
    #: the market's own order number, as people write it
    reference: str
    #: reference of the seller
    seller: str
    #: reference of the buyer
    buyer: str
    #: as the market has it now
    state: OrderState = OrderState.OPEN
    #: aware UTC
    completed_at: datetime | None = None
    #: "seller" or "marketplace"
    fulfilled_by: str = "seller"
    #: see `Order`
    is_gift: bool = False
    #: aware UTC; None: it counts from the day it comes on record
    placed_at: datetime | None = None
    #: see `Order`
    is_active: bool = True
    #: line of the file, 0 without one
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeOffer:
    """One product on offer."""

    #: reference of the marketplace
    marketplace: str
    #: the market's own number of the offer
    reference: str
    #: reference of the seller
    seller: str
    #: as on the product page; "" when unknown
    title: str = ""
    #: see `Offer`
    is_active: bool = True
    #: line of the file, 0 without one
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeMessage:
    """A message that one of the two wrote on the marketplace: to be posted, no trade data."""

    #: reference of the marketplace
    marketplace: str
    #: the market's own name of the message: one name counts once
    reference: str
    #: reference of the seller
    seller: str
    #: reference of the buyer
    buyer: str
    #: what was written
    text: str
    #: kind of conversation that it begins or goes into; None for an answer. Notes and answers are the seller's
    area: Area | None = None
    #: "" for one of ours
    subject: str = ""
    #: order that it is about, the market's reference; "" for none
    order: str = ""
    #: offer that it is about, likewise
    offer: str = ""
    #: the market's own number of the conversation; "" for none
    conversation: str = ""
    #: of a note: passed on to the customer
    is_for_customer: bool = False
    #: line of the file, 0 without one
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeBatch:
    """All of one file: taken in the order marketplaces, sellers, buyers, offers, orders."""

    #: name of the file for problems; "" when it comes from no file
    file: str = ""
    #: taken first: all others name them
    marketplaces: tuple[TradeMarketplace, ...] = ()
    #: taken second
    sellers: tuple[TradeSeller, ...] = ()
    #: taken third
    buyers: tuple[TradeBuyer, ...] = ()
    #: taken last, with the alias pairs they need
    orders: tuple[TradeOrder, ...] = ()
    #: taken before the orders
    offers: tuple[TradeOffer, ...] = ()
    #: not taken but posted, one after the other; they stand in a file of their own
    messages: tuple[TradeMessage, ...] = ()
