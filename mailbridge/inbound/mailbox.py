"""MailboxReader: what is done with the mails that lie in a mailbox (cases.md W7, D2; threats.md F-05, F-32).

Offers each mail to the path and puts it away only after the path took or refused it for good; what could not be decided
stays and is offered again later; one bad mail never stops the others. Sees the server only as a `MailSession`: knows no
IMAP, no network.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Protocol

from mailbridge import failpoints
from mailbridge.domain.envelope import Door, Envelope, Peer
from mailbridge.domain.ids import QueueId
from mailbridge.domain.reply import MESSAGE_TOO_BIG, NO_VALID_RECIPIENTS, Reply
from mailbridge.events import Event, emit, frames_of
from mailbridge.inbound.cursor import Cursor, CursorStore
from mailbridge.inbound.entrance import Entrance
from mailbridge.inbound.reasons import reason_of
from mailbridge.inbound.recovery import HeaderBlock

_FIRST_PAUSE_SECONDS = 30.0
_LONGEST_PAUSE_SECONDS = 3600.0
_ANY_LINE_END = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxSettings:
    """One mailbox that is read."""

    #: the number of its table in the settings, from 1: its name in the log
    number: int
    host: str
    port: int
    #: "none", "required" (STARTTLS) or "implicit"
    tls: str
    #: PEM file of the certificates to check the server by; None: the system's
    ca_file: str | None = None
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    #: where mail goes that the path took
    done_folder: str
    #: where mail goes that nobody here is to get: for a person to look at
    refused_folder: str
    #: header fields that name the envelope recipient, best first
    recipient_fields: tuple[str, ...]
    #: the receiving server's Authentication-Results and spam field may be believed
    is_trusted_front: bool = False
    #: longest time between two looks
    poll: timedelta
    #: bigger mails are not fetched
    message_octets: int
    #: longest silence of the server where an answer is due: a dead connection is noticed by it (F-31)
    answer_within: timedelta = timedelta(minutes=1)

    @property
    def name(self) -> str:
        """Names the cursor: another server, user or folder is another mailbox."""
        return f"{self.user}@{self.host}-{self.port}-{self.folder}"


@dataclass(frozen=True, slots=True)
class Listed:
    """A mail as the folder lists it."""

    uid: int
    size_octets: int
    #: tells it from another mail that got the same UID
    stamp: str


class FolderRefused(Exception):
    """The server would not move a mail; the connection is sound."""


class MailSession(Protocol):
    """One connection to the mailbox. Whatever breaks it is raised and ends the round."""

    def select(self) -> int:
        """Look at the folder anew; its UIDVALIDITY."""

    def listing(self) -> list[Listed]:
        """Every mail in the folder."""

    def content(self, uid: int) -> bytes | None:
        """The octets of a mail, one more than the limit at most; None when it is gone. Does not mark it seen."""

    def put_away(self, uid: int, folder: str) -> None:
        """Move a mail; raises FolderRefused."""


@dataclass(frozen=True, slots=True)
class _Decision:
    """What became of one mail."""

    #: where it goes; None: it stays and is offered again
    folder: str | None
    #: named reason, for the log
    result: str
    queue_id: QueueId


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A mail that stays for now."""

    attempts: int
    #: by the monotonic clock, in seconds
    due: float


