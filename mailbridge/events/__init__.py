"""Events: what the bridge logs and counts. `emit(Event.X, field=...)` is the only way to say anything.

`catalogue.py` lists them, `journal.py` writes them; docs/events.md is generated from the list.
"""

from mailbridge.events.catalogue import FIELDS, Event, EventKind, Level
from mailbridge.events.journal import (
    BUCKETS_MS,
    JOURNAL,
    MAX_LINE_OCTETS,
    Journal,
    Tally,
    UndeclaredField,
    Value,
    added,
    emit,
    frames_of,
    line_of,
)
from mailbridge.events.reference import reference

__all__ = [
    "emit",
    "Event",
    "EventKind",
    "Level",
    "FIELDS",
    "reference",
    "frames_of",
    "JOURNAL",
    "Journal",
    "Tally",
    "added",
    "UndeclaredField",
    "Value",
    "line_of",
    "BUCKETS_MS",
    "MAX_LINE_OCTETS",
]
