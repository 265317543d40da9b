"""Finds messages that only repeat what the market itself tells: orders, shipping, payment, thanks (E-03, E-15).

The whole new text is weighed: one that also asks, answers or brings news (a delay, a fault) is none. Whether the seller
started it is the rule's condition, `thread.is_new`. Quotes, signature and files are not looked at.
"""

from functools import lru_cache
from itertools import pairwise

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.patterns import lazy_pattern
from mailbridge.policy.folding import Folded, folded
from mailbridge.policy.phrases import any_of, compiled_pattern
from mailbridge.policy.scanning import Parameters, integer, strings
from mailbridge.policy.wordlists import WORDLISTS
from mailbridge.policy.wordsearch import Hit, as_finding, lexicon_of

_CHECK = "repeats_market_notice"
#: nobody repeats a notice at greater length
_MAX_CHARACTERS = 20_000
_QUESTION = lazy_pattern(r"\?(?:\s|\Z)")
_PIECE = lazy_pattern(rb"\.(?![a-z0-9])|\n[ ,]{0,8}\n")
_WORD = lazy_pattern(rb"(?<![a-z0-9])[a-z]{2,40}(?![a-z0-9])")


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per phrase of a notice; none where the message says anything else. Its detail is the kind."""
    text = message.new_text
    if not text or len(text) > _MAX_CHARACTERS or _QUESTION.search(text):
        return ()
    read, lexicon = folded(text), lexicon_of(_CHECK, facts, parameters)
    hits = [hit for hit in lexicon.hits(read)[0] if hit.kind in strings(parameters, "kinds")]
    if not hits or _brings_news(read, parameters):
        return ()
    if _other_words(read, hits) > integer(parameters, "max_other_words"):
        return ()
    return tuple(as_finding(_CHECK, Place.NEW_TEXT, read, hit) for hit in hits)


def _brings_news(read: Folded, parameters: Parameters) -> bool:
    news = compiled_pattern(_news(strings(parameters, "languages"), strings(parameters, "except")))
    return news.search(read.octets) is not None


def _other_words(read: Folded, hits: list[Hit]) -> int:
    """Words in sentences that neither hold a phrase of a notice nor greet."""
    starts = [0, *(match.end() for match in _PIECE.finditer(read.octets)), len(read.octets)]
    courtesy = compiled_pattern(_courtesy())
    count = 0
    for start, end in pairwise(starts):
        if any(start < hit.end and hit.start < end for hit in hits):
            continue
        piece = read.octets[start:end]
        if courtesy.search(piece) is None:
            count += len(_WORD.findall(piece))
    return count


@lru_cache(maxsize=16)
def _news(languages: tuple[str, ...], unless: tuple[str, ...]) -> str:
    listed = (word for wordlist in WORDLISTS if wordlist.code in languages for word in wordlist.unless[_CHECK])
    return any_of((*listed, *unless))


@lru_cache(maxsize=1)
def _courtesy() -> str:
    return any_of(phrase for wordlist in WORDLISTS for phrase in wordlist.courtesy)
