"""Models: the assembled LookML of a workspace, and what of it the caller may see.

In: a caller and names. Out: models and explores of the version that the caller's session works on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler import model
from lookalike.compiler.syntax import Code, Diagnostic
from lookalike.instance import access, loading, workspaces
from lookalike.instance.access import Caller
from lookalike.instance.errors import NotFound
from lookalike.instance.instance import AssembledKey, Instance
from lookalike.instance.loading import Sources
from lookalike.instance.workspaces import Unreadable, Version
from lookalike.store import projects

_MOST_NAMED = 5
"""How many models a message names where none is like the one that was asked for."""


class FoundModel(Struct, frozen=True):
    """A model, the version of the project it was read from, and the key of its content. `strings`
    are the texts of the project by locale.
    """

    model: model.LookmlModel
    version: Version
    key: AssembledKey
    strings: Mapping[str, Mapping[str, str]] = {}


class FoundOverview(Struct, frozen=True):
    """What a list says of a model, the version it was read from, and the texts of the project."""

    model: model.Overview
    version: Version
    strings: Mapping[str, Mapping[str, str]] = {}


class FoundBoards(Struct, frozen=True):
    """The dashboards of a model by name, and what a list says of that model."""

    dashboards: Mapping[str, model.Dashboard]
    of: FoundOverview


class FoundExplore(Struct, frozen=True):
    """An explore as the caller sees it. `met` are the access grants that the caller meets."""

    explore: model.Explore
    model: model.LookmlModel
    version: Version
    met: frozenset[str]
    key: AssembledKey
    strings: Mapping[str, Mapping[str, str]] = {}


def each_model(instance: Instance, caller: Caller) -> Iterator[FoundModel]:
    """Every model of every project that the caller sees, in the caller's workspace, by name. Where
    two projects have one of the same name, the older project's counts. Each is built when it is
    asked for.
    """
    holders: dict[str, list[Sources]] = {}
    for version in _versions(instance, caller, ""):
        sources = loading.sources_of(instance, caller, version)
        for name in loading.model_files(instance, version):
            holders.setdefault(name, []).append(sources)
    for name in sorted(holders):
        found = (_find(instance, caller, sources, name) for sources in holders[name])
        yield from islice((each for each in found if each is not None), 1)


def list_overviews(instance: Instance, caller: Caller) -> tuple[FoundOverview, ...]:
    """The same models, as far as a list says of them."""
    found: dict[str, FoundOverview] = {}
    for version in _versions(instance, caller, ""):
        sources = loading.sources_of(instance, caller, version)
        strings = loading.strings_of(instance, sources)
        for name, each in loading.overviews(instance, sources).items():
            if caller.sees_model(name):
                found.setdefault(name, FoundOverview(each, version, strings))
    return tuple(found[name] for name in sorted(found))


def list_boards(instance: Instance, caller: Caller) -> tuple[FoundBoards, ...]:
    """The dashboards of the same models."""
    found: list[FoundBoards] = []
    for each in list_overviews(instance, caller):
        sources = loading.sources_of(instance, caller, each.version)
        boards = loading.dashboards(instance, sources).get(each.model.name)
        if boards is not None:
            found.append(FoundBoards(boards, each))
    return tuple(found)


def find_model(instance: Instance, caller: Caller, name: str, workspace: str = "") -> FoundModel:
    """One model. Raises NotFound, also where the caller's roles do not cover it."""
    names: set[str] = set()
    for version in _versions(instance, caller, workspace):
        here = loading.model_files(instance, version)
        if name in here:
            sources = loading.sources_of(instance, caller, version)
            found = _find(instance, caller, sources, name)
            if found is not None:
                return found
        names.update(each for each in here if caller.sees_model(each))
    names.discard(name)
    where = workspace or caller.session.workspace
    hint = _elsewhere(instance, caller, where, name) or model.did_you_mean(name, names)
    if not hint and 0 < len(names) <= _MOST_NAMED:
        hint = "; there is " + ", ".join(f"`{each}`" for each in sorted(names))
    raise NotFound(f"model `{name}` was not found in workspace `{where}`{hint}")


def explore_for(
    instance: Instance, caller: Caller, model_name: str, explore_name: str, workspace: str = ""
) -> FoundExplore:
    """One explore, without the joins and fields that the caller may not see."""
    found = find_model(instance, caller, model_name, workspace)
    try:
        return explore_of(caller, found, explore_name)
    except NotFound as error:
        where = found.version.workspace
        hint = _elsewhere(instance, caller, where, model_name, explore_name)
        if not hint:
            names = {each.name for each in visible_explores(caller, overview_of(found))}
            hint = model.did_you_mean(explore_name, names)
        raise NotFound(f"{error}{hint}") from None


