"""What may be sent, told slowly and by itself: the model that the shipped rules are compared with.

It looks at a list of everything that happened, counts by walking it, and knows nothing of facts, conditions or SQL.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

CRITICAL = {"custom_choice", "order_problem", "needed_data", "delivery", "home_service", "needed_to_receive"}
NOT_CRITICAL = {"invoice", "return", "review"}


@dataclass
class Sale:
    """An order as the market knows it now."""

    seller: str
    buyer: str
    placed_at: datetime
    state: str = "open"
    completed_at: datetime | None = None
    ships: str = "seller"
    is_gift: bool = False


@dataclass
class Sent:
    """A message that a seller started and that went out."""

    seller: str
    order: str | None
    reason: str
    at: datetime


@dataclass
class Past:
    """Everything that happened so far."""

    zone: ZoneInfo
    sales: dict[str, Sale] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    #: buyer, seller or "" for all, "all" or "review"
    opt_outs: set[tuple[str, str, str]] = field(default_factory=set)


@dataclass
class Wish:
    """What a seller is about to send."""

    seller: str
    buyer: str
    order: str | None
    reason: str
    at: datetime
    #: True: the buyer wrote in that conversation
    is_answer: bool = False


@dataclass
class Talk:
    """A conversation of a seller and a buyer."""

    order: str | None
    #: number of the step in which somebody wrote last
    last: int
    #: the buyer wrote in it
    is_answered: bool = False
    #: the buyer wrote last
    waits: bool = False


def talk_found(talks: list[Talk], named: str | None) -> Talk | None:
    """The conversation that a seller's message belongs to, which names this order or nothing (D7)."""
    if named is not None:
        return next((talk for talk in talks if talk.order == named), None)
    waiting = [talk for talk in talks if talk.waits]
    return max(waiting or talks, key=lambda talk: talk.last, default=None)


def refusals(wish: Wish, past: Past) -> set[str]:
    """The rules that keep it back; none for an answer."""
    if wish.is_answer:
        return set()
    found = _by_order(wish, past)
    if not wish.reason:
        found.add("amazon.reason-needed")
    if _is_unwanted(wish, past) and wish.reason not in CRITICAL:
        found.add("general.opted-out")
    if wish.reason == "review" and _before(wish, past):
        found.add("amazon.one-review-request")
    if _is_over_limit(wish, past):
        found.add("amazon.daily-limit")
    return found


def _by_order(wish: Wish, past: Past) -> set[str]:
    sale = past.sales.get(wish.order or "")
    if sale is None:
        return {"amazon.order-needed"}
    found = set()
    if sale.completed_at is not None and not _is_within(sale.completed_at, wish.at, 30, past.zone):
        found.add("amazon.within-30-days")
    if sale.state == "cancelled" and wish.reason not in {"order_problem", "return"}:
        found.add("amazon.cancelled-order")
    if sale.ships == "marketplace" and sale.is_gift:
        found.add("amazon.gift-from-amazon")
    if sale.ships == "marketplace" and not sale.is_gift and wish.reason in {"delivery", "return", "needed_to_receive"}:
        found.add("amazon.fulfilled-by-amazon")
    return found


def _is_within(since: datetime, now: datetime, days: int, zone: ZoneInfo) -> bool:
    """Before the same time of day, so many days later in the calendar of the zone."""
    begun = since.astimezone(zone)
    day = begun.date()
    for _ in range(days):
        day += timedelta(days=1)
    end = (day.year, day.month, day.day, begun.hour, begun.minute, begun.second, begun.microsecond)
    local = now.astimezone(zone)
    return (local.year, local.month, local.day, local.hour, local.minute, local.second, local.microsecond) < end


def _is_unwanted(wish: Wish, past: Past) -> bool:
    for buyer, seller, kind in past.opt_outs:
        if buyer == wish.buyer and seller in {"", wish.seller} and (kind == "all" or wish.reason == "review"):
            return True
    return False


def _before(wish: Wish, past: Past) -> int:
    if wish.order is None:
        return 0
    return sum(1 for sent in past.sent if (sent.seller, sent.order, sent.reason) == (wish.seller, wish.order, "review"))


def _is_over_limit(wish: Wish, past: Past) -> bool:
    today = 0
    for sent in past.sent:
        if sent.seller == wish.seller and sent.at.astimezone(past.zone).date() == wish.at.astimezone(past.zone).date():
            today += 1
    orders = 0
    for sale in past.sales.values():
        if sale.seller == wish.seller and sale.placed_at > wish.at - timedelta(days=30):
            orders += 1
    return today >= max(20, orders * 5 / 30)
