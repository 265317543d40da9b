"""Reads RTF: every letter that stands in it, whatever group it stands in (Rich Text Format 1.9.1).

What a viewer hides, it may show by a click; so nothing is left out but pictures and the words of the format.
"""

import re

_TOKEN = re.compile(
    rb"\\u(-?\d{1,6})[ ]?(?:\\'[0-9a-fA-F]{2}|[^\\{}\r\n])?|\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})-?\d{0,10}[ ]?"
    rb"|\\([^a-zA-Z'])|([{}\r\n]+)|([^\\{}\r\n]+)",
    re.DOTALL,
)
_PICTURE = re.compile(rb"[0-9a-fA-F]{200,}")
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{1,5})")
_BREAKS = {b"par": "\n", b"line": "\n", b"tab": "\t", b"cell": "\t", b"row": "\n", b"page": "\n", b"sect": "\n"}
_SIGNS = {b"emdash": "\u2014", b"endash": "\u2013", b"lquote": "\u2018", b"rquote": "\u2019", b"bullet": "\u2022"}
_ESCAPED = {b"~": "\u00a0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\"}


def rtf_text(octets: bytes) -> str:
    """All of its text; "" for what has none."""
    declared = _CODE_PAGE.search(octets[:2000])
    codec = _codec(int(declared[1])) if declared else "cp1252"
    pieces: list[str] = []
    for token in _TOKEN.finditer(octets):
        number, code, word, sign, _, text = token.groups()
        if number is not None:
            point = int(number) & 0xFFFF
            pieces.append(chr(point))
        elif code is not None:
            pieces.append(bytes.fromhex(code.decode()).decode(codec, "replace"))
        elif word is not None:
            pieces.append(_BREAKS.get(word, _SIGNS.get(word, "")))
        elif sign is not None:
            pieces.append(_ESCAPED.get(sign, ""))
        elif text is not None and not _PICTURE.fullmatch(text):
            pieces.append(text.decode(codec, "replace"))
    return "".join(pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()


def _codec(page: int) -> str:
    codec = f"cp{page}"
    try:
        b"".decode(codec)
    except LookupError:
        return "cp1252"
    return codec
