"""Ids and addresses that the store draws itself: of imported trade data, minted aliases, threads split by a person.

The ids of a mail come from the path (`path/mint.py`), which stands above the store. Same shapes.
"""

import base64
import secrets
from datetime import datetime

from mailbridge.domain.address import AliasAddress
from mailbridge.domain.ids import ROW_ID_RANDOM_OCTETS, row_id

_ALIAS_OCTETS = 10
_MESSAGE_ID_OCTETS = 16


def new_id(now: datetime) -> str:
    """A row id, which sorts by time."""
    return row_id(now, secrets.token_bytes(ROW_ID_RANDOM_OCTETS))


def new_alias(alias_domain: str) -> AliasAddress:
    """A random alias address (design.md D6)."""
    return AliasAddress(f"{_base32(secrets.token_bytes(_ALIAS_OCTETS))}@{alias_domain}")


def new_message_id(domain: str) -> str:
    """A new Message-ID with angle brackets (RFC 5322 §3.6.4), unguessable."""
    return f"<{_base32(secrets.token_bytes(_MESSAGE_ID_OCTETS))}@{domain}>"


def _base32(octets: bytes) -> str:
    return base64.b32encode(octets).decode("ascii").rstrip("=").lower()
