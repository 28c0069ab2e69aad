"""Compare: what two versions of a project say differently.

In: the project before and after. Out: what was added, removed, or changed in meaning, in order of
names. Where a thing stands in its file is no meaning, nor is the order of declarations except that
of joins. Equal projects have no changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TypeAlias, TypeVar

from msgspec import Struct

from lookalike.compiler.model.explores import Explore, Join
from lookalike.compiler.model.fields import Field, Sql
from lookalike.compiler.model.project import AccessGrant, Datagroup, LookmlModel, Project
from lookalike.compiler.model.views import FieldSet, View
from lookalike.compiler.syntax import NOWHERE, Place

Plain: TypeAlias = "str | int | float | bool | tuple[Plain, ...] | None"
"""A value of the model without the places in it."""


class Action(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Property(Struct, frozen=True):
    """One property that differs, as text; empty where it is not set."""

    name: str
    before: str
    after: str


class Change(Struct, frozen=True, kw_only=True):
    """One thing that differs.

    `kind` is model, explore, join, view, access_grant, datagroup, test, or for a field dimension,
    measure, filter or parameter. `name` is `view.field` for a field and `explore.alias` for a join.
    A view that several models see alike is told once: `models` names them all. `place` is where it
    stands after, or stood before it was removed. `properties` are empty unless it is changed.
    """

    action: Action
    kind: str
    name: str
    models: tuple[str, ...]
    place: Place = NOWHERE
    properties: tuple[Property, ...] = ()


def compare(before: Project, after: Project) -> tuple[Change, ...]:
    """Everything that differs from `before` to `after`."""
    found: dict[tuple[object, ...], list[str]] = {}
    first: dict[tuple[object, ...], Change] = {}
    for change in _models(before.models, after.models):
        key = (change.action, change.kind, change.name, change.properties, change.place)
        first.setdefault(key, change)
        found.setdefault(key, []).extend(change.models)
    return tuple(
        Change(
            action=one.action,
            kind=one.kind,
            name=one.name,
            models=tuple(sorted(found[key])),
            place=one.place,
            properties=one.properties,
        )
        for key, one in first.items()
    )


def touched(changes: Iterable[Change], model: LookmlModel) -> tuple[str, ...]:
    """The explores of `model` whose SQL may differ because of `changes`, by name.

    It errs on the safe side: a derived table may be made from any view or explore of its model.
    """
    names = {each.name for each in changes if model.name in each.models}
    heads = {name.partition(".")[0] for name in names}
    if not heads:
        return ()
    return tuple(name for name in sorted(model.explores) if _reaches(model.explores[name], heads))


T = TypeVar("T")


def _models(
    before: Mapping[str, LookmlModel], after: Mapping[str, LookmlModel]
) -> Iterator[Change]:
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            if there := new or old:
                yield _came_or_went("model", name, name, new is not None, there.place)
        elif old is not new:
            yield from _model(old, new)


def _model(before: LookmlModel, after: LookmlModel) -> Iterator[Change]:
    name = after.name
    yield from _changed("model", name, name, _settings(before), _settings(after), after.place)
    for kind, old, new in (
        ("access_grant", before.access_grants, after.access_grants),
        ("datagroup", before.datagroups, after.datagroups),
    ):
        yield from _named(kind, name, old, new)
    yield from _tests(before, after)
    views = _both(before.views, after.views)
    for view in sorted({*before.views, *after.views}):
        if view in views:
            yield from _view(name, *views[view])
        else:
            there = after.views.get(view) or before.views[view]
            yield _came_or_went("view", name, view, view in after.views, there.place)
    explores = _both(before.explores, after.explores)
    for explore in sorted({*before.explores, *after.explores}):
        if explore in explores:
            yield from _explore(name, *explores[explore])
        else:
            found = after.explores.get(explore) or before.explores[explore]
            yield _came_or_went("explore", name, explore, explore in after.explores, found.place)


def _view(model: str, before: View, after: View) -> Iterator[Change]:
    if before is after or before == after:
        return
    yield from _changed("view", model, after.name, _plain_view(before), _plain_view(after),
                        after.place)  # fmt: skip
    for name in sorted({*before.fields, *after.fields}):
        old, new = before.fields.get(name), after.fields.get(name)
        full = f"{after.name}.{name}"
        if old is not None and new is not None:
            if old != new:
                plain = _fields(old, new)
                yield from _changed(_kind(new), model, full, *plain, new.place)
        elif there := new or old:
            yield _came_or_went(_kind(there), model, full, new is not None, there.place)


def _explore(model: str, before: Explore, after: Explore) -> Iterator[Change]:
    old, new = _plain_explore(before), _plain_explore(after)
    lost, gained = _chosen(before, after), _chosen(after, before)
    old, new = {**old, "fields": lost}, {**new, "fields": gained}
    aliases = {*before.aliases} & {*after.aliases}
    old["joins"] = tuple(each for each in before.aliases if each in aliases)
    new["joins"] = tuple(each for each in after.aliases if each in aliases)
    yield from _changed("explore", model, after.name, old, new, after.place)
    joins = {each.name: each for each in before.joins}, {each.name: each for each in after.joins}
    for alias in sorted({*joins[0], *joins[1]}):
        one, other = joins[0].get(alias), joins[1].get(alias)
        full = f"{after.name}.{alias}"
        if one is not None and other is not None:
            yield from _changed("join", model, full, _join(one), _join(other), other.place)
        elif there := other or one:
            yield _came_or_went("join", model, full, other is not None, there.place)


def _tests(before: LookmlModel, after: LookmlModel) -> Iterator[Change]:
    old, new = {each.name: each for each in before.tests}, {each.name: each for each in after.tests}
    for name in sorted({*old, *new}):
        if name in old and name in new:
            properties = _properties(old[name]), _properties(new[name])
            yield from _changed("test", after.name, name, *properties, new[name].place)
        else:
            there = new.get(name) or old[name]
            yield _came_or_went("test", after.name, name, name in new, there.place)


def _named(
    kind: str,
    model: str,
    before: Mapping[str, AccessGrant] | Mapping[str, Datagroup],
    after: Mapping[str, AccessGrant] | Mapping[str, Datagroup],
) -> Iterator[Change]:
    """Objects that have no place of their own."""
    for name in sorted({*before, *after}):
        if name in before and name in after:
            properties = _properties(before[name]), _properties(after[name])
            yield from _changed(kind, model, name, *properties, NOWHERE)
        else:
            yield _came_or_went(kind, model, name, name in after, NOWHERE)


def _came_or_went(kind: str, model: str, name: str, came: bool, place: Place) -> Change:
    action = Action.ADDED if came else Action.REMOVED
    return Change(action=action, kind=kind, name=name, models=(model,), place=place)


def _changed(
    kind: str,
    model: str,
    name: str,
    before: Mapping[str, Plain],
    after: Mapping[str, Plain],
    place: Place,
) -> Iterator[Change]:
    differing = tuple(
        Property(each, _text(before.get(each)), _text(after.get(each)))
        for each in dict.fromkeys((*before, *after))
        if before.get(each) != after.get(each)
    )
    if differing:
        action = Action.CHANGED
        yield Change(
            action=action, kind=kind, name=name, models=(model,), place=place, properties=differing
        )


def _both(before: Mapping[str, T], after: Mapping[str, T]) -> dict[str, tuple[T, T]]:
    return {name: (before[name], after[name]) for name in before if name in after}


def _chosen(explore: Explore, other: Explore) -> Plain:
    """Fields that `explore` offers and `other` does not, though both use a view that has them."""
    found = []
    for name in explore.fields:
        if name not in other.fields:
            alias, _, field = name.partition(".")
            views = explore.view_of(alias), other.view_of(alias)
            if all(view is not None and field in view.fields for view in views):
                found.append(name)
    return tuple(sorted(found))


def _reaches(explore: Explore, heads: set[str]) -> bool:
    views = [explore.view, *(join.view for join in explore.joins)]
    return (
        explore.name in heads
        or any(view.name in heads for view in views)
        or any(view.derived_table is not None for view in views)
    )


def _settings(model: LookmlModel) -> dict[str, Plain]:
    apart = ("explores", "views", "access_grants", "datagroups", "tests", "files", "name")
    return _properties(model, apart)


def _plain_view(view: View) -> dict[str, Plain]:
    table = view.derived_table
    derived = _properties(table, ("explore_source",)) if table is not None else {}
    source = table.explore_source if table is not None else None
    asked = _properties(source) if source is not None else {}
    return {
        **_properties(view, ("name", "fields", "derived_table", "primary_key")),
        **{f"derived_table.{name}": value for name, value in derived.items()},
        **{f"explore_source.{name}": value for name, value in asked.items()},
    }


def _plain_explore(explore: Explore) -> dict[str, Plain]:
    apart = (
        "name", "model", "project", "view", "joins", "fields", "references", "sets", "views",
        "errors",
    )  # fmt: skip
    return {"view_name": explore.view.name, **_properties(explore, apart)}


def _join(join: Join) -> dict[str, Plain]:
    return {**_properties(join, ("name", "view", "from_")), "from": join.view.name}


def _fields(before: Field, after: Field) -> tuple[dict[str, Plain], dict[str, Plain]]:
    """What both kinds of field have; a dimension that became a measure has little in common."""
    shared = {*before.__struct_fields__} & {*after.__struct_fields__}
    apart = ("name", "view", *({*before.__struct_fields__, *after.__struct_fields__} - shared))
    old, new = ({"kind": _kind(each), **_properties(each, apart)} for each in (before, after))
    return old, new


def _kind(field: Field) -> str:
    return str(field.__struct_config__.tag)


def _properties(struct: Struct, apart: tuple[str, ...] = ()) -> dict[str, Plain]:
    """The properties of a value by name, without its places."""
    return {
        name: _plain(value)
        for name in struct.__struct_fields__
        if name not in apart
        for value in (getattr(struct, name),)
        if not isinstance(value, Place)
    }


def _plain(value: object) -> Plain:
    if isinstance(value, Sql):
        return value.text
    if isinstance(value, FieldSet):
        return value.fields
    if isinstance(value, Struct):
        return tuple(item for item in _properties(value).items() if item[1] not in ("", None, ()))
    if isinstance(value, Mapping):
        return tuple((name, _plain(each)) for name, each in sorted(value.items()))
    if isinstance(value, tuple):
        return tuple(_plain(each) for each in value)
    return value if isinstance(value, str | int | float | None) else str(value)


def _text(value: Plain) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, tuple):
        return str(value)
    pairs = value and all(isinstance(each, tuple) and len(each) == 2 for each in value)
    if pairs:
        texts = [": ".join(map(_text, each)) for each in value if isinstance(each, tuple)]
    else:
        texts = [_text(each) for each in value]
    return ", ".join(texts)
