"""Repair: what rules stop is cut out, so that the rest may go: at once where a rule says so, else when its author asks.

The author of a refused message hears what would be left, and gets one-use addresses: one sends that, at the other a
person looks at the whole (features.md N-01, N-06). What is cut, and whether the rest may go, is `policy/mending.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from mailbridge.domain.address import AliasAddress
from mailbridge.domain.facts import ActionKind, RecordOnlyDestination
from mailbridge.domain.message import Message
from mailbridge.domain.outreach import Reason
from mailbridge.domain.verdict import Action, Verdict
from mailbridge.path.actionways import way_to
from mailbridge.path.bridge import Bridge
from mailbridge.path.reviewways import APPEAL_WITHIN
from mailbridge.path.wording import label, language_for
from mailbridge.policy.mending import Rules, mended
from mailbridge.policy.originator import party_written_to
from mailbridge.policy.plan import NoticeKind
from mailbridge.policy.standing import breaches_in
from mailbridge.store.records import LegRecord, NewAction


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What the author of a refused message may ask for by mail, once each."""

    addresses: Mapping[ActionKind, AliasAddress] = field(default_factory=dict)
    #: their public pages, where there are any
    links: Mapping[ActionKind, str] = field(default_factory=dict)
    #: to be committed with the refusal
    actions: tuple[NewAction, ...] = ()
    #: aware UTC; None where nothing is offered
    valid_until: datetime | None = None


class Ways(Protocol):
    """How a refused message may go after all."""

    @property
    def mended(self) -> Message | None:
        """It without what its rules stop; None where it can not be mended."""
        ...

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Reasons with which it might go."""
        ...

    @property
    def is_only_unwanted(self) -> bool:
        """True where it would go, had its buyer not opted out."""
        ...

    @property
    def may_switch(self) -> bool:
        """True where its author may change what his shop is told."""
        ...


def without_offences(message: Message, verdict: Verdict, rules: Rules, bridge: Bridge) -> Message | None:
    """The message without what its rules stop, labelled in the reader's language; None where it can not be mended."""
    facts = rules.facts
    is_direct = isinstance(facts.destination, RecordOnlyDestination)
    if verdict.action not in {Action.REPAIR, Action.REFUSE} or is_direct or facts.pardon.content_released:
        return None
    market, reader = facts.marketplace, party_written_to(facts)
    if market is None or reader is None:
        return None
    shown = label(bridge.texts, language_for(reader, market, bridge.texts), "removed_label_other")
    return mended(message, verdict, rules, shown)


def offers_for(record: LegRecord, ways: Ways, domain: str, bridge: Bridge) -> Offers:
    """One-use addresses in `domain` for the author of a refused message, of a direct mail that is a breach, or of a
    message that he may stop."""
    told = {notice.kind for notice in record.plan.notices}
    if NoticeKind.DIRECT_MAIL in told and breaches_in(record.plan):  # it counts: its author may say that it is none
        return _offered((ActionKind.APPEAL,), record, bridge.clock() + APPEAL_WITHIN, domain, bridge)
    if NoticeKind.UNDO_OFFERED in told:
        way = way_to(ActionKind.STOP_SENDING, record.record_id, domain, bridge.clock(), bridge)
        links = {way.kind: way.link} if way.link else {}
        return Offers(addresses={way.kind: way.address}, links=links, actions=(way.action,))
    if NoticeKind.REFUSED not in told:
        return Offers()
    may = {
        ActionKind.SEND_REPAIRED: ways.mended is not None,
        ActionKind.GIVE_REASON: bool(ways.reasons),
        ActionKind.UNTOLD_OF_OPT_OUTS: ways.is_only_unwanted and ways.may_switch,
    }
    kinds = (*(kind for kind, is_offered in may.items() if is_offered), ActionKind.SECOND_LOOK)
    return _offered(kinds, record, bridge.clock() + bridge.settings.confirm_within, domain, bridge)


def _offered(kinds: tuple[ActionKind, ...], record: LegRecord, ends: datetime, domain: str, bridge: Bridge) -> Offers:
    tokens = {kind: bridge.mint.action_token() for kind in kinds}
    return Offers(
        valid_until=ends,
        addresses={kind: AliasAddress(f"act-{token}@{domain}") for kind, token in tokens.items()},
        actions=tuple(
            NewAction(
                token_hash=bridge.store.action_hash(token), kind=kind, record_id=record.record_id, expires_at=ends
            )
            for kind, token in tokens.items()
        ),
    )
