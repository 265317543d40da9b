"""Finds rows of digits that are not written as numbers are: in words, in words and digits, with letters for digits,
with odd signs, words or line ends between.

Gives digits and places; whether they are a telephone number is decided by `checks/phone_number.py`. Linear: each token
is looked at once, and what stands between two tokens only up to a bound (T-70).
"""

import enum
import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from mailbridge.policy.numberwords import CLEARLY_TELLING, FILLERS, PLUS, REPEATS, TELLING, WEAK, WORDS, dictated
from mailbridge.policy.shadow import Shadow, joined_of

_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"[0-9]")
_PIECE = re.compile(r"[0-9]+|[^\W\d_]+")
_NUMBER = re.compile(r"[0-9OolI]{1,16}(?![^\W_])")
#: a colon between digits is of a time; signs of money and parts of a hundred end a number
_GAP_SIGNS = re.compile(r"(?:[^\w%‰€$£:]|_|:\s){0,12}")
_ORDINARY_GAP = re.compile(r"[ ()/-]{0,3}\.?[ ()/-]{0,2}")
_ENDS_NUMBER = re.compile(r"[%‰€$£]|:(?!\s)")
_MARK = re.compile(r"[^\w\s,.;:()/+\\'\"%x-]{1,3}|_{1,3}|\.{3,6}")
_FEW_PARTS = 2
_FEW_TOKENS = 5
_MAX_GAP = 72
_MOST_WORDS_OF_TELLING = 10
_AS_DIGITS = str.maketrans("OolI", "0011")
_BLANKS = frozenset({"09", "20"})
_LITRES = re.compile(r"[0-9]+l")
_FIRST = frozenset("0123456789OolI")
_MIN_WORDS = 3
_CLOSE, _VERY_CLOSE = 9, 3
_LONG_WORD = 12
_MOST_TOGETHER = 16
#: tokens of one text that are looked at: more than any honest one has (I6)
_MOST_TOKENS = 2_000
_MIN_DIGITS, _MAX_DIGITS = 7, 17
#: digits that one word stands for, at most: triple twelve
_MOST_OF_WORD = 4
_MAX_TOKENS = 40
_MAX_GLUED = 40
_MOST_LETTERS_FIRST = 4
#: what a text must hold for digits alone to be read so: an odd sign or a letter beside a digit, a digit at a line's end
_ODD = re.compile(
    r"[0-9](?:[OoIl][0-9\s]|\s{0,2}(?:[^\w\s.,:;()/+%€$£-]|_)|,\s?[0-9]{2}|\s?\n\s?[0-9]|\s?\.\s?\."
    rf"|\s(?:{'|'.join(sorted(FILLERS))})\b)"
)
#: five digits or more with little between them
_CLUSTER = re.compile(r"(?:[0-9][^0-9]{0,12}+){5,80}+")
#: how much is read around words for numbers: a gap, and the digits behind it
_AROUND = 80
_LETTERS = re.compile(r"[^\W\d_]+")
_LETTERS_AROUND = 4
_TELLERS = CLEARLY_TELLING | {"start", "comes", "kommt", "początek", "reszta", "rest", "anfang", "milieu", "mezzo"}
_ALL = WORDS | _TELLERS
#: words that make no row without others
_NEVER_ALONE = WEAK - _TELLERS
_ODD_LETTERS = re.compile(r"[OolI][0-9]")


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
    for start, end, has_words in _windows(shadow):
        if is_joined and not shadow.is_edited(start, end):
            continue  # was read before letters were joined
        tokens: list[_Token] = []
        gaps: list[_Gap] = []
        for token in _tokens(text, start, end, has_words=has_words):
            left -= 1
            if left < 0:
                yield Row(token.start, token.end, "", False, 0, 0, False)
                return
            gap = _gap(text, tokens[-1].end, token.start) if tokens and len(tokens) < _MAX_TOKENS else None
            if gap is None:
                yield from _rows(text, tokens, gaps)
                tokens, gaps = [token], []
            else:
                tokens.append(token)
                gaps.append(gap)
        yield from _rows(text, tokens, gaps)


def _rows(text: str, tokens: list[_Token], gaps: list[_Gap]) -> Iterator[Row]:
    """The row of these, and the one without the first where only the others have the same odd sign between."""
    yield from _row(text, tokens, gaps)
    if len(tokens) > _FEW_PARTS + 1 and _is_marked(text, tokens[1:]) and not _is_marked(text, tokens):
        yield from _row(text, tokens[1:], gaps[1:])


