"""Lineage: which derived tables are made of which.

Rule: Looker API, `graph_derived_tables_for_model`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lookalike.compiler.model.project import LookmlModel
from lookalike.compiler.model.references import of_table
from lookalike.compiler.model.views import ExploreSource, View


def derived_tables(model: LookmlModel) -> Mapping[str, tuple[str, ...]]:
    """Each view of a derived table, and the derived tables that it reads: those that it names by
    `${view.SQL_TABLE_NAME}`, and behind an `explore_source` those of its columns and filters.
    """
    derived = {name: view for name, view in model.views.items() if view.derived_table is not None}
    return {
        name: tuple(dict.fromkeys(each for each in _read(view, model) if each in derived))
        for name, view in sorted(derived.items())
    }


def behind(view: str, tables: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """The part of `tables` that `view` is made of, itself included."""
    found: dict[str, tuple[str, ...]] = {}
    waiting = [view]
    while waiting:
        name = waiting.pop()
        if name in tables and name not in found:
            found[name] = tables[name]
            waiting.extend(tables[name])
    return {name: found[name] for name in sorted(found)}


def _read(view: View, model: LookmlModel) -> Iterator[str]:
    yield from (each.alias for each in of_table(view))
    source = view.derived_table.explore_source if view.derived_table else None
    if source is not None:
        yield from _of_source(source, model)


def _of_source(source: ExploreSource, model: LookmlModel) -> Iterator[str]:
    explore = model.explores.get(source.explore)
    if explore is None:
        return
    fields = [column.field or column.name for column in source.columns]
    fields += [field for field, _ in source.filters]
    aliases = {field.rpartition(".")[0] for field in fields}
    yield explore.view.name
    yield from (join.view.name for join in explore.joins if join.name in aliases)
