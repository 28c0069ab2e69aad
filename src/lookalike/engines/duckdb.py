"""DuckDB: an engine over worker processes, each with the database open and one statement at a time.

A statement that will not stop costs its own worker and nothing else; the next one starts a new
worker.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

import msgspec

from lookalike.engines import decoding, frames, process
from lookalike.engines.engine import (
    Batch,
    Column,
    ConnectionSettings,
    EngineError,
    OutOfMemory,
    Running,
    RunningText,
    SqlError,
    TextForm,
)
from lookalike.engines.frames import Described, Failed, Kind, Opening, RowForm, Trouble
from lookalike.engines.pool import Pool
from lookalike.engines.process import Worker
from lookalike.engines.statement import Statement
from lookalike.engines.watchdog import Watchdog


class DuckDB:
    """Satisfies Engine. Workers start when they are needed, at most one a slot."""

    def __init__(self, settings: ConnectionSettings) -> None:
        self._settings = settings
        self._watchdog = Watchdog()
        in_turn = bool(settings.path) and not settings.read_only  # a writer excludes all others
        slots = 1 if in_turn else settings.slots
        self._pool: Pool[Worker] = Pool(
            slots,
            self._start,
            lambda worker: worker.is_of_use(settings.path),
            lambda worker: worker.close(),
        )

    @property
    def dialect(self) -> str:
        return "duckdb"

    def run(self, sql: str, seconds: float) -> Running:
        deadline = time.monotonic() + seconds
        hand = _Rows(self._pool.take(deadline), self._pool, sql, RowForm.ROWS)
        return Statement(hand, deadline, self._watchdog)

    def run_text(
        self, sql: str, form: TextForm, keys: Sequence[str], seconds: float
    ) -> RunningText | None:
        deadline = time.monotonic() + seconds
        hand = _Text(self._pool.take(deadline), self._pool, sql, RowForm(form), tuple(keys))
        return Statement(hand, deadline, self._watchdog)

    def close(self) -> None:
        self._pool.close()
        self._watchdog.close()

    def _start(self, deadline: float) -> Worker:
        opening = Opening(
            path=self._settings.path,
            read_only=self._settings.read_only,
            memory_mb=self._settings.memory_mb,
            threads=os.cpu_count() or 1,
            timezone=self._settings.timezone,
            folder=process.new_folder(),
        )
        return process.start(opening, deadline)


class _Answering:
    """One statement on one worker: what reading rows and reading text share."""

    def __init__(
        self,
        worker: Worker,
        pool: Pool[Worker],
        sql: str,
        form: RowForm,
        keys: tuple[str, ...] = (),
    ) -> None:
        self._worker = worker
        self._pool = pool
        self._ask = (sql, form, keys)
        self._clean = False
        self.described: list[Described] = []

    def begin(self) -> Sequence[Column]:
        try:
            self._worker.ask(*self._ask)
            kind, length = self._header()
            if kind is Kind.COLUMNS:
                payload = self._receive(length)
                self.described = msgspec.msgpack.decode(payload, type=list[Described])
                return [Column(column.name, column.type) for column in self.described]
        except (frames.Lost, msgspec.DecodeError) as error:
            raise self._worker.why_gone() from error
        raise self._worker.why_gone()

    def stop(self) -> None:
        self._worker.stop()

    def kill(self) -> None:
        self._worker.kill()

    def release(self) -> None:
        if self._clean:
            self._pool.give_back(self._worker)
        else:
            self._pool.drop(self._worker)

    def _rows_ahead(self) -> int:
        """The length of the next frame of rows; 0 at the end."""
        try:
            kind, length = self._header()
        except (frames.Lost, msgspec.DecodeError) as error:
            raise self._worker.why_gone() from error
        if kind is Kind.END:
            self._clean = True
            return 0
        if kind is not Kind.ROWS or length == 0:
            raise self._worker.why_gone()
        return length

    def _header(self) -> tuple[Kind, int]:
        kind, length = frames.receive_header(self._worker.connection)
        if kind is Kind.FAILED:
            failed = msgspec.msgpack.decode(self._receive(length), type=Failed)
            is_spent = failed.trouble is not Trouble.SQL and not self._worker.has_room()
            self._clean = not failed.fatal and not is_spent
            raise _error(failed)
        return kind, length

    def _receive(self, length: int) -> bytes:
        return frames.receive(self._worker.connection, length)


class _Rows(_Answering):
    def read(self) -> Batch | None:
        length = self._rows_ahead()
        if length == 0:
            return None
        try:
            text = self._receive(length)
            return decoding.rows(text, tuple(column.shape for column in self.described))
        except (frames.Lost, msgspec.DecodeError) as error:
            raise self._worker.why_gone() from error


class _Text(_Answering):
    _ahead = 0

    def read(self) -> bytes | None:
        if self._ahead == 0:
            self._ahead = self._rows_ahead()
            if self._ahead == 0:
                return None
        try:
            piece = frames.receive_some(self._worker.connection, self._ahead)
        except frames.Lost as error:
            raise self._worker.why_gone() from error
        self._ahead -= len(piece)
        return piece


def _error(failed: Failed) -> EngineError:
    match failed.trouble:
        case Trouble.MEMORY:
            return OutOfMemory(failed.message)
        case Trouble.STOPPED:
            return EngineError("the query was stopped")
    return SqlError(failed.message, failed.line, failed.column)
