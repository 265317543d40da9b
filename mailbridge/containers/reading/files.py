"""Reads any file: finds out what it is, opens what it holds, and gathers every text (the gate's half of screening).

Returns texts and troubles, raises nothing. What is no container and reads as text is text; other octets are looked at
by the leak gate as they are. What is broken gives what packed text can be found in it.
"""

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from html import unescape

from mailbridge.containers.reading.findings import Findings, TooMuch
from mailbridge.containers.reading.pictures import looks_like_picture, read_picture
from mailbridge.containers.reading.rtf import rtf_text
from mailbridge.containers.reading.salvage import packed_texts
from mailbridge.domain.files import FileText, FileTrouble, Trouble

_MAX_DEPTH = 5
_PIECE = 256 * 1024
_TAG = re.compile(rb"<[^<>]*>")
#: elements between which a line ends: paragraphs, cells, rows, breaks; between all others words go on
_LINE_TAG = re.compile(rb"</?(?:[\w.-]+:)?(?:p|h|br|tab|tr|tc|si|c|v|row|line-break|table-cell)(?=[\s/>])[^<>]*>")
#: values in which an address, a host or a path may stand
_VALUE = re.compile(rb"""=\s*["']([^"'<>]*[@./\\][^"'<>]*)["']""")
_NAMESPACE = re.compile(rb"\A(?:http://(?:schemas|www\.w3|purl|docs\.oasis)|urn:oasis|urn:schemas)")
_METADATA_PARTS = re.compile(
    r"(?:\A|/)(?:docProps/|meta\.xml|customXml/|comments|people|persons|authors)", re.IGNORECASE
)
#: text is shown in a content stream of a PDF (ISO 32000-1, 9.4.3)
_SHOWS = re.compile(rb"[)\]>]\s*T[jJ]\b")
_TEXT_OCTETS = bytes([9, 10, 12, 13, 27, *range(32, 127), *range(128, 256)])
_LOOKED_AT = 4096


def read(
    octets: bytes, *, has_time: Callable[[], bool] = lambda: False
) -> tuple[tuple[FileText, ...], tuple[FileTrouble, ...]]:
    """Every text of a file with its place, and what could not be read.

    A picture is searched for QR codes where there is time for one more.
    """
    findings = read_all(octets, has_time=has_time)
    return tuple(findings.texts), tuple(findings.troubles)


def read_all(octets: bytes, *, has_time: Callable[[], bool], wants_pixels: bool = False) -> Findings:
    """The same, and the pixels of its pictures for whoever reads words in them."""
    findings = Findings(len(octets), has_time, wants_pixels)
    try:
        _read(octets, "", findings, 0)
    except (TooMuch, MemoryError):
        findings.trouble("", Trouble.TOO_MUCH_WORK)
    return findings


def _read(octets: bytes, place: str, findings: Findings, depth: int) -> None:
    if depth > _MAX_DEPTH:
        findings.trouble(place, Trouble.TOO_DEEP)
        return
    reader = next((read_it for is_one, read_it in _READERS if is_one(octets)), _read_plain)
    known = len(findings.troubles)
    try:
        reader(octets, place, findings, depth)
    except (TooMuch, MemoryError):
        raise
    except Exception:  # noqa: BLE001  # whatever a library meets, the file is one that nobody opens as it is
        findings.trouble(place, Trouble.BROKEN)
    if any(one.place == place and not one.trouble.holds for one in findings.troubles[known:]):
        _read_salvaged(octets, place, findings, depth)


def _read_salvaged(octets: bytes, place: str, findings: Findings, depth: int) -> None:
    """What text, packed or plain, stands in octets that could not be read as what they say."""
    from mailbridge.containers.reading.pdfstrings import shown_text

    _read_plain(octets, place, findings, depth)
    for start, content in packed_texts(octets, findings.octets_left):
        inside = f"{place}/at {start}" if place else f"at {start}"
        findings.take_octets(len(content))
        if _SHOWS.search(content):
            findings.add(inside, shown_text(content, {}).replace("\x1f", ""))
        _read(content, inside, findings, depth + 1)


def _read_plain(octets: bytes, place: str, findings: Findings, _depth: int) -> None:
    if _is_xml(octets):
        _read_xml(octets, place, findings)
    elif octets and not octets[:_LOOKED_AT].translate(None, _TEXT_OCTETS):
        findings.add(place or "text", octets.decode("utf-8", "replace"))


def _is_zip(octets: bytes) -> bool:
    return octets.startswith(b"PK") or (b"PK\x05\x06" in octets[-70_000:] and zipfile.is_zipfile(io.BytesIO(octets)))


def _read_zip(octets: bytes, place: str, findings: Findings, depth: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            findings.add(f"{place}/comment", archive.comment.decode("utf-8", "replace"), is_metadata=True)
            for entry in archive.infolist():
                inside = f"{place}/{entry.filename}" if place else entry.filename
                findings.add(f"{place}/name", entry.filename, is_metadata=True)
                about = (entry.comment + b"\n" + entry.extra).replace(b"\x00", b"").decode("utf-8", "replace")
                findings.add(f"{inside}/comment", about, is_metadata=True)
                if not entry.is_dir():
                    findings.take_octets(entry.file_size)
                    _read(archive.read(entry), inside, findings, depth + 1)
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError):
        findings.trouble(place, Trouble.BROKEN)


