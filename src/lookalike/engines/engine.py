"""Engine: what every live hand on a database can do, and how it fails.

An engine runs one statement and streams what comes back. It knows nothing of LookML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Protocol, TypeAlias

from msgspec import Struct

Row: TypeAlias = Sequence[object]
"""Values are None, bool, int, float, Decimal, str, bytes, date, datetime or time; anything else
comes as str. So do dates that Python can't hold. Datetimes are naive: wall-clock times of the
connection's zone."""
Batch: TypeAlias = Sequence[Row]


class Column(Struct, frozen=True):
    """`type` is the database's own word for it."""

    name: str
    type: str


class TextForm(StrEnum):
    """How an engine that can write rows as text by itself should do it."""

    JSON = "json"  # one object a row, `{"key":value}`, rows joined by ",\n"
    CSV = "csv"  # RFC 4180 quoting where needed, null is empty, "\n" after each row
    TAB = "tab"  # the same with tabs


class Running(Protocol):
    """Rows of one statement, to be read once. `columns` is known once it is returned; iteration
    raises an EngineError."""

    @property
    def columns(self) -> Sequence[Column]: ...
    def __iter__(self) -> Iterator[Batch]: ...
    def cancel(self) -> None:
        """Stop as soon as possible and free the slot. Harmless after the end."""


class RunningText(Protocol):
    """Rows of one statement as UTF-8 text, in pieces of any length, without anything before,
    between or behind that `TextForm` does not name. JSON keeps numbers exact, writes NaN and
    infinities as null."""

    def __iter__(self) -> Iterator[bytes]: ...
    def cancel(self) -> None: ...


class Engine(Protocol):
    """A live hand on one database. Safe to use from several threads at once."""

    @property
    def dialect(self) -> str:
        """The name of the SQL dialect it speaks."""

    def run(self, sql: str, seconds: float) -> Running:
        """Run one SELECT. Raises an EngineError; no later than `seconds` from now, and the second
        that a stubborn one is given to stop, it has ended."""

    def run_text(
        self, sql: str, form: TextForm, keys: Sequence[str], seconds: float
    ) -> RunningText | None:
        """The same, written as text by the database; `keys` name the columns of JSON objects. None:
        it can't."""

    def close(self) -> None: ...


class ConnectionSettings(Struct, frozen=True, kw_only=True):
    """How to reach a database. Which fields count depends on `dialect`. `password` is never
    shown."""

    name: str
    dialect: str
    path: str = ""  # duckdb: the database file; empty for one in memory
    host: str = ""
    port: int = 0
    database: str = ""
    username: str = ""
    password: str = ""
    timezone: str = "UTC"
    slots: int = 4  # statements at once
    memory_mb: int = 1024
    read_only: bool = True

    def __repr__(self) -> str:
        return f"ConnectionSettings(name={self.name!r}, dialect={self.dialect!r})"


class EngineError(Exception):
    """The base of what an engine raises. `str()` is a sentence for the one who asked."""


class SqlError(EngineError):
    """The database refused or failed the statement. `line` and `column` count from 1, 0 means
    unknown."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class TimedOut(EngineError):
    """The deadline passed."""


class OutOfMemory(EngineError):
    """The statement reached the worker's memory cap."""


class Cancelled(EngineError):
    """Somebody cancelled it."""


class Unreachable(EngineError):
    """The database can't be reached or opened."""


class Overloaded(EngineError):
    """Every slot is taken and the queue is full."""
