"""Mail with files on a whole bridge in the process: cleaned at once or screened, judged again, gated, kept in order."""

import gzip
import io
import json
import random
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pikepdf
import pytest

from mailbridge.containers.reading.files import read
from mailbridge.domain import reply as replies
from mailbridge.domain.delivery import PostKind
from mailbridge.domain.files import Screened
from mailbridge.domain.message import Attachment, Message
from mailbridge.domain.thread import AliasState
from mailbridge.errors import NotPossible, ScreenerUnavailable
from mailbridge.message.parse import parse
from mailbridge.path.held import release
from mailbridge.path.receive import rehearse
from mailbridge.path.screening import run_due_screenings
from mailbridge.policy.plan import Disposition, HoldReason
from mailbridge.policy.ruleset import RuleSet
from mailbridge.screening import worker
from mailbridge.screening.ocr import TextReader
from mailbridge.store.records import HeldRecord
from mailbridge.store.shownrows import RecordRow
from tests.containers import samples
from tests.containers.oracle import is_in, pixels
from tests.containers.winmail import winmail
from tests.path.world import BUYER, CONTACT, SELLER, World, a_text, a_world
from tests.peers.processes import require_programs
from tests.screening.painted import as_file, note

_PLAIN = "The table is 140 cm wide."


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_world(tmp_path) as made:
        yield made


