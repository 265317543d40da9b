"""The words of an RTF body as its reader sees them: what Outlook puts into winmail.dat instead of a text.

Tables of fonts, colours and styles, hidden destinations and pictures are left out. HTML that was packed into RTF
(MS-OXRTFEX) comes out as its text.
"""

import re

_TOKEN = re.compile(
    rb"\\u(-?\d{1,6})[ ]?(?:\\'[0-9a-fA-F]{2}|[^\\{}\r\n])?|\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?"
    rb"|\\([^a-zA-Z'])|([{}])|([^\\{}\r\n]+)|[\r\n]+",
    re.DOTALL,
)
_SKIPPED = frozenset(
    (
        b"fonttbl",
        b"colortbl",
        b"stylesheet",
        b"info",
        b"pict",
        b"object",
        b"header",
        b"footer",
        b"listtable",
        b"generator",
    )
)
_BREAKS = {b"par": "\n", b"line": "\n", b"row": "\n", b"page": "\n", b"sect": "\n", b"tab": "\t", b"cell": "\t"}
_SIGNS = {b"emdash": "\u2014", b"endash": "\u2013", b"lquote": "\u2018", b"rquote": "\u2019", b"ldblquote": "\u201c"}
_ESCAPED = {b"~": "\u00a0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\"}
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
_CODE_PAGES = frozenset((437, 850, 852, 874, 932, 936, 949, 950, *range(1250, 1259)))


class _Reader:
    """Groups that are open, and what was read."""

    def __init__(self, codec: str) -> None:
        self._codec = codec
        #: True for a group that is not shown
        self._hidden = [False]
        #: True within `\\htmlrtf`: only for programs that do not know HTML
        self._is_for_rtf = False
        self.pieces: list[str] = []

    def take(self, token: re.Match[bytes]) -> None:
        """One token."""
        number, code, word, value, sign, brace, text = token.groups()
        if brace == b"{":
            self._hidden.append(self._hidden[-1])
        elif brace == b"}":
            del self._hidden[max(1, len(self._hidden) - 1) :]
        elif sign == b"*" or word in _SKIPPED:
            self._hidden[-1] = True
        elif word == b"htmlrtf":
            self._is_for_rtf = value != b"0"
        elif not self._hidden[-1] and not self._is_for_rtf:
            self._show(number=number, code=code, word=word, sign=sign, text=text)

    def _show(
        self, *, number: bytes | None, code: bytes | None, word: bytes | None, sign: bytes | None, text: bytes | None
    ) -> None:
        if number is not None:
            self.pieces.append(chr(int(number) & 0xFFFF))
        elif code is not None:
            self.pieces.append(bytes.fromhex(code.decode()).decode(self._codec, "replace"))
        elif word is not None:
            self.pieces.append(_BREAKS.get(word, _SIGNS.get(word, "")))
        elif sign is not None:
            self.pieces.append(_ESCAPED.get(sign, ""))
        elif text is not None:
            self.pieces.append(text.decode(self._codec, "replace"))


def shown_text(rtf: bytes) -> str:
    """What its reader sees, as plain text."""
    declared = _CODE_PAGE.search(rtf[:2000])
    page = int(declared[1]) if declared else 1252
    reader = _Reader(f"cp{page}" if page in _CODE_PAGES else "cp1252")
    for token in _TOKEN.finditer(rtf.rstrip(b"\x00")):
        reader.take(token)
    text = "".join(reader.pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.strip()
