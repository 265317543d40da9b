"""The command line: `mailbridge serve`, and everything an admin does by hand.

One module per noun, each a thin layer over the store, the path or the app; they are put together in `cli/commands.py`.
Errors are named on stderr, one a line, as `file:line: key: reason`, without a traceback; the exit codes are in
`cli/output.py`. Here is only what is done before the commands are loaded: `mailbridge reply` is run once for each mail
in scripts, `mailbridge serve` must soon listen again after a kill, and neither waits for them.
"""

import os
import sys
from collections.abc import Sequence


def main() -> None:
    """Run the command of this process and exit with its code."""
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read us has seen enough (`| head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command; every error that has a name becomes a message and an exit code."""
    if arguments[:1] == ["reply"]:
        from mailbridge.cli import answers

        asked = answers.asked_plainly(arguments[1:])
        if asked is not None:
            return asked.answer()
    if arguments[:1] == ["serve"]:
        from mailbridge.cli import outcomes, serving

        config = serving.asked_plainly(arguments[1:])
        if config is not None:
            return outcomes.exit_code_of(lambda: serving.serve(config))
    from mailbridge.cli.commands import run_command

    return run_command(arguments)
