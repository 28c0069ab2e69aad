"""Expressions: any expression of a plan becomes SQL. The one that the writers of single constructs
call back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from lookalike.compiler.query import plans
from lookalike.compiler.sql import (
    calls,
    conditions,
    distances,
    distinct,
    labels,
    literals,
    names,
    row_keys,
    timeframes,
)
from lookalike.compiler.sql.dialect import Dialect

_PLAIN = re.compile(r'(?:\w+|"[^"]*")(?:\.(?:\w+|"[^"]*"))*')
_NOTHING: Mapping[str, str] = {}


class Writing(Struct, frozen=True):
    """A Pen for one statement. `computed` maps the text of an aggregate to the column that holds it
    already."""

    dialect: Dialect
    computed: Mapping[str, str] = _NOTHING

    def expression(self, of: plans.Expression) -> str:
        """`of` as SQL; fit as a function's argument or a column, not as an operand."""
        return _WRITERS[type(of)](of, self)

    def operand(self, of: plans.Expression) -> str:
        """`of` in parentheses, unless it is an alias, a column or a literal that binds by
        itself."""
        text = self.expression(of)
        if isinstance(of, plans.Literal):
            return f"({text})" if text.startswith("-") else text
        return text if _PLAIN.fullmatch(text) else f"({text})"

    def condition(self, of: plans.Condition) -> str:
        return conditions.text(of, self)

    def literal(self, of: plans.Literal) -> str:
        return literals.text(of.value, self.dialect)

    def table(self, of: plans.Source) -> str:
        """What stands in FROM for `of`."""
        if isinstance(of, plans.Numbered):
            return row_keys.numbered(self.table(of.table))
        if isinstance(of, plans.CteTable):
            return names.bare(of.name, self.dialect)
        return self.expression(of.text)


def _fragment(of: plans.Fragment, pen: Writing) -> str:
    parts = of.parts
    if len(parts) == 1 and not isinstance(parts[0], str):
        return pen.expression(parts[0])
    text = "".join(part if isinstance(part, str) else pen.operand(part) for part in parts)
    # A comment at the end would swallow whatever the statement goes on with.
    return f"{text}\n" if "--" in text.rpartition("\n")[2] else text


def _aggregate(of: plans.Aggregate, pen: Writing) -> str:
    text = distinct.in_place(of, pen)
    return pen.computed.get(text, text)


def _relative_change(of: plans.RelativeChange, pen: Writing) -> str:
    return pen.dialect.relative_change.format(now=pen.operand(of.now), then=pen.operand(of.then))


_WRITERS: Mapping[type, Callable[[Any, Writing], str]] = {
    plans.Fragment: _fragment,
    plans.Aggregate: _aggregate,
    plans.Literal: lambda of, pen: pen.literal(of),
    plans.Alias: lambda of, pen: names.bare(of.name, pen.dialect),
    plans.RowKey: row_keys.key,
    plans.TableOf: lambda of, pen: pen.table(of.table),
    plans.Predicate: lambda of, pen: pen.condition(of.condition),
    plans.YesNo: labels.yesno,
    plans.InZone: timeframes.in_zone,
    plans.Later: timeframes.later,
    plans.Timeframe: lambda of, pen: timeframes.cut(of, pen).text,
    plans.Duration: timeframes.duration,
    plans.Tier: labels.tier,
    plans.Cases: labels.cases,
    plans.Location: labels.location,
    plans.Distance: distances.distance,
    plans.Call: calls.text,
    plans.RelativeChange: _relative_change,
    plans.ColumnOf: lambda of, pen: f"{names.bare(of.table, pen.dialect)}.{names.quoted(of.name)}",
}
