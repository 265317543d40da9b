"""Response clocks: what starts, stops and restarts them, in tables and beside a slow model (N-10, S-35, F-34)."""

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from mailbridge.domain.clocks import ClockEvent, ClockEventKind, Ending, Round, WhichClock
from mailbridge.policy.calendars import Calendar
from mailbridge.policy.clocks import Clock, ClockState, Phase, advance, rounds_of, state_of, tick_of
from tests.policy.clock_model import QUARTER, Quarters, rounds, utc

Kind = ClockEventKind
NOW = utc(2026, 11, 23, 12)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PLAIN = Clock(
    id="t.plain",
    pack="general",
    text={"en": "x"},
    within=24 * HOUR,
    starts=frozenset({Kind.OPENED, Kind.BUYER_WROTE, Kind.REOPENED}),
    answered_by=frozenset({Kind.SELLER_WROTE, Kind.ANSWERED_ELSEWHERE, Kind.ACKNOWLEDGED, Kind.SELLER_AUTOMATIC}),
    excused_by=frozenset({Kind.NO_REPLY_NEEDED, Kind.CLOSED}),
)


def happened(*events: tuple[Kind, float]) -> list[ClockEvent]:
    """Events, each so many hours after NOW."""
    return [ClockEvent(kind=kind, at=NOW + hours * HOUR) for kind, hours in events]


def shown(found: Sequence[Round]) -> list[tuple[float, float, float | None, str]]:
    """Start, due and end in hours after NOW, and how it ended."""
    return [
        (
            (one.started_at - NOW) / HOUR,
            (one.due_at - NOW) / HOUR,
            None if one.ended_at is None else (one.ended_at - NOW) / HOUR,
            one.ending.value if one.ending else "",
        )
        for one in found
    ]


@pytest.mark.parametrize(
    ("events", "market", "honest"),
    [
        pytest.param([], [], [], id="nothing"),
        pytest.param([(Kind.SELLER_WROTE, 0)], [], [], id="a seller who writes first owes nothing"),
        pytest.param(
            [(Kind.OPENED, 0), (Kind.SELLER_WROTE, 3)],
            [(0, 24, 3, "answered")],
            [(0, 24, 3, "answered")],
            id="asked and answered",
        ),
        pytest.param(
            [(Kind.OPENED, 0), (Kind.ACKNOWLEDGED, 0.5), (Kind.SELLER_WROTE, 30)],
            [(0, 24, 0.5, "answered")],
            [(0, 24, 30, "answered")],
            id="an acknowledgement is no honest answer",
        ),
        pytest.param(
            [(Kind.OPENED, 0), (Kind.SELLER_AUTOMATIC, 1), (Kind.BUYER_WROTE, 10), (Kind.SELLER_WROTE, 20)],
            [(0, 24, 1, "answered"), (10, 34, 20, "answered")],
            [(0, 24, 20, "answered")],
            id="nor is an automatic reply, so the buyer's next message finds the honest clock running",
        ),
        pytest.param(
            [(Kind.OPENED, 0), (Kind.BUYER_WROTE, 10)],
            [(0, 24, None, "")],
            [(0, 24, None, "")],
            id="more words do not give more time",
        ),
        pytest.param(
            [(Kind.OPENED, 0), (Kind.NO_REPLY_NEEDED, 2), (Kind.BUYER_WROTE, 5)],
            [(0, 24, 2, "excused"), (5, 29, None, "")],
            [(0, 24, 2, "excused"), (5, 29, None, "")],
            id="no reply needed, until the buyer writes again",
        ),
        pytest.param(
            [(Kind.OPENED, 0), (Kind.SELLER_WROTE, 1), (Kind.CLOSED, 2), (Kind.REOPENED, 50)],
            [(0, 24, 1, "answered"), (50, 74, None, "")],
            [(0, 24, 1, "answered"), (50, 74, None, "")],
            id="S-35: a reopened one has to be answered again",
        ),
        pytest.param(
            [(Kind.OPENED, 0), (Kind.SELLER_WROTE, 1), (Kind.SELLER_WROTE, 2), (Kind.NO_REPLY_NEEDED, 3)],
            [(0, 24, 1, "answered")],
            [(0, 24, 1, "answered")],
            id="what comes after the answer changes nothing",
        ),
    ],
)
def test_what_starts_and_stops_the_two_clocks(
    events: list[tuple[Kind, float]], market: list[object], honest: list[object]
) -> None:
    assert shown(rounds_of(happened(*events), PLAIN, WhichClock.MARKET)) == market
    assert shown(rounds_of(happened(*events), PLAIN, WhichClock.HONEST)) == honest


