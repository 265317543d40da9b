"""Every numeral of a text as digits with their place: figures, words in any of the languages, Roman numerals, small
sums, and the names that stand for digits in a row of their own (notes, colours, days).

The one normaliser for numbers that are carried by something else. Whether digits are a telephone number, and what words
say of them, is the business of `scattered.py`. Bounded in what is read (T-70).
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from mailbridge.patterns import lazy_pattern
from mailbridge.policy.dictation import said_between
from mailbridge.policy.numberwords import ZEROS
from mailbridge.policy.prescan import Clues

_MOST_NUMERALS = 40
_MOST_RUNS = 6

_ROMAN = dict(zip("I II III IV V VI VII VIII IX X XI XII O N 0".split(), [*range(1, 13), 0, 0, 0], strict=True))
_ONE_ROMAN = "(?:VIII|VII|VI|IV|IX|III|II|I|V|XII|XI|X|O|N|0)"
_ROMAN_GAP = r"(?:[ ,;:|/\n-]{1,3}|\.)(?:[a-zà-ž]{1,9}[ ,:]{1,2}){0,2}"
_ROMAN_ROW = lazy_pattern(rf"(?<![\w'’])(?:{_ONE_ROMAN}(?:{_ROMAN_GAP}|(?![\w'’]))){{6,16}}(?![\w'’])")
_ROMAN_ONE = lazy_pattern(rf"(?<!\w){_ONE_ROMAN}(?!\w)")

_OPERATORS: Mapping[str, str] = {
    **dict.fromkeys("+ plus più piu und dodać dodac mas más".split(), "+"),
    **dict.fromkeys("- − minus meno moins menos odjąć odjac weniger".split(), "-"),
    **dict.fromkeys("* x × times mal razy per fois por".split(), "*"),
    **dict.fromkeys("/ : ÷ durch diviso przez divided".split(), "/"),
}
_SIGN = r"[-+*x×/:÷−]"
_SUM = lazy_pattern(rf"(?<![\w.,/:-])([0-9]{{1,3}})\s?({_SIGN})\s?([0-9]{{1,3}})(?![\w/:-]|[.,][0-9])")
_ONE_OF_ROW = rf"\(?[0-9]{{1,3}}(?:\s?{_SIGN}\s?[0-9]{{1,3}})?\)?"
_SUMS = lazy_pattern(
    rf"(?<![\w.,/:-]){_ONE_OF_ROW}(?:(?:[,;.\n]|(?=[ \n])|(?<=\))(?=\())[ \n]?(?:(?:and|und|e|i|oraz|et|y) )?"
    rf"{_ONE_OF_ROW}){{4,15}}"
    rf"(?![\w/:-])"
)
_FEWEST_SUMS = 4

_NOTES = {"do": 1, "re": 2, "mi": 3, "fa": 4, "sol": 5, "la": 6, "si": 7, "ti": 7, "ut": 1, "so": 5}
_RESTS = dict.fromkeys("pausa pause pauza rest silenzio silence cisza stille silencio tacet pauzę pauzy".split(), 0)
_COLOURS = """
black brown red orange yellow green blue violet grey white
schwarz braun rot orange gelb grün blau violett grau weiß
czarny brązowy czerwony pomarańczowy żółty zielony niebieski fioletowy szary biały
czarna brązowa czerwona pomarańczowa żółta zielona niebieska fioletowa szara biała
nero marrone rosso arancione giallo verde blu viola grigio bianco
noir marron rouge orange jaune vert bleu violet gris blanc
negro marrón rojo naranja amarillo verde azul violeta gris blanco
"""
_DAYS = """
monday tuesday wednesday thursday friday saturday sunday
mon tue wed thu fri sat sun
poniedziałek wtorek środa czwartek piątek sobota niedziela
lunedì martedì mercoledì giovedì venerdì sabato domenica
montag dienstag mittwoch donnerstag freitag samstag sonntag
lundi mardi mercredi jeudi vendredi samedi dimanche
lunes martes miércoles jueves viernes sábado domingo
"""
_FEWEST_NAMES = 8


class Numeral(NamedTuple):
    """One numeral."""

    start: int
    end: int
    digits: str
    is_word: bool = False


def numerals(text: str, start: int, end: int) -> list[Numeral]:
    """The numerals of this part of a text, in order; words that make one number are one, and so is a small sum."""
    read = [
        Numeral(*each)
        for each in islice(said_between(text, start, end), _MOST_NUMERALS)
        if each[2].isdecimal() and text[each[0] : each[1]].lower() not in ZEROS
    ]
    return _with_sums(text, read)


def _with_sums(text: str, read: list[Numeral]) -> list[Numeral]:
    """Two numerals with a word or sign for reckoning between them are what they come to."""
    summed: list[Numeral] = []
    for each in read:
        before = summed[-1] if summed else None
        if before is not None and each.is_word and before.is_word:
            value = _value(before.digits, text[before.end : each.start].strip().lower(), each.digits)
            if value is not None:
                summed[-1] = Numeral(before.start, each.end, str(value), True)
                continue
        summed.append(each)
    return summed


def _value(first: str, sign: str, second: str) -> int | None:
    """What a sum comes to; None where it is none, or comes to no number of things."""
    operator, one, other = _OPERATORS.get(sign), int(first), int(second)
    if operator == "+":
        return one + other
    if operator == "-":
        return one - other if one >= other else None
    if operator == "*":
        return one * other
    return one // other if operator == "/" and other and one % other == 0 else None


def odd_rows(text: str, lower: str) -> Iterator[Numeral]:
    """Rows of Roman numerals and of small sums, as digits; and of notes, colours and days, which say less."""
    found = _clues(lower)
    if _OF_ROMAN in found:
        for row in islice(_ROMAN_ROW.finditer(text), _MOST_RUNS):
            yield Numeral(*row.span(), "".join(str(_ROMAN[one]) for one in _ROMAN_ONE.findall(row[0])))
    if _OF_SUMS in found:
        for row in islice(_SUMS.finditer(text), _MOST_RUNS):
            digits = _summed(row[0])
            if digits:
                yield Numeral(*row.span(), digits)


@lru_cache(maxsize=16)
def _clues(lower: str) -> frozenset[int]:
    return frozenset(_CLUES.in_text(lower))


def _summed(row: str) -> str:
    """The digits that these sums come to; "" where they are ranges, sizes or dates."""
    sums = list(_SUM.finditer(row))
    values = [_value(each[1], each[2], each[3]) for each in sums]
    kinds = {_OPERATORS[each[2]] for each in sums}
    if len(sums) < _FEWEST_SUMS or len(kinds) < 2 or any(value is None or value > 99 for value in values):
        return ""
    return re.sub(r"[^0-9]+", "", _SUM.sub(lambda each: str(_value(each[1], each[2], each[3])), row))


def named_rows(lower: str) -> Iterator[Numeral]:
    """Rows of names that stand for digits by an order that everybody knows."""
    for number in _clues(lower) - {_OF_ROMAN, _OF_SUMS}:
        names, pattern = _series()[number - _OF_SUMS - 1]
        for row in islice(pattern.finditer(lower), _MOST_RUNS):
            words = [word for word in re.findall(r"[^\W\d_]+", row[0]) if word in names]
            steps = {names[after] - names[before] for before, after in pairwise(words)}
            if len(steps) > 1:
                yield Numeral(*row.span(), "".join(str(names[word]) for word in words))


@cache
def _series() -> tuple[tuple[Mapping[str, int], re.Pattern[str]], ...]:
    return tuple((names, re.compile(rf"(?<!\w){_row_of(names)}(?!\w)")) for names in _NAMES)


def _row_of(names: Mapping[str, int]) -> str:
    one = "|".join(sorted(names, key=len, reverse=True))
    gap = r"(?:[\s,;/-]{1,3}|\.)(?:(?:la|il|una?|the|die|der|e|i|und|and|et|y|poi|then|dann|potem)[\s,]{1,2})?"
    return rf"(?:{one})(?:{gap}(?:{one})){{{_FEWEST_NAMES - 1},15}}"


def _named(rows: str, first: int) -> Mapping[str, int]:
    return {word: digit for row in rows.strip().splitlines() for digit, word in enumerate(row.split(), start=first)}


_NAMES = ({**_NOTES, **_RESTS}, _named(_COLOURS, 0), {**_named(_DAYS, 1), **_RESTS})
_CLUES = Clues(
    r"[ivxon0]{1,4}(?:(?:[ ,;:|/\n-]{1,3}|\.)(?:[a-zà-ž]{1,9}[ ,:]{1,2}){0,2}[ivxon0]{1,4}){6}",
    rf"(?:[0-9]{{1,3}}\s?{_SIGN}\s?[0-9]{{1,3}}[,;.\n)( ]{{1,5}}){{3}}",
    *map(_row_of, _NAMES),
)
_OF_ROMAN, _OF_SUMS = 0, 1
