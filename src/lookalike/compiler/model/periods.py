"""Periods: what a measure of type `period_over_period` compares, and beside which timeframes it can
stand.

Rule: Looker documentation, "Period-over-period measures".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

_SIZES: Mapping[str, int] = {
    "date": 0,
    "week": 1,
    "month": 2,
    "quarter": 3,
    "fiscal_quarter": 3,
    "year": 4,
    "fiscal_year": 4,
}
"""Timeframes of which each value is one stretch of time, of a day or more, in the order of their
lengths. They are the periods, too."""
_MONTHS = {"month": 1, "quarter": 3, "fiscal_quarter": 3, "year": 12, "fiscal_year": 12}
_DAYS = {"date": 1, "week": 7}
_CYCLES: Mapping[str, str] = {
    **dict.fromkeys(("hour_of_day", "time_of_day"), "date"),
    **dict.fromkeys(("day_of_week", "day_of_week_index"), "week"),
    "day_of_month": "month",
    **dict.fromkeys(
        (
            "day_of_year",
            "week_of_year",
            "month_num",
            "month_name",
            "quarter_of_year",
            "fiscal_month_num",
            "fiscal_quarter_of_year",
        ),
        "year",
    ),
}
"""Timeframes that come again, and after which stretch."""
_FISCAL = "fiscal_"


class PeriodComparison(Struct, frozen=True, kw_only=True, gc=False):
    """What a measure of type `period_over_period` compares. Names of fields as written."""

    based_on: str = ""
    based_on_time: str = ""
    period: str = ""
    kind: str = ""
    value_to_date: bool = False

    @property
    def months(self) -> int:
        """How far it looks back, beside `days`."""
        return _MONTHS.get(self.period, 0)

    @property
    def days(self) -> int:
        """How far it looks back, beside `months`: weeks and days have no months."""
        return _DAYS.get(self.period, 0)

    @property
    def shows_change(self) -> bool:
        """Whether it shows how a value has changed, and not what it was."""
        return self.kind in ("difference", "relative_change")

    def misfit(self, timeframe: str) -> str:
        """Why it can't stand beside `timeframe`, as the end of a sentence; empty if it can."""
        if timeframe in _CYCLES or timeframe == "yesno":
            return ""
        if timeframe not in _SIZES:
            return f"`{timeframe}` is finer than a day"
        if timeframe == "week" and self.period not in _DAYS:
            return f"weeks don't end where a {self.words} does"
        if timeframe == "week":
            return ""
        if timeframe != "date" and _is_fiscal(timeframe) != _is_fiscal(self.period):
            return f"`{timeframe}` and `{self.period}` are of different calendars"
        if _SIZES[timeframe] > _SIZES[self.period]:
            return f"a {_words(timeframe)} is longer than a {self.words}"
        return ""

    def fits(self, timeframe: str) -> bool:
        """Whether `timeframe` tells what is compared with what."""
        return timeframe in _SIZES and not self.misfit(timeframe)

    def recurs(self, timeframe: str) -> bool:
        """Whether all values of `timeframe` come again within the period."""
        cycle = _CYCLES.get(timeframe)
        return cycle is not None and _SIZES[cycle] <= _SIZES[self.period]

    @property
    def words(self) -> str:
        """The period as people say it: "day", "fiscal year"."""
        return _words(self.period)


def finest_timeframe(timeframes: Iterable[str]) -> str:
    """The shortest of those that are stretches of time; empty if none is."""
    return min(
        (each for each in timeframes if each in _SIZES),
        key=lambda each: _SIZES[each],
        default="",
    )


def _is_fiscal(timeframe: str) -> bool:
    return timeframe.startswith(_FISCAL)


def _words(timeframe: str) -> str:
    return "day" if timeframe == "date" else timeframe.replace("_", " ")
