"""Who may end a conversation or open it again, and what late mail does: tables (S-31, S-56, S-82, T12, N-11)."""

import pytest

from mailbridge.domain.message import Message
from mailbridge.domain.parties import Direction, Role
from mailbridge.domain.thread import Actor, Area, LateMail, Move, ThreadState
from mailbridge.policy.areas import AreaTerms
from mailbridge.policy.plan import Route
from mailbridge.policy.replywords import ReplyWords, reply_words
from mailbridge.policy.states import may_begin, with_state
from mailbridge.policy.transitions import NotMoved, late_mail, moved
from mailbridge.resources import data_folder
from mailbridge.rulefiles.read import load_rules
from tests.policy.stage import MARKET, NOW, a_message, a_thread

OPEN, CLOSED = ThreadState.OPEN, ThreadState.CLOSED
RESOLVED, UNRESOLVED = ThreadState.RESOLVED, ThreadState.UNRESOLVED
_ALL = frozenset(Actor)
_FREE = AreaTerms(area=Area.QUESTION, may=dict.fromkeys(Move, _ALL))
_BOUND = AreaTerms(area=Area.DISPUTE, may={Move.RESOLVE: frozenset({Actor.BUYER})})


@pytest.mark.parametrize(
    ("state", "move", "after"),
    [
        (OPEN, Move.CLOSE, CLOSED),
        (OPEN, Move.RESOLVE, RESOLVED),
        (OPEN, Move.GIVE_UP, UNRESOLVED),
        (OPEN, Move.REOPEN, NotMoved.SO_ALREADY),
        (CLOSED, Move.CLOSE, NotMoved.SO_ALREADY),
        (CLOSED, Move.RESOLVE, NotMoved.ENDED_OTHERWISE),
        (CLOSED, Move.GIVE_UP, NotMoved.ENDED_OTHERWISE),
        (CLOSED, Move.REOPEN, OPEN),
        (RESOLVED, Move.CLOSE, NotMoved.ENDED_OTHERWISE),
        (RESOLVED, Move.RESOLVE, NotMoved.SO_ALREADY),
        (RESOLVED, Move.GIVE_UP, NotMoved.ENDED_OTHERWISE),
        (RESOLVED, Move.REOPEN, OPEN),
        (UNRESOLVED, Move.CLOSE, NotMoved.ENDED_OTHERWISE),
        (UNRESOLVED, Move.RESOLVE, NotMoved.ENDED_OTHERWISE),
        (UNRESOLVED, Move.GIVE_UP, NotMoved.SO_ALREADY),
        (UNRESOLVED, Move.REOPEN, OPEN),
    ],
)
def test_S31_S82_each_move_in_each_state(state: ThreadState, move: Move, after: ThreadState | NotMoved) -> None:
    assert moved(state, move, Actor.MARKET, _FREE) is after


def test_S31_only_who_may_moves_it() -> None:
    assert moved(OPEN, Move.RESOLVE, Actor.BUYER, _BOUND) is RESOLVED
    assert moved(OPEN, Move.RESOLVE, Actor.SELLER, _BOUND) is NotMoved.NOT_YOURS
    assert moved(OPEN, Move.CLOSE, Actor.MARKET, _BOUND) is NotMoved.NOT_YOURS


#: area: who may close, resolve, give up, reopen by the shipped rules; what late mail of buyer and seller does
_SHIPPED = {
    Area.QUESTION: ("sm", "bsm", "", "bsm", LateMail.REOPEN, LateMail.REOPEN),
    Area.ORDER: ("sm", "bsm", "", "bsm", LateMail.REOPEN, LateMail.REOPEN),
    Area.DISPUTE: ("m", "bm", "bm", "bm", LateMail.REOPEN, LateMail.KEEP),
    Area.TICKET: ("sm", "", "", "bm", LateMail.REOPEN, LateMail.KEEP),
    Area.ENQUIRY: ("sm", "bsm", "", "bsm", LateMail.REOPEN, LateMail.REOPEN),
    Area.NOTE: ("sm", "", "", "sm", LateMail.NEW, LateMail.REOPEN),
}


