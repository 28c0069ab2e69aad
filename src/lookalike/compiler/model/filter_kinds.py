"""Filter kinds: which grammar reads the filter on a field, and whether it can read a text."""

from __future__ import annotations

from functools import lru_cache

from lookalike.compiler import syntax
from lookalike.compiler.model.fields import OF_ANSWER, Dimension, Field, Measure, Parameter

filters = syntax.filter_expressions


def filter_kind(field: Field) -> filters.FilterKind:
    """The grammar for `field`. Rule: Looker filter expressions, by type of the field."""
    if isinstance(field, Dimension):
        return _of_dimension(field)
    if isinstance(field, Measure) and field.type not in _MEASURES:
        return filters.FilterKind.DATE if is_date_type(field.type) else filters.FilterKind.NUMBER
    return _TYPES.get(field.type, filters.FilterKind.STRING)


def unreadable(text: str, field: Field) -> str:
    """Why `text` is no filter on `field`; empty if it is one, or if that is known only once its
    Liquid is rendered."""
    if isinstance(field, Measure) and field.is_of_answer and text.strip():
        return f"`{field.name}` {OF_ANSWER}"
    if isinstance(field, Parameter) or syntax.liquid.has_liquid(text):
        return ""
    found = _read(text, filter_kind(field))
    return found.message if isinstance(found, filters.FilterError) else ""


_read = lru_cache(maxsize=4096)(filters.read)


def is_date_type(type_: str) -> bool:
    """A type that shows a moment or a day: `date`, `date_time`, `date_month` …"""
    return type_ == "date" or type_.startswith("date_")


_TYPES = {
    "number": filters.FilterKind.NUMBER,
    "distance": filters.FilterKind.NUMBER,
    "date": filters.FilterKind.DATE,
    "date_time": filters.FilterKind.DATE,
    "yesno": filters.FilterKind.YESNO,
    "tier": filters.FilterKind.TIER,
    "bin": filters.FilterKind.TIER,
    "location": filters.FilterKind.LOCATION,
}
_MEASURES = frozenset({"string", "list", "yesno"})
_NUMBERED = frozenset(
    {
        "hour_of_day", "day_of_week_index", "day_of_month", "day_of_year", "week_of_year",
        "month_num", "fiscal_month_num",
    }
)  # fmt: skip
_NAMED = frozenset(
    {"time_of_day", "day_of_week", "month_name", "quarter_of_year", "fiscal_quarter_of_year"}
)


def _of_dimension(field: Dimension) -> filters.FilterKind:
    if field.case is not None:
        return filters.FilterKind.STRING
    if field.interval:
        return filters.FilterKind.NUMBER
    if not field.timeframe:
        return _TYPES.get(field.type, filters.FilterKind.STRING)
    if field.timeframe == "yesno":
        return filters.FilterKind.YESNO
    if field.timeframe in _NUMBERED:
        return filters.FilterKind.NUMBER
    return filters.FilterKind.STRING if field.timeframe in _NAMED else filters.FilterKind.DATE
