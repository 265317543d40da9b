"""Decides whether somebody may end a conversation or reopen it, and what mail to an ended one does (S-31, S-56, S-82).

Who may what is data of the area (`areas.py`). Changes nothing: the path commits the state beside the message.
"""

import enum

from mailbridge.domain.parties import Role
from mailbridge.domain.thread import Actor, LateMail, Move, ThreadState
from mailbridge.policy.areas import AreaTerms

_LEADS_TO = {
    Move.CLOSE: ThreadState.CLOSED,
    Move.RESOLVE: ThreadState.RESOLVED,
    Move.GIVE_UP: ThreadState.UNRESOLVED,
    Move.REOPEN: ThreadState.OPEN,
}


class NotMoved(enum.Enum):
    """Why a conversation stays as it is; the value names the sentence that people read."""

    #: it is in that state already
    SO_ALREADY = "so_already"
    #: it has ended in another way: it must be opened again first
    ENDED_OTHERWISE = "ended_otherwise"
    #: in this kind of conversation that is for somebody else
    NOT_YOURS = "not_yours"
    #: the buyer has written again since the seller was asked
    WROTE_AGAIN = "wrote_again"
    #: the clock of this marketplace does not know "no reply needed"
    NO_CLOCK = "no_clock"


def moved(state: ThreadState, move: Move, actor: Actor, terms: AreaTerms) -> ThreadState | NotMoved:
    """The state after this move, or why it is refused."""
    wanted = _LEADS_TO[move]
    if state is wanted:
        return NotMoved.SO_ALREADY
    if actor not in terms.may.get(move, frozenset()):
        return NotMoved.NOT_YOURS
    if state is not ThreadState.OPEN and wanted is not ThreadState.OPEN:
        return NotMoved.ENDED_OTHERWISE
    return wanted


def late_mail(state: ThreadState, author: Role, terms: AreaTerms) -> LateMail | None:
    """What mail of this side does to a conversation in this state; None where it has not ended."""
    if state is ThreadState.OPEN:
        return None
    return terms.late_mail.get(author, LateMail.REOPEN)
