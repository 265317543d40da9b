"""Brings the tables to the version this program needs.

The fast path reads one row and imports nothing; Alembic is imported only when there is something to migrate. A database
that is newer than the program is refused (F-23).
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, func, insert, inspect, select, table
from sqlalchemy import column as sql_column

from mailbridge.errors import ConfigurationError, Problem, SealBroken
from mailbridge.store.catalogue import CATALOGUE_MARK
from mailbridge.store.database import Database
from mailbridge.store.seal import KeyRing
from mailbridge.store.tables import marks

#: newest revision in migrations/versions
HEAD = "0012"
_KEY_MARK = "key_check"
_KEY_PLACE = "marks.octets.key_check"
_KEY_CHECK = select(marks.c.octets).where(marks.c.name == _KEY_MARK)
_ONE_AT_A_TIME = select(func.pg_advisory_xact_lock(0x6D61696C))
_VERSION: Select[Any] = select(sql_column("version_num")).select_from(table("alembic_version"))


def current_revision(connection: Connection) -> str | None:
    """The revision of the database; None when it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision = connection.execute(_VERSION).scalar()
    return None if revision is None else str(revision)


def bring_up_to_date(connection: Connection) -> None:
    """Migrate inside the transaction of `connection`; ConfigurationError for a database of a newer program."""
    if connection.dialect.name == "postgresql":
        # Two nodes may start on one empty database: the second waits here and finds it done.
        connection.execute(_ONE_AT_A_TIME)
    revision = current_revision(connection)
    if revision == HEAD:
        return
    from mailbridge.store.migrate import known_revisions, upgrade  # Alembic costs a tenth of a second

    if revision is not None and revision not in known_revisions():
        reason = f"the database has schema {revision}, which this version does not know: use the newer program"
        raise ConfigurationError((Problem(file="", line=None, key="store.url", reason=reason),))
    upgrade(connection)


def make_ready(database: Database, keys: KeyRing, key_file: Path) -> None:
    """See that schema and key fit; migrate where needed. A current database is only read, so nobody need wait."""
    with database.reading() as connection:
        is_current = current_revision(connection) == HEAD and connection.execute(_KEY_CHECK).first() is not None
        if is_current:
            _check_key(connection, keys, key_file)
            return
    with database.writing() as connection:
        bring_up_to_date(connection)
        if connection.execute(_KEY_CHECK).first() is None:
            _seal_mark(connection, keys)
        _check_key(connection, keys, key_file)


def _seal_mark(connection: Connection, keys: KeyRing) -> None:
    """What tells the right key file from another (F-42)."""
    mark = {"name": _KEY_MARK, "number": 1, "octets": keys.store.seal(_KEY_MARK.encode(), _KEY_PLACE)}
    connection.execute(insert(marks), [mark, {"name": CATALOGUE_MARK, "number": 1, "octets": b""}])


def _check_key(connection: Connection, keys: KeyRing, key_file: Path) -> None:
    try:
        keys.store.open(connection.execute(_KEY_CHECK).scalar_one(), _KEY_PLACE)
    except SealBroken as error:
        reason = "is not the key file of this database: what is in it was sealed with another; restore the right one"
        raise ConfigurationError((Problem(file=str(key_file), line=None, key="key_file", reason=reason),)) from error
