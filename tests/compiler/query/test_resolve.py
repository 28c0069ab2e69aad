"""Names, filters and defaults of a question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lookalike.compiler.query import Planned, Role, plans

Ask = Callable[..., Planned]


def said(planned: Planned) -> list[str]:
    return [f"{item.severity}[{item.code}] {item.message}" for item in planned.diagnostics]


def fields(planned: Planned) -> list[str]:
    assert planned.plan is not None, planned.diagnostics
    return [column.field for column in planned.plan.main.columns]


def test_dimensions_come_before_measures(ask: Ask) -> None:
    planned = ask("orders.count, users.state, order_items.count, orders.status")
    assert fields(planned) == ["users.state", "orders.status", "orders.count", "order_items.count"]


def test_an_unknown_field_is_named_with_a_near_one(ask: Ask) -> None:
    planned = ask("orders.staus")
    assert planned.plan is None
    assert said(planned) == [
        "error[unknown_field] there is no field `orders.staus` in explore `order_items`; "
        "did you mean `orders.status`?"
    ]
    assert planned.diagnostics[0].field == "orders.staus"


def test_an_older_name_still_works(ask: Ask) -> None:
    assert fields(ask("orders.state")) == ["orders.status"]


FIELDS = (
    "fields of `order_items` are `order_items.id`, `order_items.order_id`,"
    " `order_items.product_id`, `order_items.price`, `order_items.discount` and 3 more"
)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("orders.statsu", "did you mean `orders.status`?"),
        ("users.crdit", "did you mean `users.credit`?"),
        ("order.status", "did you mean `orders.status`?"),
        ("orders.credit", "did you mean `users.credit`?"),
        ("statuss", "did you mean `orders.status`?"),
        ("order_items.nope", FIELDS),
        ("order_items.ix", FIELDS),
        ("products.ix", "fields of `products` are `products.id`, `products.name`"),
        (
            "nowhere.nothing",
            "its views are `order_items`, `orders`, `users`, `regions`, `products`",
        ),
    ],
)
def test_only_a_near_name_is_suggested(ask: Ask, written: str, hint: str) -> None:
    (diagnostic,) = ask(written).diagnostics
    assert diagnostic.message == (f"there is no field `{written}` in explore `order_items`; {hint}")


def test_an_empty_question(ask: Ask) -> None:
    assert [item.code for item in ask("").diagnostics] == ["empty_query"]


@pytest.mark.parametrize(
    "asked",
    [
        {"pivots": ("orders.status",)},
        {"subtotals": ("orders.status",)},
        {"total": True},
        {"row_total": "right"},
        {"dynamic_fields": '[{"table_calculation": "x"}]'},
    ],
    ids=lambda asked: next(iter(asked)),
)
def test_what_is_not_supported_is_refused(ask: Ask, asked: dict[str, object]) -> None:
    planned = ask("orders.status, orders.count", **asked)
    assert planned.plan is None
    assert [item.code for item in planned.diagnostics] == ["not_supported"]


AFTER = "view: +orders { measure: after { type: %s sql: ${count} ;; } }"


@pytest.mark.parametrize("type_", ["running_total", "percent_of_total", "percent_of_previous"])
@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"filters": {"orders.after": "> 5"}}, "invalid_filter"),
        ({"filter_expression": "${orders.after} > 5"}, "invalid_expression"),
        ({"filter_expression": 'matches_filter(${orders.after}, "> 5")'}, "invalid_expression"),
    ],
)
def test_nothing_is_filtered_on_a_measure_of_the_rows_of_an_answer(
    ask: Ask, type_: str, asked: Any, code: str
) -> None:
    (diagnostic,) = ask("orders.status, orders.after", more=AFTER % type_, **asked).diagnostics
    assert diagnostic.code == code
    assert "`orders.after`" in diagnostic.message
    asked = {"filters": {"orders.after": ""}}
    assert ask("orders.status, orders.after", more=AFTER % type_, **asked).plan is not None


@pytest.mark.parametrize(
    ("type_", "limit", "expected"),
    [
        ("running_total", 10, 10),
        ("percent_of_total", 10, 11),
        ("percent_of_total", 0, 1),
        ("percent_of_total", -1, None),
    ],
)
def test_a_share_needs_one_row_more(ask: Ask, type_: str, limit: int, expected: int | None) -> None:
    planned = ask("orders.status, orders.after", more=AFTER % type_, limit=limit)
    assert planned.plan is not None
    assert planned.plan.main.limit == expected
    assert planned.plan.limit == (None if limit < 0 else limit)


def test_fill_fields_are_only_noted(ask: Ask) -> None:
    planned = ask("orders.status", fill_fields=("orders.status",))
    assert planned.plan is not None
    assert [item.severity for item in planned.diagnostics] == ["info"]


@pytest.mark.parametrize(("limit", "expected"), [(500, 500), (-1, None), (0, 0), (70000, 70000)])
def test_limits(ask: Ask, limit: int, expected: int | None) -> None:
    planned = ask("orders.status", limit=limit)
    assert planned.plan is not None
    assert planned.plan.main.limit == expected


def test_a_negative_limit_is_refused(ask: Ask) -> None:
    assert [item.code for item in ask("orders.status", limit=-2).diagnostics] == ["invalid_limit"]


def test_required_fields_are_selected_too(ask: Ask) -> None:
    more = "view: +users { dimension: city { required_fields: [state] } }"
    assert fields(ask("users.city", more=more)) == ["users.city", "users.state"]


ALWAYS = """
explore: guarded {
  from: orders
  always_filter: { filters: [guarded.status: "complete"] }
  conditionally_filter: {
    filters: [guarded.created_date: "7 days"]
    unless: [guarded.user_id]
  }
}
"""


@pytest.mark.parametrize(
    ("filters", "applied"),
    [
        ({}, {"guarded.status": "complete", "guarded.created_date": "7 days"}),
        ({"guarded.user_id": "3"}, {"guarded.user_id": "3", "guarded.status": "complete"}),
        (
            {"guarded.created_month": "2018-01"},
            {"guarded.created_month": "2018-01", "guarded.status": "complete"},
        ),
        ({"guarded.status": "", "guarded.user_id": ""}, {"guarded.created_date": "7 days"}),
    ],
    ids=["none", "unless", "other timeframe", "any value"],
)
def test_default_filters(ask: Ask, filters: dict[str, str], applied: dict[str, str]) -> None:
    planned = ask("guarded.count", explore="guarded", more=ALWAYS, filters=filters)
    assert planned.plan is not None, planned.diagnostics
    found = {name: text for name, text in planned.plan.filters if text}
    assert found == applied
    assert len(planned.plan.main.where) == len(applied)


ACCESS = """
explore: fenced {
  from: orders
  access_filter: { field: fenced.status user_attribute: allowed }
}
"""


def test_an_access_filter_takes_the_value_of_the_asker(ask: Ask) -> None:
    planned = ask("fenced.count", explore="fenced", more=ACCESS, attributes={"allowed": "a,b"})
    assert planned.plan is not None, planned.diagnostics
    (condition,) = planned.plan.main.where
    assert isinstance(condition, plans.IsIn)
    assert [value.value for value in condition.values] == ["a", "b"]
    assert planned.plan.filters == ()


@pytest.mark.parametrize("value", [None, "", "  ", ","])
def test_an_access_filter_never_opens(ask: Ask, value: str | None) -> None:
    attributes = {} if value is None else {"allowed": value}
    planned = ask("fenced.count", explore="fenced", more=ACCESS, attributes=attributes)
    assert planned.plan is None
    assert [item.code for item in planned.diagnostics] == ["missing_attribute"]


def test_attributes_inside_filters(ask: Ask) -> None:
    filters = {"orders.status": "{{ _user_attributes['allowed'] }},x"}
    planned = ask("orders.count", filters=filters, attributes={"allowed": "a"})
    assert planned.plan is not None
    assert planned.plan.filters == (("orders.status", "a,x"),)
    planned = ask("orders.count", filters=filters)
    assert [item.code for item in planned.diagnostics] == ["missing_attribute"]


def test_an_unreadable_filter_is_said(ask: Ask) -> None:
    planned = ask("orders.count", filters={"order_items.price": "lots"})
    assert planned.plan is None
    (message,) = said(planned)
    assert message.startswith(
        "error[invalid_filter] can't read the filter `lots` on `order_items.price`"
    )


def test_measures_are_filtered_after_grouping(ask: Ask) -> None:
    planned = ask(
        "orders.status, orders.count", filters={"orders.count": ">3", "orders.status": "a"}
    )
    assert planned.plan is not None
    assert (len(planned.plan.main.where), len(planned.plan.main.having)) == (1, 1)


def test_a_broken_field_hurts_only_itself(ask: Ask) -> None:
    more = "view: +orders { dimension: bad { sql: ${missing} ;; } }"
    planned = ask("orders.bad", more=more)
    assert planned.plan is None
    assert all(item.field == "orders.bad" for item in planned.diagnostics)
    assert ask("orders.status", more=more).plan is not None


PARAMETERS = """
view: +orders {
  parameter: unit {
    type: unquoted
    default_value: "day"
    allowed_value: { value: "day" }
    allowed_value: { value: "month" }
  }
  parameter: word { type: unquoted }
  parameter: name { type: string }
  parameter: number { type: number }
  dimension: by_unit { sql: DATE_TRUNC('{% parameter unit %}', ${created_raw}) ;; }
  dimension: by_word { sql: ${TABLE}.{% parameter word %} ;; }
  dimension: by_name { sql: {% parameter name %} ;; }
  dimension: by_number { sql: {% parameter number %} ;; }
  dimension: chosen {
    sql: {% if unit._parameter_value == 'month' %} ${created_month} {% else %} ${created_date}
      {% endif %} ;;
  }
}
"""


def column(planned: Planned) -> plans.Expression:
    assert planned.plan is not None, planned.diagnostics
    return planned.plan.main.columns[-1].expression


def text_of(expression: plans.Expression) -> str:
    assert isinstance(expression, plans.Fragment)
    return "".join(
        part
        if isinstance(part, str)
        else text_of(part)
        if isinstance(part, plans.Fragment)
        else "…"
        for part in expression.parts
    )


def test_an_unquoted_parameter_is_text(ask: Ask) -> None:
    assert text_of(column(ask("orders.by_unit", more=PARAMETERS))) == "DATE_TRUNC('day', ….created)"
    planned = ask("orders.by_unit", more=PARAMETERS, filters={"orders.unit": "month"})
    assert text_of(column(planned)) == "DATE_TRUNC('month', ….created)"


WORD = "use letters, digits and `_` only, or digits with single dots between them"


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("unit", "year", "choose one of `day`, `month`"),
        ("word", "a; DROP TABLE x", WORD),
        ("word", "a b", WORD),
        ("word", "users.password", WORD),
        ("word", "1..2", WORD),
        ("word", ".5", WORD),
        ("word", "5.", WORD),
        ("number", "1 OR 1=1", "write a number"),
    ],
)
def test_values_that_are_not_allowed(ask: Ask, name: str, value: str, hint: str) -> None:
    planned = ask(f"orders.by_{name}", more=PARAMETERS, filters={f"orders.{name}": value})
    assert planned.plan is None
    assert said(planned) == [
        f"error[filter_not_allowed] the filter `{value}` is not allowed for `orders.{name}`; {hint}"
    ]


@pytest.mark.parametrize("value", ["created", "orders_2", "2023.011"])
def test_an_unquoted_word_is_a_name_or_digits_with_dots(ask: Ask, value: str) -> None:
    planned = ask("orders.by_word", more=PARAMETERS, filters={"orders.word": value})
    assert value in text_of(column(planned))


def test_other_parameters_are_literals(ask: Ask) -> None:
    planned = ask("orders.by_name", more=PARAMETERS, filters={"orders.name": "it's"})
    assert column(planned) == plans.Literal("it's")
    assert column(ask("orders.by_name", more=PARAMETERS)) == plans.Literal(None)
    planned = ask("orders.by_number", more=PARAMETERS, filters={"orders.number": "-1.5"})
    literal = column(planned)
    assert isinstance(literal, plans.Literal)
    assert str(literal.value) == "-1.5"


def test_a_template_chooses_by_parameter(ask: Ask) -> None:
    def timeframe(planned: Planned) -> str:
        fragment = column(planned)
        assert isinstance(fragment, plans.Fragment)
        (found,) = (part for part in fragment.parts if isinstance(part, plans.Timeframe))
        return found.timeframe

    assert timeframe(ask("orders.chosen", more=PARAMETERS)) == "date"
    planned = ask("orders.chosen", more=PARAMETERS, filters={"orders.unit": "month"})
    assert timeframe(planned) == "month"


def test_tiers_bring_a_helper(ask: Ask) -> None:
    planned = ask("users.age_tier, users.count")
    assert planned.plan is not None
    roles = [(column.field, column.role) for column in planned.plan.main.columns]
    assert roles == [
        ("users.age_tier__sort_", Role.HELPER),
        ("users.age_tier", Role.DIMENSION),
        ("users.count", Role.MEASURE),
    ]
