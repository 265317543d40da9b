"""What was read of the rule files that come with Mailbridge, kept as JSON in `rules/read.json` (decision 0031).

Reading YAML would be a sixth of every start. A file is known by the hash of its octets: one that was edited is read as
any other. `scripts/tried` writes the JSON. Reads no YAML by itself: that is `lines.py`.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from mailbridge.resources import data_folder

NAME = "read.json"
#: keys of mappings and numbers of items, from the top of the file
Path_ = tuple[str | int, ...]


class Known(NamedTuple):
    """One file: see `YamlFile`."""

    content: dict[str, object]
    lines: dict[Path_, int]
    blocks: frozenset[Path_]


def known(octets: bytes) -> Known | None:
    """What this file says; None where it is none of those that come with Mailbridge."""
    kept = _kept().get(hashlib.sha256(octets).hexdigest())
    if kept is None:
        return None
    lines: dict[Path_, int] = {}
    blocks: set[Path_] = set()
    content = _mapping(kept, (), lines, blocks)
    return Known(content, lines, frozenset(blocks))


def written(files: Mapping[bytes, Known]) -> str:
    """What `rules/read.json` must say for files of these octets: one on each line."""
    told = sorted(
        f'"{hashlib.sha256(octets).hexdigest()}": {json.dumps(_told(one.content, (), one), ensure_ascii=False)}'
        for octets, one in files.items()
    )
    return "{\n" + ",\n".join(told) + "\n}\n"


@cache
def _kept() -> Mapping[str, dict[str, object]]:
    try:
        return dict(json.loads((data_folder("rules") / NAME).read_text("utf-8")))
    except (OSError, ValueError):  # then all is read as YAML
        return {}


# What is in a mapping or a list stands in the JSON with its line, and with what else it is: [12, "text", "block"].


def _mapping(node: dict[str, object], path: Path_, lines: dict[Path_, int], blocks: set[Path_]) -> dict[str, object]:
    return {key: _inner(entry, (*path, key), lines, blocks) for key, entry in node.items()}


def _inner(entry: object, path: Path_, lines: dict[Path_, int], blocks: set[Path_]) -> object:
    match entry:
        case [int(line), str(text), kind]:
            lines[path] = line
            if kind == "date":
                return date.fromisoformat(text)
            blocks.add(path)
            return text
        case [int(line), dict(node)]:
            lines[path] = line
            return _mapping(node, path, lines, blocks)
        case [int(line), list(items)]:
            lines[path] = line
            return [_inner(item, (*path, number), lines, blocks) for number, item in enumerate(items)]
        case [int(line), value]:
            lines[path] = line
            return value
        case _:
            raise ValueError(f"{NAME} is damaged")


def _told(value: object, path: Path_, one: Known) -> object:
    if isinstance(value, dict):
        return {key: _told_inner(inner, (*path, key), one) for key, inner in value.items()}
    if isinstance(value, list):
        return [_told_inner(inner, (*path, number), one) for number, inner in enumerate(value)]
    return value


def _told_inner(value: object, path: Path_, one: Known) -> list[object]:
    line = one.lines[path]
    if isinstance(value, date):
        return [line, value.isoformat(), "date"]
    return [line, _told(value, path, one), *(["block"] if path in one.blocks else [])]
