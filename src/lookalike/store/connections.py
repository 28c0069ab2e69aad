"""Database connections: how to reach them, but no secret."""

from __future__ import annotations

import msgspec

from lookalike.store.records import Connection
from lookalike.store.times import moment, stamp
from lookalike.store.transactions import Reading, Row, Writing

_COLUMNS = "name, dialect, settings, created_at"
_SECRETS = ("password", "secret", "token")


def save(db: Writing, connection: Connection) -> None:
    """Keep a connection in place of an older one of the same name.

    Raises ValueError for a setting that is a secret: the store keeps none in plain.
    """
    for name, value in connection.settings.items():
        if value and any(secret in name.lower() for secret in _SECRETS):
            raise ValueError(f"`{name}` is a secret and cannot be kept in the store")
    settings = msgspec.json.encode(connection.settings, order="sorted").decode()
    db.run(
        f"INSERT INTO connections ({_COLUMNS}) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE"
        " SET dialect = excluded.dialect, settings = excluded.settings",
        (connection.name, connection.dialect, settings, stamp(connection.created_at)),
    )


def find_connection(db: Reading, name: str) -> Connection | None:
    """The connection of this name."""
    row = db.row(f"SELECT {_COLUMNS} FROM connections WHERE name = ?", (name,))
    return _connection_of(row) if row else None


def list_connections(db: Reading) -> tuple[Connection, ...]:
    """Every connection, by name."""
    return tuple(map(_connection_of, db.rows(f"SELECT {_COLUMNS} FROM connections ORDER BY name")))


def _connection_of(row: Row) -> Connection:
    name, dialect, settings, created_at = row
    return Connection(
        name=name,
        dialect=dialect,
        settings=msgspec.json.decode(settings, type=dict[str, str | int | bool]),
        created_at=moment(created_at),
    )
