"""A listener with a path that the test writes, and a client that says exactly the octets it is told to say.

The client shares no code with `mailbridge`. Reads have a deadline, so that a silent server fails a test.
"""

import itertools
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Self

from mailbridge.domain.envelope import Envelope
from mailbridge.domain.ids import QueueId
from mailbridge.domain.reply import ACCEPTED, ALIAS_UNKNOWN, RECIPIENT_OK, Reply
from mailbridge.inbound.entrance import Entrance
from mailbridge.inbound.limits import Bind, DoorSettings, Flavour, Limits
from mailbridge.inbound.listener import Listener

HOSTNAME = "mx.market.example"
PATIENCE_SECONDS = 20
MESSAGE = b"Subject: hello\r\n\r\nHello\r\n"


class Path:
    """The path behind the door: takes everything for aliases that begin with `a`, keeps what it was given."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.faults: list[BaseException] = []
        self.asked: list[str] = []
        self.receive: Callable[[Envelope], tuple[Reply, ...]] = lambda envelope: (
            (ACCEPTED,) * len(envelope.forward_paths)
        )
        self.admit: Callable[[str], Reply] = lambda path: (
            RECIPIENT_OK if path.lower().startswith("a") else ALIAS_UNKNOWN
        )
        self._numbers = itertools.count(1)

    def _receive(self, envelope: Envelope) -> tuple[Reply, ...]:
        replies = self.receive(envelope)
        self.envelopes.append(envelope)
        return replies

    def _admit(self, forward_path: str) -> Reply:
        self.asked.append(forward_path)
        return self.admit(forward_path)

    @property
    def contents(self) -> list[bytes]:
        """The octets of every mail taken."""
        return [envelope.content for envelope in self.envelopes]

    def entrance(self) -> Entrance:
        """What the door is given."""
        return Entrance(
            receive=self._receive,
            admit=self._admit,
            fold=lambda replies: next((reply for reply in replies if reply.is_positive), replies[0]),
            new_queue_id=lambda: QueueId(f"q{next(self._numbers)}"),
            clock=lambda: datetime.now(UTC),
            on_fault=self.faults.append,
        )


def settings_of(limits: Limits | None = None, **fields: object) -> DoorSettings:
    """Settings for a door of the test market; deadlines are looked at often."""
    values: dict[str, object] = {
        "hostname": HOSTNAME,
        "postmaster": "a-postmaster@market.example",
        "limits": limits or limits_of(),
    }
    return DoorSettings(**{**values, **fields})  # type: ignore[arg-type]  # fields by name, checked by the dataclass


def limits_of(**fields: object) -> Limits:
    """Limits with a quick sweep."""
    return Limits(**{"sweep_interval": timedelta(milliseconds=20), **fields})  # type: ignore[arg-type]  # as above


@contextmanager
def open_door(
    path: Path, settings: DoorSettings | None = None, *binds: Bind, grace: timedelta = timedelta(seconds=5)
) -> Iterator[Listener]:
    """A running listener, stopped at the end."""
    listener = Listener(path.entrance(), settings or settings_of())
    listener.start(binds or (Bind(flavour=Flavour.SMTP, address=("127.0.0.1", 0)),))
    try:
        yield listener
    finally:
        listener.stop(grace)


class Client:
    """One connection to a listener."""

    def __init__(self, listener: Listener, place: int = 0, source: str = "127.0.0.1") -> None:
        where = listener.places[place][1]
        if isinstance(where, str):
            self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.socket.settimeout(PATIENCE_SECONDS)
            self.socket.connect(where)
        else:
            self.socket = socket.create_connection(where, PATIENCE_SECONDS, source_address=(source, 0))
        self._buffer = b""

    def send(self, octets: bytes) -> None:
        """Say exactly this."""
        self.socket.sendall(octets)

    def line(self) -> str:
        """The next line of the server; "" when it closed."""
        while b"\r\n" not in self._buffer:
            try:
                octets = self.socket.recv(65536)
            except ConnectionResetError:
                octets = b""
            if not octets:
                rest, self._buffer = self._buffer, b""
                return rest.decode()
            self._buffer += octets
        line, _, self._buffer = self._buffer.partition(b"\r\n")
        return line.decode()

    def reply(self) -> str:
        """The next reply, its lines joined with newlines; "" when the server closed."""
        lines = [self.line()]
        while lines[-1][3:4] == "-":
            lines.append(self.line())
        return "\n".join(lines)

    def ask(self, *commands: str) -> str:
        """Say the commands one after the other; the reply to the last."""
        reply = ""
        for command in commands:
            self.send(command.encode() + b"\r\n")
            reply = self.reply()
        return reply

    def greet(self, verb: str = "EHLO") -> "Client":
        """Hear the banner and say who we are."""
        assert self.reply().startswith("220 ")
        assert self.ask(f"{verb} client.buyer.example").startswith("250")
        return self

    def to_data(self, *forward_paths: str, reverse_path: str = "buyer@mail.example") -> "Client":
        """From a greeted session to 354."""
        assert self.ask(f"MAIL FROM:<{reverse_path}>").startswith("250")
        for forward_path in forward_paths or ("a1@market.example",):
            assert self.ask(f"RCPT TO:<{forward_path}>").startswith("250")
        assert self.ask("DATA").startswith("354")
        return self

    def has_closed(self) -> bool:
        """True when the server closes without another word."""
        return self.line() == ""

    def reset(self) -> None:
        """Close with RST."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()
