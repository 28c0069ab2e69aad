"""Worker: the child process that holds a DuckDB database and runs one statement at a time.

In: frames on a socket it inherited. Out: frames. It ends when its server does: nobody is left on
the other side of the socket then. It can be killed at any moment; nothing it holds outlives it.
"""

from __future__ import annotations

import contextlib
import os
import queue
import re
import select
import shutil
import sys
import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from socket import socket

import duckdb
import msgspec
import nanoarrow

from lookalike.engines import frames, hardening, text
from lookalike.engines.frames import Ask, Described, Failed, Kind, Opening, RowForm, Trouble

_ROWS_AT_ONCE = 8192
_BYTES_AT_ONCE = 1 << 20
_PATIENCE = 0.02
"""Seconds between interrupts: one that comes just before a statement starts is lost."""


def main() -> None:
    """Serve the socket whose number is the first argument until the other side closes it."""
    connection = socket(fileno=int(sys.argv[1]))
    try:
        _, length = frames.receive_header(connection)
        opening = msgspec.msgpack.decode(frames.receive(connection, length), type=Opening)
        hardening.limit_process(opening)
        database = hardening.open_database(opening)
    except (duckdb.Error, hardening.Unsafe) as error:
        _fail(connection, Failed(Trouble.OPENING, str(error), fatal=True))
        return
    except frames.Lost:
        return
    frames.send(connection, Kind.READY)
    desk = _Desk(connection, opening.folder)
    threading.Thread(target=desk.listen, daemon=True).start()
    with contextlib.suppress(frames.Lost):
        while _serve(connection, database, desk):
            pass


class _Desk:
    """Takes what comes in while a statement runs: the next question, or the wish to stop this
    one."""

    def __init__(self, connection: socket, folder: str) -> None:
        self._connection = connection
        self._folder = folder
        self._asks: queue.SimpleQueue[Ask] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._current: tuple[int, duckdb.DuckDBPyConnection] | None = None
        self._stop_number = 0

    def listen(self) -> None:
        """Read the socket for ever; end the process when it closes, whatever the main thread is
        doing."""
        try:
            while True:
                if self._readable():
                    self._take()
                self._interrupt()
        except (frames.Lost, msgspec.DecodeError):
            shutil.rmtree(self._folder, ignore_errors=True)  # a dead server can't
            os._exit(0)

    def next_ask(self) -> Ask:
        return self._asks.get()

    def begin(self, number: int, cursor: duckdb.DuckDBPyConnection) -> None:
        with self._lock:
            self._current = (number, cursor)

    def end(self) -> None:
        with self._lock:
            self._current = None

    def is_stopped(self, number: int) -> bool:
        return self._stop_number == number

    def _readable(self) -> bool:
        pending = self._current is not None and self.is_stopped(self._current[0])
        ready, _, _ = select.select([self._connection], [], [], _PATIENCE if pending else None)
        return bool(ready)

    def _take(self) -> None:
        kind, length = frames.receive_header(self._connection)
        payload = frames.receive(self._connection, length)
        if kind is Kind.ASK:
            self._asks.put(msgspec.msgpack.decode(payload, type=Ask))
        elif kind is Kind.STOP:
            self._stop_number = msgspec.msgpack.decode(payload, type=frames.Stop).number

    def _interrupt(self) -> None:
        with self._lock:
            if self._current is not None and self.is_stopped(self._current[0]):
                self._current[1].interrupt()


def _serve(connection: socket, database: duckdb.DuckDBPyConnection, desk: _Desk) -> bool:
    """Answer one question. False when the worker is of no more use."""
    ask = desk.next_ask()
    cursor = database.cursor()
    desk.begin(ask.number, cursor)
    try:
        columns, sql = _prepare(cursor, ask)
        frames.send_value(connection, Kind.COLUMNS, columns)
        for rows in _rows(cursor, sql, ask.form):
            if desk.is_stopped(ask.number):
                raise duckdb.InterruptException("stopped")
            frames.send(connection, Kind.ROWS, rows)
    except (duckdb.Error, MemoryError, RuntimeError) as error:
        failed = _failed(error, ask.sql)
        _fail(connection, failed)
        return not failed.fatal
    finally:
        desk.end()
        with contextlib.suppress(duckdb.Error):
            cursor.close()
    frames.send(connection, Kind.END)
    return True


def _prepare(cursor: duckdb.DuckDBPyConnection, ask: Ask) -> tuple[list[Described], str]:
    """What the statement returns, and the statement that writes it as text.

    Wherever its text goes it stands behind one line break, so that DuckDB's line numbers are always
    one too high.
    """
    sql = _one_select(cursor, "\n" + ask.sql)
    names, types = _described(cursor, sql)
    columns = [
        Described(name, type_, text.shape_of(type_))
        for name, type_ in zip(names, types, strict=True)
    ]
    if ask.form is RowForm.JSON and len(ask.keys) != len(columns):
        raise duckdb.InvalidInputException(
            f"the statement has {len(columns)} columns, but {len(ask.keys)} were expected"
        )
    return columns, text.as_text(sql, columns, ask.form, ask.keys)


