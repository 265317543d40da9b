"""Cleans PNG files, animated ones too (PNG, Third Edition), by leaving chunks out: picture data stays as it is.

Kept are the chunks that decide what is seen; of EXIF only which side is up. What stands behind IEND goes. Sums are not
checked: whether a damaged chunk is shown is for the reader's program to say.
"""

import zlib

from mailbridge.containers.orientation import UPRIGHT, exif_with, is_only_orientation, orientation_of
from mailbridge.containers.outcome import Refused, check_pixels
from mailbridge.domain.files import Trouble

_SIGNATURE = 8
_LEAST_CHUNK = 8
_NEEDED = frozenset(
    (
        *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"hIST"),
        *(b"pHYs", b"acTL", b"fcTL", b"fdAT", b"cICP", b"mDCV", b"cLLI"),
    )
)
_DATA = frozenset({b"IDAT", b"fdAT"})
_NAMES = {b"eXIf": "exif", b"tEXt": "comments", b"zTXt": "comments", b"iTXt": "comments", b"tIME": "dates"}
_XMP = b"XML:com.adobe.xmp"


def clean_png(octets: bytes, removed: set[str]) -> bytes:
    """The same picture without metadata, as far as it goes. Refused where it is broken."""
    pieces = [octets[:_SIGNATURE]]
    at = _SIGNATURE
    is_shown = False
    while True:
        length = int.from_bytes(octets[at : at + 4], "big")
        end = at + 12 + length
        kind = octets[at + 4 : at + 8]
        if at == _SIGNATURE:
            _check_header(kind, octets[at + 8 : end - 4])
        if end > len(octets):
            return _cut_short(pieces, octets[at:], kind, is_shown=is_shown)
        if not kind.isalpha():
            raise Refused(Trouble.BROKEN)
        is_shown = is_shown or kind in _DATA
        if kind in _NEEDED:
            pieces.append(octets[at:end])
        elif kind == b"eXIf":
            pieces += _turned(octets[at + 8 : end - 4], removed)
        else:
            is_xmp = kind == b"iTXt" and octets.startswith(_XMP, at + 8)
            removed.add("xmp" if is_xmp else _NAMES.get(kind, "application data"))
        at = end
        if kind == b"IEND":
            if octets[at:].strip(b"\x00\r\n"):
                removed.add("trailing data")
            return b"".join(pieces)


def _cut_short(pieces: list[bytes], rest: bytes, kind: bytes, *, is_shown: bool) -> bytes:
    """The picture as far as it goes. Refused where nothing of it could be shown."""
    if not is_shown and kind not in _DATA:
        raise Refused(Trouble.BROKEN)
    return b"".join((*pieces, rest if kind in _NEEDED or len(rest) < _LEAST_CHUNK else b""))


def _check_header(kind: bytes, content: bytes) -> None:
    if kind != b"IHDR" or len(content) != 13:
        raise Refused(Trouble.BROKEN)
    check_pixels(int.from_bytes(content[:4], "big"), int.from_bytes(content[4:8], "big"))


def _turned(tiff: bytes, removed: set[str]) -> list[bytes]:
    """The EXIF chunk that says which side is up, where that is not the usual one."""
    if not is_only_orientation(tiff):
        removed.add("exif")
    orientation = orientation_of(tiff)
    if orientation == UPRIGHT:
        return []
    body = b"eXIf" + exif_with(orientation)
    return [(len(body) - 4).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")]
