"""Named places where a test may kill or break the process, to show what survives (threats.md F-01 to F-05).

Off unless the environment names them: `MAILBRIDGE_FAILPOINTS="worker.after_send:kill@3,worker.claimed:raise@1"` kills
the process (SIGKILL, nothing is cleaned up) at the third hit of the first and raises `FailpointHit` at the first hit of
the second. Costs one comparison when off. Decides nothing and is read once, at import.
"""

import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

VARIABLE = "MAILBRIDGE_FAILPOINTS"


class FailpointHit(Exception):
    """Raised by a failpoint that was armed with `raise`."""


@dataclass(slots=True)
class _Armed:
    action: str
    at_hit: int
    hits: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def is_due(self) -> bool:
        with self.lock:
            self.hits += 1
            return self.hits == self.at_hit


def parse(text: str) -> dict[str, _Armed]:
    """Read `name:action@n,...`; ValueError names the entry that can not be read. `@n` may be missing: the first hit."""
    armed = {}
    for entry in filter(None, (part.strip() for part in text.split(","))):
        name, _, rest = entry.partition(":")
        action, _, count = rest.partition("@")
        if not name or action not in {"kill", "raise"} or not (count or "1").isdecimal():
            raise ValueError(f"{VARIABLE}: {entry!r} is not name:kill@n or name:raise@n")
        armed[name] = _Armed(action=action, at_hit=int(count or "1"))
    return armed


def _hit_armed(name: str) -> None:
    armed = _armed.get(name)
    if armed is None or not armed.is_due():
        return
    if armed.action == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    raise FailpointHit(name)


def _pass(name: str) -> None:
    """Do nothing: no failpoint is armed."""


_armed = parse(os.environ.get(VARIABLE, ""))

#: call with the name of the place that was reached
hit: Callable[[str], None] = _hit_armed if _armed else _pass
