"""Deadline: how long a conversation may wait for its client, phase by phase (T-11).

Says whether a wait is over; what is done then is in `smtp.py`. The path's own work has no deadline here:
whoever waits inside it (database, DNS) has one of its own.
"""

import enum
from collections.abc import Callable
from datetime import timedelta

from mailbridge.inbound.data_reader import DataReader
from mailbridge.inbound.limits import Limits

_CLOSING = timedelta(seconds=5)


class Phase(enum.Enum):
    """What a conversation waits for."""

    COMMAND = enum.auto()
    DATA = enum.auto()
    WORK = enum.auto()
    TLS = enum.auto()
    CLOSING = enum.auto()


class Deadline:
    """The one clock of a conversation; cheap to set, looked at by the listener's sweep."""

    __slots__ = ("_at", "_limits", "_now", "_reader", "_seen", "_since", "phase")

    def __init__(self, limits: Limits, now: Callable[[], float]) -> None:
        self._limits = limits
        self._now = now
        self._reader: DataReader | None = None
        self._seen = 0
        self.phase = Phase.COMMAND
        self._since = self._at = 0.0
        self.command()

    def command(self) -> None:
        """The client is to send a command, or to take what we sent."""
        self._enter(Phase.COMMAND, self._limits.command_timeout)

    def data(self, reader: DataReader) -> None:
        """The client is to send a message, which `reader` counts."""
        self._reader, self._seen = reader, 0
        self._enter(Phase.DATA, self._limits.data_window)

    def work(self) -> None:
        """The client waits for us."""
        self._reader = None
        self.phase = Phase.WORK

    def tls(self) -> None:
        """The client is to finish the handshake."""
        self._enter(Phase.TLS, self._limits.tls_timeout)

    def closing(self) -> None:
        """The client is to take our last words."""
        self._enter(Phase.CLOSING, _CLOSING)

    def is_over(self, *, is_stressed: bool) -> bool:
        """True when the client took too long; in DATA, when a whole window brought too little."""
        if self.phase is Phase.WORK:
            return False
        if self.phase is Phase.COMMAND and is_stressed:
            self._at = min(self._at, self._since + self._limits.stress_command_timeout.total_seconds())
        if self._now() < self._at:
            return False
        if self.phase is not Phase.DATA or self._reader is None:
            return True
        seen, before = self._reader.octets_seen, self._seen
        self._seen = seen
        self._enter(Phase.DATA, self._limits.data_window)
        return seen - before < self._limits.data_octets_per_second * self._limits.data_window.total_seconds()

    def _enter(self, phase: Phase, allowed: timedelta) -> None:
        self.phase = phase
        self._since = self._now()
        self._at = self._since + allowed.total_seconds()