_EXPLAIN = re.compile(r"((?:\s|--[^\n]*\n|/\*.*?\*/)*EXPLAIN)\b(.*)", re.DOTALL | re.IGNORECASE)


def _one_select(cursor: duckdb.DuckDBPyConnection, sql: str) -> str:
    """Let one SELECT pass. EXPLAIN of one becomes a SELECT of its text, and everything else is
    refused."""
    statements = cursor.extract_statements(sql)
    if len(statements) != 1:
        raise duckdb.InvalidInputException(f"expected one statement, not {len(statements)}")
    kind = statements[0].type
    explain = _EXPLAIN.match(sql) if kind is duckdb.StatementType.EXPLAIN else None
    if explain:
        blanks = re.sub(r"[^\n]", " ", explain[1])  # so that positions in messages stay right
        select = _one_select(cursor, blanks + explain[2])
        _described(cursor, select)
        plan = cursor.sql(select).explain()
        return "SELECT '" + plan.replace("'", "''") + "' AS explain_value"
    if kind is not duckdb.StatementType.SELECT:
        raise duckdb.InvalidInputException(f"only SELECT can be run, not {kind.name}")
    return sql.rstrip().rstrip(";")


def _described(cursor: duckdb.DuckDBPyConnection, sql: str) -> tuple[list[str], list[str]]:
    """The names and types of the columns. Nothing is run."""
    try:
        relation = cursor.sql(sql)
    except duckdb.Error:
        # The same error again, this time with its position, which a relation leaves out.
        cursor.execute("EXPLAIN" + sql)
        raise
    return relation.columns, [str(type_) for type_ in relation.types]


def _rows(cursor: duckdb.DuckDBPyConnection, sql: str, form: RowForm) -> Iterator[memoryview]:
    """Whole rows of a statement with one text column, straight from DuckDB's buffers."""
    behind = len(",\n") if form is RowForm.JSON else 0  # nothing stands before the first row
    for batch in nanoarrow.c_array_stream(_stream(cursor, sql)):
        view = batch.child(0).view()
        offsets: Sequence[int] = memoryview(view.buffer(1))[view.offset :]
        data = memoryview(view.buffer(2)).cast("B")
        row = 0
        while row < view.length:
            start = offsets[row] + behind
            behind = 0
            until = bisect_right(offsets, start + _BYTES_AT_ONCE, row + 1, view.length + 1) - 1
            row = max(until, row + 1)
            yield data[start : offsets[row]]


def _stream(cursor: duckdb.DuckDBPyConnection, sql: str) -> object:
    """An Arrow stream over the statement while it runs.

    DuckDB's public way to one needs pyarrow, or has batches so large that wide rows fill the
    memory; so its own inner door is used where it stands.
    """
    submit = getattr(cursor, "_submit", None)
    if submit is None:
        return cursor.sql(sql)
    return submit(sql, None, "stream", _ROWS_AT_ONCE).arrow_capsule()


def _fail(connection: socket, failed: Failed) -> None:
    with contextlib.suppress(frames.Lost):
        frames.send_value(connection, Kind.FAILED, failed)


_LINE = re.compile(r"\n\nLINE (\d+): ([^\n]*)\n( *)\^")
_CUT = "..."
_STREAM = re.compile(r"ArrowArrayStream::get_\w+\(\) failed \(\d+\): ")


def _failed(error: Exception, sql: str) -> Failed:
    message = _STREAM.sub("", str(error))
    if isinstance(error, duckdb.InterruptException) or message.startswith("INTERRUPT Error"):
        return Failed(Trouble.STOPPED, "stopped")
    out_of_memory = isinstance(error, duckdb.OutOfMemoryException | MemoryError)
    if out_of_memory or message.startswith("Out of Memory Error"):
        return Failed(Trouble.MEMORY, message.split("\n\n")[0])
    fatal = isinstance(error, duckdb.FatalException | duckdb.InternalException)
    place = _LINE.search(message)
    if place is None:
        return Failed(Trouble.SQL, message, fatal=fatal)
    line, shown, blanks = place.groups()
    n_before = len(blanks) - len(f"LINE {line}: ")
    written = sql.split("\n")[int(line) - 2 :][:1]
    column = _column(shown, n_before, written[0] if written else "")
    return Failed(Trouble.SQL, message[: place.start()], int(line) - 1, column, fatal)


def _column(shown: str, n_before: int, written: str) -> int:
    """The column behind `n_before` signs of a line as DuckDB shows it; of a long one that is a
    part. 0 if that part can't be told from others.
    """
    if not shown.startswith(_CUT):
        return n_before + 1
    part = shown.removeprefix(_CUT).removesuffix(_CUT)
    if written.count(part) != 1:
        return 0
    return written.index(part) + n_before - len(_CUT) + 1
