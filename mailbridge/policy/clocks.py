"""Response clocks: until when an answer is due, whether it came in time (S-35, S-68, N-10; E-09, E-17, E-23 to E-26).

A pure function of what happened, in the order of the record, and the data of the clock. Times only measure: where the
machine's clock was set back (F-34) nothing becomes negative, and a round that began in the future begins again at the
first thing that is received before. Keeps nothing and tells nobody.
"""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from mailbridge.domain.clocks import WRITTEN_BY_NOBODY, ClockEvent, ClockEventKind, Ending, Round, WhichClock
from mailbridge.domain.parties import Direction
from mailbridge.domain.thread import ThreadState
from mailbridge.policy.calendars import EVERY_HOUR, Calendar
from mailbridge.policy.plan import Disposition, Plan

_Kinds = frozenset[ClockEventKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How a marketplace counts the time until an answer: data of a rule pack."""

    id: str
    #: name of the pack that holds it
    pack: str
    #: per language code: the clock in words, for the seller
    text: Mapping[str, str]
    #: so much may be counted before the answer is late
    within: timedelta
    #: begin a round while none runs
    starts: _Kinds
    #: of those that start: begin the round anew while one runs
    restarts: _Kinds = frozenset()
    #: end the round as answered
    answered_by: _Kinds
    #: end it as nothing that had to be answered
    excused_by: _Kinds = frozenset()
    #: which time counts
    calendar: Calendar = EVERY_HOUR
    #: True: days begin and end where the marketplace says, not where the calendar does
    is_in_zone_of_market: bool = True
    #: the seller is warned so long before an answer is due
    warns: timedelta = timedelta(hours=4)
    source: str = ""
    source_date: date | None = None

    @property
    def honest(self) -> "Clock":
        """The same, but what no person wrote is no answer."""
        if not self.answered_by & WRITTEN_BY_NOBODY:
            return self
        return replace(self, answered_by=self.answered_by - WRITTEN_BY_NOBODY)

    def of(self, which: WhichClock) -> "Clock":
        """One of the two clocks."""
        return self.honest if which is WhichClock.HONEST else self

    def due_after(self, at: datetime) -> datetime:
        """Until when what was received at `at` is to be answered, aware UTC."""
        return self.calendar.after(at, self.within)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """An event, with the clock that it is for: computed before the commit that it belongs to."""

    event: ClockEvent
    clock: Clock
    #: until when an answer is due, of what starts a round; None for the rest
    due_at: datetime | None


def tick_of(event: ClockEvent, clock: Clock) -> Tick:
    """The event on this clock."""
    due_at = clock.due_after(event.at) if event.kind in clock.starts else None
    return Tick(event=event, clock=clock, due_at=due_at)


def advance(current: Round | None, tick: Tick, which: WhichClock) -> Round | None:
    """The newest round after this event: the same one, changed, or one more; `current` is the newest before."""
    event, clock = tick.event, tick.clock.of(which)
    if current is None or not current.is_running:
        if tick.due_at is None:
            return current
        number = 1 if current is None else current.number + 1
        return Round(number=number, clock=clock.id, started_at=event.at, due_at=tick.due_at)
    if tick.due_at is not None:
        begins_anew = event.kind in clock.restarts or event.at < current.started_at
        return replace(current, clock=clock.id, started_at=event.at, due_at=tick.due_at) if begins_anew else current
    ending = _ending(event.kind, clock)
    if ending is None:
        return current
    return replace(current, ended_at=max(event.at, current.started_at), ending=ending)


def _ending(kind: ClockEventKind, clock: Clock) -> Ending | None:
    if kind in clock.answered_by:
        return Ending.ANSWERED
    return Ending.EXCUSED if kind in clock.excused_by else None


def rounds_of(events: Iterable[ClockEvent], clock: Clock, which: WhichClock) -> tuple[Round, ...]:
    """Every round of a conversation, in order; `events` are in the order of the record."""
    rounds: list[Round] = []
    for event in events:
        after = advance(rounds[-1] if rounds else None, tick_of(event, clock), which)
        if after is not None and rounds and rounds[-1].number == after.number:
            rounds[-1] = after
        elif after is not None:
            rounds.append(after)
    return tuple(rounds)


#: reasons with which an automatic reply is kept, in the conversation it belongs to
_AUTOMATIC = frozenset({"automatic", "automatic_at_return_path"})
#: reasons with which a mail that went past us is kept
_DIRECT = frozenset({"record_only", "record_only_breach"})


def event_of(plan: Plan, direction: Direction | None, *, opens_thread: bool) -> ClockEventKind | None:
    """What a recorded mail is for clocks; None where they do not mind it.

    What is held, refused or screened reaches nobody: it counts when it goes on. Nor does a machine of the buyer wait.
    """
    if plan.disposition is Disposition.RELAYED:
        if direction is Direction.TO_BUYER:
            return ClockEventKind.SELLER_WROTE
        return ClockEventKind.OPENED if opens_thread else _moved(plan) or ClockEventKind.BUYER_WROTE
    if plan.disposition is Disposition.RECORDED and plan.reason in {"conversation_moved", "private_note"}:
        return _moved(plan)
    if plan.disposition is Disposition.RECORDED and plan.reason == "no_reply_needed":
        return ClockEventKind.NO_REPLY_NEEDED
    if plan.disposition is not Disposition.RECORDED or direction is not Direction.TO_BUYER:
        return None
    if plan.reason in _DIRECT:
        return ClockEventKind.ANSWERED_ELSEWHERE
    return ClockEventKind.SELLER_AUTOMATIC if plan.reason in _AUTOMATIC else None


def _moved(plan: Plan) -> ClockEventKind | None:
    """What it is that a mail ends its conversation or opens it again."""
    state = plan.route.state if plan.route is not None else None
    if state is None:
        return None
    return ClockEventKind.REOPENED if state is ThreadState.OPEN else ClockEventKind.CLOSED


class Phase(enum.Enum):
    """How a clock stands."""

    #: nothing is awaited
    STOPPED = "stopped"
    RUNNING = "running"
    #: it waits for the next hour that counts
    PAUSED = "paused"
    #: it runs on, and the answer is late already
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockState:
    """How a clock stands at some instant."""

    phase: Phase
    #: aware UTC; None where it is stopped
    running_since: datetime | None = None
    #: aware UTC; None where it is stopped
    due_at: datetime | None = None
    #: how late the newest answer is, or came
    late_by: timedelta = timedelta(0)
    #: how long the buyer waited for the newest answer; None while he waits, and where none was needed
    answered_in: timedelta | None = None


def state_of(newest: Round | None, clock: Clock, now: datetime) -> ClockState:
    """How a clock stands now, by its newest round."""
    if newest is None:
        return ClockState(phase=Phase.STOPPED)
    late_by = newest.late_by(now)
    if not newest.is_running:
        return ClockState(phase=Phase.STOPPED, late_by=late_by, answered_in=newest.answered_in)
    is_counting = clock.calendar.counts(now)
    phase = Phase.LATE if late_by else Phase.RUNNING if is_counting else Phase.PAUSED
    return ClockState(phase=phase, running_since=newest.started_at, due_at=newest.due_at, late_by=late_by)
