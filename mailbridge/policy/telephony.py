"""Asks whether digits are a telephone number somewhere: the only door of phonenumbers.

Which runs of digits are worth asking about, and what the words around them say, is the business of others.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from mailbridge.patterns import lazy_pattern
from mailbridge.policy.dialforms import forms_of, without_forms

if TYPE_CHECKING:
    import phonenumbers

_MIN_DIGITS, _MAX_DIGITS = 6, 15
_GROUP = lazy_pattern(r"[0-9]+")
_MOST_GROUPS = 9
#: what people put between two numbers
_SEPARATED = lazy_pattern(r"\s{1,3}-\s{1,3}|\s{0,3}/\s{0,3}|\s{2,}|\.\s|(?<=[0-9])\s(?=\()")
#: digits of something else beside a number: of a list, of a house, of a town
_FEW_DIGITS = 5
_FEW_GROUPS = 3
#: numbers set aside for films and examples, which the library takes for none: people who try what a filter finds use
#: them. Ofcom, "Telephone numbers for use in TV and radio drama programmes"; Arcep, decision 2018-0881
_SET_ASIDE = lazy_pattern(r"44(?:7700900|1632960)[0-9]{3}|3363998[0-9]{4}")
_Span = tuple[int, int]


class MayStand(Protocol):
    """Whether a number may stand here that no word calls one, by how strong its form is."""

    def __call__(self, *, is_strong: bool) -> bool:
        """True where it may."""
        ...


def numbers_in(
    window: str, regions: tuple[str, ...], *, is_called: bool, may_stand: MayStand
) -> list[tuple[int, int, str]]:
    """The numbers in a run of digits: start, end, international form; each once.

    With a + any possible number counts; without it one that is valid in a region and written as people write it there,
    or, where words call it a telephone number, any that is possible there.
    """
    if window.lstrip("(").startswith("+"):
        return _international(window)
    for spans in _cuts(window):
        found = [(*span, _number_of(window[slice(*span)], regions, may_stand, is_called=is_called)) for span in spans]
        numbers = [each for each in found if each[2]]
        others = (len(_digits(window[start:end])) for start, end, number in found if not number)
        if numbers and all(count <= _FEW_DIGITS for count in others):
            return numbers
    number = number_of(_digits(window), regions, is_international=False, is_called=True) if is_called else ""
    return [(0, len(window), number)] if number else []


def _international(window: str) -> list[tuple[int, int, str]]:
    """The number behind a +, without what follows it where only so it exists."""
    groups = [match.span() for match in _GROUP.finditer(window)]
    number = number_of(_digits(window), (), is_international=True, is_called=True)
    if number and len(groups) <= _MOST_GROUPS:
        return [(0, len(window), number)]
    for _, end in reversed(groups[:_MOST_GROUPS]):
        number = number_of(_digits(window[:end]), (), is_international=True, is_called=False)
        if number:
            return [(0, end, number)]
    return []


def _cuts(window: str) -> Iterator[list[_Span]]:
    """How a run may be several: as a whole, at what separates, in equal parts, and beside a group written apart."""
    groups = [match.span() for match in _GROUP.finditer(window)]
    if len(groups) <= _MOST_GROUPS or (len(groups) <= _MAX_DIGITS and len(window) == 2 * len(groups) - 1):
        yield [(0, len(window))]
    if len(groups) == 1:
        return
    parted, start = [], 0
    for sign in _SEPARATED.finditer(window):
        parted.append((start, sign.start()))
        start = sign.end()
    if parted:
        yield [*parted, (start, len(window))]
    total = sum(end - start for start, end in groups)
    for count in (2, 3):
        if total % count == 0 and (parts := _cut(groups, total // count)):
            yield parts
    if len(groups) > _FEW_GROUPS:
        signs = [window[end:start] for (_, end), (start, _) in pairwise(groups)]
        if len(set(signs[1:])) == 1 and signs[0] != signs[1]:
            yield [groups[0], (groups[1][0], len(window))]


def _cut(groups: list[_Span], length: int) -> list[_Span]:
    """The groups joined to parts of so many digits; nothing where they do not fit."""
    parts: list[_Span] = []
    begin, digits = None, 0
    for start, end in groups:
        begin = start if begin is None else begin
        digits += end - start
        if digits == length:
            parts.append((begin, end))
            begin, digits = None, 0
    return parts if begin is None else []


def _number_of(words: str, regions: tuple[str, ...], may_stand: MayStand, *, is_called: bool) -> str:
    """The international form of these words as one whole number."""
    digits = _digits(words)
    if is_called:
        return number_of(digits, regions, is_international=False, is_called=False)
    if digits.startswith("00"):
        return number_of(digits, regions, is_international=False, is_called=False) if may_stand(is_strong=False) else ""
    is_single = len(words) == 2 * len(digits) - 1
    for form in forms_of(digits if is_single else words, regions):
        if may_stand(is_strong=form.is_strong):
            number = number_of(digits, (form.region,), is_international=False, is_called=False)
            if number:
                return number
    others = without_forms(regions)
    return _as_grouped_there(words, digits, others) if others and may_stand(is_strong="(" in words) else ""


def _as_grouped_there(words: str, digits: str, regions: tuple[str, ...]) -> str:
    """A number of a region, in one piece or in the groups that are usual there."""
    import phonenumbers

    for region in regions:
        number = number_of(digits, (region,), is_international=False, is_called=False)
        if number:
            usual = phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.NATIONAL)
            if words in {digits, usual} or _GROUP.findall(words) == _GROUP.findall(usual):
                return number
    return ""


def _digits(words: str) -> str:
    return "".join(_GROUP.findall(words))


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
        exists = phonenumbers.is_possible_number if is_international or is_called else _exists
        return _international_form(parsed) if exists(parsed) else ""
    parsed_each = [(region, parsed) for region in regions if (parsed := _parsed(digits, region)) is not None]
    for region, parsed in parsed_each:
        if (is_called or _has_prefix(digits, region)) and _exists(parsed):
            return _international_form(parsed)
    if is_called:
        for _, parsed in parsed_each:
            if phonenumbers.is_possible_number(parsed):
                return _international_form(parsed)
    return ""


@lru_cache(maxsize=256)
def mobile_of(digits: str, regions: tuple[str, ...]) -> str:
    """The international form of these digits as one mobile number of a region; "" when they are none."""
    import phonenumbers

    kinds = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}
    for region in regions:
        parsed = _parsed(digits, region)
        if parsed is None or not _has_prefix(digits, region) or not _exists(parsed):
            continue
        form = _international_form(parsed)
        if phonenumbers.number_type(parsed) in kinds or _SET_ASIDE.fullmatch(form.lstrip("+")):
            return form
    return ""


def _exists(parsed: "phonenumbers.PhoneNumber") -> bool:
    """True for a number that somebody may have, or that is set aside for examples."""
    import phonenumbers

    whole = f"{parsed.country_code}{parsed.national_number}"
    return phonenumbers.is_valid_number(parsed) or _SET_ASIDE.fullmatch(whole) is not None


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
