"""What a seller is offered, what its use comes to, and when a message waits for him (N-11, N-15)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailbridge.domain.clocks import ClockEventKind
from mailbridge.domain.facts import ActionKind
from mailbridge.domain.ids import BuyerId, MarketplaceId, SellerId, ThreadId
from mailbridge.domain.message import Body, Message
from mailbridge.domain.parties import Role
from mailbridge.domain.thread import Actor, Area, Move, TextMark, Thread, ThreadMessageIds, ThreadState
from mailbridge.policy.actions import ACTIONS, MOVES, answers_newest, moved_by, offered, without_answer
from mailbridge.policy.areas import AreaTerms
from mailbridge.policy.clocks import Clock
from mailbridge.policy.replywords import reply_words
from mailbridge.policy.transitions import NotMoved
from mailbridge.policy.undo import is_clock_short

SELLERS = frozenset({Actor.SELLER})
EVERYTHING = AreaTerms(area=Area.ORDER, may=dict.fromkeys(Move, SELLERS))
NOTHING = AreaTerms(area=Area.ORDER, may=dict.fromkeys(Move, frozenset({Actor.MARKET})))
CLOCK = Clock(
    id="c",
    pack="p",
    text={"en": "c"},
    within=timedelta(hours=24),
    starts=frozenset({ClockEventKind.OPENED}),
    answered_by=frozenset({ClockEventKind.SELLER_WROTE}),
    excused_by=frozenset({ClockEventKind.NO_REPLY_NEEDED}),
)
THREAD = Thread(id=ThreadId("t"), marketplace_id=MarketplaceId("m"), seller_id=SellerId("s"), buyer_id=BuyerId("b"))
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def test_N11_an_open_conversation_may_be_ended_and_an_ended_one_opened() -> None:
    ends = (ActionKind.NO_REPLY_NEEDED, ActionKind.CLOSE, ActionKind.RESOLVE, ActionKind.GIVE_UP)
    assert offered(ThreadState.OPEN, EVERYTHING, CLOCK) == ends
    for state in (ThreadState.CLOSED, ThreadState.RESOLVED, ThreadState.UNRESOLVED):
        assert offered(state, EVERYTHING, CLOCK) == (ActionKind.REOPEN,)


def test_N11_nothing_is_offered_that_the_area_or_the_clock_does_not_know() -> None:
    assert offered(ThreadState.OPEN, NOTHING, None) == ()
    assert offered(ThreadState.OPEN, NOTHING, replace(CLOCK, excused_by=frozenset())) == ()


@pytest.mark.parametrize(
    ("excuses", "kinds", "expected"),
    [
        ({ClockEventKind.NO_REPLY_NEEDED, ClockEventKind.CLOSED}, tuple(ActionKind), ActionKind.NO_REPLY_NEEDED),
        ({ClockEventKind.CLOSED}, tuple(ActionKind), ActionKind.CLOSE),
        ({ClockEventKind.CLOSED}, (ActionKind.NO_REPLY_NEEDED, ActionKind.RESOLVE), ActionKind.RESOLVE),
        ({ClockEventKind.CLOSED}, (ActionKind.NO_REPLY_NEEDED, ActionKind.GIVE_UP, ActionKind.REOPEN), None),
        ({ClockEventKind.NO_REPLY_NEEDED}, (ActionKind.CLOSE,), None),
        (set(), tuple(ActionKind), None),
    ],
)
def test_N10_N11_one_action_ends_the_wait_without_an_answer_the_gentlest(
    excuses: set[ClockEventKind], kinds: tuple[ActionKind, ...], expected: ActionKind | None
) -> None:
    assert without_answer(kinds, replace(CLOCK, excused_by=frozenset(excuses))) is expected
    assert without_answer(kinds, None) is None


@pytest.mark.parametrize("state", ThreadState)
@pytest.mark.parametrize("kind", MOVES)
def test_N11_what_is_offered_is_what_a_use_does(kind: ActionKind, state: ThreadState) -> None:
    thread = replace(THREAD, state=state)
    after = moved_by(kind, thread, EVERYTHING, is_overtaken=False)
    assert isinstance(after, ThreadState) == (kind in offered(state, EVERYTHING, CLOCK))
    assert isinstance(moved_by(kind, thread, NOTHING, is_overtaken=False), NotMoved)


def test_N11_what_the_buyer_wrote_since_stops_an_end_and_no_opening() -> None:
    assert moved_by(ActionKind.CLOSE, THREAD, EVERYTHING, is_overtaken=True) is NotMoved.WROTE_AGAIN
    closed = replace(THREAD, state=ThreadState.CLOSED)
    assert moved_by(ActionKind.REOPEN, closed, EVERYTHING, is_overtaken=True) is ThreadState.OPEN
    assert moved_by(ActionKind.CLOSE, closed, EVERYTHING, is_overtaken=True) is NotMoved.SO_ALREADY


def test_every_move_is_an_action() -> None:
    assert set(MOVES.values()) == set(Move)
    assert set(MOVES) < ACTIONS


def _thread(*readers: Role) -> Thread:
    ids = tuple(
        ThreadMessageIds(
            for_buyer=f"<b{number}@x>",
            for_seller=f"<s{number}@x>",
            text=TextMark(reader=reader, characters=9, digest="d"),
        )
        for number, reader in enumerate(readers)
    )
    return replace(THREAD, message_ids=ids)


@pytest.mark.parametrize(
    ("named", "expected"),
    [((), True), (("<s0@x>",), False), (("<s2@x>",), True), (("<s1@x>",), True), (("<other@x>",), True)],
)
def test_N10_an_answer_to_an_older_message_of_the_buyer_is_known(named: tuple[str, ...], expected: bool) -> None:
    thread = _thread(Role.SELLER, Role.BUYER, Role.SELLER)
    assert answers_newest(Message(in_reply_to=named), thread) is expected
    assert answers_newest(Message(in_reply_to=named), _thread()) is True


@pytest.mark.parametrize(
    "word", ["noreply", "NoReply", "bezodpowiedzi", "nessunarisposta", "senzarisposta", "keineAntwort", "ohneantwort"]
)
def test_N10_no_reply_needed_is_said_in_four_languages(word: str) -> None:
    alone = reply_words(Message(new_text=f"#{word}", body=Body(plain=f"#{word}")))
    assert (alone.needs_no_reply, alone.move, alone.written) == (True, None, frozenset({f"#{word}"}))
    inside = reply_words(Message(new_text=f"There is\nno #{word} here\nany more"))
    assert not inside.needs_no_reply


@pytest.mark.parametrize(
    ("due_in", "short"), [((), False), ((16,), False), ((15,), True), ((-1,), True), ((99, 3), True), ((99, 16), False)]
)
def test_N15_a_short_clock_is_one_of_those_that_run(due_in: tuple[int, ...], short: bool) -> None:
    due = tuple(NOW + timedelta(minutes=minutes) for minutes in due_in)
    assert is_clock_short(due, NOW, timedelta(minutes=15)) is short
