"""Evaluation: a Looker expression over the rows of an answer.

In: the tree of an expression and columns of values. Out: one value a row, or why there are none.
Null is as in SQL: what compares or computes with it is null, `AND` and `OR` know three values; only
`= null` and `is_null` ask for it. Rule: Looker functions and operators.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from statistics import median
from typing import Any, TypeAlias

from msgspec import Struct

from lookalike.compiler import syntax
from lookalike.compiler.model import Dimension, Field
from lookalike.compiler.syntax import Budget
from lookalike.results.answers import Answer, Cell
from lookalike.results.functions import FUNCTIONS, KINDS, Value, call, joined, kind_of, shown

expressions = syntax.expressions

Column: TypeAlias = Sequence[Value]


class Table(Struct, frozen=True):
    """Columns of `n_rows` values by the full names of their fields."""

    columns: Mapping[str, Column]
    n_rows: int


class Unevaluable(Struct, frozen=True):
    """Why an expression has no value over these rows."""

    message: str


def table(answer: Answer) -> Table:
    """The rows of an answer as values that expressions compute with. Reads the answer."""
    rows = list(answer.rows)
    columns = {
        column.name: [_value(row[position], column.field) for row in rows]
        for position, column in enumerate(answer.columns)
    }
    return Table(columns, len(rows))


def evaluate(
    tree: expressions.Expression, over: Table, now: datetime, budget: Budget
) -> Column | Unevaluable:
    """The value of `tree` in each row of `over`. `now` is the naive time of the question's zone."""
    try:
        return _Evaluator(over, now, budget).column(tree)
    except _Unfit as unfit:
        return Unevaluable(str(unfit))
    except syntax.Exhausted as exhausted:
        return Unevaluable(f"the expression is too large for these rows: {exhausted}")


class _Unfit(Exception):
    """Leaves this file only as an Unevaluable."""


_MOMENT = re.compile(
    r"(\d{4})-(\d\d)(?:-(\d\d)(?:[ T](\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,6})\d*)?)?)?)?)?"
)


def _value(cell: Cell, field: Field) -> Value:
    """The value of a cell, in the kind that the type of its field says."""
    value = cell.value
    if value is None:
        return None
    if field.type == "yesno" and isinstance(value, str):
        return value == "Yes"
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float | Decimal):
        is_text = isinstance(field, Dimension) and field.type == "string"
        return shown(_number(value)) if is_text else _number(value)
    text = str(value)
    if (isinstance(field, Dimension) and field.timeframe) or field.type.startswith("date"):
        found = _moment(text)
        return text if found is None else found
    return text


def _number(value: float | Decimal) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(repr(value))


