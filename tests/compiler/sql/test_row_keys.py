"""Numbers of rows: they tell rows apart whatever the columns of the table are called."""

from __future__ import annotations

import duckdb
import pytest

from lookalike.compiler import sql
from lookalike.compiler.query import Column, Plan, Role, Select, plans


@pytest.mark.parametrize("column", ["generated_key", "__row_key"])
def test_a_column_of_the_table_is_not_taken_for_the_key(column: str) -> None:
    table = plans.NamedTable(plans.Fragment((f"(SELECT 7 AS {column} FROM range(3))",)))
    count = plans.Aggregate("count_distinct", plans.RowKey("t"))
    select = Select(
        columns=(Column("t.n", count, Role.MEASURE),),
        base_alias="t",
        base=plans.Numbered(table),
        group=False,
    )
    text = sql.write(Plan(main=select), sql.DIALECTS["duckdb"]).main.text
    with duckdb.connect() as connection:
        assert connection.execute(text).fetchall() == [(3,)]
