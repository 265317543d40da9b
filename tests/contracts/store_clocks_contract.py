"""What every database must do for deadlines: moved by the commit of a mail, listed by urgency, told once, counted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbridge.domain.clocks import ClockEvent, ClockEventKind, Ending, Round, WhichClock
from mailbridge.domain.facts import ActionDestination, ActionKind
from mailbridge.domain.ids import ThreadId
from mailbridge.domain.parties import Role
from mailbridge.errors import NotFound
from mailbridge.policy.clocks import Clock, Tick, tick_of
from mailbridge.store.clockrecords import ClockChange, DueAsked
from mailbridge.store.records import LegRecord, NewAction
from tests.store.world import ANNA, SHOP, START, World, a_message

Kind = ClockEventKind
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CLOCK = Clock(
    id="t.clock",
    pack="general",
    text={"en": "x"},
    within=24 * HOUR,
    starts=frozenset({Kind.OPENED, Kind.BUYER_WROTE}),
    answered_by=frozenset({Kind.SELLER_WROTE, Kind.ACKNOWLEDGED}),
    excused_by=frozenset({Kind.NO_REPLY_NEEDED}),
    warns=4 * HOUR,
)


def _tick(world: World, kind: Kind) -> Tick:
    return tick_of(ClockEvent(kind=kind, at=world.clock.now), CLOCK)


def _opened(world: World, subject: str = "Question") -> LegRecord:
    message = a_message(ANNA, subject=subject)
    facts = world.facts(world.contact(), message)
    leg = replace(world.first_leg(facts, message), tick=_tick(world, Kind.OPENED))
    world.commit(facts, message, leg)
    return leg


def _wrote(world: World, role: Role, *, expects: bool = False) -> LegRecord:
    author = SHOP if role is Role.SELLER else ANNA
    message = a_message(author)
    facts = world.facts(world.alias(role.other), message, from_=author)
    kind = Kind.SELLER_WROTE if role is Role.SELLER else Kind.BUYER_WROTE
    leg = replace(world.reply_leg(facts, message, expects=expects), tick=_tick(world, kind))
    world.commit(facts, message, leg)
    return leg


def _thread_id(leg: LegRecord) -> ThreadId:
    assert leg.thread is not None
    return leg.thread.id


def _rounds(world: World, leg: LegRecord, which: WhichClock = WhichClock.HONEST) -> tuple[Round, ...]:
    return world.store.rounds(_thread_id(leg))[which]


def _happens(world: World, leg: LegRecord, kind: Kind) -> None:
    world.store.tick(ClockChange(thread_id=_thread_id(leg), tick=_tick(world, kind)))


class ClocksContract:
    """Deadlines of conversations."""

    def test_a_first_mail_starts_both_clocks_in_its_commit(self, world: World) -> None:
        leg = _opened(world)
        expected = Round(number=1, clock="t.clock", started_at=START, due_at=START + DAY)
        assert world.store.rounds(_thread_id(leg)) == dict.fromkeys(WhichClock, (expected,))

    def test_a_mail_that_is_not_kept_moves_no_clock(self, world: World) -> None:
        leg = _opened(world)
        message = a_message(ANNA)
        facts = world.facts(world.alias(Role.SELLER), message)
        late = replace(world.reply_leg(facts, message), expected_version=99, tick=_tick(world, Kind.SELLER_WROTE))
        with pytest.raises(Exception, match="another version"):
            world.commit(facts, message, late)
        assert [one.is_running for one in _rounds(world, leg)] == [True]

    def test_an_answer_ends_the_round_and_the_next_question_begins_another(self, world: World) -> None:
        leg = _opened(world)
        world.clock.now += 3 * HOUR
        _wrote(world, Role.SELLER)
        world.clock.now += HOUR
        _wrote(world, Role.BUYER)
        first, second = _rounds(world, leg)
        assert (first.ended_at, first.ending, first.answered_in) == (START + 3 * HOUR, Ending.ANSWERED, 3 * HOUR)
        assert second == Round(number=2, clock="t.clock", started_at=START + 4 * HOUR, due_at=START + 28 * HOUR)
        assert _rounds(world, leg, WhichClock.MARKET) == (first, second)

    def test_an_acknowledgement_stops_the_market_s_clock_only(self, world: World) -> None:
        leg = _opened(world)
        _happens(world, leg, Kind.ACKNOWLEDGED)
        assert [one.ending for one in _rounds(world, leg, WhichClock.MARKET)] == [Ending.ANSWERED]
        assert [one.is_running for one in _rounds(world, leg)] == [True]
        [row] = world.store.due(DueAsked(until=START + DAY, limit=9))
        assert (row.market, row.honest.due_at) == (None, START + DAY)

    def test_what_happens_in_no_conversation_is_named(self, world: World) -> None:
        with pytest.raises(NotFound):
            world.store.tick(ClockChange(thread_id=ThreadId("nothing"), tick=_tick(world, Kind.NO_REPLY_NEEDED)))

    def test_what_is_due_is_listed_by_urgency_with_its_people(self, world: World) -> None:
        first = _opened(world)
        world.clock.now += HOUR
        second = _opened(world, subject="Another")
        assert world.store.due(DueAsked(until=START + DAY - HOUR, limit=9)) == ()
        rows = world.store.due(DueAsked(until=START + 25 * HOUR, limit=9))
        assert [row.thread.id for row in rows] == [_thread_id(first), _thread_id(second)]
        row = rows[0]
        assert (row.marketplace.name, row.seller.name, row.buyer.handle, row.seller_reference) == (
            *("Market", "Acme", "anna", "s1"),
        )
        assert row.alias_of_buyer is not None
        assert row.alias_of_buyer.address.addr_spec == world.alias(Role.BUYER)
        assert (row.honest, row.market, row.newest_record) == (
            Round(number=1, clock="t.clock", started_at=START, due_at=START + DAY),
            Round(number=1, clock="t.clock", started_at=START, due_at=START + DAY),
            first.record_id,
        )
        assert [row.thread.id for row in world.store.due(DueAsked(until=START + 25 * HOUR, limit=1))] == [
            _thread_id(first)
        ]
        seller_id = row.seller.id
        assert len(world.store.due(DueAsked(until=START + 25 * HOUR, seller_id=seller_id))) == 2
        assert world.store.count_due(DueAsked(until=START + DAY, seller_id=seller_id)) == 1
        assert world.store.sellers_with_due(DueAsked(until=START + DAY)) == ((row.seller, row.marketplace),)
        assert world.store.sellers_with_due(DueAsked(until=START)) == ()
        since = START + DAY + HOUR  # the first was due before
        asked = DueAsked(since=since, until=since + DAY, seller_id=seller_id)
        assert [row.thread.id for row in world.store.due(asked)] == [_thread_id(second)]
        assert world.store.count_due(asked) == 1

    def test_what_is_answered_or_excused_is_due_no_more(self, world: World) -> None:
        leg = _opened(world)
        _happens(world, leg, Kind.NO_REPLY_NEEDED)
        assert world.store.due(DueAsked(until=START + 9 * DAY, limit=9)) == ()
        assert [one.ending for one in _rounds(world, leg)] == [Ending.EXCUSED]

    def test_each_deadline_is_told_once_as_near_and_once_as_missed(self, world: World) -> None:
        leg = _opened(world)
        assert world.store.take_told(START + 20 * HOUR - timedelta(microseconds=1), 9) == ()
        near = world.store.take_told(START + 20 * HOUR, 9)
        assert {(told.thread_id, told.which, told.is_missed) for told in near} == {
            (_thread_id(leg), which, False) for which in WhichClock
        }
        assert world.store.take_told(START + 23 * HOUR, 9) == ()
        assert {(told.which, told.is_missed) for told in world.store.take_told(START + DAY, 9)} == {
            (which, True) for which in WhichClock
        }
        assert world.store.take_told(START + 900 * DAY, 9) == ()

    def test_F34_a_machine_that_slept_over_the_warning_tells_that_it_is_missed_and_no_more(self, world: World) -> None:
        _opened(world)
        assert [told.is_missed for told in world.store.take_told(START + 30 * DAY, 9)] == [True, True]
        assert world.store.take_told(START + 30 * DAY, 9) == ()
        assert world.store.take_told(START, 9) == ()

    def test_nothing_is_told_of_what_was_answered(self, world: World) -> None:
        _opened(world)
        _wrote(world, Role.SELLER)
        assert world.store.take_told(START + 9 * DAY, 9) == ()

    def test_late_shares_count_what_was_answered_or_should_have_been(self, world: World) -> None:
        for answered_after in (1, 30, None):  # in time; late; never
            leg = _opened(world, subject=f"Question {answered_after}")
            if answered_after is not None:
                world.clock.now += answered_after * HOUR
                _happens(world, leg, Kind.SELLER_WROTE)
            world.clock.now += 2 * DAY
        excused = _opened(world, subject="Thanks")
        _happens(world, excused, Kind.NO_REPLY_NEEDED)
        _opened(world, subject="Not due yet")
        shares = world.store.late_shares(world.clock.now, (4, 90))
        assert [(one.marketplace, one.seller, one.which, one.days, one.counted, one.late) for one in shares] == [
            ("m", "s1", WhichClock.HONEST, 4, 1, 1),
            ("m", "s1", WhichClock.HONEST, 90, 3, 2),
            ("m", "s1", WhichClock.MARKET, 4, 1, 1),
            ("m", "s1", WhichClock.MARKET, 90, 3, 2),
        ]
        assert [round(one.share, 2) for one in shares] == [1.0, 0.67, 1.0, 0.67]

    def test_F34_an_answer_before_its_question_is_no_negative_wait(self, world: World) -> None:
        leg = _opened(world)
        world.clock.now -= 30 * DAY
        _wrote(world, Role.SELLER)
        [one] = _rounds(world, leg)
        assert (one.ended_at, one.answered_in) == (START, timedelta(0))

    def test_no_reply_needed_is_over_when_the_buyer_has_written_again(self, world: World) -> None:
        leg = _opened(world)
        assert world.store.newest_of_buyer(_thread_id(leg)) == leg.record_id
        token = "abcdefghijklmnop" * 2
        action = NewAction(
            token_hash=world.store.action_hash(token),
            kind=ActionKind.NO_REPLY_NEEDED,
            record_id=leg.record_id,
            expires_at=START + 9 * DAY,
        )
        message = a_message(SHOP)
        facts = world.facts(world.alias(Role.BUYER), message, from_=SHOP)
        world.commit(facts, message, replace(world.reply_leg(facts, message), actions=(action,)))
        address = f"act-{token}@alias.example"
        found = world.store.destination(address)
        assert isinstance(found, ActionDestination)
        assert (found.is_expired, found.record_id) == (False, leg.record_id)
        world.clock.now += HOUR
        again = _wrote(world, Role.BUYER)
        assert world.store.newest_of_buyer(_thread_id(leg)) == again.record_id
        found = world.store.destination(address)
        assert isinstance(found, ActionDestination)
        assert found.is_expired
