"""The path from envelope to commit, on a whole bridge in the process."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge.domain import reply as replies
from mailbridge.domain.address import RealAddress
from mailbridge.domain.authresults import AuthResults
from mailbridge.domain.delivery import ClaimedDelivery, DeliveryState, Failed, PostKind
from mailbridge.domain.envelope import Door, Peer
from mailbridge.domain.facts import Pardon
from mailbridge.domain.ids import RecordId
from mailbridge.domain.message import Automatic
from mailbridge.domain.parties import Mailbox
from mailbridge.domain.trade_batch import TradeSeller
from mailbridge.errors import GateBroken, NotPossible
from mailbridge.path.inflight import Inflight, note_crashed
from mailbridge.path.receive import reconsider
from mailbridge.path.undelivered import report_undelivered
from mailbridge.policy.plan import Disposition, HoldReason
from tests.path.world import (
    ALIAS_DOMAIN,
    BUYER,
    CC_DOOR,
    CONTACT,
    HOSTNAME,
    OPERATOR,
    SELLER,
    World,
    a_text,
    a_world,
    answer_to,
    trade,
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(tmp_path) as made:
        yield made


def first_mail(text: str = "Is the lamp still there?") -> bytes:
    return a_text(BUYER, CONTACT, text)


def started(world: World) -> tuple[str, bytes]:
    """A thread in which the seller got the buyer's first mail: how the seller answers it."""
    world.mail(first_mail(), CONTACT)
    ((_, relayed),) = world.take(PostKind.RELAY)
    return answer_to(relayed, SELLER, "Yes, it is.")


def test_a_first_mail_reaches_the_seller_under_an_alias(world: World) -> None:
    answers = world.mail(first_mail(), CONTACT)
    ((claimed, relayed),) = world.take(PostKind.RELAY)
    assert answers == (replies.ACCEPTED,)
    assert claimed.delivery.forward_path.addr_spec == SELLER
    assert [mailbox.addr_spec for mailbox in relayed.to] == [SELLER]
    assert relayed.authors[0].addr_spec.endswith(f"@{ALIAS_DOMAIN}")
    assert BUYER not in claimed.delivery.octets.decode()
    assert "buyer-post.example" not in claimed.delivery.octets.decode()
    assert "Is the lamp still there?" in relayed.new_text


def test_T50_the_return_path_is_a_token_of_ours(world: World) -> None:
    world.mail(first_mail(), CONTACT)
    ((claimed, _),) = world.take(PostKind.RELAY)
    assert claimed.delivery.reverse_path is not None
    assert claimed.delivery.reverse_path.startswith("b-")
    assert "anna" not in claimed.delivery.reverse_path


def test_the_answer_goes_back_into_the_buyers_thread(world: World) -> None:
    first = first_mail()
    world.mail(first, CONTACT)
    ((_, at_seller),) = world.take(PostKind.RELAY)
    to, answer = answer_to(at_seller, SELLER, "Yes, it is.")
    assert world.mail(answer, to) == (replies.ACCEPTED,)
    ((claimed, at_buyer),) = world.take(PostKind.RELAY)
    assert claimed.delivery.forward_path.addr_spec == BUYER
    assert at_buyer.authors[0].display_name.startswith("Acme")
    assert SELLER not in claimed.delivery.octets.decode()
    sent_id = next(line for line in first.decode().split("\r\n") if line.startswith("Message-ID: "))
    assert at_buyer.in_reply_to == (sent_id.removeprefix("Message-ID: "),)
    assert at_buyer.subject == "Re: A question"


def test_P10_our_own_lines_do_not_come_back_in_quotes(world: World) -> None:
    to, answer = started(world)
    assert b"Market" in answer  # the lead is quoted by the client
    world.mail(answer, to)
    ((_, at_buyer),) = world.take(PostKind.RELAY)
    assert "from Anna K." not in (at_buyer.body.plain or "")


