"""Finds rows of digits that are not written as numbers are: in words, in words and digits, with letters for digits,
with odd signs, words or line ends between.

Gives digits and places; whether they are a telephone number is decided by `checks/phone_number.py`. Linear: each token
is looked at once, and what stands between two tokens only up to a bound (T-70).
"""

import enum
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from mailbridge.policy.numberwords import CLEARLY_TELLING, FILLERS, PLUS, REPEATS, TELLING, WORDS, dictated

_WORD = re.compile(r"[^\W_]+")
_LETTERS_ONLY = re.compile(r"[^\W\d_]{1,24}")
_PIECE = re.compile(r"[0-9]+|[^\W\d_]+")
_NUMBER = re.compile(r"(?<![^\W_])(?:[0-9][0-9OolI]{0,14}|[OolI]{1,3}[0-9][0-9OolI]{0,14})(?![^\W_])")
#: a colon between digits is of a time; signs of money and parts of a hundred end a number
_GAP_SIGNS = re.compile(r"(?:[^\w%‰€$£:]|_|:\s){0,12}")
_ORDINARY_GAP = re.compile(r"[ ()/-]{0,3}\.?[ ()/-]{0,2}")
_ENDS_NUMBER = re.compile(r"[%‰€$£]|:(?!\s)")
_MARK = re.compile(r"[^\w\s,.;:()/+\\'\"%x-]{1,3}|_{1,3}|\.{3,6}")
_FEW_PARTS = 2
_MAX_GAP = 72
_MOST_WORDS_OF_TELLING = 8
_AS_DIGITS = str.maketrans("OolI", "0011")
_LITRES = re.compile(r"[0-9]+l")
_MIN_WORDS = 3
_MIN_DIGITS, _MAX_DIGITS = 7, 17
_MAX_TOKENS = 40
_MAX_GLUED = 40
#: what a text must hold for digits alone to be read so: an odd sign or a letter beside a digit, a digit at a line's end
_ODD = re.compile(
    r"[0-9][OoIl][0-9\s]|(?<![^\W_])[OoIl]{1,2}[0-9]|[0-9](?:\s{0,2}(?:[^\w\s.()/+-]|\n|_)|\s?\.\s?\.|\s[^\W\d])"
)


class Row(NamedTuple):
    """One row of digits."""

    start: int
    end: int
    digits: str
    #: a + or its word stands before it
    is_international: bool
    #: how many of its parts are words, or digits with letters in them
    words: int
    #: True where a line end, an odd sign or a word stands between its parts
    is_broken: bool
    #: True where words between its parts tell how they belong together
    is_told: bool = False
    #: and no words but those of dictating would stand there
    is_told_clearly: bool = False
    #: True where the same sign that is none of numbers stands between all its parts
    is_marked: bool = False
    #: True where words and digits are one: 6zero1
    is_glued: bool = False
    #: True where every digit stands alone
    is_single: bool = False


class _Token(NamedTuple):
    start: int
    end: int
    #: as `dictated` wants it
    part: str
    is_word: bool


def rows(text: str, *, has_words: bool) -> Iterator[Row]:
    """Every row that is long enough for a telephone number and not written as one."""
    tokens: list[_Token] = []
    gaps: list[_Gap] = []
    for token in _tokens(text, has_words=has_words):
        gap = _gap(text, tokens[-1].end, token.start) if tokens and len(tokens) < _MAX_TOKENS else None
        if gap is None:
            yield from _row(text, tokens, gaps)
            tokens, gaps = [token], []
        else:
            tokens.append(token)
            gaps.append(gap)
    yield from _row(text, tokens, gaps)


def has_number_words(text: str) -> bool:
    """True for a text that holds enough words for numbers to dictate one."""
    found = 0
    for word in _LETTERS_ONLY.findall(text.lower()):
        if word in WORDS:
            found += 1
            if found == _MIN_WORDS:
                return True
    return False


def has_odd_digits(text: str) -> bool:
    """True for a text in which digits stand beside letters, odd signs or line ends."""
    return _ODD.search(text) is not None


