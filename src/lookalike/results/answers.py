"""Answer: the table that a question gets, ready to be written in any format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from lookalike.compiler.model import Explore, Field
from lookalike.compiler.query import Plan
from lookalike.compiler.sql import Script
from lookalike.results.rows import Rows


class Cell(Struct, frozen=True):
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
    raise NotImplementedError
