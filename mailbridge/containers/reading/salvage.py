"""Finds packed text in octets that no program opens as what they say: cut, damaged, or never whole.

Looks for deflate data wherever it may begin (zlib, gzip, members of a zip) and unpacks what is text. What begins like
something else is left alone: data of a picture would only cost. Does not judge.
"""

import re
import zlib
from collections.abc import Iterator

#: zlib by its first two octets as programs write them (RFC 1950 §2.2), gzip (RFC 1952 §2.3), members of a zip
_BEGINNING = re.compile(rb"[\x48\x58\x68\x78](?=.)|\x1f\x8b\x08|PK\x03\x04", re.DOTALL)
_ZIP_HEADER = 30
_PIECE = 16 * 1024
_PROBE = 4096
#: attempts that came to nothing, after which no other is made
_MOST_ATTEMPTS = 20_000
_TEXT_OCTETS = bytes([9, 10, 12, 13, 27, *range(32, 127), *range(128, 256)])
#: of text no more than this is something else
_MOST_ODD = 0.05
#: less than this before an error is chance
_LEAST_OF_DAMAGED = 24


def packed_texts(octets: bytes, most: int) -> Iterator[tuple[int, bytes]]:
    """Where each packed text begins, and its octets as far as they can be had, at most `most` each."""
    reached = attempts = 0
    for beginning in _BEGINNING.finditer(octets):
        start = beginning.start()
        if start < reached:
            continue
        form = _form(octets, start)
        if form is None:
            continue
        attempts += 1
        if attempts > _MOST_ATTEMPTS:
            return
        text, end = _unpacked(octets, start + form[0], form[1], most)
        if text:
            reached = max(end, start + 1)
            yield start, text


def _form(octets: bytes, start: int) -> tuple[int, int] | None:
    """How many octets stand before the data, and how zlib is to read it; None where none begins."""
    first, second = octets[start : start + 2]
    if first == 0x1F:
        return 0, 31
    if octets.startswith(b"PK\x03\x04", start):
        name, extra = octets[start + 26 : start + 28], octets[start + 28 : start + 30]
        return _ZIP_HEADER + int.from_bytes(name, "little") + int.from_bytes(extra, "little"), -15
    is_header = (first << 8 | second) % 31 == 0 and not second & 0x20
    return (0, 15) if is_header else None


def _unpacked(octets: bytes, start: int, window: int, most: int) -> tuple[bytes, int]:
    """What can be had of one packed text, and where its data ends; b"" for what is none."""
    worker = zlib.decompressobj(window)
    pieces: list[bytes] = []
    size, at = 0, start
    try:
        while (at < len(octets) or worker.unconsumed_tail) and not worker.eof and size <= most:
            fed = worker.unconsumed_tail
            if not fed:
                fed = octets[at : at + _PIECE]
                at += len(fed)
            piece = worker.decompress(fed, most - size + 1 if pieces else _PROBE)
            if piece and not pieces and not _is_text(piece):
                return b"", start
            if piece:
                pieces.append(piece)
                size += len(piece)
    except zlib.error:  # damaged from here on, or no data at all
        return (b"".join(pieces) if size >= _LEAST_OF_DAMAGED else b""), start
    return b"".join(pieces), at - len(worker.unused_data)


def _is_text(octets: bytes) -> bool:
    bare = octets.replace(b"\x00", b"")  # of UTF-16
    is_sparse = len(bare) < len(octets) // 3
    return not is_sparse and len(bare.translate(None, _TEXT_OCTETS)) <= _MOST_ODD * len(bare)
