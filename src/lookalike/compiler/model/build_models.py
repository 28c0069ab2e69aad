"""Build models: what one model file reaches becomes a LookmlModel.

In: the declarations gathered for a model. Out: its explores and views with everything found wrong
with them. Views that several models reach in the same form are built once. Rule: LookML reference,
"Model parameters".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler import syntax
from lookalike.compiler.model.build_dashboards import Boards, build_dashboards, open_boards
from lookalike.compiler.model.build_explores import ModelParts, build_explore
from lookalike.compiler.model.build_fields import Surroundings
from lookalike.compiler.model.build_tests import build_tests
from lookalike.compiler.model.build_views import BuiltView, build_view
from lookalike.compiler.model.check import (
    CheckedView,
    Names,
    check_explore,
    check_tables,
    check_view,
    misread_tables,
)
from lookalike.compiler.model.check_objects import check_objects
from lookalike.compiler.model.findings import Findings, did_you_mean, quote
from lookalike.compiler.model.fitting import misspelt
from lookalike.compiler.model.gather import Gathered
from lookalike.compiler.model.inheritance import Folds, Resolved, resolve_all
from lookalike.compiler.model.kept import Frame, KeptExplore, KeptModel, keep
from lookalike.compiler.model.labels import humanise
from lookalike.compiler.model.outlines import Outlines
from lookalike.compiler.model.parameters import WEEKDAYS
from lookalike.compiler.model.project import (
    AccessGrant,
    Datagroup,
    LookmlModel,
    MapLayer,
    NamedFormat,
)
from lookalike.compiler.model.references import ViewReferences, read_references
from lookalike.compiler.model.tables import Cost, Table
from lookalike.compiler.model.values import is_yes, read, same
from lookalike.compiler.model.views import View
from lookalike.compiler.model.written import Declaration, list_of
from lookalike.compiler.syntax import Budget, Code, Diagnostic, Severity

_SETTINGS = same(
    "label connection persist_for persist_with week_start_day fiscal_month_offset case_sensitive"
)
_MAP_LAYER = same(
    """file url format feature_key property_key property_label_key projection extents_json_url label
    max_zoom_level min_zoom_level"""
)
_DATAGROUP = same("max_cache_age sql_trigger interval_trigger label description")


class Workshop(Struct, frozen=True, eq=False):
    """What the models of one assembly share: folded declarations; views, by the declaration they
    are built from and what surrounds them. `models` are those built so far, `before` those of the
    assembly before."""

    project: str
    budget: Budget
    folds: Folds
    surroundings: Table[frozenset[object], Surroundings]
    views: Table[tuple[int, int], tuple[BuiltView, ViewReferences]]
    boards: Boards
    models: dict[str, KeptModel]
    before: Mapping[str, KeptModel]

    @property
    def made(self) -> tuple[object, ...]:
        """What the models are made of, apart from the files."""
        tables = self.folds.made, self.surroundings.made, self.views.made
        return (*tables[0], *tables[1], *tables[2], *self.boards.made)


def open_workshop(
    project: str, budget: Budget, kin: Workshop | None, before: Mapping[str, KeptModel]
) -> Workshop:
    """The place where models of `project` are built. It shares with its kin what is still held;
    `before` are the models that were built last, by name."""
    if kin is None:
        return Workshop(project, budget, Table(), Table(), Table(), open_boards(None), {}, before)
    tables = Table(kin.folds), Table(kin.surroundings), Table(kin.views)
    return Workshop(project, budget, *tables, open_boards(kin.boards), {}, before)


class BuiltModel(Struct, frozen=True, eq=False):
    """`diagnostics` is everything found about the model; one mistake may be there several times."""

    model: LookmlModel
    diagnostics: tuple[Diagnostic, ...]


def build_model(gathered: Gathered, workshop: Workshop) -> BuiltModel:
    """The model that the gathered declarations mean."""
    findings = Findings()
    settings = settings_of(gathered, findings)
    views = resolve_all("view", gathered.views, workshop.folds, workshop.budget)
    explores = resolve_all("explore", gathered.explores, workshop.folds, workshop.budget)
    listed = _listed(explores)
    grants, datagroups = _named(gathered, "access_grant"), datagroups_of(gathered)
    before = workshop.before.get(gathered.model.name)
    made = _views(views, _surroundings(gathered, workshop), workshop)
    declared = {each.declaration.name: each.declaration for each in listed}
    outlines = Outlines(declared, {name: view.view for name, (view, _) in made.items()}, {})
    names = Names(gathered.model.name, declared, grants, datagroups, {}, outlines)
    checked = _checked(made, views, names)
    if before is not None:
        checked = {name: before.view(name, each) for name, each in checked.items()}
    parts = _parts(gathered.model.name, settings, checked, workshop)
    frame = _frame(parts, names)
    holding = before.explores_among(checked, frame) if before is not None else {}
    built = _explores(listed, parts, checked, names, holding)
    _check_model(gathered, settings, bool(listed), findings)
    explored = {name: each.explore for name, each in built.items()}
    declared_tests = _named(gathered, "test")
    tests = tuple(build_tests(declared_tests, outlines, explored, findings, workshop.budget))
    dashboards, wrong = build_dashboards(
        gathered.dashboards, gathered.model.name, workshop.boards, workshop.budget
    )
    model = LookmlModel(
        name=gathered.model.name,
        place=gathered.model.place,
        label=settings.get("label", humanise(gathered.model.name)),
        connection=parts.connection,
        connection_place=gathered.model.place_of("connection"),
        label_place=gathered.model.place_of("label"),
        explores=explored,
        views=parts.views,
        access_grants=grants_of(gathered),
        datagroups={each: _datagroup(datagroups[each], findings) for each in datagroups},
        tests=tests,
        files=gathered.files,
        value_formats=_formats(gathered),
        map_layers={
            name: MapLayer(name=name, **read(each, _MAP_LAYER, findings))
            for name, each in _named(gathered, "map_layer").items()
        },
        dashboards=dashboards,
        **parts.calendar,
    )
    found = [*gathered.diagnostics]
    found.extend(each for explore in built.values() for each in explore.found)
    found.extend(each for view in checked.values() for each in view.diagnostics)
    found.extend(each for one in (*views.values(), *explores.values()) for each in one.diagnostics)
    found.extend((*findings.found, *wrong))
    named = [each if each.model else replace(each, model=model.name) for each in found]
    if before is not None and before.model == model:
        model = before.model
    workshop.models[model.name] = KeptModel(frame, checked, built, model)
    return BuiltModel(model, tuple(named))


def settings_of(gathered: Gathered, findings: Findings) -> dict[str, Any]:
    """The model's own parameters, by name."""
    settings = read(gathered.model, _SETTINGS, findings)
    if "week_start_day" in settings:
        settings["week_start_day"] = WEEKDAYS.index(settings["week_start_day"])
    return settings


