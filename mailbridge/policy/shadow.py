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
from mailbridge.patterns import lazy_pattern
from mailbridge.policy.disguises import ALIKE, DOTS_BETWEEN, LOOK_ALIKES, MARKS, UNSEEN
from mailbridge.policy.prescan import Clues

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
_LETTER_RUN = lazy_pattern(r"[^\W\d_]+")
_NO_LETTERS = {code: " " for code in range(128) if not chr(code).isalpha()}
_HAS_ENTITY = lazy_pattern(_ENTITY)
_LENGTHENED = "".join(map(re.escape, sorted(_OTHERS - MARKS)))
_UNDO = lazy_pattern(rf"{_ENTITY}|.?[{''.join(sorted(MARKS))}]{{1,32}}|[{_LENGTHENED}]{{1,64}}", re.DOTALL)
_ALIKES = "".join(LOOK_ALIKES)
# Begins with a class of its own: else a long Russian text costs ten times as much.
_MIXED = lazy_pattern(rf"[A-Za-z](?:[._@-]?[{_ALIKES}]|(?<=[{_ALIKES}][A-Za-z])|(?<=[{_ALIKES}][._@-][A-Za-z]))")
_LATIN = str.maketrans(LOOK_ALIKES)
_REST_OF_WORD = lazy_pattern(r"\S{0,100}")
_NOT_LATIN = lazy_pattern("[\u0370-\u052f]")
_CIRCLED = frozenset(chr(code) for code in range(0x24B6, 0x24EA))
_RING = ("\u24d0", "\u24b6")  # a circled "a" that stands alone is the sign of an address
_MAX_WORD = 100
#: single letters and signs with a blank between, or single letters with the same sign between
_APART = lazy_pattern(
    r"(?<!\S)(?:\S ){3,119}\S(?![^\s,;!?)])|(?<![^\W_])[^\W_]([_.*|~-])(?:(?:[^\W_]|[.@])\1){3,40}[^\W_](?![^\W_])"
)
_CLUES = Clues(r"[ _.*|~-]\S(?:[ _.*|~-]\S){3}")
_MIN_LETTERS_APART = 2


class Shadow:
    """A text without disguise; `text` is what detection reads, `place` says where that stands in the original."""

    __slots__ = ("_base", "_edges", "_is_apart", "_lower", "_spans", "_words", "is_cut_short", "original", "text")

    def __init__(self, source: "str | Shadow", text: str, edits: "_Edits | None" = None) -> None:
        """`source` is what the edits were made in: the original, or its shadow."""
        self._base = source if isinstance(source, Shadow) else None
        #: the text as it was written
        self.original: str = source.original if isinstance(source, Shadow) else source
        #: what it reads as
        self.text = text
        #: True when it has more disguised places than are undone
        self.is_cut_short = edits is not None and edits.is_cut_short
        #: where each edit begins here
        self._edges = edits.edges if edits is not None else array("I")
        #: for each edit where it ends here, and where it begins and ends in the source
        self._spans = edits.spans if edits is not None else []
        self._lower: str | None = None
        self._words: list[str] | None = None
        self._is_apart: bool | None = None

    @property
    def lower(self) -> str:
        """The text in lower case, letter for letter."""
        if self._lower is None:
            lower = self.text.lower()
            if len(lower) != len(self.text):  # the Turkish I with a dot becomes two
                lower = "".join(low if len(low := letter.lower()) == 1 else letter for letter in self.text)
            self._lower = lower
        return self._lower

    @property
    def words(self) -> list[str]:
        """The runs of letters of `lower`, in order."""
        if self._words is None:
            lower = self.lower
            # The quicker way knows no letters but those of English.
            self._words = lower.translate(_NO_LETTERS).split() if lower.isascii() else _LETTER_RUN.findall(lower)
        return self._words

    @property
    def is_apart(self) -> bool:
        """True where letters may stand apart, as in "a n n a"."""
        if self._is_apart is None:
            self._is_apart = bool(_CLUES.in_text(self.lower))
        return self._is_apart

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original the characters [start, end) stand, for end > start."""
        first, last = self._of(start)[0], self._of(end - 1)[1]
        return self._base.place(first, last) if self._base is not None else (first, last)

    def is_edited(self, start: int, end: int) -> bool:
        """True where something was undone inside [start, end)."""
        edit = bisect_right(self._edges, start)
        return edit < len(self._edges) and self._edges[edit] < end

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
    """Replacements that change the length of a text, in order."""

    __slots__ = ("_length", "_reached", "_text", "edges", "is_cut_short", "pieces", "spans")

    def __init__(self, text: str) -> None:
        self._text = text
        self._reached = self._length = 0
        self.edges = array("I")
        self.spans: list[tuple[int, int, int]] = []
        self.pieces: list[str] = []
        self.is_cut_short = False

    def replace(self, start: int, end: int, read: str) -> bool:
        """Let [start, end) read so; False when there were too many before."""
        if len(self.spans) == MAX_UNDONE:
            self.is_cut_short = True
            return False
        self._length += start - self._reached
        self.pieces += (self._text[self._reached : start], read)
        self.edges.append(self._length)
        self._length += len(read)
        self.spans.append((self._length, start, end))
        self._reached = end
        return True

    def finished(self) -> str:
        """What the whole text reads as."""
        return "".join((*self.pieces, self._text[self._reached :]))


def shadow_of(text: str) -> Shadow:
    """The shadow of this text; made once for all checks that ask in turn. Equal texts have equal shadows."""
    return _of_small(text) if len(text) <= _SMALL else _of_big(text)


def joined_of(shadow: Shadow) -> Shadow | None:
    """The same with words joined whose letters stand apart, as in "a n n a" or "W.h.a.t.s"; None without any."""
    if not shadow.is_apart:
        return None
    return _joined_small(shadow.original) if len(shadow.original) <= _SMALL else _joined_big(shadow.original)


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
    has_entity = "&" in text and _HAS_ENTITY.search(text) is not None
    if text.isascii() and not has_entity:
        return Shadow(text, text)
    signs = set(text)
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
        edits = _undone(read)
        read = edits.finished()
    if not signs.isdisjoint(_LETTERS):
        read = _without_look_alikes(read)
    return Shadow(text, read, edits)


def _undone(text: str) -> _Edits:
    edits = _Edits(text)
    for match in _UNDO.finditer(text):
        start, end = match.span()
        read = _read(match[0], text[start - 1 : start], text[end : end + 1])
        if read != match[0] and not edits.replace(start, end, read):
            break
    return edits


@lru_cache(maxsize=16)
def _joined_small(original: str) -> Shadow | None:
    return _joined(shadow_of(original))


@lru_cache(maxsize=2)
def _joined_big(original: str) -> Shadow | None:
    return _joined(shadow_of(original))


def _joined(shadow: Shadow) -> Shadow | None:
    edits = _Edits(shadow.text)
    for run in _APART.finditer(shadow.text):
        if sum(letter.isalpha() for letter in run[0][::2]) < _MIN_LETTERS_APART:
            continue
        for at in range(run.start() + 1, run.end(), 2):
            edits.replace(at, at + 1, "")
    return Shadow(shadow, edits.finished(), edits) if edits.spans else None


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
