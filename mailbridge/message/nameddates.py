"""Dates to come that a text names, as far as nobody can misread them: what of an automatic reply is passed on (T-51).

Months are read in the languages that texts exist in. 4/5/2027 is two dates, and so none. Knows nothing of what a date
is said to be: the first day away, or the first day back.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from mailbridge.patterns import lazy_pattern

_MAX_CHARACTERS = 20_000
_MAX_DATES = 2
_FAR = timedelta(days=365)
#: a date without its year is the next one; beyond this it was rather the last one
_NEAR = timedelta(days=180)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january januar jänner stycznia gennaio",
            "february februar lutego febbraio",
            "march märz marca marzo",
            "april kwietnia aprile",
            "may mai maja maggio",
            "june juni czerwca giugno",
            "july juli lipca luglio",
            "august sierpnia agosto",
            "september września settembre",
            "october oktober października ottobre",
            "november listopada novembre",
            "december dezember grudnia dicembre",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(_MONTHS)
_ISO = lazy_pattern(r"(?<![\d-])(20\d\d)-(\d\d)-(\d\d)(?![\d-])")
_DOTTED = lazy_pattern(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(20\d\d)(?!\.?\d)")
_SLASHED = lazy_pattern(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(20\d\d)(?![\d/])")
_DAY_FIRST = lazy_pattern(
    rf"(?<![\d.,/-])(\d{{1,2}})(?:\.|st|nd|rd|th|º|°)?\s(?:of\s)?({_MONTH})\b(?:,?\s(20\d\d)(?!\d))?", re.IGNORECASE
)
_MONTH_FIRST = lazy_pattern(rf"\b({_MONTH})\s(\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s(20\d\d)(?!\d))?", re.IGNORECASE)


def dates_named(text: str, today: date) -> tuple[date, ...]:
    """The one or two dates after `today` that the text names, in order; () where there are none, or more."""
    text = text[:_MAX_CHARACTERS]
    found = sorted({day for day in _dates(text, today) if today < day <= today + _FAR})
    return tuple(found) if len(found) <= _MAX_DATES else ()


def _dates(text: str, today: date) -> Iterator[date]:
    for match in _ISO.finditer(text):
        yield from _date(int(match[1]), int(match[2]), int(match[3]))
    for match in _DOTTED.finditer(text):
        yield from _date(int(match[3]), int(match[2]), int(match[1]))
    for match in _SLASHED.finditer(text):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        if first > 12 or first == second:
            yield from _date(year, second, first)
        elif second > 12:
            yield from _date(year, first, second)
    for match in _DAY_FIRST.finditer(text):
        yield from _in_words(match[3], match[2], match[1], today)
    for match in _MONTH_FIRST.finditer(text):
        yield from _in_words(match[3], match[1], match[2], today)


def _date(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return


def _in_words(year: str | None, month: str, day: str, today: date) -> Iterator[date]:
    number = _MONTHS[month.lower()]
    if year is not None:
        yield from _date(int(year), number, int(day))
        return
    years = (today.year, today.year + 1)
    coming = (found for each in years for found in _date(each, number, int(day)) if found > today)
    first = next(coming, None)
    if first is not None and first <= today + _NEAR:
        yield first
