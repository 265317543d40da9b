"""Writes each event as one JSON line to stderr, and counts it.

A line is escaped ASCII of at most 4 KiB (threats.md T-75). Addresses are cut out of every value, whatever the caller
gave. Knows nothing of the metrics format: `web/metrics.py` reads the `tally`.
"""

import bisect
import json
import queue
import re
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, TextIO

from mailbridge.events.catalogue import Event

MAX_LINE_OCTETS: Final = 4096
_MAX_VALUE_CHARACTERS: Final = 512
_MAX_LINES_BEHIND: Final = 10_000
_MAX_ITEMS: Final = 50
_MAX_KEY_CHARACTERS: Final = 40
_SHORTEST_CHARACTERS: Final = 40
_ADDRESS = re.compile(r"""(?:"(?:\\.|[^"\\]){0,80}"|(?<![^\s<>"'(),:;\[\]@])[^\s<>"'(),:;\[\]@]+)?@[^\s<>"'(),:;@]+""")

#: upper bounds in milliseconds of the histograms
BUCKETS_MS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 60_000)

Value = str | int | float | bool | None | Sequence[str] | Sequence[int] | Mapping[str, float]


@dataclass(slots=True)
class Histogram:
    """How long something took: counts per bucket of BUCKETS_MS and one above, and the sum."""

    buckets: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS_MS) + 1))
    sum_ms: float = 0.0

    def add(self, milliseconds: float) -> None:
        """Count one measurement."""
        self.buckets[bisect.bisect_left(BUCKETS_MS, milliseconds)] += 1
        self.sum_ms += milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was counted since the start: a copy."""

    #: (event, values of its counted_by fields) -> how often
    counts: Mapping[tuple[Event, tuple[str, ...]], int]
    #: event -> buckets and sum
    histograms: Mapping[Event, tuple[tuple[int, ...], float]]
    #: lines that could not be written
    lost_lines: int


def added(tallies: Iterable[Tally]) -> Tally:
    """What several processes counted, together."""
    counts: Counter[tuple[Event, tuple[str, ...]]] = Counter()
    histograms: dict[Event, tuple[tuple[int, ...], float]] = {}
    lost_lines = 0
    for tally in tallies:
        counts.update(tally.counts)
        lost_lines += tally.lost_lines
        for event, (buckets, sum_ms) in tally.histograms.items():
            before, sum_before = histograms.get(event, ((0,) * len(buckets), 0.0))
            histograms[event] = (tuple(map(sum, zip(before, buckets, strict=True))), sum_before + sum_ms)
    return Tally(counts=dict(counts), histograms=histograms, lost_lines=lost_lines)


class LinesBehind:
    """Lines that wait for a thread to write them; bounded, so that a stuck log costs lines and no memory."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def put(self, line: str) -> bool:
        """False when too many wait."""
        if self._lines.qsize() >= _MAX_LINES_BEHIND:
            return False
        self._lines.put(line)
        return True

    def close(self, timeout_s: float) -> None:
        """Let the thread write what waits, for at most so long."""
        self._lines.put(None)
        self._thread.join(timeout_s)

    def _run(self) -> None:
        goes_on = True
        while goes_on:
            line = self._lines.get()
            lines: list[str] = []
            while line is not None:
                lines.append(line)
                if self._lines.empty():
                    break
                line = self._lines.get()
            goes_on = line is not None
            if lines:
                self._write("".join(lines))


class UndeclaredField(TypeError):
    """A field was given that the event does not declare: a fault of ours, raised where tests run."""


