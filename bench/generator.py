"""The load generator: hands prepared mail to a relay, as fast as it takes it or at a fixed rate. A process of its own.

One mail per connection, as mail from many servers comes. A mail's clock starts with its connection; in a paced run,
with the moment it was due, so that a relay which makes us wait is not flattered.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any, cast

from typing_extensions import override

_SESSION_S = 60.0


@dataclass(frozen=True, slots=True)
class Post:
    """One mail to hand over."""

    #: what the sink knows it by
    token: str
    reverse_path: str
    forward_path: str
    #: CRLF, dots stuffed, without the final dot
    stuffed: bytes


@dataclass(frozen=True, slots=True)
class Order:
    """One run: what to hand over, where, how."""

    port: int
    posts: list[Post]
    concurrency: int
    #: mails per second; 0: as fast as they are taken
    rate: float = 0.0


@dataclass(slots=True)
class Handed:
    """What came of a run. Times are time.monotonic()."""

    started: float
    #: token -> (clock start, time of the 250)
    accepted: dict[str, tuple[float, float]] = field(default_factory=dict)
    #: what was answered instead of 250
    refused: list[str] = field(default_factory=list)


def run_loop(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run on uvloop where it is installed."""
    try:
        import uvloop
    except ImportError:
        asyncio.run(work())
    else:
        uvloop.run(work())


def main(orders: Connection) -> None:
    """Carry out orders until None comes."""

    async def serve() -> None:
        while (order := orders.recv()) is not None:
            orders.send(await _carry_out(order))

    run_loop(serve)


async def _carry_out(order: Order) -> Handed:
    loop = asyncio.get_running_loop()
    handed = Handed(started=time.monotonic())
    waiting = iter(order.posts)

    async def one_sender() -> None:
        for post in waiting:
            await _hand_over(post, time.monotonic(), order, handed)

    if not order.rate:
        await asyncio.gather(*(one_sender() for _ in range(min(order.concurrency, len(order.posts)))))
        return handed
    begin, tasks = loop.time() + 0.05, []
    offset = time.monotonic() - loop.time()
    for number, post in enumerate(order.posts):
        due = begin + number / order.rate
        await asyncio.sleep(max(0.0, due - loop.time()))
        tasks.append(loop.create_task(_hand_over(post, due + offset, order, handed)))
    await asyncio.gather(*tasks)
    return handed


async def _hand_over(post: Post, clock_start: float, order: Order, handed: Handed) -> None:
    done: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
    try:
        await asyncio.get_running_loop().create_connection(lambda: _Session(post, done), "127.0.0.1", order.port)
    except OSError as error:
        handed.refused.append(f"connect: {error}")
        return
    try:
        answer = await asyncio.wait_for(done, _SESSION_S)
    except TimeoutError:
        answer = f"no answer within {_SESSION_S:g} s"
    if answer is None:
        handed.accepted[post.token] = (clock_start, time.monotonic())
    else:
        handed.refused.append(answer)


class _Session(asyncio.Protocol):
    """EHLO, MAIL, RCPT, DATA, dot, QUIT, each after the answer to the one before."""

    def __init__(self, post: Post, done: "asyncio.Future[str | None]") -> None:
        self._done = done
        self._buffer = b""
        self._steps = iter(
            (
                b"EHLO load.example\r\n",
                b"MAIL FROM:<%s>\r\n" % post.reverse_path.encode(),
                b"RCPT TO:<%s>\r\n" % post.forward_path.encode(),
                b"DATA\r\n",
                post.stuffed + b".\r\n",
            )
        )

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)  # uvloop's is no subclass

    @override
    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while b"\n" in self._buffer:
            line, _, self._buffer = self._buffer.partition(b"\n")
            if line[3:4] != b"-":
                self._answered(line)

    def _answered(self, line: bytes) -> None:
        if self._done.done():
            self._transport.close()
            return
        if line[:1] not in (b"2", b"3"):
            self._end(line.decode("latin-1").strip())
            return
        step = next(self._steps, None)
        if step is None:
            self._end(None)
        else:
            self._transport.write(step)

    def _end(self, answer: str | None) -> None:
        self._done.set_result(answer)
        self._transport.write(b"QUIT\r\n")

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        if not self._done.done():
            self._done.set_result(f"connection lost: {exc!r}")
