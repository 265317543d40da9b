"""Finds requests to pay past the market (S-25, E-20): to a private account, by friends' PayPal, in cash, in coins.

Told by the words of `policy/payment_words.py` where they ask, and by addresses of Bitcoin and Ethereum. Money that
comes back, and what is denied ("we never ask you to pay outside"), is no finding. Accounts themselves are another
check's business.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain, islice

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.patterns import lazy_pattern
from mailbridge.policy.folding import BEGINNING, fold, folded
from mailbridge.policy.hints import hints_in
from mailbridge.policy.hints_of_payment import PAYMENTS
from mailbridge.policy.nearby import called_as, lowered, places_of
from mailbridge.policy.numbers import is_base58_address, is_bech32_address
from mailbridge.policy.payment_words import DENYING, RETURNING, WORDINGS, Wording
from mailbridge.policy.prescan import Clues
from mailbridge.policy.scanning import MAX_FINDINGS, Parameters, Read, strings, texts_of
from mailbridge.policy.shadow import joined_of, shadow_of
from mailbridge.policy.spelling import is_handle
from mailbridge.policy.veiled import PAYMENT, veiled

KINDS = tuple(sorted({wording.kind for wording in WORDINGS} | {"coin_address"}))

#: places looked at for each wording
_MAX_ASKED = 100
_REACH_BEFORE, _REACH_BEHIND = 40, 60
#: a letter that is longer is too much work, and counts as found (I10)
_MAX_LETTER = 400_000
#: of longer quotes and files nobody reads the middle
_MAX_TEXT = 200_000
_READ_IN_PARTS = (Place.QUOTED_TEXT, Place.ATTACHMENT)
_SHOWN = 40
#: addresses whose checksum is reckoned; more in one text count without
_MAX_RECKONED = 20
_BY_STEM = {stem: [wording for wording in WORDINGS if wording.stem == stem] for stem in {w.stem for w in WORDINGS}}
_STEMS = tuple((stem, fold(stem.split()[0])[:BEGINNING]) for stem in sorted(_BY_STEM))
#: words before a wording in which one may deny it
_DENYING_WORDS = 6
_SENTENCE_END = lazy_pattern(r"[.!?;:…]\s|\n\s*\n")
_WORD = lazy_pattern(r"[^\s,()\"„”]+")
_COIN_STARTS = lazy_pattern(r"(?<![\w/=.#&@-])(?:bc1|tb1|0x|[123mn](?=[1-9A-HJ-NP-Za-km-z]{25}))")
_CLUES = Clues(r"[bt]c1|tb1|0x|[123mn][1-9a-z]{25}")
_BASE58 = lazy_pattern(r"[123mn][1-9A-HJ-NP-Za-km-z]{25,34}(?![\w@])")
_BECH32 = lazy_pattern(r"(?:bc|tb)1[qp][ac-hj-np-z02-9]{38,58}(?![\w@])")
#: in groups, which no program writes: what it begins with is said of nothing else
_BECH32_BROKEN = lazy_pattern(
    r"(?<![^\W_])(?:ltc1[qp][a-z0-9]{28,60}|(?:bc1|ltc1)[qp](?=[a-z0-9]{0,60}[ \n-]{1,3}(?:[a-z]{0,30}[0-9]){3})"
    r"[a-z0-9]{0,60}[ \n-]{1,3}[a-z0-9]{12,60})(?![^\W_])"
)
_BECH32_APART = lazy_pattern(
    r"(?<![^\W_])bc1[ .-]?[qp](?:[ \n.-]{1,2}[ac-hj-np-z02-9]{2,8}|[ac-hj-np-z02-9]{1,4}[ .-]){4,12}"
    r"[ac-hj-np-z02-9]{0,8}"
)
#: services that pay one person, however their names are bent
_SERVICES = (
    r"r[eé][vw]o-?l[uou]{1,2}t\w{0,3}|rewolut\w{0,4}|venmo|cash-? ?app|zelle|monzo|satispay|bizum|twint|lydia|wero|"
    r"pay-? ?pal\w{0,3}|paj ?pal\w{0,3}|wise"
)
_INTRODUCING = (
    r"cerca\w{0,3}|cerchi|szukaj\w{0,2}|jestem|nick|tag|name|user|handle|search|look for|find|i['’]?m|it['’]?s|to|sono|"
    r"mi trovi|als|bin|such\w{0,2}|unter|heiß\w|je suis|c['’]est|cherche\w?|soy|busca\w?|na|pod|a|an|at|on"
)
_TAGGED = lazy_pattern(
    rf"(?<![\w@.])(?:{_SERVICES})(?:[\s,:;(–-]{{1,3}}(?:\w{{1,9}},?\s){{0,2}}?(?:{_INTRODUCING})|[\s]?[:,(–-])[\s:]{{1,3}}"
    r"(?P<at>@)?(?P<name>[a-z][\w.]{2,30}\w)"
)
_OF_TAGS = Clues(_SERVICES)
_NEVER = lazy_pattern(r"\b(?:never|not|nie|non|nicht|kein\w*|pas|nunca)\b")
_ETHEREUM = lazy_pattern(r"0x[0-9a-fA-F]{40}(?![\w@])")

Span = tuple[int, int, str]


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per wording or address, as written; its detail is the kind."""
    kinds = frozenset(strings(parameters, "kinds"))
    found: list[Finding] = []
    for place, text in texts_of(message, facts):
        for start, end, kind in _in_text(place, text, kinds):
            words = text[start:end]
            found.append(Finding(check="payment_outside", place=place, start=start, end=end, words=words, detail=kind))
    return tuple(found[:MAX_FINDINGS])


