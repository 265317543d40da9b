"""Cleans TIFF files (TIFF 6.0) in place: only what the directories need to show the pages is copied over.

Nothing moves, so offsets stay true; every octet that no kept entry speaks of becomes zero. Of the tags those stay that
say how the picture is laid out, coloured and turned. Raw camera files (DNG) are none of these.
"""

import struct
from dataclasses import dataclass, field

from mailbridge.containers.outcome import Refused, check_pixels
from mailbridge.domain.files import Trouble

_HEADER = 8
_ENTRY = 12
_MOST_DIRECTORIES = 500
_MOST_ENTRIES = 500
#: octets of one value, by type
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_KEPT = frozenset(
    (
        *(254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284),
        *(286, 287, 288, 289, 290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 326),
        *(327, 328, 330, 332, 334, 338, 339, 340, 341, 342, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529),
        *(530, 531, 532, 34675),
    )
)
_NAMES = {34665: "exif", 34853: "gps", 700: "xmp", 33723: "iptc", 34377: "iptc", 40965: "exif"}
_WIDTH, _LENGTH, _SUB_DIRECTORIES, _DNG_VERSION = 256, 257, 330, 50706
#: where picture data begins, and how long it is
_DATA = ((273, 279), (324, 325), (513, 514), (288, 289))


@dataclass(slots=True)
class _File:
    octets: bytes
    order: str
    removed: set[str]
    cleaned: bytearray
    seen: set[int] = field(default_factory=set)

    def numbers(self, kind: int, count: int, at: int) -> list[int]:
        """Whole numbers of an entry; its value stands at `at`."""
        letter = {1: "B", 3: "H", 4: "I", 13: "I"}.get(kind)
        if letter is None or at + count * _SIZES[kind] > len(self.octets):
            raise Refused(Trouble.BROKEN)
        return list(struct.unpack_from(f"{self.order}{count}{letter}", self.octets, at))

    def keep(self, start: int, count: int) -> None:
        """These octets stay."""
        if start < 0 or start + count > len(self.octets):
            raise Refused(Trouble.BROKEN)
        self.cleaned[start : start + count] = self.octets[start : start + count]


def clean_tiff(octets: bytes, removed: set[str]) -> bytes:
    """The same pages without metadata. Refused where it is broken."""
    if len(octets) < _HEADER:
        raise Refused(Trouble.BROKEN)
    order = "<" if octets[:2] == b"II" else ">"
    file = _File(octets, order, removed, bytearray(len(octets)))
    file.keep(0, _HEADER)
    waiting = [struct.unpack_from(f"{order}I", octets, 4)[0]]
    directories: list[tuple[int, bytes]] = []
    while waiting:
        at = waiting.pop()
        if at == 0 or at in file.seen:
            continue
        file.seen.add(at)
        if len(file.seen) > _MOST_DIRECTORIES:
            raise Refused(Trouble.TOO_MANY_PARTS)
        directory, following = _directory(file, at)
        directories.append((at, directory))
        waiting += following
    # Last of all, so that picture data that overlaps a directory can not bring back what was cut out of it.
    for at, directory in directories:
        file.cleaned[at : at + len(directory)] = directory
    return bytes(file.cleaned)


def _directory(file: _File, at: int) -> tuple[bytes, list[int]]:
    """One directory without the entries that go, as long as it was; the directories it leads to."""
    octets, order = file.octets, file.order
    if at + 2 > len(octets):
        raise Refused(Trouble.BROKEN)
    (count,) = struct.unpack_from(f"{order}H", octets, at)
    end = at + 2 + count * _ENTRY
    if count > _MOST_ENTRIES or end + 4 > len(octets):
        raise Refused(Trouble.BROKEN if end + 4 > len(octets) else Trouble.TOO_MANY_PARTS)
    kept: list[bytes] = []
    values: dict[int, list[int]] = {}
    for place in range(at + 2, end, _ENTRY):
        tag, kind, number = struct.unpack_from(f"{order}HHI", octets, place)
        if tag == _DNG_VERSION:
            raise Refused(Trouble.UNSUPPORTED)
        if tag not in _KEPT or kind not in _SIZES:
            file.removed.add(_NAMES.get(tag, "properties"))
            continue
        values[tag] = _keep_value(file, place, tag=tag, kind=kind, count=number)
        kept.append(octets[place : place + _ENTRY])
    _keep_pictures(file, values)
    next_at = octets[end : end + 4]
    directory = struct.pack(f"{order}H", len(kept)) + b"".join(kept) + next_at
    following = [struct.unpack(f"{order}I", next_at)[0], *values.get(_SUB_DIRECTORIES, ())]
    return directory.ljust(end + 4 - at, b"\x00"), following


def _keep_value(file: _File, place: int, *, tag: int, kind: int, count: int) -> list[int]:
    """Keep what an entry says; returns it where it is about picture data or other directories."""
    length = _SIZES[kind] * count
    at = place + 8 if length <= 4 else struct.unpack_from(f"{file.order}I", file.octets, place + 8)[0]
    if length > 4:
        file.keep(at, length)
    wanted = {_WIDTH, _LENGTH, _SUB_DIRECTORIES, *(tag for pair in _DATA for tag in pair)}
    return file.numbers(kind, count, at) if tag in wanted else []


def _keep_pictures(file: _File, values: dict[int, list[int]]) -> None:
    width, length = values.get(_WIDTH), values.get(_LENGTH)
    if width and length:
        check_pixels(width[0], length[0])
    for starts_tag, counts_tag in _DATA:
        starts = values.get(starts_tag, [])
        counts = values.get(counts_tag, [])
        if len(starts) != len(counts):
            raise Refused(Trouble.BROKEN)
        kept = 0
        for start, count in zip(starts, counts, strict=True):
            kept += count
            if kept > 2 * len(file.octets):  # pieces that lie over each other: work without end
                raise Refused(Trouble.BROKEN)
            file.keep(start, count)
