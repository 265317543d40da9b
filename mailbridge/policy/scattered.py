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
from mailbridge.policy.hints_of_numbers import ANSWERED, PARTS, VOICES
from mailbridge.policy.numerals import Numeral, numerals
from mailbridge.policy.scanning import Read

_APART = lazy_pattern(r"(?<!\w)[0-9]{1,8}(?:[.,:][0-9]{1,8}){0,3}(?![0-9])")
_WHOLE = lazy_pattern(r"[0-9](?:[ ./-]{0,2}[0-9]){7,13}(?![0-9])")
#: brackets as they look from behind
_TURNED = str.maketrans("()[]{}<>", ")(][}{><")
#: how hosts begin that are read from behind
_ENDING_TURNED = lazy_pattern(
    r"(?:moc|MOC|ten|gro|ue|lp|ti|ed|rf|se|ku)\b(?:\s?[.\[(]|[\s-]{1,3}(?:otnup|tod|tknup|akpork|tniop)\b)"
)
_FEWEST = 4
_NO_DIGIT = lazy_pattern(r"[^0-9]+")
_BEFORE, _BEHIND, _FAR = 300, 110, 90
_MIN_DIGITS, _MAX_DIGITS = 9, 12
_MIN_BEHIND_CODE, _MIN_OF_REST = 5, 3
#: a row of numerals that make one number, and where it may begin and end
_FEWEST_UNITS, _MORE_BEFORE, _MORE_BEHIND = 3, 420, 320
_EDGE = lazy_pattern(r"[!?:;\n]|\.\s")
_LONG_FRACTION = 4
#: nobody counts to ten in a letter
_FEWEST_WORDS, _LONGEST_RHYME = 7, 1_500
_MOST_HINTS, _MOST_UNITS, _MOST_TRIED = 8, 24, 40


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
    #: True where only a mobile number is meant: most other digits are somebody's number too
    must_be_mobile: bool = False


def scattered(text: str, *, has_words: bool = False, number_words: int = 0) -> Iterator[Parts]:
    """What numbers may be told to be put together in this text, the longest first of those that begin in one place;
    `has_words` where words for numbers stand in it."""
    if sum(map(text.count, "0123456789")) < _FEWEST and not has_words:
        return  # most letters: cheaper to tell than to look for words
    yield from islice((parts for read in _told(text) for parts in _told_by(text, read)), _MOST_TRIED)
    yield from carried(text, number_words=number_words)


def carried(text: str, *, number_words: int) -> Iterator[Parts]:
    """What numerals of any kind may be where words say that they are one and that somebody is spoken to; and where he
    is spoken to only, what so many words for numbers may be that nobody needs them for anything else."""
    told = sorted(read for read in _told(text) if read.value == "carried")
    if told:
        last = max(read.end for read in told) + _MORE_BEHIND
        yield from islice(_whole_rows(text, numerals(text, max(told[0].start - _MORE_BEFORE, 0), last)), _MOST_TRIED)
    if number_words >= _FEWEST_WORDS and is_by_voice(text):
        words = [each for each in numerals(text, 0, _LONGEST_RHYME) if each.is_word]
        if len(words) >= _FEWEST_WORDS:
            yield from islice(_whole_rows(text, words), _MOST_TRIED)


@lru_cache(maxsize=16)
def is_by_voice(text: str) -> bool:
    """True where this text speaks of somebody who is spoken to."""
    return any(True for _ in hints_in(text, VOICES))


def is_spoken_of(text: str, start: int, end: int) -> bool:
    """True where words close to this place say that the number there is dialled or answered, whatever it is called."""
    return any(start - _BEHIND < read.end and read.start < end + _BEHIND for read in _answered(text))


@lru_cache(maxsize=16)
def _answered(text: str) -> tuple[Read, ...]:
    return tuple(islice(hints_in(text, ANSWERED), _MOST_HINTS))


def _whole_rows(text: str, units: list[Numeral]) -> Iterator[Parts]:
    """Every row of units as long as numbers are that begins and ends where a sentence, a line or a list does."""
    is_zero_told = any(read.value == "zero first" for read in _told(text))
    for begin, unit in enumerate(units):
        if begin and not _is_edge(text, units[begin - 1], unit):
            continue
        digits = ""
        for place, after in enumerate(units[begin:], start=begin):
            digits += after.digits
            if len(digits) > _MAX_DIGITS or (place > begin and after.start - units[place - 1].end > _FAR):
                break
            is_end = place + 1 == len(units) or _is_edge(text, after, units[place + 1])
            if is_end and place - begin + 1 >= _FEWEST_UNITS:
                for front in ("0", "") if is_zero_told else ("",):
                    if _MIN_DIGITS <= len(front + digits) <= _MAX_DIGITS:
                        yield Parts(unit.start, after.end, front + digits, must_be_mobile=True)


def _is_edge(text: str, before: Numeral, after: Numeral) -> bool:
    between = text[before.end : after.start]
    return _EDGE.search(between) is not None or (between == "." and len(after.digits) >= _LONG_FRACTION)


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
    if read.value == "carried":
        return
    if read.value == "joined":
        yield from _joined(list(islice(_APART.finditer(text, first, last), _MOST_UNITS)))
    elif read.value in _AS_TOLD:
        for whole in _WHOLE.finditer(text, max(read.start - _BEHIND, 0), last):
            yield Parts(*whole.span(), *_AS_TOLD[read.value](_NO_DIGIT.sub("", whole[0])))
    else:
        is_rest = read.value == "the rest"
        end, digits = spoken(text, read.start if is_rest else read.end, read.end + _FAR)
        least = _MIN_OF_REST if is_rest else _MIN_BEHIND_CODE
        if least <= len(digits) <= _MAX_DIGITS:
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