def listed_explores(gathered: Gathered, workshop: Workshop) -> Sequence[Resolved]:
    """The explores that the model offers, with all they inherit."""
    return _listed(resolve_all("explore", gathered.explores, workshop.folds, workshop.budget))


def _listed(explores: Mapping[str, Resolved]) -> Sequence[Resolved]:
    return [each for each in explores.values() if each.declaration.text("extension") != "required"]


def grants_of(gathered: Gathered) -> Mapping[str, AccessGrant]:
    """The access grants of the model by name."""
    return {name: _grant(each) for name, each in _named(gathered, "access_grant").items()}


def datagroups_of(gathered: Gathered) -> Mapping[str, Declaration]:
    """The datagroups of the model by name."""
    return _named(gathered, "datagroup")


def _named(gathered: Gathered, kind: str) -> dict[str, Declaration]:
    return {name: each for (of, name), each in gathered.others.items() if of == kind}


def _surroundings(gathered: Gathered, workshop: Workshop) -> Surroundings:
    """What surrounds the fields of the model; equal surroundings are one object."""
    formats = _formats(gathered)
    has_fiscal = "fiscal_month_offset" in gathered.model.values
    layers = frozenset(_named(gathered, "map_layer"))
    key = frozenset((has_fiscal, layers, *formats.items()))
    known = {name: each.value_format for name, each in formats.items()}

    def make() -> Surroundings:
        strict = frozenset(name for name, each in formats.items() if each.is_strict)
        return Surroundings({**syntax.value_formats.NAMED, **known}, has_fiscal, strict, layers)

    return workshop.surroundings.get(key, make, workshop.budget)


def _formats(gathered: Gathered) -> dict[str, NamedFormat]:
    return {
        name: NamedFormat(each.text("value_format"), is_yes(each, "strict_value_format"))
        for name, each in _named(gathered, "named_value_format").items()
    }


def _views(
    resolved: Mapping[str, Resolved],
    surroundings: Surroundings,
    workshop: Workshop,
) -> dict[str, tuple[BuiltView, ViewReferences]]:
    return {
        name: _view(each.declaration, surroundings, workshop) for name, each in resolved.items()
    }


