"""Timeframes: a point in time, cut and shown as Looker shows it, or moved; the whole intervals
between two, and the part of each that is over.

In: a Timeframe, InZone, Duration, Later, SameDay or SoFar. Out: two texts where they differ, the
value to group by and how it is shown: formatting a text for each row before grouping costs a
database three times what grouping by the instant does.
Rule: LookML reference, dimension_group.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from lookalike.compiler.query import plans
from lookalike.compiler.sql import literals
from lookalike.compiler.sql.dialect import Dialect
from lookalike.compiler.sql.pen import Pen


class Cut(Struct, frozen=True):
    """`key` is one value a bucket; `shown`, a template with {k} for it, is what the asker sees."""

    key: str
    shown: str = "{k}"

    @property
    def text(self) -> str:
        return self.shown.format(k=self.key)


class Moment(Struct, frozen=True):
    """A point in time in SQL, with the model's settings. `day` is the same as a DATE, if it is
    known to have no time of day."""

    x: str
    dialect: Dialect
    week_start_day: int = 0
    fiscal_month_offset: int = 0
    day: str = ""


def cut(of: plans.Timeframe, pen: Pen) -> Cut:
    """`of` as the value to group by and the text to show."""
    if of.timeframe == "raw":
        return Cut(pen.expression(of.of))
    x, day = _moment(of.of, of.datatype, pen)
    moment = Moment(x, pen.dialect, of.week_start_day, of.fiscal_month_offset, day)
    bucket = _BUCKET.fullmatch(of.timeframe)
    if bucket:
        return _bucket(moment, bucket["unit"], int(bucket["n"]))
    return _CUTS[of.timeframe](moment)


def in_zone(of: plans.InZone, pen: Pen) -> str:
    """`of` as a timestamp of the question's zone."""
    return _in_zone(of, "timestamp", pen)


def later(of: plans.Later, pen: Pen) -> str:
    """`of` as a timestamp."""
    x, _ = _moment(of.of, of.datatype, pen)
    return _shifted(x, of.months, of.days, 0, pen.dialect)


def condition(of: plans.SameDay | plans.SoFar, pen: Pen) -> str:
    """Whether the day of the month stays when `of` moves, or `of` comes before the same position in
    its own timeframe."""
    x, _ = _moment(of.of, of.datatype, pen)
    if isinstance(of, plans.SameDay):
        days = (x, _shifted(x, of.months, 0, 0, pen.dialect))
        return " = ".join(pen.dialect.part.format(x=each, part="DAY") for each in days)
    moment = Moment(x, pen.dialect, of.week_start_day, of.fiscal_month_offset)
    end = _shifted(_start(moment, of.timeframe), of.months, of.days, of.seconds, pen.dialect)
    return f"{x} < {end}"


def duration(of: plans.Duration, pen: Pen) -> str:
    """The complete intervals from start to end; negative where end comes first."""
    start, _ = _moment(of.start, of.datatype, pen)
    end, _ = _moment(of.end, of.datatype, pen)
    return pen.dialect.durations[of.interval].format(start=start, end=end)


_BUCKET = re.compile(r"(?P<unit>hour|minute|millisecond)(?P<n>[1-9]\d*)")
_ANY_MOMENT = ("date", "datetime", "timestamp")
_CAST_TO_DATE = re.compile(r'CAST\([\w."]+ AS DATE\)|[\w."]+::DATE', re.IGNORECASE)


def _moment(of: plans.Expression, datatype: str, pen: Pen) -> tuple[str, str]:
    """`of` as a timestamp or date, whatever its column holds; and as a DATE, if it is one."""
    if isinstance(of, plans.InZone):
        return _in_zone(of, datatype, pen), ""
    if isinstance(of, plans.Later):
        return later(of, pen), ""
    if isinstance(of, plans.Timeframe) and of.timeframe == "raw":
        return _moment(of.of, of.datatype, pen)
    x = pen.expression(of)
    day = x if datatype in _ANY_MOMENT and _is_date(of, x) else ""
    if datatype == "date":
        x = day = day or f"CAST({x} AS DATE)"
    return pen.dialect.moments[datatype].format(x=x), day


def _is_date(of: plans.Expression, text: str) -> bool:
    """Is it cast to DATE already?"""
    if isinstance(of, plans.Timeframe):
        return of.timeframe in ("date", "week")
    return _CAST_TO_DATE.fullmatch(text) is not None


def _in_zone(of: plans.InZone, datatype: str, pen: Pen) -> str:
    return pen.dialect.in_zone.format(
        x=_moment(of.of, datatype, pen)[0],
        from_zone=literals.text(of.database_zone, pen.dialect),
        to_zone=literals.text(of.zone, pen.dialect),
    )


