"""Says how much a passage reads like one that leads away from the market, whatever words it takes for it.

A linear model: each word, the letters in it, what it is about (`leadwords.py`), whether it is denied, which word stands
beside it and what else its clause is about have a weight each; a passage's score is their sum over the root of its
length. The weights are
learned from texts of both kinds (`python -m tests.policy.likeness`) and stand in `likeness.weights`. What one weight
means nobody can say: what is found is for people to look at. Reads addresses and numbers as little as one who can not
read them would; those have checks of their own.
"""

import math
import re
import zlib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations, islice, pairwise
from typing import NamedTuple

from mailbridge.patterns import lazy_pattern
from mailbridge.policy.folding import Folded, fold, folded
from mailbridge.policy.leadwords import about
from mailbridge.policy.numberwords import NUMBERS, WEAK
from mailbridge.policy.shadow import Shadow

#: features are told apart by so many bits of their checksum
BITS = 20
#: sentences of a passage at most, words from which no sentence is added, and octets of a sentence read together
_TOGETHER, _PASSAGE_WORDS, _LONGEST_PIECE = 3, 70, 220
#: added to the words of a passage: what is short says little
_SHORT = 8
#: different words of one text whose letters are looked at: more than any honest one has, and bounds its cost (T-70)
MOST_DIFFERENT = 1_500
_MOST_PIECES = 6_000
#: pieces of one text that are looked at closely
_MOST_WEIGHED = 200
#: by so much words alone may say less than all there is
_SLACK = 4.0
#: words whose weight is kept
_KEPT = 16_384
_LONGEST_WORD = 24
_LENGTHS = (3, 4, 5)
_WORD = lazy_pattern(rb"[a-z]+|[0-9]+")
#: a line that was broken by its program goes on
_SENTENCE_END = lazy_pattern(rb"[.\n](?:(?<=\.)(?=[ \n]|\Z)|(?<=\n)(?:(?=[ ,]{0,4}\n)|(?<![^\n]{50}\n)))")
_CLAUSE_END = lazy_pattern(
    rb"[.,]{1,9}|[ \n](?:but|because|so|ale|bo|wiec|ma|pero|perche|aber|sondern|mais|car|porque|and|und|e|i|y|et)[ \n]"
)
_DENIED = lazy_pattern(
    rb"\b(?:not|cannot|can t|don t|won t|doesn t|isn t|never|nobody|unable|forbidden|prohibited|rather than|instead of|"
    rb"against the rules|nie|nigdy|zamiast|zabron\w*|non|mai|invece|vietat\w|nessun\w?|nicht|kein\w{0,2}|niemals|statt|"
    rb"verboten|untersagt|pas|jamais|aucune?|interdit\w?|no|nunca|tampoco|prohibid\w|eviter|evitar|sorry)\b"
)
_OF_LINKS = ("@", "://", "www.")
_RUN = lazy_pattern(r"\S+")
#: forms that words do not tell, of a sentence as it was written; at most one of each counts
_FORMS = (
    lazy_pattern(r"\?"),
    lazy_pattern(r"[«„“\"][^»”\"\n]{2,40}[»”\"]"),
    lazy_pattern(r"\b[a-z]{3,30}[_.][a-z0-9_.]{2,30}\b"),
    lazy_pattern(r"\b[A-Za-z]{1,20}[0-9]{1,9}[A-Za-z]{1,20}\b"),
    lazy_pattern(r"[a-z,] [A-Z]\w{1,30} [A-Z]\w"),
    lazy_pattern("[a-z][\u0400-\u04ff]|[\u0400-\u04ff][a-z]|[\uff21-\uff5a]|\u20e3|[\u2460-\u24ff]|[\u2800-\u28ff]"),
    lazy_pattern("[\U0001f300-\U0001faff]"),
    lazy_pattern(r"(?:\b\w[ ._*-]){4}"),
)


class Passage(NamedTuple):
    """Some sentences of a text, [start, end) of it as it was written, and how much they read like it."""

    start: int
    end: int
    score: float


class Piece(NamedTuple):
    """One sentence of a text in plain letters, or a part of a long one: [start, end) of it, and how many words."""

    start: int
    end: int
    words: int


class Weighed(NamedTuple):
    """A piece where it stands as written, with the sum of the weights of all that it has."""

    start: int
    end: int
    words: int
    weight: int


