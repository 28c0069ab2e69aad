"""The store on SQLite: a file that threads and processes share, or memory that threads share.

Each thread has connections of its own. Reads wait for nobody; writers queue.
"""

from __future__ import annotations

import itertools
import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Sequence
from types import TracebackType

from lookalike.store.transactions import (
    PATIENCE,
    Busy,
    Database,
    Holders,
    Missing,
    Nested,
    Reading,
    Row,
    StoreError,
    Taken,
    Value,
    Writing,
)

_OLDEST = (3, 37, 0)
_MEMORY = itertools.count()


class SqliteDatabase(Database):
    """`path` is a file, made if it is absent and readable by its owner only; empty for memory."""

    def __init__(self, path: str) -> None:
        if sqlite3.sqlite_version_info < _OLDEST:
            raise StoreError(f"SQLite {sqlite3.sqlite_version} is too old; 3.37 or later is needed")
        self._path = path
        # One name per store: threads that open the same name share its memory.
        self._name = path or f"file:/lookalike-{os.getpid()}-{next(_MEMORY)}?vfs=memdb"
        self._hands = _Hands()
        self._open: weakref.WeakSet[_Connection] = weakref.WeakSet()
        self._turn = threading.Lock()
        self._holders: Holders = {}
        if path:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        # Memory lasts as long as one connection to it, and a file should fail now or never.
        self._first = self._connect("FULL")
        if path:
            _keep_log(self._first.driver)

    def read(self) -> _SqliteReading:
        hands = self._hands
        if hands.is_writing:
            raise Nested
        if hands.reading is None:
            hands.reading = _SqliteReading(self._connect("FULL", is_reader=True), self._holders)
        return hands.reading

    def write(self, *, durable: bool = True) -> _SqliteWriting:
        hands = self._hands
        if hands.is_writing:
            raise Nested
        writing = hands.durable if durable else hands.quick
        if writing is None:
            connection = self._connect("FULL" if durable else "NORMAL")
            writing = _SqliteWriting(connection, self._turn, hands)
            setattr(hands, "durable" if durable else "quick", writing)
        return writing

    def close(self) -> None:
        for connection in tuple(self._open):
            connection.driver.close()

    def _connect(self, synchronous: str, is_reader: bool = False) -> _Connection:
        driver = sqlite3.connect(
            self._name,
            timeout=PATIENCE,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=512,
            uri=not self._path,
        )
        driver.execute("PRAGMA foreign_keys = ON")
        driver.execute(f"PRAGMA synchronous = {synchronous}")
        if is_reader:
            driver.execute("PRAGMA query_only = ON")
        connection = _Connection(driver)
        self._open.add(connection)
        return connection


class _Hands(threading.local):
    """What one thread holds of the store."""

    reading: _SqliteReading | None = None
    durable: _SqliteWriting | None = None
    quick: _SqliteWriting | None = None
    is_writing = False


class _Connection:
    """A connection that is closed with the thread it belongs to."""

    def __init__(self, driver: sqlite3.Connection) -> None:
        self.driver = driver

    def __del__(self) -> None:
        self.driver.close()


class _SqliteReading(Reading):
    def __init__(self, connection: _Connection, holders: Holders) -> None:
        self._connection = connection
        self._execute = connection.driver.cursor().execute  # each statement is read to its end
        self.holders = holders

    def __enter__(self) -> _SqliteReading:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        try:
            return self._execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise _translated(error) from error

    def row(self, sql: str, values: Sequence[Value] = ()) -> Row | None:
        try:
            found = self._execute(sql, values).fetchall()
            return found[0] if found else None
        except sqlite3.Error as error:
            raise _translated(error) from error


class _SqliteWriting(Writing):
    def __init__(self, connection: _Connection, turn: threading.Lock, hands: _Hands) -> None:
        self._connection = connection
        self._execute = connection.driver.execute
        self.holders = {}
        self._turn = turn
        self._hands = hands

    def __enter__(self) -> _SqliteWriting:
        # SQLite lets waiting writers sleep and poll; within one process a lock wakes them.
        if not self._turn.acquire(timeout=PATIENCE):
            raise Busy("the store is busy")
        try:
            self._execute("BEGIN IMMEDIATE")
        except BaseException as error:
            self._turn.release()
            if isinstance(error, sqlite3.Error):
                raise _translated(error) from error
            raise
        self._hands.is_writing = True
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._execute("COMMIT")
        except sqlite3.Error as failure:
            raise _translated(failure) from failure
        finally:
            self._hands.is_writing = False
            try:
                if self._connection.driver.in_transaction:
                    self._execute("ROLLBACK")
            finally:
                self._turn.release()

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        try:
            return self._execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise _translated(error) from error

    def row(self, sql: str, values: Sequence[Value] = ()) -> Row | None:
        found = self.rows(sql, values)
        return found[0] if found else None

    def run(self, sql: str, values: Sequence[Value] = ()) -> int:
        try:
            return self._execute(sql, values).rowcount
        except sqlite3.Error as error:
            raise _translated(error) from error


def _keep_log(driver: sqlite3.Connection) -> None:
    """Readers and a writer side by side. Changing to it does not wait for others, so we do."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            driver.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if time.monotonic() > deadline:
                raise _translated(error) from error
            time.sleep(0.02)


def _translated(error: sqlite3.Error) -> Exception:
    code = getattr(error, "sqlite_errorcode", 0)
    if code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Busy("the store is busy")
    if code == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
        return Missing("a record this one leads to is not there")
    if code in (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY):
        return Taken(str(error))
    return StoreError(str(error))
