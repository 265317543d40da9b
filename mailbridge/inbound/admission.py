"""Admission: how many connections one client, one network and all together may hold (T-12).

Counts open connections; knows nothing of what is said on them.
"""

import ipaddress
import resource
import sys
from collections import Counter

from mailbridge.inbound.limits import Limits

#: database, connections to smarthosts, files, DNS
_OWN_DESCRIPTORS = 200


class Admission:
    """The open connections, counted."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._cap = min(limits.connections, _connections_by_descriptors())
        # Some slots stay free for the fronts, but never so many that nobody else gets in.
        self._cap_for_strangers = self._cap - min(limits.connections_kept_for_fronts, self._cap // 4)
        self._addresses: Counter[str] = Counter()
        self._networks: Counter[str] = Counter()
        #: open connections
        self.count = 0

    def enter(self, ip: str | None, *, is_exempt: bool) -> bool:
        """Count a new connection; False when it would be one too many, and then it is not counted."""
        if is_exempt or ip is None:
            if self.count >= self._cap:
                return False
            self.count += 1
            return True
        network = network_of(ip)
        if (
            self.count >= self._cap_for_strangers
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
        return self.count * 5 >= self._cap * 4


def _connections_by_descriptors() -> int:
    """What the process may hold open, less what it needs itself (F-10)."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return sys.maxsize if soft == resource.RLIM_INFINITY else max(1, soft - min(_OWN_DESCRIPTORS, soft // 2))


def network_of(ip: str) -> str:
    """The /24 or /64 that an address stands in."""
    prefix = 24 if ":" not in ip else 64
    return str(ipaddress.ip_network(f"{ip}/{prefix}", strict=False))
