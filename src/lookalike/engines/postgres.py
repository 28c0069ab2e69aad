"""Postgres: an engine over a few connections, each with one statement at a time.

Every statement is alone in a transaction that may only read, goes through the protocol that takes
one statement, and must return columns: nothing behind a semicolon, no COMMIT and no COPY can come
with it.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import socket
import time
from collections.abc import Callable, Generator, Sequence
from datetime import date, datetime
from datetime import time as clock_time
from typing import TypeAlias

import psycopg
from psycopg import errors, pq
from psycopg.abc import Buffer
from psycopg.adapt import AdaptersMap, Loader
from psycopg.types import bool as booleans
from psycopg.types import numeric as numbers
from psycopg.types import string as texts

from lookalike.engines.engine import (
    Batch,
    Cancelled,
    Column,
    ConnectionSettings,
    EngineError,
    OutOfMemory,
    Running,
    RunningText,
    SqlError,
    TextForm,
    TimedOut,
    Unreachable,
)
from lookalike.engines.pool import Pool
from lookalike.engines.statement import GRACE, Statement
from lookalike.engines.watchdog import Watchdog

_ROWS_AT_ONCE = 1000


class Postgres:
    """Satisfies Engine. Connections are opened when they are needed, at most one a slot."""

    def __init__(self, settings: ConnectionSettings) -> None:
        self._settings = settings
        self._watchdog = Watchdog()
        self._pool: Pool[_Connection] = Pool(
            settings.slots, self._open, lambda connection: not connection.closed, _close
        )

    @property
    def dialect(self) -> str:
        return "postgres"

    def run(self, sql: str, seconds: float) -> Running:
        deadline = time.monotonic() + seconds
        connection = self._pool.take(deadline)
        return Statement(_Rows(connection, self._pool, sql, deadline), deadline, self._watchdog)

    def run_text(
        self, sql: str, form: TextForm, keys: Sequence[str], seconds: float
    ) -> RunningText | None:
        return None

    def close(self) -> None:
        self._pool.close()
        self._watchdog.close()

    def _open(self, deadline: float) -> _Connection:
        settings = self._settings
        try:
            return psycopg.connect(
                host=settings.host or None,
                port=settings.port or None,
                dbname=settings.database,
                user=settings.username or None,
                password=settings.password or None,
                application_name="lookalike",
                client_encoding="utf8",
                connect_timeout=min(max(2, int(deadline - time.monotonic())), 10),
                options=f"-c TimeZone={_escaped(settings.timezone)} -c DateStyle=ISO"
                " -c default_transaction_read_only=on",
                autocommit=True,
                context=_ADAPTERS,
            )
        except psycopg.Error as error:
            raise Unreachable(f"connection `{settings.name}` can't be opened: {error}") from error


_Connection: TypeAlias = psycopg.Connection[tuple[object, ...]]


class _Rows:
    """One statement on one connection."""

    def __init__(
        self, connection: _Connection, pool: Pool[_Connection], sql: str, deadline: float
    ) -> None:
        self._connection = connection
        self._pool = pool
        self._sql = sql
        self._deadline = deadline
        self._rows: Generator[tuple[object, ...], None, None] | None = None
        self._stopped = False

    def begin(self) -> Sequence[Column]:
        milliseconds = max(int((self._deadline - time.monotonic()) * 1000), 1)
        try:
            self._connection.execute(
                f"BEGIN READ ONLY; SET LOCAL statement_timeout = {milliseconds}".encode()
            )
            return _described(self._connection, self._sql)
        except psycopg.Error as error:
            raise _error(error, self._sql) from error

    def read(self) -> Batch | None:
        """Rows as they come. The statement itself starts with the first read, so it may be too late
        for it."""
        if self._rows is None:
            if self._stopped:
                raise Cancelled("the query was cancelled before it had started")
            self._rows = _stream(self._connection, self._sql)
        try:
            batch = list(itertools.islice(self._rows, _ROWS_AT_ONCE))
        except psycopg.Error as error:
            raise _error(error, self._sql) from error
        return batch or None

    def stop(self) -> None:
        self._stopped = True
        with contextlib.suppress(psycopg.Error):
            self._connection.cancel_safe(timeout=GRACE)

    def kill(self) -> None:
        """Shut the line. The reader finds it closed, whatever the server does."""
        with (
            contextlib.suppress(psycopg.Error, OSError),
            socket.socket(fileno=os.dup(self._connection.fileno())) as line,
        ):
            line.shutdown(socket.SHUT_RDWR)

    def release(self) -> None:
        try:
            if self._rows is not None:
                self._rows.close()
            self._connection.execute(b"ROLLBACK")
        except psycopg.Error:
            self._pool.drop(self._connection)
        else:
            self._pool.give_back(self._connection)


def _described(connection: _Connection, sql: str) -> list[Column]:
    """Parse the one statement and learn its columns. Whatever has none is not a question."""
    if "\0" in sql:
        raise SqlError("the statement holds a NUL character")
    result = connection.pgconn.prepare(b"", sql.encode())
    if result.status == pq.ExecStatus.COMMAND_OK:
        result = connection.pgconn.describe_prepared(b"")
    if result.status != pq.ExecStatus.COMMAND_OK:
        raise errors.error_from_result(result)
    if result.nfields == 0:
        raise SqlError("only a statement that returns rows can be run")
    return [
        Column((result.fname(index) or b"").decode(), _type_name(result.ftype(index)))
        for index in range(result.nfields)
    ]


def _type_name(oid: int) -> str:
    known = psycopg.postgres.types.get(oid)
    if known is None:
        return str(oid)
    return f"{known.name}[]" if oid == known.array_oid else known.name


def _stream(connection: _Connection, sql: str) -> Generator[tuple[object, ...], None, None]:
    with connection.cursor() as cursor:
        yield from cursor.stream(sql.encode(), size=_ROWS_AT_ONCE)


def _close(connection: _Connection) -> None:
    with contextlib.suppress(psycopg.Error):
        connection.close()


def _error(error: psycopg.Error, sql: str) -> EngineError:
    match error:
        case errors.QueryCanceled() if "timeout" in str(error):
            return TimedOut("the query took longer than it was allowed to and was stopped")
        case errors.QueryCanceled():
            return Cancelled("the query was cancelled")
        case errors.OutOfMemory():
            return OutOfMemory(_message(error))
    if error.sqlstate is None or error.sqlstate.startswith(("08", "57P")):
        return Unreachable(f"the connection to the database was lost: {error}")
    place = error.diag.statement_position
    before = sql[: int(place) - 1] if place else ""
    line = before.count("\n") + 1 if place else 0
    column = len(before) - (before.rfind("\n") + 1) + 1 if place else 0
    return SqlError(_message(error), line, column)


def _message(error: psycopg.Error) -> str:
    diag = error.diag
    parts = (diag.message_primary, diag.message_detail, diag.message_hint)
    return "\n".join(part for part in parts if part) or str(error)


def _escaped(text: str) -> str:
    """For libpq's `options`, where blanks part."""
    return text.replace("\\", "\\\\").replace(" ", "\\ ")


