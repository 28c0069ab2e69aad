"""The work that finding the SQL of a developer in a statement takes is bounded."""

from __future__ import annotations

import pytest

from lookalike.compiler import sql
from lookalike.compiler.query import Column, Plan, Role, Select, plans
from lookalike.compiler.syntax import Budget, Place, Span

DUCKDB = sql.DIALECTS["duckdb"]


def plan_of(written: str) -> Plan:
    place = Place("a.view.lkml", Span(0, len(written)), 7)
    shown = plans.Fragment((written,), place)
    table = plans.NamedTable(plans.Fragment(("t",)))
    columns = (Column("t.a", shown, Role.DIMENSION),)
    return Plan(main=Select(columns=columns, base_alias="t", base=table))


def origin_of(written: str, budget: Budget) -> sql.Origin | None:
    plan = plan_of(written)
    text = sql.write(plan, DUCKDB).main.text
    line = next(n for n, each in enumerate(text.split("\n"), 1) if written in each)
    return sql.origin(plan, DUCKDB, text, (line, 6), budget)


def test_it_is_found() -> None:
    found = origin_of("price * 2", Budget())
    assert found is not None
    assert (found.place.path, found.line) == ("a.view.lkml", 7)


@pytest.mark.parametrize("steps", [0, 8])
def test_it_can_not_be_told_where_the_budget_ends(steps: int) -> None:
    assert origin_of("price * 2", Budget(steps=steps)) is None


def test_a_text_that_repeats_itself_is_looked_for_a_bounded_number_of_times() -> None:
    plan = plan_of("a" * 50_000)
    text = "a" * 100_000
    assert sql.origin(plan, DUCKDB, text, (1, 60_000), Budget()) is None
