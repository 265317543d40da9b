"""Read the text of a mail: tell what the author wrote now from what he quotes and what stands below (D11, Q1 to Q7).

Nothing is thrown away: the parts of a reading join up to its text. Quotes are found in `message/quotewalk.py`, what
stands below a text in `message/endings.py`; HTML comes in as lines with marks (`message/htmlreading.py`).
"""

import re
from array import array
from dataclasses import replace
from itertools import accumulate

from mailbridge.domain.message import Body, Message
from mailbridge.domain.reading import SOURCE_BREAK, PartKind, Reading, TextPart
from mailbridge.message.endings import mark_endings
from mailbridge.message.marks import FORWARD, KINDS, NEW, OWN, QUOTED, SIGNATURE
from mailbridge.message.quotewalk import QuoteWalk

_MAX_FLOWED_DEPTH = 50
#: lines of one kind that follow each other; a back reference (`(.)\1*`) would take a hundred octets for each line
_RUNS = re.compile(b"|".join(re.escape(bytes((flag,))) + b"+" for flag in range(OWN + 1)))


def read_reply(plain: str | None, html: str | None) -> Reading:
    """Read a body: its plain form where there is one with words in it, else its HTML."""
    if plain is not None and (html is None or not plain.isspace()):
        return read_plain(plain)
    if html is None:
        return Reading()
    from mailbridge.message.htmlreading import html_lines

    lines, marks = html_lines(html)
    return _reading("\n".join(lines), lines, marks)


def split_reply(plain: str | None, html: str | None) -> tuple[str, str]:
    """Return (all that is not history, history) of a body; what is passed on is no history."""
    return _split(read_reply(plain, html))


def split_plain(text: str) -> tuple[str, str]:
    """Return (all that is not history, history) of plain text; what is passed on is no history."""
    return _split(read_plain(text))


def _split(reading: Reading) -> tuple[str, str]:
    kept = (kind for kind in PartKind if kind is not PartKind.QUOTE)
    return as_seen(reading, *kept), as_seen(reading, PartKind.QUOTE)


def as_seen(reading: Reading, *kinds: PartKind) -> str:
    """These parts as a person sees them: line ends of the HTML's source are blanks."""
    return reading.of(*kinds).replace(SOURCE_BREAK, " ")


def with_body(message: Message, body: Body) -> Message:
    """The message with this body in place of its own, told apart anew."""
    reading = read_reply(body.plain, body.html)
    return replace(
        message,
        body=body,
        new_text=as_seen(reading, PartKind.NEW, PartKind.SIGN_OFF),
        sign_off=as_seen(reading, PartKind.SIGN_OFF),
        quoted_text=as_seen(reading, PartKind.QUOTE, PartKind.FORWARD),
        signature=as_seen(reading, PartKind.SIGNATURE, PartKind.FOOTER),
        imprint=as_seen(reading, PartKind.IMPRINT),
    )


def read_plain(text: str) -> Reading:
    """Read plain text."""
    return _reading(text, _with_plain_blanks(text).split("\n"), None)


def _with_plain_blanks(text: str) -> str:
    """The text with an ordinary blank for each blank that does not break: "Sent from my iPhone", "3:04 PM".

    As long as before, so that places stay what they are.
    """
    return text if text.isascii() else text.replace("\u00a0", " ").replace("\u202f", " ")


def quoted_flags(lines: list[str]) -> bytearray:
    """Return one flag for each line: 1 where others wrote it, or it introduces what they wrote."""
    is_plain = "".join(lines).isascii()
    walk = QuoteWalk(lines if is_plain else [_with_plain_blanks(line) for line in lines], None)
    walk.find_quotes()
    walk.finish()
    return bytearray(flag in (QUOTED, FORWARD) for flag in walk.flags)


def history_flags(lines: list[str], marks: bytearray | None) -> bytearray:
    """Return one flag for each line of HTML: 1 where it is history; what is passed on is none."""
    walk = QuoteWalk(lines, marks)
    walk.find_quotes()
    walk.finish()
    return bytearray(flag == QUOTED for flag in walk.flags)


def _reading(text: str, lines: list[str], marks: bytearray | None) -> Reading:
    walk = QuoteWalk(lines, marks)
    walk.find_quotes()
    mark_endings(lines, walk.flags)
    walk.finish()
    if marks is not None and SIGNATURE in walk.flags:
        _keep_something(lines, walk.flags)
    _fill_blanks(lines, walk.flags)
    return Reading(text=text, parts=_parts(lines, walk.flags, walk.columns))


def _fill_blanks(lines: list[str], flags: bytearray) -> None:
    """A blank line belongs to what stands around it; between new text and anything else it is new text."""
    last = NEW
    start = -1  # where the run of blank lines began; -1 outside of one
    for index, line in enumerate(lines):
        if not line or line.isspace():
            if start < 0:
                start = index
            continue
        flag = flags[index]
        if start >= 0:
            between = last if flag == last or flag != NEW else NEW
            flags[start:index] = bytes((between,)) * (index - start)
            start = -1
        last = flag
    if start >= 0:
        flags[start:] = bytes((last,)) * (len(lines) - start)


def _keep_something(lines: list[str], flags: bytearray) -> None:
    """Some clients let people type inside the element of their signature: what is all there is, is new text."""
    if any(flag == NEW and line.strip() for flag, line in zip(flags, lines, strict=True)):
        return
    for index, flag in enumerate(flags):
        if flag == SIGNATURE:
            flags[index] = NEW


def _parts(lines: list[str], flags: bytearray, columns: dict[int, int]) -> tuple[TextPart, ...]:
    """Join lines of one kind to parts; together they are the whole text."""
    if not lines:
        return ()
    # An array: a million lines are eight million octets, not forty.
    lengths = array("Q", accumulate(map(len, lines), initial=0))
    found: list[tuple[int, int]] = []  # (flag, start)
    for index in sorted({run.start() for run in _RUNS.finditer(flags)} | columns.keys()):
        flag, offset = flags[index], lengths[index] + index
        if index not in columns:
            found.append((flag, offset))
            continue
        if not index or flags[index - 1] != NEW:
            found.append((NEW, offset))
        found.append((QUOTED, offset + columns[index]))
    ends = [start for _, start in found[1:]] + [lengths[-1] + len(lines) - 1]
    return tuple(
        TextPart(kind=KINDS[flag], start=start, end=end)
        for (flag, start), end in zip(found, ends, strict=True)
        if end > start
    )


def unflow(text: str, *, delete_space: bool) -> str:
    """Undo format=flowed (RFC 3676 §4): join soft-broken lines of one quote depth, remove stuffed blanks."""
    joined: list[str] = []
    open_depth = -1  # depth of the paragraph that goes on; -1 without one
    for line in text.split("\n"):
        depth = 0
        if line[:1] == ">":
            content = line.lstrip(">")
            depth = min(len(line) - len(content), _MAX_FLOWED_DEPTH)
        else:
            content = line
        content = content.removeprefix(" ")
        is_signature_mark = content == "-- "
        if depth == open_depth and not is_signature_mark:
            joined.append(content)
        else:
            joined.append(f"\n{'>' * depth}{' ' if depth else ''}{content}")
        is_soft = content.endswith(" ") and not is_signature_mark
        if is_soft and delete_space:
            joined[-1] = joined[-1][:-1]
        open_depth = depth if is_soft else -1
    return "".join(joined).removeprefix("\n")
