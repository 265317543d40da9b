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

from mailbridge.patterns import lazy_pattern
from mailbridge.policy.dictationplaces import windows
from mailbridge.policy.numberwords import (
    ARTICLES,
    CLEARLY_TELLING,
    FILLERS,
    IN_FRONT,
    PLUS,
    REPEATS,
    TELLING,
    TIMES,
    WEAK,
    WORDS,
    dictated,
    unglued,
)
from mailbridge.policy.shadow import Shadow, joined_of

_WORD = lazy_pattern(r"[^\W_]+")
_DIGIT = lazy_pattern(r"[0-9]")
_NUMBER = lazy_pattern(r"[0-9OolI]{1,16}(?![^\W_])")
#: a colon between digits is of a time; signs of money and parts of a hundred end a number
_GAP_SIGNS = lazy_pattern(r"(?:[^\w%‰€$£:]|_|:\s){0,12}")
_ORDINARY_GAP = lazy_pattern(r"[ ()/-]{0,3}\.?[ ()/-]{0,2}")
_ENDS_NUMBER = lazy_pattern(r"[%‰€$£]|:(?!\s)")
_MARK = lazy_pattern(r"[^\w\s,.;:()/+\\'\"%x-]{1,3}|_{1,3}|\.{3,6}")
_FEW_PARTS = 2
_FEW_TOKENS = 5
_MAX_GAP = 72
_MOST_WORDS_OF_TELLING = 10
_AS_DIGITS = str.maketrans("OolI", "0011")
_BLANKS = frozenset({"09", "20"})
_LITRES = lazy_pattern(r"[0-9]+l")
_FIRST = frozenset("0123456789OolI")
_MOST_TOGETHER = 16
#: tokens of one text that are looked at: more than any honest one has (I6)
_MOST_TOKENS = 2_000
_MIN_DIGITS, _MAX_DIGITS = 7, 17
#: digits that one word stands for, at most: triple twelve
_MOST_OF_WORD = 4
_MAX_TOKENS = 40
_MIN_SINGLE = 9
_MAX_GLUED = 60
_SHORTEST_GLUED = 6
#: OO, ooo: zeros
_LETTERS_ALONE = frozenset({2, 3, 4})
_MOST_LETTERS_FIRST = 4
#: letters by their names, in IBANs
_SAID_LETTERS = {"ics": "X", "ix": "X", "iks": "X"}
_ARTICLES_TOO = frozenset("un una une uno ein o oh one".split())
_SAME_NUMBER = lazy_pattern(r"[\s-]{1,3}(?:y\s|e\s|und\s|et\s)?")
_REPEATING = frozenset(REPEATS) | TIMES
#: "with a zero in front", behind the zero
_IN_FRONT = lazy_pattern(rf"[\s,]{{1,3}}(?:da\s|mit\s)?(?:{IN_FRONT})\b", re.IGNORECASE)
_MAX_IN_FRONT = 24
_BRACKETS = frozenset({")(", ") ("})
_PARTS = lazy_pattern(r"[\n()\[\]|;]")


class Row(NamedTuple):
    """One row of digits."""

    start: int
    end: int
    digits: str
    #: a + or its word stands before it
    is_international: bool
    #: how many of its parts are words for numbers
    words: int
    #: how many of its parts are digits with letters in them
    mixed: int
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
    #: True where some of its parts are words and others digits
    is_mixed: bool = False


class _Gap(enum.Enum):
    ORDINARY = "ordinary"
    ODD = "odd"
    TOLD = "told"
    TOLD_CLEARLY = "told clearly"


class _Token(NamedTuple):
    start: int
    end: int
    #: as `dictated` wants it
    part: str
    is_word: bool


def rows(shadow: Shadow) -> Iterator[Row]:
    """Every row that is long enough for a telephone number and not written as one; one without digits, and no more,
    where there are more than can be looked at."""
    text, left = shadow.text, _MOST_TOKENS
    is_joined = len(text) < len(shadow.original) and joined_of(shadow) is shadow
    for start, end, has_words in windows(shadow):
        if is_joined and not shadow.is_edited(start, end):
            continue  # was read before letters were joined
        tokens: list[_Token] = []
        gaps: list[_Gap] = []
        for token in _tokens(text, start, end, has_words=has_words):
            left -= 1
            if left < 0:
                yield Row(token.start, token.end, "", False, 0, 0, False)
                return
            gap = _gap(text, tokens[-1], token.start) if tokens and len(tokens) < _MAX_TOKENS else None
            if gap is None:
                yield from _rows(text, tokens, gaps)
                tokens, gaps = [token], []
            else:
                tokens.append(token)
                gaps.append(gap)
        yield from _rows(text, tokens, gaps)


def spoken(text: str, start: int, end: int) -> tuple[int, str]:
    """The digits and the words for numbers in [start, end), as one row, and where the last of them ends."""
    tokens = [token for token in _tokens(text, start, end, has_words=True) if token.part not in WEAK]
    return (tokens[-1].end, dictated([token.part for token in tokens])) if tokens else (start, "")


