"""What DuckDB answers: rows, text, errors and refusals."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from lookalike import engines
from lookalike.engines import (
    ConnectionSettings,
    Engine,
    SqlError,
    TextForm,
    TimedOut,
    Unreachable,
)

SECONDS = 20.0

VALUES = {
    "NULL": None,
    "true": True,
    "42": 42,
    "-9223372036854775808": -9223372036854775808,
    "170141183460469231731687303715884105727::HUGEINT": 170141183460469231731687303715884105727,
    "1.50::DECIMAL(10, 2)": Decimal("1.50"),
    "12345678901234567890.123456::DECIMAL(38, 6)": Decimal("12345678901234567890.123456"),
    "0.1::FLOAT": 0.1,
    "1e20::DOUBLE": 1e20,
    "962::DOUBLE": 962.0,
    "'NaN'::DOUBLE": None,
    "'-Infinity'::DOUBLE": None,
    "'a \"b\" \\ '||chr(10)||chr(1)||chr(8232)||'ü'": 'a "b" \\ \n\x01\u2028ü',
    "''": "",
    "'abc'::BLOB": b"abc",
    "DATE '2024-02-29'": date(2024, 2, 29),
    "'infinity'::DATE": "infinity",
    "DATE '0044-03-15 (BC)'": "0044-03-15 (BC)",
    "TIMESTAMP '2024-02-29 01:02:03.5'": datetime(2024, 2, 29, 1, 2, 3, 500_000),
    "TIMESTAMP_NS '2024-02-29 01:02:03.123456001'": datetime(2024, 2, 29, 1, 2, 3, 123_456),
    "TIMESTAMPTZ '2024-02-29 05:00:00+00'": datetime(2024, 2, 29, 0, 0),
    "TIME '01:02:03'": time(1, 2, 3),
    "TIMETZ '01:02:03+02'": "01:02:03+02",
    "'12345678-1234-1234-1234-123456789012'::UUID": "12345678-1234-1234-1234-123456789012",
    "[1, 2]": "[1, 2]",
    "{'a': 'x'}": "{'a': x}",
    "'{\"a\": 1}'::JSON": '{"a": 1}',
    "'red'::ENUM('red', 'blue')": "red",
    "INTERVAL 2 DAY": "2 days",
}


@pytest.fixture
def new_york(engine: Engine, warehouse: Path) -> Engine:
    settings = ConnectionSettings(
        name="n", dialect="duckdb", path=str(warehouse), timezone="America/New_York"
    )
    return engines.connect(settings)


def rows(engine: Engine, sql: str, seconds: float = SECONDS) -> list[tuple[object, ...]]:
    return [tuple(row) for batch in engine.run(sql, seconds) for row in batch]


def written(engine: Engine, sql: str, form: TextForm, keys: Sequence[str] = ()) -> str:
    running = engine.run_text(sql, form, keys, SECONDS)
    assert running is not None
    return b"".join(running).decode()


def test_every_type_of_value(new_york: Engine) -> None:
    found = rows(new_york, f"SELECT {', '.join(VALUES)}")[0]
    new_york.close()
    expected = list(VALUES.values())
    assert list(found) == expected
    assert [type(value) for value in found] == [type(value) for value in expected]


def test_columns_are_known_before_the_first_row(engine: Engine) -> None:
    running = engine.run('SELECT 1 AS "users.count", 2.5::DECIMAL(4, 1) AS "users.count"', SECONDS)
    assert [(column.name, column.type) for column in running.columns] == [
        ("users.count", "INTEGER"),
        ("users.count", "DECIMAL(4,1)"),
    ]
    assert [row for batch in running for row in batch] == [(1, Decimal("2.5"))]


def test_order_is_kept_over_many_batches(engine: Engine) -> None:
    found = rows(engine, "SELECT range FROM range(100000) ORDER BY hash(range), range")
    assert len(found) == 100_000
    with duckdb.connect() as connection:
        expected = connection.execute(
            "SELECT range FROM range(100000) ORDER BY hash(range), range"
        ).fetchall()
    assert found == expected


def test_json_text(engine: Engine) -> None:
    sql = """SELECT 1.50::DECIMAL(20, 2) AS a, 'x"y' AS b, 'NaN'::DOUBLE AS c, true AS d
             UNION ALL SELECT 12345678901234567.25, NULL, 0.5, false"""
    keys = ["users.total", 'odd "key" \'\n{}', "c", "c"]
    text = written(engine, sql, TextForm.JSON, keys)
    assert text == (
        '{"users.total":1.50,"odd \\"key\\" \'\\n{}":"x\\"y","c":null,"c":true},\n'
        '{"users.total":12345678901234567.25,"odd \\"key\\" \'\\n{}":null,"c":0.5,"c":false}'
    )


@pytest.mark.parametrize(
    ("form", "separator"), [(TextForm.CSV, ","), (TextForm.TAB, "\t")], ids=["csv", "tab"]
)
def test_separated_text_quotes_only_what_needs_it(
    engine: Engine, form: TextForm, separator: str
) -> None:
    sql = """
        SELECT *
        FROM (VALUES
            (1, 'plain', true), (2, 'a,b', false), (3, 'a' || chr(9) || 'b', NULL),
            (4, 'say "hi"', NULL), (5, 'a' || chr(10) || 'b', NULL), (6, '', NULL)
        ) AS t(i, x, y)
        ORDER BY i
    """
    comma, tab = ('"a,b"', "a\tb") if separator == "," else ("a,b", '"a\tb"')
    expected = [
        ("1", "plain", "true"),
        ("2", comma, "false"),
        ("3", tab, ""),
        ("4", '"say ""hi"""', ""),
        ("5", '"a\nb"', ""),
        ("6", "", ""),
    ]
    assert written(engine, sql, form) == "".join(separator.join(line) + "\n" for line in expected)


