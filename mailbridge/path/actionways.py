"""One-use addresses below the seller's copy of a buyer's message: what he can do beside answering (N-11, D20).

Draws them, for what the conversation allows him now. What the use of one comes to is `acting.py`; how they are shown is
`wording.py`.
"""

from dataclasses import dataclass
from datetime import datetime

from mailbridge.domain.address import AliasAddress
from mailbridge.domain.facts import ActionKind
from mailbridge.domain.ids import RecordId
from mailbridge.domain.parties import Direction
from mailbridge.path.bridge import Bridge
from mailbridge.path.cast import Cast
from mailbridge.path.optouts import link_to
from mailbridge.policy.actions import offered
from mailbridge.policy.plan import Route
from mailbridge.store.records import NewAction
from mailbridge.texts import ActionShown


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionWay:
    """One action: where a mail does it, and what is committed with the mail that shows it."""

    kind: ActionKind
    address: AliasAddress
    #: its public page; "" where there is none
    link: str
    action: NewAction

    @property
    def shown(self) -> ActionShown:
        """As the texts show it."""
        return ActionShown(kind=self.kind.value, address=self.address.addr_spec, link=self.link)


def ways_in(cast: Cast, route: Route, record_id: RecordId, now: datetime, bridge: Bridge) -> tuple[ActionWay, ...]:
    """What the seller may do about this message of his buyer; nothing where the market does not offer it."""
    market, thread = cast.marketplace, cast.thread
    if not market.offers_actions or cast.direction is not Direction.TO_SELLER or route.is_unproven:
        return ()
    rules, on = bridge.rules(), now.date()
    terms, clock = rules.area_of(market, thread.area, on), rules.clock_of(market, thread.area, on)
    kinds = offered(route.state or thread.state, terms, clock)
    return tuple(way_to(kind, record_id, market.alias_domain, now, bridge) for kind in kinds)


def way_to(kind: ActionKind, record_id: RecordId, domain: str, now: datetime, bridge: Bridge) -> ActionWay:
    """A new one-use address for this."""
    token = bridge.mint.action_token()
    return ActionWay(
        kind=kind,
        address=AliasAddress(f"act-{token}@{domain}"),
        link=link_to(token, bridge) if bridge.settings.public_url else "",
        action=NewAction(
            token_hash=bridge.store.action_hash(token),
            kind=kind,
            record_id=record_id,
            expires_at=now + bridge.settings.opt_out_within,
        ),
    )