def test_a_clock_that_begins_anew_with_every_message_gives_more_time() -> None:
    clock = replace(PLAIN, restarts=frozenset({Kind.BUYER_WROTE}))
    events = happened((Kind.OPENED, 0), (Kind.BUYER_WROTE, 10), (Kind.REOPENED, 12))
    assert shown(rounds_of(events, clock, WhichClock.MARKET)) == [(10, 34, None, "")]


def test_only_the_first_message_counts_where_only_it_starts_the_clock() -> None:
    clock = replace(PLAIN, starts=frozenset({Kind.OPENED}))
    events = happened((Kind.OPENED, 0), (Kind.SELLER_WROTE, 1), (Kind.BUYER_WROTE, 2))
    assert shown(rounds_of(events, clock, WhichClock.MARKET)) == [(0, 24, 1, "answered")]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param(
            [(Kind.OPENED, 0), (Kind.SELLER_WROTE, -1)], [(0, 24, 0, "answered")], id="an answer before the question"
        ),
        pytest.param(
            [(Kind.OPENED, 720), (Kind.BUYER_WROTE, 2), (Kind.SELLER_WROTE, 5)],
            [(2, 26, 5, "answered")],
            id="a question from the future waits from the next message",
        ),
        pytest.param(
            [(Kind.OPENED, 720), (Kind.SELLER_WROTE, 2), (Kind.BUYER_WROTE, 3)],
            [(720, 744, 720, "answered"), (3, 27, None, "")],
            id="the next round is at the right time again",
        ),
        pytest.param(
            [(Kind.OPENED, 0), (Kind.SELLER_WROTE, 720)], [(0, 24, 720, "answered")], id="a clock that was set forward"
        ),
    ],
)
def test_F34_a_machine_whose_clock_jumps_makes_nothing_negative(
    events: list[tuple[Kind, float]], expected: list[object]
) -> None:
    found = rounds_of(happened(*events), PLAIN, WhichClock.MARKET)
    assert shown(found) == expected
    _sound(found)


def test_the_honest_clock_is_the_market_s_own_where_no_program_can_answer() -> None:
    clock = replace(PLAIN, answered_by=frozenset({Kind.SELLER_WROTE}))
    assert clock.honest is clock
    assert PLAIN.of(WhichClock.MARKET) is PLAIN
    assert PLAIN.of(WhichClock.HONEST).answered_by == {Kind.SELLER_WROTE, Kind.ANSWERED_ELSEWHERE}


OFFICE = Calendar(
    time_zone=ZoneInfo("Europe/Warsaw"),
    weekdays=frozenset(range(5)),
    holidays=frozenset({date(2026, 11, 11)}),
    opens=time(9),
    closes=time(17),
)