def said_between(text: str, start: int, end: int) -> Iterator[tuple[int, int, str, bool]]:
    """The numbers and single letters dictated in [start, end): where each stands, its signs, and whether it is a word.

    Words that make one number are one: "thirty five".
    """
    joined: list[_Token] = []
    for token in _tokens(text, start, end, has_words=True, has_letters=True):
        is_number = token.is_word and token.part in WORDS and token.part not in _ARTICLES_TOO
        if token.is_word and not is_number and not _is_letter(token.part):
            continue
        if joined and not (is_number and _SAME_NUMBER.fullmatch(text, joined[-1].end, token.start)):
            yield _whole(joined)
            joined = []
        if is_number:
            joined.append(token)
        else:
            yield token.start, token.end, token.part, _is_letter(token.part)
    if joined:
        yield _whole(joined)


def _is_letter(part: str) -> bool:
    return len(part) == 1 and part.isalpha()


def _whole(tokens: list[_Token]) -> tuple[int, int, str, bool]:
    return tokens[0].start, tokens[-1].end, dictated([token.part for token in tokens]), True


def _rows(text: str, tokens: list[_Token], gaps: list[_Gap]) -> Iterator[Row]:
    """The row of these, the one up to the first words that tell, as "after six" may belong to something else, and the
    one without the first where only the others have the same odd sign between."""
    yield from _row(text, tokens, gaps)
    told = next((place for place, gap in enumerate(gaps, start=1) if gap is _Gap.TOLD), 0)
    if told > 1:
        yield from _row(text, tokens[:told], gaps[: told - 1])
    if len(tokens) > _FEW_PARTS + 1 and _is_marked(text, tokens[1:]) and not _is_marked(text, tokens):
        yield from _row(text, tokens[1:], gaps[1:])


def _tokens(text: str, start: int, end: int, *, has_words: bool, has_letters: bool = False) -> Iterator[_Token]:
    for match in (_WORD if has_words else _NUMBER).finditer(text, start, end):
        word = match[0]
        if word[0] in _FIRST and _is_number(text, match):
            yield _Token(*match.span(), word.translate(_AS_DIGITS), not word.isdecimal())
        elif word.lower() in WORDS:
            yield _Token(*match.span(), word.lower(), True)
        elif has_words and (len(word) >= _SHORTEST_GLUED or _DIGIT.search(word)):
            yield from _glued(match)
        elif len(word) in _LETTERS_ALONE and not word.strip("oO"):
            yield _Token(*match.span(), "0" * len(word), True)
        elif has_letters and (word in _SAID_LETTERS or (len(word) == 1 and word.isupper() and word.isascii())):
            yield _Token(*match.span(), _SAID_LETTERS.get(word, word), True)


def _is_number(text: str, match: re.Match[str]) -> bool:
    """Digits with a few letters that look like them, and no part of a longer word."""
    if text[match.start() - 1 : match.start()].isalnum():
        return False
    if match[0].isdecimal() and len(match[0]) <= _MOST_TOGETHER:
        return True
    if not _NUMBER.fullmatch(match[0]):
        return False
    return any(sign in "0123456789" for sign in match[0][:_MOST_LETTERS_FIRST])


def _glued(match: re.Match[str]) -> Iterator[_Token]:
    """6zero1: words for numbers and digits in one."""
    start = match.start()
    for part in unglued(match[0].lower()) if len(match[0]) <= _MAX_GLUED else ():
        yield _Token(start, start + len(part), part, not part.isdecimal())
        start += len(part)


def _gap(text: str, before: _Token, end: int) -> _Gap | None:
    """What stands behind a token, up to the next; None where they do not belong together."""
    if end - before.end > _MAX_GAP:
        return None
    gap = text[before.end : end]
    lines = gap.count("\n")
    if gap.strip() in _BRACKETS:
        return _Gap.ODD
    if _GAP_SIGNS.fullmatch(gap) and lines <= 1:
        return _Gap.ORDINARY if _ORDINARY_GAP.fullmatch(gap) else _Gap.ODD
    words = [word.lower() for word in _WORD.findall(gap)]
    if _ENDS_NUMBER.search(gap):
        return None
    if before.part in _REPEATING and len(words) == 1 and words[0] in ARTICLES:
        return _Gap.ORDINARY
    if 0 < len(words) <= 2 and lines <= 1 and all(word in FILLERS for word in words):
        return _Gap.ODD
    if 0 < len(words) <= _MOST_WORDS_OF_TELLING and lines <= 2 and all(word in TELLING for word in words):
        return _Gap.TOLD if CLEARLY_TELLING.isdisjoint(words) else _Gap.TOLD_CLEARLY
    return None


