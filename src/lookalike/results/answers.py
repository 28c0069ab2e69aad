"""Answer: the table that a question gets, ready to be written in any format.

In: a plan, its SQL, the explore, and the rows that the database returned. Out: labelled columns and
a stream of cells. Nothing is read before somebody iterates, and never more than a batch is held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from lookalike.compiler import model
from lookalike.compiler.model import Explore, Field
from lookalike.compiler.query import Plan, Role
from lookalike.compiler.sql import ResultColumn, Script
from lookalike.results.rendering import renderer
from lookalike.results.rows import Batch, Rows
from lookalike.results.values import plain


class Cell(Struct, frozen=True, omit_defaults=True):
    """`rendered` is None where it reads the same as `value`."""

    value: object
    rendered: str | None = None
    sort_value: object = None


class AnswerColumn(Struct, frozen=True):
    """One column that the asker sees; helpers are folded into the column after them."""

    name: str  # full field name
    label: str
    field: Field
    is_measure: bool


class Answer(Struct, frozen=True, kw_only=True):
    """`rows` streams cells, one sequence a row in the order of `columns`; it can be read once."""

    explore: Explore
    columns: tuple[AnswerColumn, ...]
    rows: Iterator[Sequence[Cell]]
    sql: str
    filters: tuple[tuple[str, str], ...]
    zone: str


def answer(plan: Plan, script: Script, explore: Explore, rows: Rows) -> Answer:
    """Join the rows of the main statement with what the model says about their columns."""
    shown = [column for column in script.main.columns if column.role is not Role.HELPER]
    columns = tuple(_column(column, explore) for column in shown)
    return Answer(
        explore=explore,
        columns=columns,
        rows=_rows(rows, _makers(script.main.columns, columns)),
        sql=script.text,
        filters=plan.filters,
        zone=plan.zone,
    )


def _column(column: ResultColumn, explore: Explore) -> AnswerColumn:
    return AnswerColumn(
        name=column.field,
        label=model.label(explore, column.field),
        field=explore.references[column.field],
        is_measure=column.role is Role.MEASURE,
    )


class _Maker(Struct, frozen=True):
    """How the cells of one column are made: which value of a row, written how, sorted by which."""

    position: int
    render: Callable[[object], str | None] | None
    helper: int | None


def _makers(results: Sequence[ResultColumn], columns: Sequence[AnswerColumn]) -> tuple[_Maker, ...]:
    makers = []
    shown = iter(columns)
    helper = None
    for position, result in enumerate(results):
        if result.role is Role.HELPER:
            helper = position
        else:
            makers.append(_Maker(position, renderer(next(shown).field), helper))
            helper = None
    return tuple(makers)


def _rows(rows: Rows, makers: Sequence[_Maker]) -> Iterator[Sequence[Cell]]:
    is_bare = all(maker.render is None and maker.helper is None for maker in makers)
    for batch in rows:
        yield from _bare(batch) if is_bare else _made(batch, makers)


def _bare(batch: Batch) -> Iterator[Sequence[Cell]]:
    """Where every column is shown and none is rendered, a row is its cells."""
    return ([Cell(plain(value)) for value in row] for row in batch)


def _made(batch: Batch, makers: Sequence[_Maker]) -> Iterator[Sequence[Cell]]:
    for row in batch:
        yield [_cell(row, maker) for maker in makers]


def _cell(row: Sequence[object], maker: _Maker) -> Cell:
    value = plain(row[maker.position])
    rendered = maker.render(value) if maker.render and value is not None else None
    sort_value = None if maker.helper is None else plain(row[maker.helper])
    return Cell(value, rendered, sort_value)
