"""Storms: robots that answer our acknowledgements, and crowds that ask for them (T-26 to T-28, B1).

Each robot is met for 25 rounds in every run of the tests, for 1,000 in the slow ones; of the forged first contacts 100
and 10,000 come.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge.domain.acknowledgement import AckVersion, AckWishes
from mailbridge.domain.delivery import ClaimedDelivery, Delivered, DeliveryState, PostKind
from mailbridge.domain.message import Message
from mailbridge.domain.parties import FirstContact
from tests.path.world import BUYER, CLIENT_IP, CONTACT, SELLER, World, a_text, a_world, answer_to, trade
from tests.shared_data import shared_path

ROUNDS = (25, pytest.param(1_000, marks=pytest.mark.slow))
CROWDS = (100, pytest.param(10_000, marks=pytest.mark.slow))
_LOOP = "Hello, we got your mail and will look at it."
_OUR_MARKS = re.compile(rb"(?im)^(?:Auto-Submitted|Precedence|X-Auto-Response-Suppress):[^\r]*\r\n")

Ack = tuple[ClaimedDelivery, Message]
#: what a robot sends in this round, given the newest acknowledgement: forward-path and octets
Robot = Callable[[int, Ack | None], tuple[str, bytes]]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(tmp_path) as world:
        yield world


def _posted(world: World) -> list[Ack]:
    """What intents posted since the last call, each once: it counts as sent, so that nobody claims it again."""
    posted = world.run_intents()
    for claimed, _ in posted:
        world.bridge.store.settle(
            claimed.delivery.id,
            claimed.fencing_token,
            outcome=Delivered(),
            state=DeliveryState.DELIVERED,
            next_attempt_at=None,
            now=world.now,
        )
    return posted


def _acks_of(world: World) -> list[Ack]:
    """What was acknowledged since the last call; everything else is cleared away."""
    world.take()
    return [pair for pair in _posted(world) if pair[0].delivery.kind is PostKind.ACKNOWLEDGEMENT]


def _meet(world: World, robot: Robot, rounds: int, *, every: timedelta) -> int:
    """Let a robot answer us, one round after another; how many acknowledgements went out."""
    acks: list[Ack] = []
    for number in range(rounds):
        to, octets = robot(number, acks[-1] if acks else None)
        world.mail(octets, to)
        acks += _acks_of(world)
        world.now += every
    return len(acks)


def _first(number: int = 0, text: str = "Do you ship to Poland?") -> tuple[str, bytes]:
    return CONTACT, a_text(BUYER, CONTACT, text, subject=f"A question {number or ''}".strip())


def _answers_each_ack(number: int, newest: Ack | None) -> tuple[str, bytes]:
    return _first() if newest is None else answer_to(newest[1], BUYER, f"{_LOOP} Case {number}.")


def _answers_without_ids(number: int, newest: Ack | None) -> tuple[str, bytes]:
    if newest is None:
        return _first()
    to = newest[1].authors[0].addr_spec
    return to, a_text(BUYER, to, f"{_LOOP} Case {number}.", subject=f"Case {number} was opened")


def _opens_anew_at_the_contact_address(number: int, _: Ack | None) -> tuple[str, bytes]:
    return CONTACT, a_text(BUYER, CONTACT, f"{_LOOP} Case {number}.", subject=f"Case {number} was opened")


def _names_another_order_each_time(number: int, _: Ack | None) -> tuple[str, bytes]:
    to = CONTACT.replace("@", f".o-{48213 + number}@")
    return to, a_text(BUYER, to, f"{_LOOP} Case {number}.", subject=f"Order {48213 + number}")


def _sends_our_mail_back_as_it_is(_: int, newest: Ack | None) -> tuple[str, bytes]:
    if newest is None:
        return _first()
    return newest[1].authors[0].addr_spec, newest[0].delivery.octets


def _from_the_buyer(octets: bytes, to: str, number: int) -> bytes:
    """The same mail under the buyer's name and a Message-ID of its own."""
    octets = re.sub(rb"(?im)^From:[^\r]*\r\n(?:[ \t][^\r]*\r\n)*", f"From: {BUYER}\r\n".encode(), octets, count=1)
    octets = re.sub(rb"(?im)^To:[^\r]*\r\n(?:[ \t][^\r]*\r\n)*", f"To: {to}\r\n".encode(), octets, count=1)
    return re.sub(rb"(?im)^Message-ID:[^\r]*\r\n", f"Message-ID: <{number}@loop.example>\r\n".encode(), octets, count=1)


