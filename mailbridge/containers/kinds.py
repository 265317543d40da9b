"""Tells by their build what sort of container octets are; names, declared types and the first octets are not believed.

Light on purpose: the main process asks it about every attachment, and what begins like a container without being built
like one is octets that nobody opens. What a zip or an OLE file holds is told in the worker.
"""

import enum
import re
import struct
import zlib
from collections.abc import Callable


class Kind(enum.Enum):
    """A sort of file that may carry more than it shows."""

    JPEG = "jpeg"
    PNG = "png"
    GIF = "gif"
    WEBP = "webp"
    TIFF = "tiff"
    #: HEIC, AVIF, MP4, MOV: boxes of ISO/IEC 14496-12
    BOXES = "boxes"
    PDF = "pdf"
    #: also Office and OpenDocument files
    ZIP = "zip"
    RTF = "rtf"
    TNEF = "tnef"
    TAR = "tar"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    #: old Office files, encrypted new ones, .msg
    OLE = "ole"
    RAR = "rar"
    SEVEN_ZIP = "7z"


#: first octets, their offset, what it may be
_MARKS: tuple[tuple[bytes, int, Kind], ...] = (
    (b"\xff\xd8\xff", 0, Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", 0, Kind.PNG),
    (b"GIF87a", 0, Kind.GIF),
    (b"GIF89a", 0, Kind.GIF),
    (b"II*\x00", 0, Kind.TIFF),
    (b"MM\x00*", 0, Kind.TIFF),
    (b"ftyp", 4, Kind.BOXES),
    (b"PK\x03\x04", 0, Kind.ZIP),
    (b"{\\rtf", 0, Kind.RTF),
    (b"\x78\x9f\x3e\x22", 0, Kind.TNEF),
    (b"\x1f\x8b", 0, Kind.GZIP),
    (b"1AY&SY", 4, Kind.BZIP2),
    (b"\xfd7zXZ\x00", 0, Kind.XZ),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, Kind.OLE),
    (b"Rar!\x1a\x07", 0, Kind.RAR),
    (b"7z\xbc\xaf\x27\x1c", 0, Kind.SEVEN_ZIP),
    (b"ustar", 257, Kind.TAR),
    (b"WEBP", 8, Kind.WEBP),
)
#: how far into a file readers look for the mark of a PDF (ISO 32000-1, appendix H, note 13)
_PDF_REACH = 1024
#: where a zip that begins with something else ends: programs find it from behind
_ZIP_END = b"PK\x05\x06"
_ZIP_END_OCTETS = 22
_ZIP_END_REACH = _ZIP_END_OCTETS + 65535
#: pictures: cleaned by cutting segments out, in a few milliseconds whatever their size
PICTURES = frozenset({Kind.JPEG, Kind.PNG, Kind.GIF, Kind.WEBP, Kind.TIFF, Kind.BOXES})


def kind_of(octets: bytes) -> Kind | None:
    """The kind of a file; None for what is no container: text, or octets nobody opens.

    A file that is cut short or damaged further in is still of its kind.
    """
    for mark, offset, kind in _MARKS:
        if octets.startswith(mark, offset) and _BUILDS[kind](octets):
            return kind
    if octets.find(b"%PDF-", 0, _PDF_REACH) != -1 and _has_objects(octets):
        return Kind.PDF
    return Kind.ZIP if _has_directory(octets) else None


_FILL = re.compile(rb"\xff+")
_MOST_SEGMENTS = 10_000
_SCAN = 0xDA
#: start of frame, all processes (ITU-T T.81, table B.1)
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})


def _is_jpeg(octets: bytes) -> bool:
    """True where its first segment says so, or segments lead to a frame or to picture data."""
    if octets[6:11] in {b"JFIF\x00", b"Exif\x00"}:
        return True
    at = 2
    for _ in range(_MOST_SEGMENTS):
        fill = _FILL.match(octets, at)
        if fill is None or fill.end() >= len(octets):
            return False
        marker, at = octets[fill.end()], fill.end() + 1
        length = 0 if marker in _ALONE else int.from_bytes(octets[at : at + 2], "big")
        if marker in _FRAMES:
            return length == 8 + 3 * int.from_bytes(octets[at + 7 : at + 8], "big")
        if marker == _SCAN:
            return length == 6 + 2 * int.from_bytes(octets[at + 2 : at + 3], "big")
        at += length
    return True  # whoever opens it must go as far: let that be the process that may


def _is_png(octets: bytes) -> bool:
    """True where its header is whole; programs show nothing of a file with another sum there."""
    is_header = octets[8:16] == b"\x00\x00\x00\x0dIHDR"
    return is_header and zlib.crc32(octets[12:29]) == int.from_bytes(octets[29:33], "big")


def _is_gif(octets: bytes) -> bool:
    """True where a block begins behind the colours."""
    flags = octets[10] if len(octets) > 10 else 0
    at = 13 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
    return octets[at : at + 1] in {b"\x2c", b"\x21", b"\x3b"}


