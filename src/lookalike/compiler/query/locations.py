"""Locations: the rows whose point lies in an area. Rule: Looker filter expressions, "Location"."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from lookalike.compiler import syntax
from lookalike.compiler.query.plans import (
    All,
    AnyOf,
    Compare,
    Condition,
    Distance,
    Expression,
    IsNull,
    Literal,
    Location,
    Not,
)

filters = syntax.filter_expressions


def condition(
    area: filters.Point | filters.Circle | filters.Box | filters.NoPoint | None, left: Expression
) -> Condition | filters.FilterError:
    """The points of `left` that lie in `area`; None is anywhere."""
    if area is None:
        return All(())
    if not isinstance(left, Location):
        return filters.FilterError("only a dimension of type `location` can be compared with it")
    match area:
        case filters.Point(latitude, longitude):
            return All(
                (_compared(left.latitude, "=", latitude), _compared(left.longitude, "=", longitude))
            )
        case filters.Circle(centre, radius, unit):
            middle = Location(Literal(centre.latitude), Literal(centre.longitude))
            return _compared(Distance(left, middle, unit), "<=", radius)
        case filters.Box():
            return _in_box(area, left)
        case filters.NoPoint(negated):
            ends = (IsNull(left.latitude), IsNull(left.longitude))
            return All(tuple(map(Not, ends))) if negated else AnyOf(ends)
    assert_never(area)


def _in_box(box: filters.Box, left: Location) -> Condition:
    north, west = box.north_west.latitude, box.north_west.longitude
    south, east = box.south_east.latitude, box.south_east.longitude
    of_west = _compared(left.longitude, ">=", west)
    of_east = _compared(left.longitude, "<=", east)
    return All(
        (
            _compared(left.latitude, "<=", north),
            _compared(left.latitude, ">=", south),
            All((of_west, of_east)) if west <= east else AnyOf((of_west, of_east)),
        )
    )


def _compared(left: Expression, operator: str, value: Decimal) -> Condition:
    return Compare(left, operator, Literal(value))
