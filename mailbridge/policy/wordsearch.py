"""Looks for the phrases of one check in every text of a message, in all languages at once.

What language a mail is in is not asked: people mix them. A negation in the same clause ("we can not give coupons"), and
honest use that the list names ("the coupon you used"), is no finding. Decides nothing.

Bounded (T-70): each text is read up to `folding.MAX_READ` characters, and a check looks at `_MAX_LOOKS` places of it.
New text that goes on behind is not let through unread: one finding says where reading ended. Quotes and files may be
long honestly.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.patterns import lazy_pattern
from mailbridge.policy.folding import Folded, fold, folded, rarest
from mailbridge.policy.phrases import Phrase, any_of, compiled, compiled_pattern
from mailbridge.policy.scanning import MAX_FINDINGS, Parameters, strings, texts_of
from mailbridge.policy.wordlist import Wordlist
from mailbridge.policy.wordlists import WORDLISTS

#: detail of a finding that says that reading ended
UNREAD = "too long to be read to its end"
_MAX_LOOKS = 4_000
_MAY_BE_LONG = (Place.QUOTED_TEXT, Place.ATTACHMENT)
_MAX_HITS = MAX_FINDINGS
#: what it costs to see whether a hit is honest, in looks
_WEIGHING = 20
_WORDS_AT_END = 60
_AROUND = 400
_WORDS_BEFORE, _WORDS_BEHIND = 5, 4
_SENTENCE_END = lazy_pattern(rb"\.(?![a-z0-9])|\n[ ,]{0,8}\n")
#: a clause ends at a comma too; one line does not end it
_CLAUSE_END = lazy_pattern(rb"[.,]|\n[ ,]{0,8}\n")


class Hit(NamedTuple):
    """One phrase where it stands in a folded text."""

    start: int
    end: int
    kind: str


class _Entry(NamedTuple):
    phrase: Phrase
    kind: str
    language: str
    #: True when its own words hold a negation, so that one inside it means nothing
    is_negative: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What one language says around its phrases: patterns, "" for none."""

    negators: str
    negators_behind: str
    affirmers: str
    unless: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """The phrases of one check as one rule wants them."""

    #: by what some word of the text must begin with
    by_need: Mapping[bytes, tuple[_Entry, ...]]
    #: what that is
    needs: frozenset[bytes]
    #: by language and kind
    around: Mapping[tuple[str, str], _Around]
    #: weakest first
    kinds: tuple[str, ...]

    def hits(self, text: Folded) -> tuple[list[Hit], int]:
        """What stands in the text, in order, the stronger kind where two overlap; and where reading ended, or -1."""
        found: list[Hit] = []
        looks = _MAX_LOOKS
        for entry in self._possible(text):
            match_at = entry.phrase.pattern.match
            for start in _places(text, entry.phrase.starts):
                match = match_at(text.octets, start)
                looks -= 1 if match is None else _WEIGHING
                if looks < 0:
                    return self._without_overlaps(found), start
                if match is not None and not self._is_honest(text.octets, match, entry):
                    found.append(Hit(start, match.end(), entry.kind))
            if len(found) >= _MAX_HITS:
                return self._without_overlaps(found), -1
        return self._without_overlaps(found), len(text.octets) if text.is_cut else -1

    def _possible(self, text: Folded) -> Iterator[_Entry]:
        is_none_of = text.beginnings.isdisjoint
        for need in sorted(self.needs & text.beginnings):
            for entry in self.by_need[need]:
                for needed in entry.phrase.needs:
                    if is_none_of(needed):
                        break
                else:
                    yield entry

    def _is_honest(self, octets: bytes, match: re.Match[bytes], entry: _Entry) -> bool:
        around = self.around[entry.language, entry.kind]
        before = octets[max(match.start() - _AROUND, 0) : match.start()]
        behind = octets[match.end() : match.end() + _AROUND]
        if around.unless:
            sentence = _last(before, _SENTENCE_END) + match.group() + _first(behind, _SENTENCE_END)
            if _says(around.unless, sentence):
                return True
        clause = b" ".join(_last(before, _CLAUSE_END).split()[-_WORDS_BEFORE:])
        if not entry.is_negative:
            clause += b" " + match.group()
        if _says(around.negators, clause) and not _says(around.affirmers, clause):
            return True
        rest = b" ".join(_first(behind, _CLAUSE_END).split()[:_WORDS_BEHIND])
        return _says(around.negators_behind, rest) and not _says(around.affirmers, rest)

    def _without_overlaps(self, found: list[Hit]) -> list[Hit]:
        kept: list[Hit] = []
        for hit in sorted(found, key=lambda hit: (-self.kinds.index(hit.kind), hit.start, -hit.end)):
            if not any(hit.start < other.end and other.start < hit.end for other in kept):
                kept.append(hit)
        return sorted(kept)


def search(check: str, message: Message, facts: Facts, parameters: Parameters) -> tuple[Finding, ...]:
    """One finding per phrase, as written; its detail is the kind, where the check tells kinds apart."""
    lexicon = lexicon_of(check, facts, parameters)
    wanted = strings(parameters, "kinds") if "kinds" in parameters else lexicon.kinds
    found: list[Finding] = []
    for place, text in texts_of(message, facts):
        if place is Place.ATTACHMENT and parameters["files"] is not True:
            continue
        read = folded(text)
        hits, ended = _hits(lexicon, read)
        found += (as_finding(check, place, read, hit) for hit in hits if hit.kind in wanted)
        if ended >= 0 and place not in _MAY_BE_LONG:
            found.append(_unread(check, place, read, ended))
    return tuple(found[:MAX_FINDINGS])


