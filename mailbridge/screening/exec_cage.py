"""Runs another program without rights: this process gives them up, then becomes the program.

What it may do is read what stands under /usr, use so much memory and CPU, and answer by its pipes. `confine.py` takes
away what no confined process needs; what must stay open to a program that loads libraries and data is closed here as
far as it can be: Landlock says which files it sees, seccomp which calls it may make. Each is left out where the system
does not have it. Where neither seccomp nor a namespace keeps the network away, nothing runs.
"""

import contextlib
import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from pathlib import Path

from mailbridge.screening.confine import confine

#: exit code where the system lets nothing be taken away
NOT_CONFINED = 97
#: said on the third pipe before the program begins; what was taken away follows
GREETING = "confined "
_MOST_MEMORY = 512 * 1024 * 1024
_NICER = 10
_READABLE = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache")

_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_EXECUTE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 2, 1 << 3
#: access rights to files that each version of Landlock knows, as a number of bits
_LANDLOCK_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
_MOST_RIGHTS = 16

_PR_SET_SECCOMP, _SECCOMP_FILTER = 22, 2
_LOAD, _IS, _HAS_BIT, _AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_ALLOW, _ERRNO, _ENOSYS, _EACCES = 0x7FFF0000, 0x00050000, 38, 13
_X32 = 0x40000000
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
#: what a program needs that reads, computes and answers: memory, files, time, its own end
_ALLOWED_CALLS: dict[str, tuple[int, ...]] = {
    "x86_64": (
        *(0, 1, 3, 5, 8, 9, 10, 11, 12, 13, 14, 15, 17, 19, 20, 21, 25, 28, 39, 59, 60, 63, 72, 79, 89, 98, 99),
        *(102, 104, 107, 108, 110, 158, 186, 202, 204, 217, 218, 228, 231, 262, 267, 269, 273, 318, 332, 334),
    ),
    "aarch64": (
        *(17, 25, 48, 57, 61, 62, 63, 64, 65, 66, 67, 78, 79, 80, 93, 94, 96, 98, 99, 113, 123, 134, 135, 139, 160),
        *(165, 172, 173, 174, 175, 176, 177, 178, 179, 214, 215, 216, 221, 222, 226, 233, 278, 291, 293),
    ),
}
#: number that the kernel gives to the kind of machine, `openat`, `tgkill`
_MACHINES = {"x86_64": (0xC000003E, 257, 234), "aarch64": (0xC00000B7, 56, 131)}


def main() -> None:
    """Become the program: `CPU_MS PROGRAM ARGUMENT...`, after everything was given up."""
    cpu_ms, program, *arguments = sys.argv[2:]
    held = list(confine())
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    with contextlib.suppress(OSError):
        os.nice(_NICER)
    # Outlives the change of program; ends it wherever it is.
    signal.setitimer(signal.ITIMER_PROF, int(cpu_ms) / 1000)
    held += [name for name, take in (("files", _hide_files), ("calls", _forbid_calls)) if take(program)]
    held.remove("no_descriptors")
    if not {"no_network", "calls"} & set(held):
        os._exit(NOT_CONFINED)
    os.write(2, f"{GREETING}{','.join(held)}\n".encode())
    os.execve(program, [program, *arguments], {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C"})  # noqa: S606  # the caller's


def _hide_files(program: str) -> bool:
    """Let only programs, libraries and their data be seen, for reading; no TCP, no sockets of other processes."""
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_LANDLOCK_CREATE, None, 0, 1)
    if version < 1:
        return False
    rights = (1 << _LANDLOCK_RIGHTS.get(version, _MOST_RIGHTS)) - 1
    about = struct.pack("=QQQ", rights, 0b11, 0b11)[: 8 if version < 4 else 16 if version < 6 else 24]
    rules = libc.syscall(_LANDLOCK_CREATE, about, len(about), 0)
    if rules < 0:
        return False
    for path in (*_READABLE, os.path.realpath(program)):
        with contextlib.suppress(OSError):
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
            allowed = _EXECUTE | _READ_FILE | (_READ_DIR if Path(path).is_dir() else 0)
            libc.syscall(_LANDLOCK_ADD, rules, 1, struct.pack("=Qi", allowed, place), 0)
            os.close(place)
    is_held: bool = libc.syscall(_LANDLOCK_RESTRICT, rules, 0) == 0
    os.close(rules)
    return is_held


class _Program(ctypes.Structure):
    """A filter as the kernel takes it (struct sock_fprog)."""

    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_char_p)]


def _forbid_calls(_program: str) -> bool:
    """Leave only the calls of a program that reads, computes and answers: no socket, no process, nothing written."""
    machine = platform.machine()
    if machine not in _MACHINES or struct.calcsize("P") != 8:
        return False
    steps = call_filter(machine, os.getpid())
    libc = ctypes.CDLL(None, use_errno=True)
    program = _Program(len(steps) // 8, steps)
    is_held: bool = libc.prctl(_PR_SET_SECCOMP, _SECCOMP_FILTER, ctypes.byref(program), 0, 0) == 0
    return is_held


def call_filter(machine: str, pid: int) -> bytes:
    """The filter for one kind of machine and one process, in the words of the kernel's packet filters."""
    number, openat, tgkill = _MACHINES[machine]
    # Each step: code, value, where to go on if it is so, and if not; "" is the next one.
    steps: list[tuple[int, int, str, str]] = [
        (_LOAD, 4, "", ""),  # the kind of machine
        (_IS, number, "", "unknown"),
        (_LOAD, 0, "", ""),  # the call
        (_AT_LEAST, _X32, "unknown", ""),  # the same calls once more, under other numbers
        (_IS, tgkill, "kills", ""),
        (_IS, openat, "opens", ""),
        *((_IS, call, "allowed", "") for call in _ALLOWED_CALLS[machine]),
        (_RETURN, _ERRNO | _ENOSYS, "", ""),
    ]
    places = {"kills": len(steps), "opens": len(steps) + 2, "refused": len(steps) + 4}
    places |= {"allowed": len(steps) + 5, "unknown": len(steps) + 6, "": 0}
    steps += [
        (_LOAD, 16, "", ""),  # first argument: a process may end itself, and nobody else
        (_IS, pid, "allowed", "unknown"),
        (_LOAD, 32, "", ""),  # third argument
        (_HAS_BIT, _WRITES, "refused", "allowed"),
        (_RETURN, _ERRNO | _EACCES, "", ""),
        (_RETURN, _ALLOW, "", ""),
        (_RETURN, _ERRNO | _ENOSYS, "", ""),
    ]
    return b"".join(
        struct.pack("=HBBI", code, *(places[to] - at if to else 0 for to in (if_true, if_false)), value)
        for at, (code, value, if_true, if_false) in enumerate(steps, start=1)
    )
