"""Finds offers of other goods: the shop, new arrivals, sales, newsletters, followers (S-74, E-03).

An answer about the goods that were asked for is none. Coupons are the business of another check.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding
from mailbridge.policy.scanning import Parameters
from mailbridge.policy.wordsearch import search


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per phrase, as written."""
    return search("advertising", message, facts, parameters)
