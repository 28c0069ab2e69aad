"""Fan-out: in random explores over random tables every measure equals the truth of its own view.

The truth is worked out here row by row: join, filter, group; then for each view take each key of
the group once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import duckdb
import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from lookalike.compiler import model, query, sql, syntax
from lookalike.compiler.syntax import Budget
from tests.postgres import POSTGRES

ALIASES = "abcd"

Row = dict[str, Any]
Joined = dict[str, Row | None]


class World(Struct):
    """Tables by view, and for each joined view its parent, relationship and type."""

    tables: dict[str, list[Row]]
    joins: dict[str, tuple[str, str, str]]
    dimensions: list[str]
    measures: list[str]
    filter_on: str | None
    having: str | None
    raw: bool


MEASURES: dict[str, str] = {
    "count": "type: count",
    "total": "type: sum  sql: ${TABLE}.x ;;",
    "mean": "type: average  sql: ${TABLE}.x ;;",
    "middle": "type: median  sql: ${TABLE}.x ;;",
    "top": "type: max  sql: ${TABLE}.x ;;",
    "groups": "type: count_distinct  sql: ${TABLE}.g ;;",
    "total_p": 'type: sum  sql: ${TABLE}.x ;;  filters: [g: "p"]',
    "count_p": 'type: count  filters: [g: "p"]',
    "share": "type: number  sql: 1.0 * ${total} / NULLIF(${count}, 0) ;;",
}


@st.composite
def worlds(draw: st.DrawFn) -> World:
    aliases = ALIASES[: draw(st.integers(2, 4))]
    tables, joins = {}, {}
    for n, alias in enumerate(aliases):
        size = draw(st.integers(0, 4))
        parent = draw(st.sampled_from(aliases[:n])) if n else ""
        relationship = draw(st.sampled_from(["one_to_many", "many_to_one", "one_to_one"]))
        tables[alias] = [_row(draw, key) for key in range(size)]
        if n:
            kind = draw(st.sampled_from(["left_outer", "left_outer", "inner", "full_outer"]))
            joins[alias] = (parent, relationship, kind)
    names = [f"{alias}.{name}" for alias in aliases for name in MEASURES]
    return World(
        tables,
        joins,
        draw(
            st.lists(st.sampled_from([f"{alias}.g" for alias in aliases]), max_size=2, unique=True)
        ),
        draw(st.lists(st.sampled_from(names), min_size=1, max_size=6, unique=True)),
        draw(st.sampled_from([None, *(f"{alias}.g" for alias in aliases)])),
        draw(st.sampled_from([None, *(f"{alias}.total" for alias in aliases)])),
        draw(st.integers(0, 4)) == 0,
    )


def _row(draw: st.DrawFn, key: int) -> Row:
    """`up_*` refer to a key of any other view; a value may be missing."""
    keys = st.one_of(st.none(), st.integers(0, 3))
    cents = draw(st.one_of(st.none(), st.integers(-200, 200)))
    return {
        "id": key,
        "g": draw(st.sampled_from(["p", "q", None])),
        "x": None if cents is None else Decimal(cents) / 100,
        **{f"up_{alias}": draw(keys) for alias in ALIASES},
    }


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds())
def test_every_measure_equals_the_truth_of_its_view(world: World) -> None:
    plan = _plan(world)
    expected = _truth(world)
    for name, run in _engines():
        text = sql.write(plan, sql.DIALECTS[name]).main.text
        assert _comparable(run(world.tables, text)) == _comparable(expected), text


# The question -----------------------------------------------------------------------------------


def _plan(world: World) -> query.Plan:
    parsed = syntax.lookml.parse(_lookml(world), Budget())
    file = model.SourceFile("m.model.lkml", parsed)
    assembled = model.assemble("p", [file], {}, {}, Budget())
    assert not assembled.diagnostics
    fields = (*world.dimensions, *world.measures, *(["a.raw"] if world.raw else []))
    filters = [(world.filter_on, "p")] if world.filter_on else []
    filters += [(world.having, ">0")] if world.having else []
    planned = query.plan(
        query.Query(
            model="m", explore="a", fields=fields, filters=tuple(filters), limit=query.UNLIMITED
        ),
        assembled.project.models["m"].explores["a"],
        query.Asker(now=datetime(2018, 5, 18, tzinfo=UTC), attributes={}),
        "duckdb",
        Budget(),
    )
    assert planned.plan is not None, planned.diagnostics
    return planned.plan


def _lookml(world: World) -> str:
    views = "\n".join(_view(alias) for alias in world.tables)
    joins = "\n".join(_join(alias, *how) for alias, how in world.joins.items())
    return f'connection: "c"\n{views}\nexplore: a {{\n{joins}\n}}\n'


def _view(alias: str) -> str:
    ups = "\n".join(f"dimension: up_{other} {{ type: number }}" for other in ALIASES)
    measures = "\n".join(f"measure: {name} {{ {text} }}" for name, text in MEASURES.items())
    return f"""view: {alias} {{
        dimension: id {{ primary_key: yes  type: number }}
        dimension: g {{}}
        {ups}
        {measures}
        measure: raw {{ type: number  sql: COUNT(*) ;; }}
    }}"""


def _join(alias: str, parent: str, relationship: str, kind: str) -> str:
    on = _columns(alias, parent, relationship)
    return f"""join: {alias} {{
        type: {kind}
        relationship: {relationship}
        sql_on: ${{{parent}.{on[0]}}} = ${{{alias}.{on[1]}}} ;;
    }}"""


def _columns(alias: str, parent: str, relationship: str) -> tuple[str, str]:
    """The columns of parent and child that are equal."""
    if relationship == "one_to_many":
        return "id", f"up_{parent}"
    return (f"up_{alias}", "id") if relationship == "many_to_one" else ("id", "id")


# The truth --------------------------------------------------------------------------------------


def _truth(world: World) -> list[tuple[Any, ...]]:
    used = _used(world)
    rows: list[Joined] = [{"a": row} for row in world.tables["a"]]
    for alias, how in world.joins.items():
        if alias in used:
            rows = list(_joined(rows, alias, world.tables[alias], *how))
    if world.filter_on:
        rows = [row for row in rows if _get(row, world.filter_on) == "p"]
    groups: dict[tuple[Any, ...], list[Joined]] = {}
    for row in rows:
        groups.setdefault(tuple(_get(row, name) for name in world.dimensions), []).append(row)
    if not world.dimensions:
        groups.setdefault((), [])
    return [
        (
            *key,
            *(_measure(group, name) for name in world.measures),
            *([len(group)] if world.raw else []),
        )
        for key, group in groups.items()
        if world.having is None or _measure(group, world.having) > 0
    ]


def _used(world: World) -> set[str]:
    names = [*world.dimensions, *world.measures, world.filter_on or "a.", world.having or "a."]
    used = {name.partition(".")[0] for name in names}
    for alias in reversed(world.joins):
        if alias in used:
            used.add(world.joins[alias][0])
    return used


def _joined(
    rows: list[Joined], alias: str, table: list[Row], parent: str, relationship: str, kind: str
) -> Iterator[Joined]:
    left, right = _columns(alias, parent, relationship)
    matched: set[int] = set()
    for row in rows:
        key = _get(row, f"{parent}.{left}")
        partners = [each for each in table if key is not None and each[right] == key]
        matched |= {each["id"] for each in partners}
        yield from ({**row, alias: each} for each in partners)
        if not partners and kind != "inner":
            yield {**row, alias: None}
    if kind == "full_outer":
        for each in table:
            if each["id"] not in matched:
                yield {alias: each}


def _get(row: Joined, name: str) -> Any:
    alias, _, column = name.partition(".")
    own = row.get(alias)
    return None if own is None else own[column]


def _measure(group: list[Joined], name: str) -> Any:
    alias, _, measure = name.partition(".")
    own = {row[alias]["id"]: row[alias] for row in group if row.get(alias) is not None}  # type: ignore[index]
    rows = [row for row in own.values() if row is not None]
    if measure.endswith("_p"):
        rows = [row for row in rows if row["g"] == "p"]
    xs = sorted(Fraction(row["x"]) for row in rows if row["x"] is not None)
    return _AGGREGATES[measure](rows, xs)


def _middle(xs: list[Fraction]) -> Fraction | None:
    return (xs[(len(xs) - 1) // 2] + xs[len(xs) // 2]) / 2 if xs else None


_AGGREGATES: dict[str, Callable[[list[Row], list[Fraction]], Any]] = {
    "count": lambda rows, xs: len(rows),
    "count_p": lambda rows, xs: len(rows),
    "total": lambda rows, xs: sum(xs),
    "total_p": lambda rows, xs: sum(xs),
    "mean": lambda rows, xs: sum(xs) / len(xs) if xs else None,
    "middle": lambda rows, xs: _middle(xs),
    "top": lambda rows, xs: max(xs, default=None),
    "groups": lambda rows, xs: len({row["g"] for row in rows} - {None}),
    "share": lambda rows, xs: sum(xs) / len(rows) if rows else None,
}


# The databases ----------------------------------------------------------------------------------


Run = Callable[[dict[str, list[Row]], str], list[Any]]


def _engines() -> Iterator[tuple[str, Run]]:
    yield "duckdb", _run_duckdb
    if POSTGRES:
        yield "postgres", _run_postgres


def _run_duckdb(tables: dict[str, list[Row]], text: str) -> list[Any]:
    with duckdb.connect() as connection:
        for statement in _statements(tables):
            connection.execute(statement)
        return connection.execute(text).fetchall()


def _run_postgres(tables: dict[str, list[Row]], text: str) -> list[Any]:
    with _postgres().transaction(force_rollback=True):
        for statement in _statements(tables):
            _postgres().execute(statement.encode())
        return _postgres().execute(text.encode()).fetchall()


@cache
def _postgres() -> psycopg.Connection[Any]:
    return psycopg.connect(POSTGRES, autocommit=True)


def _statements(tables: dict[str, list[Row]]) -> Iterator[str]:
    columns = ", ".join(f"up_{alias} INTEGER" for alias in ALIASES)
    for alias, rows in tables.items():
        yield f"CREATE TEMPORARY TABLE {alias} (id INTEGER, g VARCHAR, x DECIMAL(12, 2), {columns})"
        for row in rows:
            yield f"INSERT INTO {alias} VALUES ({', '.join(map(_text, row.values()))})"


def _text(value: Any) -> str:
    if value is None:
        return "NULL"
    return f"'{value}'" if isinstance(value, str) else str(value)


def _comparable(rows: list[Any]) -> list[tuple[Any, ...]]:
    """Rows in one order, sums and counts exact, what was divided to twelve digits."""
    return sorted((tuple(map(_cell, row)) for row in rows), key=repr)


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    return f"{float(value):.12g}" if float(value) else "0"