def test_a_phone_number_is_refused_and_explained(world: World) -> None:
    to, _ = started(world)
    answers = world.mail(a_text(SELLER, to, "Call me on +48 601 234 567 please."), to)
    ((claimed, notice),) = world.take()
    assert answers == (replies.ACCEPTED,)
    assert claimed.delivery.kind is PostKind.NOTICE
    assert claimed.delivery.forward_path.addr_spec == SELLER
    assert claimed.delivery.reverse_path is None
    assert notice.authors[0].addr_spec == f"notice@{ALIAS_DOMAIN}"
    assert "+48 601 234 567" in (notice.body.plain or "")
    assert notice.automatic is Automatic.REPLIED


def test_the_same_mail_again_is_posted_once(world: World) -> None:
    mail = first_mail()
    assert world.mail(mail, CONTACT) == (replies.ACCEPTED,)
    assert world.mail(mail, CONTACT) == (replies.ALREADY_ACCEPTED,)
    assert len(world.take(PostKind.RELAY)) == 1


def test_T45_a_message_id_used_by_somebody_else_before_does_not_swallow_a_mail(world: World) -> None:
    world.mail(a_text(BUYER, CONTACT, "One", Message_ID="<same@client.example>"), CONTACT)
    world.mail(a_text(BUYER, CONTACT, "Two", Message_ID="<same@client.example>"), CONTACT)
    assert len(world.take(PostKind.RELAY)) == 2


def test_S36_the_first_contact_is_acknowledged_once_from_the_alias_of_the_shop(world: World) -> None:
    world.mail(first_mail(), CONTACT)
    ((_, at_seller),) = world.take(PostKind.RELAY)
    mails = {claimed.delivery.kind: (claimed, message) for claimed, message in world.run_intents()}
    claimed, acknowledgement = mails[PostKind.ACKNOWLEDGEMENT]
    assert claimed.delivery.forward_path.addr_spec == BUYER
    assert claimed.delivery.reverse_path is None
    assert acknowledgement.automatic is Automatic.REPLIED
    assert acknowledgement.authors[0].addr_spec not in {at_seller.authors[0].addr_spec, CONTACT}
    world.mail(a_text(BUYER, CONTACT, "One thing more"), CONTACT)
    assert world.run_intents() == []


def test_T28_the_acknowledgement_holds_nothing_that_the_buyer_wrote(world: World) -> None:
    world.mail(a_text(BUYER, CONTACT, "Buy cheap pills", subject="Cheap pills"), CONTACT)
    mails = {claimed.delivery.kind: message for claimed, message in world.run_intents()}
    text = str(mails[PostKind.ACKNOWLEDGEMENT])
    assert "pills" not in text


def test_a_new_seller_is_welcomed_once(world: World) -> None:
    world.mail(first_mail(), CONTACT)
    welcomes = [m for claimed, m in world.run_intents() if claimed.delivery.forward_path.addr_spec == SELLER]
    assert len(welcomes) == 1
    assert CONTACT in (welcomes[0].body.plain or "")


def test_T32_a_stranger_at_a_live_alias_is_refused(world: World) -> None:
    to, _ = started(world)
    assert world.mail(a_text("mallory@evil.example", to, "Hello"), to) == (replies.AUTHOR_NOT_A_PARTY,)
    assert world.take() == []


def test_T34_a_forged_seller_under_p_reject_is_refused(world: World) -> None:
    to, _ = started(world)
    peer = Peer(ip="203.0.113.9", helo="evil.example")
    answers = world.mail(a_text(SELLER, to, "Send the money to me"), to, peer=peer)
    assert answers == (replies.AUTHOR_REJECTED_BY_OWN_POLICY,)