def _in_text(place: Place, text: str, kinds: frozenset[str]) -> Iterator[Span]:
    if len(text) <= (_MAX_TEXT if place in _READ_IN_PARTS else _MAX_LETTER):
        yield from _found_in(text, kinds)
        return
    if place not in _READ_IN_PARTS:
        yield 0, _SHOWN, "too long to look at"
        return
    half = _MAX_TEXT // 2
    yield from _found_in(text[:half], kinds)
    for start, end, kind in _found_in(text[-half:], kinds):
        yield len(text) - half + start, len(text) - half + end, kind


@lru_cache(maxsize=16)
def _all_in(text: str) -> tuple[Span, ...]:
    """Everything of any kind in this text, which several rules ask for."""
    return tuple(chain(_wordings(text), _addresses(text), _hinted(text)))


def _found_in(text: str, kinds: frozenset[str]) -> list[Span]:
    """Everything in this text, none inside another, in its order."""
    found: list[Span] = []
    for span in _all_in(text):
        if span[2] in kinds and not any(span[0] < end and start < span[1] for start, end, _ in found):
            found.append(span)
            if len(found) == MAX_FINDINGS:
                break
    return sorted(found)


def _wordings(text: str) -> Iterator[Span]:
    small = lowered(text)
    for stem in _stems_in(text):
        for at in places_of(small, (stem,), _MAX_ASKED):
            for wording in _BY_STEM[stem]:
                span = _span(small, at, wording)
                if span is not None and _asks(small, span, wording):
                    yield *span, wording.kind


def _hinted(text: str) -> Iterator[Span]:
    """Hints, in the text without its disguise."""
    shadow = shadow_of(text)
    for read in chain(_tagged(shadow.lower), veiled(shadow.lower, PAYMENT), hints_in(shadow.text, PAYMENTS)):
        yield *shadow.place(read.start, read.end), read.value
    joined = joined_of(shadow)
    if joined is not None:
        for read in hints_in(joined.text, PAYMENTS):
            if joined.is_edited(read.start, read.end):
                yield *joined.place(read.start, read.end), read.value


def _tagged(lower: str) -> Iterator[Read]:
    """Services between people with the name that somebody has there: "Revolut, I am @annak"."""
    if _OF_TAGS.in_text(lower):
        for tag in islice(_TAGGED.finditer(lower), _MAX_ASKED):
            if (tag["at"] or is_handle(tag["name"])) and not _NEVER.search(tag[0]):
                yield Read(*tag.span(), "direct")


def _stems_in(text: str) -> Iterator[str]:
    """The stems that may stand in this text, by how its words begin: cheaper than to look for each."""
    read = folded(text)
    if read.is_cut:
        return (stem for stem, _ in _STEMS)
    beginnings = read.beginnings
    return (stem for stem, begin in _STEMS if begin in beginnings)


def _span(small: str, at: int, wording: Wording) -> tuple[int, int] | None:
    match = wording.pattern.match(small, at)
    if match is None:
        return None
    end = at + len(match.group().rstrip())
    if wording.before is None:
        return at, end
    first = max(at - _REACH_BEFORE, 0)
    before = wording.before.search(small[first:at])
    return (first + before.start(), end) if before is not None else None


def _asks(small: str, span: tuple[int, int], wording: Wording) -> bool:
    start, end = span
    if wording.near and not called_as(small, start, end, wording.near, behind=_REACH_BEHIND):
        return False
    if wording.kind == "account" and called_as(small, start, end, RETURNING, behind=_REACH_BEHIND):
        return False
    return not (wording.may_be_denied and _is_denied(small, start, end))


def _is_denied(small: str, start: int, end: int) -> bool:
    """True where a word close before, in the same sentence, denies what follows."""
    before = _SENTENCE_END.split(small[max(start - 80, 0) : start])[-1]
    words = [*_WORD.findall(before)[-_DENYING_WORDS:], *_WORD.findall(small[start:end])]
    return not DENYING.isdisjoint(word.replace("’", "'") for word in words)


def _addresses(text: str) -> Iterator[Span]:
    """Addresses of Bitcoin, which carry a checksum, and of Ethereum, which nothing else looks like."""
    if not _CLUES.in_text(lowered(text)):
        return
    for apart in islice(chain(_BECH32_APART.finditer(text), _BECH32_BROKEN.finditer(text)), _MAX_RECKONED):
        yield *apart.span(), "coin_address"
    reckoned = 0
    for begin in _COIN_STARTS.finditer(text):
        at = begin.start()
        for pattern, is_one in _COINS:
            match = pattern.match(text, at)
            if match is None:
                continue
            reckoned += 1
            if reckoned > _MAX_RECKONED or is_one(match.group()):
                yield at, match.end(), "coin_address"
            break


_COINS: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (_ETHEREUM, lambda _: True),
    (_BECH32, is_bech32_address),
    (_BASE58, is_base58_address),
)
