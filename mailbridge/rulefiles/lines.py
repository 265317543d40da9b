"""Reads one YAML 1.2 file into plain values that know their lines: the only door of ruamel.yaml.

Bounded before anything is built: size, depth, number of nodes; no anchors, aliases or tags; duplicate keys are errors
(threats.md T-72). Knows nothing of rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, NodeEvent
from ruamel.yaml.scalarstring import FoldedScalarString, LiteralScalarString

from mailbridge.errors import Problem

MAX_OCTETS = 1024 * 1024
MAX_DEPTH = 32
MAX_NODES = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlFile:
    """What one file says."""

    #: mapping of the top level, made of dict, list, str, int, float, bool, date and None
    content: dict[str, Any]
    _root: Any

    def line_of(self, path: Sequence[str | int]) -> int:
        """The line, from 1, of the value at this path, or of the nearest thing around it that exists."""
        node, line = self._root, 1
        for step in path:
            position = _position(node, step)
            if position is None:
                break
            line = position + 1
            node = node[step]
        return line

    def first_line_of(self, path: Sequence[str | int]) -> int:
        """The line where the text at this path begins: a block text (| or >) begins below its key."""
        node = self._root
        for step in path:
            node = node[step]
        return self.line_of(path) + isinstance(node, LiteralScalarString | FoldedScalarString)


def read_yaml(file: Path, name: str) -> YamlFile | Problem:
    """Read one file; `name` is how problems call it."""
    try:
        octets = file.read_bytes()
        if len(octets) > MAX_OCTETS:
            return _problem(name, None, f"is bigger than {MAX_OCTETS} octets; split it")
        text = octets.decode("utf-8")
    except OSError as error:
        return _problem(name, None, f"can not be read: {error.strerror or error}")
    except UnicodeDecodeError as error:
        return _problem(name, octets_line(error), "is not UTF-8; save it as UTF-8")
    try:
        return _bounded(text, name) or _loaded(text, name)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else None
        return _problem(name, line, f"is no YAML: {error.problem or error.context or 'syntax error'}")
    except (YAMLError, ValueError) as error:
        return _problem(name, None, f"is no YAML: {str(error).splitlines()[0]}")


def octets_line(error: UnicodeDecodeError) -> int:
    """The line, from 1, of the first octet that is not UTF-8."""
    return error.object[: error.start].count(b"\n") + 1


def _yaml() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.allow_duplicate_keys = False
    return yaml


def _bounded(text: str, name: str) -> Problem | None:
    """Walk the events only: nothing is built, so a bomb costs nothing."""
    depth = nodes = 0
    for event in _yaml().parse(text):
        line = event.start_mark.line + 1
        if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor is not None):
            return _problem(name, line, "anchors and aliases (& and *) are not allowed; write the value out")
        if isinstance(event, NodeEvent):
            nodes += 1
            if getattr(event, "tag", None) is not None:
                return _problem(name, line, "tags (!) are not allowed; remove it")
        if isinstance(event, CollectionStartEvent):
            depth += 1
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            return _problem(name, line, f"is nested deeper than {MAX_DEPTH} levels")
        if nodes > MAX_NODES:
            return _problem(name, line, f"holds more than {MAX_NODES} values; split it")
    return None


def _loaded(text: str, name: str) -> YamlFile | Problem:
    root = _yaml().load(text)
    if not isinstance(root, dict):
        return _problem(name, 1, "must be a mapping that begins with `rules:`")
    return YamlFile(content=_plain(root), _root=root)


def _plain(node: Any) -> Any:
    """The same value without ruamel's own types."""
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(item) for item in node]
    for kind in (bool, str, int, float):
        if isinstance(node, kind):
            return kind(node)
    return node


def _position(node: Any, step: str | int) -> int | None:
    if isinstance(node, dict) and step in node:
        return int(_marks(node).key(step)[0])
    if isinstance(node, list) and isinstance(step, int) and 0 <= step < len(node):
        return int(_marks(node).item(step)[0])
    return None


def _marks(node: Any) -> Any:
    return node.lc


def _problem(name: str, line: int | None, reason: str) -> Problem:
    return Problem(file=name, line=line, key="", reason=reason)
