"""Conversations end, and are opened again, by words in a reply and by late mail (N-11, S-77, S-82, T12)."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from mailbridge.domain.delivery import PostKind
from mailbridge.domain.message import Message
from mailbridge.domain.reply import ACCEPTED
from mailbridge.domain.thread import Area, Thread, ThreadState
from mailbridge.store.clockrecords import DueAsked
from mailbridge.store.tables import threads
from tests.path.world import BUYER, CONTACT, SELLER, World, a_text, a_world, answer_to, trade


def _begin(world: World) -> Message:
    """The buyer asks about his order; what the seller gets."""
    assert world.mail(a_text(BUYER, CONTACT, "When does it come?", subject="Order 48213"), CONTACT) == (ACCEPTED,)
    [(_, relayed)] = world.take(PostKind.RELAY)
    return relayed


def _answer(world: World, got: Message, author: str, text: str) -> list[Message]:
    to, octets = answer_to(got, author, text)
    assert world.mail(octets, to) == (ACCEPTED,)
    return [message for _, message in world.take(PostKind.RELAY)]


def _thread(world: World) -> Thread:
    [row] = world.bridge.store.threads(10)
    return row.thread


def test_N11_S82_the_seller_closes_with_his_answer_and_the_word_does_not_reach_the_buyer(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        asked = _begin(world)
        [told] = _answer(world, asked, SELLER, "It leaves on Monday.\n\n#close")
        assert "It leaves on Monday." in (told.body.plain or "")
        assert "close" not in (told.body.plain or "")
        assert _thread(world).state is ThreadState.CLOSED


def test_N11_the_authors_own_words_stay_where_one_of_them_is_also_a_word_for_us(tmp_path: Path) -> None:
    text, html = "We do not close today.", "<p>We do not close today.</p><p>#close</p>"
    both = f"--b1\nContent-Type: text/plain\n\n{text}\n\n#close\n--b1\nContent-Type: text/html\n\n{html}\n--b1--"
    with a_world(tmp_path) as world:
        to = _begin(world).authors[0].addr_spec
        mail = a_text(SELLER, to, both, subject="[close] We close", Content_Type="multipart/alternative; boundary=b1")
        assert world.mail(mail, to) == (ACCEPTED,)
        [(_, told)] = world.take(PostKind.RELAY)
        assert told.subject == "We close"
        for form in (told.body.plain or "", told.body.html or ""):
            assert (text in form, "#" in form) == (True, False)
        assert _thread(world).state is ThreadState.CLOSED


def test_S82_caseT12_the_customer_opens_it_again_by_replying(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        [told] = _answer(world, _begin(world), SELLER, "It leaves on Monday.\n\n#close")
        [again] = _answer(world, told, BUYER, "It did not.")
        assert _thread(world).state is ThreadState.OPEN
        assert len(world.bridge.store.threads(10)) == 1
        assert _answer(world, again, SELLER, "#chiudi\nIt has now.") != []
        assert _thread(world).state is ThreadState.CLOSED


def test_N11_a_word_alone_sends_nothing_to_the_other_side(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        assert _answer(world, _begin(world), SELLER, "#resolved") == []
        assert _thread(world).state is ThreadState.RESOLVED
        kept = {row.reason: row.state for row in world.bridge.store.thread_view(_thread(world).id)}
        assert kept == {"relayed": "relayed", "conversation_moved": "recorded"}


def test_S77_a_private_note_stays_with_the_seller(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        assert _answer(world, _begin(world), SELLER, "#private\nShe called twice.") == []
        kept = {row.reason: row for row in world.bridge.store.thread_view(_thread(world).id)}
        assert set(kept) == {"relayed", "private_note"}
        assert "She called twice." in kept["private_note"].new_text
        assert _thread(world).state is ThreadState.OPEN


def test_S77_a_buyers_note_is_no_note(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        [told] = _answer(world, _begin(world), SELLER, "It leaves on Monday.")
        assert len(_answer(world, told, BUYER, "#private\nThank you.")) == 1


def test_S31_what_is_not_his_to_end_stays_and_he_is_told_while_his_words_go_on(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        asked = _begin(world)
        with world.bridge.store._database.writing() as connection:
            connection.execute(update(threads).values(area="dispute"))
        to, octets = answer_to(asked, SELLER, "We sent it back.\n\n#close")
        assert world.mail(octets, to) == (ACCEPTED,)
        sent = {claimed.delivery.kind: message for claimed, message in world.take()}
        assert "We sent it back." in (sent[PostKind.RELAY].body.plain or "")
        assert "not up to you" in (sent[PostKind.NOTICE].body.plain or "")
        assert BUYER not in (sent[PostKind.NOTICE].body.plain or "")
        assert _thread(world).state is ThreadState.OPEN


def test_N02_a_trial_moves_nothing(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        asked = _begin(world)
        to, octets = answer_to(asked, SELLER, "It leaves on Monday.\n\n#close")
        assert world.mail(octets.replace(b"To: ", b"To: check-", 1), f"check-{to}") == (ACCEPTED,)
        assert _thread(world).state is ThreadState.OPEN


def test_S76_late_mail_of_a_buyer_to_an_ended_note_begins_another_conversation(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        [told] = _answer(world, _begin(world), SELLER, "It leaves on Monday.")
        with world.bridge.store._database.writing() as connection:
            connection.execute(update(threads).values(area="note", state="closed"))
        assert len(_answer(world, told, BUYER, "When exactly?")) == 1
        found = {row.thread.state: row.thread for row in world.bridge.store.threads(10)}
        assert set(found) == {ThreadState.OPEN, ThreadState.CLOSED}
        assert found[ThreadState.OPEN].order_reference == "48213"
        assert (
            found[ThreadState.OPEN].area is Area.ORDER
        )  # a note is not his to begin: it is an ordinary one, with a clock
        assert _waits(world)


@pytest.mark.parametrize(
    ("tag", "area", "order"),
    [
        ("dispute-48213", Area.DISPUTE, "48213"),
        ("ticket-48213", Area.TICKET, "48213"),
        ("ticket", Area.TICKET, ""),
        ("enquiry", Area.ENQUIRY, ""),
        ("question", Area.QUESTION, ""),
        ("dispute-99999", Area.DISPUTE, ""),
    ],
)
def test_S31_S78_S83_S84_the_tag_of_the_contact_address_says_what_kind_it_is(
    tmp_path: Path, tag: str, area: Area, order: str
) -> None:
    with a_world(tmp_path) as world:
        to = CONTACT.replace("@", f".{tag}@")
        for number in range(2):
            octets = a_text(
                BUYER, to, f"It is broken ({number}).", subject="Broken", Message_ID=f"<{number}@c.example>"
            )
            assert world.mail(octets, to) == (ACCEPTED,)
        thread = _thread(world)
        assert (thread.area, thread.order_reference) == (area, order)


def test_S31_a_dispute_about_an_order_is_another_conversation_than_the_order_itself(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        _begin(world)
        to = CONTACT.replace("@", ".dispute-48213@")
        assert world.mail(a_text(BUYER, to, "It is broken.", subject="Broken"), to) == (ACCEPTED,)
        found = {row.thread.area: row.thread.order_reference for row in world.bridge.store.threads(10)}
        assert found == {Area.ORDER: "48213", Area.DISPUTE: "48213"}


def test_D9_nobody_but_a_proven_author_moves_anything(tmp_path: Path) -> None:
    with a_world(tmp_path, replace(trade())) as world:
        asked = _begin(world)
        to, octets = answer_to(asked, SELLER, "#close")
        forged = octets.replace(b"From: sales@acme-shop.example", b"From: boss@acme-shop.example", 1)
        world.mail(forged, to, reverse_path="boss@acme-shop.example")
        assert _thread(world).state is ThreadState.OPEN


def _waits(world: World) -> bool:
    """Whether somebody waits for an answer."""
    return bool(world.bridge.store.due(DueAsked(until=world.now + timedelta(days=9))))


def test_N10_S82_an_ended_conversation_waits_for_no_answer_and_a_reopened_one_does(tmp_path: Path) -> None:
    with a_world(tmp_path) as world:
        asked = _begin(world)
        assert _waits(world)
        assert _answer(world, asked, SELLER, "#resolved") == []
        assert not _waits(world)
        to, octets = answer_to(asked, SELLER, "It leaves on Monday.")
        assert world.mail(octets, to) == (ACCEPTED,)
        [(_, told)] = world.take(PostKind.RELAY)
        assert not _waits(world)
        _answer(world, told, BUYER, "It did not.")
        assert _waits(world)
