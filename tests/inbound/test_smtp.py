"""The SMTP and LMTP doors on real sockets: what hostile, broken and impatient clients can not do."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path as File

import pytest
import trustme

from mailbridge import failpoints
from mailbridge.domain.envelope import Envelope
from mailbridge.domain.reply import ACCEPTED, ALIAS_UNKNOWN, AUTHOR_NOT_A_PARTY, STORE_UNAVAILABLE, TRY_AGAIN, Reply
from mailbridge.inbound.limits import Bind, Flavour
from mailbridge.inbound.listener import Listener
from tests.inbound.door import MESSAGE, Client, Path, limits_of, open_door, settings_of

LMTP = Bind(flavour=Flavour.LMTP, address=("127.0.0.1", 0))
FRONT = (ip_network("127.0.0.1/32"),)
QUICK = timedelta(milliseconds=150)


@pytest.fixture
def path() -> Path:
    return Path()


@pytest.fixture
def door(path: Path) -> Iterator[Listener]:
    with open_door(path) as listener:
        yield listener


# --- taking a message ---


def test_T01_W1_a_message_arrives_whole_and_the_reply_is_the_paths(door: Listener, path: Path) -> None:
    with Client(door) as client:
        client.greet().to_data()
        client.send(b"Subject: x\r\n\r\n..dot\r\nend\r\n.\r\n")
        assert client.reply() == str(ACCEPTED)
    envelope = path.envelopes[0]
    assert envelope.content == b"Subject: x\r\n\r\n.dot\r\nend\r\n"
    assert (envelope.reverse_path, envelope.forward_paths) == ("buyer@mail.example", ("a1@market.example",))
    assert (envelope.peer.ip, envelope.peer.helo, envelope.peer.is_trusted_front) == (
        "127.0.0.1",
        "client.buyer.example",
        False,
    )


def test_E11_a_bare_line_feed_is_refused_after_the_real_end_and_the_session_goes_on(door: Listener, path: Path) -> None:
    with Client(door) as client:
        client.greet().to_data()
        client.send(b"Subject: x\n folded\r\n\r\n\n.\r\nMAIL FROM:<evil@x.example>\r\n.\r\n")
        assert client.reply().startswith("550 5.6.0 ")
        client.to_data()
        client.send(MESSAGE + b".\r\n")
        assert client.reply().startswith("250 2.0.0 ")
    assert path.contents == [MESSAGE]


def test_T01_the_end_of_data_may_come_octet_by_octet(door: Listener, path: Path) -> None:
    with Client(door) as client:
        client.greet().to_data()
        for octet in MESSAGE + b".\r\n":
            client.send(bytes([octet]))
        assert client.reply().startswith("250")
    assert path.contents == [MESSAGE]


def test_T01_a_trusted_lmtp_front_may_have_its_line_endings_mended(path: Path) -> None:
    bind = Bind(flavour=Flavour.LMTP, address=("127.0.0.1", 0), normalises_line_endings=True)
    with open_door(path, settings_of(fronts=FRONT), bind) as door, Client(door) as client:
        client.greet("LHLO").to_data()
        client.send(b"Subject: x\n\nbody\rend\r\n.\r\n")
        assert client.reply().startswith("250")
    assert path.contents == [b"Subject: x\r\n\r\nbody\r\nend\r\n"]


def test_a_socket_for_strangers_never_mends_line_endings() -> None:
    with pytest.raises(ValueError, match="LMTP"):
        Bind(flavour=Flavour.SMTP, address=("127.0.0.1", 0), normalises_line_endings=True)


# --- faults of ours ---


@pytest.mark.parametrize("error", [RuntimeError("secret@real.example"), KeyError("x"), SystemExit(3), StopIteration()])
def test_W13_F11_an_exception_of_ours_is_451_with_an_incident_and_without_its_words(
    door: Listener, path: Path, error: BaseException
) -> None:
    def receive(_: Envelope) -> tuple[Reply, ...]:
        raise error

    path.receive = receive
    with Client(door) as client:
        client.greet().to_data()
        client.send(MESSAGE + b".\r\n")
        reply = client.reply()
        assert reply.startswith("451 4.3.0 ")
        assert "(incident q1)" in reply
        assert "secret" not in reply
        assert client.ask("NOOP").startswith("250")
    assert path.faults == [error]


def test_F11_an_exception_at_rcpt_is_451_and_the_transaction_goes_on(door: Listener, path: Path) -> None:
    def admit(forward_path: str) -> Reply:
        if forward_path.startswith("a1"):
            raise OSError
        return ACCEPTED

    path.admit = admit
    with Client(door) as client:
        client.greet()
        assert client.ask("MAIL FROM:<b@x.example>", "RCPT TO:<a1@market.example>").startswith("451 4.3.0")
        assert client.ask("RCPT TO:<a2@market.example>", "DATA").startswith("354")


def test_F11_too_few_replies_of_the_path_are_a_fault_and_not_a_guess(door: Listener, path: Path) -> None:
    path.receive = lambda _: ()
    with Client(door) as client:
        client.greet().to_data()
        client.send(MESSAGE + b".\r\n")
        assert client.reply().startswith("451 4.3.0")


@pytest.mark.parametrize("place", ["smtp.data_read", "smtp.before_receive", "smtp.before_reply"])
def test_F11_I7_a_fault_anywhere_before_the_reply_is_451_and_the_next_session_works(
    door: Listener, path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def hit(name: str) -> None:
        if name == place:
            raise failpoints.FailpointHit(name)

    monkeypatch.setattr(failpoints, "hit", hit)
    with Client(door) as client:
        client.greet().to_data()
        client.send(MESSAGE + b".\r\n")
        assert client.reply().startswith("451 4.3.0")
    assert len(path.envelopes) == (place == "smtp.before_reply")
    monkeypatch.setattr(failpoints, "hit", lambda _: None)
    with Client(door) as other:
        other.greet().to_data()
        other.send(MESSAGE + b".\r\n")
        assert other.reply().startswith("250")


def test_I6_more_calls_than_may_wait_are_answered_451(path: Path) -> None:
    inside, release = threading.Event(), threading.Event()

    def receive(envelope: Envelope) -> tuple[Reply, ...]:
        inside.set()
        release.wait(20)
        return (ACCEPTED,) * len(envelope.forward_paths)

    with open_door(path, settings_of(limits_of(threads=1, waiting_calls=0))) as door, Client(door) as first:
        second = Client(door).greet().to_data()
        path.receive = receive
        first.greet().to_data()
        first.send(MESSAGE + b".\r\n")
        assert inside.wait(20)
        second.send(MESSAGE + b".\r\n")
        assert second.reply() == str(TRY_AGAIN)
        release.set()
        assert first.reply() == str(ACCEPTED)
        second.socket.close()


def test_W2_F17_a_slow_path_does_not_keep_other_sessions_waiting(door: Listener, path: Path) -> None:
    inside, release = threading.Event(), threading.Event()

    def receive(envelope: Envelope) -> tuple[Reply, ...]:
        inside.set()
        release.wait(20)
        return (ACCEPTED,)

    path.receive = receive
    with Client(door) as slow, Client(door) as quick:
        slow.greet().to_data()
        slow.send(MESSAGE + b".\r\n")
        assert inside.wait(20)
        quick.greet()
        assert quick.ask("NOOP").startswith("250")
        release.set()
        assert slow.reply() == str(ACCEPTED)


# --- clients that go away (T-14) ---


@pytest.mark.parametrize("way", ["close", "half-close", "reset"])
def test_T14_F02_a_client_that_leaves_while_we_commit_does_not_stop_the_commit(
    door: Listener, path: Path, way: str
) -> None:
    inside, release, done = threading.Event(), threading.Event(), threading.Event()

    def receive(envelope: Envelope) -> tuple[Reply, ...]:
        inside.set()
        release.wait(20)
        done.set()
        return (ACCEPTED,)

    path.receive = receive
    client = Client(door).greet().to_data()
    client.send(MESSAGE + b".\r\n")
    assert inside.wait(20)
    if way == "reset":
        client.reset()
    elif way == "half-close":
        client.socket.shutdown(socket.SHUT_WR)
    else:
        client.socket.close()
    release.set()
    assert done.wait(20)
    if way == "half-close":
        assert client.reply() == str(ACCEPTED)
        assert client.has_closed()
    client.socket.close()


@pytest.mark.parametrize(
    "said",
    [b"", b"EHLO x.example\r\n", b"EHLO x.example\r\nMAIL FROM:<b@x.example>\r\n", b"EHLO x", b"NOOP\r\nNO"],
)
@pytest.mark.parametrize("is_reset", [False, True])
def test_T14_a_client_that_leaves_early_leaves_nothing_behind(
    door: Listener, path: Path, said: bytes, is_reset: bool
) -> None:
    client = Client(door)
    assert client.reply().startswith("220")
    client.send(said)
    client.reset() if is_reset else client.socket.close()
    _wait_until(lambda: door.connections == 0)
    assert path.envelopes == []


def test_T14_F01_a_message_cut_before_its_end_is_not_taken(door: Listener, path: Path) -> None:
    client = Client(door).greet().to_data()
    client.send(MESSAGE + b".\r")
    client.socket.shutdown(socket.SHUT_WR)
    assert client.has_closed()
    _wait_until(lambda: door.connections == 0)
    assert path.envelopes == []
    client.socket.close()


# --- limits ---


def test_T06_an_overlong_command_is_refused_with_a_bounded_buffer_and_the_third_closes(door: Listener) -> None:
    with Client(door) as client:
        client.greet()
        client.send(b"NOOP " + b"x" * 3000 + b"\r\n")
        assert client.reply().startswith("500 5.5.6")
        assert client.ask("NOOP").startswith("250")
        client.send(b"NOOP " + b"x" * 3000 + b"\r\n")
        assert client.reply().startswith("500 5.5.6")
        client.send(b"x" * 3000 + b"\r\n")
        assert client.reply().startswith("500 5.5.6")
        assert client.reply().startswith("421 4.7.0")
        assert client.has_closed()


def test_T06_a_command_without_end_is_cut_off(door: Listener) -> None:
    with Client(door) as client:
        client.greet()
        with pytest.raises(OSError, match=r"reset|Broken pipe|abort"):
            client.send(b"x" * 65_536_000)


def test_T07_a_line_of_sixty_kilobytes_is_taken(door: Listener, path: Path) -> None:
    content = b"Subject: x\r\n\r\n" + b"x" * 60_000 + b"\r\n"
    with Client(door) as client:
        client.greet().to_data()
        client.send(content + b".\r\n")
        assert client.reply().startswith("250")
    assert path.contents == [content]


def test_T08_a_declared_size_over_the_limit_is_refused_at_mail(door: Listener) -> None:
    with Client(door) as client:
        client.greet()
        assert client.ask("MAIL FROM:<b@x.example> SIZE=99999999").startswith("552 5.3.4")


def test_T08_a_lying_size_is_refused_after_the_end_and_the_session_goes_on(path: Path) -> None:
    with open_door(path, settings_of(limits_of(message_octets=100_000))) as door, Client(door) as client:
        client.greet()
        client.ask("MAIL FROM:<b@x.example> SIZE=10", "RCPT TO:<a1@market.example>", "DATA")
        client.send(b"x" * 70 + b"\r\n")
        client.send((b"x" * 70 + b"\r\n") * 2000 + b".\r\n")
        assert client.reply().startswith("552 5.3.4")
        assert client.ask("NOOP").startswith("250")
    assert path.envelopes == []


def test_T08_who_sends_more_than_twice_the_limit_is_hung_up_on(path: Path) -> None:
    with open_door(path, settings_of(limits_of(message_octets=100_000))) as door, Client(door) as client:
        client.greet().to_data()
        with pytest.raises(OSError, match=r"reset|Broken pipe|abort"):
            client.send((b"x" * 70 + b"\r\n" + b"y" * 65536) * 1000)
        _wait_until(lambda: door.connections == 0)
    assert path.envelopes == []


def test_T10_recipients_over_the_limit_get_452_and_the_others_their_mail(path: Path) -> None:
    with open_door(path, settings_of(limits_of(recipients=3))) as door, Client(door) as client:
        client.greet()
        client.ask("MAIL FROM:<b@x.example>")
        replies = [client.ask(f"RCPT TO:<a{number}@market.example>") for number in range(5)]
        assert [reply[:9] for reply in replies] == ["250 2.1.5"] * 3 + ["452 4.5.3"] * 2
        client.ask("DATA")
        client.send(MESSAGE + b".\r\n")
        assert client.reply().startswith("250")
    assert len(path.envelopes[0].forward_paths) == 3


def test_T10_duplicate_recipients_collapse(door: Listener, path: Path) -> None:
    with Client(door) as client:
        client.greet().to_data("a1@market.example", "a2@market.example", "A1@market.example", "a1@MARKET.example")
        client.send(MESSAGE + b".\r\n")
        assert client.reply().startswith("250")
    assert path.envelopes[0].forward_paths == ("a1@market.example", "a2@market.example")


def test_T10_T29_B12_unknown_recipients_are_refused_at_rcpt_and_the_twentieth_closes(door: Listener) -> None:
    with Client(door) as client:
        client.greet()
        client.ask("MAIL FROM:<b@x.example>", "RCPT TO:<a1@market.example>")
        for number in range(20):
            assert client.ask(f"RCPT TO:<x{number}@market.example>") == str(ALIAS_UNKNOWN)
        assert client.reply().startswith("421 4.7.0")
        assert client.has_closed()


def test_T10_T13_a_listed_front_is_not_cut_off_for_the_errors_of_its_clients(path: Path) -> None:
    with open_door(path, settings_of(fronts=FRONT)) as door, Client(door) as client:
        client.greet()
        client.ask("MAIL FROM:<b@x.example>")
        for number in range(50):
            client.ask(f"RCPT TO:<x{number}@market.example>")
        assert client.ask("RCPT TO:<a1@market.example>").startswith("250")


@pytest.mark.parametrize("command", ["NOOP", "RSET", "VRFY somebody", "EHLO x.example", "HELP"])
def test_T13_commands_that_bring_nothing_are_not_endless(door: Listener, command: str) -> None:
    with Client(door) as client:
        client.greet()
        replies = [client.ask(command) for _ in range(99)]
        assert {reply[:3] for reply in replies} <= {"250", "252", "214"}
        assert client.ask(command).startswith("421 4.7.0")
        assert client.has_closed()


def test_T13_unknown_verbs_end_after_twenty(door: Listener) -> None:
    with Client(door) as client:
        client.greet()
        replies = [client.ask(f"XX{number}") for number in range(20)]
        assert {reply[:9] for reply in replies} == {"500 5.5.2"}
        assert client.reply().startswith("421")


def test_T13_a_session_that_brings_mail_may_use_rset_for_ever(door: Listener, path: Path) -> None:
    with Client(door) as client:
        client.greet()
        for _ in range(150):
            client.to_data()
            client.send(MESSAGE + b".\r\n")
            assert client.reply().startswith("250")
            assert client.ask("RSET").startswith("250")
    assert len(path.envelopes) == 150


# --- time (T-11) ---


def test_T11_silence_before_a_command_ends_with_421(path: Path) -> None:
    with open_door(path, settings_of(limits_of(command_timeout=QUICK))) as door, Client(door) as client:
        client.greet()
        assert client.reply().startswith("421 4.4.2")
        assert client.has_closed()


def test_T11_a_trickle_in_data_ends_with_421(path: Path) -> None:
    with open_door(path, settings_of(limits_of(data_window=QUICK))) as door, Client(door) as client:
        client.greet().to_data()
        client.send(b"Subject: x\r\n")
        assert client.reply().startswith("421 4.4.2")
    assert path.envelopes == []


def test_T11_a_slow_and_steady_upload_outlives_many_windows(path: Path) -> None:
    limits = limits_of(data_window=QUICK, data_octets_per_second=100)
    begun = time.monotonic()
    with open_door(path, settings_of(limits)) as door, Client(door) as client:
        client.greet().to_data()
        while time.monotonic() - begun < 6 * QUICK.total_seconds():
            client.send(b"x" * 500 + b"\r\n")
            threading.Event().wait(0.01)
        client.send(b".\r\n")
        assert client.reply().startswith("250")


def test_T11_a_client_that_does_not_read_is_not_served_for_ever(path: Path) -> None:
    limits = limits_of(command_timeout=QUICK, junk=10_000_000)
    with open_door(path, settings_of(limits)) as door, Client(door) as client:
        client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.socket.settimeout(0.5)
        with pytest.raises(OSError, match=r"timed out|reset|Broken pipe"):
            client.send(b"NOOP\r\n" * 10_000_000)
        _wait_until(lambda: door.connections == 0)


# --- connections (T-12) ---


def test_T12_connections_per_address_have_a_cap(path: Path) -> None:
    limits = limits_of(connections_per_address=2)
    with open_door(path, settings_of(limits, uncounted=())) as door:
        first, second = Client(door).greet(), Client(door).greet()
        with Client(door) as third:
            assert third.reply().startswith("421 4.4.5")
            assert third.has_closed()
        with Client(door, source="127.0.0.2") as other:
            other.greet()
        first.socket.close()
        _wait_until(lambda: door.connections == 1)
        Client(door).greet().socket.close()
        second.socket.close()


def test_T12_a_listed_front_keeps_its_slots_when_strangers_took_the_rest(path: Path) -> None:
    limits = limits_of(connections=8, connections_kept_for_fronts=2)
    settings = settings_of(limits, uncounted=(), fronts=(ip_network("127.0.0.9/32"),))
    with open_door(path, settings) as door:
        strangers = [Client(door).greet() for _ in range(6)]
        with Client(door) as stranger_too_many, Client(door, source="127.0.0.9") as front:
            assert stranger_too_many.reply().startswith("421 4.4.5")
            front.greet()
        for stranger in strangers:
            stranger.socket.close()


def test_T12_when_most_connections_are_taken_silence_is_cut_short(path: Path) -> None:
    limits = limits_of(connections=4, connections_kept_for_fronts=0, stress_command_timeout=QUICK)
    with open_door(path, settings_of(limits, uncounted=())) as door:
        quiet = [Client(door).greet() for _ in range(4)]
        assert quiet[0].reply().startswith("421 4.4.2")
        for client in quiet:
            client.socket.close()


# --- who may what ---


def test_B2_lmtp_is_for_listed_fronts_only(path: Path) -> None:
    with open_door(path, settings_of(), LMTP) as door, Client(door) as client:
        assert client.reply().startswith("554 5.7.0")
        assert client.has_closed()


def test_T16_xforward_and_xclient_are_refused_to_strangers(door: Listener) -> None:
    with Client(door) as client:
        client.reply()
        assert "XFORWARD" not in client.ask("EHLO x.example")
        assert client.ask("XFORWARD ADDR=192.0.2.1").startswith("550 5.7.0")
        assert client.ask("XCLIENT ADDR=192.0.2.1").startswith("550 5.7.0")


def test_xforward_of_a_front_names_the_client_for_one_transaction(path: Path) -> None:
    with open_door(path, settings_of(fronts=FRONT)) as door, Client(door) as client:
        assert client.reply().startswith("220")
        assert "XFORWARD NAME ADDR PORT PROTO HELO" in client.ask("EHLO front.market.example")
        assert client.ask(
            "XFORWARD NAME=spike.buyer.example ADDR=192.0.2.7 PORT=4711",
            "XFORWARD PROTO=ESMTP HELO=he+2Dlo.buyer.example",
        ).startswith("250")
        for _ in range(2):
            client.to_data()
            client.send(MESSAGE + b".\r\n")
            assert client.reply().startswith("250")
    told, silent = (envelope.peer for envelope in path.envelopes)
    assert (told.ip, told.helo, told.is_trusted_front) == ("192.0.2.7", "he-lo.buyer.example", True)
    assert (silent.ip, silent.helo, silent.is_trusted_front) == (None, None, True)


@pytest.mark.parametrize(
    "argument", ["", "ADDR", "ADDR=300.1.1.1", "FOO=bar", "ADDR=192.0.2.1 HELO=+GG", "ADDR=IPV6:192.0.2"]
)
def test_xforward_with_bad_syntax_tells_nothing(path: Path, argument: str) -> None:
    with open_door(path, settings_of(fronts=FRONT)) as door, Client(door) as client:
        client.greet()
        assert client.ask(f"XFORWARD {argument}").startswith("501")
        client.to_data()
        client.send(MESSAGE + b".\r\n")
        assert client.reply().startswith("250")
    assert path.envelopes[0].peer.ip is None


def test_T16_xclient_begins_anew_and_the_client_is_no_front(path: Path) -> None:
    with open_door(path, settings_of(fronts=FRONT)) as door, Client(door) as client:
        client.greet()
        assert client.ask("XCLIENT ADDR=IPV6:2001:db8::5 NAME=[UNAVAILABLE]").startswith("220 ")
        assert client.ask("MAIL FROM:<b@x.example>").startswith("503")
        assert "XCLIENT" not in client.ask("EHLO real.buyer.example")
        assert client.ask("XCLIENT ADDR=192.0.2.1").startswith("550")
        client.to_data()
        client.send(MESSAGE + b".\r\n")
        assert client.reply().startswith("250")
    peer = path.envelopes[0].peer
    assert (peer.ip, peer.helo, peer.is_trusted_front) == ("2001:db8::5", "real.buyer.example", False)


# --- LMTP (T-17) ---


def test_T17_W3_lmtp_answers_each_recipient_for_itself(path: Path) -> None:
    path.receive = lambda _: (ACCEPTED, AUTHOR_NOT_A_PARTY, STORE_UNAVAILABLE)
    with open_door(path, settings_of(fronts=FRONT), LMTP) as door, Client(door) as client:
        client.greet("LHLO").to_data("a1@market.example", "a2@market.example", "a3@market.example", "A1@market.example")
        client.send(MESSAGE + b".\r\n")
        assert [client.reply()[:3] for _ in range(4)] == ["250", "550", "451", "250"]
        assert client.ask("NOOP").startswith("250")


@pytest.mark.parametrize("octets", [b"bare\n\r\n.\r\n", b"x" * 70_000 + b"\r\n.\r\n"])
def test_T17_a_fault_of_the_message_is_said_once_per_recipient(path: Path, octets: bytes) -> None:
    with open_door(path, settings_of(fronts=FRONT), LMTP) as door, Client(door) as client:
        client.greet("LHLO").to_data("a1@market.example", "a2@market.example")
        client.send(octets)
        assert [client.reply()[:9] for _ in range(2)] == ["550 5.6.0"] * 2
        assert client.ask("NOOP").startswith("250")


def test_T17_a_front_that_leaves_during_the_commit_changes_nothing(path: Path) -> None:
    inside, release, done = threading.Event(), threading.Event(), threading.Event()

    def receive(envelope: Envelope) -> tuple[Reply, ...]:
        inside.set()
        release.wait(20)
        done.set()
        return (ACCEPTED, ACCEPTED)

    path.receive = receive
    with open_door(path, settings_of(fronts=FRONT), LMTP) as door:
        client = Client(door).greet("LHLO").to_data("a1@market.example", "a2@market.example")
        client.send(MESSAGE + b".\r\n")
        assert inside.wait(20)
        client.reset()
        release.set()
        assert done.wait(20)
        with Client(door) as other:
            other.greet("LHLO")


def test_lmtp_over_a_unix_socket_is_trusted(path: Path, tmp_path: File) -> None:
    bind = Bind(flavour=Flavour.LMTP, path=str(tmp_path / "lmtp"))
    with open_door(path, settings_of(), bind) as door, Client(door) as client:
        client.greet("LHLO").to_data()
        client.send(MESSAGE + b".\r\n")
        assert client.reply().startswith("250")
    assert path.envelopes[0].peer.is_trusted_front
    assert path.envelopes[0].peer.ip is None
    assert not (tmp_path / "lmtp").exists()


# --- input before its time (T-03, T-04) ---


def test_T03_input_before_the_greeting_closes(path: Path) -> None:
    limits = limits_of(greeting_pause=timedelta(seconds=0.3))
    with open_door(path, settings_of(limits)) as door, Client(door) as client:
        client.send(b"EHLO early.example\r\n")
        assert client.reply().startswith("554 5.5.0")
        assert client.has_closed()


@pytest.mark.parametrize("what", ["EHLO x.example", "DATA"])
def test_T03_what_stands_behind_a_command_that_ends_a_group_closes(door: Listener, path: Path, what: str) -> None:
    with Client(door) as client:
        client.greet()
        client.ask("MAIL FROM:<b@x.example>", "RCPT TO:<a1@market.example>")
        client.send(f"{what}\r\nSubject: early\r\n\r\n.\r\n".encode())
        assert client.reply().startswith("554 5.5.0")
        assert client.has_closed()
    assert path.envelopes == []


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def certificate(authority: trustme.CA, tmp_path: File) -> tuple[str, str]:
    made = authority.issue_cert("mx.market.example")
    made.cert_chain_pems[0].write_to_path(str(tmp_path / "cert.pem"))
    made.private_key_pem.write_to_path(str(tmp_path / "key.pem"))
    return str(tmp_path / "cert.pem"), str(tmp_path / "key.pem")


def _start_tls(client: Client, authority: trustme.CA) -> None:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    client.socket = context.wrap_socket(client.socket, server_hostname="mx.market.example")


def test_T04_a_session_inside_tls_begins_with_nothing(
    path: Path, authority: trustme.CA, certificate: tuple[str, str]
) -> None:
    with open_door(path, settings_of(certificate=certificate)) as door, Client(door) as client:
        assert client.reply().startswith("220")
        assert "STARTTLS" in client.ask("EHLO before.example")
        assert client.ask("STARTTLS").startswith("220 2.0.0")
        _start_tls(client, authority)
        assert client.ask("MAIL FROM:<b@x.example>").startswith("503")
        assert "STARTTLS" not in client.ask("EHLO inside.example")
        assert client.ask("STARTTLS").startswith("503")
        client.to_data()
        client.send(MESSAGE + b".\r\n")
        assert client.reply().startswith("250")
        assert client.ask("QUIT").startswith("221")
    assert path.envelopes[0].peer.helo == "inside.example"


def test_T04_commands_in_the_same_packet_as_starttls_are_never_run(
    path: Path, authority: trustme.CA, certificate: tuple[str, str]
) -> None:
    with open_door(path, settings_of(certificate=certificate)) as door, Client(door) as client:
        client.greet()
        client.send(b"STARTTLS\r\nMAIL FROM:<injected@x.example>\r\n")
        assert client.reply().startswith("554 5.5.0")
        assert client.has_closed()


def test_T04_a_broken_handshake_ends_the_connection_only(path: Path, certificate: tuple[str, str]) -> None:
    with open_door(path, settings_of(certificate=certificate)) as door:
        with Client(door) as client:
            client.greet()
            client.ask("STARTTLS")
            client.send(b"this is no client hello\r\n" * 20)
            while client.line():
                pass
        _wait_until(lambda: door.connections == 0)
        with Client(door) as other:
            other.greet()


def test_T11_a_handshake_that_is_not_finished_is_cut(path: Path, certificate: tuple[str, str]) -> None:
    settings = settings_of(limits_of(tls_timeout=QUICK), certificate=certificate)
    with open_door(path, settings) as door, Client(door) as client:
        client.greet()
        assert client.ask("STARTTLS").startswith("220")
        assert client.has_closed()


def test_T05_mail_without_tls_is_refused_where_tls_is_required(
    path: Path, authority: trustme.CA, certificate: tuple[str, str]
) -> None:
    with open_door(path, settings_of(certificate=certificate, requires_tls=True)) as door, Client(door) as client:
        client.greet()
        assert client.ask("MAIL FROM:<b@x.example>").startswith("530 5.7.0")
        client.ask("STARTTLS")
        _start_tls(client, authority)
        assert client.ask("EHLO x.example", "MAIL FROM:<b@x.example>").startswith("250")


# --- stopping (F-07) ---


def test_F07_a_stop_says_421_to_idle_sessions_and_takes_no_more(path: Path) -> None:
    with open_door(path) as door, Client(door) as client:
        client.greet()
        assert door.stop(timedelta(seconds=5))
        assert client.reply().startswith("421 4.3.2")
        assert client.has_closed()
        with pytest.raises(OSError, match="refused"):
            Client(door)


def test_F07_a_stop_lets_a_running_transaction_end(path: Path) -> None:
    with open_door(path) as door, Client(door) as client:
        client.greet().to_data()
        stopped = threading.Thread(target=door.stop, args=(timedelta(seconds=20),))
        stopped.start()
        client.send(MESSAGE + b".\r\n")
        assert client.reply().startswith("250")
        assert client.reply().startswith("421 4.3.2")
        assert client.has_closed()
        stopped.join(20)
    assert path.contents == [MESSAGE]


def test_F07_a_stop_ends_after_its_grace_whatever_clients_do(path: Path) -> None:
    with open_door(path) as door, Client(door) as client:
        client.greet().to_data()
        begun = time.monotonic()
        door.stop(timedelta(seconds=0.2))
        assert time.monotonic() - begun < 5
        assert client.has_closed()
    assert path.envelopes == []


def test_F07_a_stop_does_not_wait_for_a_hanging_call_longer_than_its_grace(path: Path) -> None:
    inside, release = threading.Event(), threading.Event()

    def receive(_: Envelope) -> tuple[Reply, ...]:
        inside.set()
        release.wait(20)
        return (ACCEPTED,)

    path.receive = receive
    with open_door(path) as door, Client(door) as client:
        client.greet().to_data()
        client.send(MESSAGE + b".\r\n")
        assert inside.wait(20)
        assert not door.stop(timedelta(seconds=0.2))
        release.set()
        assert client.has_closed()


def test_a_stop_that_was_never_started_and_a_second_stop_are_harmless(path: Path) -> None:
    listener = Listener(path.entrance(), settings_of())
    assert listener.stop(timedelta(0))
    with open_door(path) as door:
        assert door.stop(timedelta(seconds=1))
        assert door.stop(timedelta(seconds=1))


def test_an_address_in_use_is_an_error_at_start(path: Path) -> None:
    with open_door(path) as door:
        place = door.places[0][1]
        assert isinstance(place, tuple)
        with pytest.raises(OSError, match="in use"), open_door(path, None, Bind(flavour=Flavour.SMTP, address=place)):
            pass


def test_a_bound_socket_of_a_parent_is_used(path: Path) -> None:
    bound = socket.create_server(("127.0.0.1", 0))
    with open_door(path, None, Bind(flavour=Flavour.SMTP, bound=bound)) as door, Client(door) as client:
        assert door.places == ((Flavour.SMTP, bound.getsockname()),)
        client.greet()


def _wait_until(condition: object) -> None:
    deadline = time.monotonic() + 20
    while not condition():  # type: ignore[operator]  # a callable of the test
        if time.monotonic() > deadline:
            pytest.fail("it did not happen")
        threading.Event().wait(0.005)
