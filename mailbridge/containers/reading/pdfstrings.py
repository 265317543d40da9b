"""Strings of PDF syntax, and the scan of a content stream for what it shows (ISO 32000-1, 7.3.4 and 9.4).

Linear. A separator 0x1F stands in the text where letters were moved apart without a new line.
"""

import re
from collections.abc import Iterator, Mapping

from mailbridge.containers.reading.pdffonts import Font

_PLAIN = rb"\((?:[^()\\]|\\.)*+\)"
_STRING = re.compile(rb"(" + _PLAIN + rb")|(\()|<<|>>|<([0-9a-fA-F\s]*)>", re.DOTALL)
#: only what has to do with text: the numbers of drawing are skipped
_TOKEN = re.compile(
    rb"(?P<plain>" + _PLAIN + rb")|(?P<nested>\()|<<|>>|<(?P<hex>[0-9a-fA-F\s]*)>"
    rb"|(?P<shift>[-+]?[\d.]+)(?=\s*[(<])"
    rb"|(?P<line>[-+]?[\d.]+)\s+T[dD](?![\w*])|(?P<matrix>[-+]?[\d.]+)\s+Tm(?![\w*])"
    rb"|/(?P<font>[^\s/<>\[\](){}%]*)\s+[-+]?[\d.]+\s+Tf(?![\w*])"
    rb"|(?P<show>T[jJ])(?![\w*])|(?P<next>T\*|ET(?![\w*])|['\"])|(?P<image>BI(?=\s))|%[^\r\n]*",
    re.DOTALL,
)
_END_OF_IMAGE = re.compile(rb"\sEI(?=\s)")
_ESCAPE = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3}|\r\n?|\n|.)", re.DOTALL)
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
#: a shift to the left of more than this, in thousandths of the font's size, is a blank
_BLANK_FROM = -180.0
_APART = "\x1f"
#: letters of PDFDocEncoding that are not those of Latin-1 (annex D.2)
_DOC_ENCODING = {0xA0: "\u20ac", 0x84: "\u2014", 0x85: "\u2013", 0x8D: "\u201c", 0x8E: "\u201d", 0x90: "\u2019"}


def strings_in(syntax: bytes) -> list[str]:
    """Every string of an object, as text."""
    found = []
    for octets in _raw_strings(syntax):
        text = _text_string(octets)
        if text:
            found.append(text)
    return found


def _raw_strings(syntax: bytes) -> Iterator[bytes]:
    at = 0
    while True:
        token = _STRING.search(syntax, at)
        if token is None:
            return
        at = token.end()
        if token[1] is not None:
            yield unescaped(token[1][1:-1])
        elif token[2] is not None:
            octets, at = _nested(syntax, token.start())
            yield octets
        elif token[3] is not None:
            yield _from_hex(token[3])


def _text_string(octets: bytes) -> str:
    if octets.startswith(b"\xfe\xff"):
        return octets[2:].decode("utf-16-be", "replace")
    if octets.startswith(b"\xff\xfe"):
        return octets[2:].decode("utf-16-le", "replace")
    if octets.startswith(b"\xef\xbb\xbf"):
        return octets[3:].decode("utf-8", "replace")
    return octets.decode("latin-1").translate(_DOC_ENCODING)


def unescaped(octets: bytes) -> bytes:
    """A literal string with its escapes undone (7.3.4.2)."""
    return _ESCAPE.sub(_escaped, octets) if b"\\" in octets else octets


def _escaped(escape: re.Match[bytes]) -> bytes:
    what = escape[1]
    if what[:1].isdigit() and what[:1] < b"8":
        return bytes((int(what, 8) & 255,))
    if what[:1] in b"\r\n":
        return b""
    return _SIGNS.get(what, what)


def _nested(syntax: bytes, start: int) -> tuple[bytes, int]:
    """A literal string with brackets in it, and where it ends."""
    depth = 0
    at = start
    for sign in re.finditer(rb"\\.|[()]", syntax[start:], re.DOTALL):
        if sign[0] == b"(":
            depth += 1
        elif sign[0] == b")":
            depth -= 1
            if depth == 0:
                at = start + sign.end()
                return unescaped(syntax[start + 1 : at - 1]), at
    return unescaped(syntax[start + 1 :]), len(syntax)


def _from_hex(digits: bytes) -> bytes:
    packed = b"".join(digits.split())
    return bytes.fromhex((packed + b"0" * (len(packed) % 2)).decode())


def shown_text(content: bytes, fonts: Mapping[bytes, Font]) -> str:
    """The text that a content stream shows, in its order."""
    scan = _Scan(content, fonts)
    at: int | None = 0
    while at is not None:
        at = scan.run(at)
    return "".join(scan.pieces)


class _Scan:
    """State of one content stream: strings since the last operator, font, line."""

    def __init__(self, content: bytes, fonts: Mapping[bytes, Font]) -> None:
        self._content = content
        self._fonts = fonts
        self._font = Font()
        self._waiting: list[str] = []
        self._height = 0.0
        self.pieces: list[str] = []

    def run(self, at: int) -> int | None:
        """Scan from here; returns where to go on, None at the end."""
        for token in _TOKEN.finditer(self._content, at):
            kind = token.lastgroup
            if kind == "plain":
                self._waiting.append(self._font.text(unescaped(token[0][1:-1])))
            elif kind == "nested":
                octets, behind = _nested(self._content, token.start())
                self._waiting.append(self._font.text(octets))
                return behind
            elif kind == "image":
                end = _END_OF_IMAGE.search(self._content, token.end())
                return end.end() if end else None
            elif kind is not None:
                self._operator(kind, token)
        return None

    def _operator(self, kind: str, token: re.Match[bytes]) -> None:
        value = token[kind]
        if kind == "hex":
            self._waiting.append(self._font.text(_from_hex(value)))
        elif kind == "shift":
            if self._waiting and _number(value) < _BLANK_FROM:
                self._waiting.append(_APART)
        elif kind == "show":
            self._show()
        elif kind == "font":
            self._font = self._fonts.get(value, self._font)
        elif kind == "line":
            self.pieces.append("\n" if _number(value) else _APART)
        elif kind == "matrix":
            height = _number(value)
            self.pieces.append(_APART if height == self._height else "\n")
            self._height = height
        else:
            self.pieces.append("\n")
            if value in {b"'", b'"'}:
                self._show()

    def _show(self) -> None:
        self.pieces += self._waiting
        self._waiting.clear()


def _number(digits: bytes) -> float:
    try:
        return float(digits)
    except ValueError:
        return 0.0
