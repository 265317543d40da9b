"""Reads what a picture says beside its pixels: text fields, EXIF, comments. Pillow's only door.

Pixels are not decoded; chunks of a PNG behind them are looked for here, since Pillow would decode it all to find them.
"""

import io
import re
import warnings
import zlib

from PIL import Image, UnidentifiedImageError

from mailbridge.containers.reading.findings import Findings
from mailbridge.domain.files import Trouble

_RUN = re.compile(rb"[\x20-\x7e]{12,}")
_MOST_RUN_OCTETS = 100_000
_PNG = b"\x89PNG\r\n\x1a\n"
_TELLING_CHUNKS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf"})
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_DIRECTORIES = (0x8769, 0x8825, 0xA005)  # EXIF, GPS, interoperability
_NOT_FOR_PEOPLE = frozenset({"icc_profile", "transparency", "palette", "background", "loop", "duration"})
_MOST_VALUES = 2000


def looks_like_picture(octets: bytes) -> bool:
    """True for what Pillow, or a viewer that knows more than it, takes for a picture or film."""
    starts = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
    return octets.startswith(starts) or octets[8:12] == b"WEBP" or octets[4:8] == b"ftyp"


def read_picture(octets: bytes, place: str, findings: Findings) -> None:
    """Add every text field of a picture."""
    if octets[4:8] == b"ftyp":
        _read_runs(octets, place, findings)
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            Image.MAX_IMAGE_PIXELS = None  # nothing is decoded here
            with Image.open(io.BytesIO(octets)) as picture:
                _read_fields(picture, place, findings)
            if octets.startswith(_PNG):
                _read_chunks(octets, place, findings)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError):
        findings.trouble(place, Trouble.BROKEN)


def _read_fields(picture: Image.Image, place: str, findings: Findings) -> None:
    for name, value in picture.info.items():
        if name not in _NOT_FOR_PEOPLE and name != "exif":
            findings.add(f"{place}/{name}", _as_text(value), is_metadata=True)
    for _, segment in getattr(picture, "applist", [])[:_MOST_VALUES]:
        findings.add(f"{place}/segment", _as_text(segment), is_metadata=True)
    exif = picture.getexif() if "exif" in picture.info or picture.format != "PNG" else Image.Exif()
    _read_exif(exif, place, findings)


def _read_exif(exif: Image.Exif, place: str, findings: Findings) -> None:
    directories = [exif, *(exif.get_ifd(tag) for tag in _DIRECTORIES)]
    for directory in directories:
        for tag, value in list(directory.items())[:_MOST_VALUES]:
            if isinstance(value, str | bytes | tuple):
                findings.add(f"{place}/exif {tag}", _as_text(value), is_metadata=True)


def _read_chunks(octets: bytes, place: str, findings: Findings) -> None:
    """Every text and EXIF chunk of a PNG, wherever it stands (PNG, Third Edition, 11.3.3 and 11.3.4.5)."""
    at = len(_PNG)
    while at + 8 <= len(octets):
        length, kind = int.from_bytes(octets[at : at + 4], "big"), octets[at + 4 : at + 8]
        content = octets[at + 8 : at + 8 + length] if kind in _TELLING_CHUNKS else b""
        if kind == b"eXIf":
            exif = Image.Exif()
            exif.load(content)
            _read_exif(exif, place, findings)
        elif kind in _TELLING_CHUNKS:
            findings.add(f"{place}/{kind.decode()}", _as_text(_chunk_text(content)), is_metadata=True)
        at += length + 12


def _chunk_text(content: bytes) -> bytes:
    """A text chunk with its packed part undone."""
    name, _, rest = content.partition(b"\x00")
    begins = _ZLIB.search(rest)
    if begins is None:
        return content
    try:
        text = zlib.decompressobj().decompress(rest[begins.start() :], _MOST_RUN_OCTETS)
    except zlib.error:
        return content
    return b"\n".join((name, rest[: begins.start()], text))


def _as_text(value: object) -> str:
    if isinstance(value, bytes):
        return value.replace(b"\x00", b"").decode("utf-8", "replace")
    if isinstance(value, tuple) and all(isinstance(one, int) and 0 <= one < 256 for one in value):
        return _as_text(bytes(value))  # texts of Windows' file properties are lists of octets
    return str(value)


def _read_runs(octets: bytes, place: str, findings: Findings) -> None:
    runs = [run[0] for run in _RUN.finditer(octets)]
    findings.add(f"{place}/text", b"\n".join(runs)[:_MOST_RUN_OCTETS].decode("ascii"), is_metadata=True)
