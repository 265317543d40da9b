"""Tells by the first octets what sort of container a file is; names and declared types are not believed.

Light on purpose: the main process asks it about every attachment. What a zip or an OLE file holds is told in the
worker.
"""

import enum


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


#: first octets, their offset, what it is
_MARKS: tuple[tuple[bytes, int, Kind], ...] = (
    (b"\xff\xd8\xff", 0, Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", 0, Kind.PNG),
    (b"GIF87a", 0, Kind.GIF),
    (b"GIF89a", 0, Kind.GIF),
    (b"II*\x00", 0, Kind.TIFF),
    (b"MM\x00*", 0, Kind.TIFF),
    (b"ftyp", 4, Kind.BOXES),
    (b"%PDF-", 0, Kind.PDF),
    (b"PK\x03\x04", 0, Kind.ZIP),
    (b"PK\x05\x06", 0, Kind.ZIP),
    (b"{\\rtf", 0, Kind.RTF),
    (b"\x78\x9f\x3e\x22", 0, Kind.TNEF),
    (b"\x1f\x8b", 0, Kind.GZIP),
    (b"1AY&SY", 4, Kind.BZIP2),
    (b"\xfd7zXZ\x00", 0, Kind.XZ),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, Kind.OLE),
    (b"Rar!\x1a\x07", 0, Kind.RAR),
    (b"7z\xbc\xaf\x27\x1c", 0, Kind.SEVEN_ZIP),
    (b"ustar", 257, Kind.TAR),
)
#: how far into a file readers look for the mark of a PDF (ISO 32000-1, appendix H, note 13)
_PDF_REACH = 1024
#: where a zip that begins with something else ends: programs find it from behind
_ZIP_END = b"PK\x05\x06"
_ZIP_END_REACH = 22 + 65535
#: pictures: cleaned by cutting segments out, in a few milliseconds whatever their size
PICTURES = frozenset({Kind.JPEG, Kind.PNG, Kind.GIF, Kind.WEBP, Kind.TIFF, Kind.BOXES})


def kind_of(octets: bytes) -> Kind | None:
    """The kind of a file; None for what is no container: text, or octets nobody opens."""
    for mark, offset, kind in _MARKS:
        if octets.startswith(mark, offset):
            return kind
    if octets.startswith(b"RIFF") and octets.startswith(b"WEBP", 8):
        return Kind.WEBP
    if octets.find(b"%PDF-", 0, _PDF_REACH) != -1:
        return Kind.PDF
    if octets.rfind(_ZIP_END, max(0, len(octets) - _ZIP_END_REACH)) != -1:
        return Kind.ZIP
    return None
