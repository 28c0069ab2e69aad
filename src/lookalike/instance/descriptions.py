"""Descriptions: an explore as a caller reads of it, without the names that a grant withholds.

In: an explore as the caller sees it. Out: the same without those names in what it says of itself,
its joins and its fields. It is there to be read: a question still needs what is left out here.
Rule: decision 0018.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from msgspec.structs import replace

from lookalike.compiler import model
from lookalike.instance import access
from lookalike.instance.access import Caller
from lookalike.instance.models import FoundExplore
from lookalike.instance.withheld import withheld_from

_Known: TypeAlias = Callable[[str], bool]
"""May the caller know of a field, by its full name?"""


def as_described(caller: Caller, found: FoundExplore) -> model.Explore:
    """The explore without the names. Those who may see LookML read them in messages and links."""
    explore, met = found.explore, found.met
    if met.issuperset(found.model.access_grants):
        return explore
    hidden = access.withheld_views(explore, met)

    def is_known(name: str) -> bool:
        return not access.withholds(explore, met, hidden, name)

    conditional = explore.conditionally_filter
    if conditional is not None:
        filters = tuple(each for each in conditional.filters if is_known(each[0]))
        conditional = replace(conditional, filters=filters)
    withheld = withheld_from(caller, found.model)
    cover = withheld.cover(explore) if withheld else _unchanged
    shown = replace(
        explore,
        access_filters=tuple(each for each in explore.access_filters if is_known(each.field)),
        always_filter=tuple(each for each in explore.always_filter if is_known(each[0])),
        conditionally_filter=conditional,
        always_join=tuple(each for each in explore.always_join if each not in hidden),
        joins=tuple(
            _join(each, explore.base, hidden, is_known)
            for each in explore.joins
            if each.name not in hidden
        ),
        fields={
            name: _linked(_field(each, name, is_known, found), cover)
            for name, each in explore.fields.items()
        },
        references={name: each for name, each in explore.references.items() if is_known(name)},
        sets={
            name: each
            for name, each in explore.sets.items()
            if name.partition(".")[0] not in hidden
        },
        errors=tuple(
            replace(each, message=cover(each.message))
            for each in explore.errors
            if is_known(each.field)
        ),
    )
    return _on_no_view(shown) if explore.base in hidden else shown


def _on_no_view(explore: model.Explore) -> model.Explore:
    """The explore as if its view were called as itself. Its table keeps its name, as SQL does."""
    table = explore.view.sql_table_name or model.Sql(explore.view.name)
    view = replace(explore.view, name=explore.name, sql_table_name=table)
    return replace(explore, base=explore.name, view=view)


def _join(join: model.Join, base: str, hidden: frozenset[str], is_known: _Known) -> model.Join:
    fields = join.fields
    if fields is not None:
        fields = tuple(
            each for each in fields if is_known(model.full_name(each.removeprefix("-"), join.name))
        )
    return replace(
        join,
        foreign_key=join.foreign_key if is_known(model.full_name(join.foreign_key, base)) else "",
        fields=fields,
        required_joins=tuple(each for each in join.required_joins if each not in hidden),
    )


def _field(field: model.Field, name: str, is_known: _Known, found: FoundExplore) -> model.Field:
    alias = name.partition(".")[0]
    changed: dict[str, Any] = {}
    if not _is_suggested_to(field, alias, is_known, found):
        changed.update(suggest_explore="", suggest_dimension="")
    if isinstance(field, model.Dimension | model.Measure):
        changed.update(_of_column(field, alias, is_known))
    return replace(field, **changed) if changed else field


def _is_suggested_to(field: model.Field, alias: str, is_known: _Known, found: FoundExplore) -> bool:
    """Does the caller see what the field takes its suggestions from?"""
    if not field.suggest_explore:
        dimension = field.suggest_dimension
        return not dimension or is_known(model.full_name(dimension, alias))
    other = found.model.explores.get(field.suggest_explore)
    if other is None:
        return True
    if not found.met.issuperset(other.required_access_grants):
        return False
    hidden = access.withheld_views(other, found.met)
    full = model.full_name(field.suggest_dimension, other.base)
    return not access.withholds(other, found.met, hidden, full)


def _of_column(
    field: model.Dimension | model.Measure, alias: str, is_known: _Known
) -> Mapping[str, Any]:
    changed: dict[str, Any] = {}
    label = field.label_from_parameter
    if label and not is_known(model.full_name(label, alias)):
        changed["label_from_parameter"] = ""
    if isinstance(field, model.Measure) and field.comparison is not None:
        comparison = field.comparison
        based_on, time = comparison.based_on, comparison.based_on_time
        changed["comparison"] = replace(
            comparison,
            based_on=based_on if is_known(model.full_name(based_on, alias)) else "",
            based_on_time=time if is_known(model.full_name(time, alias)) else "",
        )
    return changed


def _linked(field: model.Field, cover: Callable[[str], str]) -> model.Field:
    """The field with links whose templates name nothing that is covered."""
    if not isinstance(field, model.Dimension | model.Measure) or not field.links:
        return field
    links = tuple(
        replace(each, label=cover(each.label), url=cover(each.url), icon_url=cover(each.icon_url))
        for each in field.links
    )
    return replace(field, links=links)


def _unchanged(text: str) -> str:
    return text
