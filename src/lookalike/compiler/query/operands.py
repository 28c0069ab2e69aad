"""Operands: what a filter on a field compares."""

from __future__ import annotations

from msgspec.structs import replace

from lookalike.compiler import syntax
from lookalike.compiler.model import Dimension, Explore, Field, Measure, Parameter, filter_kind
from lookalike.compiler.query import dimensions, measures
from lookalike.compiler.query.conditions import Operand, bare
from lookalike.compiler.query.contexts import Expand
from lookalike.compiler.query.intervals import Period
from lookalike.compiler.query.plans import Expression

filters = syntax.filter_expressions


def operand(
    field: Dimension | Measure,
    name: str,
    explore: Explore,
    expand: Expand,
    delay: Period | None = None,
) -> Operand:
    """The operand of a filter on `field`. Times are compared as they are stored, not as they are
    shown. With `delay` they are taken to be so much later."""
    kind = filter_kind(field)
    alias = name.partition(".")[0]
    left: Expression
    if kind is not filters.FilterKind.DATE:
        return around(dimensions.later(bare(expand.value(name)), field, delay), field, explore)
    if isinstance(field, Dimension):
        left = dimensions.column(field, alias, expand)
    else:
        left = measures.column(field, alias, expand)
    return replace(around(left, field, explore), delay=delay)


def around(left: Expression, field: Field, explore: Explore) -> Operand:
    """`left` compared as if it were `field`: what `{% condition field %}` does with its body."""
    strict = explore.case_sensitive if field.case_sensitive is None else field.case_sensitive
    if isinstance(field, Parameter):
        return Operand(left=left, kind=filter_kind(field), case_sensitive=strict)
    return Operand(
        left=left,
        kind=filter_kind(field),
        datatype=field.datatype,
        convert=field.convert_tz,
        case_sensitive=strict,
    )
