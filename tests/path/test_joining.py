"""Both people are told when the marketplace is called to their conversation (S-31), through the whole path."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge.domain.address import RealAddress
from mailbridge.domain.delivery import ClaimedDelivery, PostKind
from mailbridge.domain.message import Message
from mailbridge.domain.parties import Mailbox, Role
from mailbridge.domain.reply import ACCEPTED
from mailbridge.domain.staff import Gets, StaffTerms
from mailbridge.domain.thread import AliasState, Area
from mailbridge.path.joining import told_of_call
from mailbridge.path.silence import plan_after_silence
from mailbridge.policy.areas import AreaRow, Silence
from tests.path.world import BUYER, CONTACT, OPERATOR, SELLER, World, a_text, a_world, answer_to, trade

WEEK = timedelta(days=7)
JAN = "jan@acme-shop.example"
DISPUTE = CONTACT.replace("@", ".dispute-48213@")
LANGUAGES = {
    "en": ("Market was asked to join", "for 7 days", "Write a message"),
    "pl": ("Poproszono serwis Market", "od 7 dni", "Napisz wiadomość"),
    "it": ("È stato chiesto a Market", "da 7 giorni", "Scrivi un messaggio"),
    "de": ("Market wurde hinzugerufen", "seit 7 Tagen", "Nachricht schreiben"),
}


@contextmanager
def _world(folder: Path, *, tells: bool = True, languages: tuple[str, str] = ("en", "en")) -> Iterator[World]:
    """A market that is called to disputes after a week, whose shop has two mailboxes: Jan named disputes."""
    batch = trade()
    boxes = (
        Mailbox(address=RealAddress(SELLER), staff=StaffTerms(gets=Gets.ASSIGNED)),
        Mailbox(address=RealAddress(JAN), staff=StaffTerms(gets=Gets.AREAS, areas=(Area.DISPUTE,)), is_primary=False),
    )
    batch = replace(
        batch,
        marketplaces=(replace(batch.marketplaces[0], tells_when_called=tells, cc_address=None),),
        sellers=(replace(batch.sellers[0], language=languages[0], mailboxes=boxes),),
        buyers=(replace(batch.buyers[0], language=languages[1]),),
    )
    with a_world(folder, batch) as world:
        rules = world.bridge.rules()
        row = AreaRow(area=Area.DISPUTE, pack="general", silence=Silence(market_joins_days=7))
        world.bridge = replace(world.bridge, rules=lambda: replace(rules, areas=(row, *rules.areas)))
        yield world


def _disputed(world: World) -> Message:
    """A buyer's dispute; what Jan gets."""
    assert world.mail(a_text(BUYER, DISPUTE, "It is broken."), DISPUTE) == (ACCEPTED,)
    [(claimed, asked)] = world.take(PostKind.RELAY)
    assert claimed.delivery.forward_path.addr_spec == JAN
    world.run_intents()  # the acknowledgement, and the welcome
    return asked


def _called(world: World) -> dict[str, tuple[ClaimedDelivery, Message]]:
    """What is sent when the marketplace is called now, by mailbox."""
    plan_after_silence(world.bridge)
    sent = [pair for pair in world.run_intents() if pair[0].fencing_token == 1]
    return {claimed.delivery.forward_path.addr_spec: (claimed, message) for claimed, message in sent}


def test_S31_both_are_told_once_for_each_call_and_the_shop_where_the_conversation_waits(tmp_path: Path) -> None:
    with _world(tmp_path) as world:
        _disputed(world)
        world.now += WEEK
        assert set(_called(world)) == {OPERATOR, BUYER, JAN}
        world.now += WEEK
        assert _called(world) == {}
        [row] = world.bridge.store.threads(10)
        for state in ("CLOSED", "OPEN"):
            world.bridge.store.change_state(row.thread.id, type(row.thread.state)[state], "", world.now)
        assert set(_called(world)) == {OPERATOR, BUYER, JAN}


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_S31_each_reads_it_in_his_language(tmp_path: Path, language: str) -> None:
    other = "de" if language == "en" else "en"
    with _world(tmp_path, languages=(language, other)) as world:
        _disputed(world)
        world.now += WEEK
        called = _called(world)
        for reader, reads, who in ((JAN, language, "Anna K."), (BUYER, other, "Acme")):
            _, mail = called[reader]
            subject, days, button = LANGUAGES[reads]
            assert mail.subject.startswith(subject)
            assert who in mail.subject
            assert "48213" in mail.subject
            assert days in (mail.body.plain or "")
            assert button in (mail.body.html or "")