def test_A3_a_seller_whose_domain_proves_nothing_is_held_and_asked_and_his_yes_releases_it(world: World) -> None:
    to, _ = started(world)
    world.resolver.records.clear()
    assert world.mail(a_text(SELLER, to, "Yes, it is there."), to) == (replies.ACCEPTED,)
    assert world.take() == []
    (asked,) = [m for _, m in world.run_intents() if "act-" in str(m.reply_to)]
    action = asked.reply_to[0].addr_spec
    assert world.mail(a_text(SELLER, action, "yes"), action) == (replies.ACCEPTED,)
    world.run_intents()
    ((claimed, at_buyer),) = world.take(PostKind.RELAY)
    assert claimed.delivery.forward_path.addr_spec == BUYER
    assert "Yes, it is there." in at_buyer.new_text
    assert world.mail(a_text(SELLER, action, "yes, yes"), action) == (replies.ACTION_INVALID,)


def test_D9_a_known_buyer_whose_first_mail_proves_nothing_is_asked_and_his_yes_releases_it(world: World) -> None:
    world.resolver.records.clear()
    assert world.mail(first_mail(), CONTACT) == (replies.ACCEPTED,)
    (held,) = world.bridge.store.held_records(10)
    assert held.hold is HoldReason.AUTHOR_UNPROVEN
    ((asked, question),) = [(c, m) for c, m in world.run_intents() if "act-" in str(m.reply_to)]
    assert asked.delivery.forward_path.addr_spec == BUYER
    action = question.reply_to[0].addr_spec
    assert world.mail(a_text(BUYER, action, "yes"), action) == (replies.ACCEPTED,)
    world.run_intents()
    ((claimed, _),) = world.take(PostKind.RELAY)
    assert claimed.delivery.forward_path.addr_spec == SELLER


def test_a_held_mail_is_released_by_a_person_through_the_same_path(world: World) -> None:
    to, _ = started(world)
    world.resolver.records.clear()
    world.mail(a_text(SELLER, to, "Call me on +48 601 234 567"), to)
    (held,) = world.bridge.store.held_records(10)
    assert held.hold is HoldReason.AUTHOR_UNPROVEN
    world.now += timedelta(hours=1)
    pardon = Pardon(author_confirmed=True, content_released=True)
    (plan,) = reconsider(held.envelope, held.record_id, pardon, world.bridge)
    assert plan.disposition is Disposition.RELAYED
    assert len(world.take(PostKind.RELAY)) == 1
    assert world.bridge.store.held_records(10) == ()


@pytest.mark.parametrize("postmaster", [f"postmaster@{ALIAS_DOMAIN}", f"postmaster@{HOSTNAME}", f"abuse@{HOSTNAME}"])
def test_mail_to_postmaster_reaches_the_person_in_charge(world: World, postmaster: str) -> None:
    octets = a_text("anybody@elsewhere.example", postmaster, "Your server sends spam")
    assert world.mail(octets, postmaster) == (replies.ACCEPTED,)
    ((claimed, forwarded),) = world.take(PostKind.ROLE)
    assert claimed.delivery.forward_path.addr_spec == OPERATOR
    assert forwarded.attachments[0].octets == octets


def test_T23_a_null_reverse_path_at_an_alias_is_recorded_and_never_relayed(world: World) -> None:
    to, _ = started(world)
    world.resolver.records.clear()
    assert world.mail(a_text(SELLER, to, "I am away"), to, reverse_path=None) == (replies.ACCEPTED,)
    assert world.take() == []


def _event(capsys: pytest.CaptureFixture[str], name: str) -> dict[str, object]:
    (found,) = (json.loads(line) for line in capsys.readouterr().err.splitlines() if f'"{name}"' in line)
    return dict(found)


