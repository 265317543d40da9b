"""Sanitised HTML as the lines that a person reads, each with its place in the source, so that it can be changed there.

What stands in a quote element begins with ">", as in plain text. Knows the sanitiser's own output only: well nested,
attributes in double quotes. Does not tell quotes from new text: that is `message/body.py`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mailbridge.message.entities import without_entities
from mailbridge.message.readings import BLOCK_NAMES, REST_OF_TAG, TAG

_TAG = re.compile(rf"<(/?)([a-z][a-z0-9]*){REST_OF_TAG}")
_BLOCKS = frozenset(BLOCK_NAMES.replace("h[1-6]", "h1|h2|h3|h4|h5|h6").split("|"))
_CONTAINERS = frozenset({"div", "blockquote", "pre"})
_GMAIL_QUOTE = ' class="gmail_quote"'
_MAX_MARKS = 20
_NESTED = 8
#: stands where a line was taken out, until the elements around it are settled
_GAP = "\ue003"
_EMPTIED = re.compile(
    r'<(p|div|span|font|b|i|em|strong|small|li|td|pre|u|a|blockquote)(?: [a-z]+="[^"]*")*+>'
    rf"[\s\u00a0]*{_GAP}[\s\u00a0{_GAP}]*(?:<br>[\s\u00a0]*)?</\1>"
)


class Line(NamedTuple):
    """One line."""

    #: as it is read, with ">" for each quote around it
    text: str
    #: where it stands in the source, with the tags inside it
    start: int
    end: int


def lines_of(html: str) -> list[Line]:
    """Every line that holds more than blanks, in order."""
    lines: list[Line] = []
    containers: list[str] = []
    marks = ""
    done = 0
    for tag in _TAG.finditer(html):
        if tag[2] not in _BLOCKS:
            continue
        start, end = tag.span()
        if start > done and (text := _text(html[done:start])):
            lines += _cut(html, done, start, marks) if "pre" in containers else [Line(marks + text, done, start)]
        done = end
        if tag[2] in _CONTAINERS:
            _step(containers, tag)
            depth = containers.count("quote")
            marks = f"{'>' * min(depth, _MAX_MARKS)} " if depth else ""
    if text := _text(html[done:]):
        lines.append(Line(marks + text, done, len(html)))
    return lines


def _text(piece: str) -> str:
    if "<" in piece:
        piece = TAG.sub("", piece)
    return " ".join(without_entities(piece).split())


def _cut(html: str, start: int, end: int, marks: str) -> Iterator[Line]:
    """The lines of preformatted text."""
    while start < end:
        cut = html.find("\n", start, end) + 1
        stop = cut or end
        if text := _text(html[start:stop]):
            yield Line(marks + text, start, stop)
        start = stop


def _step(containers: list[str], tag: re.Match[str]) -> None:
    """Enter or leave what the tag opens or closes."""
    if not tag[1]:
        is_quote = tag[2] == "blockquote" or _GMAIL_QUOTE in tag[0]
        containers.append("quote" if is_quote else tag[2])
    elif containers:
        containers.pop()


def without_text(html: str) -> str:
    """What is left of a line that is taken out: its tags, and signs that `settled` looks for."""
    pieces: list[str] = []
    done = 0
    for tag in TAG.finditer(html):
        pieces += [_GAP, tag[0]] if tag.start() > done else [tag[0]]
        done = tag.end()
    return "".join([*pieces, _GAP]) if done < len(html) else "".join(pieces)


def settled(html: str) -> str:
    """The HTML without the elements that held nothing but lines that were taken out."""
    for _ in range(_NESTED):
        smaller = _EMPTIED.sub(_GAP, html)
        if smaller == html:
            break
        html = smaller
    return html.replace(f"{_GAP}<br>", "").replace(_GAP, "")
