"""CpuSlots: how many messages may compute at the same time.

Messages are CPU-bound and share one interpreter lock, so more than a few at once only take turns badly. A thread that
waits for the committer or for DNS gives its slot back meanwhile. Does not limit how many messages wait.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class CpuSlots:
    """A counted semaphore whose holder can step aside while it waits for somebody else."""

    def __init__(self, count: int) -> None:
        self._semaphore = threading.Semaphore(count)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Compute inside; blocks until a slot is free."""
        with self._semaphore:
            yield

    @contextmanager
    def released(self) -> Iterator[None]:
        """Wait for something else inside `held()`: the slot is free meanwhile and taken again after."""
        self._semaphore.release()
        try:
            yield
        finally:
            self._semaphore.acquire()
