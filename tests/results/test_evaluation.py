"""Looker expressions over rows: what each function says, what null does, what is refused."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from lookalike import results
from lookalike.compiler import syntax
from lookalike.compiler.syntax import Budget

NOW = datetime(2024, 6, 1, 12)
OVER = results.Table(
    {
        "one.n": [Decimal(7), Decimal(3), None],
        "one.word": ["Shirt", "Sock", None],
        "one.at": [datetime(2018, 5, 18, 18, 30, 59, 900_000), datetime(2018, 1, 1), None],
        "one.day": [date(2018, 5, 18), date(2018, 1, 31), None],
        "one.paid": [True, False, None],
    },
    3,
)


def value(expression: str, budget: Budget | None = None) -> Any:
    """The values, or why there are none."""
    tree = syntax.expressions.read(expression, Budget(), syntax.expressions.OVER_ROWS)
    assert not isinstance(tree, syntax.expressions.ExpressionError), tree
    found = results.evaluate(tree, OVER, NOW, budget or Budget())
    return found.message if isinstance(found, results.Unevaluable) else list(found)


@pytest.mark.parametrize(
    "expression",
    [
        "abs(0 - 2) = 2",
        "ceiling(1.2) = 2 AND floor(1.8) = 1 AND floor(-1.2) = -2",
        "round(exp(1), 3) = 2.718",
        "round(ln(2.718281828), 4) = 1 AND log(100) = 2",
        "mod(${one.n}, 4) = 3",
        "power(2, 10) = 1024",
        "round(2.567, 2) = 2.57 AND round(2.5, 0) = 3 AND round(1234, -2) = 1200",
        "round(sqrt(2), 3) = 1.414",
        "${one.n} / 2 = 3.5",
        "(${one.n} + 1) * 2 - 3 = 13",
        'concat(${one.word}, "-", ${one.n}) = "Shirt-7"',
        'concat(${one.word}, null) = "Shirt"',
        'contains(${one.word}, "hir") AND NOT contains(${one.word}, "HIR")',
        "length(${one.word}) = 5",
        'lower(${one.word}) = "shirt" AND upper(${one.word}) = "SHIRT"',
        'position(${one.word}, "i") = 3 AND position(${one.word}, "z") = 0',
        'replace(${one.word}, "S", "s") = "shirt"',
        'substring(${one.word}, 2, 3) = "hir"',
        'coalesce(null, ${one.word}) = "Shirt"',
        "is_null(null) AND NOT is_null(${one.n})",
        "if(${one.n} > 5, 1, 2) = 1",
        "case(when(${one.n} = 1, 10), when(${one.n} = 7, 20), 30) = 20",
        "is_null(case(when(${one.n} = 1, 10)))",
        "add_days(3, date(2018, 1, 30)) = date(2018, 2, 2)",
        "add_months(1, date(2018, 1, 31)) = date(2018, 2, 28)",
        "add_years(0 - 1, date(2018, 1, 31)) = date(2017, 1, 31)",
        "add_hours(25, date_time(2018, 1, 1, 0, 0, 0)) = date_time(2018, 1, 2, 1, 0, 0)",
        "diff_days(date(2018, 1, 1), date(2018, 3, 1)) = 59",
        "diff_months(date(2018, 9, 26), date(2018, 10, 25)) = 0",
        "diff_months(date(2018, 9, 26), date(2018, 10, 26)) = 1",
        "diff_minutes(date(2018, 1, 1), date(2018, 1, 2)) = 1440",
        "diff_days(date(2018, 1, 2), date(2018, 1, 1)) = -1",
        "extract_years(${one.at}) = 2018 AND extract_months(${one.at}) = 5",
        "extract_hours(${one.at}) = 18 AND extract_seconds(${one.at}) = 59",
        "extract_hours(${one.day}) = 0",
        "trunc_months(${one.day}) = date(2018, 5, 1)",
        "trunc_years(${one.day}) = date(2018, 1, 1)",
        "trunc_hours(${one.at}) = date_time(2018, 5, 18, 18, 0, 0)",
        "trunc_days(${one.at}) = ${one.day}",
        "is_null(date(2018, 13, 1)) AND is_null(date_time(2018, 1, 1, 24, 0, 0))",
        '${one.day} = "2018-05-18" AND ${one.day} > "2018-05" AND ${one.at} > ${one.day}',
        '${one.paid} AND ${one.paid} = yes AND ${one.paid} = "Yes"',
        "now() = date_time(2024, 6, 1, 12, 0, 0)",
        '"a" < "b" AND NOT "a" = "A"',
        "1 = 1.0 AND 0.1 + 0.2 = 0.3",
        "sum(${one.n}) = 10 AND mean(${one.n}) = 5 AND median(${one.n}) = 5",
        'min(${one.n}) = 3 AND max(${one.word}) = "Sock" AND min(${one.day}) = date(2018, 1, 31)',
        "count(${one.n}) = 2 AND count_distinct(${one.word}) = 2",
        "row() = 1 AND offset(${one.n}, 1) = 3 AND is_null(offset(${one.n}, -1))",
        'to_number("12") = 12 AND to_string(${one.n}) = "7" AND to_string(null) = ""',
    ],
)
def test_it_holds_in_the_first_row(expression: str) -> None:
    assert value(expression)[0] is True


@pytest.mark.parametrize(
    ("expression", "values"),
    [
        ("${one.n} > 5", [True, False, None]),
        ("NOT ${one.n} > 5", [False, True, None]),
        ("${one.n} > 5 OR yes", [True, True, True]),
        ("${one.n} > 5 OR no", [True, False, None]),
        ("${one.n} > 5 AND no", [False, False, False]),
        ("${one.n} > 5 AND yes", [True, False, None]),
        ("${one.n} = null", [False, False, True]),
        ("${one.n} != null", [True, True, False]),
        ("is_null(${one.word})", [False, False, True]),
        ("if(${one.n} > 5, 1, 2)", [1, 2, 2]),
        ("1 / 0", [None] * 3),
        ("sqrt(0 - 1)", [None] * 3),
        ("ln(0)", [None] * 3),
        ('to_number("x")', [None] * 3),
        ("power(10, 999999999)", [None] * 3),
        ("add_days(power(10, 300), ${one.day})", [None] * 3),
        ("add_years(9000, ${one.day})", [None] * 3),
        ("round(1, power(10, 99))", [None] * 3),
        ("running_total(${one.n})", [7, 10, 10]),
        ("sum(if(${one.n} > 99, 1, null))", [None] * 3),
        ("${one.n} + sum(${one.n})", [17, 13, None]),
        ('concat("a", ${one.word})', ["aShirt", "aSock", "a"]),
    ],
)
def test_values(expression: str, values: list[object]) -> None:
    assert value(expression) == values


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("abs(${one.word}) = 1", "`abs` takes a number, not a text"),
        ("${one.n} AND yes", "a number stands where yes or no is needed"),
        ('${one.n} = "7"', "`=` can't compare a number with a text"),
        ('${one.day} = "soon"', "`=` can't compare a date with a text"),
        ("${one.gone} = 1", "`one.gone` is not among the columns; add it, or correct the name"),
        ("${one.n:total} = 1", "`:total` is not supported here; use `sum`"),
        ('matches_filter(${one.n}, "7")', "function `matches_filter` is not supported here"),
        ("rand() < 2", "function `rand` is not supported here"),
        ("sum(${one.word}) = 1", "`sum` takes a number, not a text"),
    ],
)
def test_what_has_no_value(expression: str, message: str) -> None:
    assert value(expression) == message


def test_text_cannot_grow_without_end() -> None:
    expression = '"aa"'
    for _ in range(40):
        expression = f'replace({expression}, "a", "aa")'
    assert "too large" in value(expression, Budget(size=1_000_000))


def test_rows_count_as_steps() -> None:
    assert "too large" in value("1 + 1 + 1 + 1", Budget(steps=10))


@pytest.mark.parametrize("unit", ["second", "minute", "hour", "day", "month", "year"])
def test_differences_are_those_of_the_database(unit: str) -> None:
    moments = [
        datetime(2023, 1, 31), datetime(2023, 2, 28), datetime(2023, 2, 28, 12),
        datetime(2024, 2, 29, 6, 30), datetime(2024, 1, 30, 23, 59, 59), datetime(2024, 3, 31),
        datetime(2023, 12, 31, 1), datetime(2023, 1, 31, 5),
    ]  # fmt: skip
    with duckdb.connect() as connection:
        for start in moments:
            for end in moments:
                sql = f"SELECT DATESUB('{unit}', ?::TIMESTAMP, ?::TIMESTAMP)"
                wanted = connection.execute(sql, [start, end]).fetchall()[0][0]
                over = results.Table({"a.s": [start], "a.e": [end]}, 1)
                tree = syntax.expressions.read(f"diff_{unit}s(${{a.s}}, ${{a.e}})", Budget())
                assert not isinstance(tree, syntax.expressions.ExpressionError)
                found = results.evaluate(tree, over, NOW, Budget())
                assert found == [wanted], (start, end)


def test_values_of_an_answer(shop: Any) -> None:
    answer = shop.answer(
        "id", "status", "exact", "paid", "created_raw", "created_date", "created_month",
        sorts=("orders.id",), limit=1,
    )  # fmt: skip
    over = results.table(answer)
    assert over.n_rows == 1
    assert {name.partition(".")[2]: column[0] for name, column in over.columns.items()} == {
        "id": Decimal(1),
        "status": "new",
        "exact": Decimal("1234.5"),
        "paid": True,
        "created_raw": datetime(2024, 1, 2, 3, 4, 5, 250_000),
        "created_date": date(2024, 1, 2),
        "created_month": date(2024, 1, 1),
    }
