"""Decides whether an acknowledgement that is due still goes out, after what went before (threats.md T-26 to T-28, B1).

Two robots that answer each other, one that changes its address by a letter each time, and forged first contacts all
end here, whatever their mail looks like. Whether a message may be acknowledged at all is `autoreply.py`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from mailbridge.domain.acknowledgement import AckHistory, AckLimits
from mailbridge.domain.parties import Buyer, Marketplace, Seller
from mailbridge.domain.thread import Alias, AliasState, Thread, ThreadState
from mailbridge.policy.autoreply import switches_of

#: an acknowledgement so late after it was due tells nothing any more; the market wants it within the hour (S-45)
TOO_LATE: Final = timedelta(hours=6)
COOL_DOWN: Final = "cool_down"
#: the brake on all of them: a person should look
BREAKER: Final = "breaker_open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An acknowledgement that fell due, and how things stand now."""

    thread: Thread
    market: Marketplace
    seller: Seller
    buyer: Buyer
    #: stands for the seller: what it would come from
    alias: Alias | None
    #: aware UTC
    due_at: datetime
    now: datetime


def why_not_due(due: Due) -> str:
    """Why an acknowledgement is no longer due, as things stand now; "" when it is."""
    if due.thread.buyer_was_written_to:
        return "seller_answered_first"
    if due.thread.is_acknowledged:
        return "acknowledged_before"
    if due.thread.state is ThreadState.CLOSED:
        return "thread_closed"
    switches = switches_of(due.market, due.seller)
    if not switches.is_on or due.thread.area not in switches.areas:
        return "switched_off"
    return _why_closed(due) or ("too_late" if due.now - due.due_at > TOO_LATE else "")


def _why_closed(due: Due) -> str:
    """Nobody could answer: it would promise what can not come."""
    is_open = due.seller.is_active and due.buyer.is_active and due.market.is_active
    if not is_open or due.alias is None or due.alias.state is not AliasState.ACTIVE:
        return "address_closed"
    sanction = due.seller.standing(due.now)
    return "seller_suspended" if sanction is not None and sanction.step.stops_everything else ""


def why_braked(history: AckHistory, limits: AckLimits, now: datetime) -> str:
    """Which limit this one would go over; "" for none.

    The cool-down begins anew with each message that falls into it: who keeps writing is answered by a person.
    """
    if history.pair_at is not None and now - history.pair_at < limits.cool_down:
        return COOL_DOWN
    if history.to_buyer >= limits.per_buyer:
        return "too_many_to_buyer"
    if history.of_seller >= limits.per_seller:
        return "too_many_of_seller"
    if history.to_domain >= limits.per_domain:
        return "too_many_to_domain"
    return BREAKER if history.within_hour >= limits.per_hour else ""
