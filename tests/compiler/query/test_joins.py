"""Which joins a query takes, in which order, and what they make of its measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from lookalike.compiler.query import Planned, plans

Ask = Callable[..., Planned]


def joined(planned: Planned) -> list[str]:
    assert planned.plan is not None, planned.diagnostics
    return [step.alias for step in planned.plan.main.joins]


def aggregates(expression: object) -> Iterator[plans.Aggregate]:
    if isinstance(expression, plans.Aggregate):
        yield expression
    if isinstance(expression, plans.Fragment):
        for part in expression.parts:
            yield from aggregates(part)


def keyed(planned: Planned) -> dict[str, bool]:
    """For each measure whether it counts by a key."""
    assert planned.plan is not None, planned.diagnostics
    return {
        column.field: any(each.key is not None for each in aggregates(column.expression))
        for column in planned.plan.main.columns
        if column.role is plans.Role.MEASURE
    }


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("order_items.total", []),
        ("orders.status", ["orders"]),
        ("users.state", ["orders", "users"]),
        ("regions.name", ["orders", "users", "regions"]),
        ("products.name, users.state", ["orders", "users", "products"]),
        ("order_items.discount", ["orders"]),
        ("order_items.total_discount", ["orders"]),
    ],
)
def test_only_what_is_needed_is_joined(ask: Ask, fields: str, expected: list[str]) -> None:
    assert joined(ask(fields)) == expected


def test_filters_and_custom_filters_take_joins(ask: Ask) -> None:
    assert joined(ask("order_items.count", filters={"products.name": "x"})) == ["products"]
    assert joined(ask("order_items.count", filter_expression='${products.name} = "x"')) == [
        "products"
    ]
    assert joined(ask("order_items.count", filters={"products.name": ""})) == []


def test_what_a_join_needs_comes_first(ask: Ask) -> None:
    more = """
    explore: backwards {
      from: order_items
      join: users { relationship: many_to_one sql_on: ${orders.user_id} = ${users.id} ;; }
      join: orders { relationship: many_to_one sql_on: ${backwards.order_id} = ${orders.id} ;; }
      join: products {
        relationship: many_to_one
        required_joins: [users]
        sql_on: ${backwards.product_id} = ${products.id} ;;
      }
    }
    """
    assert joined(ask("users.state", explore="backwards", more=more)) == ["orders", "users"]
    planned = ask("products.name", explore="backwards", more=more)
    assert joined(planned) == ["orders", "users", "products"]


def test_always_join_and_conditions_of_the_explore(ask: Ask) -> None:
    more = """
    explore: always {
      from: order_items
      always_join: [products]
      sql_always_where: ${orders.status} <> 'test' ;;
      join: orders {
        relationship: many_to_one
        sql_on: ${always.order_id} = ${orders.id} ;;
        sql_where: ${orders.voucher} IS NULL ;;
      }
      join: products {
        relationship: many_to_one
        sql_on: ${always.product_id} = ${products.id} ;;
      }
    }
    """
    planned = ask("always.count", explore="always", more=more)
    assert joined(planned) == ["orders", "products"]
    assert planned.plan is not None
    assert len(planned.plan.main.where) == 2


def test_foreign_key_and_from(ask: Ask) -> None:
    more = """
    explore: short {
      from: orders
      join: buyer { from: users relationship: many_to_one foreign_key: user_id }
    }
    """
    planned = ask("buyer.state", explore="short", more=more)
    assert planned.plan is not None, planned.diagnostics
    (step,) = planned.plan.main.joins
    assert step.alias == "buyer"
    assert isinstance(step.on, plans.Compare)
    assert step.on.right == plans.Fragment(
        (plans.Alias("buyer"), ".id"),
        step.on.right.place,  # type: ignore[union-attr]
    )


@pytest.mark.parametrize(
    ("explore", "fields", "expected"),
    [
        ("order_items", "order_items.total", {"order_items.total": False}),
        (
            "order_items",
            "order_items.total, users.total_credit, users.state",
            {"order_items.total": False, "users.total_credit": True},
        ),
        ("users", "users.total_credit", {"users.total_credit": False}),
        (
            "users",
            "users.total_credit, orders.count",
            {"users.total_credit": True, "orders.count": False},
        ),
        (
            "users",
            "orders.total_voucher, events.count, users.count",
            {"orders.total_voucher": True, "events.count": True, "users.count": True},
        ),
        ("order_items", "orders.largest_voucher", {"orders.largest_voucher": False}),
        ("order_items", "orders.complete_share", {"orders.complete_share": True}),
    ],
)
def test_fanned_measures_count_by_their_key(
    ask: Ask, explore: str, fields: str, expected: dict[str, bool]
) -> None:
    assert keyed(ask(fields, explore=explore)) == expected


def test_a_filter_alone_can_fan_out(ask: Ask) -> None:
    planned = ask("users.total_credit", explore="users", filters={"orders.status": "a"})
    assert keyed(planned) == {"users.total_credit": True}


def test_without_a_key_there_is_no_number(ask: Ask) -> None:
    planned = ask("regions.total_area")
    assert planned.plan is None
    (diagnostic,) = planned.diagnostics
    assert diagnostic.code == "fan_out_without_key"
    assert diagnostic.field == "regions.total_area"
    assert "`regions`" in diagnostic.message
    assert "primary_key: yes" in diagnostic.message


def test_symmetric_aggregates_can_be_switched_off(ask: Ask) -> None:
    more = "explore: +users { symmetric_aggregates: no }"
    planned = ask("users.total_credit, orders.count", explore="users", more=more)
    assert keyed(planned) == {"users.total_credit": False, "orders.count": False}


def test_a_join_on_two_views_belongs_to_the_finer_one(ask: Ask) -> None:
    more = """
    explore: both {
      from: order_items
      join: orders { relationship: many_to_one sql_on: ${both.order_id} = ${orders.id} ;; }
      join: products {
        relationship: many_to_one
        sql_on: ${both.product_id} = ${products.id} AND ${orders.status} = ${products.name} ;;
      }
    }
    """
    planned = ask("both.total, orders.count, products.name", explore="both", more=more)
    assert keyed(planned) == {"both.total": False, "orders.count": True}


def test_a_count_of_an_outer_join_counts_keys(ask: Ask) -> None:
    planned = ask("users.state, orders.count", explore="users")
    assert planned.plan is not None
    count = planned.plan.main.columns[-1].expression
    assert isinstance(count, plans.Aggregate)
    assert count.of is not None
    base = ask("order_items.count").plan
    assert base is not None
    assert base.main.columns[0].expression == plans.Aggregate("count")


def test_sql_of_ones_own_is_warned_of(ask: Ask) -> None:
    more = "view: +users { measure: own { type: number sql: SUM(${credit}) ;; } }"
    planned = ask("users.own, orders.count", explore="users", more=more)
    assert planned.plan is not None
    assert [(item.severity, item.code) for item in planned.diagnostics] == [
        ("warning", "fan_out_without_key")
    ]
    assert ask("users.own", explore="users", more=more).diagnostics == ()


@pytest.mark.parametrize(
    ("fields", "rest", "grouped"),
    [
        ("order_items.id, order_items.price", {}, False),
        ("order_items.id, users.state", {}, False),
        ("order_items.price", {}, True),
        ("order_items.id, order_items.count", {}, True),
        ("order_items.id", {"sorts": ("order_items.count",)}, True),
        ("order_items.id", {"filters": {"order_items.count": ">1"}}, True),
        ("users.id", {"explore": "users"}, False),
        ("users.id, orders.status", {"explore": "users"}, True),
    ],
)
def test_grouping(ask: Ask, fields: str, rest: dict[str, object], grouped: bool) -> None:
    plan = ask(fields, **rest).plan
    assert plan is not None
    assert plan.main.group is grouped


def test_grouping_can_be_cancelled(ask: Ask) -> None:
    more = "explore: +order_items { cancel_grouping_fields: [order_items.order_id] }"
    for fields, grouped in (("order_items.order_id", False), ("order_items.price", True)):
        plan = ask(fields, more=more).plan
        assert plan is not None
        assert plan.main.group is grouped


def test_a_view_without_columns_joins_nothing(ask: Ask) -> None:
    more = """
    view: choices { parameter: sign { type: unquoted } filter: when { type: date } }
    explore: +order_items { join: choices {} }
    view: +order_items { dimension: chosen { sql: {% parameter choices.sign %} ;; } }
    """
    filters = {"choices.sign": "x", "choices.when": "1 day"}
    assert joined(ask("order_items.chosen", more=more, filters=filters)) == []
