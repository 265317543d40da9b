"""Entrance: what every door is given of the path, so that SMTP, LMTP and IMAP can not come to differ.

Says nothing of sockets or mailboxes. The callables are synchronous; the doors call them on threads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mailbridge.domain.envelope import Envelope
from mailbridge.domain.ids import QueueId
from mailbridge.domain.reply import INTERNAL_FAULT, Reply
from mailbridge.events import Event, emit, frames_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """The one entrance for all mail (design.md §2)."""

    #: takes a mail for good or refuses it: one reply per forward-path, in order; may block, may raise
    receive: Callable[[Envelope], tuple[Reply, ...]]
    #: says at RCPT time whether mail to this addr-spec would be looked at; may block, may raise
    admit: Callable[[str], Reply]
    #: the one reply of SMTP for several recipients (design.md §2, "Several recipients")
    fold: Callable[[tuple[Reply, ...]], Reply]
    #: a new id for a mail, sortable by time
    new_queue_id: Callable[[], QueueId]
    #: aware UTC
    clock: Callable[[], datetime]
    #: told of every exception of `receive` and `admit`, after it was logged: the place to stop accepting (F-14)
    on_fault: Callable[[BaseException], None]

    def fault(self, incident: str, error: BaseException) -> Reply:
        """Report an exception of ours; what the client hears is transient and tells nothing but the id (I7)."""
        emit(Event.FAULT, incident=incident, where="inbound", error=type(error).__name__, frames=frames_of(error))
        self.on_fault(error)
        return INTERNAL_FAULT.with_incident(incident)
