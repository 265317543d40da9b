"""Held mail: what a person, or its author by "this was me", decides about it (design.md D9).

A release takes the same path and the same gate as any mail; only the named doubts are taken away.
"""

from collections.abc import Callable
from datetime import datetime

from mailbridge.domain.address import RealAddress
from mailbridge.domain.facts import Pardon
from mailbridge.domain.ids import IntentId, RecordId
from mailbridge.domain.outreach import Reason
from mailbridge.domain.parties import Mailbox
from mailbridge.errors import NotPossible, ScreenerUnavailable
from mailbridge.message.parse import parse
from mailbridge.path.bridge import Bridge
from mailbridge.path.mint import Mint
from mailbridge.path.receive import reconsider
from mailbridge.policy.plan import Disposition, HoldReason, IntentKind, Plan
from mailbridge.store.records import HeldRecord, NewIntent
from mailbridge.store.store import Store

#: holds of mail that came as far as the rules
_AUTHOR_IS_PROVEN = frozenset(
    {
        HoldReason.RULE,
        HoldReason.RULE_BROKEN,
        HoldReason.SECOND_LOOK,
        HoldReason.FILE,
        HoldReason.LEAK_GATE,
        HoldReason.GATE_BROKEN,
        HoldReason.MESSAGING_OFF,
    }
)
_LEAKS = frozenset({HoldReason.LEAK_GATE, HoldReason.GATE_BROKEN, HoldReason.FILE})


def release(record_id: RecordId, bridge: Bridge, *, despite_leak: bool = False) -> tuple[Plan, ...]:
    """Send a held message on: author, rules and spam are pardoned, and files where they are what holds it; a leak only
    with `despite_leak`.

    Returns the plan it came to; HELD there means that it still waits, for the reason named in it. Raises NotFound when
    it never waited, NotPossible when it does not wait any more, Conflict when somebody else settles it meanwhile,
    ScreenerUnavailable when its files could not be looked into: then nothing was changed.
    """
    held = _waiting(record_id, bridge)
    pardon = Pardon(
        author_confirmed=True,
        content_released=True,
        leak_accepted=despite_leak and held.hold in _LEAKS,
        files_accepted=held.hold is HoldReason.FILE,
    )
    return _go_on(held, pardon, bridge)


def confirm(record_id: RecordId, bridge: Bridge) -> tuple[Plan, ...]:
    """The author said "this was me": his doubt is taken away, rules and gate judge as always. Raises as `release`."""
    return _go_on(_waiting(record_id, bridge), Pardon(author_confirmed=True), bridge)


def send_repaired(record_id: RecordId, bridge: Bridge) -> tuple[Plan, ...]:
    """The author of a refused message wants it to go without what its rules stop; rules and gate judge what is left.

    Raises NotFound when it was never refused, NotPossible when it is refused no more, Conflict when somebody else
    settles it meanwhile.
    """
    refused = bridge.store.refused_record(record_id)
    # Its author was proven when it came, and the action address went to him alone.
    pardon = Pardon(author_confirmed=True, without_offence=True)
    return reconsider(refused.envelope, refused.record_id, pardon, bridge)


def send_with_reason(record_id: RecordId, reason: Reason, bridge: Bridge) -> tuple[Plan, ...]:
    """The seller of a refused message said why he starts it: it is judged anew. Raises as `send_repaired`."""
    refused = bridge.store.refused_record(record_id)
    return reconsider(refused.envelope, refused.record_id, Pardon(author_confirmed=True, reason=reason), bridge)


def refuse(record_id: RecordId, store: Store, clock: Callable[[], datetime]) -> None:
    """A person decided that a held message goes nowhere; its author hears it, where he is known and proven.

    Raises NotFound when it was never held, NotPossible when it is held no more.
    """
    held, now = store.held_record(record_id), clock()
    tell = NewIntent(
        id=IntentId(Mint(clock).new_id()),
        kind=IntentKind.TELL_REFUSED,
        due_at=now,
        thread_id=held.thread_id,
        record_id=record_id,
        unique_key=f"refused:{record_id}",
    )
    store.refuse_held(record_id, now, tell=(tell,) if held.hold in _AUTHOR_IS_PROVEN and held.thread_id else ())


def _waiting(record_id: RecordId, bridge: Bridge) -> HeldRecord:
    held = bridge.store.held_record(record_id)
    if held.state != "held":
        why = "it is being screened" if held.state == Disposition.SCREENING.value else f"it was {held.state}"
        raise NotPossible(f"{record_id} is not held any more: {why}")
    return held


def _go_on(held: HeldRecord, pardon: Pardon, bridge: Bridge) -> tuple[Plan, ...]:
    """Reconsider; a new address whose message is let go is its party's from now on (D9)."""
    plans = reconsider(held.envelope, held.record_id, pardon, bridge)
    if any(plan.disposition is Disposition.SCREENING for plan in plans):
        raise ScreenerUnavailable(f"the files of {held.record_id} could not be looked into in time: try again")
    author = parse(held.envelope.content).author
    if held.hold is not HoldReason.NEW_ADDRESS or any(plan.disposition is Disposition.HELD for plan in plans):
        return plans
    if author is not None and held.thread_id is not None and held.direction is not None:
        mailbox = Mailbox(address=RealAddress(author.addr_spec), is_primary=False)
        bridge.store.adopt_mailbox(held.thread_id, held.direction.author_role, mailbox, bridge.clock())
    return plans
