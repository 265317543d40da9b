"""Finds bank accounts and cards that are dictated: in words for digits, with words or whole sentences between.

An IBAN begins with its country and has the length of its country's; it counts by its check digits, and without them
where words for digits or between them show that it is dictated. A Polish account and a card count by check digits
only. Accounts written as numbers are found by `checks/bank_data.py`. Bounded in what is read and tried (T-70).
"""

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from mailbridge.patterns import lazy_pattern
from mailbridge.policy.dictation import said_between
from mailbridge.policy.dictationplaces import windows
from mailbridge.policy.ibans import length_of, mod_97
from mailbridge.policy.numbers import is_card, is_polish_account
from mailbridge.policy.prescan import Clues
from mailbridge.policy.scanning import Read
from mailbridge.policy.shadow import Shadow

#: the countries of our markets and their neighbours, whose letters are no words in capitals
_LETTERS = "(?:DE|PL|IT|FR|ES|GB|AT|NL|BE|IE|LT|CZ|SK|PT)"
_COUNTRY = lazy_pattern(rf"(?<![^\W_]){_LETTERS}(?=[\s0-9:.,(-])")
#: check digits right behind the country, and words behind those
_BEGINS, _WORDS = lazy_pattern(r"[0-9]{2}\s[0-9]{4}(?![0-9])"), lazy_pattern(r"[^\W\d_]{2,}\s[^\W\d_]{2,}")
_REACH, _MOST_GAP = 320, 90
_MOST_COUNTRIES, _MOST_PARTS, _MOST_TRIED = 8, 40, 60
_FIRST = lazy_pattern(r"[0-9]{2,18}")
#: names of accounts, as a pattern for lower-case text
ACCOUNTS = (
    r"(?:iban|kontonummer|konto-?nr|bankleitzahl|blz|sort[ -]?code|account (?:number|no)|routing|numer konta|nr konta|"
    r"rachunk\w{1,3}|numero di conto|coordinate|numéro de compte|guichet|número de cuenta|postepay)"
)
_NAMED = lazy_pattern(rf"\b{ACCOUNTS}\b", re.IGNORECASE)
# Letters of countries are looked for as they are written, all else in small letters.
_COUNTRIES = Clues(rf"(?:^|[^A-Za-z]){_LETTERS}[\s0-9:.,(-]")
#: a group of capitals and digits, or what begins the next item of a list, with the word that it begins with
_GROUP_OR_ITEM = lazy_pattern(r"\n\s{0,4}(?:[0-9]{1,2}[.)]|[-•*])?|(?<![\w])([A-Z0-9]{1,8})(?![\w])")
_CHECKED = lazy_pattern(r"\s?([0-9]{2}[A-Z0-9]{0,8})(?![\w])")
_OF_BANKS = lazy_pattern(
    r"\b(?:bank|konto|przele[wj]|transfer|account|iban|überweis|bonific|\bconto\b|virement|transferencia|cuenta)",
    re.IGNORECASE,
)
_FEWEST_ITEMS = 3
_CHECK_DIGITS = 2
_MIN_SPELLED, _MIN_SIGNS = 6, 10
_MOST_WINDOWS, _LONGEST = 12, 600
_CARD, _POLISH, _MIN_PARTS, _CLOSE = 16, 26, 4, 24


class Said(NamedTuple):
    """One part of what is dictated."""

    start: int
    end: int
    #: digits, or one letter
    signs: str
    #: True for what is not written in digits
    is_word: bool


