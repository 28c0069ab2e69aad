"""Columns: what a query selects, with the helpers that put it in order, and the order itself."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from lookalike.compiler import syntax
from lookalike.compiler.model import Dimension, Measure, filter_kind
from lookalike.compiler.query import dimensions
from lookalike.compiler.query.names import find_name
from lookalike.compiler.query.plans import Column, Expression, Order, Role
from lookalike.compiler.query.references import References
from lookalike.compiler.syntax import Code

HELPER = "__sort_"
UNSORTED = "__UNSORTED__"
_DIRECTIONS = ("asc", "desc")


class Selection(Struct, frozen=True):
    """Dimensions, then measures, then what is behind them. `at` tells where a field is, `sorters`
    where its helper is."""

    columns: tuple[Column, ...]
    at: Mapping[str, int]
    sorters: Mapping[str, int]


def select(references: References) -> Selection:
    """The columns of a question, each helper right before the column it orders."""
    resolved = references.resolved
    columns: list[Column] = []
    at: dict[str, int] = {}
    sorters: dict[str, int] = {}
    for name in resolved.dimensions:
        shown = references.shown(name)
        helper = _helper(name, shown, references)
        if helper is not None:
            sorters[name] = len(columns)
            columns.append(Column(name + HELPER, helper, Role.HELPER))
        at[name] = len(columns)
        columns.append(Column(name, shown, Role.DIMENSION))
    for name in resolved.measures:
        at[name] = len(columns)
        columns.append(Column(name, references.value(name), Role.MEASURE))
    for name in resolved.behind:
        columns.append(Column(name, references.shown(name), Role.BEHIND))
    return Selection(tuple(columns), at, sorters)


def order(
    sorts: tuple[str, ...], selection: Selection, references: References
) -> tuple[Order, ...]:
    """The order that `sorts` ask for, or the usual one if none of them means anything."""
    if UNSORTED in sorts:
        return ()
    found = [each for entry in sorts for each in _asked(entry, selection, references)]
    return tuple(found) or _by_default(selection, references)


def _helper(name: str, shown: Expression, references: References) -> Expression | None:
    field = references.explore.references[name]
    assert isinstance(field, Dimension)
    other = _ordering(name, references)
    if other is None:
        return dimensions.sorting(field, shown, references.calendar)
    dimension = isinstance(references.explore.references[other], Dimension)
    # A measure can't be grouped by; it orders without being a column.
    return references.shown(other) if dimension else None


def _ordering(name: str, references: References) -> str | None:
    """The field named by `order_by_field`."""
    field = references.explore.references[name]
    if not isinstance(field, Dimension | Measure) or not field.order_by_field:
        return None
    other = references.full_name(field.order_by_field, name.partition(".")[0])
    if isinstance(references.explore.references.get(other), Dimension | Measure):
        return other
    references.report.warn(
        Code.UNKNOWN_FIELD,
        f"`{name}` is ordered by `{field.order_by_field}`, which is not in this explore; "
        "correct `order_by_field`",
        name,
        field.place,
    )
    return None


def _by_default(selection: Selection, references: References) -> tuple[Order, ...]:
    # Rule: the first date descending, else the first measure descending, else the first dimension.
    resolved = references.resolved
    if not resolved.dimensions:
        return ()  # there is only one row
    for name in resolved.dimensions:
        kind = filter_kind(references.explore.references[name])
        if kind is syntax.filter_expressions.FilterKind.DATE:
            return tuple(_of_column(name, True, selection, references))
    if resolved.measures:
        return tuple(_of_column(resolved.measures[0], True, selection, references))
    return tuple(_of_column(resolved.dimensions[0], False, selection, references))


def _asked(entry: str, selection: Selection, references: References) -> list[Order]:
    # A number behind the direction chooses a pivoted column; without pivots it means nothing.
    words = entry.split()
    if not words:
        return []
    written, *directions = words
    wrong = [word for word in directions if not (word.isdecimal() or word.lower() in _DIRECTIONS)]
    if wrong:
        reason = f"`{syntax.shown(wrong[0])}` is no direction; write `asc` or `desc`"
        _dropped(entry, reason, references, Code.INVALID_VALUE)
        return []
    descending = "desc" in map(str.lower, directions)
    name = find_name(references.explore, written.removesuffix(HELPER))
    if name is None or not isinstance(references.explore.references[name], Dimension | Measure):
        _dropped(entry, f"there is no field `{syntax.shown(written)}` in this explore", references)
        return []
    if name in selection.at:
        _tell_of_rows(entry, name, references)
        return _of_column(name, descending, selection, references)
    is_measure = isinstance(references.explore.references[name], Measure)
    if is_measure and not _is_comparison(name, references):
        return [Order(references.value(name), descending)]
    _dropped(entry, f"`{name}` is not selected", references)
    return []


def _tell_of_rows(entry: str, name: str, references: References) -> None:
    """Shares come in the order of their parts; what runs down the rows does not."""
    field = references.explore.references[name]
    if isinstance(field, Measure) and field.is_over_rows and field.type != "percent_of_total":
        references.report.note(
            Code.NOT_SUPPORTED,
            f"the sort `{syntax.shown(entry)}` is by what `{name}` is made of: its own values are"
            " computed when the rows are in order",
            name,
        )


def _of_column(
    name: str, descending: bool, selection: Selection, references: References
) -> list[Order]:
    found = [Order(selection.at[name], descending)]
    if name in selection.sorters:
        return [Order(selection.sorters[name], descending), *found]
    other = _ordering(name, references)
    if other is None:
        return found
    where = selection.at.get(other)
    if where is None and _is_comparison(other, references):
        if other not in references.explore.withheld:
            _dropped(other, f"`{other}` is not selected", references)
        return found
    return [Order(references.value(other) if where is None else where, descending), *found]


def _is_comparison(name: str, references: References) -> bool:
    """Is there no value of it but beside that of an earlier time?"""
    field = references.explore.references[name]
    return isinstance(field, Measure) and field.comparison is not None


def _dropped(
    entry: str, reason: str, references: References, code: Code = Code.UNKNOWN_FIELD
) -> None:
    references.report.note(code, f"the sort `{syntax.shown(entry)}` is ignored: {reason}")
