"""Marketplace, Seller and Buyer: who may speak, and by which mailboxes.

Written by `mailbridge import` and by the commands; read as facts. What a party may do is decided in `policy/`.
"""

import enum
from dataclasses import dataclass
from datetime import UTC, datetime, time, tzinfo

from mailbridge.domain.acknowledgement import AREAS_OF_BUYERS, NO_WISHES, AckWishes
from mailbridge.domain.address import AliasAddress, RealAddress
from mailbridge.domain.area import Area
from mailbridge.domain.ids import BuyerId, MarketplaceId, SellerId
from mailbridge.domain.staff import StaffTerms
from mailbridge.domain.standing import Sanction, strictest


class Role(enum.Enum):
    """Which side of a thread."""

    BUYER = "buyer"
    SELLER = "seller"

    @property
    def other(self) -> "Role":
        """The side opposite."""
        return Role.SELLER if self is Role.BUYER else Role.BUYER


class Direction(enum.Enum):
    """Which way a message goes."""

    TO_BUYER = "to_buyer"
    TO_SELLER = "to_seller"

    @property
    def author_role(self) -> Role:
        """Who wrote it."""
        return Role.SELLER if self is Direction.TO_BUYER else Role.BUYER


class FirstContact(enum.Enum):
    """What happens to a first mail whose author is not authenticated (design.md §2)."""

    HOLD = "hold"
    RELAY_MARKED = "relay_marked"


class History(enum.Enum):
    """Whether quoted history is relayed (design.md D11)."""

    KEEP = "keep"
    CUT = "cut"


class Hides(enum.Enum):
    """What a marketplace hides of one party from the other, class H (design.md promise 2)."""

    NAMES = "names"
    PHONES = "phones"
    POSTAL = "postal"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalData:
    """What is on record of the people behind a party, beside the name that the other side is shown."""

    #: given and family name, as people write them
    names: tuple[str, ...] = ()
    #: telephone numbers, in any form
    phones: tuple[str, ...] = ()
    #: postal addresses, each on one line, its parts set apart by commas
    postal: tuple[str, ...] = ()


NO_PERSONAL_DATA = PersonalData()