def _sends_our_mail_back_in_its_own_name(number: int, newest: Ack | None) -> tuple[str, bytes]:
    if newest is None:
        return _first()
    to = newest[1].authors[0].addr_spec
    return to, _from_the_buyer(newest[0].delivery.octets, to, number)


def _sends_our_mail_back_without_its_marks(number: int, newest: Ack | None) -> tuple[str, bytes]:
    octets = _sends_our_mail_back_in_its_own_name(number, newest)[1]
    return CONTACT, _OUR_MARKS.sub(b"", _from_the_buyer(octets, CONTACT, number))


ROBOTS: tuple[Robot, ...] = (
    _answers_each_ack,
    _answers_without_ids,
    _opens_anew_at_the_contact_address,
    _names_another_order_each_time,
    _sends_our_mail_back_as_it_is,
    _sends_our_mail_back_in_its_own_name,
    _sends_our_mail_back_without_its_marks,
)


@pytest.mark.parametrize("rounds", ROUNDS)
@pytest.mark.parametrize("robot", ROBOTS, ids=lambda robot: robot.__name__.strip("_"))
def test_T27_B1_a_robot_gets_one_acknowledgement_however_often_it_answers(
    world: World, robot: Robot, rounds: int
) -> None:
    assert _meet(world, robot, rounds, every=timedelta(seconds=20)) == 1


@pytest.mark.parametrize("rounds", ROUNDS)
@pytest.mark.parametrize("robot", [_answers_each_ack, _opens_anew_at_the_contact_address], ids=("answers", "opens"))
def test_T27_B1_a_slow_one_gets_one_too_though_it_takes_weeks(world: World, robot: Robot, rounds: int) -> None:
    assert _meet(world, robot, rounds, every=timedelta(minutes=61)) == 1


@pytest.mark.parametrize("rounds", ROUNDS)
@pytest.mark.parametrize("minutes", [1, 61])
def test_T27_B1_a_robot_that_begins_a_conversation_each_time_gets_one_until_it_is_quiet(
    tmp_path: Path, rounds: int, minutes: int
) -> None:
    """Each of its mails is about another order of its own: only the cool-down holds it back."""
    [order] = trade().orders
    orders = tuple(replace(order, reference=str(60_000 + number)) for number in range(rounds))
    with a_world(tmp_path, replace(trade(), orders=orders)) as world:

        def robot(number: int, _: Ack | None) -> tuple[str, bytes]:
            to = CONTACT.replace("@", f".o-{60_000 + number}@")
            return to, a_text(BUYER, to, f"{_LOOP} Case {number}.", subject=f"Case {number}")

        assert _meet(world, robot, rounds, every=timedelta(minutes=minutes)) == 1
        # the newest 50 orders are looked at; with others it writes in a conversation that goes on
        assert len(world.bridge.store.threads(2_000)) >= min(rounds, 50)
        world.now += timedelta(hours=25)
        newest = replace(order, reference=str(60_000 + rounds))
        world.bridge.store.apply_trade(replace(trade(), orders=(newest,)), world.now)
        assert _meet(world, lambda *_: robot(rounds, None), 1, every=timedelta(0)) == 1


@pytest.mark.parametrize("rounds", ROUNDS)
def test_T26_two_shops_of_ours_do_not_answer_each_other(world: World, rounds: int) -> None:
    """The seller's mailbox answers by itself too: what it answers goes on, and is never acknowledged."""
    seller_id = world.bridge.store.seller_called("s1", None).seller.id
    wishes = AckVersion(number=1, saved_at=world.now, by="command", wishes=AckWishes(copies=True))
    world.bridge.store.save_acknowledgement(seller_id, wishes)
    to, octets = _first()
    world.mail(octets, to)
    acks = 0
    for number in range(rounds):
        relayed = world.take(PostKind.RELAY)
        posted = _posted(world)
        acks += sum(claimed.delivery.kind is PostKind.ACKNOWLEDGEMENT for claimed, _ in posted)
        for _, mail in [*relayed, *posted]:
            author = SELLER if mail.to[0].addr_spec == SELLER else BUYER
            to = mail.authors[0].addr_spec
            answer = a_text(author, to, f"{_LOOP} Case {number}.", In_Reply_To=mail.message_id or "")
            world.mail(answer, to)
        world.now += timedelta(seconds=20)
    assert acks == 1


