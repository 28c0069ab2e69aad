"""The runner of the case book: each heading of a Markdown file here is one test.

A case lays its ```lookml files over the shop project, asks its ```query, and must get exactly the
drawn diagnostics, the ```sql and, from the shop's warehouse, the ```rows. `UPDATE=1 pytest
tests/cases` rewrites what is expected. With LOOKALIKE_TEST_POSTGRES set, every question is also
asked there and must give the same rows.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest
from msgspec import Struct

from lookalike.compiler import model, query, sql, syntax
from lookalike.compiler.query import Asker, Plan, Query, Role
from lookalike.compiler.syntax import Budget, Diagnostic

SHOP = Path(__file__).parent.parent / "shop"
NOW = datetime(2018, 5, 18, 18, 30, 2, tzinfo=UTC)
TABLES = ("users", "orders", "order_items", "products")
POSTGRES = os.environ.get("LOOKALIKE_TEST_POSTGRES", "")
UPDATE = bool(os.environ.get("UPDATE"))

_HEADING = re.compile(r"#{1,6}\s+(.+)")
_FENCE = re.compile(r"```(\w+)[ ]?(.*)")
_DRAWN = re.compile(r"(?P<before>\s*(?:#\s*)?)(?P<carets>\^+) (?P<said>\w+\[\w+\]: .*)")


class Block(Struct):
    """A fenced block; `start` and `end` are the indices of its fences among the file's lines."""

    kind: str
    argument: str
    lines: list[str]
    start: int = 0
    end: int = 0


class Outcome(Struct):
    """What a case gave, as the lines of its blocks. `drawn` maps a file to lines under a line
    number."""

    drawn: dict[str, dict[int, list[str]]]
    errors: list[str]
    sql: dict[str, list[str]]
    rows: list[str] | None
    rows_elsewhere: list[str] | None = None


# Collecting -------------------------------------------------------------------------------------


def pytest_collect_file(parent: pytest.Collector, file_path: Path) -> pytest.Collector | None:
    if file_path.suffix == ".md" and file_path.parent == Path(__file__).parent:
        return CaseFile.from_parent(parent, path=file_path)
    return None


class CaseFile(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        name, blocks = "", list[Block]()
        for title, block in _read(self.path.read_text().split("\n")):
            if title != name and any(each.kind in ("query", "lookml") for each in blocks):
                yield Case.from_parent(self, name=name, blocks=blocks)
            if title != name:
                name, blocks = title, []
            if block is not None:
                blocks.append(block)
        if any(each.kind in ("query", "lookml") for each in blocks):
            yield Case.from_parent(self, name=name, blocks=blocks)


class Case(pytest.Item):
    def __init__(self, *, blocks: list[Block], **rest: Any) -> None:
        super().__init__(**rest)
        self.blocks = blocks

    def runtest(self) -> None:
        outcome = _outcome(self.blocks)
        expected = _expected(self.blocks, outcome)
        if UPDATE:
            _rewrite(self.path, self.name, expected)
        else:
            for block, lines in expected:
                assert "\n".join(block.lines) == "\n".join(lines), (
                    f"```{block.kind} {block.argument}"
                )
        if outcome.rows_elsewhere is not None:
            # Where nulls sort is the database's own affair.
            assert sorted(outcome.rows_elsewhere) == sorted(outcome.rows or []), "PostgreSQL"

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, AssertionError):
            return f"{self.path.name}: {self.name}\n{excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.blocks[0].start, self.name


def _read(lines: list[str]) -> Iterator[tuple[str, Block | None]]:
    """Each heading, and each block with the heading that it stands under."""
    title, i = "", 0
    while i < len(lines):
        heading, fence = _HEADING.fullmatch(lines[i]), _FENCE.fullmatch(lines[i])
        if heading:
            title = heading[1]
            yield title, None
        if fence:
            end = lines.index("```", i + 1)
            yield title, Block(fence[1], fence[2].strip(), lines[i + 1 : end], i, end)
            i = end
        i += 1


