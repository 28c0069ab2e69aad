"""Sources: whose values a field shows, and whether they are numbers."""

from __future__ import annotations

from lookalike.compiler import syntax
from lookalike.compiler.model import Explore, Field, Measure, filter_kind
from lookalike.compiler.query.names import full_name


def source(field: Field, name: str, explore: Explore) -> Field:
    """The field whose values `field`, called `name`, shows: itself, or the measure of which it
    shows what that was a period before."""
    comparison = field.comparison if isinstance(field, Measure) else None
    if comparison is None or comparison.shows_change:
        return field
    based_on = full_name(explore, comparison.based_on, name.partition(".")[0])
    return explore.references.get(based_on, field)


def is_numeric(field: Field, name: str, explore: Explore) -> bool:
    """Whether `field`, called `name`, shows numbers."""
    of = source(field, name, explore)
    return filter_kind(of) is syntax.filter_expressions.FilterKind.NUMBER
