"""Finds phone numbers (S-25, cases.md K1): international ones, and national ones of the market's regions; also spelled
in words, with letters for digits, and with signs, words or line ends between.

What a number is called counts (`numbercontext.py`): order numbers, dates, prices, bar codes, tracking, tax and account
numbers are no phone numbers. Whether it exists is asked only about runs of enough digits (`telephony.py`). Does not
read numbers that stand in images.
"""

import re
from collections.abc import Iterator
from functools import partial

from mailbridge.domain.facts import Facts
from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding
from mailbridge.patterns import lazy_pattern
from mailbridge.policy.codes import through_codes
from mailbridge.policy.dictation import Row, rows
from mailbridge.policy.dictationplaces import windows
from mailbridge.policy.hints import hints_in
from mailbridge.policy.hints_of_numbers import NUMBERS
from mailbridge.policy.numbercontext import (
    DATE,
    Said,
    is_by_shape_no_phone,
    is_part_of_decimal,
    said_in_sentence,
    said_of,
)
from mailbridge.policy.numberplace import may_be_contact
from mailbridge.policy.numberwords import DIGITS_SAID
from mailbridge.policy.oddnumbers import counts, is_dressed, is_row_of_marks, oddly_written
from mailbridge.policy.scanning import MAX_FINDINGS, TOO_MUCH, Parameters, Read, found_in, strings
from mailbridge.policy.scattered import is_spoken_of, scattered
from mailbridge.policy.shadow import Shadow
from mailbridge.policy.telephony import country_codes, mobile_of, number_of, numbers_in

# From digit to digit; bounded, so the cost is linear (T-70). A + or ( before it belongs to it, see _start_of.
_RUN = lazy_pattern(r"[0-9][0-9 ()./-]{4,38}[0-9]")
_NO_DIGIT = lazy_pattern(r"[^0-9]+")
_MIN_DIGITS, _MIN_CALLED, _MAX_DIGITS = 8, 6, 15
#: runs of one text that are asked about: more than any honest one has (I6)
_MAX_ASKED = 40
_MAX_ROWS = 60
_MAX_RUNS = 600
_LONGER = lazy_pattern(r"[^\W_]")
_NUMBER_OF_MINE = lazy_pattern(
    r"\b(?:my|mój|moj|mio|mein\w{0,2}|mon|mi)\s(?:number|numer|nr|numero|nummer|numéro)", re.IGNORECASE
)
_GOES_ON = lazy_pattern(r"[/-][^\W\d_]\b")
_SPELLED_WORDS, _ALL_SPELLED = 4, 7
_AFTER_YEAR = lazy_pattern(r"(?:19|20)[0-9]{2}[,;]\s")
_MIN_TOLD = 9
_ZERO_FIRST = lazy_pattern(r"0[1-9][0-9]{1,3}\s[^\W\d_]{2,8}\s[0-9]")
_WHOLE = lazy_pattern(r"\+?[0-9][0-9 ()./-]{6,30}[0-9]")


def find(message: Message, facts: Facts, parameters: Parameters, /) -> tuple[Finding, ...]:
    """One finding per number, as written; its detail is the number in international form."""
    regions = facts.marketplace.regions if facts.marketplace is not None else ()
    allowed = {_digits(number) for number in strings(parameters, "allowed_numbers")}
    known = (*(order.reference for order in facts.orders), *(offer.reference for offer in facts.offers))
    references = frozenset(map(_digits, known))

    def numbers(shadow: Shadow) -> Iterator[Read]:
        yield from _written_as_numbers(shadow, regions, references)
        yield from _written_otherwise(shadow, regions, references)
        yield from _in_parts(shadow, regions, references)
        yield from oddly_written(shadow, regions)
        yield from through_codes(shadow, partial(_as_a_whole, regions))
        yield from hints_in(shadow.text, NUMBERS)

    found: list[Finding] = []
    for place, start, end, words, number in found_in(message, facts, numbers):
        if number.lstrip("+") in allowed:
            continue
        detail = number or TOO_MUCH
        found.append(Finding(check="phone_number", place=place, start=start, end=end, words=words, detail=detail))
        if len(found) == MAX_FINDINGS:
            break
    return tuple(found)


def _written_as_numbers(shadow: Shadow, regions: tuple[str, ...], references: frozenset[str]) -> Iterator[Read]:
    text, asked, found = shadow.text, 0, 0
    for looked_at, run in enumerate(_RUN.finditer(text)):
        if looked_at == _MAX_RUNS:
            yield Read(*run.span(), "")
            return
        for start, end in _without_dates(text, *run.span()):
            is_called = _may_be_phone(text, start, end, regions, references)
            if is_called is None:
                continue
            if asked == _MAX_ASKED:
                yield Read(start, end, "")
                return
            asked += 1
            begin = _start_of(text, start)
            is_called = is_called or is_dressed(shadow, start, end)
            may_stand = partial(may_be_contact, text, begin, end)
            for first, last, number in numbers_in(text[begin:end], regions, is_called=is_called, may_stand=may_stand):
                if is_part_of_decimal(text, begin + first, begin + last):
                    continue
                found += 1
                yield Read(begin + first, begin + last, number)
            if found > MAX_FINDINGS:
                return