# Running ----------------------------------------------------------------------------------------


def _outcome(blocks: list[Block]) -> Outcome:
    written = {
        block.argument: _without_drawings(block.lines) for block in blocks if block.kind == "lookml"
    }
    assembled = _assemble(written)
    said = list(assembled.diagnostics)
    outcome = Outcome({}, [], {}, None)
    for block in blocks:
        if block.kind == "query":
            said += _ask(block, assembled.project, outcome)
    for diagnostic in dict.fromkeys(said):
        text = f"{diagnostic.severity}[{diagnostic.code}]: {diagnostic.message}"
        place = diagnostic.place
        if place.path in written and place.line:
            line = written[place.path].split("\n")[place.line - 1]
            drawing = _drawing(line, place, text)
            outcome.drawn.setdefault(place.path, {}).setdefault(place.line, []).append(drawing)
        else:
            outcome.errors.append(text)
    return outcome


def _assemble(written: dict[str, str]) -> model.Assembled:
    texts = {**_shop_files(), **written}
    files = [
        model.SourceFile(path, syntax.lookml.parse(text, Budget()))
        for path, text in sorted(texts.items())
    ]
    return model.assemble("shop", files, {}, {}, Budget())


@cache
def _shop_files() -> dict[str, str]:
    root = SHOP / "project"
    return {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*.lkml")}


def _ask(block: Block, project: model.Project, outcome: Outcome) -> tuple[Diagnostic, ...]:
    model_name, _, explore_name = block.argument.partition("/")
    options, attributes, filters = _options(block.lines)
    lookml_model = project.models[model_name]
    explore = lookml_model.explores[explore_name]
    question = Query(
        model=model_name,
        explore=explore_name,
        fields=_list(options.get("fields", "")),
        filters=filters,
        filter_expression=options.get("filter_expression", ""),
        sorts=_list(options.get("sorts", "")),
        limit=int(options.get("limit", str(query.DEFAULT_LIMIT))),
        timezone=options.get("timezone", ""),
    )
    asker = Asker(
        now=NOW,
        zone=options.get("timezone", "UTC"),
        database_zone=options.get("database_timezone", "UTC"),
        attributes=attributes,
        in_development=options.get("workspace") == "dev",
    )
    siblings = lookml_model.explores
    planned = query.plan(question, explore, asker, "duckdb", Budget(), siblings)
    if planned.plan is not None:
        _run(planned.plan, outcome, elsewhere=bool(POSTGRES) and options.get("only") != "duckdb")
    return planned.diagnostics


def _options(
    lines: list[str],
) -> tuple[dict[str, str], dict[str, str], tuple[tuple[str, str], ...]]:
    """`key: value` lines; `filters: field: expression` and `attributes: name: value` may be
    repeated."""
    options: dict[str, str] = {}
    attributes: dict[str, str] = {}
    filters: list[tuple[str, str]] = []
    for line in filter(None, map(str.strip, lines)):
        key, _, value = line.partition(":")
        name, _, rest = value.strip().partition(":")
        if key == "filters":
            filters.append((name, rest.removeprefix(" ")))
        elif key == "attributes":
            attributes[name] = rest.strip()
        else:
            options[key] = value.strip()
    return options, attributes, tuple(filters)


def _list(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (item.strip() for item in text.split(","))))


def _run(plan: Plan, outcome: Outcome, elsewhere: bool) -> None:
    scripts = {name: sql.write(plan, dialect) for name, dialect in sql.DIALECTS.items()}
    outcome.sql = {name: script.main.text.split("\n") for name, script in scripts.items()}
    seen = [i for i, column in enumerate(plan.main.columns) if column.role is not Role.HELPER]
    fetched = _duckdb().cursor().execute(scripts["duckdb"].main.text).fetchall()
    outcome.rows = _shown(fetched, seen, plan)
    if elsewhere:
        cursor = _postgres().execute(scripts["postgres"].main.text.encode())
        outcome.rows_elsewhere = _shown(cursor.fetchall(), seen, plan)


