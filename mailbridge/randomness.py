"""Random octets of the operating system, drawn in larger pieces.

A message needs some twenty short draws (ids, nonces). Each call to the system lets the interpreter lock go, and winning
it back beside computing threads costs more than the draw. Not for processes that fork: a child would repeat the rest.
"""

import os
import threading

_PIECE_OCTETS = 4096


class _Piece(threading.local):
    """What is left of this thread's piece; no octet is given out twice."""

    octets = b""
    used = 0


_piece = _Piece()


def random_octets(count: int) -> bytes:
    """`count` octets from the operating system's generator (os.urandom), at most 4096."""
    if count > _PIECE_OCTETS:
        raise ValueError("draw less at once")
    start = _piece.used
    if start + count > len(_piece.octets):
        _piece.octets, start = os.urandom(_PIECE_OCTETS), 0
    _piece.used = start + count
    return _piece.octets[start : _piece.used]
