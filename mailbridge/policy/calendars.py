"""Calendars: which time counts towards a deadline (E-09, E-17, E-25, E-26).

Real time is counted, so an hour is an hour also on the night when clocks change; days begin and end by the calendar's
own time zone. Knows no country's holidays: whoever builds a calendar brings them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Protocol

_DAY = timedelta(days=1)
#: a deadline that lies further away is a fault of the data, which `rulefiles/clocks.py` refuses
_MOST_DAYS = 20_000
MIDNIGHT = time(0)


class Holidays(Protocol):
    """The days on which nobody has to work somewhere."""

    def __contains__(self, day: object) -> bool:
        """True for a holiday; asked with a `date`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The time that counts: on some days of the week that are no holidays, from one time of day to another."""

    #: where days begin and end
    time_zone: tzinfo = UTC
    #: days of the week that count, 0 for Monday
    weekdays: frozenset[int] = frozenset(range(7))
    #: days that do not count
    holidays: Holidays = frozenset()
    #: counts from this time of day; one that a change of the clock leaves out is as much later
    opens: time = MIDNIGHT
    #: to this one; midnight is the end of the day
    closes: time = MIDNIGHT

    def after(self, at: datetime, counted: timedelta) -> datetime:
        """The earliest instant, aware UTC, at which so much has been counted since `at`; `counted` is positive.

        ValueError where that would take half a century.
        """
        left = counted
        for opens, closes in self._spans(at):
            begins = max(opens, at)
            if closes - begins >= left:
                return begins + left
            left -= max(timedelta(0), closes - begins)
        raise ValueError(f"{counted} do not fit into {_MOST_DAYS} days of this calendar")

    def counts(self, at: datetime) -> bool:
        """True where the time just after `at` counts."""
        opens, closes = next(self._spans(at), (at, at))
        return opens <= at < closes

    def _spans(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """What counts of the day of `at` and of the days after it, each as aware UTC from and to, in order."""
        day = at.astimezone(self.time_zone).date()
        for _ in range(_MOST_DAYS):
            if day.weekday() in self.weekdays and day not in self.holidays:
                closes = self._instant(day + _DAY, MIDNIGHT) if self.closes == MIDNIGHT else None
                yield self._instant(day, self.opens), closes or self._instant(day, self.closes)
            day += _DAY

    def _instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.time_zone).astimezone(UTC)


#: every hour of every day
EVERY_HOUR = Calendar()
