"""Native derived tables: the question behind one, and its answer as a table. Rule: LookML
reference, explore_source."""

from __future__ import annotations

from collections.abc import Iterable

from lookalike.compiler.model import Explore, ExploreSource
from lookalike.compiler.query.columns import HELPER, UNSORTED
from lookalike.compiler.query.contexts import Context
from lookalike.compiler.query.names import find_name
from lookalike.compiler.query.plans import Derived, Expression, Fragment, Select
from lookalike.compiler.query.query import UNLIMITED, Query
from lookalike.compiler.query.references import References


def native_question(
    source: ExploreSource, explore: Explore, alias: str, outer: References
) -> Query:
    """What `source` asks `explore`; `alias` is where the outer question uses the table."""
    custom = source.expression_custom_filter
    return Query(
        model=explore.model,
        explore=explore.name,
        fields=tuple(dict.fromkeys(name for _, name in _columns(source, explore))),
        filters=tuple(_filters(source, explore, alias, outer).items()),
        filter_expression="" if custom is None else custom.text,
        sorts=source.sorts or (UNSORTED,),
        limit=UNLIMITED if source.limit is None else source.limit,
    )


def native_table(
    source: ExploreSource, select: Select, alias: str, explore: Explore, outer: References
) -> Derived:
    """The answer with the names that `source` gives its columns."""
    names: dict[str, str] = {}
    computed: list[tuple[str, Expression]] = []
    for column, written in _columns(source, explore):
        field = find_name(explore, written) or written
        first = names.setdefault(field, column)
        if first != column:  # the same field under a second name
            computed.append((column, Fragment((f'"{first}"',), source.place)))
    context = Context(alias, derived=True)
    for derived in source.derived_columns:
        computed.append((derived.name, outer.text(derived.sql, context)))
    return Derived(
        select, tuple(_name(column.field, names) for column in select.columns), tuple(computed)
    )


def _columns(source: ExploreSource, explore: Explore) -> Iterable[tuple[str, str]]:
    for column in source.columns:
        field = column.field or column.name
        yield column.name, field if "." in field else f"{explore.base}.{field}"


def _filters(
    source: ExploreSource, explore: Explore, alias: str, outer: References
) -> dict[str, str]:
    filters = {find_name(explore, name) or name: text for name, text in source.filters}
    resolved = outer.resolved
    given = {**resolved.filters, **resolved.parameters}
    if source.bind_all_filters:
        filters |= {name: text for name, text in given.items() if name in explore.fields}
    for from_field, to_field in source.bind_filters:
        text = given.get(outer.full_name(from_field, alias))
        if text is not None:
            filters[find_name(explore, to_field) or to_field] = text
    return filters


def _name(field: str, names: dict[str, str]) -> str:
    plain = field.removesuffix(HELPER)
    name = names.get(plain, plain.replace(".", "_"))
    return name if plain == field else name + HELPER
