"""What goes into and comes out of the store beside the nouns of the domain: values only, no SQL.

`Intake` is one accepted envelope, whole: `store/intake.py` writes it in one transaction. The others are what workers
and people are handed. Trade data comes as `TradeBatch`, which stands in `domain/trade_batch.py` and is named here
again.
"""

from dataclasses import dataclass
from datetime import datetime

from mailbridge.domain.authresults import AuthResults
from mailbridge.domain.classification import MailKind
from mailbridge.domain.delivery import DeliveryState, NewDelivery, PostKind
from mailbridge.domain.envelope import Envelope
from mailbridge.domain.facts import ActionKind, Copies
from mailbridge.domain.ids import DeliveryId, IntentId, RecordId, SanctionId, SellerId, ThreadId
from mailbridge.domain.message import Message
from mailbridge.domain.outreach import JudgedBy, Outreach, Wish
from mailbridge.domain.parties import Buyer, Direction, Mailbox, Marketplace, Seller
from mailbridge.domain.reply import EnhancedStatus
from mailbridge.domain.standing import NewBreaches
from mailbridge.domain.thread import Alias, Thread, ThreadMessageIds
from mailbridge.domain.trade_batch import (
    TradeBatch,
    TradeBuyer,
    TradeMarketplace,
    TradeOffer,
    TradeOrder,
    TradeSeller,
)
from mailbridge.policy.clocks import Tick
from mailbridge.policy.plan import HoldReason, IntentKind, Plan
from mailbridge.store.reviewrecords import NewReview
from mailbridge.store.staffrecords import Assignment
from mailbridge.store.wishes import NewOptOut, OptOutTelling