def _moment(text: str) -> date | datetime | None:
    """The day or the moment that begins what `text` names: `2024-05` is its first of May."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction = match.groups()
    try:
        if hour is None:
            return date(int(year), int(month), int(day or 1))
        return datetime(
            int(year),
            int(month),
            int(day),
            int(hour),
            int(minute or 0),
            int(second or 0),
            int((fraction or "0").ljust(6, "0")),
        )
    except ValueError:
        return None


_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class _Evaluator:
    """A column at a time: functions over rows are then functions like the others."""

    def __init__(self, over: Table, now: datetime, budget: Budget) -> None:
        self._table = over
        self._at = now
        self._budget = budget

    def column(self, tree: expressions.Expression) -> Column:
        self._budget.spend(self._table.n_rows + 1)
        match tree:
            case expressions.Number(value) | expressions.Text(value) | expressions.Truth(value):
                return self._same(value)
            case expressions.Null():
                return self._same(None)
            case expressions.FieldReference():
                return self._field(tree)
            case expressions.Unary("NOT", of):
                return [None if each is None else not each for each in self._truths(of)]
            case expressions.Unary(_, of):
                return self._apply("-", [self._same(Decimal(0)), self.column(of)])
            case expressions.Junction(sign, several):
                return self._junction(sign, [self._truths(each) for each in several])
            case expressions.Binary(sign, left, right) if sign in _ORDER:
                return self._compare(sign, left, right)
            case expressions.Binary(sign, left, right):
                return self._apply(sign, [self.column(left), self.column(right)])
            case expressions.FunctionCall():
                return self._call(tree)

    def _same(self, value: Value) -> Column:
        return [value] * self._table.n_rows

    def _field(self, reference: expressions.FieldReference) -> Column:
        found = self._table.columns.get(reference.field)
        if found is None:
            raise _Unfit(
                f"`{reference.field}` is not among the columns; add it, or correct the name"
            )
        if reference.suffix:
            raise _Unfit(f"`:{reference.suffix}` is not supported here; use `sum`")
        return found

    def _truths(self, tree: expressions.Expression) -> Sequence[bool | None]:
        found: list[bool | None] = []
        for each in self.column(tree):
            if not (each is None or isinstance(each, bool)):
                raise _Unfit(f"{KINDS[kind_of(each)]} stands where yes or no is needed")
            found.append(each)
        return found

    @staticmethod
    def _junction(sign: str, several: Sequence[Sequence[bool | None]]) -> Column:
        decisive = sign == "OR"
        found: list[Value] = []
        for row in zip(*several, strict=True):
            if decisive in row:
                found.append(decisive)
            else:
                found.append(None if None in row else not decisive)
        return found

    def _compare(
        self, sign: str, left: expressions.Expression, right: expressions.Expression
    ) -> Column:
        if isinstance(right, expressions.Null) and sign in ("=", "!="):
            return [(each is None) == (sign == "=") for each in self.column(left)]
        pairs = zip(self.column(left), self.column(right), strict=True)
        return [_ordered(sign, one, other) for one, other in pairs]

    def _call(self, of: expressions.FunctionCall) -> Column:
        if of.name in self.special:
            return self.special[of.name](self, of.arguments)
        if of.name in _AGGREGATES:
            return self._same(_aggregate(of.name, self.column(of.arguments[0])))
        if of.name not in FUNCTIONS:
            raise _Unfit(f"function `{of.name}` is not supported here")
        return self._apply(of.name, [self.column(each) for each in of.arguments])

    def _apply(self, name: str, columns: Sequence[Column]) -> Column:
        function = FUNCTIONS[name]
        found = []
        for row in zip(*columns, strict=True):
            _check(name, function.takes, row)
            found.append(call(function, row, self._budget))
        return found

    # Functions with ways of their own: those that can take null, and those that see other rows.

    def _if(self, arguments: Sequence[expressions.Expression]) -> Column:
        wanted, then, otherwise = arguments
        parts = (self._truths(wanted), self.column(then), self.column(otherwise))
        return [yes if met else no for met, yes, no in zip(*parts, strict=True)]

    def _case(self, arguments: Sequence[expressions.Expression]) -> Column:
        found = self._same(None)
        for arm in reversed(arguments):
            if isinstance(arm, expressions.FunctionCall) and arm.name == "when":
                parts = (self._truths(arm.arguments[0]), self.column(arm.arguments[1]), found)
                found = [yes if met else no for met, yes, no in zip(*parts, strict=True)]
            else:
                found = self.column(arm)
        return found

    def _coalesce(self, arguments: Sequence[expressions.Expression]) -> Column:
        rows = zip(*map(self.column, arguments), strict=True)
        return [next((each for each in row if each is not None), None) for row in rows]

    def _concat(self, arguments: Sequence[expressions.Expression]) -> Column:
        rows = zip(*map(self.column, arguments), strict=True)
        return [joined(row, self._budget) for row in rows]

    def _is_null(self, arguments: Sequence[expressions.Expression]) -> Column:
        return [each is None for each in self.column(arguments[0])]

    def _to_string(self, arguments: Sequence[expressions.Expression]) -> Column:
        return [shown(each) for each in self.column(arguments[0])]

    def _now(self, arguments: Sequence[expressions.Expression]) -> Column:
        return self._same(self._at)

    def _row(self, arguments: Sequence[expressions.Expression]) -> Column:
        return [Decimal(n + 1) for n in range(self._table.n_rows)]

    def _offset(self, arguments: Sequence[expressions.Expression]) -> Column:
        values, by = self.column(arguments[0]), self.column(arguments[1])
        found: list[Value] = []
        for position, n in enumerate(by):
            if not isinstance(n, Decimal) or abs(n) > self._table.n_rows:
                found.append(None)
                continue
            at = position + int(n)
            found.append(values[at] if 0 <= at < len(values) else None)
        return found

    def _running_total(self, arguments: Sequence[expressions.Expression]) -> Column:
        total: Value = Decimal(0)
        found = []
        for each in self.column(arguments[0]):
            if each is not None:
                _check("running_total", "n", (each,))
                total = call(FUNCTIONS["+"], (total, each), self._budget)
            found.append(total)
        return found

    special: Mapping[str, Callable[[_Evaluator, Sequence[expressions.Expression]], Column]] = {
        "case": _case,
        "coalesce": _coalesce,
        "concat": _concat,
        "if": _if,
        "is_null": _is_null,
        "now": _now,
        "offset": _offset,
        "row": _row,
        "running_total": _running_total,
        "to_string": _to_string,
    }


def _check(name: str, takes: str, arguments: Sequence[Value]) -> None:
    for position, value in enumerate(arguments):
        wanted = takes[min(position, len(takes) - 1)]
        if value is not None and wanted not in (kind_of(value), "v"):
            raise _Unfit(f"`{name}` takes {KINDS[wanted]}, not {KINDS[kind_of(value)]}")


def _ordered(sign: str, one: Value, other: Value) -> bool | None:
    if one is None or other is None:
        return None
    if kind_of(one) != kind_of(other):
        one, other = _alike(one, other), _alike(other, one)
    if kind_of(one) != kind_of(other):
        kinds = f"{KINDS[kind_of(one)]} with {KINDS[kind_of(other)]}"
        raise _Unfit(f"`{sign}` can't compare {kinds}")
    if isinstance(one, date) and isinstance(other, date) and type(one) is not type(other):
        one, other = _at_midnight(one), _at_midnight(other)
    return _ORDER[sign](one, other)


def _alike(value: Value, other: Value) -> Value:
    """A text beside a date is one as well, and beside yes or no its word."""
    if isinstance(value, str) and isinstance(other, date):
        return _moment(value) or value
    if isinstance(value, str) and isinstance(other, bool):
        return {"yes": True, "no": False}.get(value.lower(), value)
    return value


def _at_midnight(day: date) -> datetime:
    return day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)


def _aggregate(name: str, column: Column) -> Value:
    """Over the values that are not null; of none of them only the count is known."""
    values: list[Any] = [each for each in column if each is not None]
    if not name.startswith("count"):
        if not values:
            return None
        if name not in ("min", "max"):
            for each in values:
                _check(name, "n", (each,))
        elif len({kind_of(each) for each in values}) > 1:
            raise _Unfit(f"`{name}` takes values of one kind")
    try:
        return _AGGREGATES[name](values)
    except ArithmeticError:
        return None


_AGGREGATES: Mapping[str, Callable[[list[Any]], Value]] = {
    "count": lambda values: Decimal(len(values)),
    "count_distinct": lambda values: Decimal(len(set(values))),
    "sum": lambda values: sum(values, Decimal(0)),
    "mean": lambda values: sum(values) / len(values),
    "median": median,
    "min": min,
    "max": max,
}
