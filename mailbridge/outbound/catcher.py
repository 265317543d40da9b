"""A mailbox catcher: an SMTP server that takes every mail, keeps it, and sends nothing on (RFC 5321, RFC 2920).

For `mailbridge demo`, so that both sides of the conversation can be shown without a mail server, and as the
well-behaved ground of the tests' sink. Binds loopback, keeps mails in memory. Is no mail server: no queue, no AUTH,
no TLS, no limits worth the name but the size of a line and of a message.
"""

import re
import socket
import socketserver
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from typing_extensions import override

_MAX_LINE_OCTETS = 4096
_MAX_MESSAGE_OCTETS = 64 * 1024 * 1024
_PATH = re.compile(rb"<([^>\r\n]*)>")
_IDLE_S = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaughtMail:
    """One mail as it was handed over."""

    #: addr-spec of MAIL FROM; None is the null reverse-path
    reverse_path: str | None
    #: addr-specs of RCPT TO
    forward_paths: tuple[str, ...]
    #: the message without dot-stuffing
    content: bytes
    #: the octets of DATA as they came, with dot-stuffing and the final dot
    raw: bytes
    #: which connection it came over, counted from 1
    connection: int


class Session(socketserver.BaseRequestHandler):
    """One connection. A test overrides `answer` to misbehave."""

    server: "_Server"

    def answer(self, moment: str, usual: bytes) -> bytes | None:
        """The reply to send at `moment` (connect, ehlo, mail, rcpt, data, dot, ...); None ends the connection."""
        del moment
        return usual

    @override
    def setup(self) -> None:
        self.sock: socket.socket = self.request
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock.settimeout(_IDLE_S)
        self.buffer = bytearray()
        self.number = self.server.catcher.count_connection()
        self.is_open = True
        self._forget()

    def _forget(self) -> None:
        self.reverse_path: str | None = None
        self.has_reverse_path = False
        self.forward_paths: list[str] = []

    @override
    def handle(self) -> None:
        try:
            self.say("connect", b"220 %s ESMTP" % self.server.catcher.hostname)
            while self.is_open:
                line = self.read_line()
                if line is None:
                    return
                self._obey(line)
        except OSError:
            return  # the client is gone; it knows by now

    def say(self, moment: str, usual: bytes) -> bytes | None:
        """Send the answer of this moment; None when the connection was ended instead."""
        reply = self.answer(moment, usual)
        if reply is None:
            self.is_open = False
        elif reply:
            self.sock.sendall(reply if reply.endswith(b"\n") else reply + b"\r\n")
        return reply

    def read_line(self) -> bytes | None:
        """One command line without its end; None when the client is gone or does not stop."""
        while (end := self.buffer.find(b"\n")) < 0:
            if len(self.buffer) > _MAX_LINE_OCTETS or not self._receive():
                return None
        line = bytes(self.buffer[:end]).rstrip(b"\r")
        del self.buffer[: end + 1]
        return line

    def _receive(self) -> bool:
        octets = self.sock.recv(65536)
        self.buffer += octets
        return bool(octets)

    def _obey(self, line: bytes) -> None:
        verb = line.split(b" ", 1)[0].upper()
        match verb:
            case b"EHLO":
                self.say("ehlo", self.hello())
            case b"HELO":
                self.say("helo", b"250 %s" % self.server.catcher.hostname)
            case b"MAIL":
                self._mail(line)
            case b"RCPT":
                self._rcpt(line)
            case b"DATA":
                self._data()
            case b"RSET":
                self._forget()
                self.say("rset", b"250 2.0.0 OK")
            case b"QUIT":
                self.say("quit", b"221 2.0.0 Bye")
                self.is_open = False
            case _:
                self.other(verb, line)

    def hello(self) -> bytes:
        """The reply to EHLO."""
        lines = (self.server.catcher.hostname, *self.server.catcher.features)
        return b"".join(b"250%s%s\r\n" % (b" " if line is lines[-1] else b"-", line) for line in lines)

    def other(self, verb: bytes, line: bytes) -> None:
        """Any other command."""
        del verb, line
        self.say("other", b"250 2.0.0 OK" if self.has_reverse_path else b"502 5.5.1 Not implemented")

    def _mail(self, line: bytes) -> None:
        found = _PATH.search(line)
        reply = self.say("mail", b"250 2.1.0 OK" if found else b"501 5.5.4 Syntax error")
        if found and _is_positive(reply):
            self._forget()
            self.has_reverse_path = True
            self.reverse_path = found[1].decode("utf-8", "replace") or None

    def _rcpt(self, line: bytes) -> None:
        found = _PATH.search(line)
        usual = b"250 2.1.5 OK" if found and self.has_reverse_path else b"503 5.5.1 MAIL first"
        if _is_positive(self.say("rcpt", usual)) and found:
            self.forward_paths.append(found[1].decode("utf-8", "replace"))

    def _data(self) -> None:
        usual = b"354 End data with <CR><LF>.<CR><LF>" if self.forward_paths else b"554 5.5.1 No valid recipients"
        reply = self.say("data", usual)
        if reply is None or not reply.startswith(b"354"):
            return
        raw = self._read_message()
        if raw is None:
            self.is_open = False
            return
        mail = CaughtMail(
            reverse_path=self.reverse_path,
            forward_paths=tuple(self.forward_paths),
            content=(b"\r\n" + raw[:-3]).replace(b"\r\n..", b"\r\n.")[2:],
            raw=raw,
            connection=self.number,
        )
        self._forget()
        self.take(mail)

    def take(self, mail: CaughtMail) -> None:
        """Keep the mail, then say so."""
        number = self.server.catcher.keep(mail)
        self.say("dot", b"250 2.0.0 Ok: queued as CATCH%06d" % number)

    def _read_message(self) -> bytes | None:
        """Octets up to and with the final dot; None when the client is gone."""
        searched = 0
        while (end := _end_of_message(self.buffer, searched)) == 0:
            searched = max(0, len(self.buffer) - 4)
            if len(self.buffer) > _MAX_MESSAGE_OCTETS or not self._receive():
                return None
        raw = bytes(self.buffer[:end])
        del self.buffer[:end]
        return raw