def test_how_a_clock_stands() -> None:
    clock = replace(PLAIN, calendar=OFFICE, within=4 * HOUR)
    [asked] = rounds_of(happened((Kind.OPENED, 0)), clock, WhichClock.MARKET)  # Monday, 13:00 in Warsaw
    running = ClockState(phase=Phase.RUNNING, running_since=NOW, due_at=NOW + 4 * HOUR)
    assert state_of(None, clock, NOW) == ClockState(phase=Phase.STOPPED)
    assert state_of(asked, clock, NOW) == running
    assert state_of(asked, clock, NOW + 5 * HOUR) == replace(running, phase=Phase.LATE, late_by=HOUR)
    [evening] = rounds_of(happened((Kind.OPENED, 7)), clock, WhichClock.MARKET)
    assert state_of(evening, clock, NOW + 8 * HOUR) == ClockState(
        phase=Phase.PAUSED, running_since=NOW + 7 * HOUR, due_at=NOW + DAY
    )
    [answered] = rounds_of(happened((Kind.OPENED, 0), (Kind.SELLER_WROTE, 6)), clock, WhichClock.MARKET)
    assert state_of(answered, clock, NOW + 9 * DAY) == ClockState(
        phase=Phase.STOPPED, late_by=2 * HOUR, answered_in=6 * HOUR
    )
    [excused] = rounds_of(happened((Kind.OPENED, 0), (Kind.CLOSED, 6)), clock, WhichClock.MARKET)
    assert state_of(excused, clock, NOW + 9 * DAY) == ClockState(phase=Phase.STOPPED)


# Random conversations beside the slow model.

_HOLIDAYS = frozenset(
    date(year, month, day)
    for year in (2026, 2027, 2028)
    for month, day in ((1, 1), (1, 6), (2, 29), (5, 1), (11, 11), (12, 25), (12, 26))
    if (month, day) != (2, 29) or year == 2028
)
_ALWAYS = Calendar()
_CALENDARS = (
    _ALWAYS,
    replace(OFFICE, holidays=_HOLIDAYS, opens=time(0), closes=time(0)),
    replace(OFFICE, holidays=_HOLIDAYS),
    Calendar(time_zone=ZoneInfo("Europe/Amsterdam"), weekdays=frozenset(range(5))),
    Calendar(time_zone=ZoneInfo("America/New_York"), opens=time(8), closes=time(20)),
    Calendar(time_zone=ZoneInfo("Australia/Lord_Howe"), weekdays=frozenset({0, 2, 6}), holidays=_HOLIDAYS),
    Calendar(time_zone=ZoneInfo("Asia/Kathmandu"), weekdays=frozenset({1, 5}), opens=time(22), closes=time(0)),
)
_QUARTERS = {number: Quarters(calendar) for number, calendar in enumerate(_CALENDARS)}
#: shortly before changes of the clock, leap days, holidays; and somewhere
_BEGINNINGS = (
    *(utc(2026, 3, 27, 20), utc(2026, 10, 23, 20), utc(2028, 2, 27, 10), utc(2026, 12, 23, 9), utc(2026, 4, 3, 1)),
    *(utc(2026, 11, 10, 11), utc(2027, 12, 31, 12), utc(2026, 7, 1), utc(2027, 3, 13, 22)),
)
_STARTING = (Kind.OPENED, Kind.BUYER_WROTE, Kind.REOPENED)
_ENDING = tuple(kind for kind in Kind if kind not in _STARTING)


def _a_clock(dice: random.Random) -> tuple[Clock, Quarters]:
    number = dice.randrange(len(_CALENDARS))
    starts = frozenset(dice.sample(_STARTING, dice.randint(1, 3)))
    ends = dice.sample(_ENDING, dice.randint(1, len(_ENDING)))
    cut = dice.randint(1, len(ends))
    clock = replace(
        PLAIN,
        within=dice.choice((1, 3, 72, 96, 192)) * QUARTER,
        starts=starts,
        restarts=frozenset(kind for kind in starts if dice.random() < 0.2),
        answered_by=frozenset(ends[:cut]),
        excused_by=frozenset(ends[cut:]),
        calendar=_CALENDARS[number],
    )
    return clock, _QUARTERS[number]


def _a_conversation(dice: random.Random) -> list[ClockEvent]:
    at = dice.choice(_BEGINNINGS) + dice.randrange(200) * QUARTER
    events = []
    for _ in range(dice.randint(0, 9)):
        events.append(ClockEvent(kind=dice.choice(tuple(Kind)), at=at))
        jump = dice.random()
        if jump < 0.03:  # F-34
            at += dice.choice((-30 * DAY, 30 * DAY, -HOUR, HOUR, -QUARTER))
        else:
            at += int(dice.expovariate(1 / 40)) * QUARTER
    return events


