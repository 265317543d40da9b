"""One SMTP connection to a smarthost: greeting, EHLO, STARTTLS, AUTH (RFC 5321, RFC 3207, RFC 4954).

Nothing that arrived before TLS is used after it (T-04); no password goes over a connection in clear unless the route
allows it (T-05). Carries no mail: `smtp.py` does.
"""

import base64
import select
import socket
import ssl
import time
from collections.abc import Sequence
from datetime import timedelta

from mailbridge.outbound.transports.reply import Broken, RemoteReply, ReplyReader
from mailbridge.outbound.transports.route import SmtpRoute, TlsPolicy


class Unfit(Exception):
    """The smarthost answers and can not be used as the route wants it; the text says why."""


class TlsFailed(Broken):
    """The TLS handshake failed: certificate, version, or a peer that breaks off."""


def make_context(route: SmtpRoute) -> ssl.SSLContext | None:
    """The TLS context of a route; takes some 20 ms, so make it once. Raises OSError when `ca_file` can not be read."""
    if route.tls is TlsPolicy.NONE:
        return None
    context = ssl.create_default_context(cafile=None if route.ca_file is None else str(route.ca_file))
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if route.tls is TlsPolicy.OPPORTUNISTIC:
        context.check_hostname = False  # RFC 7435: encryption that nobody authenticated is better than none
        context.verify_mode = ssl.CERT_NONE
    return context


