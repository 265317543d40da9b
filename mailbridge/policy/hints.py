"""Looks for hints: words that only together show what an author is after, as "my nick" and "gmail" do.

A hint has a telling word, and kinds of words of which each must stand close by. What is denied in the same clause is
none. Words are told in plain letters, so that marks, case and digits for letters do not matter. The words themselves
are data (`hints_of_contacts.py`, `hints_of_places.py`, `hints_of_payment.py`).
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from typing import NamedTuple, Self

from mailbridge.patterns import lazy_pattern
from mailbridge.policy.folding import BEGINNING, SHORTEST, Folded, beginnings_of, folded, rarest, start_of
from mailbridge.policy.scanning import Read

#: places of one telling word that are looked at in one text: more than any honest one has (I6)
_MAX_PLACES = 60
#: a telling word begins at most so far before its gate
_TO_GATE = 60
_GAP, _ENDS = r"[ \n,]{1,3}", r"(?![a-z0-9])"
_FIRST, _WHOLE_WORD = lazy_pattern(r"([a-z0-9]+)(\*?)"), lazy_pattern(r"([a-z0-9]+)(\*?)(?:\Z|\(\?!)")
#: a word with digits for letters: "r3v0lut", "b1tc0in"
_MIXED = lazy_pattern(rb"(?<![a-z0-9])[a-z]{1,12}[013457][a-z0-9]{1,14}")
_DIGIT = lazy_pattern(rb"[013457](?<=[a-z].)(?=[a-z0-9])")
_MAX_LETTERS = 12
_LETTERS_MEANT = bytes.maketrans(b"013457", b"oieast")
_CLAUSE = lazy_pattern(rb"[.,\n] |\n| (?:but|because|so|ale|bo|wiec|ma|pero|perche|aber|sondern|mais|car|porque) ")
_DENYING = lazy_pattern(
    rb"\b(?:not|cannot|can t|don t|won t|never|nobody|unable|forbidden|prohibited|instead of|nie|nigdy|zamiast|"
    rb"zabron\w{1,5}|non|mai|invece|vietat\w|nessun\w?|nicht|kein\w{0,2}|niemals|statt|verboten|untersagt|pas|jamais|"
    rb"aucune?|nothing|nichts|niente|nic|rien|nada|interdit\w?|no|nunca|tampoco|prohibid\w|refuse|beware|scam|oszust\w{1,4}|truff\w|betr[ue]\w{1,5}|"
    rb"arnaque\w?|estafa\w?)\b"
)
_REACH_OF_DENIAL = 70
_SENTENCE = lazy_pattern(rb"[.\n][ \n]")
_GREAT = "[A-ZÀ-ÖØ-ÞŁŚŻŹĆ]"
_NAME = lazy_pattern(
    rf"[\s:,«»\"„“”'-]{{1,3}}{_GREAT}[\w'’-]{{1,30}}(?:\s(?:\w{{1,3}}\s)?{_GREAT}[\w'’-]{{1,30}}){{0,4}}"
)


class Needed(NamedTuple):
    """Words of which a text must hold one, by what it holds then: beginnings as `Folded.beginnings` has them."""

    #: of each the one that the fewest texts hold
    rarest: frozenset[bytes]
    #: for each of those what else the same words begin with
    whole: Mapping[bytes, tuple[frozenset[bytes], ...]]

    def may_stand(self, beginnings: frozenset[bytes]) -> bool:
        """True where one of the words may be in the text with these beginnings."""
        for begin in self.rarest & beginnings:  # loops: this is asked of each text a hundred times
            for whole in self.whole[begin]:
                if whole <= beginnings:
                    return True
        return False


class Start(NamedTuple):
    """How some words begin."""

    #: what `Folded.places_of` is asked
    asked: bytes
    #: what each of the words begins with, as in `Needed`
    whole: tuple[frozenset[bytes], ...]


class Listed(NamedTuple):
    """Words of which one must be there, and how they begin: see `_starts`."""

    words: bytes
    starts: Mapping[bytes, Start]


class Hint(NamedTuple):
    """One kind of hint, as it is written down; what is looked for is made of it when a text first is: see `_Search`."""

    #: what it means
    value: str
    #: the telling words
    anchors: str
    #: of each of these one must stand near
    near: tuple[str, ...] = ()
    #: what goes on the telling word
    then: str = ""
    #: without one of these nothing is looked for
    gate: str = ""
    #: none of these may stand within twice the reach
    unless: str = ""
    #: how near
    before: int = 60
    behind: int = 80
    #: False for what no "not" makes harmless
    may_be_denied: bool = True
    #: True where all must stand in one sentence
    in_sentence: bool = True
    #: a name with great letters must follow, of so many words at least
    names: int = 0


class _Search(NamedTuple):
    """What is looked for of one hint; its patterns are compiled when a text first needs them, which few do."""

    hint: Hint
    #: the telling word
    anchor: bytes
    #: how it begins: see `_starts`
    starts: Mapping[bytes, Start]
    #: of each of these the text must hold one, or there is nothing to look for: see `_needed`
    needs: tuple[Needed, ...]
    near: tuple[Listed, ...]
    gate: Listed | None
    unless: Listed | None

    @classmethod
    def of(cls, hint: Hint) -> Self:
        """Make it."""
        return cls(
            hint=hint,
            anchor=any_of(hint.anchors, hint.then),
            starts=_starts(hint.anchors),
            needs=_all_needed(hint.anchors, *hint.near, hint.gate),
            near=tuple(map(_listed, hint.near)),
            gate=_listed(hint.gate) if hint.gate else None,
            unless=_listed(hint.unless) if hint.unless else None,
        )


class _Index(NamedTuple):
    """All that `Hints` look for, by number."""

    searches: tuple[_Search, ...]
    #: those that any text may hold
    always: frozenset[int]
    #: what one word of the text must begin with, and for what
    needs: frozenset[bytes]
    by_need: Mapping[bytes, list[int]]


class _Plain(NamedTuple):
    octets: bytes
    beginnings: frozenset[bytes]
    folded: Folded
    #: what `_possible` said, by the identity of what it was asked: those are made once and kept
    asked: dict[int, list[bytes]]
    #: where words with digits for letters stand, by all that `places_of` may be asked for them
    meant: Mapping[bytes, list[int]]

    def places_of(self, start: bytes) -> list[int]:
        """As `Folded.places_of`."""
        places, meant = self.folded.places_of(start), self.meant.get(start)
        return sorted({*places, *meant}) if meant else places


class Hints:
    """Hints of one kind, listed by what some word of a text must begin with; made ready when a text is first read."""

    def __init__(self, *listed: Hint) -> None:
        self._listed = listed

    def possible(self, beginnings: frozenset[bytes]) -> list[_Search]:
        """Those that a text may hold whose words begin so, in the order they are listed."""
        index = self._index
        begun = index.needs & beginnings
        found = index.always.union(*[index.by_need[need] for need in begun]) if begun else index.always
        possible = []
        for number in sorted(found):
            each = index.searches[number]
            for needed in each.needs:
                if not needed.may_stand(beginnings):
                    break
            else:
                possible.append(each)
        return possible

    @cached_property
    def _index(self) -> _Index:
        searches = tuple(map(_Search.of, self._listed))
        by_need: defaultdict[bytes, list[int]] = defaultdict(list)
        for number, each in enumerate(searches):
            for need in rarest([needed.rarest for needed in each.needs]) if each.needs else ():
                by_need[need].append(number)
        always = frozenset(number for number, each in enumerate(searches) if not each.needs)
        return _Index(searches, always, frozenset(by_need), dict(by_need))


_compiled = cache(re.compile)


def any_of(words: str, then: str = "") -> bytes:
    """A pattern for one of these words with this behind it; "_" is a blank within a word, "*" any ending."""
    return f"(?<![a-z0-9]){one_of(words)}{_written(then)}{_ENDS}".encode()


def hint(value: str, anchors: str, *near: str, then: str = "", gate: str = "", unless: str = "") -> Hint:
    """A hint of these telling words, each of which begins with up to three plain letters, and of what goes on them.

    `gate` are the words of which `then` is made: without one in the text nothing else is looked for.
    """
    return Hint(value, anchors, near, then, gate, unless)


@cache
def _listed(words: str) -> Listed:
    return Listed(any_of(words), _starts(words))


@cache
def _starts(words: str) -> Mapping[bytes, Start]:
    """How the first of each of these words begins, and what `Folded.places_of` is asked for it."""
    asked: dict[bytes, bytes] = {}
    whole: defaultdict[bytes, list[frozenset[bytes]]] = defaultdict(list)
    for word in words.split():
        first = _FIRST.match(word)
        if first is not None:
            begin = first[1][:BEGINNING].encode()
            start = start_of(first[1], is_stem=bool(first[2]) and len(begin) >= SHORTEST)
            asked[begin] = max(start, asked.get(begin, b""), key=len)  # the one with "*" finds the other too
            whole[begin].append(_beginnings(word))
    return {begin: Start(start, tuple(whole[begin])) for begin, start in asked.items()}


def _all_needed(*several: str) -> tuple[Needed, ...]:
    """What is needed of each of these, the fewest words first: most texts lack some of those."""
    return tuple(sorted(filter(None, map(_needed, several)), key=lambda needed: len(needed.rarest)))


def _needed(words: str) -> Needed | None:
    """What a text must hold for one of these words to be in it; None where that can not be said, or there is none."""
    whole: defaultdict[bytes, list[frozenset[bytes]]] = defaultdict(list)
    for word in words.split():
        beginnings = _beginnings(word)
        whole[max(sorted(beginnings), key=len, default=b"")].append(beginnings)
    if b"" in whole or not whole:
        return None
    return Needed(frozenset(whole), {begin: tuple(several) for begin, several in whole.items()})


def _beginnings(words: str) -> frozenset[bytes]:
    """What the words of one phrase begin with; without those that are patterns, or too short to tell."""
    beginnings, depth = set(), 0
    for word in words.split("_"):
        stem = _WHOLE_WORD.match(word)
        if stem is not None and not depth and (not stem[2] or len(stem[1]) >= SHORTEST):
            beginnings.add(stem[1][:BEGINNING].encode())
        depth += word.count("(") - word.count(")")
    return frozenset(beginnings)


def one_of(words: str) -> str:
    """These words as one piece of a pattern, the longest first."""
    return f"(?:{'|'.join(sorted({_written(word) for word in words.split()}, key=len, reverse=True))})"


def _written(word: str) -> str:
    return word.replace("_", _GAP).replace("*", "[a-z0-9]{0,9}")


def hints_in(text: str, hints: Hints) -> Iterator[Read]:
    """Every hint in this text, from its first word to its last; in no order, and one may stand within another."""
    plain = _plain(text)
    gates: dict[int, list[int]] = {}
    for each in hints.possible(plain.beginnings):
        if each.gate is not None and id(each.gate) not in gates:
            gates[id(each.gate)] = _places_of(plain, each.gate)
        beside = gates[id(each.gate)] if each.gate is not None else None
        for at in _anchors(plain, each, beside):
            span = _span(plain, at, each)
            if span is not None:
                yield Read(*plain.folded.span(*span), each.hint.value)


def _places_of(plain: _Plain, gate: Listed) -> list[int]:
    places = (at for start in _possible(plain, gate.starts) for at in plain.places_of(start)[:_MAX_PLACES])
    return [at for at in places if _compiled(gate.words).match(plain.octets, at)]


def _possible(plain: _Plain, starts: Mapping[bytes, Start]) -> list[bytes]:
    """What `Folded.places_of` is asked for those that may begin in this text words that are whole in it."""
    known = plain.asked.get(id(starts))
    if known is None:
        begun = sorted(starts.keys() & plain.beginnings)
        known = [
            starts[begin].asked for begin in begun if any(whole <= plain.beginnings for whole in starts[begin].whole)
        ]
        plain.asked[id(starts)] = known
    return known


def _anchors(plain: _Plain, each: _Search, beside: list[int] | None) -> Iterator[int]:
    """Where the telling word may begin: anywhere, or close before the words of its gate."""
    for start in _possible(plain, each.starts):
        places = plain.places_of(start)
        if beside is None:
            yield from places[:_MAX_PLACES]
        else:
            for gate in beside:
                yield from places[bisect_left(places, gate - _TO_GATE) : bisect_left(places, gate)]


def apart(hinted: Iterable[Read], plain: list[Read]) -> Iterator[Read]:
    """The hints that stand beside all that was found plainly, which says more."""
    for hint in hinted:
        if not any(hint.start < found.end and found.start < hint.end for found in plain):
            yield hint


def _span(plain: _Plain, at: int, each: _Search) -> tuple[int, int] | None:
    octets, hint = plain.octets, each.hint
    anchor = _compiled(each.anchor).match(octets, at)
    if anchor is None:
        return None
    start, end = anchor.span()
    named = end
    first, last = _reach(octets, start, end, hint)
    for near in each.near:
        found = _first_of(plain, near, anchor.end(), last) or _first_of(plain, near, first, anchor.start())
        if found is None:
            return None
        start, end = min(start, found.start()), max(end, found.end())
    if each.unless is not None and _first_of(plain, each.unless, max(first - hint.before, 0), last + hint.behind):
        return None
    if hint.may_be_denied and _is_denied(octets, *anchor.span()):
        return None
    if not hint.names:
        return start, end
    name = _name_end(plain, end, hint.names) or _name_end(plain, named, hint.names)
    return (start, max(end, name)) if name else None


def _first_of(plain: _Plain, near: Listed, first: int, last: int) -> re.Match[bytes] | None:
    """The first of these words in [first, last)."""
    matches = []
    for start in _possible(plain, near.starts):
        places = plain.places_of(start)
        for at in places[bisect_left(places, first) : bisect_left(places, last)]:
            match = _compiled(near.words).match(plain.octets, at, last)
            if match is not None:
                matches.append(match)
                break
    return min(matches, key=re.Match.start, default=None)


def _reach(octets: bytes, start: int, end: int, hint: Hint) -> tuple[int, int]:
    """From where to where the words around [start, end) are looked at."""
    first, last = max(start - hint.before, 0), end + hint.behind
    if hint.in_sentence:
        for edge in _SENTENCE.finditer(octets, first, start):
            first = edge.end()
        ends = _SENTENCE.search(octets, end, last)
        last = ends.start() if ends is not None else last
    return first, last


def _name_end(plain: _Plain, at: int, least: int) -> int:
    """Where the name ends that begins here, of so many words at least; 0 where there is none."""
    name = _NAME.match(plain.folded.text, at) if not plain.folded.places else None
    return name.end() if name is not None and len(name[0].split()) >= least else 0


def _is_denied(octets: bytes, start: int, end: int) -> bool:
    """True where a word of the clause around this place denies it."""
    before = octets[max(start - _REACH_OF_DENIAL, 0) : start]
    clause = _CLAUSE.split(before)[-1]
    behind = _CLAUSE.split(octets[end : end + _REACH_OF_DENIAL], maxsplit=1)[0]
    return _DENYING.search(clause) is not None or _DENYING.search(behind) is not None


def _word_at(octets: bytes, at: int) -> re.Match[bytes] | None:
    """The word around the digit at this place, if letters begin it."""
    start = at
    while start > 0 and at - start < _MAX_LETTERS and octets[start - 1 : start].isalnum():
        start -= 1
    return _MIXED.match(octets, start)


@lru_cache(maxsize=16)
def _plain(text: str) -> _Plain:
    whole = folded(text)
    mixed = {word.span() for at in _DIGIT.finditer(whole.octets) if (word := _word_at(whole.octets, at.start()))}
    if not mixed:
        return _Plain(whole.octets, whole.beginnings, whole, {}, {})
    octets = bytearray(whole.octets)
    meant: defaultdict[bytes, list[int]] = defaultdict(list)
    words: set[bytes] = set()
    for start, end in sorted(mixed):
        letters = whole.octets[start:end].translate(_LETTERS_MEANT)
        octets[start:end] = letters
        words.add(letters)
        for begin in {letters[:BEGINNING], *(letters[:size] + b"*" for size in range(SHORTEST, BEGINNING))}:
            meant[begin].append(start)
    return _Plain(bytes(octets), whole.beginnings | beginnings_of(words), whole, {}, meant)
