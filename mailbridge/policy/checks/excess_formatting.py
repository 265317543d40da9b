"""Finds what shouts: words in capitals, emoji, rows of exclamation marks, oversized letters in HTML (E-04).

What stands in quotes is not the author's and is left alone. Of longer texts the beginning is looked at: this is about
manners, and nothing can be hidden by it. Pictures are the business of other checks.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Place
from mailbridge.patterns import lazy_pattern
from mailbridge.policy.scanning import MAX_FINDINGS, Parameters, integer, texts_of

_LOOKED_AT_CHARACTERS, _LOOKED_AT_HTML = 20_000, 200_000
_WORD = lazy_pattern(r"[^\W\d_]{4,60}")
_EMOJI = (
    "\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f900-\U0001faff\u2600-\u26ff\u2705\u2728\u2757\u2763\u2764\u2b50"
)
_EMOJI_RUN = lazy_pattern(rf"[{_EMOJI}][{_EMOJI}\ufe0f\u200d ]{{0,200}}")
_ONE_EMOJI = lazy_pattern(rf"[{_EMOJI}]")
_EXCLAMATIONS = lazy_pattern(r"!{2,200}")
_CAPITALS = bytes(range(ord("A"), ord("Z") + 1))
_SIZE = lazy_pattern(
    r"font(?:-size)?\s{0,9}:\s{0,9}(?:bold |italic |normal ){0,3}"
    r"(?:(\d{1,4})(?:\.\d{1,4})?\s?(px|pt|em|rem|%)|(xxx?-large))"
    r"|<font\b[^<>]{0,200}?\bsize\s?=\s?[\"']?(\+[34]|[67])\b",
    re.IGNORECASE,
)
# Where mail programs begin to quote; what an author writes below a quote may be of any size.
_QUOTE = lazy_pattern(r"<blockquote|gmail_quote|divRplyFwdMsg|appendonsend|yahoo_quoted|moz-cite-prefix", re.IGNORECASE)
_HUNDREDTHS_OF_PX = {"px": 100, "pt": 133, "em": 1600, "rem": 1600, "%": 16}
_NAMED_PX = {"xx-large": 32, "xxx-large": 48, "6": 32, "7": 48, "+3": 32, "+4": 48}


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per run; its detail is capitals, emoji, exclamation marks or font size."""
    found: list[Finding] = []
    for place, whole in texts_of(message, facts):
        if place in (Place.QUOTED_TEXT, Place.ATTACHMENT):
            continue
        text = whole[:_LOOKED_AT_CHARACTERS]
        runs = (*_capitals(text, parameters), *_emoji(text, parameters), *_exclamations(text, parameters))
        for start, end, detail in sorted(runs)[:MAX_FINDINGS]:
            words = text[start:end]
            found.append(
                Finding(check="excess_formatting", place=place, start=start, end=end, words=words, detail=detail)
            )
    found += _big_letters(message, integer(parameters, "max_font_px"))
    return tuple(found[:MAX_FINDINGS])


def _capitals(text: str, parameters: Parameters) -> Iterator[tuple[int, int, str]]:
    """The longest run of words in capitals, where they are too many."""
    percent, min_words = integer(parameters, "max_capitals_percent"), integer(parameters, "min_words")
    capitals = len(text) - len(text.encode("latin-1", "replace").translate(None, _CAPITALS))
    if capitals * 400 < percent * len(text) or capitals < 4:
        return  # a word of capitals has four letters at least, and a text more letters than blanks
    words = [(match.group().isupper(), match.start(), match.end()) for match in _WORD.finditer(text)]
    shouted = sum(is_upper for is_upper, _, _ in words)
    if len(words) < min_words or shouted * 100 <= percent * len(words):
        return
    runs = [list(run) for is_upper, run in groupby(words, key=lambda word: word[0]) if is_upper]
    longest = max(runs, key=len)
    yield longest[0][1], longest[-1][2], "capitals"


def _emoji(text: str, parameters: Parameters) -> Iterator[tuple[int, int, str]]:
    """Every run of emoji, where they are too many."""
    if text.isascii():
        return
    runs = list(_EMOJI_RUN.finditer(text))
    if sum(len(_ONE_EMOJI.findall(run.group())) for run in runs) > integer(parameters, "max_emoji"):
        yield from ((run.start(), run.start() + len(run.group().rstrip()), "emoji") for run in runs)


def _exclamations(text: str, parameters: Parameters) -> Iterator[tuple[int, int, str]]:
    """Every row of exclamation marks that is too long."""
    if "!!" not in text:
        return
    for row in _EXCLAMATIONS.finditer(text):
        if len(row.group()) > integer(parameters, "max_exclamation_marks"):
            yield row.start(), row.end(), "exclamation marks"


def _big_letters(message: Message, max_px: int) -> list[Finding]:
    """The first oversized letters that the author wrote; where they stand in the HTML is kept nowhere."""
    html = (message.body.html or "")[:_LOOKED_AT_HTML]
    quote = _QUOTE.search(html)
    end = quote.start() if quote is not None else len(html)
    big = next((size for size in _SIZE.finditer(html, 0, end) if _is_big(size, max_px)), None)
    if big is None:
        return []
    return [Finding(check="excess_formatting", place=Place.HTML, words=big.group(), detail="font size")]


def _is_big(size: re.Match[str], max_px: int) -> bool:
    if size[1] is None:
        return _NAMED_PX[(size[3] or size[4]).lower()] > max_px
    return int(size[1]) * _HUNDREDTHS_OF_PX[size[2].lower()] > max_px * 100
