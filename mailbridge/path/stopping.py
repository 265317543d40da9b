"""Gives a seller time to stop his message, where his setting and the clock of its conversation leave some (N-15).

What waits is recorded like mail whose files are looked into: `screening.py` takes it up again when its time is over.
What stops it is `acting.py`; which of the two is first is settled by the commit.
"""

from mailbridge.domain.message import Message
from mailbridge.path.bridge import Bridge
from mailbridge.path.leg import Leg
from mailbridge.policy.plan import Plan
from mailbridge.policy.undo import is_clock_short, waits_for, with_undo


def with_time_to_stop(leg: Leg, message: Message, bridge: Bridge) -> Plan:
    """The plan of this leg, or that it waits for its author to stop it."""
    plan, facts = leg.plan, leg.facts
    wait = waits_for(plan, facts)
    thread_id = plan.route.thread_id if plan.route is not None else None
    if wait and thread_id is not None:
        due = bridge.store.running_until(thread_id)
        if is_clock_short(due, facts.now, bridge.settings.undo_clock_short):
            return plan
    return with_undo(plan, wait, message, facts) if wait else plan
