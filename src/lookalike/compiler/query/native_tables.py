"""Native derived tables: the question behind one, and its answer as a table. Rule: LookML
reference, explore_source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from lookalike.compiler.model import Explore, ExploreSource, Measure
from lookalike.compiler.query.columns import HELPER, UNSORTED
from lookalike.compiler.query.contexts import Context
from lookalike.compiler.query.names import find_name
from lookalike.compiler.query.plans import Derived, Expression, Fragment, Select
from lookalike.compiler.query.query import UNLIMITED, Query
from lookalike.compiler.query.references import References
from lookalike.compiler.syntax import Code

LeadsBack: TypeAlias = Callable[[str, str], bool]
"""Does a filter (field, expression) of the asked explore need the table that it would narrow?"""


def native_question(
    source: ExploreSource, explore: Explore, alias: str, outer: References, leads_back: LeadsBack
) -> Query:
    """What `source` asks `explore`; `alias` is where the outer question uses the table."""
    custom = source.expression_custom_filter
    bound = _bound(source, explore, alias, outer)
    return Query(
        model=explore.model,
        explore=explore.name,
        fields=tuple(dict.fromkeys(name for _, name in _columns(source, explore))),
        filters=tuple(_filters(_written(source, outer), explore, bound, leads_back).items()),
        filter_expression="" if custom is None else custom.text,
        sorts=source.sorts or (UNSORTED,),
        limit=UNLIMITED if source.limit is None else source.limit,
    )


def native_table(
    source: ExploreSource, select: Select, alias: str, explore: Explore, outer: References
) -> Derived:
    """The answer with the names that `source` gives its columns."""
    _refuse_over_rows(source, explore, outer)
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


def _refuse_over_rows(source: ExploreSource, explore: Explore, outer: References) -> None:
    for column in source.columns:
        name = find_name(explore, column.field or column.name)
        field = explore.references[name] if name else None
        if isinstance(field, Measure) and field.is_over_rows:
            outer.report.error(
                Code.INVALID_VALUE,
                f"the derived table can't have the column `{name}`, which is computed on the rows "
                "of an answer; write a `derived_column` with a window function",
                place=column.place,
            )


def _columns(source: ExploreSource, explore: Explore) -> Iterable[tuple[str, str]]:
    for column in source.columns:
        field = column.field or column.name
        yield column.name, field if "." in field else f"{explore.base}.{field}"


def _written(source: ExploreSource, outer: References) -> Iterable[tuple[str, str]]:
    """The filters of `source` itself; of two on one field the one for development counts there."""
    return (*source.filters, *source.dev_filters) if outer.asker.in_development else source.filters


def _filters(
    written: Iterable[tuple[str, str]],
    explore: Explore,
    bound: Iterable[tuple[str, str]],
    leads_back: LeadsBack,
) -> dict[str, str]:
    filters = {find_name(explore, name) or name: text for name, text in written}
    for name, text in bound:
        if leads_back(name, text):
            # The usual top-N pattern: who filters on the rank means the rows beside the table. Said
            # to be any value, lest the explore's own default on it is taken instead.
            filters.setdefault(name, "")
        elif text.strip() or name not in filters:
            filters[name] = text
    return filters


def _bound(
    source: ExploreSource, explore: Explore, alias: str, outer: References
) -> Iterator[tuple[str, str]]:
    """The filters of the outer question, as filters on `explore`."""
    given = dict(outer.resolved.applied)
    if source.bind_all_filters:
        always = {name for name, _ in explore.always_filter}
        for name, text in given.items():
            if name in explore.fields or name in always:
                yield name, text
    for from_field, to_field in source.bind_filters:
        text = given.get(outer.full_name(from_field, alias), "")
        if text.strip():
            yield find_name(explore, to_field) or to_field, text


def _name(field: str, names: dict[str, str]) -> str:
    plain = field.removesuffix(HELPER)
    name = names.get(plain, plain.replace(".", "_"))
    return name if plain == field else name + HELPER
