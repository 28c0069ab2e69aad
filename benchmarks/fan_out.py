"""Fan-out: what compiled SQL takes beside what a careful person would write, on the same DuckDB.

Run by hand: `python benchmarks/fan_out.py [--scale 1.0]`. At scale 1 there are 2 M items of 700 k
orders of 100 k users. Times are wall seconds, the best of several rounds, the two queries of a
pair in turns. Both must give the same rows.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import duckdb

from lookalike.compiler import model, query, sql, syntax
from lookalike.compiler.syntax import Budget

AIM = 1.3
LOOKML = """
connection: "benchmark"
view: users {
  dimension: id { primary_key: yes  type: number  sql: ${TABLE}.id ;; }
  dimension: state { sql: ${TABLE}.state ;; }
  measure: count { type: count }
  measure: total_credit { type: sum  sql: ${TABLE}.credit ;; }
  measure: total_young { type: sum  sql: ${TABLE}.credit ;;  filters: [age: "<30"] }
  dimension: age { type: number  sql: ${TABLE}.age ;; }
}
view: orders {
  dimension: id { primary_key: yes  type: number  sql: ${TABLE}.id ;; }
  dimension: user_id { type: number  sql: ${TABLE}.user_id ;; }
  measure: count { type: count }
  measure: total_shipping { type: sum  sql: ${TABLE}.shipping ;; }
}
view: items {
  dimension: id { primary_key: yes  type: number  sql: ${TABLE}.id ;; }
  dimension: order_id { type: number  sql: ${TABLE}.order_id ;; }
  dimension: category { sql: ${TABLE}.category ;; }
  dimension_group: created { type: time  timeframes: [date, month]  sql: ${TABLE}.created ;; }
  measure: count { type: count }
  measure: total_price { type: sum  sql: ${TABLE}.price ;; }
  measure: raw_price { type: number  sql: SUM(${TABLE}.price) ;; }
}
explore: users {
  join: orders { sql_on: ${users.id} = ${orders.user_id} ;;  relationship: one_to_many }
  join: items { sql_on: ${orders.id} = ${items.order_id} ;;  relationship: one_to_many }
}
explore: items {}
"""
DATA = """
CREATE TABLE users AS SELECT i AS id, 'S' || (i % 50) AS state, (i % 70 + 15)::INTEGER AS age,
    ((i % 1000) / 4)::DECIMAL(12, 2) AS credit FROM range({users}) AS t(i);
CREATE TABLE orders AS SELECT i AS id, (hash(i) % {users})::BIGINT AS user_id,
    (i % 500)::DECIMAL(12, 2) AS shipping FROM range({orders}) AS t(i);
CREATE TABLE items AS SELECT i AS id, (hash(i * 7) % {orders})::BIGINT AS order_id,
    (i % 10000 / 100)::DECIMAL(12, 2) AS price, 'C' || (i % 40) AS category,
    TIMESTAMP '2018-01-01' + to_seconds(i * 31) AS created FROM range({items}) AS t(i);
