"""Origins: which SQL of a developer stands at a position of a statement, for what a database says
about it.

In: the plan that was written, its text and a position. Out: the innermost fragment that stands
there. It is found by its text, on the way that the writer took, so nothing is kept while writing;
each look for one spends its length.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from lookalike.compiler.query import Plan, plans
from lookalike.compiler.sql import walk
from lookalike.compiler.sql.dialect import Dialect
from lookalike.compiler.sql.expressions import Writing
from lookalike.compiler.syntax import Budget, Exhausted, Place

_LENGTH_OF_TABLE = len("${TABLE}")


class Origin(Struct, frozen=True):
    """SQL of a developer: where it begins, on which line the position is (that where it begins, if
    it can't be told), and the tables that it reads by `${TABLE}`.
    """

    place: Place
    line: int
    aliases: frozenset[str]


def origin(
    plan: Plan, dialect: Dialect, text: str, position: tuple[int, int], budget: Budget
) -> Origin | None:
    """What stands at the line and column `position` of `text`, both from 1; None if it is nobody's
    or can't be told.
    """
    line, column = position
    lines = text.split("\n")
    if not (0 < line <= len(lines) and 0 < column <= len(lines[line - 1]) + 1):
        return None
    at = sum(len(each) + 1 for each in lines[: line - 1]) + column - 1
    search = _Search(text, at, Writing(dialect), budget)
    try:
        found = next(filter(None, (_innermost(root, search) for root in _roots(plan))), None)
    except Exhausted:
        return None
    return None if found is None else _origin_of(*found, text, at)


class _Search(Struct, frozen=True):
    """What stands at `at` of `text`, which `pen` would write again."""

    text: str
    at: int
    pen: Writing
    budget: Budget


def _roots(plan: Plan) -> Iterator[walk.Part]:
    for cte in plan.ctes:
        if isinstance(cte.body, plans.Derived):
            yield from _of_select(cte.body.select)
            yield from (expression for _, expression in cte.body.derived)
        else:
            yield cte.body
    yield from _of_select(plan.main)


def _of_select(select: plans.Select) -> Iterator[walk.Part]:
    yield from (column.expression for column in select.columns)
    for source in (select.base, *(join.table for join in select.joins)):
        yield from walk.of_source(source)
    for join in select.joins:
        yield from (each for each in (join.on, join.text) if each is not None)
    yield from (*select.where, *select.having)
    yield from (each.column for each in select.order if not isinstance(each.column, int))


def _innermost(part: walk.Part, search: _Search) -> tuple[plans.Fragment, int] | None:
    """The fragment within `part` that stands there, and where it begins."""
    begin = -1
    if isinstance(part, plans.Fragment):
        begin = _begin(search.pen.expression(part), search)
        if begin < 0:
            return None
    for child in walk.children(part):
        found = _innermost(child, search)
        if found is not None:
            return found
    return (part, begin) if isinstance(part, plans.Fragment) and part.place.path else None


def _begin(own: str, search: _Search) -> int:
    """Where `own` begins that reaches over the position, as whole words; -1 if it does not stand
    there."""
    text, at = search.text, search.at
    start, end = max(0, at - len(own) + 1), at + len(own)
    while own:
        search.budget.spend(len(own))
        start = text.find(own, start, end)
        if start < 0 or not (_is_cut(text, start) or _is_cut(text, start + len(own))):
            return start
        start += 1
    return -1


def _is_cut(text: str, at: int) -> bool:
    """Whether a word or a qualified name goes on over `at`."""
    around = text[max(0, at - 1) : at + 1]
    return len(around) == 2 and all(sign.isalnum() or sign in '_."' for sign in around)


def _origin_of(fragment: plans.Fragment, begin: int, text: str, at: int) -> Origin:
    place = fragment.place
    aliases = [part.name for part in fragment.parts if isinstance(part, plans.Alias)]
    n_lines = text.count("\n", begin, at) if _is_as_written(fragment) else 0
    return Origin(place, place.line + n_lines, frozenset(aliases))


def _is_as_written(fragment: plans.Fragment) -> bool:
    """Whether nothing but `${TABLE}` was put in or taken out, so that lines can be counted."""
    length = 0
    for part in fragment.parts:
        if not isinstance(part, str | plans.Alias):
            return False
        length += len(part) if isinstance(part, str) else _LENGTH_OF_TABLE
    return length == fragment.place.span.end - fragment.place.span.start
