"""Chooses the thread of a message among those of its two parties (design.md D7), or opens one.

Alias and author have fixed the two parties before this is asked: headers and subject choose only among what the alias
already allows (T-44, cases.md A7). What is quoted and what is said are asked only where ids and subject say nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from mailbridge.domain.facts import AliasDestination, ContactDestination, Facts
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Direction, Role
from mailbridge.domain.thread import Area, Thread, ThreadState
from mailbridge.domain.trade import Offer, Order
from mailbridge.message.subjects import SubjectKind, find_tags, read_subject
from mailbridge.policy.originator import direction_of, party_writing
from mailbridge.policy.plan import Opening, Route
from mailbridge.policy.quoting import known_in, subject_digest

_Thing = TypeVar("_Thing", Order, Offer)

#: shorter references ("12") count only behind a # or inside brackets: people write small numbers for many reasons
_SPEAKS_FOR_ITSELF = 4
#: in running text a year or a postcode is as long: there a reference must be longer, or marked
_SPEAKS_IN_TEXT = 6
#: how far into a text an order is looked for: who names one does so early
_TEXT_READ = 4_000
#: kinds of conversation that a buyer begins by the tag of a contact address: NAME.dispute-48213 (S-31, S-78, S-83)
_AREAS = {area.value: area for area in (Area.QUESTION, Area.DISPUTE, Area.TICKET, Area.ENQUIRY)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """What tag and subject name."""

    order: Order | None = None
    offer: Offer | None = None
    #: the kind of conversation, where a tag of the contact address names one; None: as the rest says
    area: Area | None = None


def choose_thread(message: Message, facts: Facts) -> Route:
    """The route: by mapped ids, else by a tag or what else the subject names, else by what is quoted, how the subject
    reads and what the words name, else the only open thread, else the one that waits for this author or the newest open
    one, else a new thread."""
    direction = direction_of(facts)
    reference = facts.envelope.posted.market_reference if facts.envelope.posted is not None else ""
    posted = next((thread for thread in facts.threads if reference and thread.market_reference == reference), None)
    if posted is not None:
        return Route(direction=direction, thread_id=posted.id)
    # An id may name a thread older than those at hand: then it decides nothing.
    at_hand = {thread.id for thread in facts.threads}
    by_id = next((thread_id for thread_id in facts.threads_by_id if thread_id in at_hand), None)
    if by_id is not None:
        return Route(direction=direction, thread_id=by_id)
    by_tag = next((thread for thread in facts.threads if tag_of(thread).lower() in message.subject.lower()), None)
    if by_tag is not None:
        return Route(direction=direction, thread_id=by_tag.id)
    about = _named(message, facts)
    if about.area is not Area.NOTE:
        # What only the seller knows of is no conversation that anybody answers in.
        facts = replace(facts, threads=tuple(thread for thread in facts.threads if not thread.is_private))
    if about == _About():
        return _by_words(message, facts, direction)
    thread = _thread_about(about, facts.threads)
    if thread is not None:
        return Route(direction=direction, thread_id=thread.id)
    return Route(direction=direction, opening=_opening(about, facts))


def _by_words(message: Message, facts: Facts, direction: Direction) -> Route:
    """The route of a message whose ids and subject name no thread, order or offer."""
    author = direction.author_role
    alike, is_answer = _alike(message, facts, author)
    if is_answer and len(alike) == 1:
        return Route(direction=direction, thread_id=alike[0].id)
    said = _said(message, facts) if facts.threads else None
    named = _thread_about(_About(order=said), facts.threads) if said is not None else None
    if named is not None and (named in alike or not is_answer):
        return Route(direction=direction, thread_id=named.id)
    still_open = [thread for thread in facts.threads if thread.state is ThreadState.OPEN]
    if alike:
        best = next((thread for thread in alike if thread in still_open), alike[0])
        return Route(direction=direction, thread_id=best.id, is_uncertain=is_answer or len(still_open) > 1)
    if said is not None and _begins(message):
        return Route(direction=direction, opening=_opening(_About(order=said), facts))
    if still_open:
        waiting = next((thread for thread in still_open if _waits_for(author, thread)), still_open[0])
        return Route(direction=direction, thread_id=waiting.id, is_uncertain=len(still_open) > 1)
    return Route(direction=direction, opening=_opening(_implied(direction, facts), facts))


def _alike(message: Message, facts: Facts, author: Role) -> tuple[list[Thread], bool]:
    """Threads that the message continues by what it quotes, else by its subject; and whether it surely answers them.

    A text that was delivered in one thread and is quoted here tells more than a subject, which people change. Who
    writes anew with the subject of before may mean the same: that is no answer, and reopens nothing.
    """
    _, kind = read_subject(message.subject)
    subject = "" if kind is SubjectKind.FORWARD else subject_digest(message.subject)
    by_subject = [thread for thread in facts.threads if subject in _subjects(thread, author) - {""}]
    quoted = [thread for thread in facts.threads if _is_quoted(message, thread, author)]
    if quoted:
        return [thread for thread in quoted if thread in by_subject] or quoted, True
    if kind is SubjectKind.REPLY:
        return by_subject, bool(by_subject)
    return [thread for thread in by_subject if thread.state is ThreadState.OPEN], False


def _subjects(thread: Thread, author: Role) -> set[str]:
    """Digests of the subjects under which this party knows the thread: of what he got, and how it reads now."""
    got = {ids.text.subject for ids in thread.message_ids if ids.text is not None and ids.text.reader is author}
    return got | {subject_digest(thread.subject_for(author))}


def _is_quoted(message: Message, thread: Thread, author: Role) -> bool:
    if not message.quoted_text:
        return False
    marks = (ids.text for ids in thread.message_ids if ids.text is not None and ids.text.reader is author)
    return next(known_in(message.quoted_text, marks), None) is not None


def _said(message: Message, facts: Facts) -> Order | None:
    """The one order that the author's words name, else the one that is named in what he quotes."""
    for text in (message.new_text[:_TEXT_READ], message.quoted_text[:_TEXT_READ]):
        orders = [order for order in _orders_of_pair(facts) if names(text, order.reference, alone=_SPEAKS_IN_TEXT)]
        if len(orders) == 1:
            return orders[0]
    return None


