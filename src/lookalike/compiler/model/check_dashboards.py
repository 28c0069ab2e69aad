"""Check dashboards: whether what they name exists.

In: the models of a project with their dashboards. Out: unknown explores, fields, and filters that a
tile listens to. A model of another project is not looked at. Rule: LookML reference, "Validating
your LookML".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lookalike.compiler.model.dashboards import Dashboard, DashboardFilter, Mention, TileQuery
from lookalike.compiler.model.explores import Explore
from lookalike.compiler.model.findings import did_you_mean, quote
from lookalike.compiler.model.project import LookmlModel
from lookalike.compiler.syntax import Budget, Code, Diagnostic, Place, Severity

_PLAIN_WARNINGS = ("sorts", "fill_fields")
"""Parameters in which a wrong name spoils nothing."""

_SORT_HELPER = "__sort_"
"""What Looker puts behind a tier or case that it sorts by, in tiles that it has saved itself."""


def check_dashboards(models: Mapping[str, LookmlModel], budget: Budget) -> Iterator[Diagnostic]:
    """Everything that dashboards name in vain, once for each tile or filter."""
    for model in models.values():
        for dashboard in model.dashboards.values():
            if not dashboard.extension_required:
                yield from _check(dashboard, models, budget)


def _check(
    dashboard: Dashboard, models: Mapping[str, LookmlModel], budget: Budget
) -> Iterator[Diagnostic]:
    names = {each.name for each in dashboard.filters}
    for each in dashboard.filters:
        if each.explore:
            yield from _check_explore(each, each.place, (), models, budget)
        for name in each.listens_to_filters:
            if name not in names:
                message = f"filter {quote(each.name)} listens to unknown filter {quote(name)}"
                hint = did_you_mean(name, names)
                yield _error(Code.UNKNOWN_FILTER, message + hint, each.place, each.model)
    for element in dashboard.elements:
        for query in element.queries:
            if query.explore:
                yield from _check_explore(query, query.place, query.dynamic, models, budget)
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
    models: Mapping[str, LookmlModel],
    budget: Budget,
) -> Iterator[Diagnostic]:
    model = models.get(asking.model)
    if model is None:
        return
    explore = model.explores.get(asking.explore)
    if explore is None:
        hint = did_you_mean(asking.explore, model.explores)
        name = f"unknown explore {quote(asking.explore)} in model {quote(model.name)}"
        yield _error(Code.UNKNOWN_EXPLORE, f"the dashboard asks {name}{hint}", place, model.name)
        return
    told = set(dynamic)
    for mention in asking.mentions:
        budget.spend()
        if mention.name and mention.name not in told and not _is_known(mention.name, explore):
            told.add(mention.name)
            yield _unknown(mention, explore)


def _is_known(name: str, explore: Explore) -> bool:
    name = name.removesuffix(_SORT_HELPER)
    if name in explore.fields or f"{explore.base}.{name}" in explore.fields:
        return True
    view, _, old = name.rpartition(".")
    return name == "__UNSORTED__" or any(
        name in field.alias or (old in field.alias and full.startswith(f"{view or explore.base}."))
        for full, field in explore.fields.items()
    )


def _unknown(mention: Mention, explore: Explore) -> Diagnostic:
    hint = did_you_mean(mention.name, explore.fields)
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