class Model(NamedTuple):
    """What was learned: a weight for each feature, by its number, in `unit`; `bias` is the score of no words."""

    weights: Sequence[int]
    unit: float
    bias: float


def passages(shadow: Shadow, least: float) -> list[Passage]:
    """The passages of a score of `least` or more, in order, the best where they overlap.

    Of a text without end only the beginning is read: `MOST_DIFFERENT`, `_MOST_PIECES`.
    """
    plain = plain_of(shadow)
    pieces, close = _close(plain.octets, least - _SLACK)
    weighed: dict[int, Weighed] = {}
    reached: list[Passage] = []
    for first, last in close:
        for number in range(first, last):
            if number not in weighed:
                weighed[number] = _weighed(shadow, plain, pieces[number])
        passage = _together([weighed[number] for number in range(first, last)])
        if passage.score >= least:
            reached.append(passage)
        if len(weighed) >= _MOST_WEIGHED:
            break
    kept: list[Passage] = []
    for passage in sorted(reached, key=lambda passage: -passage.score):
        if all(passage.end <= other.start or other.end <= passage.start for other in kept):
            kept.append(passage)
    return sorted(kept)


def plain_of(shadow: Shadow) -> Folded:
    """The text in plain letters, links and addresses left out: the ones that are allowed say nothing either."""
    text = shadow.text
    if any(sign in text for sign in _OF_LINKS):
        text = _RUN.sub(_without_link, text)
    return folded(text)


def _without_link(run: re.Match[str]) -> str:
    return " " * len(run[0]) if any(sign in run[0] for sign in _OF_LINKS) else run[0]


def _close(octets: bytes, least: float) -> tuple[list[Piece], list[tuple[int, int]]]:
    """The pieces of a text, and which of them together may reach a score by their words alone: most texts have none."""
    pieces, weights = [], []
    known: set[bytes] = set()
    for start, end in islice(sentences(octets), _MOST_PIECES):
        words = _WORD.findall(octets, start, end)
        if len(octets) > MOST_DIFFERENT:
            known.update(words)
            if len(known) > MOST_DIFFERENT:
                break
        if words:
            pieces.append(Piece(start, end, len(words)))
            weights.append(sum(map(_alone, words)))
    model = _model()
    needed = (least - model.bias) / model.unit
    close = [
        run for run in runs([piece.words for piece in pieces]) if sum(weights[run[0] : run[1]]) >= needed * norm(run[2])
    ]
    return pieces, [(first, last) for first, last, _ in close]


def _together(pieces: Sequence[Weighed]) -> Passage:
    model = _model()
    weight = sum(piece.weight for piece in pieces) * model.unit
    score = weight / norm(sum(piece.words for piece in pieces)) + model.bias
    return Passage(pieces[0].start, pieces[-1].end, score)


