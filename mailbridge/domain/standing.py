"""Standing: what a seller may still do after breaches of rules (S-26, S-28).

Which breach leads where is the ladder of the market; see `policy/standing.py`.
"""

import enum
from dataclasses import dataclass
from datetime import datetime


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction:
    """One step that a seller stands on."""

    #: which one
    step: Step
    #: aware UTC
    at: datetime
    #: aware UTC of its end; None: until a person lifts it
    until: datetime | None = None

    def is_in_force(self, now: datetime) -> bool:
        """False once its time is over."""
        return self.until is None or now < self.until
