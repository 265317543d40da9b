"""The IMAP door: a thread per mailbox that connects, waits for mail, and comes back after every kind of loss (F-31).

The only place that knows imapclient. What is done with a mail is in `mailbox.py`.
"""

import contextlib
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import imapclient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError
from imapclient.imapclient import SocketTimeout

from mailbridge.events import Event, emit
from mailbridge.inbound.cursor import CursorStore
from mailbridge.inbound.entrance import Entrance
from mailbridge.inbound.mailbox import FolderRefused, Listed, MailboxReader, MailboxSettings

_CONNECT_SECONDS = 15
#: one look at the socket while idling; a stop is heard between two
_IDLE_SLICE_SECONDS = 0.5
_LONGEST_IDLE_SECONDS = 300.0  # F-31: a look at the folder every five minutes, whatever IDLE says
_FIRST_PAUSE_SECONDS = 1.0
_LONGEST_PAUSE_SECONDS = 300.0
_LISTING_BATCH = 500
#: what a server may call a literal beyond the mail itself
_LITERAL_SLACK_OCTETS = 65_536

_LOSSES = (OSError, IMAPClientError, ssl.SSLError)


class ImapDoor:
    """Reads mailboxes until it is stopped."""

    def __init__(
        self,
        entrance: Entrance,
        mailboxes: Sequence[MailboxSettings],
        cursors: CursorStore,
        *,
        jitter: Callable[[], float],
    ) -> None:
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(
                target=_Poller(entrance, settings, cursors, jitter, self._stopping).run,
                name=f"mailbridge-imap-{settings.number}",
                daemon=True,
            )
            for settings in mailboxes
        ]

    def start(self) -> None:
        """Begin to read; a mailbox that can not be reached is tried again and again."""
        for thread in self._threads:
            thread.start()

    def stop(self, grace: timedelta) -> bool:
        """Finish the mails in hand; False when some still run after `grace`."""
        self._stopping.set()
        end = time.monotonic() + grace.total_seconds()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, end - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)


class _Poller:
    """The loop of one mailbox."""

    def __init__(
        self,
        entrance: Entrance,
        settings: MailboxSettings,
        cursors: CursorStore,
        jitter: Callable[[], float],
        stopping: threading.Event,
    ) -> None:
        self._settings = settings
        self._jitter = jitter
        self._stopping = stopping
        self._reader = MailboxReader(entrance, settings, cursors, monotonic=time.monotonic)
        self._losses = 0

    def run(self) -> None:
        """Connect, read, wait; after a loss pause and begin again."""
        while not self._stopping.is_set():
            try:
                self._read_until_lost()
            except Exception as error:  # noqa: BLE001 - a server's nonsense can raise anything in the library (T-86)
                self._pause(error)

    def _read_until_lost(self) -> None:
        session = _Session(self._settings)
        try:
            session.open()
            is_first = True
            while not self._stopping.is_set():
                count = self._reader.round(session, is_stopping=self._stopping.is_set)
                if is_first:
                    emit(Event.IMAP_CONNECTED, mailbox=self._settings.number, folder=self._settings.folder)
                    is_first = False
                self._losses = 0
                if count:
                    continue  # more may have come meanwhile
                due = self._reader.next_due()
                poll = min(self._settings.poll.total_seconds(), _LONGEST_IDLE_SECONDS)
                session.wait(poll if due is None else min(poll, due + 0.01), self._stopping)
        finally:
            session.close()

    def _pause(self, error: BaseException) -> None:
        self._losses += 1
        longest = min(_LONGEST_PAUSE_SECONDS, _FIRST_PAUSE_SECONDS * 2.0 ** min(self._losses - 1, 10))
        pause = longest * (0.5 + self._jitter() / 2)
        emit(
            Event.IMAP_LOST,
            mailbox=self._settings.number,
            error=type(error).__name__,
            next_attempt_s=round(pause, 1),
        )
        self._stopping.wait(pause)


