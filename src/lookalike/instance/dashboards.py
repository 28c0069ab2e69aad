"""Dashboards: the LookML dashboards of a workspace, what their tiles ask, and which can't be asked.

In: a caller, or a project put together. Out: dashboards by their id `model::name`; each tile's
questions with the defaults of the dashboard's filters in place. Tiles and filters that name what a
grant withholds from the caller are left out. Nothing is run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler import model, query, syntax
from lookalike.compiler.query import DEFAULT_LIMIT, Query
from lookalike.compiler.syntax import Code, Diagnostic, Severity
from lookalike.instance import connections, models, wording
from lookalike.instance.access import Caller, Permission, require
from lookalike.instance.errors import NotFound
from lookalike.instance.instance import Instance
from lookalike.instance.models import FoundModel, FoundOverview
from lookalike.instance.withheld import Withheld, each_withheld

MOST_TILES = 2_000
"""How many questions of tiles a validation writes as SQL at most."""

_COLUMN_LIMIT = 50
_STEPS = 2_000_000
_OF_THE_ASKER = (Code.MISSING_ATTRIBUTE,)


class FoundDashboard(Struct, frozen=True):
    """A dashboard and the model that includes it."""

    dashboard: model.Dashboard
    model: FoundModel | FoundOverview

    @property
    def id(self) -> str:
        return f"{self.model.model.name}::{self.dashboard.name}"


def list_dashboards(instance: Instance, caller: Caller) -> tuple[FoundDashboard, ...]:
    """Every dashboard of the models that the caller sees, in the caller's workspace, by id; as a
    list names them, without tiles and filters.
    """
    return tuple(
        replace(each, dashboard=replace(each.dashboard, elements=(), filters=()))
        for each in _every(instance, caller)
    )


def whole_dashboards(instance: Instance, caller: Caller) -> tuple[FoundDashboard, ...]:
    """The same dashboards, each as `get_dashboard` answers it."""
    return tuple(_as_seen(instance, caller, each) for each in _every(instance, caller))


def _every(instance: Instance, caller: Caller) -> list[FoundDashboard]:
    require(caller, Permission.SEE_LOOKML_DASHBOARDS)
    found = [
        FoundDashboard(wording.board_of(caller, boards.of, dashboard), boards.of)
        for boards in models.list_boards(instance, caller)
        for dashboard in boards.dashboards.values()
        if not dashboard.extension_required
    ]
    return sorted(found, key=lambda each: each.id)


def get_dashboard(instance: Instance, caller: Caller, id_: str) -> FoundDashboard:
    """One dashboard by its id. Raises NotFound, also where the caller may not see its model."""
    require(caller, Permission.SEE_LOOKML_DASHBOARDS)
    model_name, _, name = id_.partition("::")
    if name:
        found = models.find_model(instance, caller, model_name)
        dashboard = found.model.dashboards.get(name)
        if dashboard is not None and not dashboard.extension_required:
            shown = wording.board_of(caller, found, dashboard)
            return _as_seen(instance, caller, FoundDashboard(shown, found))
    raise NotFound(
        f"dashboard `{id_}` was not found in workspace `{caller.session.workspace}`;"
        " the id of a LookML dashboard is `model::name`"
    )


def _as_seen(instance: Instance, caller: Caller, found: FoundDashboard) -> FoundDashboard:
    """The dashboard without the tiles and filters that name what a grant withholds."""
    board = found.dashboard
    of_model = each_withheld(instance, caller)

    def is_withheld(question: Query) -> bool:
        withheld = of_model(question.model)
        return withheld is not None and withheld.is_asked_for(question)

    elements = tuple(
        _without_names(each, of_model)
        for each in board.elements
        if not any(is_withheld(_named(board, tile)) for tile in each.queries)
    )
    filters = tuple(each for each in board.filters if not is_withheld(_choices(each)))
    return replace(found, dashboard=replace(board, elements=elements, filters=filters))


def _without_names(
    element: model.DashboardElement, of_model: Callable[[str], Withheld | None]
) -> model.DashboardElement:
    """The tile with options that name nothing withheld."""
    vis = element.vis
    for tile in element.queries:
        withheld = of_model(tile.model)
        if withheld is not None:
            vis = withheld.options(vis, tile.explore)
    return element if vis is element.vis else replace(element, vis=vis)


def _named(board: model.Dashboard, tile: model.TileQuery) -> Query:
    """The question of a tile with every filter that it listens to."""
    return _question(board, tile, {name: "" for name, _ in tile.listen})


def _choices(filter_: model.DashboardFilter) -> Query:
    """The question for the values of a filter of a dashboard."""
    return Query(model=filter_.model, explore=filter_.explore, fields=(filter_.field,))


def asker_of(instance: Instance, caller: Caller, dashboard: model.Dashboard) -> query.Asker:
    """Who reads the defaults of the dashboard's filters."""
    zone = dashboard.query_timezone or "UTC"
    return query.Asker(now=instance.clock(), zone=zone, attributes=caller.attributes)


