"""What follows a message in its thread: the author hears what was taken out of it (P14), the other side who is away."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge.domain.delivery import ClaimedDelivery, PostKind
from mailbridge.domain.facts import Pardon
from mailbridge.domain.message import Automatic, Message
from mailbridge.domain.trade_batch import TradeBatch
from mailbridge.path.mint import Mint
from mailbridge.path.receive import reconsider
from mailbridge.rulefiles.read import load_rules
from mailbridge.texts import LANGUAGES
from tests.path.world import BUYER, CONTACT, SELLER, START, World, a_text, a_world, answer_to, counted_octets, trade

GOLDEN = Path(__file__).parents[1] / "golden"


def lenient(batch: TradeBatch, language: str = "en", packs: tuple[str, ...] = ()) -> TradeBatch:
    """A market without rules, so that what a rule would refuse is relayed, and taken out."""
    return replace(
        batch,
        marketplaces=(replace(batch.marketplaces[0], rule_packs=packs),),
        sellers=(replace(batch.sellers[0], language=language),),
    )


@contextmanager
def talking(folder: Path, language: str = "en") -> Iterator[tuple[World, Message]]:
    """A thread in which the seller got the buyer's first mail."""
    with a_world(folder, lenient(trade(), language)) as world:
        world.bridge = replace(world.bridge, mint=Mint(lambda: world.now, counted_octets()))
        world.mail(a_text(BUYER, CONTACT, "Is the lamp still there? (order 48213)"), CONTACT)
        ((_, relayed),) = world.take(PostKind.RELAY)
        world.run_intents()
        yield world, relayed


def _answer(world: World, relayed: Message, text: str, **fields: str) -> Message | None:
    """The seller answers: what the buyer gets, None where nothing is relayed."""
    to = relayed.authors[0].addr_spec
    fields.setdefault(
        "Message_ID", f"<{hashlib.sha256((text + str(world.now)).encode()).hexdigest()[:20]}@acme-pc.example>"
    )
    world.mail(a_text(SELLER, to, text, subject=f"Re: {relayed.subject}", **fields), to)
    taken = world.take(PostKind.RELAY)
    return taken[0][1] if taken else None


def _told(world: World) -> list[tuple[ClaimedDelivery, Message]]:
    """The notices that were posted since the last call."""
    new = (pair for pair in world.run_intents() if pair[0].fencing_token == 1)
    return [pair for pair in new if pair[0].delivery.kind is PostKind.NOTICE]


def test_P14_the_author_is_told_of_an_address_of_his_that_was_taken_out(tmp_path: Path) -> None:
    with talking(tmp_path) as (world, relayed):
        arrived = _answer(world, relayed, f"Yes. Write to {SELLER} please.")
        ((claimed, notice),) = _told(world)
    assert arrived is not None
    assert "Write to [address removed] please." in arrived.new_text
    assert claimed.delivery.forward_path.addr_spec == SELLER
    assert claimed.delivery.reverse_path is None  # RFC 3834 §3.3
    assert notice.automatic is Automatic.REPLIED
    assert notice.authors[0].addr_spec == "notice@relay.example"
    assert "- an e-mail address\n" in (notice.body.plain or "")
    assert "contact card" not in (notice.body.plain or "")


def test_T59_the_notice_holds_nothing_of_either_side(tmp_path: Path) -> None:
    with talking(tmp_path) as (world, relayed):
        _answer(world, relayed, f"Yes. Write to {SELLER} or my.private@elsewhere.example please.")
        ((claimed, _),) = _told(world)
    octets = claimed.delivery.octets.decode()
    assert octets.count(SELLER) == 1  # To
    for secret in (BUYER, "buyer-post.example", "Kowalska", "my.private", "Write to"):
        assert secret not in octets


def test_a_mail_that_loses_nothing_of_its_own_asks_for_no_notice(tmp_path: Path) -> None:
    with talking(tmp_path) as (world, relayed):
        to, octets = answer_to(relayed, SELLER, "Yes, it is.")
        world.mail(octets, to)
        assert world.take(PostKind.RELAY)
        assert world.run_intents() == []


