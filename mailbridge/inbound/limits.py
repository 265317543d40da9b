"""Limits and networks of the SMTP and LMTP doors, and where they listen.

Only values. What happens at a limit is in `dialogue.py`, `data_reader.py`, `admission.py` and `smtp.py`.
"""

import enum
import ipaddress
import socket
from dataclasses import dataclass, field
from datetime import timedelta

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

LOOPBACK: tuple[Network, ...] = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))


class Flavour(enum.Enum):
    """Which protocol a listening socket speaks."""

    SMTP = "smtp"
    LMTP = "lmtp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bind:
    """One place to listen: an address, or a socket that is bound already."""

    flavour: Flavour
    #: host (name or address) and port (0: any free port); None when `bound` or `path` is given
    address: tuple[str, int] | None = None
    #: file of a UNIX socket (LMTP); who may connect is then a question of file modes
    path: str | None = None
    #: bound socket, given by a parent process
    bound: socket.socket | None = None
    #: LMTP only: mend bare CR and LF of the front instead of refusing them (threats.md T-01)
    normalises_line_endings: bool = False

    def __post_init__(self) -> None:
        if sum(place is not None for place in (self.address, self.path, self.bound)) != 1:
            raise ValueError("a Bind is an address, a path or a socket")
        if self.normalises_line_endings and self.flavour is not Flavour.LMTP:
            raise ValueError("line endings are mended for a trusted LMTP front only")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a client may cost us (threats.md I6). Every wait and every buffer has its bound here."""

    #: SIZE that is offered: the message after dot-unstuffing
    message_octets: int = 25 * 1024 * 1024
    #: longest line of a message without its CRLF (T-07: RFC 5321 says 998, real clients send more)
    line_octets: int = 64 * 1024
    #: longest command line with its CRLF (RFC 5321 §4.5.3.1.4 says at least 512)
    command_octets: int = 2048
    #: recipients of one transaction
    recipients: int = 200
    #: commands answered with 5yz in one connection before it is closed (T-10)
    errors: int = 20
    #: commands that bring no mail nearer between two messages (T-13)
    junk: int = 100
    #: overlong command lines of one connection (T-06)
    overlong_commands: int = 3
    #: silence before a command (RFC 5321 §4.5.3.2.7)
    command_timeout: timedelta = timedelta(minutes=5)
    #: the same when most connections are taken (T-12)
    stress_command_timeout: timedelta = timedelta(seconds=10)
    #: TLS handshake
    tls_timeout: timedelta = timedelta(seconds=30)
    #: DATA must bring `data_window` times `data_octets_per_second` octets in each window (T-11)
    data_window: timedelta = timedelta(minutes=1)
    data_octets_per_second: int = 500
    #: how long we listen for input before the greeting (T-03); 0: only what is there already
    greeting_pause: timedelta = timedelta(0)
    #: connections at the same time: all, one address, one /24 or /64; listed fronts count only in the first
    connections: int = 1000
    connections_per_address: int = 30
    connections_per_network: int = 90
    #: connections of the first number that only listed fronts may take
    connections_kept_for_fronts: int = 50
    #: threads that run `receive` and `admit`, and calls that may wait for one
    threads: int = 64
    waiting_calls: int = 1000
    #: how often deadlines are looked at
    sweep_interval: timedelta = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorSettings:
    """What the listener is told by the settings file."""

    #: our name in greetings
    hostname: str
    #: networks of front MTAs: they may use LMTP, XFORWARD and XCLIENT, and their headers are believed
    fronts: tuple[Network, ...] = ()
    #: networks whose connections are not counted per address: whoever runs there has other means (T-12)
    uncounted: tuple[Network, ...] = LOOPBACK
    #: where `RCPT TO:<postmaster>` without a domain goes (RFC 5321 §4.5.1)
    postmaster: str
    #: PEM files of certificate chain and key; None: no STARTTLS
    certificate: tuple[str, str] | None = None
    #: refuse MAIL before STARTTLS (T-05); fronts are exempt
    requires_tls: bool = False
    limits: Limits = field(default_factory=Limits)

    def is_front(self, ip: str) -> bool:
        """Tell whether this address of a connection belongs to a listed front MTA."""
        return _stands_in(ip, self.fronts)

    def is_uncounted(self, ip: str) -> bool:
        """Tell whether this address may hold as many connections as there are."""
        return _stands_in(ip, self.uncounted) or _stands_in(ip, self.fronts)


def _stands_in(ip: str, networks: tuple[Network, ...]) -> bool:
    address = ipaddress.ip_address(ip)
    return any(address.version == network.version and address in network for network in networks)
