"""The envelope: what a door knows about one mail before anybody has read it (RFC 5321 §2.3.1).

Every door builds the same `Envelope`; the path never asks which door it was, except for what may be believed of it.
"""

import enum
from dataclasses import dataclass
from datetime import datetime

from mailbridge.domain.ids import QueueId


class Door(enum.Enum):
    """Where the mail came in."""

    SMTP = "smtp"
    LMTP = "lmtp"
    IMAP = "imap"
    COMMAND = "command"


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """The SMTP client that handed the mail over, as far as it may be believed."""

    #: address of the true client: of the connection, or told by XFORWARD/XCLIENT of a listed front; None when unknown
    #: (IMAP, an LMTP front that does not tell)
    ip: str | None
    #: name given in EHLO/HELO by that client; None when unknown
    helo: str | None
    #: addr-spec proven by SMTP AUTH; None without AUTH
    authenticated_as: str | None = None
    #: True for a listed front MTA: its topmost Authentication-Results and spam fields may be believed
    is_trusted_front: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What the marketplace says of a message that it posts for one of the two: a form, a dispute, a note."""

    #: its own number of the conversation, as it stands in links; "" for none
    market_reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One mail as handed over: reverse-path, forward-paths and the octets."""

    #: names this mail in every log line
    queue_id: QueueId
    #: where it came in
    door: Door
    #: addr-spec of MAIL FROM; None is the null reverse-path `<>`
    reverse_path: str | None
    #: addr-specs of RCPT TO, in the order given, each once
    forward_paths: tuple[str, ...]
    #: the message, octets with CRLF line ends, without dot-stuffing
    content: bytes
    #: aware UTC, when the final dot was read
    received_at: datetime
    #: who handed it over
    peer: Peer
    #: set where the marketplace posts it (`path/posted.py`): no mail is ever believed to be that
    posted: Posted | None = None
