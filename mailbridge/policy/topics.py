"""What a mail is about and how urgent that is, by the phrases of the check `topic` in all languages (S-20, S-29).

Looks at the subject and at what its author wrote now, never at quotes, files or what stands below. Decides nothing.
"""

from collections.abc import Iterable

from mailbridge.domain.message import Message
from mailbridge.policy.wordlist import kinds_of
from mailbridge.policy.wordsearch import kinds_in

_CHECK = "topic"
#: the most urgent first: what a buyer waits for with a loss comes before what he asks
URGENT_FIRST = tuple(reversed(kinds_of(_CHECK)))
#: what `priority_of` says, the least urgent first
PRIORITIES = ("low", "normal", "high")
_HIGH = frozenset({"complaint", "return"})


def topics_of(message: Message) -> tuple[str, ...]:
    """What its author writes about, most urgent first; nothing for mail that says nothing of any topic."""
    found = kinds_in(_CHECK, message.subject, message.new_text)
    return tuple(name for name in URGENT_FIRST if name in found)


def both_of(some: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    """What either names, most urgent first."""
    named = {*some, *more}
    return tuple(name for name in URGENT_FIRST if name in named)


def priority_of(topics: Iterable[str]) -> str:
    """What costs a buyer money or patience is "high", any other topic "normal", none "low"."""
    named = frozenset(topics)
    if named & _HIGH:
        return "high"
    return "normal" if named else "low"
