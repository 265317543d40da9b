"""Decides whether a seller's message waits for him to stop it, and how long (N-15).

By his own setting, and only where it would go out now, he can be told, and the clock of the conversation leaves time. A
word alone, a note, what is refused or held needs no undo: nothing of it goes out.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from mailbridge.domain.facts import Facts, Pardon
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Direction, Seller
from mailbridge.policy.notices import notices_to_author
from mailbridge.policy.plan import Disposition, NoticeKind, Plan
from mailbridge.policy.planning import screening


def waits_for(plan: Plan, facts: Facts) -> timedelta:
    """How long the message of this plan waits by its author's wish; 0 for not at all."""
    author, route = facts.author, plan.route
    if not isinstance(author, Seller) or not author.undo_s or route is None or facts.pardon != Pardon():
        return timedelta(0)
    goes_out = plan.disposition is Disposition.RELAYED and route.direction is Direction.TO_BUYER
    return timedelta(seconds=author.undo_s) if goes_out else timedelta(0)


def is_clock_short(due: tuple[datetime, ...], now: datetime, short: timedelta) -> bool:
    """True where an answer is due within `short`, or late, by one of the clocks that run."""
    return any(at - now <= short for at in due)


def with_undo(plan: Plan, wait: timedelta, message: Message, facts: Facts) -> Plan:
    """The same message taken, to go out when its author had his time; as it is where he can not be told."""
    told = notices_to_author(NoticeKind.UNDO_OFFERED, message, facts)
    if not wait or not told:
        return plan
    waiting = screening(plan, "undo")
    return replace(waiting, notices=told, intents=tuple(replace(intent, after=wait) for intent in waiting.intents))