def _windows(shadow: Shadow) -> list[tuple[int, int, bool]]:
    """What is read closely, in order and apart, and whether words for numbers are among it."""
    text = shadow.text
    spans = [(start, end, True) for start, end in _spelled(shadow)]
    for window in _CLUSTER.finditer(text):
        start, end = max(window.start() - _LETTERS_AROUND, 0), window.end() + _LETTERS_AROUND
        if _ODD.search(text, start, end) or _ODD_LETTERS.search(text, start, end):
            spans.append((start, end, False))
    merged: list[tuple[int, int, bool]] = []
    for start, end, has_words in sorted(spans):
        if merged and start <= merged[-1][1]:
            first, last, had_words = merged[-1]
            merged[-1] = (first, max(end, last), has_words or had_words)
        else:
            merged.append((start, end, has_words))
    return merged


def _spelled(shadow: Shadow) -> Iterator[tuple[int, int]]:
    """Where words for numbers stand close together, or words that tell how digits belong together."""
    words = shadow.words
    present = _ALL.intersection(words)
    if present <= _NEVER_ALONE:
        return
    clusters = list(_clusters(words, [place for place, word in enumerate(words) if word in present]))
    if not clusters:
        return
    every = _LETTERS.finditer(shadow.lower)
    passed = 0
    for first, last in clusters:
        begin = next(islice(every, first - passed, None))
        end = next(islice(every, last - first - 1, None)) if last > first else begin
        passed = last + 1
        yield max(begin.start() - _AROUND, 0), end.end() + _AROUND


def _clusters(words: list[str], places: list[int]) -> Iterator[tuple[int, int]]:
    """The first and the last word of each cluster: three that are close, one of them nothing else, or two that are
    very close and nothing else, or one that is long or tells."""
    reached = -1
    for at, place in enumerate(places):
        if place <= reached:
            continue
        last = _last_of_cluster(words, places, at)
        if last >= 0:
            for later in islice(places, at + 1, None):
                if later - last > _CLOSE:
                    break
                last = max(last, later)
            yield place, last
            reached = last


def _last_of_cluster(words: list[str], places: list[int], at: int) -> int:
    """The last word that makes a cluster of those from `at` on; -1 where there is none."""
    place, word = places[at], words[places[at]]
    if word in _TELLERS or (len(word) >= _LONG_WORD and word not in WEAK):
        return place
    near = [other for other in places[at : at + _MIN_WORDS] if other - place <= _CLOSE]
    strong = [other for other in near if words[other] not in WEAK]
    if len(near) == _MIN_WORDS and strong:
        return near[-1]
    return strong[1] if len(strong) > 1 and strong[1] - strong[0] <= _VERY_CLOSE else -1


def _tokens(text: str, start: int, end: int, *, has_words: bool) -> Iterator[_Token]:
    for match in (_WORD if has_words else _NUMBER).finditer(text, start, end):
        word = match[0]
        if word[0] in _FIRST and _is_number(text, match):
            yield _Token(*match.span(), word.translate(_AS_DIGITS), not word.isdecimal())
        elif word.lower() in WORDS:
            yield _Token(*match.span(), word.lower(), True)
        elif has_words and _DIGIT.search(word):
            yield from _glued(match)


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
    pieces = list(_PIECE.finditer(match[0][:_MAX_GLUED]))
    if all(piece[0].isdecimal() or piece[0].lower() in WORDS for piece in pieces):
        for piece in pieces:
            start = match.start() + piece.start()
            yield _Token(start, start + len(piece[0]), piece[0].lower(), not piece[0].isdecimal())


def _gap(text: str, start: int, end: int) -> _Gap | None:
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


def _row(text: str, tokens: list[_Token], gaps: list[_Gap]) -> Iterator[Row]:
    if len(tokens) == 1 and len(tokens[0].part) < _MIN_DIGITS:
        return
    while tokens and (tokens[-1].part in REPEATS or (tokens[-1].part in WEAK and len(tokens) <= _FEW_TOKENS)):
        tokens = tokens[:-1]
    while tokens and tokens[0].part in WEAK and len(tokens) <= _FEW_TOKENS:
        tokens, gaps = tokens[1:], gaps[1:]
    if sum(len(token.part) if token.part.isdecimal() else _MOST_OF_WORD for token in tokens) < _MIN_DIGITS:
        return
    words = sum(token.part in WORDS for token in tokens)
    mixed = sum(token.is_word for token in tokens) - words
    is_broken = any(gap is not _Gap.ORDINARY for gap in gaps[: max(len(tokens) - 1, 0)])
    if not tokens or not (words or mixed or is_broken) or _are_measures(text, tokens) or _are_blanks(text, tokens):
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
        mixed=mixed,
        is_broken=is_broken,
        is_told=not {_Gap.TOLD, _Gap.TOLD_CLEARLY}.isdisjoint(gaps),
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


def _are_blanks(text: str, tokens: list[_Token]) -> bool:
    """True for blanks and tabs in quoted-printable that nobody decoded: =09=09=20 (RFC 2045 §6.7)."""
    return all(token.part in _BLANKS and text[token.start - 1 : token.start] == "=" for token in tokens)