def accounts_said(shadow: Shadow, *, has_names: bool) -> Iterator[Read]:
    """IBANs, Polish accounts and cards that are dictated in this text; `has_names` where it may name accounts."""
    text = shadow.text
    for country in islice(_COUNTRY.finditer(text), _MOST_COUNTRIES) if _COUNTRIES.in_text(text) else ():
        end = _iban(text, country)
        if end or (end := _in_list(text, country)):
            yield Read(country.start(), end, f"iban {country[0]}")
    for named in islice(_NAMED.finditer(text), _MOST_COUNTRIES) if has_names else ():
        parts = list(_parts(text, named.end(), named.end() + _REACH // 2))
        words = sum(len(part.signs) for part in parts if part.is_word and part.signs.isdecimal())
        if words >= _MIN_SPELLED and sum(len(part.signs) for part in parts) >= _MIN_SIGNS:
            yield Read(named.start(), parts[-1].end, "account said")
    for start, end, has_words in islice(windows(shadow), _MOST_WINDOWS):
        if has_words:
            yield from _rows_said(text, start, min(end, start + _LONGEST))


def _rows_said(text: str, start: int, end: int) -> Iterator[Read]:
    """Polish accounts and cards that are dictated in this part of a text."""
    parts = list(_parts(text, start, end))
    if sum(part.is_word for part in parts) == 0:
        return
    for begin in range(min(len(parts), _MOST_TRIED)):
        signs = ""
        for part in parts[begin:]:
            signs += part.signs
            if len(signs) > _POLISH or not part.signs.isdecimal():
                break
            if len(signs) == _POLISH and is_polish_account(signs):
                yield Read(parts[begin].start, part.end, "account PL")
            if len(signs) == _CARD and is_card(signs) and part is not parts[begin] and _are_one(parts, begin, part):
                yield Read(parts[begin].start, part.end, "card")


def _are_one(parts: list[Said], begin: int, last: Said) -> bool:
    """True where most of these parts are words, or they stand close: measures in a sentence are neither."""
    row = parts[begin : parts.index(last) + 1]
    is_close = all(after.start - before.end <= _CLOSE for before, after in pairwise(row))
    return is_close or 2 * sum(part.is_word for part in row) >= len(row)


def _parts(text: str, start: int, end: int) -> Iterator[Said]:
    """What is dictated from here on, until nothing is for long."""
    reached = start
    first = _FIRST.match(text, start)
    if first is not None:  # right behind a letter: DE04
        yield Said(*first.span(), first[0], False)
        start = reached = first.end()
    for part_start, part_end, signs, is_word in islice(said_between(text, start, end), _MOST_PARTS):
        if part_start - reached > _MOST_GAP:
            return
        reached = part_end
        yield Said(part_start, part_end, signs, is_word)


def _iban(text: str, country: re.Match[str]) -> int:
    """Where the account of this country ends; 0 where there is none."""
    length, signs = length_of(country[0]), country[0]
    parts = list(_parts(text, country.end(), country.end() + _REACH))
    for number, part in enumerate(parts, start=1):
        signs += part.signs
        if len(signs) < length:
            continue
        if len(signs) > length or number < _MIN_PARTS or not signs[2:4].isdecimal():
            return 0
        is_right = mod_97(f"{signs[4:]}{signs[:4]}") == 1
        return part.end if is_right or _is_dictated(text, country, parts[:number]) else 0
    return 0


def _in_list(text: str, country: re.Match[str]) -> int:
    """Where the account of this country ends whose groups stand in a list, as codes of other things; 0 for none.

    Its check digits must be right, or words of banks stand near.
    """
    length, items = length_of(country[0]), 1
    first = _CHECKED.match(text, country.end())
    if first is None:
        return 0
    signs = country[0] + first[1]
    for group in islice(_GROUP_OR_ITEM.finditer(text, first.end(), first.end() + _REACH), _MOST_PARTS):
        if group[1] is None:
            items += "\n" in group[0]
            continue
        signs += group[1]
        if len(signs) >= length:
            break
    if len(signs) != length or items < _FEWEST_ITEMS:
        return 0
    is_right = mod_97(f"{signs[4:]}{signs[:4]}") == 1
    around = text[max(country.start() - _REACH, 0) : group.end() + _REACH]
    return group.end() if is_right or _OF_BANKS.search(around) else 0


def _is_dictated(text: str, country: re.Match[str], parts: list[Said]) -> bool:
    """True where some digits are words, or other words stand among digits that begin as an account does."""
    if len(parts[0].signs) > _CHECK_DIGITS or (country[0] == "IT" and all(part.signs.isdecimal() for part in parts)):
        return False
    if any(each.is_word and each.signs.isdecimal() for each in parts):
        return True
    begins = _BEGINS.match(text, country.end()) is not None
    return begins and _WORDS.search(text, country.end(), parts[-1].start) is not None
