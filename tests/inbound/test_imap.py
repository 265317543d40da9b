"""The IMAP door on a real Dovecot: fresh mail, lost connections, folders that come anew."""

import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path as File
from typing import BinaryIO, Self, cast

import imapclient
import pytest
import trustme

from mailbridge.domain.envelope import Envelope
from mailbridge.domain.reply import ACCEPTED, ALREADY_ACCEPTED, STORE_UNAVAILABLE, Reply
from mailbridge.inbound.cursor import FileCursors
from mailbridge.inbound.imap import ImapDoor
from mailbridge.inbound.mailbox import MailboxSettings
from tests.inbound.door import Path
from tests.inbound.test_mailbox import SETTINGS, a_mail
from tests.peers.dovecot import PASSWORD, Dovecot
from tests.peers.processes import free_ports, program

pytestmark = [
    pytest.mark.skipif(program("dovecot") is None, reason="dovecot is not installed"),
    pytest.mark.xdist_group("imap"),
]

USER = "catchall@market.example"


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    # Not below pytest's own folder: its mode keeps Dovecot's users out.
    with (
        tempfile.TemporaryDirectory(prefix="mailbridge-imap-", ignore_cleanup_errors=True) as folder,
        Dovecot(File(folder), relay_port=free_ports(1)[0]) as server,
    ):
        yield server


@pytest.fixture
def mailbox(dovecot: Dovecot, request: pytest.FixtureRequest) -> MailboxSettings:
    """A mailbox of its own for each test."""
    user = f"catchall-{abs(hash(request.node.name)) % 10**8}@market.example"
    return replace(
        SETTINGS, host="127.0.0.1", port=dovecot.imap_port, tls="none", user=user, password=PASSWORD,
        done_folder="Mailbridge/Done", refused_folder="Mailbridge/Refused",
    )  # fmt: skip


@pytest.fixture
def path() -> Path:
    return Path()


