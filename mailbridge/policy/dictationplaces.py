"""Says where a text may dictate numbers: where words for them stand close together, or digits with odd signs between.

Reads no number itself: that is `dictation.py`. Each text is looked at once (T-70).
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from mailbridge.patterns import lazy_pattern
from mailbridge.policy.numberwords import CLEARLY_TELLING, FILLERS, WEAK, WORDS
from mailbridge.policy.shadow import Shadow

_CLOSE, _VERY_CLOSE = 9, 3
_LONG_WORD = 12
_MIN_WORDS = 3
#: what a text must hold for digits alone to be read so: an odd sign or a letter beside a digit, a digit at a line's end
_ODD = lazy_pattern(
    r"[0-9](?:(?:[ .,/-]{1,3}[0-9]){6}(?![0-9])|\)\s?\(|[OoIl][0-9\s]|\s{0,2}(?:[^\w\s.,:;()/+%€$£-]|_)|,\s?[0-9]{2}"
    r"|\s?\n\s?[0-9]|\s?\.\s?\."
    rf"|\s(?:{'|'.join(sorted(FILLERS))})\b)"
)
#: five digits or more with little between them
_CLUSTER = lazy_pattern(r"(?:[0-9][^0-9]{0,12}+){5,80}+")
#: how much is read around words for numbers: a gap, and the digits behind it
_AROUND = 80
_LETTERS = lazy_pattern(r"[^\W\d_]+")
_LETTERS_AROUND = 4
_TELLERS = CLEARLY_TELLING | {"start", "comes", "kommt", "początek", "reszta", "rest", "anfang", "milieu", "mezzo"}
_ALL = WORDS | _TELLERS
#: words that make no row without others
_NEVER_ALONE = WEAK - _TELLERS
_ODD_LETTERS = lazy_pattern(r"[OolI][0-9]")
_BEHIND_DIGIT = lazy_pattern(r"[0-9]([^\W\d_]{2,12})(?![^\W_]{4})")


@lru_cache(maxsize=8)
def windows(shadow: Shadow) -> tuple[tuple[int, int, bool], ...]:
    """What is read closely, in order and apart, and whether words for numbers are among it."""
    text = shadow.text
    spans = [(start, end, True) for start, end in _spelled(shadow)]
    for window in _CLUSTER.finditer(text):
        start, end = max(window.start() - _LETTERS_AROUND, 0), window.end() + _LETTERS_AROUND
        if any(word[1].lower() in WORDS for word in _BEHIND_DIGIT.finditer(text, start, end)):
            spans.append((start, end, True))
        elif _ODD.search(text, start, end) or _ODD_LETTERS.search(text, start, end):
            spans.append((start, end, False))
    merged: list[tuple[int, int, bool]] = []
    for start, end, has_words in sorted(spans):
        if merged and start <= merged[-1][1]:
            first, last, had_words = merged[-1]
            merged[-1] = (first, max(end, last), has_words or had_words)
        else:
            merged.append((start, end, has_words))
    return tuple(merged)


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
