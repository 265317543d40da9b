"""Cleans WebP files (RFC 9649) by leaving chunks out: picture data, animation and colour profile stay.

Of EXIF only which side is up is kept. The flags that announce metadata are put right. A picture that is cut short is
cleaned as far as it goes.
"""

from mailbridge.containers.orientation import UPRIGHT, exif_with, is_only_orientation, orientation_of
from mailbridge.containers.outcome import Refused, check_pixels
from mailbridge.domain.files import Trouble

_HEADER = 12
_NEEDED = frozenset({b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_DRAWING = frozenset({b"VP8 ", b"VP8L", b"ALPH"})
_NAMES = {b"EXIF": "exif", b"XMP ": "xmp"}
_XMP_FLAG, _EXIF_FLAG = 0x04, 0x08
_EXTENDED_HEADER = 10
_FRAME_HEADER = 16


def clean_webp(octets: bytes, removed: set[str]) -> bytes:
    """The same picture without metadata, as far as it goes. Refused where it is broken."""
    end = 8 + int.from_bytes(octets[4:8], "little")
    if end < _HEADER + 8:
        raise Refused(Trouble.BROKEN)
    missing = max(0, end - len(octets))
    end -= missing
    if octets[end:].strip(b"\x00"):
        removed.add("trailing data")
    pieces: list[bytes] = []
    turned = b""
    extended: int | None = None
    canvas = b""
    at = _HEADER
    while at < end:
        kind = octets[at : at + 4]
        length = int.from_bytes(octets[at + 4 : at + 8], "little")
        next_at = at + 8 + length + length % 2
        if (at + 8 + length > end and kind not in _DRAWING) or not _may_draw(kind, octets[at + 8 : at + 14]):
            raise Refused(Trouble.BROKEN)
        content = octets[at + 8 : min(at + 8 + length, end)]
        if at + 8 + length > end:
            pieces.append(octets[at:end])  # cut short: it says how long it was
            break
        if kind == b"VP8X":
            extended = len(pieces)
            pieces.append(b"")  # written when it is known what follows
            canvas = content
        elif kind in _NEEDED:
            pieces.append(_chunk(kind, _frame(content, removed) if kind == b"ANMF" else content))
        elif kind == b"EXIF":
            turned = _turned(content, removed)
        else:
            removed.add(_NAMES.get(kind, "application data"))
        at = next_at
    if extended is not None:
        pieces[extended] = _extended_header(canvas, is_turned=bool(turned))
        pieces.append(turned)
    body = b"WEBP" + b"".join(pieces)
    return b"RIFF" + (len(body) + missing).to_bytes(4, "little") + body


def _may_draw(kind: bytes, start: bytes) -> bool:
    """False for picture data that does not begin like any (RFC 6386 §9.1, RFC 9649 §3.4)."""
    return not ((kind == b"VP8 " and start[3:] != b"\x9d\x01\x2a") or (kind == b"VP8L" and start[:1] != b"\x2f"))


def _extended_header(content: bytes, *, is_turned: bool) -> bytes:
    """What says how big the picture is and what follows, as it is now."""
    if len(content) != _EXTENDED_HEADER:
        raise Refused(Trouble.BROKEN)
    check_pixels(int.from_bytes(content[4:7], "little") + 1, int.from_bytes(content[7:10], "little") + 1)
    flags = content[0] & ~(_XMP_FLAG | _EXIF_FLAG) | (_EXIF_FLAG if is_turned else 0)
    return _chunk(b"VP8X", bytes((flags,)) + content[1:])


def _frame(content: bytes, removed: set[str]) -> bytes:
    """One frame of an animation without chunks that draw nothing."""
    pieces = [content[:_FRAME_HEADER]]
    at = _FRAME_HEADER
    while at < len(content):
        kind = content[at : at + 4]
        end = at + 8 + int.from_bytes(content[at + 4 : at + 8], "little")
        if end > len(content):
            raise Refused(Trouble.BROKEN)
        if kind in _DRAWING:
            pieces.append(_chunk(kind, content[at + 8 : end]))
        else:
            removed.add("application data")
        at = end + (end - at) % 2
    return b"".join(pieces)


def _turned(content: bytes, removed: set[str]) -> bytes:
    """The chunk that says which side is up, where that is not the usual one."""
    tiff = content.removeprefix(b"Exif\x00\x00")
    if not is_only_orientation(tiff):
        removed.add("exif")
    orientation = orientation_of(tiff)
    return b"" if orientation == UPRIGHT else _chunk(b"EXIF", exif_with(orientation))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return kind + len(content).to_bytes(4, "little") + content + b"\x00" * (len(content) % 2)
