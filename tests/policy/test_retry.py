"""When a delivery is tried again: later and later, and not for ever."""

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mailbridge.policy.retry import next_attempt
from tests.policy.stage import NOW

_FIVE_DAYS = NOW + timedelta(days=5)


def _times(jitters: list[float], expires_at: datetime) -> list[datetime]:
    times: list[datetime] = []
    now = NOW
    for attempts in range(1, 1000):
        due_at = next_attempt(
            attempts, now, first_at=NOW, expires_at=expires_at, jitter=jitters[attempts % len(jitters)]
        )
        if due_at is None:
            return times
        times.append(due_at)
        now = due_at
    return times


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50), st.integers(1, 10 * 24 * 60))
def test_retry_times_rise_and_end(jitters: list[float], minutes: int) -> None:
    expires_at = NOW + timedelta(minutes=minutes)
    times = _times(jitters, expires_at)
    assert times == sorted(set(times))
    assert all(NOW < time < expires_at for time in times)
    assert len(times) < 80


@given(st.lists(st.floats(0, 1), min_size=10, max_size=10))
def test_the_waits_grow_until_four_hours(jitters: list[float]) -> None:
    times = [NOW, *_times(jitters, _FIVE_DAYS)]
    waits = [later - earlier for earlier, later in pairwise(times)]
    assert waits[:7] == sorted(waits[:7])
    assert all(timedelta(hours=4) <= wait <= timedelta(hours=5) for wait in waits[6:])


def test_F27_greylisting_is_met_again_after_a_minute() -> None:
    due_at = next_attempt(1, NOW, first_at=NOW, expires_at=_FIVE_DAYS, jitter=0.0)
    assert due_at == NOW + timedelta(minutes=1)


def test_F34_a_clock_that_was_set_back_brings_no_burst() -> None:
    due_at = next_attempt(3, NOW - timedelta(days=30), first_at=NOW, expires_at=_FIVE_DAYS, jitter=0.0)
    assert due_at == NOW + timedelta(minutes=15)


def test_a_clock_that_jumped_past_the_end_gives_up() -> None:
    assert next_attempt(3, _FIVE_DAYS + timedelta(days=30), first_at=NOW, expires_at=_FIVE_DAYS, jitter=0.5) is None