@cache
def _duckdb() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute((SHOP / "warehouse" / "tables.sql").read_text())
    for table in TABLES:
        connection.execute(f"COPY {table} FROM '{SHOP}/warehouse/{table}.csv' (HEADER, NULLSTR '')")
    return connection


@cache
def _postgres() -> psycopg.Connection[Any]:
    connection = psycopg.connect(POSTGRES, autocommit=True, options="-c timezone=UTC")
    ddl = (SHOP / "warehouse" / "tables.sql").read_text()
    connection.execute(ddl.replace("CREATE TABLE", "CREATE TEMPORARY TABLE").encode())
    for table in TABLES:
        lines = list(csv.reader((SHOP / "warehouse" / f"{table}.csv").read_text().splitlines()))
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


# Comparing --------------------------------------------------------------------------------------


def _without_drawings(lines: list[str]) -> str:
    return "\n".join(line for line in lines if not _DRAWN.fullmatch(line))


def _drawing(line: str, place: syntax.Place, text: str) -> str:
    n = min(place.span.end - place.span.start, len(line) - place.column + 1)
    before = " " * (place.column - 3) + "# " if place.column >= 3 else " " * (place.column - 1)
    return f"{before}{'^' * max(n, 1)} {text}"


def _expected(blocks: list[Block], outcome: Outcome) -> list[tuple[Block, list[str]]]:
    """Every block that expects something, with the lines it should have; missing ones stand at the
    end."""
    expected: list[tuple[Block, list[str]]] = []
    for block in [*blocks, *_missing(blocks, outcome)]:
        match block.kind:
            case "lookml":
                expected.append((block, _drawn(block, outcome.drawn.get(block.argument, {}))))
            case "sql":
                expected.append((block, outcome.sql.get(block.argument, [])))
            case "rows":
                expected.append((block, outcome.rows or []))
            case "errors":
                expected.append((block, outcome.errors))
    return expected


def _missing(blocks: list[Block], outcome: Outcome) -> list[Block]:
    """Nothing that a case gives may go unsaid: neither messages outside its files nor the rows of a
    question."""
    kinds = {block.kind for block in blocks}
    missing = [Block("errors", "", [])] if outcome.errors and "errors" not in kinds else []
    if outcome.rows is not None and "rows" not in kinds:
        missing += [] if "sql" in kinds else [Block("sql", "duckdb", [])]
        missing.append(Block("rows", "", []))
    return missing


def _drawn(block: Block, drawings: dict[int, list[str]]) -> list[str]:
    lines: list[str] = []
    for number, line in enumerate(_without_drawings(block.lines).split("\n"), 1):
        lines += [line, *drawings.get(number, [])]
    return lines


def _rewrite(path: Path, name: str, expected: list[tuple[Block, list[str]]]) -> None:
    """Put what is expected into the file. Cases before this one may have moved its lines: it is
    read again."""
    lines = path.read_text().split("\n")
    blocks = [block for title, block in _read(lines) if title == name and block is not None]
    wanted = {(block.kind, block.argument, n): new for block, new, n in _counted(expected)}
    end = max(block.end for block in blocks)
    for block, _, n in reversed(list(_counted([(block, []) for block in blocks]))):
        new = wanted.pop((block.kind, block.argument, n), None)
        if new is not None:
            lines[block.start + 1 : block.end] = new
            end += len(new) - (block.end - block.start - 1)
    for (kind, argument, _), new in wanted.items():
        added = [f"```{kind} {argument}".rstrip(), *new, "```"]
        lines[end + 1 : end + 1] = added
        end += len(added)
    path.write_text("\n".join(lines))


def _counted(pairs: list[tuple[Block, list[str]]]) -> Iterator[tuple[Block, list[str], int]]:
    """Blocks with how many of the same kind and argument came before."""
    seen: dict[tuple[str, str], int] = {}
    for block, lines in pairs:
        key = (block.kind, block.argument)
        yield block, lines, seen.get(key, 0)
        seen[key] = seen.get(key, 0) + 1
