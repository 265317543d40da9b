"""Dialogue: one SMTP or LMTP session as a state machine without a socket (RFC 5321, RFC 2033).

Given a command line, says what to do next: answer, ask whether a recipient is admitted, read a message, start TLS,
hang up. Does no I/O and reads no clock: `smtp.py` does what it says.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from mailbridge.domain.envelope import Door, Peer
from mailbridge.domain.reply import (
    BAD_SEQUENCE,
    CANNOT_VERIFY,
    COMMAND_NOT_IMPLEMENTED,
    COMMAND_NOT_PERMITTED,
    COMMAND_UNKNOWN,
    ENCRYPTION_REQUIRED,
    GOODBYE,
    HELP,
    NO_VALID_RECIPIENTS,
    OK,
    PARAMETER_SYNTAX,
    REVERSE_PATH_OK,
    TLS_READY,
    TOO_MANY_ERRORS,
    TOO_MANY_RECIPIENTS,
    Reply,
)
from mailbridge.inbound.commands import parse_helo, parse_mail, parse_rcpt
from mailbridge.inbound.forwarded import XCLIENT_ATTRIBUTES, XFORWARD_ATTRIBUTES, Told, read_attributes
from mailbridge.inbound.limits import DoorSettings, Flavour


@dataclass(frozen=True, slots=True)
class Say:
    """Answer these octets; `hangs_up` after them."""

    octets: bytes
    hangs_up: bool = False
    #: nothing may have been sent behind the command that gets this answer (T-03)
    ends_group: bool = False
    #: the client did too much wrong
    is_breaking_off: bool = False


@dataclass(frozen=True, slots=True)
class Admit:
    """Ask the path about this forward-path, then call `admitted`."""

    forward_path: str


class TakeData:
    """Say 354, read the message, then call `answered` or `transaction_ended`."""


class StartTls:
    """Say 220, make TLS, then call `restarted`."""


Step = Say | Admit | TakeData | StartTls

TAKE_DATA = TakeData()
START_TLS = StartTls()


def octets_of(*replies: Reply) -> bytes:
    """Reply lines as they go over the wire."""
    return "".join(f"{reply}\r\n" for reply in replies).encode("ascii", "replace")


_OK = Say(octets_of(OK))
_REVERSE_PATH_OK = Say(octets_of(REVERSE_PATH_OK))
_CANNOT_VERIFY = Say(octets_of(CANNOT_VERIFY))
_HELP = Say(octets_of(HELP))
_GOODBYE = Say(octets_of(GOODBYE), hangs_up=True)
_TOO_MANY_ERRORS = Say(octets_of(TOO_MANY_ERRORS), hangs_up=True, is_breaking_off=True)
START_OF_DATA = b"354 End data with <CR><LF>.<CR><LF>\r\n"
TLS_READY_OCTETS = octets_of(TLS_READY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Who is connected."""

    #: address of the connection; None for a UNIX socket
    ip: str | None
    #: a listed front: believed, and free of the limits for strangers
    is_front: bool


