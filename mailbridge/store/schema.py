"""Brings the tables to the version this program needs.

The fast path reads one row and imports nothing; Alembic is imported only when there is something to migrate. A database
that is newer than the program is refused (F-23).
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, insert, inspect, select, table
from sqlalchemy import column as sql_column

from mailbridge.errors import ConfigurationError, Problem, SealBroken
from mailbridge.store.catalogue import CATALOGUE_MARK
from mailbridge.store.seal import KeyRing
from mailbridge.store.tables import marks

#: newest revision in migrations/versions
HEAD = "0001"
_KEY_MARK = "key_check"
_KEY_PLACE = "marks.octets.key_check"
_KEY_CHECK = select(marks.c.octets).where(marks.c.name == _KEY_MARK)
_VERSION: Select[Any] = select(sql_column("version_num")).select_from(table("alembic_version"))


def current_revision(connection: Connection) -> str | None:
    """The revision of the database; None when it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision = connection.execute(_VERSION).scalar()
    return None if revision is None else str(revision)


def bring_up_to_date(connection: Connection) -> None:
    """Migrate inside the transaction of `connection`; ConfigurationError for a database of a newer program."""
    revision = current_revision(connection)
    if revision == HEAD:
        return
    from mailbridge.store.migrate import known_revisions, upgrade  # Alembic costs a tenth of a second

    if revision is not None and revision not in known_revisions():
        reason = f"the database has schema {revision}, which this version does not know: use the newer program"
        raise ConfigurationError((Problem(file="", line=None, key="store.url", reason=reason),))
    upgrade(connection)


def check_key(connection: Connection, keys: KeyRing, key_file: Path) -> None:
    """See that this key file sealed this database; seal a mark with it where the database is new (F-42)."""
    sealed = connection.execute(_KEY_CHECK).scalar()
    if sealed is None:
        mark = {"name": _KEY_MARK, "number": 1, "octets": keys.store.seal(_KEY_MARK.encode(), _KEY_PLACE)}
        catalogue = {"name": CATALOGUE_MARK, "number": 1, "octets": b""}
        connection.execute(insert(marks), [mark, catalogue])
        return
    try:
        keys.store.open(sealed, _KEY_PLACE)
    except SealBroken as error:
        reason = "is not the key file of this database: what is in it was sealed with another; restore the right one"
        raise ConfigurationError((Problem(file=str(key_file), line=None, key="key_file", reason=reason),)) from error
