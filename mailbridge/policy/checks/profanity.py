"""Finds obscene words (E-20): whole words only, and none that is an honest word of another of these languages.

Insults without obscenity are not looked for: a rule may add them with `also`.
"""

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding
from mailbridge.policy.scanning import Parameters
from mailbridge.policy.wordsearch import search


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per word, as written."""
    return search("profanity", message, facts, parameters)
