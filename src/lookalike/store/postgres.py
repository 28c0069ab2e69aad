"""The store on PostgreSQL: for several machines. The same SQL, a few connections that are shared.

A connection the server has dropped is replaced once, where nothing can have been done with it yet.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeAlias

import psycopg
from psycopg import errors

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

MOST_CONNECTIONS = 8

Driver: TypeAlias = psycopg.Connection[tuple[Any, ...]]


class PostgresDatabase(Database):
    """`url` is one that libpq understands."""

    def __init__(self, url: str) -> None:
        self._holders: Holders = {}
        self._url = url
        self._idle: list[Driver] = []
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(MOST_CONNECTIONS)
        self._hands = _Hands()
        self._give(self._connect())

    @contextmanager
    def read(self) -> Iterator[Reading]:
        if self._hands.is_writing:
            raise Nested
        with self._connection() as connection:
            yield _PostgresReading(connection, self._holders)

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[Writing]:
        if self._hands.is_writing:
            raise Nested
        with self._connection() as connection:
            self._hands.is_writing = True
            try:
                connection.execute("BEGIN")
                with _ended(connection):
                    if not durable:
                        connection.execute("SET LOCAL synchronous_commit = off")
                    yield _PostgresWriting(connection)
            finally:
                self._hands.is_writing = False

    def close(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for driver in idle:
            driver.close()

    @contextmanager
    def _connection(self) -> Iterator[_Connection]:
        if not self._free.acquire(timeout=PATIENCE):
            raise Busy("the store is busy")
        try:
            with self._lock:
                driver = self._idle.pop() if self._idle else None
            connection = _Connection(driver or self._connect(), self._connect)
            try:
                yield connection
            finally:
                self._give(connection.driver)
        finally:
            self._free.release()

    def _give(self, driver: Driver) -> None:
        """Keep a connection for the next one, unless it is broken or was left amid something."""
        if driver.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
            driver.close()
            return
        with self._lock:
            self._idle.append(driver)

    def _connect(self) -> Driver:
        try:
            driver = psycopg.connect(self._url, autocommit=True, connect_timeout=int(PATIENCE))
            driver.execute(f"SET lock_timeout = {int(PATIENCE * 1_000)}")
        except psycopg.OperationalError as error:
            raise Busy(f"the store cannot be reached: {error}") from error
        except psycopg.ProgrammingError:
            # What the driver says would repeat the URL, and a password may stand in it.
            raise StoreError("PostgreSQL does not understand the URL of the store") from None
        return driver


class _Hands(threading.local):
    """What one thread holds of the store."""

    is_writing = False


class _Connection:
    """One connection in use. It is replaced if its first statement finds it dropped."""

    def __init__(self, driver: Driver, connect: Callable[[], Driver]) -> None:
        self.driver: Driver = driver
        self._connect = connect
        self._is_fresh = True

    def execute(self, sql: str, values: Sequence[Value] = ()) -> psycopg.Cursor[Row]:
        try:
            return self._execute(sql, values)
        except psycopg.OperationalError as error:
            if not (self._is_fresh and self.driver.broken):
                raise _translated(error) from error
            self.driver.close()
            self.driver = self._connect()
            try:
                return self._execute(sql, values)
            except psycopg.Error as failure:
                raise _translated(failure) from failure
        except psycopg.Error as error:
            raise _translated(error) from error
        finally:
            self._is_fresh = False

    def _execute(self, sql: str, values: Sequence[Value]) -> psycopg.Cursor[Row]:
        return self.driver.execute(_in_its_words(sql), values)


class _PostgresReading(Reading):
    def __init__(self, connection: _Connection, holders: Holders) -> None:
        self.holders = holders
        self._connection = connection

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[Value] = ()) -> Row | None:
        return self._connection.execute(sql, values).fetchone()


class _PostgresWriting(Writing):
    def __init__(self, connection: _Connection) -> None:
        self.holders = {}
        self._connection = connection

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[Value] = ()) -> Row | None:
        return self._connection.execute(sql, values).fetchone()

    def run(self, sql: str, values: Sequence[Value] = ()) -> int:
        return self._connection.execute(sql, values).rowcount


@contextmanager
def _ended(connection: _Connection) -> Iterator[None]:
    """End the transaction: kept if the block ends well."""
    try:
        yield
    except BaseException:
        if not connection.driver.closed:
            connection.driver.rollback()
        raise
    connection.execute("COMMIT")


@lru_cache(maxsize=1_000)
def _in_its_words(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


def _translated(error: psycopg.Error) -> Exception:
    if isinstance(error, errors.ForeignKeyViolation):
        return Missing("a record this one leads to is not there")
    if isinstance(error, errors.UniqueViolation):
        return Taken(str(error))
    if isinstance(error, psycopg.OperationalError):
        return Busy("the store is busy or cannot be reached")
    return StoreError(str(error))
