"""The SMTP client against a smarthost that does anything it likes."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from mailbridge.domain.address import RealAddress
from mailbridge.domain.delivery import Deferred, Delivered, Failed, Outcome, Unknown
from mailbridge.outbound.transports.route import SmtpRoute, Timeouts, TlsPolicy
from mailbridge.outbound.transports.smtp import SmtpTransport
from tests.sink import CUT, SILENT, Say, Sink, say

_READER = RealAddress("anna@buyer.example")
_MAIL = b"From: x7@alias.example\r\nTo: anna@buyer.example\r\n\r\nHello.\r\n"
_SHORT = Timeouts(**dict.fromkeys(("connect", "command", "data_start", "data_block", "attempt"), timedelta(seconds=5)))
_HASTY = Timeouts(
    **dict.fromkeys(("connect", "command", "data_start", "data_block", "final_dot"), timedelta(seconds=0.2)),
    attempt=timedelta(seconds=5),
)


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as running:
        yield running


_made: list[SmtpTransport] = []


@pytest.fixture(autouse=True)
def _close_transports() -> Iterator[None]:
    yield
    while _made:
        _made.pop().close()


def _transport(sink: Sink, **settings: object) -> SmtpTransport:
    usual: dict[str, object] = {"tls": TlsPolicy.NONE, "timeouts": _SHORT} | settings
    _made.append(SmtpTransport(SmtpRoute(host="127.0.0.1", port=sink.port, helo="bridge.test", **usual)))  # type: ignore[arg-type]  # fields of SmtpRoute
    return _made[-1]


def _deliver(transport: SmtpTransport, octets: bytes = _MAIL, to: RealAddress = _READER) -> Outcome:
    return transport.deliver(octets, reverse_path="r1@alias.example", forward_path=to)


def _commands(sink: Sink) -> list[bytes]:
    return [line.split(b" ")[0] for _, line in sink.commands]


# --- connections ------------------------------------------------------------------------------------------------


def test_a_connection_is_used_again(sink: Sink) -> None:
    transport = _transport(sink)
    for _ in range(3):
        _deliver(transport)
    transport.close()
    assert (len(sink.mails), sink.connections) == (3, 1)


def test_a_connection_is_given_up_after_its_most_uses(sink: Sink) -> None:
    transport = _transport(sink, max_uses=2)
    for _ in range(4):
        _deliver(transport)
    transport.close()
    assert sink.connections == 2


def test_an_idle_connection_is_not_used_after_its_time(sink: Sink) -> None:
    transport = _transport(sink, idle_limit=timedelta(0))
    for _ in range(2):
        _deliver(transport)
    transport.close()
    assert sink.connections == 2


def test_no_idle_connection_is_kept_where_none_may_be(sink: Sink) -> None:
    transport = _transport(sink, max_idle=0)
    for _ in range(2):
        _deliver(transport)
    assert sink.connections == 2


@pytest.mark.parametrize("moment", ["mail", "rcpt", "data"])
def test_a_kept_connection_that_dies_before_the_message_is_replaced_at_once(sink: Sink, moment: str) -> None:
    transport = _transport(sink)
    _deliver(transport)
    sink.script(moment, CUT)  # type: ignore[arg-type]  # a Moment
    outcome = _deliver(transport)
    transport.close()
    assert isinstance(outcome, Delivered)
    assert (len(sink.mails), sink.connections) == (2, 2)


def test_a_kept_connection_that_is_shut_with_421_is_replaced_at_once(sink: Sink) -> None:
    transport = _transport(sink)
    _deliver(transport)
    sink.script("mail", Say(octets=b"421 4.4.2 idle too long\r\n", cuts=True))
    outcome = _deliver(transport)
    transport.close()
    assert isinstance(outcome, Delivered)


def test_a_kept_connection_that_dies_after_the_dot_is_not_replaced(sink: Sink) -> None:
    transport = _transport(sink)
    _deliver(transport)
    sink.script("dot", CUT)
    assert isinstance(_deliver(transport), Unknown)
    assert len(sink.mails) == 2  # the sink had kept it: a second try would have been a double


def test_F27_421_at_connect_defers(sink: Sink) -> None:
    sink.script("connect", Say(octets=b"421 4.3.2 not now\r\n", cuts=True))
    outcome = _deliver(_transport(sink))
    assert isinstance(outcome, Deferred)
    assert outcome.diagnostic == "greeting: 421 4.3.2 not now"


def test_a_greeting_that_refuses_does_not_bounce_mail(sink: Sink) -> None:
    sink.script("connect", say(b"554 5.7.1 go away"))
    assert isinstance(_deliver(_transport(sink)), Deferred)


def test_F26_a_refused_connection_defers() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        route = SmtpRoute(host="127.0.0.1", port=unused.getsockname()[1], helo="bridge.test", tls=TlsPolicy.NONE)
    outcome = _deliver(SmtpTransport(route))
    assert isinstance(outcome, Deferred)
    assert str(outcome.status) == "4.4.1"


def test_F26_a_smarthost_that_can_not_be_reached_rests_and_is_used_again(sink: Sink) -> None:
    sink.script("connect", CUT)
    transport = _transport(sink, rest=timedelta(hours=1), longest_rest=timedelta(hours=1))
    outcomes = [_deliver(transport), _deliver(transport)]
    assert [isinstance(outcome, Deferred) for outcome in outcomes] == [True, True]
    assert sink.connections == 1
    patient = _transport(sink, rest=timedelta(0))
    sink.script("connect", CUT)
    assert isinstance(_deliver(patient), Deferred)
    assert isinstance(_deliver(patient), Delivered)


def test_F26_a_route_that_can_not_be_used_is_told(sink: Sink, capfd: pytest.CaptureFixture[str]) -> None:
    sink.script("connect", say(b"554 5.7.1 go away"))
    _deliver(_transport(sink))
    assert "route_unreachable" in capfd.readouterr().err


def test_F26_a_smarthost_that_says_nothing_defers_in_time(sink: Sink) -> None:
    sink.script("connect", SILENT)
    outcome = _deliver(_transport(sink, timeouts=_HASTY))
    assert isinstance(outcome, Deferred)
    assert outcome.diagnostic == "no reply in time"


def test_F26_a_reply_that_dribbles_in_does_not_outlast_its_deadline(sink: Sink) -> None:
    sink.script("mail", Say(octets=b"250 " + b"x" * 200, pause_s=0.05))
    outcome = _deliver(_transport(sink, timeouts=_HASTY))
    assert isinstance(outcome, Deferred)


def test_F29_silence_after_the_dot_is_unknown(sink: Sink) -> None:
    sink.script("dot", SILENT)
    outcome = _deliver(_transport(sink, timeouts=_HASTY))
    assert outcome == Unknown(diagnostic="after the final dot: no reply in time")


def test_an_attempt_ends_within_the_time_it_is_given(sink: Sink) -> None:
    sink.script("dot", SILENT)
    transport = _transport(sink)
    outcome = transport.deliver(_MAIL, reverse_path=None, forward_path=_READER, within=timedelta(seconds=0.3))
    assert isinstance(outcome, Unknown)


# --- replies ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reply",
    [
        b"250-more\r\n" * 101 + b"250 end",
        b"250-" + b"x" * 9000 + b"\r\n250 end",
        b"250 " + b"x" * 9000,
        b"250 " + b"x" * (1 << 20),
        b"\r\n250 ok",
        b"999 what",
        b"25",
        b"250-one\r\n550 two",
        b"ok",
        b"\xff\xfe\x00",
    ],
    ids=lambda reply: reply[:12].decode("latin-1").encode("unicode_escape").decode(),
)
@pytest.mark.parametrize(("moment", "kind"), [("mail", Deferred), ("dot", Unknown)])
def test_T85_a_reply_without_bounds_or_sense_ends_the_attempt(
    sink: Sink, reply: bytes, moment: str, kind: type[Outcome]
) -> None:
    sink.script(moment, say(reply))  # type: ignore[arg-type]  # a Moment
    assert isinstance(_deliver(_transport(sink)), kind)


def test_T85_an_endless_reply_is_not_read_to_its_end(sink: Sink) -> None:
    sink.script("ehlo", say(b"250-x\r\n" * 100_000 + b"250 end"))
    outcome = _deliver(_transport(sink))
    assert isinstance(outcome, Deferred)
    assert outcome.diagnostic == "reply has too many lines"


def test_a_reply_of_a_hundred_lines_is_read(sink: Sink) -> None:
    sink.script("mail", say(b"250-x\r\n" * 99 + b"250 2.1.0 end"))
    assert isinstance(_deliver(_transport(sink)), Delivered)


def test_T85_codes_out_of_order_defer_before_the_dot(sink: Sink) -> None:
    sink.script("data", say(b"250 2.0.0 ok"))
    assert isinstance(_deliver(_transport(sink)), Deferred)


def test_T85_a_354_after_the_dot_is_unknown(sink: Sink) -> None:
    sink.script("dot", say(b"354 go on"))
    assert isinstance(_deliver(_transport(sink)), Unknown)


def test_T85_250_and_then_the_line_cut_is_delivered_and_the_next_mail_goes_through(sink: Sink) -> None:
    transport = _transport(sink)
    sink.script("dot", Say(octets=b"250 2.0.0 ok\r\n", cuts=True))
    outcomes = [_deliver(transport), _deliver(transport)]
    transport.close()
    assert [type(outcome) for outcome in outcomes] == [Delivered, Delivered]


def test_what_the_far_side_says_is_kept_printable_and_short(sink: Sink) -> None:
    sink.script("rcpt", say(b"550 5.1.1 \x1b[31mno\x07 " + b"x" * 2000))
    outcome = _deliver(_transport(sink))
    assert isinstance(outcome, Failed)
    assert outcome.diagnostic.startswith("550 5.1.1 ?[31mno? xxx")
    assert len(outcome.diagnostic) == 400


def test_a_status_that_contradicts_its_code_is_not_believed(sink: Sink) -> None:
    sink.script("rcpt", say(b"550 2.1.5 ok?"))
    outcome = _deliver(_transport(sink))
    assert isinstance(outcome, Failed)
    assert str(outcome.status) == "5.0.0"


@pytest.mark.parametrize(
    ("reply", "remote_id"),
    [
        (b"250 2.0.0 Ok: queued as 4cX1y21Q5Nz9sqD", "4cX1y21Q5Nz9sqD"),
        (b"250 OK id=1vMbxz-0000000AbCd-2Xyz", "1vMbxz-0000000AbCd-2Xyz"),
        (
            b"250 Ok 0102018f2c9e3b1a-7d1c5f0e-2b44-4c59-9f57-0d9f8a1b2c3d-000000",
            "0102018f2c9e3b1a-7d1c5f0e-2b44-4c59-9f57-0d9f8a1b2c3d-000000",
        ),
        (b"250 2.0.0 5AL9aBcd012345 Message accepted for delivery", "5AL9aBcd012345"),
        (b"250 2.0.0 OK  1795219200 a640c23a62f3a-b7.12 - gsmtp", "1795219200 a640c23a62f3a-b7.12"),
        (
            b"250 2.6.0 <AM0PR04MB1@AM0PR04MB1.mail.example> [InternalId=1] Queued mail for delivery",
            "AM0PR04MB1@AM0PR04MB1.mail.example",
        ),
        (b"250 Message Queued (9B1DEB4D-3B7D-4BAD-9BDD-2B0D7B3DCB6D.1)", "9B1DEB4D-3B7D-4BAD-9BDD-2B0D7B3DCB6D.1"),
        (b"250 2.0.0 thank you", None),
    ],
)
def test_the_id_that_the_smarthost_names_is_read(sink: Sink, reply: bytes, remote_id: str | None) -> None:
    sink.script("dot", say(reply))
    outcome = _deliver(_transport(sink))
    assert isinstance(outcome, Delivered)
    assert outcome.remote_id == remote_id


# --- features ---------------------------------------------------------------------------------------------------


def test_without_pipelining_one_command_goes_at_a_time() -> None:
    with Sink(features=(b"8BITMIME",)) as sink:
        transport = _transport(sink)
        outcomes = [_deliver(transport), _deliver(transport)]
        transport.close()
        sent = _commands(sink)
    assert [type(outcome) for outcome in outcomes] == [Delivered, Delivered]
    assert sent[:7] == [b"EHLO", b"MAIL", b"RCPT", b"DATA", b"MAIL", b"RCPT", b"DATA"]


def test_without_pipelining_nothing_follows_a_refusal_but_a_reset() -> None:
    with Sink(features=(b"8BITMIME",)) as sink:
        transport = _transport(sink)
        sink.script("rcpt", say(b"450 4.2.1 later"))
        outcomes = [_deliver(transport), _deliver(transport)]
        transport.close()
        sent = _commands(sink)
    assert isinstance(outcomes[0], Deferred)
    assert isinstance(outcomes[1], Delivered)
    assert sent[:7] == [b"EHLO", b"MAIL", b"RCPT", b"RSET", b"MAIL", b"RCPT", b"DATA"]


def test_a_server_that_wants_the_message_of_a_refused_recipient_gets_nothing(sink: Sink) -> None:
    transport = _transport(sink)
    sink.script("rcpt", say(b"550 5.1.1 no"))
    sink.script("data", say(b"354 go on all the same"))
    outcomes = [_deliver(transport), _deliver(transport)]
    transport.close()
    assert isinstance(outcomes[0], Failed)
    assert isinstance(outcomes[1], Delivered)
    assert len(sink.mails) == 1


def test_a_server_without_ehlo_is_greeted_with_helo(sink: Sink) -> None:
    sink.script("ehlo", say(b"502 5.5.1 what"))
    assert isinstance(_deliver(_transport(sink)), Delivered)
    assert _commands(sink)[:3] == [b"EHLO", b"HELO", b"MAIL"]


def test_the_size_is_told_and_a_mail_that_is_too_big_is_not_sent() -> None:
    with Sink(features=(b"SIZE 200",)) as sink:
        transport = _transport(sink)
        small, big = _deliver(transport), _deliver(transport, _MAIL + b"x" * 150 + b"\r\n")
        transport.close()
        mail_line = next(line for _, line in sink.commands if line.startswith(b"MAIL"))
    assert isinstance(small, Delivered)
    assert isinstance(big, Failed)
    assert str(big.status) == "5.3.4"
    assert mail_line == b"MAIL FROM:<r1@alias.example> SIZE=%d" % len(_MAIL)


def test_a_big_mail_arrives_whole(sink: Sink) -> None:
    octets = _MAIL + b"".join(b".%06d %s\r\n" % (number, b"x" * 60) for number in range(20_000))
    assert isinstance(_deliver(_transport(sink), octets), Delivered)
    assert sink.mails[0].content == octets


def test_a_server_that_refuses_in_the_middle_of_the_message_is_heard() -> None:
    # It answers 552 and closes while most of the message is still to be sent.
    octets = _MAIL + (b"x" * 76 + b"\r\n") * 400_000

    def refuse(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection:
            for reply in (b"220 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n"):
                connection.sendall(reply)
                if not reply.startswith(b"354"):
                    connection.recv(4096)
            connection.recv(4096)
            connection.sendall(b"552 5.3.4 too big\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=refuse, args=(listening,))
        thread.start()
        route = SmtpRoute(
            host="127.0.0.1", port=listening.getsockname()[1], helo="bridge.test", tls=TlsPolicy.NONE, timeouts=_SHORT
        )
        outcome = _deliver(SmtpTransport(route), octets)
        thread.join()
    assert isinstance(outcome, Failed)


def test_a_non_ascii_mailbox_needs_smtputf8() -> None:
    reader = RealAddress("łukasz@buyer.example")
    with Sink(features=(b"PIPELINING",)) as without, Sink() as with_it:
        refused = _deliver(_transport(without), to=reader)
        sent = _deliver(_transport(with_it), to=reader)
        assert with_it.mails[0].forward_paths == ("łukasz@buyer.example",)
    assert isinstance(refused, Failed)
    assert isinstance(sent, Delivered)


def test_a_message_of_8_bits_needs_8bitmime() -> None:
    with Sink(features=(b"PIPELINING",)) as sink:
        outcome = _deliver(_transport(sink), "Subject: grün\r\n\r\n".encode())
    assert isinstance(outcome, Failed)


def test_T02_a_line_over_998_octets_is_not_sent(sink: Sink) -> None:
    outcome = _deliver(_transport(sink), _MAIL + b"x" * 999 + b"\r\n")
    assert isinstance(outcome, Failed)
    assert sink.connections == 0


@pytest.mark.parametrize("reverse_path", ["a@b.example>\r\nDATA", "a b@c.example", "<a@b.example>", "a@b.example> X=1"])
def test_T02_a_reverse_path_can_not_carry_a_command(sink: Sink, reverse_path: str) -> None:
    outcome = _transport(sink).deliver(_MAIL, reverse_path=reverse_path, forward_path=_READER)
    assert isinstance(outcome, Failed)
    assert sink.connections == 0


def test_the_null_sender_of_the_route_stands_for_the_null_reverse_path(sink: Sink) -> None:
    transport = _transport(sink, null_sender="bounces@alias.example")
    transport.deliver(_MAIL, reverse_path=None, forward_path=_READER)
    transport.close()
    assert sink.mails[0].reverse_path == "bounces@alias.example"


def test_a_password_does_not_show_in_a_route() -> None:
    assert "opensesame" not in repr(SmtpRoute(host="h", helo="b", username="u", password="opensesame"))