def _without_dates(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a run beside the dates in it."""
    for date in DATE.finditer(text, start, end):
        yield from _trimmed(text, start, date.start())
        start = date.end()
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and not text[start].isdigit():
        start += 1
    while end > start and not text[end - 1].isdigit():
        end -= 1
    if end - start >= _MIN_CALLED:
        yield start, end


def _start_of(text: str, start: int) -> int:
    """Where the number begins: at the +, at the bracket before it, or at its first digit."""
    for sign in ("(", "+", "("):
        if text[start - 1 : start] == sign:
            start -= 1
    return start


def _may_be_phone(text: str, start: int, end: int, regions: tuple[str, ...], references: frozenset[str]) -> bool | None:
    """Whether the words beside this run call it a phone number; None where it is something else."""
    digits = _digits(text[start:end])
    if not _MIN_CALLED <= len(digits) <= 2 * _MAX_DIGITS or digits in references:
        return None
    if _LONGER.match(text, end) or _GOES_ON.match(text, end) or (start > 0 and _LONGER.match(text[start - 1])):
        return None  # part of a longer word: RR123456789PL, 1Z999..., an id
    if "+" in text[max(start - 2, 0) : start]:
        return True
    said = said_of(text, start, end)
    if said is Said.OTHER and len(digits) >= _MIN_TOLD and is_spoken_of(text, start, end):
        said = Said.PHONE
    is_called = said is Said.PHONE
    if said is Said.OTHER or (len(digits) < _MIN_DIGITS and not is_called):
        return None
    if is_by_shape_no_phone(text, start, end, is_called=is_called, country_codes=country_codes(regions)):
        return None
    return is_called


def _written_otherwise(shadow: Shadow, regions: tuple[str, ...], references: frozenset[str]) -> Iterator[Read]:
    """Numbers in words, with letters for digits, or with odd signs, words or line ends between."""
    text, asked = shadow.text, 0
    for row in rows(shadow):
        if not row.digits:
            yield Read(row.start, row.end, "")
            return
        if row.digits in references or _AFTER_YEAR.match(text, row.start):
            continue
        if asked == _MAX_ROWS:
            yield Read(row.start, row.end, "")
            return
        said = said_in_sentence(text, row.start, row.end)
        has_dress = is_dressed(shadow, row.start, row.end)
        # Nobody spells the number of a part or a parcel, or writes it digit by digit.
        if said is Said.OTHER and not (row.words >= _SPELLED_WORDS or row.is_glued or row.is_single or has_dress):
            continue
        if (row.is_single and is_row_of_marks(row.digits)) or (row.words == len(row.digits) and counts(row.digits)):
            continue
        is_mine = row.is_told and _NUMBER_OF_MINE.search(text, row.start, row.end) is not None
        is_called = said is Said.PHONE or is_mine or has_dress
        if not _is_meant(row, is_called=is_called) and not _begins_as_dialled(text, row):
            continue
        asked += 1
        is_called = is_called or row.is_glued or row.words > _SPELLED_WORDS
        # Whoever spells a whole number hides it, also one of another country.
        asked_of = (*regions, "US") if row.words >= _ALL_SPELLED else regions
        number = number_of(row.digits, asked_of, is_international=row.is_international, is_called=is_called)
        if number:
            yield Read(row.start, row.end, number)


def _as_a_whole(regions: tuple[str, ...], shadow: Shadow) -> Iterator[Read]:
    """The text as one number, if it is one."""
    text = shadow.text
    if _WHOLE.fullmatch(text):
        number = number_of(_digits(text), regions, is_international=text.startswith("+"), is_called=True)
        if number:
            yield Read(0, len(text), number)


def _in_parts(shadow: Shadow, regions: tuple[str, ...], references: frozenset[str]) -> Iterator[Read]:
    """Numbers whose parts stand apart, told how to be put together: of those that begin in one place the first."""
    reached = -1
    has_words = any(has_words for _, _, has_words in windows(shadow))
    for parts in scattered(shadow.text, has_words=has_words, number_words=_number_words(shadow) if has_words else 0):
        if parts.start <= reached or parts.digits in references:
            continue
        if parts.must_be_mobile:
            number = mobile_of(parts.digits, regions)
        elif parts.is_sure:
            number = parts.digits
        else:
            number = number_of(parts.digits, regions, is_international=False, is_called=False)
        if number:
            reached = parts.end
            yield Read(parts.start, parts.end, number)


def _number_words(shadow: Shadow) -> int:
    return sum(word in DIGITS_SAID for word in shadow.words)


def _is_meant(row: Row, *, is_called: bool) -> bool:
    """Whether enough speaks for a row: the odder it is written, the less it is an accident, but lists are honest."""
    if row.is_told:
        return is_called or (row.is_told_clearly and row.digits.startswith("0") and len(row.digits) >= _MIN_TOLD)
    if is_called or row.is_international or row.digits.startswith("00"):
        return True
    is_odd = row.is_glued or row.is_marked or row.is_single or row.is_mixed
    is_one = not row.is_broken and (row.mixed > 0 or row.words >= _SPELLED_WORDS - 1)
    return is_odd or is_one or row.words >= _SPELLED_WORDS


def _begins_as_dialled(text: str, row: Row) -> bool:
    """077 then 009 then 123: no amount begins so."""
    return len(row.digits) >= _MIN_TOLD and row.is_broken and _ZERO_FIRST.match(text, row.start) is not None


def _digits(text: str) -> str:
    return _NO_DIGIT.sub("", text)
