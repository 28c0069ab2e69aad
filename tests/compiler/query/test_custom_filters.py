"""Custom filters: Looker expressions as conditions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lookalike.compiler.query import Planned, plans

Ask = Callable[..., Planned]


def where(planned: Planned) -> plans.Condition:
    assert planned.plan is not None, planned.diagnostics
    (condition,) = planned.plan.main.where
    return condition


def test_a_comparison_of_numbers_is_kept(ask: Ask) -> None:
    condition = where(ask("orders.status", filter_expression="1=2"))
    assert isinstance(condition, plans.Compare)
    assert [condition.left, condition.right] == [plans.Literal(1), plans.Literal(2)]


def test_fields_texts_and_junctions(ask: Ask) -> None:
    expression = (
        '${orders.status} = "it\'s" AND NOT (${order_items.price} > 5 OR ${orders.is_complete})'
    )
    condition = where(ask("order_items.count", filter_expression=expression))
    assert isinstance(condition, plans.All)
    first, second = condition.of
    assert isinstance(first, plans.Compare)
    assert first.right == plans.Literal("it's")
    assert isinstance(second, plans.Not)
    assert isinstance(second.of, plans.AnyOf)
    assert isinstance(second.of.of[1], plans.Holds)


def test_a_measure_makes_it_a_condition_on_groups(ask: Ask) -> None:
    planned = ask("orders.status", filter_expression="${orders.count} > 5")
    assert planned.plan is not None
    assert (len(planned.plan.main.where), len(planned.plan.main.having)) == (0, 1)


def test_null_and_matches_filter(ask: Ask) -> None:
    status = "${orders.status}"
    assert isinstance(
        where(ask("orders.count", filter_expression=f"{status} = null")), plans.IsNull
    )
    condition = where(ask("orders.count", filter_expression=f'matches_filter({status}, "a,b")'))
    assert isinstance(condition, plans.IsIn)


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("1 +", "invalid_expression"),
        ("5", "invalid_expression"),
        ("${orders.status}", "invalid_expression"),
        ("${orders.staus} = 1", "unknown_field"),
        ("running_total(${orders.count}) > 1", "invalid_expression"),
        ('${orders.created_day_of_week} = "Monday"', "not_supported"),
        ("rand() > 0.5", "not_supported"),
        ("${orders.count:total} > 5", "invalid_expression"),
        ("sql('DROP TABLE x')", "invalid_expression"),
    ],
)
def test_mistakes_are_said(ask: Ask, expression: str, code: str) -> None:
    planned = ask("orders.count", filter_expression=expression)
    assert planned.plan is None
    assert code in [item.code for item in planned.diagnostics]
