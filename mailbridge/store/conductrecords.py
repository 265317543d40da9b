"""What goes into and comes out of the store about conduct, beside `records.py`: values only, no SQL."""

from dataclasses import dataclass
from datetime import datetime

from mailbridge.domain.delivery import NewDelivery
from mailbridge.domain.ids import RecordId, SanctionId, SellerId
from mailbridge.domain.parties import Buyer, Marketplace, Seller
from mailbridge.domain.standing import Breach, Sanction
from mailbridge.domain.thread import Thread
from mailbridge.store.records import NewAction, NewIntent


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """What is on record of a seller's conduct."""

    #: since the instant that was asked for, newest first, at most 1,000
    breaches: tuple[Breach, ...] = ()
    #: all that were ever taken, oldest first
    sanctions: tuple[Sanction, ...] = ()
    #: messages that `sanctions` in force were taken for and that a person found to be in order
    dismissed: frozenset[RecordId] = frozenset()

    @property
    def number(self) -> int:
        """How many steps were taken: who takes the next one takes this number, or asks again."""
        return len(self.sanctions)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSanction:
    """A step that is taken."""

    sanction: Sanction
    #: `Conduct.number` of the facts that it was decided on; another number now is a Conflict
    number: int
    #: what is to be done when it is over; only with an end
    ends: NewIntent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConductChange:
    """What is done to one seller, in one transaction with what he is told of it."""

    seller_id: SellerId
    now: datetime
    taken: NewSanction | None = None
    lifted: tuple[SanctionId, ...] = ()
    #: suspensions whose time is over: what they kept back goes on
    over: tuple[SanctionId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachOrigin:
    """One message that counts against a seller, as far as he may be told of it."""

    record_id: RecordId
    #: None where it belongs to no conversation
    thread: Thread | None
    buyer: Buyer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewMail:
    """What is sent about a decision, and what that mail offers its readers."""

    deliveries: tuple[NewDelivery, ...] = ()
    actions: tuple[NewAction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRow:
    """One seller as `standing` prints him."""

    marketplace: str
    reference: str
    market: Marketplace
    seller: Seller
