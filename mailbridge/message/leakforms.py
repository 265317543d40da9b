"""The forms in which the leak gate reads a text: what links, entities, escapes and encodings inside it come to.

Undoes layer by layer what a program that shows or follows the text would undo, down to a few layers inside each other.
Uses the standard library only and shares nothing with `message/needles.py`, on purpose. Does not search.
"""

import binascii
import quopri
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote_to_bytes

_ROUNDS = 6
_DEPTH = 3
_BASE64_LETTER = r"[A-Za-z0-9+/_-]"
#: octets to "x" where they are letters of base64 and to a blank elsewhere: a run is then found without a pattern
_SHAPE = bytes(ord("x") if re.match(_BASE64_LETTER, chr(octet)) else ord(" ") for octet in range(256))
_SHORTEST_RUN = b"x" * 16
_WRAPPED_LENGTH = 30
#: a long run that goes on behind a line end, quoted or not
_WRAPPED_RUN = re.compile(
    rf"(?<!{_BASE64_LETTER}){_BASE64_LETTER}{{{_WRAPPED_LENGTH},}}+\s{{0,3}}\n[>\s|]{{0,20}}{_BASE64_LETTER}"
)
_LINE_END = re.compile(r"(?<![ \t\r])[ \t\r]*+\n[>\s|]*+")
_URL_SAFE = str.maketrans("-_", "+/")
#: decodes to line ends: what stands in one run is no neighbour of what stands in the next
_BETWEEN_RUNS = "CgoK"
_PADDING = ("", "A", "AA", "AAA")
_HEX_LENGTH = 20
_HEX_RUN = re.compile(rf"(?<![0-9A-Fa-f])[0-9A-Fa-f]{{{_HEX_LENGTH},}}")
_READABLE = re.compile(rb"[\t\r\n -~]{6,}")
_QP_TRIPLET = re.compile(r"=[0-9A-Fa-f]{2}")
_MARKUP = re.compile(r"<!--|-->|</?[A-Za-z!?][^<>]*>")
_PERCENT_FORM = re.compile(r"%[0-9A-Fa-f]{2}")
_BIG = 50_000
_PIECE = re.compile(rb"(?s:.[^%]*+(?:%[^%]*+){0,2000}+)")
_NESTED_PERCENT = re.compile(r"%(?:25)+(?=[0-9A-Fa-f]{2})")
_ZEROS = re.compile(r"&#0{5,}(?=[0-9])")
_HUGE_NUMBER = re.compile(r"&#[0-9]{9,}(;?)")
_NESTED_ENTITY = re.compile(r"&(?:amp;)+")
# \u0040 of JSON and scripts, \x40, \'40 of RTF
_ESCAPED = re.compile(r"\\(?:u00|x|')([0-9A-Fa-f]{2})")
# \n of calendars, cards and JSON: what stands behind it begins a word
_LINE_ESCAPED = re.compile(r"\\[nNrt]")
# -40 for @: how one filter of links writes percent forms (P19)
_DASHED = re.compile(r"-([0-9A-Fa-f]{2})")
_UU_BEGIN = re.compile(r"[>\s|]*begin [0-7]{3,4} ")
_QUOTE_MARKS = re.compile(r"(?:> ?)*")


def decoded_forms(text: str, *, is_html: bool) -> Iterator[tuple[str, str]]:
    """Yield (name of the layer, text) for the text itself and for each form that hides something else."""
    yield "text", text
    form = text
    for _ in range(_ROUNDS):
        undone = _undone_once(form)
        if undone == form:
            break
        form = undone
        yield "entity or percent", form
    if is_html or "<" in form:
        bare = _MARKUP.sub("", form)
        if bare != form:
            yield "markup", bare
    if "-40" in form:
        yield "link", _DASHED.sub(_character, form)
    if "=" in text and _QP_TRIPLET.search(text):
        yield "quoted-printable", quopri.decodestring(text.encode("utf-8", "replace")).decode("utf-8", "replace")
    if "begin " in form:
        yield "uuencode", _from_uuencode(text)
        yield "uuencode", _from_uuencode(_MARKUP.sub("\n", form))
    for held in _held_in_runs(form):
        yield "base64 or hex", held


