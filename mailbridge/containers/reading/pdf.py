"""Reads PDF: what pages show, what forms, notes, links and properties say (ISO 32000-1, 7.3.4, 9.4, 14.3).

Page text is read by a scan for the operators that show it; letters of a font come from its ToUnicode map or its
encoding. Of pictures the QR codes are read, and words where that is wanted. Letters that the file does not name are not
read.
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from mailbridge.containers.reading.findings import Findings, TooMuch
from mailbridge.containers.reading.pdffonts import Font, read_font
from mailbridge.containers.reading.pdfstrings import shown_text, strings_in
from mailbridge.containers.reading.pictures import read_pixels
from mailbridge.domain.files import Trouble

_MOST_PAGES = 5000
#: of a picture that is searched for codes
_MOST_PIXELS = 20_000_000
#: what the library says where a stream unpacks to more than the process may have
_NO_MEMORY = "bad_alloc"
_MOST_TEXT_STREAM = 1024 * 1024
_PICTURE_FILTERS = frozenset({"/DCTDecode", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode"})
_NO_TEXT = frozenset({"/Image", "/XRef", "/ObjStm", "/Type1C", "/CIDFontType0C", "/OpenType"})


def read_pdf(octets: bytes, place: str, findings: Findings) -> Iterator[tuple[str, bytes]]:
    """Add every text of it; yields name and octets of each file inside."""
    try:
        with pikepdf.open(io.BytesIO(octets), suppress_warnings=True) as pdf:
            reader = _Reader(pdf, place, findings)
            reader.read_pages()
            yield from reader.read_objects()
    except (pikepdf.PdfError, pikepdf.PasswordError, pikepdf.DataDecodingError):
        findings.trouble(place, Trouble.BROKEN)


class _Reader:
    """One document."""

    def __init__(self, pdf: pikepdf.Pdf, place: str, findings: Findings) -> None:
        self._pdf = pdf
        self._place = f"{place}/" if place else ""
        self._findings = findings
        self._fonts: dict[tuple[int, int], Font] = {}
        self._shown: set[tuple[int, int]] = set()

    def read_pages(self) -> None:
        """What pages show."""
        for number, page in enumerate(self._pdf.pages, start=1):
            if number > _MOST_PAGES:
                self._findings.trouble(f"{self._place}page {number}", Trouble.TOO_MANY_PARTS)
                return
            contents = page.obj.get("/Contents")
            streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
            pieces = []
            for stream in streams:
                if isinstance(stream, pikepdf.Stream):
                    self._shown.add(stream.objgen)
                    pieces.append(self._decoded(stream))
            # One text may go on from stream to stream (7.8.2).
            self._add_shown(f"{self._place}page {number}", b"\n".join(pieces), page.resources)

    def read_objects(self) -> Iterator[tuple[str, bytes]]:
        """Strings of every object, and what other streams say."""
        said: list[str] = []
        info = self._pdf.trailer.get("/Info")
        info_id = info.objgen if isinstance(info, pikepdf.Dictionary) else None
        for found in self._pdf.objects:
            if not isinstance(found, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array | pikepdf.String):
                continue
            is_stream = isinstance(found, pikepdf.Stream)
            raw = (found.stream_dict if is_stream else found).unparse(resolved=True)
            texts = strings_in(raw)
            if found.objgen == info_id:
                self._findings.add(f"{self._place}Info", "\n".join(texts), is_metadata=True)
            else:
                said += texts
            if is_stream:
                yield from self._read_stream(found)
        self._findings.add(f"{self._place}strings", "\n".join(said))

    def _read_stream(self, stream: Any) -> Iterator[tuple[str, bytes]]:
        kind, subtype = str(stream.get("/Type", "")), str(stream.get("/Subtype", ""))
        number = stream.objgen[0]
        if subtype == "/Image":
            self._read_picture(number, stream)
        elif kind == "/EmbeddedFile":
            yield f"{self._place}file {number}", self._decoded(stream)
        elif subtype == "/Form" or "/PatternType" in stream:
            self._add_shown(f"{self._place}form {number}", self._decoded(stream), stream.get("/Resources"))
        elif kind == "/Metadata" or subtype == "/XML":
            text = self._decoded(stream).decode("utf-8", "replace")
            self._findings.add(f"{self._place}XMP {number}", text, is_metadata=True)
        elif not {kind, subtype} & _NO_TEXT and stream.objgen not in self._shown and not _is_font_file(stream):
            self._add_other(number, stream)

    def _read_picture(self, number: int, stream: Any) -> None:
        """What stands in a picture; one that can not be decoded shows nothing."""
        if int(stream.get("/Width", 0)) * int(stream.get("/Height", 0)) > _MOST_PIXELS:
            if self._findings.wants_pixels:
                self._findings.trouble(f"{self._place}picture {number}", Trouble.TOO_BIG)
            return
        try:
            picture = pikepdf.PdfImage(stream).as_pil_image()
        except MemoryError:
            if self._findings.wants_pixels:
                self._findings.trouble(f"{self._place}picture {number}", Trouble.TOO_MUCH_WORK)
            return
        except Exception:  # noqa: BLE001  # a mask, a filter nobody knows
            return
        picture.info.pop("exif", None)  # within a PDF nobody turns a picture by it
        read_pixels(picture, f"{self._place}picture {number}", self._findings)

    def _add_other(self, number: int, stream: Any) -> None:
        """A script, a form in XML, whatever: where it reads as text."""
        if int(stream.get("/Length", 0)) > _MOST_TEXT_STREAM:
            return
        octets = self._decoded(stream)
        if b"\x00" not in octets[:1000] and b"begincmap" not in octets:
            self._findings.add(f"{self._place}stream {number}", octets.decode("utf-8", "replace"))

    def _decoded(self, stream: Any) -> bytes:
        try:
            octets: bytes = stream.read_bytes()
        except pikepdf.PdfError as error:
            if _NO_MEMORY in str(error):
                raise TooMuch from None
            if not _is_picture_data(stream):
                self._findings.trouble(f"{self._place}stream {stream.objgen[0]}", Trouble.BROKEN)
            return b""
        self._findings.take_octets(len(octets))
        return octets

    def _add_shown(self, place: str, content: bytes, resources: Any) -> None:
        fonts: dict[bytes, Font] = {}
        listed = resources.get("/Font") if isinstance(resources, pikepdf.Dictionary) else None
        if isinstance(listed, pikepdf.Dictionary):
            fonts = {name[1:].encode(): self._font(font) for name, font in listed.items()}
        text = shown_text(content, fonts)
        self._findings.add(place, text.replace("\x1f", " "))
        if "\x1f" in text:
            # Letters set one by one: what looks like blanks may be none.
            self._findings.add(f"{place}, close", text.replace("\x1f", ""))

    def _font(self, font: Any) -> Font:
        key = font.objgen
        if key not in self._fonts or key == (0, 0):
            self._fonts[key] = read_font(font) if isinstance(font, pikepdf.Dictionary) else Font()
        return self._fonts[key]


def _is_picture_data(stream: Any) -> bool:
    """True where a filter of pictures stands in the way: what is in it is no text."""
    filters = stream.get("/Filter")
    names = [filters] if not isinstance(filters, pikepdf.Array) else list(filters)
    return any(str(name) in _PICTURE_FILTERS for name in names)


def _is_font_file(stream: Any) -> bool:
    return "/Length1" in stream