def _begins(message: Message) -> bool:
    """Whether nothing speaks for an answer: a new matter."""
    is_answer = message.in_reply_to or message.references or message.quoted_text
    return not is_answer and read_subject(message.subject)[1] is SubjectKind.NEW


def _waits_for(author: Role, thread: Thread) -> bool:
    """Whether the newest mail of the thread came to this author: people answer what they got."""
    newest = thread.message_ids[-1].text if thread.message_ids else None
    return newest is not None and newest.reader is author


def tag_of(thread: Thread) -> str:
    """What stands in the subject of mail that shall find this thread again (D7)."""
    return f"[{thread.reference}]"


def without_tag(subject: str, thread: Thread) -> str:
    """The subject without the thread's tag, which is meant for us alone (D8)."""
    place = subject.lower().find(tag_of(thread).lower())
    if place < 0:
        return subject
    return f"{subject[:place].rstrip()} {subject[place + len(tag_of(thread)) :].lstrip()}".strip()


def names(subject: str, reference: str, *, alone: int = _SPEAKS_FOR_ITSELF) -> bool:
    """True when the subject names this reference as a whole word, case ignored; one without # or brackets counts if it
    has a digit and at least `alone` characters.

    >>> names("Re: [PL-2134] hi", "pl-2134"), names("PL-21345", "PL-2134"), names("12 pieces", "12"), names("#12", "12")
    (True, False, False, True)
    """
    text, wanted = subject.lower(), reference.lower()
    start = text.find(wanted) if wanted else -1
    while start >= 0:
        before, after = text[start - 1 : start], text[start + len(wanted) : start + len(wanted) + 1]
        if not _joins(before) and not _joins(after):
            is_marked = before == "#" or (before == "[" and after == "]")
            if is_marked or (len(wanted) >= alone and any(c.isdigit() for c in wanted)):
                return True
        start = text.find(wanted, start + 1)
    return False


