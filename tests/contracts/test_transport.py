"""What every transport promises the worker: one attempt, one Outcome, the octets as they are.

A new transport is one more row of `_MAKERS`; a test holds that no row of the registry is missing here.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from mailbridge.domain.address import RealAddress
from mailbridge.domain.delivery import Deferred, Delivered, Failed, Outcome, Unknown
from mailbridge.outbound.routing import Routes
from mailbridge.outbound.transports import TRANSPORTS, Transport
from mailbridge.outbound.transports.route import SmtpRoute, Timeouts, TlsPolicy
from mailbridge.outbound.transports.smtp import SmtpTransport
from tests.sink import CUT, Sink, say

READER = RealAddress("anna@buyer.example")
MAIL = b"From: x7@alias.example\r\nTo: anna@buyer.example\r\nSubject: s\r\n\r\n.dot\r\n..\r\n.\r\nend\r\n"


def _smtp(port: int) -> SmtpTransport:
    short = timedelta(seconds=5)
    timeouts = Timeouts(
        connect=short, command=short, data_start=short, data_block=short, final_dot=short, attempt=3 * short
    )
    return SmtpTransport(
        SmtpRoute(host="127.0.0.1", port=port, helo="bridge.test", tls=TlsPolicy.NONE, timeouts=timeouts)
    )


def _routes(port: int) -> Routes:
    return Routes(_smtp(1), {"buyer.example": _smtp(port)})


_MAKERS: dict[type[Transport], Callable[[int], Transport]] = {SmtpTransport: _smtp, Routes: _routes}


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as running:
        yield running


@pytest.fixture(params=_MAKERS, ids=lambda kind: kind.__name__)
def transport(request: pytest.FixtureRequest, sink: Sink) -> Iterator[Transport]:
    made = _MAKERS[request.param](sink.port)
    yield made
    made.close()


def _deliver(transport: Transport, octets: bytes = MAIL, reverse_path: str | None = "r1@alias.example") -> Outcome:
    return transport.deliver(octets, reverse_path=reverse_path, forward_path=READER)


def test_every_transport_there_is_stands_here() -> None:
    assert set(TRANSPORTS) <= set(_MAKERS)


def test_the_octets_arrive_as_they_are(transport: Transport, sink: Sink) -> None:
    outcome = _deliver(transport)
    [mail] = sink.mails
    assert isinstance(outcome, Delivered)
    assert (mail.content, mail.forward_paths, mail.reverse_path) == (MAIL, (READER.addr_spec,), "r1@alias.example")


def test_the_null_reverse_path_arrives_as_the_null_reverse_path(transport: Transport, sink: Sink) -> None:
    _deliver(transport, reverse_path=None)
    assert sink.mails[0].reverse_path is None


def test_T02_bare_line_ends_arrive_as_crlf(transport: Transport, sink: Sink) -> None:
    _deliver(transport, b"From: x7@alias.example\r\n\r\none\n.\ntwo\r.\rthree\r\n")
    assert sink.mails[0].raw == b"From: x7@alias.example\r\n\r\none\r\n..\r\ntwo\r\n..\r\nthree\r\n.\r\n"


@pytest.mark.parametrize("moment", ["mail", "rcpt", "data", "dot"])
def test_F27_a_transient_answer_defers_and_the_next_attempt_goes_through(
    transport: Transport, sink: Sink, moment: str
) -> None:
    sink.script(moment, say(b"451 4.7.1 try again later"))  # type: ignore[arg-type]  # a Moment
    first, second = _deliver(transport), _deliver(transport)
    assert isinstance(first, Deferred)
    assert (str(first.status), first.diagnostic) == ("4.7.1", "451 4.7.1 try again later")
    assert isinstance(second, Delivered)


@pytest.mark.parametrize("moment", ["mail", "rcpt", "data", "dot"])
def test_F28_a_permanent_answer_fails(transport: Transport, sink: Sink, moment: str) -> None:
    sink.script(moment, say(b"550 5.1.1 no such mailbox"))  # type: ignore[arg-type]  # a Moment
    outcome = _deliver(transport)
    assert isinstance(outcome, Failed)
    assert str(outcome.status) == "5.1.1"


@pytest.mark.parametrize("moment", ["connect", "ehlo", "mail", "rcpt", "data"])
def test_F26_a_line_cut_before_the_final_dot_defers(transport: Transport, sink: Sink, moment: str) -> None:
    sink.script(moment, CUT, times=2)  # type: ignore[arg-type]  # a Moment
    assert isinstance(_deliver(transport), Deferred)


def test_F29_a_line_cut_after_the_final_dot_is_unknown(transport: Transport, sink: Sink) -> None:
    sink.script("dot", CUT)
    assert isinstance(_deliver(transport), Unknown)


def test_after_every_kind_of_trouble_mail_goes_through_again(transport: Transport, sink: Sink) -> None:
    sink.script("rcpt", say(b"550 5.1.1 no"))
    sink.script("dot", CUT)
    outcomes = [type(_deliver(transport)) for _ in range(3)]
    assert outcomes == [Failed, Unknown, Delivered]


def test_it_can_be_used_again_after_it_was_closed(transport: Transport) -> None:
    _deliver(transport)
    transport.close()
    assert isinstance(_deliver(transport), Delivered)
