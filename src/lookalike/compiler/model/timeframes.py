"""Timeframes: a dimension group becomes its dimensions, one a timeframe or interval.

In: a group and what its members share. Out: the members by their names, `created_date` or
`days_since_signup`. Rule: LookML reference, `dimension_group`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from lookalike.compiler.model.fields import Dimension, Sql
from lookalike.compiler.model.findings import Findings, did_you_mean, quote
from lookalike.compiler.model.written import Declaration
from lookalike.compiler.syntax import Code


class Timeframe(Struct, frozen=True):
    """`words` ends the label of a member. A bucket of time has a `unit` and a `count` (minute15: 15
    minutes); what recurs, such as `day_of_week`, has none."""

    words: str
    unit: str = ""
    count: int = 0
    is_fiscal: bool = False


def _buckets(unit: str, counts: str) -> dict[str, Timeframe]:
    return {
        f"{unit}{count}": Timeframe(f"{unit.capitalize()}{count}", unit, int(count))
        for count in counts.split()
    }


TIMEFRAMES: Mapping[str, Timeframe] = {
    "raw": Timeframe("Raw"),
    "yesno": Timeframe(""),
    "time": Timeframe("Time", "second", 1),
    "time_of_day": Timeframe("Time of Day"),
    "microsecond": Timeframe("Microsecond", "microsecond", 1),
    "millisecond": Timeframe("Millisecond", "millisecond", 1),
    **_buckets("millisecond", "2 4 5 8 10 20 25 40 50 100 125 200 250 500"),
    "second": Timeframe("Second", "second", 1),
    "minute": Timeframe("Minute", "minute", 1),
    **_buckets("minute", "2 3 4 5 6 10 12 15 20 30"),
    "hour": Timeframe("Hour", "hour", 1),
    **_buckets("hour", "2 3 4 6 8 12"),
    "hour_of_day": Timeframe("Hour of Day"),
    "date": Timeframe("Date", "day", 1),
    "day_of_week": Timeframe("Day of Week"),
    "day_of_week_index": Timeframe("Day of Week Index"),
    "day_of_month": Timeframe("Day of Month"),
    "day_of_year": Timeframe("Day of Year"),
    "week": Timeframe("Week", "week", 1),
    "week_of_year": Timeframe("Week of Year"),
    "month": Timeframe("Month", "month", 1),
    "month_name": Timeframe("Month Name"),
    "month_num": Timeframe("Month Num"),
    "quarter": Timeframe("Quarter", "quarter", 1),
    "quarter_of_year": Timeframe("Quarter of Year"),
    "year": Timeframe("Year", "year", 1),
    "fiscal_month_num": Timeframe("Fiscal Month Num", is_fiscal=True),
    "fiscal_quarter": Timeframe("Fiscal Quarter", "quarter", 1, True),
    "fiscal_quarter_of_year": Timeframe("Fiscal Quarter of Year", is_fiscal=True),
    "fiscal_year": Timeframe("Fiscal Year", "year", 1, True),
}

INTERVALS = ("second", "minute", "hour", "day", "week", "month", "quarter", "year")

_NEVER_BY_DEFAULT = frozenset(("yesno",))
"""`yesno` has the bare name of the group, which a dimension of the same name may well have."""


DURATION_NEEDS = "a duration needs both `sql_start` and `sql_end`"


def members(
    group: Declaration, values: dict[str, Any], has_fiscal: bool, findings: Findings
) -> Sequence[Dimension]:
    """The dimensions of a group. `values` are what its members share, by attribute; they are used
    up."""
    timeframes = values.pop("timeframes", None)
    intervals = values.pop("intervals", INTERVALS)
    primary = values.pop("primary_key", False)
    type_ = group.text("type", "time")
    if type_ == "duration":
        return _durations(group, values, intervals, findings)
    if type_ == "custom_calendar":
        message = "dimension groups of type `custom_calendar` are not computed yet"
        findings.error(Code.NOT_SUPPORTED, message, group.place_of("type"))
        return ()
    if type_ != "time":
        message = f"a dimension group can't be of type {quote(type_)}; write `time` or `duration`"
        findings.error(Code.INVALID_VALUE, message, group.place_of("type"))
    if timeframes is None:
        timeframes = _default_timeframes(has_fiscal)
    known = _known(timeframes, TIMEFRAMES, "timeframes", group, findings)
    if not has_fiscal and any(TIMEFRAMES[name].is_fiscal for name in known):
        message = "fiscal timeframes need `fiscal_month_offset` in the model; January is assumed"
        findings.warning(Code.INVALID_VALUE, message, group.place_of("timeframes"))
    return _times(group, values, known, primary)


def _times(
    group: Declaration, values: dict[str, Any], names: Sequence[str], primary: bool
) -> Sequence[Dimension]:
    values.setdefault("sql", Sql("${TABLE}." + group.name, values["place"]))
    label, written = values.pop("label"), values.pop("group_item_label", "")
    implicit = "group_label" not in values
    values.setdefault("group_label", f"{label} Date")
    key = ("raw" if "raw" in names else names[0]) if primary and names else ""
    values["group"] = group.name
    olds = values.pop("alias", ())
    built: list[Dimension] = []
    for name in names:
        words = TIMEFRAMES[name].words
        is_bare = name == "yesno"
        values["name"] = group.name if is_bare else f"{group.name}_{name}"
        values["alias"] = olds if is_bare else tuple(f"{old}_{name}" for old in olds)
        values["type"] = "yesno" if is_bare else f"date_{name}"
        values["timeframe"] = name
        values["label"] = f"{label} {words}" if words else label
        # The members of an implicit group label show the timeframe alone.
        item = f"{written} {words}".strip() if written else ""
        values["group_item_label"] = item or (words if implicit else "")
        built.append(Dimension(primary_key=name == key, **values))
    return built


def _durations(
    group: Declaration, values: dict[str, Any], names: Sequence[str], findings: Findings
) -> Sequence[Dimension]:
    if "sql_start" not in values or "sql_end" not in values:
        findings.error(Code.MISSING_SQL, DURATION_NEEDS, group.place)
    label, written = values.pop("label"), values.pop("group_item_label", "")
    implicit = "group_label" not in values
    values.setdefault("group_label", f"Duration {label}")
    values["group"] = group.name
    olds = values.pop("alias", ())
    built: list[Dimension] = []
    for interval in _known(names, INTERVALS, "intervals", group, findings):
        words = f"{interval.capitalize()}s"
        values["name"] = f"{interval}s_{group.name}"
        values["alias"] = tuple(_aged(old, interval) for old in olds)
        values["type"] = f"duration_{interval}"
        values["interval"] = interval
        values["label"] = f"{words} {label}"
        item = f"{words} {written}" if written else ""
        values["group_item_label"] = item or (words if implicit else "")
        built.append(Dimension(**values))
    return built


def _aged(group: str, interval: str) -> str:
    """The member of a duration group under an older name of the group, which may be qualified."""
    view, dot, name = group.rpartition(".")
    return f"{view}{dot}{interval}s_{name}"


def _known(
    written: Sequence[str],
    known: Collection[str],
    key: str,
    group: Declaration,
    findings: Findings,
) -> Sequence[str]:
    """What is written, each once, without what does not exist: that makes no member, and spoils no
    other."""
    field = findings.field
    for name in written:
        if name not in known:
            findings.field = f"{field}_{name}"
            message = f"unknown {key.removesuffix('s')} {quote(name)}{did_you_mean(name, known)}"
            findings.error(Code.INVALID_VALUE, message, group.place_in(key, name))
    findings.field = field
    return [name for name in dict.fromkeys(written) if name in known]


@cache
def _default_timeframes(has_fiscal: bool) -> tuple[str, ...]:
    """What a time group without `timeframes` offers. Fiscal ones need `fiscal_month_offset` in the
    model."""
    return tuple(
        name
        for name, timeframe in TIMEFRAMES.items()
        if name not in _NEVER_BY_DEFAULT and (has_fiscal or not timeframe.is_fiscal)
    )


def possible_members(group: str) -> Iterator[str]:
    """The names that members of a group of that name have."""
    yield from (f"{group}_{timeframe}" for timeframe in TIMEFRAMES)
    yield from (f"{interval}s_{group}" for interval in INTERVALS)


def timeframe_of(type_: str) -> str:
    """The timeframe of a lone dimension of a date type, empty for any other type."""
    if type_ == "date":
        return "date"
    if type_ == "date_time":
        return "time"
    named = type_.removeprefix("date_")
    return named if named != type_ and named in TIMEFRAMES else ""


def interval_of(type_: str) -> str:
    """The interval of a lone dimension of a duration type, empty for any other type."""
    named = type_.removeprefix("duration_")
    return named if named != type_ and named in INTERVALS else ""
