"""Chooses the thread of a message among those of its two parties (design.md D7), or opens one.

Alias and author have fixed the two parties before this is asked: headers and subject choose only among what the alias
already allows (T-44, cases.md A7). Reads nothing of the body.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from mailbridge.domain.facts import ContactDestination, Facts
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Direction
from mailbridge.domain.thread import Area, Thread, ThreadState
from mailbridge.domain.trade import Offer, Order
from mailbridge.policy.originator import direction_of, party_writing
from mailbridge.policy.plan import Opening, Route

_Thing = TypeVar("_Thing", Order, Offer)

#: shorter references ("12") count only behind a # or inside brackets: people write small numbers for many reasons
_SPEAKS_FOR_ITSELF = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """What tag and subject name."""

    order: Order | None = None
    offer: Offer | None = None


def choose_thread(message: Message, facts: Facts) -> Route:
    """The route: by mapped ids, else a tag of a thread, order or offer, else the only open thread, else the newest open
    one, else a new thread."""
    direction = direction_of(facts)
    # An id may name a thread older than those at hand: then it decides nothing.
    at_hand = {thread.id for thread in facts.threads}
    by_id = next((thread_id for thread_id in facts.threads_by_id if thread_id in at_hand), None)
    if by_id is not None:
        return Route(direction=direction, thread_id=by_id)
    by_tag = next((thread for thread in facts.threads if tag_of(thread).lower() in message.subject.lower()), None)
    if by_tag is not None:
        return Route(direction=direction, thread_id=by_tag.id)
    about = _named(message, facts)
    if about != _About():
        thread = _thread_about(about, facts.threads)
        if thread is not None:
            return Route(direction=direction, thread_id=thread.id)
        return Route(direction=direction, opening=_opening(about, facts))
    open_threads = [thread for thread in facts.threads if thread.state is ThreadState.OPEN]
    if open_threads:
        return Route(direction=direction, thread_id=open_threads[0].id, is_uncertain=len(open_threads) > 1)
    return Route(direction=direction, opening=_opening(_implied(direction, facts), facts))


def tag_of(thread: Thread) -> str:
    """What stands in the subject of mail that shall find this thread again (D7)."""
    return f"[{thread.reference}]"


def without_tag(subject: str, thread: Thread) -> str:
    """The subject without the thread's tag, which is meant for us alone (D8)."""
    place = subject.lower().find(tag_of(thread).lower())
    if place < 0:
        return subject
    return f"{subject[:place].rstrip()} {subject[place + len(tag_of(thread)) :].lstrip()}".strip()


def names(subject: str, reference: str) -> bool:
    """True when the subject names this reference as a whole word, case ignored.

    >>> names("Re: [PL-2134] hi", "pl-2134"), names("PL-21345", "PL-2134"), names("12 pieces", "12"), names("#12", "12")
    (True, False, False, True)
    """
    text, wanted = subject.lower(), reference.lower()
    start = text.find(wanted) if wanted else -1
    while start >= 0:
        before, after = text[start - 1 : start], text[start + len(wanted) : start + len(wanted) + 1]
        if not _joins(before) and not _joins(after):
            is_marked = before == "#" or (before == "[" and after == "]")
            if is_marked or (len(wanted) >= _SPEAKS_FOR_ITSELF and any(c.isdigit() for c in wanted)):
                return True
        start = text.find(wanted, start + 1)
    return False


def _joins(character: str) -> bool:
    return character.isalnum() or character in {"_", "-", "/"}


def _named(message: Message, facts: Facts) -> _About:
    orders = _orders_of_pair(facts)
    by_tag = _by_tag(facts, orders)
    if by_tag != _About():
        return by_tag
    order = next((order for order in orders if names(message.subject, order.reference)), None)
    offer = next((offer for offer in facts.offers if names(message.subject, offer.reference)), None)
    return _About(order=order, offer=None if order is not None else offer)


def _by_tag(facts: Facts, orders: tuple[Order, ...]) -> _About:
    if not isinstance(facts.destination, ContactDestination):
        return _About()
    kind, _, reference = facts.destination.tag.lower().partition("-")
    return _About(
        order=_with_reference(orders, reference) if kind == "o" else None,
        offer=_with_reference(facts.offers, reference) if kind == "i" else None,
    )


def _orders_of_pair(facts: Facts) -> tuple[Order, ...]:
    """Orders this author may name: an order of somebody else is no hint at all (cases.md A7)."""
    if not isinstance(facts.destination, ContactDestination):
        return facts.orders
    buyer = party_writing(facts)
    return tuple(order for order in facts.orders if buyer is not None and order.buyer_id == buyer.id)


def _with_reference(things: Iterable[_Thing], reference: str) -> _Thing | None:
    return next((thing for thing in things if reference and thing.reference.lower() == reference), None)


def _thread_about(about: _About, threads: tuple[Thread, ...]) -> Thread | None:
    if about.order is not None:
        return next((thread for thread in threads if thread.order_id == about.order.id), None)
    offer_id = about.offer.id if about.offer is not None else None
    # A thread about an order of this offer is another matter.
    return next((t for t in threads if offer_id is not None and t.offer_id == offer_id and t.order_id is None), None)


def _implied(direction: Direction, facts: Facts) -> _About:
    """What a message that names nothing is about: a seller who writes first means the buyer's one order."""
    active = [order for order in _orders_of_pair(facts) if order.is_active]
    return _About(order=active[0]) if direction is Direction.TO_BUYER and len(active) == 1 else _About()


def _opening(about: _About, facts: Facts) -> Opening:
    order, offer = about.order, about.offer
    return Opening(
        area=Area.ORDER if order is not None else Area.QUESTION,
        order_id=order.id if order is not None else None,
        order_reference=order.reference if order is not None else "",
        offer_id=offer.id if offer is not None else None,
        offer_reference=offer.reference if offer is not None else "",
        creates_buyer=party_writing(facts) is None,
    )