def test_what_stands_in_his_signature_only_is_not_told(tmp_path: Path) -> None:
    with talking(tmp_path) as (world, relayed):
        arrived = _answer(world, relayed, f"Yes, it is.\n\n-- \nMax, Acme\n{SELLER}")
        assert arrived is not None
        assert "[address removed]" in (arrived.body.plain or "")
        assert world.run_intents() == []


def test_the_same_again_that_day_is_not_told_again_and_the_next_day_is(tmp_path: Path) -> None:
    with talking(tmp_path) as (world, relayed):
        _answer(world, relayed, f"Write to {SELLER}.")
        assert len(_told(world)) == 1
        _answer(world, relayed, f"Did you write to {SELLER}?")
        assert _told(world) == []
        world.now = START + timedelta(days=1)
        _answer(world, relayed, f"Well, {SELLER}.")
        assert len(_told(world)) == 1


def test_another_kind_that_day_is_told(tmp_path: Path) -> None:
    with talking(tmp_path) as (world, relayed):
        _answer(world, relayed, f"Write to {SELLER}.")
        _told(world)
        _answer(
            world, relayed, f"BEGIN:VCARD\nFN:Max\nEMAIL:{SELLER}\nEND:VCARD", Content_Type='text/vcard; name="me.vcf"'
        )
        ((_, notice),) = _told(world)
    assert "contact card" in (notice.body.plain or "")


def test_a_robot_is_told_nothing(tmp_path: Path) -> None:
    with talking(tmp_path) as (world, relayed):
        _answer(world, relayed, f"I am away. Write to {SELLER}.", Auto_Submitted="auto-replied")
        assert [claimed for claimed, _ in _told(world) if claimed.delivery.forward_path.addr_spec == SELLER] == []


def test_T39_an_author_whom_nothing_proves_is_told_nothing(tmp_path: Path) -> None:
    with talking(tmp_path) as (world, relayed):
        to = relayed.authors[0].addr_spec
        for name in [name for name in world.resolver.records if "acme" in name]:
            del world.resolver.records[name]
        world.mail(a_text(SELLER, to, f"Write to {SELLER}."), to, reverse_path="x@other.example")
        assert world.take(PostKind.RELAY) == []
        assert [notice.subject[:13] for _, notice in _told(world)] == ["Was this you?"]
        (held,) = world.bridge.store.held_records(10)
        pardon = Pardon(author_confirmed=True)
        reconsider(held.envelope, held.record_id, pardon, world.bridge)
        ((_, notice),) = _told(world)  # a person has vouched for him
    assert "an e-mail address" in (notice.body.plain or "")


def _away(world: World, relayed: Message, text: str, **fields: str) -> None:
    """The seller's vacation program answers the buyer's mail, to the address in From, signed by its domain."""
    to = relayed.authors[0].addr_spec
    octets = a_text(SELLER, to, text, subject="Abwesend", **({"Auto_Submitted": "auto-replied"} | fields))
    world.mail(octets, to)


def test_P17_T51_W8_an_automatic_reply_is_told_to_the_other_side_in_neutral_words(tmp_path: Path) -> None:
    with talking(tmp_path) as (world, relayed):
        _away(world, relayed, f"Max Meier is back on 3 December 2026. Call +49 30 1234567 or write to {SELLER}.")
        assert world.take(PostKind.RELAY) == []
        ((claimed, note),) = _told(world)
    assert claimed.delivery.forward_path.addr_spec == BUYER
    assert claimed.delivery.reverse_path is None
    assert note.authors[0].addr_spec == "notice@relay.example"
    assert note.automatic is Automatic.REPLIED
    assert note.subject == "Automatic reply from Acme"
    assert "The automatic reply names this date: 2026-12-03." in (note.body.plain or "")
    octets = claimed.delivery.octets.decode()
    for original in ("Meier", "1234567", SELLER, "acme-shop.example", "Abwesend"):
        assert original not in octets