def _is_tiff(octets: bytes) -> bool:
    """True where its first directory is there, and its first entry has a type."""
    order = "<" if octets[:2] == b"II" else ">"
    if len(octets) < 8:
        return False
    (at,) = struct.unpack_from(f"{order}I", octets, 4)
    if at < 8 or at + 14 > len(octets):
        return False
    count, _, kind = struct.unpack_from(f"{order}HHH", octets, at)
    return bool(0 < count <= 4096 and 0 < kind <= 18)


def _is_tar(octets: bytes) -> bool:
    """True where the sum of its first header is right (POSIX.1-1988)."""
    digits = octets[148:156].strip(b" \x00")
    if not digits.isdigit() or digits.translate(None, b"01234567"):
        return False
    return int(digits, 8) == sum(octets[:148]) + 8 * 32 + sum(octets[156:512])


_NUMBERED = re.compile(rb"\d[\x00\t\n\f\r ]+\d+[\x00\t\n\f\r ]*\Z")
_MOST_OBJECTS_PASSED = 1000


def _has_objects(octets: bytes) -> bool:
    """True where an object of PDF begins somewhere: programs that mend files look for just that."""
    at = -3
    for _ in range(_MOST_OBJECTS_PASSED):
        at = octets.find(b"obj", at + 3)
        if at == -1:
            return False
        if _NUMBERED.search(octets[max(0, at - 24) : at]):
            return True
    return True


#: ways to pack that any program knows (APPNOTE.TXT 6.3.10, 4.4.5)
_ZIP_METHODS = frozenset({0, 1, 6, 8, 9, 12, 14, 93, 94, 95, 96, 97, 98, 99})
_ZIP_HEADER = 30
_NEWEST_ZIP = 100


def _is_zip(octets: bytes) -> bool:
    """True where a member begins there."""
    if len(octets) < _ZIP_HEADER:
        return False
    version, _, method = struct.unpack_from("<HHH", octets, 4)
    (name,) = struct.unpack_from("<H", octets, 26)
    return version & 0xFF < _NEWEST_ZIP and method in _ZIP_METHODS and 0 < name <= 4096


def _has_directory(octets: bytes) -> bool:
    """True where the end of a zip's directory stands near the end and speaks of octets that are there."""
    at = octets.rfind(_ZIP_END, max(0, len(octets) - _ZIP_END_REACH))
    if at == -1 or at + _ZIP_END_OCTETS > len(octets):
        return False
    size, start = struct.unpack_from("<II", octets, at + 12)
    return bool(size + start <= at) or octets[at - 20 : at - 16] == b"PK\x06\x07"


_RTF_START = re.compile(rb"\{\\rtf\d{0,2}[\\{} \r\n]")
_RTF_LOOKED_AT = 200
_CONTROLS = bytes(octet for octet in range(32) if octet not in b"\t\n\f\r")


def _is_rtf(octets: bytes) -> bool:
    """True where words of the format and text follow; octets of pictures only stand further in."""
    seen = octets[:_RTF_LOOKED_AT]
    return _RTF_START.match(octets) is not None and len(seen.translate(None, _CONTROLS)) == len(seen)


_OCTETS_OF_OLE = 512
_BRAND = re.compile(rb"[ -~]{4}")
_BUILDS: dict[Kind, Callable[[bytes], bool]] = {
    Kind.JPEG: _is_jpeg,
    Kind.PNG: _is_png,
    Kind.GIF: _is_gif,
    Kind.WEBP: lambda octets: octets.startswith(b"RIFF") and octets[12:16] in {b"VP8 ", b"VP8L", b"VP8X"},
    Kind.TIFF: _is_tiff,
    Kind.BOXES: lambda octets: octets[:2] == b"\x00\x00" and _BRAND.fullmatch(octets[8:12]) is not None,
    Kind.ZIP: _is_zip,
    Kind.RTF: _is_rtf,
    Kind.TNEF: lambda octets: octets[6:7] in {b"\x01", b"\x02"},
    Kind.TAR: _is_tar,
    Kind.GZIP: lambda octets: octets[2:3] == b"\x08" and len(octets) > 18 and octets[3] < 0x20,
    Kind.BZIP2: lambda octets: octets.startswith(b"BZh") and octets[3:4].isdigit(),
    Kind.XZ: lambda octets: octets[6:7] == b"\x00" and octets[7:8] in {b"\x00", b"\x01", b"\x04", b"\x0a"},
    Kind.OLE: lambda octets: len(octets) >= _OCTETS_OF_OLE and octets[28:30] == b"\xfe\xff",
    Kind.RAR: lambda octets: octets[6:7] in {b"\x00", b"\x01"},
    Kind.SEVEN_ZIP: lambda octets: octets[6:7] == b"\x00",
}