"""
ORDERS = "users LEFT JOIN orders ON users.id = orders.user_id"
ALL = f"{ORDERS} LEFT JOIN items ON orders.id = items.order_id"
PAIRS: Sequence[tuple[str, str, tuple[str, ...], str]] = (
    (
        "three views by state",
        "users",
        ("users.state", "users.count", "users.total_credit", "orders.count",
         "orders.total_shipping", "items.count", "items.total_price"),
        f"""SELECT * FROM (SELECT state, count(*), sum(credit) FROM users GROUP BY 1)
        JOIN (SELECT state, count(orders.id), coalesce(sum(shipping), 0) FROM {ORDERS} GROUP BY 1)
            USING (state)
        JOIN (SELECT state, count(items.id), coalesce(sum(price), 0) FROM {ALL} GROUP BY 1)
            USING (state)""",
    ),
    (
        "filtered, two views by state",
        "users",
        ("users.state", "users.total_young", "items.total_price"),
        f"""SELECT * FROM (SELECT state, coalesce(sum(CASE WHEN age < 30 THEN credit END), 0)
            FROM users GROUP BY 1)
        JOIN (SELECT state, coalesce(sum(price), 0) FROM {ALL} GROUP BY 1) USING (state)""",
    ),
    (
        "no join spared: by category",
        "users",
        ("items.category", "users.total_credit", "items.total_price"),
        f"""SELECT category, coalesce(sum(credit) FILTER (WHERE id IS NOT NULL), 0), sum(price)
        FROM (SELECT category, users.id, min(credit) AS credit, coalesce(sum(price), 0) AS price
            FROM {ALL} GROUP BY 1, 2) GROUP BY 1""",
    ),
    (
        "counts only, by category",
        "users",
        ("items.category", "users.count", "items.count"),
        f"SELECT category, count(DISTINCT users.id), count(items.id) FROM {ALL} GROUP BY 1",
    ),
    (
        "no fan-out: count by day",
        "items",
        ("items.created_date", "items.count"),
        "SELECT created::DATE, count(*) FROM items GROUP BY 1",
    ),
    (
        "no fan-out: revenue by month",
        "items",
        ("items.created_month", "items.total_price"),
        """SELECT strftime(m, '%Y-%m'), p FROM
        (SELECT date_trunc('month', created) AS m, sum(price) AS p FROM items GROUP BY 1)""",
    ),
    (
        "in place, beside a raw SUM",
        "users",
        ("users.state", "users.total_credit", "items.raw_price"),
        f"""SELECT * FROM (SELECT state, sum(credit) FROM users GROUP BY 1)
        JOIN (SELECT state, sum(price) FROM {ALL} GROUP BY 1) USING (state)""",
    ),
)  # fmt: skip
KEY = "(md5_number(CAST(users.id AS VARCHAR)) % 1000000000000000000000000000)::DECIMAL(38, 0)"
HASHED = f"""SELECT state, (sum(DISTINCT {KEY}
    + floor(coalesce(credit, 0) * 1000000)::DECIMAL(38, 0))
    - sum(DISTINCT {KEY})) / 1000000.0, sum(price) FROM {ALL} GROUP BY 1"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    connection = duckdb.connect(config={"threads": 2})
    sizes = {"users": 100_000, "orders": 700_000, "items": 2_000_000}
    connection.execute(DATA.format(**{k: int(n * arguments.scale) for k, n in sizes.items()}))
    project = _project()
    for name, explore, fields, by_hand in PAIRS:
        text = _compiled(project, explore, fields)
        _check(connection, name, text, by_hand)
        ours, theirs = _race(connection, (text, by_hand), arguments.rounds)
        verdict = "" if ours / theirs <= AIM else f", above the aim of {AIM}"
        times = f"{ours * 1e3:7.1f} ms, by hand {theirs * 1e3:7.1f} ms"
        print(f"{name:30} {times}: {ours / theirs:.2f}{verdict}")
    (hashed,) = _race(connection, (HASHED,), 1)
    print(f"{'one sum by hashing, as Looker':30} {hashed * 1e3:7.1f} ms")


def _project() -> model.Project:
    parsed = syntax.lookml.parse(LOOKML, Budget())
    file = model.SourceFile("benchmark.model.lkml", parsed)
    return model.assemble("benchmark", [file], {}, {}, Budget()).project


def _compiled(project: model.Project, explore: str, fields: tuple[str, ...]) -> str:
    question = query.Query(
        model="benchmark", explore=explore, fields=fields, sorts=("__UNSORTED__",), limit=-1
    )
    asker = query.Asker(now=datetime(2018, 5, 18, tzinfo=UTC), attributes={})
    found = project.models["benchmark"].explores[explore]
    planned = query.plan(question, found, asker, "duckdb", Budget())
    assert planned.plan is not None, planned.diagnostics
    return sql.write(planned.plan, sql.DIALECTS["duckdb"]).main.text


def _check(connection: duckdb.DuckDBPyConnection, name: str, text: str, by_hand: str) -> None:
    ours, theirs = (sorted(connection.execute(q).fetchall(), key=repr) for q in (text, by_hand))
    assert ours == theirs, f"{name}: {ours[:2]} is not {theirs[:2]}"


def _race(
    connection: duckdb.DuckDBPyConnection, texts: Sequence[str], rounds: int
) -> tuple[float, ...]:
    best: list[float] = [float("inf")] * len(texts)
    for _ in range(rounds):
        for i, text in enumerate(texts):
            start = time.perf_counter()
            fetched: list[Any] = connection.execute(text).fetchall()
            best[i] = min(best[i], time.perf_counter() - start)
            assert fetched
    return tuple(best)


if __name__ == "__main__":
    main()