def _tokens(text: str, *, has_words: bool) -> Iterator[_Token]:
    for match in (_WORD if has_words else _NUMBER).finditer(text):
        word = match[0]
        if _NUMBER.fullmatch(word):
            yield _Token(*match.span(), word.translate(_AS_DIGITS), not word.isdecimal())
        elif word.lower() in WORDS:
            yield _Token(*match.span(), word.lower(), True)
        elif any(sign in "0123456789" for sign in word[:_MAX_GLUED]):
            yield from _glued(match)


def _glued(match: re.Match[str]) -> Iterator[_Token]:
    """6zero1: words for numbers and digits in one."""
    pieces = list(_PIECE.finditer(match[0][:_MAX_GLUED]))
    if all(piece[0].isdecimal() or piece[0].lower() in WORDS for piece in pieces):
        for piece in pieces:
            start = match.start() + piece.start()
            yield _Token(start, start + len(piece[0]), piece[0].lower(), not piece[0].isdecimal())


def _gap(text: str, start: int, end: int) -> "_Gap | None":
    """What stands between two tokens; None where they do not belong together."""
    if end - start > _MAX_GAP:
        return None
    gap = text[start:end]
    lines = gap.count("\n")
    if _GAP_SIGNS.fullmatch(gap) and lines <= 1:
        return _Gap.ORDINARY if _ORDINARY_GAP.fullmatch(gap) else _Gap.ODD
    words = [word.lower() for word in _WORD.findall(gap)]
    if _ENDS_NUMBER.search(gap):
        return None
    if 0 < len(words) <= 2 and lines <= 1 and all(word in FILLERS for word in words):
        return _Gap.ODD
    if 0 < len(words) <= _MOST_WORDS_OF_TELLING and lines <= 2 and all(word in TELLING for word in words):
        return _Gap.TOLD if CLEARLY_TELLING.isdisjoint(words) else _Gap.TOLD_CLEARLY
    return None


class _Gap(enum.Enum):
    ORDINARY = "ordinary"
    ODD = "odd"
    TOLD = "told"
    TOLD_CLEARLY = "told clearly"


def _row(text: str, tokens: list[_Token], gaps: list[_Gap]) -> Iterator[Row]:
    while tokens and tokens[-1].part in REPEATS:
        tokens = tokens[:-1]
    words = sum(token.is_word for token in tokens)
    is_broken = any(gap is not _Gap.ORDINARY for gap in gaps)
    if not tokens or not (words or is_broken) or _are_measures(text, tokens):
        return
    digits = dictated([token.part for token in tokens])
    if not _MIN_DIGITS <= len(digits) <= _MAX_DIGITS:
        return
    start = tokens[0].start
    before = text[max(start - 8, 0) : start]
    sign = re.search(r"\+\s?\(?\Z", before)
    last_word = before.split()[-1:] if before[-1:] in {" ", "-"} else []
    is_plus = bool(last_word) and last_word[0].lower().strip("-,(") in PLUS
    yield Row(
        start=start - len(sign[0]) if sign is not None else start,
        end=tokens[-1].end,
        digits=digits,
        is_international=sign is not None or is_plus,
        words=words,
        is_broken=is_broken,
        is_told=_Gap.TOLD in gaps,
        is_told_clearly=_Gap.TOLD_CLEARLY in gaps,
        is_marked=_is_marked(text, tokens),
        is_glued=any(after.start == before.end for before, after in pairwise(tokens)),
        is_single=len(tokens) >= _MIN_DIGITS and is_broken and all(len(token.part) == 1 for token in tokens),
    )


def _is_marked(text: str, tokens: list[_Token]) -> bool:
    gaps = {text[before.end : after.start].strip() for before, after in pairwise(tokens)}
    return len(tokens) > _FEW_PARTS and len(gaps) == 1 and _MARK.fullmatch(gaps.pop()) is not None


def _are_measures(text: str, tokens: list[_Token]) -> bool:
    """True where the only letters are those of litres: 10l 20l 30l."""
    odd = [text[token.start : token.end] for token in tokens if token.is_word]
    return bool(odd) and all(_LITRES.fullmatch(word) for word in odd)
