"""The order of the rows: by default, as asked, and by helpers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lookalike.compiler.query import Planned

Ask = Callable[..., Planned]


def order(planned: Planned) -> list[str]:
    """`field` or `field desc`, helpers included; what is not selected as ?."""
    assert planned.plan is not None, planned.diagnostics
    select = planned.plan.main
    return [
        (select.columns[each.column].field if isinstance(each.column, int) else "?")
        + (" desc" if each.descending else "")
        for each in select.order
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("users.state, orders.created_date, orders.count", ["orders.created_date desc"]),
        ("users.state, orders.count, users.count", ["orders.count desc"]),
        ("users.state, orders.status", ["users.state"]),
        (
            "orders.created_day_of_week",
            ["orders.created_day_of_week__sort_", "orders.created_day_of_week"],
        ),
    ],
)
def test_by_default(ask: Ask, fields: str, expected: list[str]) -> None:
    assert order(ask(fields)) == expected


@pytest.mark.parametrize(
    ("sorts", "expected"),
    [
        (("users.age_tier",), ["users.age_tier__sort_", "users.age_tier"]),
        (("users.age_tier desc",), ["users.age_tier__sort_ desc", "users.age_tier desc"]),
        (("users.age_tier__sort_",), ["users.age_tier__sort_", "users.age_tier"]),
        (
            ("users.count desc 0", "users.age_tier asc"),
            ["users.count desc", "users.age_tier__sort_", "users.age_tier"],
        ),
        (("orders.count desc",), ["? desc"]),
        (("__UNSORTED__",), []),
    ],
)
def test_as_asked(ask: Ask, sorts: tuple[str, ...], expected: list[str]) -> None:
    assert order(ask("users.age_tier, users.count", sorts=sorts)) == expected


@pytest.mark.parametrize("sort", ["users.nonsense", "users.state"], ids=["unknown", "unselected"])
def test_a_sort_that_means_nothing_is_dropped(ask: Ask, sort: str) -> None:
    planned = ask("users.age_tier", sorts=(sort, "users.age_tier desc"))
    assert order(planned) == ["users.age_tier__sort_ desc", "users.age_tier desc"]
    assert [item.severity for item in planned.diagnostics] == ["info"]


@pytest.mark.parametrize(
    ("sort", "said"),
    [
        ("users.nonsense", "there is no field `users.nonsense` in this explore"),
        ("users.count des", "`des` is no direction; write `asc` or `desc`"),
        ("users.count DESC first", "`first` is no direction; write `asc` or `desc`"),
    ],
)
def test_where_no_sort_is_left_the_usual_order_holds(ask: Ask, sort: str, said: str) -> None:
    planned = ask("users.age_tier, users.count", sorts=(sort,))
    assert order(planned) == ["users.count desc"]
    assert [(each.severity, each.message) for each in planned.diagnostics] == [
        ("info", f"the sort `{sort}` is ignored: {said}")
    ]


def test_ordered_by_another_field(ask: Ask) -> None:
    more = "view: +users { dimension: name { order_by_field: age } }"
    planned = ask("users.name", more=more)
    assert order(planned) == ["users.name__sort_", "users.name"]
    assert order(ask("users.name, users.age", more=more, sorts=("users.name",))) == [
        "users.name__sort_",
        "users.name",
    ]
