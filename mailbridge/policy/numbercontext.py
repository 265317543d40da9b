"""What a run of digits is, by its shape and by the words around it: a telephone number, something else, or unsaid.

Order numbers, dates, prices, bar codes, tracking, tax and account numbers are something else. Asks nobody whether a
number exists: that is `telephony.py`.
"""

import enum
import re
from itertools import pairwise

from mailbridge.patterns import lazy_pattern
from mailbridge.policy.numbernames import NAMES, OTHER_WORDS, PARTING, PHONE, PHONE_WORDS, PLAIN, THINGS

_OTHERS = (*NAMES, *THINGS)
_NUMBER_OF_MINE = lazy_pattern(
    r"\b(?:my|our|mój|moj|nasz|mio|nostro|meine|unsere|mon|notre|mi|his|her)\s(?:new\s|private\s|prywatny\s)?"
    r"(?:number|numer|numerek|nr|numero|numerino|nummer|numéro|número|num)\b[\w\s:=.]{0,12}\Z",
    re.IGNORECASE,
)
_TIE_AFTER = r"\s?[(,-]?\s?(?:(?:is|was|to|è|ist|est|es|jest)\s)?"
_OTHER_NAMES = (
    "order|tracking|invoice|zamówieni|przesyłk|faktur|ordin|spedizion|fattura|bestell|sendung|rechnung|auftrag|ean|gtin|sku|"
    "commande|pedido"
)
_OTHER_AFTER = lazy_pattern(
    rf"{_TIE_AFTER}(?:(?:the|my|your|our|mój|nasz|il|die|der|le|el)\s)?"
    rf"(?:nr\.?|numer|no\.?|number of)?\s?(?:{_OTHER_NAMES})",
    re.IGNORECASE,
)
_PHONE_AFTER = lazy_pattern(
    rf"{_TIE_AFTER}(?:the|my|our|mój|moj|nasz|il mio|meine|mon|mi)\s(?:new\s|private\s)?"
    r"(?:phone|mobile|cell|number|tel|numer\b|nr tel|kom|cellulare|numero|handy|nummer|portable|numéro|móvil|whatsapp)",
    re.IGNORECASE,
)
_WORDS_BEFORE = 4
_MOST_ALIKE = 3
_ALIKE = lazy_pattern(
    r"(?<![0-9])([0-9][0-9 ()./-]{3,24}[0-9])(?:\s?[,;/]?|\s(?:and|und|e|i|oraz|et|y|or|oder|lub|o|ou))\Z"
)
_BEFORE = 80
#: not behind an abbreviation: "Art. 123"
_SENTENCE_END = lazy_pattern(r"(?:[!?…]|(?<=[^\W\d_]{4})\.)\s")
_TRIM = " :.-(=\t"
_DIGITS = lazy_pattern(r"[0-9]+")
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12][0-9]|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)[0-9]{2}"
#: a date, with a time or not; no part of a longer row of pairs, as French numbers are
DATE = lazy_pattern(
    rf"(?<![0-9./-])(?:{_DAY}([./-]){_MONTH}\1(?:{_YEAR}|[0-9]{{2}})|{_YEAR}([./-]){_MONTH}\2{_DAY}|{_MONTH}/{_DAY}/{_YEAR})"
    r"(?![./-]?[0-9])(?:[ T]{1,2}[0-2]?[0-9][.:][0-5][0-9])?"
)
_DATE_LIKE = lazy_pattern(
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2})(?:[ T]+\d{1,2}[.:]?\d{0,2})?"
)
_HOURS = lazy_pattern(r"(?<![0-9])[0-2]?[0-9][.][0-5][0-9]\s?-\s?[0-2]?[0-9][.][0-5][0-9](?![0-9])")
_SOLID_DATE = lazy_pattern(
    r"(?:(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9]|[0-3][0-9](?:0[1-9]|1[0-2])(?:19|20)[0-9]{2})"
)
# 192.0.2.1, 8.6.9/940, 0.574: a dotted quad, or a first group of one digit before a dot or slash
_ADDRESS_OR_VERSION = lazy_pattern(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9.])|[0-9][./](?!\s)")
_MONEY = r"(?:zł|zl|pln|eur|euro|€|usd|\$|gbp|£|chf|kr|kč|czk|huf|ron|sek)"
_MONEY_AFTER = lazy_pattern(
    rf"\s?(?:{_MONEY}|kg|g\b|mm|cm|ml|m\b|szt|pcs|pz|stk|stück|st\.|%|°|x\s?[0-9]|[,.][0-9]{{1,2}}(?![0-9]))",
    re.IGNORECASE,
)
_MONEY_BEFORE = lazy_pattern(rf"{_MONEY}\s?\Z", re.IGNORECASE)
_THOUSANDS = lazy_pattern(r"[1-9][0-9]{0,2}(?:[ .][0-9]{3}){2,4}")
#: how one marketplace numbers its orders
_ORDER = lazy_pattern(r"[0-9]{3}-[0-9]{7}-[0-9]{7}")
_CARD = lazy_pattern(r"(?:[0-9]{4}[ -]){2,7}[0-9]{1,4}")
_SOLID = lazy_pattern(r"[0-9]+")
_CLOCK = lazy_pattern(r"[0-9]:\Z")
_DECIMAL = lazy_pattern(r"[0-9]{1,4}\.[0-9]{5,20}")
_POINT = lazy_pattern(r"[0-9][.,:/]\Z")
_MAX_LINK = 300
_MAX_SOLID = 11
_LENGTH_OF_THREES, _LENGTH_WITH_COUNTRY = 9, 11
_GTIN_LENGTHS = (12, 13, 14)
_VAT_LENGTH = 11


