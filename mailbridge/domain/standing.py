"""Standing: what a seller may still do after breaches of rules (S-26, S-28).

Which breach leads where is the ladder of the market; see `policy/standing.py`.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mailbridge.domain.ids import RecordId, RuleId, SanctionId, SellerId
from mailbridge.domain.verdict import Severity

#: who took a step that no ladder took
BY_PERSON = "person"


class Step(enum.Enum):
    """The steps of a ladder, in order."""

    #: told, nothing more
    REMINDED = "reminded"
    WARNED = "warned"
    #: may answer, may start nothing
    BARRED = "barred"
    #: nothing of his is relayed
    SUSPENDED = "suspended"
    #: the same for good
    CLOSED = "closed"

    @property
    def rank(self) -> int:
        """Its place in that order, from 0."""
        return _ORDER.index(self)

    @property
    def stops_everything(self) -> bool:
        """True where nothing of the seller's is relayed, what is queued included."""
        return self in {Step.SUSPENDED, Step.CLOSED}


_ORDER = tuple(Step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One rule that refused one message of a seller, or would have, had it not gone to the buyer directly."""

    #: the message
    record_id: RecordId
    #: the rule, by the name its pack gives it
    rule: RuleId
    #: how bad it is
    severity: Severity
    #: aware UTC of the receipt
    at: datetime
    #: True: a person found that it was none
    is_dismissed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBreaches:
    """What one message of a seller breaks."""

    #: its author
    seller_id: SellerId
    #: each rule once
    breaches: tuple[Breach, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One message that a step was taken for."""

    #: the message
    record_id: RecordId
    #: the rules that it broke
    rules: tuple[RuleId, ...]
    #: what it weighed on the ladder
    points: int
    #: aware UTC of the receipt
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction:
    """One step that was taken against a seller."""

    #: ours
    id: SanctionId
    #: which one
    step: Step
    #: aware UTC
    at: datetime
    #: aware UTC of its end; None: until a person lifts it
    until: datetime | None = None
    #: aware UTC; None: nobody lifted it
    lifted_at: datetime | None = None
    #: id of the ladder that took it, or BY_PERSON
    by: str = BY_PERSON
    #: which step of that ladder it was, from 0; None: a person took it
    rung: int | None = None
    #: the points that the ladder asked for; 0 where a person took it
    needed: int = 0
    #: the messages that made them up
    grounds: tuple[Ground, ...] = ()
    #: a person's reason, in his words
    why: str = ""

    def is_in_force(self, now: datetime) -> bool:
        """False once it was lifted or its time is over."""
        return self.lifted_at is None and (self.until is None or now < self.until)


def strictest(sanctions: Iterable[Sanction], now: datetime) -> Sanction | None:
    """Where a seller stands: the strictest that is in force, of equals the one that lasts longest; None for none."""
    in_force = [sanction for sanction in sanctions if sanction.is_in_force(now)]
    return max(in_force, key=_strictness, default=None)


def _strictness(sanction: Sanction) -> tuple[int, bool, float]:
    until = sanction.until
    return (sanction.step.rank, until is None, 0.0 if until is None else until.timestamp())