class Journal:
    """Writes and counts events. One per process, made below; tests make their own."""

    def __init__(self, *, stream: TextIO | None = None, is_strict: bool = False) -> None:
        #: None: whatever sys.stderr is at the time
        self._stream = stream
        self._is_strict = is_strict
        self._is_quiet = False
        self._lock = threading.Lock()
        self._counts: Counter[tuple[Event, tuple[str, ...]]] = Counter()
        self._histograms: dict[Event, Histogram] = {}
        self._lost_lines = 0
        self._behind: LinesBehind | None = None

    def emit(self, event: Event, fields: Mapping[str, Value]) -> None:
        """Write and count one event; a line that can not be written is counted and never breaks the caller."""
        undeclared = [name for name in fields if name not in event.value.fields]
        if undeclared and self._is_strict:
            raise UndeclaredField(f"{event.name} does not declare {', '.join(undeclared)}")
        line = line_of(
            event, {name: value for name, value in fields.items() if name in event.value.fields}, datetime.now(UTC)
        )
        with self._lock:
            self._count(event, fields)
            if self._is_quiet:
                return
            if self._behind is None:
                self._write(line)
            elif not self._behind.put(line):
                self._lost_lines += 1

    def _write(self, text: str) -> None:
        try:
            stream = self._stream or sys.stderr
            stream.write(text)
            stream.flush()
        except (OSError, ValueError):  # closed, full, or a pipe nobody reads: mail goes on
            self._lost_lines += text.count("\n")

    def write_behind(self) -> None:
        """From now on a thread of its own writes: a log that is slow or stuck never holds up mail (threats.md F-41)."""
        self._behind = LinesBehind(self._write)

    def close(self, timeout_s: float = 5.0) -> None:
        """Write what waits, for at most so long, and write at once from now on."""
        with self._lock:
            behind, self._behind = self._behind, None
        if behind is not None:
            behind.close(timeout_s)

    def be_strict(self) -> None:
        """From now on an undeclared field raises: for tests. In service it is left out."""
        self._is_strict = True

    def be_quiet(self) -> None:
        """From now on count only: for a command whose stderr is a person's terminal."""
        self._is_quiet = True

    def tally(self) -> Tally:
        """What was counted so far."""
        with self._lock:
            return Tally(
                counts=dict(self._counts),
                histograms={event: (tuple(h.buckets), h.sum_ms) for event, h in self._histograms.items()},
                lost_lines=self._lost_lines,
            )

    def _count(self, event: Event, fields: Mapping[str, Value]) -> None:
        keys: list[tuple[str, ...]] = [()]
        for name in event.value.counted_by:
            keys = [(*key, text) for key in keys for text in _label_values(fields.get(name))]
        for key in keys:
            self._counts[event, key] += 1
        measured = fields.get(event.value.measures) if event.value.measures else None
        if isinstance(measured, int | float):
            self._histograms.setdefault(event, Histogram()).add(measured)


def _label_values(value: Value) -> tuple[str, ...]:
    if isinstance(value, str | int | float | None):
        return ("" if value is None else str(value)[:64],)
    return tuple(sorted({str(item)[:64] for item in value})) or ("",)


def line_of(event: Event, fields: Mapping[str, Value], at: datetime) -> str:
    """The line as it is written, with its line end: escaped ASCII of at most 4 KiB."""
    head: dict[str, object] = {
        "at": at.isoformat(timespec="milliseconds"),
        "level": event.value.level.value,
        "event": event.label,
    }
    longest = _MAX_VALUE_CHARACTERS
    cleaned = {name: _cleaned(value, longest) for name, value in fields.items()}
    line = json.dumps(head | cleaned, ensure_ascii=True)
    while len(line) >= MAX_LINE_OCTETS and longest > _SHORTEST_CHARACTERS:
        longest //= 2
        cleaned = {name: _cleaned(value, longest) for name, value in fields.items()}
        line = json.dumps(head | cleaned | {"is_cut": True}, ensure_ascii=True)
    if len(line) >= MAX_LINE_OCTETS:
        short = {
            name: value
            for name, value in cleaned.items()
            if isinstance(value, int | float | None) or name.endswith("_id")
        }
        line = json.dumps(head | short | {"is_cut": True}, ensure_ascii=True)
    return line + "\n"


def _cleaned(value: Value, longest: int) -> object:
    if isinstance(value, bool | int | float) or value is None:
        return value
    if isinstance(value, str):
        return _cleaned_text(value, longest)
    if isinstance(value, Mapping):
        pairs = list(value.items())[:_MAX_ITEMS]
        return {_cleaned_text(str(name), _MAX_KEY_CHARACTERS): round(number, 3) for name, number in pairs}
    return [
        item if isinstance(item, int) else _cleaned_text(str(item), longest)
        for item in list(value)[: min(_MAX_ITEMS, longest)]
    ]


def _cleaned_text(text: str, longest: int) -> str:
    # A far side names mailboxes in its replies, and so may an exception: no address ever reaches the log (style.md §9).
    if "@" in text:
        text = _ADDRESS.sub("(address)", text[: 4 * longest])
    return text if len(text) <= longest else text[:longest] + "…"


def frames_of(error: BaseException, newest: int = 8) -> tuple[str, ...]:
    """Where an exception came from, without its words: they may quote a message."""
    stack = traceback.extract_tb(error.__traceback__)[-newest:]
    return tuple(f"{'/'.join(frame.filename.split('/')[-2:])}:{frame.lineno}:{frame.name}" for frame in stack)


JOURNAL: Final = Journal()


def emit(event: Event, **fields: Value) -> None:
    """Log and count one event of this process."""
    JOURNAL.emit(event, fields)
