"""Holes: what a template left open becomes an expression. Values of users end in literals here,
never in text, and only where the text around them is code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, assert_never

from lookalike.compiler import syntax
from lookalike.compiler.model import Field, Parameter, View
from lookalike.compiler.query import operands, parameters
from lookalike.compiler.query.conditions import ANY, condition, date_bounds, read
from lookalike.compiler.query.contexts import Context
from lookalike.compiler.query.names import full_name, suggestion
from lookalike.compiler.query.plans import Expression, Literal, Predicate
from lookalike.compiler.query.reports import Report
from lookalike.compiler.query.scope import Scene
from lookalike.compiler.query.weaving import Weaving
from lookalike.compiler.syntax import Code, Place

filters = syntax.filter_expressions
liquid = syntax.liquid


class Filling(Scene, Protocol):
    """A question whose templates have holes."""

    @property
    def report(self) -> Report: ...

    def join(self, pieces: liquid.Pieces, context: Context, place: Place) -> Expression:
        """Pieces as one expression."""


def fill(
    hole: liquid.Hole, weaving: Weaving, context: Context, filling: Filling, place: Place
) -> None:
    """Put what belongs into `hole` behind what is woven already."""
    if isinstance(hole, liquid.ParameterHole):
        _fill_parameter(hole.field, weaving, context, filling, place)
    elif weaving.takes_value():
        weaving.insert(_filled(hole, context, filling, place))


def _filled(
    hole: liquid.QuotedHole | liquid.ConditionHole | liquid.DateBoundHole,
    context: Context,
    filling: Filling,
    place: Place,
) -> Expression:
    match hole:
        case liquid.QuotedHole(text):
            return Literal(text)
        case liquid.ConditionHole():
            return _condition(hole, context, filling, place)
        case liquid.DateBoundHole():
            return _bound(hole, context, filling, place)
    assert_never(hole)


def _condition(
    hole: liquid.ConditionHole, context: Context, filling: Filling, place: Place
) -> Expression:
    found = _find(hole.field or context.field, context, filling, place)
    if found is None:
        return Literal(None)
    name, field = found
    text = filling.resolved.filters.get(name)
    if text is None:
        return Predicate(ANY)
    body = filling.join(_trimmed(hole.body), context, place)
    operand = operands.around(body, field, filling.explore)
    built = condition(text, operand, filling.calendar)
    if isinstance(built, filters.FilterError):
        unreadable(text, name, built, filling.report)
        return Literal(None)
    return Predicate(built)


def unreadable(text: str, name: str, error: filters.FilterError, report: Report) -> None:
    """Say that a filter's text can't be read."""
    report.error(
        Code.INVALID_FILTER,
        f"can't read the filter `{syntax.shown(text)}` on `{name}`: {error.message}",
        name,
    )


def _fill_parameter(
    written: str, weaving: Weaving, context: Context, filling: Filling, place: Place
) -> None:
    found = _find(written, context, filling, place)
    if found is None:
        weaving.insert(Literal(None))
        return
    name, field = found
    if not isinstance(field, Parameter):
        # An old use: a filter with one value.
        weaving.insert(Literal(filling.resolved.filters.get(name)))
        return
    value = filling.resolved.parameters.get(name, field.default_value)
    if field.type == "unquoted":
        weaving.write("NULL" if value is None else value)
        return
    inserted = (
        Literal(None) if value is None else parameters.inserted(field, value, filling.calendar)
    )
    weaving.insert(inserted, fits_quotes=field.type in ("number", "yesno"))


def _bound(
    hole: liquid.DateBoundHole, context: Context, filling: Filling, place: Place
) -> Expression:
    found = _find(hole.field, context, filling, place)
    if found is None:
        return Literal(None)
    name, field = found
    text = filling.resolved.filters.get(name)
    if text is None:
        return Literal(None)
    expression = read(text, filters.FilterKind.DATE)
    if isinstance(expression, filters.FilterError):
        unreadable(text, name, expression, filling.report)
    elif isinstance(expression, filters.DateFilter):
        ranges = [term for term in expression.includes if isinstance(term, filters.DateRange)]
        if ranges:
            return _end(ranges[-1] if hole.end else ranges[0], hole.end, field, filling)
    return Literal(None)


def _end(term: filters.DateRange, end: bool, field: Field, filling: Filling) -> Expression:
    operand = operands.around(Literal(None), field, filling.explore)
    try:
        bounds = date_bounds(term, operand, filling.calendar)
    except (OverflowError, ValueError):
        return Literal(None)
    return bounds[1 if end else 0] or Literal(None)


def _find(
    written: str, context: Context, filling: Filling, place: Place
) -> tuple[str, Field] | None:
    explore = filling.explore
    name = full_name(explore, written, context.alias)
    field = explore.references.get(name) or _unjoined(name, explore.views)
    if field is not None:
        return name, field
    hint = suggestion(name, explore.fields) or "name a field of this explore"
    filling.report.error(
        Code.UNKNOWN_FIELD,
        f"the template names `{written}`, which is not in explore `{explore.name}`; {hint}",
        context.field,
        place,
    )
    return None


def _unjoined(name: str, views: Mapping[str, View]) -> Field | None:
    """A field of a view that is not joined: it exists, but no question can filter it here."""
    view, _, field = name.partition(".")
    return views[view].fields.get(field) if view in views else None


def _trimmed(pieces: liquid.Pieces) -> liquid.Pieces:
    parts = list(pieces)
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return tuple(part for part in parts if part != "")
