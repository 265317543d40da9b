"""Acknowledgements: what a marketplace and its sellers set about them, and how often they may go out (S-36 to S-53).

Whether one is sent is decided in `policy/autoreply.py` and `policy/ackbrakes.py`; the words are `path/ackmail.py`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from mailbridge.domain.address import RealAddress
from mailbridge.domain.area import Area

#: areas that buyers open: a note is written by the seller
AREAS_OF_BUYERS: Final = (Area.QUESTION, Area.ORDER, Area.DISPUTE, Area.TICKET, Area.ENQUIRY)
#: why the switch can not be on (S-42)
NO_AREA: Final = "can not be on while every area is off: name at least one, such as question"


@dataclass(frozen=True, slots=True, kw_only=True)
class AckText:
    """A text that a seller wrote himself, in the place of ours."""

    #: language code of the buyers who get it
    language: str
    #: a template of plain text; see `texts/owntext.py` for what it may hold
    body: str
    #: a template of one line; "" for ours
    subject: str = ""
    #: where it is sent; None for every area without a text of its own in this language
    area: Area | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AckWishes:
    """What one seller set; None where the default of his market holds."""

    #: whether a buyer's first message is acknowledged
    is_on: bool | None = None
    #: areas in which it is
    areas: tuple[Area, ...] | None = None
    #: how long an acknowledgement waits, whole seconds, 0 to 3600
    after_s: int | None = None
    #: whether the seller hears of each that is sent
    copies: bool | None = None
    #: name beside the alias in From, before "via MARKET"; "" for the shop's own
    sender_name: str = ""
    #: a further mailbox that hears of each, class R like every mailbox; None for none
    notify: RealAddress | None = None
    #: his own texts; one for each pair of area and language at most
    texts: tuple[AckText, ...] = ()


NO_WISHES: Final = AckWishes()


@dataclass(frozen=True, slots=True, kw_only=True)
class AckVersion:
    """One state of a seller's settings, as it was saved; the newest is in force, the older ones stay on record."""

    #: 1, 2, ... of this seller
    number: int
    #: aware UTC
    saved_at: datetime
    #: "command" or "import"
    by: str
    #: all of them, not only what changed
    wishes: AckWishes


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """What holds for one seller: his own wishes, else the default of his market."""

    #: False also where every area is off
    is_on: bool
    #: in which a buyer's first message is acknowledged
    areas: tuple[Area, ...]
    #: how long that waits
    after: timedelta
    #: whether the seller hears of each that is sent
    copies: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AckLimits:
    """How often acknowledgements may go out, whoever asks for them (threats.md T-27, T-28)."""

    #: a buyer who got one from a seller gets no other from him before nothing was written between them for this long
    cool_down: timedelta = timedelta(hours=24)
    #: most to one buyer within 24 hours, of all sellers of a market
    per_buyer: int = 5
    #: most in the name of one seller within 24 hours
    per_seller: int = 5_000
    #: most to mailboxes of one domain within 24 hours; at a public provider to one address with different tags
    per_domain: int = 2_000
    #: most of all within one hour: what is due beyond that is not sent, and an alert is logged
    per_hour: int = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AckHistory:
    """What went before an acknowledgement that is due."""

    #: of a buyer who got one from this seller: when one was last due, or anything written in another conversation of
    #: the two; None for a buyer who never got one
    pair_at: datetime | None = None
    #: sent to this buyer within 24 hours
    to_buyer: int = 0
    #: sent in the name of this seller within 24 hours
    of_seller: int = 0
    #: sent to this domain within 24 hours; 0 for a public one without a tag
    to_domain: int = 0
    #: sent by this bridge within one hour
    within_hour: int = 0
