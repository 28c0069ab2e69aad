"""Build models: what one model file reaches becomes a LookmlModel.

In: the declarations gathered for a model. Out: its explores and views with everything found wrong
with them. Views that several models reach in the same form are built once. Rule: LookML reference,
"Model parameters".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler import syntax
from lookalike.compiler.model.build_explores import ModelParts, build_explore
from lookalike.compiler.model.build_fields import Surroundings
from lookalike.compiler.model.build_views import BuiltView, build_view
from lookalike.compiler.model.check import (
    CheckedView,
    Names,
    check_explore,
    check_tables,
    check_view,
)
from lookalike.compiler.model.explores import Explore
from lookalike.compiler.model.findings import Findings, did_you_mean, quote
from lookalike.compiler.model.gather import Gathered
from lookalike.compiler.model.inheritance import Keys, Resolved, resolve_all
from lookalike.compiler.model.labels import humanise
from lookalike.compiler.model.parameters import WEEKDAYS
from lookalike.compiler.model.project import AccessGrant, Datagroup, LookmlModel, LookmlTest
from lookalike.compiler.model.references import ViewReferences, read_references
from lookalike.compiler.model.values import read, same, sql_of
from lookalike.compiler.model.written import Declaration, list_of
from lookalike.compiler.syntax import Budget, Code, Diagnostic, Severity

_SETTINGS = same(
    "label connection persist_for persist_with week_start_day fiscal_month_offset case_sensitive"
)
_DATAGROUP = same("max_cache_age sql_trigger interval_trigger label description")


class Workshop(Struct, frozen=True, eq=False):
    """What the models of one assembly share: views, by what they were folded from and what
    surrounds them."""

    project: str
    budget: Budget
    keys: Keys
    surroundings: dict[frozenset[object], tuple[int, Surroundings]]
    views: dict[tuple[int, int], tuple[BuiltView, ViewReferences]]


class BuiltModel(Struct, frozen=True, eq=False):
    """`diagnostics` is everything found about the model; one mistake may be there several times."""

    model: LookmlModel
    diagnostics: tuple[Diagnostic, ...]


def build_model(gathered: Gathered, workshop: Workshop) -> BuiltModel:
    """The model that the gathered declarations mean."""
    findings = Findings()
    settings = _settings(gathered, findings)
    views = resolve_all("view", gathered.views, workshop.keys, workshop.budget)
    explores = resolve_all("explore", gathered.explores, workshop.keys, workshop.budget)
    listed = [each for each in explores.values() if not _is_template(each.declaration)]
    grants, datagroups = _named(gathered, "access_grant"), _named(gathered, "datagroup")
    names = Names({each.declaration.name for each in listed}, grants, datagroups, {})
    checked = _views(views, _surroundings(gathered, settings, workshop), names, workshop)
    parts = _parts(gathered.model.name, settings, checked, workshop)
    built = [_explore(each, parts, checked, names) for each in listed]
    _check_model(gathered, settings, bool(listed), findings)
    tests = tuple(_tests(gathered, names, findings))
    model = LookmlModel(
        name=gathered.model.name,
        place=gathered.model.place,
        label=settings.get("label", humanise(gathered.model.name)),
        connection=parts.connection,
        explores={explore.name: explore for explore, _ in built},
        views=parts.views,
        access_grants={each: _grant(grants[each]) for each in grants},
        datagroups={each: _datagroup(datagroups[each], findings) for each in datagroups},
        tests=tests,
        files=gathered.files,
        **parts.calendar,
    )
    found = [*gathered.diagnostics]
    found.extend(each for _, about in built for each in about)
    found.extend(each for view in checked.values() for each in view.diagnostics)
    found.extend(each for one in (*views.values(), *explores.values()) for each in one.diagnostics)
    found.extend(findings.found)
    named = [each if each.model else replace(each, model=model.name) for each in found]
    return BuiltModel(model, tuple(named))


def _settings(gathered: Gathered, findings: Findings) -> dict[str, Any]:
    settings = read(gathered.model, _SETTINGS, findings)
    if "week_start_day" in settings:
        settings["week_start_day"] = WEEKDAYS.index(settings["week_start_day"])
    return settings


def _is_template(declaration: Declaration) -> bool:
    return declaration.text("extension") == "required"


def _named(gathered: Gathered, kind: str) -> dict[str, Declaration]:
    return {name: each for (of, name), each in gathered.others.items() if of == kind}


def _surroundings(
    gathered: Gathered, settings: Mapping[str, Any], workshop: Workshop
) -> tuple[int, Surroundings]:
    """What surrounds the fields of the model, and its number: equal surroundings have equal
    numbers."""
    formats = {
        name: each.text("value_format")
        for name, each in _named(gathered, "named_value_format").items()
    }
    has_fiscal = "fiscal_month_offset" in settings
    key = frozenset((has_fiscal, *formats.items()))
    if key not in workshop.surroundings:
        known = Surroundings({**syntax.value_formats.NAMED, **formats}, has_fiscal)
        workshop.surroundings[key] = (len(workshop.surroundings), known)
    return workshop.surroundings[key]


def _views(
    resolved: Mapping[str, Resolved],
    surroundings: tuple[int, Surroundings],
    names: Names,
    workshop: Workshop,
) -> dict[str, CheckedView]:
    built: dict[str, tuple[BuiltView, ViewReferences]] = {}
    for name, each in resolved.items():
        key = (each.key, surroundings[0])
        if key not in workshop.views:
            view = build_view(each.declaration, surroundings[1], workshop.budget)
            workshop.views[key] = (view, read_references(view.view))
        built[name] = workshop.views[key]
    circular = check_tables({name: references for name, (_, references) in built.items()})
    views: dict[str, CheckedView] = {}
    for name, (view, references) in built.items():
        found = [*resolved[name].diagnostics, *view.diagnostics]
        if name in circular:
            message, place = circular[name], view.view.place
            found.append(Diagnostic(Code.CIRCULAR_REFERENCE, message, place))
        views[name] = check_view(view.view, references, found, names)
    return views


def _parts(
    name: str,
    settings: Mapping[str, Any],
    checked: Mapping[str, CheckedView],
    workshop: Workshop,
) -> ModelParts:
    return ModelParts(
        name=name,
        project=workshop.project,
        connection=settings.get("connection", ""),
        views={name: each.view for name, each in checked.items()},
        defaults=_only(settings, "case_sensitive", "persist_for", "persist_with"),
        calendar=_only(settings, "week_start_day", "fiscal_month_offset"),
        named={},
        budget=workshop.budget,
    )


def _only(settings: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: settings[key] for key in keys if key in settings}


def _explore(
    resolved: Resolved,
    parts: ModelParts,
    checked: Mapping[str, CheckedView],
    names: Names,
) -> tuple[Explore, list[Diagnostic]]:
    built = build_explore(resolved.declaration, parts)
    found = check_explore(built, resolved.diagnostics, checked, names)
    parts.budget.spend(30 * len(found))
    errors = tuple(each for each in found if each.is_error)
    return (replace(built.explore, errors=errors) if errors else built.explore), found


def _check_model(
    gathered: Gathered, settings: Mapping[str, Any], has_explores: bool, findings: Findings
) -> None:
    model = gathered.model
    if has_explores and not settings.get("connection"):
        message = f'model {quote(model.name)} has no connection; write `connection: "name"`'
        place = replace(model.place, line=1, column=1)
        missing = Diagnostic(Code.MISSING_CONNECTION, message, place, Severity.FATAL)
        findings.found.append(missing)
    datagroups = _named(gathered, "datagroup")
    named = settings.get("persist_with")
    if named and named not in datagroups:
        hint = did_you_mean(named, datagroups)
        message = f"`persist_with` names unknown datagroup {quote(named)}{hint}"
        findings.error(Code.UNKNOWN_DATAGROUP, message, model.place_of("persist_with"))


def _tests(gathered: Gathered, names: Names, findings: Findings) -> Iterator[LookmlTest]:
    for name, declaration in _named(gathered, "test").items():
        source = declaration.objects.get(("explore_source", ""))
        explore = source.name if source else ""
        if explore not in names.explores:
            hint = did_you_mean(explore, names.explores)
            message = f"test {quote(name)} is of unknown explore {quote(explore)}{hint}"
            place = source.place if source else declaration.place
            findings.error(Code.UNKNOWN_EXPLORE, message, place)
        asserts = [
            (each.name, sql_of(each, "expression")) for each in declaration.of_kind("assert")
        ]
        written = tuple((each, sql) for each, sql in asserts if sql is not None)
        if not written:
            message = f"test {quote(name)} asserts nothing; write an `assert` with an `expression`"
            findings.error(Code.INVALID_VALUE, message, declaration.place)
        yield LookmlTest(name, explore, written, declaration.place)


def _grant(declaration: Declaration) -> AccessGrant:
    values = list_of(declaration.values.get("allowed_values"))
    return AccessGrant(declaration.name, declaration.text("user_attribute"), values)


def _datagroup(declaration: Declaration, findings: Findings) -> Datagroup:
    return Datagroup(name=declaration.name, **read(declaration, _DATAGROUP, findings))
