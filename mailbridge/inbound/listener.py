"""Listener: the SMTP and LMTP sockets in an event loop on a thread of its own.

Binds, accepts, looks at deadlines, stops cleanly (F-07). What is said there is in `smtp.py` and `dialogue.py`.
"""

import asyncio
import contextlib
import functools
import socket
import threading
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import uvloop

from mailbridge.inbound.entrance import Entrance
from mailbridge.inbound.hall import Hall
from mailbridge.inbound.limits import Bind, DoorSettings, Flavour
from mailbridge.inbound.smtp import Conversation

_BACKLOG = 512


class Listener:
    """Takes mail by SMTP and LMTP until it is stopped. `start` and `stop` may be called from any thread, once each."""

    def __init__(self, entrance: Entrance, settings: DoorSettings) -> None:
        self._entrance = entrance
        self._settings = settings
        self._loop = uvloop.new_event_loop()
        self._hall = Hall(entrance, settings, self._loop)
        self._servers: list[asyncio.AbstractServer] = []
        #: what `start` bound, for processes that shall listen there too
        self.sockets: list[tuple[Bind, socket.socket]] = []
        #: where it listens, in the order of `start`: the file of a UNIX socket, or host and port
        self.places: tuple[tuple[Flavour, str | tuple[str, int]], ...] = ()
        self._thread = threading.Thread(target=self._run, name="mailbridge-listener", daemon=True)
        self._is_over = False

    def start(self, binds: Sequence[Bind]) -> None:
        """Bind and listen; returns when connections are taken. OSError: an address can not be had."""
        try:
            for bind in binds:
                bound = _bound(bind)
                self.sockets.append((bind, bound))
                if bound.family != socket.AF_UNIX:
                    # Inherited by accepted sockets: Nagle would hold back replies (performance.md, "Traps").
                    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError:
            self._close_unused()
            raise
        self.places = tuple((bind.flavour, _place_of(bound)) for bind, bound in self.sockets)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()

    @property
    def connections(self) -> int:
        """Open connections."""
        return self._hall.admission.count

    def stop(self, grace: timedelta) -> bool:
        """Take no more, let running transactions end, cut the rest after `grace`. False: a call still runs."""
        end = time.monotonic() + grace.total_seconds()
        if self._thread.is_alive() and not self._is_over:
            self._is_over = True
            asyncio.run_coroutine_threadsafe(self._wind_up(end), self._loop).result()
            finished = self._hall.pool.stop(end - time.monotonic())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            return finished
        self._close_unused()
        return True

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
        finally:
            self._loop.run_until_complete(_end_tasks(self._loop))
            self._loop.close()

    async def _listen(self) -> None:
        for bind, bound in self.sockets:
            make = functools.partial(Conversation, self._hall, bind)
            if bound.family == socket.AF_UNIX:
                server = await self._loop.create_unix_server(make, sock=bound, backlog=_BACKLOG)
            else:
                server = await self._loop.create_server(make, sock=bound, backlog=_BACKLOG)
            self._servers.append(server)
        self._sweep()

    def _sweep(self) -> None:
        for conversation in tuple(self._hall.conversations):
            conversation.look_at_clock()
        self._loop.call_later(self._settings.limits.sweep_interval.total_seconds(), self._sweep)

    async def _wind_up(self, end: float) -> None:
        self._hall.is_stopping = True
        for server in self._servers:
            server.close()
        for bind, _ in self.sockets:
            if bind.path is not None:
                with contextlib.suppress(FileNotFoundError):
                    Path(bind.path).unlink()
        for conversation in tuple(self._hall.conversations):
            conversation.stop_soon()
        while self._hall.conversations and time.monotonic() < end:
            await asyncio.sleep(0.01)
        for conversation in tuple(self._hall.conversations):
            conversation.cut()

    def _close_unused(self) -> None:
        for _, bound in self.sockets:
            bound.close()
        self.sockets.clear()


async def _end_tasks(loop: asyncio.AbstractEventLoop) -> None:
    tasks = [task for task in asyncio.all_tasks(loop) if task is not asyncio.current_task()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _bound(bind: Bind) -> socket.socket:
    if bind.bound is not None:
        return bind.bound
    if bind.path is not None:
        # A file left by a killed process; a second server is kept out by its own lock, not by this file.
        with contextlib.suppress(FileNotFoundError):
            Path(bind.path).unlink()
        return _bound_to(bind.path, socket.AF_UNIX, 0)
    if bind.address is None:
        raise ValueError("a Bind is an address, a path or a socket")
    found = socket.getaddrinfo(*bind.address, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, _, protocol, _, address = found[0]
    return _bound_to(address, family, protocol)


def _bound_to(address: str | tuple[object, ...], family: socket.AddressFamily, protocol: int) -> socket.socket:
    bound = socket.socket(family, socket.SOCK_STREAM, protocol)
    try:
        if family != socket.AF_UNIX:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        bound.bind(address)
    except OSError:
        bound.close()
        raise
    return bound


def _place_of(bound: socket.socket) -> str | tuple[str, int]:
    name = bound.getsockname()
    return name if isinstance(name, str) else (name[0], name[1])