def _mail(author: str, to: str, text: str, *files: tuple[str, bytes], subject: str = "The table") -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = author, to, subject
    mail["Date"] = "Sat, 21 Nov 2026 10:00:00 +0100"
    mail["Message-ID"] = f"<{abs(hash((author, text, files, subject))):x}@client.example>"
    mail.set_content(text)
    for name, octets in files:
        mail.add_attachment(octets, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def _any_file(world: World) -> None:
    """The market allows every type of file."""
    rules = world.bridge.rules()
    kept = tuple(rule for rule in rules.rules if rule.id != "general.attachment-type")
    world.bridge = replace(world.bridge, rules=lambda: RuleSet.of(kept, "without", packs=rules.by_pack))


def _warm(world: World) -> None:
    """Let the process start: afterwards a photo takes milliseconds."""
    photo = Attachment(filename="a.jpg", content_type="image/jpeg", octets=samples.jpeg())
    assert world.bridge.screener.look_into(Message(attachments=(photo,)), within=timedelta(minutes=1)) is not None


def _relayed(world: World) -> list[Message]:
    return [message for _, message in world.take(PostKind.RELAY)]


def _buyer_alias(world: World) -> str:
    """Begin a conversation; the alias under which the seller knows the buyer."""
    world.mail(a_text(BUYER, CONTACT, "Is the table still there?"), CONTACT)
    (message,) = _relayed(world)
    world.take()
    world.now += timedelta(seconds=1)
    return message.authors[0].addr_spec


def _record(world: World) -> RecordRow:
    """The newest message of the newest conversation."""
    return world.bridge.store.thread_view(world.bridge.store.threads(1)[0].thread.id)[-1]


def _held(world: World) -> HeldRecord:
    (record,) = world.bridge.store.held_records(10)
    return record


def _screen(world: World) -> None:
    run_due_screenings(world.bridge, "test")


def _database(tmp_path: Path, question: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(tmp_path / "store.sqlite")
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


def test_T57_a_photo_is_cleaned_within_the_transaction(world: World) -> None:
    photo = samples.jpeg(6)
    _warm(world)
    assert world.mail(_mail(BUYER, CONTACT, _PLAIN, ("photo.jpg", photo)), CONTACT) == (replies.ACCEPTED,)
    (message,) = _relayed(world)
    (sent,) = message.attachments
    assert not is_in(samples.AUTHOR, sent.octets)
    assert pixels(sent.octets) == pixels(photo)
    assert _record(world).files == ("photo.jpg: jpeg; removed comments, exif, iptc, trailing data, xmp",)


def test_a_mail_without_files_never_starts_the_process(world: World) -> None:
    world.mail(_mail(BUYER, CONTACT, _PLAIN, ("list.txt", b"words")), CONTACT)
    assert (len(_relayed(world)), world.bridge.screener.worker_pid) == (1, None)


def test_D15_a_document_is_taken_looked_into_and_judged_again(world: World, tmp_path: Path) -> None:
    assert world.mail(_mail(BUYER, CONTACT, _PLAIN, ("offer.pdf", samples.pdf())), CONTACT) == (replies.ACCEPTED,)
    assert world.take() == []
    (waiting,) = world.bridge.store.screening_records(10)
    assert (waiting.state, waiting.reason, waiting.hold) == ("screening", "files", None)
    _screen(world)
    (message,) = _relayed(world)
    (sent,) = message.attachments
    assert (sent.filename, is_in(samples.AUTHOR, sent.octets)) == ("offer.pdf", False)
    assert samples.WORDS in "\n".join(text.text for text in read(sent.octets)[0])
    record = _record(world)
    assert (record.record_id, record.state, record.files) == (
        waiting.record_id,
        "relayed",
        ("offer.pdf: pdf; removed properties",),
    )
    assert _database(tmp_path, "SELECT count(*) FROM records") == [(1,)]


def test_what_is_screened_is_known_again_before_and_after(world: World) -> None:
    octets = _mail(BUYER, CONTACT, _PLAIN, ("offer.pdf", samples.pdf()))
    world.mail(octets, CONTACT)
    assert world.mail(octets, CONTACT) == (replies.ALREADY_ACCEPTED,)
    _screen(world)
    assert world.mail(octets, CONTACT) == (replies.ALREADY_ACCEPTED,)
    assert len(_relayed(world)) == 1


def test_what_rules_refuse_anyhow_is_not_looked_into(world: World) -> None:
    to = _buyer_alias(world)
    world.mail(_mail(SELLER, to, "Call +48 601 234 567", ("offer.pdf", samples.pdf())), to)
    assert world.bridge.store.screening_records(10) == ()
    assert [claimed.delivery.kind for claimed, _ in world.take()] == [PostKind.NOTICE]
    assert world.bridge.screener.worker_pid is None


def test_later_mail_of_the_two_queues_behind_it_in_order(world: World) -> None:
    to = _buyer_alias(world)
    world.mail(_mail(SELLER, to, "First, with a plan", ("plan.pdf", samples.pdf())), to)
    world.now += timedelta(seconds=1)
    world.mail(a_text(SELLER, to, "Second, in words"), to)
    world.now += timedelta(seconds=1)
    world.mail(a_text(BUYER, CONTACT, "Third, of the other side"), CONTACT)
    assert world.take() == []
    reasons = [record.reason for record in world.bridge.store.screening_records(10)]
    assert reasons == ["files", "behind_another", "behind_another"]
    _drain(world)
    assert [_own_words(message) for message in _relayed(world)] == [
        "First, with a plan",
        "Second, in words",
        "Third, of the other side",
    ]


def _own_words(message: Message) -> str:
    """Of the new text the one line that is none of ours."""
    said = ("First", "Second", "Third", "Is the lamp")
    (own,) = (line for line in message.new_text.splitlines() if line.startswith(said))
    return own


def _drain(world: World) -> None:
    """Let everything that waits be looked into; what waits behind others is asked again a second later."""
    for _ in range(10):
        _screen(world)
        if not world.bridge.store.screening_records(10):
            return
        world.now += timedelta(seconds=2)
    raise AssertionError("something waits for ever")


def test_mail_of_other_people_does_not_wait(world: World) -> None:
    to = _buyer_alias(world)
    world.mail(_mail(SELLER, to, "With a plan", ("plan.pdf", samples.pdf())), to)
    stranger = "carl@buyer-post.example"
    world.mail(a_text(stranger, CONTACT, "Is the lamp still there?"), CONTACT)
    assert [_own_words(message) for message in _relayed(world)] == ["Is the lamp still there?"]


def test_first_mails_of_an_unknown_buyer_keep_their_order(world: World) -> None:
    stranger = "carl@buyer-post.example"
    world.mail(_mail(stranger, CONTACT, "First", ("plan.pdf", samples.pdf())), CONTACT)
    world.now += timedelta(seconds=1)
    world.mail(a_text(stranger, CONTACT, "Second", subject="The table"), CONTACT)
    assert _relayed(world) == []
    _drain(world)
    assert [_own_words(message) for message in _relayed(world)] == ["First", "Second"]


def test_clocks_count_from_the_receipt(world: World, tmp_path: Path) -> None:
    received = world.now
    world.mail(_mail("carl@buyer-post.example", CONTACT, _PLAIN, ("plan.pdf", samples.pdf())), CONTACT)
    world.now += timedelta(minutes=7)
    _screen(world)
    ((claimed, _),) = world.take(PostKind.RELAY)
    assert claimed.delivery.composed_at == world.now  # its lease and its expiry begin when it may go out
    assert world.bridge.store.threads(1)[0].thread.last_at == received
    (due,) = _database(tmp_path, "SELECT due_at FROM intents WHERE kind = 'acknowledge'")
    assert due == (int(received.timestamp() * 1_000_000),)


def test_both_fingerprints_of_the_rules_are_kept(world: World, tmp_path: Path) -> None:
    first = world.bridge.rules().fingerprint
    world.mail(_mail(BUYER, CONTACT, _PLAIN, ("plan.pdf", samples.pdf())), CONTACT)
    _any_file(world)
    _screen(world)
    ((ruleset, public),) = _database(tmp_path, "SELECT ruleset, public FROM records")
    assert (ruleset, json.loads(str(public))["first_ruleset"]) == ("without", first)


def test_who_wrote_is_proven_once_when_the_mail_comes(world: World) -> None:
    world.mail(_mail(BUYER, CONTACT, _PLAIN, ("plan.pdf", samples.pdf())), CONTACT)
    world.resolver.records.clear()
    _screen(world)
    assert len(_relayed(world)) == 1


def test_K3_a_number_in_a_pdf_is_the_authors_word_and_the_rule_names_it(world: World) -> None:
    to = _buyer_alias(world)
    world.mail(_mail(SELLER, to, _PLAIN, ("offer.pdf", samples.pdf("Call +48 601 234 567 now"))), to)
    _screen(world)
    ((claimed, notice),) = world.take()
    assert (claimed.delivery.kind, claimed.delivery.forward_path.addr_spec) == (PostKind.NOTICE, SELLER)
    assert "+48 601 234 567" in notice.new_text
    assert _record(world).state == "refused"


def test_T57_the_gate_holds_a_document_that_says_where_its_author_lives(world: World) -> None:
    _any_file(world)
    to = _buyer_alias(world)
    words = f"Write to {SELLER.replace('@', ' @ ')} please"
    octets = samples.word(words)
    assert SELLER.encode() not in octets
    world.bridge = replace(world.bridge, rules=RuleSet)
    world.mail(_mail(SELLER, to, _PLAIN, ("offer.docx", octets)), to)
    _screen(world)
    held = _held(world)
    assert (held.hold, held.gate_places) == (HoldReason.LEAK_GATE, ("routing file 1, text",))
    assert _relayed(world) == []


@pytest.mark.parametrize(
    ("make", "suffix"),
    [(samples.pdf, "pdf"), (samples.word, "docx"), (samples.open_document, "odt"), (samples.rich_text, "rtf")],
)
def test_a_declared_invoice_is_content_its_metadata_are_not_and_its_release_is_on_record(
    world: World, tmp_path: Path, make: Callable[[str], bytes], suffix: str
) -> None:
    world.bridge = replace(world.bridge, rules=RuleSet)
    to = _buyer_alias(world)
    octets = make(f"Invoice of {SELLER}")
    world.mail(_mail(SELLER, to, _PLAIN, (f"Rechnung-48213.{suffix}", octets)), to)
    _screen(world)
    (message,) = _relayed(world)
    (sent,) = message.attachments
    assert SELLER in "\n".join(text.text for text in read(sent.octets)[0])
    assert not is_in(samples.AUTHOR, sent.octets)
    assert _record(world).files[0].endswith("declared as invoice: its text was not searched")
    details = _database(tmp_path, "SELECT detail FROM events WHERE kind = 'relayed' ORDER BY id DESC LIMIT 1")
    assert json.loads(str(details[0][0]))["declared"] == ["invoice"]


def test_a_name_of_a_member_that_is_a_secret_is_a_leak_even_where_its_content_is_none(world: World) -> None:
    world.bridge = replace(world.bridge, rules=RuleSet)
    to = _buyer_alias(world)
    world.mail(_mail(SELLER, to, _PLAIN, ("photos.zip", samples.archive({f"{SELLER}.txt": b"x"}))), to)
    _screen(world)
    assert "routing file 1, metadata" in _held(world).gate_places


def test_E14_winmail_dat_is_unpacked_and_what_was_in_it_is_judged(world: World) -> None:
    to = _buyer_alias(world)
    photo = samples.jpeg()
    octets = winmail({"table.jpg": photo}, html=b"<p>The table is sold.</p>", author=SELLER)
    world.mail(_mail(SELLER, to, " ", ("winmail.dat", octets)), to)
    _screen(world)
    (message,) = _relayed(world)
    (sent,) = message.attachments
    assert (sent.filename, pixels(sent.octets) == pixels(photo)) == ("table.jpg", True)
    assert "The table is sold." in message.new_text
    assert _record(world).new_text.strip() == "The table is sold."


def test_E14_what_hides_in_winmail_dat_is_refused_like_anything_else(world: World) -> None:
    to = _buyer_alias(world)
    hidden = winmail({"setup.exe": b"MZ\x90\x00" + bytes(60)}, html=b"<p>Call +48 601 234 567</p>")
    world.mail(_mail(SELLER, to, " ", ("winmail.dat", hidden)), to)
    _screen(world)
    ((claimed, notice),) = world.take()
    assert claimed.delivery.kind is PostKind.NOTICE
    assert ("+48 601 234 567" in notice.new_text, "setup.exe" in notice.new_text) == (True, True)


def _encrypted() -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(samples.pdf())) as pdf:
        pdf.save(made, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return made.getvalue()


def test_a_file_that_nobody_can_open_is_held_and_its_author_is_told(world: World) -> None:
    to = _buyer_alias(world)
    world.mail(_mail(SELLER, to, _PLAIN, ("offer.pdf", _encrypted())), to)
    _screen(world)
    held = _held(world)
    assert (held.hold, held.findings[0]) == (HoldReason.FILE, "file_encrypted: offer.pdf")
    ((claimed, notice),) = world.take()
    assert claimed.delivery.kind is PostKind.NOTICE
    assert "password" in notice.new_text


def test_K3_such_a_file_goes_out_as_it_came_where_a_person_lets_it_go(world: World) -> None:
    to = _buyer_alias(world)
    octets = _encrypted()
    world.mail(_mail(SELLER, to, _PLAIN, ("offer.pdf", octets)), to)
    _screen(world)
    held = _held(world)
    world.take()
    assert _relayed(world) == []
    assert [plan.disposition for plan in release(held.record_id, world.bridge)] == [Disposition.RELAYED]
    (message,) = _relayed(world)
    assert message.attachments[0].octets == octets


def test_a_release_looks_into_files_while_the_person_waits(world: World) -> None:
    _any_file(world)
    to = _buyer_alias(world)
    world.resolver.records["acme-shop.example"] = b"v=spf1 -all"
    world.resolver.records["_dmarc.acme-shop.example"] = b"v=DMARC1; p=none"
    world.mail(_mail(SELLER, to, _PLAIN, ("offer.pdf", samples.pdf())), to)
    held = _held(world)
    assert held.hold is HoldReason.AUTHOR_UNPROVEN
    release(held.record_id, world.bridge)
    (message,) = _relayed(world)
    assert not is_in(samples.AUTHOR, message.attachments[0].octets)


def test_a_release_that_can_not_look_changes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    to = _buyer_alias(world)
    world.resolver.records["acme-shop.example"] = b"v=spf1 -all"
    world.resolver.records["_dmarc.acme-shop.example"] = b"v=DMARC1; p=none"
    world.mail(_mail(SELLER, to, _PLAIN, ("offer.pdf", samples.pdf())), to)
    held = _held(world)
    monkeypatch.setattr(worker.Worker, "examine", lambda *_, **__: None)
    with pytest.raises(ScreenerUnavailable):
        release(held.record_id, world.bridge)
    assert _held(world).record_id == held.record_id


def test_a_mail_that_is_screened_can_not_be_released(world: World) -> None:
    world.mail(_mail(BUYER, CONTACT, _PLAIN, ("offer.pdf", samples.pdf())), CONTACT)
    (waiting,) = world.bridge.store.screening_records(10)
    with pytest.raises(NotPossible, match="is being screened"):
        release(waiting.record_id, world.bridge)


def test_F43_a_worker_that_dies_over_a_file_leaves_its_mail_held(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    dies = "import os; os.write(1, b'ready x\\n'); os.read(0, 12); os.abort()"
    world.mail(_mail(BUYER, CONTACT, _PLAIN, ("offer.pdf", samples.pdf())), CONTACT)
    monkeypatch.setattr(worker, "_PROGRAM", dies)
    _screen(world)
    assert [record.state for record in world.bridge.store.screening_records(10)] == ["screening"]
    world.now += timedelta(minutes=2)
    _screen(world)
    assert (_held(world).hold, _held(world).findings[0]) == (HoldReason.FILE, "file_worker_lost: offer.pdf")
    assert _relayed(world) == []


def test_F43_a_worker_that_died_once_over_a_file_is_asked_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.mail(_mail(BUYER, CONTACT, _PLAIN, ("offer.pdf", samples.pdf())), CONTACT)
    with monkeypatch.context() as patched:
        patched.setattr(worker, "_PROGRAM", "import os; os.write(1, b'ready x\\n'); os.read(0, 12); os.abort()")
        _screen(world)
    assert _relayed(world) == []
    world.now += timedelta(seconds=30)
    _screen(world)
    (message,) = _relayed(world)
    assert not is_in(samples.AUTHOR, message.attachments[0].octets)


def test_F43_a_photo_over_which_the_worker_dies_is_taken_and_looked_at_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    dies = "import os; os.write(1, b'ready x\\n'); os.read(0, 12); os.abort()"
    with monkeypatch.context() as patched:
        patched.setattr(worker, "_PROGRAM", dies)
        answers = world.mail(_mail(BUYER, CONTACT, _PLAIN, ("photo.jpg", samples.jpeg())), CONTACT)
    assert (answers, world.take()) == ((replies.ACCEPTED,), [])
    _screen(world)
    assert len(_relayed(world)) == 1


def test_F43_a_file_over_which_every_worker_dies_can_be_let_go(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    octets = samples.pdf()
    world.mail(_mail(BUYER, CONTACT, _PLAIN, ("offer.pdf", octets)), CONTACT)
    monkeypatch.setattr(worker, "_PROGRAM", "import os; os.write(1, b'ready x\\n'); os.read(0, 12); os.abort()")
    world.now += timedelta(minutes=2)
    _screen(world)
    plans = release(_held(world).record_id, world.bridge)
    assert [plan.disposition for plan in plans] == [Disposition.RELAYED]
    (message,) = _relayed(world)
    assert message.attachments[0].octets == octets


_CHANCE = random.Random(58).randbytes(9000)


@pytest.mark.parametrize(
    "octets",
    [
        _CHANCE,
        b"\x89PNG\r\n\x1a\n" + _CHANCE,
        b"\xff\xd8\xff\xe1" + _CHANCE,
        b"GIF89a" + b"\x00" * 20 + _CHANCE,
        b"%PDF-1.4\n" + _CHANCE,
        b"PK\x03\x04" + b"\xff" * 4 + _CHANCE,
        b"\x1f\x8b" + _CHANCE,
        b"%PDF-1.4\nwords about the format, no file of it",
    ],
    ids=["chance", "png", "jpeg", "gif", "pdf", "zip", "gzip", "pdf text"],
)
def test_T58_what_only_begins_like_a_container_goes_out_at_once_as_it_came(world: World, octets: bytes) -> None:
    _any_file(world)
    world.mail(_mail(BUYER, CONTACT, _PLAIN, ("table.pdf", octets)), CONTACT)
    (message,) = _relayed(world)
    assert message.attachments[0].octets == octets
    assert world.bridge.screener.worker_pid is None


@pytest.mark.parametrize(
    ("name", "octets"),
    [
        ("plan.pdf", b"%PDF-1.4\n1 0 obj\n" + _CHANCE),
        ("cut.docx", samples.word()[:700]),
        ("cut.zip", samples.archive({"a.bin": _CHANCE})[:4000]),
        ("cut.gz", gzip.compress(_CHANCE)[:4000]),
        ("noise.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + _CHANCE),
        ("noise.rtf", b"{\\rtf1 " + b"words " * 40 + _CHANCE),
    ],
)
def test_T58_a_file_that_nothing_can_open_goes_out_as_it_came(world: World, name: str, octets: bytes) -> None:
    _any_file(world)
    world.mail(_mail(BUYER, CONTACT, _PLAIN, (name, octets)), CONTACT)
    _screen(world)
    (message,) = _relayed(world)
    assert message.attachments[0].octets == octets
    assert _record(world).files[0].endswith("damaged or of another kind: searched octet by octet")


def test_T57_what_a_broken_file_still_says_of_its_author_holds_it(world: World) -> None:
    world.bridge = replace(world.bridge, rules=RuleSet)
    to = _buyer_alias(world)
    octets = samples.word(f"Write to {SELLER} please")
    world.mail(_mail(SELLER, to, _PLAIN, ("cut.docx", octets[: octets.rindex(b"PK\x01\x02") - 1])), to)
    _screen(world)
    assert (_held(world).hold, _relayed(world)) == (HoldReason.LEAK_GATE, [])


def test_T57_a_photo_that_was_cut_short_on_the_way_is_cleaned_as_far_as_it_goes(world: World) -> None:
    octets = samples.jpeg()[: samples.jpeg().rindex(b"\xff\xda") + 60]
    _warm(world)
    world.mail(_mail(BUYER, CONTACT, _PLAIN, ("photo.jpg", octets)), CONTACT)
    (message,) = _relayed(world)
    assert not is_in(samples.AUTHOR, message.attachments[0].octets)
    assert octets[-60:] in message.attachments[0].octets


def test_F43_without_any_worker_mail_waits_and_then_a_person_looks(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_PROGRAM", "raise SystemExit(3)")
    world.mail(_mail(BUYER, CONTACT, _PLAIN, ("offer.pdf", samples.pdf())), CONTACT)
    _screen(world)
    assert [record.state for record in world.bridge.store.screening_records(10)] == ["screening"]
    world.now += timedelta(minutes=11)
    _screen(world)
    assert _held(world).hold is HoldReason.FILE
    assert world.bridge.store.screening_records(10) == ()


def test_a_photo_that_can_not_be_cleaned_in_time_is_screened(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(worker.Worker, "examine", lambda *_, **__: None)
        answers = world.mail(_mail(BUYER, CONTACT, _PLAIN, ("photo.jpg", samples.jpeg())), CONTACT)
    assert (answers, world.take()) == ((replies.ACCEPTED,), [])
    _screen(world)
    (message,) = _relayed(world)
    assert not is_in(samples.AUTHOR, message.attachments[0].octets)


def test_an_alias_that_was_closed_meanwhile_is_told_by_a_notice(world: World) -> None:
    to = _buyer_alias(world)
    world.mail(_mail(SELLER, to, _PLAIN, ("offer.pdf", samples.pdf())), to)
    world.bridge.store.set_alias_state(to, AliasState.EXPIRED, world.now)
    _screen(world)
    assert [claimed.delivery.kind for claimed, _ in world.take()] == [PostKind.NOTICE]
    assert _record(world).state == "refused"


def test_I9_a_mail_that_breaks_us_while_it_is_judged_again_is_shelved_at_the_third_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.mail(_mail(BUYER, CONTACT, _PLAIN, ("offer.pdf", samples.pdf())), CONTACT)

    def breaks(*_: object, **__: object) -> Screened:
        raise ZeroDivisionError

    monkeypatch.setattr(type(world.bridge.screener), "look_into", breaks)
    for _ in range(3):
        _screen(world)
        world.now += timedelta(seconds=5)
    assert _held(world).hold is HoldReason.POISON
    assert world.bridge.store.screening_records(10) == ()


def test_a_screening_that_was_left_by_a_dead_process_is_taken_up_again(world: World) -> None:
    world.mail(_mail(BUYER, CONTACT, _PLAIN, ("offer.pdf", samples.pdf())), CONTACT)
    store = world.bridge.store
    assert len(store.due_intents(world.now, limit=9, worker="dead", lease=timedelta(hours=1), is_screening=True)) == 1
    _screen(world)
    assert _relayed(world) == []
    world.now += timedelta(hours=2)
    _screen(world)
    assert len(_relayed(world)) == 1


def test_two_addresses_of_one_mail_are_screened_each(world: World) -> None:
    to = _buyer_alias(world)
    _any_file(world)
    octets = _mail(SELLER, to, _PLAIN, ("offer.pdf", samples.pdf()))
    assert world.mail(octets, to, f"cc@{to.partition('@')[2]}") == (replies.ACCEPTED, replies.ACCEPTED)
    _screen(world)
    assert len(_relayed(world)) == 1


def test_explain_looks_into_files_too(world: World) -> None:
    from mailbridge.domain.envelope import Door, Envelope, Peer
    from mailbridge.domain.ids import QueueId

    envelope = Envelope(
        queue_id=QueueId("q"),
        door=Door.COMMAND,
        reverse_path=BUYER,
        forward_paths=(CONTACT,),
        content=_mail(BUYER, CONTACT, _PLAIN, ("offer.pdf", _encrypted())),
        received_at=world.now,
        peer=Peer(ip="198.51.100.7", helo="client.example"),
    )
    (leg,) = rehearse(envelope, world.bridge)
    assert leg.plan.hold is HoldReason.FILE
    assert world.bridge.store.screening_records(10) == ()


def test_an_attachment_keeps_its_name_and_type(world: World) -> None:
    _warm(world)
    world.mail(_mail(BUYER, CONTACT, _PLAIN, ("Zażółć.png", samples.png())), CONTACT)
    (message,) = _relayed(world)
    (sent,) = message.attachments
    assert (sent.filename, sent.content_type) == ("Zażółć.png", "application/octet-stream")


def _forwarded(photo: bytes) -> bytes:
    """A mail that holds a mail with a photo, as clients forward it."""
    inner = EmailMessage(policy=SMTP)
    inner["From"], inner["To"], inner["Subject"] = "friend@elsewhere.example", SELLER, "Look"
    inner["Date"], inner["Message-ID"] = "Fri, 20 Nov 2026 10:00:00 +0100", "<friend@elsewhere.example>"
    inner.set_content("See the photo")
    inner.add_attachment(photo, maintype="image", subtype="jpeg", filename="photo.jpg")
    outer = EmailMessage(policy=SMTP)
    outer["From"], outer["To"], outer["Subject"] = SELLER, "x@relay.example", "Forwarded"
    outer["Date"], outer["Message-ID"] = "Sat, 21 Nov 2026 10:00:00 +0100", "<outer@client.example>"
    outer.set_content(_PLAIN)
    outer.add_attachment(inner)
    return outer.as_bytes()


def test_T55_a_photo_in_a_forwarded_mail_is_cleaned(world: World) -> None:
    to = _buyer_alias(world)
    _any_file(world)
    photo = samples.jpeg()
    world.mail(_forwarded(photo).replace(b"x@relay.example", to.encode()), to)
    _screen(world)
    ((claimed, _),) = world.take(PostKind.RELAY)
    (enclosed,) = parse(claimed.delivery.octets).attachments
    (cleaned,) = (attachment.octets for attachment in parse(enclosed.octets).attachments)
    assert not is_in(samples.AUTHOR, cleaned)
    assert pixels(cleaned) == pixels(photo)


def _reads_words(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words in pictures are read, as far as this process is installed."""
    require_programs("tesseract")
    monkeypatch.setattr(world.bridge.screener, "_text_reader", TextReader(("eng",)))


def test_a_number_painted_into_a_photo_is_judged_like_one_in_the_text(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _reads_words(world, monkeypatch)
    photo = as_file(note("Tel. +48 601 234 567"), "JPEG")
    assert world.mail(_mail(BUYER, CONTACT, _PLAIN, ("photo.jpg", photo)), CONTACT) == (replies.ACCEPTED,)
    waiting = _states(world)
    _screen(world)
    assert (waiting, _states(world), _relayed(world)) == (["screening"], [], [])


def test_a_photo_without_such_words_goes_out_after_it_was_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _reads_words(world, monkeypatch)
    photo = as_file(note("19,99 EUR"), "JPEG")
    world.mail(_mail(BUYER, CONTACT, _PLAIN, ("photo.jpg", photo)), CONTACT)
    assert world.take() == []
    _screen(world)
    assert len(_relayed(world)) == 1


def test_a_photo_that_nobody_can_read_is_held_in_the_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world.bridge.screener, "_text_reader", TextReader(("eng",), program=""))
    world.mail(_mail(BUYER, CONTACT, _PLAIN, ("photo.jpg", as_file(note("19,99 EUR"), "JPEG"))), CONTACT)
    _screen(world)
    assert _states(world) == ["screening"]
    world.now += timedelta(minutes=11)
    _screen(world)
    assert (_held(world).hold, _relayed(world)) == (HoldReason.FILE, [])


def test_a_bridge_that_stops_leaves_photos_to_the_next_start(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _reads_words(world, monkeypatch)
    world.bridge.screener.read_no_more()
    world.mail(_mail(BUYER, CONTACT, _PLAIN, ("photo.jpg", as_file(note("19,99 EUR"), "JPEG"))), CONTACT)
    _screen(world)
    assert (_states(world), _relayed(world)) == (["screening"], [])


def _states(world: World) -> list[str]:
    return [one.state for one in world.bridge.store.screening_records(10)]