def test_P17_an_automatic_reply_to_the_return_path_is_told_likewise(tmp_path: Path) -> None:
    with a_world(tmp_path, lenient(trade())) as world:
        world.mail(a_text(BUYER, CONTACT, "Is the lamp still there?"), CONTACT)
        ((claimed, _),) = world.take(PostKind.RELAY)
        world.run_intents()
        verp = claimed.delivery.reverse_path
        assert verp is not None
        octets = a_text(SELLER, verp, "I am away until 2026-12-03.", Auto_Submitted="auto-replied")
        world.mail(octets, verp, reverse_path=None)
        ((told, note),) = _told(world)
        (thread,) = world.bridge.store.threads(10)
        rows = world.bridge.store.thread_view(thread.thread.id)
    assert told.delivery.forward_path.addr_spec == BUYER
    assert "2026-12-03" in (note.body.plain or "")
    assert {row.reason for row in rows} == {"relayed", "automatic_at_return_path"}


def test_T24_an_automatic_reply_of_a_strangers_to_the_return_path_is_told_to_nobody(tmp_path: Path) -> None:
    with a_world(tmp_path, lenient(trade())) as world:
        world.mail(a_text(BUYER, CONTACT, "Is the lamp still there?"), CONTACT)
        ((claimed, _),) = world.take(PostKind.RELAY)
        world.run_intents()
        verp = claimed.delivery.reverse_path
        assert verp is not None
        octets = a_text("eve@evil.example", verp, "Away until 2026-12-03.", Auto_Submitted="auto-replied")
        world.mail(octets, verp, reverse_path=None)
        assert _told(world) == []


def test_B1_an_absence_is_told_once_in_a_month_and_its_own_note_never_answered(tmp_path: Path) -> None:
    with talking(tmp_path) as (world, relayed):
        _away(world, relayed, "I am away.")
        assert len(_told(world)) == 1
        _away(world, relayed, "I am still away.")
        assert _told(world) == []
        world.now = START + timedelta(days=40)
        _away(world, relayed, "I am away again.")
        ((_, note),) = _told(world)
        # The buyer is away too: what his program answers to our note reaches a person of the market, nobody else.
        world.mail(
            a_text(BUYER, "notice@relay.example", "Away!", Auto_Submitted="auto-replied"), "notice@relay.example"
        )
        assert _told(world) == []
    assert "names" not in (note.body.plain or "")


def test_T51_a_read_receipt_is_told_to_nobody(tmp_path: Path) -> None:
    with talking(tmp_path) as (world, relayed):
        kind = "multipart/report; report-type=disposition-notification; boundary=b"
        parts = f"--b\n\nRead by {SELLER}\n--b\nContent-Type: message/disposition-notification\n\nx: y\n--b--"
        _away(world, relayed, parts, Content_Type=kind, Auto_Submitted="auto-replied")
        assert _told(world) == []


def test_an_automatic_reply_to_nobody_who_wrote_is_told_to_nobody(tmp_path: Path) -> None:
    with talking(tmp_path) as (world, relayed):
        to, octets = answer_to(relayed, SELLER, "Yes, it is.")
        world.mail(octets, to)
        ((_, at_buyer),) = world.take(PostKind.RELAY)
        back = at_buyer.authors[0].addr_spec
        world.mail(a_text(BUYER, back, "I am away.", Auto_Submitted="auto-replied"), back)
        ((claimed, _),) = _told(world)  # the seller wrote to the buyer: he hears it
    assert claimed.delivery.forward_path.addr_spec == SELLER


def test_T56_encrypted_mail_is_refused_and_its_author_told_what_to_do(tmp_path: Path) -> None:
    with talking(tmp_path) as (world, relayed):
        to = relayed.authors[0].addr_spec
        sealed = "-----BEGIN PGP MESSAGE-----\n\nhQEMA7\n-----END PGP MESSAGE-----"
        assert world.mail(a_text(SELLER, to, sealed), to)[0].is_positive
        ((claimed, notice),) = world.take()
        (thread,) = world.bridge.store.threads(10)
        rows = world.bridge.store.thread_view(thread.thread.id)
    assert (claimed.delivery.kind, claimed.delivery.forward_path.addr_spec) == (PostKind.NOTICE, SELLER)
    assert "switch off encryption" in (notice.body.plain or "")
    assert {(row.state, row.reason) for row in rows} == {("relayed", "relayed"), ("refused", "encrypted")}