def _read_tar(octets: bytes, place: str, findings: Findings, depth: int) -> None:
    try:
        with tarfile.open(fileobj=io.BytesIO(octets), mode="r:") as archive:
            for entry in archive:
                inside = f"{place}/{entry.name}" if place else entry.name
                about = (entry.name, entry.linkname, entry.uname, entry.gname, *map(str, entry.pax_headers.values()))
                findings.add(f"{place}/name", "\n".join(filter(None, about)), is_metadata=True)
                if entry.isreg():
                    findings.take_octets(entry.size)
                    file = archive.extractfile(entry)
                    _read(file.read() if file is not None else b"", inside, findings, depth + 1)
    except (tarfile.TarError, EOFError):
        findings.trouble(place, Trouble.BROKEN)


def _read_packed(octets: bytes, place: str, findings: Findings, depth: int) -> None:
    openers: dict[bytes, Callable[[io.BytesIO], io.BufferedIOBase]] = {
        b"\x1f\x8b": lambda source: gzip.GzipFile(fileobj=source),
        b"BZ": bz2.BZ2File,
        b"\xfd7": lzma.LZMAFile,
    }
    most = 16 * 1024 * 1024 + 3 * len(octets)
    try:
        with openers[octets[:2]](io.BytesIO(octets)) as file:
            content = file.read(most + 1)
    except (OSError, EOFError, zlib.error, lzma.LZMAError):
        findings.trouble(place, Trouble.BROKEN)
        return
    findings.take_octets(len(content))
    if octets[:2] == b"\x1f\x8b":  # the name of the file stands in front, uncompressed (RFC 1952 §2.3)
        findings.add(f"{place}/name", octets[10:300].partition(b"\x00")[0].decode("latin-1"), is_metadata=True) if (
            octets[3] & 8
        ) else None
    _read(content, f"{place}/content", findings, depth + 1)


def _read_pdf(octets: bytes, place: str, findings: Findings, depth: int) -> None:
    from mailbridge.containers.reading.pdf import read_pdf

    for name, embedded in read_pdf(octets, place, findings):
        findings.take_octets(len(embedded))
        _read(embedded, name, findings, depth + 1)


def _read_rtf(octets: bytes, place: str, findings: Findings, _depth: int) -> None:
    findings.add(place or "text", rtf_text(octets))
    about = re.search(rb"\{\\(?:\*\\)?(?:info|userprops)\b(?:[^{}]|\{[^{}]*\})*", octets)
    if about:
        findings.add(f"{place}/info", rtf_text(about[0]), is_metadata=True)


def _read_ole(octets: bytes, place: str, findings: Findings, _depth: int) -> None:
    from mailbridge.containers.reading.ole import read_ole

    read_ole(octets, place, findings)


def _read_a_picture(octets: bytes, place: str, findings: Findings, _depth: int) -> None:
    read_picture(octets, place, findings)


def _is_xml(octets: bytes) -> bool:
    return octets[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _read_xml(octets: bytes, place: str, findings: Findings) -> None:
    """Text between tags, in pieces so that a big part takes little memory; and values that may name somebody."""
    is_metadata = bool(_METADATA_PARTS.search(place))
    if octets.rfind(b"<") > octets.rfind(b">"):
        octets = octets[: octets.rfind(b"<")]  # cut within a tag
    texts: list[bytes] = []
    values: set[bytes] = set()
    at = 0
    while at < len(octets):
        end = octets.rfind(b"<", at + 1, at + _PIECE) if at + _PIECE < len(octets) else len(octets)
        end = end if end > at else at + _PIECE
        piece = octets[at:end]
        texts.append(_TAG.sub(b"", _LINE_TAG.sub(b"\n", piece)))
        values.update(_VALUE.findall(piece))
        at = end
    text = re.sub(rb"\n{3,}", b"\n\n", b"".join(texts))
    findings.add(place, _unescaped(text), is_metadata=is_metadata)
    shown = sorted(value for value in values if not _NAMESPACE.match(value))
    findings.add(f"{place}/values", _unescaped(b"\n".join(shown)), is_metadata=is_metadata)


def _unescaped(text: bytes) -> str:
    return unescape(text.decode("utf-8", "replace"))


_READERS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes, str, Findings, int], None]], ...] = (
    (looks_like_picture, _read_a_picture),
    (lambda octets: b"%PDF-" in octets[:1024], _read_pdf),
    (lambda octets: octets.startswith(b"{\\rtf"), _read_rtf),
    (lambda octets: octets.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), _read_ole),
    (_is_zip, _read_zip),
    (lambda octets: octets[257:262] == b"ustar", _read_tar),
    (lambda octets: octets.startswith((b"\x1f\x8b", b"\xfd7zXZ")) or octets[4:10] == b"1AY&SY", _read_packed),
)
