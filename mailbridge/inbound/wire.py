"""Wire: octets in and out of one connection, with a bound on both sides.

What comes in waits in `buffer` and the transport is paused when too much does (I6); what goes out is gathered and sent
together (RFC 2920 §3.2). Knows no command, no time limit, no reply.
"""

import asyncio

#: above this the transport stops reading from the socket
_HIGH_WATER_OCTETS = 256 * 1024


class Wire:
    """Buffers of one connection; lives on the event loop's thread."""

    __slots__ = (
        "_is_paused",
        "_loop",
        "_out",
        "_readable",
        "_transport",
        "_writable",
        "buffer",
        "is_blocked",
        "is_ended",
        "is_lost",
    )

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._transport: asyncio.Transport | None = None
        self._out = bytearray()
        self._readable: asyncio.Future[None] | None = None
        self._writable: asyncio.Future[None] | None = None
        self._is_paused = False
        #: received and not yet taken
        self.buffer = bytearray()
        #: the client will send no more
        self.is_ended = False
        #: the connection is gone, nothing can be sent
        self.is_lost = False
        #: the client does not take what we send
        self.is_blocked = False

    def attach(self, transport: asyncio.Transport) -> None:
        """Use this transport: the first one, or the one inside TLS; nothing from before is kept (RFC 3207 §4.2)."""
        self._transport = transport
        self._is_paused = False
        self.buffer.clear()

    # --- told by the protocol ---

    def received(self, octets: bytes) -> None:
        """Octets came."""
        self.buffer += octets
        if len(self.buffer) > _HIGH_WATER_OCTETS and not self._is_paused and self._transport is not None:
            self._transport.pause_reading()
            self._is_paused = True
        _wake(self._readable)

    def ended(self) -> None:
        """The client closed its side."""
        self.is_ended = True
        _wake(self._readable)

    def lost(self) -> None:
        """The connection is gone."""
        self.is_lost = self.is_ended = True
        self._out.clear()
        _wake(self._readable)
        _wake(self._writable)

    def set_blocked(self, is_blocked: bool) -> None:  # noqa: FBT001 - one fact, told by two callbacks of asyncio
        """The transport's buffer is full, or has room again."""
        self.is_blocked = is_blocked
        if not is_blocked:
            _wake(self._writable)

    # --- asked by the conversation ---

    async def more(self) -> bool:
        """Wait until more octets stand in `buffer`; False when no more will come."""
        if self.is_ended:
            return False
        if self._is_paused and self._transport is not None:
            self._is_paused = False
            self._transport.resume_reading()
        had = len(self.buffer)
        self._readable = self._loop.create_future()
        try:
            await self._readable
        finally:
            self._readable = None
        return len(self.buffer) > had

    def write(self, octets: bytes) -> None:
        """Send these octets with the next `send`."""
        self._out += octets

    def send(self) -> None:
        """Hand over what was written."""
        if self._out and self._transport is not None and not self._transport.is_closing():
            self._transport.write(bytes(self._out))
        self._out.clear()

    async def taken(self) -> None:
        """Wait until the client took enough of what was sent: who does not read gets no more work done."""
        while self.is_blocked and not self.is_lost:
            self._writable = self._loop.create_future()
            try:
                await self._writable
            finally:
                self._writable = None


def _wake(waiting: "asyncio.Future[None] | None") -> None:
    if waiting is not None and not waiting.done():
        waiting.set_result(None)
