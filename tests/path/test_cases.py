"""Real users' trouble (cases.md) on a whole bridge in the process: each id is a promise of the path."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mailbridge.domain import reply as replies
from mailbridge.domain.delivery import PostKind
from mailbridge.domain.secrets import Leak
from mailbridge.path.admit import admit
from mailbridge.policy.plan import HoldReason
from tests.path.world import ALIAS_DOMAIN, BUYER, CONTACT, SELLER, World, a_text, a_world, trade


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(tmp_path) as made:
        yield made


def alias_of_buyer(world: World) -> str:
    """Start a thread; the alias under which the seller knows the buyer."""
    world.mail(a_text(BUYER, CONTACT, "Is the lamp still there?"), CONTACT)
    ((_, relayed),) = world.take(PostKind.RELAY)
    return relayed.authors[0].addr_spec


@pytest.mark.parametrize("change", ["{}+x@{}", "{}.@{}", "x{}@{}", "{} @{}", "{}@x.{}", "{}x@{}", "_{}@{}"])
def test_T30_a_variant_of_an_alias_is_never_somebody_elses(world: World, change: str) -> None:
    local_part = alias_of_buyer(world).partition("@")[0]
    variant = change.format(local_part, ALIAS_DOMAIN)
    assert admit(variant, world.bridge.store).code == 550
    assert admit(f"{local_part.upper()}@{ALIAS_DOMAIN}", world.bridge.store) == replies.RECIPIENT_OK


@pytest.mark.parametrize("forge", [lambda local: local[:-1], lambda local: local[:12], lambda local: local[:-1] + "7x"])
def test_T24_a_forged_return_path_is_refused_as_one(world: World, forge: Callable[[str], str]) -> None:
    world.mail(a_text(BUYER, CONTACT, "Is the lamp still there?"), CONTACT)
    ((claimed, _),) = world.take(PostKind.RELAY)
    local_part = str(claimed.delivery.reverse_path).partition("@")[0]
    assert admit(f"{local_part}@{ALIAS_DOMAIN}", world.bridge.store) == replies.RECIPIENT_OK
    assert str(admit(f"{forge(local_part)}@{ALIAS_DOMAIN}", world.bridge.store)).startswith("550 5.7.1")


def test_A4_a_mail_that_comes_back_to_its_own_author_goes_no_further(world: World) -> None:
    alias_of_buyer(world)
    aliases = [row.alias for row in world.bridge.store.aliases()]
    of_seller = next(alias.address.addr_spec for alias in aliases if alias.stands_for.value == "seller")
    answers = world.mail(a_text(SELLER, of_seller, "Hello myself"), of_seller)
    assert answers == (replies.AUTHOR_NOT_A_PARTY,)
    assert world.take() == []


def test_A6_W12_a_third_person_who_got_a_copy_can_not_write_as_the_seller(world: World) -> None:
    to = alias_of_buyer(world)
    answers = world.mail(a_text("courier@parcels.example", to, "Your parcel is late"), to)
    assert answers == (replies.AUTHOR_NOT_A_PARTY,)
    assert world.take() == []


def test_C4_an_alias_in_cc_is_an_address_like_any_other(world: World) -> None:
    to = alias_of_buyer(world)
    octets = a_text(SELLER, SELLER, "Yes, it is there.", Cc=to)
    assert world.mail(octets, to) == (replies.ACCEPTED,)
    ((claimed, _),) = world.take(PostKind.RELAY)
    assert claimed.delivery.forward_path.addr_spec == BUYER


def test_C5_P4_a_seller_who_copies_the_buyers_own_mailbox_is_told_so(world: World) -> None:
    to = alias_of_buyer(world)
    assert world.mail(a_text(SELLER, to, "Yes, it is there.", Cc=BUYER), to) == (replies.ACCEPTED,)
    ((claimed, notice),) = world.take()
    assert (claimed.delivery.kind, claimed.delivery.forward_path.addr_spec) == (PostKind.NOTICE, SELLER)
    assert BUYER in (notice.body.plain or "")


def test_a_refused_mail_whose_author_can_not_be_told_is_held(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    to = alias_of_buyer(world)
    leak = Leak(klass="R", place="text")
    monkeypatch.setattr("mailbridge.path.post.find_leaks", lambda *_, **__: (leak,))
    assert world.mail(a_text(SELLER, to, "Call me: +48 601 234 567"), to) == (replies.ACCEPTED,)
    assert world.take() == []
    (held,) = world.bridge.store.held_records(10)
    assert (held.hold, held.findings[0]) == (HoldReason.LEAK_GATE, "phone_number: +48 601 234 567")


def test_what_only_the_html_form_shows_is_refused_and_quoted_to_its_author(world: World) -> None:
    to = alias_of_buyer(world)
    html = "<p>Yes, it is there.</p><p>Call <b>+48 601</b> 234 567</p>"
    parts = "--b\nContent-Type: text/plain\n\nYes, it is there.\n--b\nContent-Type: text/html\n\n" + html + "\n--b--"
    octets = a_text(SELLER, to, parts, Content_Type="multipart/alternative; boundary=b")
    assert world.mail(octets, to) == (replies.ACCEPTED,)
    ((claimed, notice),) = world.take()
    assert claimed.delivery.kind is PostKind.NOTICE
    assert "+48 601 234 567" in (notice.body.plain or "")


def test_caseT8_a_mail_without_message_id_is_relayed_and_its_retry_is_not(world: World) -> None:
    octets = a_text(BUYER, CONTACT, "No id here", Message_ID="")
    assert world.mail(octets, CONTACT) == (replies.ACCEPTED,)
    assert world.mail(octets, CONTACT) == (replies.ALREADY_ACCEPTED,)
    assert len(world.take(PostKind.RELAY)) == 1


def test_P13_a_name_from_a_header_is_never_learned(tmp_path: Path) -> None:
    with a_world(tmp_path, trade(knows_buyer=False)) as world:
        world.mail(a_text(f"Obscene Insult <{BUYER}>", CONTACT, "Hello"), CONTACT)
        ((claimed, _),) = world.take(PostKind.RELAY)
        assert b"Insult" not in claimed.delivery.octets
        mails = world.run_intents()
        assert mails
        assert all(b"Insult" not in claimed.delivery.octets for claimed, _ in mails)


def test_W6_one_bad_recipient_does_not_take_the_others_along(world: World) -> None:
    to = alias_of_buyer(world)
    unknown = f"nobody@{ALIAS_DOMAIN}"
    world.mail(a_text(SELLER, f"{to}, {unknown}", "Yes, it is there."), to, unknown)
    kinds = [claimed.delivery.kind for claimed, _ in world.take()]
    assert kinds.count(PostKind.RELAY) == 1


def test_W9_P6_a_follow_up_on_ones_own_mail_shows_no_foreign_id(world: World) -> None:
    to = alias_of_buyer(world)
    own = "<first@mx.acme-shop.example>"
    world.mail(a_text(SELLER, to, "Yes, it is there.", Message_ID=own), to)
    world.take()
    world.mail(a_text(SELLER, to, "And it is bright.", In_Reply_To=own, References=own), to)
    ((claimed, at_buyer),) = world.take(PostKind.RELAY)
    assert b"acme-shop" not in claimed.delivery.octets
    assert at_buyer.in_reply_to
    assert all(identifier.endswith(f"@{ALIAS_DOMAIN}>") for identifier in at_buyer.in_reply_to)


def test_Q7_a_long_text_arrives_whole(world: World) -> None:
    text = "\n".join(f"Line {number} of a long description of a lamp" for number in range(5000))
    assert world.mail(a_text(BUYER, CONTACT, text), CONTACT) == (replies.ACCEPTED,)
    ((_, relayed),) = world.take(PostKind.RELAY)
    assert "Line 4999 of a long description of a lamp" in (relayed.body.plain or "")
    assert (relayed.body.plain or "").count("of a long description") == 5000


def test_caseT3_two_threads_have_different_roots(world: World) -> None:
    roots = set()
    for number in (1, 2):
        octets = a_text(BUYER, f"acme.i-{number}@{ALIAS_DOMAIN}", "Same words", subject=f"Question {number}")
        world.mail(octets, f"acme.i-{number}@{ALIAS_DOMAIN}")
        ((claimed, relayed),) = world.take(PostKind.RELAY)
        roots.add((claimed.delivery.thread_id, relayed.references[0]))
    assert len({root for _, root in roots}) == len({thread for thread, _ in roots})


def test_A9_ids_of_ours_are_unguessable(world: World) -> None:
    drawn = {world.bridge.mint.message_id(ALIAS_DOMAIN) for _ in range(1000)}
    assert len(drawn) == 1000
    assert min(len(identifier.partition("@")[0]) - 1 for identifier in drawn) * 5 >= 128  # base32: five bits each


def test_E13_nul_and_very_long_lines_are_carried_not_lost(world: World) -> None:
    octets = a_text(BUYER, CONTACT, "before\x00after " + "x" * 5000)
    assert world.mail(octets, CONTACT) == (replies.ACCEPTED,)
    ((claimed, relayed),) = world.take(PostKind.RELAY)
    assert max(map(len, claimed.delivery.octets.split(b"\r\n"))) <= 76
    assert "x" * 5000 in (relayed.body.plain or "").replace("\n", "")


def test_P15_T42_a_reply_to_changes_neither_thread_nor_who_is_named(world: World) -> None:
    to = alias_of_buyer(world)
    other = "Third Person <third@elsewhere.example>"
    assert world.mail(a_text(SELLER, to, "Yes, it is there.", Reply_To=other), to) == (replies.ACCEPTED,)
    ((claimed, relayed),) = world.take(PostKind.RELAY)
    [author] = relayed.authors
    assert author.addr_spec.endswith(f"@{ALIAS_DOMAIN}")
    assert author.display_name.startswith("Acme")
    assert claimed.delivery.forward_path.addr_spec == BUYER
    assert b"hird" not in claimed.delivery.octets
    assert b"elsewhere" not in claimed.delivery.octets


def test_P16_fields_of_filters_in_front_go_no_further(world: World) -> None:
    to = alias_of_buyer(world)
    octets = a_text(
        SELLER,
        to,
        "Yes, it is there.",
        X_Spamd_Result="default: False [1.00]; FORGED_RECIPIENTS(2.00)[m:x@secret.example,s:hidden@bcc.example]",
        X_Some_Filter_Of_Tomorrow="bcc=hidden@bcc.example",
    )
    assert world.mail(octets, to) == (replies.ACCEPTED,)
    ((claimed, _),) = world.take(PostKind.RELAY)
    assert b"secret.example" not in claimed.delivery.octets
    assert b"bcc" not in claimed.delivery.octets


def test_E18_E19_a_signed_mail_is_relayed_without_its_signature(world: World) -> None:
    to = alias_of_buyer(world)
    parts = (
        "--b\nContent-Type: text/plain\n\nYes, it is there.\n"
        f"--b\nContent-Type: application/pkcs7-signature; name=smime.p7s\n\n{SELLER}\n--b--"
    )
    octets = a_text(
        SELLER, to, parts, Content_Type='multipart/signed; protocol="application/pkcs7-signature"; boundary=b'
    )
    assert world.mail(octets, to) == (replies.ACCEPTED,)
    ((claimed, relayed),) = world.take(PostKind.RELAY)
    assert "Yes, it is there." in (relayed.body.plain or "")
    assert b"multipart/signed" not in claimed.delivery.octets
    assert (relayed.attachments, relayed.defects) == ((), ())


def test_K7_what_the_masker_takes_out_stays_on_record_as_it_came(world: World) -> None:
    to = alias_of_buyer(world)
    html = '<p>Yes, it is there.</p><img src="https://track.example/p.gif" alt="Our shop">'
    octets = a_text(SELLER, to, html, Content_Type="text/html; charset=utf-8")
    assert world.mail(octets, to) == (replies.ACCEPTED,)
    ((claimed, _),) = world.take(PostKind.RELAY)
    assert b"track.example" not in claimed.delivery.octets
    assert claimed.delivery.record_id is not None
    assert world.bridge.store.original(claimed.delivery.record_id) == octets
