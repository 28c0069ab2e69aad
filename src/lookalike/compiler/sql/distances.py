"""Distances: the way between two points of the globe along its surface.

Rule: LookML reference, dimension type `distance`. The formula keeps its precision for points close
to each other and for opposite ones, and has no argument outside the domain of a function.
"""

from __future__ import annotations

from lookalike.compiler.query import plans
from lookalike.compiler.sql.pen import Pen

_RADIUS = {
    "feet": 20902230.971129,
    "kilometers": 6371.0,
    "meters": 6371000.0,
    "miles": 3958.755866,
    "nautical_miles": 3440.064795,
    "yards": 6967410.32371,
}
"""The mean radius of the Earth."""


def distance(of: plans.Distance, pen: Pen) -> str:
    """The great-circle distance of `of` as a number of its units; null where a point is."""
    y1, x1 = _radians(of.start.latitude, pen), _radians(of.start.longitude, pen)
    y2, x2 = _radians(of.end.latitude, pen), _radians(of.end.longitude, pen)
    apart = f"({x2} - {x1})"
    across = f"COS({y2}) * SIN{apart}"
    along = f"COS({y1}) * SIN({y2}) - SIN({y1}) * COS({y2}) * COS{apart}"
    ahead = f"SIN({y1}) * SIN({y2}) + COS({y1}) * COS({y2}) * COS{apart}"
    angle = f"ATAN2(SQRT(POWER({across}, 2) + POWER({along}, 2)), {ahead})"
    return f"{angle} * {_RADIUS[of.units]!r}"


def _radians(degrees: plans.Expression, pen: Pen) -> str:
    return f"RADIANS({pen.expression(degrees)})"
