"""What `judge` asks for when a message can not be judged by the facts it was given: values only.

Nothing of it is read for every mail: it is asked for when a rule in force depends on it, and judged again with it.
"""

from dataclasses import dataclass, field

from mailbridge.domain.ids import BuyerId, SellerId, ThreadId
from mailbridge.domain.outreach import Outreach


@dataclass(frozen=True, slots=True, kw_only=True)
class FormText:
    """A text as it is compared with others of its author: see `policy/sametext.py`."""

    author: SellerId
    reader: BuyerId
    #: what a person wrote: never in a log
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceAsked:
    """Whose pace is asked for."""

    seller_id: SellerId
    #: the conversation that he writes in; None for a new one
    thread_id: ThreadId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What is missing: ask again with facts that have it. What is None is not missing."""

    #: the thread whose texts were delivered to the author (`Facts.history`): a check found something in a quote
    history_of: ThreadId | None = None
    #: the text whose copies to others count (`Facts.copies`): a rule asks who else got it
    copies_of: FormText | None = None
    #: the message that a seller starts (`Facts.outreach`): a rule asks what went before
    outreach_of: Outreach | None = None
    #: the seller whose pace counts (`Facts.pace`): a rule asks how much he wrote of late
    pace_of: PaceAsked | None = None
