"""Loading: the LookML of a version, from blobs to models.

In: a caller and a version. Out: one model, with nothing read but what it includes; the overviews
that lists are made of; or the whole project with everything that is wrong with it. Values are kept
by content: a parse by its blob, all else by the trees of the project and of what it imports.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from msgspec import Struct

from lookalike.compiler import model, syntax
from lookalike.git import BlobId
from lookalike.instance import dependencies, workspaces
from lookalike.instance.access import Caller
from lookalike.instance.instance import AssembledKey, Instance
from lookalike.instance.workspaces import Unreadable, Version
from lookalike.store import projects

_LOOKML = ".lkml"
_YAML = ".lookml"
_MODEL = ".model.lkml"


class Sources(Struct, frozen=True):
    """A version with the versions of what it imports, and the key of all their content."""

    version: Version
    imports: Mapping[str, Version]
    key: AssembledKey

    def of(self, project: str) -> Version:
        """The version of one of the projects."""
        return self.version if project == self.version.project.name else self.imports[project]


def sources_of(instance: Instance, caller: Caller, version: Version) -> Sources:
    """All that the models of a version depend on: its files, and those of what it imports."""
    imports = _imports(instance, caller, version)
    trees = tuple((name, imported.tree) for name, imported in sorted(imports.items()))
    return Sources(version, imports, AssembledKey(version.project.name, version.tree, trees))


def model_files(instance: Instance, version: Version) -> Mapping[str, str]:
    """The models of a version by name, each with its file. Of two of one name the first counts."""

    def make() -> Mapping[str, str]:
        found: dict[str, str] = {}
        for path in workspaces.files_of(instance, version):
            if path.endswith(_MODEL):
                found.setdefault(path.rpartition("/")[2].removesuffix(_MODEL), path)
        return found

    return instance.memos.model_files.get(version.tree, make)


def model_of(instance: Instance, sources: Sources, path: str) -> model.LookmlModel | None:
    """The model of one file; None if it is too large to be put together."""

    def make() -> model.LookmlModel | None:
        opened = _opened(instance, sources)
        if opened is None:
            return None
        _read(instance, sources, opened, path)
        return opened.build(path)

    return instance.memos.models.get((sources.key, path), make)


def overviews(instance: Instance, sources: Sources) -> Mapping[str, model.Overview]:
    """What lists say of the models of a version, by name."""

    def make() -> Mapping[str, model.Overview]:
        opened = _opened(instance, sources)
        found: dict[str, model.Overview] = {}
        if opened is not None:
            for name, path in model_files(instance, sources.version).items():
                _read(instance, sources, opened, path)
                overview = opened.overview(path)
                if overview is not None:
                    found[name] = overview
            opened.leave()
        return found

    return instance.memos.overviews.get(sources.key, make)


def strings_of(instance: Instance, sources: Sources) -> Mapping[str, Mapping[str, str]]:
    """The texts of a project by locale."""

    def make() -> Mapping[str, Mapping[str, str]]:
        files = _locales(instance, sources.version)
        opened = _opened(instance, sources) if files else None
        if opened is None:
            return {}
        return model.translations(opened.manifest, files, syntax.Budget())

    return instance.memos.strings.get(sources.key, make)


def assembled(instance: Instance, sources: Sources) -> model.Assembled:
    """The whole project, put together, with its diagnostics."""
    version = sources.version

    def make() -> model.Assembled:
        made = model.assemble(
            version.project.name,
            _files(instance, version),
            {name: _files(instance, imported) for name, imported in sources.imports.items()},
            {},
            syntax.Budget(),
            reuse=_reuse(instance, version),
        )
        return model.localize(made, _locales(instance, version), syntax.Budget())

    return instance.memos.assembled.get(sources.key, make)


def _opened(instance: Instance, sources: Sources) -> model.Opened | None:
    versions = {sources.version.project.name: sources.version, **sources.imports}
    return model.open_project(
        sources.version.project.name,
        {name: _paths(instance, version) for name, version in versions.items()},
        {name: _manifest(instance, version) for name, version in versions.items()},
        syntax.Budget(),
        _reuse(instance, sources.version),
    )


def _read(instance: Instance, sources: Sources, opened: model.Opened, path: str) -> None:
    """Give all files that the model of file `path` includes."""
    while lacking := opened.lacking(path):
        for project, name in lacking:
            version = sources.of(project)
            blob = workspaces.files_of(instance, version)[name]
            opened.add(project, _file(instance, version, name, blob))


def _reuse(instance: Instance, version: Version) -> model.Reuse:
    return instance.memos.reuse.get(version.project.name, model.Reuse)


def _paths(instance: Instance, version: Version) -> Sequence[str]:
    files = workspaces.files_of(instance, version)
    return [path for path in files if path.endswith((_LOOKML, _YAML))]


def _manifest(instance: Instance, version: Version) -> Sequence[model.SourceFile]:
    blob = workspaces.files_of(instance, version).get(model.MANIFEST)
    if blob is None:
        return ()
    return (model.SourceFile(model.MANIFEST, _parsed(instance, version, blob)),)


def _files(
    instance: Instance, version: Version
) -> Sequence[model.SourceFile | model.DashboardFile]:
    return [
        _file(instance, version, path, blob)
        for path, blob in workspaces.files_of(instance, version).items()
        if path.endswith((_LOOKML, _YAML))
    ]


def _file(
    instance: Instance, version: Version, path: str, blob: BlobId
) -> model.SourceFile | model.DashboardFile:
    if path.endswith(_LOOKML):
        return model.SourceFile(path, _parsed(instance, version, blob))
    return model.DashboardFile(path, _parsed_yaml(instance, version, blob))


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
