"""What a long silence does to a conversation, and when: tables (S-31, S-56, F-34)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mailbridge.domain.thread import Area, ThreadState
from mailbridge.policy.areas import AreaRow, Silence, terms_of
from mailbridge.policy.silence import SilenceStep, days_after, days_silent, step_due
from tests.policy.stage import a_thread

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
WARSAW, ROME = ZoneInfo("Europe/Warsaw"), ZoneInfo("Europe/Rome")
JOIN, CLOSE = SilenceStep.MARKET_JOINS, SilenceStep.CLOSE
OPEN, CLOSED = ThreadState.OPEN, ThreadState.CLOSED
RESOLVED, UNRESOLVED = ThreadState.RESOLVED, ThreadState.UNRESOLVED
ALL = Silence(market_joins_days=7, close_days=30, close_ended_days=14)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("state", "days", "silence", "step"),
    [
        (OPEN, 0, ALL, None),
        (OPEN, 6.99, ALL, None),
        (OPEN, 7, ALL, JOIN),
        (OPEN, 29.99, ALL, JOIN),
        (OPEN, 30, ALL, CLOSE),
        (OPEN, 900, ALL, CLOSE),
        (OPEN, 900, Silence(), None),
        (OPEN, 900, Silence(close_days=0, market_joins_days=0), None),
        (OPEN, 900, Silence(close_ended_days=14), None),
        (OPEN, 30, Silence(close_days=30), CLOSE),
        (RESOLVED, 13.99, ALL, None),
        (RESOLVED, 14, ALL, CLOSE),
        (UNRESOLVED, 13.99, ALL, None),
        (UNRESOLVED, 14, ALL, CLOSE),
        (RESOLVED, 900, Silence(market_joins_days=7, close_days=30), None),
        (CLOSED, 900, ALL, None),
    ],
)
def test_S31_S56_each_state_after_so_many_days(
    state: ThreadState, days: float, silence: Silence, step: SilenceStep | None
) -> None:
    thread = a_thread(state=state, last_at=AT)
    assert step_due(thread, silence, AT + timedelta(days=days), UTC) is step


def test_S31_the_marketplace_is_called_once_as_long_as_the_conversation_is_open() -> None:
    joined = a_thread(last_at=AT, market_joined_at=AT + timedelta(days=7))
    assert step_due(joined, ALL, AT + timedelta(days=29), UTC) is None
    assert step_due(joined, ALL, AT + timedelta(days=30), UTC) is CLOSE


def test_S31_days_without_a_message_are_counted_as_the_days_until_the_call_are() -> None:
    """Where clocks go forward a week is an hour short, and where they were set back nothing is negative (F-34)."""
    at = datetime(2027, 3, 26, 12, 0, tzinfo=WARSAW).astimezone(UTC)
    thread = a_thread(last_at=at)
    assert days_silent(thread, days_after(at, 7, WARSAW), WARSAW) == 7
    assert days_silent(thread, days_after(at, 7, WARSAW) - SECOND, WARSAW) == 6
    assert days_silent(thread, at - timedelta(days=3), WARSAW) == 0
    assert days_silent(a_thread(), at, WARSAW) == 0


def test_nothing_follows_where_nobody_ever_wrote() -> None:
    assert step_due(a_thread(), ALL, AT, UTC) is None


@pytest.mark.parametrize(
    ("at", "days", "zone", "after"),
    [
        # the night on which an hour is left out, and the one on which it comes twice
        (datetime(2026, 3, 28, 12, 30, tzinfo=UTC), 1, WARSAW, datetime(2026, 3, 29, 11, 30, tzinfo=UTC)),
        (datetime(2026, 10, 24, 12, 30, tzinfo=UTC), 1, WARSAW, datetime(2026, 10, 25, 13, 30, tzinfo=UTC)),
        # written at half past two, which that night does not have
        (datetime(2026, 3, 28, 1, 30, tzinfo=UTC), 1, ROME, datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        # a leap day, and a year without one
        (datetime(2028, 2, 28, 9, 0, tzinfo=UTC), 2, UTC, datetime(2028, 3, 1, 9, 0, tzinfo=UTC)),
        (datetime(2027, 2, 28, 9, 0, tzinfo=UTC), 2, UTC, datetime(2027, 3, 2, 9, 0, tzinfo=UTC)),
    ],
)
def test_F34_days_are_days_by_the_clock_on_the_wall(at: datetime, days: int, zone: ZoneInfo, after: datetime) -> None:
    assert days_after(at, days, zone) == after
    thread = a_thread(last_at=at)
    silence = Silence(close_days=days)
    assert step_due(thread, silence, after - SECOND, zone) is None
    assert step_due(thread, silence, after, zone) is CLOSE


def test_F34_where_the_clock_is_set_back_a_silence_only_begins_later() -> None:
    of_the_future = a_thread(last_at=AT + timedelta(days=400))
    assert step_due(of_the_future, ALL, AT, UTC) is None
    assert step_due(of_the_future, ALL, AT + timedelta(days=407), UTC) is JOIN


def test_S56_a_market_says_some_numbers_and_general_the_rest() -> None:
    rows = [
        AreaRow(area=Area.DISPUTE, pack="market", silence=Silence(close_days=0)),
        AreaRow(area=Area.DISPUTE, pack="general", silence=Silence(close_days=30, close_ended_days=14)),
    ]
    assert terms_of(rows, Area.DISPUTE).silence == Silence(close_days=0, close_ended_days=14)
    assert terms_of(rows, Area.TICKET).silence == Silence()
