"""Admission: how many connections one client, one network and all together may hold (T-12).

Counts open connections; knows nothing of what is said on them.
"""

import ipaddress
from collections import Counter

from mailbridge.inbound.limits import Limits


class Admission:
    """The open connections, counted."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._addresses: Counter[str] = Counter()
        self._networks: Counter[str] = Counter()
        #: open connections
        self.count = 0

    def enter(self, ip: str | None, *, is_exempt: bool) -> bool:
        """Count a new connection; False when it would be one too many, and then it is not counted."""
        if is_exempt or ip is None:
            if self.count >= self._limits.connections:
                return False
            self.count += 1
            return True
        network = network_of(ip)
        if (
            self.count >= self._limits.connections - self._limits.connections_kept_for_fronts
            or self._addresses[ip] >= self._limits.connections_per_address
            or self._networks[network] >= self._limits.connections_per_network
        ):
            return False
        self.count += 1
        self._addresses[ip] += 1
        self._networks[network] += 1
        return True

    def leave(self, ip: str | None, *, is_exempt: bool) -> None:
        """Give back what `enter` took."""
        self.count -= 1
        if is_exempt or ip is None:
            return
        for counter, key in ((self._addresses, ip), (self._networks, network_of(ip))):
            counter[key] -= 1
            if not counter[key]:
                del counter[key]

    @property
    def is_stressed(self) -> bool:
        """True when four fifths of all connections are taken."""
        return self.count * 5 >= self._limits.connections * 4


def network_of(ip: str) -> str:
    """The /24 or /64 that an address stands in."""
    prefix = 24 if ":" not in ip else 64
    return str(ipaddress.ip_network(f"{ip}/{prefix}", strict=False))
