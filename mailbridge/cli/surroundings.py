"""What commands start from: the settings file, the store, the path; and the options they share.

Heavy parts are imported when a command needs them, so that `--help` stays quick.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli import serving

if TYPE_CHECKING:
    from mailbridge.config import Settings
    from mailbridge.path.bridge import Bridge
    from mailbridge.store.store import Store
    from mailbridge.texts import Texts

ConfigOption = Annotated[Path, typer.Option("--config", "-c", metavar="FILE", help="Settings file.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
SETTINGS_FILE = serving.SETTINGS_FILE


def now() -> datetime:
    """The time, aware UTC."""
    from mailbridge import app

    return app.clock()


def load_settings(config: Path) -> "Settings":
    """The settings; ConfigurationError with every problem."""
    from mailbridge.config import load

    return load(config)


@contextmanager
def opened_store(config: Path) -> Iterator["Store"]:
    """The store of these settings, closed at the end."""
    from mailbridge import app

    with app.open_store(load_settings(config)) as store:
        yield store


def words_for_operator(config: Path) -> "tuple[Texts, str]":
    """The texts of these settings, and the language of the person in charge."""
    from mailbridge.texts import Texts

    settings = load_settings(config)
    return Texts.load(settings.templates.folder), settings.bridge.language


@contextmanager
def opened_bridge(config: Path) -> Iterator["Bridge"]:
    """The whole path of these settings, without doors and workers: what it commits is sent by the running `serve`."""
    from mailbridge import app

    with app.open_bridge(load_settings(config)) as bridge:
        yield bridge
