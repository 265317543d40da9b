"""What commands print: tables for people, JSON for programs, problems on stderr, and the exit codes.

Text out of a mail is made harmless before it reaches a terminal (threats.md T-75). Decides nothing.
"""

import dataclasses
import enum
import json
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta, tzinfo
from pathlib import Path

from mailbridge.errors import Problem


class ExitCode(enum.IntEnum):
    """Exit codes, the same for every command; `cli/manual.py` explains them in docs/commands.md."""

    OK = 0
    #: done, and what was looked at is not as it should be; or the file was rejected
    PROBLEM = 1
    USAGE = 2
    #: settings, key file, rules or templates can not be used
    CONFIGURATION = 3
    #: an id or address that names nothing
    NOT_FOUND = 4
    #: the database or another service is not there for the moment: try again (EX_TEMPFAIL)
    TEMPORARY = 75
    #: stopped by Ctrl-C
    INTERRUPTED = 130


def say(text: str = "") -> None:
    """Print one line for people."""
    print(harmless(text))


def program() -> str:
    """What a person types for `mailbridge`: `make` does not put it on the PATH."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return f"{sys.executable} -m mailbridge"
    return called.name if shutil.which(called.name) == str(called) else str(called)


def complain(problems: Iterable[Problem]) -> None:
    """Name every problem on stderr: file:line: key: reason."""
    for problem in problems:
        print(harmless(str(problem)), file=sys.stderr)


def harmless(text: str) -> str:
    """The text without anything a terminal would obey: controls, escapes, direction marks become a middle dot."""
    return "".join(c if c.isprintable() or c == "\n" else " " if c == "\t" else "·" for c in text)


def print_json(value: object) -> None:
    """Print one JSON document."""
    print(json.dumps(plain(value), ensure_ascii=False, indent=2))


def plain(value: object) -> object:
    """Nouns as what JSON knows: objects, ISO 8601 times, seconds, values of enums; a real address becomes null."""
    from mailbridge.domain.address import RealAddress
    from mailbridge.domain.reply import EnhancedStatus

    if isinstance(value, RealAddress):
        return None
    if isinstance(value, EnhancedStatus | tzinfo):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, datetime | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [plain(item) for item in value]
    return value


def print_table(heads: Sequence[str], rows: Iterable[Sequence[object]], *, nothing: str) -> None:
    """Print aligned columns; `nothing` when there are no rows. The last column is cut at the edge of a terminal."""
    cells = [[harmless(shown(cell)).replace("\n", " ") for cell in row] for row in rows]
    if not cells:
        say(nothing)
        return
    widths = [max(len(row[column]) for row in [list(heads), *cells]) for column in range(len(heads))]
    edge = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    for row in [list(heads), *cells]:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        print(f"{line[: edge - 1]}…" if edge and len(line) > edge else line)


def shown(value: object) -> str:
    """One value for people."""
    if value is None or value == "":
        return "-"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, enum.Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
