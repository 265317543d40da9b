"""What is done with mails in a mailbox: taken first, put away after, none lost, none blocking another."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path as File

import pytest

from mailbridge.domain.envelope import Door, Envelope
from mailbridge.domain.reply import (
    ACCEPTED,
    ALREADY_ACCEPTED,
    AUTHOR_NOT_A_PARTY,
    INTERNAL_FAULT,
    RECIPIENT_OK,
    STORE_UNAVAILABLE,
    Reply,
)
from mailbridge.inbound.cursor import FileCursors
from mailbridge.inbound.mailbox import FolderRefused, Listed, MailboxReader, MailboxSettings
from tests.inbound.door import Path

SETTINGS = MailboxSettings(
    number=1,
    host="imap.market.example",
    port=993,
    tls="implicit",
    user="catchall@market.example",
    password="secret",
    done_folder="Done",
    refused_folder="Refused",
    recipient_fields=("Delivered-To", "X-Original-To"),
    poll=timedelta(minutes=1),
    message_octets=10_000,
)


def a_mail(to: str = "a1@market.example", text: str = "Hello", return_path: str = "buyer@mail.example") -> bytes:
    return (
        f"Return-Path: <{return_path}>\r\nDelivered-To: catchall@market.example\r\n"
        f"X-Original-To: {to}\r\nFrom: b@mail.example\r\n\r\n{text}\r\n"
    ).encode()


class Server:
    """A mailbox in memory, and the session with it."""

    def __init__(self) -> None:
        self.uid_validity = 7
        self.mails: dict[int, bytes] = {}
        self.folders: dict[str, list[bytes]] = {"Done": [], "Refused": []}
        self.fetched: list[int] = []
        self.before_move: Callable[[], None] = lambda: None
        self.refuses_moves = False

    def select(self) -> int:
        return self.uid_validity

    def listing(self) -> list[Listed]:
        return [Listed(uid, len(mail), f"{len(mail)}") for uid, mail in self.mails.items()]

    def content(self, uid: int) -> bytes | None:
        self.fetched.append(uid)
        return self.mails.get(uid)

    def put_away(self, uid: int, folder: str) -> None:
        self.before_move()
        if self.refuses_moves:
            raise FolderRefused
        self.folders[folder].append(self.mails.pop(uid))


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def path() -> Path:
    return Path()


class Clock:
    """A monotonic clock that stands still."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def read(path: Path, clock: Clock, tmp_path: File) -> MailboxReader:
    return MailboxReader(path.entrance(), SETTINGS, FileCursors(tmp_path), monotonic=clock)


def test_a_mail_becomes_an_envelope_of_its_own_door(read: MailboxReader, server: Server, path: Path) -> None:
    server.mails = {3: a_mail()}
    read.round(server)
    envelope = path.envelopes[0]
    assert (envelope.door, envelope.reverse_path, envelope.forward_paths) == (
        Door.IMAP,
        "buyer@mail.example",
        ("a1@market.example",),
    )
    assert (envelope.peer.ip, envelope.peer.helo, envelope.peer.is_trusted_front) == (None, None, False)
    assert server.folders["Done"] == [envelope.content]


def test_W7_a_mail_is_put_away_only_after_it_was_taken(read: MailboxReader, server: Server, path: Path) -> None:
    taken_at_move: list[int] = []
    server.before_move = lambda: taken_at_move.append(len(path.envelopes))
    server.mails = {3: a_mail()}
    read.round(server)
    assert taken_at_move == [1]


def test_D2_W7_one_bad_mail_does_not_stop_the_rest(read: MailboxReader, server: Server, path: Path) -> None:
    def receive(envelope: Envelope) -> tuple[Reply, ...]:
        if b"bad" in envelope.content:
            raise RuntimeError("no")
        return (ACCEPTED,)

    path.receive = receive
    server.mails = {1: a_mail(text="bad"), 2: a_mail(text="good"), 3: a_mail(text="bad too"), 4: a_mail(text="newest")}
    read.round(server)
    assert [mail[-10:] for mail in server.folders["Done"]] == [b"\r\n\r\ngood\r\n", b"\r\nnewest\r\n"]
    assert set(server.mails) == {1, 3}
    assert len(path.faults) == 2


