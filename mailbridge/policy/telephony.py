"""Asks whether digits are a telephone number somewhere: the only door of phonenumbers.

Which runs of digits are worth asking about, and what the words around them say, is the business of others.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import phonenumbers

_MIN_DIGITS, _MAX_DIGITS = 6, 15
_GROUP = re.compile(r"[0-9]+")
_MOST_GROUPS = 9
#: what people put between two numbers
_SEPARATED = re.compile(r"\s{2}|/|\s-\s|\(|\.\s")


def numbers_in(window: str, regions: tuple[str, ...], *, is_called: bool) -> list[tuple[int, int, str]]:
    """The numbers in a run of digits: start, end, international form; each once.

    With a + or 00 any possible number counts; without it one that is valid in a region and written as there, or, where
    words call it a telephone number, any that is possible there.
    """
    is_international = window.lstrip("(").startswith("+")
    groups = [match.span() for match in _GROUP.finditer(window)]
    whole = (0, len(window))
    number = _number_at(window, whole, regions, is_international=is_international)
    if number and len(groups) <= _MOST_GROUPS:
        return [(*whole, number)]
    found: list[tuple[int, int, str]] = []
    if len(groups) > 2 and (is_international or _SEPARATED.search(window)):
        found = _numbers_within(window, regions, is_international=is_international)
    elif len(groups) > 1:
        found = _parts(window, groups, regions)
    if not found and (is_called or is_international):
        number = number_of(_digits(window), regions, is_international=is_international, is_called=True)
        return [(*whole, number)] if number else []
    return found


def _parts(window: str, groups: list[tuple[int, int]], regions: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """Two or three numbers of equal length in a row, else one beside the digits of something else."""
    total = len(_digits(window))
    for count in (2, 3):
        each = _cut(groups, total // count) if total % count == 0 else []
        numbers = [_number_at(window, span, regions) for span in each]
        if numbers and all(numbers):
            return [(*span, number) for span, number in zip(each, numbers, strict=True)]
    for span in ((groups[1][0], len(window)), (0, groups[-2][1])):
        number = _number_at(window, span, regions)
        if number:
            return [(*span, number)]
    return []


def _cut(groups: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """The groups joined to parts of so many digits; nothing where they do not fit."""
    parts: list[tuple[int, int]] = []
    begin, digits = None, 0
    for start, end in groups:
        begin = start if begin is None else begin
        digits += end - start
        if digits == length:
            parts.append((begin, end))
            begin, digits = None, 0
    return parts if begin is None and all(parts) else []


def _number_at(window: str, span: tuple[int, int], regions: tuple[str, ...], *, is_international: bool = False) -> str:
    digits = _digits(window[span[0] : span[1]])
    return number_of(digits, regions, is_international=is_international, is_called=False)


def _digits(words: str) -> str:
    return "".join(_GROUP.findall(words))


def _numbers_within(window: str, regions: tuple[str, ...], *, is_international: bool) -> list[tuple[int, int, str]]:
    """Several numbers in one run, or one beside digits of something else."""
    import phonenumbers  # 22 MB of metadata, needed by few messages only

    found: dict[tuple[int, int], str] = {}
    for region in (None,) if is_international else regions:
        for match in phonenumbers.PhoneNumberMatcher(window, region, phonenumbers.Leniency.VALID, max_tries=4):
            span = (match.start, match.end)
            if not any(span[0] < last and first < span[1] for first, last in found):
                found[span] = _international_form(match.number)
        if sum(last - first for first, last in found) > len(window) - _MIN_DIGITS:
            break  # nothing is left for another region
    return [(first, last, number) for (first, last), number in sorted(found.items())]


@lru_cache(maxsize=256)
def number_of(digits: str, regions: tuple[str, ...], *, is_international: bool, is_called: bool) -> str:
    """The international form of these digits as one number, see `numbers_in`; "" when they are none."""
    import phonenumbers

    if not _MIN_DIGITS <= len(digits) <= _MAX_DIGITS + 2:
        return ""
    if is_international or digits.startswith("00"):
        parsed = _parsed(f"+{digits.lstrip('0')}", None)
        if parsed is None:
            return ""
        # 00 is also how many other numbers begin.
        exists = phonenumbers.is_possible_number if is_international or is_called else phonenumbers.is_valid_number
        return _international_form(parsed) if exists(parsed) else ""
    parsed_each = [(region, parsed) for region in regions if (parsed := _parsed(digits, region)) is not None]
    for region, parsed in parsed_each:
        if (is_called or _has_prefix(digits, region)) and phonenumbers.is_valid_number(parsed):
            return _international_form(parsed)
    if is_called:
        for _, parsed in parsed_each:
            if phonenumbers.is_possible_number(parsed):
                return _international_form(parsed)
    return ""


def _has_prefix(digits: str, region: str) -> bool:
    """True where a number of the region begins as it is dialled there, or with the country code."""
    import phonenumbers

    prefix = phonenumbers.ndd_prefix_for_region(region, True)
    return prefix != "0" or digits.startswith((prefix, *country_codes((region,))))


@lru_cache(maxsize=64)
def country_codes(regions: tuple[str, ...]) -> tuple[str, ...]:
    """The country codes of these regions, as digits."""
    import phonenumbers

    return tuple(str(phonenumbers.country_code_for_region(region)) for region in regions)


def _parsed(digits: str, region: str | None) -> "phonenumbers.PhoneNumber | None":
    import phonenumbers

    try:
        return phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return None


def _international_form(number: "phonenumbers.PhoneNumber") -> str:
    import phonenumbers

    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
