"""Finds words that lead the other side off the market: to write, buy or pay directly, or to cancel (E-03, S-25).

Contact data that stand beside are the business of other checks. A warning not to leave the market is none.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding
from mailbridge.policy.scanning import Parameters
from mailbridge.policy.wordsearch import search


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per phrase; its detail is contact, purchase, payment or cancel."""
    return search("steering_off_market", message, facts, parameters)
