"""What the store is given and gives of deadlines: values only, no SQL."""

from dataclasses import dataclass
from datetime import datetime

from mailbridge.domain.clocks import Round, WhichClock
from mailbridge.domain.ids import RecordId, SellerId, ThreadId
from mailbridge.domain.parties import Buyer, Marketplace, Seller
from mailbridge.domain.thread import Alias, Thread
from mailbridge.policy.clocks import Tick


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockChange:
    """What happens in a conversation beside its messages."""

    thread_id: ThreadId
    tick: Tick


@dataclass(frozen=True, slots=True, kw_only=True)
class DueAsked:
    """Which deadlines are asked for."""

    #: due by then; aware UTC
    until: datetime
    #: not those that were due before; None: however late they are
    since: datetime | None = None
    #: of one seller; None: of all
    seller_id: SellerId | None = None
    limit: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRow:
    """One conversation that waits for an answer, by the honest clock."""

    thread: Thread
    marketplace: Marketplace
    seller: Seller
    buyer: Buyer
    #: the market's own number of the seller
    seller_reference: str
    #: stands for the buyer: an answer goes to it; None until it is minted
    alias_of_buyer: Alias | None
    #: of the honest clock
    honest: Round
    #: of the market's clock; None where that one is stopped
    market: Round | None
    #: the newest message of the buyer that the seller got; None where none is on record
    newest_record: RecordId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A deadline that the log is told of."""

    thread_id: ThreadId
    seller_id: SellerId
    which: WhichClock
    #: id of the clock in the rules
    clock: str
    #: aware UTC
    due_at: datetime
    #: False: it is only near
    is_missed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LateShare:
    """How many answers of one seller came late in one window, by one clock."""

    #: references, the market's own
    marketplace: str
    seller: str
    which: WhichClock
    #: length of the window that ends now
    days: int
    #: rounds that began in it and were answered, or should have been by now
    counted: int
    #: of these, answered late or not at all
    late: int

    @property
    def share(self) -> float:
        """From 0 to 1; 0 where nothing counts."""
        return self.late / self.counted if self.counted else 0.0