class Said(enum.Enum):
    """What the words beside a number call it."""

    PHONE = "a telephone number"
    OTHER = "something else"
    NOTHING = "nothing"


def said_of(text: str, start: int, end: int) -> Said:
    """What the words before this number call it, else those right behind it."""
    before = _said_before(text, start, sum(sign.isdigit() for sign in text[start:end]))
    if before is not Said.NOTHING:
        return before
    after = text[end : end + 48]
    if _PHONE_AFTER.match(after):
        return Said.PHONE
    return Said.OTHER if _OTHER_AFTER.match(after) else Said.NOTHING


def said_in_sentence(text: str, start: int, end: int) -> Said:
    """The same, but that a sentence that ended before says nothing."""
    first = max(start - _BEFORE, 0)
    for edge in _SENTENCE_END.finditer(text, first, start):
        first = edge.end()
    return said_of(text[first : end + _BEFORE], start - first, end - first)


def _said_before(text: str, start: int, digits: int) -> Said:
    before = text[max(start - _BEFORE, 0) : start].rstrip("+(")
    line = before.rpartition("\n")[2]
    if not line.strip():
        # A number on a line of its own: the line above speaks for it, or the list that it stands in.
        line = " ".join(before.split("\n")[-4:])
    line = _without_alike(line.rstrip(_TRIM), digits)
    if line.endswith(("#", "№")):
        return Said.OTHER
    if _NUMBER_OF_MINE.search(line):
        return Said.PHONE
    words = line.split()
    if words and words[-1].lower() in PARTING:
        return Said.NOTHING
    return _said_by(words, digits)


def _without_alike(line: str, digits: int) -> str:
    """Without the numbers of the same length right before: what is said of the first is said of all."""
    for _ in range(_MOST_ALIKE):
        alike = _ALIKE.search(line)
        if alike is None or sum(map(str.isdigit, alike[1])) != digits:
            break
        line = line[: alike.start()].rstrip(_TRIM)
    return line


