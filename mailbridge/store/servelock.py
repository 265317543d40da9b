"""The lock file that keeps a second `serve` off one SQLite file.

A command may write beside a running `serve`: it takes no lock. The lock is the kernel's (flock): it goes with the
process, however that ends.
"""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from mailbridge.errors import ConfigurationError, Problem


class ServeLock:
    """Held until `release` or the end of the process."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, database: Path) -> Self:
        """Take the lock of this database file; ConfigurationError names the process that holds it."""
        path = Path(f"{database}.lock")
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(descriptor)
            reason = f"{database} is served by process {holder} already: stop that one first"
            raise ConfigurationError((Problem(file=str(path), line=None, key="store.url", reason=reason),)) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        return cls(descriptor)

    def release(self) -> None:
        """Let another process serve."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