class _Session:
    """One connection: `MailSession` in imapclient's words."""

    def __init__(self, settings: MailboxSettings) -> None:
        self._settings = settings
        self._client: Any = None
        self._names: dict[str, str] = {}
        self._count = 0
        self._can_idle = self._can_move = self._can_expunge_one = False

    def open(self) -> None:
        """Connect, make TLS, log in, make the folders."""
        settings = self._settings
        context = None if settings.tls == "none" else ssl.create_default_context(cafile=settings.ca_file)
        self._client = client = imapclient.IMAPClient(
            settings.host,
            port=settings.port,
            ssl=settings.tls == "implicit",
            ssl_context=context if settings.tls == "implicit" else None,
            timeout=SocketTimeout(connect=_CONNECT_SECONDS, read=settings.answer_within.total_seconds()),
        )
        self._bound_literals()
        if settings.tls == "required":
            # Raises where the server does not offer it: never a password in the clear (T-05).
            client.starttls(context)
        client.login(settings.user, settings.password)
        self._can_idle = client.has_capability("IDLE")
        self._can_move = client.has_capability("MOVE")
        self._can_expunge_one = client.has_capability("UIDPLUS")
        for name in (settings.done_folder, settings.refused_folder):
            self._names[name] = self._made(name)

    def close(self) -> None:
        """Take leave if it still can."""
        if self._client is not None:
            with contextlib.suppress(*_LOSSES, AssertionError):
                self._client.logout()
            with contextlib.suppress(*_LOSSES):
                self._client.shutdown()
            self._client = None

    def select(self) -> int:
        """See `MailSession`."""
        self._client.noop()  # without it fresh mail was not seen (dependencies.md §7)
        state = self._client.select_folder(self._settings.folder)
        self._count = int(state[b"EXISTS"])
        return int(state[b"UIDVALIDITY"])

    def listing(self) -> list[Listed]:
        """See `MailSession`."""
        # Deleted mail is what `put_away` left behind where a server can neither MOVE nor expunge one message alone.
        uids = sorted(self._client.search("UNDELETED"))
        listed = []
        for begin in range(0, len(uids), _LISTING_BATCH):
            batch = uids[begin : begin + _LISTING_BATCH]
            for uid, facts in self._client.fetch(batch, ["RFC822.SIZE", "INTERNALDATE"]).items():
                if b"RFC822.SIZE" in facts:
                    size = int(facts[b"RFC822.SIZE"])
                    listed.append(Listed(int(uid), size, f"{size} {facts.get(b'INTERNALDATE')}"))
        return listed

    def content(self, uid: int) -> bytes | None:
        """See `MailSession`."""
        # PEEK: being seen is the person's flag, not ours (cases.md W7). The range bounds an honest server's answer.
        facts = self._client.fetch([uid], [f"BODY.PEEK[]<0.{self._settings.message_octets + 1}>"]).get(uid, {})
        octets = facts.get(b"BODY[]<0>")
        return octets if isinstance(octets, bytes) else None

    def put_away(self, uid: int, folder: str) -> None:
        """See `MailSession`."""
        name = self._names[folder]
        try:
            if self._can_move:
                self._client.move([uid], name)
                return
            self._client.copy([uid], name)
            self._client.add_flags([uid], [imapclient.DELETED])
            if self._can_expunge_one:
                self._client.uid_expunge([uid])  # never a plain EXPUNGE: it would take other people's deletions along
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:
            raise FolderRefused from error

    def wait(self, seconds: float, stopping: threading.Event) -> None:
        """Return when mail may have come, at the latest after `seconds`."""
        if not self._can_idle:
            stopping.wait(seconds)
            return
        if self._was_told_of_more():
            return
        end = time.monotonic() + seconds
        self._client.idle()
        try:
            while not self._has_buffered() and not stopping.is_set() and (begun := time.monotonic()) < end:
                said = self._client.idle_check(min(_IDLE_SLICE_SECONDS, end - begun))
                if any(b"EXISTS" in words for words in said if isinstance(words, tuple)):
                    break
                if not said and time.monotonic() - begun < _IDLE_SLICE_SECONDS / 4:
                    break  # the library says nothing of a closed connection; ending the IDLE will
        finally:
            self._client.idle_done()

    def _has_buffered(self) -> bool:
        # The answer to IDLE and the first news may come in one packet. The library then reads the one, polls the
        # socket, and never hears the other, which lies in its own buffer (cases.md D5).
        connected = self._client.socket()
        connected.setblocking(False)
        try:
            return bool(self._client._imap.file.peek(1))  # noqa: SLF001 - as said
        except ssl.SSLWantReadError:
            return False
        finally:
            connected.settimeout(self._settings.answer_within.total_seconds())

    def _was_told_of_more(self) -> bool:
        # RFC 3501 §7: what came after the folder was selected may be told at the end of any command, and IDLE does not
        # tell it again. The library keeps such answers and shows them nowhere else.
        told = self._client._imap.untagged_responses.get("EXISTS", [])  # noqa: SLF001 - as said
        return bool(told) and int(told[-1]) > self._count

    def _made(self, name: str) -> str:
        """The folder's name in the server's own hierarchy (RFC 2342), made when missing."""
        prefix, delimiter = "", "/"
        if self._client.has_capability("NAMESPACE"):
            prefix, delimiter = self._client.namespace().personal[0]
        own = name.replace("/", delimiter or "/")
        if prefix and not own.startswith(prefix):
            own = prefix + own
        if not self._client.folder_exists(own):
            self._client.create_folder(own)
        return own

    def _bound_literals(self) -> None:
        # RFC 3501 §4.3: a literal says its own length, and the library reads as much as it is told (T-86).
        read = self._client._imap.read  # noqa: SLF001 - the one place to put the bound
        limit = self._settings.message_octets + _LITERAL_SLACK_OCTETS

        def bounded(size: int) -> bytes:
            if not 0 <= size <= limit:
                raise IMAPClientAbortError("literal out of bounds")
            octets: bytes = read(size)
            return octets

        self._client._imap.read = bounded  # noqa: SLF001 - as above
