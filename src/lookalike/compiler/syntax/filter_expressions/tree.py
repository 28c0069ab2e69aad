"""Filter expressions, read: what the text of a filter asks for, before it meets a field.

One shape a type of field. In all of them terms that include are alternatives (OR), terms that
exclude all hold (AND), and an empty filter means any value. Rule: Looker filter expressions.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct


class Match(StrEnum):
    """How a string term compares."""

    EQUALS = "equals"
    LIKE = "like"
    BLANK = "blank"  # EMPTY: null or of no length
    NULL = "null"


class StringTerm(Struct, frozen=True):
    """One alternative. For LIKE `text` is a pattern in SQL's notation: `%` and `_` are wildcards,
    and a backslash makes the next `%`, `_` or backslash literal. For EQUALS `text` is the plain
    text."""

    match: Match
    text: str = ""


class StringFilter(Struct, frozen=True):
    includes: tuple[StringTerm, ...] = ()
    excludes: tuple[StringTerm, ...] = ()


class NumberRange(Struct, frozen=True):
    """Numbers from `low` to `high`; None is unbounded; a single value is a closed range of equal
    ends."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_closed: bool = True
    high_closed: bool = True

    @property
    def is_value(self) -> bool:
        return self.low is not None and self.low == self.high


class NumberNull(Struct, frozen=True):
    """NULL."""


NumberTerm: TypeAlias = NumberRange | NumberNull


class NumberFilter(Struct, frozen=True):
    includes: tuple[NumberTerm, ...] = ()
    excludes: tuple[NumberTerm, ...] = ()


class Unit(StrEnum):
    """Units of relative dates."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    FISCAL_QUARTER = "fiscal quarter"
    FISCAL_YEAR = "fiscal year"


class Fixed(Struct, frozen=True):
    """A wall-clock time in the zone of the query."""

    at: datetime


class Now(Struct, frozen=True):
    """This very moment, not rounded down."""


class Floor(Struct, frozen=True):
    """The start of the current `unit` (the week begins on the model's first day)."""

    unit: Unit


class Weekday(Struct, frozen=True):
    """The start of the most recent such day, today included; 0 is Monday."""

    day: int


class Fiscal(Struct, frozen=True):
    """The start of a fiscal year or of its quarter (1-4; 0: the year). FY2018 begins in 2018."""

    year: int
    quarter: int = 0


Anchor: TypeAlias = Fixed | Now | Floor | Weekday | Fiscal


class Instant(Struct, frozen=True):
    """An anchor moved by whole units, in order. `shifts` holds (signed count, unit)."""

    anchor: Anchor
    shifts: tuple[tuple[int, Unit], ...] = ()


class DateRange(Struct, frozen=True):
    """Half-open: from `start` up to, not including, `end`. None is unbounded."""

    start: Instant | None = None
    end: Instant | None = None


class DateNull(Struct, frozen=True):
    """NULL, or NOT NULL when `negated`."""

    negated: bool = False


DateTerm: TypeAlias = DateRange | DateNull


class DateFilter(Struct, frozen=True):
    includes: tuple[DateTerm, ...] = ()


class YesnoFilter(Struct, frozen=True):
    """True: Yes. False: No (null counts as No). None: any value."""

    value: bool | None = None


class Point(Struct, frozen=True):
    """Degrees north of the equator and east of Greenwich."""

    latitude: Decimal
    longitude: Decimal


class Circle(Struct, frozen=True):
    """All within `radius` of `centre`. `unit` is one of miles, kilometers, meters, feet."""

    centre: Point
    radius: Decimal
    unit: str


class Box(Struct, frozen=True):
    """All between two corners. A box whose west is east of its east lies across the date line."""

    north_west: Point
    south_east: Point


class NoPoint(Struct, frozen=True):
    """NULL, or NOT NULL when `negated`."""

    negated: bool = False


class LocationFilter(Struct, frozen=True):
    """None is anywhere."""

    area: Point | Circle | Box | NoPoint | None = None


FilterExpression: TypeAlias = (
    StringFilter | NumberFilter | DateFilter | YesnoFilter | LocationFilter
)


class FilterKind(StrEnum):
    """Which grammar reads the text."""

    STRING = "string"
    NUMBER = "number"
    DATE = "date"
    YESNO = "yesno"
    TIER = "tier"
    LOCATION = "location"


class FilterError(Struct, frozen=True):
    """The text is not a filter expression of that kind. `message` says what to write instead."""

    message: str


Read: TypeAlias = FilterExpression | FilterError
