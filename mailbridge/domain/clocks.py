"""Response clocks: what happens in a conversation that a clock may mind, and what a clock counted (S-35, N-10).

Which event starts or stops the clock of a market is data; see `policy/clocks.py`.
"""

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta


class ClockEventKind(enum.Enum):
    """What may start or stop a clock; the values stand in rule files."""

    #: the buyer's message that begins the conversation
    OPENED = "opened"
    #: any later message of the buyer
    BUYER_WROTE = "buyer_wrote"
    #: what was closed is open again
    REOPENED = "reopened"
    #: a message of the seller that went to the buyer
    SELLER_WROTE = "seller_wrote"
    #: a message of the seller that went past us and copied the marketplace (S-73)
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    #: our acknowledgement of the buyer's first message (S-36)
    ACKNOWLEDGED = "acknowledged"
    #: an automatic reply from the seller's mailbox
    SELLER_AUTOMATIC = "seller_automatic"
    #: the seller says that the buyer waits for nothing
    NO_REPLY_NEEDED = "no_reply_needed"
    #: the conversation was closed
    CLOSED = "closed"


#: what no person wrote: the honest clock minds none of it
WRITTEN_BY_NOBODY = frozenset({ClockEventKind.ACKNOWLEDGED, ClockEventKind.SELLER_AUTOMATIC})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockEvent:
    """One thing that happened in a conversation."""

    #: what
    kind: ClockEventKind
    #: aware UTC: of the receipt of a message, however long it was looked into
    at: datetime


class WhichClock(enum.Enum):
    """The two clocks of each conversation."""

    #: as the marketplace counts
    MARKET = "market"
    #: the same, but what no person wrote is no answer
    HONEST = "honest"


class Ending(enum.Enum):
    """How a round ended."""

    ANSWERED = "answered"
    #: nothing had to be answered: it counts neither as in time nor as late
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One run of one clock of one conversation, from what started it to what ended it."""

    #: 1, 2, ... within the clock
    number: int
    #: id of the clock that counted
    clock: str
    #: aware UTC
    started_at: datetime
    #: aware UTC: an answer after this instant is late
    due_at: datetime
    #: aware UTC; None while it runs
    ended_at: datetime | None = None
    #: None while it runs
    ending: Ending | None = None

    @property
    def is_running(self) -> bool:
        """True while an answer is awaited."""
        return self.ended_at is None

    @property
    def answered_in(self) -> timedelta | None:
        """How long the buyer waited for the answer, by the clock on the wall; None without an answer."""
        if self.ended_at is None or self.ending is not Ending.ANSWERED:
            return None
        return self.ended_at - self.started_at

    def late_by(self, now: datetime) -> timedelta:
        """How late the answer came, or is by now; zero in time, and where nothing had to be answered."""
        if self.ending is Ending.EXCUSED:
            return timedelta(0)
        return max(timedelta(0), (self.ended_at or now) - self.due_at)