class Person:
    """Looks into the mailbox as its owner."""

    def __init__(self, mailbox: MailboxSettings) -> None:
        self.client = imapclient.IMAPClient(mailbox.host, port=mailbox.port, ssl=False, timeout=20)
        self.client.login(mailbox.user, PASSWORD)

    def put(self, mail: bytes, folder: str = "INBOX") -> None:
        self.client.append(folder, mail)

    def mails(self, folder: str = "INBOX") -> list[bytes]:
        folder = folder.replace("/", self.client.namespace().personal[0][1])
        if not self.client.folder_exists(folder):
            return []
        self.client.select_folder(folder, readonly=True)
        fetched = self.client.fetch(self.client.search("ALL"), ["BODY.PEEK[]"])
        return [fetched[uid][b"BODY[]"] for uid in sorted(fetched)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.logout()


def _wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 15
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail("it did not happen")
        threading.Event().wait(0.02)


class Opened:
    """A running IMAP door."""

    def __init__(self, path: Path, mailbox: MailboxSettings, folder: File) -> None:
        self.door = ImapDoor(path.entrance(), [mailbox], FileCursors(folder), jitter=lambda: 0.0)

    def __enter__(self) -> ImapDoor:
        self.door.start()
        return self.door

    def __exit__(self, *_: object) -> None:
        assert self.door.stop(timedelta(seconds=30))


def test_F31_mail_that_lay_there_and_mail_that_comes_during_idle_is_taken_and_moved(
    mailbox: MailboxSettings, path: Path, tmp_path: File
) -> None:
    with Person(mailbox) as person:
        person.put(a_mail(text="before"))
        with Opened(path, replace(mailbox, poll=timedelta(minutes=5)), tmp_path):
            _wait_until(lambda: len(path.envelopes) == 1)
            person.put(a_mail(text="during idle"))
            _wait_until(lambda: len(path.envelopes) == 2)
            _wait_until(lambda: len(person.mails("Mailbridge/Done")) == 2)
        assert person.mails() == []
        assert person.mails("Mailbridge/Done") == path.contents


def test_F31_D2_no_mail_falls_between_two_looks(mailbox: MailboxSettings, path: Path, tmp_path: File) -> None:
    with Person(mailbox) as person, Opened(path, replace(mailbox, poll=timedelta(minutes=5)), tmp_path):
        for number in range(60):
            person.put(a_mail(text=f"mail {number}"))
            if number % 3 == 0:
                _wait_until(lambda wanted=number + 1: len(path.envelopes) == wanted)  # type: ignore[misc]  # bound now
        _wait_until(lambda: len(path.envelopes) == 60)
        _wait_until(lambda: len(person.mails("Mailbridge/Done")) == 60)
    assert len(set(path.contents)) == 60


def test_F31_mail_is_found_by_polling_where_idle_says_nothing(
    mailbox: MailboxSettings, path: Path, tmp_path: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_capability = imapclient.IMAPClient.has_capability
    monkeypatch.setattr(
        imapclient.IMAPClient, "has_capability", lambda self, name: name != "IDLE" and has_capability(self, name)
    )
    with Person(mailbox) as person, Opened(path, replace(mailbox, poll=timedelta(seconds=0.2)), tmp_path):
        person.put(a_mail(text="polled"))
        _wait_until(lambda: len(path.envelopes) == 1)


@pytest.mark.parametrize("missing", [{"MOVE"}, {"MOVE", "UIDPLUS"}])
def test_mail_is_put_away_by_servers_that_can_not_move(
    mailbox: MailboxSettings, path: Path, tmp_path: File, monkeypatch: pytest.MonkeyPatch, missing: set[str]
) -> None:
    mailbox = replace(mailbox, user=f"{len(missing)}-{mailbox.user}")
    has_capability = imapclient.IMAPClient.has_capability
    monkeypatch.setattr(
        imapclient.IMAPClient, "has_capability", lambda self, name: name not in missing and has_capability(self, name)
    )
    with Person(mailbox) as person:
        person.put(a_mail())
        with Opened(path, replace(mailbox, poll=timedelta(seconds=0.2)), tmp_path):
            _wait_until(lambda: len(person.mails("Mailbridge/Done")) == 1)
            person.put(a_mail(text="second"))
            _wait_until(lambda: len(person.mails("Mailbridge/Done")) == 2)
    assert len(path.envelopes) == 2


def test_nobody_here_and_too_big_go_to_the_refused_folder(mailbox: MailboxSettings, path: Path, tmp_path: File) -> None:
    with Person(mailbox) as person:
        person.put(a_mail(to="nobody@elsewhere.example"))
        person.put(a_mail(text="x" * 20_000))
        person.put(a_mail())
        with Opened(path, mailbox, tmp_path):
            _wait_until(lambda: len(person.mails("Mailbridge/Refused")) == 2)
            _wait_until(lambda: len(person.mails("Mailbridge/Done")) == 1)


def test_W7_mail_is_not_marked_seen_by_reading_it(mailbox: MailboxSettings, path: Path, tmp_path: File) -> None:
    path.receive = lambda _: (STORE_UNAVAILABLE,)
    with Person(mailbox) as person:
        person.put(a_mail())
        with Opened(path, mailbox, tmp_path):
            _wait_until(lambda: len(path.envelopes) == 1)
        person.client.select_folder("INBOX", readonly=True)
        assert len(person.client.search("UNSEEN")) == 1


def test_F31_after_the_server_went_away_reading_goes_on(
    dovecot: Dovecot, mailbox: MailboxSettings, path: Path, tmp_path: File
) -> None:
    with Opened(path, mailbox, tmp_path):
        with Person(mailbox) as person:
            person.put(a_mail(text="before"))
            _wait_until(lambda: len(path.envelopes) == 1)
        dovecot.stop()
        dovecot.start()
        with Person(mailbox) as person:
            person.put(a_mail(text="after"))
            _wait_until(lambda: len(path.envelopes) == 2)


def test_F31_a_refused_login_is_tried_again_and_no_other_mailbox_waits_for_it(
    mailbox: MailboxSettings, path: Path, tmp_path: File
) -> None:
    door = ImapDoor(
        path.entrance(), [replace(mailbox, password="wrong"), mailbox], FileCursors(tmp_path), jitter=lambda: 0.0
    )
    door.start()
    try:
        with Person(mailbox) as person:
            person.put(a_mail())
            _wait_until(lambda: len(path.envelopes) == 1)
    finally:
        assert door.stop(timedelta(seconds=30))


def test_F32_a_folder_made_anew_is_read_from_its_first_mail(
    mailbox: MailboxSettings, path: Path, tmp_path: File
) -> None:
    taken: set[bytes] = set()

    def receive(envelope: Envelope) -> tuple[Reply, ...]:
        is_new = envelope.content not in taken
        taken.add(envelope.content)
        return (ACCEPTED if is_new else ALREADY_ACCEPTED,)

    path.receive = receive
    mailbox = replace(mailbox, folder="Catch")
    with Person(mailbox) as person:
        person.client.create_folder("Catch")
        person.put(a_mail(text="one"), "Catch")
        with Opened(path, mailbox, tmp_path):
            _wait_until(lambda: len(taken) == 1)
            _wait_until(lambda: len(person.mails("Mailbridge/Done")) == 1)
        first_validity = person.client.folder_status("Catch", ["UIDVALIDITY"])[b"UIDVALIDITY"]
        person.client.delete_folder("Catch")
        person.client.create_folder("Catch")
        assert person.client.folder_status("Catch", ["UIDVALIDITY"])[b"UIDVALIDITY"] != first_validity
        person.put(a_mail(text="one"), "Catch")
        person.put(a_mail(text="two"), "Catch")
        with Opened(path, mailbox, tmp_path):
            _wait_until(lambda: len(person.mails("Mailbridge/Done")) == 3)
    assert len(taken) == 2


def test_T05_tls_required_is_never_given_up_for_a_server_without_it(
    mailbox: MailboxSettings, path: Path, tmp_path: File
) -> None:
    with Person(mailbox) as person:
        person.put(a_mail())
        with Opened(path, replace(mailbox, tls="required"), tmp_path):
            threading.Event().wait(0.3)
        assert path.envelopes == []
        assert len(person.mails()) == 1


def test_T86_a_literal_that_claims_more_than_the_limit_is_not_read(path: Path, tmp_path: File) -> None:
    with FakeServer() as server:
        mailbox = replace(SETTINGS, host="127.0.0.1", port=server.port, tls="none")
        with Opened(path, mailbox, tmp_path):
            _wait_until(lambda: server.connections >= 2)
    assert path.envelopes == []


def test_F31_a_server_that_falls_silent_is_left_and_tried_again(path: Path, tmp_path: File) -> None:
    with FakeServer(silent_at=b"SEARCH") as server:
        mailbox = replace(
            SETTINGS, host="127.0.0.1", port=server.port, tls="none", answer_within=timedelta(seconds=0.2)
        )
        with Opened(path, mailbox, tmp_path):
            _wait_until(lambda: server.connections >= 2)


@pytest.mark.parametrize("is_trusted", [True, False])
def test_T88_implicit_tls_is_checked_before_the_password_is_said(
    path: Path, tmp_path: File, *, is_trusted: bool
) -> None:
    authority, other = trustme.CA(), trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    (authority if is_trusted else other).cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with FakeServer(silent_at=b"SEARCH", context=context) as server:
        mailbox = replace(
            SETTINGS, host="localhost", port=server.port, tls="implicit", ca_file=str(tmp_path / "ca.pem")
        )
        mailbox = replace(mailbox, answer_within=timedelta(seconds=0.3))
        with Opened(path, mailbox, tmp_path):
            _wait_until(lambda: server.connections >= 2)
    heard = b" ".join(server.heard)
    assert (b"LOGIN" in heard) == is_trusted
    assert (b"SEARCH" in heard) == is_trusted


class FakeServer:
    """An IMAP server whose one mail is said to be four gigabytes long, or that says nothing from some command on."""

    def __init__(self, silent_at: bytes = b"never", context: ssl.SSLContext | None = None) -> None:
        self.heard: list[bytes] = []
        self._context = context
        self._silent_at = silent_at
        self._listening = socket.create_server(("localhost", 0))
        self.port = self._listening.getsockname()[1]
        self.connections = 0

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            if self._context is not None:
                try:
                    connection = self._context.wrap_socket(connection, server_side=True)
                except ssl.SSLError:
                    connection.close()
                    continue
            with connection, connection.makefile("rwb") as stream:
                self._talk(cast("BinaryIO", stream))

    def _talk(self, stream: BinaryIO) -> None:
        answers = {
            b"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n",
            b"LIST": b'* LIST () "/" Done\r\n',
            b"SELECT": b"* 1 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n",
            b"SEARCH": b"* SEARCH 1\r\n",
            b"SIZE": b'* 1 FETCH (UID 1 RFC822.SIZE 100 INTERNALDATE "21-Nov-2026 00:00:00 +0000")\r\n',
            b"BODY": b"* 1 FETCH (UID 1 BODY[]<0> {4294967295}\r\nshort",
        }
        stream.write(b"* OK ready\r\n")
        stream.flush()
        for line in stream:
            self.heard.append(line)
            if self._silent_at in line.upper():
                continue
            tag = line.split()[0]
            said = next((answer for word, answer in answers.items() if word in line.upper()), b"")
            stream.write(said + tag + b" OK done\r\n")
            stream.flush()
