"""A small project, and a way to ask it: every test here goes through LookML and a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TypeAlias

import pytest

from lookalike.compiler import model, query, syntax
from lookalike.compiler.query import Asker, Planned, Query
from lookalike.compiler.syntax import Budget

NOW = datetime(2018, 5, 18, 18, 30, 2, tzinfo=UTC)

PROJECT = """
connection: "warehouse"

explore: order_items {
  join: orders { relationship: many_to_one sql_on: ${order_items.order_id} = ${orders.id} ;; }
  join: users { relationship: many_to_one sql_on: ${orders.user_id} = ${users.id} ;; }
  join: regions { relationship: many_to_one sql_on: ${users.region_id} = ${regions.id} ;; }
  join: products {
    relationship: many_to_one
    sql_on: ${order_items.product_id} = ${products.id} ;;
  }
}
explore: users {
  join: orders { relationship: one_to_many sql_on: ${users.id} = ${orders.user_id} ;; }
  join: events { relationship: one_to_many sql_on: ${users.id} = ${events.user_id} ;; }
}

view: order_items {
  dimension: id { type: number primary_key: yes }
  dimension: order_id { type: number }
  dimension: product_id { type: number }
  dimension: price { type: number }
  dimension: discount { type: number sql: ${price} - ${orders.voucher} ;; }
  measure: count { type: count }
  measure: total { type: sum sql: ${price} ;; }
  measure: total_discount { type: sum sql: ${discount} ;; }
}
view: orders {
  dimension: id { type: number primary_key: yes }
  dimension: user_id { type: number }
  dimension: status { alias: [state] }
  dimension: voucher { type: number }
  dimension: is_complete { type: yesno sql: ${status} = 'complete' ;; }
  dimension_group: created { type: time timeframes: [raw, time, date, week, month, day_of_week] }
  dimension_group: shipped {
    type: time
    timeframes: [raw, date]
    datatype: date
    convert_tz: no
  }
  dimension_group: seen { type: time timeframes: [raw, date] datatype: epoch }
  dimension_group: booked { type: time timeframes: [raw, date] datatype: yyyymmdd }
  measure: count { type: count }
  measure: total_voucher { type: sum sql: ${voucher} ;; }
  measure: largest_voucher { type: max sql: ${voucher} ;; }
  measure: complete_count { type: count filters: [is_complete: "yes"] }
  measure: complete_share { type: number sql: ${complete_count} / NULLIF(${count}, 0) ;; }
}
view: users {
  dimension: id { type: number primary_key: yes }
  dimension: region_id { type: number }
  dimension: state {}
  dimension: credit { type: number }
  dimension: age { type: number }
  dimension: age_tier { type: tier tiers: [0, 20, 40] style: integer sql: ${age} ;; }
  measure: count { type: count }
  measure: total_credit { type: sum sql: ${credit} ;; }
}
view: regions {
  dimension: id { type: number }
  dimension: name {}
  measure: total_area { type: sum sql: ${TABLE}.area ;; }
}
view: products {
  dimension: id { type: number primary_key: yes }
  dimension: name {}
}
view: events {
  dimension: id { type: number primary_key: yes }
  dimension: user_id { type: number }
  measure: count { type: count }
}
"""

Ask: TypeAlias = Callable[..., Planned]


@pytest.fixture(scope="session")
def ask() -> Ask:
    """`ask("orders.status", more="view: +orders { … }", explore="order_items", …)`."""
    assembled: dict[str, model.LookmlModel] = {}

    def ask(
        fields: str,
        *,
        explore: str = "order_items",
        more: str = "",
        filters: Mapping[str, str] | None = None,
        zone: str = "UTC",
        database_zone: str = "UTC",
        attributes: Mapping[str, str] | None = None,
        in_development: bool = False,
        budget: Budget | None = None,
        **rest: object,
    ) -> Planned:
        if more not in assembled:
            assembled[more] = _assembled(PROJECT + more)
        explores = assembled[more].explores
        question = Query(
            model="shop",
            explore=explore,
            fields=tuple(filter(None, (name.strip() for name in fields.split(",")))),
            filters=tuple((filters or {}).items()),
            **rest,  # type: ignore[arg-type]
        )
        asker = Asker(
            now=NOW,
            zone=zone,
            database_zone=database_zone,
            attributes=attributes or {},
            in_development=in_development,
        )
        return query.plan(
            question, explores[explore], asker, "duckdb", budget or Budget(), explores
        )

    return ask


def _assembled(text: str) -> model.LookmlModel:
    file = model.SourceFile("shop.model.lkml", syntax.lookml.parse(text, Budget()))
    return model.assemble("shop", [file], {}, {}, Budget()).project.models["shop"]
