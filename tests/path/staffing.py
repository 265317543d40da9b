"""A shop with colleagues, for tests of the path: who gets what, who may do what."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from mailbridge.domain.address import RealAddress
from mailbridge.domain.area import Area
from mailbridge.domain.delivery import PostKind
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Mailbox, Seller
from mailbridge.domain.reply import ACCEPTED
from mailbridge.domain.staff import Gets, StaffRole, StaffTerms
from mailbridge.domain.thread import Thread
from tests.path.world import BUYER, CONTACT, SELLER, World, a_text, a_world, answer_to, trade

JAN, OLA = "jan@acme-shop.example", "ola@acme-shop.example"
BOTH = {SELLER: StaffTerms(name="Eva Boss"), JAN: StaffTerms(name="Jan", role=StaffRole.AGENT, gets=Gets.ALL)}
OFF = StaffTerms(gets=Gets.NOTHING)


@contextmanager
def a_shop(
    folder: Path, terms: dict[str, StaffTerms] | None = None, *, takes: bool = False, offers_actions: bool = False
) -> Iterator[World]:
    """A world whose shop has three mailboxes, the first of them primary, with these terms."""
    batch = trade()
    [seller] = batch.sellers
    said = terms or {}
    boxes = tuple(Mailbox(address=RealAddress(one), staff=said.get(one)) for one in (SELLER, JAN, OLA))
    shop = replace(seller, mailboxes=boxes, first_answer_takes=takes)
    market = replace(batch.marketplaces[0], offers_actions=offers_actions)
    with a_world(folder, replace(batch, marketplaces=(market,), sellers=(shop,))) as world:
        yield world


def the_seller(world: World) -> Seller:
    """The shop as it is on record now."""
    [row] = world.bridge.store.directory().sellers
    return row.seller


def set_terms(world: World, **terms: StaffTerms) -> None:
    """Set terms by what stands before the @ of a mailbox."""
    found = {RealAddress(f"{name}@acme-shop.example"): one for name, one in terms.items()}
    world.bridge.store.save_staff_terms(the_seller(world).id, found, world.now)


def ask(world: World, text: str = "When does it come?", *, to: str = CONTACT, subject: str = "Order 48213") -> None:
    """The buyer writes to the shop."""
    octets = a_text(BUYER, to, text, subject=subject, Message_ID=f"<{abs(hash((text, to)))}@c.example>")
    assert world.mail(octets, to) == (ACCEPTED,)


def relayed(world: World) -> dict[str, Message]:
    """What was relayed since the last look, by the mailbox that gets it."""
    return {pair[0].delivery.forward_path.addr_spec: pair[1] for pair in world.take(PostKind.RELAY)}


def told(world: World) -> dict[str, Message]:
    """What we said ourselves since the last look, by the mailbox that gets it."""
    return {pair[0].delivery.forward_path.addr_spec: pair[1] for pair in world.take(PostKind.NOTICE)}


def answer(world: World, got: Message, author: str, text: str, **envelope: object) -> None:
    """Somebody presses Reply on what he got."""
    to, octets = answer_to(got, author, text)
    assert world.mail(octets, to, **envelope) == (ACCEPTED,)


def the_thread(world: World) -> Thread:
    """The one conversation there is."""
    [row] = world.bridge.store.threads(10)
    return row.thread


def taken_by(world: World) -> str | None:
    """Who has the one conversation."""
    taker = the_thread(world).assigned_to
    return taker.addr_spec if taker is not None else None


DISPUTES = StaffTerms(gets=Gets.AREAS, areas=(Area.DISPUTE,))
DAY = timedelta(days=1)
