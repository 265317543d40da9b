"""Honest MTAs that send to the bridge: each keeps a mail until it is answered 250, and tries again until then.

Only what is answered 250 to the final dot is acknowledged; from then on the mail is the bridge's (RFC 5321 §6.1).
"""

import smtplib
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.peers.injector import Client

_TRANSIENT = (OSError, smtplib.SMTPException)
_RETRY_S = 0.03


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to be sent."""

    token: str
    reverse_path: str
    forward_path: str
    octets: bytes


@dataclass(slots=True)
class HonestMta:
    """Sends its mails one after the other, on a thread of its own."""

    port: int
    mails: Iterable[Mail]
    #: token -> the mail that was answered 250
    acknowledged: dict[str, Mail] = field(default_factory=dict)
    #: token -> how often it was handed over as far as the first command
    attempts: dict[str, int] = field(default_factory=dict)
    #: what was refused for good: an honest mail never is
    refused: list[str] = field(default_factory=list)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to send."""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def finish(self, *, within_s: float = 60.0) -> None:
        """Take no new mail, and return when the one in hand is acknowledged."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(within_s)
            assert not self._thread.is_alive(), "a mail is still not taken"

    def _run(self) -> None:
        for mail in self.mails:
            if self._stopping.is_set():
                return
            while not self._attempt(mail):
                time.sleep(_RETRY_S)

    def _attempt(self, mail: Mail) -> bool:
        """One transaction; whether the mail is done with."""
        self.attempts[mail.token] = self.attempts.get(mail.token, 0) + 1
        client = Client(port=self.port, timeout_s=20)
        try:
            [answer] = client.send(mail.octets, reverse_path=mail.reverse_path, forward_paths=[mail.forward_path])
        except _TRANSIENT:
            return False
        if answer.is_accepted:
            self.acknowledged[mail.token] = mail
        elif not answer.is_transient:
            self.refused.append(f"{mail.token}: {answer.code} {answer.text}")
            return True
        return answer.is_accepted
