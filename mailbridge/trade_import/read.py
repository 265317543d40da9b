"""Reads a file of trade data line by line, and checks what the file can contradict itself in.

What is on record already, and references that are not in the file, are checked by the store, which takes a batch whole
or not at all.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from mailbridge.config import suggestion
from mailbridge.domain.acknowledgement import NO_AREA, AckWishes
from mailbridge.domain.trade_batch import (
    TradeBatch,
    TradeBuyer,
    TradeMarketplace,
    TradeMessage,
    TradeOffer,
    TradeOrder,
    TradeSeller,
)
from mailbridge.errors import ImportRejected, Problem
from mailbridge.trade_import.rows import TYPES, Trade, read_row

T = TypeVar("T")

_MAX_LINE_OCTETS: Final = 1024 * 1024
_MAX_PROBLEMS: Final = 1000


@dataclass(slots=True)
class _Reading:
    """What was found so far in one file."""

    file: str
    rows: list[Trade] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def blame(self, line: int | None, key: str, reason: str) -> None:
        """Note a problem; past a thousand nobody reads on."""
        if len(self.problems) < _MAX_PROBLEMS:
            self.problems.append(Problem(file=self.file, line=line, key=key, reason=reason))


def read_trade(path: Path | str) -> TradeBatch:
    """Read a whole file; raises ImportRejected with every Problem, each with line and field."""
    reading = _Reading(file=str(path))
    try:
        with Path(path).open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                _read_line(reading, number, line)
    except OSError as error:
        unreadable = Problem(file=str(path), line=None, key="", reason=f"can not be read: {error.strerror}")
        raise ImportRejected((unreadable,)) from None
    _check_together(reading)
    if reading.problems:
        raise ImportRejected(tuple(sorted(reading.problems, key=lambda problem: problem.line or 0)))
    return _batch(reading)


def _batch(reading: _Reading) -> TradeBatch:
    def all_of(cls: type[T]) -> tuple[T, ...]:
        return tuple(row for row in reading.rows if isinstance(row, cls))

    return TradeBatch(
        file=reading.file,
        marketplaces=all_of(TradeMarketplace),
        sellers=all_of(TradeSeller),
        buyers=all_of(TradeBuyer),
        orders=all_of(TradeOrder),
        offers=all_of(TradeOffer),
        messages=all_of(TradeMessage),
    )


def _read_line(reading: _Reading, number: int, octets: bytes) -> None:
    if number == 1:
        octets = octets.removeprefix(b"\xef\xbb\xbf")
    if not octets.strip():
        return
    if len(octets) > _MAX_LINE_OCTETS:
        reading.blame(number, "", "is longer than 1 MiB: one object a line")
        return
    row = _object_of(reading, number, octets)
    if row is None:
        return
    kind = row.get("type")
    if not isinstance(kind, str) or kind not in TYPES:
        near = suggestion(kind, TYPES) if isinstance(kind, str) else ""
        reading.blame(number, "type", f"must be one of {', '.join(TYPES)}{near}")
        return
    found = read_row(kind, octets, number)
    if isinstance(found, tuple):
        for fault in found:
            reading.blame(number, fault.key, fault.reason)
    else:
        reading.rows.append(found)


def _object_of(reading: _Reading, number: int, octets: bytes) -> dict[str, object] | None:
    """The JSON object of a line, None with a problem noted. A key that stands twice is one: which would win?"""

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        row = dict(items)
        if len(row) < len(items):
            names = [name for name, _ in items]
            twice = next(name for name in names if names.count(name) > 1)
            raise _Twice(twice)
        return row

    try:
        row = json.loads(octets.decode("utf-8"), object_pairs_hook=pairs)
    except _Twice as twice:
        reading.blame(number, str(twice), "stands twice in one object")
    except json.JSONDecodeError as error:
        reading.blame(number, "", f"is not JSON: {error.msg}, column {error.colno}")
    except (UnicodeDecodeError, RecursionError):
        reading.blame(number, "", "is not JSON in UTF-8")
    else:
        if isinstance(row, dict):
            return row
        reading.blame(number, "", "must be one JSON object in braces")
    return None


class _Twice(ValueError):
    """A key that stands twice."""


def _check_together(reading: _Reading) -> None:
    """What one file can contradict itself in."""
    seen: dict[tuple[str, ...], int] = {}
    _check_apart(reading)
    domains = {row.alias_domain for row in reading.rows if isinstance(row, TradeMarketplace)}
    for row in reading.rows:
        for key, name in _unique_keys(row):
            first = seen.setdefault((name, *key), row.line)
            if first != row.line:
                reading.blame(row.line, name, f"stands on line {first} already")
        if isinstance(row, TradeMarketplace):
            if row.cc_address is not None and not row.cc_address.lower().endswith(f"@{row.alias_domain}"):
                reading.blame(row.line, "cc_address", f"must be an address in {row.alias_domain}")
            if row.acknowledges and not row.acknowledged_areas:
                reading.blame(row.line, "acknowledges", NO_AREA)
        elif isinstance(row, TradeSeller | TradeBuyer):
            _check_mailboxes(reading, row, domains)
            if isinstance(row, TradeSeller) and row.acknowledgement is not None:
                _check_acknowledgement(reading, row, row.acknowledgement, domains)


def _check_apart(reading: _Reading) -> None:
    """Trade data are taken whole or not at all, messages one after the other: they have a file of their own."""
    posts = [row for row in reading.rows if isinstance(row, TradeMessage)]
    for post in posts if len(posts) < len(reading.rows) else ():
        reading.blame(post.line, "type", "messages stand in a file of their own, without trade data")


def _unique_keys(row: Trade) -> Iterator[tuple[tuple[str, ...], str]]:
    """(key, field to blame) of everything that may stand in one file only once."""
    if isinstance(row, TradeMarketplace):
        yield ("marketplace", row.reference), "reference"
        yield (row.alias_domain,), "alias_domain"
        return
    yield (type(row).__name__, row.marketplace, row.reference), "reference"
    if isinstance(row, TradeSeller):
        yield (row.marketplace, row.contact), "contact"


def _check_mailboxes(reading: _Reading, row: TradeSeller | TradeBuyer, our_domains: set[str]) -> None:
    keys = [mailbox.address.key for mailbox in row.mailboxes]
    for position, key in enumerate(keys):
        place = f"mailboxes[{position + 1}].address"
        if key in keys[:position]:
            reading.blame(row.line, place, "stands twice")
        if key.rpartition("@")[2] in our_domains:
            reading.blame(row.line, place, "is an address of ours: a party needs a mailbox of its own")


def _check_acknowledgement(reading: _Reading, row: TradeSeller, wishes: AckWishes, our_domains: set[str]) -> None:
    if wishes.is_on and wishes.areas == ():
        reading.blame(row.line, "acknowledgement.is_on", NO_AREA)
    if wishes.notify is not None and wishes.notify.key.rpartition("@")[2] in our_domains:
        reading.blame(row.line, "acknowledgement.notify", "is an address of ours: a copy to it would go round")
    seen = [(text.area, text.language) for text in wishes.texts]
    for position, key in enumerate(seen):
        if key in seen[:position]:
            reading.blame(row.line, f"acknowledgement.texts[{position + 1}]", "stands twice: one for area and language")
