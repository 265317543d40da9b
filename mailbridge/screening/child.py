"""What runs in the worker process: reads a file, cleans it, reads the result, answers; one after the other.

Knows nothing of messages, people or settings, and imports nothing that does. It ends when its input does.
"""

import codecs
import contextlib
import importlib
import io
import math
import os
import select
import time
from dataclasses import dataclass, replace

from mailbridge.containers.cleaning import clean
from mailbridge.containers.outcome import Cleaned
from mailbridge.containers.reading.files import read_all
from mailbridge.containers.reading.findings import Findings, Pixels
from mailbridge.domain.files import FileText, FileTrouble, Trouble
from mailbridge.screening.confine import Allowance, confine
from mailbridge.screening.wire import READY, REQUEST, Answer, Piece, encoded

#: without work for so long, the process ends by itself
_IDLE_MS = 300_000
#: of the CPU that is left for a message, so much is kept from the search for QR codes: files that come later need it
_CPU_FOR_THE_REST_S = 0.7
#: memory beyond that of other jobs, where pixels are wanted: a scanned page unpacked, and what is kept of forty
_FOR_PIXELS = 160 * 1024 * 1024
_CODECS = (
    *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "iso8859-2", "ascii", "mac-roman", "cp437", "cp850"),
    *("cp852", "cp932"),
    *(f"cp{number}" for number in range(1250, 1259)),
)


def main() -> None:
    """Get ready, give everything up, then work until the input ends."""
    with contextlib.suppress(OSError):  # the process that started this one may keep to a core of its own
        os.sched_setaffinity(0, range(os.cpu_count() or 1))
    _load_everything()
    allowance = Allowance()
    held = confine()
    allowance.close_the_door()
    _write([READY[:-1] + b" " + ",".join(held).encode() + b"\n"])
    is_spent = False
    while True:
        if not _has_work():
            return
        head = _read(REQUEST.size)
        if len(head) < REQUEST.size:
            return
        size, cpu_ms, wants_pixels = REQUEST.unpack(head)
        octets = _read(size)
        allowance.begin(octets=size, cpu_s=cpu_ms / 1000, extra=_FOR_PIXELS if wants_pixels else 0)
        started = time.process_time()
        reader = _Reader(started + cpu_ms / 1000 - _CPU_FOR_THE_REST_S, wants_pixels)
        answer = _examined(octets, reader)
        cpu_ms = int((time.process_time() - started) * 1000) + 1
        allowance.end()
        del octets
        _write(encoded(replace(answer, cpu_ms=cpu_ms, is_spent=is_spent)))
        del answer
        is_spent = allowance.is_spent()  # known with the next answer: this one still held its files when it was made


@dataclass(frozen=True, slots=True)
class _Reader:
    """How a file is read: pictures are searched for codes until then (CPU)."""

    until: float
    wants_pixels: bool = False

    def __call__(self, octets: bytes) -> Findings:
        return read_all(octets, has_time=self.has_time, wants_pixels=self.wants_pixels)

    def has_time(self) -> bool:
        """True while there is time for one more picture."""
        return time.process_time() < self.until


def _examined(octets: bytes, read: _Reader) -> Answer:
    """One file: cleaned, and read as it would go out."""
    try:
        cleaned = clean(octets)
        if any(one.trouble.holds for one in cleaned.troubles):
            return Answer(kind=cleaned.kind, troubles=cleaned.troubles)
        if cleaned.unpacked is not None:
            return _unpacked(cleaned, read)
        found = read(cleaned.octets)
        return Answer(
            kind=cleaned.kind,
            removed=tuple(sorted(cleaned.removed)),
            troubles=tuple(dict.fromkeys((*cleaned.troubles, *found.troubles))),
            texts=tuple(found.texts),
            pieces=None if cleaned.octets == octets else (Piece(name="", octets=cleaned.octets),),
            pixels=(*found.pixels, *found.seconds),
        )
    except MemoryError:
        return Answer(kind="", troubles=(FileTrouble(trouble=Trouble.TOO_MUCH_WORK),))


def _unpacked(outer: Cleaned, read: _Reader) -> Answer:
    """What stood in a winmail.dat, each file on its own."""
    texts: list[FileText] = []
    troubles: list[FileTrouble] = []
    pieces: list[Piece] = []
    pixels: list[Pixels] = []
    removed = set(outer.removed)
    for file in outer.unpacked or ():
        cleaned = clean(file.octets)
        pieces.append(Piece(name=file.name, octets=cleaned.octets))
        removed |= cleaned.removed
        found = read(cleaned.octets)
        unread = found.troubles
        if cleaned.unpacked is not None:
            unread = [FileTrouble(trouble=Trouble.TOO_DEEP)]
        texts += [replace(text, place=_inside(file.name, text.place)) for text in found.texts]
        pixels += [replace(one, place=_inside(file.name, one.place)) for one in (*found.pixels, *found.seconds)]
        troubles += [
            FileTrouble(trouble=t.trouble, place=_inside(file.name, t.place)) for t in (*cleaned.troubles, *unread)
        ]
    return Answer(
        kind=outer.kind,
        removed=tuple(sorted(removed)),
        troubles=tuple(troubles),
        texts=tuple(texts),
        pieces=tuple(pieces),
        plain=outer.plain,
        html=outer.html,
        pixels=tuple(pixels),
    )


def _inside(name: str, place: str) -> str:
    return f"{name}/{place}" if place else name


def _load_everything() -> None:
    """Meet every library once: afterwards nothing can be opened any more."""
    import pikepdf
    from PIL import Image

    for name in _CODECS:
        codecs.lookup(name)
    blank = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(blank)
    samples = [blank.getvalue()]
    for kind in ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "MPO"):
        picture = io.BytesIO()
        with contextlib.suppress(OSError, KeyError, ValueError):  # a build of Pillow without this format
            Image.new("RGB", (2, 2)).save(picture, kind)
        samples.append(picture.getvalue())
    for name in ("ole", "tnef", "reading.ole"):  # opened late, by who needs them
        importlib.import_module(f"mailbridge.containers.{name}")

    for sample in samples:
        _examined(sample, _Reader(math.inf, wants_pixels=True))


def _has_work() -> bool:
    """Wait for the next file; False when none comes for a while: the memory is for others."""
    poll = select.poll()
    poll.register(0, select.POLLIN)
    return bool(poll.poll(_IDLE_MS))


def _read(size: int) -> bytes:
    pieces = []
    while size:
        piece = os.read(0, min(size, 1024 * 1024))
        if not piece:
            break
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _write(pieces: list[bytes]) -> None:
    for piece in pieces:
        left = memoryview(piece)
        while left:
            left = left[os.write(1, left) :]
