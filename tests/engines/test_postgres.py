"""The engine on a real PostgreSQL, named by LOOKALIKE_TEST_POSTGRES."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from datetime import date, datetime
from datetime import time as clock_time
from decimal import Decimal
from urllib.parse import urlsplit

import psycopg
import pytest

from lookalike import engines
from lookalike.engines import (
    Cancelled,
    ConnectionSettings,
    Engine,
    EngineError,
    Overloaded,
    SqlError,
    TextForm,
    TimedOut,
    Unreachable,
)
from tests.patience import PATIENCE
from tests.postgres import POSTGRES

pytestmark = pytest.mark.skipif(not POSTGRES, reason="LOOKALIKE_TEST_POSTGRES names no server")

ENDLESS = "SELECT generate_series(1, 1000000000)"


def settings(**changes: object) -> ConnectionSettings:
    url = urlsplit(POSTGRES)
    whole = {
        "name": "pg",
        "dialect": "postgres",
        "host": url.hostname or "",
        "port": url.port or 5432,
        "database": url.path.lstrip("/"),
        "username": url.username or "",
        "password": url.password or "",
        "timezone": "America/New_York",
        "slots": 2,
    }
    return ConnectionSettings(**(whole | changes))  # type: ignore[arg-type]


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = engines.connect(settings())
    yield engine
    engine.close()


@pytest.fixture
def table() -> Iterator[str]:
    """A table that nobody may touch."""
    name = f"lookalike_engine_{os.getpid()}"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f"CREATE TABLE {name} AS SELECT 1 AS a".encode())
        yield name
        left = connection.execute(f"SELECT count(*) FROM {name}".encode()).fetchone()
        connection.execute(f"DROP TABLE {name}".encode())
    assert left == (1,)


def rows(engine: Engine, sql: str, seconds: float = 20) -> list[tuple[object, ...]]:
    return [tuple(row) for batch in engine.run(sql, seconds) for row in batch]


VALUES = {
    "NULL": None,
    "true": True,
    "42": 42,
    "9223372036854775807": 9223372036854775807,
    "1.50": Decimal("1.50"),
    "0.1::real": 0.1,
    "'100 % {} %s'": "100 % {} %s",
    "'abc'::bytea": b"abc",
    "DATE '2024-02-29'": date(2024, 2, 29),
    "DATE 'infinity'": "infinity",
    "DATE '0044-03-15 BC'": "0044-03-15 BC",
    "TIMESTAMP '2024-02-29 01:02:03.5'": datetime(2024, 2, 29, 1, 2, 3, 500_000),
    "TIMESTAMPTZ '2024-02-29 05:00:00+00'": datetime(2024, 2, 29, 0, 0),
    "TIME '01:02:03'": clock_time(1, 2, 3),
    "'12345678-1234-1234-1234-123456789012'::uuid": "12345678-1234-1234-1234-123456789012",
    "ARRAY[1, 2]": "{1,2}",
    "'{\"a\": 1}'::jsonb": '{"a": 1}',
    "INTERVAL '2 days'": "2 days",
}


def test_every_type_of_value(engine: Engine) -> None:
    found = rows(engine, f"SELECT {', '.join(VALUES)}")[0]
    expected = list(VALUES.values())
    assert list(found) == expected
    assert [type(value) for value in found] == [type(value) for value in expected]


def test_columns_are_known_before_the_first_row(engine: Engine) -> None:
    running = engine.run('SELECT 1 AS "users.count", 2.5 AS b, ARRAY[1] AS c', 20)
    named = [(column.name, column.type) for column in running.columns]
    assert named == [("users.count", "int4"), ("b", "numeric"), ("c", "int4[]")]


def test_many_rows_in_order(engine: Engine) -> None:
    sql = "SELECT n FROM generate_series(1, 100000) AS t(n) ORDER BY n DESC"
    assert rows(engine, sql) == [(n,) for n in range(100_000, 0, -1)]


def test_it_does_not_write_text_itself(engine: Engine) -> None:
    assert engine.run_text("SELECT 1", TextForm.JSON, ["a"], 20) is None


@pytest.mark.parametrize(
    "attack",
    [
        "SELECT 1; COMMIT; DROP TABLE {table}",
        "SELECT 1; DELETE FROM {table}",
        "COMMIT",
        "COMMIT AND CHAIN",
        "DROP TABLE {table}",
        "DELETE FROM {table} RETURNING a",
        "WITH gone AS (DELETE FROM {table} RETURNING a) SELECT * FROM gone",
        "EXPLAIN ANALYZE DELETE FROM {table}",
        "SELECT set_config('transaction_read_only', 'off', false)",
        "SET TRANSACTION READ WRITE",
        "DO $$ BEGIN COMMIT; DELETE FROM {table}; END $$",
        "COPY {table} TO PROGRAM 'cat > /tmp/lookalike_stolen'",
        "SELECT a INTO lookalike_stolen FROM {table}",
        "CREATE TEMP TABLE t (a int)",
        "SELECT * FROM {table} FOR UPDATE",
    ],
)
def test_nothing_can_be_written(engine: Engine, table: str, attack: str) -> None:
    with pytest.raises(SqlError):
        rows(engine, attack.format(table=table))
    assert rows(engine, f"SELECT a FROM {table}") == [(1,)]


def test_a_setting_does_not_outlive_its_statement(engine: Engine, table: str) -> None:
    rows(engine, "SELECT set_config('default_transaction_read_only', 'off', false)")
    rows(engine, "SELECT set_config('TimeZone', 'UTC', false)")
    read_only, zone = rows(
        engine, "SELECT current_setting('transaction_read_only'), current_setting('TimeZone')"
    )[0]
    assert (read_only, zone) == ("on", "America/New_York")
    with pytest.raises(SqlError):
        rows(engine, f"DELETE FROM {table} RETURNING a")


@pytest.mark.parametrize(
    ("sql", "line", "column"),
    [("SELECT nope", 1, 8), ("SELECT 1,\n  ü.a\nFROM nowhere", 3, 6), ("SELECT 1/0", 0, 0)],
    ids=["name", "third line", "while it runs"],
)
def test_errors_say_where(engine: Engine, sql: str, line: int, column: int) -> None:
    with pytest.raises(SqlError) as caught:
        rows(engine, sql)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_the_deadline(engine: Engine) -> None:
    started = time.monotonic()
    with pytest.raises(TimedOut):
        rows(engine, "SELECT pg_sleep(120)", 0.4)
    assert time.monotonic() - started < PATIENCE
    assert rows(engine, "SELECT 1") == [(1,)]


def test_a_reader_that_sleeps_past_the_deadline_holds_nothing() -> None:
    engine = engines.connect(settings(slots=1))
    pieces = iter(engine.run(ENDLESS, 0.5))
    next(pieces)
    time.sleep(2)
    assert rows(engine, "SELECT 1", 5) == [(1,)]
    with pytest.raises(TimedOut):
        next(pieces)
    engine.close()


def test_cancel_from_another_thread(engine: Engine) -> None:
    running = engine.run("SELECT pg_sleep(120)", 30)
    threading.Timer(0.2, running.cancel).start()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        list(running)
    assert time.monotonic() - started < PATIENCE


@pytest.mark.parametrize("n_read", [0, 1, 3])
def test_cancel_frees_the_slot(n_read: int) -> None:
    engine = engines.connect(settings(slots=1))
    running = engine.run(ENDLESS, 30)
    pieces = iter(running)
    for _ in range(n_read):
        next(pieces)
    running.cancel()
    assert rows(engine, "SELECT 1", 5) == [(1,)]
    with pytest.raises(Cancelled):
        next(pieces)
    engine.close()


def test_a_lost_connection_is_replaced(engine: Engine) -> None:
    [(pid,)] = rows(engine, "SELECT pg_backend_pid()")
    with psycopg.connect(POSTGRES) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])
    time.sleep(0.2)
    outcomes: list[object] = []
    for _ in range(2):
        try:
            outcomes += rows(engine, "SELECT 1")
        except EngineError as error:
            outcomes.append(type(error))
    assert outcomes in ([Unreachable, (1,)], [(1,), (1,)])


def test_slots_and_queue_are_bounded() -> None:
    engine = engines.connect(settings(slots=1))
    running = engine.run(ENDLESS, 30)
    outcomes: list[type[EngineError]] = []

    def ask() -> None:
        try:
            engine.run("SELECT 1", 1)
        except EngineError as error:
            outcomes.append(type(error))

    threads = [threading.Thread(target=ask) for _ in range(34)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(error.__name__ for error in outcomes) == ["Overloaded"] * 2 + ["TimedOut"] * 32
    assert outcomes[0] is Overloaded
    running.cancel()
    engine.close()


def test_nobody_at_that_address() -> None:
    engine = engines.connect(settings(port=1, password="hunter2"))
    with pytest.raises(Unreachable) as caught:
        engine.run("SELECT 1", 5)
    assert "hunter2" not in str(caught.value)
    engine.close()
