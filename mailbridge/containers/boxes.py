"""Cleans HEIC, AVIF, MP4 and MOV files (ISO/IEC 14496-12, 23008-12) in place: nothing moves, metadata becomes blank.

EXIF and XMP items of a picture keep their place and lose their words; boxes for users' data become free space. How the
picture is turned stands in a box of its own and stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from mailbridge.containers.outcome import Refused, check_pixels
from mailbridge.domain.files import Trouble

_MOST_BOXES = 20_000
_MOST_ITEMS = 5_000
_MAX_NESTING = 12
#: boxes that hold boxes, and where the first begins
_HOLDERS = {
    **dict.fromkeys(
        (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"moof", b"traf", b"iprp", b"ipco"), 0
    ),
    b"meta": 4,
}
#: what only tells about the recording
_TELLING = {b"udta": "properties", b"uuid": "application data", b"free": "", b"skip": "", b"wide": ""}
#: the smallest EXIF block there is, behind the offset that HEIF puts before it
_EMPTY_EXIF = bytes(4) + b"MM\x00*" + bytes((0, 0, 0, 8, 0, 0, 0, 0, 0, 0))


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    start: int
    #: where its content begins and ends
    inside: int
    end: int


@dataclass(slots=True)
class _File:
    octets: bytes
    cleaned: bytearray
    removed: set[str]
    boxes: int = 0
    #: item number to what it holds: "exif" or "xmp"
    items: dict[int, str] = field(default_factory=dict)

    def number(self, at: int, size: int) -> int:
        """An unsigned number of 0 to 8 octets."""
        if at + size > len(self.octets):
            raise Refused(Trouble.BROKEN)
        return int.from_bytes(self.octets[at : at + size], "big")


def clean_boxes(octets: bytes, removed: set[str]) -> bytes:
    """The same picture or film without metadata. Refused where it is broken."""
    end = _end_of_boxes(octets)
    if any(octets[end:]):
        removed.add("trailing data")
    file = _File(octets[:end], bytearray(octets[:end]), removed)
    _walk(file, 0, end, 0)
    return bytes(file.cleaned)


def _end_of_boxes(octets: bytes) -> int:
    """Where what is built of boxes ends: some phones put other things behind. All of it where no data came before."""
    at = 0
    kinds: set[bytes] = set()
    while at + 8 <= len(octets) and len(kinds) < _MOST_BOXES:
        size, kind = int.from_bytes(octets[at : at + 4], "big"), octets[at + 4 : at + 8]
        if size == 1:
            size = int.from_bytes(octets[at + 8 : at + 16], "big")
        kinds.add(kind)
        if size == 0 or (kind == b"mdat" and at + size > len(octets)):
            return len(octets)
        if size < 8 or at + size > len(octets) or not kind.isascii():
            break
        at += size
    return at if b"mdat" in kinds and kinds & {b"meta", b"moov"} else len(octets)


def _children(file: _File, start: int, end: int) -> Iterator[_Box]:
    at = start
    while at + 8 <= end:
        file.boxes += 1
        if file.boxes > _MOST_BOXES:
            raise Refused(Trouble.TOO_MANY_PARTS)
        size, inside = file.number(at, 4), at + 8
        if size == 1:
            size, inside = file.number(at + 8, 8), at + 16
        box_end = end if size == 0 else at + size
        if file.octets[at + 4 : at + 8] == b"mdat" and box_end > end == len(file.octets):
            box_end = end  # a film that is cut short
        if box_end < inside or box_end > end:
            raise Refused(Trouble.BROKEN)
        yield _Box(file.octets[at + 4 : at + 8], at, inside, box_end)
        at = box_end
    if any(file.octets[at:end]):
        raise Refused(Trouble.BROKEN)


def _walk(file: _File, start: int, end: int, depth: int) -> None:
    if depth > _MAX_NESTING:
        raise Refused(Trouble.TOO_DEEP)
    for box in _children(file, start, end):
        is_of_film = box.kind == b"meta" and not _is_of_picture(file, box)
        if box.kind in _TELLING or is_of_film:
            _blank_box(file, box)
        elif box.kind == b"meta":
            _walk_meta(file, box, depth)
        elif box.kind == b"ispe":
            check_pixels(file.number(box.inside + 4, 4), file.number(box.inside + 8, 4))
        elif box.kind in _HOLDERS:
            _walk(file, box.inside + _HOLDERS[box.kind], box.end, depth + 1)


def _is_of_picture(file: _File, box: _Box) -> bool:
    return file.octets.find(b"pict", box.inside, min(box.end, box.inside + 64)) != -1


def _blank_box(file: _File, box: _Box) -> None:
    if any(file.octets[box.inside : box.end]):
        name = _TELLING.get(box.kind, "properties") or "trailing data"
        file.removed.add(name)
    file.cleaned[box.start + 4 : box.start + 8] = b"free"
    file.cleaned[box.inside : box.end] = bytes(box.end - box.inside)


def _walk_meta(file: _File, box: _Box, depth: int) -> None:
    """The items of a picture: which of them are metadata, and where they stand."""
    children = list(_children(file, box.inside + _HOLDERS[b"meta"], box.end))
    for child in children:
        if child.kind == b"iinf":
            _note_items(file, child)
        elif child.kind in _HOLDERS:
            _walk(file, child.inside + _HOLDERS[child.kind], child.end, depth + 1)
        elif child.kind in _TELLING:
            _blank_box(file, child)
    local = next((child for child in children if child.kind == b"idat"), None)
    for child in children:
        if child.kind == b"iloc":
            _blank_items(file, child, local)


def _note_items(file: _File, box: _Box) -> None:
    version = file.number(box.inside, 1)
    for entry in _children(file, box.inside + (6 if version == 0 else 8), box.end):
        kind_version = file.number(entry.inside, 1)
        if entry.kind != b"infe" or kind_version < 2:
            raise Refused(Trouble.UNSUPPORTED)
        width = 2 if kind_version == 2 else 4
        item = file.number(entry.inside + 4, width)
        at = entry.inside + 4 + width + 2
        kind = file.octets[at : at + 4]
        if kind == b"Exif":
            file.items[item] = "exif"
        elif kind in {b"mime", b"uri "}:
            file.items[item] = "xmp"
        else:  # its name is for people and may say anything
            file.cleaned[at + 4 : entry.end] = bytes(max(0, entry.end - at - 4))


def _blank_items(file: _File, box: _Box, local: _Box | None) -> None:
    """Overwrite the extents of every metadata item (ISO/IEC 14496-12, 8.11.3)."""
    version = file.number(box.inside, 1)
    sizes = file.number(box.inside + 4, 2)
    offset_size, length_size, base_size = sizes >> 12 & 15, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version in {1, 2} else 0
    wide = 4 if version == 2 else 2
    count, at = file.number(box.inside + 6, wide), box.inside + 6 + wide
    if count > _MOST_ITEMS:
        raise Refused(Trouble.TOO_MANY_PARTS)
    for _ in range(count):
        item, at = file.number(at, wide), at + wide
        method = 0
        if version in {1, 2}:
            method, at = file.number(at, 2) & 15, at + 2
        base, extents = file.number(at + 2, base_size), file.number(at + 2 + base_size, 2)
        at += 4 + base_size
        file.boxes += extents
        if file.boxes > _MOST_BOXES:
            raise Refused(Trouble.TOO_MANY_PARTS)
        for number in range(extents):
            at += index_size
            start = base + file.number(at, offset_size)
            length = file.number(at + offset_size, length_size)
            at += offset_size + length_size
            if item in file.items:
                _blank_extent(file, _Extent(item, method, start, length, is_first=number == 0), local)


@dataclass(frozen=True, slots=True)
class _Extent:
    item: int
    method: int
    start: int
    length: int
    is_first: bool


def _blank_extent(file: _File, extent: _Extent, local: _Box | None) -> None:
    start = extent.start
    if extent.method == 1 and local is not None:
        start += local.inside
    elif extent.method != 0:
        raise Refused(Trouble.UNSUPPORTED)
    end = start + extent.length
    if end > len(file.octets):
        raise Refused(Trouble.BROKEN)
    name = file.items[extent.item]
    blank = bytes(extent.length)
    if name == "xmp":
        blank = b" " * extent.length
    elif extent.is_first and extent.length >= len(_EMPTY_EXIF):
        blank = _EMPTY_EXIF + bytes(extent.length - len(_EMPTY_EXIF))
    if file.octets[start:end] != blank:
        file.removed.add(name)
    file.cleaned[start:end] = blank
