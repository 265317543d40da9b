"""Identifiers: opaque strings, told apart by type. They are drawn by the shell (`path/mint.py`), never by the core."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Final, NewType

#: how many random octets a row id holds behind its time
ROW_ID_RANDOM_OCTETS: Final = 9
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)

#: one accepted envelope, from the first byte to the last log line
QueueId = NewType("QueueId", str)
MarketplaceId = NewType("MarketplaceId", str)
SellerId = NewType("SellerId", str)
BuyerId = NewType("BuyerId", str)
OrderId = NewType("OrderId", str)
OfferId = NewType("OfferId", str)
AliasId = NewType("AliasId", str)
ThreadId = NewType("ThreadId", str)
#: one recorded message of one thread (or of none, when it was refused or held before a thread was known)
RecordId = NewType("RecordId", str)
DeliveryId = NewType("DeliveryId", str)
IntentId = NewType("IntentId", str)
SanctionId = NewType("SanctionId", str)
RuleId = NewType("RuleId", str)
#: one report or appeal that a person looks at
ReviewId = NewType("ReviewId", str)


def row_id(now: datetime, random_octets: bytes) -> str:
    """The id of a row made at `now`: 48 bits of milliseconds, then the 72 random bits given; 24 characters.

    Of two, the one of the later millisecond is the greater text: the alphabet is that of RFC 4648 §7 in lower case,
    which ASCII has in the same order.
    """
    milliseconds = (now - _EPOCH) // _MILLISECOND
    return base64.b32hexencode(milliseconds.to_bytes(6, "big") + random_octets).decode("ascii").lower()