def questions(
    dashboard: model.Dashboard, element: model.DashboardElement, asker: query.Asker
) -> tuple[tuple[model.TileQuery, Query], ...]:
    """What a tile asks, with the defaults of the dashboard's filters: one question for most, none
    for a text, several where the answers are merged.

    The filter of a dashboard takes the place of the tile's own on the same field.
    """
    budget = syntax.Budget(steps=_STEPS)
    defaults = {
        each.name: query.default_for(each.default_value, asker, budget)
        for each in dashboard.filters
    }
    return tuple((each, _question(dashboard, each, defaults)) for each in element.queries)


def tile_findings(
    instance: Instance, caller: Caller, project: model.Project
) -> Iterator[Diagnostic]:
    """What is wrong with the tiles of a project that is found only by writing their SQL.

    A tile that needs what is not there yet is a note. One whose names are wrong, or whose explore
    is, has been reported already.
    """
    left = MOST_TILES
    told = {(each.place.path, each.place.line) for each in project.diagnostics if each.is_error}
    for found in project.models.values():
        for dashboard in found.dashboards.values():
            if dashboard.extension_required:
                continue
            asker = asker_of(instance, caller, dashboard)
            for element in dashboard.elements:
                left -= len(element.queries)
                if left < 0:
                    return
                if element.is_merged:
                    yield _merging(element, found.name)
                for tile, question in questions(dashboard, element, asker):
                    places = (tile.place, *(each.place for each in tile.mentions))
                    if told.isdisjoint((place.path, place.line) for place in places):
                        yield from _tried(instance, caller, project, element, question)


def _question(
    dashboard: model.Dashboard, tile: model.TileQuery, defaults: Mapping[str, str]
) -> Query:
    listened = {field: defaults[name] for name, field in tile.listen if name in defaults}
    return Query(
        model=tile.model,
        explore=tile.explore,
        fields=tile.fields,
        filters=tuple({**dict(tile.filters), **listened}.items()),
        filter_expression=tile.filter_expression,
        sorts=tile.sorts,
        limit=DEFAULT_LIMIT if tile.limit is None else tile.limit,
        timezone=tile.query_timezone or dashboard.query_timezone,
        pivots=tile.pivots,
        fill_fields=tile.fill_fields,
        subtotals=tile.subtotals,
        dynamic_fields=tile.dynamic_fields,
        column_limit=_COLUMN_LIMIT if tile.column_limit is None else tile.column_limit,
        total=tile.total,
        row_total=tile.row_total,
    )


def _merging(element: model.DashboardElement, model_name: str) -> Diagnostic:
    message = (
        f"the tile `{element.name}` can't be answered: `merged_queries` is not supported;"
        " each of its queries can be asked by itself"
    )
    place = element.place
    return Diagnostic(Code.NOT_SUPPORTED, message, place, Severity.INFO, model=model_name)


def _tried(
    instance: Instance,
    caller: Caller,
    project: model.Project,
    element: model.DashboardElement,
    question: Query,
) -> Iterator[Diagnostic]:
    """The first reason why a question of a tile can't be written as SQL."""
    found = project.models.get(question.model)
    explore = found.explores.get(question.explore) if found is not None else None
    if found is None or explore is None:
        return
    if any(each.is_error and not each.field for each in explore.errors):
        return
    try:
        settings = connections.settings_of(instance, explore.connection)
    except NotFound:
        return
    asker = query.Asker(
        now=instance.clock(),
        attributes=caller.attributes,
        zone=settings.timezone,
        database_zone=settings.timezone,
    )
    budget = syntax.Budget(steps=_STEPS)
    planned = query.plan(question, explore, asker, settings.dialect, budget, found.explores)
    broken = {each.field for each in explore.errors}
    errors = [each for each in planned.diagnostics if each.is_error]
    if not errors or any(each.code in _OF_THE_ASKER or each.field in broken for each in errors):
        return
    first = next((each for each in errors if each.code is Code.NOT_SUPPORTED), errors[0])
    asked = {*question.fields, *(name for name, _ in question.filters)}
    if first.code is Code.UNKNOWN_FIELD and first.field in asked:
        return  # the names have been looked at
    yield replace(
        first,
        message=f"the tile `{element.name}` can't be answered: {first.message}",
        severity=Severity.INFO if first.code is Code.NOT_SUPPORTED else Severity.ERROR,
        place=element.place,
        model=found.name,
        explore=explore.name,
    )
