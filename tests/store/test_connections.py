from __future__ import annotations

import pytest

from lookalike.store import connections
from lookalike.store.database import Database
from lookalike.store.records import Connection
from tests.store.conftest import NOON


def test_connections(database: Database) -> None:
    settings: dict[str, str | int | bool] = {
        "host": "db.example.com",
        "port": 5432,
        "ssl": True,
        "password": "",
    }
    one = Connection(name="warehouse", dialect="postgres", settings=settings, created_at=NOON)
    two = Connection(name="local", dialect="duckdb", settings={}, created_at=NOON)
    changed = Connection(
        name="warehouse", dialect="postgres", settings={"port": 5433}, created_at=NOON
    )
    with database.write() as db:
        connections.save(db, one)
        connections.save(db, two)
    with database.read() as db:
        assert connections.list_connections(db) == (two, one)
        assert connections.find_connection(db, "warehouse") == one
        assert connections.find_connection(db, "none") is None
    with database.write() as db:
        connections.save(db, changed)
    with database.read() as db:
        assert connections.find_connection(db, "warehouse") == changed


@pytest.mark.parametrize("name", ["password", "private_token", "CLIENT_SECRET"])
def test_no_secret_is_kept(database: Database, name: str) -> None:
    connection = Connection(
        name="warehouse", dialect="postgres", settings={name: "hunter2"}, created_at=NOON
    )
    with pytest.raises(ValueError, match="is a secret") as caught, database.write() as db:
        connections.save(db, connection)
    assert "hunter2" not in str(caught.value)
    with database.read() as db:
        assert connections.list_connections(db) == ()
