"""Which smarthost takes a mail: the route that names the recipient's domain, else the one for all others.

A transport made of transports; it decides nothing else. MX look-ups belong to the smarthost (design.md D5).
"""

from collections.abc import Mapping
from datetime import timedelta

from mailbridge.domain.address import RealAddress
from mailbridge.domain.delivery import Outcome
from mailbridge.outbound.transports import Transport


class Routes:
    """Safe to share between threads, as its transports are."""

    def __init__(self, default: Transport, by_domain: Mapping[str, Transport]) -> None:
        self._default = default
        self._by_domain = dict(by_domain)

    @property
    def attempt_limit(self) -> timedelta:
        """The longest of its transports."""
        return max(transport.attempt_limit for transport in (self._default, *self._by_domain.values()))

    def deliver(
        self, octets: bytes, *, reverse_path: str | None, forward_path: RealAddress, within: timedelta | None = None
    ) -> Outcome:
        """Make one attempt through the route for this recipient."""
        transport = self._by_domain.get(forward_path.domain, self._default)
        return transport.deliver(octets, reverse_path=reverse_path, forward_path=forward_path, within=within)

    def close(self) -> None:
        """Let go of idle connections of every route."""
        for transport in {self._default, *self._by_domain.values()}:
            transport.close()
