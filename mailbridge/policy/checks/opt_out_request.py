"""Finds words that ask the reader to unsubscribe, or to switch off the market's messages (S-25).

Links of mailing lists are found by their words, not by where they lead.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding
from mailbridge.policy.scanning import Parameters
from mailbridge.policy.wordsearch import search


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per phrase, as written."""
    return search("opt_out_request", message, facts, parameters)
