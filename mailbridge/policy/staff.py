"""Decides which mailboxes of a seller a buyer's message goes to, and what each of them may do (S-13, S-17, U5).

Nothing set: the primary mailbox gets everything and every mailbox may answer. Whoever is away is passed over only where
somebody else gets the message, so none is lost; where nobody wants any, the answer is () and the message is kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mailbridge.domain.area import Area
from mailbridge.domain.facts import Facts
from mailbridge.domain.parties import Mailbox, Party, Seller, mailbox_of, primary_mailbox
from mailbridge.domain.staff import NO_TERMS, Gets, StaffRole, StaffTerms
from mailbridge.domain.thread import Thread
from mailbridge.policy.originator import party_written_to
from mailbridge.policy.plan import Route


def terms_of(mailbox: Mailbox) -> StaffTerms:
    """What holds for this mailbox."""
    return mailbox.staff or NO_TERMS


def gets_of(seller: Seller, mailbox: Mailbox) -> Gets:
    """Which mail comes to it: as was set, else all to the primary one and to others what is assigned to them."""
    said = terms_of(mailbox).gets
    if said is not None:
        return said
    return Gets.ALL if mailbox is primary_mailbox(seller) else Gets.ASSIGNED


def may_answer(mailbox: Mailbox) -> bool:
    """Whether its user may write to buyers."""
    return mailbox.is_active and terms_of(mailbox).role is not StaffRole.OBSERVER


def is_away(mailbox: Mailbox, now: datetime) -> bool:
    """Whether its user is away now."""
    until = terms_of(mailbox).away_until
    return until is not None and now < until


def readers(seller: Seller, thread: Thread | None, area: Area, now: datetime) -> tuple[Mailbox, ...]:
    """The mailboxes that a buyer's message in this conversation goes to; `thread` is None where it opens one.

    () where messaging is switched off, or there is no active mailbox.
    """
    if all(mailbox.staff is None for mailbox in seller.mailboxes) and (thread is None or thread.assigned_to is None):
        primary = primary_mailbox(seller)
        return (primary,) if primary is not None else ()
    staff = _Staff(seller, now)
    found = staff.answering(thread, area)
    return _once((*found, *staff.observing(area))) if found else ()


def concerned(seller: Seller, thread: Thread, now: datetime) -> tuple[Mailbox, ...]:
    """Who is told that an answer is due: those who would get a message in it and may answer, else the shop itself."""
    found = tuple(m for m in readers(seller, thread, thread.area, now) if may_answer(m))
    head = head_mailbox(seller)
    return found or ((head,) if head is not None else ())


def readers_of(facts: Facts, route: Route) -> tuple[Mailbox, ...]:
    """The mailboxes that a routed message goes to; () where its seller's messaging is switched off.

    What a person lets go goes to the primary mailbox at least.
    """
    reader = party_written_to(facts)
    if isinstance(reader, Seller):
        thread = next((thread for thread in facts.threads if thread.id == route.thread_id), None)
        area = route.opening.area if route.opening is not None else thread.area if thread is not None else Area.QUESTION
        found = readers(reader, thread if route.opening is None else None, area, facts.now)
        if found or not facts.pardon.content_released:
            return found
    primary = primary_mailbox(reader) if reader is not None else None
    return (primary,) if primary is not None else ()


def is_switched_off(seller: Seller) -> bool:
    """Whether nobody who may answer wants buyers' messages as they come (S-17); what is assigned may still come."""
    staff = _Staff(seller, None)
    return any(mailbox.is_active for mailbox in seller.mailboxes) and not staff.open_to_all()


def may_take(seller: Seller, mailbox: Mailbox) -> bool:
    """Whether a conversation may be assigned to this mailbox: it may answer, and gets what is assigned to it."""
    return may_answer(mailbox) and gets_of(seller, mailbox) is not Gets.NOTHING


def colleague_called(seller: Seller, name: str) -> Mailbox | None:
    """The one colleague who is meant and may take a conversation: by name, address, or what stands before the @."""
    wanted = " ".join(name.casefold().split())
    able = [mailbox for mailbox in seller.mailboxes if wanted and may_take(seller, mailbox)]
    for said_of in (_name_of, _address_of, _local_part_of):
        found = [mailbox for mailbox in able if said_of(mailbox) == wanted]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def problem_with(mailboxes: Iterable[Mailbox]) -> str | None:
    """All that can not be in what was set about the mailboxes of one seller, in words; None for nothing."""
    active = [mailbox for mailbox in mailboxes if mailbox.is_active]
    names = [name for mailbox in active if (name := _name_of(mailbox))]
    keys = {mailbox.address.key for mailbox in active}
    found = []
    if active and not any(map(may_answer, active)):
        found.append("somebody must be able to answer: not every mailbox can be an observer's")
    if len(set(names)) < len(names):
        found.append("two mailboxes have the same name: colleagues could not tell them apart")
    found += [f"{one.address.addr_spec}: {problem}" for one in active if (problem := _problem_of(one, keys))]
    return "; ".join(found) or None


def _problem_of(mailbox: Mailbox, keys: set[str]) -> str | None:
    terms = terms_of(mailbox)
    if (terms.gets is Gets.AREAS) != bool(terms.areas):
        return "areas go with gets = areas, and need it: name at least one"
    if terms.stand_in is None:
        return None
    if terms.away_until is None:
        return "a stand-in goes with away_until"
    if terms.stand_in.key == mailbox.address.key or terms.stand_in.key not in keys:
        return "the stand-in must be another active mailbox of the same seller"
    return None