class MailboxReader:
    """Reads one mailbox round by round; used by one thread."""

    def __init__(
        self, entrance: Entrance, settings: MailboxSettings, cursors: CursorStore, *, monotonic: Callable[[], float]
    ) -> None:
        self._entrance = entrance
        self._settings = settings
        self._cursors = cursors
        self._monotonic = monotonic
        self._waiting: dict[int, _Waiting] = {}
        self._cursor = cursors.load(settings.name) or Cursor(uid_validity=0, uid=0)

    def round(self, session: MailSession, *, is_stopping: Callable[[], bool] = lambda: False) -> int:
        """Deal with every mail that is there and due; how many there were. Raises what the session raises."""
        before = self._cursor
        uid_validity = session.select()
        if uid_validity != self._cursor.uid_validity:
            # RFC 3501 §2.3.1.1: all numbers are new. Whatever lies there is offered again; the path knows what it has.
            self._cursor = Cursor(uid_validity=uid_validity, uid=0)
            self._waiting.clear()
        listing = sorted(session.listing(), key=lambda listed: listed.uid)
        self._forget_gone({listed.uid for listed in listing})
        due = [listed for listed in listing if self._is_due(listed.uid)]
        try:
            for listed in due:
                if is_stopping():
                    break
                self._deal_with(session, listed)
        finally:
            if self._cursor != before:
                self._cursors.save(self._settings.name, self._cursor)
        return len(due)

    def next_due(self) -> float | None:
        """Seconds until a waiting mail is due; None without one."""
        if not self._waiting:
            return None
        return max(0.0, min(waiting.due for waiting in self._waiting.values()) - self._monotonic())

    def _forget_gone(self, present: set[int]) -> None:
        self._waiting = {uid: waiting for uid, waiting in self._waiting.items() if uid in present}
        settled = {uid: stamp for uid, stamp in self._cursor.settled.items() if uid in present}
        self._cursor = replace(self._cursor, settled=settled)

    def _is_due(self, uid: int) -> bool:
        waiting = self._waiting.get(uid)
        return waiting is None or waiting.due <= self._monotonic()

    def _deal_with(self, session: MailSession, listed: Listed) -> None:
        self._cursor = replace(self._cursor, uid=max(self._cursor.uid, listed.uid))
        decision = self._settled_before(listed)
        if decision is None:
            decision = self._decide(session, listed)
        if decision is None:
            return
        failpoints.hit("imap.committed")
        if decision.folder is None:
            self._wait(listed.uid)
            return
        self._put_away(session, listed, decision)

    def _settled_before(self, listed: Listed) -> _Decision | None:
        folder, _, stamp = self._cursor.settled.get(listed.uid, "").partition("|")
        return _Decision(folder, "moved_late", QueueId("")) if folder and stamp == listed.stamp else None

    def _decide(self, session: MailSession, listed: Listed) -> _Decision | None:
        """None when the mail is gone, or can not be had now."""
        if listed.size_octets > self._settings.message_octets:
            return self._refused(self._entrance.new_queue_id(), MESSAGE_TOO_BIG)
        content = session.content(listed.uid)
        if content is None:
            self._wait(listed.uid)
            return None
        if len(content) > self._settings.message_octets:
            return self._refused(self._entrance.new_queue_id(), MESSAGE_TOO_BIG)
        failpoints.hit("imap.fetched")
        queue_id = self._entrance.new_queue_id()
        try:
            return self._offer(queue_id, content)
        except Exception as error:  # noqa: BLE001 - one bad mail must not stop the rest (cases.md D2)
            self._entrance.fault(queue_id, error)
            emit(
                Event.IMAP_MESSAGE_FAILED,
                mailbox=self._settings.number,
                uid=listed.uid,
                incident=queue_id,
                error=type(error).__name__,
                frames=frames_of(error),
            )
            return _Decision(None, "internal_fault", queue_id)

    def _offer(self, queue_id: QueueId, content: bytes) -> _Decision:
        header = HeaderBlock(content)
        forward_paths, refusal = self._recipients_of(header)
        if refusal is not None:
            return self._stays_or_refused(queue_id, refusal)
        replies = self._entrance.receive(
            Envelope(
                queue_id=queue_id,
                door=Door.IMAP,
                reverse_path=header.reverse_path(),
                forward_paths=forward_paths,
                content=_with_crlf(content),
                received_at=self._entrance.clock(),
                peer=Peer(ip=None, helo=None, is_trusted_front=self._settings.is_trusted_front),
            )
        )
        if len(replies) != len(forward_paths):
            raise ValueError(f"{len(replies)} replies for {len(forward_paths)} forward-paths")
        transient = next((reply for reply in replies if reply.is_transient), None)
        if transient is not None:
            return _Decision(None, reason_of(transient), queue_id)
        reply = next((reply for reply in replies if reply.is_positive), None)
        if reply is not None:
            return _Decision(self._settings.done_folder, reason_of(reply), queue_id)
        return self._refused(queue_id, replies[0])

    def _recipients_of(self, header: HeaderBlock) -> tuple[tuple[str, ...], Reply | None]:
        """The addresses of ours, by the best field that names any; else why not."""
        transient: Reply | None = None
        for addr_specs in header.recipients(self._settings.recipient_fields):
            replies = [(addr_spec, self._entrance.admit(addr_spec)) for addr_spec in addr_specs]
            admitted = tuple(addr_spec for addr_spec, reply in replies if reply.is_positive)
            transient = transient or next((reply for _, reply in replies if reply.is_transient), None)
            if transient is None and admitted:
                return admitted, None
        return (), transient or NO_VALID_RECIPIENTS

    def _stays_or_refused(self, queue_id: QueueId, reply: Reply) -> _Decision:
        return _Decision(None, reason_of(reply), queue_id) if reply.is_transient else self._refused(queue_id, reply)

    def _refused(self, queue_id: QueueId, reply: Reply) -> _Decision:
        return _Decision(self._settings.refused_folder, reason_of(reply), queue_id)

    def _wait(self, uid: int) -> None:
        attempts = self._waiting[uid].attempts + 1 if uid in self._waiting else 1
        pause = min(_LONGEST_PAUSE_SECONDS, _FIRST_PAUSE_SECONDS * 2.0 ** min(attempts - 1, 10))
        self._waiting[uid] = _Waiting(attempts, self._monotonic() + pause)

    def _put_away(self, session: MailSession, listed: Listed, decision: _Decision) -> None:
        folder = decision.folder or self._settings.refused_folder
        try:
            session.put_away(listed.uid, folder)
        except FolderRefused:
            # It is dealt with: only the moving is tried again, and never the whole mail again while the server says it
            # is the same one.
            settled = self._cursor.settled | {listed.uid: f"{folder}|{listed.stamp}"}
            self._cursor = replace(self._cursor, settled=settled)
            self._wait(listed.uid)
            return
        failpoints.hit("imap.moved")
        self._waiting.pop(listed.uid, None)
        settled = {uid: stamp for uid, stamp in self._cursor.settled.items() if uid != listed.uid}
        self._cursor = replace(self._cursor, settled=settled)
        emit(
            Event.IMAP_MESSAGE_MOVED,
            queue_id=decision.queue_id,
            mailbox=self._settings.number,
            uid=listed.uid,
            result=decision.result,
            folder=folder,
        )


def _with_crlf(content: bytes) -> bytes:
    lines = content.count(b"\r\n")
    if content.count(b"\n") == lines and content.count(b"\r") == lines:
        return content
    return _ANY_LINE_END.sub(b"\r\n", content)
