"""Facts: everything a decision about one message at one forward-path may look at, with `now`.

Read in one go by `store/facts.py`; the core asks for nothing more. A destination is what an address of ours means.
"""

import enum
from dataclasses import dataclass
from datetime import datetime

from mailbridge.domain.authresults import AuthResults
from mailbridge.domain.envelope import Envelope
from mailbridge.domain.files import Screened
from mailbridge.domain.ids import DeliveryId, RecordId, SanctionId, ThreadId
from mailbridge.domain.outreach import OutreachHistory, Reason
from mailbridge.domain.parties import Buyer, Marketplace, Role, Seller
from mailbridge.domain.thread import Alias, Thread
from mailbridge.domain.trade import Offer, Order


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasDestination:
    """A live or retired alias; mail to it reaches the party it stands for."""

    #: the alias written to
    alias: Alias
    #: the market of the alias
    marketplace: Marketplace
    #: one of the two parties of the alias
    seller: Seller
    #: the other
    buyer: Buyer
    #: True: mail to it is only tried; its author hears what would become of it (features.md N-02)
    is_trial: bool = False
    #: "invoice" of ALIAS.invoice@: why a seller writes first (S-23); "note-48213": it is a note (S-76); "" without one
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDestination:
    """A seller's public contact address, perhaps with an order or offer tag."""

    #: the market of the contact address
    marketplace: Marketplace
    #: whose contact address it is
    seller: Seller
    #: "o-48213" or "i-9912" from the local part; "" without one
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOnlyDestination:
    """The marketplace's CC address (S-73): recorded and checked, never relayed."""

    #: whose CC address it is
    marketplace: Marketplace


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxTestDestination:
    """test@ of an alias domain: answers a proven party that its mailbox works, or that it is away; nobody else."""

    #: the marketplace of the domain
    marketplace: Marketplace


#: stands before the local part of an alias: mail there is only tried (features.md N-02)
TRIAL_PREFIX = "check-"
#: local part of the address that mail in our own name comes from; answers to it reach the person in charge (D20)
NOTICE_LOCAL_PART = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleDestination:
    """postmaster@, abuse@ or the notice address of an alias domain or of the bridge: goes to the person in charge."""

    #: lower case: "postmaster", "abuse" or the notice address's
    local_part: str
    #: the alias domain, or the hostname of the bridge; lower case
    domain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPathDestination:
    """A VERP address of ours with a good MAC: where DSNs come back to."""

    #: the delivery that the return path was made for
    delivery_id: DeliveryId
    #: True when the token's time is over (W10)
    is_expired: bool = False


class ActionKind(enum.Enum):
    """What an action address does."""

    #: "was this you?": a reply confirms the held message (D9)
    CONFIRM_HELD = "confirm_held"
    #: a refused message goes without what its rules stop (features.md N-06)
    SEND_REPAIRED = "send_repaired"
    #: a person looks at a refused message (features.md N-01)
    SECOND_LOOK = "second_look"
    #: a buyer wants no more mail that this seller, or any of his marketplace, starts (S-15, N-05)
    OPT_OUT = "opt_out"
    #: he takes that back
    OPT_IN = "opt_in"
    #: a refused message that a seller starts goes with the reason that the subject of the reply names (S-23)
    GIVE_REASON = "give_reason"
    #: a buyer reports the message that it stood in (E-22)
    REPORT = "report"
    #: a seller says that a step against him is wrong, or a message of his no breach (E-38)
    APPEAL = "appeal"
    #: a seller does not want to hear that a message was not delivered because its buyer opted out (E-06)
    UNTOLD_OF_OPT_OUTS = "untold_of_opt_outs"
    #: he wants to hear it again
    TOLD_OF_OPT_OUTS = "told_of_opt_outs"
    #: a seller says that the buyer waits for nothing after this message (N-10)
    NO_REPLY_NEEDED = "no_reply_needed"
    #: a seller ends a conversation, calls it resolved or unresolved, or opens it again (N-11)
    CLOSE = "close"
    RESOLVE = "resolve"
    GIVE_UP = "give_up"
    REOPEN = "reopen"
    #: a seller does not want his message to go out that waits for that (N-15)
    STOP_SENDING = "stop_sending"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDestination:
    """A one-use action address act-TOKEN@ (D20)."""

    #: what it does
    kind: ActionKind
    #: keyed hash of the token: what the store knows it by
    token_hash: bytes
    #: the record it acts on; None where it acts on a step against a seller
    record_id: RecordId | None
    #: the step it acts on; None where it acts on a record
    sanction_id: SanctionId | None = None
    #: True when it did its work before
    is_used: bool = False
    #: True when its time is over
    is_expired: bool = False
    #: of an opt-out, a report or an appeal that was used: True while what it asked for holds
    is_in_force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownDestination:
    """An address under one of our names that means nothing; or not our domain at all."""

    #: False: a stranger wants us to relay
    is_our_domain: bool
    #: True: it looks like a return path of ours, and we did not write it (T-24)
    is_forged_return_path: bool = False


