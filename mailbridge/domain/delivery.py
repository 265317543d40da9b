"""Delivery and Outcome: one mail to one mailbox, and what became of the attempt (RFC 3464 words)."""

import enum
from dataclasses import dataclass
from datetime import datetime

from mailbridge.domain.address import RealAddress
from mailbridge.domain.ids import DeliveryId, MarketplaceId, RecordId, ThreadId
from mailbridge.domain.reply import EnhancedStatus


class PostKind(enum.Enum):
    """What is sent: all of it goes through `path/post.py`."""

    RELAY = "relay"
    NOTICE = "notice"
    ACKNOWLEDGEMENT = "acknowledgement"
    DSN = "dsn"
    DIGEST = "digest"
    #: mail to postmaster@ and abuse@ sent on to the person in charge
    ROLE = "role"


class DeliveryState(enum.Enum):
    """Where a delivery stands."""

    PENDING = "pending"
    #: kept back by a person (`queue hold`) or because a party was suspended
    HELD = "held"
    DELIVERED = "delivered"
    FAILED = "failed"
    EXPIRED = "expired"
    #: the far side told us later that it failed (a DSN at our return path)
    BOUNCED = "bounced"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelivery:
    """A delivery as it is committed: gated octets, not yet signed."""

    #: carried, with a MAC, in its VERP return path (T-24)
    id: DeliveryId
    #: the record this delivery is about; None for a digest
    record_id: RecordId | None
    #: what sort of mail it is: relayed, notice, acknowledgement ...
    kind: PostKind
    #: None for mail that belongs to no marketplace (digest, mail to postmaster@)
    marketplace_id: MarketplaceId | None
    #: the conversation it belongs to; None for mail outside any
    thread_id: ThreadId | None
    #: the mailbox it goes to (RFC 5321)
    forward_path: RealAddress
    #: VERP addr-spec of ours; None is the null reverse-path
    reverse_path: str | None
    #: the composed message, CRLF, 7-bit, lines of at most 76, gated
    octets: bytes
    #: its Message-ID, with angle brackets
    message_id: str
    #: d= of the DKIM signature
    signing_domain: str
    #: t= of the DKIM signature: fixed here so that every retry sends the same bytes (D16)
    composed_at: datetime
    #: after this instant no attempt is made any more
    expires_at: datetime
    #: whose mailbox it is, for reports: "seller", "buyer", "operator"
    reader: str = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedDelivery:
    """A delivery that this process may attempt until `leased_until`."""

    #: what is to be sent
    delivery: NewDelivery
    #: attempts made before this one
    attempts: int
    #: grows with every claim; a settle with an older one is refused (F-08)
    fencing_token: int
    #: aware UTC; after it another worker may claim the delivery
    leased_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """The smarthost said 2yz to the final dot."""

    #: the id named in its reply, if any: kept as an alternative Message-ID (D5)
    remote_id: str | None = None
    #: as the smarthost said it, else 2.0.0
    status: EnhancedStatus = EnhancedStatus(2, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferred:
    """A transient answer or no answer before the final dot: try again later."""

    #: for admins only; never shown to the other side (T-51)
    diagnostic: str
    #: as the smarthost said it; 4.4.1 when it said nothing
    status: EnhancedStatus = EnhancedStatus(4, 4, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A permanent answer for this mailbox."""

    #: the smarthost's words, for admins only; never shown to the other side (T-51)
    diagnostic: str
    #: as the smarthost said it, else 5.0.0
    status: EnhancedStatus = EnhancedStatus(5, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """The connection broke after the final dot: it may have been delivered (I3, F-29)."""

    #: where the connection broke, for admins only
    diagnostic: str


Outcome = Delivered | Deferred | Failed | Unknown
