"""Loading: the LookML of a version, from blobs to models.

In: a caller and a version. Out: one model, with nothing read but what it includes; the overviews
and dashboards that lists are made of; or the whole project with everything that is wrong with it.
Values are kept by content: a parse by its blob, all else by the trees of the project and of what it
imports.
"""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TypeVar

from msgspec import Struct

from lookalike.compiler import model, syntax
from lookalike.git import BlobId
from lookalike.instance import dependencies, workspaces
from lookalike.instance.access import Caller
from lookalike.instance.instance import AssembledKey, Instance, Listing, ModelKey
from lookalike.instance.memo import Memo
from lookalike.instance.workspaces import Unreadable, Version
from lookalike.store import projects

_LOOKML = ".lkml"
_YAML = ".lookml"
_MODEL = ".model.lkml"
_IMPORTED = re.compile(r"(?:imported_projects|/)/(?P<project>[^/]+)/")
"""How the path of a file of another project begins."""

V = TypeVar("V")


class Sources(Struct, frozen=True):
    """A version with the versions of what it imports, and the key of all their content."""

    version: Version
    imports: Mapping[str, Version]
    key: AssembledKey

    @property
    def versions(self) -> Mapping[str, Version]:
        """All of them by the name of the project, the version itself first."""
        return {self.version.project.name: self.version, **self.imports}


def sources_of(instance: Instance, caller: Caller, version: Version) -> Sources:
    """All that the models of a version depend on: its files, and those of what it imports."""
    imports = _imports(instance, caller, version)
    trees = tuple((name, imported.tree) for name, imported in sorted(imports.items()))
    return Sources(version, imports, AssembledKey(version.project.name, version.tree, trees))


def text_at(instance: Instance, caller: Caller, version: Version, path: str) -> str | None:
    """The text of a file as places name it: of a version, or of what it imports. None where there
    is none.
    """
    imported = _IMPORTED.match(path)
    if imported is not None:
        found = sources_of(instance, caller, version).imports.get(imported["project"])
        if found is not None:
            version, path = found, path[imported.end() :]
    blob = workspaces.files_of(instance, version).get(path)
    return None if blob is None else workspaces.text_of(instance, version, blob)


def model_files(instance: Instance, version: Version) -> Mapping[str, str]:
    """The models of a version by name, each with its file. Of two of one name the first counts."""
    return _listing(instance, version).models


def model_of(instance: Instance, sources: Sources, path: str) -> model.LookmlModel | None:
    """The model of one file; None if it is too large to be put together."""

    def build(opened: model.Opened, gathered: model.Gathered) -> model.LookmlModel | None:
        return opened.build(gathered)

    return instance.memos.models_at.get(
        (sources.key, path),
        lambda: _by_content(instance, sources, path, instance.memos.models, build),
    )


def overviews(instance: Instance, sources: Sources) -> Mapping[str, model.Overview]:
    """What lists say of the models of a version, by name."""

    def read(opened: model.Opened, gathered: model.Gathered) -> model.Overview | None:
        return opened.overview(gathered)

    memos = instance.memos
    return memos.overviews_at.get(
        sources.key, lambda: _of_each(instance, sources, memos.overviews, read)
    )


def dashboards(instance: Instance, sources: Sources) -> Mapping[str, Mapping[str, model.Dashboard]]:
    """The dashboards of each model of a version, by name."""

    def read(
        opened: model.Opened, gathered: model.Gathered
    ) -> Mapping[str, model.Dashboard] | None:
        return opened.dashboards(gathered)

    memos = instance.memos
    return memos.boards_at.get(sources.key, lambda: _of_each(instance, sources, memos.boards, read))


def strings_of(instance: Instance, sources: Sources) -> Mapping[str, Mapping[str, str]]:
    """The texts of a project by locale."""

    def make() -> Mapping[str, Mapping[str, str]]:
        if not any(_listing(instance, each).locales for each in sources.versions.values()):
            return {}
        manifest = manifest_of(instance, sources)
        if manifest is None:
            return {}
        return model.translations(manifest, _locales(instance, sources, manifest), syntax.Budget())

    return instance.memos.strings.get(sources.key, make)


def manifest_of(instance: Instance, sources: Sources) -> model.Manifest | None:
    """The manifest of a version; None if it is too large."""
    versions = sources.versions
    opened = model.open_project(
        sources.version.project.name,
        dict.fromkeys(versions, ()),
        {name: tuple(_manifest(instance, each).values()) for name, each in versions.items()},
        syntax.Budget(),
        _reuse(instance, sources.version),
    )
    return None if opened is None else opened.manifest


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
        files = _locales(instance, sources, made.project.manifest)
        return model.localize(made, files, syntax.Budget())

    return instance.memos.assembled.get(sources.key, make)


def _of_each(
    instance: Instance,
    sources: Sources,
    memo: Memo[ModelKey, V | None],
    make: Callable[[model.Opened, model.Gathered], V | None],
) -> Mapping[str, V]:
    """What is made of each model of a version, by name; without those that are too large."""
    found = {
        name: _by_content(instance, sources, path, memo, make)
        for name, path in model_files(instance, sources.version).items()
    }
    return {name: each for name, each in found.items() if each is not None}


