"""Decides whether something found in quoted text is an honest quote: it was delivered to this author before (D11).

Undoes quote prefixes, line breaks, letter case and the punctuation around words, nothing else: a quote that was
changed is new text and counts. What was delivered to an author in a thread is no secret to him there, wherever in a
quote it stands.

Most quotes hold a text whole, which its mark tells without reading the record: such a quote is not looked at.
"""

import hashlib
from collections.abc import Iterable
from itertools import accumulate

from mailbridge.domain.parties import Role
from mailbridge.domain.thread import TextMark
from mailbridge.domain.verdict import Finding
from mailbridge.patterns import lazy_pattern

_WORD = lazy_pattern(r"[^\s>|]+")
#: a shorter text costs less to look at than to know again
_MIN_CHARACTERS = 80
#: quotes of more lines are read, and so is a text that might begin in more places (T-70): most begin in one
_MAX_LINES, _MAX_ASKED = 2_000, 5
#: lines of a known text that stay beside what is not known: what begins in one may end in the other
_LINES_BESIDE = 2
_TRIM = "\"'.,;:!?()[]<>*_`“”„»«"


class DeliveredTexts:
    """What was delivered to one author in one thread, as words."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        self._joined = "\n".join(f" {' '.join(_words(text))} " for text in texts)

    def contain(self, finding: Finding, quoted_text: str) -> bool:
        """True when the words found were delivered to this author, as whole words and in this order."""
        found = _words(quoted_text[finding.start : finding.end])
        return bool(found) and f" {' '.join(found)} " in self._joined


def _words(text: str) -> list[str]:
    stripped = (match.group().strip(_TRIM).lower() for match in _WORD.finditer(text))
    return [word for word in stripped if word]


def mark_of(text: str, reader: Role) -> TextMark:
    """The mark of a text that this party gets."""
    flat = _flat(text)
    return TextMark(reader=reader, characters=len(flat), digest=_digest(flat))


def without_known(quoted_text: str, marks: Iterable[TextMark]) -> str:
    """The quoted text with empty lines for those of texts with these marks, so that all else stays in its place."""
    known = [mark for mark in marks if mark.characters >= _MIN_CHARACTERS]
    lines = quoted_text.split("\n") if known else []
    if not 0 < len(lines) <= _MAX_LINES:
        return quoted_text
    pieces = ["".join(line.split()) for line in quoted_text.replace(">", " ").lower().split("\n")]
    flat = "".join(pieces)
    #: at which character of the flat text each line begins
    begins = list(accumulate(map(len, pieces), initial=0))
    line_at = {begin: line for line, begin in enumerate(begins)}
    for mark in known:
        asked = 0
        for first, begin in enumerate(begins[:-1]):
            last = line_at.get(begin + mark.characters)
            if last is None or not pieces[first]:
                continue
            asked += 1
            if asked > _MAX_ASKED:
                break
            if _digest(flat[begin : begin + mark.characters]) == mark.digest:
                start = first + _LINES_BESIDE if begin else first
                stop = last - _LINES_BESIDE if begins[last] < len(flat) else last
                lines[start:stop] = ["\n" * len(line) for line in lines[start:stop]]
                break
    return "\n".join(lines).rstrip("\n")


def _flat(text: str) -> str:
    return "".join(text.replace(">", " ").lower().split())


def _digest(flat: str) -> str:
    return hashlib.blake2b(flat.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
