"""WriteTurn: the processes that write to one SQLite file take turns.

SQLite alone lets a second writer sleep, longer each time it finds the file busy: two busy processes made one another
wait 10 ms on average and half a second at worst. Here whoever waits looks again at once. The turn is the kernel's
(flock) and ends with the process that has it. It keeps nobody off the file: that is SQLite's own lock.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mailbridge.errors import StoreUnavailable

#: pauses between two looks: short while others write mail, longer while one writes an import
_PAUSE_S = 0.001
_LONG_PAUSE_S = 0.005
_SHORT_WAIT_S = 0.05


class WriteTurn:
    """Asked for by one thread of a process at a time."""

    def __init__(self, database: Path, *, timeout_s: float) -> None:
        self._path = f"{database}.turn"
        self._timeout_s = timeout_s
        self._descriptor: int | None = None

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Write inside. StoreUnavailable: somebody else wrote all the time."""
        if self._descriptor is None:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._take(self._descriptor)
        try:
            yield
        finally:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the file."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def _take(self, descriptor: int) -> None:
        began = time.monotonic()
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waited = time.monotonic() - began
                if waited > self._timeout_s:
                    raise StoreUnavailable("another process wrote to the database all the time") from None
                time.sleep(_PAUSE_S if waited < _SHORT_WAIT_S else _LONG_PAUSE_S)
            else:
                return