@pytest.mark.parametrize("form", TextForm)
def test_text_of_no_rows_is_nothing(engine: Engine, form: TextForm) -> None:
    assert written(engine, "SELECT id FROM orders WHERE false", form, ["id"]) == ""


def test_json_text_of_many_rows_is_one_list(engine: Engine) -> None:
    text = written(engine, "SELECT range FROM range(100000)", TextForm.JSON, ["n"])
    assert json.loads(f"[{text}]") == [{"n": n} for n in range(100_000)]


def test_explain_is_text(engine: Engine) -> None:
    [(plan,)] = rows(engine, "-- why\nEXPLAIN SELECT count(*) FROM orders WHERE id = 3")
    assert "orders" in str(plan)


@pytest.mark.parametrize(
    "sql",
    [
        "",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE orders",
        "SELECT 1 /* ; */; COMMIT",
        "COPY orders TO '/tmp/stolen.csv'",
        "INSERT INTO orders VALUES (1, 1)",
        "CREATE TEMP TABLE t AS SELECT 1",
        "ATTACH ':memory:' AS other",
        "SET threads = 1",
        "PRAGMA database_list",
        "CALL pragma_version()",
        "CHECKPOINT",
        "INSTALL httpfs",
        "EXPLAIN ANALYZE INSERT INTO orders VALUES (1, 1)",
        "EXPLAIN COPY orders TO '/tmp/stolen.csv'",
        "PREPARE p AS SELECT 1",
        "SELECT 1) AS t(c0)) AS p; SELECT ((1",
    ],
)
def test_only_one_select(engine: Engine, sql: str) -> None:
    with pytest.raises(SqlError):
        engine.run(sql, SECONDS)
    assert rows(engine, "SELECT count(*) FROM orders") == [(1000,)]