def _undone_once(text: str) -> str:
    if "%" in text and _PERCENT_FORM.search(text):
        text = _percent_undone(_NESTED_PERCENT.sub("%", text).encode("utf-8", "replace"))
    if "&" in text:
        text = entities_undone(_NESTED_ENTITY.sub("&", text))
    return _LINE_ESCAPED.sub("\n", _ESCAPED.sub(_character, text)) if "\\" in text else text


def entities_undone(text: str) -> str:
    """As a browser undoes them: a number of thousands of digits is no fault (the library raises)."""
    return unescape(_HUGE_NUMBER.sub(r"&#x110000\1", _ZEROS.sub("&#", text)))


def _percent_undone(octets: bytes) -> str:
    # In pieces that begin with a percent form: the library takes seventy times the size of what it is given.
    pieces = _PIECE.findall(octets) if len(octets) > _BIG else (octets,)
    return b"".join(map(unquote_to_bytes, pieces)).decode("utf-8", "replace")


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16))


def _held_in_runs(text: str) -> Iterator[str]:
    runs = _runs_in(text)
    yield from _unpacked(runs)
    if any(len(run) >= _WRAPPED_LENGTH for run in runs) and _WRAPPED_RUN.search(text):
        yield from _unpacked(_runs_in(_LINE_END.sub("", text)))


def _runs_in(text: str) -> list[str]:
    octets = text.encode("utf-8", "surrogatepass")
    shape = octets.translate(_SHAPE)
    runs: dict[bytes, None] = {}
    start = shape.find(_SHORTEST_RUN)
    while start != -1:
        end = shape.find(b" ", start)
        end = len(shape) if end == -1 else end
        runs[octets[start:end]] = None
        start = shape.find(_SHORTEST_RUN, end)
    return [run.decode("ascii") for run in runs]


def _unpacked(runs: list[str]) -> Iterator[str]:
    """What base64 and hexadecimal runs hold, undone, and what those hold."""
    for _ in range(_DEPTH):
        octets = b"\n".join((*_from_base64(runs), *_from_hex(runs))).replace(b"\x00", b"")
        # What is no text at this alignment leaves nothing here.
        text = b"\n".join(_READABLE.findall(octets)).decode("ascii")
        if not text:
            return
        for _ in range(_ROUNDS):
            undone = _undone_once(text)
            if undone == text:
                break
            text = undone
        yield text
        runs = _runs_in(text)


def _from_base64(runs: list[str]) -> Iterator[bytes]:
    """Every run at each of four alignments: in a path or behind a prefix it may begin anywhere."""
    for start in range(4) if runs else ():
        letters = _BETWEEN_RUNS.join([run[start:] + _PADDING[(start - len(run)) % 4] for run in runs])
        yield binascii.a2b_base64(letters.translate(_URL_SAFE))


def _from_hex(runs: list[str]) -> Iterator[bytes]:
    for run in _HEX_RUN.findall("\n".join([run for run in runs if len(run) >= _HEX_LENGTH])):
        for start in range(2):
            yield bytes.fromhex(run[start : len(run) - (len(run) - start) % 2])


def _from_uuencode(text: str) -> str:
    """What stands in uuencoded blocks: some clients still open them inside a text."""
    octets = bytearray()
    is_inside = False
    for line in text.split("\n"):
        if not is_inside:
            is_inside = _UU_BEGIN.match(line) is not None
            continue
        encoded = _QUOTE_MARKS.sub("", line, count=1).rstrip("\r")
        is_inside = encoded != "end"
        try:
            octets += binascii.a2b_uu(encoded.encode("ascii", "replace"))
        except binascii.Error:
            continue
    return octets.decode("utf-8", "replace")
