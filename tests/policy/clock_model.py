"""What clocks should say, written apart from `policy/clocks.py` and without regard for time: quarter by quarter.

Events and spans stand on quarters of an hour. A round is what lies between the first event that starts one and the next
that ends one; time is counted by looking at the clock on the wall of every quarter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from mailbridge.domain.clocks import ClockEvent, ClockEventKind, WhichClock
from mailbridge.policy.calendars import Calendar
from mailbridge.policy.clocks import Clock

QUARTER = timedelta(minutes=15)
_BY_PROGRAMS = {ClockEventKind.ACKNOWLEDGED, ClockEventKind.SELLER_AUTOMATIC}


@dataclass
class Quarters:
    """Which quarters of an hour count; remembers what it has seen."""

    calendar: Calendar
    seen: dict[datetime, bool] = field(default_factory=dict)

    def counts(self, at: datetime) -> bool:
        if at not in self.seen:
            self.seen[at] = self._look(at)
        return self.seen[at]

    def _look(self, at: datetime) -> bool:
        wall = at.astimezone(self.calendar.time_zone)
        if wall.weekday() not in self.calendar.weekdays or wall.date() in self.calendar.holidays:
            return False
        minute, opens = wall.hour * 60 + wall.minute, self.calendar.opens
        closes = self.calendar.closes.hour * 60 + self.calendar.closes.minute or 24 * 60
        return opens.hour * 60 + opens.minute <= minute < closes

    def due(self, at: datetime, within: timedelta) -> datetime:
        counted = timedelta(0)
        while counted < within:
            counted += QUARTER if self.counts(at) else timedelta(0)
            at += QUARTER
        return at


#: number, start, due, end, value of the ending
Told = tuple[int, datetime, datetime, datetime | None, str | None]


def rounds(events: Sequence[ClockEvent], clock: Clock, which: WhichClock, quarters: Quarters) -> list[Told]:
    """Every round."""
    answers = set(clock.answered_by) - (_BY_PROGRAMS if which is WhichClock.HONEST else set())
    told: list[Told] = []
    rest = list(events)
    while any(event.kind in clock.starts for event in rest):
        while rest[0].kind not in clock.starts:
            rest.pop(0)
        last = next((n for n, event in enumerate(rest) if event.kind in answers | clock.excused_by), None)
        starting = [event for event in rest[:last] if event.kind in clock.starts]
        while any(event.kind in clock.restarts for event in starting[1:]):
            starting.pop(0)
        began = min(event.at for event in starting)
        due = quarters.due(began, clock.within)
        if last is None:
            return [*told, (len(told) + 1, began, due, None, None)]
        end = rest[last]
        ending = "answered" if end.kind in answers else "excused"
        told.append((len(told) + 1, began, due, max(end.at, began), ending))
        rest = rest[last + 1 :]
    return told


def utc(*numbers: int) -> datetime:
    """An instant, aware UTC."""
    return datetime(*numbers, tzinfo=UTC)  # type: ignore[misc, arg-type]  # year, month, day, hour, minute
