"""Dimensions: what a column of a dimension shows, what orders it, and what a filter on it compares.

Rule: LookML reference, dimension and dimension_group.
"""

from __future__ import annotations

from msgspec.structs import replace

from lookalike.compiler.model import Dimension, Measure
from lookalike.compiler.query.conditions import bare, holds
from lookalike.compiler.query.contexts import Context, Expand
from lookalike.compiler.query.intervals import WITHOUT_TIME_OF_DAY, Calendar, Period
from lookalike.compiler.query.plans import (
    Alias,
    Cases,
    Distance,
    Duration,
    Expression,
    Fragment,
    InZone,
    IsNull,
    Later,
    Literal,
    Location,
    Not,
    Tier,
    Timeframe,
    YesNo,
)
from lookalike.compiler.syntax import Code


def value(field: Dimension, alias: str, expand: Expand) -> Expression:
    """What a column of `field` shows."""
    if field.case is not None:
        return _cases(field, alias, expand)
    if field.interval:
        return _duration(field, alias, expand)
    if field.timeframe:
        return formatted(column(field, alias, expand), field.timeframe, field, expand.calendar)
    match field.type:
        case "yesno":
            return YesNo(holds(column(field, alias, expand)))
        case "tier" | "bin":
            return Tier(column(field, alias, expand), field.tiers, field.style)
        case "location":
            return _location(field, alias, expand)
        case "distance":
            return _distance(field, alias, expand)
    return column(field, alias, expand)


def column(field: Dimension, alias: str, expand: Expand) -> Expression:
    """The SQL of `field` as its developer wrote it, before any format."""
    if field.sql is None:
        return Fragment((Alias(alias), f".{field.name}"), field.place)
    return expand.text(field.sql, Context(alias, f"{alias}.{field.name}"))


def sorting(field: Dimension, shown: Expression, calendar: Calendar) -> Expression | None:
    """What puts the values of `field` in order, where that is not the alphabet."""
    match shown:
        case Cases() if not field.alpha_sort:
            return replace(shown, sorting=True)
        case Tier() if shown.style != "classic":
            return replace(shown, sorting=True)
        case Timeframe(timeframe="day_of_week"):
            return replace(shown, timeframe="day_of_week_index")
        case Timeframe(timeframe="month_name"):
            return replace(shown, timeframe="month_num")
    return None


def formatted(
    of: Expression, timeframe: str, field: Dimension | Measure, calendar: Calendar
) -> Expression:
    """`of`, a column of `field`, as its timeframe shows it in the zone of the question."""
    if timeframe == "raw":
        return of
    if timeframe == "yesno":
        return YesNo(Not(IsNull(of)))
    return Timeframe(
        in_zone(of, field, calendar),
        timeframe,
        field.datatype,
        calendar.week_start_day,
        calendar.fiscal_month_offset,
    )


def in_zone(of: Expression, field: Dimension | Measure, calendar: Calendar) -> Expression:
    """`of`, a column of `field`, on the clock of the question."""
    # Seconds of the epoch are counted in UTC, whatever zone the database keeps.
    stored = "UTC" if field.datatype == "epoch" else calendar.database_zone
    if not field.convert_tz or field.datatype in WITHOUT_TIME_OF_DAY or stored == calendar.zone:
        return of
    return InZone(of, stored, calendar.zone)


def later(shown: Expression, field: Dimension | Measure, delay: Period | None) -> Expression:
    """`shown`, what a column of the time `field` shows, for rows that are so much later."""
    if delay is None:
        return shown
    if isinstance(shown, Timeframe):
        return replace(shown, of=later(shown.of, field, delay))
    return Later(shown, delay.months, delay.days, field.datatype)


def _cases(field: Dimension, alias: str, expand: Expand) -> Expression:
    assert field.case is not None
    context = Context(alias, f"{alias}.{field.name}")
    labels: set[str] = set()
    whens = []
    for when in field.case.whens:
        if when.label not in labels:  # the first of two equal labels counts
            labels.add(when.label)
            whens.append((holds(bare(expand.text(when.condition, context))), when.label))
    return Cases(tuple(whens), field.case.otherwise)


def _duration(field: Dimension, alias: str, expand: Expand) -> Expression:
    context = Context(alias, f"{alias}.{field.name}")
    if field.sql_start is None or field.sql_end is None:
        _missing(field, alias, "`sql_start` and `sql_end`", expand)
        return Literal(None)
    start, end = expand.text(field.sql_start, context), expand.text(field.sql_end, context)
    return Duration(start, end, field.interval, field.datatype)


def _location(field: Dimension, alias: str, expand: Expand) -> Expression:
    context = Context(alias, f"{alias}.{field.name}")
    if field.latitude is None or field.longitude is None:
        _missing(field, alias, "`sql_latitude` and `sql_longitude`", expand)
        return Literal(None)
    return Location(expand.text(field.latitude, context), expand.text(field.longitude, context))


_MENTIONS = 5
"""How often the formula of a distance names a place: each counts as text."""


def _distance(field: Dimension, alias: str, expand: Expand) -> Expression:
    names = [expand.full_name(each, alias) for each in (field.start_location, field.end_location)]
    for _ in range(_MENTIONS):
        start, end = map(expand.value, names)
    if isinstance(start, Location) and isinstance(end, Location):
        return Distance(start, end, field.units)
    return Literal(None)  # a location that can't be used: that is told already


def _missing(field: Dimension, alias: str, what: str, expand: Expand) -> None:
    expand.report.error(
        Code.MISSING_SQL, f"`{field.name}` needs {what}", f"{alias}.{field.name}", field.place
    )