def _vacation_replies() -> list[bytes]:
    """The automated mails of the corpora, as this buyer's own."""
    folder = shared_path("data", "auto", "chatwoot")
    said = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    names = [name for name, mail in said.items() if mail["automated"]]
    other = shared_path("data", "auto", "spamassassin_rules")
    bounced = json.loads((other / "expected.json").read_text(encoding="utf-8"))
    hits = [name for name, mail in bounced.items() if mail["hit"]]
    found = [(folder / name).read_bytes() for name in names] + [(other / name).read_bytes() for name in hits]
    return [re.sub(rb"\r?\n", b"\r\n", octets) for octets in found]


@pytest.mark.parametrize("rounds", ROUNDS)
def test_T27_vacation_replies_of_the_corpora_get_at_most_one(world: World, rounds: int) -> None:
    replies = _vacation_replies()
    assert len(replies) > 20

    def robot(number: int, newest: Ack | None) -> tuple[str, bytes]:
        to = CONTACT if newest is None else newest[1].authors[0].addr_spec
        return to, _from_the_buyer(replies[number % len(replies)], to, number)

    assert _meet(world, robot, rounds, every=timedelta(minutes=3)) <= 1


@pytest.mark.parametrize("rounds", ROUNDS)
def test_T39_a_mail_that_is_played_again_is_acknowledged_once(world: World, rounds: int) -> None:
    to, octets = _first()

    def again(number: int, _: Ack | None) -> tuple[str, bytes]:
        return to, f"Received: from mx{number}.example by client.example\r\n".encode() + octets

    def under_another_id(number: int, _: Ack | None) -> tuple[str, bytes]:
        return to, re.sub(rb"Message-ID: <[^>]*>", f"Message-ID: <{number}@x.example>".encode(), octets)

    assert _meet(world, again, rounds, every=timedelta(seconds=20)) == 1
    assert _meet(world, under_another_id, rounds, every=timedelta(seconds=20)) == 0


@pytest.mark.parametrize("crowd", ROUNDS)
@pytest.mark.parametrize("address", ["case{}@crm.example", "crm+{}@gmail.com"])
def test_B1_a_robot_that_changes_its_address_each_time_is_stopped_by_its_domain(
    world: World, address: str, crowd: int
) -> None:
    """At its own domain, or with tags at a public provider."""
    world.resolver.records[address.partition("@")[2]] = f"v=spf1 ip4:{CLIENT_IP} -all".encode()

    def robot(number: int, _: Ack | None) -> tuple[str, bytes]:
        return CONTACT, a_text(address.format(number), CONTACT, _LOOP, subject=f"Case {number}")

    limits = replace(world.bridge.settings.ack_limits, per_domain=10)
    world.bridge = replace(world.bridge, settings=replace(world.bridge.settings, ack_limits=limits))
    assert _meet(world, robot, crowd, every=timedelta(seconds=20)) == 10


@pytest.mark.parametrize("crowd", ROUNDS)
def test_T28_the_breaker_ends_a_flood_of_honest_strangers(world: World, crowd: int) -> None:
    def robot(number: int, _: Ack | None) -> tuple[str, bytes]:
        domain = f"d{number}.example"
        world.resolver.records[domain] = f"v=spf1 ip4:{CLIENT_IP} -all".encode()
        return CONTACT, a_text(f"person@{domain}", CONTACT, "Do you ship to Poland?", subject=f"Question {number}")

    limits = replace(world.bridge.settings.ack_limits, per_hour=12)
    world.bridge = replace(world.bridge, settings=replace(world.bridge.settings, ack_limits=limits))
    assert _meet(world, robot, crowd, every=timedelta(seconds=1)) == 12


@pytest.mark.parametrize("first_contact", list(FirstContact), ids=lambda each: each.value)
@pytest.mark.parametrize("crowd", CROWDS)
def test_T28_forged_first_contacts_are_never_acknowledged(
    tmp_path: Path, crowd: int, first_contact: FirstContact
) -> None:
    with a_world(tmp_path, trade(first_contact=first_contact)) as world:
        acks = 0
        for number in range(crowd):
            author = f"victim{number}@host{number % 97}.example"
            if number % 3 == 0:  # a domain that says who may write for it, and this client may not
                world.resolver.records[author.partition("@")[2]] = b"v=spf1 ip4:203.0.113.9 ~all"
            world.mail(a_text(author, CONTACT, f"Do you have {number} of it?", subject=f"Question {number}"), CONTACT)
            if number % 50 == 49 or number == crowd - 1:
                acks += len(_acks_of(world))
            world.now += timedelta(seconds=2)
        world.now += timedelta(hours=2)
        acks += len(_acks_of(world))
        gauges = world.bridge.store.gauges()
    assert acks == 0
    if first_contact is FirstContact.HOLD:
        assert gauges["held"] == crowd  # they came in and wait for a person; nothing was refused on the way
