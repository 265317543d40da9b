"""Finds telephone numbers in numerals that nobody needs for anything else, and says which rows of digits only count.

Roman numerals, small sums, notes and colours are read by `numerals.py`; digits in circles, on keys or of other scripts
are told by how they are written. What else a number may be is decided by `checks/phone_number.py`.
"""

from collections.abc import Iterator
from itertools import chain, pairwise

from mailbridge.policy.disguises import ALIKE
from mailbridge.policy.numerals import Numeral, named_rows, odd_rows
from mailbridge.policy.scanning import Read
from mailbridge.policy.scattered import is_by_voice
from mailbridge.policy.shadow import Shadow
from mailbridge.policy.telephony import number_of

_MIN_TOLD = 9
_FEW_DIGITS = 4
_KEYCAP = "\u20e3"
#: a frame has two signs
_OF_KEYCAP = 2
#: of measures: m\u00b2
_RAISED = frozenset("\u00b9\u00b2\u00b3")
_DRESSED = frozenset(sign for sign, read in ALIKE.items() if read.isdecimal() and sign not in _RAISED) | {_KEYCAP}
#: of a longer text the rest is not asked whether its digits are dressed; so far apart they may stand
_MAX_DRESSED, _FAR_DRESSED = 20_000, 40


def oddly_written(shadow: Shadow, regions: tuple[str, ...]) -> Iterator[Read]:
    """Numbers in numerals that nobody needs for anything else, or only in play; and dressed ones with words between."""
    text = shadow.text
    for row in chain(odd_rows(text, shadow.lower), _dressed(shadow)):
        if not is_row_of_marks(row.digits) and len(row.digits) >= _MIN_TOLD:
            number = number_of(row.digits, regions, is_international=False, is_called=False)
            if number or is_by_voice(text):
                number = number or number_of(row.digits, regions, is_international=False, is_called=True)
            if number:
                yield Read(row.start, row.end, number)
    for row in named_rows(shadow.lower):
        number = number_of(row.digits, regions, is_international=False, is_called=False)
        if number and is_by_voice(text):
            yield Read(row.start, row.end, number)


def _dressed(shadow: Shadow) -> Iterator[Numeral]:
    """Digits that are not written as digits are, with little between, whatever it says."""
    if shadow.original.isascii() or _DRESSED.isdisjoint(shadow.original):
        return
    row: list[int] = []
    for at, sign in enumerate(shadow.text[:_MAX_DRESSED]):
        if sign.isdecimal() and is_dressed(shadow, at, at + 1):
            if row and at - row[-1] > _FAR_DRESSED:
                yield _as_numeral(shadow.text, row)
                row = []
            row.append(at)
    yield _as_numeral(shadow.text, row)


def _as_numeral(text: str, places: list[int]) -> Numeral:
    return Numeral(places[0], places[-1] + 1, "".join(text[at] for at in places)) if places else Numeral(0, 0, "")


def is_row_of_marks(digits: str) -> bool:
    """1, 2, 3, 4, 5 and 5, 4, 5, 5, 3: a list, or marks out of five."""
    steps = {int(after) - int(before) for before, after in pairwise(digits)}
    return len(steps) == 1 or len(set(digits)) < _FEW_DIGITS


def counts(digits: str) -> bool:
    """One, two, three, four, five, six, seven."""
    return all(int(after) == int(before) + 1 for before, after in pairwise(digits))


def is_dressed(shadow: Shadow, start: int, end: int) -> bool:
    """True where digits are not written as digits are, but circled or as keys: nobody does so with other numbers."""
    first, last = shadow.place(start, end)
    written = shadow.original[first : last + _OF_KEYCAP]  # its frame is not read, and stands behind the last digit
    return not written.isascii() and any(sign == _KEYCAP or _reads_as_digit(sign) for sign in written)


def _reads_as_digit(sign: str) -> bool:
    return not sign.isascii() and ALIKE.get(sign, "").isdecimal()
