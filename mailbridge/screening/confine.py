"""Takes the worker process's rights away: what of the machine it could reach, and how much it may use.

Called once everything it needs is loaded. After it no file and no socket can be opened, whatever a parser is made to
do: there is no descriptor left to open one with. Where the system lets it, the process also gets a network of its own
with nothing in it.
"""

import contextlib
import ctypes
import os
import resource
import signal

_CLONE_NEWUSER, _CLONE_NEWNET, _CLONE_NEWIPC = 0x10000000, 0x40000000, 0x08000000
_PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 4, 38
_MIB = 1024 * 1024
#: address space that no job may pass, whatever its size (T-65)
_MOST_MEMORY = 512 * _MIB
#: seconds of CPU over the whole life of the process
_MOST_CPU_S = 600
_NOBODY = 65534
#: of what jobs leave behind, so much is borne with
_LEFT_OVER = 8 * _MIB
_PAGE = os.sysconf("SC_PAGE_SIZE")


def confine() -> tuple[str, ...]:
    """Give up everything but the descriptors that are open; returns what holds, for the log."""
    libc = ctypes.CDLL(None, use_errno=True)
    held = ["no_descriptors", "cpu", "memory"]
    if libc.unshare(_CLONE_NEWNET | _CLONE_NEWIPC) == 0 or (
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC) == 0
    ):
        held.append("no_network")
    if os.geteuid() == 0:
        # A root that can raise its limits again is none of a confined process.
        with contextlib.suppress(OSError):
            os.setgroups(())
            os.setresgid(_NOBODY, _NOBODY, _NOBODY)
            os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
        held.append("no_new_privileges")
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NPROC, 0)
    _limit(resource.RLIMIT_CPU, _MOST_CPU_S)
    return tuple(held)


def _limit(what: int, most: int) -> None:
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(what, (most, most))


class Allowance:
    """Memory and CPU of one job at a time. Keeps the one descriptor it needs to see its own size."""

    def __init__(self) -> None:
        self._libc = ctypes.CDLL(None)
        self._statm = os.open("/proc/self/statm", os.O_RDONLY)
        self._at_rest = self._address_space()
        self._hard = self._at_rest + _MOST_MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (self._hard, self._hard))

    def close_the_door(self) -> None:
        """From here on no descriptor can be opened."""
        highest = max(self._statm, 2) + 1
        resource.setrlimit(resource.RLIMIT_NOFILE, (highest, highest))

    def begin(self, *, octets: int, cpu_s: float, extra: int = 0) -> None:
        """Let one job of this size run, with so many octets extra: it is killed where it takes more."""
        # Counted from what the process was born with, so that what earlier jobs left behind counts too.
        most = min(self._hard, self._at_rest + 8 * octets + 30 * _MIB + extra)
        resource.setrlimit(resource.RLIMIT_AS, (most, self._hard))
        # Ends the process, wherever it is: a handler of ours would wait for the interpreter.
        signal.setitimer(signal.ITIMER_PROF, cpu_s)

    def end(self) -> None:
        """The job is over."""
        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_AS, (self._hard, self._hard))

    def is_spent(self) -> bool:
        """True when earlier jobs left so much behind that a new process should take over."""
        self._libc.malloc_trim(0)
        return self._address_space() - self._at_rest > _LEFT_OVER

    def _address_space(self) -> int:
        return int(os.pread(self._statm, 100, 0).split()[0]) * _PAGE
