"""Runs of base64, hexadecimal and uuencoded octets inside a text, and what they hold: the masker's own look.

Only what is readable is returned. Shares nothing with the leak gate. Knows no secrets.
"""

import binascii
import re
from collections.abc import Iterator

from mailbridge.message.entities import without_entities

_MIN_RUN = 16
_LETTER = "A-Za-z0-9+/_-"
_RUN = re.compile(rf"[{_LETTER}]{{{_MIN_RUN},}}+={{0,2}}")
_TO_LETTERS = bytes(ord("l") if re.match(f"[{_LETTER}]", chr(octet)) else ord(" ") for octet in range(256))
_SHORTEST = b"l" * _MIN_RUN
_LONG_RUN = 30
_LINE_START = r"[ \t\r]{0,3}\n[>\s|]{0,20}"
#: what goes on behind a long run, on lines that may be quoted: as long ones, and a last one of any length
_LONG_LINES = re.compile(rf"(?:{_LINE_START}[{_LETTER}]{{{_LONG_RUN},}}+)*+={{0,2}}")
_LAST_LINE = re.compile(rf"{_LINE_START}[{_LETTER}]+={{0,2}}")
_BETWEEN = re.compile(r"[\s>|=]+")
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{20,}")
_READABLE = re.compile(rb"[\t\r\n -~]{6,}")
_UU_BEGIN = re.compile(r"(?:^|(?<=>))([> \t|]{0,20})begin [0-7]{3,4} ", re.MULTILINE)
_UU_END = re.compile(r"(?:^|(?<=>))[> \t|]{0,20}end(?=[ \t\r]*(?:$|<))", re.MULTILINE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_URL_SAFE = str.maketrans("-_", "+/")
_DEPTH = 3


def hidden_runs(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where encoded runs stand, in order, and the readable text in each.

    Runs may overlap: lines are one text or each its own, and nobody can tell which. The shorter comes first.
    """
    for start, end, held in sorted(_runs(text)):
        if held:
            yield start, end, held


def _runs(text: str) -> Iterator[tuple[int, int, str]]:
    done = 0
    for start, end in _places_of_runs(text):
        if end - start >= _LONG_RUN and start >= done:
            done = end
            for stop in _ends_over_lines(text, end):
                done = stop
                yield start, stop, _held(_BETWEEN.sub("", text[start:stop]))
        yield start, end, _held(text[start:end])
    begin = _UU_BEGIN.search(text) if "begin " in text else None
    while begin is not None:
        closing = _UU_END.search(text, begin.end())
        stop = closing.end() if closing else len(text)
        yield begin.start(), stop, _from_uuencode(text[begin.end() : stop], begin[1])
        begin = _UU_BEGIN.search(text, stop)


def _ends_over_lines(text: str, end: int) -> Iterator[int]:
    """Where a run that reaches `end` may end if it goes on over lines."""
    lines = _LONG_LINES.match(text, end)
    reached = lines.end() if lines else end
    if reached > end:
        yield reached
    last = _LAST_LINE.match(text, reached)
    if last is not None:
        yield last.end()


def _places_of_runs(text: str) -> Iterator[tuple[int, int]]:
    letters = text.encode("ascii", "replace").translate(_TO_LETTERS)  # as many octets as characters
    start = letters.find(_SHORTEST)
    while start != -1:
        end = letters.find(b" ", start)
        end = len(letters) if end == -1 else end
        yield start, end
        start = letters.find(_SHORTEST, end)


def _held(run: str, depth: int = _DEPTH) -> str:
    """What is readable in a run, at each alignment, and in what is encoded in that again."""
    letters = run.translate(_URL_SAFE)
    found = [_readable(_from_base64(letters[start:])) for start in range(4)]
    if _HEXADECIMAL.fullmatch(run):
        found += [_readable(bytes.fromhex(run[start : len(run) - (len(run) - start) % 2])) for start in range(2)]
    text = "\n".join(piece for piece in found if piece)
    if depth > 1 and text:
        inner = (_held(match[0].rstrip("="), depth - 1) for match in _RUN.finditer(text))
        text = "\n".join([text, *(piece for piece in inner if piece)])
    return text


def _from_base64(letters: str) -> bytes:
    whole = letters[: len(letters) // 4 * 4]
    rest = letters[len(whole) :]
    padding = {0: "", 1: "AAA", 2: "AA", 3: "A"}[len(rest)]
    try:
        return binascii.a2b_base64(whole + rest + padding)
    except binascii.Error:
        return b""


def _readable(octets: bytes) -> str:
    return b"\n".join(_READABLE.findall(octets.replace(b"\x00", b""))).decode("ascii")


def _from_uuencode(text: str, prefix: str) -> str:
    octets = bytearray()
    if "&" in text or "<" in text:  # in HTML
        text = f"{text}\n{without_entities(_TAG.sub(chr(10), text))}"
    for line in text.split("\n")[1:]:
        try:
            octets += binascii.a2b_uu(line.removeprefix(prefix).rstrip("\r").encode("ascii", "replace"))
        except binascii.Error:
            continue
    return _readable(bytes(octets))