class Dialogue:
    """The state of one session."""

    __slots__ = (
        "_door",
        "_errors",
        "_flavour",
        "_helo",
        "_is_extended",
        "_is_international",
        "_junk",
        "_rcpts",
        "_reverse_path",
        "_settings",
        "_told",
        "client",
        "command_count",
        "has_tls",
        "is_open",
        "message_count",
        "offers_tls",
    )

    def __init__(self, client: Client, flavour: Flavour, settings: DoorSettings, *, offers_tls: bool = False) -> None:
        #: who is on the other side; XCLIENT changes it
        self.client = client
        self.has_tls = False
        #: STARTTLS is possible on this socket
        self.offers_tls = offers_tls
        self._flavour = flavour
        self._door = Door.LMTP if flavour is Flavour.LMTP else Door.SMTP
        self._settings = settings
        #: commands heard and messages read to their end, for the log
        self.command_count = 0
        self.message_count = 0
        self._errors = 0
        self._junk = 0
        self._told = Told()
        self.restarted()

    def restarted(self) -> None:
        """Forget all that the client said: after STARTTLS (RFC 3207 §4.2) and XCLIENT."""
        self._helo: str | None = None
        self._is_extended = False
        self._told = Told()
        self._forget_transaction()

    def _forget_transaction(self) -> None:
        #: between MAIL and the end of its transaction
        self.is_open = False
        self._reverse_path: str | None = None
        self._is_international = False
        self._rcpts: list[str] = []

    # --- one command ---

    def command(self, line: bytes) -> Step:
        """Take one command line without its CRLF."""
        self.command_count += 1
        verb, _, argument = line.partition(b" ")
        method = self._VERBS.get(verb.upper())
        if method is None:
            return self.refuse(COMMAND_UNKNOWN)
        try:
            # RFC 6531 §3.4: UTF-8 stands only in paths; anything else is refused by their grammar.
            text = argument.decode("ascii" if argument.isascii() else "utf-8")
        except UnicodeDecodeError:
            return self.refuse(PARAMETER_SYNTAX)
        return method(self, text)

    def refuse(self, reply: Reply, *, ends_group: bool = False) -> Say:
        """Answer an error and count it; the last straw closes (T-10)."""
        if not self.client.is_front:
            self._errors += not reply.is_transient
            if self._errors >= self._settings.limits.errors:
                return replace(_TOO_MANY_ERRORS, octets=octets_of(reply, TOO_MANY_ERRORS))
        return Say(octets_of(reply), ends_group=ends_group)

    def _junk_or(self, answer: Say) -> Say:
        # Commands that bring no mail nearer are cheap for the client and must not be endless (T-13).
        self._junk += 1
        if self._junk > self._settings.limits.junk and not self.client.is_front:
            return _TOO_MANY_ERRORS
        return answer

    # --- greeting ---

    def _helo_command(self, argument: str) -> Step:
        if self._flavour is Flavour.LMTP:
            return self.refuse(COMMAND_UNKNOWN)  # RFC 2033 §4.1
        return self._greet(argument, is_extended=False)

    def _ehlo_command(self, argument: str) -> Step:
        if self._flavour is Flavour.LMTP:
            return self.refuse(COMMAND_UNKNOWN)
        return self._greet(argument, is_extended=True)

    def _lhlo_command(self, argument: str) -> Step:
        if self._flavour is not Flavour.LMTP:
            return self.refuse(COMMAND_UNKNOWN)
        return self._greet(argument, is_extended=True)

    def _greet(self, argument: str, *, is_extended: bool) -> Step:
        name = parse_helo(argument)
        if name is None:
            return self.refuse(PARAMETER_SYNTAX, ends_group=True)
        self._forget_transaction()  # RFC 5321 §4.1.4: EHLO also resets
        self._helo = name
        self._is_extended = is_extended
        if not is_extended:
            return self._junk_or(Say(f"250 {self._settings.hostname}\r\n".encode(), ends_group=True))
        return self._junk_or(Say(self._extensions(), ends_group=True))

    def _extensions(self) -> bytes:
        names = [
            self._settings.hostname,
            "PIPELINING",
            f"SIZE {self._settings.limits.message_octets}",
            "8BITMIME",
            "ENHANCEDSTATUSCODES",
            "SMTPUTF8",
        ]
        if self.offers_tls and not self.has_tls:
            names.append("STARTTLS")
        if self.client.is_front:
            names += ["XFORWARD NAME ADDR PORT PROTO HELO IDENT SOURCE", "XCLIENT NAME ADDR PORT PROTO HELO LOGIN"]
        lines = [f"250-{name}\r\n" for name in names[:-1]] + [f"250 {names[-1]}\r\n"]
        return "".join(lines).encode("ascii")

    # --- transaction ---

    def _mail_command(self, argument: str) -> Step:
        if self._helo is None or self.is_open:
            return self.refuse(BAD_SEQUENCE)
        if self._settings.requires_tls and not self.has_tls and not self.client.is_front:
            return self.refuse(ENCRYPTION_REQUIRED)
        parsed = parse_mail(argument, size_limit=self._settings.limits.message_octets, is_extended=self._is_extended)
        if isinstance(parsed, Reply):
            return self.refuse(parsed)
        self.is_open = True
        self._reverse_path = parsed.reverse_path
        self._is_international = parsed.is_international
        return _REVERSE_PATH_OK

    def _rcpt_command(self, argument: str) -> Step:
        if not self.is_open:
            return self.refuse(BAD_SEQUENCE)
        forward_path = parse_rcpt(
            argument, postmaster=self._settings.postmaster, is_international=self._is_international
        )
        if isinstance(forward_path, Reply):
            return self.refuse(forward_path)
        if len(self._rcpts) >= self._settings.limits.recipients:
            return Say(octets_of(TOO_MANY_RECIPIENTS))
        return Admit(forward_path)

    def admitted(self, forward_path: str, reply: Reply) -> Say:
        """Take the path's answer about a recipient."""
        if not reply.is_positive:
            return self.refuse(reply)
        self._rcpts.append(forward_path)
        return Say(octets_of(reply))

    def _data_command(self, argument: str) -> Step:
        if argument.strip(" "):
            return self.refuse(PARAMETER_SYNTAX, ends_group=True)
        if not self.is_open:
            return self.refuse(BAD_SEQUENCE, ends_group=True)
        if not self._rcpts:
            # RFC 5321 §3.3 leaves 503 or 554; RFC 2033 §4.2 says 503.
            reply = BAD_SEQUENCE if self._flavour is Flavour.LMTP else NO_VALID_RECIPIENTS
            return self.refuse(reply, ends_group=True)
        return TAKE_DATA

    @property
    def forward_paths(self) -> tuple[str, ...]:
        """The accepted recipients, each once, in the order given."""
        first_spellings: dict[str, str] = {}
        for path in self._rcpts:
            first_spellings.setdefault(path.lower(), path)
        return tuple(first_spellings.values())

    @property
    def reverse_path(self) -> str | None:
        """The addr-spec of MAIL; None is the null reverse-path."""
        return self._reverse_path

    @property
    def door(self) -> Door:
        """Which door this session came through."""
        return self._door

    @property
    def peer(self) -> Peer:
        """The client as the envelope shall name it: the true one, or unknown."""
        if self.client.is_front:
            return Peer(ip=self._told.ip, helo=self._told.helo, is_trusted_front=True)
        return Peer(ip=self.client.ip, helo=self._told.helo or self._helo)

    def answered(self, replies: tuple[Reply, ...], fold: Callable[[tuple[Reply, ...]], Reply]) -> bytes:
        """The answer to a message whose forward-paths got `replies`; ends the transaction."""
        if self._flavour is Flavour.LMTP:
            # RFC 2033 §4.2: one reply per accepted RCPT command, so a recipient named twice is answered twice.
            by_path = dict(zip((path.lower() for path in self.forward_paths), replies, strict=True))
            octets = octets_of(*(by_path[path.lower()] for path in self._rcpts))
        else:
            octets = octets_of(fold(replies))
        self.transaction_ended()
        return octets

    def transaction_ended(self) -> None:
        """Forget the transaction; a message was read to its end, so the client does real work: junk counts anew."""
        self._junk = 0
        self.message_count += 1
        self._told = Told() if self.client.is_front else self._told
        self._forget_transaction()

    @property
    def replies_wanted(self) -> int:
        """How many times a fault of the whole message is said."""
        return len(self._rcpts) if self._flavour is Flavour.LMTP else 1

    # --- the rest ---

    def _rset_command(self, argument: str) -> Step:
        if argument:
            return self.refuse(PARAMETER_SYNTAX)
        if self.client.is_front:
            self._told = Told()
        self._forget_transaction()
        return self._junk_or(_OK)

    def _noop_command(self, _argument: str) -> Step:
        return self._junk_or(_OK)

    def _vrfy_command(self, argument: str) -> Step:
        return self._junk_or(_CANNOT_VERIFY) if argument else self.refuse(PARAMETER_SYNTAX)

    def _help_command(self, _argument: str) -> Step:
        return self._junk_or(_HELP)

    def _unimplemented_command(self, _argument: str) -> Step:
        return self.refuse(COMMAND_NOT_IMPLEMENTED)

    def _quit_command(self, argument: str) -> Step:
        return self.refuse(PARAMETER_SYNTAX) if argument else _GOODBYE

    def _starttls_command(self, argument: str) -> Step:
        if argument:
            return self.refuse(PARAMETER_SYNTAX, ends_group=True)
        if not self.offers_tls:
            return self.refuse(COMMAND_NOT_IMPLEMENTED, ends_group=True)
        if self.has_tls or self.is_open:
            return self.refuse(BAD_SEQUENCE, ends_group=True)
        return START_TLS

    def _xforward_command(self, argument: str) -> Step:
        if not self.client.is_front:
            return self.refuse(COMMAND_NOT_PERMITTED)
        if self.is_open:
            return self.refuse(BAD_SEQUENCE)
        told = read_attributes(argument, XFORWARD_ATTRIBUTES, self._told)
        if told is None:
            return self.refuse(PARAMETER_SYNTAX)
        self._told = told
        return _OK

    def _xclient_command(self, argument: str) -> Step:
        if not self.client.is_front:
            return self.refuse(COMMAND_NOT_PERMITTED, ends_group=True)
        if self.is_open:
            return self.refuse(BAD_SEQUENCE, ends_group=True)
        told = read_attributes(argument, XCLIENT_ATTRIBUTES, Told())
        if told is None:
            return self.refuse(PARAMETER_SYNTAX, ends_group=True)
        # The proxy speaks for somebody else from now on: its own good name does not cover what he sends.
        self.client = Client(ip=told.ip, is_front=False)
        self.restarted()
        self._told = told
        return Say(self.banner(), ends_group=True)

    def banner(self) -> bytes:
        """The greeting: our name and nothing about the program (RFC 5321 §4.2)."""
        protocol = "LMTP" if self._flavour is Flavour.LMTP else "ESMTP"
        return f"220 {self._settings.hostname} {protocol}\r\n".encode("ascii")

    _VERBS: ClassVar[dict[bytes, Callable[["Dialogue", str], Step]]] = {
        b"HELO": _helo_command,
        b"EHLO": _ehlo_command,
        b"LHLO": _lhlo_command,
        b"MAIL": _mail_command,
        b"RCPT": _rcpt_command,
        b"DATA": _data_command,
        b"RSET": _rset_command,
        b"NOOP": _noop_command,
        b"QUIT": _quit_command,
        b"VRFY": _vrfy_command,
        b"HELP": _help_command,
        b"EXPN": _unimplemented_command,
        b"ETRN": _unimplemented_command,
        b"TURN": _unimplemented_command,
        b"AUTH": _unimplemented_command,
        b"BDAT": _unimplemented_command,
        b"STARTTLS": _starttls_command,
        b"XFORWARD": _xforward_command,
        b"XCLIENT": _xclient_command,
    }