class Connection:
    """Open, greeted, and ready for MAIL. Methods raise Broken when it can not be used any more."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        self._sock = sock
        self._replies = ReplyReader(sock)
        self._poll = select.poll()
        self._poll.register(sock, select.POLLIN)
        #: end of the attempt that uses this connection now, of time.monotonic
        self.until = until
        #: EHLO keywords in upper case with their parameters
        self.features: dict[str, str] = {}
        #: mails tried over it
        self.uses = 0
        self.idle_since = 0.0
        #: a transaction was left open
        self.needs_reset = False

    @property
    def is_encrypted(self) -> bool:
        """True inside TLS."""
        return isinstance(self._sock, ssl.SSLSocket)

    def is_stale(self) -> bool:
        """True when the peer said or closed something while the connection was idle."""
        return self._replies.has_more or bool(self._poll.poll(0))

    def start_tls(self, context: ssl.SSLContext, host: str) -> None:
        """Encrypt; forgets everything said before (RFC 3207 §4.2)."""
        if self._replies.has_more:
            raise Broken("octets after the answer to STARTTLS")  # T-04
        self._limit(timedelta(minutes=1))
        try:
            self._sock = context.wrap_socket(self._sock, server_hostname=host)
        except (OSError, ValueError) as why:
            raise TlsFailed(f"TLS failed ({why})") from why
        self._replies = ReplyReader(self._sock)
        self.features = {}

    def send(self, octets: bytes | memoryview, timeout: timedelta) -> None:
        """Send all of it."""
        self._limit(timeout)
        try:
            self._sock.sendall(octets)
        except OSError as why:
            raise Broken(f"connection lost ({why.strerror or type(why).__name__})") from why

    def read(self, timeout: timedelta) -> RemoteReply:
        """The next reply."""
        return self._replies.read(min(self.until, time.monotonic() + timeout.total_seconds()))

    def ask(self, line: bytes, timeout: timedelta) -> RemoteReply:
        """Send one command line (without CRLF) and read its reply."""
        self.send(line + b"\r\n", timeout)
        return self.read(timeout)

    def read_late(self) -> RemoteReply | None:
        """A reply that already lies there though sending failed; None without one."""
        try:
            return self._replies.read(time.monotonic() + 1.0)
        except Broken:
            return None

    def close(self) -> None:
        """Close at once."""
        self._sock.close()

    def quit(self) -> None:
        """Take leave (RFC 5321 §4.1.1.10) without waiting for the answer, and close."""
        try:
            self._sock.settimeout(0)
            self._sock.sendall(b"QUIT\r\n")
        except OSError:
            self._sock.close()  # it was gone already: there is nobody to take leave of
        else:
            self._sock.close()

    def _limit(self, timeout: timedelta) -> None:
        remaining = min(timeout.total_seconds(), self.until - time.monotonic())
        if remaining <= 0:
            raise Broken("the attempt took too long")
        self._sock.settimeout(remaining)


def connect(route: SmtpRoute, context: ssl.SSLContext | None, until: float) -> Connection:
    """Connect and get ready for MAIL. Raises Broken or Unfit."""
    try:
        return _connect(route, context, until)
    except TlsFailed:
        if route.tls is not TlsPolicy.OPPORTUNISTIC:
            raise
    return _connect(route, None, until)


def _connect(route: SmtpRoute, context: ssl.SSLContext | None, until: float) -> Connection:
    remaining = min(route.timeouts.connect.total_seconds(), until - time.monotonic())
    if remaining <= 0:
        raise Broken("the attempt took too long")
    try:
        sock = socket.create_connection((route.host, route.port), timeout=remaining)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError as why:
        raise Broken(f"can not connect ({why.strerror or why})") from why
    connection = Connection(sock, until)
    try:
        _prepare(connection, route, context)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: Connection, route: SmtpRoute, context: ssl.SSLContext | None) -> None:
    timeout = route.timeouts.command
    if route.tls is TlsPolicy.IMPLICIT and context is not None:
        connection.start_tls(context, route.host)
    greeting = connection.read(timeout)
    if greeting.code != 220:
        raise Unfit(f"greeting: {greeting.code} {greeting.text}")
    _hello(connection, route)
    if context is not None and not connection.is_encrypted and _may_encrypt(connection, route):
        reply = connection.ask(b"STARTTLS", timeout)
        if reply.code == 220:
            connection.start_tls(context, route.host)
            _hello(connection, route)
        elif route.tls is TlsPolicy.REQUIRED:
            raise Unfit(f"STARTTLS: {reply.code} {reply.text}")
    if route.username:
        _log_in(connection, route)


def _may_encrypt(connection: Connection, route: SmtpRoute) -> bool:
    if "STARTTLS" in connection.features:
        return True
    if route.tls is TlsPolicy.REQUIRED:
        raise Unfit("STARTTLS is required and not offered")
    return False


def _hello(connection: Connection, route: SmtpRoute) -> None:
    name = route.helo.encode("ascii")
    reply = connection.ask(b"EHLO " + name, route.timeouts.command)
    if reply.kind == 2:
        connection.features = _read_features(reply.lines[1:])
        return
    reply = connection.ask(b"HELO " + name, route.timeouts.command)  # RFC 5321 §3.2
    if reply.kind != 2:
        raise Unfit(f"HELO: {reply.code} {reply.text}")


def _read_features(lines: Sequence[str]) -> dict[str, str]:
    features = {}
    for line in lines:
        keyword, _, parameters = line.replace("=", " ", 1).partition(" ")
        features[keyword.upper()] = parameters.strip()
    return features


def _log_in(connection: Connection, route: SmtpRoute) -> None:
    if not connection.is_encrypted and not route.allows_plaintext_auth:
        raise Unfit("AUTH is wanted and the connection is in clear")
    offered = connection.features.get("AUTH", "").upper().split()
    user, password, timeout = route.username.encode(), route.password.encode(), route.timeouts.command
    if "PLAIN" in offered:
        answers = [b"AUTH PLAIN " + base64.b64encode(b"\0" + user + b"\0" + password)]
    elif "LOGIN" in offered:
        answers = [b"AUTH LOGIN", base64.b64encode(user), base64.b64encode(password)]
    else:
        raise Unfit("AUTH PLAIN or LOGIN is wanted and not offered")
    for answer in answers[:-1]:
        reply = connection.ask(answer, timeout)
        if reply.code != 334:
            raise Unfit(f"AUTH: {reply.code} {reply.text}")
    reply = connection.ask(answers[-1], timeout)
    if reply.code != 235:
        raise Unfit(f"AUTH: {reply.code} {reply.text}")