@pytest.mark.parametrize(
    "source",
    [
        "read_text('/etc/passwd')",
        "read_csv('/etc/passwd')",
        "read_blob('/proc/self/environ')",
        "glob('/*')",
        "'/etc/passwd'",
        "'https://127.0.0.1:1/x.parquet'",
        "cursor",
        "relation",
        "database",
        "query('COPY orders TO ''/tmp/stolen.csv''')",
    ],
)
def test_nothing_but_the_database_can_be_read(engine: Engine, source: str) -> None:
    with pytest.raises(SqlError):
        rows(engine, f"SELECT * FROM {source}")


@pytest.mark.parametrize(
    ("sql", "line", "column"),
    [
        ("SELECT nope FROM orders", 1, 8),
        ("SELECT id,\n   nofunction(id)\nFROM orders", 2, 4),
        ("SELECT id\nFROM orders\nWHERE GROUP", 3, 7),
        ("SELECT id,\n  CAST('x' || id AS INTEGER)\nFROM orders", 2, 3),
        ("EXPLAIN SELECT nope FROM orders", 1, 16),
        (f"SELECT id,\n  {'1 + ' * 40}nope, {'2 + ' * 40}3\nFROM orders", 2, 163),
        (f"SELECT {'id + ' * 40}nope FROM orders", 1, 208),
        (f"SELECT {'id + ' * 40}nope + {'id + ' * 40}nope + {'id + ' * 40}1 FROM orders", 1, 0),
    ],
    ids=["name", "function", "syntax", "while it runs", "explain", "long", "end", "alike"],
)
def test_errors_say_where(engine: Engine, sql: str, line: int, column: int) -> None:
    with pytest.raises(SqlError) as caught:
        rows(engine, sql)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert "LINE" not in str(caught.value)


def test_an_error_while_rows_flow(engine: Engine) -> None:
    sql = "SELECT CASE WHEN range < 99999 THEN 1 ELSE error('row ' || range) END FROM range(100000)"
    with pytest.raises(SqlError, match="row 99999"):
        rows(engine, sql)
    assert rows(engine, "SELECT 1") == [(1,)]


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    missing = ConnectionSettings(name="m", dialect="duckdb", path=str(tmp_path / "missing.duckdb"))
    engine = engines.connect(missing)
    with pytest.raises(Unreachable):
        engine.run("SELECT 1", SECONDS)
    assert not (tmp_path / "missing.duckdb").exists()
    engine.close()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "letter.duckdb").write_text("Dear reader, " * 1000)
    letter = ConnectionSettings(name="l", dialect="duckdb", path=str(tmp_path / "letter.duckdb"))
    engine = engines.connect(letter)
    with pytest.raises(Unreachable):
        engine.run("SELECT 1", SECONDS)
    engine.close()


def test_an_engine_in_memory() -> None:
    engine = engines.connect(ConnectionSettings(name="memory", dialect="duckdb"))
    assert rows(engine, "SELECT 1 + 1") == [(2,)]
    engine.close()
    with pytest.raises(Unreachable):
        engine.run("SELECT 1", SECONDS)


def test_an_unknown_dialect() -> None:
    with pytest.raises(Unreachable, match="`oracle`"):
        engines.connect(ConnectionSettings(name="o", dialect="oracle"))


def test_another_file_in_its_place_is_seen(engine: Engine, warehouse: Path) -> None:
    assert rows(engine, "SELECT count(*) FROM orders") == [(1000,)]
    with duckdb.connect(str(warehouse) + ".new") as connection:
        connection.execute("CREATE TABLE orders AS SELECT 1 AS id")
    os.replace(str(warehouse) + ".new", warehouse)  # noqa: PTH105
    assert rows(engine, "SELECT count(*) FROM orders") == [(1,)]


def test_time_is_up_while_it_runs(engine: Engine) -> None:
    with pytest.raises(TimedOut):
        rows(
            engine,
            "SELECT count(*) FROM range(10000000) a, range(100000) b WHERE a.range + b.range = 7",
            0.5,
        )


def test_settings_never_show_their_password() -> None:
    settings = ConnectionSettings(name="p", dialect="postgres", password="hunter2")
    assert "hunter2" not in repr(settings)
