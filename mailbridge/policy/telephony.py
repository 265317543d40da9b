"""Asks whether digits are a telephone number somewhere: the only door of phonenumbers.

Which runs of digits are worth asking about, and what the words around them say, is the business of others.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import phonenumbers

_MIN_DIGITS, _MAX_DIGITS = 6, 15


def numbers_in(window: str, regions: tuple[str, ...], *, is_called: bool) -> list[tuple[int, int, str]]:
    """The numbers in a run of digits: start, end, international form; each once.

    With a + or 00 any possible number counts; without it one that is valid in a region and written as there, or, where
    words call it a telephone number, any that is possible there.
    """
    import phonenumbers  # 22 MB of metadata, needed by few messages only

    stripped = window.lstrip("(")
    is_international = stripped.startswith("+")
    found: dict[tuple[int, int], str] = {}
    for region in (None,) if is_international else regions:
        for match in phonenumbers.PhoneNumberMatcher(window, region, phonenumbers.Leniency.VALID, max_tries=4):
            span = (match.start, match.end)
            if not any(span[0] < last and first < span[1] for first, last in found):
                found[span] = _international_form(match.number)
    if not found:
        digits = "".join(sign for sign in window if sign in "0123456789")
        number = number_of(digits, regions, is_international=is_international, is_called=is_called)
        if number:
            found[(0, len(window))] = number
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
    return digits.startswith((prefix or "", *country_codes((region,))))


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
