"""Values that go into and come out of `store/reviews.py`: what a person is to look at, and figures of conduct."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mailbridge.domain.ids import RecordId, ReviewId, RuleId, SanctionId, SellerId
from mailbridge.domain.parties import Buyer, Marketplace, Seller
from mailbridge.domain.reviews import Found, ReviewKind
from mailbridge.domain.standing import NewBreaches, Sanction
from mailbridge.domain.thread import Thread
from mailbridge.policy.plan import HoldReason

#: what a refused message waits for whose author asked for it; no row of the reviews
SECOND_LOOK: Final = HoldReason.SECOND_LOOK.value


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReview:
    """What a person is to look at, because a mail asks for it or is it."""

    id: ReviewId
    kind: ReviewKind
    #: whose message it is, or against whom the step was taken
    seller_id: SellerId
    #: of a report, and of a direct mail: the message
    record_id: RecordId | None = None
    #: of an appeal: the step
    sanction_id: SanctionId | None = None
    #: the mail that asks; of a direct mail itself
    asked_in: RecordId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSubject:
    """What is looked at, with its people."""

    marketplace: Marketplace
    seller: Seller
    #: of a message: who got it, and in which conversation; None of a direct mail outside of any
    buyer: Buyer | None = None
    thread: Thread | None = None
    #: of a message, aware UTC: when the message came
    written_at: datetime | None = None
    #: of an appeal: the step
    sanction: Sanction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One report, appeal or direct mail on record."""

    id: ReviewId
    kind: ReviewKind
    record_id: RecordId | None
    sanction_id: SanctionId | None
    #: the mail that asked
    asked_in: RecordId
    #: aware UTC
    at: datetime
    subject: ReviewSubject
    #: references, the market's own
    marketplace: str
    seller: str
    #: None while nobody decided
    settled_at: datetime | None = None
    found: Found | None = None
    #: what the person who decided gave as reason
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits for a person, of one kind."""

    #: value of ReviewKind, or SECOND_LOOK
    kind: str
    count: int = 0
    #: aware UTC: since when the oldest waits; None where none does
    since: datetime | None = None

    def age_s(self, now: datetime) -> int:
        """Whole seconds that the oldest waits; 0 where none does."""
        return max(0, int((now - self.since).total_seconds())) if self.since is not None else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What a person decides about a review."""

    id: ReviewId
    seller_id: SellerId
    found: Found
    why: str
    #: of a message that is found in breach
    breaches: NewBreaches | None = None
    #: messages that were found to break nothing
    dismisses: tuple[RecordId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConductFigures:
    """How often rules were broken and people asked, by one seller, by one rule of his."""

    #: references, the market's own
    marketplace: str
    seller: str
    #: `RULE_OF_REPORTS` for what was found after a report
    rule: RuleId
    #: messages to buyers that an enforced rule refused
    refused: int = 0
    #: those of them, and of direct mails and reported messages, that are breaches on record
    breaches: int = 0
    #: breaches that a person found to be none
    dismissed: int = 0
    #: reports of buyers; under `RULE_OF_REPORTS` only
    reported: int = 0