def _checked(
    built: Mapping[str, tuple[BuiltView, ViewReferences]],
    resolved: Mapping[str, Resolved],
    names: Names,
) -> dict[str, CheckedView]:
    references_of = {name: references for name, (_, references) in built.items()}
    circular = check_tables(references_of)
    misread = misread_tables(
        {name: view.diagnostics for name, (view, _) in built.items()}, references_of
    )
    views: dict[str, CheckedView] = {}
    for name, (view, references) in built.items():
        found = [*resolved[name].diagnostics, *view.diagnostics, *misread.get(name, ())]
        if name in circular:
            message, place = circular[name], view.view.place
            found.append(Diagnostic(Code.CIRCULAR_REFERENCE, message, place))
        views[name] = check_view(view.view, resolved[name].declaration, references, found, names)
    return views


def _view(
    declaration: Declaration, surroundings: Surroundings, workshop: Workshop
) -> tuple[BuiltView, ViewReferences]:
    def make() -> tuple[BuiltView, ViewReferences]:
        built = build_view(declaration, surroundings, workshop.budget)
        return built, read_references(built.view, declaration)

    key, of = (id(declaration), id(surroundings)), (declaration, surroundings)
    return workshop.views.get(key, make, workshop.budget, of)


def _parts(
    name: str,
    settings: Mapping[str, Any],
    checked: Mapping[str, CheckedView],
    workshop: Workshop,
) -> ModelParts:
    views: Mapping[str, View] = {each: found.view for each, found in checked.items()}
    before = workshop.before.get(name)
    return ModelParts(
        name=name,
        project=workshop.project,
        connection=settings.get("connection", ""),
        views=before.views(views) if before is not None else views,
        defaults=_only(settings, "case_sensitive", "persist_for", "persist_with"),
        calendar=_only(settings, "week_start_day", "fiscal_month_offset"),
        named={},
        budget=workshop.budget,
    )


def _frame(parts: ModelParts, names: Names) -> Frame:
    own = (parts.project, parts.connection, parts.defaults, parts.calendar)
    return (*own, frozenset(names.grants), frozenset(names.datagroups))


def _only(settings: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: settings[key] for key in keys if key in settings}


def _explores(
    listed: Sequence[Resolved],
    parts: ModelParts,
    checked: Mapping[str, CheckedView],
    names: Names,
    holding: Mapping[str, KeptExplore],
) -> dict[str, KeptExplore]:
    """Every explore by name, `holding` those that need not be built again."""
    explores: dict[str, KeptExplore] = {}
    for resolved in listed:
        kept = holding.get(resolved.declaration.name)
        if kept is not None and kept.is_of(resolved):
            kept.cost.charge(parts.budget)
            explore = kept.among(parts.views)
        else:
            explore = _explore(resolved, parts, checked, names)
        explores[resolved.declaration.name] = explore
    return explores


def _explore(
    resolved: Resolved,
    parts: ModelParts,
    checked: Mapping[str, CheckedView],
    names: Names,
) -> KeptExplore:
    budget = parts.budget
    steps, size = budget.steps, budget.size
    built = build_explore(resolved.declaration, parts)
    found = check_explore(built, resolved.diagnostics, checked, names, budget)
    budget.spend(30 * len(found))
    return keep(resolved, built, found, checked, Cost.since(steps, size, budget))


def _check_model(
    gathered: Gathered, settings: Mapping[str, Any], has_explores: bool, findings: Findings
) -> None:
    model = gathered.model
    check_objects(gathered.others, findings)
    if "persist_for" in model.values and "persist_with" in model.values:
        message = "a model has either `persist_for` or `persist_with`; keep one"
        findings.warning(Code.INVALID_VALUE, message, model.place_of("persist_with"))
    if has_explores and not settings.get("connection"):
        node = misspelt(model, "connection")
        instead = f" instead of {quote(node.key)}" if node else ""
        advice = f'write `connection: "name"`{instead}'
        message = f"model {quote(model.name)} has no connection; {advice}"
        place = model.source.place(node) if node else replace(model.place, line=1, column=1)
        missing = Diagnostic(Code.MISSING_CONNECTION, message, place, Severity.FATAL)
        findings.found.append(missing)
    datagroups = datagroups_of(gathered)
    named = settings.get("persist_with")
    if named and named not in datagroups:
        hint = did_you_mean(named, datagroups)
        message = f"`persist_with` names unknown datagroup {quote(named)}{hint}"
        findings.error(Code.UNKNOWN_DATAGROUP, message, model.place_of("persist_with"))


def _grant(declaration: Declaration) -> AccessGrant:
    values = list_of(declaration.values.get("allowed_values"))
    return AccessGrant(declaration.name, declaration.text("user_attribute"), values)


def _datagroup(declaration: Declaration, findings: Findings) -> Datagroup:
    return Datagroup(name=declaration.name, **read(declaration, _DATAGROUP, findings))
