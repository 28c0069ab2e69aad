"""Intervals: the instants of a date filter become literals that a column can be compared with.

In: an Instant and the calendar of the question. Out: a wall-clock time of the database's zone, or
the date or number that a column of another datatype holds. Days and longer units are counted on the
wall clock of the question's zone, shorter ones in elapsed time, so that both are right on the days
when clocks change. Rule: Looker filter expressions, date and time.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import assert_never
from zoneinfo import ZoneInfo

from msgspec import Struct

from lookalike.compiler import syntax
from lookalike.compiler.query.plans import Literal

filters = syntax.filter_expressions

WITHOUT_TIME_OF_DAY = frozenset({"date", "yyyymmdd"})
"""Datatypes of columns that hold days. Zones never move them."""


class Calendar(Struct, frozen=True, kw_only=True):
    """What time means in one question. `now` is aware, in the zone of the question;
    `week_start_day` 0 is Monday."""

    now: datetime
    zone: str = "UTC"
    database_zone: str = "UTC"
    week_start_day: int = 0
    fiscal_month_offset: int = 0


class Period(Struct, frozen=True):
    """A length of time on the wall clock."""

    months: int = 0
    days: int = 0


@lru_cache(maxsize=512)
def find_zone(name: str) -> ZoneInfo | None:
    """The zone of that IANA name, None if there is no such zone."""
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return None


def moment(instant: filters.Instant, calendar: Calendar) -> datetime:
    """The aware time of `instant`. OverflowError or ValueError beyond the years 1 to 9999."""
    at = _anchor(instant.anchor, calendar)
    for count, unit in instant.shifts:
        at = _shift(at, count, unit)
    return at


def bound(at: datetime, calendar: Calendar, datatype: str, convert: bool) -> Literal:
    """`at` as a literal for a column of `datatype`; `convert` says whether the column is in the
    database's zone.

    Both ends of a range are closed below and open above, so a bound within a day is rounded up to
    the next day where the column holds days only, and likewise for epoch seconds.
    """
    if datatype in WITHOUT_TIME_OF_DAY:
        day = at.date() if at.time() == time.min else at.date() + timedelta(days=1)
        return Literal(day if datatype == "date" else _as_number(day))
    if datatype == "epoch":
        instant = at if convert else at.replace(tzinfo=UTC)
        return Literal(-((_EPOCH - instant) // _SECOND))
    if convert and calendar.zone != calendar.database_zone:
        at = at.astimezone(find_zone(calendar.database_zone) or UTC)
    return Literal(at.replace(tzinfo=None, fold=0))


def earlier(at: datetime, period: Period) -> datetime:
    """The first time that is `at` or later once `period` has passed. OverflowError or ValueError
    before the year 1.

    A day that the month does not have is passed with the end of that month.
    """
    at -= timedelta(days=period.days)
    if not period.months:
        return at
    months = at.year * 12 + at.month - 1 - period.months
    start = _month_start(months, at)
    if at.day > monthrange(start.year, start.month)[1]:
        return _month_start(months + 1, at)
    return at.replace(year=start.year, month=start.month)


def position(timeframe: str, calendar: Calendar) -> tuple[int, int, int]:
    """The months, days and seconds of the present day, week, month, quarter or year that are over
    by now."""
    now, unit = calendar.now, _UNITS[timeframe]
    start, months = _floor(now, unit, calendar), 0
    if unit in _MONTHS:
        months = (now.year - start.year) * 12 + now.month - start.month
        start = _month_start(now.year * 12 + now.month - 1, now)
    seconds = now.hour * 3600 + now.minute * 60 + now.second
    return months, (now.date() - start.date()).days, seconds


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_ELAPSED = {
    filters.Unit.SECOND: timedelta(seconds=1),
    filters.Unit.MINUTE: timedelta(minutes=1),
    filters.Unit.HOUR: timedelta(hours=1),
}
_DAYS = {filters.Unit.DAY: 1, filters.Unit.WEEK: 7}
_UNITS = {
    "date": filters.Unit.DAY,
    "week": filters.Unit.WEEK,
    "month": filters.Unit.MONTH,
    "quarter": filters.Unit.QUARTER,
    "year": filters.Unit.YEAR,
    "fiscal_quarter": filters.Unit.FISCAL_QUARTER,
    "fiscal_year": filters.Unit.FISCAL_YEAR,
}
_MONTHS = {
    filters.Unit.MONTH: 1,
    filters.Unit.QUARTER: 3,
    filters.Unit.YEAR: 12,
    filters.Unit.FISCAL_QUARTER: 3,
    filters.Unit.FISCAL_YEAR: 12,
}


def _as_number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _anchor(anchor: filters.Anchor, calendar: Calendar) -> datetime:
    now = calendar.now
    match anchor:
        case filters.Fixed(at):
            return at.replace(tzinfo=now.tzinfo)
        case filters.Now():
            return now
        case filters.Floor(unit):
            return _floor(now, unit, calendar)
        case filters.Weekday(day):
            return _day_of(now) - timedelta(days=(now.weekday() - day) % 7)
        case filters.Fiscal(year, quarter):
            months = year * 12 + calendar.fiscal_month_offset + 3 * max(quarter - 1, 0)
            return _month_start(months, now)
    assert_never(anchor)


def _floor(now: datetime, unit: filters.Unit, calendar: Calendar) -> datetime:
    if unit is filters.Unit.SECOND:
        return now.replace(microsecond=0)
    if unit is filters.Unit.MINUTE:
        return now.replace(second=0, microsecond=0)
    if unit is filters.Unit.HOUR:
        return now.replace(minute=0, second=0, microsecond=0)
    if unit is filters.Unit.DAY:
        return _day_of(now)
    if unit is filters.Unit.WEEK:
        return _day_of(now) - timedelta(days=(now.weekday() - calendar.week_start_day) % 7)
    size = _MONTHS[unit]
    fiscal = unit in (filters.Unit.FISCAL_QUARTER, filters.Unit.FISCAL_YEAR)
    offset = calendar.fiscal_month_offset if fiscal else 0
    months = now.year * 12 + now.month - 1 - offset
    return _month_start(months - months % size + offset, now)


def _day_of(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def _month_start(months: int, now: datetime) -> datetime:
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=now.tzinfo)


def _shift(at: datetime, count: int, unit: filters.Unit) -> datetime:
    if unit in _ELAPSED:
        return (at.astimezone(UTC) + count * _ELAPSED[unit]).astimezone(at.tzinfo)
    if unit in _DAYS:
        return at + timedelta(days=count * _DAYS[unit])
    months = at.year * 12 + at.month - 1 + count * _MONTHS[unit]
    year, month = months // 12, months % 12 + 1
    return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))
