"""Finds a seller's message that does not name the order it is about (E-04).

Any order of the two people on record counts, written with or without blanks and hyphens. Where no order is known,
none can be missed. Whether the seller started the conversation is the rule's condition, `thread.is_new`.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Role
from mailbridge.domain.verdict import Finding, Place
from mailbridge.patterns import lazy_pattern
from mailbridge.policy.folding import MAX_READ
from mailbridge.policy.originator import author_role
from mailbridge.policy.scanning import Parameters

_BETWEEN = lazy_pattern(r"[\s\u00a0._/-]+")


def find(message: Message, facts: Facts, _parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding without words, or none."""
    references = [_joined(order.reference) for order in facts.orders if order.is_active]
    if author_role(facts) is not Role.SELLER or not any(references):
        return ()
    text = _joined(f"{message.subject}\n{message.own_text[:MAX_READ]}")
    if any(reference in text for reference in references if reference):
        return ()
    return (Finding(check="missing_order_id", place=Place.HEADER, detail="no order is named"),)


def _joined(text: str) -> str:
    return _BETWEEN.sub("", text).casefold()
