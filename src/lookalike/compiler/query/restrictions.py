"""Restrictions: which rows and groups a query keeps: its filters, and what its explore always
demands.

In: the resolved question. Out: conditions for WHERE, and for HAVING those about measures.
"""

from __future__ import annotations

from msgspec import Struct

from lookalike.compiler import syntax
from lookalike.compiler.model import AccessFilter, FilterField, Measure, filter_kind
from lookalike.compiler.query import attributes, custom_filters
from lookalike.compiler.query.conditions import ANY, bare, holds, read
from lookalike.compiler.query.contexts import Context
from lookalike.compiler.query.holes import unreadable
from lookalike.compiler.query.plans import Condition
from lookalike.compiler.query.references import Match, References
from lookalike.compiler.syntax import Code

filters = syntax.filter_expressions


class Restrictions(Struct, frozen=True):
    """Conditions on rows, and on groups."""

    where: tuple[Condition, ...]
    having: tuple[Condition, ...]


def restrict(filter_expression: str, references: References) -> Restrictions:
    """All conditions of a question; `filter_expression` is its custom filter."""
    explore = references.explore
    where: list[Condition] = []
    having: list[Condition] = []
    for name, text in references.resolved.filters.items():
        condition = matching(name, text, references)
        measured = isinstance(explore.references[name], Measure)
        (having if measured else where).append(condition)
    if explore.sql_always_where is not None:
        where.append(holds(bare(references.text(explore.sql_always_where, Context("")))))
    if explore.sql_always_having is not None:
        always = references.text(explore.sql_always_having, Context("", measures=True))
        having.append(holds(bare(always)))
    where += [_of_access(access, references) for access in explore.access_filters]
    if filter_expression.strip():
        custom = custom_filters.condition(filter_expression, references)
        (having if custom.measured else where).append(custom.condition)
    return Restrictions(
        tuple(item for item in where if item != ANY), tuple(item for item in having if item != ANY)
    )


def matching(name: str, text: str, references: References) -> Condition:
    """What the filter expression `text` on the field `name` keeps."""
    field = references.explore.references[name]
    if not isinstance(field, FilterField):
        return references.matches(name, text, name)
    expression = read(text, filter_kind(field))
    if isinstance(expression, filters.FilterError):
        unreadable(text, name, expression, references.report)
        return ANY
    alias = name.partition(".")[0]
    references.need(alias)
    if field.sql is None:
        return ANY
    return holds(bare(references.text(field.sql, Context(alias, name))))


def _of_access(access: AccessFilter, references: References) -> Condition:
    name, explore = access.field, references.explore
    if name not in explore.references:
        references.report.error(
            Code.UNKNOWN_FIELD,
            f"the access filter of explore `{explore.name}` names the field `{name}`, which it "
            "does not have",
            name,
            explore.place,
        )
        return ANY
    value = attributes.find(access.user_attribute, references.asker)
    if value is None:
        attributes.missing(access.user_attribute, name, references.report)
        return ANY
    # Who may see which rows does not depend on the time that a question asks of.
    condition = references.meets(Match(name, value), name)
    if condition == ANY:
        # An access filter that lets everything through is a mistake, never a permission.
        references.report.error(
            Code.MISSING_ATTRIBUTE,
            f"the value of the user attribute `{access.user_attribute}` restricts nothing on "
            f"`{name}`; ask an administrator to set it",
            name,
        )
    return condition
