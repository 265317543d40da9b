"""Group commit: one thread writes, what waits together is committed together, each in its own savepoint.

A job that loses a unique key or a version rolls back alone; the others go on. So a job may run twice before its commit,
and must do nothing but write to the connection it is given. `run` returns when the commit is durable.
Nothing waits on purpose: an idle committer takes a single job at once. Knows no tables.
"""

import sqlite3
import threading
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, RootTransaction
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from mailbridge.errors import Conflict, StoreSuspect, StoreUnavailable
from mailbridge.store.database import Database

GROUP_SIZE = 64
_T = TypeVar("_T")
_P = TypeVar("_P")
_Batch = Callable[[Connection, Sequence[Any]], None]

# PostgreSQL: serialization_failure and deadlock_detected end one subtransaction only; the job may run again from facts.
_LOST_RACES = frozenset({"40001", "40P01"})


class _Job(Generic[_T]):
    """One callable, and what became of it."""

    __slots__ = ("_settled", "batch", "error", "payload", "result", "work")

    def __init__(self, work: Callable[[Connection], _T]) -> None:
        self.work = work
        self.batch: _Batch | None = None
        self.payload: object = None
        self.result: _T | None = None
        self.error: BaseException | None = None
        # A bare lock is the cheapest thing a thread can wait for; it is released once, by `settle`.
        self._settled = threading.Lock()
        self._settled.acquire()

    def settle(self) -> None:
        self._settled.release()

    def wait(self) -> _T:
        with self._settled:
            if self.error is not None:
                raise self.error
            return self.result  # type: ignore[return-value]  # None only where _T is None: the work ran


class Committer:
    """The only writer of this process."""

    def __init__(self, database: Database, *, name: str = "committer") -> None:
        self._database = database
        self._waiting: SimpleQueue[_Job[Any] | None] = SimpleQueue()
        self._connection: Connection | None = None
        #: why nothing is written any more (F-14); None while all is well
        self.suspect: str | None = None
        self._closed = False
        self._gate = threading.Lock()
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._thread.start()

    def run(self, work: Callable[[Connection], _T]) -> _T:
        """Do `work` in a transaction and return its result once it is durable.

        Raises Conflict when the work lost a race, StoreUnavailable when the database did not take it, StoreSuspect
        after a failed durable write; whatever else `work` raises comes back as it is. In each case nothing of it is
        kept.
        """
        return self._await(_Job(work))

    def run_batched(self, batch: Callable[[Connection, Sequence[_P]], None], payload: _P) -> None:
        """Like `run`, for work that writes many payloads in few statements: those that wait together go together."""
        job = _Job(lambda connection: batch(connection, (payload,)))
        job.batch, job.payload = batch, payload
        self._await(job)

    def _await(self, job: _Job[_T]) -> _T:
        with self._gate:
            if self._closed:
                raise StoreUnavailable("the store is closed")
            self._waiting.put(job)
        return job.wait()

    def close(self) -> None:
        """Finish what waits, then stop."""
        with self._gate:
            if self._closed:
                return
            self._closed = True
            self._waiting.put(None)
        self._thread.join()

    def _serve(self) -> None:
        while (job := self._waiting.get()) is not None:
            group = [job]
            try:
                self._commit(group)
            finally:
                for job in group:
                    job.settle()
        self._disconnect()

    def _commit(self, group: list[_Job[Any]]) -> None:
        """Commit `group` and what came to wait until it was our turn; it is added to `group`."""
        try:
            with self._database.turn():
                self._gather(group)
                if self.suspect is None:
                    self._write(group)
                else:
                    _fail(group, StoreSuspect(self.suspect))
        except StoreUnavailable as error:
            self._gather(group)
            _fail(group, error)

    def _gather(self, group: list[_Job[Any]]) -> None:
        while len(group) < GROUP_SIZE:
            try:
                job = self._waiting.get_nowait()
            except Empty:
                return
            if job is None:  # the last of all: `_serve` shall see it
                self._waiting.put(None)
                return
            group.append(job)

    def _write(self, group: list[_Job[Any]]) -> None:
        try:
            connection = self._connect()
            transaction = _run_together(connection, group) or _run_apart(connection, group)
        except Exception as error:  # noqa: BLE001 - whoever waits hears of it; the thread lives on
            self._disconnect()
            _fail(group, _as_unavailable(error))
            return
        try:
            transaction.commit()
        except Exception as error:  # noqa: BLE001 - as above
            self._disconnect()
            if _is_suspect(error):
                self.suspect = f"a commit failed with {_name(error)}: restart after looking at the disk"
            _fail(group, _as_unavailable(error))

    def _connect(self) -> Connection:
        if self._connection is None:
            self._connection = self._database.writer.connect()
        return self._connection

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()  # a dead one can not roll back; a closed one is rolled back by the database
            connection.close()


def _run_together(connection: Connection, group: list[_Job[Any]]) -> RootTransaction | None:
    """Run all jobs without savepoints, which cost as much as a small job; None when one failed and nothing is kept."""
    transaction = connection.begin()
    try:
        batches: dict[_Batch, list[object]] = {}
        for job in group:
            if job.batch is not None:
                batches.setdefault(job.batch, []).append(job.payload)
            else:
                job.result = job.work(connection)
        for batch, payloads in batches.items():
            batch(connection, payloads)
    except Exception as error:  # noqa: BLE001 - the job that failed fails again by itself, and there it is told why
        transaction.rollback()
        if len(group) == 1 and not isinstance(error, DBAPIError):
            group[0].error = error
            return connection.begin()
        return None
    return transaction


def _run_apart(connection: Connection, group: list[_Job[Any]]) -> RootTransaction:
    """Run each job in a savepoint of its own: one that fails leaves the others as they are."""
    transaction = connection.begin()
    for job in group:
        _run_in_savepoint(connection, job)
    return transaction


def _run_in_savepoint(connection: Connection, job: _Job[Any]) -> None:
    """Run one job; what it raises about itself stays with it, what breaks the transaction goes up."""
    connection.exec_driver_sql("SAVEPOINT job")
    try:
        job.result = job.work(connection)
    except IntegrityError as error:
        job.error = Conflict(_name(error))
        job.error.__cause__ = error
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) not in _LOST_RACES:
            raise
        job.error = Conflict(_name(error))
    except Exception as error:  # noqa: BLE001 - raised again in the thread that asked
        job.error = error
    if job.error is not None:
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT job")
    connection.exec_driver_sql("RELEASE SAVEPOINT job")


def _fail(group: list[_Job[Any]], error: Exception) -> None:
    for job in group:
        job.error = error


def _as_unavailable(error: Exception) -> Exception:
    if isinstance(error, DBAPIError):
        unavailable = StoreUnavailable(_name(error))
        unavailable.__cause__ = error
        return unavailable
    return error


def _is_suspect(error: Exception) -> bool:
    """True when a commit failed in the file itself: pages may or may not be on disk (fsync is never retried, F-14)."""
    if not isinstance(error, OperationalError) or not isinstance(error.orig, sqlite3.OperationalError):
        return False
    return error.orig.sqlite_errorname.startswith(("SQLITE_IOERR", "SQLITE_CORRUPT"))


def _name(error: Exception) -> str:
    """What the driver calls it, in one line, without statement or values."""
    original = error.orig if isinstance(error, DBAPIError) else error
    return str(
        getattr(original, "sqlite_errorname", "") or getattr(original, "sqlstate", "") or type(original).__name__
    )
