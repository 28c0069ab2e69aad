"""Measures: one aggregate each, or an expression over other measures. Rule: LookML reference,
measure types.

A measure whose view is fanned out is aggregated by the primary key of its view, unless repetition
does not matter to it.
"""

from __future__ import annotations

import re

from lookalike.compiler.model import AGGREGATES, Measure, Sql, is_date_type
from lookalike.compiler.query.conditions import ANY, all_of, holds
from lookalike.compiler.query.contexts import Context, Expand
from lookalike.compiler.query.dimensions import formatted
from lookalike.compiler.query.plans import Aggregate, Condition, Expression, Literal, YesNo
from lookalike.compiler.syntax import Code


def value(field: Measure, alias: str, expand: Expand) -> Expression:
    """What a column of `field` shows; of one that compares periods, what it compares."""
    if field.type in AGGREGATES:
        return _aggregate(field, alias, expand)
    if field.comparison is not None:
        # As a reference, so that a mistake in it is told as in any other SQL.
        base = Sql(f"${{{field.comparison.based_on}}}", field.place)
        return expand.text(base, Context(alias, f"{alias}.{field.name}", measures=True))
    of = column(field, alias, expand)
    _warn_of_repetition(field, alias, expand)
    if field.type == "yesno":
        return YesNo(holds(of))
    if is_date_type(field.type):
        return formatted(of, field.type.removeprefix("date_"), field, expand.calendar)
    return of


def column(field: Measure, alias: str, expand: Expand) -> Expression:
    """The SQL of `field` as its developer wrote it, before any aggregate or format."""
    if field.sql is None:
        return _refuse(
            field, alias, expand, Code.MISSING_SQL, f"`{field.name}` needs `sql`: say what it shows"
        )
    measures = field.type not in AGGREGATES
    return expand.text(field.sql, Context(alias, f"{alias}.{field.name}", measures))


_REPEATABLE = frozenset({"min", "max", "count_distinct", "list"})
"""Aggregates that give the same answer when a row comes twice."""


_OWN_AGGREGATE = re.compile(r"\b(sum|avg|count)\s*\((?!\s*distinct\b)", re.IGNORECASE)


def _warn_of_repetition(field: Measure, alias: str, expand: Expand) -> None:
    if alias not in expand.grain.fanned or field.sql is None:
        return
    if _OWN_AGGREGATE.search(field.sql.text):
        expand.report.warn(
            Code.FAN_OUT_WITHOUT_KEY,
            f"`{alias}.{field.name}` aggregates in its own SQL, which counts rows of `{alias}` "
            "more than once in this query; refer to measures of a type such as `sum` instead",
            f"{alias}.{field.name}",
            field.sql.place,
        )


def _aggregate(field: Measure, alias: str, expand: Expand) -> Expression:
    kind = field.type.removesuffix("_distinct") if field.type != "count_distinct" else field.type
    return Aggregate(
        kind,
        of=_operand(field, alias, expand),
        where=_where(field, alias, expand),
        key=_key(field, alias, expand),
        fraction=0.5 if field.percentile is None else field.percentile / 100,
        precision=field.precision,
    )


def _operand(field: Measure, alias: str, expand: Expand) -> Expression | None:
    if field.type == "count":
        return _counted(field, alias, expand)
    if field.type != "list":
        return column(field, alias, expand)
    if not field.list_field:
        return _refuse(field, alias, expand, Code.MISSING_SQL, f"`{field.name}` needs `list_field`")
    return expand.value(expand.full_name(field.list_field, alias))


def _counted(field: Measure, alias: str, expand: Expand) -> Expression | None:
    # Rows that an outer join made up are no rows of this view: only those with a key count.
    if alias not in expand.grain.missing or alias in expand.grain.fanned:
        return None
    key = expand.primary_key(alias)
    if key is None:
        expand.report.warn(
            Code.MISSING_PRIMARY_KEY,
            f"`{field.name}` also counts rows that have no partner in `{alias}`; declare one "
            f"dimension of that view as `primary_key: yes`",
            f"{alias}.{field.name}",
            field.place,
        )
    return key


def _where(field: Measure, alias: str, expand: Expand) -> Condition | None:
    name = f"{alias}.{field.name}"
    condition = all_of(
        expand.matches(expand.full_name(written, alias), text, name)
        for written, text in field.filters
    )
    return None if condition == ANY else condition


def _key(field: Measure, alias: str, expand: Expand) -> Expression | None:
    if field.type in _REPEATABLE:
        return None
    distinct = field.type.endswith("_distinct")
    if field.sql_distinct_key is not None and distinct:
        return expand.text(field.sql_distinct_key, Context(alias, f"{alias}.{field.name}"))
    if not distinct and alias not in expand.grain.fanned:
        return None
    key = expand.primary_key(alias)
    if key is not None:
        return key
    if distinct:
        return _refuse(
            field,
            alias,
            expand,
            Code.MISSING_PRIMARY_KEY,
            f"`{field.name}` needs `sql_distinct_key`, or a dimension of its view declared as "
            "`primary_key: yes`",
        )
    return _refuse(
        field,
        alias,
        expand,
        Code.FAN_OUT_WITHOUT_KEY,
        f"`{alias}.{field.name}` would count rows of `{alias}` more than once in this query; "
        f"declare one dimension of that view as `primary_key: yes`",
    )


def _refuse(field: Measure, alias: str, expand: Expand, code: Code, message: str) -> Expression:
    expand.report.error(code, message, f"{alias}.{field.name}", field.place)
    return Literal(None)
