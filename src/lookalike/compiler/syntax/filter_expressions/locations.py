"""Location filters: `36.97, -122.03`, `40 miles from 36.97, -122.03`, `inside box from 72.33,
-173.14 to 14.39, -61.70`, `NULL`.

Rule: Looker filter expressions, "Location".
"""

from __future__ import annotations

import re
from decimal import Decimal

from lookalike.compiler.syntax.filter_expressions.tree import (
    Box,
    Circle,
    FilterError,
    LocationFilter,
    NoPoint,
    Point,
)

_NUMBER = r"(-?[0-9]{1,12}(?:\.[0-9]{0,30})?)"
_POINT = rf"{_NUMBER}\s*,\s*{_NUMBER}"
_EXACT = re.compile(_POINT)
_CIRCLE = re.compile(
    rf"{_NUMBER}\s+(mile|kilometer|meter|feet|foot)s?\s+from\s+{_POINT}", re.IGNORECASE
)
_BOX = re.compile(rf"inside\s+box\s+from\s+{_POINT}\s+to\s+{_POINT}", re.IGNORECASE)
_UNITS = {"mile": "miles", "kilometer": "kilometers", "meter": "meters"}
_WORDS = {
    "": None,
    "null": NoPoint(),
    "not null": NoPoint(negated=True),
    "-null": NoPoint(negated=True),
}


def read_locations(text: str) -> LocationFilter | FilterError:
    """Read a location filter."""
    stripped = text.strip()
    words = " ".join(stripped[:20].lower().split())
    if len(stripped) <= 20 and words in _WORDS:
        return LocationFilter(_WORDS[words])
    area = _area(stripped)
    if area is None:
        shown = text if len(text) <= 60 else text[:60] + "…"
        return FilterError(
            f"`{shown}` is not a location filter; write for example `36.97, -122.03`, "
            "`40 miles from 36.97, -122.03`, `inside box from 72.33, -173.14 to 14.39, -61.70` or "
            "`NULL`, with latitudes from -90 to 90 and longitudes from -180 to 180"
        )
    return LocationFilter(area)


def _area(text: str) -> Point | Circle | Box | None:
    if found := _EXACT.fullmatch(text):
        return _point(found[1], found[2])
    if found := _CIRCLE.fullmatch(text):
        centre, radius = _point(found[3], found[4]), Decimal(found[1])
        unit = _UNITS.get(found[2].lower(), "feet")
        return None if centre is None or radius < 0 else Circle(centre, radius, unit)
    if found := _BOX.fullmatch(text):
        north_west, south_east = _point(found[1], found[2]), _point(found[3], found[4])
        return Box(north_west, south_east) if north_west and south_east else None
    return None


def _point(latitude: str, longitude: str) -> Point | None:
    north, east = Decimal(latitude), Decimal(longitude)
    return Point(north, east) if abs(north) <= 90 and abs(east) <= 180 else None
