"""Missing keys: views whose measures can't be computed in an explore for want of a primary key.

In: an explore with its joins. Out: a warning for each view that has no primary key and measures
that count rows, where a declared relationship repeats its rows. Rule: LookML reference,
relationship and symmetric aggregates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from lookalike.compiler.model.build_explores import BuiltExplore
from lookalike.compiler.model.explores import Explore, Join, Relationship
from lookalike.compiler.model.fields import AGGREGATES, Measure
from lookalike.compiler.model.findings import Findings, quote
from lookalike.compiler.model.references import of_sql
from lookalike.compiler.syntax import Code

_Steps: TypeAlias = Mapping[str, list[tuple[str, bool]]]
"""From an alias to each neighbour, and whether one row has many there."""

_REPEATABLE = frozenset({"min", "max", "count_distinct", "list"})
_TO_MANY = (Relationship.ONE_TO_MANY, Relationship.MANY_TO_MANY)
_FROM_MANY = (Relationship.MANY_TO_ONE, Relationship.MANY_TO_MANY)


def check_keys(built: BuiltExplore, findings: Findings) -> None:
    """Warn of each view that needs a primary key in the explore and has none, as far as all of it
    is known."""
    explore = built.explore
    if not explore.joins or not explore.symmetric_aggregates:
        return
    needing = {
        alias: measure
        for alias, view in built.views.items()
        if not (view.primary_key or view.is_key_misread or alias in built.missing)
        and not explore.generates_key(alias)
        and (measure := _counting(alias, built))
    }
    steps = _steps(explore) if needing else {}
    for alias, measure in needing.items():
        if not _is_repeated(alias, steps):
            continue
        view = built.views[alias]
        message = (
            f"view {quote(view.name)} has no primary key, and explore {quote(explore.name)} repeats"
            f" its rows, so measures such as {quote(f'{alias}.{measure}')} can't be computed there;"
            " mark the dimension that is unique with `primary_key: yes`"
        )
        findings.warning(Code.MISSING_PRIMARY_KEY, message, view.place)


def _counting(alias: str, built: BuiltExplore) -> str:
    """A selectable measure to which it matters whether a row comes twice; empty if none is."""
    for name, field in built.views[alias].fields.items():
        if not isinstance(field, Measure) or field.type not in AGGREGATES - _REPEATABLE:
            continue
        if not field.type.endswith("_distinct") and f"{alias}.{name}" in built.explore.fields:
            return name
    return ""


def _steps(explore: Explore) -> _Steps:
    steps: dict[str, list[tuple[str, bool]]] = {alias: [] for alias in explore.aliases}
    for join in explore.joins:
        parent = _parent(join, explore)
        steps[join.name].append((parent, join.relationship in _FROM_MANY))
        steps[parent].append((join.name, join.relationship in _TO_MANY))
    return steps


def _parent(join: Join, explore: Explore) -> str:
    """The view that the relationship is declared from: the last of those the condition names."""
    named = set(_named(join))
    behind = [alias for alias in explore.aliases if alias in named and alias != join.name]
    return behind[-1] if behind else explore.base


def _named(join: Join) -> Iterator[str]:
    for sql in (join.sql_on, join.sql, join.sql_foreign_key):
        if sql is not None:
            yield from (reference.alias for reference in of_sql(sql))
    if join.foreign_key:
        yield join.foreign_key.rpartition(".")[0]


def _is_repeated(alias: str, steps: _Steps) -> bool:
    """Whether a row of `alias` may have many rows of some other view."""
    seen = {alias}
    waiting = [alias]
    while waiting:
        for other, is_many in steps[waiting.pop()]:
            if other in seen:
                continue
            if is_many:
                return True
            seen.add(other)
            waiting.append(other)
    return False
