"""One party's mailbox, read over IMAP as a client would: wait for mail, look at it, move nothing."""

import time
from types import TracebackType
from typing import Self

import imapclient

from tests.peers.dovecot import PASSWORD


class Mailbox:
    """INBOX of one address; a context manager."""

    def __init__(self, addr_spec: str, *, port: int) -> None:
        self.addr_spec = addr_spec
        self._port = port
        self._seen: set[int] = set()

    def __enter__(self) -> Self:
        self._client = imapclient.IMAPClient("127.0.0.1", port=self._port, ssl=False, timeout=30)
        self._client.login(self.addr_spec, PASSWORD)
        self._client.select_folder("INBOX")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.logout()

    def new_mail(self, *, within_s: float = 90.0) -> bytes:
        """The octets of the next mail that was not returned before; AssertionError when none comes."""
        deadline = time.monotonic() + within_s
        while not (fresh := self._fresh()):
            left = deadline - time.monotonic()
            if left <= 0:
                raise AssertionError(f"no new mail in the mailbox within {within_s:g} s")
            self._idle(min(left, 1.0))
        self._seen.add(fresh[0])
        return self._fetch(fresh[0])

    def count(self) -> int:
        """How many mails are there now."""
        self._client.noop()
        return len(self._client.search("ALL"))

    def _fresh(self) -> list[int]:
        self._client.noop()  # without it a server may answer from the state of the last command
        return [uid for uid in sorted(self._client.search("ALL")) if uid not in self._seen]

    def _idle(self, seconds: float) -> None:
        self._client.idle()
        try:
            self._client.idle_check(timeout=seconds)
        finally:
            self._client.idle_done()

    def _fetch(self, uid: int) -> bytes:
        octets = self._client.fetch([uid], ["BODY.PEEK[]"])[uid][b"BODY[]"]
        assert isinstance(octets, bytes)
        return octets