def _row(text: str, tokens: list[_Token], gaps: list[_Gap]) -> Iterator[Row]:
    if len(tokens) == 1 and len(tokens[0].part) < _MIN_DIGITS:
        return
    while tokens and (tokens[-1].part in REPEATS or (tokens[-1].part in WEAK and len(tokens) <= _FEW_TOKENS)):
        tokens = tokens[:-1]
    while tokens and tokens[0].part in WEAK and len(tokens) <= _FEW_TOKENS:
        tokens, gaps = tokens[1:], gaps[1:]
    if sum(len(token.part) if token.part.isdecimal() else _MOST_OF_WORD for token in tokens) < _MIN_DIGITS:
        return
    gaps = gaps[: max(len(tokens) - 1, 0)]
    words = sum(token.part in WORDS for token in tokens)
    mixed = sum(token.is_word for token in tokens) - words
    is_broken = any(gap is not _Gap.ORDINARY for gap in gaps)
    is_single = _is_single(text, tokens, is_broken=is_broken)
    if not tokens or not (words or mixed or is_broken or is_single) or _are_no_number(text, tokens):
        return
    first = _said_first(text, tokens)
    digits = _said(text, tokens, first)
    if not _MIN_DIGITS <= len(digits) <= _MAX_DIGITS:
        return
    start, is_international = _begun(text, tokens[0].start)
    yield Row(
        start=start,
        end=tokens[-1].end,
        digits=digits,
        is_international=is_international,
        words=words,
        mixed=mixed,
        is_broken=is_broken,
        is_told=not {_Gap.TOLD, _Gap.TOLD_CLEARLY}.isdisjoint(gaps),
        is_told_clearly=_Gap.TOLD_CLEARLY in gaps or first > 0,
        is_marked=_is_marked(text, tokens),
        is_glued=any(after.start == before.end for before, after in pairwise(tokens)),
        is_single=is_single,
        is_mixed=_is_mixed(tokens, words),
    )


def _said_first(text: str, tokens: list[_Token]) -> int:
    """Which of these is a zero that is said to stand in front; 0 for none."""
    for place, token in enumerate(tokens[1:], start=1):
        if dictated([token.part]) == "0" and _IN_FRONT.match(text, token.end, token.end + _MAX_IN_FRONT):
            return place
    return 0


def _said(text: str, tokens: list[_Token], first: int) -> str:
    """The digits of these, that one first; what stands in other brackets or lines is not one with what is before."""
    if first:
        tokens = [tokens[first], *tokens[:first], *tokens[first + 1 :]]
    parts = [tokens[0].part]
    for before, after in pairwise(tokens):
        if _PARTS.search(text, before.end, after.start):
            parts.append("")
        parts.append(after.part)
    return dictated(parts)


def _begun(text: str, start: int) -> tuple[int, bool]:
    """Where a row begins, and whether a + or its word stands before it."""
    before = text[max(start - 8, 0) : start]
    sign = re.search(r"\+\s?\(?\Z", before)
    if sign is not None:
        return start - len(sign[0]), True
    last_word = before.split()[-1:] if before[-1:] in {" ", "-"} else []
    return start, bool(last_word) and last_word[0].lower().strip("-,(") in PLUS


def _is_mixed(tokens: list[_Token], words: int) -> bool:
    """True where some are words and others digits, more than by chance, or each is one digit."""
    digits = sum(token.part.isdecimal() for token in tokens)
    if words > _FEW_PARTS and digits >= _FEW_PARTS:
        return True
    return words > 0 and len(tokens) >= _MIN_SINGLE and all(len(dictated([token.part])) == 1 for token in tokens)


def _is_single(text: str, tokens: list[_Token], *, is_broken: bool) -> bool:
    """True where every digit stands alone, and more than blanks between them: blanks are how some write numbers."""
    if any(len(token.part) != 1 for token in tokens):
        return False
    has_signs = any(text[before.end : after.start].strip() for before, after in pairwise(tokens))
    return len(tokens) >= (_MIN_DIGITS if is_broken else _MIN_SINGLE) and (is_broken or has_signs)


def _is_marked(text: str, tokens: list[_Token]) -> bool:
    gaps = {text[before.end : after.start].strip() for before, after in pairwise(tokens)}
    if len(tokens) <= _FEW_PARTS or len(gaps) > 1:
        return False
    gap = gaps.pop()
    return _MARK.fullmatch(gap) is not None or (gap in _BRACKETS and text[tokens[0].start - 1 : tokens[0].start] == "(")


def _are_no_number(text: str, tokens: list[_Token]) -> bool:
    return _are_measures(text, tokens) or _are_blanks(text, tokens)


def _are_measures(text: str, tokens: list[_Token]) -> bool:
    """True where the only letters are those of litres: 10l 20l 30l."""
    odd = [text[token.start : token.end] for token in tokens if token.is_word]
    return bool(odd) and all(_LITRES.fullmatch(word) for word in odd)


def _are_blanks(text: str, tokens: list[_Token]) -> bool:
    """True for blanks and tabs in quoted-printable that nobody decoded: =09=09=20 (RFC 2045 §6.7)."""
    return all(token.part in _BLANKS and text[token.start - 1 : token.start] == "=" for token in tokens)