# Values -------------------------------------------------------------------------------------------


class _IsoLoader(Loader):
    """Text of a date or time as a Python value, or as it is where Python has none such."""

    read: Callable[[str], object]

    def load(self, data: Buffer) -> object:
        text = bytes(data).decode()
        try:
            return type(self).read(text)
        except ValueError:
            return text


class _DateLoader(_IsoLoader):
    read = date.fromisoformat


class _MomentLoader(_IsoLoader):
    read = datetime.fromisoformat


class _ZonedLoader(_IsoLoader):
    """The wall-clock time of the session's zone, which is the database's."""

    @staticmethod
    def read(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=None)


class _TimeLoader(_IsoLoader):
    read = clock_time.fromisoformat


def _adapters() -> AdaptersMap:
    """Only the types an engine may return; every other comes as text."""
    adapters = AdaptersMap(types=psycopg.postgres.types)
    adapters.register_loader(0, texts.TextLoader)
    for name in ("text", "varchar", "bpchar", "name"):
        adapters.register_loader(name, texts.TextLoader)
    for name in ("int2", "int4", "int8", "oid"):
        adapters.register_loader(name, numbers.IntLoader)
    for name in ("float4", "float8"):
        adapters.register_loader(name, numbers.FloatLoader)
    adapters.register_loader("numeric", numbers.NumericLoader)
    adapters.register_loader("bool", booleans.BoolLoader)
    adapters.register_loader("bytea", texts.ByteaLoader)
    adapters.register_loader("date", _DateLoader)
    adapters.register_loader("timestamp", _MomentLoader)
    adapters.register_loader("timestamptz", _ZonedLoader)
    adapters.register_loader("time", _TimeLoader)
    return adapters


_ADAPTERS = _adapters()