def runs(pieces: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Which pieces are read together as a passage, by how many words each has: [first, behind the last), and words."""
    for first in range(len(pieces)):
        words, last = pieces[first], first + 1
        while last < len(pieces) and last - first < _TOGETHER and words + pieces[last] <= _PASSAGE_WORDS:
            words += pieces[last]
            last += 1
        yield first, last, words


def norm(words: int) -> float:
    """What the weight of so many words is divided by."""
    return math.sqrt(words + _SHORT)


def sentences(octets: bytes) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text in plain letters stand, long ones in parts."""
    start = 0
    for end in (*(match.end() for match in _SENTENCE_END.finditer(octets)), len(octets)):
        while end - start > _LONGEST_PIECE:
            cut = octets.rfind(b" ", start, start + _LONGEST_PIECE)
            cut = cut if cut > start else start + _LONGEST_PIECE
            yield start, cut
            start = cut
        yield start, end
        start = end


def clauses(octets: bytes) -> Iterator[tuple[list[bytes], bool]]:
    """The words of each clause of a piece, and whether they are denied."""
    for clause in _CLAUSE_END.split(octets):
        words = _WORD.findall(clause)
        if words:
            yield words, _DENIED.search(clause) is not None


def _weighed(shadow: Shadow, plain: Folded, piece: Piece) -> Weighed:
    weights = _model().weights
    start, end = place_of(shadow, plain, piece)
    weight = sum(weights[feature] for feature in of_form(shadow.original[start:end]))
    for words, is_denied in clauses(plain.octets[piece.start : piece.end]):
        weight += sum(map(_denied if is_denied else _alone, words))
        weight += sum(weights[feature] for feature in of_pairs(words, is_denied=is_denied))
        weight += sum(weights[feature] for feature in of_kinds(words, is_denied=is_denied))
    return Weighed(start, end, piece.words, weight)


def place_of(shadow: Shadow, plain: Folded, piece: Piece) -> tuple[int, int]:
    """Where a piece stands in the text as written, without the blanks around it."""
    start, end = shadow.place(*plain.span(piece.start, piece.end))
    written = shadow.original[start:end]
    if not written.strip():
        return start, end
    return start + len(written) - len(written.lstrip()), start + len(written.rstrip())


def of_form(written: str) -> Iterator[int]:
    """The numbers of the features of a sentence's form."""
    for number, form in enumerate(_FORMS):
        if form.search(written):
            yield _number(b"z%d" % number)


def of_pairs(words: Sequence[bytes], *, is_denied: bool) -> Iterator[int]:
    """The numbers of the features of words beside each other, or with one between them."""
    stems = [_stem(word) for word in words]
    denied = b"n:" if is_denied else b""
    for first, second in pairwise(stems):
        yield _number(b"%b%b %b" % (denied, first, second))
    for first, second in zip(stems, stems[2:], strict=False):
        yield _number(b"%b%b_%b" % (denied, first, second))


def of_kinds(words: Sequence[bytes], *, is_denied: bool) -> Iterator[int]:
    """The numbers of the features of what the words of a clause are about, two by two: the same in each language."""
    kinds, denied = sorted(set().union(*map(_kinds, words))), b"n:" if is_denied else b""
    return (_of_two(denied, first, second) for first, second in combinations(kinds, 2))


def of_word(word: bytes, *, is_denied: bool) -> Iterator[int]:
    """The numbers of the features of one word by itself."""
    denied, stem = b"n:" if is_denied else b"", _stem(word)
    yield _number(denied + stem)
    if stem != word:
        yield _number(b"%b=%b" % (denied, word))
    if not stem.startswith(b"#"):
        for kind in _kinds(word):
            yield _number(b"%b@%b" % (denied, kind))
        bounded = b"<%b>" % word[:_LONGEST_WORD]
        for length in _LENGTHS:
            for at in range(len(bounded) - length + 1):
                yield _number(b"c" + bounded[at : at + length])


@lru_cache(maxsize=_KEPT)
def _alone(word: bytes) -> int:
    weights = _model().weights
    return sum(weights[feature] for feature in of_word(word, is_denied=False))


@lru_cache(maxsize=_KEPT)
def _denied(word: bytes) -> int:
    weights = _model().weights
    return sum(weights[feature] for feature in of_word(word, is_denied=True))


@lru_cache(maxsize=_KEPT)
def _kinds(word: bytes) -> tuple[bytes, ...]:
    """What a word is about, a number about its length."""
    if word[:1].isdigit():
        return (_stem(word),)
    return tuple(kind.encode() for kind in about(word.decode()))


@cache
def _of_two(denied: bytes, first: bytes, second: bytes) -> int:
    return _number(b"p%b%b %b" % (denied, first, second))


@lru_cache(maxsize=_KEPT)
def _stem(word: bytes) -> bytes:
    """A word by its beginning, numbers by their length, number words as one."""
    if word[:1].isdigit():
        return b"#%d" % min(len(word), 6)
    return b"#w" if word in _number_words() else word[:5]


@cache
def _number_words() -> frozenset[bytes]:
    return frozenset(fold(word) for word in NUMBERS.keys() - WEAK if word.isalpha())


def _number(feature: bytes) -> int:
    return zlib.crc32(feature) & ((1 << BITS) - 1)


def packed(weights: Sequence[float], bias: float) -> bytes:
    """What `likeness.weights` holds of these: the unit and the bias, and a signed octet for each weight, packed."""
    unit = max(map(abs, weights)) / 127 or 1.0
    octets = bytes(round(weight / unit) & 0xFF for weight in weights)
    return f"{unit!r} {bias!r}\n".encode() + zlib.compress(octets, 9)


def read(content: bytes) -> Model:
    """The same read back."""
    head, _, octets = content.partition(b"\n")
    unit, bias = map(float, head.split())
    return Model(memoryview(zlib.decompress(octets)).cast("b"), unit, bias)


@cache
def _model() -> Model:
    # Part of the program as its modules are, and read as they are: once.
    return read(files(__package__).joinpath("likeness.weights").read_bytes())
