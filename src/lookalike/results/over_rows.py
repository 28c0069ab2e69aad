"""Over rows: measures that are computed on the rows of an answer, in the order in which it shows
them.

In: the rows that a database returned, in which the column of such a measure has the values that it
is made of. Out: the rows of the answer. What is no finite number counts as null. Running totals
and changes come as the rows do; for shares of a total the rows are held until the last has come: of
an answer with more than `MOST_HELD` rows no share is known. Rule: LookML reference, measure types
`running_total`, `percent_of_previous`, `percent_of_total`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Context, Decimal
from itertools import chain
from math import inf, isfinite
from typing import Any, TypeAlias

from lookalike.compiler.model import Explore, Measure
from lookalike.compiler.query import Role
from lookalike.compiler.sql import ResultColumn
from lookalike.results.rows import Batch, Rows

Number: TypeAlias = int | float | Decimal
Step: TypeAlias = Callable[[Sequence[object]], Sequence[object]]
"""From the values of a column in one batch to what is shown; it remembers those before."""

MOST_HELD = 500_000
"""Rows."""


def computed_columns(columns: Sequence[ResultColumn], explore: Explore) -> dict[int, str]:
    """The columns that are computed here: their positions, and the types of their measures."""
    fields = {
        position: explore.references[column.field]
        for position, column in enumerate(columns)
        if column.role is not Role.HELPER
    }
    return {
        position: field.type
        for position, field in fields.items()
        if isinstance(field, Measure) and field.is_over_rows
    }


def computed(
    rows: Rows,
    kinds: Mapping[int, str],
    limit: int | None,
    on_cut: Callable[[], None] = lambda: None,
) -> Iterator[Batch]:
    """`rows` with the columns of `kinds` computed. Where a share of the total is shown, `rows` has
    one more than `limit` if that cuts the answer: it is dropped, and nothing is known of the total,
    of which `on_cut` is told.
    """
    batches: Rows = rows
    steps = {position: _STEPS[kind]() for position, kind in kinds.items() if kind in _STEPS}
    shares = [position for position, kind in kinds.items() if kind not in _STEPS]
    if shares:
        coming = iter(rows)
        held, n_held = _held(coming)
        is_cut = n_held > MOST_HELD or (limit is not None and n_held > limit)
        if is_cut:
            on_cut()
        for position in shares:
            steps[position] = _share(None if is_cut else _total(held, position))
        batches = chain(held, coming)
        if limit is not None:
            batches = _first(batches, limit)
    for batch in batches:
        columns: list[Sequence[object]] = list(zip(*batch, strict=True))
        if columns:
            for position, step in steps.items():
                columns[position] = step(columns[position])
            yield list(zip(*columns, strict=True))


def _held(batches: Iterator[Batch]) -> tuple[Sequence[Batch], int]:
    """The batches with the first rows, and how many rows these are: all, or too many."""
    held: list[Batch] = []
    n_rows = 0
    for batch in batches:
        held.append(batch)
        n_rows += len(batch)
        if n_rows > MOST_HELD:
            break
    return held, n_rows


def _first(batches: Rows, n_rows: int) -> Iterator[Batch]:
    for batch in batches:
        yield batch[:n_rows]
        n_rows = max(0, n_rows - len(batch))


def _total(batches: Sequence[Batch], position: int) -> Number | None:
    total: Number | None = None
    for batch in batches:
        for row in batch:
            total = _sum(total, _number(row[position]))
    return _number(total)


def _share(total: Number | None) -> Step:
    return lambda column: [_percent(_number(value), total) for value in column]


def _running_total() -> Step:
    """As a sum over a window: null adds nothing, and before the first value there is no total."""
    total: Number | None = None

    def step(column: Sequence[object]) -> Sequence[object]:
        nonlocal total
        found = []
        for value in column:
            total = _sum(total, _number(value))
            found.append(total)
        return found

    return step


def _change() -> Step:
    previous: Number | None = None

    def step(column: Sequence[object]) -> Sequence[object]:
        nonlocal previous
        found = []
        for value in map(_number, column):
            found.append(_percent(_difference(value, previous), previous))
            previous = value
        return found

    return step


_STEPS: Mapping[str, Callable[[], Step]] = {
    "running_total": _running_total,
    "percent_of_previous": _change,
}

# Numbers ------------------------------------------------------------------------------------------

_EXACT = Context(prec=150_000, traps=[])
"""More digits than any database has in a number, lest a sum is rounded."""


def _number(value: object) -> Number | None:
    if isinstance(value, Decimal):
        return value if value.is_finite() else None
    if isinstance(value, float):
        return value if isfinite(value) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _sum(one: Number | None, other: Number | None) -> Number | None:
    if one is None or other is None:
        return one if other is None else other
    if isinstance(one, float) or isinstance(other, float):
        return _rough(one) + _rough(other)
    if isinstance(one, int) and isinstance(other, int):
        return one + other
    return _EXACT.add(one, other)


def _difference(one: Number | None, other: Number | None) -> Number | None:
    if one is None or other is None:
        return None
    return _sum(one, other.copy_negate() if isinstance(other, Decimal) else -other)


def _percent(part: Number | None, whole: Number | None) -> float | None:
    if part is None or whole is None:
        return None
    if isinstance(part, float) or isinstance(whole, float):
        part, whole = _rough(part), _rough(whole)
    try:
        percent = float(_HUNDRED * part / whole)
    except ArithmeticError:
        return None
    return percent + 0.0 if isfinite(percent) else None  # of two zeros the one without a sign


_HUNDRED: Any = 100  # any number, so that it goes with any


def _rough(number: Number) -> float:
    try:
        return float(number)
    except OverflowError:
        return inf