def _said_by(words: list[str], digits: int) -> Said:
    """What the nearest of these words says of a number behind them."""
    others, is_near = 0, True
    for written in reversed(words):
        word = written.lower()
        bare = word.lstrip("([\"'„*•")
        number = "" if bare.isalpha() else "".join(_DIGITS.findall(bare))
        if number and len(number) == digits:
            continue  # one of several alike
        others += 1
        if others > _WORDS_BEFORE:
            break
        whole = bare.strip(".:,;)!?")
        if bare.startswith(PHONE) or (is_near and whole in PHONE_WORDS):
            return Said.PHONE
        if bare.startswith(_OTHERS) or whole in OTHER_WORDS:
            return Said.OTHER
        if number:
            break
        is_near = is_near and (whole in PLAIN or written[0].isupper() or not whole)
    return Said.NOTHING


def is_by_shape_no_phone(text: str, start: int, end: int, *, is_called: bool, country_codes: tuple[str, ...]) -> bool:
    """True for dates, times, prices, measures, bar codes, cards, versions, and for what is too long."""
    words = text[start:end]
    digits = "".join(_DIGITS.findall(words))
    if _DATE_LIKE.fullmatch(words) or _ADDRESS_OR_VERSION.match(words) or _MONEY_AFTER.match(text, end):
        return True
    if _HOURS.search(words) or _MONEY_BEFORE.search(text[max(start - 6, 0) : start]):
        return True
    if _CLOCK.search(text[max(start - 2, 0) : start]):
        return True
    if is_called:
        return False
    if _DECIMAL.fullmatch(words) or _is_in_address(text, start) or _is_table(words):
        return True
    if (
        _is_list_of_sizes(words)
        or _ORDER.fullmatch(words)
        or _CARD.fullmatch(words)
        or _is_amount(words, digits, country_codes)
    ):
        return True
    if _SOLID.fullmatch(words) is None:
        return False
    if len(digits) == _VAT_LENGTH and _is_partita_iva(digits):
        return True
    if _SOLID_DATE.fullmatch(words) or (len(digits) in _GTIN_LENGTHS and _is_gtin(digits)):
        return True
    return len(digits) > _MAX_SOLID and not digits.startswith(("0", *country_codes))


def _is_amount(words: str, digits: str, country_codes: tuple[str, ...]) -> bool:
    """12 345 678; but 601 234 567 and 48 601 234 567 are how telephone numbers are written too."""
    is_long = len(digits) >= _LENGTH_WITH_COUNTRY and digits.startswith(country_codes)
    return _THOUSANDS.fullmatch(words) is not None and len(digits) != _LENGTH_OF_THREES and not is_long


def is_part_of_decimal(text: str, start: int, end: int) -> bool:
    """True for 3.76552795031, and for what stands behind its point."""
    return (
        _DECIMAL.fullmatch(text, start, end) is not None or _POINT.search(text[max(start - 2, 0) : start]) is not None
    )


def _is_in_address(text: str, at: int) -> bool:
    """True inside a link, where digits are ids."""
    word = text[max(at - _MAX_LINK, 0) : at]
    return (
        any(sign in word.split()[-1] for sign in ("://", "www.", "?", "="))
        if word and not word[-1].isspace()
        else False
    )


def _is_table(words: str) -> bool:
    """1655 150 0 0: single digits beside groups of three or more."""
    sizes = [len(group) for group in _DIGITS.findall(words)]
    return sizes[1:].count(1) > 1 and max(sizes) > 2


def _is_list_of_sizes(words: str) -> bool:
    """38 39 40 41 42: groups that rise by the same step."""
    groups = [int(group) for group in _DIGITS.findall(words)]
    steps = {after - before for before, after in pairwise(groups)}
    return len(groups) > 2 and len(steps) == 1 and 0 < min(steps) <= 10 and max(groups) < 1000


def _is_partita_iva(digits: str) -> bool:
    """The check digit of an Italian VAT number."""
    doubled = [2 * int(digit) - 9 * (digit > "4") for digit in digits[1:10:2]]
    total = sum(doubled) + sum(map(int, digits[0:10:2]))
    return (10 - total % 10) % 10 == int(digits[-1])


def _is_gtin(digits: str) -> bool:
    """The check digit of GTIN-12, -13 and -14 (GS1)."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits[:-1])))
    return (10 - total % 10) % 10 == int(digits[-1])
