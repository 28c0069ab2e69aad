"""Plan: what to compute, as a tree that knows no database. The planner builds it, `compiler/sql`
writes it.

Three families: expressions (a value a row), conditions (true or false a row), and selects made of
both. What a developer wrote stays text inside `Fragment`; every value that a user gave is a
`Literal`.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from lookalike.compiler.model import JoinType
from lookalike.compiler.syntax import NOWHERE, Diagnostic, Place

# Expressions --------------------------------------------------------------------------------------


class Literal(Struct, frozen=True):
    """A value, written by `sql/literals.py` alone. Datetimes are wall-clock times of the database's
    zone."""

    value: str | int | float | Decimal | bool | date | datetime | None


class Alias(Struct, frozen=True):
    """The alias of a table in this statement: `${TABLE}`."""

    name: str


class RowKey(Struct, frozen=True):
    """The number of a row of `alias`, whose table is `Numbered`."""

    alias: str


class TableOf(Struct, frozen=True):
    """`${view.SQL_TABLE_NAME}`: the name of a common table expression, or the text of
    `sql_table_name`."""

    table: Table


class Fragment(Struct, frozen=True):
    """SQL text of a developer with holes. Consecutive parts are joined as they stand; the writer
    puts an inserted expression in parentheses unless it is plain (an alias, a literal, or
    `alias.column`)."""

    parts: tuple[str | Expression, ...]
    place: Place = NOWHERE


class Predicate(Struct, frozen=True):
    """A condition used as a value: the bare boolean."""

    condition: Condition


class YesNo(Struct, frozen=True):
    """`Yes` where the condition holds, else `No`, also for null."""

    condition: Condition


class InZone(Struct, frozen=True):
    """`of`, a timestamp of the database's zone, converted to the zone of the question."""

    of: Expression
    database_zone: str
    zone: str


class Later(Struct, frozen=True):
    """`of`, a point in time, as if it were that much later. Of a month that is too short for the
    day, it is the last day."""

    of: Expression
    months: int
    days: int
    datatype: str


class Timeframe(Struct, frozen=True):
    """`of`, cut to a timeframe and formatted as Looker shows it. `datatype` tells what the column
    holds.

    Rule: LookML reference, dimension_group, table of timeframes.
    """

    of: Expression
    timeframe: str
    datatype: str
    week_start_day: int = 0
    fiscal_month_offset: int = 0


class Duration(Struct, frozen=True):
    """Complete intervals from `start` to `end`, floored to an integer."""

    start: Expression
    end: Expression
    interval: str
    datatype: str


class Tier(Struct, frozen=True):
    """The label of the bucket. `bounds` are numbers as written. With `sorting`, the helper that
    orders them."""

    of: Expression
    bounds: tuple[str, ...]
    style: str
    sorting: bool = False


class Cases(Struct, frozen=True):
    """`case:` the label of the first condition that holds. With `sorting`, its position as text."""

    whens: tuple[tuple[Condition, str], ...]
    otherwise: str | None = None
    sorting: bool = False


class Location(Struct, frozen=True):
    """`latitude,longitude` as text; null when either is."""

    latitude: Expression
    longitude: Expression


class Distance(Struct, frozen=True):
    """How far two points of the globe are from each other; null when either is. `units` is one of
    feet, kilometers, meters, miles, nautical_miles, yards."""

    start: Location
    end: Location
    units: str


class Call(Struct, frozen=True):
    """An operator or function of Looker's expression language: `+`, `concat`, `if`, `coalesce` …"""

    name: str
    arguments: tuple[Expression, ...]


class RelativeChange(Struct, frozen=True):
    """What `now` is more than `then`, as a share of that; null where that is null or zero."""

    now: Expression
    then: Expression


class ColumnOf(Struct, frozen=True):
    """A column of a common table expression of this plan."""

    table: str
    name: str


class Aggregate(Struct, frozen=True):
    """One aggregate. `kind` is a measure type of `model.AGGREGATES`.

    `of` is None for a count of rows. Rows count only where `where` holds (None: all). With `key`
    set, each distinct value of `key` counts once and rows whose key is null never count: the way
    out of a fan-out, and the meaning of the `_distinct` types (whose `kind` is then the plain one).
    `fraction` is 0 to 1, for percentile.
    """

    kind: str
    of: Expression | None = None
    where: Condition | None = None
    key: Expression | None = None
    fraction: float = 0.5
    precision: int | None = None


Expression: TypeAlias = (
    Literal
    | Alias
    | RowKey
    | TableOf
    | Fragment
    | Predicate
    | YesNo
    | InZone
    | Later
    | Timeframe
    | Duration
    | Tier
    | Cases
    | Location
    | Distance
    | Call
    | RelativeChange
    | ColumnOf
    | Aggregate
)

# Conditions ---------------------------------------------------------------------------------------


