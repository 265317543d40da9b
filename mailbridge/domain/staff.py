"""What a seller sets about each of its mailboxes: who uses it, what he may do, which mail of buyers comes to it (S-13).

A mailbox of which nothing was set works as if there were no staff: it may write, and the primary one gets the mail.
Who gets a message is decided in `policy/staff.py`.
"""

import enum
from dataclasses import dataclass
from datetime import datetime

from mailbridge.domain.address import RealAddress
from mailbridge.domain.area import Area


class StaffRole(enum.Enum):
    """What whoever uses a mailbox of a seller may do."""

    #: everything, also switch what the shop is told
    OWNER = "owner"
    #: answer buyers
    AGENT = "agent"
    #: read; what he writes to buyers is refused
    OBSERVER = "observer"


class Gets(enum.Enum):
    """Which messages of buyers come to a mailbox."""

    ALL = "all"
    #: those in conversations of some areas, and what is assigned to it
    AREAS = "areas"
    #: what is assigned to it
    ASSIGNED = "assigned"
    #: none: messaging is switched off for it (S-17)
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffTerms:
    """What was set about one mailbox."""

    #: for colleagues and commands, never for buyers; "" for none
    name: str = ""
    #: what its user may do
    role: StaffRole = StaffRole.OWNER
    #: which mail comes; None while nobody said: all to the primary mailbox, to others what is assigned to them
    gets: Gets | None = None
    #: with `Gets.AREAS`: which
    areas: tuple[Area, ...] = ()
    #: True: it gets a copy of what colleagues answer (U5)
    copies: bool = False
    #: aware UTC: its user is away until then; None while he is there
    away_until: datetime | None = None
    #: mailbox of the colleague who gets its mail meanwhile; None for nobody
    stand_in: RealAddress | None = None


#: nothing was set
NO_TERMS = StaffTerms()
