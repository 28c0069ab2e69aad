"""Check dashboards: whether what they name exists.

In: the models of a project with their dashboards. Out: unknown models, explores, fields, and
filters that a tile listens to. A model that is unknown may be one of another project, so it is a
warning. What follows from a mistake in an explore, or from an include that is not found, is told
there. Rule: LookML reference, "Validating your LookML".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from lookalike.compiler.model import field_lists
from lookalike.compiler.model.dashboards import Dashboard, DashboardFilter, Mention, TileQuery
from lookalike.compiler.model.explores import Explore
from lookalike.compiler.model.findings import did_you_mean, quote
from lookalike.compiler.model.project import LookmlModel
from lookalike.compiler.syntax import Budget, Code, Diagnostic, Place, Severity

_PLAIN_WARNINGS = ("sorts", "fill_fields")
"""Parameters in which a wrong name spoils nothing."""

_SORT_HELPER = "__sort_"
"""What Looker puts behind a tier or case that it sorts by, in tiles that it has saved itself."""


class _Scope(Struct, frozen=True, eq=False):
    """What dashboards may name."""

    models: Mapping[str, LookmlModel]
    partial: Collection[str]
    budget: Budget


def check_dashboards(
    models: Mapping[str, LookmlModel], partial: Collection[str], budget: Budget
) -> Iterator[Diagnostic]:
    """Everything that dashboards name in vain, once for each tile or filter. The models of
    `partial` lack files that they include."""
    scope = _Scope(models, partial, budget)
    for model in models.values():
        for dashboard in model.dashboards.values():
            if not dashboard.extension_required:
                yield from _check(dashboard, scope)


def _check(dashboard: Dashboard, scope: _Scope) -> Iterator[Diagnostic]:
    names = {each.name for each in dashboard.filters}
    for each in dashboard.filters:
        if each.explore:
            yield from _check_explore(each, each.place, (), scope)
        for name in each.listens_to_filters:
            if name not in names:
                message = f"filter {quote(each.name)} listens to unknown filter {quote(name)}"
                hint = did_you_mean(name, names)
                yield _error(Code.UNKNOWN_FILTER, message + hint, each.place, each.model)
    for element in dashboard.elements:
        for query in element.queries:
            if query.explore:
                yield from _check_explore(query, query.place, query.dynamic, scope)
            yield from _check_listen(query, element.name, names)


def _check_listen(query: TileQuery, element: str, names: set[str]) -> Iterator[Diagnostic]:
    places = [each.place for each in query.mentions if each.parameter == "listen"]
    for (name, _), place in zip(query.listen, places, strict=True):
        if name not in names:
            hint = did_you_mean(name, names) or "; declare it in `filters` of the dashboard"
            message = f"element {quote(element)} listens to unknown filter {quote(name)}{hint}"
            yield _error(Code.UNKNOWN_FILTER, message, place, query.model)


def _check_explore(
    asking: TileQuery | DashboardFilter,
    place: Place,
    dynamic: Iterable[str],
    scope: _Scope,
) -> Iterator[Diagnostic]:
    model = scope.models.get(asking.model)
    if model is None:
        yield _unknown_model(asking, scope.models)
        return
    if model.name in scope.partial:
        return
    explore = model.explores.get(asking.explore)
    if explore is None:
        broken = [each.name for each in model.explores.values() if _is_broken(each)]
        if did_you_mean(asking.explore, broken):
            return  # the name is misspelt there
        hint = did_you_mean(asking.explore, model.explores)
        name = f"unknown explore {quote(asking.explore)} in model {quote(model.name)}"
        yield _error(Code.UNKNOWN_EXPLORE, f"the dashboard asks {name}{hint}", place, model.name)
        return
    if _is_broken(explore):
        return
    told = set(dynamic)
    for mention in asking.mentions:
        scope.budget.spend()
        if mention.name in told or _is_lost(mention.name, explore):
            continue
        if mention.name and not _is_known(mention.name, explore):
            told.add(mention.name)
            yield _unknown(mention, explore)


def _is_broken(explore: Explore) -> bool:
    return not explore.fields or any(each.is_error and not each.field for each in explore.errors)


def _is_lost(name: str, explore: Explore) -> bool:
    """Whether a member of a dimension group is not there because of a mistake in the group, which
    is told of that."""
    alias, _, bare = name.rpartition(".")
    view = explore.view_of(alias or explore.base)
    return view is not None and bare in view.lost


def _is_known(name: str, explore: Explore) -> bool:
    name = name.removesuffix(_SORT_HELPER)
    if name in explore.fields or f"{explore.base}.{name}" in explore.fields:
        return True
    view, _, old = name.rpartition(".")
    return name == "__UNSORTED__" or any(
        name in field.alias or (old in field.alias and full.startswith(f"{view or explore.base}."))
        for full, field in explore.fields.items()
    )


def _unknown_model(
    asking: TileQuery | DashboardFilter, models: Mapping[str, LookmlModel]
) -> Diagnostic:
    hint = did_you_mean(asking.model, models) or "; correct it, or add the project that has it"
    message = f"the project has no model {quote(asking.model)}{hint}"
    place = asking.model_place
    return Diagnostic(Code.UNKNOWN_MODEL, message, place, Severity.WARNING, model=asking.model)


def _unknown(mention: Mention, explore: Explore) -> Diagnostic:
    view = explore.view_of(mention.name.rpartition(".")[0] or explore.base)
    hint = field_lists.hint(mention.name, view, explore.fields)
    message = (
        f"`{mention.parameter}` names unknown field {quote(mention.name)}"
        f" of explore {quote(explore.name)}{hint}"
    )
    severity = Severity.WARNING if mention.parameter in _PLAIN_WARNINGS else Severity.ERROR
    return Diagnostic(
        Code.UNKNOWN_FIELD,
        message,
        mention.place,
        severity,
        model=explore.model,
        explore=explore.name,
        field=mention.name,
    )


def _error(code: Code, message: str, place: Place, model: str) -> Diagnostic:
    return Diagnostic(code, message, place, model=model)
