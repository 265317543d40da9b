"""How much memory each hostile mail takes on its way through parse, mask, compose and gate: octets by name, as JSON.

    python -m tests.message.peak_memory

A process of its own for each mail, forked from one that is idle: the peak of one is not hidden by the one before.
"""

import json
import os
import resource
from pathlib import Path

from mailbridge.message.parse import parse
from tests.message.hostile import HOSTILE
from tests.message.test_corpora import relay

_FIRST = b"From: a@b.example\r\nContent-Type: text/html\r\n\r\n<blockquote>max.mueller@firm.example</blockquote>"


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


def _peak_of(content: bytes) -> int:
    """Octets above idle."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        idle = _resident()
        message = parse(content)
        if message.opaque is None:
            relay(message)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        os.write(writing, str(peak - idle).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        peak_above_idle = int(answer.read())
    os.waitpid(child, 0)
    return peak_above_idle


def main() -> None:
    """Measure all of them."""
    relay(parse(_FIRST))  # what is imported late and compiled once is idle memory
    print(json.dumps({name: _peak_of(content) for name, content in HOSTILE.items()}))


if __name__ == "__main__":
    main()