def name_of_colleague(seller: Seller, addr_spec: str) -> str:
    """What colleagues call whoever uses this mailbox: the name that was set, else the address."""
    mailbox = mailbox_of(seller, addr_spec)
    return (terms_of(mailbox).name if mailbox is not None else "") or addr_spec


def short_name_of(mailbox: Mailbox) -> str:
    """The name that was set, else what stands before the @: for mail whose answer goes to a buyer, who must not read an
    address there."""
    return terms_of(mailbox).name or _local_part_of(mailbox)


def wishing_copies(seller: Seller, author: str) -> tuple[Mailbox, ...]:
    """The mailboxes that get a copy of what a colleague at `author`, an addr-spec, answered (U5)."""
    return tuple(m for m in seller.mailboxes if m.is_active and terms_of(m).copies and m.address.key != author.lower())


def head_mailbox(party: Party) -> Mailbox | None:
    """Where a party itself is told something: the primary mailbox; of a shop one whose user is an owner, if any is."""
    primary = primary_mailbox(party)
    able = [m for m in party.mailboxes if m.is_active and terms_of(m).role is StaffRole.OWNER]
    return primary if primary in able or not able else able[0]


def may_switch(seller: Seller, author: str) -> bool:
    """Whether the user of this mailbox, an addr-spec, may change what the shop is told."""
    mailbox = mailbox_of(seller, author)
    return mailbox is not None and terms_of(mailbox).role is StaffRole.OWNER


def _name_of(mailbox: Mailbox) -> str:
    return " ".join(terms_of(mailbox).name.casefold().split())


def _address_of(mailbox: Mailbox) -> str:
    return mailbox.address.key


def _local_part_of(mailbox: Mailbox) -> str:
    return mailbox.address.key.rpartition("@")[0]


def _once(mailboxes: Iterable[Mailbox]) -> tuple[Mailbox, ...]:
    return tuple({mailbox.address.key: mailbox for mailbox in mailboxes}.values())


@dataclass(frozen=True, slots=True)
class _Staff:
    """The people of one seller at one moment."""

    seller: Seller
    #: None where it does not matter who is away
    now: datetime | None

    def answering(self, thread: Thread | None, area: Area) -> tuple[Mailbox, ...]:
        """Who of those that may answer gets the message; () where nobody wants any."""
        open_to_all = self.open_to_all()
        taker = self._taker(thread)
        if taker is not None:
            everything = [mailbox for mailbox in open_to_all if gets_of(self.seller, mailbox) is Gets.ALL]
            return _once((taker, *self._there(everything)))
        wanting = [m for m in open_to_all if self._wants(m, area)] or self._nobody_elses(open_to_all)
        # Better in the mailbox of somebody who is away than in nobody's.
        return _once(self._there(wanting)) or tuple(wanting)

    def observing(self, area: Area) -> tuple[Mailbox, ...]:
        """Observers who want the message."""
        able = (m for m in self.seller.mailboxes if m.is_active and not may_answer(m))
        return tuple(mailbox for mailbox in able if self._wants(mailbox, area))

    def open_to_all(self) -> list[Mailbox]:
        """Who may answer and wants messages that are assigned to nobody, of some areas at least."""
        wishes = (Gets.ALL, Gets.AREAS)
        return [m for m in self.seller.mailboxes if may_answer(m) and gets_of(self.seller, m) in wishes]

    def _wants(self, mailbox: Mailbox, area: Area) -> bool:
        gets = gets_of(self.seller, mailbox)
        return gets is Gets.ALL or (gets is Gets.AREAS and area in terms_of(mailbox).areas)

    def _nobody_elses(self, open_to_all: list[Mailbox]) -> list[Mailbox]:
        """Who gets a message in an area that nobody named: the primary mailbox, unless it wants none."""
        primary = primary_mailbox(self.seller)
        if open_to_all and primary is not None and may_take(self.seller, primary):
            return [primary]
        return open_to_all[:1]

    def _taker(self, thread: Thread | None) -> Mailbox | None:
        """To whom the conversation is assigned, or who stands in for him; None where neither is there."""
        if thread is None or thread.assigned_to is None:
            return None
        mailbox = mailbox_of(self.seller, thread.assigned_to.addr_spec)
        return self._in_place_of(mailbox) if mailbox is not None and may_take(self.seller, mailbox) else None

    def _there(self, mailboxes: Iterable[Mailbox]) -> list[Mailbox]:
        found = (self._in_place_of(mailbox) for mailbox in mailboxes)
        return [mailbox for mailbox in found if mailbox is not None]

    def _in_place_of(self, mailbox: Mailbox) -> Mailbox | None:
        """Himself, or the first of his chain of stand-ins who is there; None where it ends, or goes round."""
        seen: set[str] = set()
        place: Mailbox | None = mailbox
        while place is not None and self.now is not None and is_away(place, self.now):
            seen.add(place.address.key)
            stand_in = terms_of(place).stand_in
            place = mailbox_of(self.seller, stand_in.addr_spec) if stand_in is not None else None
            if place is not None and (place.address.key in seen or not may_take(self.seller, place)):
                return None
        return place