@pytest.mark.parametrize("area", Area)
def test_S31_S76_S82_S83_what_ships_says_who_may_what(area: Area) -> None:
    terms = load_rules((data_folder("rules"),)).area_of(MARKET, area, NOW.date())
    *who, buyers, sellers = _SHIPPED[area]
    for move, letters in zip((Move.CLOSE, Move.RESOLVE, Move.GIVE_UP, Move.REOPEN), who, strict=True):
        for actor in Actor:
            is_allowed = not isinstance(moved(*_from(move), actor, terms), NotMoved)
            assert is_allowed == (actor.value[0] in letters), (move, actor)
    assert late_mail(CLOSED, Role.BUYER, terms) is buyers
    assert late_mail(CLOSED, Role.SELLER, terms) is sellers
    assert late_mail(OPEN, Role.BUYER, terms) is None


def _from(move: Move) -> tuple[ThreadState, Move]:
    return (CLOSED if move is Move.REOPEN else OPEN), move


_LATE = AreaTerms(
    area=Area.TICKET,
    may={Move.CLOSE: frozenset({Actor.SELLER}), Move.REOPEN: frozenset({Actor.BUYER})},
    late_mail={Role.BUYER: LateMail.REOPEN, Role.SELLER: LateMail.KEEP},
)
_FROM_BUYER = Route(direction=Direction.TO_SELLER, thread_id=a_thread("t").id)
_FROM_SELLER = Route(direction=Direction.TO_BUYER, thread_id=a_thread("t").id)


@pytest.mark.parametrize(
    ("route", "state", "move", "after", "why_not"),
    [
        (_FROM_BUYER, OPEN, None, None, None),
        (_FROM_BUYER, CLOSED, None, OPEN, None),
        (_FROM_SELLER, CLOSED, None, None, None),
        (_FROM_SELLER, OPEN, Move.CLOSE, CLOSED, None),
        (_FROM_SELLER, CLOSED, Move.CLOSE, None, NotMoved.SO_ALREADY),
        (_FROM_SELLER, CLOSED, Move.REOPEN, None, NotMoved.NOT_YOURS),
        (_FROM_BUYER, CLOSED, Move.REOPEN, OPEN, None),
        (_FROM_BUYER, OPEN, Move.CLOSE, None, NotMoved.NOT_YOURS),
    ],
)
def test_S82_caseT12_a_message_moves_its_conversation(
    route: Route, state: ThreadState, move: Move | None, after: ThreadState | None, why_not: NotMoved | None
) -> None:
    settled = with_state(route, ReplyWords(move=move), a_thread("t", state=state, area=Area.TICKET), _LATE)
    assert (settled.state, settled.not_moved) == (after, why_not)


def test_S76_late_mail_may_begin_another_conversation_about_the_same() -> None:
    terms = AreaTerms(area=Area.NOTE, late_mail={Role.BUYER: LateMail.NEW})
    thread = a_thread("t", state=CLOSED, area=Area.NOTE, order_reference="PL-1")
    settled = with_state(_FROM_BUYER, ReplyWords(), thread, terms)
    assert settled.thread_id is None
    assert settled.opening is not None
    assert (settled.opening.area, settled.opening.order_reference) == (Area.NOTE, "PL-1")


@pytest.mark.parametrize(
    ("text", "subject", "move", "is_private"),
    [
        ("#close\nThank you.", "Re: x", Move.CLOSE, False),
        ("Thank you.\n\n#Close", "Re: x", Move.CLOSE, False),
        ("#CLOSED.", "Re: x", Move.CLOSE, False),
        ("#zamknij", "Re: x", Move.CLOSE, False),
        ("#zamknięte", "Re: x", Move.CLOSE, False),
        ("#chiudi", "Re: x", Move.CLOSE, False),
        ("#schließen", "Re: x", Move.CLOSE, False),
        ("#schliessen", "Re: x", Move.CLOSE, False),
        ("#gelöst", "Re: x", Move.RESOLVE, False),
        ("#rozwiązane", "Re: x", Move.RESOLVE, False),
        ("#risolto", "Re: x", Move.RESOLVE, False),
        ("#unresolved", "Re: x", Move.GIVE_UP, False),
        ("#otwórz", "Re: x", Move.REOPEN, False),
        ("#riapri", "Re: x", Move.REOPEN, False),
        ("#wiederöffnen", "Re: x", Move.REOPEN, False),
        ("Thanks", "[close] Re: x", Move.CLOSE, False),
        ("Thanks", "Re: x [#resolved]", Move.RESOLVE, False),
        ("#private\nHe called twice.", "Re: x", None, True),
        ("Notiz", "Re: x [Notiz]", None, True),
        ("Please #close it", "Re: x", None, False),
        ("One\n#close\nTwo\nThree", "Re: x", None, False),
        ("#closet", "Re: x", None, False),
        ("# close", "Re: x", None, False),
        ("close", "Re: x", None, False),
        ("#1234", "[48213] Re: x", None, False),
    ],
)
def test_N11_words_stand_alone_in_the_first_or_last_line_or_in_brackets(
    text: str, subject: str, move: Move | None, is_private: bool
) -> None:
    words = reply_words(a_message(new_text=text, subject=subject))
    assert (words.move, words.is_private) == (move, is_private)
    assert bool(words.written) == (move is not None or is_private)


