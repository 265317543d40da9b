"""`rfcs.txt` lists the RFCs that code and documents name: number, how far we follow it, title, what is left out."""

import re
from pathlib import Path

from tests.house.sources import TOP, files

_ROW = re.compile(r"(?P<number>\d{3,5})\s+(?P<support>full|part|no)\s+(?P<title>\S.*?)(?:\s+-- (?P<limits>\S.*))?")
_NAMED = re.compile(r"\bRFC[ -](\d{3,5})\b")
_LIST = Path(__file__).with_name("rfcs.txt")


def _rows() -> list[str]:
    return [line for line in _LIST.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def test_every_row_says_number_support_and_title() -> None:
    assert [row for row in _rows() if not _ROW.fullmatch(row)] == []


def test_partial_support_says_what_is_left_out() -> None:
    matches = [_ROW.fullmatch(row) for row in _rows()]
    assert [m["number"] for m in matches if m and m["support"] != "full" and not m["limits"]] == []


def test_rows_are_sorted_and_unique() -> None:
    numbers = [int(row.split()[0]) for row in _rows()]
    assert numbers == sorted(set(numbers))


def test_every_rfc_that_is_named_is_listed() -> None:
    listed = {row.split()[0] for row in _rows()}
    named: dict[str, str] = {}
    for path in files():
        if path.suffix in {".py", ".md", ".yaml", ".toml"} and "golden" not in path.parts:
            for number in _NAMED.findall(path.read_text(encoding="utf-8", errors="replace")):
                named.setdefault(number, str(path.relative_to(TOP)))
    assert {number: where for number, where in named.items() if number not in listed} == {}
