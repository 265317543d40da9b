"""Finds requests for a review (S-23, E-03), and how: neutral, for a good one only, to change one, for pay.

A rule that allows a neutral request names the other kinds. How often one asked is not counted here.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding
from mailbridge.policy.scanning import Parameters
from mailbridge.policy.wordsearch import search


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per phrase; its detail is neutral, steering, change_or_remove or paid."""
    return search("review_request", message, facts, parameters)