Destination = (
    AliasDestination
    | ContactDestination
    | RecordOnlyDestination
    | MailboxTestDestination
    | RoleDestination
    | ReturnPathDestination
    | ActionDestination
    | UnknownDestination
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveredBefore:
    """An earlier record of the same mail, found by its dedupe key."""

    #: the record of the first time
    record_id: RecordId


@dataclass(frozen=True, slots=True, kw_only=True)
class Pardon:
    """What a person decided about a held message: these reasons no longer hold it."""

    #: True: the author is taken as proven (`held release`, or "was this you?" confirmed)
    author_confirmed: bool = False
    #: True: rules and spam are waved through by a person
    content_released: bool = False
    #: True: its author wants it to go without what its rules stop
    without_offence: bool = False
    #: why its author starts it, as he said afterwards; None where he said nothing
    reason: Reason | None = None
    #: True: a person looked at what the leak gate found in this message and lets it go
    leak_accepted: bool = False
    #: True: a person lets files go that could not be looked into, or are made to hurt; what can be seen is still gated
    files_accepted: bool = False
    #: True: nothing was wrong with it; it was kept while its seller's messaging was switched off (S-17)
    was_kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """Who else got the text of this message from its author, by keyed hashes; the record of the message keeps them."""

    #: of the author and the text
    text_hash: bytes
    #: of the same and the reader
    reader_hash: bytes
    #: aware UTC: when each other reader got it last, newest first, as far as the newest 500 mails tell
    sent_at: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How much a seller wrote of late that went out, waits for a person, or is being looked into (T-46)."""

    #: to all buyers in the 60 minutes before, counted to 1,000
    in_hour: int = 0
    #: to all buyers in the 7 days before this hour of the clock began, counted to 20,000; 0 where `in_hour` is below 50
    in_week: int = 0
    #: to this buyer in this conversation in the 60 minutes before, counted to 500
    in_thread_in_hour: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything about one message at one forward-path."""

    #: aware UTC of the decision; equals the time of receipt except for a release
    now: datetime
    #: as it came in
    envelope: Envelope
    #: the addr-spec of RCPT TO this is about
    forward_path: str
    #: what is known of the origin
    auth: AuthResults
    #: what `forward_path` means here
    destination: Destination
    #: domains of all marketplaces, lower case: an author there is refused (D9)
    our_domains: frozenset[str] = frozenset()
    #: host of our public pages, lower case: links to it stand in mail of ours and come back in quotes; "" for none
    public_host: str = ""
    #: the marketplace of the destination; None for role, return-path, action and unknown destinations
    marketplace: Marketplace | None = None
    #: the party whose active mailbox is the From addr-spec, among those the destination allows; None for a stranger
    author: Seller | Buyer | None = None
    #: a person of this market by that mailbox, at a record-only door or contact address, when not the alias's author
    seller: Seller | None = None
    #: the same for a buyer
    buyer: Buyer | None = None
    #: the alias written to, and the one that stands for the author towards the reader; None until minted
    alias: Alias | None = None
    #: the alias that stands for the author towards the reader; None until minted
    alias_of_author: Alias | None = None
    #: threads of the pair, newest first, at most 20
    threads: tuple[Thread, ...] = ()
    #: threads of the pair that hold one of the message's In-Reply-To or References ids, best match first
    threads_by_id: tuple[ThreadId, ...] = ()
    #: orders and offers of the pair (for a contact: those the tag or subject may name), newest first, at most 50
    orders: tuple[Order, ...] = ()
    #: offers of the pair, likewise
    offers: tuple[Offer, ...] = ()
    #: what this mail at this forward-path is known by, the same for each arrival of it (design.md §2, Dedupe)
    dedupe_key: bytes = b""
    #: set when the same mail was accepted before
    duplicate_of: DeliveredBefore | None = None
    #: texts that were delivered to this author in this thread, newest first; None when not loaded (D11)
    history: tuple[str, ...] | None = None
    #: what speaks for and against a message that its seller starts; None when not loaded
    outreach: OutreachHistory | None = None
    #: who else got this text; None when not loaded
    copies: Copies | None = None
    #: how much its author wrote of late; None when not loaded
    pace: Pace | None = None
    #: True when a trusted front called it spam
    is_spam: bool = False
    #: what a person waved through
    pardon: Pardon = Pardon()
    #: what the files of the message are and say; None while nobody looked into them
    screened: Screened | None = None
    #: True while earlier mail of these two people is looked into: this one waits behind it
    is_behind: bool = False

    @property
    def is_trial(self) -> bool:
        """True for mail that is only tried: nothing of it goes out, is held, or counts."""
        return isinstance(self.destination, AliasDestination) and self.destination.is_trial

    @property
    def counted_from(self) -> datetime:
        """What clocks count from: the time of receipt, however long files were looked into or messaging was switched
        off; else of the release."""
        return self.envelope.received_at if self.pardon == Pardon() or self.pardon.was_kept else self.now

    @property
    def author_role(self) -> Role | None:
        """Which side the author stands on; None for a stranger."""
        if self.author is None:
            return None
        return Role.SELLER if isinstance(self.author, Seller) else Role.BUYER
