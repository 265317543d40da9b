"""Finds that a seller writes to somebody who has no open or recent order of his (S-73).

What the market's record says of the two decides; nothing is read out of the text. A buyer who writes is never found.
"""

from datetime import timedelta

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Buyer, Role
from mailbridge.domain.trade import Order, OrderState
from mailbridge.domain.verdict import Finding, Place
from mailbridge.policy.originator import author_role, party_written_to
from mailbridge.policy.scanning import Parameters, integer


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding whose words are the first recipient that is no copy to us, or none."""
    if author_role(facts) is not Role.SELLER:
        return ()
    recent = timedelta(days=integer(parameters, "recent_days"))
    if any(_counts(order, facts, recent) for order in facts.orders):
        return ()
    is_known = isinstance(party_written_to(facts), Buyer)
    detail = "no open or recent order" if is_known else "no buyer on record"
    cc_address = facts.marketplace.cc_address if facts.marketplace is not None else None
    copies = {cc_address.key} if cc_address is not None else set()
    words = next((to.addr_spec for to in message.to if to.addr_spec.lower() not in copies), "")
    return (Finding(check="no_recent_order", place=Place.HEADER, words=words, detail=detail),)


def _counts(order: Order, facts: Facts, recent: timedelta) -> bool:
    """True for an order that gives a reason to write; one that ended at an unknown time does, unless cancelled."""
    if not order.is_active or order.state is OrderState.OPEN:
        return order.is_active
    if order.completed_at is None:
        return order.state is not OrderState.CANCELLED
    return facts.now - order.completed_at <= recent