@dataclass(frozen=True, slots=True, kw_only=True)
class Marketplace:
    """One marketplace and its settings; imported."""

    #: ours; the market's own name is `name`
    id: MarketplaceId
    #: for people: stands in display names and footers
    name: str
    #: lower-case domain of every alias of this marketplace
    alias_domain: str
    #: language codes in order of preference, of en, pl, it, de; the first is the default
    languages: tuple[str, ...] = ("en",)
    #: the market's CC address, the record-only door (S-73); None when the market has none
    cc_address: AliasAddress | None = None
    #: names of the rule packs in force for this marketplace
    rule_packs: tuple[str, ...] = ("general",)
    #: the market's own web and mail domains: never "outside links"
    own_domains: tuple[str, ...] = ()
    #: what happens to a first mail whose author is not proven
    first_contact: FirstContact = FirstContact.HOLD
    #: whether quoted history is relayed (D11)
    history: History = History.KEEP
    #: what of a party's record the other side may read in the author's own new words only
    hides: tuple[Hides, ...] = tuple(Hides)
    #: whether a buyer's first message is acknowledged (S-36)
    acknowledges: bool = True
    #: how long an acknowledgement waits, whole seconds, 0 to 3600 (S-45)
    acknowledge_after_s: int = 0
    #: areas in which it is; a seller may choose others
    acknowledged_areas: tuple[Area, ...] = AREAS_OF_BUYERS
    #: whether sellers hear of each acknowledgement in their name (S-46)
    copies_acknowledgements: bool = False
    #: ISO 3166 codes of the countries whose national phone numbers the checks know
    regions: tuple[str, ...] = ("PL", "IT", "DE", "GB")
    #: where its days begin and end: for terms and for counts of a day
    time_zone: tzinfo = UTC
    #: whether mail to buyers has a line by which they report it (E-22)
    takes_reports: bool = False
    #: whether mail to sellers says below what else they can do, with one-use addresses (N-11)
    offers_actions: bool = False
    #: whether both people of a conversation hear when the marketplace is called to it (S-31)
    tells_when_called: bool = True
    #: False: its addresses are refused, its record stays
    is_active: bool = True

    @property
    def language(self) -> str:
        """The default language."""
        return self.languages[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A mailbox from which a party may write and at which it is reached."""

    #: secret of class R: never shown to the other side
    address: RealAddress
    #: what else may prove this mailbox (D9): MAIL FROM addr-specs (with @) and DKIM d= domains (without), lower case
    authenticated_as: tuple[str, ...] = ()
    #: relayed mail goes to the primary mailbox; every active mailbox may write
    is_primary: bool = True
    #: False: may no longer write and gets no mail
    is_active: bool = True
    #: of a seller's: what was set about it; None for nothing, and in trade data for what stays as it is
    staff: StaffTerms | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """A shop on one marketplace."""

    #: ours; the market's own number is in the store
    id: SellerId
    #: a shop on two markets is two sellers
    marketplace_id: MarketplaceId
    #: for people, from the market's record, never from a header (P13)
    name: str
    #: local part of the public contact address, lower case
    contact: str
    #: who may write for the shop
    mailboxes: tuple[Mailbox, ...]
    #: language code of notices and first lines
    language: str = "en"
    #: False: a private person
    is_business: bool = True
    #: False: he is not told when a message that he starts is not delivered because its buyer opted out (E-06)
    told_of_opt_outs: bool = True
    #: of the people behind the shop; its own name is shown
    personal: PersonalData = NO_PERSONAL_DATA
    #: False: may neither write nor be written to
    is_active: bool = True
    #: at which times of day, in the market's time zone, it is told what is due soon; empty: never
    due_mail_at: tuple[time, ...] = (time(8),)
    #: how long its messages wait for it to stop them, whole seconds, 30 to 120; 0: not at all (N-15)
    undo_s: int = 0
    #: steps taken against it that nobody lifted, in force or over; without their grounds
    sanctions: tuple[Sanction, ...] = ()
    #: what it set about acknowledgements; what it left open is as its market has it
    acknowledgement: AckWishes = NO_WISHES
    #: True: a conversation that is assigned to nobody is taken by whoever answers in it first
    first_answer_takes: bool = False
    #: aware UTC: since when nobody of it wants buyers' messages (S-17); None while somebody does
    messaging_off_at: datetime | None = None

    def standing(self, now: datetime) -> Sanction | None:
        """What it stands under now; None in good standing."""
        return strictest(self.sanctions, now) if self.sanctions else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """A customer on one marketplace. Addresses may be unknown for ever."""

    #: ours; the market's own login is in the store
    id: BuyerId
    #: a customer of two markets is two buyers
    marketplace_id: MarketplaceId
    #: the market's login name, or made by us at first contact; for people
    handle: str
    #: name on record, class H; "" when unknown
    name: str = ""
    #: phones and postal addresses on record; further names
    personal: PersonalData = NO_PERSONAL_DATA
    #: who may write as this buyer; empty while unknown
    mailboxes: tuple[Mailbox, ...] = ()
    #: language code; "" when unknown
    language: str = ""
    #: False: may neither write nor be written to
    is_active: bool = True


Party = Seller | Buyer


def role_of(party: Party) -> Role:
    """Which side this party stands on."""
    return Role.SELLER if isinstance(party, Seller) else Role.BUYER


def primary_mailbox(party: Party) -> Mailbox | None:
    """The mailbox that relayed mail goes to: the first active primary one, else the first active one."""
    active = [mailbox for mailbox in party.mailboxes if mailbox.is_active]
    return next((mailbox for mailbox in active if mailbox.is_primary), active[0] if active else None)


def mailbox_of(party: Party, addr_spec: str) -> Mailbox | None:
    """The party's active mailbox with this addr-spec (case ignored), or None."""
    key = addr_spec.lower()
    return next((m for m in party.mailboxes if m.is_active and m.address.key == key), None)