@pytest.mark.parametrize(
    ("text", "takes", "assign_to"),
    [
        ("Thanks\n#take", True, ""),
        ("#mine.", True, ""),
        ("#Biorę", True, ""),
        ("#przejmuję", True, ""),
        ("#prendo", True, ""),
        ("#übernehme", True, ""),
        ("#assign Jan Nowak.", False, "Jan Nowak"),
        ("Thanks\n#przydziel Jan", False, "Jan"),
        ("#przypisz Jan", False, "Jan"),
        ("#assegna jan@acme.example", False, "jan@acme.example"),
        ("#zuweisen  Jan", False, "Jan"),
        ("#zuteilen Jan", False, "Jan"),
        ("#take\n#assign Jan", True, "Jan"),
        ("#assign", False, ""),
        ("#assignment Jan", False, ""),
        ("Please #take it", False, ""),
        ("One\n#take\nTwo", False, ""),
    ],
)
def test_S13_words_of_staff_are_read_in_a_sellers_text_only(text: str, takes: bool, assign_to: str) -> None:
    message = a_message(new_text=text, subject="[take] [assign Eva] Re: x")
    words = reply_words(message, Role.SELLER)
    assert (words.takes, words.assign_to) == (takes, assign_to)
    assert bool(words.written) == (takes or bool(assign_to))
    assert reply_words(message, Role.BUYER).written == frozenset()


def test_S77_only_a_note_is_for_the_customer() -> None:
    message = a_message(new_text="#customer\nIt leaves on Monday.", subject="[Kunde] Re: x")
    assert reply_words(message) == ReplyWords()
    words = reply_words(message, is_note=True)
    assert (words.is_for_customer, words.written) == (True, frozenset({"#customer", "[Kunde]"}))


def test_N11_words_above_the_formula_count_and_words_quoted_do_not() -> None:
    signed = Message(new_text="Thank you.\n#close\nRegards\nJan", sign_off="Regards\nJan", quoted_text="#reopen")
    assert reply_words(signed).move is Move.CLOSE


def test_T70_words_of_a_hostile_text_cost_little() -> None:
    hostile = a_message(new_text="#" * 500_000 + "\n" * 500_000, subject="[" * 100_000)
    assert reply_words(hostile, Role.SELLER).written == frozenset()
    spaced = a_message(new_text="#assign" + " " * 500_000 + "x" * 500_000)
    assert reply_words(spaced, Role.SELLER).written == frozenset()


#: area: who may begin such a conversation by the shipped rules
_BEGUN_BY = {
    Area.QUESTION: "bsm",
    Area.ORDER: "bsm",
    Area.DISPUTE: "bm",
    Area.TICKET: "bm",
    Area.ENQUIRY: "bm",
    Area.NOTE: "sm",
}


@pytest.mark.parametrize("area", Area)
def test_S31_S76_S78_S83_S84_what_ships_says_who_begins_what(area: Area) -> None:
    rules = load_rules((data_folder("rules"),))
    begun_by = {actor.value[0] for actor in Actor if may_begin(MARKET, area, actor, NOW.date(), rules)}
    assert begun_by == set(_BEGUN_BY[area])
