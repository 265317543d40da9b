"""Alembic's only door: runs the migrations on a connection that is given, in its transaction.

There is no alembic.ini: scripts stand in `migrations/`, and only this module and `schema.py` start them.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_SCRIPTS = Path(__file__).parent / "migrations"


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings for our scripts; `connection` is what `migrations/env.py` migrates."""
    settings = Config()
    # The path is read as a format string by configparser: a literal % must be doubled.
    settings.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


def known_revisions() -> frozenset[str]:
    """Every revision this program can start from."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(config()).walk_revisions())


def upgrade(connection: Connection) -> None:
    """Run every migration that is missing."""
    command.upgrade(config(connection), "head")
