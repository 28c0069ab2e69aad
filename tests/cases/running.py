"""Running a case: its files are laid, its questions asked, and what comes out is put in lines."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import duckdb
import psycopg
from msgspec import Struct, field

from lookalike.compiler import query, sql, syntax
from lookalike.compiler.query import Asker, Plan, Query, Role
from lookalike.compiler.syntax import Diagnostic
from lookalike.instance import models, queries
from lookalike.instance.access import Caller
from lookalike.instance.errors import LookalikeError, NotFound, Uncompilable
from lookalike.instance.models import FoundExplore
from lookalike.instance.queries import RunOptions
from tests.cases import bench, describing
from tests.cases.bench import NOW, Laid
from tests.cases.blocks import Block
from tests.postgres import POSTGRES

_DRAWN = re.compile(r"(?P<before>\s*(?:#\s*)?)(?P<carets>\^+) (?P<said>\w+\[\w+\]: .*)")
_CELLS = "json_detail"


class Outcome(Struct):
    """What a case gave, as the lines of its blocks. `drawn` maps a file to lines under a line
    number; `answers` holds the lines that each kind of block asks for, block by block."""

    drawn: dict[str, dict[int, list[str]]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    sql: dict[str, list[str]] = field(default_factory=dict)
    rows: list[str] | None = None
    rows_elsewhere: list[str] | None = None
    answers: dict[str, list[list[str]]] = field(default_factory=dict)

    def answer(self, kind: str, lines: list[str]) -> None:
        self.answers.setdefault(kind, []).append(lines)


class Effort(Struct, frozen=True):
    """How much of a case is done: whether rows are fetched, and the dialects of its SQL."""

    rows: bool = True
    dialects: frozenset[str] = frozenset(sql.DIALECTS)


WHOLE = Effort()


def texts_of(blocks: Iterable[Block]) -> dict[str, str]:
    """The files of a case by their paths."""
    return {each.argument: without_drawings(each.lines) for each in blocks if each.kind == "lookml"}


def run(blocks: Iterable[Block], written: dict[str, str], effort: Effort = WHOLE) -> Outcome:
    """What `blocks` give with these files."""
    laid = bench.lay(written)
    said = list(laid.diagnostics)
    outcome = Outcome()
    for block in blocks:
        match block.kind:
            case "query":
                said += _ask(block, laid, outcome, effort)
            case "describe":
                lines = describing.described(block.argument, block.lines, laid)
                outcome.answer("described", lines)
            case "dashboard":
                lines = describing.dashboard(block.argument, block.lines)
                outcome.answer("described", lines)
            case "test":
                lines, found = describing.tested(block.argument, block.lines)
                outcome.answer("tested", lines)
                said += found
    for diagnostic in dict.fromkeys(said):
        _draw(diagnostic, written, outcome)
    return outcome


def answer_of(block: Block) -> str:
    """The kind of block that holds what a block asks for; empty for a question that gives SQL."""
    if block.kind == "query":
        format_ = _read_options(block.lines).one.get("format", "")
        return "cells" if format_ == _CELLS else "answer" if format_ else ""
    return {"describe": "described", "dashboard": "described", "test": "tested"}.get(block.kind, "")


def without_drawings(lines: list[str]) -> str:
    """The text of a file without the errors drawn in it."""
    return "\n".join(line for line in lines if not _DRAWN.fullmatch(line))


def said_in(line: str) -> str:
    """What a drawing says; empty for a line of LookML."""
    drawn = _DRAWN.fullmatch(line)
    return drawn["said"] if drawn else ""


def explore_of(block: Block, laid: Laid) -> FoundExplore | None:
    """The explore that a block asks."""
    options = _read_options(block.lines)
    model_name, _, explore_name = block.argument.partition("/")
    found = laid.models.get(model_name)
    if found is not None:
        with suppress(NotFound):
            return models.explore_of(_caller(options), found, explore_name)
    return None


def question_of(block: Block) -> Query:
    """What a block asks."""
    options = _read_options(block.lines)
    one = options.one
    model_name, _, explore_name = block.argument.partition("/")
    return Query(
        model=model_name,
        explore=explore_name,
        fields=_list(one.get("fields", "")),
        filters=tuple(options.filters),
        filter_expression=one.get("filter_expression", ""),
        sorts=_list(one.get("sorts", "")),
        limit=int(one.get("limit", str(query.DEFAULT_LIMIT))),
        timezone=one.get("timezone", ""),
        pivots=_list(one.get("pivots", "")),
        dynamic_fields=one.get("dynamic_fields", ""),
        total=one.get("total") == "yes",
    )


# Questions --------------------------------------------------------------------------------------


class _Options(Struct):
    """The lines of a block, `key: value`; `filters: field: expression` and `attributes: name:
    value` may be repeated."""

    one: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    filters: list[tuple[str, str]] = field(default_factory=list)


def _read_options(lines: list[str]) -> _Options:
    options = _Options()
    for line in filter(None, map(str.strip, lines)):
        key, _, value = line.partition(":")
        name, _, rest = value.strip().partition(":")
        if key == "filters":
            options.filters.append((name, rest.removeprefix(" ")))
        elif key == "attributes":
            options.attributes[name] = rest.strip()
        else:
            options.one[key] = value.strip()
    return options


def _list(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (item.strip() for item in text.split(","))))


def _caller(options: _Options) -> Caller:
    workspace = options.one.get("workspace", "production")
    return bench.reader(options.attributes, options.one.get("role", "developer"), workspace)


def _ask(block: Block, laid: Laid, outcome: Outcome, effort: Effort) -> tuple[Diagnostic, ...]:
    options = _read_options(block.lines)
    found = explore_of(block, laid)
    if found is None:
        outcome.errors.append(f"`{block.argument}` was not found")
        return ()
    format_ = options.one.get("format", "")
    if format_:
        return _answer(question_of(block), format_, options, found, outcome)
    asker = Asker(
        now=NOW,
        zone=options.one.get("timezone", "UTC"),
        database_zone=options.one.get("database_timezone", "UTC"),
        attributes=options.attributes,
        in_development=options.one.get("workspace") == "dev",
    )
    siblings = found.model.explores
    planned = query.plan(
        question_of(block), found.explore, asker, "duckdb", syntax.Budget(), siblings
    )
    if planned.plan is not None:
        for name in effort.dialects:
            outcome.sql[name] = sql.write(planned.plan, sql.DIALECTS[name]).main.text.split("\n")
        if effort.rows:
            elsewhere = bool(POSTGRES) and options.one.get("only") != "duckdb"
            _fetch(planned.plan, outcome, elsewhere)
    return planned.diagnostics


def _answer(
    question: Query, format_: str, options: _Options, found: FoundExplore, outcome: Outcome
) -> tuple[Diagnostic, ...]:
    """What the API answers in a format; of `json_detail`, cell by cell."""
    bench.fill_warehouse()
    how = RunOptions(found=found, apply_formatting=options.one.get("formatting") == "yes")
    try:
        stream = queries.run(bench.opened(), _caller(options), question, format_, how)
        text = b"".join(stream.chunks).decode()
    except Uncompilable as error:
        return error.diagnostics
    except LookalikeError as error:
        outcome.errors.append(str(error))
        return ()
    if format_ != _CELLS:
        outcome.answer("answer", text.rstrip("\n").split("\n"))
        return ()
    answer = json.loads(text)
    outcome.errors += [each["message"] for each in answer["errors"]]
    outcome.answer("cells", [line for row in answer.get("data", ()) for line in _cells(row)])
    return ()


def _cells(row: dict[str, Any]) -> list[str]:
    return [f"{name} = {json.dumps(cell, ensure_ascii=False)}" for name, cell in row.items()]


def _fetch(plan: Plan, outcome: Outcome, elsewhere: bool) -> None:
    seen = [i for i, column in enumerate(plan.main.columns) if column.role is not Role.HELPER]
    statement = "\n".join(outcome.sql["duckdb"])
    outcome.rows = _shown(_duckdb().cursor().execute(statement).fetchall(), seen, plan)
    if elsewhere:
        cursor = _postgres().execute("\n".join(outcome.sql["postgres"]).encode())
        outcome.rows_elsewhere = _shown(cursor.fetchall(), seen, plan)


@cache
def _duckdb() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    bench.fill(connection)
    return connection


@cache
def _postgres() -> psycopg.Connection[Any]:
    connection = psycopg.connect(POSTGRES, autocommit=True, options="-c timezone=UTC")
    ddl = (bench.SHOP / "warehouse" / "tables.sql").read_text()
    connection.execute(ddl.replace("CREATE TABLE", "CREATE TEMPORARY TABLE").encode())
    for table in bench.TABLES:
        text = (bench.SHOP / "warehouse" / f"{table}.csv").read_text()
        lines = list(csv.reader(text.splitlines()))
        holes = ", ".join(["%s"] * len(lines[0]))
        with connection.cursor() as cursor:
            rows = [[value or None for value in line] for line in lines[1:]]
            cursor.executemany(f"INSERT INTO {table} VALUES ({holes})".encode(), rows)
    return connection


def _shown(fetched: list[Any], seen: list[int], plan: Plan) -> list[str]:
    rows = [" | ".join(_cell(row[i]) for i in seen) for row in fetched]
    return rows if plan.main.order else sorted(rows)


def _cell(value: object) -> str:
    if value is None:
        return "∅"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | Decimal):
        number = round(Decimal(str(value)), 6).normalize()
        return f"{number:f}"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date) else str(value)


# Diagnostics ------------------------------------------------------------------------------------


def _draw(diagnostic: Diagnostic, written: dict[str, str], outcome: Outcome) -> None:
    """A message stands under what it is about; one about no file of the case among the errors."""
    text = f"{diagnostic.severity}[{diagnostic.code}]: {diagnostic.message}"
    place = diagnostic.place
    if place.path in written and place.line:
        line = written[place.path].split("\n")[place.line - 1]
        lines = outcome.drawn.setdefault(place.path, {}).setdefault(place.line, [])
        lines.append(_drawing(line, place, text))
    else:
        outcome.errors.append(text)


def _drawing(line: str, place: syntax.Place, text: str) -> str:
    n = min(place.span.end - place.span.start, len(line) - place.column + 1)
    before = " " * (place.column - 3) + "# " if place.column >= 3 else " " * (place.column - 1)
    return f"{before}{'^' * max(n, 1)} {text}"
