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

    #: ours
    id: OrderId
    #: the market it was placed on
    marketplace_id: MarketplaceId
    #: the market's own number, as people write it
    reference: str
    #: who sells
    seller_id: SellerId
    #: who bought
    buyer_id: BuyerId
    #: as the market has it now
    state: OrderState = OrderState.OPEN
    #: aware UTC; None while it is not known
    completed_at: datetime | None = None
    #: "seller" ships or the "marketplace" does (S-09)
    fulfilled_by: str = "seller"
    #: True: the receiver is not the buyer
    is_gift: bool = False
    #: aware UTC; None for orders of older releases
    placed_at: datetime | None = None
    #: False: the market took it back
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One product on offer by one seller."""

    #: ours
    id: OfferId
    #: the market it stands on
    marketplace_id: MarketplaceId
    #: the market's own number, as people write it
    reference: str
    #: who offers it
    seller_id: SellerId
    #: as on the product page; "" when unknown
    title: str = ""
    #: False: no longer on offer
    is_active: bool = True
