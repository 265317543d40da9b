"""The recording sink: an SMTP server that keeps everything it took, and misbehaves by script (threats.md, section 3).

It runs in a thread of its own with its own event loop. What it says 2yz to after the final dot is in `taken`; what came
in whole but was refused or cut off is in `spilled`: a crash test needs both, for the bridge can not know of the second.
"""

import asyncio
import enum
import threading
import time
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from typing_extensions import override

from tests.peers.processes import wait_until

_EHLO = b"250-sink.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE 52428800\r\n"


class Stage(enum.Enum):
    """Where in the session."""

    GREETING = "greeting"
    EHLO = "EHLO"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    #: the final dot was read
    DOT = "dot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said instead of yes; None closes the connection without a word."""

    octets: bytes | None
    #: seconds before it is said
    after_s: float = 0.0
    #: at the dot: the mail counts as taken although the answer never comes (F-29)
    takes: bool = False


CLOSE = Answer(octets=None)
TAKE_AND_CLOSE = Answer(octets=None, takes=True)


def reply(text: str, *, after_s: float = 0.0) -> Answer:
    """One reply line."""
    return Answer(octets=text.encode() + b"\r\n", after_s=after_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One mail as it came in."""

    reverse_path: str
    forward_paths: tuple[str, ...]
    #: CRLF, dot-stuffing undone
    octets: bytes
    #: time.monotonic() when the final dot was read
    at: float


class Sink:
    """A context manager; `port` is known after the start."""

    def __init__(self, *, port: int = 0) -> None:
        self.port = port
        self.taken: list[Taken] = []
        self.spilled: list[Taken] = []
        self.connections = 0
        self._script: dict[Stage, deque[Answer]] = {stage: deque() for stage in Stage}
        self._always: dict[Stage, Answer] = {}
        self._loop = asyncio.new_event_loop()
        self._thread: threading.Thread | None = None
        self._sessions: set[_Session] = set()

    def script(self, stage: Stage, *answers: Answer) -> None:
        """The next times this stage is reached, these answers are given, then all is well again."""
        self._script[stage].extend(answers)

    def always(self, stage: Stage, answer: Answer | None) -> None:
        """Give this answer each time, until told None."""
        if answer is None:
            self._always.pop(stage, None)
        else:
            self._always[stage] = answer

    def wait_for(self, count: int, *, within_s: float = 30.0) -> list[Taken]:
        """Wait until `count` mails were taken and return all of them."""
        wait_until(
            lambda: len(self.taken) >= count,
            f"{count} mails in the sink, {len(self.taken)} are there",
            within_s=within_s,
        )
        return list(self.taken)

    def start(self) -> None:
        """Listen, on the same port again after a stop."""
        listening: Future[int] = Future()
        self._thread = threading.Thread(target=self._run, args=(listening,), daemon=True)
        self._thread.start()
        self.port = listening.result(10)

    def stop(self) -> None:
        """Close all connections and stop listening."""
        if self._thread is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(10)
            self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._loop.close()

    def _run(self, listening: "Future[int]") -> None:
        server = self._loop.run_until_complete(
            self._loop.create_server(lambda: _Session(self), "127.0.0.1", self.port, backlog=512)
        )
        listening.set_result(server.sockets[0].getsockname()[1])
        self._loop.run_forever()
        server.close()
        for session in tuple(self._sessions):
            session.abort()
        # Let the transports say their connection_lost before the loop is left.
        self._loop.run_until_complete(asyncio.sleep(0))

    def answer_for(self, stage: Stage) -> Answer | None:
        """The scripted answer for this stage, if one is due."""
        return self._script[stage].popleft() if self._script[stage] else self._always.get(stage)

    def entered(self, session: "_Session") -> None:
        """A connection began."""
        self.connections += 1
        self._sessions.add(session)

    def left(self, session: "_Session") -> None:
        """A connection ended."""
        self._sessions.discard(session)


class _Session(asyncio.Protocol):
    """One connection. Commands are answered one by one, in order, also when they are pipelined."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._buffer = bytearray()
        self._in_data = False
        self._is_waiting = False
        self._reverse_path = ""
        self._forward_paths: list[str] = []

    def abort(self) -> None:
        self._transport.abort()

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._sink.entered(self)
        self._say(Stage.GREETING, b"220 sink.example ESMTP\r\n")

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._sink.left(self)

    @override
    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._advance()

    def _advance(self) -> None:
        while not self._is_waiting and not self._transport.is_closing():
            end = b"\r\n.\r\n" if self._in_data else b"\r\n"
            # A message without lines is its dot alone (RFC 5321 §4.1.1.4).
            if self._in_data and self._buffer.startswith(b".\r\n"):
                at, length = 0, 3
            else:
                at, length = self._buffer.find(end), len(end)
            if at < 0:
                return
            line = bytes(self._buffer[:at])
            del self._buffer[: at + length]
            if self._in_data:
                self._dot(line + b"\r\n" if line else b"")
            else:
                self._command(line)

    def _command(self, line: bytes) -> None:
        verb, _, rest = line.decode("utf-8", "replace").partition(" ")
        match verb.upper():
            case "EHLO" | "HELO":
                self._say(
                    Stage.EHLO,
                    _EHLO,
                )
            case "MAIL":
                self._reverse_path, self._forward_paths = _path(rest), []
                self._say(Stage.MAIL, b"250 2.1.0 ok\r\n")
            case "RCPT":
                if self._say(Stage.RCPT, b"250 2.1.5 ok\r\n"):
                    self._forward_paths.append(_path(rest))
            case "DATA":
                if not self._forward_paths:
                    self._transport.write(b"554 5.5.1 no valid recipients\r\n")
                else:
                    self._in_data = self._say(Stage.DATA, b"354 go on\r\n")
            case "QUIT":
                self._transport.write(b"221 2.0.0 bye\r\n")
                self._transport.close()
            case "RSET" | "NOOP" | "XFORWARD":
                self._transport.write(b"250 2.0.0 ok\r\n")
            case _:
                self._transport.write(b"502 5.5.2 no such command\r\n")

    def _dot(self, stuffed: bytes) -> None:
        octets = stuffed.replace(b"\r\n..", b"\r\n.")
        octets = octets[1:] if octets.startswith(b"..") else octets
        mail = Taken(
            reverse_path=self._reverse_path,
            forward_paths=tuple(self._forward_paths),
            octets=octets,
            at=time.monotonic(),
        )
        self._in_data = False
        answer = self._sink.answer_for(Stage.DOT)
        is_taken = answer is None or answer.takes or (answer.octets or b"").startswith(b"2")
        (self._sink.taken if is_taken else self._sink.spilled).append(mail)
        self._act(answer, b"250 2.0.0 ok queued as SINK%d\r\n" % len(self._sink.taken))

    def _say(self, stage: Stage, yes: bytes) -> bool:
        """Answer, by script or with `yes`; whether it was a yes."""
        answer = self._sink.answer_for(stage)
        self._act(answer, yes)
        return answer is None or (answer.octets or b"")[:1] in (b"2", b"3")

    def _act(self, answer: Answer | None, yes: bytes) -> None:
        if answer is None:
            self._transport.write(yes)
        elif answer.after_s:
            self._is_waiting = True
            self._loop_later(answer)
        else:
            self._finish(answer)

    def _loop_later(self, answer: Answer) -> None:
        asyncio.get_running_loop().call_later(answer.after_s, self._finish_late, answer)

    def _finish_late(self, answer: Answer) -> None:
        self._is_waiting = False
        self._finish(answer)
        self._advance()

    def _finish(self, answer: Answer) -> None:
        if answer.octets is None:
            self._transport.abort()
        else:
            self._transport.write(answer.octets)


def _path(argument: str) -> str:
    return argument.partition("<")[2].partition(">")[0]
