"""TLS and AUTH towards a smarthost: what is required is had, or the mail waits (T-04, T-05, T-88)."""

import ssl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import trustme

from mailbridge.domain.address import RealAddress
from mailbridge.domain.delivery import Deferred, Delivered, Outcome
from mailbridge.outbound.transports.route import SmtpRoute, Timeouts, TlsPolicy
from mailbridge.outbound.transports.smtp import SmtpTransport
from tests.sink import Sink, say

_READER = RealAddress("anna@buyer.example")
_MAIL = b"From: x7@alias.example\r\n\r\nHello.\r\n"
_SHORT = Timeouts(**dict.fromkeys(("connect", "command", "data_start", "data_block", "attempt"), timedelta(seconds=5)))


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


@pytest.fixture(scope="module")
def right(authority: trustme.CA) -> ssl.SSLContext:
    return _context(authority.issue_cert("127.0.0.1"))


@pytest.fixture(scope="module")
def wrong_name(authority: trustme.CA) -> ssl.SSLContext:
    return _context(authority.issue_cert("other.example"))


@pytest.fixture(scope="module")
def self_made() -> ssl.SSLContext:
    return _context(trustme.CA().issue_cert("127.0.0.1"))


@pytest.fixture
def sink(right: ssl.SSLContext) -> Iterator[Sink]:
    with Sink(tls=right) as running:
        yield running


def _deliver(sink: Sink, tls: TlsPolicy, ca_file: Path | None, **settings: str) -> Outcome:
    route = SmtpRoute(
        host="127.0.0.1",
        port=sink.port,
        helo="bridge.test",
        tls=tls,
        ca_file=ca_file,
        timeouts=_SHORT,
        **settings,  # type: ignore[arg-type]  # user name and password
    )
    transport = SmtpTransport(route)
    try:
        return transport.deliver(_MAIL, reverse_path=None, forward_path=_READER)
    finally:
        transport.close()


def _verbs(sink: Sink) -> list[bytes]:
    return [line.split(b" ")[0] for _, line in sink.commands]


@pytest.mark.parametrize("policy", [TlsPolicy.OPPORTUNISTIC, TlsPolicy.REQUIRED])
def test_mail_goes_through_starttls_and_greets_again(sink: Sink, policy: TlsPolicy, ca_file: Path) -> None:
    assert isinstance(_deliver(sink, policy, ca_file), Delivered)
    assert _verbs(sink)[:4] == [b"EHLO", b"STARTTLS", b"EHLO", b"MAIL"]


def test_mail_goes_through_tls_from_the_first_octet(right: ssl.SSLContext, ca_file: Path) -> None:
    with Sink(tls=right, implicit_tls=True) as sink:
        assert isinstance(_deliver(sink, TlsPolicy.IMPLICIT, ca_file), Delivered)


@pytest.mark.parametrize("policy", [TlsPolicy.REQUIRED, TlsPolicy.IMPLICIT])
@pytest.mark.parametrize("fault", ["wrong_name", "self_made"])
def test_T88_a_certificate_that_does_not_fit_defers_where_tls_is_required(
    request: pytest.FixtureRequest, policy: TlsPolicy, fault: str, ca_file: Path
) -> None:
    with Sink(tls=request.getfixturevalue(fault), implicit_tls=policy is TlsPolicy.IMPLICIT) as sink:
        outcome = _deliver(sink, policy, ca_file)
        assert isinstance(outcome, Deferred)
        assert str(outcome.status) == "4.7.0"
        assert b"MAIL" not in _verbs(sink)


def test_T05_starttls_that_was_stripped_defers_where_it_is_required(ca_file: Path) -> None:
    with Sink() as sink:
        assert isinstance(_deliver(sink, TlsPolicy.REQUIRED, ca_file, username="u", password="p"), Deferred)
        assert _verbs(sink) == [b"EHLO"]


def test_T05_starttls_that_is_refused_defers_where_it_is_required(sink: Sink, ca_file: Path) -> None:
    sink.script("starttls", say(b"454 4.7.0 not now"))
    assert isinstance(_deliver(sink, TlsPolicy.REQUIRED, ca_file), Deferred)


def test_T88_any_certificate_will_do_where_tls_is_opportunistic(self_made: ssl.SSLContext) -> None:
    with Sink(tls=self_made) as sink:
        assert isinstance(_deliver(sink, TlsPolicy.OPPORTUNISTIC, None), Delivered)
        assert b"STARTTLS" in _verbs(sink)


def test_T88_a_handshake_that_fails_is_followed_by_mail_in_clear_where_tls_is_opportunistic() -> None:
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)  # has no certificate: every handshake fails
    with Sink(tls=old) as sink:
        assert isinstance(_deliver(sink, TlsPolicy.OPPORTUNISTIC, None), Delivered)
        assert (_verbs(sink).count(b"STARTTLS"), sink.connections) == (1, 2)


def test_T04_octets_after_the_answer_to_starttls_end_the_connection(sink: Sink, ca_file: Path) -> None:
    sink.script("starttls", say(b"220 2.0.0 go\r\n250 injected\r\n"))
    outcome = _deliver(sink, TlsPolicy.REQUIRED, ca_file)
    assert isinstance(outcome, Deferred)
    assert outcome.diagnostic == "octets after the answer to STARTTLS"


def test_T04_what_was_offered_in_clear_is_forgotten_after_tls(right: ssl.SSLContext, ca_file: Path) -> None:
    with Sink(tls=right) as sink:
        sink.script("ehlo", say(b"250-sink\r\n250-STARTTLS\r\n250 SIZE 10"))
        assert isinstance(_deliver(sink, TlsPolicy.REQUIRED, ca_file), Delivered)


@pytest.mark.parametrize("offered", [b"AUTH PLAIN LOGIN", b"AUTH LOGIN", b"AUTH=PLAIN"])
def test_it_logs_in_over_tls(right: ssl.SSLContext, ca_file: Path, offered: bytes) -> None:
    with Sink(features=(b"PIPELINING", offered), tls=right, accounts={"bridge": "päss word"}) as sink:
        assert isinstance(
            _deliver(sink, TlsPolicy.REQUIRED, ca_file, username="bridge", password="päss word"), Delivered
        )
        assert _verbs(sink)[:4] == [b"EHLO", b"STARTTLS", b"EHLO", b"AUTH"]


def test_T05_no_password_goes_over_a_connection_in_clear() -> None:
    with Sink(accounts={"bridge": "secret"}) as sink:
        outcome = _deliver(sink, TlsPolicy.OPPORTUNISTIC, None, username="bridge", password="secret")
        assert isinstance(outcome, Deferred)
        assert b"AUTH" not in _verbs(sink)


def test_a_wrong_password_defers_and_bounces_nobodys_mail(right: ssl.SSLContext, ca_file: Path) -> None:
    with Sink(tls=right, accounts={"bridge": "right"}) as sink:
        outcome = _deliver(sink, TlsPolicy.REQUIRED, ca_file, username="bridge", password="wrong")
        assert isinstance(outcome, Deferred)
        assert outcome.diagnostic == "AUTH: 535 5.7.8 wrong"


def test_530_authentication_required_defers(sink: Sink, ca_file: Path) -> None:
    sink.script("mail", say(b"530 5.7.0 authentication required"))
    assert isinstance(_deliver(sink, TlsPolicy.REQUIRED, ca_file), Deferred)
