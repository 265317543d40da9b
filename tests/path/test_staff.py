"""Colleagues at one shop: several get a message, one takes it, others read; away and switched off (S-13, S-17, U5)."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailbridge.domain.address import RealAddress
from mailbridge.domain.authresults import AuthResults
from mailbridge.domain.clocks import WhichClock
from mailbridge.domain.delivery import DeliveryState, Failed, PostKind
from mailbridge.domain.envelope import Envelope, Peer
from mailbridge.domain.message import Message
from mailbridge.domain.parties import FirstContact, Role
from mailbridge.domain.staff import Gets, StaffRole, StaffTerms
from mailbridge.domain.thread import AliasState, ThreadState
from mailbridge.domain.trade_batch import TradeBatch
from mailbridge.errors import AuthenticationUnavailable, GateBroken
from mailbridge.path import messaging
from mailbridge.path.duesoon import DueMails
from mailbridge.path.held import release
from mailbridge.path.relay import Relaying
from mailbridge.path.undelivered import report_undelivered
from mailbridge.policy.plan import HoldReason
from mailbridge.store.clockrecords import DueAsked
from mailbridge.store.records import Intake
from mailbridge.store.store import Store
from tests.path.staffing import (
    BOTH,
    DAY,
    DISPUTES,
    JAN,
    OFF,
    OLA,
    a_shop,
    answer,
    ask,
    relayed,
    set_terms,
    taken_by,
    the_seller,
    the_thread,
    told,
)
from tests.path.world import ALIAS_DOMAIN, BUYER, CONTACT, HOSTNAME, SELLER, START, World, a_text, answer_to, trade


def test_S13_nothing_set_only_the_primary_mailbox_gets_it(tmp_path: Path) -> None:
    with a_shop(tmp_path) as world:
        ask(world)
        assert set(relayed(world)) == {SELLER}


def test_S13_several_get_it_each_for_himself_under_one_id(tmp_path: Path) -> None:
    with a_shop(tmp_path, BOTH) as world:
        ask(world)
        got = world.take(PostKind.RELAY)
        assert [claimed.delivery.forward_path.addr_spec for claimed, _ in got] == [SELLER, JAN]
        assert len({message.message_id for _, message in got}) == 1
        assert [[to.addr_spec for to in message.to] for _, message in got] == [[SELLER], [JAN]]
        for (claimed, _), (other, _) in zip(got, reversed(got), strict=True):
            assert other.delivery.forward_path.addr_spec.encode() not in claimed.delivery.octets
        assert len({claimed.delivery.reverse_path for claimed, _ in got}) == 2


@pytest.mark.parametrize("author", [SELLER, JAN, OLA])
def test_S13_whoever_answers_it_lands_in_the_conversation(tmp_path: Path, author: str) -> None:
    with a_shop(tmp_path, BOTH) as world:
        ask(world)
        answer(world, relayed(world)[JAN], author, "On Monday.")
        [(_, to_buyer)] = world.take(PostKind.RELAY)
        assert "On Monday." in (to_buyer.body.plain or "")
        assert the_thread(world).reference  # the only one


def test_S13_two_answers_of_two_colleagues_both_go(tmp_path: Path) -> None:
    with a_shop(tmp_path, BOTH) as world:
        ask(world)
        got = relayed(world)
        answer(world, got[SELLER], SELLER, "On Monday.")
        answer(world, got[JAN], JAN, "On Tuesday.")
        assert [b"Monday" in c.delivery.octets for c, _ in world.take(PostKind.RELAY)] == [True, False]


def test_S13_the_buyer_never_reads_who_of_the_shop_wrote(tmp_path: Path) -> None:
    with a_shop(tmp_path, BOTH) as world:
        ask(world)
        answer(world, relayed(world)[JAN], JAN, "On Monday.\n\nBest regards\nJan Nowak")
        [(claimed, _)] = world.take(PostKind.RELAY)
        for secret in (JAN, SELLER, "Eva Boss", "acme-shop.example"):
            assert secret.encode() not in claimed.delivery.octets


def test_S13_an_area_goes_to_whom_it_concerns(tmp_path: Path) -> None:
    with a_shop(tmp_path, {JAN: DISPUTES}) as world:
        ask(world)
        assert set(relayed(world)) == {SELLER}
        ask(world, "It is broken.", to=CONTACT.replace("@", ".dispute-48213@"), subject="Broken")
        assert set(relayed(world)) == {SELLER, JAN}


@pytest.mark.parametrize("word", ["#take", "#biorę", "#prendo", "#übernehme"])
def test_S13_a_word_takes_the_conversation_and_does_not_reach_the_buyer(tmp_path: Path, word: str) -> None:
    with a_shop(tmp_path) as world:
        ask(world)
        answer(world, relayed(world)[SELLER], JAN, f"On Monday.\n\n{word}")
        [(_, to_buyer)] = world.take(PostKind.RELAY)
        assert "On Monday." in (to_buyer.body.plain or "")
        assert word not in (to_buyer.body.plain or "")
        assert taken_by(world) == JAN
        answer(world, to_buyer, BUYER, "Thank you.")
        assert set(relayed(world)) == {JAN, SELLER}


@pytest.mark.parametrize("word", ["#assign Jan", "#przydziel jan", "#assegna JAN", "#zuweisen jan@acme-shop.example."])
def test_S13_a_word_gives_it_to_a_colleague_and_alone_it_sends_nothing(tmp_path: Path, word: str) -> None:
    with a_shop(tmp_path, {SELLER: StaffTerms(gets=Gets.ASSIGNED), OLA: StaffTerms(gets=Gets.ALL)}) as world:
        ask(world)
        answer(world, relayed(world)[OLA], OLA, word)
        assert world.take() == []
        assert taken_by(world) == JAN
        kept = {row.reason for row in world.bridge.store.thread_view(the_thread(world).id)}
        assert kept == {"relayed", "conversation_assigned"}


@pytest.mark.parametrize("subject", ["[#assign ola] Order 48213", "[take] Order 48213"])
def test_S13_a_buyers_subject_that_comes_back_in_an_answer_assigns_nothing(tmp_path: Path, subject: str) -> None:
    with a_shop(tmp_path) as world:
        ask(world, subject=subject)
        answer(world, relayed(world)[SELLER], SELLER, "On Monday.")
        [to_buyer] = relayed(world).values()
        assert (subject in to_buyer.subject, taken_by(world)) == (True, None)


def test_S13_a_word_that_is_quoted_assigns_nothing(tmp_path: Path) -> None:
    with a_shop(tmp_path) as world:
        ask(world, "#assign ola")
        answer(world, relayed(world)[SELLER], SELLER, "On Monday.")
        assert taken_by(world) is None


def test_S13_who_can_not_have_it_does_not_get_it_and_its_author_reads_who_can(tmp_path: Path) -> None:
    with a_shop(tmp_path, {JAN: StaffTerms(name="Jan Nowak"), OLA: StaffTerms(role=StaffRole.OBSERVER)}) as world:
        ask(world)
        got = relayed(world)[SELLER]
        for name in ("Olga", "ola"):
            answer(world, got, SELLER, f"On Monday ({name}).\n\n#assign {name}")
            [notice] = [message for _, message in world.take() if message.subject.startswith("Not assigned")]
            assert "Jan Nowak" in (notice.body.plain or "")
            assert OLA not in (notice.body.plain or "")
            assert taken_by(world) is None


def test_S13_a_buyer_takes_and_assigns_nothing_and_his_words_go_on(tmp_path: Path) -> None:
    with a_shop(tmp_path) as world:
        ask(world)
        answer(world, relayed(world)[SELLER], SELLER, "On Monday.")
        [to_buyer] = relayed(world).values()
        answer(world, to_buyer, BUYER, "#assign Jan")
        assert "#assign Jan" in (relayed(world)[SELLER].body.plain or "")
        assert taken_by(world) is None


def test_S13_N11_two_words_do_both(tmp_path: Path) -> None:
    with a_shop(tmp_path) as world:
        ask(world)
        answer(world, relayed(world)[SELLER], JAN, "#take\nIt has left.\n#close")
        assert len(relayed(world)) == 1
        assert (taken_by(world), the_thread(world).state) == (JAN, ThreadState.CLOSED)


def test_S13_who_answers_first_takes_it_where_the_shop_wants_that(tmp_path: Path) -> None:
    with a_shop(tmp_path, BOTH, takes=True) as world:
        ask(world)
        got = relayed(world)
        answer(world, got[JAN], JAN, "#private\nI am on it.")
        assert taken_by(world) is None
        answer(world, got[JAN], JAN, "On Monday.")
        assert taken_by(world) == JAN
        answer(world, got[SELLER], SELLER, "On Tuesday.")
        assert taken_by(world) == JAN
        answer(world, got[SELLER], SELLER, "I have it now.\n#take")
        assert taken_by(world) == SELLER


def test_S13_without_that_an_answer_takes_nothing(tmp_path: Path) -> None:
    with a_shop(tmp_path, BOTH) as world:
        ask(world)
        answer(world, relayed(world)[JAN], JAN, "On Monday.")
        assert taken_by(world) is None


def test_S13_an_observer_reads_and_what_he_writes_is_refused_with_the_reason(tmp_path: Path) -> None:
    with a_shop(tmp_path, {JAN: StaffTerms(role=StaffRole.OBSERVER, gets=Gets.ALL)}) as world:
        ask(world)
        got = relayed(world)
        assert set(got) == {SELLER, JAN}
        answer(world, got[JAN], JAN, "On Monday.\n\n#close")
        sent = world.take()
        assert [claimed.delivery.kind for claimed, _ in sent] == [PostKind.NOTICE]
        assert "set up to read" in (sent[0][1].body.plain or "")
        assert the_thread(world).state is ThreadState.OPEN
        answer(world, got[JAN], JAN, "#private\nShe called twice.")
        assert "private_note" in {row.reason for row in world.bridge.store.thread_view(the_thread(world).id)}


@pytest.mark.parametrize(("author", "state"), [(JAN, ThreadState.CLOSED), (OLA, ThreadState.OPEN)])
def test_S77_N11_a_note_may_end_the_conversation_where_its_author_may(
    tmp_path: Path, author: str, state: ThreadState
) -> None:
    with a_shop(tmp_path, BOTH | {OLA: StaffTerms(role=StaffRole.OBSERVER)}) as world:
        ask(world)
        answer(world, relayed(world)[JAN], author, "#private\nShe is angry.\n#close")
        notices = [(claimed.delivery.forward_path.addr_spec, message.subject) for claimed, message in world.take()]
        assert [(to, "stays as it is" in subject) for to, subject in notices] == [(OLA, True)] * (author == OLA)
        assert the_thread(world).state is state
        assert {row.reason for row in world.bridge.store.thread_view(the_thread(world).id)} == {
            "relayed",
            "private_note",
        }
        runs = [one.ended_at is None for one in world.bridge.store.rounds(the_thread(world).id)[WhichClock.HONEST]]
        assert runs == [state is ThreadState.OPEN]


@pytest.mark.parametrize("word", ["#assign Jan", "#take"])
def test_S13_a_note_of_an_observer_is_kept_and_assigns_nothing(tmp_path: Path, word: str) -> None:
    with a_shop(tmp_path, BOTH | {OLA: StaffTerms(role=StaffRole.OBSERVER)}) as world:
        ask(world)
        answer(world, relayed(world)[JAN], OLA, f"#private\nShe is angry.\n{word}")
        [(claimed, notice)] = world.take()
        assert (claimed.delivery.forward_path.addr_spec, taken_by(world)) == (OLA, None)
        assert notice.subject.startswith("Not assigned")
        kept = {row.reason for row in world.bridge.store.thread_view(the_thread(world).id)}
        assert kept == {"relayed", "private_note"}


def test_S13_N02_what_an_observer_only_tries_is_not_refused_and_a_trial_takes_nothing(tmp_path: Path) -> None:
    with a_shop(tmp_path, {JAN: StaffTerms(role=StaffRole.OBSERVER, gets=Gets.ALL)}) as world:
        ask(world)
        got = relayed(world)
        for author in (JAN, SELLER):
            to, octets = answer_to(got[author], author, "On Monday.\n\n#take")
            world.mail(octets.replace(b"To: ", b"To: check-", 1), f"check-{to}")
            assert relayed(world) == {}
        assert taken_by(world) is None
        reasons = [row.reason for row in world.bridge.store.thread_view(the_thread(world).id)]
        assert sorted(reasons) == ["relayed", "trial", "trial_stopped"]


def test_S13_away_his_stand_in_gets_it_and_back_again_himself(tmp_path: Path) -> None:
    away = StaffTerms(away_until=START + 2 * DAY, stand_in=RealAddress(OLA))
    with a_shop(tmp_path, {SELLER: away}) as world:
        ask(world)
        assert set(relayed(world)) == {OLA}
        world.now = START + 3 * DAY
        ask(world, "Is anybody there?", subject="Order 48213 again")
        assert set(relayed(world)) == {SELLER}


def test_S13_a_vacation_reply_switches_nothing_and_of_several_readers_tells_the_buyer_nothing(tmp_path: Path) -> None:
    with a_shop(tmp_path, BOTH) as world:
        ask(world)
        got = world.take(PostKind.RELAY)
        for claimed, message in got[1:]:
            reverse_path = claimed.delivery.reverse_path
            assert reverse_path is not None
            to = message.authors[0].addr_spec
            note = a_text(JAN, to, "I am away until 5 December.", Auto_Submitted="auto-replied")
            world.mail(note, to)
            world.mail(
                a_text(JAN, reverse_path, "Away.", Auto_Submitted="auto-replied"), reverse_path, reverse_path=None
            )
        sent = [(claimed.delivery.kind, claimed.delivery.forward_path.addr_spec) for claimed, _ in world.run_intents()]
        assert (PostKind.NOTICE, BUYER) not in sent
        assert (PostKind.ACKNOWLEDGEMENT, BUYER) in sent
        ask(world, "Hello?", subject="Order 48213 again")
        assert set(relayed(world)) == {SELLER, JAN}


def _bounce(path: str | None) -> tuple[bytes, str]:
    """What a mail server says of a mailbox that is dead, and where to."""
    assert path is not None
    bounce = a_text("mailer-daemon@acme-shop.example", path, "", subject="failed").replace(
        b"Content-Type: text/plain; charset=utf-8\r\n\r\n",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n"
        b"--x\r\nContent-Type: text/plain\r\n\r\nno such user\r\n"
        b"--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; acme-shop.example\r\n\r\n"
        b"Final-Recipient: rfc822; x@acme-shop.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--x--\r\n",
    )
    return bounce, path


def test_T51_one_dead_mailbox_of_two_is_no_failure_for_the_buyer(tmp_path: Path) -> None:
    with a_shop(tmp_path, BOTH) as world:
        ask(world)
        counts = []
        for claimed, _ in world.take(PostKind.RELAY):
            world.mail(*_bounce(claimed.delivery.reverse_path), reverse_path=None)
            counts.append(len(told(world)))
        assert counts == [0, 1]


def test_T51_two_that_come_back_in_one_moment_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_shop(tmp_path, BOTH) as world:
        ask(world)
        first, second = (_bounce(claimed.delivery.reverse_path) for claimed, _ in world.take(PostKind.RELAY))
        commit, waiting = world.bridge.store.commit, [second]

        def late(intake: Intake) -> None:
            if waiting:  # what the first is told of was read by now
                world.mail(*waiting.pop(), reverse_path=None)
            commit(intake)

        monkeypatch.setattr(world.bridge.store, "commit", late)
        world.mail(*first, reverse_path=None)
        assert [claimed.delivery.forward_path.addr_spec for claimed, _ in world.take(PostKind.NOTICE)] == [BUYER]


def test_T51_two_that_are_refused_in_one_moment_are_told_once(tmp_path: Path) -> None:
    with a_shop(tmp_path, BOTH) as world:
        ask(world)
        both = [claimed for claimed, _ in world.take(PostKind.RELAY)]
        failed = Failed(diagnostic="550 no such user")
        asked_again = [report_undelivered(claimed, failed, world.bridge) for claimed in both]
        for claimed in both:
            assert world.bridge.store.settle(
                claimed.delivery.id,
                claimed.fencing_token,
                outcome=failed,
                state=DeliveryState.FAILED,
                next_attempt_at=None,
                now=world.now,
            )
        assert asked_again == [True, True]
        assert [report_undelivered(claimed, failed, world.bridge) for claimed in both] == [False, False]
        subjects = [m.subject for c, m in world.run_intents() if c.delivery.forward_path.addr_spec == BUYER]
        assert len([subject for subject in subjects if subject.startswith("Not delivered")]) == 1


def test_U5_a_colleague_gets_a_copy_of_what_another_answered_and_reply_goes_to_the_buyer(tmp_path: Path) -> None:
    with a_shop(tmp_path, BOTH | {OLA: StaffTerms(copies=True)}) as world:
        ask(world)
        got = relayed(world)
        answer(world, got[JAN], JAN, "On Monday.")
        sent = world.take()
        kinds = [(claimed.delivery.kind, claimed.delivery.forward_path.addr_spec) for claimed, _ in sent[:2]]
        assert kinds == [(PostKind.RELAY, BUYER), (PostKind.NOTICE, OLA)]
        claimed, copy = sent[1]
        text = copy.body.plain or ""
        assert ("On Monday." in text, "When does it come?" in text, JAN in text) == (True, False, False)
        assert BUYER.encode() not in claimed.delivery.octets
        assert [one.addr_spec for one in copy.authors] == [f"notice@{ALIAS_DOMAIN}"]
        assert [one.addr_spec for one in copy.reply_to] == [got[JAN].authors[0].addr_spec]
        assert got[JAN].message_id in (*copy.in_reply_to, *copy.references)
        assert (claimed.delivery.reverse_path, copy.automatic.value) == (None, "generated")
        to = copy.reply_to[0].addr_spec
        reply = a_text(OLA, to, "It leaves at noon.", subject=f"Re: {copy.subject}", In_Reply_To=copy.message_id or "")
        world.mail(reply, to)
        assert set(relayed(world)) == {BUYER}
        assert the_thread(world).order_reference == "48213"


@pytest.mark.parametrize("language", ["en", "pl", "it", "de"])
@pytest.mark.parametrize("is_html", [False, True])
@pytest.mark.parametrize("name", ["Jan", "Jan Nowak", ""])
def test_U5_S13_an_answer_to_a_copy_tells_the_buyer_nothing_of_colleagues(
    tmp_path: Path, language: str, is_html: bool, name: str
) -> None:
    terms = BOTH | {JAN: replace(BOTH[JAN], name=name), OLA: StaffTerms(copies=True)}
    with a_shop(tmp_path, terms) as world:
        batch = trade()
        shop = replace(batch.sellers[0], language=language, mailboxes=the_seller(world).mailboxes)
        world.bridge.store.apply_trade(replace(batch, sellers=(shop,)), world.now)
        ask(world, subject="Lamp")
        answer(world, relayed(world)[JAN], JAN, "On Monday.")
        copy = told(world)[OLA]
        assert copy.subject == "Re: Lamp"
        to, octets = answer_to(copy, OLA, "It leaves at noon.")
        to = copy.reply_to[0].addr_spec
        if is_html:
            quoted = f"<p>It leaves at noon.</p><div class=gmail_quote><blockquote>{copy.body.html}</blockquote></div>"
            octets = a_text(OLA, to, quoted, subject="Re: Lamp", Content_Type="text/html; charset=utf-8")
        world.mail(octets, to)
        got = relayed(world)[BUYER]
        words = set(re.findall(r"\w+", re.sub(r"<[^>]*>", " ", (got.body.html if is_html else got.body.plain) or "")))
        assert got.subject == "Re: Lamp"
        assert {"noon", "Monday"} <= words
        assert not words & {
            "Jan",
            "jan",
            "Nowak",
            "copy",
            "Copy",
            "kopia",
            "Kopia",
            "Copia",
            "Kopie",
            "Autor",
            "Antworten",
        }


def test_U5_D19_that_the_reader_of_a_copy_is_away_is_no_news_for_the_buyer(tmp_path: Path) -> None:
    with a_shop(tmp_path, {OLA: StaffTerms(copies=True)}) as world:
        ask(world)
        answer(world, relayed(world)[SELLER], SELLER, "On Monday.")
        world.run_intents()
        to = relayed_alias(world)
        for author, count in ((OLA, 0), (SELLER, 1)):
            world.mail(a_text(author, to, "I am away until 5 December.", Auto_Submitted="auto-replied"), to)
            sent = [(c.delivery.kind, c.delivery.forward_path.addr_spec) for c, _ in world.run_intents()]
            assert sent.count((PostKind.NOTICE, BUYER)) == count


def relayed_alias(world: World) -> str:
    """The alias that stands for the buyer."""
    rows = world.bridge.store.aliases()
    return next(row.alias.address.addr_spec for row in rows if row.alias.stands_for is Role.BUYER)


def test_U5_where_the_words_can_not_be_masked_twice_the_answer_goes_without_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Relaying) -> str:
        raise GateBroken("x")

    with a_shop(tmp_path, {OLA: StaffTerms(copies=True)}) as world:
        ask(world)
        monkeypatch.setattr(Relaying, "text_of_copy", broken)
        answer(world, relayed(world)[SELLER], SELLER, "On Monday.")
        sent = {claimed.delivery.forward_path.addr_spec: claimed.delivery.kind for claimed, _ in world.take()}
        assert (sent[BUYER], OLA in sent) == (PostKind.RELAY, False)


def test_U5_automatic_mail_refused_mail_and_what_the_buyer_writes_are_not_copied(tmp_path: Path) -> None:
    with a_shop(tmp_path, {OLA: StaffTerms(copies=True)}) as world:
        ask(world)
        got = relayed(world)[SELLER]
        assert told(world) == {}
        to, octets = answer_to(got, SELLER, "I am away.")
        world.mail(octets.replace(b"MIME-Version", b"Auto-Submitted: auto-replied\r\nMIME-Version", 1), to)
        assert OLA not in told(world)
        answer(world, got, SELLER, "Buy directly at https://cheaper.example.org/ please.")
        assert OLA not in told(world)


def test_S17_switched_off_a_message_is_kept_and_both_are_told(tmp_path: Path) -> None:
    with a_shop(tmp_path) as world:
        set_terms(world, sales=OFF)
        [(claimed, notice)] = world.run_intents()
        assert claimed.delivery.forward_path.addr_spec == SELLER
        assert "Messaging is switched off" in notice.subject
        ask(world)
        [(claimed, notice)] = world.take()
        assert claimed.delivery.forward_path.addr_spec == BUYER
        assert "takes no messages" in (notice.body.plain or "")
        assert SELLER.encode() not in claimed.delivery.octets
        [kept] = world.bridge.store.kept_records(the_seller(world).id, 10)
        assert world.bridge.store.held_record(kept).hold is HoldReason.MESSAGING_OFF
        assert (world.bridge.store.held_records(10), world.bridge.store.count_held()) == ((), 0)
        assert [held.record_id for held in world.bridge.store.kept_messages(10)] == [kept]
        assert all(c.delivery.kind is not PostKind.ACKNOWLEDGEMENT for c, _ in world.run_intents())


def _waits(world: World) -> list[object]:
    return [row.honest.started_at for row in world.bridge.store.due(DueAsked(until=world.now + 30 * DAY))]


def test_S17_switched_on_again_what_was_kept_goes_in_order_and_the_clock_counts_from_its_receipt(
    tmp_path: Path,
) -> None:
    with a_shop(tmp_path) as world:
        set_terms(world, sales=OFF)
        ask(world, "First.")
        world.now = START + DAY
        ask(world, "Second.", subject="Order 48213 again")
        world.run_intents()
        world.take()
        world.now = START + 2 * DAY
        set_terms(world, sales=StaffTerms(), jan=StaffTerms(gets=Gets.ALL))
        world.run_intents()
        sent = world.take(PostKind.RELAY)
        assert [c.delivery.forward_path.addr_spec for c, _ in sent] == [SELLER, JAN, SELLER, JAN]
        assert ["First." in (m.body.plain or "") for _, m in sent] == [True, True, False, False]
        assert world.bridge.store.kept_records(the_seller(world).id, 10) == ()
        assert _waits(world) == [START]
        world.run_intents()
        assert relayed(world) == {}


def test_S17_more_than_one_turn_can_hold_goes_in_several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messaging, "_AT_ONCE", 2)
    with a_shop(tmp_path) as world:
        set_terms(world, sales=OFF)
        for number in range(5):
            ask(world, f"Question {number}", subject="Order 48213")
        set_terms(world, sales=StaffTerms())
        counts = []
        for _ in range(4):
            world.run_intents()
            counts.append(len(world.bridge.store.kept_records(the_seller(world).id, 10)))
        assert counts == [3, 1, 0, 0]
        set_terms(world, sales=OFF)
        ask(world, "Question 6", subject="Order 48213")
        set_terms(world, sales=StaffTerms())
        set_terms(world, sales=OFF)
        world.run_intents()
        assert len(world.bridge.store.kept_records(the_seller(world).id, 10)) == 1


def test_S17_what_another_process_switched_on_goes_at_once(tmp_path: Path) -> None:
    with a_shop(tmp_path) as world:
        set_terms(world, sales=OFF)
        ask(world)
        world.run_intents()
        world.take()
        url = f"sqlite:///{tmp_path / 'store.sqlite'}"
        other = Store.open(url, key_file=tmp_path / "key", clock=lambda: world.now, hostname=HOSTNAME)
        other.save_staff_terms(the_seller(world).id, {RealAddress(SELLER): StaffTerms()}, world.now)
        other.close()
        world.run_intents()
        assert set(relayed(world)) == {SELLER}


def test_S17_a_kept_message_that_something_else_stops_by_now_waits_for_a_person(tmp_path: Path) -> None:
    with a_shop(tmp_path) as world:
        ask(world)
        answer(world, relayed(world)[SELLER], SELLER, "On Monday.")
        [to_buyer] = relayed(world).values()
        set_terms(world, sales=OFF)
        answer(world, to_buyer, BUYER, "Thank you.")
        [kept] = world.bridge.store.kept_records(the_seller(world).id, 10)
        world.bridge.store.set_alias_state(to_buyer.authors[0].addr_spec, AliasState.EXPIRED, world.now)
        set_terms(world, sales=StaffTerms())
        world.run_intents()
        assert world.bridge.store.kept_records(the_seller(world).id, 10) == ()
        assert [held.record_id for held in world.bridge.store.held_records(10)] == [kept]


@pytest.mark.parametrize(
    ("fault", "holds", "next_turn"),
    [(AuthenticationUnavailable("dns"), [], [SELLER]), (RuntimeError(), ["poison"], [])],
)
def test_S17_one_that_can_not_go_now_holds_no_other_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception, holds: list[str], next_turn: list[str]
) -> None:
    with a_shop(tmp_path) as world:
        set_terms(world, sales=OFF)
        ask(world, "First.")
        world.now += timedelta(seconds=1)
        ask(world, "Second.", subject="Order 48213 again")
        world.run_intents()
        world.take()
        authenticate = world.bridge.authenticator.authenticate

        def failing(envelope: Envelope, message: Message) -> AuthResults:
            if b"First." in envelope.content:
                raise fault
            return authenticate(envelope, message)

        with monkeypatch.context() as patch:
            patch.setattr(world.bridge.authenticator, "authenticate", failing)
            set_terms(world, sales=StaffTerms())
            world.run_intents()
        [second] = [message for _, message in world.take(PostKind.RELAY)]
        assert "Second." in (second.body.plain or "")
        assert [held.hold.value for held in world.bridge.store.held_records(10) if held.hold] == holds
        world.now += timedelta(minutes=10)  # its lease is over
        world.run_intents()
        assert list(relayed(world)) == next_turn


def test_S17_an_unproven_first_mail_that_was_kept_is_no_more_proven_when_it_goes_on(tmp_path: Path) -> None:
    with a_shop(tmp_path) as world:
        market = replace(trade().marketplaces[0], first_contact=FirstContact.RELAY_MARKED)
        world.bridge.store.apply_trade(TradeBatch(marketplaces=(market,)), START)
        set_terms(world, sales=OFF)
        octets = a_text("new@unknown.example", CONTACT, "Hello.", Message_ID="<u@unknown.example>")
        world.mail(octets, CONTACT, peer=Peer(ip="203.0.113.9", helo="x.example"))
        [kept] = world.bridge.store.kept_records(the_seller(world).id, 10)
        assert world.take() == []
        set_terms(world, sales=StaffTerms())
        world.run_intents()
        assert "could not verify who wrote" in (relayed(world)[SELLER].body.plain or "")
        assert world.bridge.store.held_record(kept).state == "released"


def test_S17_what_is_assigned_still_comes_while_messaging_is_off(tmp_path: Path) -> None:
    with a_shop(tmp_path) as world:
        ask(world)
        got = relayed(world)[SELLER]
        answer(world, got, JAN, "On Monday.\n#take")
        [to_buyer] = relayed(world).values()
        set_terms(world, sales=OFF)
        answer(world, to_buyer, BUYER, "Thank you.")
        assert set(relayed(world)) == {JAN}


def test_S17_a_person_may_let_a_kept_message_go_to_the_primary_mailbox(tmp_path: Path) -> None:
    with a_shop(tmp_path) as world:
        set_terms(world, sales=OFF)
        ask(world)
        world.take()
        [kept] = world.bridge.store.kept_records(the_seller(world).id, 10)
        release(kept, world.bridge)
        assert set(relayed(world)) == {SELLER}


def _lists(world: World) -> dict[str, str]:
    """The lists of what is due, by the mailbox that gets them."""
    DueMails(world.bridge).plan()
    return {
        claimed.delivery.forward_path.addr_spec: f"{message.subject}\n{message.body.plain}"
        for claimed, message in world.run_intents()
        if claimed.delivery.kind is PostKind.NOTICE and message.subject.endswith("(Market)")
    }


EIGHT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def test_S13_N10_the_list_of_what_is_due_comes_to_whom_it_concerns(tmp_path: Path) -> None:
    with a_shop(tmp_path, {JAN: DISPUTES}) as world:
        ask(world)
        answer(world, relayed(world)[SELLER], OLA, "#take")
        ask(world, "It is broken.", to=CONTACT.replace("@", ".dispute-48213@"), subject="Broken")
        world.run_intents()
        world.take()
        world.now = EIGHT
        lists = _lists(world)
        assert {mailbox: (text.count("- Anna"), "Broken" in text) for mailbox, text in lists.items()} == {
            SELLER: (2, True),
            OLA: (1, False),
            JAN: (1, True),
        }


def test_S17_the_list_says_that_messaging_is_off_and_how_much_is_kept(tmp_path: Path) -> None:
    with a_shop(tmp_path) as world:
        set_terms(world, sales=OFF)
        ask(world)
        world.run_intents()
        world.take()
        world.now = EIGHT
        [(mailbox, text)] = _lists(world).items()
        assert mailbox == SELLER
        assert "Messaging is switched off, messages kept: 1" in text
        assert "these buyers" not in text


def test_S13_N11_who_only_reads_is_not_shown_what_he_may_not_do(tmp_path: Path) -> None:
    terms = {SELLER: StaffTerms(), JAN: StaffTerms(role=StaffRole.OBSERVER, gets=Gets.ALL)}
    with a_shop(tmp_path, terms, offers_actions=True) as world:
        ask(world)
        got = relayed(world)
    shown = {mailbox: "act-" in (message.body.plain or "") for mailbox, message in got.items()}
    assert shown == {SELLER: True, JAN: False}
