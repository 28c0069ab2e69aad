"""Told: an explore as its description tells it, without the names that a grant withholds.

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
from lookalike.instance.models import FoundExplore
from lookalike.instance.withheld import Withheld

_Told: TypeAlias = Callable[[str], bool]
"""May the caller know of a field, by its full name?"""


def as_told(found: FoundExplore, names_in_texts: bool) -> model.Explore:
    """The explore without the names; with `names_in_texts` messages and links keep theirs."""
    explore, met = found.explore, found.met
    if met.issuperset(found.model.access_grants):
        return explore
    hidden = access.withheld_views(explore, met)

    def told(name: str) -> bool:
        return not access.withholds(explore, met, name)

    conditional = explore.conditionally_filter
    if conditional is not None:
        filters = tuple(each for each in conditional.filters if told(each[0]))
        conditional = replace(conditional, filters=filters)
    cover = _unchanged if names_in_texts else Withheld(found.model, met).cover(explore)
    joins = (each for each in explore.joins if each.name not in hidden)
    return replace(
        explore,
        access_filters=tuple(each for each in explore.access_filters if told(each.field)),
        always_filter=tuple(each for each in explore.always_filter if told(each[0])),
        conditionally_filter=conditional,
        always_join=tuple(each for each in explore.always_join if each not in hidden),
        joins=tuple(_join(each, explore.base, hidden, told) for each in joins),
        fields={
            name: _linked(_field(each, name, told, found), cover)
            for name, each in explore.fields.items()
        },
        errors=tuple(replace(each, message=cover(each.message)) for each in explore.errors),
    )


def _join(join: model.Join, base: str, hidden: frozenset[str], told: _Told) -> model.Join:
    fields = join.fields
    if fields is not None:
        fields = tuple(each for each in fields if told(_full(each.removeprefix("-"), join.name)))
    return replace(
        join,
        foreign_key=join.foreign_key if told(_full(join.foreign_key, base)) else "",
        fields=fields,
        required_joins=tuple(each for each in join.required_joins if each not in hidden),
    )


def _field(field: model.Field, name: str, told: _Told, found: FoundExplore) -> model.Field:
    alias = name.partition(".")[0]
    changed: dict[str, Any] = {}
    if not _is_suggested_to(field, alias, told, found):
        changed.update(suggest_explore="", suggest_dimension="")
    if isinstance(field, model.Dimension | model.Measure):
        changed.update(_of_column(field, alias, told))
    return replace(field, **changed) if changed else field


def _is_suggested_to(field: model.Field, alias: str, told: _Told, found: FoundExplore) -> bool:
    """Does the caller see what the field takes its suggestions from?"""
    if not field.suggest_explore:
        return not field.suggest_dimension or told(_full(field.suggest_dimension, alias))
    other = found.model.explores.get(field.suggest_explore)
    if other is None:
        return True
    full = _full(field.suggest_dimension, other.base)
    return found.met.issuperset(other.required_access_grants) and not access.withholds(
        other, found.met, full
    )


def _of_column(
    field: model.Dimension | model.Measure, alias: str, told: _Told
) -> Mapping[str, Any]:
    changed: dict[str, Any] = {}
    if field.label_from_parameter and not told(_full(field.label_from_parameter, alias)):
        changed["label_from_parameter"] = ""
    if isinstance(field, model.Measure) and field.comparison is not None:
        comparison = field.comparison
        based_on, time = comparison.based_on, comparison.based_on_time
        changed["comparison"] = replace(
            comparison,
            based_on=based_on if told(_full(based_on, alias)) else "",
            based_on_time=time if told(_full(time, alias)) else "",
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


def _full(written: str, alias: str) -> str:
    return written if "." in written else f"{alias}.{written}"
