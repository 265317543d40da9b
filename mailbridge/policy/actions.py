"""Decides which one-use actions a seller is offered below a message of his buyer, and what the use of one comes to.

What a conversation allows is data of its area (`transitions.py`), what a clock knows is data of the clock. Changes
nothing: the path commits it.
"""

from collections.abc import Mapping
from typing import Final

from mailbridge.domain.clocks import ClockEventKind
from mailbridge.domain.facts import ActionKind
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Role
from mailbridge.domain.thread import Actor, Move, Thread, ThreadState
from mailbridge.policy.areas import AreaTerms
from mailbridge.policy.clocks import Clock
from mailbridge.policy.transitions import NotMoved, moved

#: actions that end a conversation or open it again, in the order in which they are offered
MOVES: Final[Mapping[ActionKind, Move]] = {
    ActionKind.CLOSE: Move.CLOSE,
    ActionKind.RESOLVE: Move.RESOLVE,
    ActionKind.GIVE_UP: Move.GIVE_UP,
    ActionKind.REOPEN: Move.REOPEN,
}


#: what a seller does by a one-use address with a conversation, or with a message that waits
ACTIONS: Final = frozenset({*MOVES, ActionKind.NO_REPLY_NEEDED, ActionKind.STOP_SENDING})


#: what each of these is to a clock, the gentlest first; nobody ends a wait by calling it unresolved
_ENDS_THE_WAIT: Final[Mapping[ActionKind, ClockEventKind]] = {
    ActionKind.NO_REPLY_NEEDED: ClockEventKind.NO_REPLY_NEEDED,
    ActionKind.CLOSE: ClockEventKind.CLOSED,
    ActionKind.RESOLVE: ClockEventKind.CLOSED,
}


def offered(state: ThreadState, terms: AreaTerms, clock: Clock | None) -> tuple[ActionKind, ...]:
    """What the seller may do now in a conversation in this state, beside answering."""
    found = [ActionKind.NO_REPLY_NEEDED] if knows_no_reply_needed(clock) and state is ThreadState.OPEN else []
    may = (kind for kind, move in MOVES.items() if isinstance(moved(state, move, Actor.SELLER, terms), ThreadState))
    return (*found, *may)


def knows_no_reply_needed(clock: Clock | None) -> bool:
    """Whether this clock can be told that the buyer waits for nothing (N-10)."""
    return clock is not None and ClockEventKind.NO_REPLY_NEEDED in clock.excused_by


def without_answer(kinds: tuple[ActionKind, ...], clock: Clock | None) -> ActionKind | None:
    """Of these the one that ends the buyer's wait without an answer, by this clock; None where none of them does.

    "No reply needed" leaves the conversation open, so it comes first.
    """
    excuses = clock.excused_by if clock is not None else frozenset()
    return next((kind for kind, event in _ENDS_THE_WAIT.items() if kind in kinds and event in excuses), None)


def moved_by(kind: ActionKind, thread: Thread, terms: AreaTerms, *, is_overtaken: bool) -> ThreadState | NotMoved:
    """What the conversation becomes by this action of its seller, or why it stays as it is.

    `is_overtaken`: the buyer has written again since it was offered; nobody ends what he has not read.
    """
    move = MOVES[kind]
    after = moved(thread.state, move, Actor.SELLER, terms)
    if isinstance(after, ThreadState) and is_overtaken and move is not Move.REOPEN:
        return NotMoved.WROTE_AGAIN
    return after


def answers_newest(message: Message, thread: Thread) -> bool:
    """False for an answer of the seller to an older message than the newest of his buyer that he got."""
    of_buyer = [ids.for_seller for ids in thread.message_ids if ids.text is not None and ids.text.reader is Role.SELLER]
    named = {*message.in_reply_to, *message.references[-1:]}
    return not of_buyer or of_buyer[-1] in named or named.isdisjoint(of_buyer)
