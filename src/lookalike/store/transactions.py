"""Reading and writing the store: what the two databases have in common, and how they fail.

SQL is written once, with `?` for values. A Writing can do all that a Reading can; not the reverse.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeAlias

from lookalike.store.records import Role, User

Value: TypeAlias = int | str | bytes | None
Row: TypeAlias = tuple[Any, ...]
"""One row as the driver gives it. Only the functions of the store look into it."""

PATIENCE = 5.0
"""Seconds to wait for other writers, or for a free connection."""


class StoreError(Exception):
    """The store did not do what it was asked."""


class Busy(StoreError):
    """Others kept the store for too long, or it cannot be reached. Try again later."""


class Taken(StoreError):
    """Something else already has a name or key that must be unique."""


class TooNew(StoreError):
    """A later version of lookalike has changed the store; this one must not touch it."""


class Nested(RuntimeError):
    """The thread asked the Database for something while it holds a Writing: it must use that."""

    def __init__(self) -> None:
        super().__init__("inside a transaction read and write through it, not beside it")


class Missing(LookupError):
    """There is no such record."""


Holders: TypeAlias = dict[tuple[int, int], tuple[User, tuple[Role, ...]]]
"""Users with their roles, by the user's id and generation: what one process has read so far."""


class Reading(ABC):
    """Sees what is committed. Each statement sees the newest state, two need not see the same."""

    holders: Holders

    @abstractmethod
    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """Every row of a statement."""

    @abstractmethod
    def row(self, sql: str, values: Sequence[Value] = ()) -> Row | None:
        """The first row of a statement, if there is one."""


class Writing(Reading):
    """One transaction: all of it is kept, once the block ends well, or nothing."""

    @abstractmethod
    def run(self, sql: str, values: Sequence[Value] = ()) -> int:
        """The number of rows a statement changed."""


class Database(ABC):
    """The store, open. Safe to use from several threads, and by several processes at once."""

    @abstractmethod
    def read(self) -> AbstractContextManager[Reading]:
        """`with database.read() as db:`, never inside a transaction of the same thread."""

    @abstractmethod
    def write(self, *, durable: bool = True) -> AbstractContextManager[Writing]:
        """`with database.write() as db:`, one transaction, never inside another of the thread.

        All writes survive the death of this process. One that is not durable may be lost if the
        machine itself goes down, and is several times cheaper: right for sessions.
        """

    @abstractmethod
    def close(self) -> None:
        """Give back what the store holds open."""


def sure(row: Row | None) -> Row:
    """The row of a statement that always gives one."""
    if row is None:
        raise StoreError("a statement that always gives a row gave none")
    return row
