"""Replies of the far SMTP server, read within bounds (RFC 5321 §4.2, T-85).

A reply has at most 100 lines and 8 KiB and one deadline for all of it. Gives code and text; does not say what
follows.
"""

import re
import socket
import time
from dataclasses import dataclass

from mailbridge.domain.reply import EnhancedStatus

_MAX_REPLY_OCTETS = 8192
_MAX_REPLY_LINES = 100
_LINE = re.compile(rb"([2-5][0-9]{2})(?:([ -])(.*))?", re.DOTALL)
_STATUS = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})(?:\s|\Z)")
_RECEIVE_OCTETS = 4096


class Broken(Exception):
    """The connection can not be used any more; the text says why."""


@dataclass(frozen=True, slots=True)
class RemoteReply:
    """One whole reply."""

    code: int
    #: text of each line, printable ASCII
    lines: tuple[str, ...]

    @property
    def kind(self) -> int:
        """The first digit of the code."""
        return self.code // 100

    @property
    def text(self) -> str:
        """All lines as one."""
        return " ".join(self.lines)

    @property
    def status(self) -> EnhancedStatus:
        """RFC 2034 status where it is given and fits the code, else x.0.0."""
        found = _STATUS.match(self.lines[0])
        if found is None or int(found[1]) != self.kind:
            return EnhancedStatus(self.kind, 0, 0)
        return EnhancedStatus(int(found[1]), int(found[2]), int(found[3]))


class ReplyReader:
    """Reads replies from one socket; several may arrive in one packet (RFC 2920)."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._buffer = bytearray()

    @property
    def has_more(self) -> bool:
        """True when octets were received that no reply used."""
        return bool(self._buffer)

    def read(self, until: float) -> RemoteReply:
        """The next reply; `until` of time.monotonic. Raises Broken."""
        code, octets = 0, 0
        lines: list[str] = []
        while len(lines) < _MAX_REPLY_LINES:
            line = self._line(until, _MAX_REPLY_OCTETS - octets)
            octets += len(line)
            found = _LINE.fullmatch(line.rstrip(b"\r\n"))
            if found is None or code not in (0, int(found[1])):
                raise Broken("reply can not be read")
            code = int(found[1])
            lines.append(_printable(found[3] or b""))
            if found[2] != b"-":
                return RemoteReply(code, tuple(lines))
        raise Broken("reply has too many lines")

    def _line(self, until: float, room: int) -> bytes:
        start = 0
        while (end := self._buffer.find(b"\n", start)) < 0:
            start = len(self._buffer)
            if start > room:
                raise Broken("reply is too long")
            self._receive(until)
        if end >= room:
            raise Broken("reply is too long")
        line = bytes(self._buffer[: end + 1])
        del self._buffer[: end + 1]
        return line

    def _receive(self, until: float) -> None:
        remaining = until - time.monotonic()
        if remaining <= 0:
            raise Broken("no reply in time")
        try:
            self._sock.settimeout(remaining)
            octets = self._sock.recv(_RECEIVE_OCTETS)
        except TimeoutError:
            raise Broken("no reply in time") from None
        except OSError as why:
            raise Broken(f"connection lost ({why.strerror or type(why).__name__})") from why
        if not octets:
            raise Broken("connection closed")
        self._buffer += octets


def _printable(octets: bytes) -> str:
    """Text for a log or a table: no control characters, nothing that a terminal obeys."""
    return "".join(char if char.isprintable() else "?" for char in octets.decode("ascii", "replace"))
