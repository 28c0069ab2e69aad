"""Real stores: SQLite in a file and in memory always, PostgreSQL where one is named."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from lookalike.store import accounts
from lookalike.store.database import Database, open_database
from lookalike.store.records import User
from tests import postgres

NOON = datetime(2026, 5, 1, 12, 0, 0, 123_456, tzinfo=UTC)


@pytest.fixture(params=["file", "memory", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A store of each kind, empty."""
    if request.param == "memory":
        yield "sqlite://"
    elif request.param == "file":
        yield f"sqlite:///{tmp_path}/store.db"
    else:
        yield from postgres_url()


@pytest.fixture(params=["file", "postgres"])
def shared_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A store of each kind that several processes can open."""
    if request.param == "file":
        yield f"sqlite:///{tmp_path}/store.db"
    else:
        yield from postgres_url()


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = open_database(url)
    yield opened
    opened.close()


@pytest.fixture
def ada(database: Database) -> User:
    with database.write() as db:
        accounts.create_role(db, "developer", ["develop", "explore"], None)
        return accounts.create_user(
            db,
            email="ada@example.com",
            first_name="Ada",
            last_name="Lovelace",
            roles=["developer"],
            now=NOON,
        )


def postgres_url() -> Iterator[str]:
    """A schema of its own in the PostgreSQL that is named, gone afterwards."""
    server = postgres.needed()
    schema = f"store_{secrets.token_hex(8)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
        try:
            sign = "&" if "?" in server else "?"
            yield f"{server}{sign}options=-csearch_path%3D{schema}"
        finally:
            connection.execute(f"DROP SCHEMA {schema} CASCADE")
