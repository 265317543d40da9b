"""Outreach: mail that a seller starts; why it is sent, what the buyer does not want, and what went before.

Which of it may go is data of each market (`rules/`); what counts as outreach is `policy/outreach.py`.
"""

import enum
from dataclasses import dataclass
from datetime import datetime

from mailbridge.domain.ids import BuyerId, OrderId, SellerId


class Reason(enum.Enum):
    """Why a seller writes first: the seven reasons of S-23, and the two more of E-02."""

    CUSTOM_CHOICE = "custom_choice"
    ORDER_PROBLEM = "order_problem"
    INVOICE = "invoice"
    NEEDED_DATA = "needed_data"
    RETURN = "return"
    REVIEW = "review"
    DELIVERY = "delivery"
    HOME_SERVICE = "home_service"
    NEEDED_TO_RECEIVE = "needed_to_receive"

    @property
    def is_critical(self) -> bool:
        """True for what the order can not be fulfilled without: it passes an opt-out (S-15, E-05)."""
        return self not in {Reason.INVOICE, Reason.RETURN, Reason.REVIEW}


class OptOutKind(enum.Enum):
    """What a buyer does not want."""

    #: every message that a seller starts without need
    ALL = "all"
    #: requests for a review only
    REVIEW = "review"


@dataclass(frozen=True, slots=True, kw_only=True)
class OptOut:
    """One buyer's wish not to be written to (S-15)."""

    #: whose messages; None: of every seller of the marketplace
    seller_id: SellerId | None
    #: which of them
    kind: OptOutKind
    #: aware UTC
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a one-use address or link is for: whose messages a buyer stops with it, or lets come again."""

    #: True: of every seller of the marketplace; False: of the one whose message it stood in
    of_all_sellers: bool = False
    #: which of them
    kind: OptOutKind = OptOutKind.ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class Outreach:
    """One message that a seller starts: to whom, about what, why."""

    #: who starts it
    seller_id: SellerId
    #: whom he writes to
    buyer_id: BuyerId
    #: None: about no order that is known
    order_id: OrderId | None
    #: None: he gave none
    reason: Reason | None
    #: aware UTC: when the day began in the market's time zone
    today: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedBy:
    """The counts that one outreach was judged by: what must still hold when it is committed."""

    #: `OutreachHistory.number` then
    number: int
    #: how much outreach with the same reason was on record about the same order
    about_order: int
    #: how much more of this seller may have gone out since: it would have been judged the same
    slack: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutreachHistory:
    """What is on record when a seller starts a message."""

    #: wishes of this buyer that concern this seller
    opt_outs: tuple[OptOut, ...] = ()
    #: outreach of this seller that went out today, counted to 10,000
    sent_today: int = 0
    #: outreach about the same order that went out before; each reason counted to 100
    about_order: tuple[Reason | None, ...] = ()
    #: orders of this seller that were placed in the 30 days before, counted to 100,000
    orders_in_30_days: int = 0
    #: how much outreach of this seller ever went out; each that does gets the next number
    number: int = 0
