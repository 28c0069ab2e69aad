"""Frames: what a server and its worker process say to each other over one socket.

In: values of this file or raw bytes. Out: frames of one byte of kind, four of length, and a
payload. Nothing is ever unpickled: a worker runs the SQL of strangers, so what it says is decoded
into known shapes only.
"""

from __future__ import annotations

import struct
from enum import IntEnum, StrEnum
from socket import socket

import msgspec
from msgspec import Struct

LARGEST_FRAME = 1 << 28
"""A worker that announces more is broken or hostile."""

_HEADER = struct.Struct(">BI")


class Kind(IntEnum):
    """What a frame holds. The first three go to the worker, the others come from it."""

    OPEN = 1  # Opening
    ASK = 2  # Ask
    STOP = 3  # Stop
    READY = 4  # nothing: the database is open and probed
    COLUMNS = 5  # a list of Described
    ROWS = 6  # whole rows as UTF-8 text
    END = 7  # nothing: the statement has ended well
    FAILED = 8  # Failed


class Shape(StrEnum):
    """How the text of a value reads."""

    TEXT = "text"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    FLOAT = "float"
    BYTES = "bytes"  # base64
    DATE = "date"
    MOMENT = "moment"  # date and time of day
    TIME = "time"


class RowForm(StrEnum):
    """How the worker writes rows. All but `rows` are those of `TextForm`."""

    ROWS = "rows"  # one JSON list a row, each row behind ",\n"
    JSON = "json"
    CSV = "csv"
    TAB = "tab"


class Opening(Struct, frozen=True, kw_only=True):
    """How a worker opens its database. `folder` is its own, for spilled data."""

    path: str
    read_only: bool
    memory_mb: int
    threads: int
    timezone: str
    folder: str


class Ask(Struct, frozen=True):
    """Run one statement. `number` tells it from the others of the same worker."""

    number: int
    sql: str
    form: RowForm
    keys: tuple[str, ...] = ()


class Stop(Struct, frozen=True):
    number: int


class Described(Struct, frozen=True):
    """One column; `type` is the database's word, `shape` ours."""

    name: str
    type: str
    shape: Shape


class Trouble(StrEnum):
    SQL = "sql"
    MEMORY = "memory"
    STOPPED = "stopped"
    OPENING = "opening"


class Failed(Struct, frozen=True):
    """Why a statement failed. After a fatal one the worker is of no more use."""

    trouble: Trouble
    message: str
    line: int = 0
    column: int = 0
    fatal: bool = False


class Lost(Exception):
    """The other side is gone, or talks nonsense."""


def send(connection: socket, kind: Kind, payload: bytes | memoryview = b"") -> None:
    """Write one frame. Raises Lost when nobody is there to read it."""
    header = _HEADER.pack(kind, len(payload))
    try:
        if len(payload) <= 4096:
            connection.sendall(header + bytes(payload))
        else:
            connection.sendall(header)
            connection.sendall(payload)
    except OSError as error:
        raise Lost(str(error)) from error


def send_value(connection: socket, kind: Kind, value: Struct | list[Described]) -> None:
    send(connection, kind, msgspec.msgpack.encode(value))


def receive_header(connection: socket) -> tuple[Kind, int]:
    """Read the head of the next frame: its kind and the length of its payload."""
    kind, length = _HEADER.unpack(receive(connection, _HEADER.size))
    try:
        known = Kind(kind)
    except ValueError:
        known = None
    if known is None or length > LARGEST_FRAME:
        raise Lost(f"a frame of kind {kind} and {length} bytes makes no sense")
    return known, length


def receive(connection: socket, length: int) -> bytes:
    """Read exactly `length` bytes."""
    first = receive_some(connection, length) if length else b""
    if len(first) == length:
        return first
    whole = bytearray(first)
    while len(whole) < length:
        whole += receive_some(connection, length - len(whole))
    return bytes(whole)


def receive_some(connection: socket, limit: int) -> bytes:
    """Read at least one and at most `limit` bytes."""
    try:
        piece = connection.recv(min(limit, 1 << 18))
    except OSError as error:
        raise Lost(str(error)) from error
    if not piece:
        raise Lost("the other side has closed the connection")
    return piece
