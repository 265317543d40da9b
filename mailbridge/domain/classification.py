"""Classification: what kind of mail this is, and what a bounce says of whom (RFC 3464, RFC 5965, RFC 3834).

Found by `message/classification.py`. Says nothing of what becomes of the mail: that is `policy/`.
"""

import enum
from dataclasses import dataclass

from mailbridge.domain.reply import DsnAction, EnhancedStatus


class MailKind(enum.Enum):
    """Who or what wrote a mail, by everything that speaks for it: header, address, subject and words.

    A guess where no header field says so, and so it never stops a mail by itself (cases.md B4): that is `Automatic`.
    """

    PERSON = "person"
    #: posted to a mailing list, or to many (RFC 2919, RFC 2369)
    LIST = "list"
    #: a notification: an order, a parcel, a login, a challenge to confirm
    NOTIFICATION = "notification"
    #: a notification of the marketplace's own; only where the marketplace is known (`policy/kinds.py`)
    MARKET = "market"
    #: a vacation note, or another automatic answer (RFC 3834)
    AUTOREPLY = "autoreply"
    #: a delivery failed, or is late (RFC 3464)
    BOUNCE = "bounce"
    #: a delivery went well (RFC 3464), or was read (RFC 8098)
    RECEIPT = "receipt"
    #: a reader complained to his provider (RFC 5965)
    FEEDBACK = "feedback"

    @property
    def is_automatic(self) -> bool:
        """True for what no person wrote to us alone: it gets no automatic answer (RFC 3834 §2)."""
        return self is not MailKind.PERSON


class FailureReason(enum.Enum):
    """Why a delivery failed or is late, in the names that readers of bounces share."""

    USER_UNKNOWN = "userunknown"
    HOST_UNKNOWN = "hostunknown"
    HAS_MOVED = "hasmoved"
    #: the domain or host takes no mail at all (RFC 7504, RFC 7505)
    NOT_ACCEPT = "notaccept"
    MAILBOX_FULL = "mailboxfull"
    #: the mailbox is there and closed for the time being
    SUSPENDED = "suspend"
    #: the mail passed a limit of the mailbox
    EXCEEDS_LIMIT = "exceedlimit"
    #: the mail is larger than the server takes
    TOO_BIG = "mesgtoobig"
    SPAM = "spamdetected"
    VIRUS = "virusdetected"
    #: the host that sends, or its address, stands on a list or has no good name
    BLOCKED = "blocked"
    BAD_REPUTATION = "badreputation"
    REQUIRES_PTR = "requireptr"
    #: SPF, DKIM or DMARC
    AUTHENTICATION = "authfailure"
    POLICY = "policyviolation"
    #: the author or the reverse-path is refused
    REJECTED = "rejected"
    #: the reader, or his filter, refuses this mail
    FILTERED = "filtered"
    NO_RELAYING = "norelaying"
    SECURITY = "securityerror"
    TLS = "failedstarttls"
    NOT_COMPLIANT = "notcompliantrfc"
    SYNTAX = "syntaxerror"
    CONTENT = "contenterror"
    TOO_FAST = "speeding"
    TOO_MANY_CONNECTIONS = "toomanyconn"
    EXPIRED = "expired"
    NETWORK = "networkerror"
    SYSTEM = "systemerror"
    SYSTEM_FULL = "systemfull"
    #: a program that should have delivered it failed
    MAILER = "mailererror"
    #: an earlier bounce or complaint keeps the provider from trying
    SUPPRESSED = "suppressed"
    #: it says that it failed, and not why
    ON_HOLD = "onhold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What a bounce says of one recipient."""

    #: addr-spec as the report names it, without angle brackets; "" where it names none
    recipient: str
    #: FAILED or DELAYED
    action: DsnAction
    #: as reported, else what RFC 3463 has for the reason
    status: EnhancedStatus
    #: why, as far as the report tells
    reason: FailureReason
    #: True where the address itself is dead: nobody there, no such host, moved, no mail taken. Other failures pass, or
    #: are about the mail
    is_hard: bool
    #: what the far server said, one line; for admins only (T-51)
    diagnostic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """What kind of mail this is."""

    #: who or what wrote it, by everything that speaks for it
    kind: MailKind = MailKind.PERSON
    #: of a bounce, one for each recipient that it names, in its order
    failures: tuple[Failure, ...] = ()
    #: of a feedback report: abuse, fraud, not-spam ... (RFC 5965 §3.1); "" for any other mail
    feedback_type: str = ""

    @property
    def lost(self) -> Failure | None:
        """The first failure for good, where the mail tells of any; a delay is none (RFC 3464 §2.3.3)."""
        return next((failure for failure in self.failures if failure.action is DsnAction.FAILED), None)


#: what a message is until somebody looked
UNCLASSIFIED = Classification()
