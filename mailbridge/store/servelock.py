"""The lock file that keeps a second `serve` off one SQLite file.

A command may write beside a running `serve`: it takes no lock. The lock is the kernel's (flock): it goes with the
last process of that `serve`, however that ends.
"""

import fcntl
import os
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from mailbridge.errors import ConfigurationError, Problem

#: how long the orphans of a killed `serve` may take to end
_ORPHANS_END_S = 5.0
_LOOK_AGAIN_S = 0.01


class ServeLock:
    """Held until `release` or the end of the process."""

    def __init__(self, descriptor: int) -> None:
        #: None once released
        self.descriptor: int | None = descriptor

    @classmethod
    def take(cls, database: Path) -> Self:
        """Take the lock of this database file; ConfigurationError names the process that holds it.

        Where that process is dead, its siblings hold the lock with it and are about to end: they are waited for.
        """
        path = Path(f"{database}.lock")
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        end = time.monotonic() + _ORPHANS_END_S
        while not _locked(descriptor):
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip()
            if _is_alive(holder) or time.monotonic() > end:
                os.close(descriptor)
                reason = f"{database} is served by process {holder or 'unknown'} already: stop that one first"
                raise ConfigurationError((Problem(file=str(path), line=None, key="store.url", reason=reason),))
            time.sleep(_LOOK_AGAIN_S)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        return cls(descriptor)

    def release(self) -> None:
        """Let another process serve."""
        descriptor, self.descriptor = self.descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_alive(pid: str) -> bool:
    """Whether the process runs; one that nobody can name is taken for alive, one that is only not yet reaped is not."""
    try:
        os.kill(int(pid), 0)
        state = Path(f"/proc/{int(pid)}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    except (ValueError, OSError):
        return True
    return state not in {"Z", "X"}
