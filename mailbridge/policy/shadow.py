"""The shadow of a text: the same words without disguise, and the way back to where each character stands.

Undone are letters and digits in other dress, characters that nobody sees, marks above and below, entities written out,
odd blanks, dashes and dots; and look-alikes of Cyrillic and Greek, but only inside words that are Latin otherwise, so
that Russian stays Russian. Case stays, and so do the letters of our languages. The library that does as much (disarm)
gives no places, without which no finding can be shown: hence a small table, `disguises.py`. A text without such signs
is its own shadow and costs one look. Finds nothing itself.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from functools import lru_cache

from mailbridge.message.entities import without_entities
from mailbridge.policy.disguises import ALIKE, DOTS_BETWEEN, LOOK_ALIKES, MARKS, UNSEEN

#: more disguised places than any honest text has; what stands behind them stays as it is, and `is_cut_short` says so
MAX_UNDONE = 5_000
_SMALL = 65_536

_ONE_FOR_ONE = {sign: read for sign, read in ALIKE.items() if len(read) == 1}
_ONE = frozenset(_ONE_FOR_ONE)
_TABLE = str.maketrans(_ONE_FOR_ONE)
_FEW = 12
_LETTERS = frozenset(LOOK_ALIKES)
_OTHERS = frozenset(sign for sign, read in ALIKE.items() if len(read) > 1) | UNSEEN | MARKS | DOTS_BETWEEN
_ANY = _ONE | _LETTERS | _OTHERS
_ENTITY = r"&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,15});"
_HAS_ENTITY = re.compile(_ENTITY)
_LENGTHENED = "".join(map(re.escape, sorted(_OTHERS - MARKS)))
_UNDO = re.compile(rf"{_ENTITY}|.?[{''.join(sorted(MARKS))}]{{1,32}}|[{_LENGTHENED}]{{1,64}}", re.DOTALL)
_ALIKES = "".join(LOOK_ALIKES)
# Begins with a class of its own: else a long Russian text costs ten times as much.
_MIXED = re.compile(rf"[A-Za-z](?:[._@-]?[{_ALIKES}]|(?<=[{_ALIKES}][A-Za-z])|(?<=[{_ALIKES}][._@-][A-Za-z]))")
_LATIN = str.maketrans(LOOK_ALIKES)
_REST_OF_WORD = re.compile(r"\S{0,100}")
_NOT_LATIN = re.compile("[\u0370-\u052f]")
_CIRCLED = frozenset(chr(code) for code in range(0x24B6, 0x24EA))
_RING = ("\u24d0", "\u24b6")  # a circled "a" that stands alone is the sign of an address
_MAX_WORD = 100


class Shadow:
    """A text without disguise; `text` is what detection reads, `place` says where that stands in the original."""

    __slots__ = ("_edges", "_spans", "is_cut_short", "original", "text")

    def __init__(self, original: str, text: str, edits: "_Edits | None" = None) -> None:
        #: the text as it was written
        self.original = original
        #: what it reads as
        self.text = text
        #: True when it has more disguised places than are undone
        self.is_cut_short = edits is not None and edits.is_cut_short
        #: where each edit begins here
        self._edges = edits.edges if edits is not None else array("I")
        #: for each edit where it ends here, and where it begins and ends in the original
        self._spans = edits.spans if edits is not None else []

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original the characters [start, end) stand, for end > start."""
        return self._of(start)[0], self._of(end - 1)[1]

    def words(self, start: int, end: int) -> str:
        """The characters [start, end) as they were written."""
        first, last = self.place(start, end)
        return self.original[first:last]

    def _of(self, position: int) -> tuple[int, int]:
        edit = bisect_right(self._edges, position) - 1
        if edit < 0:
            return position, position + 1
        edge_end, begin, end = self._spans[edit]
        if position < edge_end:
            return begin, end
        at = end + position - edge_end
        return at, at + 1


