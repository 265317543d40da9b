"""Undoes the compression of RTF inside winmail.dat (MS-OXRTFCP): "LZFu", or "MELA" for none at all."""

import struct

from mailbridge.containers.outcome import Refused
from mailbridge.domain.files import Trouble

_HEADER = 16
_RING = 4096
#: MS-OXRTFCP 2.1.2.1: what stands in the dictionary before anything was read
_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n"
    b"\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_MAX_RATIO = 100


def decompressed(octets: bytes) -> bytes:
    """The RTF. Refused where it is broken or unpacks to too much."""
    if len(octets) < _HEADER:
        raise Refused(Trouble.BROKEN)
    packed_size, size, mark, _ = struct.unpack_from("<II4sI", octets)
    body = octets[_HEADER : 4 + packed_size]
    if size > _MAX_RATIO * len(octets):
        raise Refused(Trouble.TOO_BIG)
    if mark == b"MELA":
        return body[:size]
    if mark != b"LZFu":
        raise Refused(Trouble.BROKEN)
    return _from_lzfu(body, size)


def _from_lzfu(body: bytes, size: int) -> bytes:
    ring = bytearray(_START.ljust(_RING, b"\x00"))
    write_at = len(_START)
    written = bytearray()
    at = 0
    while at < len(body) and len(written) < size:
        flags, at = body[at], at + 1
        for bit in range(8):
            if at >= len(body):
                break
            if not flags >> bit & 1:
                piece, at = body[at : at + 1], at + 1
            else:
                reference = int.from_bytes(body[at : at + 2], "big")
                at += 2
                offset, length = reference >> 4, (reference & 15) + 2
                if offset == write_at:
                    return bytes(written[:size])
                piece = _copied(ring, offset, length, write_at)
            for octet in piece:
                ring[write_at] = octet
                write_at = (write_at + 1) % _RING
            written += piece
    return bytes(written[:size])


def _copied(ring: bytearray, offset: int, length: int, write_at: int) -> bytes:
    """A run out of the dictionary; it may reach into what it is itself writing."""
    piece = bytearray()
    for number in range(length):
        place = (offset + number) % _RING
        behind = (place - write_at) % _RING
        piece.append(piece[behind] if behind < len(piece) else ring[place])
    return bytes(piece)
