"""Finds a text in another language than its reader's (E-04).

Tells six languages by the small words that nearly every sentence has, and says nothing where it is not sure: short
texts, mixed ones, and readers of a language it does not know. A text in the language of the quoted mail is fine.
"""

from collections import Counter
from functools import cache

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Buyer
from mailbridge.domain.verdict import Finding, Place
from mailbridge.patterns import lazy_pattern
from mailbridge.policy.folding import fold
from mailbridge.policy.originator import party_written_to
from mailbridge.policy.phrases import spellings
from mailbridge.policy.scanning import Parameters, integer, strings
from mailbridge.policy.wordlists import WORDLISTS

_LOOKED_AT_CHARACTERS = 1_500
#: of a hundred words, how many small ones of its language a text has at least
_LEAST_SHARE = 20
#: and how often as many as of any language of the reader
_TIMES = 3
_LEAST_DIFFERENT = 4
_WORD = lazy_pattern(rb"[a-z]{1,40}")


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding over the whole new text, or none; its detail is the language that it seems to be in."""
    accepted = _accepted(facts, parameters)
    if not accepted or not accepted <= {wordlist.code for wordlist in WORDLISTS}:
        return ()
    words = _WORD.findall(fold(message.new_text[:_LOOKED_AT_CHARACTERS]))
    if len(words) < integer(parameters, "min_words"):
        return ()
    language = _language(words, accepted)
    if not language or language == _language(_WORD.findall(fold(message.quoted_text[:_LOOKED_AT_CHARACTERS])), set()):
        return ()
    text = message.new_text
    return (
        Finding(
            check="wrong_language", place=Place.NEW_TEXT, start=0, end=len(text), words=text[:200], detail=language
        ),
    )


def _accepted(facts: Facts, parameters: Parameters) -> set[str]:
    """The reader's language, where it is known; those of the market, where it is not or the rule says so."""
    reader = party_written_to(facts)
    own = {reader.language} if isinstance(reader, Buyer) and reader.language else set()
    market = set(facts.marketplace.languages) if facts.marketplace is not None else set()
    if not own or parameters["market_languages"] is True:
        own |= market
    return own | set(strings(parameters, "allowed"))


def _language(words: list[bytes], accepted: set[str]) -> str:
    """The one language that these words are surely in and that is not accepted; "" when unsure."""
    counts: Counter[str] = Counter()
    different: dict[str, set[bytes]] = {}
    for word, count in Counter(words).items():
        for language in _small_words().get(word, ()):
            counts[language] += count
            different.setdefault(language, set()).add(word)
    if not counts:
        return ""
    (language, most), *others = counts.most_common()
    rivals = [count for other, count in others if not accepted or other in accepted]
    is_sure = most * 100 >= _LEAST_SHARE * len(words) and len(different[language]) >= _LEAST_DIFFERENT
    is_alone = not rivals or most >= _TIMES * max(rivals)
    return language if is_sure and is_alone and language not in accepted else ""


@cache
def _small_words() -> dict[bytes, tuple[str, ...]]:
    """In which languages each small word stands."""
    found: dict[bytes, tuple[str, ...]] = {}
    for wordlist in WORDLISTS:
        for word in {spelled.encode() for written in wordlist.function_words for spelled in spellings(written)}:
            found[word] = (*found.get(word, ()), wordlist.code)
    return found