def _conversations(seed: int, count: int) -> Iterator[tuple[list[ClockEvent], Clock, Quarters]]:
    dice = random.Random(seed)
    for _ in range(count):
        clock, quarters = _a_clock(dice)
        yield _a_conversation(dice), clock, quarters


def _sound(found: Sequence[Round]) -> None:
    """Nothing negative, everything in order, one runs at most and it is the last."""
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert not any(one.is_running for one in found[:-1])
    for one in found:
        assert one.due_at > one.started_at
        assert one.ended_at is None or one.ended_at >= one.started_at
        assert one.answered_in is None or one.answered_in >= timedelta(0)
        assert (one.ending is None) == one.is_running
        waits = [one.late_by(one.started_at + hours * HOUR) for hours in (0, 1, 24, 100, 1000)]
        assert waits == sorted(waits)
        assert waits[0] >= timedelta(0)


def _is_set_back(events: Sequence[ClockEvent]) -> bool:
    return any(later.at < event.at for event, later in itertools.pairwise(events))


def _compare(seed: int, count: int) -> None:
    for events, clock, quarters in _conversations(seed, count):
        for which in WhichClock:
            found = rounds_of(events, clock, which)
            told = [(r.number, r.started_at, r.due_at, r.ended_at, r.ending.value if r.ending else None) for r in found]
            assert told == rounds(events, clock, which, quarters), (events, clock)
            _sound(found)
            # what has ended stays as it ended, whatever comes
            before = rounds_of(events[:-1], clock, which)
            over = [one for one in before if not one.is_running]
            assert list(found[: len(over)]) == over
        if not _is_set_back(events) and not clock.restarts:
            _is_kept_by_the_honest(events, clock)


def _is_kept_by_the_honest(events: Sequence[ClockEvent], clock: Clock) -> None:
    """Whoever answers by the honest clock answers in time by the market's."""
    market, honest = (rounds_of(events, clock, which) for which in (WhichClock.MARKET, WhichClock.HONEST))
    if market and market[-1].is_running:
        assert honest[-1].is_running
        assert honest[-1].due_at <= market[-1].due_at
    assert len(honest) <= len(market)


@pytest.mark.parametrize("seed", range(3))
def test_N10_F34_random_conversations_are_counted_as_the_slow_model_counts(seed: int) -> None:
    _compare(seed, 1_000)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(100, 110))
def test_N10_F34_a_hundred_thousand_conversations_are_counted_as_the_slow_model_counts(seed: int) -> None:
    _compare(seed, 10_000)


def test_what_comes_later_is_never_due_earlier() -> None:
    dice = random.Random(7)
    for _ in range(2_000):
        calendar = dice.choice(_CALENDARS)
        clock = replace(PLAIN, calendar=calendar, within=timedelta(seconds=dice.randrange(1, 400_000)))
        first = dice.choice(_BEGINNINGS) + timedelta(microseconds=dice.randrange(10**12))
        second = first + timedelta(microseconds=dice.randrange(10 ** dice.randrange(1, 13)))
        assert first < clock.due_after(first) <= clock.due_after(second)
        assert clock.due_after(first) >= first + clock.within


def test_a_tick_brings_the_deadline_of_what_starts_a_round_only() -> None:
    opened, answered = happened((Kind.OPENED, 0), (Kind.SELLER_WROTE, 1))
    assert tick_of(opened, PLAIN).due_at == NOW + DAY
    assert tick_of(answered, PLAIN).due_at is None
    assert advance(None, tick_of(answered, PLAIN), WhichClock.MARKET) is None
    assert Round(number=1, clock="c", started_at=NOW, due_at=NOW, ended_at=NOW, ending=Ending.EXCUSED).late_by(
        datetime(2030, 1, 1, tzinfo=UTC)
    ) == timedelta(0)