class Compare(Struct, frozen=True):
    """`operator` is one of `=`, `<>`, `<`, `<=`, `>`, `>=`."""

    left: Expression
    operator: str
    right: Expression
    case_sensitive: bool = True


class IsIn(Struct, frozen=True):
    """One of at least two literals."""

    left: Expression
    values: tuple[Literal, ...]
    case_sensitive: bool = True


class Like(Struct, frozen=True):
    """`pattern` in SQL's notation with a backslash as escape."""

    left: Expression
    pattern: str
    case_sensitive: bool = True


class IsNull(Struct, frozen=True):
    left: Expression


class Same(Struct, frozen=True):
    """Equal, or both null."""

    left: Expression
    right: Expression


class SoFar(Struct, frozen=True):
    """`of`, a point in time, lies in the first part of its timeframe: before `months`, `days` and
    `seconds` of it are over."""

    of: Expression
    timeframe: str
    datatype: str
    months: int
    days: int
    seconds: int
    week_start_day: int = 0
    fiscal_month_offset: int = 0


class SameDay(Struct, frozen=True):
    """`of`, a point in time, has the same day of the month as what is `months` later: not where
    that month is too short."""

    of: Expression
    datatype: str
    months: int


class IsBlank(Struct, frozen=True):
    """Null or a text of no length."""

    left: Expression


class Not(Struct, frozen=True):
    """Not the condition, and null counts as not: rows where `of` is unknown pass."""

    of: Condition


class All(Struct, frozen=True):
    """Every one; none at all is true."""

    of: tuple[Condition, ...]


class AnyOf(Struct, frozen=True):
    """At least one; none at all is false."""

    of: tuple[Condition, ...]


class Holds(Struct, frozen=True):
    """A boolean expression: SQL of a developer, or a literal."""

    of: Expression


Condition: TypeAlias = (
    Compare | IsIn | Like | IsNull | Same | SameDay | SoFar | IsBlank | Not | All | AnyOf | Holds
)

# Selects ------------------------------------------------------------------------------------------


class NamedTable(Struct, frozen=True):
    """`sql_table_name` as an expression."""

    text: Expression


class CteTable(Struct, frozen=True):
    """A common table expression of this plan."""

    name: str


Table: TypeAlias = NamedTable | CteTable


class Numbered(Struct, frozen=True):
    """`table` with a number in each row, its `RowKey`. A number tells the rows of one SELECT apart
    and means nothing beyond it.

    Rule: LookML reference, `autogenerate_primary_keys`.
    """

    table: Table


Source: TypeAlias = Table | Numbered
"""What stands in FROM."""


class Role(StrEnum):
    """What a column is in the answer."""

    DIMENSION = "dimension"
    MEASURE = "measure"
    BEHIND = "behind"  # what a template of another column shows; the last columns
    HELPER = "helper"  # feeds ORDER BY; becomes `sort_value` of the column after it


class Column(Struct, frozen=True):
    """One column. `field` is the full name; a helper has the name of its field with `__sort_`
    behind it."""

    field: str
    expression: Expression
    role: Role


class JoinStep(Struct, frozen=True):
    """One joined table, in the order of FROM. `text` is a legacy complete join text."""

    alias: str
    table: Source
    type: JoinType = JoinType.LEFT_OUTER
    on: Condition | None = None
    text: Expression | None = None


class Order(Struct, frozen=True):
    """`column` is an index into the select's columns, or an expression that is not selected."""

    column: int | Expression
    descending: bool = False


class Select(Struct, frozen=True, kw_only=True):
    """One SELECT. `group` says whether dimensions are grouped; `limit` None means all rows."""

    columns: tuple[Column, ...]
    base_alias: str
    base: Source
    joins: tuple[JoinStep, ...] = ()
    where: tuple[Condition, ...] = ()
    having: tuple[Condition, ...] = ()
    group: bool = True
    order: tuple[Order, ...] = ()
    limit: int | None = None


class Derived(Struct, frozen=True):
    """A select as a table whose columns are named by `names`, with `derived_column`s computed over
    it."""

    select: Select
    names: tuple[str, ...]
    derived: tuple[tuple[str, Expression], ...] = ()


class Cte(Struct, frozen=True):
    """A common table expression: SQL of a developer, or a select."""

    name: str
    body: Expression | Derived


class Plan(Struct, frozen=True, kw_only=True):
    """`ctes` come in an order in which each uses only those before it. `zone` is the zone the
    answer is shown in, `limit` the most rows that it has (None: all): that of `main` is one more
    where shares of a total are shown, which are unknown if the limit leaves rows out."""

    ctes: tuple[Cte, ...] = ()
    main: Select
    filters: tuple[tuple[str, str], ...] = ()  # those applied, with defaults
    zone: str = "UTC"
    limit: int | None = None


class Planned(Struct, frozen=True):
    """`plan` is None exactly when a diagnostic is an error."""

    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...] = ()
