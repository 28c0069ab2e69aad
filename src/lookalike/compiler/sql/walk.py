"""Walk: the parts of an expression or condition, one level down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from lookalike.compiler.query import plans

Part: TypeAlias = plans.Expression | plans.Condition


def children(part: Part) -> Iterator[Part]:
    """What `part` is directly made of, in order. Text of a developer is no part."""
    match part:
        case plans.Literal() | plans.Alias() | plans.RowKey() | plans.ColumnOf():
            pass
        case plans.TableOf(table=table):
            yield from of_source(table)
        case plans.Fragment(parts=parts):
            yield from (each for each in parts if not isinstance(each, str))
        case plans.Predicate(condition=condition) | plans.YesNo(condition=condition):
            yield condition
        case (
            plans.Duration(start=one, end=other)
            | plans.Distance(start=one, end=other)
            | plans.Location(latitude=one, longitude=other)
            | plans.RelativeChange(now=one, then=other)
            | plans.Compare(left=one, right=other)
            | plans.Same(left=one, right=other)
        ):
            yield from (one, other)
        case plans.Cases(whens=whens):
            yield from (condition for condition, _ in whens)
        case plans.Aggregate(of=of, where=where, key=key):
            yield from (each for each in (of, where, key) if each is not None)
        case plans.IsNull() | plans.IsBlank() | plans.IsIn() | plans.Like():
            yield part.left
        case plans.Call(arguments=several) | plans.All(of=several) | plans.AnyOf(of=several):
            yield from several
        case _:
            yield part.of


def of_source(source: plans.Source) -> Iterator[Part]:
    """The expression that `source` is directly made of."""
    table = source.table if isinstance(source, plans.Numbered) else source
    if isinstance(table, plans.NamedTable):
        yield table.text


def aggregates(part: Part) -> Iterator[plans.Aggregate]:
    """Every aggregate in `part`, outermost only: aggregates do not nest."""
    if isinstance(part, plans.Aggregate):
        yield part
        return
    for child in children(part):
        yield from aggregates(child)