def _bucket(moment: Moment, unit: str, n: int) -> Cut:
    key = moment.dialect.bucket.format(x=moment.x, n=n, unit=unit)
    return _formatted(moment, key, "millisecond" if unit == "millisecond" else "second")


def _formatted(moment: Moment, key: str, form: str) -> Cut:
    dialect = moment.dialect
    return Cut(key, dialect.formatted.format(x="{k}", format=dialect.formats[form]))


def _truncated(unit: str, form: str = "") -> Callable[[Moment], Cut]:
    def cut(moment: Moment) -> Cut:
        key = moment.dialect.truncated.format(x=moment.x, unit=unit)
        return _formatted(moment, key, form or unit)

    return cut


def _part(part: str) -> Callable[[Moment], Cut]:
    return lambda moment: Cut(moment.dialect.part.format(x=moment.x, part=part))


def _named(form: str) -> Callable[[Moment], Cut]:
    """A text that stands for no instant, such as a weekday's name: grouped as it is shown."""
    return lambda moment: Cut(_formatted(moment, moment.x, form).text)


def _date(moment: Moment) -> Cut:
    return Cut(moment.day or f"CAST({moment.x} AS DATE)")


def _week(moment: Moment) -> Cut:
    return Cut(f"CAST({_start(moment, 'week')} AS DATE)")


def _start(moment: Moment, timeframe: str) -> str:
    """The first instant of the day, week, month, quarter or year, where need be a fiscal one."""
    dialect, unit = moment.dialect, timeframe.removeprefix("fiscal_")
    if timeframe == "week":
        n, units = moment.week_start_day, "days"
    else:
        n, units = moment.fiscal_month_offset if unit != timeframe else 0, "months"
    x = dialect.shifted.format(x=moment.x, n=-n, unit=units) if n else moment.x
    start = dialect.truncated.format(x=x, unit="day" if unit == "date" else unit)
    return dialect.shifted.format(x=start, n=n, unit=units) if n else start


def _shifted(x: str, months: int, days: int, seconds: int, dialect: Dialect) -> str:
    for n, unit in ((months, "months"), (days, "days"), (seconds, "seconds")):
        x = dialect.shifted.format(x=x, n=n, unit=unit) if n else x
    return x


def _day_of_week_index(moment: Moment) -> Cut:
    """Days since the first day of the week; week_start_day says which that is, 0 is Monday."""
    weekday = moment.dialect.part.format(x=moment.x, part="ISODOW")
    return Cut(f"MOD({weekday} + {6 - moment.week_start_day}, 7)")


def _quarter(moment: Moment) -> Cut:
    key = moment.dialect.truncated.format(x=moment.x, unit="quarter")
    return Cut(key, moment.dialect.quarter.format(x="{k}"))


def _quarter_of_year(moment: Moment) -> Cut:
    key = moment.dialect.part.format(x=moment.x, part="QUARTER")
    return Cut(key, f"'Q' || CAST({{k}} AS {moment.dialect.text_type})")


def _fiscal(calendar: Callable[[Moment], Cut]) -> Callable[[Moment], Cut]:
    """The fiscal year begins `fiscal_month_offset` months late: shift back, then read the
    calendar."""

    def cut(moment: Moment) -> Cut:
        n = -moment.fiscal_month_offset
        x = moment.dialect.shifted.format(x=moment.x, n=n, unit="months") if n else moment.x
        return calendar(Moment(x, moment.dialect))

    return cut


def _fiscal_year_text(moment: Moment) -> Cut:
    key = moment.dialect.part.format(x=moment.x, part="YEAR")
    return Cut(key, f"'FY' || CAST({{k}} AS {moment.dialect.text_type})")


_CUTS: dict[str, Callable[[Moment], Cut]] = {
    "time": _truncated("second"),
    "time_of_day": _named("time_of_day"),
    "hour": _truncated("hour"),
    "hour_of_day": _part("HOUR"),
    "minute": _truncated("minute"),
    "second": _truncated("second"),
    "millisecond": _truncated("milliseconds", "millisecond"),
    "microsecond": _truncated("microseconds", "microsecond"),
    "date": _date,
    "week": _week,
    "day_of_week": _named("day_of_week"),
    "day_of_week_index": _day_of_week_index,
    "day_of_month": _part("DAY"),
    "day_of_year": _part("DOY"),
    "week_of_year": _part("WEEK"),
    "month": _truncated("month"),
    "month_num": _part("MONTH"),
    "month_name": _named("month_name"),
    "quarter": _quarter,
    "quarter_of_year": _quarter_of_year,
    "year": _part("YEAR"),
    "fiscal_month_num": _fiscal(_part("MONTH")),
    "fiscal_quarter": _fiscal(_quarter),
    "fiscal_quarter_of_year": _fiscal(_quarter_of_year),
    "fiscal_year": _fiscal(_fiscal_year_text),
}
