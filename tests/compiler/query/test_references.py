"""What `${}` and templates in the SQL of developers become."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lookalike.compiler.query import Planned, plans
from lookalike.compiler.syntax import Budget

Ask = Callable[..., Planned]


def shown(expression: object) -> str:
    """An expression in few words; text of developers as it stands."""
    match expression:
        case plans.Fragment(parts=parts):
            return "".join(part if isinstance(part, str) else f"‹{shown(part)}›" for part in parts)
        case plans.Alias(name=name):
            return name
        case plans.Literal(value=value):
            return repr(value)
        case plans.Predicate(condition=condition):
            return shown(condition)
        case plans.Holds(of=of):
            return shown(of)
        case plans.Timeframe(of=of, timeframe=timeframe):
            return f"{timeframe}({shown(of)})"
        case plans.InZone(of=of, database_zone=stored, zone=zone):
            return f"{shown(of)} {stored}→{zone}"
        case plans.YesNo(condition=condition):
            return f"yesno({shown(condition)})"
        case plans.Compare(left=left, operator=operator, right=right):
            return f"{shown(left)} {operator} {shown(right)}"
        case plans.All(of=several):
            return " and ".join(map(shown, several)) or "any"
        case plans.Not(of=of):
            return f"not({shown(of)})"
        case plans.IsIn(left=left, values=values):
            return f"{shown(left)} in {[value.value for value in values]}"
        case plans.TableOf(table=table):
            return shown(table)
        case plans.NamedTable(text=text):
            return shown(text)
        case plans.CteTable(name=name):
            return name
        case plans.Aggregate(kind=kind, of=of, where=where):
            inner = "*" if of is None else shown(of)
            return f"{kind}({inner}{'' if where is None else ' where ' + shown(where)})"
    return type(expression).__name__


def last(planned: Planned) -> str:
    assert planned.plan is not None, planned.diagnostics
    return shown(planned.plan.main.columns[-1].expression)


CASES = [
    ("sql: ${TABLE}.x ;;", "‹orders›.x"),
    ("sql: LOWER(${status}) ;;", "LOWER(‹‹orders›.status›)"),
    ("sql: ${users.state} ;;", "‹users›.state"),
    ("sql: ${ status } ;;", "‹orders›.status"),
    (
        "sql: CASE WHEN ${is_complete} THEN 1 END ;;",
        "CASE WHEN ‹‹‹orders›.status› = 'complete'› THEN 1 END",
    ),
    ("type: yesno sql: ${is_complete} ;;", "yesno(‹‹orders›.status› = 'complete')"),
    ("sql: ${created_raw} ;;", "‹orders›.created"),
    ("sql: ${created_date} ;;", "date(‹orders›.created)"),
    ("sql: '{{ _view._name }}' ;;", "'orders'"),
    (
        "sql: '{{ _explore._name }}.{{ _model._name }}.{{ _dialect._name }}' ;;",
        "'order_items.shop.duckdb'",
    ),
    ("sql: {{ _user_attributes['team'] | sql_quote }} ;;", "'a'"),
    ("sql: {% if orders.status._is_selected %}1{% else %}2{% endif %} ;;", "2"),
    ("sql: {% if users._in_query %}1{% else %}2{% endif %} ;;", "2"),
    ("sql: {% if orders.probe._is_selected %}1{% else %}2{% endif %} ;;", "1"),
    ("type: yesno sql: {% condition status %} ${TABLE}.s {% endcondition %} ;;", "yesno(any)"),
    ("sql: (SELECT MAX(x) FROM ${users.SQL_TABLE_NAME}) ;;", "(SELECT MAX(x) FROM ‹users›)"),
]


@pytest.mark.parametrize(("body", "expected"), CASES)
def test_a_dimension(ask: Ask, body: str, expected: str) -> None:
    more = f"view: +orders {{ dimension: probe {{ {body} }} }}"
    assert last(ask("orders.probe", more=more, attributes={"team": "a"})) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("type: number sql: ${count} + ${users.count} ;;", "‹count(*)› + ‹count(*)›"),
        ("type: yesno sql: ${count} > 3 ;;", "yesno(‹count(*)› > 3)"),
        ("type: date sql: MAX(${created_raw}) ;;", "date(MAX(‹‹orders›.created›))"),
        (
            'type: sum sql: ${voucher} ;; filters: [status: "a,b", users.state: "-x"]',
            "sum(‹orders›.voucher where "
            "‹orders›.status in ['a', 'b'] and not(‹users›.state = 'x'))",
        ),
        ("type: list list_field: status", "list(‹orders›.status)"),
        ("type: percentile percentile: 75 sql: ${voucher} ;;", "percentile(‹orders›.voucher)"),
        (
            "type: sum_distinct sql_distinct_key: ${user_id} ;; sql: ${voucher} ;;",
            "sum(‹orders›.voucher)",
        ),
    ],
)
def test_a_measure(ask: Ask, body: str, expected: str) -> None:
    more = f"view: +orders {{ measure: probe {{ {body} }} }}"
    assert last(ask("orders.probe", more=more)) == expected


def test_times_are_shown_in_the_zone_of_the_question(ask: Ask) -> None:
    zones = {"zone": "Asia/Tokyo", "database_zone": "UTC"}
    assert last(ask("orders.created_date", **zones)) == "date(‹orders›.created UTC→Asia/Tokyo)"
    assert last(ask("orders.created_raw", **zones)) == "‹orders›.created"
    assert last(ask("orders.shipped_date", **zones)) == "date(‹orders›.shipped)"
    assert last(ask("orders.created_date")) == "date(‹orders›.created)"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("dimension: probe { sql: ${missing} ;; }", "unknown_field"),
        ("dimension: probe { sql: ${events.id} ;; }", "inaccessible_view"),
        ("dimension: probe { sql: ${count} ;; }", "aggregate_in_dimension"),
        ("measure: probe { type: sum sql: ${count} ;; }", "nested_aggregate"),
        (
            "dimension: probe { sql: ${other} ;; } dimension: other { sql: ${probe} ;; }",
            "circular_reference",
        ),
        ("dimension: probe { sql: {% if %} ;; }", "liquid_error"),
        ("dimension: probe { type: distance sql: 1 ;; }", "invalid_value"),
        (
            "measure: probe { type: number sql: ${some} ;; }"
            " measure: some { type: running_total sql: ${count} ;; }",
            "nested_aggregate",
        ),
        (
            "measure: probe { type: number sql: {{ '${some}' }} ;; }"
            " measure: some { type: running_total sql: ${count} ;; }",
            "nested_aggregate",
        ),
        (
            "measure: probe { type: sum_distinct sql: 1 ;; sql_distinct_key: ${missing} ;; }",
            "unknown_field",
        ),
    ],
)
def test_mistakes_are_said(ask: Ask, body: str, code: str) -> None:
    planned = ask("orders.probe", more=f"view: +orders {{ {body} }}")
    assert planned.plan is None
    assert code in [item.code for item in planned.diagnostics]


def test_a_template_of_a_filter(ask: Ask) -> None:
    more = """
    view: +orders {
      filter: pick { type: string sql: NOT ({% condition %} ${status} {% endcondition %}) ;; }
      filter: during { type: date }
      dimension: probe { type: number
        sql: CASE WHEN {% condition during %} ${created_raw} {% endcondition %}
          THEN {% date_start during %} END ;; }
    }
    """
    planned = ask("orders.count", more=more, filters={"orders.pick": "a,b"})
    assert planned.plan is not None, planned.diagnostics
    (condition,) = planned.plan.main.where
    assert shown(condition) == "NOT (‹‹orders›.status in ['a', 'b']›)"
    assert ask("orders.count", more=more).plan.main.where == ()  # type: ignore[union-attr]
    written = last(ask("orders.probe", more=more, filters={"orders.during": "2018"}))
    assert "datetime.datetime(2018, 1, 1, 0, 0)" in written
    assert "‹orders›.created >= " in written
    assert "THEN ‹None›" in last(ask("orders.probe", more=more))


def test_a_view_may_name_itself_under_another_alias(ask: Ask) -> None:
    more = """
    view: +users { dimension: shout { sql: UPPER(${users.state}) ;; } }
    explore: people { from: users }
    """
    assert last(ask("people.shout", explore="people", more=more)) == "UPPER(‹‹people›.state›)"


def test_references_that_double_end_in_a_diagnostic(ask: Ask) -> None:
    doubling = "\n".join(
        f"dimension: d{n} {{ sql: ${{d{n - 1}}} + ${{d{n - 1}}} ;; }}" for n in range(1, 41)
    )
    more = f"view: +orders {{ dimension: d0 {{}} {doubling} }}"
    planned = ask("orders.d40", more=more, budget=Budget(size=100_000))
    assert planned.plan is None
    assert [item.code for item in planned.diagnostics] == ["budget_exhausted"]


def test_long_chains_end_in_a_diagnostic(ask: Ask) -> None:
    chain = "\n".join(f"dimension: d{n} {{ sql: ${{d{n - 1}}} ;; }}" for n in range(1, 2001))
    more = f"view: +orders {{ dimension: d0 {{}} {chain} }}"
    planned = ask("orders.d2000", more=more)
    assert planned.plan is None
    assert "budget_exhausted" in [item.code for item in planned.diagnostics]
    assert ask("orders.d40", more=more).plan is not None