@pytest.mark.parametrize("reply", [STORE_UNAVAILABLE, INTERNAL_FAULT.with_incident("x")])
def test_a_mail_that_can_not_be_taken_now_stays_and_is_offered_again(
    read: MailboxReader, server: Server, path: Path, clock: Clock, reply: Reply
) -> None:
    replies = iter([(reply,), (reply,), (ACCEPTED,)])
    path.receive = lambda _: next(replies)
    server.mails = {3: a_mail()}
    offered = []
    for clock.seconds in (0, 29, 31, 90, 92):
        read.round(server)
        offered.append(len(path.envelopes))
    assert offered == [1, 1, 2, 2, 3]
    assert len(server.folders["Done"]) == 1


def test_a_mail_that_waits_does_not_hold_up_newer_ones(read: MailboxReader, server: Server, path: Path) -> None:
    path.receive = lambda envelope: (STORE_UNAVAILABLE,) if b"old" in envelope.content else (ACCEPTED,)
    server.mails = {1: a_mail(text="old")}
    read.round(server)
    server.mails[2] = a_mail(text="new")
    read.round(server)
    assert set(server.mails) == {1}
    assert server.fetched == [1, 2]


def test_a_mail_refused_for_good_goes_to_the_refused_folder(read: MailboxReader, server: Server, path: Path) -> None:
    path.receive = lambda _: (AUTHOR_NOT_A_PARTY,)
    server.mails = {3: a_mail()}
    read.round(server)
    assert len(server.folders["Refused"]) == 1
    assert server.mails == {}


def test_a_mail_for_nobody_here_is_kept_for_a_person(read: MailboxReader, server: Server, path: Path) -> None:
    server.mails = {3: a_mail(to="x@elsewhere.example"), 4: b"Subject: no recipient at all\r\n\r\n"}
    read.round(server)
    assert len(server.folders["Refused"]) == 2
    assert path.envelopes == []


def test_a_recipient_that_can_not_be_checked_now_leaves_the_mail_where_it_is(
    read: MailboxReader, server: Server, path: Path
) -> None:
    path.admit = lambda forward_path: STORE_UNAVAILABLE if forward_path.startswith("a") else AUTHOR_NOT_A_PARTY
    server.mails = {3: a_mail()}
    read.round(server)
    assert 3 in server.mails
    assert path.envelopes == []


def test_fields_are_asked_in_the_order_of_the_settings(
    path: Path, server: Server, clock: Clock, tmp_path: File
) -> None:
    settings = replace(SETTINGS, recipient_fields=("Envelope-To", "Delivered-To"))
    path.admit = lambda _: RECIPIENT_OK
    server.mails = {3: b"Delivered-To: a2@market.example\r\nEnvelope-To: <a1@market.example>\r\n\r\n"}
    MailboxReader(path.entrance(), settings, FileCursors(tmp_path), monotonic=clock).round(server)
    assert path.envelopes[0].forward_paths == ("a1@market.example",)


def test_a_mail_over_the_limit_is_not_fetched(read: MailboxReader, server: Server, path: Path) -> None:
    server.mails = {3: a_mail(text="x" * 20_000)}
    read.round(server)
    assert server.fetched == []
    assert len(server.folders["Refused"]) == 1


def test_T02_bare_line_endings_of_a_mailbox_become_crlf(read: MailboxReader, server: Server, path: Path) -> None:
    server.mails = {3: b"X-Original-To: a1@market.example\n\nx\n.\r\ny\r.\n"}
    read.round(server)
    assert path.contents == [b"X-Original-To: a1@market.example\r\n\r\nx\r\n.\r\ny\r\n.\r\n"]


