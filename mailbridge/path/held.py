"""Held mail: what a person, or its author by "this was me", decides about it (design.md D9).

A release takes the same path and the same gate as any mail; only the named doubts are taken away. Refusing a held
message is `Store.refuse_held`.
"""

from mailbridge.domain.facts import Pardon
from mailbridge.domain.ids import RecordId
from mailbridge.path.bridge import Bridge
from mailbridge.path.receive import reconsider
from mailbridge.policy.plan import HoldReason, Plan

_LEAKS = frozenset({HoldReason.LEAK_GATE, HoldReason.GATE_BROKEN})


def release(record_id: RecordId, bridge: Bridge, *, despite_leak: bool = False) -> tuple[Plan, ...]:
    """Send a held message on: author, rules and spam are pardoned; a leak only with `despite_leak`.

    Returns the plan it came to; HELD there means that it still waits, for the reason named in it. Raises NotFound, and
    Conflict when it is held no more.
    """
    held = bridge.store.held_record(record_id)
    pardon = Pardon(author_confirmed=True, content_released=True, leak_accepted=despite_leak and held.hold in _LEAKS)
    return reconsider(held.envelope, record_id, pardon, bridge)


def confirm(record_id: RecordId, bridge: Bridge) -> tuple[Plan, ...]:
    """The author said "this was me": his doubt is taken away, rules and gate judge as always. Raises as `release`."""
    held = bridge.store.held_record(record_id)
    return reconsider(held.envelope, record_id, Pardon(author_confirmed=True), bridge)
