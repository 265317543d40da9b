"""Phrases as people write them down, made into what is looked for in folded text.

A phrase is words with blanks between; letter case and marks do not count, and ä is also ae. Of one word:

- `review*` stands for every ending, `leave/write` for one or the other, `(our)` for one that may be missing;
- `...` stands for up to six words of the same sentence, `..` for up to two;
- `<code>` is a word of letters and digits, `<number>` a number, `<market>` the marketplace or what stands for it.

Any text is a phrase: one that a rule file adds never fails. Looks for nothing by itself: that is `wordsearch.py`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from mailbridge.patterns import lazy_pattern
from mailbridge.policy.folding import BEGINNING, SHORTEST, fold, start_of

# All quantifiers are bounded, and a gap steps over whole words, so that each place costs little (T-70).
_BETWEEN = r"(?: {1,8}\n?|\n) {0,8}"
_STEP = r"(?:[ ,]{1,8}\n?|\n)[ ,]{0,8}"  # in a gap, over a comma too
_END = r"(?![a-z0-9])"
_WORD = r"[a-z0-9]{1,40}"
_ENDING = r"[a-z0-9]{0,24}"
_GAPS = {"...": 6, "..": 2, "…": 6}
_CLASSES = {"<code>": r"(?=[a-z]{0,20}[0-9])[a-z0-9]{3,24}" + _END, "<number>": r"[0-9]{1,6}" + _END}
_MARKET = "<market>"
_LETTERS = lazy_pattern(r"[a-z0-9]+")
_JOINED = lazy_pattern(r"[-'’]")
_SPELLED = {"ä": ("a", "ae"), "ö": ("o", "oe"), "ü": ("u", "ue"), "ß": ("s", "ss")}
_MAX_SPELLINGS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One phrase, ready to be looked for."""

    #: the pattern that matches at the place where its first word begins
    source: str
    #: what `Folded.places_of` is asked for its first word, all spellings
    starts: tuple[bytes, ...]
    #: for each word that must be there, what one of the words of the text begins with
    needs: tuple[frozenset[bytes], ...]

    @property
    def pattern(self) -> re.Pattern[bytes]:
        """The pattern, compiled when a text first has words that it needs: most phrases never are."""
        return compiled_pattern(self.source)


@lru_cache(maxsize=4096)
def compiled_pattern(source: str) -> re.Pattern[bytes]:
    """The pattern for folded text."""
    return re.compile(source.encode())


def phrases(block: str) -> tuple[str, ...]:
    """One phrase a line; a line that is indented deeper than the first goes on with the one before."""
    lines = [line for line in block.splitlines() if line.strip()]
    margin = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    listed: list[str] = []
    for line in lines:
        if line[margin].isspace() and listed:
            listed[-1] += ("" if listed[-1].endswith("/") else " ") + line.strip()
        else:
            listed.append(line.strip())
    return tuple(listed)


def compiled(phrase: str, market: tuple[str, ...] = ()) -> Phrase | None:
    """The phrase, with these words for <market>; None when it holds no word at all."""
    tokens = list(_tokens(phrase, market))
    while tokens and not tokens[0].must_be_there:
        tokens.pop(0)
    while tokens and tokens[-1].is_gap:
        tokens.pop()
    if not tokens:
        return None
    return Phrase(
        source=_joined(tokens),
        starts=tuple(dict.fromkeys(tokens[0].starts)),
        needs=tuple(token.need() for token in tokens if token.must_be_there),
    )


def any_of(wanted: Iterable[str], market: tuple[str, ...] = ()) -> str:
    """The source of one pattern that finds any of these phrases anywhere; "" for none."""
    joined = [text for phrase in wanted if (text := _joined(list(_tokens(phrase, market))))]
    return rf"(?<![a-z0-9])(?:{'|'.join(joined)})" if joined else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    """One word of a phrase, or a gap."""

    pattern: str
    #: literal beginnings, all spellings and alternatives; none for a gap or a class of words
    beginnings: tuple[str, ...] = ()
    #: see `Phrase.starts`
    starts: tuple[bytes, ...] = ()
    is_optional: bool = False
    is_gap: bool = False

    @property
    def must_be_there(self) -> bool:
        return bool(self.beginnings) and not self.is_optional

    def need(self) -> frozenset[bytes]:
        if any(start.endswith(b"*") and len(start) <= SHORTEST for start in self.starts):
            return frozenset({b""})  # too short to be told
        return frozenset(beginning[:BEGINNING].encode() for beginning in self.beginnings)


def _tokens(phrase: str, market: tuple[str, ...]) -> Iterator[_Token]:
    for written in phrase.lower().split():
        piece = written.removeprefix("(").removesuffix(")")
        is_optional = piece != written
        if piece in _GAPS:
            yield _Token(pattern=rf"(?:{_WORD}{_STEP}){{0,{_GAPS[piece]}}}?", is_gap=True)
        elif piece in _CLASSES:
            yield _Token(pattern=_CLASSES[piece], is_optional=is_optional)
        else:
            yield from _word(piece.replace(_MARKET, "/".join(market)), is_optional=is_optional)


def _word(written: str, *, is_optional: bool) -> Iterator[_Token]:
    """One word, or one of several; an option that a hyphen or an apostrophe joins is several words in a row."""
    patterns: list[str] = []
    beginnings: list[str] = []
    starts: list[bytes] = []
    for option in written.split("/"):
        parts = [spelled for part in _JOINED.split(option.rstrip("*")) if (spelled := spellings(part))]
        if parts:
            ending = _ENDING if option.endswith("*") else ""
            patterns.append(_BETWEEN.join(f"(?:{'|'.join(spelled)})" for spelled in parts) + ending)
            beginnings += parts[0]
            starts += [start_of(word, is_stem=bool(ending) and len(parts) == 1) for word in parts[0]]
    if patterns:
        yield _Token(
            pattern=f"(?:{'|'.join(patterns)}){_END}",
            beginnings=tuple(beginnings),
            starts=tuple(starts),
            is_optional=is_optional,
        )


def spellings(word: str) -> list[str]:
    """The word in plain letters, each way that its marks may be written."""
    choices = [_SPELLED.get(letter) or (fold(letter).decode(),) for letter in word]
    spelled = ("".join(letters) for letters in product(*choices))
    plain = dict.fromkeys("".join(_LETTERS.findall(word_spelled)) for word_spelled in spelled)
    return [word for word in plain if word][:_MAX_SPELLINGS]


def _joined(tokens: list[_Token]) -> str:
    """Words with what may stand between them; a gap and a word that may be missing bring their own."""
    text = ""
    needs_between = False
    for token in tokens:
        between = _BETWEEN if needs_between else ""
        if token.is_gap:
            text += (_STEP if needs_between else "") + token.pattern
            needs_between = False
        elif token.is_optional:
            text += f"(?:{between}{token.pattern})?" if needs_between else f"(?:{token.pattern}{_BETWEEN})?"
        else:
            text += between + token.pattern
            needs_between = True
    return text
