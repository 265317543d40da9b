"""SMTP to a smarthost: one mail, one recipient, one Outcome (RFC 5321, RFC 2920; design.md D2, D5).

Before the final dot nothing was delivered: whatever breaks there is Deferred. After it, only a reply tells: without
one the outcome is Unknown (I3, F-29). A fault of the route (login, TLS, greeting) never bounces anybody's mail:
Deferred. Does not look up MX, does not queue, does not retry later.
"""

import re
import threading
import time
from dataclasses import dataclass
from datetime import timedelta

from mailbridge import failpoints
from mailbridge.domain.address import RealAddress, split_addr_spec
from mailbridge.domain.delivery import Deferred, Delivered, Failed, Outcome, Unknown
from mailbridge.domain.reply import EnhancedStatus
from mailbridge.events import Event, emit
from mailbridge.outbound import wire
from mailbridge.outbound.transports.connection import Connection, TlsFailed, Unfit, connect, make_context
from mailbridge.outbound.transports.reply import Broken, RemoteReply
from mailbridge.outbound.transports.rest import Rest
from mailbridge.outbound.transports.route import SmtpRoute, Timeouts

_PIECE_OCTETS = 64 * 1024
_MAX_DIAGNOSTIC = 400
_NO_ANSWER = EnhancedStatus(4, 4, 1)
_BAD_CONNECTION = EnhancedStatus(4, 4, 2)
_SECURITY = EnhancedStatus(4, 7, 0)
#: codes that speak of our login or our TLS and not of the mail (RFC 4954 §4.7, §6, RFC 3207 §4)
_ABOUT_THE_ROUTE = frozenset({530, 534, 535, 538})
#: where servers name the id under which they took the mail (D5)
_REMOTE_IDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"queued as <?([A-Za-z0-9._@-]{4,120})>?",
        r"\bid=([A-Za-z0-9._@-]{4,120})",
        r"message[ -]?id:? <?([A-Za-z0-9._@+=-]{4,200})>?",
        r"<([A-Za-z0-9._@+=$-]{4,200}@[A-Za-z0-9.-]+)>",
        r"queued \(([A-Za-z0-9._-]{4,120})\)",
        r"^(?:2\.\d+\.\d+ )?ok:? ([0-9a-f]{16}-[0-9a-f-]{20,60})\b",  # Amazon SES
        r"^(?:2\.\d+\.\d+ )([A-Za-z0-9]{8,30}) message accepted",  # sendmail
        r"^(?:2\.\d+\.\d+ )?ok +(\d{9,11} [A-Za-z0-9._-]{8,60})\b",  # Google
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mail:
    """One mail as it goes over the wire."""

    #: b"" for the null reverse-path
    reverse_path: bytes
    rcpt_line: bytes
    #: the message, CRLF, not stuffed
    octets: bytes
    #: EHLO keywords without which it can not go
    needs: frozenset[str]

    def mail_line(self, features: dict[str, str]) -> bytes:
        """MAIL with the parameters that the server knows (RFC 1870, RFC 6152, RFC 6531)."""
        size = b" SIZE=%d" % len(self.octets) if "SIZE" in features else b""
        body = b" BODY=8BITMIME" if "8BITMIME" in self.needs else b""
        utf8 = b" SMTPUTF8" if "SMTPUTF8" in self.needs else b""
        return b"MAIL FROM:<" + self.reverse_path + b">" + size + body + utf8


