"""The far end: takes every mail and keeps it with the time of its final dot. A process of its own.

It looks at nothing while a run goes on; what was delivered is worked out afterwards (`bench/measure.py`).
"""

import asyncio
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import cast

from typing_extensions import override

from bench.generator import run_loop


@dataclass(frozen=True, slots=True)
class Arrived:
    """One mail at the sink."""

    forward_paths: tuple[str, ...]
    #: dots still stuffed
    octets: bytes
    #: time.monotonic()
    at: float


def main(orders: Connection) -> None:
    """Tell the port, then answer "count" (how many arrived) and "take" (all of them, and forget) until None comes."""
    arrived: list[Arrived] = []

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Session(arrived), "127.0.0.1", 0, backlog=1024)
        orders.send(server.sockets[0].getsockname()[1])
        while True:
            while not orders.poll():
                await asyncio.sleep(0.02)
            match orders.recv():
                case "count":
                    orders.send(len(arrived))
                case "take":
                    orders.send(list(arrived))
                    arrived.clear()
                case _:
                    server.close()
                    return

    run_loop(serve)


_EHLO = b"250-sink.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE 104857600\r\n"


class _Session(asyncio.Protocol):
    """Says yes to everything, in order, pipelined or not."""

    def __init__(self, arrived: list[Arrived]) -> None:
        self._arrived = arrived
        self._buffer = bytearray()
        self._is_data = False
        self._searched = 0
        self._paths: list[str] = []

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)  # uvloop's is no subclass
        self._transport.write(b"220 sink.example ESMTP\r\n")

    @override
    def data_received(self, data: bytes) -> None:
        self._buffer += data
        answers = []
        while (line := self._next()) is not None:
            answers.append(self._dot(line) if self._is_data else self._command(line))
        if answers:
            self._transport.write(b"".join(answers))

    def _next(self) -> bytes | None:
        end = b"\r\n.\r\n" if self._is_data else b"\r\n"
        at = self._buffer.find(end, max(0, self._searched - 4))
        if at < 0:
            self._searched = len(self._buffer)
            return None
        line = bytes(self._buffer[:at])
        del self._buffer[: at + len(end)]
        self._searched = 0
        return line

    def _command(self, line: bytes) -> bytes:
        verb = line[:4].upper()
        if verb == b"EHLO":
            return _EHLO
        if verb == b"MAIL":
            self._paths = []
        elif verb == b"RCPT":
            self._paths.append(line.partition(b"<")[2].partition(b">")[0].decode())
        elif verb == b"DATA":
            self._is_data = True
            return b"354 go on\r\n"
        elif verb == b"QUIT":
            asyncio.get_running_loop().call_soon(self._transport.close)
            return b"221 2.0.0 bye\r\n"
        return b"250 2.0.0 ok\r\n"

    def _dot(self, octets: bytes) -> bytes:
        self._is_data = False
        self._arrived.append(Arrived(tuple(self._paths), octets + b"\r\n", time.monotonic()))
        return b"250 2.0.0 ok\r\n"
