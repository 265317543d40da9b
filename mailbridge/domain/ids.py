"""Identifiers: opaque strings, told apart by type. They are drawn by the shell (`path/mint.py`), never by the core."""

from typing import NewType

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
