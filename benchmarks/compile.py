"""Compile: how long a question with four joins and ten fields takes to become SQL, in process.

python -m benchmarks.compile [--rounds N]

Prints the times of planning and writing, apart and together, once the model is loaded: for the
first question of the process, for one that was asked before, and for questions that each differ
from all before. Times are CPU; where there are many, the median.
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from statistics import median
from typing import TypeVar

from msgspec.structs import replace

from benchmarks.measuring import verdict
from lookalike.compiler import model, query, sql, syntax

T = TypeVar("T")

AIM_MS = 0.5
DIALECT = "duckdb"
LOOKML = """
connection: "benchmark"
view: order_items {
  sql_table_name: shop.order_items ;;
  dimension: id { primary_key: yes  type: number  sql: ${TABLE}.id ;; }
  dimension: order_id { type: number  sql: ${TABLE}.order_id ;; }
  dimension: product_id { type: number  sql: ${TABLE}.product_id ;; }
  dimension: sale_price { type: number  sql: ${TABLE}.sale_price ;;  value_format_name: usd }
  dimension: margin { type: number  sql: ${sale_price} - ${products.cost} ;; }
  dimension: price_tier { type: tier  tiers: [10, 50, 100]  style: integer  sql: ${sale_price} ;; }
  dimension_group: created {
    type: time  timeframes: [raw, date, week, month, year]  sql: ${TABLE}.created_at ;;
  }
  measure: count { type: count }
  measure: order_count { type: count_distinct  sql: ${order_id} ;; }
  measure: total_revenue { type: sum  sql: ${sale_price} ;; }
  measure: total_margin { type: sum  sql: ${margin} ;; }
  measure: margin_rate { type: number  sql: ${total_margin} / NULLIF(${total_revenue}, 0) ;; }
  measure: returned_revenue {
    type: sum  sql: ${sale_price} ;;  filters: [orders.status: "returned,cancelled"]
  }
}
view: orders {
  dimension: id { primary_key: yes  type: number  sql: ${TABLE}.id ;; }
  dimension: user_id { type: number  sql: ${TABLE}.user_id ;; }
  dimension: status { sql: ${TABLE}.status ;; }
  dimension: is_done { type: yesno  sql: ${status} = 'complete' ;; }
}
view: users {
  dimension: id { primary_key: yes  type: number  sql: ${TABLE}.id ;; }
  dimension: state { sql: ${TABLE}.state ;; }
  dimension: age { type: number  sql: ${TABLE}.age ;; }
  dimension: name { sql: ${TABLE}.first_name || ' ' || ${TABLE}.last_name ;; }
  measure: average_age { type: average  sql: ${age} ;; }
}
view: products {
  dimension: id { primary_key: yes  type: number  sql: ${TABLE}.id ;; }
  dimension: center_id { type: number  sql: ${TABLE}.center_id ;; }
  dimension: category { sql: ${TABLE}.category ;; }
  dimension: brand { sql: ${TABLE}.brand ;; }
  dimension: cost { type: number  sql: ${TABLE}.cost ;; }
}
view: centers {
  dimension: id { primary_key: yes  type: number  sql: ${TABLE}.id ;; }
  dimension: name { sql: ${TABLE}.name ;; }
}
explore: order_items {
  join: orders { sql_on: ${order_items.order_id} = ${orders.id} ;;  relationship: many_to_one }
  join: users { sql_on: ${orders.user_id} = ${users.id} ;;  relationship: many_to_one }
  join: products {
    sql_on: ${order_items.product_id} = ${products.id} ;;  relationship: many_to_one
  }
  join: centers { sql_on: ${products.center_id} = ${centers.id} ;;  relationship: many_to_one }
}
"""
DIMENSIONS = (
    "users.state", "products.category", "centers.name", "orders.is_done",
    "order_items.created_month", "order_items.price_tier", "products.brand", "orders.status",
)  # fmt: skip
MEASURES = (
    "order_items.count", "order_items.total_revenue", "order_items.order_count",
    "order_items.margin_rate", "order_items.returned_revenue", "order_items.total_margin",
)  # fmt: skip
QUESTION = query.Query(
    model="benchmark",
    explore="order_items",
    fields=(*DIMENSIONS[:5], *MEASURES[:5]),
    filters=(("order_items.created_date", "90 days"), ("users.state", "California,Texas")),
    sorts=("order_items.total_revenue desc",),
    limit=100,
)
N_JOINS = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=300)
    rounds = parser.parse_args().rounds
    explore, loading = _timed(_explore)
    print(f"model of five views {loading:.2f} ms")
    _tell("first question", [_compile(QUESTION, explore)])
    _tell("asked before", [_compile(QUESTION, explore) for _ in range(rounds)])
    _tell("new each time", [_compile(each, explore) for each in _others(rounds)])


def _tell(what: str, times: list[tuple[float, float]]) -> None:
    planning, writing = (median(each) for each in zip(*times, strict=True))
    whole = median(map(sum, times))
    print(f"{what:15} plan {planning:.3f} ms, write {writing:.3f} ms")
    if len(times) > 1:
        print(verdict(f"{what:15} compile", whole, "ms", AIM_MS))
        print(verdict(f"{what:15} compile", whole / AIM_MS, "x", 1.0, "the best peer's time"))


def _explore() -> model.Explore:
    parsed = syntax.lookml.parse(LOOKML, syntax.Budget())
    file = model.SourceFile("benchmark.model.lkml", parsed)
    project = model.assemble("benchmark", [file], {}, {}, syntax.Budget()).project
    return project.models["benchmark"].explores["order_items"]


def _compile(question: query.Query, explore: model.Explore) -> tuple[float, float]:
    """Milliseconds of planning and of writing."""
    asker = query.Asker(now=datetime(2024, 5, 18, tzinfo=UTC), attributes={})
    planned, planning = _timed(
        lambda: query.plan(question, explore, asker, DIALECT, syntax.Budget())
    )
    if planned.plan is None:
        raise SystemExit(str(planned.diagnostics))
    plan = planned.plan
    script, writing = _timed(lambda: sql.write(plan, sql.DIALECTS[DIALECT]))
    if script.main.text.count("JOIN ") != N_JOINS:
        raise SystemExit(f"not a question of {N_JOINS} joins:\n{script.main.text}")
    return planning, writing


def _others(count: int) -> Iterator[query.Query]:
    """Questions of as many joins and fields, no two alike: other fields, another filter value."""
    chosen = itertools.cycle(
        (*dimensions, *measures)
        for dimensions in itertools.combinations(DIMENSIONS, 5)
        if {"users.state", "centers.name"} <= set(dimensions)
        for measures in itertools.combinations(MEASURES, 5)
        if "order_items.total_revenue" in measures
    )
    for number, fields in zip(range(count), chosen, strict=False):
        dates = ("order_items.created_date", f"{number + 1} days")
        yield replace(QUESTION, fields=fields, filters=(dates, ("users.age", f">{number}")))


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    started = time.process_time()
    made = work()
    return made, (time.process_time() - started) * 1e3


if __name__ == "__main__":
    main()