class _Edits:
    """Replacements that change the length of the text, in order."""

    __slots__ = ("edges", "is_cut_short", "pieces", "spans")

    def __init__(self, text: str) -> None:
        self.edges = array("I")
        self.spans: list[tuple[int, int, int]] = []
        self.pieces: list[str] = []
        self.is_cut_short = False
        reached = length = 0
        for match in _UNDO.finditer(text):
            start, end = match.span()
            read = _read(match[0], text[start - 1 : start], text[end : end + 1])
            if read == match[0]:
                continue
            if len(self.spans) == MAX_UNDONE:
                self.is_cut_short = True
                break
            length += start - reached
            self.pieces += (text[reached:start], read)
            self.edges.append(length)
            length += len(read)
            self.spans.append((length, start, end))
            reached = end
        self.pieces.append(text[reached:])


def shadow_of(text: str) -> Shadow:
    """The shadow of this text; made once for all checks that ask in turn. Equal texts have equal shadows."""
    if text.isascii() and ("&" not in text or not _HAS_ENTITY.search(text)):
        return Shadow(text, text)
    return _of_small(text) if len(text) <= _SMALL else _of_big(text)


def is_latin(words: str) -> bool:
    """False where letters of another script stand in: a host that only looks like one of ours is none of ours."""
    return words.isascii() or _NOT_LATIN.search(words) is None


@lru_cache(maxsize=32)
def _of_small(text: str) -> Shadow:
    return _made(text)


@lru_cache(maxsize=2)
def _of_big(text: str) -> Shadow:
    return _made(text)


def _made(text: str) -> Shadow:
    signs = set(text)
    has_entity = "&" in signs and _HAS_ENTITY.search(text) is not None
    if not has_entity and signs.isdisjoint(_ANY):
        return Shadow(text, text)
    read = _with_signs_of_addresses(text) if not signs.isdisjoint(_RING) else text
    odd = signs & _ONE
    if len(odd) <= _FEW:
        for sign in odd:
            read = read.replace(sign, _ONE_FOR_ONE[sign])
    else:
        read = read.translate(_TABLE)
    edits = None
    if has_entity or not signs.isdisjoint(_OTHERS):
        edits = _Edits(read)
        read = "".join(edits.pieces)
    if not signs.isdisjoint(_LETTERS):
        read = _without_look_alikes(read)
    return Shadow(text, read, edits)


def _with_signs_of_addresses(text: str) -> str:
    for ring in _RING:
        at = text.find(ring)
        for _ in range(_FEW):
            if at < 0:
                break
            if not _CIRCLED.intersection(text[max(at - 1, 0) : at] + text[at + 1 : at + 2]):
                text = f"{text[:at]}@{text[at + 1 :]}"
            at = text.find(ring, at + 1)
    return text


def _read(written: str, before: str, after: str) -> str:
    """What a piece of the text reads as; the same where it is no disguise."""
    if written[0] == "&":
        undone = without_entities(written)
        return "".join(_read_one(sign, before, after) for sign in undone) if undone != written else written
    if not MARKS.isdisjoint(written):
        composed = unicodedata.normalize("NFC", written)
        return "".join(sign for sign in composed if sign not in MARKS)
    return "".join(_read_one(sign, before, after) for sign in written)


def _read_one(sign: str, before: str, after: str) -> str:
    if sign in UNSEEN:
        return ""
    if sign in DOTS_BETWEEN:
        return "." if before.isalnum() and after.isalnum() else sign
    return ALIKE.get(sign, sign)


def _without_look_alikes(text: str) -> str:
    """Letters of other scripts replaced one by one, in words of which nothing else is not Latin."""
    pieces: list[str] = []
    reached = looked_at = 0
    for mixed in _MIXED.finditer(text):
        if mixed.start() < reached:
            continue
        looked_at += 1
        if looked_at > MAX_UNDONE:
            break
        start, end = _word_around(text, mixed.start())
        word = text[max(start, reached) : end]
        pieces += (text[reached : max(start, reached)], _latin(word))
        reached = end
    pieces.append(text[reached:])
    return "".join(pieces)


def _latin(word: str) -> str:
    read = word.translate(_LATIN)
    return word if _NOT_LATIN.search(read) else read


def _word_around(text: str, at: int) -> tuple[int, int]:
    before = text[max(at - _MAX_WORD, 0) : at]
    begin = 0 if not before or before[-1].isspace() else len(before.split()[-1])
    rest = _REST_OF_WORD.match(text, at)
    return at - begin, rest.end() if rest is not None else at
