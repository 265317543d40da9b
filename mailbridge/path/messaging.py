"""Messaging of a seller is switched off, or on again: he is told, and what was kept for him goes on (S-17).

What is kept is held mail that no person need look at: nothing is wrong with it. It takes the path again, with the same
gate, as soon as somebody wants it; clocks count from its receipt all the same.
"""

from mailbridge.domain.delivery import PostKind
from mailbridge.domain.facts import Pardon
from mailbridge.domain.ids import IntentId, RecordId
from mailbridge.domain.parties import Role
from mailbridge.errors import (
    AuthenticationUnavailable,
    Conflict,
    NotFound,
    NotPossible,
    ScreenerUnavailable,
    StoreError,
)
from mailbridge.events import Event, emit, frames_of
from mailbridge.path.bridge import Bridge
from mailbridge.path.exchange import secrets_towards, terms_of
from mailbridge.path.ownmail import OwnMail, notice_address, posting_of
from mailbridge.path.post import Posting
from mailbridge.path.receive import reconsider
from mailbridge.path.wording import language_for, shown_name
from mailbridge.policy.plan import Disposition, HoldReason, Plan
from mailbridge.policy.planning import KEPT_UNPROVEN
from mailbridge.policy.staff import head_mailbox
from mailbridge.store.records import DueIntent, NewIntent

_AT_ONCE = 100
#: of their surroundings: the same message may go later
_NOT_NOW = (StoreError, ScreenerUnavailable, AuthenticationUnavailable)


def messaging_off(intent: DueIntent, bridge: Bridge) -> Posting | None:
    """Tell a shop that messaging is switched off, and what becomes of messages (S-17); None where it is on again."""
    seller, market = intent.seller, intent.marketplace
    mailbox = head_mailbox(seller) if seller is not None else None
    if seller is None or market is None or mailbox is None or seller.messaging_off_at is None:
        return None
    mail = OwnMail(
        kind=PostKind.NOTICE,
        template=("notice", "messaging_off"),
        language=language_for(seller, market, bridge.texts),
        fields={"market": market.name, "seller": shown_name(seller), "off_since": seller.messaging_off_at},
        to=mailbox.address,
        from_=notice_address(market.alias_domain),
        from_name=market.name,
        record_id=None,
        market=market,
        thread_id=None,
        secrets=secrets_towards(seller, None, terms_of(market, bridge.settings)),
        reader=Role.SELLER.value,
        now=bridge.clock(),
    )
    return posting_of(mail, bridge)


def deliver_kept(intent: DueIntent, bridge: Bridge) -> None:
    """Let go on what was kept for a seller, the oldest first; 100 in one turn, since other intents wait meanwhile.

    Raises Conflict, ScreenerUnavailable, AuthenticationUnavailable: what they are about is still kept then, the others
    went, and the same intent is tried again. StoreUnavailable breaks off.
    """
    if intent.seller is None:
        return
    bridge.store.look_again()  # what another process switched on would still seem off for a second
    kept = bridge.store.kept_records(intent.seller.id, _AT_ONCE)
    went, later = False, None
    for record_id in kept:
        try:
            went = _goes_on(record_id, bridge) or went
        except (Conflict, ScreenerUnavailable, AuthenticationUnavailable) as unavailable:
            later = later or unavailable  # one that can not go now holds no other up
    if later is not None:
        raise later
    if len(kept) < _AT_ONCE or not went:  # none went: messaging is off again
        return
    rest = NewIntent(
        id=IntentId(bridge.mint.new_id()),
        kind=intent.kind,
        due_at=bridge.clock(),
        seller_id=intent.seller.id,
        unique_key=f"{intent.kind.value}:after:{intent.id}",
    )
    bridge.store.plan_intents((rest,))


def _goes_on(record_id: RecordId, bridge: Bridge) -> bool:
    """Whether one message that was kept goes on; where anything else stops it by now a person is to look at it."""
    kept = bridge.store.held_record(record_id)
    if kept.state != Disposition.HELD.value:
        return False  # a person was first
    pardon = Pardon(author_confirmed=kept.reason != KEPT_UNPROVEN, was_kept=True)
    try:
        plans = reconsider(kept.envelope, record_id, pardon, bridge)
    except (NotFound, NotPossible):
        bridge.store.rehold(record_id, HoldReason.POISON)
        return False
    except _NOT_NOW:
        raise
    except Exception as fault:  # noqa: BLE001  # one mail must not stop the others (I9)
        emit(Event.FAULT, where="intent.deliver_kept", error=type(fault).__name__, frames=frames_of(fault))
        bridge.store.rehold(record_id, HoldReason.POISON)
        return False
    if any(plan.disposition is Disposition.SCREENING for plan in plans):
        raise ScreenerUnavailable(f"the files of {record_id} could not be looked into in time")
    if any(plan.reply.is_transient for plan in plans):
        raise AuthenticationUnavailable(f"nobody can say now who wrote {record_id}")
    for plan in plans:
        _stays(plan, record_id, bridge)
    return all(plan.disposition is Disposition.RELAYED for plan in plans)


def _stays(plan: Plan, record_id: RecordId, bridge: Bridge) -> None:
    """Where it is not kept for its seller any more, and not gone either, a person decides."""
    if plan.disposition is Disposition.REJECTED:
        bridge.store.rehold(record_id, HoldReason.RULE)
    elif plan.hold is not None and plan.hold is not HoldReason.MESSAGING_OFF:
        bridge.store.rehold(record_id, plan.hold)
