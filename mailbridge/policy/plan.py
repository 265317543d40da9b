"""Plan: what shall happen to one message at one forward-path. Data only: kinds and fields, no octets, no ids.

`make_plan` (policy/planning.py) builds it from route and verdict; `path/post.py` renders and gates what it asks for;
`store/intake.py` writes it in one transaction.
"""

import enum
from dataclasses import dataclass
from datetime import timedelta

from mailbridge.domain.address import RealAddress
from mailbridge.domain.ids import OfferId, OrderId, ThreadId
from mailbridge.domain.parties import Direction
from mailbridge.domain.reply import Reply
from mailbridge.domain.thread import Area, ThreadState
from mailbridge.domain.verdict import Verdict
from mailbridge.policy.transitions import NotMoved


class Disposition(enum.Enum):
    """The one visible state that a message at one forward-path ends in (I1)."""

    RELAYED = "relayed"
    #: kept in the record, by design not relayed: record-only door, automatic mail
    RECORDED = "recorded"
    HELD = "held"
    #: its files are being looked into, its author may stop it yet, or it waits behind such mail; judged again when that
    #: is over
    SCREENING = "screening"
    #: 250 said, not relayed, the author gets a notice that explains
    REFUSED = "refused"
    #: 5yz said in the session; only the event is kept
    REJECTED = "rejected"
    #: 4yz said in the session; nothing is kept
    DEFERRED = "deferred"
    #: the same mail was accepted before
    DUPLICATE = "duplicate"
    #: sent on to the person in charge (postmaster@, abuse@, answers to notices)
    FORWARDED = "forwarded"
    #: a DSN at our return path was booked
    NOTED = "noted"
    #: an action address did its work
    CONFIRMED = "confirmed"


class HoldReason(enum.Enum):
    """Why a message waits for a person; each has a text in every language."""

    AUTHOR_UNPROVEN = "author_unproven"
    NEW_ADDRESS = "new_address"
    FIRST_CONTACT_UNPROVEN = "first_contact_unproven"
    SPAM = "spam"
    UNREADABLE = "unreadable"
    RULE = "rule"
    RULE_BROKEN = "rule_broken"
    #: refused by a rule; its author asked a person to look at it
    SECOND_LOOK = "second_look"
    #: nobody at the seller wants messages: kept for him, no person need do anything (S-17)
    MESSAGING_OFF = "messaging_off"
    #: a file of it could not be cleaned or looked into
    FILE = "file"
    LEAK_GATE = "leak_gate"
    GATE_BROKEN = "gate_broken"
    POISON = "poison"


