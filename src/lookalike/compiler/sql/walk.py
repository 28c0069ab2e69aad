"""Walk: the parts of an expression or condition, one level down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from lookalike.compiler.query import plans

Part: TypeAlias = plans.Expression | plans.Condition


def children(part: Part) -> Iterator[Part]:
    """What `part` is directly made of, in order. Text of a developer is no part."""
    match part:
        case plans.Literal() | plans.Alias() | plans.ColumnOf() | plans.TableOf():
            yield from _of_leaf(part)
        case plans.Fragment(parts=parts):
            yield from (each for each in parts if not isinstance(each, str))
        case plans.Predicate(condition=condition) | plans.YesNo(condition=condition):
            yield condition
        case plans.Duration(start=start, end=end) | plans.Distance(start=start, end=end):
            yield from (start, end)
        case plans.Cases(whens=whens):
            yield from (condition for condition, _ in whens)
        case plans.Location(latitude=latitude, longitude=longitude):
            yield from (latitude, longitude)
        case plans.Call(arguments=arguments):
            yield from arguments
        case plans.Aggregate(of=of, where=where, key=key):
            yield from (each for each in (of, where, key) if each is not None)
        case plans.Compare(left=left, right=right) | plans.Same(left=left, right=right):
            yield from (left, right)
        case plans.IsNull() | plans.IsBlank() | plans.IsIn() | plans.Like():
            yield part.left
        case plans.All(of=several) | plans.AnyOf(of=several):
            yield from several
        case _:
            yield part.of


def aggregates(part: Part) -> Iterator[plans.Aggregate]:
    """Every aggregate in `part`, outermost only: aggregates do not nest."""
    if isinstance(part, plans.Aggregate):
        yield part
        return
    for child in children(part):
        yield from aggregates(child)


def _of_leaf(part: Part) -> Iterator[Part]:
    if isinstance(part, plans.TableOf) and isinstance(part.table, plans.NamedTable):
        yield part.table.text