def test_S73_a_direct_mail_copied_to_the_cc_door_is_recorded_and_not_relayed(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    octets = a_text(SELLER, BUYER, "Your parcel is on its way", Cc=CC_DOOR)
    assert world.mail(octets, CC_DOOR) == (replies.ACCEPTED,)
    assert world.take() == []
    record = world.bridge.store.record(RecordId(str(_event(capsys, "message_received")["record_ids"]).strip("[']")))
    assert (record.state, record.reason, record.findings) == ("recorded", "record_only", ())
    assert record.ruleset == world.bridge.rules().fingerprint


def test_S73_a_breach_in_a_direct_mail_is_kept_told_to_its_author_and_in_the_log(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    octets = a_text(SELLER, BUYER, "Call me: +48 601 234 567", Cc=CC_DOOR)
    assert world.mail(octets, CC_DOOR) == (replies.ACCEPTED,)
    ((claimed, notice),) = world.take()
    assert (claimed.delivery.kind, claimed.delivery.forward_path.addr_spec) == (PostKind.NOTICE, SELLER)
    assert "+48 601 234 567" in (notice.body.plain or "")
    told = _event(capsys, "direct_mail_breach")
    assert told["rule_ids"] == ["general.no-phone-number"]
    record = world.bridge.store.record(RecordId(str(told["record_id"])))
    assert (record.state, record.findings) == ("recorded", ("phone_number: +48 601 234 567",))


def test_S73_a_direct_mail_to_somebody_without_an_order_is_a_breach(tmp_path: Path) -> None:
    batch = trade()
    with a_world(tmp_path, replace(batch, orders=())) as world:
        assert world.mail(a_text(SELLER, BUYER, "Buy more lamps", Cc=CC_DOOR), CC_DOOR) == (replies.ACCEPTED,)
        ((_, notice),) = world.take()
        assert BUYER in (notice.body.plain or "")


def test_S73_the_cc_door_adds_nothing_to_a_mail_that_an_alias_refuses(world: World) -> None:
    to, _ = started(world)
    octets = a_text(SELLER, to, "Call me: +48 601 234 567", Cc=CC_DOOR)
    assert world.mail(octets, to, CC_DOOR) == (replies.ACCEPTED, replies.ACCEPTED)
    assert [claimed.delivery.kind for claimed, _ in world.take()] == [PostKind.NOTICE]


def test_C7_two_of_our_addresses_in_one_mail_bring_one_copy(world: World) -> None:
    world.mail(first_mail(), CONTACT)
    (_, (mail, _)) = (None, world.take(PostKind.RELAY)[0])
    world.run_intents()
    thread = world.bridge.store.threads(10)[0].thread
    aliases = [row.alias for row in world.bridge.store.aliases()]
    shop = next(alias.address.addr_spec for alias in aliases if alias.stands_for.value == "seller")
    octets = a_text(BUYER, f"{CONTACT}, {shop}", "One more question")
    assert world.mail(octets, CONTACT, shop) == (replies.ACCEPTED, replies.ACCEPTED)
    assert [claimed.delivery.thread_id for claimed, _ in world.take(PostKind.RELAY)] == [thread.id]
    assert mail.delivery.thread_id == thread.id


def test_T17_lmtp_hears_the_truth_for_each_path(world: World) -> None:
    to, answer = started(world)
    unknown = f"nobody@{ALIAS_DOMAIN}"
    answers = world.mail(answer, to, unknown, door=Door.LMTP)
    assert answers == (replies.ACCEPTED, replies.ALIAS_UNKNOWN)


def test_F25_when_dns_does_not_answer_the_client_tries_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from mailbridge.errors import AuthenticationUnavailable

    def no_answer(*_: object, **__: object) -> object:
        raise AuthenticationUnavailable("DNS: no answer")

    monkeypatch.setattr(world.resolver, "ask", no_answer)
    assert world.mail(first_mail(), CONTACT) == (replies.AUTHENTICATION_UNAVAILABLE,)
    assert world.take() == []


def test_I9_a_mail_that_breaks_us_is_held_the_third_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(world.bridge.authenticator, "authenticate", broken)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            world.mail(first_mail(), CONTACT)
    assert world.mail(first_mail(), CONTACT) == (replies.ACCEPTED,)
    (held,) = world.bridge.store.held_records(10)
    assert held.hold is HoldReason.POISON


def _died_over(world: World, folder: Path, octets: bytes, times: int) -> World:
    """The world of a process that runs after others died over this mail."""
    folder.mkdir()
    for _ in range(times):
        (folder / "dead").write_bytes(hashlib.sha256(octets).digest())
        note_crashed(folder / "dead", world.bridge.store)
    world.bridge = replace(world.bridge, inflight=Inflight(folder, "living"))
    return world


def test_F03_I9_a_mail_that_two_processes_died_over_is_held_unread(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _died_over(world, tmp_path / "inflight", first_mail(), 2)
    monkeypatch.setattr("mailbridge.path.receive.parse", lambda _: pytest.fail("it is looked at"))
    assert world.mail(first_mail(), CONTACT) == (replies.ACCEPTED,)
    (held,) = world.bridge.store.held_records(10)
    assert (held.hold, held.envelope.content) == (HoldReason.POISON, first_mail())
    assert world.mail(first_mail(), CONTACT) == (replies.ALREADY_ACCEPTED,)
    assert world.bridge.store.count_held() == 1


def test_F03_a_mail_that_one_process_died_over_goes_on_and_is_forgiven(world: World, tmp_path: Path) -> None:
    _died_over(world, tmp_path / "inflight", first_mail(), 1)
    assert world.mail(first_mail(), CONTACT) == (replies.ACCEPTED,)
    assert len(world.take(PostKind.RELAY)) == 1
    assert world.bridge.store.attempts(hashlib.sha256(first_mail()).digest()) == 0


def test_F03_a_release_of_what_processes_died_over_does_not_kill_another(world: World, tmp_path: Path) -> None:
    world.resolver.records.clear()
    world.mail(first_mail(), CONTACT)
    (held,) = world.bridge.store.held_records(10)
    _died_over(world, tmp_path / "inflight", first_mail(), 2)
    with pytest.raises(NotPossible):
        reconsider(held.envelope, held.record_id, Pardon(author_confirmed=True), world.bridge)


def test_an_unknown_buyer_gets_a_record_and_an_alias_at_the_first_mail(tmp_path: Path) -> None:
    with a_world(tmp_path, trade(knows_buyer=False)) as world:
        assert world.mail(first_mail(), CONTACT) == (replies.ACCEPTED,)
        ((_, at_seller),) = world.take(PostKind.RELAY)
        to, answer = answer_to(at_seller, SELLER, "Yes.")
        assert world.mail(answer, to) == (replies.ACCEPTED,)
        ((claimed, _),) = world.take(PostKind.RELAY)
        assert claimed.delivery.forward_path.addr_spec == BUYER


def test_A5_a_new_address_of_the_seller_is_asked_about_and_his_own_from_then_on(world: World) -> None:
    world.mail(first_mail(), CONTACT)
    ((_, at_seller),) = world.take(PostKind.RELAY)
    other = "boss@acme-shop.example"
    to, answer = answer_to(at_seller, other, "Yes, it is.")
    assert world.mail(answer, to) == (replies.ACCEPTED,)
    (held,) = world.bridge.store.held_records(10)
    assert held.hold is HoldReason.NEW_ADDRESS
    (asked,) = [(c, m) for c, m in world.run_intents() if "act-" in str(m.reply_to)]
    assert asked[0].delivery.forward_path.addr_spec == SELLER  # the mailbox on record is asked, not the new one
    action = asked[1].reply_to[0].addr_spec
    world.mail(a_text(SELLER, action, "yes"), action)
    world.run_intents()
    assert len(world.take(PostKind.RELAY)) == 1
    world.mail(a_text(other, to, "One thing more."), to)
    assert len(world.take(PostKind.RELAY)) == 1


def relayed_to_seller(world: World) -> ClaimedDelivery:
    world.mail(first_mail(), CONTACT)
    ((claimed, _),) = world.take(PostKind.RELAY)
    return claimed


def test_T51_the_author_of_a_mail_that_failed_hears_it_once_and_neutrally(world: World) -> None:
    claimed = relayed_to_seller(world)
    failed = Failed(diagnostic=f"550 no such user {SELLER} at mx.acme-shop.example")
    for _ in range(2):  # the worker may have been killed between telling and settling
        report_undelivered(claimed, failed, world.bridge)
    (told,) = [m for c, m in world.run_intents() if c.delivery.kind is PostKind.NOTICE and "Not delivered" in m.subject]
    assert [mailbox.addr_spec for mailbox in told.to] == [BUYER]
    assert "acme-shop" not in str(told)


def test_an_expired_mail_is_told_with_how_long_it_was_tried(world: World) -> None:
    claimed = relayed_to_seller(world)
    world.now += timedelta(days=5)
    report_undelivered(claimed, None, world.bridge)
    (told,) = [m for c, m in world.run_intents() if c.delivery.kind is PostKind.DSN]
    assert "5 days" in (told.body.plain or "")
    assert told.automatic is Automatic.DSN


def test_P12_a_dsn_at_our_return_path_is_booked_and_its_author_told(world: World) -> None:
    claimed = relayed_to_seller(world)
    return_path = claimed.delivery.reverse_path or ""
    report = (
        f"From: MAILER-DAEMON@mx.acme-shop.example\r\nTo: {return_path}\r\nSubject: failed\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        f"--b\r\n\r\n{SELLER} is not here\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; mx.acme-shop.example\r\n\r\nFinal-Recipient: rfc822; {SELLER}\r\nAction: failed\r\n"
        "Status: 5.1.1\r\n\r\n--b--\r\n"
    ).encode()
    assert world.mail(report, return_path, reverse_path=None) == (replies.ACCEPTED,)
    ((told, message),) = world.take(PostKind.NOTICE)
    assert told.delivery.forward_path.addr_spec == BUYER
    assert "acme-shop" not in told.delivery.octets.decode()
    assert "Not delivered" in message.subject
    assert world.bridge.store.queue_row(claimed.delivery.id).state is DeliveryState.BOUNCED
    # T-24: the same failure under another id is booked and not told again.
    assert world.mail(b"Message-ID: <2@x.example>\r\n" + report, return_path, reverse_path=None) == (replies.ACCEPTED,)
    assert world.take() == []


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("has failed: 550 5.1.1 nobody here by that name", DeliveryState.BOUNCED),
        ("is delayed, we will continue to try", DeliveryState.PENDING),
    ],
)
def test_T24_a_bounce_without_a_form_is_booked_like_a_report_and_a_delay_is_not(
    world: World, said: str, state: DeliveryState
) -> None:
    claimed = relayed_to_seller(world)
    return_path = claimed.delivery.reverse_path or ""
    bounce = (
        f"From: Postmaster <postmaster@acme-shop.example>\r\nTo: {return_path}\r\nSubject: Undeliverable mail\r\n\r\n"
        f"Delivery to the following recipient {said}.\r\n\r\n{SELLER}\r\n"
    ).encode()
    assert world.mail(bounce, return_path, reverse_path=None) == (replies.ACCEPTED,)
    assert world.bridge.store.queue_row(claimed.delivery.id).state is state


def test_a_seller_who_writes_to_the_test_address_hears_that_the_mailbox_works(world: World) -> None:
    test = f"test@{ALIAS_DOMAIN}"
    assert world.mail(a_text(SELLER, test, "Does it work?"), test) == (replies.ACCEPTED,)
    ((claimed, told),) = world.take()
    assert claimed.delivery.forward_path.addr_spec == SELLER
    assert "works" in told.subject


def test_I8_a_failed_mailbox_test_is_told_in_the_session_and_never_by_mail(world: World) -> None:
    test = f"test@{ALIAS_DOMAIN}"
    world.resolver.records.clear()
    assert world.mail(a_text(SELLER, test, "Does it work?"), test) == (replies.MAILBOX_TEST_FAILED,)
    assert world.mail(a_text("stranger@elsewhere.example", test, "?"), test) == (replies.AUTHOR_NOT_A_PARTY,)
    assert world.take() == []


@pytest.mark.parametrize("broken_part", ["mailbridge.path.relay.mask", "mailbridge.path.post.find_leaks"])
def test_I10_a_masker_or_gate_that_fails_by_itself_holds_the_mail(
    world: World, monkeypatch: pytest.MonkeyPatch, broken_part: str
) -> None:
    def broken(*_: object, **__: object) -> object:
        raise GateBroken("broken")

    monkeypatch.setattr(broken_part, broken)
    assert world.mail(first_mail(), CONTACT) == (replies.ACCEPTED,)
    assert world.take(PostKind.RELAY) == []
    (held,) = world.bridge.store.held_records(10)
    assert held.hold is HoldReason.GATE_BROKEN


def test_P11_the_readers_alias_does_not_stand_in_the_quote_he_gets(world: World) -> None:
    to, answer = started(world)
    assert to.encode() in answer
    world.mail(answer, to)
    ((claimed, _),) = world.take(PostKind.RELAY)
    assert to not in claimed.delivery.octets.decode()


def test_C7_one_first_mail_to_two_shops_makes_one_buyer_and_reaches_both(tmp_path: Path) -> None:
    other = TradeSeller(
        marketplace="market",
        reference="s2",
        name="Zeta",
        contact="zeta",
        mailboxes=(Mailbox(address=RealAddress("boss@zeta-shop.example")),),
    )
    batch = trade(knows_buyer=False)
    with a_world(tmp_path, replace(batch, sellers=(*batch.sellers, other))) as world:
        zeta = f"zeta@{ALIAS_DOMAIN}"
        answers = world.mail(a_text(BUYER, f"{CONTACT}, {zeta}", "Who has a lamp?"), CONTACT, zeta)
        relayed = world.take(PostKind.RELAY)
        assert answers == (replies.ACCEPTED, replies.ACCEPTED)
        assert {claimed.delivery.forward_path.addr_spec for claimed, _ in relayed} == {SELLER, "boss@zeta-shop.example"}
        to, answer = answer_to(relayed[1][1], "boss@zeta-shop.example", "I have.")
        world.resolver.records["zeta-shop.example"] = world.resolver.records["acme-shop.example"]
        assert world.mail(answer, to) == (replies.ACCEPTED,)
        ((back, _),) = world.take(PostKind.RELAY)
        assert back.delivery.forward_path.addr_spec == BUYER


def test_T39_a_held_leg_hides_no_relayed_one_to_the_same_reader(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.mail(first_mail(), CONTACT)
    ((_, at_seller),) = world.take(PostKind.RELAY)
    to, answer = answer_to(at_seller, SELLER, "Yes, it is.")
    world.mail(answer, to)
    ((_, at_buyer),) = world.take(PostKind.RELAY)
    alias = at_buyer.authors[0].addr_spec
    signed = AuthResults(author_domain="buyer-post.example", dkim_aligned=True)
    monkeypatch.setattr(world.bridge.authenticator, "authenticate", lambda envelope, message: signed)
    world.mail(a_text(BUYER, CONTACT, "And this?"), alias, CONTACT)
    assert len(world.take(PostKind.RELAY)) == 1


def test_an_id_that_is_not_ascii_breaks_no_thread(world: World) -> None:
    world.mail(first_mail().replace(b"Message-ID: <", "Message-ID: <ż".encode()), CONTACT)
    ((_, at_seller),) = world.take(PostKind.RELAY)
    to, answer = answer_to(at_seller, SELLER, "Yes, it is.")
    assert world.mail(answer, to) == (replies.ACCEPTED,)
    assert len(world.take(PostKind.RELAY)) == 1
