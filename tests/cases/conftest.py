"""The runner of the case book: each heading of a Markdown file here is one test.

A case lays its ```lookml files over the shop project and must get exactly the drawn diagnostics.
What it asks stands in blocks, and what comes out in blocks behind them:

- ```query model/explore: the ```sql, and from the shop's warehouse the ```rows; with `format:
  json_detail` the ```cells, with any other format the ```answer.
- ```describe model/explore, ```describe model, ```describe for the project, and ```dashboard
  model::name: the parts that its lines name, as ```described.
- ```test, or one test by its name: the ```tested.

`UPDATE=1 pytest tests/cases` rewrites what is expected. With LOOKALIKE_TEST_POSTGRES set, every
question is also asked there and must give the same rows.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.cases import running
from tests.cases.blocks import Block, blocks_of, read_file
from tests.cases.running import Outcome

UPDATE = bool(os.environ.get("UPDATE"))


def pytest_collect_file(parent: pytest.Collector, file_path: Path) -> pytest.Collector | None:
    if file_path.suffix == ".md" and file_path.parent == Path(__file__).parent:
        return CaseFile.from_parent(parent, path=file_path)
    return None


class CaseFile(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        for case in read_file(self.path):
            yield Case.from_parent(self, name=case.title, blocks=case.blocks)


class Case(pytest.Item):
    def __init__(self, *, blocks: Sequence[Block], **rest: Any) -> None:
        super().__init__(**rest)
        self.blocks = blocks

    def runtest(self) -> None:
        outcome = running.run(self.blocks, running.texts_of(self.blocks))
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


def _expected(blocks: Sequence[Block], outcome: Outcome) -> list[tuple[Block, list[str]]]:
    """Every block that expects something, with the lines it should have; missing ones stand at the
    end."""
    expected: list[tuple[Block, list[str]]] = []
    answers = {kind: iter(lines) for kind, lines in outcome.answers.items()}
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
            case "described" | "cells" | "answer" | "tested":
                expected.append((block, next(answers.get(block.kind, iter(())), [])))
    return expected


def _missing(blocks: Sequence[Block], outcome: Outcome) -> list[Block]:
    """Nothing that a case gives may go unsaid: neither messages outside its files nor the rows of a
    question nor what a block asks for."""
    kinds = [block.kind for block in blocks]
    missing = [Block("errors", "", [])] if outcome.errors and "errors" not in kinds else []
    if outcome.rows is not None and "rows" not in kinds:
        missing += [] if "sql" in kinds else [Block("sql", "duckdb", [])]
        missing.append(Block("rows", "", []))
    for kind, lines in outcome.answers.items():
        missing += [Block(kind, "", []) for _ in lines[kinds.count(kind) :]]
    return missing


def _drawn(block: Block, drawings: dict[int, list[str]]) -> list[str]:
    lines: list[str] = []
    for number, line in enumerate(running.without_drawings(block.lines).split("\n"), 1):
        lines += [line, *drawings.get(number, [])]
    return lines


def _rewrite(path: Path, name: str, expected: list[tuple[Block, list[str]]]) -> None:
    """Put what is expected into the file. Cases before this one may have moved its lines: it is
    read again."""
    text = path.read_text()
    lines, blocks = text.split("\n"), blocks_of(text, name)
    wanted = {(block.kind, block.argument, n): new for block, new, n in _counted(expected)}
    changes = [
        (block.start + 1, block.end, wanted.pop((block.kind, block.argument, n)))
        for block, _, n in _counted([(block, []) for block in blocks])
        if (block.kind, block.argument, n) in wanted
    ]
    for (kind, argument, n), new in wanted.items():
        at = _behind(kind, n, blocks)
        changes.append((at, at, [f"```{kind} {argument}".rstrip(), *new, "```"]))
    changes.reverse()  # of two at one place the later one is put in first
    for start, end, new in sorted(changes, key=lambda change: change[0], reverse=True):
        lines[start:end] = new
    path.write_text("\n".join(lines))


def _behind(kind: str, n: int, blocks: Sequence[Block]) -> int:
    """The line for a new block: behind the block that asks for it, or at the end of the case."""
    asking = [block for block in blocks if running.answer_of(block) == kind]
    return (asking[n].end if n < len(asking) else max(block.end for block in blocks)) + 1


def _counted(pairs: list[tuple[Block, list[str]]]) -> Iterator[tuple[Block, list[str], int]]:
    """Blocks with how many of the same kind and argument came before."""
    seen: dict[tuple[str, str], int] = {}
    for block, lines in pairs:
        key = (block.kind, block.argument)
        yield block, lines, seen.get(key, 0)
        seen[key] = seen.get(key, 0) + 1
