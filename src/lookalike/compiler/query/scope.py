"""Scope: what a Liquid template of one view may see of the question it helps to answer."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from lookalike.compiler import syntax
from lookalike.compiler.model import Explore, Parameter
from lookalike.compiler.query import parameters
from lookalike.compiler.query.asker import Asker
from lookalike.compiler.query.contexts import Context
from lookalike.compiler.query.intervals import Calendar
from lookalike.compiler.query.names import full_name
from lookalike.compiler.query.resolve import Resolved


class Scene(Protocol):
    """The question as a whole: the same for all of its templates."""

    @property
    def explore(self) -> Explore: ...

    @property
    def resolved(self) -> Resolved: ...

    @property
    def asker(self) -> Asker: ...

    @property
    def calendar(self) -> Calendar: ...

    @property
    def dialect(self) -> str: ...


class TemplateScope:
    """`syntax.liquid.Scope` for a text that stands in `context`.

    Rule: LookML reference, "Liquid variable reference". `_access_filters` is not in it: LookML in
    use reads it as the value of the attribute that an `access_filter` names for the field.
    """

    __slots__ = ("_alias", "_scene", "names")

    names: Mapping[str, str]

    def __init__(self, scene: Scene, context: Context, more: Sequence[dict[str, Any]] = ()) -> None:
        """`more` are names beside those of every template, such as the values of a row."""
        self._scene = scene
        self._alias = context.alias or scene.explore.base
        names = {
            "_model._name": scene.explore.model,
            "_explore._name": scene.explore.name,
            "_explore._dashboard_url": "",  # no question knows the dashboard it is shown on
            "_view._name": self._alias,
            "_field._name": context.field,
            "_dialect._name": scene.dialect,
            "_query._query_timezone": scene.calendar.zone,
            "now": scene.calendar.now.isoformat(timespec="seconds"),
        }
        for each in scene.explore.access_filters:
            value = scene.asker.attributes.get(each.user_attribute, "")
            names[f"_access_filters.{each.field}"] = syntax.liquid.Typed(value)
        self.names = ChainMap(names, *more) if more else names

    def user_attribute(self, name: str) -> str | None:
        return self._scene.asker.attributes.get(name)

    def filter_text(self, field: str) -> str | None:
        name = self._full(field)
        resolved = self._scene.resolved
        return resolved.filters.get(name, resolved.parameters.get(name))

    def parameter_text(self, field: str) -> str | None:
        name = self._full(field)
        parameter = self._scene.explore.references.get(name)
        if not isinstance(parameter, Parameter):
            return self._scene.resolved.filters.get(name)
        value = self._scene.resolved.parameters.get(name, parameter.default_value)
        return None if value is None else parameters.compared(parameter, value)

    def is_view(self, name: str) -> bool:
        return self._scene.explore.view_of(name) is not None or name in self._scene.explore.views

    def is_field(self, field: str) -> bool:
        return self._full(field) in self._scene.explore.references

    def in_query(self, name: str) -> bool:
        resolved = self._scene.resolved
        if name in resolved.views:
            return True
        return self.is_selected(name) or self.is_filtered(name)

    def is_selected(self, field: str) -> bool:
        return self._full(field) in self._scene.resolved.selected

    def is_filtered(self, field: str) -> bool:
        name = self._full(field)
        return name in self._scene.resolved.filters or name in self._scene.resolved.parameters

    def _full(self, field: str) -> str:
        return full_name(self._scene.explore, field, self._alias)
