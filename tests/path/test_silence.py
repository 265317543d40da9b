"""Long silences through the whole path, in simulated time: the marketplace is called, or it is closed (S-31, S-56)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mailbridge.domain.delivery import PostKind
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Role
from mailbridge.domain.reply import ACCEPTED
from mailbridge.domain.thread import Area, Thread, ThreadState
from mailbridge.path.silence import plan_after_silence
from mailbridge.policy.areas import AreaRow, Silence
from mailbridge.store.clockrecords import DueAsked
from mailbridge.store.threadrecords import ThreadsAsked
from tests.path.world import BUYER, CONTACT, OPERATOR, SELLER, World, a_text, a_world, answer_to, trade

NUMBERS = Silence(market_joins_days=7, close_days=30, close_ended_days=14)
DAY = timedelta(days=1)
_SEEN: set[str] = set()
DISPUTE = CONTACT.replace("@", ".dispute-48213@")


@contextmanager
def _world(folder: Path, silence: Silence = NUMBERS, *, zone: str = "Europe/Warsaw") -> Iterator[World]:
    batch = trade()
    [market] = batch.marketplaces
    own = replace(market, time_zone=zone, own_domains=("market.example",))
    with a_world(folder, replace(batch, marketplaces=(own,))) as world:
        shipped = world.bridge.rules()
        link = "https://market.example/o/{order}"
        row = AreaRow(area=Area.DISPUTE, pack="general", silence=silence, link=link)
        rules = replace(shipped, areas=(row, *shipped.areas))
        world.bridge = replace(world.bridge, rules=lambda: rules)
        yield world


def _disputed(world: World) -> Message:
    """A buyer's dispute; what the shop gets."""
    assert world.mail(a_text(BUYER, DISPUTE, "It is broken."), DISPUTE) == (ACCEPTED,)
    [(_, asked)] = world.take(PostKind.RELAY)
    return asked


def _thread(world: World) -> Thread:
    [row] = world.bridge.store.threads(10)
    return row.thread


def _look(world: World, at: datetime) -> list[tuple[str, Message]]:
    """What is sent for a silence at this moment, and to whom."""
    world.now = at
    plan_after_silence(world.bridge)
    sent = world.run_intents()
    found = [
        (claimed.delivery.forward_path.addr_spec, message)
        for claimed, message in sent
        if claimed.delivery.forward_path.addr_spec == OPERATOR and claimed.delivery.message_id not in _SEEN
    ]
    # Nothing is really sent here, so what was leased before comes again.
    _SEEN.update(claimed.delivery.message_id for claimed, _ in sent)
    return found


def test_S31_after_a_long_silence_the_marketplace_is_called_once(tmp_path: Path) -> None:
    with _world(tmp_path) as world:
        begun = world.now
        _disputed(world)
        assert _look(world, begun + 7 * DAY - timedelta(seconds=1)) == []
        [(to, mail)] = _look(world, begun + 7 * DAY)
        assert to == OPERATOR
        text = mail.body.plain or ""
        for said in ("7 days", "Acme", "Anna K.", "48213", _thread(world).id, "https://market.example/o/48213"):
            assert said in text, said
        assert _thread(world).market_joined_at == begun + 7 * DAY
        assert _thread(world).state is ThreadState.OPEN
        assert [_look(world, begun + days * DAY) for days in (7, 8, 29)] == [[], [], []]
        [row] = world.bridge.store.list_threads(ThreadsAsked(limit=5, market_joined=True))
        assert row.thread.id == _thread(world).id


def test_S31_whoever_writes_begins_the_silence_anew(tmp_path: Path) -> None:
    with _world(tmp_path) as world:
        begun = world.now
        asked = _disputed(world)
        world.now = begun + 6 * DAY
        to, octets = answer_to(asked, SELLER, "We look into it.")
        assert world.mail(octets, to) == (ACCEPTED,)
        assert _look(world, begun + 12 * DAY) == []
        assert len(_look(world, begun + 13 * DAY)) == 1


def test_S56_one_in_progress_is_closed_after_its_days_and_its_clocks_hear_of_it(tmp_path: Path) -> None:
    with _world(tmp_path, Silence(close_days=30)) as world:
        begun = world.now
        _disputed(world)
        _look(world, begun + 30 * DAY - timedelta(seconds=1))
        assert _thread(world).state is ThreadState.OPEN
        assert world.bridge.store.due(DueAsked(until=world.now + 9 * DAY)) != ()
        assert _look(world, begun + 30 * DAY) == []
        assert _thread(world).state is ThreadState.CLOSED
        assert world.bridge.store.due(DueAsked(until=world.now + 9 * DAY)) == ()
        # late mail of the buyer opens it again, and silence is counted from it
        world.take()
        alias = world.bridge.store.pair_called(market="market", seller="s1", buyer="b1", now=world.now).alias_of_seller
        to = alias.address.addr_spec
        mail = a_text(
            BUYER, to, "Still broken.", subject=f"Re: [{_thread(world).reference}]", Message_ID="<9@c.example>"
        )
        assert world.mail(mail, to) == (ACCEPTED,)
        assert _thread(world).state is ThreadState.OPEN
        _look(world, begun + 59 * DAY)
        assert _thread(world).state is ThreadState.OPEN
        _look(world, begun + 60 * DAY)
        assert _thread(world).state is ThreadState.CLOSED


