"""What the store is given about the staff of sellers: values only, no SQL."""

from dataclasses import dataclass

from mailbridge.domain.address import RealAddress
from mailbridge.domain.ids import RecordId, ThreadId


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who takes a conversation from now on."""

    thread_id: ThreadId
    #: mailbox of a colleague at its seller; None: nobody has it any more
    mailbox: RealAddress | None
    #: "command", "word" (in a reply), "answer" (the first one takes it) or "action" (a one-use address)
    by: str
    #: the mail that says so
    record_id: RecordId | None = None
    #: True: only where nobody has it
    only_if_free: bool = False
