"""docs/conversation.md: every number that is asked of conversations has a row, and its tests are there and name it."""

import re

import pytest

from tests.conformance.ids import ids_in
from tests.house.sources import TOP

PAGE = TOP / "docs" / "conversation.md"
_CASES = {
    *(f"T{number}" for number in (*range(1, 6), *range(8, 13))),
    *(f"B{number}" for number in range(1, 6)),
    *(f"C{number}" for number in range(7, 10)),
    *(f"U{number}" for number in range(1, 9)),
}
_THREATS = {f"T-{number}" for number in (23, 26, 27, 28, 44, 45)}
_OF_SYSTEMS = {f"S-{number}" for number in (13, *range(17, 21), *range(29, 56), *range(57, 60), 68, *range(76, 87))}
ASKED = _OF_SYSTEMS | {"N-10", "N-11", "N-15"} | _CASES | _THREATS
#: id, what it asks, where, tests
_ROW = re.compile(r"^\| ([A-Z]-?\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ROWS = _ROW.findall(PAGE.read_text(encoding="utf-8"))


def test_every_number_has_one_row() -> None:
    assert sorted(row[0] for row in ROWS) == sorted(ASKED)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0]).replace("-", "_"))
def test_the_tests_of_a_row_are_there_and_name_it(row: tuple[str, str, str, str]) -> None:
    identifier, _, _, tests = row
    files = re.findall(r"`([^`]+\.py)`", tests)
    assert files
    for file in files:
        text = (TOP / "tests" / file).read_text(encoding="utf-8")
        named = {each for name in re.findall(r"def (test_\w+)", text) for each in _named(name)}
        assert identifier in named, file


def _named(name: str) -> set[str]:
    """Ids in the name of a test, as they stand in the page."""
    return ids_in(name) | {f"{letter}-{number}" for letter, number in re.findall(r"_([SN])(\d{2})(?=_|$)", name)}
