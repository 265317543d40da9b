"""Finds rows of digits that are not written as numbers are: in words, in words and digits, with letters for digits,
with odd signs, words or line ends between.

Gives digits and places; whether they are a telephone number is decided by `checks/phone_number.py`. Linear: each token
is looked at once, and what stands between two tokens only up to a bound (T-70).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mailbridge.policy.numberwords import FILLERS, PLUS, REPEATS, WORDS, dictated

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(?<![^\W_])(?:[0-9][0-9OolI]{0,14}|[OolI]{1,3}[0-9][0-9OolI]{0,14})(?![^\W_])")
_GAP_SIGNS = re.compile(r"[\s,.\-/()*_~|:;=+'\"#>\\<…]{0,12}")
_ORDINARY_GAP = re.compile(r"[ ()./-]{0,4}")
_MAX_GAP = 32
_AS_DIGITS = str.maketrans("OolI", "0011")
_LITRES = re.compile(r"[0-9]+l")
_MIN_WORDS = 3
_MIN_DIGITS, _MAX_DIGITS = 7, 17
_MAX_TOKENS = 40
#: what a text must hold for digits alone to be read so: an odd sign or a letter beside a digit, a digit at a line's end
_ODD = re.compile(
    r"[0-9][OoIl][0-9\s]|(?<![^\W_])[OoIl]{1,2}[0-9]|[0-9]\s{0,2}(?:[*_~|,:;=#>…\n]|\.{2}|[^\W\d]{1,10}[\s,]{1,3}[0-9])"
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


class _Token(NamedTuple):
    start: int
    end: int
    #: as `dictated` wants it
    part: str
    is_word: bool


def rows(text: str, *, has_words: bool) -> Iterator[Row]:
    """Every row that is long enough for a telephone number and not written as one."""
    tokens: list[_Token] = []
    is_broken = False
    for token in _tokens(text, has_words=has_words):
        gap = text[tokens[-1].end : token.start] if tokens and token.start - tokens[-1].end <= _MAX_GAP else None
        if gap is None or len(tokens) == _MAX_TOKENS or not _is_gap(gap):
            yield from _row(text, tokens, is_broken=is_broken)
            tokens, is_broken = [token], False
        else:
            is_broken = is_broken or not _ORDINARY_GAP.fullmatch(gap)
            tokens.append(token)
    yield from _row(text, tokens, is_broken=is_broken)


def has_number_words(text: str) -> bool:
    """True for a text that holds enough words for numbers to dictate one."""
    found = 0
    for word in _WORD.findall(text.lower()):
        if word in WORDS:
            found += 1
            if found == _MIN_WORDS:
                return True
    return False


def has_odd_digits(text: str) -> bool:
    """True for a text in which digits stand beside letters, odd signs or line ends."""
    return _ODD.search(text) is not None


def _tokens(text: str, *, has_words: bool) -> Iterator[_Token]:
    if not has_words:
        for match in _NUMBER.finditer(text):
            if not _LITRES.fullmatch(match[0]):
                yield _Token(*match.span(), match[0].translate(_AS_DIGITS), not match[0].isdecimal())
        return
    for match in _WORD.finditer(text):
        word = match[0]
        number = _NUMBER.fullmatch(word) if word[0] in "0123456789OolI" else None
        if number is not None and not _LITRES.fullmatch(word):
            yield _Token(*match.span(), word.translate(_AS_DIGITS), not word.isdecimal())
        elif word.lower() in WORDS:
            yield _Token(*match.span(), word.lower(), True)


def _is_gap(gap: str) -> bool:
    """True where only signs stand between two tokens, or words that say nothing."""
    if _GAP_SIGNS.fullmatch(gap):
        return gap.count("\n") <= 1
    words = _WORD.findall(gap)
    return len(words) <= 2 and gap.count("\n") <= 1 and all(word.lower() in FILLERS for word in words)


def _row(text: str, tokens: list[_Token], *, is_broken: bool) -> Iterator[Row]:
    while tokens and tokens[-1].part in REPEATS:
        tokens = tokens[:-1]
    words = sum(token.is_word for token in tokens)
    if not tokens or not (words or is_broken):
        return
    digits = dictated([token.part for token in tokens])
    if not _MIN_DIGITS <= len(digits) <= _MAX_DIGITS:
        return
    start = tokens[0].start
    before = text[max(start - 8, 0) : start]
    sign = re.search(r"\+\s?\(?\Z", before)
    last_word = before.split()[-1:] if before[-1:] in {" ", "-"} else []
    is_plus = bool(last_word) and last_word[0].lower().strip("-") in PLUS
    if sign is not None:
        start -= len(sign[0])
    yield Row(start, tokens[-1].end, digits, sign is not None or is_plus, words, is_broken)
