"""Cleans JPEG files (ITU-T T.81, Annex B) by cutting segments out: not one octet of picture data changes.

Kept are the segments that decoders need and the colour profile; of EXIF only which side is up. What stands behind the
end of the picture (other frames, films, whole other files) goes too. A picture that is cut short within its data is
cleaned as far as it goes: decoders show that much of it.
"""

import re

from mailbridge.containers.orientation import UPRIGHT, exif_with, is_only_orientation, orientation_of
from mailbridge.containers.outcome import Refused, check_pixels
from mailbridge.domain.files import Trouble

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_APP0, _APP1, _APP2, _APP13, _APP14, _APP15 = 0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xEF
_COM = 0xFE
_MOST_SEGMENTS = 10_000
_EXIF = b"Exif\x00"
_EXIF_HEAD = 6
_JFIF_LENGTH = 14
#: names of what is cut out, by how its segment begins
_NAMES = (
    (_APP1, _EXIF, "exif"),
    (_APP1, b"http://ns.adobe.com/x", "xmp"),
    (_APP13, b"Photoshop 3.0", "iptc"),
    (_APP2, b"MPF\x00", "more pictures"),
    (_APP0, b"JFXX\x00", "thumbnail"),
)
_MARKER = re.compile(rb"\xff++([\x01-\xfe])", re.DOTALL)
#: markers that stand alone: TEM, RST0 to RST7
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
#: start of frame, all processes: here stands the size of the picture
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def clean_jpeg(octets: bytes, removed: set[str]) -> bytes:
    """The same picture without metadata. Refused where it is broken before any of its data."""
    pieces = [octets[:2]]
    at = 2
    has_frame = is_shown = False
    for _ in range(_MOST_SEGMENTS):
        marker, at = _next_marker(octets, at, removed)
        if marker is None:
            return _cut_short(pieces, is_shown=is_shown)
        if marker == _EOI and is_shown:
            pieces.append(b"\xff\xd9")
            if octets[at:].strip(b"\x00\xff\r\n"):
                removed.add("trailing data")
            return b"".join(pieces)
        if marker in _ALONE or marker == _EOI:
            pieces.append(bytes((0xFF, marker)))
            continue
        end = at + int.from_bytes(octets[at : at + 2], "big")
        if end < at + 2 or end > len(octets):
            return _cut_short(pieces, is_shown=is_shown)
        has_frame = has_frame or (marker in _FRAMES and end - at == 8 + 3 * octets[at + 7])
        if marker == _SOS:
            if not has_frame:
                raise Refused(Trouble.BROKEN)
            is_shown = True
            data_end = _end_of_scan(octets, end)
            pieces += [b"\xff\xda", octets[at:data_end]]
            end = data_end
        else:
            pieces += _kept(marker, octets[at + 2 : end], removed)
        at = end
    raise Refused(Trouble.TOO_MANY_PARTS)


def _cut_short(pieces: list[bytes], *, is_shown: bool) -> bytes:
    """The picture as far as it goes. Refused where nothing of it could be shown."""
    if not is_shown:
        raise Refused(Trouble.BROKEN)
    return b"".join(pieces)


def _next_marker(octets: bytes, at: int, removed: set[str]) -> tuple[int | None, int]:
    """The next marker and where it ends, None at the end; fill octets before it are left out (B.1.1.2).

    Octets that are no marker are passed by, as decoders do.
    """
    found = _MARKER.search(octets, at)
    if found is None:
        return None, len(octets)
    if octets[at : found.start()].strip(b"\x00"):
        removed.add("application data")
    return found[1][0], found.end()


def _end_of_scan(octets: bytes, at: int) -> int:
    """Where entropy-coded data ends: at a marker that is neither a stuffed zero nor a restart, or with the file."""
    while True:
        at = octets.find(b"\xff", at)
        if at == -1 or at + 1 >= len(octets):
            return len(octets)
        follows = octets[at + 1]
        if follows == 0x00 or follows in _ALONE:
            at += 2
        elif follows == 0xFF:
            at += 1
        else:
            return at


def _kept(marker: int, content: bytes, removed: set[str]) -> list[bytes]:
    """The segment as it may stay: whole, changed, or nothing."""
    if marker in _FRAMES and len(content) >= 5:
        check_pixels(int.from_bytes(content[1:3], "big"), int.from_bytes(content[3:5], "big"))
    if marker == _APP0 and content.startswith(b"JFIF\x00"):
        return [_segment(marker, _without_thumbnail(content, removed))]
    if marker == _APP1 and content.startswith(_EXIF):
        tiff = content[_EXIF_HEAD:]
        orientation = orientation_of(tiff)
        if not is_only_orientation(tiff):
            removed.add("exif")
        return [] if orientation == UPRIGHT else [_segment(marker, _EXIF + b"\x00" + exif_with(orientation))]
    if marker == _APP2 and content.startswith(b"ICC_PROFILE\x00"):
        return [_segment(marker, content)]
    if marker == _APP14 and content.startswith(b"Adobe"):
        return [_segment(marker, content[:12])]
    if _APP0 <= marker <= _APP15 or marker == _COM:
        name = next((name for of, start, name in _NAMES if of == marker and content.startswith(start)), "")
        removed.add(name or ("comments" if marker == _COM else "application data"))
        return []
    return [_segment(marker, content)]


def _without_thumbnail(content: bytes, removed: set[str]) -> bytes:
    if len(content) < _JFIF_LENGTH:
        raise Refused(Trouble.BROKEN)
    if len(content) > _JFIF_LENGTH:
        removed.add("thumbnail")
    return content[: _JFIF_LENGTH - 2] + b"\x00\x00"


def _segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content