class SmtpTransport:
    """Thread-safe; keeps idle connections and gives the freshest one out first."""

    def __init__(self, route: SmtpRoute) -> None:
        self._route = route
        self._context = make_context(route)
        self._lock = threading.Lock()
        self._idle: list[Connection] = []
        self._rest = Rest(route.rest, route.longest_rest)

    @property
    def attempt_limit(self) -> timedelta:
        """No attempt lasts longer."""
        return self._route.timeouts.attempt

    def deliver(
        self, octets: bytes, *, reverse_path: str | None, forward_path: RealAddress, within: timedelta | None = None
    ) -> Outcome:
        """Make one attempt, no longer than `within` and the route allow."""
        mail = _prepare(octets, reverse_path or self._route.null_sender, forward_path)
        if isinstance(mail, Failed):
            return mail
        limit = self.attempt_limit if within is None else min(within, self.attempt_limit)
        until = time.monotonic() + limit.total_seconds()
        connection = self._take_idle(until)
        if connection is not None:
            outcome = self._attempt(connection, mail)
            if outcome is not None:
                return outcome
        opened = self._connect(until)
        if isinstance(opened, Deferred):
            return opened
        return self._attempt(opened, mail) or Deferred(diagnostic="connection lost", status=_BAD_CONNECTION)

    def close(self) -> None:
        """Take leave on every idle connection."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.quit()

    def _connect(self, until: float) -> Connection | Deferred:
        """A new connection, unless the smarthost could not be reached just now."""
        resting = self._rest.ask(time.monotonic())
        if resting is not None:
            return resting
        try:
            connection = connect(self._route, self._context, until)
        except (Broken, Unfit) as why:
            is_silent = isinstance(why, Broken) and not isinstance(why, TlsFailed)
            deferred = Deferred(diagnostic=_told(str(why)), status=_NO_ANSWER if is_silent else _SECURITY)
            self._rest.begin(time.monotonic(), deferred)
            emit(
                Event.ROUTE_UNREACHABLE,
                route=f"{self._route.host}:{self._route.port}",
                error=type(why).__name__,
                diagnostic=deferred.diagnostic,
            )
            return deferred
        except BaseException:
            self._rest.end()
            raise
        self._rest.end()
        return connection

    def _take_idle(self, until: float) -> Connection | None:
        oldest = time.monotonic() - self._route.idle_limit.total_seconds()
        with self._lock:
            expired = [connection for connection in self._idle if connection.idle_since < oldest]
            self._idle = [connection for connection in self._idle if connection.idle_since >= oldest]
            fresh = self._idle.pop() if self._idle else None
        for connection in expired:
            connection.quit()
        while fresh is not None:
            if not fresh.is_stale():
                fresh.until = until
                return fresh
            fresh.close()
            with self._lock:
                fresh = self._idle.pop() if self._idle else None
        return None

    def _attempt(self, connection: Connection, mail: _Mail) -> Outcome | None:
        """One transaction; None when a kept connection turned out dead before the final dot: a new one may work."""
        was_kept = connection.uses > 0
        connection.uses += 1
        transaction = _Transaction(connection, mail, self._route.timeouts)
        is_usable = False
        try:
            outcome = transaction.run()
            is_usable = transaction.is_usable
        except Broken as why:
            if transaction.is_dot_sent:
                return Unknown(diagnostic=_told(f"after the final dot: {why}"))
            return None if was_kept else Deferred(diagnostic=_told(str(why)), status=_BAD_CONNECTION)
        finally:
            if is_usable:
                self._keep(connection)
            else:
                connection.close()
        if was_kept and transaction.is_shut_before_data:
            return None
        return outcome

    def _keep(self, connection: Connection) -> None:
        connection.idle_since = time.monotonic()
        with self._lock:
            is_kept = connection.uses < self._route.max_uses and len(self._idle) < self._route.max_idle
            if is_kept:
                self._idle.append(connection)
        if not is_kept:
            connection.quit()


class _Transaction:
    """MAIL, RCPT, DATA and the message over one connection."""

    def __init__(self, connection: Connection, mail: _Mail, timeouts: Timeouts) -> None:
        self._connection = connection
        self._mail = mail
        self._timeouts = timeouts
        #: True once the final dot may have left this machine
        self.is_dot_sent = False
        #: the connection may carry another mail
        self.is_usable = True
        #: 421 before the message: the server closes, and says nothing about this mail
        self.is_shut_before_data = False

    def run(self) -> Outcome:
        """Raises Broken."""
        missing = _missing_feature(self._mail, self._connection.features)
        if missing is not None:
            return missing
        refusing = self._start()
        if refusing is None:
            refusing = self._send_message()
        if refusing is not None:
            self._connection.needs_reset = True
            return self._outcome(refusing)
        return self._outcome(self._connection.read(self._timeouts.final_dot))

    def _start(self) -> RemoteReply | None:
        """RSET where it is needed, MAIL, RCPT, DATA; the first reply that refuses, or None at 354."""
        commands = [self._mail.mail_line(self._connection.features), self._mail.rcpt_line, b"DATA"]
        if self._connection.needs_reset:
            commands.insert(0, b"RSET")
            self._connection.needs_reset = False
        is_pipelined = "PIPELINING" in self._connection.features
        if is_pipelined:
            self._connection.send(b"\r\n".join(commands) + b"\r\n", self._timeouts.command)
            failpoints.hit("transport.after_mail")
        refusing = None
        for command in commands:
            if not is_pipelined:
                self._connection.send(command + b"\r\n", self._timeouts.command)
                failpoints.hit("transport.after_mail")
            is_data = command == b"DATA"
            reply = self._connection.read(self._timeouts.data_start if is_data else self._timeouts.command)
            is_good = reply.code == 354 if is_data else reply.kind == 2
            if refusing is None and not is_good:
                refusing = reply
                self.is_shut_before_data = reply.code == 421
            if reply.code == 421 or (refusing is not None and not is_pipelined):
                break
            if is_data and refusing is not None and reply.code == 354:
                self.is_usable = False  # it waits for a message that nobody gets: closing is the only way out
        return refusing

    def _send_message(self) -> RemoteReply | None:
        """The octets and the dot; a reply that the server gave before the end, else None."""
        octets = memoryview(wire.for_data(self._mail.octets))
        last = max(0, len(octets) - _PIECE_OCTETS)
        try:
            for start in range(0, last, _PIECE_OCTETS):
                self._connection.send(octets[start : min(start + _PIECE_OCTETS, last)], self._timeouts.data_block)
            failpoints.hit("transport.before_dot")
            self.is_dot_sent = True
            self._connection.send(octets[last:], self._timeouts.data_block)
            failpoints.hit("transport.after_dot")
        except Broken:
            early = self._connection.read_late()
            if early is None or early.kind not in (4, 5):
                raise
            self.is_usable = False
            return early
        return None

    def _outcome(self, reply: RemoteReply) -> Outcome:
        diagnostic = _told(f"{reply.code} {reply.text}")
        if reply.code == 421:
            self.is_usable = False
        if reply.kind == 2 and self.is_dot_sent:
            return Delivered(remote_id=_remote_id(reply), status=reply.status)
        if reply.kind == 5 and reply.code not in _ABOUT_THE_ROUTE:
            return Failed(diagnostic=diagnostic, status=reply.status)
        if reply.kind in (4, 5):
            return Deferred(diagnostic=diagnostic, status=EnhancedStatus(4, *_subject_and_detail(reply.status)))
        raise Broken(f"a reply out of order: {diagnostic}")


def _subject_and_detail(status: EnhancedStatus) -> tuple[int, int]:
    return status.subject, status.detail


def _missing_feature(mail: _Mail, features: dict[str, str]) -> Failed | None:
    limit = features.get("SIZE", "")
    if limit.isdecimal() and 0 < int(limit) < len(mail.octets):
        return Failed(diagnostic=f"bigger than the {limit} octets this smarthost takes", status=EnhancedStatus(5, 3, 4))
    missing = mail.needs - features.keys()
    if missing:
        return Failed(diagnostic=f"this smarthost lacks {min(missing)}", status=EnhancedStatus(5, 6, 7))
    return None


def _prepare(octets: bytes, reverse_path: str | None, forward_path: RealAddress) -> _Mail | Failed:
    """Nothing that could end a command or the message early gets through (T-02)."""
    if reverse_path is not None and split_addr_spec(reverse_path) is None:
        return Failed(diagnostic="the reverse-path is no addr-spec", status=EnhancedStatus(5, 1, 7))
    lines = wire.with_crlf(octets)
    if wire.has_long_line(lines):
        return Failed(diagnostic="a line is longer than 998 octets", status=EnhancedStatus(5, 6, 0))
    addresses = (reverse_path or "") + forward_path.addr_spec
    needs = {keyword for keyword, is_needed in _needs(lines, addresses) if is_needed}
    return _Mail(
        reverse_path=(reverse_path or "").encode(),
        rcpt_line=b"RCPT TO:<" + forward_path.addr_spec.encode() + b">",
        octets=lines,
        needs=frozenset(needs),
    )


def _needs(octets: bytes, addresses: str) -> tuple[tuple[str, bool], ...]:
    return ("8BITMIME", not octets.isascii()), ("SMTPUTF8", not addresses.isascii())


def _remote_id(reply: RemoteReply) -> str | None:
    text = reply.text
    return next((found[1] for pattern in _REMOTE_IDS if (found := pattern.search(text))), None)


def _told(text: str) -> str:
    return text[:_MAX_DIAGNOSTIC]
