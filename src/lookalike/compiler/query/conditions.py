"""Conditions: a filter expression meets what it filters.

In: the text of a filter and its operand. Out: a Condition, or what is wrong with the text. A filter
that excludes keeps the rows where the operand is null (`plans.Not`). Rule: Looker filter
expressions.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import assert_never

from msgspec import Struct

from lookalike.compiler import syntax
from lookalike.compiler.query import locations
from lookalike.compiler.query.intervals import Calendar, Period, bound, earlier, moment
from lookalike.compiler.query.plans import (
    All,
    AnyOf,
    Compare,
    Condition,
    Expression,
    Holds,
    IsBlank,
    IsIn,
    IsNull,
    Like,
    Literal,
    Not,
    Predicate,
    YesNo,
)

filters = syntax.filter_expressions


class Operand(Struct, frozen=True, kw_only=True):
    """What a filter is about. Of a date `left` is the column as it is; of a yesno it is the bare
    boolean. With `delay` the filter is about a time so much later than that of the column."""

    left: Expression
    kind: filters.FilterKind
    datatype: str = "datetime"
    convert: bool = True
    case_sensitive: bool = True
    delay: Period | None = None


ANY = All(())
"""The condition that every row meets."""

read = lru_cache(maxsize=4096)(filters.read)


def condition(text: str, operand: Operand, calendar: Calendar) -> Condition | filters.FilterError:
    """The rows of `operand` that `text` asks for; `ANY` when it asks for any value."""
    expression = read(text, operand.kind)
    match expression:
        case filters.FilterError():
            return expression
        case filters.StringFilter():
            return _of_strings(expression, operand)
        case filters.NumberFilter():
            return _of_numbers(expression, operand.left)
        case filters.DateFilter():
            try:
                return any_of(_date_term(term, operand, calendar) for term in expression.includes)
            except (OverflowError, ValueError):
                return filters.FilterError("it leads to a date outside the years 1 to 9999")
        case filters.YesnoFilter(value):
            return _of_yesno(value, operand.left)
        case filters.LocationFilter(area):
            return locations.condition(area, operand.left)
    assert_never(expression)


def all_of(conditions: Iterable[Condition]) -> Condition:
    """Every one of them, without a needless shell around a single one."""
    of = tuple(item for item in conditions if item != ANY)
    return of[0] if len(of) == 1 else All(of)


def any_of(conditions: Iterable[Condition]) -> Condition:
    """At least one of them; no alternative at all asks for nothing."""
    of = tuple(conditions)
    if not of or ANY in of:
        return ANY
    return of[0] if len(of) == 1 else AnyOf(of)


def holds(expression: Expression) -> Condition:
    """A boolean expression as a condition."""
    return expression.condition if isinstance(expression, Predicate) else Holds(expression)


def bare(expression: Expression) -> Expression:
    """What `${field}` inserts: of a yesno its boolean, else the expression as it is."""
    if not isinstance(expression, YesNo):
        return expression
    of = expression.condition
    return of.of if isinstance(of, Holds) else Predicate(of)


def _of_strings(filter_: filters.StringFilter, operand: Operand) -> Condition:
    included = any_of(_string_terms(filter_.includes, operand))
    excluded = (Not(item) for item in _string_terms(filter_.excludes, operand))
    return all_of((included, *excluded))


def _string_terms(terms: tuple[filters.StringTerm, ...], operand: Operand) -> list[Condition]:
    left, strict = operand.left, operand.case_sensitive
    values = [term.text for term in terms if term.match is filters.Match.EQUALS]
    found: list[Condition] = []
    if values:
        found.append(_one_of(left, tuple(Literal(value) for value in values), strict))
    for term in terms:
        if term.match is filters.Match.LIKE:
            found.append(Like(left, term.text, strict))
        elif term.match is filters.Match.BLANK:
            found.append(IsBlank(left))
        elif term.match is filters.Match.NULL:
            found.append(IsNull(left))
    return found


def _one_of(left: Expression, values: tuple[Literal, ...], case_sensitive: bool) -> Condition:
    if len(values) == 1:
        return Compare(left, "=", values[0], case_sensitive)
    return IsIn(left, values, case_sensitive)


def _of_numbers(filter_: filters.NumberFilter, left: Expression) -> Condition:
    included = any_of(_number_terms(filter_.includes, left))
    excluded = (Not(item) for item in _number_terms(filter_.excludes, left))
    return all_of((included, *excluded))


def _number_terms(terms: tuple[filters.NumberTerm, ...], left: Expression) -> list[Condition]:
    values: list[Literal] = []
    found: list[Condition] = []
    for term in terms:
        if isinstance(term, filters.NumberNull):
            found.append(IsNull(left))
        elif term.is_value:
            values.append(Literal(term.low))
        else:
            found.append(_number_range(term, left))
    return [_one_of(left, tuple(values), True), *found] if values else found


def _number_range(term: filters.NumberRange, left: Expression) -> Condition:
    ends: list[Condition] = []
    if term.low is not None:
        ends.append(Compare(left, ">=" if term.low_closed else ">", Literal(term.low)))
    if term.high is not None:
        ends.append(Compare(left, "<=" if term.high_closed else "<", Literal(term.high)))
    return all_of(ends) if ends else Not(IsNull(left))


def _date_term(term: filters.DateTerm, operand: Operand, calendar: Calendar) -> Condition:
    if isinstance(term, filters.DateNull):
        null = IsNull(operand.left)
        return Not(null) if term.negated else null
    start, end = date_bounds(term, operand, calendar)
    ends: list[Condition] = []
    if start is not None:
        ends.append(Compare(operand.left, ">=", start))
    if end is not None:
        ends.append(Compare(operand.left, "<", end))
    return all_of(ends)


def date_bounds(
    term: filters.DateRange, operand: Operand, calendar: Calendar
) -> tuple[Literal | None, Literal | None]:
    """Both ends as literals for the operand's datatype; None where the range is open."""
    start, end = (
        None if instant is None else _bound(instant, operand, calendar)
        for instant in (term.start, term.end)
    )
    return start, end


def _bound(instant: filters.Instant, operand: Operand, calendar: Calendar) -> Literal:
    at = moment(instant, calendar)
    if operand.delay is not None:
        at = earlier(at, operand.delay)
    return bound(at, calendar, operand.datatype, operand.convert)


def _of_yesno(value: bool | None, left: Expression) -> Condition:
    if value is None:
        return ANY
    return holds(left) if value else Not(holds(left))
