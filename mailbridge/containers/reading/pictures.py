"""Reads what a picture says beside its pixels (text fields, EXIF, comments), and QR codes in them. Pillow's only door.

Words in pixels are read by another program (`screening/ocr.py`): where that is wanted, the pixels are made ready here.
Chunks of a PNG behind the pixels are looked for here, since Pillow would decode it all to find them. A picture whose
pixels can not be decoded within the memory of a job is not searched for codes; one whose words are wanted is a trouble.
"""

import io
import re
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageChops, ImageFile, ImageFilter, ImageStat, UnidentifiedImageError

from mailbridge.containers.reading.codes import codes_in
from mailbridge.containers.reading.findings import MOST_SIDE, Findings, Pixels
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
#: a second look is at the picture straightened and so much bigger, as far as that is allowed
_BIGGER = 1.5
#: in what size and between which angles it is found out how far a text is turned, in degrees
_SKEW_SIDE = 400
_SKEWS = (0.0, *(sign * angle for angle in range(1, 7) for sign in (-1.0, 1.0)))
#: less holds no word that anybody could read
_SMALLEST_SIDE = 8
#: frames and pages of one picture that are looked at
_MOST_FRAMES = 8
#: how a viewer turns a picture by its EXIF orientation (TIFF tag 0x0112)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
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
                read_pixels(picture, place, findings)
            if octets.startswith(_PNG):
                _read_chunks(octets, place, findings)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError):
        findings.trouble(place, Trouble.BROKEN)


def read_pixels(picture: Image.Image, place: str, findings: Findings) -> None:
    """Add what can be read in the pixels, and keep them where somebody else reads their words."""
    if not findings.wants_pixels:
        _read_codes(picture, place, findings)
        return
    with _as_far_as_it_goes():
        picture.draft("L", (MOST_SIDE, MOST_SIDE))  # decoded once for both
        _read_codes(picture, place, findings)
        _keep_pixels(picture, place, findings)


@contextmanager
def _as_far_as_it_goes() -> Iterator[None]:
    """A picture that is cut short shows its upper part to everybody."""
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def _keep_pixels(picture: Image.Image, place: str, findings: Findings) -> None:
    """Every page or frame as it is seen; of an animation some of them, of a long document the first."""
    turn = _TURNS.get(picture.getexif().get(0x0112, 1))
    frames = int(getattr(picture, "n_frames", 1)) if picture.format != "MPO" else 1  # what else a camera keeps in it
    shown = range(frames)
    if frames > _MOST_FRAMES and picture.format == "TIFF":
        shown = range(_MOST_FRAMES)
        findings.trouble(place, Trouble.TOO_MANY_PARTS)
    elif frames > _MOST_FRAMES:
        shown = range(0, frames, -(-frames // _MOST_FRAMES))
    for number in shown:
        name = f"{place} {number + 1}".strip() if number else place
        try:
            if frames > 1:
                picture.seek(number)
            _keep_frame(picture, turn, name, findings)
        except MemoryError:
            findings.trouble(name, Trouble.TOO_MUCH_WORK)
        except Exception:  # noqa: BLE001  # pixels that can not be decoded show nothing to anybody
            return


def _keep_frame(picture: Image.Image, turn: Image.Transpose | None, place: str, findings: Findings) -> None:
    gray = _gray(picture, MOST_SIDE)
    if gray is None:
        findings.trouble(place, Trouble.TOO_BIG)
        return
    if turn is not None:
        gray = gray.transpose(turn)
    if min(gray.size) < _SMALLEST_SIDE:
        return
    findings.keep(_pixels(gray, place))
    if findings.wants_a_second_look:
        straight = _straightened(gray)
        bigger = min(_BIGGER, MOST_SIDE / max(straight.size))
        if straight is not gray or bigger > 1:
            size = (max(1, int(straight.width * bigger)), max(1, int(straight.height * bigger)))
            findings.keep(_pixels(straight.resize(size, Image.Resampling.LANCZOS), place, is_second=True))


def _pixels(gray: Image.Image, place: str, *, is_second: bool = False) -> Pixels:
    width, height = gray.size
    return Pixels(place=place, width=width, height=height, octets=gray.tobytes(), is_second=is_second)


def _straightened(gray: Image.Image) -> Image.Image:
    """The picture turned so that its lines of text lie level: then rows of pixels differ most from one another."""
    small = gray.copy()
    small.thumbnail((_SKEW_SIDE, _SKEW_SIDE))
    edges = ImageChops.difference(small, small.filter(ImageFilter.GaussianBlur(4)))

    def unevenness(angle: float) -> float:
        rows = edges.rotate(angle, Image.Resampling.BILINEAR).resize((1, edges.height), Image.Resampling.BOX)
        return ImageStat.Stat(rows).var[0]

    angle = max(_SKEWS, key=unevenness)
    if not angle:
        return gray
    ground = int(ImageStat.Stat(gray).median[0])
    return gray.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=ground)


def _read_codes(picture: Image.Image, place: str, findings: Findings) -> None:
    """Add the text of every QR code, where there is time left to look."""
    if not findings.has_time_for_codes():
        return
    try:
        gray = _gray(picture, _CODE_SIDE)
        codes = codes_in(gray.tobytes(), *gray.size) if gray is not None else ()
    except Exception:  # noqa: BLE001  # pixels that can not be decoded hold no code for anybody; nor is there memory
        return
    for code in codes:
        findings.add(f"{place}/code" if place else "code", code.text, is_metadata=code.share < _TELLING_SHARE)


def _gray(picture: Image.Image, side: int) -> Image.Image | None:
    """The picture in shades of grey and small enough, on white; None for one that is too big to decode."""
    picture.draft("L", (side, side))
    width, height = picture.size
    if width * height * max(len(picture.getbands()), 1) > _MOST_DECODED or not width or not height:
        return None
    if "A" in picture.getbands() or "transparency" in picture.info:
        seen = picture.convert("LA")
        gray = Image.new("L", seen.size, 255)
        gray.paste(seen.getchannel("L"), mask=seen.getchannel("A"))
    else:
        gray = picture.convert("L")
    if max(gray.size) > side:
        gray.thumbnail((side, side))
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
