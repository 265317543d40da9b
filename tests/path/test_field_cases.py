"""What users of other bridges ran into, end to end through the path (cases.md C9, T8, U1 to U3, U6 to U8)."""

from dataclasses import replace
from pathlib import Path

import pytest

from mailbridge.domain.address import RealAddress
from mailbridge.domain.delivery import DeliveryState, PostKind
from mailbridge.domain.parties import Mailbox
from mailbridge.domain.reply import ACCEPTED, ALREADY_ACCEPTED
from tests.path.world import BUYER, CC_DOOR, CLIENT_IP, CONTACT, SELLER, World, a_text, a_world, answer_to, trade


def _asked(world: World) -> str:
    """A buyer's question; the address that stands for him."""
    assert world.mail(a_text(BUYER, CONTACT, "Is it blue?"), CONTACT) == (ACCEPTED,)
    [(_, asked)] = world.take(PostKind.RELAY)
    return asked.authors[0].addr_spec


@pytest.mark.parametrize(
    "marks",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated"},
        {"Precedence": "bulk", "X_Autoreply": "yes"},
    ],
)
def test_C9_automatic_mail_to_many_of_our_addresses_goes_on_to_nobody(tmp_path: Path, marks: dict[str, str]) -> None:
    with a_world(tmp_path) as world:
        alias = _asked(world)
        pair = world.bridge.store.pair_called(market="market", seller="s1", buyer="b1", now=world.now)
        many = (CONTACT, pair.alias_of_seller.address.addr_spec, CONTACT.replace("@", ".o-48213@"), CC_DOOR)
        octets = a_text(BUYER, ", ".join(many), "I am away.", subject="Away", Message_ID="<a@c.example>", **marks)
        replies = world.mail(octets, *many)
        assert all(reply == ACCEPTED for reply in replies)
        assert world.take(PostKind.RELAY, PostKind.ACKNOWLEDGEMENT) == []
        back = {delivery.delivery.forward_path.addr_spec for delivery, _ in world.run_intents()} - {SELLER}
        assert back <= {BUYER}  # the acknowledgement of the question before; nobody else hears anything
        assert alias not in back


def test_T8_without_a_message_id_a_mail_is_taken_once(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        octets = a_text(BUYER, CONTACT, "Is it blue?", Message_ID="")
        assert world.mail(octets, CONTACT) == (ACCEPTED,)
        assert world.mail(octets, CONTACT) == (ALREADY_ACCEPTED,)
        [(_, asked)] = world.take(PostKind.RELAY)
        assert asked.message_id


def test_U1_U2_to_is_the_mailbox_of_the_reader_himself(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        assert world.mail(a_text(BUYER, CONTACT, "Is it blue?"), CONTACT) == (ACCEPTED,)
        [(_, asked)] = world.take(PostKind.RELAY)
        assert [mailbox.addr_spec for mailbox in asked.to] == [SELLER]
        to, octets = answer_to(asked, SELLER, "It is green.")
        assert world.mail(octets, to) == (ACCEPTED,)
        [(_, told)] = world.take(PostKind.RELAY)
        assert [mailbox.addr_spec for mailbox in told.to] == [BUYER]


def test_U3_header_fields_of_the_mail_are_kept_on_record_and_not_passed_on(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        octets = a_text(BUYER, CONTACT, "Is it blue?", X_Originating_IP="[203.0.113.9]", Received="from laptop.lan")
        assert world.mail(octets, CONTACT) == (ACCEPTED,)
        [(sent, _)] = world.take(PostKind.RELAY)
        for trace in (b"203.0.113.9", b"laptop.lan"):
            assert trace not in sent.delivery.octets
        [row] = world.bridge.store.threads(5)
        [record] = world.bridge.store.thread_view(row.thread.id)
        assert world.bridge.store.original(record.record_id) == octets


def test_U6_the_acknowledgement_comes_from_the_shop_and_a_reply_to_it_reaches_the_shop(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        _asked(world)
        [ack] = [
            message for claimed, message in world.run_intents() if claimed.delivery.kind is PostKind.ACKNOWLEDGEMENT
        ]
        world.take()
        to, octets = answer_to(ack, BUYER, "And how long?")
        assert world.mail(octets, to) == (ACCEPTED,)
        [(more, said)] = world.take(PostKind.RELAY)
        assert more.delivery.forward_path.addr_spec == SELLER
        assert "And how long?" in (said.body.plain or "")
        assert len(world.bridge.store.threads(5)) == 1


@pytest.mark.parametrize("is_exempt", [True, False])
def test_U7_a_mailbox_is_exempt_from_its_domain_s_policy_where_the_market_names_another_proof(
    tmp_path: Path, is_exempt: bool
) -> None:
    """The provider forwards under an envelope of its own and breaks the signature; the domain asks for rejection."""
    proof = ("bounce@forwarder.example",) if is_exempt else ()
    batch = trade()
    [seller] = batch.sellers
    mailbox = Mailbox(address=RealAddress(SELLER), authenticated_as=proof)
    with a_world(tmp_path, replace(batch, sellers=(replace(seller, mailboxes=(mailbox,)),))) as world:
        world.resolver.records["forwarder.example"] = f"v=spf1 ip4:{CLIENT_IP} -all".encode()
        alias = _asked(world)
        octets = a_text(SELLER, alias, "It is green.", subject="Re: A question")
        [reply] = world.mail(octets, alias, reverse_path="bounce@forwarder.example")
        assert (reply == ACCEPTED) == is_exempt
        assert len(world.take(PostKind.RELAY)) == is_exempt


def test_U8_what_became_of_a_mail_can_be_read_without_an_address(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        _asked(world)
        [row] = [one for one in world.bridge.store.queue_rows(tuple(DeliveryState), 10) if one.kind is PostKind.RELAY]
        assert (row.reader, row.state, row.attempts) == ("seller", DeliveryState.PENDING, 0)
        assert SELLER not in repr(row)
