"""Models: the assembled LookML of a workspace, and what of it the caller may see.

In: a caller and names. Out: models and explores of the version that the caller's session works on.
Values are kept by content: a parse by its blob, a project by its tree, so a switch of workspace is
a look-up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler import model, syntax
from lookalike.compiler.syntax import Code, Diagnostic
from lookalike.git import BlobId
from lookalike.instance import access, dependencies, workspaces
from lookalike.instance.access import Caller
from lookalike.instance.errors import NotFound
from lookalike.instance.instance import AssembledKey, Instance
from lookalike.instance.workspaces import Unreadable, Version
from lookalike.store import projects

_LOOKML = ".lkml"
_YAML = ".lookml"


class FoundModel(Struct, frozen=True):
    """A model, the version of the project it was read from, and the key of its content. `strings`
    are the texts of the project by locale.
    """

    model: model.LookmlModel
    version: Version
    key: AssembledKey
    strings: Mapping[str, Mapping[str, str]] = {}


class FoundExplore(Struct, frozen=True):
    """An explore as the caller sees it. `met` are the access grants that the caller meets."""

    explore: model.Explore
    model: model.LookmlModel
    version: Version
    met: frozenset[str]
    key: AssembledKey
    strings: Mapping[str, Mapping[str, str]] = {}


def list_models(instance: Instance, caller: Caller) -> tuple[FoundModel, ...]:
    """Every model of every project that the caller sees, in the caller's workspace, by name. Where
    two projects have one of the same name, the older project's counts.
    """
    found: dict[str, FoundModel] = {}
    for each in _models(instance, caller, ""):
        found.setdefault(each.model.name, each)
    return tuple(found[name] for name in sorted(found))


def find_model(instance: Instance, caller: Caller, name: str, workspace: str = "") -> FoundModel:
    """One model. Raises NotFound, also where the caller's roles do not cover it."""
    names: set[str] = set()
    for found in _models(instance, caller, workspace):
        if found.model.name == name:
            return found
        names.add(found.model.name)
    where = workspace or caller.session.workspace
    hint = _elsewhere(instance, caller, where, name) or model.did_you_mean(name, names)
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
            names = {explore.name for explore in visible_explores(caller, found)}
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


def visible_explores(caller: Caller, found: FoundModel) -> tuple[model.Explore, ...]:
    """The explores of a model that the caller sees, by name; fields are not filtered here."""
    met = access.grants(caller, found.model)
    return tuple(
        explore
        for _, explore in sorted(found.model.explores.items())
        if met.issuperset(explore.required_access_grants)
    )


def assembled_of(instance: Instance, caller: Caller, version: Version) -> model.Assembled:
    """The project of a version, put together, with its diagnostics."""
    return _assemble(instance, caller, version)[1]


def key_of(instance: Instance, caller: Caller, version: Version) -> AssembledKey:
    """All that the models of a version depend on: its files, and those of what it imports."""
    return _key(version, _imports(instance, caller, version))


def models_in(instance: Instance, caller: Caller, version: Version) -> Iterator[FoundModel]:
    """The models of one project in one version, as far as the caller sees them."""
    key, assembled = _assemble(instance, caller, version)
    for found in assembled.project.models.values():
        if caller.sees_model(found.name):
            yield FoundModel(found, version, key, assembled.project.strings)


def _elsewhere(
    instance: Instance, caller: Caller, here: str, name: str, explore: str = "", field: str = ""
) -> str:
    """Which other workspace of the caller has a model, explore or field. Only asked on failure."""
    for workspace in workspaces.others(instance, caller, here):
        for found in _models(instance, caller, workspace):
            if found.model.name != name:
                continue
            with suppress(NotFound):
                if not explore or (not field and explore_of(caller, found, explore)):
                    return f"; it exists in workspace `{workspace}`"
                if field in explore_of(caller, found, explore).explore.fields:
                    return f"; it exists in workspace `{workspace}`"
    return ""


def _key(version: Version, imports: Mapping[str, Version]) -> AssembledKey:
    return AssembledKey(
        project=version.project.name,
        tree=version.tree,
        imports=tuple((name, imported.tree) for name, imported in sorted(imports.items())),
    )


def _assemble(
    instance: Instance, caller: Caller, version: Version
) -> tuple[AssembledKey, model.Assembled]:
    imports = _imports(instance, caller, version)
    key = _key(version, imports)

    def make() -> model.Assembled:
        assembled = model.assemble(
            version.project.name,
            _sources(instance, version),
            {name: _sources(instance, imported) for name, imported in imports.items()},
            {},
            syntax.Budget(),
            reuse=instance.memos.reuse.get(version.project.name, model.Reuse),
        )
        return model.localize(assembled, _locales(instance, version), syntax.Budget())

    return key, instance.memos.assembled.get(key, make)


def _models(instance: Instance, caller: Caller, workspace: str) -> Iterator[FoundModel]:
    with instance.database.read() as db:
        rows = projects.list_projects(db)
    for project in rows:
        with suppress(Unreadable):  # validating that project says so
            version = workspaces.version_of(instance, caller, project, workspace)
            yield from models_in(instance, caller, version)


def _imports(instance: Instance, caller: Caller, version: Version) -> Mapping[str, Version]:
    """The versions of the projects that a version imports, by name, transitively; absent ones and
    those that can't be read are left out.
    """
    found: dict[str, Version] = {}
    waiting = list(_dependencies(instance, version))
    while waiting:
        name = waiting.pop()
        if name in found or name == version.project.name:
            continue
        with suppress(Unreadable):
            imported = _imported(instance, caller, version, name)
            if imported is not None:
                waiting.extend(_dependencies(instance, imported))
                found[name] = imported
    return found


def _imported(instance: Instance, caller: Caller, version: Version, name: str) -> Version | None:
    imported = dependencies.imported_version(instance, version, name)
    if imported is not None:
        return imported
    with instance.database.read() as db:
        project = projects.find_project(db, name)
    if project is None:
        return None
    return workspaces.version_of(instance, caller, project, version.workspace)


def _dependencies(instance: Instance, version: Version) -> Sequence[str]:
    def read() -> tuple[str, ...]:
        blob = workspaces.files_of(instance, version).get(model.MANIFEST)
        return () if blob is None else model.dependencies(_parsed(instance, version, blob))

    return instance.memos.dependencies.get(version.tree, read)


def _sources(
    instance: Instance, version: Version
) -> Sequence[model.SourceFile | model.DashboardFile]:
    return tuple(
        model.SourceFile(path, _parsed(instance, version, blob))
        if path.endswith(_LOOKML)
        else model.DashboardFile(path, _parsed_yaml(instance, version, blob))
        for path, blob in sorted(workspaces.files_of(instance, version).items())
        if path.endswith((_LOOKML, _YAML))
    )


def _locales(instance: Instance, version: Version) -> Mapping[str, str]:
    return {
        path: workspaces.text_of(instance, version, blob)
        for path, blob in workspaces.files_of(instance, version).items()
        if path.endswith(model.STRINGS_FILE)
    }


def _parsed_yaml(instance: Instance, version: Version, blob: BlobId) -> syntax.yaml.Parsed:
    return instance.memos.dashboards.get(
        blob, lambda: syntax.yaml.parse(workspaces.text_of(instance, version, blob))
    )


def _parsed(instance: Instance, version: Version, blob: BlobId) -> syntax.Parsed:
    return instance.memos.parsed.get(
        blob, lambda: syntax.lookml.parse(workspaces.text_of(instance, version, blob))
    )
