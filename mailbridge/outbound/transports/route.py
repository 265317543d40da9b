"""The settings of one route: which smarthost, and what is asked of the connection (design.md D5, T-88)."""

import enum
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path


class TlsPolicy(enum.Enum):
    """How much TLS a route wants."""

    #: none
    NONE = "none"
    #: STARTTLS when offered, certificate not checked, in clear when it fails
    OPPORTUNISTIC = "opportunistic"
    #: STARTTLS and a certificate that fits, or the mail waits
    REQUIRED = "required"
    #: TLS from the first octet (RFC 8314 §3.3) and a certificate that fits
    IMPLICIT = "implicit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """RFC 5321 §4.5.3.2: how long each phase may take."""

    connect: timedelta = timedelta(seconds=30)
    #: greeting and every command but those below
    command: timedelta = timedelta(minutes=5)
    data_start: timedelta = timedelta(minutes=2)
    #: each piece of the message
    data_block: timedelta = timedelta(minutes=3)
    #: from the final dot to the reply
    final_dot: timedelta = timedelta(minutes=10)
    #: the whole attempt, so that a lease can outlast it
    attempt: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpRoute:
    """One smarthost."""

    host: str
    port: int = 25
    #: the name we give in EHLO
    helo: str
    tls: TlsPolicy = TlsPolicy.OPPORTUNISTIC
    #: certificates to trust; None: those of the operating system
    ca_file: Path | None = None
    #: "" for no AUTH
    username: str = ""
    password: str = field(default="", repr=False)
    #: True: AUTH without TLS is allowed (a smarthost on this machine)
    allows_plaintext_auth: bool = False
    #: addr-spec that stands for the null reverse-path where this smarthost refuses it; None: `MAIL FROM:<>`
    null_sender: str | None = None
    timeouts: Timeouts = Timeouts()
    #: idle connections kept open
    max_idle: int = 20
    #: an idle connection is closed after this
    idle_limit: timedelta = timedelta(seconds=30)
    #: mails over one connection
    max_uses: int = 100
    #: pause after a connection could not be had; doubles with each failure
    rest: timedelta = timedelta(seconds=1)
    #: the pause grows no longer than this
    longest_rest: timedelta = timedelta(seconds=30)
