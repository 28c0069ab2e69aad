"""Where templates are evaluated: every parameter that becomes SQL sees the whole question."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lookalike.compiler import sql
from lookalike.compiler.query import Planned
from lookalike.compiler.syntax import Code, Severity

Ask = Callable[..., Planned]

# Comes out as `17` if the question filters the status, as `18` if not.
SEEN = "{% if orders.status._is_filtered %}17{% else %}18{% endif %}"
ORDERS = "view: +orders {{ {} }}"
EXPLORE = "explore: +order_items {{ {} }}"

PLACES = {
    "sql of a dimension": ORDERS.format(f"dimension: x {{ type: number sql: {SEEN} ;; }}"),
    "sql of a group": ORDERS.format(
        f"dimension_group: x {{ type: time timeframes: [raw] sql: {SEEN} ;; }}"
    ),
    "sql of a duration": ORDERS.format(
        "dimension_group: x { type: duration intervals: [day] "
        f"sql_start: {SEEN} ;; sql_end: {SEEN} ;; }}"
    ),
    "sql of a place": ORDERS.format(
        f"dimension: x {{ type: location sql_latitude: {SEEN} ;; sql_longitude: {SEEN} ;; }}"
    ),
    "sql of a measure": ORDERS.format(f"measure: x {{ type: sum sql: {SEEN} ;; }}"),
    "sql_distinct_key": ORDERS.format(
        f"measure: x {{ type: sum_distinct sql: ${{voucher}} ;; sql_distinct_key: {SEEN} ;; }}"
    ),
    "sql of a filter": ORDERS.format(f"filter: f {{ sql: {SEEN} = 1 ;; }}"),
    "sql of a case": ORDERS.format(
        f'dimension: x {{ case: {{ when: {{ sql: {SEEN} = 1 ;; label: "a" }} else: "b" }} }}'
    ),
    "sql_table_name of a view": ORDERS.format(f"sql_table_name: orders_{SEEN} ;;"),
    "sql of a derived table": ORDERS.format(
        f"derived_table: {{ sql: SELECT {SEEN} AS status ;; }}"
    ),
    "sql_on": "explore: +order_items { join: products { sql_on: " + SEEN + " = 1 ;; } }",
    "sql_where": "explore: +order_items { join: orders { sql_where: " + SEEN + " = 1 ;; } }",
    "sql_table_name of a join": (
        "explore: +order_items { join: orders { sql_table_name: orders_" + SEEN + " ;; } }"
    ),
    "sql_table_name of an explore": EXPLORE.format(f"sql_table_name: items_{SEEN} ;;"),
    "sql_always_where": EXPLORE.format(f"sql_always_where: {SEEN} = 1 ;;"),
    "sql_always_having": EXPLORE.format(f"sql_always_having: {SEEN} = 1 ;;"),
}


def _asked(place: str, ask: Ask, filters: dict[str, str]) -> str:
    more = PLACES[place]
    field = "orders.x"
    if "dimension_group: x" in more:
        field = "orders.days_x" if "duration" in more else "orders.x_raw"
    fields = f"orders.status, products.name, {field if ' x {' in more else 'orders.count'}"
    if "filter: f" in more:
        filters = {**filters, "orders.f": "a"}
    planned = ask(fields, more=more, filters=filters)
    assert planned.plan is not None, planned.diagnostics
    return sql.write(planned.plan, sql.DIALECTS["duckdb"]).text


@pytest.mark.parametrize("place", PLACES)
def test_a_template_sees_the_whole_question(place: str, ask: Ask) -> None:
    filtered = _asked(place, ask, {"orders.status": "a"})
    assert "17" in filtered
    assert "18" not in filtered
    assert "18" in _asked(place, ask, {})


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ value }}", "unknown variable `value`"),
        ("{{ orders.status._value }}", "unknown variable `orders.status._value`"),
        ("{{ row['orders.status'] }}", "unknown variable `row.orders.status`"),
    ],
)
def test_no_value_of_a_row_is_known_in_sql(template: str, message: str, ask: Ask) -> None:
    planned = ask("orders.x", more=ORDERS.format(f"dimension: x {{ sql: {template} ;; }}"))
    assert planned.plan is None
    (error,) = [each for each in planned.diagnostics if each.is_error]
    assert error.code is Code.LIQUID
    assert message in error.message


def test_the_sql_of_a_field_brings_its_joins(ask: Ask) -> None:
    more = "view: +order_items { dimension: x { sql: {{ products.name._sql }} || '!' ;; } }"
    planned = ask("order_items.x", more=more)
    assert planned.plan is not None
    written = sql.write(planned.plan, sql.DIALECTS["duckdb"]).text
    assert "products.name || '!'" in written
    assert "JOIN products" in written


def test_the_sql_of_an_unknown_field_is_an_error(ask: Ask) -> None:
    more = ORDERS.format("dimension: x { sql: {{ orders.lost._sql }} ;; }")
    (error,) = [each for each in ask("orders.x", more=more).diagnostics if each.is_error]
    assert error.code is Code.UNKNOWN_FIELD


def test_the_sql_of_a_field_can_not_be_its_own(ask: Ask) -> None:
    planned = ask("orders.x", more=ORDERS.format("dimension: x { sql: {{ orders.x._sql }} ;; }"))
    assert planned.plan is None
    assert [each.code for each in planned.diagnostics if each.is_error] == [Code.CIRCULAR_REFERENCE]


def test_an_unknown_filter_is_a_warning_of_the_question(ask: Ask) -> None:
    more = ORDERS.format("dimension: x { sql: {{ 'a' | shout }} ;; }")
    planned = ask("orders.x", more=more)
    assert planned.plan is not None
    (warning,) = planned.diagnostics
    assert (warning.code, warning.severity) == (Code.LIQUID, Severity.WARNING)
