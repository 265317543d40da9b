"""Decides whether something found in quoted text is an honest quote: it was delivered to this author before (D11).

Undoes quote prefixes, line breaks, letter case and the punctuation around words, nothing else: a quote that was
changed is new text and counts. What was delivered to an author in a thread is no secret to him there, wherever in a
quote it stands.

Most quotes hold a text whole, which its mark tells without reading the record: such a quote is not looked at.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from mailbridge.domain.parties import Role
from mailbridge.domain.thread import TextMark
from mailbridge.domain.verdict import Finding
from mailbridge.message.subjects import read_subject
from mailbridge.patterns import lazy_pattern

_WORD = lazy_pattern(r"[^\s>|]+")
#: a shorter text costs less to look at than to know again
_MIN_CHARACTERS = 80
#: a quote of a text as short as "Thank you very much." tells no thread
_TELLING_CHARACTERS = 24
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


def mark_of(text: str, reader: Role, subject: str = "") -> TextMark:
    """The mark of a text that this party gets under this subject."""
    flat = _flat(text)
    return TextMark(reader=reader, characters=len(flat), digest=_digest(flat), subject=subject_digest(subject))


def subject_digest(subject: str) -> str:
    """What `TextMark.subject` holds: the same for every subject of one conversation; "" for no subject."""
    flat = _flat(read_subject(subject)[0])
    return _digest(flat) if flat else ""


def without_known(quoted_text: str, marks: Iterable[TextMark]) -> str:
    """The quoted text with empty lines for those of texts with these marks, so that all else stays in its place."""
    known = [mark for mark in marks if mark.characters >= _MIN_CHARACTERS]
    lines = quoted_text.split("\n") if known else []
    if not 0 < len(lines) <= _MAX_LINES:
        return quoted_text
    quote = _Quote.of(quoted_text)
    for mark in known:
        found = quote.find(mark)
        if found is not None:
            first, last = found
            start = first + _LINES_BESIDE if quote.begins[first] else first
            stop = last - _LINES_BESIDE if quote.begins[last] < len(quote.flat) else last
            lines[start:stop] = ["\n" * len(line) for line in lines[start:stop]]
    return "\n".join(lines).rstrip("\n")


def known_in(quoted_text: str, marks: Iterable[TextMark]) -> Iterator[TextMark]:
    """Those marks whose text the quoted text holds whole; none of a text of a few words, which may stand anywhere."""
    telling = [mark for mark in marks if mark.characters >= _TELLING_CHARACTERS]
    if telling and quoted_text.count("\n") < _MAX_LINES:
        quote = _Quote.of(quoted_text)
        yield from (mark for mark in telling if quote.find(mark) is not None)


@dataclass(frozen=True, slots=True)
class _Quote:
    """A quoted text, line by line, as its marks know it."""

    #: each line without blanks, quote prefixes and letter case
    pieces: list[str]
    #: all of them
    flat: str
    #: at which character of the flat text each line begins, and its end
    begins: list[int]
    #: the other way round; of lines that begin at the same character the last
    line_at: dict[int, int]

    @classmethod
    def of(cls, quoted_text: str) -> "_Quote":
        pieces = ["".join(line.split()) for line in quoted_text.replace(">", " ").lower().split("\n")]
        begins = list(accumulate(map(len, pieces), initial=0))
        return cls(pieces, "".join(pieces), begins, {begin: line for line, begin in enumerate(begins)})

    def find(self, mark: TextMark) -> tuple[int, int] | None:
        """The first line of the text with this mark and the line after its last; None where it is not whole here."""
        asked, size = 0, mark.characters
        for first, begin in enumerate(self.begins[:-1]):
            if begin + size not in self.line_at or not self.pieces[first]:
                continue
            last = self.line_at[begin + size]
            asked += 1
            if asked > _MAX_ASKED:
                break
            if _digest(self.flat[begin : begin + size]) == mark.digest:
                return first, last
        return None


def _flat(text: str) -> str:
    return "".join(text.replace(">", " ").lower().split())


def _digest(flat: str) -> str:
    return hashlib.blake2b(flat.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