@pytest.mark.parametrize("reader", [JAN, BUYER])
def test_S31_T51_it_is_marked_as_automatic_and_names_nobody_s_mailbox(tmp_path: Path, reader: str) -> None:
    with _world(tmp_path) as world:
        asked = _disputed(world)
        world.now += WEEK
        claimed, mail = _called(world)[reader]
        octets = claimed.delivery.octets
        assert b"\r\nAuto-Submitted: auto-generated\r\n" in octets  # RFC 3834 §5
        assert claimed.delivery.reverse_path is None
        assert mail.authors[0].addr_spec == "notice@relay.example"
        assert mail.reply_to == ()
        hidden = {JAN, SELLER, BUYER} - {reader}
        assert not any(address.encode() in octets for address in hidden)
        known = asked.message_id if reader == JAN else next(iter(mail.in_reply_to), "")
        assert mail.in_reply_to == (known,)
        assert mail.references[-1] == known


@pytest.mark.parametrize(("author", "reader"), [(JAN, BUYER), (BUYER, JAN)])
def test_S31_what_its_button_begins_lands_in_the_conversation(tmp_path: Path, author: str, reader: str) -> None:
    with _world(tmp_path) as world:
        _disputed(world)
        world.now += WEEK
        _, mail = _called(world)[author]
        text = mail.body.plain or ""
        [to] = re.findall(r"^\S+@relay\.example", text, re.MULTILINE)
        [subject] = re.findall(r"this subject: (.+)", text)
        world.mail(a_text(author, to, "Let us talk.", subject=subject), to)
        [(claimed, told)] = world.take(PostKind.RELAY)
        assert claimed.delivery.forward_path.addr_spec == reader
        assert "[" not in told.subject
        assert len(world.bridge.store.threads(10)) == 1
        world.now += WEEK
        assert _called(world) == {}


def test_D20_a_reply_to_it_is_for_a_person_at_the_marketplace(tmp_path: Path) -> None:
    with _world(tmp_path) as world:
        _disputed(world)
        world.now += WEEK
        _, mail = _called(world)[BUYER]
        to, octets = answer_to(mail, BUYER, "The seller never answers.")
        assert world.mail(octets, to) == (ACCEPTED,)
        [(claimed, _)] = world.take()
        assert (claimed.delivery.kind, claimed.delivery.forward_path.addr_spec) == (PostKind.ROLE, OPERATOR)


def test_S31_a_marketplace_may_switch_it_off(tmp_path: Path) -> None:
    with _world(tmp_path, tells=False) as world:
        _disputed(world)
        world.now += WEEK
        assert set(_called(world)) == {OPERATOR}


@pytest.mark.parametrize("side", [Role.BUYER, Role.SELLER])
def test_S31_who_is_on_record_no_more_is_not_told(tmp_path: Path, side: Role) -> None:
    with _world(tmp_path) as world:
        _disputed(world)
        world.now += WEEK
        plan_after_silence(world.bridge)
        [intent] = world.bridge.store.due_intents(world.now, limit=9, worker="w", lease=timedelta(minutes=1))
        assert intent.seller is not None
        assert intent.buyer is not None
        assert intent.thread is not None
        assert intent.marketplace is not None
        if side is Role.BUYER:
            one_gone = replace(intent, buyer=replace(intent.buyer, is_active=False))
        else:
            one_gone = replace(intent, seller=replace(intent.seller, is_active=False))
        told = told_of_call(one_gone, intent.thread, intent.marketplace, world.bridge)
        assert [posting.reader for posting in told] == [side.other.value]


def test_B2_no_robot_is_told(tmp_path: Path) -> None:
    with _world(tmp_path) as world:
        _disputed(world)
        world.now += WEEK
        plan_after_silence(world.bridge)
        [intent] = world.bridge.store.due_intents(world.now, limit=9, worker="w", lease=timedelta(minutes=1))
        assert intent.thread is not None
        assert intent.marketplace is not None
        thread = replace(intent.thread, has_people=False)
        assert told_of_call(intent, thread, intent.marketplace, world.bridge) == ()


@pytest.mark.parametrize("state", [AliasState.MUTED, AliasState.EXPIRED])
def test_S31_an_address_that_takes_no_mail_is_not_offered(tmp_path: Path, state: AliasState) -> None:
    with _world(tmp_path) as world:
        _disputed(world)
        for row in world.bridge.store.aliases():
            world.bridge.store.set_alias_state(row.alias.address.addr_spec, state, world.now)
        world.now += WEEK
        for reader, (_, mail) in _called(world).items():
            if reader != OPERATOR:
                assert "Reply to the last message in your mailbox." in (mail.body.plain or "")
                assert "this address" not in (mail.body.plain or "")