__all__ = [
    "NewIntent",
    "NewAction",
    "NewOptOut",
    "FileNote",
    "LegRecord",
    "Intake",
    "DueIntent",
    "RecordOrigin",
    "DeliveryOrigin",
    "Pair",
    "HeldRecord",
    "Authorisation",
    "SellerRow",
    "Directory",
    "TradeBatch",
    "TradeBuyer",
    "TradeMarketplace",
    "TradeOffer",
    "TradeOrder",
    "TradeSeller",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIntent:
    """Something to be done later."""

    id: IntentId
    kind: IntentKind
    #: aware UTC
    due_at: datetime
    thread_id: ThreadId | None = None
    record_id: RecordId | None = None
    seller_id: SellerId | None = None
    #: what it needs to know beside: the reason given; "" for nothing
    argument: str = ""
    #: e.g. "ack:THREAD"; a second intent with the same key is silently not inserted
    unique_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAction:
    """A one-use action address, known by the keyed hash of its token (`Store.action_hash`)."""

    token_hash: bytes
    kind: ActionKind
    #: the message it acts on; None with a sanction
    record_id: RecordId | None
    #: aware UTC
    expires_at: datetime
    #: of OPT_OUT and OPT_IN: what it stops or lets come again
    wish: Wish | None = None
    #: of APPEAL: the step it acts on
    sanction_id: SanctionId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileNote:
    """What was done to one file of a message."""

    name: str
    #: by its octets: "pdf", "jpeg" ...
    kind: str
    #: kinds of what was taken out, sorted
    removed: tuple[str, ...] = ()
    #: "invoice", "warranty" or "manual" where its author calls it so and its text was not searched; "" otherwise
    declared: str = ""
    #: True where it, or a part of it, could not be read as what it says: octets, searched as they are
    is_unread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LegRecord:
    """One forward-path of an intake: its record and everything that is committed with it."""

    record_id: RecordId
    plan: Plan
    #: which way it goes; None while no pair is known
    direction: Direction | None = None
    #: what kind of mail it is for whom it is for; None: what it is by itself
    kind: MailKind | None = None
    #: the thread as it shall be after this commit (new or changed); None: no thread is known
    thread: Thread | None = None
    opens_thread: bool = False
    #: with opens_thread: `len(facts.threads)`; another number now is a Conflict
    pair_threads_seen: int = 0
    #: version of the thread in the facts; None: plain append, which never conflicts
    expected_version: int | None = None
    new_buyer: Buyer | None = None
    new_aliases: tuple[Alias, ...] = ()
    #: appended to the thread
    message_ids: ThreadMessageIds | None = None
    #: unique; taken is a Conflict
    dedupe_key: bytes | None = None
    #: what the reader gets as new text: future `Facts.history`
    delivered_text: str = ""
    #: where the leak gate found something (HoldReason.LEAK_GATE)
    gate_places: tuple[str, ...] = ()
    #: kinds of what was taken out of the author's own words, as the masker names them
    removed: tuple[str, ...] = ()
    deliveries: tuple[NewDelivery, ...] = ()
    intents: tuple[NewIntent, ...] = ()
    actions: tuple[NewAction, ...] = ()
    #: token_hash that this mail uses up: used before is a Conflict
    uses_action: bytes | None = None
    #: with `uses_action`: the message that its author stops; one that waits no more is a Conflict
    undoes: RecordId | None = None
    #: with `uses_action`: what a buyer wants no more, or takes back
    opt_out: NewOptOut | None = None
    #: with `uses_action`: whether a seller wants to be told of opt-outs
    telling: OptOutTelling | None = None
    #: held record that this commit settles: released, or refused when the plan refuses; not held any more is a Conflict
    releases: RecordId | None = None
    #: True: what it releases was refused, not held, and goes now without what its rules stop
    was_refused: bool = False
    #: refused record that a person shall look at (HoldReason.SECOND_LOOK); one that is refused no more stays as it is
    reopens: RecordId | None = None
    #: True: this commit takes the place of the record with the same id that is being screened; one that is not any more
    #: is a Conflict
    replaces: bool = False
    #: with `replaces`: fingerprint of the rules that judged it first (design.md §2: both are kept)
    first_ruleset: str = ""
    #: of a plan that screens: under what later mail of these people waits (`Store.waits_key`)
    waits_key: bytes | None = None
    #: of a seller's mail that goes out or waits, where a rule counts copies: by what its text is known again
    copies: Copies | None = None
    #: of a message that goes out and that its seller started
    outreach: Outreach | None = None
    #: with `outreach`: the counts it was judged by, where a rule asked; what they no longer cover is a Conflict
    judged_by: JudgedBy | None = None
    #: what was done to files, for people: name, kind, what was taken out, what its author declares it to be
    files: tuple[FileNote, ...] = ()
    #: what it is for the clocks of its thread; None: they do not mind it
    tick: Tick | None = None
    #: what a message of a seller was refused for, as far as a ladder counts it
    breaches: NewBreaches | None = None
    #: who takes the conversation by it
    assignment: Assignment | None = None
    #: a message to a seller that is held before there is a conversation: whose it is
    seller_id: SellerId | None = None
    #: what its author asks a person to look at: a message he reports, a step he appeals
    review: NewReview | None = None
    #: the message whose breaches a person found to be none
    dismisses: RecordId | None = None
    #: the delivery a DSN is about
    bounced: DeliveryId | None = None
    bounce_status: EnhancedStatus | None = None
    #: states of those that carry the same mail to other mailboxes, as they were read: others by now are a Conflict
    bounced_beside: tuple[DeliveryState, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """One accepted envelope with all its forward-paths: committed whole or not at all."""

    envelope: Envelope
    message: Message
    legs: tuple[LegRecord, ...]
    #: incident id of a poison mail; "" otherwise
    incident: str = ""
    #: what was known of the origin; kept while the mail is screened, so that it is not asked again
    auth: AuthResults | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOrigin:
    """The mail that an intent is about, as far as its author may be told of it."""

    #: which way it went; None while no pair was known
    direction: Direction | None
    #: From of the mail as it came; None when it had no single author
    author_addr_spec: str | None
    #: its Message-ID, with angle brackets
    author_message_id: str | None
    #: aware UTC
    received_at: datetime
    #: see `LegRecord`
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DueIntent:
    """An intent that fell due, with what is needed to check it again and to render it."""

    id: IntentId
    kind: IntentKind
    #: aware UTC
    due_at: datetime
    thread: Thread | None
    record_id: RecordId | None
    marketplace: Marketplace | None
    seller: Seller | None
    buyer: Buyer | None
    #: alias that stands for the buyer towards the seller, and the other way round
    alias_of_buyer: Alias | None
    alias_of_seller: Alias | None
    #: see `NewIntent`
    argument: str = ""
    #: None where the intent is about no mail in a thread
    origin: RecordOrigin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryOrigin:
    """Where a delivery came from: the mail it carries or answers, and the people of its thread."""

    kind: PostKind
    record_id: RecordId | None
    #: which way the mail went; None while no pair was known
    direction: Direction | None
    marketplace: Marketplace | None
    thread: Thread | None
    seller: Seller | None
    buyer: Buyer | None
    #: From of the mail as it came; None when it had no single author
    author_addr_spec: str | None
    #: its Message-ID, with angle brackets
    author_message_id: str | None
    #: aware UTC, when the mail came; when the delivery was composed where there is no record
    received_at: datetime
    #: state of the delivery now
    state: DeliveryState
    #: the address of ours that its author wrote to; None where there is no record
    written_to: str | None = None
    #: states of the deliveries that carry the same mail to other mailboxes of its reader
    beside: tuple[DeliveryState, ...] = ()

    @property
    def author(self) -> Seller | Buyer | None:
        """Who wrote the mail."""
        if self.direction is None:
            return None
        return self.seller if self.direction is Direction.TO_BUYER else self.buyer

    @property
    def reader(self) -> Seller | Buyer | None:
        """Whom it was written to."""
        if self.direction is None:
            return None
        return self.buyer if self.direction is Direction.TO_BUYER else self.seller


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A seller and a buyer of one marketplace, with the aliases that stand for them towards one another."""

    marketplace: Marketplace
    seller: Seller
    buyer: Buyer
    alias_of_seller: Alias
    alias_of_buyer: Alias


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRecord:
    """One message that waits for a person, whole."""

    record_id: RecordId
    #: named reason of the plan
    reason: str
    #: None while it waits for its files to be looked into
    hold: HoldReason | None
    #: as received, with this record's one forward-path
    envelope: Envelope
    #: aware UTC
    received_at: datetime
    #: name of the marketplace; "" when it is not known
    marketplace: str
    thread_id: ThreadId | None
    direction: Direction | None
    #: what the rules found, as written by the author: "check: words"
    findings: tuple[str, ...]
    gate_places: tuple[str, ...]
    subject: str
    #: state in the record: "held", "released" or "refused"; "screening" while its files are looked into, or while it
    #: waits for its author to stop it
    state: str
    #: what was known of the origin when it came; None where it was not kept
    auth: AuthResults | None = None
    #: fingerprint of the rules that judged it; "" where none did
    ruleset: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorisation:
    """One more mailbox that may write for a seller, as a person gives it."""

    #: references, the market's own
    marketplace: str
    seller: str
    mailbox: Mailbox
    #: True: it may be the mailbox of a buyer or of another seller of this marketplace too
    may_be_shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerRow:
    """One seller as `seller list` prints it, with the market's own references."""

    marketplace: str
    reference: str
    seller: Seller


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """All marketplaces and sellers."""

    marketplaces: tuple[Marketplace, ...]
    sellers: tuple[SellerRow, ...]
