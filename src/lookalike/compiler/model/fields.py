"""Fields: what a view offers to a question. All text is as written after constants; Liquid and
`${}` are unresolved.

A field knows the view that declares it, not the alias under which an explore uses that view. Rule:
LookML reference, "Field parameters".
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from lookalike.compiler.model.periods import PeriodComparison
from lookalike.compiler.syntax import NOWHERE, Place


class Sql(Struct, frozen=True, gc=False):
    """SQL text of a developer and where it stands. Leading and trailing blanks are cut."""

    text: str
    place: Place = NOWHERE


class Link(Struct, frozen=True, gc=False):
    label: str
    url: str
    icon_url: str = ""


class AllowedValue(Struct, frozen=True):
    """One choice of a parameter."""

    value: str
    label: str = ""


class When(Struct, frozen=True):
    """One arm of `case`."""

    condition: Sql
    label: str


class Case(Struct, frozen=True):
    whens: tuple[When, ...]
    otherwise: str | None = None


class _Field(Struct, frozen=True, kw_only=True, gc=False):
    """What all four kinds share."""

    name: str  # bare: "created_date"
    view: str  # the view that declares it, after inheritance
    place: Place
    type: str  # as written or by default; members of groups: "date_month", "duration_day"
    sql: Sql | None = None
    label: str = ""  # the short label, written or humanised: "Created Date"
    view_label: str = ""  # written only
    group_label: str = ""  # written, or implicit for members of a dimension group
    group_item_label: str = ""
    description: str = ""
    hidden: bool = False
    alias: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    required_access_grants: tuple[str, ...] = ()
    suggestable: bool | None = None
    suggestions: tuple[str, ...] = ()
    suggest_dimension: str = ""
    suggest_explore: str = ""
    default_value: str | None = None
    case_sensitive: bool | None = None


class _Column(_Field, frozen=True, kw_only=True):
    """What can stand in a SELECT."""

    html: Sql | None = None
    links: tuple[Link, ...] = ()
    drill_fields: tuple[str, ...] = ()  # as written
    value_format: str | None = None  # an Excel mask: written, or that of the named format
    value_format_name: str | None = None
    strict_value_format: bool = False
    can_filter: bool = True
    required_fields: tuple[str, ...] = ()
    order_by_field: str = ""
    datatype: str = "datetime"  # epoch, timestamp, datetime, date, yyyymmdd
    convert_tz: bool = True
    label_from_parameter: str = ""


class Dimension(_Column, frozen=True, kw_only=True, tag_field="kind", tag="dimension"):
    """A dimension, or one member of a dimension group.

    A member of a time group has `group` and `timeframe` ("raw", "date", "minute15" …) and `sql` of
    the group. A member of a duration group has `group` and `interval` ("day" …), `sql_start` and
    `sql_end`. A dimension of a date type written alone has `timeframe` and no `group`.
    """

    primary_key: bool = False
    group: str = ""
    timeframe: str = ""
    interval: str = ""
    sql_start: Sql | None = None
    sql_end: Sql | None = None
    case: Case | None = None
    tiers: tuple[str, ...] = ()  # numbers as written
    style: str = "classic"
    latitude: Sql | None = None
    longitude: Sql | None = None
    start_location: str = ""  # of a distance: fields as written
    end_location: str = ""
    units: str = "miles"
    alpha_sort: bool = False
    allow_fill: bool = True
    map_layer_name: str = ""
    skip_drill_filter: bool = False


class Measure(_Column, frozen=True, kw_only=True, tag_field="kind", tag="measure"):
    """`filters` holds (field as written, filter expression); all of them must hold."""

    filters: tuple[tuple[str, str], ...] = ()
    sql_distinct_key: Sql | None = None
    list_field: str = ""
    percentile: float | None = None
    precision: int | None = None
    direction: str = ""
    approximate: bool = False
    comparison: PeriodComparison | None = None

    @property
    def may_be_number(self) -> bool:
        """Whether its value may be a number: of a least or largest one that is not known."""
        return self.type not in _NO_NUMBERS and not self.type.startswith("date")

    @property
    def is_over_rows(self) -> bool:
        """Whether it is computed on the rows of an answer. Its `sql` is what it is made of."""
        return self.type in _OVER_ROWS

    @property
    def is_of_answer(self) -> bool:
        """Whether it is computed on an answer: it can be shown, and sorted by. Nothing is filtered
        by it and no SQL refers to it, but a native derived table may hold one that compares
        periods."""
        return self.is_over_rows or self.comparison is not None


class FilterField(_Field, frozen=True, kw_only=True, tag_field="kind", tag="filter"):
    """A field that is only filtered on. With `sql`, that condition joins WHERE when the filter has
    a value."""

    datatype: str = "datetime"
    convert_tz: bool = True


class Parameter(_Field, frozen=True, kw_only=True, tag_field="kind", tag="parameter"):
    """A value that the asker chooses and Liquid reads. Types: string, number, date, date_time,
    yesno, unquoted."""

    allowed_values: tuple[AllowedValue, ...] = ()


Field: TypeAlias = Dimension | Measure | FilterField | Parameter

AGGREGATES = frozenset(
    {
        "count", "count_distinct", "sum", "sum_distinct", "average", "average_distinct", "median",
        "median_distinct", "percentile", "percentile_distinct", "min", "max", "list",
    }
)  # fmt: skip
"""Measure types that aggregate dimensions. Only these take `filters`; they may not reference
measures."""

OF_ANSWER = "is computed on an answer; use what it is made of"
"""What to say of a measure that `is_of_answer`, where a value of rows or groups is wanted."""

_NO_NUMBERS = frozenset({"list", "string", "yesno"})
_OVER_ROWS = frozenset({"running_total", "percent_of_total", "percent_of_previous"})
