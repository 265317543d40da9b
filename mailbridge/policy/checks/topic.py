"""Finds what a mail is about, by words of buyers: shipping, invoice, return, complaint, or a question (S-20, S-29).

Several may stand in one mail. Negations do not count: a parcel that did not come is a matter of shipping.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding
from mailbridge.policy.scanning import Parameters
from mailbridge.policy.wordsearch import search


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per phrase, as written; its detail is the topic."""
    return search("topic", message, facts, parameters)
