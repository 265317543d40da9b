"""Turn octets of a named character set into clean text; never raises.

Only listed character sets are asked of Python's codecs (threats.md T-66: `idna`, `unicode_escape` and `zlib` are
codecs too); anything else is read as Latin-1. Control characters are removed here, once. Does not guess a language,
and does not undo a transfer encoding: that is `message/structure.py`.
"""

import codecs
import re

_ALLOWED = frozenset(
    """
    ascii utf-8 utf-7 utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be
    iso8859-1 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859-10 iso8859-11
    iso8859-13 iso8859-14 iso8859-15 iso8859-16
    cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp437 cp850 cp852 cp858 cp862 cp866 cp874
    koi8-r koi8-u koi8-t mac-roman mac-latin2 mac-cyrillic mac-greek mac-turkish tis-620 ptcp154 kz1048
    gb2312 gbk gb18030 hz big5 big5hkscs cp950 euc_jp euc_jis_2004 iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_3
    iso2022_jp_2004 iso2022_jp_ext iso2022_kr shift_jis cp932 euc_kr cp949 johab
    """.split()
)
# What is sent under these names is nearly always the larger set (E4; also the WHATWG encoding standard).
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "iso8859-1": "cp1252"}
_NAMES_PYTHON_LACKS = {
    "ks_c_5601-1987": "cp949",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "x-sjis": "cp932",
}
_MAX_NAME = 40
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+-]*")

# In these, an octet below 0x20 may be half a character or a shift: controls are removed after decoding only.
_SHIFTING = ("utf-7", "utf-16", "utf-32", "iso2022", "hz")
_CONTROL_OCTETS = bytes(octet for octet in (*range(0x20), 0x7F) if octet not in b"\t\n\r")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
# Marks that turn the direction of the text around them: they make a name or file name read as another one (T-36,
# T-74).
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def codec_for(charset: str) -> str | None:
    """Return the Python codec for a charset label, or None where the label is unknown or not allowed."""
    label = charset.strip().strip("\"'").lower()
    if len(label) > _MAX_NAME or not _NAME.fullmatch(label):
        return None
    known = _CODECS.get(label)
    if known is not None:
        return known
    return _looked_up(label)


def _looked_up(label: str) -> str | None:
    if label in _NAMES_PYTHON_LACKS:
        return _NAMES_PYTHON_LACKS[label]
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    return _WIDER.get(name, name) if name in _ALLOWED else None


_CODECS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-2": "iso8859-2",
    "windows-1250": "cp1250",
    "iso-8859-15": "iso8859-15",
}


def decode_text(octets: bytes, charset: str) -> str:
    """Decode to text with LF line ends and without control characters other than TAB.

    `charset` is the label as declared, "" without one: then UTF-8 where the octets are valid UTF-8, else
    Windows-1252.
    """
    codec = codec_for(charset) if charset else "ascii"
    shifting = codec is not None and codec.startswith(_SHIFTING)
    if not shifting:
        octets = octets.translate(None, _CONTROL_OCTETS)
    text = _decoded(octets, codec or "latin-1")
    if shifting or not text.isascii():
        text = _CONTROLS.sub("", text.removeprefix("\ufeff"))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _decoded(octets: bytes, codec: str) -> str:
    try:
        return octets.decode(codec)
    except UnicodeError:
        pass
    if codec == "ascii":
        # 8-bit octets under no label or a wrong one: UTF-8 is recognisable, the rest is nearly always Windows.
        try:
            return octets.decode("utf-8")
        except UnicodeError:
            return octets.decode("cp1252", "replace")
    if codec == "cp1252":
        return octets.decode("latin-1")
    try:
        return octets.decode(codec, "replace")
    except UnicodeError:  # some multi-byte codecs raise even so
        return octets.decode("latin-1")


def one_line(text: str) -> str:
    """Remove control characters and line ends, so that a name or subject can not reach past its line (T-67)."""
    if text.isascii() and text.isprintable():
        return text
    return _LINE_CONTROLS.sub(" ", text).strip()


def without_direction_marks(text: str) -> str:
    """Remove the marks that reverse the reading direction."""
    return text if text.isascii() else _BIDI.sub("", text)
