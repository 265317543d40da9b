"""What a tree of processes costs: CPU and memory, read from /proc."""

import os
import threading
from collections import defaultdict
from pathlib import Path
from types import TracebackType
from typing import Self

_TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def tree(root: int) -> list[int]:
    """`root` and all that descend from it."""
    children: dict[int, list[int]] = defaultdict(list)
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (fields := _stat(int(folder.name))):
            children[int(fields[1])].append(int(folder.name))
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children.get(pid, [])
    return found


def cpu_seconds(root: int, *, with_children: bool = True) -> float:
    """CPU that the tree used so far, with what its ended children used; or that the one process used."""
    if not with_children:
        return sum(map(int, _stat(root)[11:13])) / _TICKS_PER_S
    return sum(sum(map(int, fields[11:15])) for pid in tree(root) if (fields := _stat(pid))) / _TICKS_PER_S


def busy_seconds() -> float:
    """CPU that the whole machine used so far."""
    fields = list(map(int, Path("/proc/stat").read_text("ascii").split("\n", 1)[0].split()[1:9]))
    return (sum(fields) - fields[3] - fields[4]) / _TICKS_PER_S


def memory_mib(root: int) -> float:
    """Resident memory of the tree; pages that several processes share are counted once (proportional set size)."""
    return sum(map(_pss_kib, tree(root))) / 1024


def cores() -> int:
    """How many processors the machine has."""
    return os.cpu_count() or 1


class PeakMemory:
    """A context manager that watches the memory of a tree; `mib` is the most that was seen."""

    def __init__(self, root: int, *, every_s: float = 1.0) -> None:
        self.mib = 0.0
        self._root = root
        self._every_s = every_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while True:
            self.mib = max(self.mib, memory_mib(self._root))
            if self._stop.wait(self._every_s):
                return


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name; empty for a process that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return []


def _pss_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
