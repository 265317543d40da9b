"""CpuSlots: how many messages may compute at the same time.

Messages are CPU-bound and share one interpreter lock, so more than a few at once only take turns badly. A thread that
waits for the committer or for DNS gives its slot back meanwhile. Does not limit how many messages wait.
"""

import queue
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext


class CpuSlots:
    """A number of places; who holds one can step aside while he waits for somebody else."""

    def __init__(self, count: int, stepping_aside: Callable[[], AbstractContextManager[None]] = nullcontext) -> None:
        """`stepping_aside` is around each wait of a holder."""
        # A queue of tokens is a semaphore without a line of Python in it.
        self._free: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._stepping_aside = stepping_aside
        for _ in range(count):
            self._free.put(None)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Compute inside; blocks until a slot is free."""
        self._free.get()
        try:
            yield
        finally:
            self._free.put(None)

    @contextmanager
    def released(self) -> Iterator[None]:
        """Wait for something else inside `held()`: the slot is free meanwhile and taken again after."""
        with self._stepping_aside():
            self._free.put(None)
            try:
                yield
            finally:
                self._free.get()
