"""Letters of PDF fonts: from the codes in a page's strings to text (ISO 32000-1, 9.6.6, 9.10).

A ToUnicode map counts first, then the encoding. A composite font that names no letters gives none.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_MOST_MAP_OCTETS = 1024 * 1024
_MOST_CODES = 70_000
_RANGES = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_WIDTHS = re.compile(rb"begincodespacerange\s*<([0-9a-fA-F\s]+)>")
_HEX = re.compile(rb"<([0-9a-fA-F\s]*)>|(\[)|(\])")
_GLYPHS = dict(
    zip(
        (
            "space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright asterisk plus "
            "comma hyphen period slash zero one two three four five six seven eight nine colon semicolon less equal "
            "greater question at bracketleft backslash bracketright asciicircum underscore grave braceleft bar "
            "braceright asciitilde"
        ).split(),
        " !\"#$%&'()*+,-./0123456789:;<=>?@[\\]^_`{|}~",
        strict=True,
    )
)
_ACCENTS = {
    "acute": "\u0301",
    "grave": "\u0300",
    "dieresis": "\u0308",
    "circumflex": "\u0302",
    "tilde": "\u0303",
    "ogonek": "\u0328",
    "caron": "\u030c",
    "cedilla": "\u0327",
    "ring": "\u030a",
    "dotaccent": "\u0307",
}
_ACCENTED = re.compile(rf"([A-Za-z])({'|'.join(_ACCENTS)})")
_UNI = re.compile(r"uni([0-9A-F]{4})|u([0-9A-F]{4,6})")


@dataclass(slots=True)
class Font:
    """How the codes of one font read."""

    #: octets of one code
    width: int = 1
    letters: dict[int, str] = field(default_factory=dict)
    #: how codes read that `letters` does not name; "" for not at all
    codec: str = "cp1252"

    def text(self, codes: bytes) -> str:
        """The text of one string."""
        if self.width == 1 and not self.letters:
            return codes.decode(self.codec, "replace") if self.codec else ""
        pieces = []
        for at in range(0, len(codes) - self.width + 1, self.width):
            code = codes[at : at + self.width]
            letter = self.letters.get(int.from_bytes(code, "big"))
            pieces.append(letter if letter is not None else code.decode(self.codec, "replace") if self.codec else "")
        return "".join(pieces)


def read_font(font: Any) -> Font:
    """The letters of a font dictionary."""
    is_composite = font.get("/Subtype") == "/Type0"
    mapped = font.get("/ToUnicode")
    encoding = font.get("/Encoding")
    read = Font(width=2, codec="") if is_composite else Font()
    if is_composite and re.search("UCS2|UTF16", str(encoding)):
        read.codec = "utf-16-be"
    if not is_composite:
        _add_encoding(read, encoding)
    if isinstance(mapped, pikepdf.Stream):
        try:
            _add_map(read, mapped.read_bytes()[:_MOST_MAP_OCTETS])
        except pikepdf.PdfError:
            return read
    return read


def _add_encoding(font: Font, encoding: Any) -> None:
    base = encoding.get("/BaseEncoding") if isinstance(encoding, pikepdf.Dictionary) else encoding
    if base == "/MacRomanEncoding":
        font.codec = "mac-roman"
    differences: Any = encoding.get("/Differences") if isinstance(encoding, pikepdf.Dictionary) else None
    if not isinstance(differences, pikepdf.Array):
        return
    code = 0
    entry: Any
    for entry in differences:
        if isinstance(entry, int):
            code = entry
        else:
            font.letters[code] = _letter(str(entry)[1:])
            code += 1


def _letter(glyph: str) -> str:
    """The letter that a glyph's name stands for (the Adobe Glyph List, as far as addresses and names need it)."""
    glyph = glyph.partition(".")[0]
    if len(glyph) == 1:
        return glyph
    if glyph in _GLYPHS:
        return _GLYPHS[glyph]
    numbered = _UNI.fullmatch(glyph)
    if numbered:
        point = int(numbered[1] or numbered[2], 16)
        return chr(point) if point < 0xD800 or 0xE000 <= point < 0x110000 else "\ufffd"
    accented = _ACCENTED.fullmatch(glyph)
    if accented:
        return accented[1] + _ACCENTS[accented[2]]
    return {"fi": "fi", "fl": "fl", "ff": "ff", "germandbls": "\u00df", "lslash": "\u0142"}.get(glyph, "\ufffd")


def _add_map(font: Font, cmap: bytes) -> None:
    declared = _WIDTHS.search(cmap)
    if declared:
        font.width = max(1, min(4, len(bytes.fromhex(_even(declared[1])))))
    for kind, body in _RANGES.findall(cmap):
        values = _HEX.findall(body)
        if kind == b"bfchar":
            for code, text in zip(values[::2], values[1::2], strict=False):
                font.letters[_number(code[0])] = _unicode(code=text[0])
        else:
            _add_ranges(font, values)
        if len(font.letters) > _MOST_CODES:
            return


def _add_ranges(font: Font, values: list[tuple[bytes, bytes, bytes]]) -> None:
    at = 0
    while at + 2 < len(values):
        first, last = _number(values[at][0]), _number(values[at + 1][0])
        at += 2
        if values[at][1]:  # a list: one text per code
            at += 1
            code = first
            while at < len(values) and not values[at][2]:
                font.letters[code] = _unicode(code=values[at][0])
                code, at = code + 1, at + 1
            at += 1
            continue
        text = _unicode(code=values[at][0])
        at += 1
        for code in range(first, min(last, first + 0xFFFF, first + _MOST_CODES) + 1):
            point = ord(text[-1]) + code - first if text else 0
            font.letters[code] = text[:-1] + chr(point) if 0 < point < 0x110000 else ""
            if len(font.letters) > _MOST_CODES:
                return


def _even(digits: bytes) -> str:
    packed = b"".join(digits.split()).decode()
    return packed if len(packed) % 2 == 0 else f"{packed}0"


def _number(digits: bytes) -> int:
    return int(_even(digits) or "0", 16)


def _unicode(*, code: bytes) -> str:
    return bytes.fromhex(_even(code)).decode("utf-16-be", "replace")