def _by_content(
    instance: Instance,
    sources: Sources,
    path: str,
    memo: Memo[ModelKey, V | None],
    make: Callable[[model.Opened, model.Gathered], V | None],
) -> V | None:
    """What is made of the model of file `path`, kept by the content of all files that it reaches.

    Where those that it reached last are as they were when it was made, nothing is looked at.
    """
    files = {name: workspaces.files_of(instance, each) for name, each in sources.versions.items()}
    likely = _reuse(instance, sources.version).reached(path)
    key = _key(instance, sources, likely, files)
    found = memo.find(key) if key is not None else None
    if found is not None:
        return found
    whole = _gathered(instance, sources, path, files)
    if whole is None:
        return None
    opened, gathered = whole
    key = _key(instance, sources, gathered.reached, files)
    return None if key is None else memo.get(key, lambda: make(opened, gathered))


def _key(
    instance: Instance,
    sources: Sources,
    reached: tuple[tuple[str, str], ...],
    files: Mapping[str, Mapping[str, BlobId]],
) -> ModelKey | None:
    """The key of a model that reaches these files; None if they are not all there."""
    if not reached:
        return None
    try:
        blobs = tuple([files[project][name] for project, name in reached])
    except KeyError:
        return None
    listings = tuple(
        (name, _listing(instance, each).digest, files[name].get(model.MANIFEST))
        for name, each in sources.versions.items()
    )
    return ModelKey(sources.version.project.name, listings, reached, blobs)


def _gathered(
    instance: Instance, sources: Sources, path: str, files: Mapping[str, Mapping[str, BlobId]]
) -> tuple[model.Opened, model.Gathered] | None:
    """All that the model of file `path` reaches; None if it is too large. Nothing else is read.

    What it reached last is given first: mostly that is all. The rest is found by trying, each time
    from the beginning, so that what a budget allows does not depend on what was known.
    """
    versions = sources.versions
    given = {name: _manifest(instance, version) for name, version in versions.items()}
    reached = _reuse(instance, sources.version).reached(path)
    wanted = {each for each in reached if each[1] in files.get(each[0], ())}
    wanted.add((sources.version.project.name, path))
    tried: list[model.Opened] = []  # held, for they hold what was read
    while True:
        for project, name in wanted:
            blob = files[project][name]
            given[project][name] = _file(instance, versions[project], name, blob)
        opened = model.open_project(
            sources.version.project.name,
            {name: _listing(instance, version).paths for name, version in versions.items()},
            {name: tuple(each.values()) for name, each in given.items()},
            syntax.Budget(),
            _reuse(instance, sources.version),
        )
        gathered = opened.gathered(path) if opened is not None else None
        if opened is None or gathered is None:
            return None
        if not opened.lacking:
            return opened, gathered
        tried.append(opened)
        wanted = set(opened.lacking)


def _listing(instance: Instance, version: Version) -> Listing:
    """The listing of a version; trees with the same paths share one."""

    def of_tree() -> Listing:
        paths = tuple(workspaces.files_of(instance, version))
        return instance.memos.listings.get(paths, lambda: _listed(paths))

    return instance.memos.listings_at.get(version.tree, of_tree)


def _listed(found: tuple[str, ...]) -> Listing:
    paths = tuple([path for path in found if path.endswith((_LOOKML, _YAML))])
    models: dict[str, str] = {}
    for path in [each for each in paths if each.endswith(_MODEL)]:
        models.setdefault(path.rpartition("/")[2].removesuffix(_MODEL), path)
    return Listing(
        paths=paths,
        digest=hashlib.sha256("\0".join(paths).encode("utf-8", "replace")).hexdigest(),
        models=models,
        locales=tuple(path for path in found if path.endswith(model.STRINGS_FILE)),
    )


def _reuse(instance: Instance, version: Version) -> model.Reuse:
    return instance.memos.reuse.get(version.project.name, model.Reuse)


def _manifest(
    instance: Instance, version: Version
) -> dict[str, model.SourceFile | model.DashboardFile]:
    """The manifest under its path, if there is one."""
    blob = workspaces.files_of(instance, version).get(model.MANIFEST)
    return {} if blob is None else {model.MANIFEST: _file(instance, version, model.MANIFEST, blob)}


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


def _locales(instance: Instance, sources: Sources, manifest: model.Manifest) -> Mapping[str, str]:
    """The files with texts by path, those that count first: of the project itself, then of those
    that it imports, in the order of import. Rule: LookML reference, `import_locale_defs`."""
    found = dict(_locales_of(instance, sources.version))
    if manifest.imports_locales:
        for name, imported in sources.imports.items():
            found |= {f"//{name}/{path}": text for path, text in _locales_of(instance, imported)}
    return found


def _locales_of(instance: Instance, version: Version) -> Iterator[tuple[str, str]]:
    files = workspaces.files_of(instance, version)
    for path in sorted(_listing(instance, version).locales):
        yield path, workspaces.text_of(instance, version, files[path])


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
    those that can't be read are left out. They come in the order of the manifest, then those that
    they import themselves.
    """
    found: dict[str, Version] = {}
    waiting = deque(_dependencies(instance, version))
    while waiting:
        name = waiting.popleft()
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