@pytest.mark.parametrize("word", ["#resolved", "#unresolved"])
def test_S56_one_that_has_ended_is_closed_after_fewer_days(tmp_path: Path, word: str) -> None:
    with _world(tmp_path) as world:
        begun = world.now
        asked = _disputed(world)
        to, octets = answer_to(asked, SELLER, "We send another.")
        assert world.mail(octets, to) == (ACCEPTED,)
        [(_, told)] = world.take(PostKind.RELAY)
        to, octets = answer_to(told, BUYER, word)
        assert world.mail(octets, to) == (ACCEPTED,)
        ended = _thread(world).state
        assert ended in {ThreadState.RESOLVED, ThreadState.UNRESOLVED}
        _look(world, begun + 13 * DAY)
        assert _thread(world).state is ended
        _look(world, begun + 14 * DAY)
        assert _thread(world).state is ThreadState.CLOSED


def test_S31_one_that_is_opened_again_is_the_two_people_s_alone(tmp_path: Path) -> None:
    with _world(tmp_path, Silence(market_joins_days=7)) as world:
        begun = world.now
        _disputed(world)
        assert len(_look(world, begun + 7 * DAY)) == 1
        thread = _thread(world)
        world.bridge.store.change_state(thread.id, ThreadState.CLOSED, "", world.now)
        assert _look(world, begun + 20 * DAY) == []
        world.bridge.store.change_state(thread.id, ThreadState.OPEN, "", world.now)
        assert _thread(world).market_joined_at is None
        assert len(_look(world, begun + 21 * DAY)) == 1


def test_S56_without_numbers_nothing_follows_and_a_rule_that_comes_holds_for_what_runs(tmp_path: Path) -> None:
    with _world(tmp_path, Silence()) as world:
        begun = world.now
        _disputed(world)
        _look(world, begun + 900 * DAY)
        assert _thread(world).state is ThreadState.OPEN
        rules = world.bridge.rules()
        first = replace(rules.areas[0], silence=Silence(close_days=30))
        changed = replace(rules, areas=(first, *rules.areas[1:]))
        world.bridge = replace(world.bridge, rules=lambda: changed)
        _look(world, begun + 901 * DAY)
        assert _thread(world).state is ThreadState.CLOSED


def test_F34_a_clock_that_jumps_back_closes_nothing_early_and_nothing_twice(tmp_path: Path) -> None:
    with _world(tmp_path) as world:
        begun = world.now
        world.now = begun + 400 * DAY  # the clock is wrong when the mail comes
        _disputed(world)
        assert _look(world, begun + 30 * DAY) == []
        assert _thread(world).state is ThreadState.OPEN
        assert len(_look(world, begun + 407 * DAY)) == 1
        assert _look(world, begun + 399 * DAY) == []  # set back once more
        assert _look(world, begun + 408 * DAY) == []


def test_S31_days_are_those_of_the_marketplace_s_wall(tmp_path: Path) -> None:
    with _world(tmp_path) as world:
        world.now = datetime(2026, 10, 20, 10, 0, tzinfo=UTC)  # noon in Warsaw, where the clocks go back on the 25th
        _disputed(world)
        noon = datetime(2026, 10, 27, 12, 0, tzinfo=ZoneInfo("Europe/Warsaw")).astimezone(UTC)
        assert _look(world, noon - timedelta(minutes=1)) == []
        assert len(_look(world, noon)) == 1


def test_S31_who_answers_while_it_is_planned_is_not_passed_over(tmp_path: Path) -> None:
    with _world(tmp_path) as world:
        begun = world.now
        asked = _disputed(world)
        world.now = begun + 7 * DAY
        plan_after_silence(world.bridge)
        to, octets = answer_to(asked, SELLER, "We look into it.")
        assert world.mail(octets, to) == (ACCEPTED,)
        assert _look(world, world.now) == []
        assert _thread(world).market_joined_at is None
        assert _thread(world).last_by is Role.SELLER


def test_D9_other_kinds_of_conversation_have_their_own_numbers(tmp_path: Path) -> None:
    with _world(tmp_path) as world:
        begun = world.now
        assert world.mail(a_text(BUYER, CONTACT, "Is it blue?"), CONTACT) == (ACCEPTED,)
        _look(world, begun + 900 * DAY)
        assert _thread(world).state is ThreadState.OPEN
