"""Fan-out: which views of a query may show a row more than once.

In: the joins that the query uses. Out: the grain. The joins make a tree; a view is fanned out if
the way from it to some other used view goes through a step from one to many. Only what is declared
counts, never data. Rule: LookML reference, relationship and symmetric aggregates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from lookalike.compiler.model import Explore, JoinType, Relationship
from lookalike.compiler.query.contexts import Grain
from lookalike.compiler.query.joins import UsedJoin

Steps: TypeAlias = dict[str, list[tuple[str, bool]]]
"""From an alias to each neighbour, and whether one row has many there."""


def grain(used: Iterable[UsedJoin], explore: Explore, measured: Iterable[str]) -> Grain:
    """The grain of `measured`, the aliases whose rows are aggregated."""
    joins = tuple(used)
    aliases = tuple(measured)
    fanned: frozenset[str] = frozenset()
    if joins and explore.symmetric_aggregates:
        steps = _steps(joins, explore.base)
        fanned = frozenset(alias for alias in aliases if _repeats(alias, steps))
    return Grain(fanned=fanned, missing=frozenset(_missing(joins, aliases)))


def multiplies(used: UsedJoin) -> bool:
    """Does this join make many rows of one?"""
    return used.join.relationship in _TO_MANY


_TO_MANY = (Relationship.ONE_TO_MANY, Relationship.MANY_TO_MANY)
_FROM_MANY = (Relationship.MANY_TO_ONE, Relationship.MANY_TO_MANY)


def _steps(joins: tuple[UsedJoin, ...], base: str) -> Steps:
    steps: Steps = {base: []}
    for used in joins:
        name = used.join.name
        parent = _parent(used, steps, base)
        steps.setdefault(name, []).append((parent, used.join.relationship in _FROM_MANY))
        steps[parent].append((name, multiplies(used)))
    return steps


def _parent(used: UsedJoin, steps: Steps, base: str) -> str:
    """The view the relationship is declared from: of those the condition names, the one with the
    finest rows."""
    named = [alias for alias in reversed(steps) if alias in used.needs]
    if len(named) < 2:
        return named[0] if named else base
    for alias in named:
        repeated = _many_from(alias, steps)
        if all(other == alias or other not in repeated for other in named):
            return alias
    return named[0]


def _repeats(alias: str, steps: Steps) -> bool:
    return bool(_many_from(alias, steps))


def _many_from(alias: str, steps: Mapping[str, list[tuple[str, bool]]]) -> set[str]:
    """The aliases of which one row of `alias` may have many."""
    many: set[str] = set()
    seen = {alias}
    waiting = [(alias, False)]
    while waiting:
        at, repeated = waiting.pop()
        for other, to_many in steps.get(at, ()):
            if other not in seen:
                seen.add(other)
                if repeated or to_many:
                    many.add(other)
                waiting.append((other, repeated or to_many))
    return many


def _missing(joins: tuple[UsedJoin, ...], aliases: tuple[str, ...]) -> Iterable[str]:
    if any(used.join.type is JoinType.FULL_OUTER for used in joins):
        return aliases
    outer = {used.join.name for used in joins if used.join.type is JoinType.LEFT_OUTER}
    return [alias for alias in aliases if alias in outer]
