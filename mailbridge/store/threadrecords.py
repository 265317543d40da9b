"""What the store is asked for and given of conversations as a whole: values only, no SQL."""

from dataclasses import dataclass
from datetime import datetime

from mailbridge.domain.ids import MarketplaceId, ThreadId
from mailbridge.domain.parties import Role
from mailbridge.domain.thread import Area, ThreadState
from mailbridge.policy.clocks import Tick


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadsAsked:
    """Which conversations are listed, and in which order; references are the market's own, "" for all."""

    limit: int
    #: none that was written in at or after this instant, aware UTC; None for all
    before: datetime | None = None
    market: str = ""
    seller: str = ""
    order: str = ""
    offer: str = ""
    #: None for all
    area: Area | None = None
    state: ThreadState | None = None
    #: name of a topic that the buyer's messages are about
    topic: str = ""
    #: open, and the newest message is of this side; None for all
    last_by: Role | None = None
    #: an answer is late at this instant, by the honest clock; None for all
    late_at: datetime | None = None
    #: True: only those in which a person wrote (S-20)
    people_only: bool = False
    #: True: only those that the marketplace was called to
    market_joined: bool = False
    #: True: the most urgent first (S-29), else the newest
    by_priority: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentAsked:
    """Which conversations nobody wrote in for long."""

    marketplace_id: MarketplaceId
    area: Area
    states: tuple[ThreadState, ...]
    #: the newest message came by then; aware UTC
    until: datetime
    #: True: none that the marketplace was called to already
    unjoined_only: bool = False
    limit: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadChange:
    """What happens to a conversation that nobody wrote in."""

    thread_id: ThreadId
    #: version in which it was looked at; another one now is a Conflict
    seen_version: int
    state: ThreadState
    #: aware UTC; None where the marketplace is not called to it
    market_joined_at: datetime | None
    #: "silence"
    by: str
    #: what it is for the clocks; None: they do not mind it
    tick: Tick | None = None
