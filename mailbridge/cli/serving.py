"""What `mailbridge serve` does, without the library that reads command lines: a killed one must soon listen again.

`cli/running.py` declares the command with its help; what is asked plainly is done from here at once (decision 0031).
"""

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from mailbridge.errors import ConfigurationError
from mailbridge.events import Event, emit

SETTINGS_FILE = Path("mailbridge.toml")


def asked_plainly(words: Sequence[str]) -> Path | None:
    """The settings file that these words behind `serve` name; None where they want help, or hold a mistake."""
    match words:
        case []:
            return SETTINGS_FILE
        case ["-c" | "--config", file] if not file.startswith("-"):
            return Path(file)
    return None


def serve(config: Path) -> int:
    """Run the bridge until it is told to stop; the exit code. ConfigurationError: it can not run so."""
    gc.disable()  # what a start loads stays: `settle` turns it on once the doors are open
    from mailbridge import app
    from mailbridge.config import load

    try:
        return app.serve(load(config))
    except ConfigurationError as error:
        # Whoever reads the log of a service must find it too; on a terminal it would be said twice.
        for problem in () if sys.stderr.isatty() else error.problems:
            emit(Event.SETTINGS_REJECTED, **problem.fields)
        raise
    finally:
        gc.enable()
