"""The one thing of EXIF that a picture needs to be seen as it was taken: which side is up.

Reads tag 274 out of an EXIF block and writes a block that holds nothing else. Everything that is not a value from
2 to 8 counts as upright.
"""

import struct

_ORIENTATION = 0x0112
_SHORT = 3
_ENTRY = 12
_MOST_ENTRIES = 1000
UPRIGHT = 1
_HIGHEST = 8


def orientation_of(tiff: bytes) -> int:
    """The orientation that an EXIF block (from its "II" or "MM" on) names; UPRIGHT where it names none."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return UPRIGHT
    (start,) = struct.unpack_from(f"{order}I", tiff, 4)
    if start + 2 > len(tiff):
        return UPRIGHT
    (count,) = struct.unpack_from(f"{order}H", tiff, start)
    for number in range(min(count, _MOST_ENTRIES)):
        at = start + 2 + number * _ENTRY
        if at + _ENTRY > len(tiff):
            return UPRIGHT
        tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, at)
        if tag == _ORIENTATION:
            return value if kind == _SHORT and UPRIGHT < value <= _HIGHEST else UPRIGHT
    return UPRIGHT


def exif_with(orientation: int) -> bytes:
    """An EXIF block, from its byte order on, that says which side is up and nothing else."""
    entry = struct.pack(">HHIHH", _ORIENTATION, _SHORT, 1, orientation, 0)
    return b"MM\x00*" + struct.pack(">IH", 8, 1) + entry + bytes(4)


def is_only_orientation(tiff: bytes) -> bool:
    """True for a block as `exif_with` writes it: nothing is to be taken out of it."""
    return tiff == exif_with(orientation_of(tiff))
