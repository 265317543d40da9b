"""Statements of the busiest path, compiled once and run on the driver's own cursor.

SQLAlchemy writes the SQL, so it stays portable and parameters stay bound; what it does for each execution costs more
than SQLite itself (measured: 45 us against 6 us a row). Errors come as SQLAlchemy's own, without values.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ClauseElement, Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler


class Statement:
    """One INSERT, UPDATE or DELETE whose parameters are named like its columns or bind parameters."""

    __slots__ = ("_clause", "_columns", "_compiled")

    def __init__(self, clause: ClauseElement, columns: Sequence[str] | None = None) -> None:
        """`columns` are those of an INSERT; None takes every parameter the clause names."""
        self._clause = clause
        self._columns = None if columns is None else list(columns)
        self._compiled: dict[str, tuple[str, Sequence[str] | None, dict[str, Any]]] = {}

    def run(self, connection: Connection, values: Mapping[str, object]) -> int:
        """Run once; returns the number of rows it touched."""
        text, order, fixed = self._text(connection)
        try:
            cursor = connection.connection.cursor()
            cursor.execute(text, _arranged(values, order, fixed))
            return int(cursor.rowcount)
        except _driver_error(connection) as error:
            raise _wrapped(connection, error) from error

    def run_many(self, connection: Connection, rows: Sequence[Mapping[str, object]]) -> None:
        """Run once for each row."""
        text, order, fixed = self._text(connection)
        try:
            connection.connection.cursor().executemany(text, [_arranged(row, order, fixed) for row in rows])
        except _driver_error(connection) as error:
            raise _wrapped(connection, error) from error

    def _text(self, connection: Connection) -> tuple[str, Sequence[str] | None, dict[str, Any]]:
        dialect = connection.dialect
        found = self._compiled.get(dialect.name)
        if found is None:
            compiled = self._clause.compile(dialect=dialect, column_keys=self._columns)
            if not isinstance(compiled, SQLCompiler):
                raise TypeError("not a statement")
            fixed = {name: value for name, value in compiled.params.items() if not compiled.binds[name].required}
            order = compiled.positiontup if compiled.positional else None
            found = self._compiled[dialect.name] = (str(compiled), order, fixed)
        return found


def _arranged(values: Mapping[str, object], order: Sequence[str] | None, fixed: dict[str, Any]) -> Any:
    """Parameters as the driver wants them: by position where the dialect counts them, else by name."""
    given = {**fixed, **values} if fixed else values
    return given if order is None else [given[name] for name in order]


def _driver_error(connection: Connection) -> type[Exception]:
    error: type[Exception] = connection.dialect.loaded_dbapi.Error
    return error


def _wrapped(connection: Connection, error: Exception) -> BaseException:
    # The parameters hold what people wrote: they never stand in an exception's text.
    return DBAPIError.instance(None, None, error, _driver_error(connection), hide_parameters=True)