def _end_of_message(buffer: bytearray, searched: int) -> int:
    """Where the message ends, after its final dot; 0 while it goes on."""
    if buffer.startswith(b".\r\n"):
        return 3
    found = buffer.find(b"\r\n.\r\n", searched)
    return found + 5 if found >= 0 else 0


def _is_positive(reply: bytes | None) -> bool:
    return reply is not None and reply.startswith(b"2")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128
    catcher: "Catcher"


class Catcher:
    """Use as a context manager, or `start()` and `stop()`. `port` is known as soon as it is made."""

    def __init__(
        self,
        *,
        port: int = 0,
        on_mail: Callable[[CaughtMail], None] | None = None,
        features: tuple[bytes, ...] = (
            b"PIPELINING",
            b"SIZE 67108864",
            b"8BITMIME",
            b"SMTPUTF8",
            b"ENHANCEDSTATUSCODES",
        ),
        session: type[Session] = Session,
    ) -> None:
        self.hostname = b"catcher.test"
        self.features = features
        self._on_mail = on_mail
        self._arrived = threading.Condition()
        self._mails: list[CaughtMail] = []
        self._connections = 0
        self._server = _Server(("127.0.0.1", port), session)
        self._server.catcher = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, name="catcher", daemon=True
        )

    @property
    def port(self) -> int:
        """Where it listens, on 127.0.0.1."""
        return int(self._server.server_address[1])

    @property
    def mails(self) -> tuple[CaughtMail, ...]:
        """All mails so far, in order of arrival."""
        with self._arrived:
            return tuple(self._mails)

    @property
    def connections(self) -> int:
        """How many connections there were."""
        with self._arrived:
            return self._connections

    def wait_for(self, count: int, *, timeout_s: float = 10.0) -> tuple[CaughtMail, ...]:
        """All mails, as soon as there are `count`. Raises TimeoutError."""
        with self._arrived:
            if not self._arrived.wait_for(lambda: len(self._mails) >= count, timeout_s):
                raise TimeoutError(f"{len(self._mails)} mails of {count} arrived")
            return tuple(self._mails)

    def keep(self, mail: CaughtMail) -> int:
        """Keep one mail; its number, counted from 1."""
        with self._arrived:
            self._mails.append(mail)
            number = len(self._mails)
            self._arrived.notify_all()
        if self._on_mail is not None:
            self._on_mail(mail)
        return number

    def count_connection(self) -> int:
        """The number of a new connection."""
        with self._arrived:
            self._connections += 1
            return self._connections

    def start(self) -> None:
        """Begin to take mail."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening; open connections end with the process or their client."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
