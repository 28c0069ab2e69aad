"""Answer: the table that a question gets, ready to be written in any format.

In: a plan, its SQL, the explore, and the rows that the database returned. Out: labelled columns and
a stream of cells. Nothing is read before somebody iterates, and never more than a batch is held,
but where shares of a total are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from lookalike.compiler import model
from lookalike.compiler.model import Explore, Field
from lookalike.compiler.query import Plan, Role, Wording, full_name, source
from lookalike.compiler.sql import ResultColumn, Script
from lookalike.results import over_rows
from lookalike.results.rendering import renderer
from lookalike.results.rows import Rows
from lookalike.results.values import plain


class CellLink(Struct, frozen=True, kw_only=True, gc=False):
    """A link that a developer put on a value, or one to what is behind it. Only the label of the
    latter has parts."""

    label: str
    label_prefix: str | None = None
    label_value: str | None = None
    url: str
    type: str = "url"
    icon_url: str | None = None


class Cell(Struct, frozen=True, omit_defaults=True, gc=False):
    """`rendered` is None where it reads as `value` does, `html` where it reads as `rendered`."""

    value: object
    rendered: str | None = None
    sort_value: object = None
    html: str | None = None
    links: tuple[CellLink, ...] = ()


class AnswerRow(tuple[Cell, ...]):
    """The cells of a row, with those behind them that templates show."""

    behind: Sequence[Cell] = ()


class AnswerColumn(Struct, frozen=True):
    """One column that the asker sees; helpers are folded into the column after them."""

    name: str  # full field name
    label: str
    field: Field
    is_measure: bool
    source: Field  # whose values it shows


class Answer(Struct, frozen=True, kw_only=True):
    """`rows` streams cells, one sequence a row in the order of `columns`; it can be read once.
    `sql` is None for an asker who may not see it. `filters` and the drills made of them leave out
    those on fields that the explore withholds (decision 0018). `wording` renders texts about single
    cells; `behind` are the columns of the cells behind each row."""

    explore: Explore
    columns: tuple[AnswerColumn, ...]
    rows: Iterator[Sequence[Cell]]
    sql: str | None
    filters: tuple[tuple[str, str], ...]
    zone: str
    wording: Wording | None = None
    behind: tuple[AnswerColumn, ...] = ()


def answer(
    plan: Plan,
    script: Script,
    explore: Explore,
    rows: Rows,
    wording: Wording | None = None,
    on_cut: Callable[[], None] = lambda: None,
) -> Answer:
    """Join the rows of the main statement with what the model says about their columns; with
    `wording`, in the words of the one who asked. `on_cut` is called while the rows come, where
    shares of the total are unknown."""
    asked = [column for column in script.main.columns if column.role is not Role.HELPER]
    shown = [column for column in asked if column.role is not Role.BEHIND]
    if wording is not None:
        explore = wording.worded(column.field for column in shown)
    columns = tuple(_column(column, explore) for column in shown)
    behind = tuple(_column(column, explore) for column in asked[len(shown) :])
    makers = _makers(script.main.columns, (*columns, *behind), explore)
    computed = over_rows.computed_columns(script.main.columns, explore)
    if computed:
        rows = over_rows.computed(rows, computed, plan.limit, on_cut)
    return Answer(
        explore=explore,
        columns=columns,
        rows=_parted(_rows(rows, makers), len(columns)) if behind else _rows(rows, makers),
        sql=script.text,
        filters=tuple((name, text) for name, text in plan.filters if name in explore.fields),
        zone=plan.zone,
        wording=wording,
        behind=behind,
    )


def _column(column: ResultColumn, explore: Explore) -> AnswerColumn:
    field = explore.references[column.field]
    return AnswerColumn(
        name=column.field,
        label=model.label(explore, column.field),
        field=field,
        is_measure=isinstance(field, model.Measure),
        source=source(field, column.field, explore),
    )


class _Maker(Struct, frozen=True):
    """How the cells of one column are made: which value of a row, written how, sorted by which."""

    position: int
    render: Callable[[object], str | None] | None
    helper: int | None


def _makers(
    results: Sequence[ResultColumn], columns: Sequence[AnswerColumn], explore: Explore
) -> tuple[_Maker, ...]:
    makers = []
    shown = iter(columns)
    helper = None
    for position, result in enumerate(results):
        if result.role is Role.HELPER:
            helper = position
        else:
            column = next(shown)
            if _is_ordered_secretly(column, explore):
                helper = None
            makers.append(_Maker(position, renderer(column.field, column.source), helper))
            helper = None
    return tuple(makers)


def _is_ordered_secretly(column: AnswerColumn, explore: Explore) -> bool:
    """Is the column ordered by values that are withheld from the asker (decision 0018)?"""
    other = getattr(column.field, "order_by_field", "")
    return bool(other) and full_name(explore, other, column.name.partition(".")[0]) in (
        explore.withheld
    )


def _rows(rows: Rows, makers: Sequence[_Maker]) -> Iterator[Sequence[Cell]]:
    """Cells are made a column at a time, which is far quicker than a row at a time."""
    for batch in rows:
        columns = tuple(zip(*batch, strict=True))
        if columns:
            yield from zip(*(_cells(columns, maker) for maker in makers), strict=True)


def _parted(rows: Iterator[Sequence[Cell]], n_shown: int) -> Iterator[AnswerRow]:
    for cells in rows:
        row = AnswerRow(cells[:n_shown])
        row.behind = cells[n_shown:]
        yield row


def _cells(columns: Sequence[Sequence[object]], maker: _Maker) -> list[Cell]:
    values = plain(columns[maker.position])
    render = maker.render
    if maker.helper is not None:
        sort_values = plain(columns[maker.helper])
        return [
            Cell(value, render(value) if render and value is not None else None, sort_value)
            for value, sort_value in zip(values, sort_values, strict=True)
        ]
    if render is None:
        return [Cell(value) for value in values]
    return [Cell(value, None if value is None else render(value)) for value in values]