class NoticeKind(enum.Enum):
    """Mail of ours to one side, templates/notice/<lang>/<value>.*"""

    REFUSED = "refused"
    HELD = "held"
    WARNED = "warned"
    #: delivered without what a rule cut out of it
    REPAIRED = "repaired"
    WAS_THIS_YOU = "was_this_you"
    #: to the author: what you wrote could not be delivered (neutral words)
    UNDELIVERABLE = "undeliverable"
    #: to the author of a direct mail that copied the market: what it breaks (S-73)
    DIRECT_MAIL = "direct_mail"
    #: to the author: encrypted mail is not passed on (T-56)
    ENCRYPTED = "encrypted"
    #: alias is muted or expired, the message was not relayed
    ALIAS_CLOSED = "alias_closed"
    #: to a party that wrote to test@: your mailbox works
    MAILBOX_TEST = "mailbox_test"
    #: to the author of a mail that was only tried: what would become of it
    TRIED = "tried"
    #: to the author: the conversation was not ended or opened again as he asked, and why
    NOT_MOVED = "not_moved"
    #: to a colleague at a seller: the conversation was not assigned as he asked, and to whom it can be
    NOT_ASSIGNED = "not_assigned"
    #: to the author: nobody of the shop wants messages now, it is kept (S-17)
    KEPT = "kept"
    #: to a colleague who may read only: what he wrote to a buyer is not passed on
    OBSERVER = "observer"
    #: to a seller: what he asked for by a one-use address or a word was not done, and why (N-11)
    NOT_DONE = "not_done"
    #: to a seller: his message goes out in a moment; how he stops it (N-15)
    UNDO_OFFERED = "undo_offered"
    #: to a seller: his message was stopped, with his words (N-15)
    UNDONE = "undone"
    #: to the author: conversations of this kind are begun by somebody else on this marketplace
    NOT_BEGUN = "not_begun"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice to the author of this message; sent only if he is authenticated and addressed us openly (§2)."""

    kind: NoticeKind
    #: language code
    language: str


class Trial(enum.Enum):
    """What would become of mail that is only tried."""

    DELIVERED = "delivered"
    #: delivered without what its rules stop
    REPAIRED = "repaired"
    HELD = "held"
    REFUSED = "refused"


class IntentKind(enum.Enum):
    """Something to be done later, checked again, rendered and gated when it falls due."""

    #: acknowledge the buyer's first contact (RFC 3834); once per thread
    ACKNOWLEDGE = "acknowledge"
    #: first-day mail to a seller: how to reply, limits; once per seller
    WELCOME = "welcome"
    #: "was this you?" to the registered mailbox; at most one per mailbox and day
    WAS_THIS_YOU = "was_this_you"
    #: daily list of held mail to the operator
    DIGEST = "digest"
    #: the author of a held message said "this was me": run it again with that pardon
    RELEASE_CONFIRMED = "release_confirmed"
    #: the author of a refused message asked for it to go without what its rules stop
    SEND_REPAIRED = "send_repaired"
    #: the author of a refused message says why he starts it: run it again with that reason
    SEND_WITH_REASON = "send_with_reason"
    #: to the author of a relayed message: what of his own words was taken out
    TELL_REMOVED = "tell_removed"
    #: to the author of a held message: a person looked at it, and it goes nowhere
    TELL_REFUSED = "tell_refused"
    #: to the other side: an automatic reply came, in neutral words (D19)
    TELL_AWAY = "tell_away"
    #: a message of a seller was refused, or found to be in order: does a step follow, or end?
    JUDGE_STANDING = "judge_standing"
    #: a suspension is over: what it kept back goes on
    END_SANCTION = "end_sanction"
    #: to a seller: which conversations wait for his answer soon
    DUE_SOON = "due_soon"
    #: to a seller: nobody of it wants messages any more, they are kept
    TELL_MESSAGING_OFF = "tell_messaging_off"
    #: a seller wants messages again: those that were kept go on
    DELIVER_KEPT = "deliver_kept"
    #: a conversation was silent for long: the marketplace is called to it, or it is closed
    SILENCE = "silence"
    #: somebody of a shop said that he is away, or there again: set it, and answer
    SAID_AWAY = "said_away"
    #: look into the files of a message that was taken, or that waited to be stopped, then judge it again
    SCREEN = "screen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What, and how long after the time of receipt."""

    kind: IntentKind
    after: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A thread that this message starts; ids and aliases are drawn by the path."""

    area: Area
    order_id: OrderId | None = None
    order_reference: str = ""
    offer_id: OfferId | None = None
    offer_reference: str = ""
    #: the marketplace's own number of the conversation, where it opens it; "" without one
    market_reference: str = ""
    #: True when the buyer is not known yet and gets a record from the authenticated From
    creates_buyer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """A colleague at the seller takes a conversation by a message."""

    mailbox: RealAddress
    #: True: nobody asked for it: who answers first takes what nobody has
    is_by_answer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Who writes to whom in which thread: the answer of `policy/resolve.py`."""

    direction: Direction
    #: the thread it continues; None with an opening
    thread_id: ThreadId | None = None
    opening: Opening | None = None
    #: True when nothing but "the newest open one" chose the thread: the seller is told (D7)
    is_uncertain: bool = False
    #: what the conversation becomes by this message; None: it stays as it is
    state: ThreadState | None = None
    #: why a change that its author asked for is not made
    not_moved: NotMoved | None = None
    #: who of the seller takes the conversation by this message; None: it stays with whoever has it
    taking: Taking | None = None
    #: True: its author asked for it to be assigned to somebody who is unknown, or may not take it
    is_not_assigned: bool = False
    #: True when an unproven first contact is relayed all the same, marked, by the market's setting
    is_unproven: bool = False

    @property
    def tells_not_moved(self) -> bool:
        """Whether the author hears that the conversation stays as it is: not where it is as he wants it."""
        return self.not_moved not in {None, NotMoved.SO_ALREADY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """The message goes no further than this; decided before or instead of rules."""

    disposition: Disposition
    reply: Reply
    #: named reason for log, console and tests, e.g. "author_not_a_party"
    reason: str
    hold: HoldReason | None = None
    #: known where the author is a party: lets a held message be shown in its thread
    route: Route | None = None
    notices: tuple[Notice, ...] = ()
    intents: tuple[Intent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What happens to one message at one forward-path."""

    forward_path: str
    disposition: Disposition
    #: what LMTP hears for this path; `policy/planning.fold` makes the one SMTP reply of all of them
    reply: Reply
    reason: str
    route: Route | None = None
    hold: HoldReason | None = None
    verdict: Verdict | None = None
    notices: tuple[Notice, ...] = ()
    intents: tuple[Intent, ...] = ()
    #: set for mail that is only tried
    trial: Trial | None = None
