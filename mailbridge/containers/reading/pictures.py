"""Reads what a picture says beside its pixels (text fields, EXIF, comments), and QR codes in them. Pillow's only door.

Chunks of a PNG behind the pixels are looked for here, since Pillow would decode it all to find them. A picture whose
pixels can not be decoded within the memory of a job is not searched for codes.
"""

import io
import re
import warnings
import zlib

from PIL import Image, UnidentifiedImageError

from mailbridge.containers.reading.codes import codes_in
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
#: pixels of the longer side of what is searched for codes: a tenth of it is enough for one
_CODE_SIDE = 1200
#: octets of pixels that are decoded at most
_MOST_DECODED = 64 * 1024 * 1024
#: a code that covers less stands on something shown, a box or a label: the gate sees it, rules do not
_TELLING_SHARE = 0.03


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
            Image.MAX_IMAGE_PIXELS = None  # how much is decoded is bounded here
            with Image.open(io.BytesIO(octets)) as picture:
                _read_fields(picture, place, findings)
                read_codes(picture, place, findings)
            if octets.startswith(_PNG):
                _read_chunks(octets, place, findings)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError):
        findings.trouble(place, Trouble.BROKEN)


def read_codes(picture: Image.Image, place: str, findings: Findings) -> None:
    """Add the text of every QR code, where there is time left to look."""
    if not findings.has_time_for_codes():
        return
    try:
        gray = _gray(picture)
        codes = codes_in(gray.tobytes(), *gray.size) if gray is not None else ()
    except Exception:  # noqa: BLE001  # pixels that can not be decoded hold no code for anybody; nor is there memory
        return
    for code in codes:
        findings.add(f"{place}/code" if place else "code", code.text, is_metadata=code.share < _TELLING_SHARE)


def _gray(picture: Image.Image) -> Image.Image | None:
    """The picture in shades of grey and small enough, on white; None for one that is too big to decode."""
    picture.draft("L", (_CODE_SIDE, _CODE_SIDE))
    width, height = picture.size
    if width * height * max(len(picture.getbands()), 1) > _MOST_DECODED or not width or not height:
        return None
    if "A" in picture.getbands() or "transparency" in picture.info:
        seen = picture.convert("LA")
        gray = Image.new("L", seen.size, 255)
        gray.paste(seen.getchannel("L"), mask=seen.getchannel("A"))
    else:
        gray = picture.convert("L")
    if max(gray.size) > _CODE_SIDE:
        gray.thumbnail((_CODE_SIDE, _CODE_SIDE))
    return gray


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