def test_F32_another_uidvalidity_has_everything_offered_again(
    read: MailboxReader, server: Server, path: Path, clock: Clock
) -> None:
    server.refuses_moves = True
    server.mails = {3: a_mail()}
    read.round(server)
    path.receive = lambda _: (ALREADY_ACCEPTED,)
    server.uid_validity, server.refuses_moves = 8, False
    server.mails = {1: server.mails[3]}
    read.round(server)
    assert len(path.envelopes) == 2
    assert len(server.folders["Done"]) == 1


def test_F32_another_mail_under_a_uid_that_was_settled_is_read(
    read: MailboxReader, server: Server, path: Path, clock: Clock
) -> None:
    server.refuses_moves = True
    server.mails = {3: a_mail(text="first")}
    read.round(server)
    server.refuses_moves = False
    server.mails = {3: a_mail(text="another mail")}
    clock.seconds += 31
    read.round(server)
    assert [b"first" in content for content in path.contents] == [True, False]


def test_F05_a_mail_that_could_not_be_moved_is_not_offered_again_even_after_a_restart(
    read: MailboxReader, server: Server, path: Path, clock: Clock, tmp_path: File
) -> None:
    server.refuses_moves = True
    server.mails = {3: a_mail()}
    read.round(server)
    server.refuses_moves = False
    MailboxReader(path.entrance(), SETTINGS, FileCursors(tmp_path), monotonic=clock).round(server)
    assert len(path.envelopes) == 1
    assert server.mails == {}
    assert len(server.folders["Done"]) == 1


def test_F05_a_connection_that_breaks_at_the_move_has_the_mail_offered_again(
    read: MailboxReader, server: Server, path: Path
) -> None:
    def breaks() -> None:
        raise OSError

    server.before_move = breaks
    server.mails = {3: a_mail()}
    with pytest.raises(OSError, match=r"^$"):
        read.round(server)
    server.before_move = lambda: None
    path.receive = lambda _: (ALREADY_ACCEPTED,)
    read.round(server)
    assert len(server.folders["Done"]) == 1


def test_a_mail_that_vanishes_while_it_is_read_is_no_error(read: MailboxReader, server: Server, path: Path) -> None:
    server.mails = {3: a_mail(), 4: a_mail(text="other")}
    server.content = lambda uid: server.mails.get(uid) if uid == 4 else None  # type: ignore[method-assign]  # one test's server
    read.round(server)
    assert len(path.envelopes) == 1
    del server.mails[3]
    read.round(server)
    assert read.next_due() is None


def test_a_round_says_how_many_mails_were_due(read: MailboxReader, server: Server, path: Path) -> None:
    path.receive = lambda envelope: (STORE_UNAVAILABLE,) if b"later" in envelope.content else (ACCEPTED,)
    server.mails = {1: a_mail(), 2: a_mail(text="later")}
    assert [read.round(server) for _ in range(2)] == [2, 0]


def test_a_stop_ends_the_round_between_two_mails(read: MailboxReader, server: Server, path: Path) -> None:
    server.mails = {1: a_mail(), 2: a_mail()}
    read.round(server, is_stopping=lambda: len(path.envelopes) == 1)
    assert len(path.envelopes) == 1
    assert len(server.folders["Done"]) == 1


@pytest.mark.parametrize("text", ["", "{", "[]", '{"uid_validity": "x", "uid": 1, "settled": {}}', '{"uid": 1}'])
def test_F18_a_damaged_cursor_costs_work_and_no_mail(
    path: Path, server: Server, clock: Clock, tmp_path: File, text: str
) -> None:
    cursors = FileCursors(tmp_path)
    MailboxReader(path.entrance(), SETTINGS, cursors, monotonic=clock).round(server)
    (file,) = tmp_path.iterdir()
    file.write_text(text)
    server.mails = {3: a_mail()}
    MailboxReader(path.entrance(), SETTINGS, cursors, monotonic=clock).round(server)
    assert len(path.envelopes) == 1
