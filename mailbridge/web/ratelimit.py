"""Counts requests of the last minute, of each address and of all, so that nobody can guess or flood.

In memory only, and never more addresses than requests are allowed. Writes no address anywhere.
"""

import ipaddress
import threading
from collections import Counter
from collections.abc import Callable

_WINDOW_S = 60.0
#: all together may make so many times what one address may
ALTOGETHER = 20
_IPV6_PREFIX = 64  # whoever has one address there has all of them


class RateLimit:
    """Says for each request whether it may be answered."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float]) -> None:
        """`clock` gives seconds that only grow."""
        self._per_address = per_minute
        self._altogether = per_minute * ALTOGETHER
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: Counter[str] = Counter()
        self._total = 0
        self._ends = clock() + _WINDOW_S

    def wait_s(self, client: str) -> int:
        """0 where the request of this client may be answered, which is counted; else in how many seconds to come."""
        key = _network(client)
        with self._lock:
            now = self._clock()
            if now >= self._ends:
                self._seen.clear()
                self._total, self._ends = 0, now + _WINDOW_S
            if self._total >= self._altogether or self._seen[key] >= self._per_address:
                if not self._seen[key]:
                    del self._seen[key]
                return max(1, round(self._ends - now))
            self._seen[key] += 1
            self._total += 1
            return 0


def _network(client: str) -> str:
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return "?"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, _IPV6_PREFIX), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)
