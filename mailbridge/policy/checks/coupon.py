"""Finds discount codes and coupons for new purchases (E-03).

A refund or a reduction granted on this order is none, and neither is a word about a coupon that the buyer used.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding
from mailbridge.policy.scanning import Parameters
from mailbridge.policy.wordsearch import search


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per phrase, as written."""
    return search("coupon", message, facts, parameters)
