"""What a long silence does to a conversation: the marketplace is called to it, or it is closed (S-31, S-56).

A pure function of the conversation, the numbers of its area and now. Days are days by the wall clock of the
marketplace: what was written at nine is a week old at nine. Where the machine's clock was set back (F-34) a silence
only begins later; nothing is undone. Changes nothing: the path commits what follows.
"""

import enum
from datetime import UTC, datetime, timedelta, tzinfo

from mailbridge.domain.thread import Thread, ThreadState
from mailbridge.policy.areas import Silence

_ENDED = frozenset({ThreadState.RESOLVED, ThreadState.UNRESOLVED})


class SilenceStep(enum.Enum):
    """What follows."""

    #: the marketplace is called: once, as long as the conversation is open
    MARKET_JOINS = "market_joins"
    CLOSE = "close"


def days_after(at: datetime, days: int, zone: tzinfo) -> datetime:
    """So many days later at the same time by the wall clock there, aware UTC; `at` is aware."""
    return (at.astimezone(zone) + timedelta(days=days)).astimezone(UTC)


def days_silent(thread: Thread, now: datetime, zone: tzinfo) -> int:
    """For how many whole days, counted in the same way, nobody has written; 0 where nobody ever did."""
    if thread.last_at is None:
        return 0
    then, today = (at.astimezone(zone).replace(tzinfo=None) for at in (thread.last_at, now))
    return max(0, (today - then) // timedelta(days=1))


def wanted(state: ThreadState, silence: Silence) -> tuple[tuple[SilenceStep, int], ...]:
    """What may follow in a conversation in this state, and after how many days; what ends it first."""
    steps: dict[SilenceStep, int | None] = {}
    if state is ThreadState.OPEN:
        steps = {SilenceStep.CLOSE: silence.close_days, SilenceStep.MARKET_JOINS: silence.market_joins_days}
    elif state in _ENDED:
        steps = {SilenceStep.CLOSE: silence.close_ended_days}
    return tuple((step, days) for step, days in steps.items() if days)


def step_due(thread: Thread, silence: Silence, now: datetime, zone: tzinfo) -> SilenceStep | None:
    """What is to happen to this conversation now; None for nothing."""
    if thread.last_at is None:
        return None
    for step, days in wanted(thread.state, silence):
        is_done = step is SilenceStep.MARKET_JOINS and thread.market_joined_at is not None
        if not is_done and now >= days_after(thread.last_at, days, zone):
            return step
    return None
