"""How many processes the bridge runs in, and which core each keeps to.

The threads of one interpreter take turns at its lock. Spread over several cores they wake one another across them and
find their data in the wrong cache; on one core they do not (decision 0021). Other programs stay free to go where there
is room.
"""

import contextlib
import os
from pathlib import Path

from mailbridge.config import Settings

_MOST_PROCESSES = 8


def deal_cores(settings: Settings) -> tuple[int | None, ...]:
    """One entry for each process of `serve`: the number of the core it keeps to, None where it may use any."""
    allowed = sorted(os.sched_getaffinity(0))
    processes = settings.bridge.processes or min(_MOST_PROCESSES, len(allowed))
    if processes == 1 or not settings.bridge.own_cores:
        return (None,) * processes
    return tuple(allowed[number % len(allowed)] for number in range(processes))


def keep_to(core: int | None) -> None:
    """Let all threads of this process, and those that they will start, run on `core` only; None: wherever they may."""
    if core is None:
        return
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError):  # the thread is over, or the core was taken away since: any will do
            os.sched_setaffinity(int(task.name), {core})
