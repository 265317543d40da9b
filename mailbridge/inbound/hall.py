"""Hall: what all conversations of one listener share: the path, the threads, the counts, the certificate.

Lives on the event loop's thread. Calls the path on threads and turns whatever goes wrong there into replies (I7). Reads
no socket.
"""

import asyncio
import functools
import ssl
from typing import Protocol

from mailbridge import failpoints
from mailbridge.domain.envelope import Envelope
from mailbridge.domain.reply import TRY_AGAIN, Reply
from mailbridge.inbound.admission import Admission
from mailbridge.inbound.entrance import Entrance
from mailbridge.inbound.limits import DoorSettings
from mailbridge.inbound.pool import PoolIsFull, Raised, WorkPool


class OpenConversation(Protocol):
    """What the listener does with a connection."""

    def look_at_clock(self) -> None:
        """End what took too long."""

    def stop_soon(self) -> None:
        """End when nothing is going on."""

    def cut(self) -> None:
        """End now."""


class Hall:
    """Shared by all conversations of a listener."""

    def __init__(self, entrance: Entrance, settings: DoorSettings, loop: asyncio.AbstractEventLoop) -> None:
        self.entrance = entrance
        self.settings = settings
        self.loop = loop
        self.pool = WorkPool(threads=settings.limits.threads, waiting_calls=settings.limits.waiting_calls)
        self.admission = Admission(settings.limits)
        self.conversations: set[OpenConversation] = set()
        self.tls_context = _tls_context(settings)
        self.is_stopping = False
        #: whether an address belongs to a listed front, and whether it is counted; remembered, since clients come back
        self.is_front = functools.lru_cache(maxsize=4096)(settings.is_front)
        self.is_uncounted = functools.lru_cache(maxsize=4096)(settings.is_uncounted)

    async def admit(self, forward_path: str) -> Reply:
        """Ask the path about a recipient."""
        try:
            outcome = await self.pool.run(functools.partial(self.entrance.admit, forward_path), self.loop)
        except PoolIsFull:
            return TRY_AGAIN
        if isinstance(outcome, Raised):
            return self.entrance.fault(self.entrance.new_queue_id(), outcome.error)
        return outcome

    async def receive(self, envelope: Envelope) -> tuple[Reply, ...]:
        """Let the path take a message: one reply per forward-path, whatever happens there."""
        count = len(envelope.forward_paths)

        def call() -> tuple[Reply, ...]:
            failpoints.hit("smtp.before_receive")
            replies = self.entrance.receive(envelope)
            if len(replies) != count:
                raise ValueError(f"{len(replies)} replies for {count} forward-paths")
            return replies

        try:
            # Neither a client that goes away nor a cancelled task stops a commit that was begun (T-14).
            outcome = await asyncio.shield(self.pool.run(call, self.loop))
        except PoolIsFull:
            return (TRY_AGAIN,) * count
        if isinstance(outcome, Raised):
            return (self.entrance.fault(envelope.queue_id, outcome.error),) * count
        return outcome


def _tls_context(settings: DoorSettings) -> ssl.SSLContext | None:
    if settings.certificate is None:
        return None
    # 21 ms (performance.md, "Traps"): made once.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(*settings.certificate)
    return context
