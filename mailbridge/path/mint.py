"""Mint: the one place where ids, alias addresses, message ids and action tokens are drawn.

The core never draws anything (design.md D1): the path asks here and hands the values on. Ids start with the time, so
that rows written together lie together; alias local parts and tokens are random all through (D6).
"""

import base64
from collections.abc import Callable
from datetime import datetime
from typing import NewType

from mailbridge.domain.address import AliasAddress
from mailbridge.domain.ids import ROW_ID_RANDOM_OCTETS, row_id
from mailbridge.randomness import random_octets

#: a one-use secret that stands in an action address; the store keeps only its keyed hash
ActionToken = NewType("ActionToken", str)

_ALIAS_OCTETS = 10  # 80 bits: 16 characters of base32 (design.md D6, T-29)


def _base32(octets: bytes) -> str:
    return base64.b32encode(octets).decode("ascii").rstrip("=").lower()


class Mint:
    """Draws ids; `clock` gives aware UTC, `random_octets` n random octets (both replaceable in tests)."""

    def __init__(self, clock: Callable[[], datetime], random_octets: Callable[[int], bytes] = random_octets) -> None:
        self._clock = clock
        self._random_octets = random_octets

    def new_id(self) -> str:
        """A row id, which sorts by time (`row_id`)."""
        return row_id(self._clock(), self._random_octets(ROW_ID_RANDOM_OCTETS))

    def alias(self, alias_domain: str) -> AliasAddress:
        """A new alias address: 80 random bits, 16 lower-case base32 characters, no meaning (D6)."""
        return AliasAddress(f"{_base32(self._random_octets(_ALIAS_OCTETS))}@{alias_domain}")

    def message_id(self, domain: str) -> str:
        """A new Message-ID with angle brackets (RFC 5322 §3.6.4); unguessable, since it may choose a thread (A9)."""
        return f"<{_base32(self._random_octets(16))}@{domain}>"

    def action_token(self) -> ActionToken:
        """A new secret for an action address: 160 bits."""
        return ActionToken(_base32(self._random_octets(20)))

    def boundary(self) -> str:
        """A MIME boundary that no body can hold by accident (RFC 2046 §5.1.1)."""
        return f"mb{_base32(self._random_octets(12))}"
