"""The clocks of the shipped packs, each by cases of its market (E-09, E-17, E-23, E-25, E-26, S-35, S-68)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mailbridge.domain.clocks import ClockEvent, ClockEventKind, Ending, WhichClock
from mailbridge.domain.thread import Area
from mailbridge.policy.clocks import Clock, rounds_of
from mailbridge.resources import data_folder
from mailbridge.rulefiles.read import load_rules
from mailbridge.rulefiles.scene import a_market

RULES = load_rules((data_folder("rules"),))
ON = date(2026, 11, 20)
Kind = ClockEventKind
OPENED, WROTE, AGAIN = Kind.OPENED, Kind.BUYER_WROTE, Kind.REOPENED
ANSWER, ACK, AWAY, ELSEWHERE = Kind.SELLER_WROTE, Kind.ACKNOWLEDGED, Kind.SELLER_AUTOMATIC, Kind.ANSWERED_ELSEWHERE
NOTHING_NEEDED, CLOSED = Kind.NO_REPLY_NEEDED, Kind.CLOSED


def _clock(pack: str, area: Area) -> Clock:
    market = replace(a_market(pack, pack), rule_packs=("general", pack))
    clock = RULES.clock_of(market, area, ON)
    assert clock is not None
    return clock


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("pack", "area", "asked", "due"),
    [
        # Friday, 20 November 2026
        pytest.param("general", Area.QUESTION, "11-20 15:00", "11-21 15:00", id="S-68: at the latest after 24 h"),
        pytest.param("amazon", Area.ORDER, "11-20 15:00", "11-21 15:00", id="E-09: weekends are included"),
        pytest.param("amazon", Area.QUESTION, "12-25 09:00", "12-26 09:00", id="E-09: and holidays"),
        pytest.param("allegro", Area.QUESTION, "11-20 15:00", "11-23 15:00", id="E-17: without Saturday and Sunday"),
        pytest.param("allegro", Area.DISPUTE, "11-10 15:00", "11-12 15:00", id="E-17: without 11 November"),
        pytest.param("allegro", Area.ORDER, "11-21 15:00", "11-23 23:00", id="E-17: asked on a Saturday"),
        pytest.param("etsy", Area.QUESTION, "11-20 15:00", "11-21 15:00", id="E-23: 24 h"),
        pytest.param("kaufland", Area.TICKET, "11-20 15:00", "11-24 15:00", id="E-25: 48 h of working days"),
        pytest.param("kaufland", Area.ORDER, "12-23 15:00", "12-28 15:00", id="E-25: without Christmas"),
        pytest.param("bol", Area.QUESTION, "11-20 15:00", "11-23 09:00", id="E-26: 18 hours without the weekend"),
        pytest.param("bol", Area.QUESTION, "11-19 15:00", "11-20 09:00", id="E-26: the night counts"),
        pytest.param("bol", Area.ORDER, "12-25 09:00", "12-28 03:00", id="E-26: nothing is said of holidays"),
    ],
)
def test_when_an_answer_is_due(pack: str, area: Area, asked: str, due: str) -> None:
    assert _clock(pack, area).due_after(_at(asked)) == _at(due)


@pytest.mark.parametrize(
    ("pack", "area", "events", "market", "honest"),
    [
        pytest.param("amazon", Area.ORDER, [OPENED, ACK], "runs", "runs", id="E-09: an auto-responder is not valid"),
        pytest.param("amazon", Area.ORDER, [OPENED, AWAY], "runs", "runs", id="E-09: nor an out-of-office"),
        pytest.param("amazon", Area.ORDER, [OPENED, ANSWER], "answered", "answered", id="E-09: answered"),
        pytest.param("amazon", Area.ORDER, [OPENED, NOTHING_NEEDED], "excused", "excused", id="E-09: none needed"),
        pytest.param("amazon", Area.ORDER, [OPENED, ELSEWHERE], "runs", "runs", id="E-09: past the market"),
        pytest.param(
            "amazon",
            Area.ORDER,
            [OPENED, NOTHING_NEEDED, WROTE],
            "excused runs",
            "excused runs",
            id="E-09: a new buyer mail starts it again",
        ),
        pytest.param("allegro", Area.QUESTION, [OPENED, ACK], "answered", "runs", id="S-35: an ack stops Allegro's"),
        pytest.param("allegro", Area.QUESTION, [OPENED, ANSWER, WROTE], "answered", "answered", id="S-35: new threads"),
        pytest.param(
            "allegro", Area.DISPUTE, [OPENED, ANSWER, AGAIN], "answered runs", "answered runs", id="S-35: reopened"
        ),
        pytest.param("allegro", Area.QUESTION, [OPENED, ANSWER, AGAIN], "answered", "answered", id="S-35: not here"),
        pytest.param("allegro", Area.DISPUTE, [OPENED, CLOSED], "excused", "excused", id="S-35: settled"),
        pytest.param("etsy", Area.QUESTION, [OPENED, ACK], "answered", "runs", id="E-23: an auto-reply counts"),
        pytest.param("etsy", Area.QUESTION, [OPENED, ANSWER, WROTE], "answered", "answered", id="E-23: first ones"),
        pytest.param("etsy", Area.QUESTION, [WROTE], "", "", id="E-23: not in a conversation that the seller began"),
        pytest.param("etsy", Area.QUESTION, [OPENED, ELSEWHERE], "runs", "runs", id="E-23: elsewhere does not count"),
        pytest.param("etsy", Area.QUESTION, [OPENED, NOTHING_NEEDED], "runs", "runs", id="E-23: thanks counts too"),
        pytest.param("kaufland", Area.TICKET, [OPENED, ACK, CLOSED], "excused", "excused", id="E-25: closed"),
        pytest.param("bol", Area.QUESTION, [OPENED, ACK], "runs", "runs", id="E-26: only an answer"),
        pytest.param("general", Area.TICKET, [OPENED, CLOSED, AGAIN], "excused runs", "excused runs", id="S-82"),
        pytest.param("general", Area.QUESTION, [OPENED, ELSEWHERE], "answered", "answered", id="S-73"),
    ],
)
def test_what_stops_it(pack: str, area: Area, events: list[Kind], market: str, honest: str) -> None:
    clock, at = _clock(pack, area), _at("11-17 09:00")
    happened = [ClockEvent(kind=kind, at=at + timedelta(hours=number)) for number, kind in enumerate(events)]
    told = {
        which: " ".join(one.ending.value if one.ending else "runs" for one in rounds_of(happened, clock, which))
        for which in WhichClock
    }
    assert told == {WhichClock.MARKET: market, WhichClock.HONEST: honest}


def test_an_answer_after_the_weekend_is_late_on_amazon_and_in_time_on_allegro() -> None:
    happened = [ClockEvent(kind=OPENED, at=_at("11-20 15:00")), ClockEvent(kind=ANSWER, at=_at("11-23 09:00"))]
    late = {}
    for pack in ("amazon", "allegro", "etsy", "kaufland", "bol"):
        [one] = rounds_of(happened, _clock(pack, Area.QUESTION), WhichClock.MARKET)
        assert one.ending is Ending.ANSWERED
        late[pack] = one.late_by(one.ended_at or one.due_at) / timedelta(hours=1)
    assert late == {"amazon": 42, "allegro": 0, "etsy": 42, "kaufland": 0, "bol": 0}


def test_an_order_note_has_no_clock() -> None:
    market = a_market("general", "general")
    assert RULES.clock_of(market, Area.NOTE, ON) is None


def test_every_market_s_clock_says_where_it_comes_from() -> None:
    assert {clock.id for clock in RULES.clocks.values() if not clock.source} == set()
    assert {(row.pack, row.area) for row in RULES.areas if not row.source} == set()
