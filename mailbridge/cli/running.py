"""`serve`, `demo` and `backup`: the running bridge."""

import os
import signal
import time
from pathlib import Path
from typing import Annotated

import typer

from mailbridge.cli import serving
from mailbridge.cli.output import program, say
from mailbridge.cli.surroundings import SETTINGS_FILE, ConfigOption, opened_store
from mailbridge.events import Event, emit


def serve(config: ConfigOption = SETTINGS_FILE) -> None:
    """Run the bridge until SIGTERM or Ctrl-C."""
    raise typer.Exit(serving.serve(config))


def demo(
    once: Annotated[bool, typer.Option("--once", help="End after the conversation.")] = False,
    port: Annotated[int, typer.Option(help="Port of the SMTP door; 0 takes a free one.", min=0, max=65535)] = 0,
) -> None:
    """Play a conversation between a buyer and a seller on this machine, then stay up for mail of your own."""
    from mailbridge import demo as play

    # Its folder goes with it, however it is told to end.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    raise typer.Exit(play.run(once=once, program=program(), port=port))


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The copy; must not exist yet.")],
    config: ConfigOption = SETTINGS_FILE,
) -> None:
    """Write a consistent copy of the SQLite database while the bridge runs. Keep the key file apart from it."""
    if file.exists():
        raise typer.BadParameter(f"{file} exists already: name a new file")
    begun = time.monotonic()
    with opened_store(config) as store:
        umask = os.umask(0o077)
        try:
            store.backup(file)
        finally:
            os.umask(umask)
    size_octets = file.stat().st_size
    emit(
        Event.BACKUP_DONE,
        file=str(file),
        size_octets=size_octets,
        total_ms=round((time.monotonic() - begun) * 1000),
    )
    say(f"{file}: {size_octets} octets. It can be read only with the key file: keep that in another place.")
