"""What a curious reader finds in a file: every octet, unpacked as far as common programs go. Shares no code with ours.

Used on cleaned files to look for canaries, in 8-bit and in UTF-16.
"""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator

import pikepdf
from PIL import Image

from mailbridge.containers.outcome import Cleaned
from mailbridge.domain.files import Trouble


def is_in(words: str, octets: bytes) -> bool:
    """True where the words stand anywhere in the file, in any common encoding."""
    forms = [words.encode(codec) for codec in ("utf-8", "utf-16-le", "utf-16-be")]
    return any(form in layer for layer in layers(octets) for form in forms)


def layers(octets: bytes, depth: int = 0) -> Iterator[bytes]:
    """The octets, and those of everything in them."""
    yield octets
    if depth > 6:
        return
    for layer in _inside(octets):
        yield from layers(layer, depth + 1)


def _inside(octets: bytes) -> Iterator[bytes]:
    for mark, at, opened in _OPENERS:
        if octets.startswith(mark, at):
            yield from opened(octets)
            return


def _zip(octets: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        yield archive.comment
        for entry in archive.infolist():
            yield entry.filename.encode() + b"\n" + entry.comment + entry.extra
            yield archive.read(entry)


def _tar(octets: bytes) -> Iterator[bytes]:
    with tarfile.open(fileobj=io.BytesIO(octets)) as tar:
        for member in tar:
            file = tar.extractfile(member) if member.isreg() else None
            yield file.read() if file is not None else b""


def _rtf(octets: bytes) -> Iterator[bytes]:
    for run in octets.replace(b"}", b" ").split():
        if len(run) > 200:
            yield bytes.fromhex(run.decode("ascii", "ignore"))


def _pdf(octets: bytes) -> Iterator[bytes]:
    with pikepdf.open(io.BytesIO(octets)) as pdf:
        for found in pdf.objects:
            if isinstance(found, pikepdf.Stream):
                yield found.stream_dict.unparse(resolved=True)
                try:
                    yield found.read_bytes()
                except pikepdf.PdfError:
                    yield found.read_raw_bytes()
            elif isinstance(found, pikepdf.Dictionary):
                yield found.unparse(resolved=True)
        yield pdf.trailer.unparse(resolved=True)


def _png(octets: bytes) -> Iterator[bytes]:
    with Image.open(io.BytesIO(octets)) as picture:
        picture.load()
        for value in getattr(picture, "text", {}).values():
            yield str(value).encode()
    at = 8
    while at + 8 < len(octets):
        length = int.from_bytes(octets[at : at + 4], "big")
        if octets[at + 4 : at + 8] == b"iCCP":
            yield zlib.decompress(octets[at + 8 : at + 8 + length].partition(b"\x00")[2][1:])
        at += 12 + length


def pixels(octets: bytes) -> list[bytes]:
    """Every frame of a picture as it is decoded, before it is turned."""
    with Image.open(io.BytesIO(octets)) as opened:
        frames = []
        for number in range(getattr(opened, "n_frames", 1)):
            opened.seek(number)
            frames.append(opened.convert("RGBA").tobytes())
        return frames


_OPENERS: tuple[tuple[bytes, int, Callable[[bytes], Iterable[bytes]]], ...] = (
    (b"PK", 0, _zip),
    (b"ustar", 257, _tar),
    (b"\x1f\x8b", 0, lambda octets: (gzip.decompress(octets),)),
    (b"BZh", 0, lambda octets: (bz2.decompress(octets),)),
    (b"\xfd7zXZ", 0, lambda octets: (lzma.decompress(octets),)),
    (b"%PDF-", 0, _pdf),
    (b"\x89PNG", 0, _png),
    (b"{\\rtf", 0, _rtf),
)


def holding(cleaned: Cleaned) -> list[Trouble]:
    """The troubles that keep a file from going out."""
    return [one.trouble for one in cleaned.troubles if one.trouble.holds]
