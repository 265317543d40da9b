"""Where in a TOML file each key stands: `tomllib` gives values without lines.

Given text that `tomllib` accepted, so it need not judge: it only skips strings, brackets and comments. Finds tables,
arrays of tables and the keys directly in them; keys inside inline tables have the line of the inline table.
"""

import re

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'  # multi-line basic string; up to two quotation marks may stand before the end
    r"|'''(?:.|\n)*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|\n"
    r"|[\[\]{}]"
    r"|="
    r"|[^\S\n]+"
    r"|[^\s\"'#\[\]{}=]+",
    re.DOTALL,
)
_KEY_PART = re.compile(r"\"((?:\\.|[^\"\\])*)\"|'([^']*)'|([A-Za-z0-9_-]+)")

#: path of a key: names, and numbers of tables in an array of tables
KeyPath = tuple[str | int, ...]


def locate(text: str) -> dict[KeyPath, int]:
    """Map the path of every table and key to its line, counted from 1; each array counts its tables from 0."""
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for number, statement in _statements(text):
        if statement.startswith("["):
            table = _open_table(statement, counts)
            path: KeyPath = table
        else:
            path = table + _parts(statement)
        for end in range(1, len(path) + 1):
            lines.setdefault(path[:end], number)
    return lines


def _open_table(header: str, counts: dict[KeyPath, int]) -> KeyPath:
    """The path of a [table] or [[table]] header, with numbers where an array of tables is entered."""
    path: KeyPath = ()
    names = _parts(header.strip("[]"))
    for position, name in enumerate(names):
        path = (*path, name)
        is_last = position == len(names) - 1
        if is_last and header.startswith("[["):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(double or single or bare for double, single, bare in _KEY_PART.findall(dotted))


def _statements(text: str) -> list[tuple[int, str]]:
    """(line, header or key) of every statement; values are skipped."""
    found: list[tuple[int, str]] = []
    number, depth, in_value, start, head = 1, 0, False, 1, ""
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token == "\n" and depth == 0:
            if head and not in_value:
                found.append((start, head))
            head, in_value = "", False
        elif in_value:
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token, 0)
        elif token == "=":
            found.append((start, head))
            in_value = True
        elif not token.startswith("#") and not token.isspace():
            start, head = (start if head else number), head + token
        number += token.count("\n")
    if head and not in_value:
        found.append((start, head))
    return found
