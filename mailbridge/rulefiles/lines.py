"""Reads one YAML 1.2 file into plain values that know their lines: the only door of ruamel.yaml.

Built from the parser's events in one walk, and bounded while it walks: size, depth, number of nodes; no anchors,
aliases or tags; duplicate keys are errors (threats.md T-72). Knows nothing of rules.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from mailbridge.errors import Problem
from mailbridge.rulefiles.readbefore import Known, Path_, known

MAX_OCTETS = 1024 * 1024
MAX_DEPTH = 32
MAX_NODES = 50_000

# The core schema of YAML 1.2, with dates: what else is written without quotes is a text ("no" and "on" too).
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
_BROKEN_DOWN = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlFile:
    """What one file says."""

    #: mapping of the top level, made of dict, list, str, int, float, bool, date and None
    content: dict[str, Any]
    #: the line, from 1, of every key and item
    _lines: dict[Path_, int]
    #: where a block text (| or >) stands
    _blocks: frozenset[Path_]

    def line_of(self, path: Sequence[str | int]) -> int:
        """The line, from 1, of the value at this path, or of the nearest thing around it that exists."""
        place = tuple(path)
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 1)

    def first_line_of(self, path: Sequence[str | int]) -> int:
        """The line where the text at this path begins: a block text (| or >) begins below its key."""
        return self.line_of(path) + (tuple(path) in self._blocks)

    def known(self) -> Known:
        """All of it, to be kept."""
        return Known(self.content, self._lines, self._blocks)


def read_yaml(file: Path, name: str) -> YamlFile | Problem:
    """Read one file; `name` is how problems call it."""
    try:
        octets = file.read_bytes()
        if len(octets) > MAX_OCTETS:
            return _problem(name, None, f"is bigger than {MAX_OCTETS} octets; split it")
        before = known(octets)
        if before is not None:
            return YamlFile(content=before.content, _lines=before.lines, _blocks=before.blocks)
        text = octets.decode("utf-8")
    except OSError as error:
        return _problem(name, None, f"can not be read: {error.strerror or error}")
    except UnicodeDecodeError as error:
        return _problem(name, octets_line(error), "is not UTF-8; save it as UTF-8")
    try:
        return yaml_of(text)
    except _Refused as refused:
        return _problem(name, refused.line, refused.reason)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else None
        return _problem(name, line, f"is no YAML: {error.problem or error.context or 'syntax error'}")
    except (YAMLError, ValueError) as error:
        return _problem(name, None, f"is no YAML: {str(error).splitlines()[0]}")


def octets_line(error: UnicodeDecodeError) -> int:
    """The line, from 1, of the first octet that is not UTF-8."""
    return error.object[: error.start].count(b"\n") + 1


class _Refused(Exception):
    """Good YAML that is not taken."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line, self.reason = line, reason


@dataclass(slots=True)
class _Frame:
    """One collection that is being filled."""

    content: dict[str, Any] | list[Any]
    path: Path_
    #: the key whose value comes next; None where a key comes next, and in lists
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    """Puts values where they belong, with their lines."""

    frames: list[_Frame] = field(default_factory=list)
    root: Any = None
    nodes: int = 0
    lines: dict[Path_, int] = field(default_factory=dict)
    blocks: set[Path_] = field(default_factory=set)

    def take(self, event: Any) -> None:
        """The next event of the parser. Raises _Refused."""
        line = event.start_mark.line + 1
        if isinstance(event, NodeEvent):
            self._weigh(event, line)
            if isinstance(event, ScalarEvent):
                self._scalar(event, line)
            elif isinstance(event, CollectionStartEvent):
                self._open({} if isinstance(event, MappingStartEvent) else [], line)
        elif isinstance(event, CollectionEndEvent):
            self.frames.pop()
        elif isinstance(event, DocumentStartEvent) and self.nodes:
            raise _Refused(line, "holds more than one document; remove the line with ---")

    def _weigh(self, event: Any, line: int) -> None:
        if isinstance(event, AliasEvent) or event.anchor is not None:
            raise _Refused(line, "anchors and aliases (& and *) are not allowed; write the value out")
        if getattr(event, "tag", None) is not None:
            raise _Refused(line, "tags (!) are not allowed; remove it")
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise _Refused(line, f"holds more than {MAX_NODES} values; split it")

    def _open(self, content: dict[str, Any] | list[Any], line: int) -> None:
        if len(self.frames) == MAX_DEPTH:
            raise _Refused(line, f"is nested deeper than {MAX_DEPTH} levels")
        self.frames.append(_Frame(content, self._put(content, line)))

    def _scalar(self, event: Any, line: int) -> None:
        frame = self.frames[-1] if self.frames else None
        if frame is not None and isinstance(frame.content, dict) and frame.key is None:
            if event.value in frame.content:
                raise _Refused(line, f'duplicate key "{event.value}"; remove one')
            frame.key = event.value
            self.lines[*frame.path, event.value] = line
            return
        path = self._put(_resolved(event.value, line) if event.implicit[0] else event.value, line)
        if event.style in ("|", ">"):
            self.blocks.add(path)

    def _put(self, value: Any, line: int) -> Path_:
        """Add a value to the collection that is open; returns its path."""
        if not self.frames:
            self.root = value
            return ()
        frame = self.frames[-1]
        if isinstance(frame.content, list):
            path = (*frame.path, len(frame.content))
            self.lines[path] = line
            frame.content.append(value)
            return path
        if frame.key is None:
            raise _Refused(line, "a key must be a word, not a list or a mapping")
        key, frame.key = frame.key, None
        frame.content[key] = value
        return (*frame.path, key)


def yaml_of(text: str) -> YamlFile:
    """What this text says. Raises what `read_yaml` makes problems of."""
    builder = _Builder()
    for event in YAML(typ="safe", pure=True).parse(text):
        builder.take(event)
    if not isinstance(builder.root, dict):
        raise _Refused(1, "must be a mapping of keys to values")
    return YamlFile(content=builder.root, _lines=builder.lines, _blocks=frozenset(builder.blocks))


def _resolved(text: str, line: int) -> Any:
    """The value of a scalar without quotes."""
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _BROKEN_DOWN.fullmatch(text):
        return float(text)
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise _Refused(line, f"{text} is no day of the calendar") from None
    return text


def _problem(name: str, line: int | None, reason: str) -> Problem:
    return Problem(file=name, line=line, key="", reason=reason)
