"""Statements of the busiest path, compiled once and run on the driver's own cursor.

SQLAlchemy writes the SQL, so it stays portable and parameters stay bound; what it does for each execution costs more
than SQLite itself (measured: 45 us against 6 us a row). Errors come as SQLAlchemy's own, without values.
"""

from collections import namedtuple
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, ClauseElement, Connection, Select, Table, bindparam, insert
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

_MOST_ROWS = 64


@dataclass(frozen=True, slots=True)
class _Compiled:
    """SQL for one dialect, and how parameters are handed to its driver."""

    text: str
    #: names in the order of the question marks; None where the driver takes names
    order: Sequence[str] | None
    #: parameters that the clause itself gives
    fixed: dict[str, Any]

    def arranged(self, values: Mapping[str, object]) -> Any:
        """Parameters as the driver wants them."""
        given = {**self.fixed, **values} if self.fixed else values
        return given if self.order is None else [given[name] for name in self.order]


def _compile(clause: ClauseElement, connection: Connection, columns: list[str] | None) -> _Compiled:
    compiled = clause.compile(dialect=connection.dialect, column_keys=columns)
    if not isinstance(compiled, SQLCompiler):
        raise TypeError("not a statement")
    fixed = {name: value for name, value in compiled.params.items() if not compiled.binds[name].required}
    return _Compiled(str(compiled), compiled.positiontup if compiled.positional else None, fixed)


def insert_or(table: Table, dialect: str) -> Any:
    """An INSERT that can say what is done ON CONFLICT, in the words of this dialect."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # takes long to load, which those who use SQLite need not wait for

    return postgresql.insert(table)


class Statement:
    """One INSERT, UPDATE or DELETE whose parameters are named like its columns or bind parameters."""

    __slots__ = ("_clause", "_columns", "_compiled")

    def __init__(self, clause: ClauseElement, columns: Sequence[str] | None = None) -> None:
        """`columns` are those of an INSERT; None takes every parameter the clause names."""
        self._clause = clause
        self._columns = None if columns is None else list(columns)
        self._compiled: dict[str, _Compiled] = {}

    def run(self, connection: Connection, values: Mapping[str, object]) -> int:
        """Run once; returns the number of rows it touched."""
        compiled = self._for(connection)
        try:
            cursor = connection.connection.cursor()
            cursor.execute(compiled.text, compiled.arranged(values))
            return int(cursor.rowcount)
        except _driver_error(connection) as error:
            raise _wrapped(connection, error) from error

    def _for(self, connection: Connection) -> _Compiled:
        name = connection.dialect.name
        if name not in self._compiled:
            self._compiled[name] = _compile(self._clause, connection, self._columns)
        return self._compiled[name]


class Rows:
    """INSERT of many rows at once: one statement, so the interpreter lock is let go and won back once, not per row.

    That counts where other threads compute: winning it back may take a whole switch interval (5 ms by default).
    """

    __slots__ = ("_columns", "_sized", "_table")

    def __init__(self, table: Table, columns: Sequence[str]) -> None:
        self._table = table
        self._columns = columns
        self._sized: dict[int, tuple[Statement, list[tuple[str, int, str]]]] = {}

    def insert(self, connection: Connection, rows: Sequence[Mapping[str, object]]) -> None:
        """Insert all rows, in statements of 64, 32, ... 1 rows: seven texts to compile, however many rows there are."""
        start = 0
        while start < len(rows):
            size = min(_MOST_ROWS, 1 << ((len(rows) - start).bit_length() - 1))
            statement, places = self._of(size)
            part = rows[start : start + size]
            statement.run(connection, {name: part[number][column] for name, number, column in places})
            start += size

    def _of(self, size: int) -> tuple[Statement, list[tuple[str, int, str]]]:
        if size not in self._sized:
            places = [(f"{column}_{number}", number, column) for number in range(size) for column in self._columns]
            rows: list[dict[str, object]] = [{} for _ in range(size)]
            for name, number, column in places:
                rows[number][column] = bindparam(name, type_=self._table.c[column].type, required=True)
            self._sized[size] = (Statement(insert(self._table).values(rows)), places)
        return self._sized[size]


class Query:
    """One SELECT without expanding parameters; rows are named tuples of its columns."""

    __slots__ = ("_compiled", "_flags", "_row", "_select")

    def __init__(self, select: Select[Any]) -> None:
        self._select = select
        columns = list(select.selected_columns)
        self._row = _row_type([str(column.key) for column in columns])
        # SQLite has no truth values: they come as 0 and 1.
        self._flags = [place for place, column in enumerate(columns) if isinstance(column.type, Boolean)]
        self._compiled: dict[str, _Compiled] = {}

    def all(self, connection: Connection, values: Mapping[str, object]) -> list[Any]:
        """Every row."""
        name = connection.dialect.name
        if name not in self._compiled:
            self._compiled[name] = _compile(self._select, connection, None)
        compiled = self._compiled[name]
        try:
            cursor = connection.connection.cursor()
            cursor.execute(compiled.text, compiled.arranged(values))
            found = cursor.fetchall()
        except _driver_error(connection) as error:
            raise _wrapped(connection, error) from error
        return [self._to_row(values) for values in found]

    def first(self, connection: Connection, values: Mapping[str, object]) -> Any:
        """The first row, or None."""
        rows = self.all(connection, values)
        return rows[0] if rows else None

    def _to_row(self, values: Sequence[object]) -> Any:
        if not self._flags:
            return self._row._make(values)
        changed = list(values)
        for place in self._flags:
            if changed[place] is not None:
                changed[place] = bool(changed[place])
        return self._row._make(changed)


def _row_type(names: list[str]) -> Any:
    return namedtuple("Row", names)  # noqa: PYI024 - the names are those of a SELECT


def _driver_error(connection: Connection) -> type[Exception]:
    error: type[Exception] = connection.dialect.loaded_dbapi.Error
    return error


def _wrapped(connection: Connection, error: Exception) -> BaseException:
    # The parameters hold what people wrote: they never stand in an exception's text.
    return DBAPIError.instance(None, None, error, _driver_error(connection), hide_parameters=True)
