"""Cleans GIF files (GIF89a) by leaving extensions out: frames, their timing and the loop count stay.

Comments, XMP, text and foreign application blocks go, and what stands behind the trailer. An animation that is cut
short is cleaned as far as it goes.
"""

from mailbridge.containers.outcome import Refused, check_pixels
from mailbridge.domain.files import Trouble

_HEADER = 13
_IMAGE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B
_CONTROL, _COMMENT, _PLAIN_TEXT, _APPLICATION = 0xF9, 0xFE, 0x01, 0xFF
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_COLOUR_TABLE = 0x80


def clean_gif(octets: bytes, removed: set[str]) -> bytes:
    """The same animation without metadata, as far as it goes. Refused where it is broken."""
    if len(octets) < _HEADER:
        raise Refused(Trouble.BROKEN)
    check_pixels(int.from_bytes(octets[6:8], "little"), int.from_bytes(octets[8:10], "little"))
    at = _HEADER + _table_octets(octets[10])
    pieces = [octets[:at]]
    is_shown = False
    while True:
        block = octets[at] if at < len(octets) else None
        if block is None:
            if not is_shown:
                raise Refused(Trouble.BROKEN)
            return b"".join(pieces)
        if block == _TRAILER:
            if octets[at + 1 :].strip(b"\x00\r\n"):
                removed.add("trailing data")
            return b"".join((*pieces, b";"))
        if block == 0:  # left over behind the blocks of a careless program: decoders pass it by
            at += 1
            continue
        end = _end_of_block(octets, at)
        is_shown = is_shown or block == _IMAGE
        if _is_needed(octets, at, removed):
            pieces.append(octets[at:end])
        at = end


def _table_octets(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & _COLOUR_TABLE else 0


def _end_of_block(octets: bytes, at: int) -> int:
    if octets[at] == _IMAGE:
        return _end_of_sub_blocks(octets, at + 10 + _table_octets(octets[at + 9]) + 1)
    if octets[at] == _EXTENSION:
        return _end_of_sub_blocks(octets, at + 2)
    raise Refused(Trouble.BROKEN)


def _end_of_sub_blocks(octets: bytes, at: int) -> int:
    while at < len(octets):
        length = octets[at]
        at += 1 + length
        if length == 0:
            return at
    return len(octets)


def _is_needed(octets: bytes, at: int, removed: set[str]) -> bool:
    label = octets[at + 1] if at + 1 < len(octets) else _CONTROL
    if octets[at] == _IMAGE or label == _CONTROL:
        return True
    name = octets[at + 3 : at + 14]
    # A loop count is three octets in one block; more under this name is something else.
    is_loop = octets[at + 14 : at + 16] == b"\x03\x01" and octets[at + 18 : at + 19] == b"\x00"
    if label == _APPLICATION and name in _LOOPS and is_loop:
        return True
    is_xmp = label == _APPLICATION and name.startswith(b"XMP Data")
    removed.add("xmp" if is_xmp else {_COMMENT: "comments", _PLAIN_TEXT: "comments"}.get(label, "application data"))
    return False
