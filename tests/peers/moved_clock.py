"""`python -m tests.peers.moved_clock serve`: the commands of Mailbridge as they are, with a clock that can be moved.

The clock of the running bridge (D16) goes by the machine's, plus the seconds in the file that MOVED_CLOCK names, read
anew each time. Processes that this one starts have the machine's clock: use it with `bridge.processes = 1`.
"""

import os
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from typing_extensions import override

from mailbridge.app import surroundings
from mailbridge.cli import main

_FILE = Path(os.environ["MOVED_CLOCK"])


class _Moved(datetime):
    @classmethod
    @override
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # no need for its own type
        """The time to go by."""
        return datetime.now(tz) + timedelta(seconds=float(_FILE.read_text("ascii")))


surroundings.datetime = _Moved  # type: ignore[attr-defined]  # what `clock()` asks

if __name__ == "__main__":
    main()
