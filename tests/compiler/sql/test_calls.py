"""Calls: each function of Looker's expression language says what the documentation says, on each
database."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb
import psycopg
import pytest

from lookalike.compiler import model, query, sql, syntax
from lookalike.compiler.syntax import Budget
from tests.postgres import POSTGRES

LOOKML = """
connection: "c"
view: one {
  derived_table: { sql: SELECT 7 AS n, 'Shirt' AS word, TIMESTAMP '2018-05-18 18:30:59.9' AS at ;; }
  dimension: n { type: number }
  dimension: word {}
  dimension: at { type: date_time }
}
explore: one {}
"""


@pytest.mark.parametrize(
    "expression",
    [
        "abs(0 - 2) = 2",
        "ceiling(1.2) = 2",
        "floor(1.8) = 1",
        "round(exp(1), 3) = 2.718",
        "round(ln(2.718281828), 4) = 1",
        "log(100) = 2",
        "mod(${one.n}, 4) = 3",
        "power(2, 10) = 1024",
        "round(2.567, 2) = 2.57",
        "round(sqrt(2), 3) = 1.414",
        "${one.n} / 2 = 3.5",
        "(${one.n} + 1) * 2 - 3 = 13",
        "${one.n} - (0 - 1) = 8",
        'concat(${one.word}, "-", ${one.n}) = "Shirt-7"',
        'contains(${one.word}, "hir")',
        'NOT contains(${one.word}, "HIR")',
        "length(${one.word}) = 5",
        'lower(${one.word}) = "shirt"',
        'upper(${one.word}) = "SHIRT"',
        'position(${one.word}, "i") = 3',
        'position(${one.word}, "z") = 0',
        'replace(${one.word}, "S", "s") = "shirt"',
        'substring(${one.word}, 2, 3) = "hir"',
        'coalesce(null, ${one.word}) = "Shirt"',
        "is_null(null)",
        "NOT is_null(${one.n})",
        "if(${one.n} > 5, 1, 2) = 1",
        "if(${one.n} > 9, 1, 2) = 2",
        "case(when(${one.n} = 1, 10), when(${one.n} = 7, 20), 30) = 20",
        "add_days(3, date(2018, 1, 30)) = date(2018, 2, 2)",
        "add_months(1, date(2018, 1, 31)) = date(2018, 2, 28)",
        "add_years(0 - 1, date(2018, 1, 31)) = date(2017, 1, 31)",
        "add_hours(25, date_time(2018, 1, 1, 0, 0, 0)) = date_time(2018, 1, 2, 1, 0, 0)",
        "diff_days(date(2018, 1, 1), date(2018, 3, 1)) = 59",
        "diff_months(date(2018, 9, 26), date(2018, 10, 25)) = 0",
        "diff_months(date(2018, 9, 26), date(2018, 10, 26)) = 1",
        "diff_minutes(date(2018, 1, 1), date(2018, 1, 2)) = 1440",
        "extract_years(${one.at}) = 2018",
        "extract_months(${one.at}) = 5",
        "extract_days(${one.at}) = 18",
        "extract_hours(${one.at}) = 18",
        "extract_minutes(${one.at}) = 30",
        "trunc_months(date(2018, 5, 18)) = date(2018, 5, 1)",
        "trunc_years(date(2018, 5, 18)) = date(2018, 1, 1)",
        "date(2000 + ${one.n}, ${one.n}, ${one.n}) = date(2007, 7, 7)",
        "is_null(date(2018, ${one.n} + 6, 1))",
        "is_null(date(2018, 2, ${one.n} + 22))",
        "date_time(2018, ${one.n}, 1, 2, 3, 4) = date_time(2018, 7, 1, 2, 3, 4)",
        "is_null(date_time(2018, 1, 1, ${one.n} + 17, 0, 0))",
    ],
)
def test_it_holds(expression: str) -> None:
    plan = _plan(expression)
    with duckdb.connect() as connection:
        text = sql.write(plan, sql.DIALECTS["duckdb"]).main.text
        assert connection.execute(text).fetchall() == [(7,)], text
    if POSTGRES:
        with psycopg.connect(POSTGRES) as elsewhere:
            text = sql.write(plan, sql.DIALECTS["postgres"]).main.text
            assert elsewhere.execute(text.encode()).fetchall() == [(7,)], text


def _plan(expression: str) -> query.Plan:
    file = model.SourceFile("m.model.lkml", syntax.lookml.parse(LOOKML, Budget()))
    assembled = model.assemble("p", [file], {}, {}, Budget())
    assert not assembled.diagnostics
    question = query.Query(
        model="m", explore="one", fields=("one.n",), filter_expression=expression
    )
    planned = query.plan(
        question,
        assembled.project.models["m"].explores["one"],
        query.Asker(now=datetime(2018, 5, 18, tzinfo=UTC), attributes={}),
        "duckdb",
        Budget(),
    )
    assert planned.plan is not None, planned.diagnostics
    return planned.plan