def test_E18_E19_T56_a_signed_mail_is_relayed_without_its_signature_and_both_sides_see_it_once(tmp_path: Path) -> None:
    body = (
        "--a\nContent-Type: text/plain\n\nYes, it is.\n"
        "--a\nContent-Type: application/pkcs7-signature; name=smime.p7s\n\nMIIB\n--a--"
    )
    with talking(tmp_path) as (world, relayed):
        arrived = _answer(world, relayed, body, Content_Type="multipart/signed; boundary=a")
        ((_, notice),) = _told(world)
        world.now = START + timedelta(days=3)
        assert _answer(world, relayed, body, Content_Type="multipart/signed; boundary=a") is not None
        assert _told(world) == []
    assert arrived is not None
    assert "[digital signature or key removed]" in (arrived.body.plain or "")
    assert arrived.attachments == ()
    assert "- a digital signature or a key" in (notice.body.plain or "")


def test_a_rule_that_warns_says_it_in_its_own_notice(tmp_path: Path) -> None:
    pack = tmp_path / "rules" / "warning"
    pack.mkdir(parents=True)
    (pack / "warning.yaml").write_text(_WARNING, encoding="utf-8")
    with a_world(tmp_path, lenient(trade(), packs=("warning",))) as world:
        rules = load_rules((tmp_path / "rules",))
        world.bridge = replace(world.bridge, rules=lambda: rules)
        world.mail(a_text(BUYER, CONTACT, "Is the lamp still there?"), CONTACT)
        ((_, relayed),) = world.take(PostKind.RELAY)
        world.run_intents()
        to = relayed.authors[0].addr_spec
        world.mail(a_text(SELLER, to, f"Write to {SELLER}."), to)
        ((_, warned),) = world.take(PostKind.NOTICE)
        assert _told(world) == []
    assert "- an e-mail address\n" in (warned.body.plain or "")


_WARNING = """
rules:
  - id: warning.address
    title: {en: No addresses, pl: Bez, it: Niente, de: Keine}
    text: {en: No addresses please., pl: Bez., it: Niente., de: Keine.}
    fix: {en: Leave it out., pl: Bez., it: Niente., de: Keine.}
    check: email_address
    action: warn
    mode: enforce
"""


def _golden(case: str, language: str, claimed: ClaimedDelivery) -> None:
    """The octets are those on record; on mismatch see `<language>.actual.eml` beside them."""
    expected = GOLDEN / case / f"{language}.eml"
    if not expected.exists() or claimed.delivery.octets != expected.read_bytes():
        expected.with_suffix(".actual.eml").write_bytes(claimed.delivery.octets)
    assert expected.exists()
    assert claimed.delivery.octets == expected.read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_of_what_was_removed_is_the_golden_one(tmp_path: Path, language: str) -> None:
    with talking(tmp_path, language) as (world, relayed):
        _answer(world, relayed, f"Write to {SELLER}.", Message_ID="<m1.golden@acme-pc.example>")
        ((claimed, _),) = _told(world)
    _golden("notice_removed", language, claimed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_of_encrypted_mail_is_the_golden_one(tmp_path: Path, language: str) -> None:
    with talking(tmp_path, language) as (world, relayed):
        to, golden = relayed.authors[0].addr_spec, {"Message_ID": "<m1.golden@acme-pc.example>"}
        world.mail(a_text(SELLER, to, "-----BEGIN PGP MESSAGE-----", **golden), to)
        ((claimed, _),) = world.take(PostKind.NOTICE)
    _golden("notice_encrypted", language, claimed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_away_note_is_the_golden_one(tmp_path: Path, language: str) -> None:
    with talking(tmp_path, language) as (world, relayed):
        golden = {"Message_ID": "<m1.golden@acme-pc.example>"}
        answered = _answer(world, relayed, "Yes, it is.", **golden)
        assert answered is not None
        back = answered.authors[0].addr_spec
        world.mail(a_text(BUYER, back, "I am back on 3 December 2026.", Auto_Submitted="auto-replied"), back)
        ((claimed, _),) = _told(world)
    _golden("notice_away", language, claimed)
