"""The database connection: how it is opened, read from many threads, and written by one.

SQLite runs in WAL with `synchronous=FULL`, checked after setting (design.md D4); PostgreSQL is refused before version
15 and with `synchronous_commit=off`. Knows no tables; the group commit is `committer.py`.
"""

import os
import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.pool import NullPool

from mailbridge.errors import ConfigurationError, Problem, StoreUnavailable
from mailbridge.store.turn import WriteTurn

#: how long another writer of the same SQLite file is waited for: an import of many thousand orders takes seconds
BUSY_TIMEOUT_S = 20.0
_SYNCHRONOUS_FULL = 2
_OLDEST_POSTGRESQL = 150000
_IDLE_READERS = 32


class Database:
    """Two engines on one database: readers that never hold a transaction, and the writer's."""

    def __init__(self, url: str, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> None:
        self.url = _checked_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._busy_timeout_s = busy_timeout_s
        self._readers = self._engine()
        self.writer = self._engine()
        self._idle: deque[Connection] = deque(maxlen=_IDLE_READERS)
        self._turn: WriteTurn | None = None
        if self.is_sqlite:
            _make_private(self.path)
            self._turn = WriteTurn(self.path, timeout_s=busy_timeout_s)
            event.listen(self.writer, "begin", _begin_immediate)

    @property
    def path(self) -> Path:
        """The SQLite file."""
        return Path(self.url.database or "")

    def check(self) -> None:
        """Open once and see that commits are durable; ConfigurationError when not."""
        try:
            with self._readers.connect() as connection:
                problem = _sqlite_problem(connection) if self.is_sqlite else _postgresql_problem(connection)
        except (OperationalError, InterfaceError) as error:
            raise _refused(self.url, f"can not be opened: {_first_line(error)}") from error
        if problem:
            raise _refused(self.url, problem)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection in autocommit for reading; StoreUnavailable when the database does not answer."""
        connection: Connection | None = None
        try:
            connection = self._borrow()
            yield connection
        except BaseException as error:
            _discard(connection)
            if isinstance(error, DBAPIError) and is_unavailable(error):
                self._close_idle()  # whatever broke this one broke them too
                raise StoreUnavailable(_first_line(error)) from error
            raise
        self._give_back(connection)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction outside the committer, for the schema; StoreUnavailable when the database does not answer."""
        try:
            with self.writer.begin() as connection:
                yield connection
        except DBAPIError as error:
            if is_unavailable(error):
                raise StoreUnavailable(_first_line(error)) from error
            raise

    def turn(self) -> AbstractContextManager[None]:
        """Wait for the turn among the processes that write to this SQLite file; StoreUnavailable: it never came."""
        return nullcontext() if self._turn is None else self._turn.taken()

    def _borrow(self) -> Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return self._readers.connect().execution_options(isolation_level="AUTOCOMMIT")

    def _give_back(self, connection: Connection) -> None:
        if len(self._idle) >= _IDLE_READERS:
            connection.close()
        else:
            self._idle.append(connection)

    def backup(self, path: Path) -> None:
        """Copy a SQLite database to a new file while it is written to (SQLite's online backup)."""
        if not self.is_sqlite:
            raise _problem("is PostgreSQL: back it up with its own tools (pg_basebackup, pg_dump)")
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except OSError as error:
            reason = f"can not be made: {error.strerror}"
            raise ConfigurationError((Problem(file=str(path), line=None, key="backup", reason=reason),)) from error
        source, target = sqlite3.connect(self.path), sqlite3.connect(path)
        try:
            source.backup(target)
            # The copy stands by itself: no WAL beside it, and on the disk when this returns.
            target.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.Error as error:
            raise StoreUnavailable(type(error).__name__) from error
        finally:
            source.close()
            target.close()
        _sync(path)

    def close(self) -> None:
        """Close every idle reader and both engines."""
        self._close_idle()
        if self._turn is not None:
            self._turn.close()
        self._readers.dispose()
        self.writer.dispose()

    def _close_idle(self) -> None:
        while self._idle:
            try:
                idle = self._idle.pop()
            except IndexError:  # another thread took it meanwhile
                return
            _discard(idle)

    def _engine(self) -> Engine:
        if not self.is_sqlite:
            return create_engine(self.url, poolclass=NullPool, connect_args={"connect_timeout": 10})
        engine = create_engine(
            self.url,
            poolclass=NullPool,
            # one connection is used by one thread at a time; `deque` hands it over
            connect_args={"timeout": self._busy_timeout_s, "check_same_thread": False, "isolation_level": None},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        return engine


def _checked_url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise _problem(
            "is no database URL; examples: sqlite:////var/lib/mailbridge/store.db, postgresql://host/name"
        ) from error
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        if not parsed.database or parsed.database == ":memory:":
            raise _problem("must name a file: sqlite:////var/lib/mailbridge/store.db")
        return parsed
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    raise _problem(f"names {backend}; the store speaks sqlite and postgresql")


def _problem(reason: str) -> ConfigurationError:
    return ConfigurationError((Problem(file="", line=None, key="store.url", reason=reason),))


def _refused(url: URL, reason: str) -> ConfigurationError:
    return _problem(f"{url.render_as_string(hide_password=True)} {reason}")


def is_unavailable(error: DBAPIError) -> bool:
    """True when the database, not the statement, is at fault."""
    return isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated


def _discard(connection: Connection | None) -> None:
    """Close a connection that may be dead: it is not asked to roll back, which a dead one answers with an error."""
    if connection is not None:
        connection.invalidate()
        connection.close()


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).partition("\n")[0]


def _make_private(path: Path) -> None:
    """Only the service reads its database file: SQLite gives WAL and shm the mode of the file."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise _problem(f"{path} can not be opened for writing: {error.strerror}") from error


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA cache_size=-16384")  # KiB
    cursor.execute("PRAGMA journal_size_limit=67108864")  # a burst must not leave a big WAL for ever
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    # Take the write lock at once: a deferred BEGIN that reads first can not wait for another writer
    # (SQLITE_BUSY_SNAPSHOT).
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _sqlite_problem(connection: Connection) -> str:
    mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
    if mode != "wal":
        return f"can not use write-ahead logging (journal mode is {mode}): put the file on a local file system"
    if connection.exec_driver_sql("PRAGMA synchronous").scalar() != _SYNCHRONOUS_FULL:
        return "does not take synchronous=FULL: a 250 would not survive a power cut"
    if connection.exec_driver_sql("PRAGMA foreign_keys").scalar() != 1:
        return "does not check foreign keys: this SQLite was built without them"
    return ""


def _postgresql_problem(connection: Connection) -> str:
    version = int(str(connection.exec_driver_sql("SHOW server_version_num").scalar()))
    if version < _OLDEST_POSTGRESQL:
        return f"is PostgreSQL {version // 10000}; 15 or newer is needed"
    if connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "off":
        return "has synchronous_commit=off: a 250 would not survive a crash; set it to on"
    return ""