def kinds_in(check: str, *texts: str) -> frozenset[str]:
    """The kinds of this check that texts alone hold, in any language; no market is named and no rule adds to them."""
    lexicon = _lexicon(check, tuple(wordlist.code for wordlist in WORDLISTS), (), (), "")
    return frozenset(hit.kind for text in texts for hit in _hits(lexicon, folded(text))[0])


@lru_cache(maxsize=64)
def _hits(lexicon: Lexicon, text: Folded) -> tuple[list[Hit], int]:
    """Kept, since several rules ask for other kinds of the same."""
    return lexicon.hits(text)


def as_finding(check: str, place: Place, text: Folded, hit: Hit) -> Finding:
    """The finding of this phrase."""
    start, end = text.span(hit.start, hit.end)
    return Finding(check=check, place=place, start=start, end=end, words=text.text[start:end], detail=hit.kind)


def _unread(check: str, place: Place, text: Folded, ended: int) -> Finding:
    """The finding that says where reading ended; its words are the last ones read."""
    start, end = text.span(max(ended - _WORDS_AT_END, 0), max(ended, 1))
    return Finding(check=check, place=place, start=start, end=end, words=text.text[start:end], detail=UNREAD)


def lexicon_of(check: str, facts: Facts, parameters: Parameters) -> Lexicon:
    """The phrases of this check, with what the rule adds and takes away."""
    market = facts.marketplace.name.replace(" ", "-") if facts.marketplace is not None else ""
    return _lexicon(
        check, strings(parameters, "languages"), strings(parameters, "also"), strings(parameters, "except"), market
    )


@lru_cache(maxsize=128)
def _lexicon(
    check: str, languages: tuple[str, ...], also: tuple[str, ...], unless: tuple[str, ...], market: str
) -> Lexicon:
    wordlists = [wordlist for wordlist in WORDLISTS if wordlist.code in languages]
    # A phrase taken away by its exact words is not compiled; any other makes its sentence no finding.
    taken = frozenset(unless)
    written = [
        (phrase, kind, wordlist)
        for wordlist in wordlists
        for kind, topic in _topics(check, wordlist)
        for phrase in topic
        if phrase not in taken
    ]
    around = {
        (wordlist.code, kind): _around(check, kind, wordlist, unless, market)
        for wordlist in wordlists
        for kind, _ in _topics(check, wordlist)
    }
    entries = [
        _Entry(phrase, kind, wordlist.code, _says(around[wordlist.code, kind].negators, fold(text)))
        for text, kind, wordlist in written
        if (phrase := compiled(text, (*wordlist.market, market))) is not None
    ]
    kinds = tuple(dict.fromkeys(kind for wordlist in WORDLISTS for kind, _ in _topics(check, wordlist)))
    added = (compiled(text, (market,)) for text in also)
    entries += [_Entry(phrase, kinds[0], "", True) for phrase in added if phrase is not None]
    around["", kinds[0]] = _Around(negators="", negators_behind="", affirmers="", unless=any_of(unless, (market,)))
    by_need = _by_need(entries)
    return Lexicon(by_need=by_need, needs=frozenset(by_need), around=around, kinds=kinds)


def _topics(check: str, wordlist: Wordlist) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Kind and phrases of each topic of this check; "" where it tells no kinds apart."""
    for topic, listed in wordlist.find.items():
        name, _, kind = topic.partition(".")
        if name == check:
            yield kind, listed


def _around(check: str, kind: str, wordlist: Wordlist, unless: tuple[str, ...], market: str) -> _Around:
    # An oath is one however it is turned, and a parcel that did not come is a matter of shipping.
    turns = check not in {"profanity", "topic"}
    own = wordlist.unless.get(f"{check}.{kind}") or wordlist.unless.get(check, ())
    return _Around(
        negators=any_of(wordlist.negators) if turns else "",
        negators_behind=any_of(wordlist.negators_behind) if turns else "",
        affirmers=any_of(wordlist.affirmers) if turns else "",
        unless=any_of((*own, *unless), (*wordlist.market, market)),
    )


def _by_need(entries: Iterable[_Entry]) -> Mapping[bytes, tuple[_Entry, ...]]:
    """Each phrase under the word that is the rarest."""
    grouped: dict[bytes, list[_Entry]] = {}
    for entry in entries:
        for need in rarest(entry.phrase.needs):
            grouped.setdefault(need, []).append(entry)
    return {need: tuple(group) for need, group in grouped.items()}


def _places(text: Folded, starts: tuple[bytes, ...]) -> Iterator[int]:
    """Where a word begins so, for all that its first three letters say."""
    for start in starts:
        yield from text.places_of(start)


def _says(pattern: str, words: bytes) -> bool:
    return bool(pattern) and compiled_pattern(pattern).search(words) is not None


def _last(before: bytes, end: re.Pattern[bytes]) -> bytes:
    """What stands behind the last end in it."""
    cut = 0
    for match in end.finditer(before):
        cut = match.end()
    return before[cut:]


def _first(behind: bytes, end: re.Pattern[bytes]) -> bytes:
    """What stands before the first end in it."""
    match = end.search(behind)
    return behind[: match.start()] if match is not None else behind