def with_hints(
    instance: Instance, caller: Caller, found: FoundExplore, diagnostics: Sequence[Diagnostic]
) -> tuple[Diagnostic, ...]:
    """The diagnostics of a question about `found`; where a field is unknown, they say in which
    other workspace of the caller it can be found.
    """
    hinted = list(diagnostics)
    unknown = [n for n, one in enumerate(hinted) if one.code is Code.UNKNOWN_FIELD and one.field]
    for n in unknown[:3]:
        field = hinted[n].field
        where = found.version.workspace
        hint = _elsewhere(instance, caller, where, found.model.name, found.explore.name, field)
        hinted[n] = replace(hinted[n], message=hinted[n].message + hint)
    return tuple(hinted)


def explore_of(caller: Caller, found: FoundModel, explore_name: str) -> FoundExplore:
    """One explore of a model, as the caller sees it."""
    met = access.grants(caller, found.model)
    explore = found.model.explores.get(explore_name)
    seen = access.visible(explore, met) if explore else None
    if seen is None:
        raise NotFound(
            f"explore `{explore_name}` was not found in model `{found.model.name}`"
            f" in workspace `{found.version.workspace}`"
        )
    return FoundExplore(seen, found.model, found.version, met, found.key, found.strings)


def overview_of(found: FoundModel) -> FoundOverview:
    """What a list would say of a model that was found."""
    return FoundOverview(model.overview_of(found.model), found.version, found.strings)


def visible_explores(caller: Caller, found: FoundOverview) -> tuple[model.ListedExplore, ...]:
    """The explores of a model that the caller sees, by name."""
    met = access.grants(caller, found.model)
    return tuple(
        explore
        for explore in found.model.explores
        if met.issuperset(explore.required_access_grants)
    )


def assembled_of(instance: Instance, caller: Caller, version: Version) -> model.Assembled:
    """The project of a version, put together, with its diagnostics."""
    return loading.assembled(instance, loading.sources_of(instance, caller, version))


def key_of(instance: Instance, caller: Caller, version: Version) -> AssembledKey:
    """All that the models of a version depend on: its files, and those of what it imports."""
    return loading.sources_of(instance, caller, version).key


def models_in(instance: Instance, caller: Caller, version: Version) -> Iterator[FoundModel]:
    """The models of one project in one version, as far as the caller sees them."""
    sources = loading.sources_of(instance, caller, version)
    for name in loading.model_files(instance, version):
        found = _find(instance, caller, sources, name)
        if found is not None:
            yield found


def _elsewhere(
    instance: Instance, caller: Caller, here: str, name: str, explore: str = "", field: str = ""
) -> str:
    """Which other workspace of the caller has a model, explore or field. Only asked on failure."""
    for workspace in workspaces.others(instance, caller, here):
        for version in _versions(instance, caller, workspace):
            if name not in loading.model_files(instance, version):
                continue
            sources = loading.sources_of(instance, caller, version)
            found = _find(instance, caller, sources, name)
            if found is None:
                continue
            with suppress(NotFound):
                if not explore or (not field and explore_of(caller, found, explore)):
                    return f"; it exists in workspace `{workspace}`"
                if field in explore_of(caller, found, explore).explore.fields:
                    return f"; it exists in workspace `{workspace}`"
    return ""


def _find(instance: Instance, caller: Caller, sources: Sources, name: str) -> FoundModel | None:
    """One model of a version, if it has one of that name that the caller sees."""
    path = loading.model_files(instance, sources.version).get(name)
    if path is None or not caller.sees_model(name):
        return None
    found = loading.model_of(instance, sources, path)
    if found is None:
        return None
    strings = loading.strings_of(instance, sources)
    return FoundModel(found, sources.version, sources.key, strings)


def _versions(instance: Instance, caller: Caller, workspace: str) -> Iterator[Version]:
    """The version of each project that can be read."""
    with instance.database.read() as db:
        rows = projects.list_projects(db)
    for project in rows:
        with suppress(Unreadable):  # validating that project says so
            version = workspaces.version_of(instance, caller, project, workspace)
            workspaces.files_of(instance, version)
            yield version
