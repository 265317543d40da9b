"""Finds telephone numbers whose parts stand apart, in prices, sizes or an address, beside words that tell how to put
them together, or to read them from behind (`hints_of_numbers.py`); and numbers behind the code of a town.

Gives what the digits may be; whether one is a number is asked by `checks/phone_number.py`. What no words tell to be put
together is none: prices and sizes are honest. Bounded in what is tried (T-70).
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from mailbridge.patterns import lazy_pattern
from mailbridge.policy.dictation import spoken
from mailbridge.policy.hints import hints_in
from mailbridge.policy.hints_of_numbers import PARTS
from mailbridge.policy.scanning import Read

_APART = lazy_pattern(r"(?<!\w)[0-9]{1,8}(?:[.,:][0-9]{1,8}){0,3}(?![0-9])")
_WHOLE = lazy_pattern(r"[0-9](?:[ ./-]{0,2}[0-9]){7,13}(?![0-9])")
#: brackets as they look from behind
_TURNED = str.maketrans("()[]{}<>", ")(][}{><")
#: how hosts begin that are read from behind
_ENDING_TURNED = lazy_pattern(
    r"(?:moc|MOC|ten|gro|ue|lp|ti|ed|rf|se|ku)\b(?:\s?[.\[(]|[\s-]{1,3}(?:otnup|tod|tknup|akpork|tniop)\b)"
)
_FEWEST = 5
_NO_DIGIT = lazy_pattern(r"[^0-9]+")
_BEFORE, _BEHIND, _FAR = 300, 110, 90
_MIN_DIGITS, _MAX_DIGITS = 9, 12
_MIN_BEHIND_CODE = 5
_MOST_HINTS, _MOST_UNITS, _MOST_TRIED = 4, 24, 40


#: by hint what the digits beside it are, and whether they are a number whatever they are
_AS_TOLD: dict[str, Callable[[str], tuple[str, bool]]] = {
    "backwards": lambda digits: (digits[::-1], False),
    "zero first": lambda digits: (f"0{digits}", False),
    "changed": lambda digits: (digits, True),
}


class Parts(NamedTuple):
    """Digits that may be a number."""

    start: int
    end: int
    digits: str
    #: True where words say that something is missing or changed, so that nothing needs to be asked
    is_sure: bool = False


def scattered(text: str, *, has_words: bool = False) -> Iterator[Parts]:
    """What numbers may be told to be put together in this text, the longest first of those that begin in one place;
    `has_words` where words for numbers stand in it."""
    if sum(map(text.count, "0123456789")) < _FEWEST and not has_words:
        return  # most letters: cheaper to tell than to look for words
    yield from islice((parts for read in _told(text) for parts in _told_by(text, read)), _MOST_TRIED)


def mirrored(text: str) -> Iterator[tuple[int, str]]:
    """What stands around words that tell to read it from behind: where it ends, and how it reads then."""
    if _ENDING_TURNED.search(text) is None:
        return
    for read in _told(text):
        if read.value == "backwards":
            end = read.end + _BEHIND
            part = text[max(read.start - _BEHIND, 0) : end]
            yield min(end, len(text)), part[::-1].translate(_TURNED)


@lru_cache(maxsize=16)
def _told(text: str) -> tuple[Read, ...]:
    """The words that tell; several checks ask for them."""
    return tuple(islice(hints_in(text, PARTS), _MOST_HINTS))


def _told_by(text: str, read: Read) -> Iterator[Parts]:
    first, last = max(read.start - _BEFORE, 0), read.end + _BEHIND
    if read.value == "joined":
        yield from _joined(list(islice(_APART.finditer(text, first, last), _MOST_UNITS)))
    elif read.value in _AS_TOLD:
        for whole in _WHOLE.finditer(text, max(read.start - _BEHIND, 0), last):
            yield Parts(*whole.span(), *_AS_TOLD[read.value](_NO_DIGIT.sub("", whole[0])))
    else:
        end, digits = spoken(text, read.end, read.end + _FAR)
        if len(digits) >= _MIN_BEHIND_CODE:
            yield Parts(read.start, end, digits, is_sure=True)


def _joined(units: list[re.Match[str]]) -> Iterator[Parts]:
    """Every row of two units or more that follow each other and are as long as numbers are."""
    for begin, unit in enumerate(units):
        digits, rows, before = "", [], unit
        for after in units[begin:]:
            digits += _NO_DIGIT.sub("", after[0])
            if len(digits) > _MAX_DIGITS or after.start() - before.end() > _FAR:
                break
            if len(digits) >= _MIN_DIGITS and after is not unit:
                rows.append(Parts(unit.start(), after.end(), digits))
            before = after
        yield from reversed(rows)
