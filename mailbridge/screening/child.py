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
from dataclasses import replace

from mailbridge.containers.cleaning import clean
from mailbridge.containers.outcome import Cleaned
from mailbridge.containers.reading.files import read
from mailbridge.domain.files import FileText, FileTrouble, Trouble
from mailbridge.screening.confine import Allowance, confine
from mailbridge.screening.wire import READY, REQUEST, Answer, Piece, encoded

#: without work for so long, the process ends by itself
_IDLE_MS = 300_000
#: of the CPU that is left for a message, so much is kept from the search for QR codes: files that come later need it
_CPU_FOR_THE_REST_S = 0.7
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
        size, cpu_ms = REQUEST.unpack(head)
        octets = _read(size)
        allowance.begin(octets=size, cpu_s=cpu_ms / 1000)
        started = time.process_time()
        answer = _examined(octets, until=time.process_time() + cpu_ms / 1000 - _CPU_FOR_THE_REST_S)
        cpu_ms = int((time.process_time() - started) * 1000) + 1
        allowance.end()
        del octets
        _write(encoded(replace(answer, cpu_ms=cpu_ms, is_spent=is_spent)))
        del answer
        is_spent = allowance.is_spent()  # known with the next answer: this one still held its files when it was made


def _examined(octets: bytes, *, until: float) -> Answer:
    """One file: cleaned, and read as it would go out; pictures are searched for codes until then (CPU)."""
    try:
        cleaned = clean(octets)
        if any(one.trouble.holds for one in cleaned.troubles):
            return Answer(kind=cleaned.kind, troubles=cleaned.troubles)
        if cleaned.unpacked is not None:
            return _unpacked(cleaned, until)
        texts, unread = read(cleaned.octets, has_time=lambda: time.process_time() < until)
        troubles = tuple(dict.fromkeys((*cleaned.troubles, *unread)))
        pieces = None if cleaned.octets == octets else (Piece(name="", octets=cleaned.octets),)
        removed = tuple(sorted(cleaned.removed))
        return Answer(kind=cleaned.kind, removed=removed, troubles=troubles, texts=texts, pieces=pieces)
    except MemoryError:
        return Answer(kind="", troubles=(FileTrouble(trouble=Trouble.TOO_MUCH_WORK),))


def _unpacked(outer: Cleaned, until: float) -> Answer:
    """What stood in a winmail.dat, each file on its own."""
    texts: list[FileText] = []
    troubles: list[FileTrouble] = []
    pieces: list[Piece] = []
    removed = set(outer.removed)
    for file in outer.unpacked or ():
        cleaned = clean(file.octets)
        pieces.append(Piece(name=file.name, octets=cleaned.octets))
        removed |= cleaned.removed
        found, unread = read(cleaned.octets, has_time=lambda: time.process_time() < until)
        if cleaned.unpacked is not None:
            unread = (FileTrouble(trouble=Trouble.TOO_DEEP),)
        texts += [FileText(place=_inside(file.name, t.place), text=t.text, is_metadata=t.is_metadata) for t in found]
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
        _examined(sample, until=math.inf)


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
