"""One-use addresses by which people ask a person to look again: at a message, at a step, at a breach (E-22, E-38).

Draws them; what a mail to one does is `reviews.py`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from mailbridge.domain.address import AliasAddress
from mailbridge.domain.facts import ActionKind
from mailbridge.domain.ids import RecordId, SanctionId
from mailbridge.domain.parties import Direction, Marketplace
from mailbridge.path.bridge import Bridge
from mailbridge.path.cast import Cast
from mailbridge.store.records import NewAction

#: EU law gives six months at least to complain of a restriction (Regulation 2022/2065, Article 20)
APPEAL_WITHIN: Final = timedelta(days=184)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWay:
    """A one-use address, and what is committed with the mail that shows it."""

    address: AliasAddress
    action: NewAction


def report_way(cast: Cast, record_id: RecordId, now: datetime, bridge: Bridge) -> ReviewWay | None:
    """Where the buyer reports this mail to him; None for mail to a seller, and where the market takes no reports."""
    market = cast.marketplace
    if not market.takes_reports or cast.direction is not Direction.TO_BUYER:
        return None
    ends = now + bridge.settings.opt_out_within
    return _way(ActionKind.REPORT, market, ends, bridge, record_id=record_id)


def appeal_way(sanction_id: SanctionId, market: Marketplace, now: datetime, bridge: Bridge) -> ReviewWay:
    """Where a seller says that this step is wrong: his answers to its notice go there."""
    return _way(ActionKind.APPEAL, market, now + APPEAL_WITHIN, bridge, sanction_id=sanction_id)


def breach_appeal_way(record_id: RecordId, market: Marketplace, now: datetime, bridge: Bridge) -> ReviewWay:
    """Where a seller says that this message of his is no breach: his answers to the notice of that go there."""
    return _way(ActionKind.APPEAL, market, now + APPEAL_WITHIN, bridge, record_id=record_id)


def _way(
    kind: ActionKind,
    market: Marketplace,
    ends: datetime,
    bridge: Bridge,
    *,
    record_id: RecordId | None = None,
    sanction_id: SanctionId | None = None,
) -> ReviewWay:
    token = bridge.mint.action_token()
    return ReviewWay(
        address=AliasAddress(f"act-{token}@{market.alias_domain}"),
        action=NewAction(
            token_hash=bridge.store.action_hash(token),
            kind=kind,
            record_id=record_id,
            sanction_id=sanction_id,
            expires_at=ends,
        ),
    )
