"""What commands show of threads, messages, deliveries and aliases: values only, no SQL."""

from dataclasses import dataclass
from datetime import datetime

from mailbridge.domain.classification import MailKind
from mailbridge.domain.delivery import DeliveryState, PostKind
from mailbridge.domain.ids import DeliveryId, RecordId, ThreadId
from mailbridge.domain.parties import Direction
from mailbridge.domain.reply import EnhancedStatus
from mailbridge.domain.thread import Alias, Thread


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadRow:
    """One line of `thread list`."""

    thread: Thread
    #: names for people
    marketplace: str
    seller: str
    buyer: str
    #: number of records
    messages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """One message as `thread show` prints it."""

    record_id: RecordId
    thread_id: ThreadId | None
    direction: Direction | None
    #: values of `Disposition`, or "released" and "refused" once a person settled a hold
    state: str
    reason: str
    #: aware UTC
    received_at: datetime
    subject: str
    new_text: str
    delivered_text: str
    #: file names
    attachments: tuple[str, ...]
    findings: tuple[str, ...]
    ruleset: str
    #: what was done to files, one line each
    files: tuple[str, ...] = ()
    #: what conditions of rules asked for and were told, one line each
    facts: tuple[str, ...] = ()
    #: True: it may belong to another thread of the two; `thread move` mends it
    is_uncertain: bool = False
    #: who or what seems to have written it; None for messages of older releases
    kind: MailKind | None = None
    #: what it is about, most urgent first
    topics: tuple[str, ...] = ()
    #: "high", "normal" or "low"
    priority: str = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One delivery as `queue list` prints it: whose mailbox, never the address."""

    id: DeliveryId
    record_id: RecordId | None
    kind: PostKind
    state: DeliveryState
    reader: str
    attempts: int
    #: aware UTC
    next_attempt_at: datetime | None
    expires_at: datetime
    leased_until: datetime | None
    #: what the far side said last, for admins; "" before the first attempt
    diagnostic: str = ""
    status: EnhancedStatus | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasRow:
    """One alias as `alias export` prints it, with the market's own references."""

    alias: Alias
    #: references of the marketplace, seller and buyer; "" for a buyer that the market never named
    marketplace: str
    seller: str
    buyer: str
    #: aware UTC
    created_at: datetime