def _joins(character: str) -> bool:
    return character.isalnum() or character in {"_", "-", "/"}


def _named(message: Message, facts: Facts) -> _About:
    orders = _orders_of_pair(facts)
    if is_note(facts):
        return _note_about(facts, orders)
    tags = (facts.destination.tag,) if isinstance(facts.destination, ContactDestination) else ()
    for tag in (*tags, *find_tags(message.subject)):
        by_tag = _by_tag(tag, facts, orders)
        if by_tag != _About():
            return by_tag
    order = next((order for order in orders if names(message.subject, order.reference)), None)
    offer = next((offer for offer in facts.offers if names(message.subject, offer.reference)), None)
    return _About(order=order, offer=None if order is not None else offer)


def is_note(facts: Facts) -> bool:
    """Whether it is written to the address of the seller's notes about this buyer: ALIAS.note@, ALIAS.note-48213@."""
    destination = facts.destination
    if not isinstance(destination, AliasDestination) or destination.alias.stands_for is not Role.BUYER:
        return False
    return is_note_tag(destination.tag)


def is_note_tag(tag: str) -> bool:
    """Whether what stands behind an alias makes it the address of notes: note, or note-48213."""
    return tag.partition("-")[0] == Area.NOTE.value


def _note_about(facts: Facts, orders: tuple[Order, ...]) -> _About:
    """The order that the tag names, else the one that there is."""
    reference = facts.destination.tag.partition("-")[2] if isinstance(facts.destination, AliasDestination) else ""
    named = _with_reference(orders, reference)
    active = [order for order in orders if order.is_active]
    order = named or (active[0] if len(active) == 1 and not reference else None)
    return _About(order=order, area=Area.NOTE)


def _by_tag(tag: str, facts: Facts, orders: tuple[Order, ...]) -> _About:
    kind, _, reference = tag.lower().partition("-")
    area = _AREAS.get(kind) if isinstance(facts.destination, ContactDestination) else None
    order = _with_reference(orders, reference) if kind == "o" or area is not None else None
    offer = _with_reference(facts.offers, reference) if kind == "i" or area is not None else None
    return _About(order=order, offer=None if order is not None else offer, area=area)


def _orders_of_pair(facts: Facts) -> tuple[Order, ...]:
    """Orders this author may name: an order of somebody else is no hint at all (cases.md A7)."""
    if not isinstance(facts.destination, ContactDestination):
        return facts.orders
    buyer = party_writing(facts)
    return tuple(order for order in facts.orders if buyer is not None and order.buyer_id == buyer.id)


def _with_reference(things: Iterable[_Thing], reference: str) -> _Thing | None:
    return next((thing for thing in things if reference and thing.reference.lower() == reference), None)


def _thread_about(about: _About, threads: tuple[Thread, ...]) -> Thread | None:
    if about.area is not None:
        order_id, offer_id = about.order.id if about.order else None, about.offer.id if about.offer else None
        same = (t for t in threads if (t.area, t.order_id, t.offer_id) == (about.area, order_id, offer_id))
        is_any = about.area is Area.NOTE  # the notes about an order stand together
        return next((thread for thread in same if is_any or thread.state is ThreadState.OPEN), None)
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
        area=about.area or (Area.ORDER if order is not None else Area.QUESTION),
        order_id=order.id if order is not None else None,
        order_reference=order.reference if order is not None else "",
        offer_id=offer.id if offer is not None else None,
        offer_reference=offer.reference if offer is not None else "",
        market_reference=facts.envelope.posted.market_reference if facts.envelope.posted is not None else "",
        creates_buyer=party_writing(facts) is None,
    )
