"""Times: what the API says about timeframes and intervals. Rule:
LookML reference, dimension_group, timeframes.
"""

from __future__ import annotations

from lookalike.compiler import model
from lookalike.wire.lookml_model import LookmlModelExploreFieldTimeInterval

WEEK_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_QUARTERS = ("Q1", "Q2", "Q3", "Q4")

NUMERIC = frozenset(
    {
        "day_of_month",
        "day_of_week_index",
        "day_of_year",
        "fiscal_month_num",
        "hour_of_day",
        "month_num",
        "week_of_year",
    }
)
"""Timeframes that are numbers."""

ENUMERATED = frozenset({"day_of_week", "month_name", "quarter_of_year", "fiscal_quarter_of_year"})
"""Timeframes with few, known values."""

_PARTS = NUMERIC | ENUMERATED | frozenset({"time_of_day", "yesno"})


def interval(timeframe: str) -> LookmlModelExploreFieldTimeInterval | None:
    """How long a value lasts: `minute15` is 15 minutes. None where it is no stretch of time."""
    found = model.TIMEFRAMES.get(timeframe)
    if found is None or not found.unit:
        return None
    return LookmlModelExploreFieldTimeInterval(found.unit, found.count)


def is_point(timeframe: str) -> bool:
    """Whether its values stand on the line of time, so that date filters make sense."""
    return bool(timeframe) and timeframe not in _PARTS


def fill_style(timeframe: str) -> str | None:
    """How gaps in a result can be filled."""
    if timeframe in ENUMERATED or timeframe == "yesno":
        return "enumeration"
    if timeframe in ("raw", "time", "time_of_day", "") or interval(timeframe) is None:
        return "range" if timeframe in NUMERIC else None
    return "range"


def values(timeframe: str, week_start_day: int) -> tuple[str, ...]:
    """Every value of an enumerated timeframe, in order."""
    if timeframe == "day_of_week":
        days = tuple(day.capitalize() for day in WEEK_DAYS)
        return days[week_start_day:] + days[:week_start_day]
    if timeframe == "month_name":
        return _MONTHS
    if timeframe in ("quarter_of_year", "fiscal_quarter_of_year"):
        return _QUARTERS
    return ()
