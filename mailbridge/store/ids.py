"""Ids and addresses that the store draws itself: of imported trade data, minted aliases, threads split by a person.

The ids of a mail come from the path (`path/mint.py`), which stands above the store. Same shape: 48 bits of
milliseconds, then 72 random bits, base32.
"""

import base64
import secrets
from datetime import datetime

from mailbridge.domain.address import AliasAddress

_RANDOM_OCTETS = 9
_ALIAS_OCTETS = 10
_MESSAGE_ID_OCTETS = 16


def new_id(now: datetime) -> str:
    """A row id that sorts by time."""
    milliseconds = int(now.timestamp() * 1000)
    return _base32(milliseconds.to_bytes(6, "big") + secrets.token_bytes(_RANDOM_OCTETS))


def new_alias(alias_domain: str) -> AliasAddress:
    """A random alias address (design.md D6)."""
    return AliasAddress(f"{_base32(secrets.token_bytes(_ALIAS_OCTETS))}@{alias_domain}")


def new_message_id(domain: str) -> str:
    """A new Message-ID with angle brackets (RFC 5322 §3.6.4), unguessable."""
    return f"<{_base32(secrets.token_bytes(_MESSAGE_ID_OCTETS))}@{domain}>"


def _base32(octets: bytes) -> str:
    return base64.b32encode(octets).decode("ascii").rstrip("=").lower()
