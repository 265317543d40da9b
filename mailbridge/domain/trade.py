"""Order and Offer: the marketplace's references that a thread is about."""

import enum
from dataclasses import dataclass
from datetime import datetime

from mailbridge.domain.ids import BuyerId, MarketplaceId, OfferId, OrderId, SellerId


class OrderState(enum.Enum):
    """Where an order stands."""

    OPEN = "open"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order of one buyer at one seller."""

    id: OrderId
    marketplace_id: MarketplaceId
    #: the market's own number, as people write it
    reference: str
    seller_id: SellerId
    buyer_id: BuyerId
    state: OrderState = OrderState.OPEN
    #: aware UTC; None while it is not known
    completed_at: datetime | None = None
    #: "seller" ships or the "marketplace" does (S-09)
    fulfilled_by: str = "seller"
    is_gift: bool = False
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One product on offer by one seller."""

    id: OfferId
    marketplace_id: MarketplaceId
    reference: str
    seller_id: SellerId
    title: str = ""
    is_active: bool = True
