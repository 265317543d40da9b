"""DataReader: takes the octets after 354 in chunks as they come and ends at CRLF.CRLF, nowhere else (T-01).

Undoes dot-stuffing (RFC 5321 §4.5.2), counts bare CR and LF, enforces size and line limit while reading: no octet
over the limit is kept. Knows no socket, no clock, no reply code.
"""

import enum
import re

_END = b"\r\n.\r\n"
_HELD = tuple(_END[:length] for length in range(len(_END) - 1, 0, -1))
_ANY_LINE_END = re.compile(rb"\r\n|\r|\n")
#: one step of work: keeps the event loop free and bounds what a line can hide inside one piece (T-09)
_PIECE_OCTETS = 64 * 1024


class DataFault(enum.Enum):
    """What is wrong with octets that were read to their end."""

    TOO_BIG = enum.auto()
    LINE_TOO_LONG = enum.auto()
    BARE_LINE_ENDING = enum.auto()


class DataReader:
    """One message being read. Feed it until it says it has ended; then look at `fault`, then take `content()`."""

    __slots__ = (
        "_bare",
        "_content",
        "_held",
        "_is_first",
        "_line_limit",
        "_normalises",
        "_run",
        "_size_limit",
        "fault",
        "octets_seen",
    )

    def __init__(self, *, size_limit: int, line_limit: int, normalises: bool = False) -> None:
        self._size_limit = size_limit
        self._line_limit = line_limit
        self._normalises = normalises
        self._content = bytearray()
        # RFC 5321 §4.1.1.4: the CRLF of the DATA command may begin the end of data, so it stands before line one.
        self._held = b"\r\n"
        self._is_first = True
        self._bare = 0
        self._run = 0
        #: first thing found wrong; None while all is well
        self.fault: DataFault | None = None
        #: octets taken so far, for the clock that watches slow clients
        self.octets_seen = 0

    @property
    def is_hopeless(self) -> bool:
        """True when a client goes on for another whole limit after the limit: hang up (T-08)."""
        return self.octets_seen > 2 * self._size_limit + _PIECE_OCTETS

    def feed(self, buffer: bytearray) -> bool:
        """Take at most one step's octets from the front of `buffer`; True when the end was found.

        What follows the end stays in `buffer`. Call again while it returns False and `buffer` is not empty.
        """
        held = self._held
        data = held + bytes(buffer[:_PIECE_OCTETS])
        end = data.find(_END)
        if end < 0:
            self.octets_seen += len(data) - len(held)
            del buffer[:_PIECE_OCTETS]
            self._held = next((tail for tail in _HELD if data.endswith(tail)), b"")
            self._take(data[: len(data) - len(self._held)])
            return False
        consumed = end + len(_END) - len(held)
        self.octets_seen += consumed
        del buffer[:consumed]
        self._take(data[: end + 2])
        if self.fault is None and self._bare:
            self.fault = DataFault.BARE_LINE_ENDING
        return True

    def content(self) -> bytes:
        """The message: only after the end, only without a fault."""
        return bytes(self._content)

    def _take(self, piece: bytes) -> None:
        # A piece never ends inside CR LF or CR LF dot, because such tails are held back: exact per piece.
        if not piece:
            return
        lines = piece.count(b"\r\n")
        bare = piece.count(b"\n") + piece.count(b"\r") - 2 * lines
        piece = piece.replace(b"\r\n.", b"\r\n")
        if bare and self._normalises:
            piece, bare = _ANY_LINE_END.sub(b"\r\n", piece), 0
        self._bare += bare
        if self._is_first:
            piece, self._is_first = piece[2:], False
        self._measure_lines(piece)
        if len(self._content) + len(piece) > self._size_limit:
            self.fault = DataFault.TOO_BIG
        if self.fault is None:
            self._content += piece
        else:
            self._content.clear()

    def _measure_lines(self, piece: bytes) -> None:
        first = piece.find(b"\r\n")
        if first < 0:
            self._run += len(piece)
            longest = self._run
        else:
            longest = self._run + first
            self._run = len(piece) - piece.rfind(b"\r\n") - 2
        if longest > self._line_limit and self.fault is None:
            self.fault = DataFault.LINE_TOO_LONG
