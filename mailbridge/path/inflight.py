"""Inflight: which mails a process is computing, kept where its sudden death leaves them (I9, F-03).

Each process has a small file with one place for each mail that computes: the digest of its octets, written without
fsync, because a killed process leaves the page cache as it is. Whoever looks after a dead process counts each digest
found as one more attempt (`note_crashed`). What waits, for DNS, the committer or its turn, is not marked: only what was
being computed can have killed the process. Marks are best effort: a full disk stops no mail.
"""

import contextlib
import fcntl
import hashlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mailbridge.domain.envelope import Envelope
from mailbridge.events import Event, emit
from mailbridge.store.store import Store

_DIGEST_OCTETS = 32
_NOTHING = bytes(_DIGEST_OCTETS)
#: in the same folder: the digests of mails that a process died over, for processes that run on
_SUSPECTS = "suspects"


def digest_of(envelope: Envelope) -> bytes:
    """What a mail is counted by: the same for each time a client tries."""
    return hashlib.sha256(envelope.content).digest()


@dataclass(slots=True)
class _Mark:
    """One mail of one thread."""

    digest: bytes
    #: place in the file; None while it stands nowhere
    place: int | None = None


class Inflight:
    """The marks of this process; without a folder nothing is marked and nothing suspected. Thread-safe."""

    def __init__(self, folder: Path | None = None, name: str = "", *, places: int = 1) -> None:
        """`name` is this process's own; `places` is how many mails compute at the same time."""
        self._file = folder / name if folder is not None else None
        self._suspects_file = folder / _SUSPECTS if folder is not None else None
        self._descriptor = _opened(self._file, places) if self._file is not None else None
        self._free = list(range(places)) if self._descriptor is not None else []
        self._current = threading.local()
        self._suspects: frozenset[bytes] = frozenset()
        self._seen: tuple[int, int] | None = None

    def close(self) -> None:
        """The process ends in good order: nothing is left to be counted."""
        descriptor, self._descriptor = self._descriptor, None
        self._free = []
        if descriptor is not None and self._file is not None:
            self._file.unlink(missing_ok=True)
            os.close(descriptor)

    @contextmanager
    def computing(self, digest: bytes) -> Iterator[None]:
        """Mark this mail while the thread inside computes it."""
        outer: _Mark | None = getattr(self._current, "mark", None)
        mark = self._current.mark = _Mark(digest)
        self._show(mark)
        try:
            yield
        finally:
            self._hide(mark)
            self._current.mark = outer

    def done(self) -> None:
        """Nothing of this thread's mail computes any more: what follows waits."""
        mark: _Mark | None = getattr(self._current, "mark", None)
        if mark is not None:
            self._hide(mark)

    def again(self) -> None:
        """This thread's mail is computed once more."""
        mark: _Mark | None = getattr(self._current, "mark", None)
        if mark is not None and mark.place is None:
            self._show(mark)

    @contextmanager
    def stepping_aside(self) -> Iterator[None]:
        """This thread waits for something inside, and another may compute."""
        mark: _Mark | None = getattr(self._current, "mark", None)
        is_marked = mark is not None and mark.place is not None
        if mark is not None:
            self._hide(mark)
        try:
            yield
        finally:
            if is_marked:
                self.again()

    def is_suspect(self, digest: bytes) -> bool:
        """Whether a process died over this mail; how often, the store knows."""
        if self._suspects_file is None:
            return False
        with contextlib.suppress(OSError):
            status = self._suspects_file.stat()
            seen = (status.st_mtime_ns, status.st_size)
            if seen != self._seen:
                self._suspects, self._seen = frozenset(_suspects(self._suspects_file)), seen
        return digest in self._suspects

    def _show(self, mark: _Mark) -> None:
        with contextlib.suppress(IndexError, OSError):
            mark.place = self._free.pop()
            self._write(mark.digest, mark.place)

    def _hide(self, mark: _Mark) -> None:
        place, mark.place = mark.place, None
        if place is not None:
            with contextlib.suppress(OSError):
                self._write(_NOTHING, place)
            self._free.append(place)

    def _write(self, digest: bytes, place: int) -> None:
        if self._descriptor is not None:
            os.pwrite(self._descriptor, digest, place * _DIGEST_OCTETS)


def note_crashed(file: Path, store: Store) -> int:
    """Count what a dead process was computing, and remove its marks; how many mails that were.

    Zero for a file that is not there, or that a living process has.
    """
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return 0
    try:
        if not _is_free(descriptor):
            return 0
        digests = _digests(os.pread(descriptor, os.fstat(descriptor).st_size, 0))
        for digest in digests:
            attempts = store.note_attempt(digest)
            with Path(file.parent / _SUSPECTS).open("a", encoding="ascii") as suspects:
                suspects.write(f"{digest.hex()}\n")
            emit(Event.MAIL_CRASHED, digest=digest.hex(), attempts=attempts)
        file.unlink(missing_ok=True)
        return len(digests)
    finally:
        os.close(descriptor)


def note_all_crashed(folder: Path, store: Store) -> None:
    """Count what every dead process left, and forget the suspects that came to an end since: at each start."""
    if not folder.is_dir():
        return
    for file in sorted(folder.iterdir()):
        if _SUSPECTS not in file.name:
            note_crashed(file, store)
    suspects = folder / _SUSPECTS
    lines = [f"{digest.hex()}\n" for digest in dict.fromkeys(_suspects(suspects)) if store.attempts(digest)]
    fresh = folder / f".{_SUSPECTS}"
    fresh.write_text("".join(lines), "ascii")
    fresh.replace(suspects)


def _opened(file: Path, places: int) -> int:
    """This process's own file, all places empty, locked as long as it lives."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    (file.parent / _SUSPECTS).touch(mode=0o600)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.pwrite(descriptor, _NOTHING * places, 0)
    return descriptor


def _is_free(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _digests(octets: bytes) -> list[bytes]:
    """The digests in a file of marks, each once: the same mail may come in twice at the same moment."""
    found = (octets[at : at + _DIGEST_OCTETS] for at in range(0, len(octets), _DIGEST_OCTETS))
    return list(dict.fromkeys(digest for digest in found if len(digest) == _DIGEST_OCTETS and digest != _NOTHING))


def _suspects(file: Path) -> Iterator[bytes]:
    try:
        lines = file.read_text("ascii", "replace").split()
    except FileNotFoundError:
        return
    for line in lines:
        with contextlib.suppress(ValueError):
            yield bytes.fromhex(line)
