"""Which time counts: weekends, holidays, working hours, and the nights on which clocks change."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from mailbridge.policy.calendars import EVERY_HOUR, Calendar
from tests.policy.clock_model import QUARTER, Quarters, utc

WARSAW = ZoneInfo("Europe/Warsaw")
HOUR = timedelta(hours=1)
WEEK = frozenset(range(5))
WORKING_DAYS = Calendar(time_zone=WARSAW, weekdays=WEEK, holidays=frozenset({date(2026, 11, 11), date(2028, 2, 29)}))
OFFICE = replace(WORKING_DAYS, opens=time(9), closes=time(17))


@pytest.mark.parametrize(
    ("calendar", "at", "hours", "due"),
    [
        pytest.param(EVERY_HOUR, utc(2026, 11, 21, 9), 24, utc(2026, 11, 22, 9), id="a day is a day"),
        pytest.param(EVERY_HOUR, utc(2028, 2, 28, 12), 24, utc(2028, 2, 29, 12), id="leap day"),
        pytest.param(EVERY_HOUR, utc(2027, 2, 28, 12), 24, utc(2027, 3, 1, 12), id="no leap day"),
        # The night of 28 March 2026 has 23 hours in Warsaw, that of 24 October 25: 24 hours are 24 all the same.
        pytest.param(
            replace(EVERY_HOUR, time_zone=WARSAW),
            utc(2026, 3, 28, 12),
            24,
            utc(2026, 3, 29, 12),
            id="spring, every hour",
        ),
        pytest.param(
            replace(EVERY_HOUR, time_zone=WARSAW), utc(2026, 10, 24, 12), 24, utc(2026, 10, 25, 12), id="autumn"
        ),
        # Friday 15:00 in Warsaw (14:00 UTC): 9 hours are left of it, the other 15 end on Monday at 15:00.
        pytest.param(WORKING_DAYS, utc(2026, 11, 20, 14), 24, utc(2026, 11, 23, 14), id="over a weekend"),
        pytest.param(WORKING_DAYS, utc(2026, 3, 27, 14), 24, utc(2026, 3, 30, 13), id="a weekend that lost an hour"),
        pytest.param(WORKING_DAYS, utc(2026, 10, 23, 14), 24, utc(2026, 10, 26, 15), id="one that gained an hour"),
        pytest.param(WORKING_DAYS, utc(2026, 11, 10, 14), 24, utc(2026, 11, 12, 14), id="over a holiday"),
        pytest.param(WORKING_DAYS, utc(2028, 2, 28, 14), 24, utc(2028, 3, 1, 14), id="a holiday on a leap day"),
        pytest.param(WORKING_DAYS, utc(2026, 11, 21, 14), 24, utc(2026, 11, 23, 23), id="from a Saturday"),
        # exactly what is left of Friday: due at its end, not after the weekend
        pytest.param(WORKING_DAYS, utc(2026, 11, 20, 14), 9, utc(2026, 11, 20, 23), id="to the end of Friday"),
        pytest.param(OFFICE, utc(2026, 11, 20, 15), 2, utc(2026, 11, 23, 9), id="office hours over a weekend"),
        pytest.param(OFFICE, utc(2026, 11, 20, 20), 1, utc(2026, 11, 23, 9), id="after hours"),
        pytest.param(OFFICE, utc(2026, 11, 23, 3), 1, utc(2026, 11, 23, 9), id="before hours"),
        pytest.param(OFFICE, utc(2026, 11, 23, 8), 16, utc(2026, 11, 24, 16), id="two whole days"),
    ],
)
def test_a_deadline_is_when_so_much_has_been_counted(
    calendar: Calendar, at: datetime, hours: int, due: datetime
) -> None:
    assert calendar.after(at, hours * HOUR) == due
    assert Quarters(calendar).due(at, hours * HOUR) == due


def test_a_day_that_begins_an_hour_late_is_an_hour_short() -> None:
    # On 6 September 2026 midnight does not exist in Santiago: the day begins at one o'clock.
    calendar = Calendar(time_zone=ZoneInfo("America/Santiago"), weekdays=frozenset({6}))
    at = datetime(2026, 9, 6, 4, tzinfo=UTC)
    assert [calendar.counts(at - QUARTER), calendar.counts(at)] == [False, True]
    assert calendar.after(at - 9 * HOUR, 23 * HOUR) == at + 23 * HOUR


def test_a_time_of_day_that_a_change_of_the_clock_leaves_out_is_later() -> None:
    calendar = Calendar(time_zone=WARSAW, opens=time(2, 30), closes=time(4))
    # on 29 March 2026 half past two is half past three there, 01:30 UTC
    assert calendar.after(utc(2026, 3, 29, 0), 15 * QUARTER / 15) == utc(2026, 3, 29, 1, 45)
    assert calendar.counts(utc(2026, 3, 29, 1, 30))
    assert not calendar.counts(utc(2026, 3, 29, 1, 15))


@pytest.mark.parametrize(
    ("calendar", "at", "counts"),
    [
        (EVERY_HOUR, utc(2026, 11, 22, 3), True),
        (WORKING_DAYS, utc(2026, 11, 20, 22, 59), True),
        (WORKING_DAYS, utc(2026, 11, 20, 23), False),  # Saturday in Warsaw
        (WORKING_DAYS, utc(2026, 11, 22, 23), True),  # Monday there
        (WORKING_DAYS, utc(2026, 11, 11, 12), False),
        (OFFICE, utc(2026, 11, 20, 7, 59), False),
        (OFFICE, utc(2026, 11, 20, 8), True),
        (OFFICE, utc(2026, 11, 20, 16), False),
    ],
)
def test_whether_an_instant_counts(calendar: Calendar, at: datetime, counts: bool) -> None:
    assert calendar.counts(at) is counts
    assert Quarters(calendar).counts(at) is counts


def test_a_calendar_on_which_nothing_counts_says_so() -> None:
    never = Calendar(weekdays=frozenset())
    with pytest.raises(ValueError, match="do not fit"):
        never.after(utc(2026, 11, 20), HOUR)
    assert not never.counts(utc(2026, 11, 20))
