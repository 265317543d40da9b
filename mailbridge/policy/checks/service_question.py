"""Finds questions about service that the market answers itself where it ships: how and where to return, who pays back
(S-12).

A question about the product is none. Who ships is the rule's to ask.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding
from mailbridge.policy.scanning import Parameters
from mailbridge.policy.wordsearch import search


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per phrase, as written."""
    return search("service_question", message, facts, parameters)
