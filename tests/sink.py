"""A smarthost on loopback that records every mail and misbehaves by script.

`Sink` is the package's mailbox catcher with a script: `script("rcpt", Say(b"451 4.7.1 later"), times=2)` says that
twice, then behaves again. It can say anything, say it slowly or in pieces, fall silent, or cut the line at any
moment. TLS and AUTH are spoken where `tls` and `accounts` are given.
"""

import base64
import ssl
import threading
from collections import deque
from dataclasses import dataclass, field
from typing import Literal

from typing_extensions import override

from mailbridge.outbound.catcher import Catcher, Session

Moment = Literal["connect", "ehlo", "helo", "mail", "rcpt", "data", "dot", "rset", "quit", "starttls", "auth", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """What happens at a moment."""

    #: sent as it is (a CRLF is added where no line end is); b"" sends nothing and goes on
    octets: bytes = b""
    #: then the line is cut
    cuts: bool = False
    #: waits until `Sink.release` or the end of the sink before it says it
    waits: bool = False
    #: the octets go out one by one, with this pause
    pause_s: float = 0.0


def say(octets: bytes) -> Say:
    """Say something else than usual."""
    return Say(octets=octets)


CUT = Say(cuts=True)
SILENT = Say(waits=True, cuts=True)


@dataclass(slots=True)
class _Script:
    lock: threading.Lock = field(default_factory=threading.Lock)
    lines: dict[str, deque[Say]] = field(default_factory=dict)

    def next(self, moment: str) -> Say | None:
        with self.lock:
            waiting = self.lines.get(moment)
            return waiting.popleft() if waiting else None


class Sink(Catcher):
    """Use as a context manager."""

    def __init__(
        self,
        *,
        features: tuple[bytes, ...] | None = None,
        tls: ssl.SSLContext | None = None,
        implicit_tls: bool = False,
        accounts: dict[str, str] | None = None,
    ) -> None:
        usual = (b"PIPELINING", b"SIZE 67108864", b"8BITMIME", b"SMTPUTF8")
        super().__init__(features=usual if features is None else features, session=_SinkSession)
        self.tls = tls
        self.implicit_tls = implicit_tls
        self.accounts = accounts or {}
        self.commands: list[tuple[int, bytes]] = []
        self.released = threading.Event()
        self._script = _Script()

    def script(self, moment: Moment, what: Say, *, times: int = 1) -> None:
        """At the next `times` such moments, do this."""
        with self._script.lock:
            self._script.lines.setdefault(moment, deque()).extend([what] * times)

    def next_line(self, moment: str) -> Say | None:
        """What the script wants now."""
        return self._script.next(moment)

    def release(self) -> None:
        """End every wait."""
        self.released.set()

    @override
    def stop(self) -> None:
        self.release()
        super().stop()


class _SinkSession(Session):
    is_encrypted = False
    user: str | None = None

    @property
    def sink(self) -> Sink:
        assert isinstance(self.server.catcher, Sink)
        return self.server.catcher

    @override
    def setup(self) -> None:
        super().setup()
        if self.sink.implicit_tls:
            self._encrypt()

    @override
    def read_line(self) -> bytes | None:
        line = super().read_line()
        if line is not None:
            self.sink.commands.append((self.number, line))
        return line

    @override
    def answer(self, moment: str, usual: bytes) -> bytes | None:
        planned = self.sink.next_line(moment)
        if planned is None:
            return usual
        if planned.waits:
            self.sink.released.wait(30)
        octets = planned.octets
        if octets and planned.pause_s:
            self._dribble(octets + b"\r\n", planned.pause_s)
            octets = b""
        if planned.cuts:
            if octets:
                self.sock.sendall(octets)
            return None
        return octets

    def _dribble(self, octets: bytes, pause_s: float) -> None:
        for number in range(len(octets)):
            if self.sink.released.wait(pause_s):
                return
            self.sock.sendall(octets[number : number + 1])

    @override
    def hello(self) -> bytes:
        usual = super().hello().rstrip(b"\r\n").split(b"\r\n")
        lines = [line[4:] for line in usual]
        if self.sink.tls is not None and not self.is_encrypted and not self.sink.implicit_tls:
            lines.append(b"STARTTLS")
        if self.sink.accounts and not any(line.startswith(b"AUTH") for line in lines):
            lines.append(b"AUTH PLAIN LOGIN")
        return b"".join(
            b"250%s%s\r\n" % (b" " if place == len(lines) else b"-", line) for place, line in enumerate(lines, 1)
        )

    @override
    def other(self, verb: bytes, line: bytes) -> None:
        if verb == b"STARTTLS" and self.sink.tls is not None:
            if (self.say("starttls", b"220 2.0.0 go ahead") or b"").startswith(b"220"):
                self._encrypt()
        elif verb == b"AUTH":
            self._auth(line.split(b" "))
        else:
            super().other(verb, line)

    def _encrypt(self) -> None:
        assert self.sink.tls is not None
        self.buffer.clear()
        try:
            self.sock = self.sink.tls.wrap_socket(self.sock, server_side=True)
        except OSError:
            self.is_open = False
            raise
        self.is_encrypted = True

    @override
    def finish(self) -> None:
        super().finish()
        self.sock.close()

    def _auth(self, words: list[bytes]) -> None:
        if words[1].upper() == b"PLAIN":
            _, user, password = base64.b64decode(words[2]).decode().split("\0")
        else:
            self.say("auth", b"334 VXNlcm5hbWU6")
            user = base64.b64decode(self.read_line() or b"").decode()
            self.say("auth", b"334 UGFzc3dvcmQ6")
            password = base64.b64decode(self.read_line() or b"").decode()
        is_right = self.sink.accounts.get(user) == password
        self.user = user if is_right else None
        self.say("auth", b"235 2.7.0 welcome" if is_right else b"535 5.7.8 wrong")
