"""Find what a market hides, class H (names, phone numbers, postal data on record), in a reading of a text.

Whole words in any grouping: blanks, line ends, marks of quotes and tags may stand between them. Where class H counts
is decided by `message/mask.py`. Shares nothing with the leak gate.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from mailbridge.message.readings import Reading, Way, replaced, skeleton
from mailbridge.message.shadows import folded, lowered, undone

_PHONE = re.compile(r"\+?[\d\s().\xa0/-]*")
_MIN_DIGITS = 7
_SIGNIFICANT_DIGITS = 9
_BETWEEN_WORDS = r"[\W_]{1,12}"
_BETWEEN_DIGITS = r"[\s().\xa0/-]{0,3}"
_PREFIX = r"(?:\+?\d[\d\s().\xa0/-]{0,8})?"
_WORD = re.compile(r"\w+")
_NO_DIGIT = re.compile(r"\D+")


class Hidden:
    """The class H secrets of one exchange, ready to be searched for."""

    __slots__ = ("_numbers", "_phrases")

    def __init__(self, hidden: Iterable[str], *, as_written: bool = False) -> None:
        """`as_written`: a number is what its digits say in full, and not any number that ends so."""
        written = sorted({each.strip() for each in hidden if each.strip()}, key=len, reverse=True)
        #: digits of phone numbers
        self._numbers: list[str] = []
        #: words of everything else
        self._phrases: list[tuple[str, ...]] = []
        for each in written:
            digits = _NO_DIGIT.sub("", each)
            if not as_written and _PHONE.fullmatch(each) and len(digits) >= _MIN_DIGITS:
                self._numbers.append(digits[-_SIGNIFICANT_DIGITS:])
            elif words := tuple(_WORD.findall(skeleton(each))):
                self._phrases.append(words)

    def __bool__(self) -> bool:
        return bool(self._numbers or self._phrases)

    def may_be_in(self, text: str) -> bool:
        """False only where none of it can be found in this text."""
        if not self:
            return False
        read = folded(undone(lowered(text)))
        if any(all(word in read for word in words) for words in self._phrases):
            return True
        digits = _NO_DIGIT.sub("", read) if self._numbers else ""
        return any(number in digits for number in self._numbers)

    def replaced(self, text: str, label: str, *, way: Way) -> str:
        """The text with the label in the place of each; the same text where there is none."""
        return replaced(text, label, way, self._spans)

    def _spans(self, reading: Reading) -> list[tuple[int, int]]:
        found = []
        for words in self._phrases:
            if all(word in reading.text for word in words):
                found += [reading.place(*match.span()) for match in _phrase(words).finditer(reading.text)]
        for digits in self._numbers:
            found += [reading.place(*match.span()) for match in _number(digits).finditer(reading.text)]
        return sorted(found, key=lambda span: (span[0], -span[1]))


@lru_cache(maxsize=1024)
def _phrase(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_BETWEEN_WORDS.join(map(re.escape, words))}(?!\w)")


@lru_cache(maxsize=1024)
def _number(digits: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_PREFIX}{_BETWEEN_DIGITS.join(digits)}(?!\w)")
