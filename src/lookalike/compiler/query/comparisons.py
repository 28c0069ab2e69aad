"""Comparisons: measures of type `period_over_period`. The question is asked twice, the second time
of an earlier time, and the answers are laid side by side.

In: a question, and its SELECT in which such measures hold what they compare. Out: which earlier
times there are, and the SELECT that compares.
Rule: Looker documentation, "Period-over-period measures".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler.model import (
    Dimension,
    Explore,
    Measure,
    PeriodComparison,
    finest_timeframe,
)
from lookalike.compiler.query import dimensions
from lookalike.compiler.query.conditions import all_of
from lookalike.compiler.query.derived import Ctes
from lookalike.compiler.query.intervals import Period, position
from lookalike.compiler.query.moves import Move
from lookalike.compiler.query.plans import (
    Aggregate,
    Call,
    Column,
    ColumnOf,
    Compare,
    Condition,
    CteTable,
    Derived,
    Expression,
    JoinStep,
    Order,
    RelativeChange,
    Role,
    Same,
    SameDay,
    Select,
    SoFar,
)
from lookalike.compiler.query.references import References
from lookalike.compiler.syntax import Code


class Comparison(Struct, frozen=True, kw_only=True):
    """What one measure compares, as it was `asked`: `base` with what that was a period before.
    Only the rows that meet `limit` count, and of the earlier ones those that meet `days`."""

    asked: PeriodComparison
    base: str
    move: Move
    limit: Condition | None
    days: Condition | None

    @property
    def column(self) -> str:
        """What holds the value in each of the SELECTs that are compared."""
        return self.base if self.limit is None else f"{self.base}{_TO_DATE}"


def find(references: References) -> Mapping[str, Comparison]:
    """The measures of a question that compare periods, by their full names. What is wrong with one
    is reported."""
    found: dict[str, Comparison] = {}
    moves: set[Move] = set()
    for name in (*references.resolved.measures, *references.resolved.behind):
        field = references.explore.references[name]
        comparison = _comparison(name, field, references) if isinstance(field, Measure) else None
        if comparison is None:
            continue
        found[name] = comparison
        moves.add(comparison.move)
        if len(moves) > MOST_MOVES:
            many = f"is one too many: a question compares with at most {MOST_MOVES} times"
            _refuse(name, many, references)
            break
    return found


def compared(
    select: Select,
    earlier: Mapping[Move, Select],
    comparisons: Mapping[str, Comparison],
    references: References,
    ctes: Ctes,
) -> Select:
    """`select` side by side with the `earlier` ones, which have the same columns."""
    tables = _Tables(references.explore, ctes)
    present = tables.add(_PRESENT, _present(select, comparisons))
    pasts: dict[Move, str] = {}
    steps: list[JoinStep] = []
    for move, other in earlier.items():
        own = {name: each for name, each in comparisons.items() if each.move == move}
        past = _past(other, own, references)
        words = next(iter(own.values())).asked.words.replace(" ", "_")
        pasts[move] = name = tables.add(f"{words}_before", past)
        groups = (each for each in past.columns if _is_group(each, references))
        on = all_of(_meets(each, move, present, name) for each in groups)
        steps.append(JoinStep(name, CteTable(name), on=on))
    return Select(
        columns=tuple(_shown(each, comparisons, present, pasts) for each in select.columns),
        base_alias=present,
        base=CteTable(present),
        joins=tuple(steps),
        group=False,
        order=tuple(_order(select.order, present)),
        limit=select.limit,
    )


MOST_MOVES = 20
"""How many earlier times a question compares with."""

_TO_DATE = " to date"
_PRESENT = "this_period"
_ORDER = " order "


# Finding ----------------------------------------------------------------------------------------


def _comparison(name: str, field: Measure, references: References) -> Comparison | None:
    asked = field.comparison
    if asked is None or name in references.broken:
        return None  # a mistake is told where the value is taken
    alias = name.partition(".")[0]
    time = references.full_name(asked.based_on_time, alias)
    dimension = references.explore.references.get(time)
    if not isinstance(dimension, Dimension):
        _refuse(name, f"is based on the time `{time}`, which is not in this explore", references)
        return None
    timeframes = dict(_timeframes(time, dimension, references))
    selected = {each: timeframes[each] for each in _groups(references) if each in timeframes}
    for each, timeframe in selected.items():
        reason = asked.misfit(timeframe)
        if reason:
            _refuse(name, f"can't stand beside `{each}`: {reason}; leave one out", references)
            return None
    shortest = finest_timeframe(selected.values())
    if not shortest:
        fitting = (each for each, timeframe in timeframes.items() if asked.fits(timeframe))
        offered = [f"`{each}`" for each in fitting if each in references.explore.fields]
        advice = f"select {' or '.join(offered)}" if offered else "give its time a `date`"
        needs = f"needs a time to compare with a {asked.words} before"
        _refuse(name, f"{needs}; {advice}", references)
        return None
    moved = (
        each
        for each, timeframe in timeframes.items()
        if timeframe != "yesno" and (shortest == "date" or not asked.recurs(timeframe))
    )
    return Comparison(
        asked=asked,
        base=references.full_name(asked.based_on, alias),
        move=Move(frozenset(moved), Period(asked.months, asked.days)),
        limit=_so_far(shortest, time, dimension, references) if asked.value_to_date else None,
        days=_same_day(asked.months, time, dimension, references) if shortest == "date" else None,
    )


def _timeframes(
    time: str, dimension: Dimension, references: References
) -> Iterable[tuple[str, str]]:
    """The dimensions that show the same time, each with its timeframe."""
    if not dimension.group:
        yield time, dimension.timeframe
        return
    alias, group = time.partition(".")[0], dimension.group
    for name, field in references.explore.references.items():
        is_of_view = name.partition(".")[0] == alias
        if is_of_view and isinstance(field, Dimension) and field.group == group:
            yield name, field.timeframe


def _groups(references: References) -> Iterable[str]:
    """The dimensions that make the rows of the answer."""
    resolved, fields = references.resolved, references.explore.references
    yield from resolved.dimensions
    yield from (name for name in resolved.behind if isinstance(fields[name], Dimension))


def _refuse(name: str, message: str, references: References) -> None:
    place = references.explore.references[name].place
    references.report.error(Code.INVALID_COMPARISON, f"`{name}` {message}", name, place)


def _so_far(timeframe: str, name: str, field: Dimension, references: References) -> Condition:
    """The part of each `timeframe` of the time `field` that is over of the present one."""
    calendar = references.calendar
    months, days, seconds = position(timeframe, calendar)
    return SoFar(
        _moment(name, field, references),
        timeframe,
        field.datatype,
        months,
        days,
        seconds,
        calendar.week_start_day,
        calendar.fiscal_month_offset,
    )


def _same_day(months: int, name: str, field: Dimension, references: References) -> Condition | None:
    """Days that the later month does not have are compared with none of its days."""
    if not months:
        return None
    return SameDay(_moment(name, field, references), field.datatype, months)


def _moment(name: str, field: Dimension, references: References) -> Expression:
    column = dimensions.column(field, name.partition(".")[0], references)
    return dimensions.in_zone(column, field, references.calendar)


# Comparing --------------------------------------------------------------------------------------


def _present(select: Select, comparisons: Mapping[str, Comparison]) -> Select:
    """The SELECT of the present. Of a measure that shows nothing but the past there is none."""
    columns: dict[str, Column] = {}
    for column in select.columns:
        comparison = comparisons.get(column.field)
        if comparison is None:
            columns.setdefault(column.field, column)
        elif comparison.asked.shows_change:
            measured = _measured(column, comparison)
            columns.setdefault(measured.field, measured)
    for n, order in enumerate(select.order):
        if not isinstance(order.column, int):
            columns[f"{_ORDER}{n}"] = Column(f"{_ORDER}{n}", order.column, Role.MEASURE)
    return replace(select, columns=tuple(columns.values()), order=(), limit=None)


def _past(select: Select, comparisons: Mapping[str, Comparison], references: References) -> Select:
    """The SELECT of an earlier time, for those that compare with it. Which groups are shown is
    decided by the present."""
    columns: dict[str, Column] = {}
    for column in select.columns:
        comparison = comparisons.get(column.field)
        if comparison is not None:
            measured = _measured(column, comparison)
            columns.setdefault(measured.field, measured)
        elif _is_group(column, references):
            columns[column.field] = column
    days = dict.fromkeys(each.days for each in comparisons.values() if each.days is not None)
    where = (*select.where, *days)
    return replace(
        select, columns=tuple(columns.values()), where=where, having=(), order=(), limit=None
    )


def _is_group(column: Column, references: References) -> bool:
    field = references.explore.references.get(column.field)
    return column.role is Role.HELPER or isinstance(field, Dimension)


def _measured(column: Column, comparison: Comparison) -> Column:
    """What is compared, under the name that it has in all SELECTs."""
    expression, limit = column.expression, comparison.limit
    if limit is not None and isinstance(expression, Aggregate):
        where = limit if expression.where is None else all_of((expression.where, limit))
        expression = replace(expression, where=where)
    return Column(comparison.column, expression, Role.MEASURE)


class _Tables:
    """Names for the SELECTs that are compared, which hide no table that a view may read."""

    def __init__(self, explore: Explore, ctes: Ctes) -> None:
        self._ctes = ctes
        self._texts = "\n".join(_texts(explore)).lower()

    def add(self, name: str, select: Select) -> str:
        """The name of the table that holds `select`: `name`, if that is free."""
        body = Derived(select, tuple(each.field for each in select.columns))
        free, count = name, 1
        while free in self._texts or self._ctes.holds_other(free, body):
            count += 1
            free = f"{name}_{count}"
        return self._ctes.add(free, body).name


def _texts(explore: Explore) -> Iterable[str]:
    """What developers wrote that may name a table."""
    always = [explore.sql_always_where, explore.sql_always_having, explore.sql_table_name]
    always += [
        sql for join in explore.joins for sql in (join.sql_on, join.sql, join.sql_table_name)
    ]
    yield from (sql.text for sql in always if sql is not None)
    for view in explore.views.values():
        yield view.name
        tables = [view.sql_table_name]
        if view.derived_table is not None:
            tables.append(view.derived_table.sql)
        columns = (field.sql for field in view.fields.values())
        yield from (sql.text for sql in (*tables, *columns) if sql is not None)


def _meets(column: Column, move: Move, present: str, past: str) -> Condition:
    """A row that has no time has no earlier one either; other nulls are values like any."""
    left, right = ColumnOf(present, column.field), ColumnOf(past, column.field)
    return Compare(left, "=", right) if column.field in move.fields else Same(left, right)


def _shown(
    column: Column,
    comparisons: Mapping[str, Comparison],
    present: str,
    pasts: Mapping[Move, str],
) -> Column:
    comparison = comparisons.get(column.field)
    if comparison is None:
        return replace(column, expression=ColumnOf(present, column.field))
    then = ColumnOf(pasts[comparison.move], comparison.column)
    now = ColumnOf(present, comparison.column)
    return replace(column, expression=_compared(comparison, now, then))


def _compared(comparison: Comparison, now: Expression, then: Expression) -> Expression:
    match comparison.asked.kind:
        case "difference":
            return Call("-", (now, then))
        case "relative_change":
            return RelativeChange(now, then)
    return then


def _order(orders: Iterable[Order], present: str) -> Iterable[Order]:
    for n, order in enumerate(orders):
        if isinstance(order.column, int):
            yield order
        else:
            yield replace(order, column=ColumnOf(present, f"{_ORDER}{n}"))
