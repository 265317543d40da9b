"""Return paths of ours: VERP addresses that carry a delivery's id, an expiry and a MAC (T-24).

Local part: "b-", the id, four characters of expiry (whole hours since 1970, base32), sixteen characters of MAC (80
bits). All of it survives mailers that change the case. Decides only whether we wrote it; what a DSN says is read
elsewhere.
"""

import base64
import hmac
import re
from datetime import UTC, datetime, timedelta

from mailbridge.domain.facts import ReturnPathDestination
from mailbridge.domain.ids import DeliveryId
from mailbridge.store.seal import KeyRing

#: what the local part of every return path begins with, and no other address of ours
RETURN_PATH_MARK = "b-"
_PURPOSE = "return path"
_MAC_OCTETS = 10
_EXPIRY_OCTETS = 5  # eight characters of base32, of which the last four count until the year 2089
_EXPIRY_CHARACTERS = 4
_LOCAL_PART = re.compile(RETURN_PATH_MARK + r"([a-z0-9]{8,40})([a-z2-7]{4})([a-z2-7]{16})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)


def return_path(keys: KeyRing, delivery_id: DeliveryId, domain: str, expires_at: datetime) -> str:
    """The addr-spec a DSN about this delivery comes back to until `expires_at` (aware UTC, rounded up to the hour)."""
    hours = -((_EPOCH - expires_at) // _HOUR)
    expiry = base64.b32encode(hours.to_bytes(_EXPIRY_OCTETS, "big")).decode().lower()[-_EXPIRY_CHARACTERS:]
    local_part = f"{RETURN_PATH_MARK}{delivery_id}{expiry}{_mac(keys, f'{delivery_id}{expiry}@{domain}')}"
    if _LOCAL_PART.fullmatch(local_part) is None:
        raise ValueError("a delivery id is 8 to 40 characters of a-z and 0-9")
    return f"{local_part}@{domain}"


def read_return_path(keys: KeyRing, local_part: str, domain: str, now: datetime) -> ReturnPathDestination | None:
    """What a lower-case local part in our lower-case domain names; None unless we wrote it."""
    match = _LOCAL_PART.fullmatch(local_part)
    if match is None:
        return None
    delivery_id, expiry, mac = match.groups()
    if not hmac.compare_digest(mac, _mac(keys, f"{delivery_id}{expiry}@{domain}")):
        return None
    padding = "a" * (_EXPIRY_OCTETS * 8 // 5 - _EXPIRY_CHARACTERS)
    hours = int.from_bytes(base64.b32decode((padding + expiry).upper()), "big")
    return ReturnPathDestination(delivery_id=DeliveryId(delivery_id), is_expired=now >= _EPOCH + hours * _HOUR)


def _mac(keys: KeyRing, text: str) -> str:
    return base64.b32encode(keys.mac(_PURPOSE, text.encode())[:_MAC_OCTETS]).decode().lower()
