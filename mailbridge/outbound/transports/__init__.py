"""Transports: how a signed mail leaves this machine. One row per kind; every kind passes tests/contracts/transport.

A transport makes one attempt and says what became of it. It does not retry later, sign, or touch the store.
"""

from datetime import timedelta
from typing import Protocol

from mailbridge.domain.address import RealAddress
from mailbridge.domain.delivery import Outcome
from mailbridge.outbound.transports.smtp import SmtpTransport


class Transport(Protocol):
    """What the worker calls, from several threads at once."""

    @property
    def attempt_limit(self) -> timedelta:
        """No attempt lasts longer than this."""
        ...

    def deliver(
        self, octets: bytes, *, reverse_path: str | None, forward_path: RealAddress, within: timedelta | None = None
    ) -> Outcome:
        """Make one attempt, no longer than `within`. Raises nothing for what the far side or the network does."""
        ...

    def close(self) -> None:
        """Let go of every idle connection; `deliver` may be called again all the same."""
        ...


#: every kind of transport there is
TRANSPORTS: tuple[type[Transport], ...] = (SmtpTransport,)
