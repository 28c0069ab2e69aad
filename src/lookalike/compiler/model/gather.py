"""Gather: the files of a project and of those it imports, and what of them one model reaches.

In: parsed files. Out: for a model file, every declaration that it includes, in the order of the
text: a file's declarations stand where it is included, each file once. Rule: LookML reference,
"include" and "Importing projects".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler import syntax
from lookalike.compiler.model.check_objects import check_manifest
from lookalike.compiler.model.constants import has_constant, substitute
from lookalike.compiler.model.dashboard_texts import IncludedFile
from lookalike.compiler.model.dashboards import DashboardFile
from lookalike.compiler.model.declarations import Declarations, Include, Item, read
from lookalike.compiler.model.findings import Findings, did_you_mean, doubled_message, quote, spot
from lookalike.compiler.model.includes import Library, Matched, Matches, match
from lookalike.compiler.model.inheritance import Declared
from lookalike.compiler.model.manifests import (
    MANIFEST,
    absent,
    build_manifest,
    check_required,
    constants_of,
)
from lookalike.compiler.model.project import Manifest
from lookalike.compiler.model.tables import Table
from lookalike.compiler.model.written import Declaration, Source, Written
from lookalike.compiler.syntax import Budget, Code, Diagnostic, Lines, Parsed, Place

_LOCK = "manifest_lock.lkml"
_MODEL_FILE = ".model.lkml"
PROJECT_FILES = (MANIFEST, _LOCK)
"""Files of LookML in which nothing but the project is described."""
_INHERITING = ("view", "explore")
# Each tag and output of Liquid is looked at when the view it stands in is built; what is not plain
# spends more there.
_MARK_PRICE = 80


_Key: TypeAlias = tuple[str, str]
"""A project and a path within it."""


F = TypeVar("F", "SourceFile", DashboardFile)


class SourceFile(Struct, frozen=True):
    """One LookML file of a project; `path` is relative to the project's root, with slashes."""

    path: str
    parsed: Parsed


class _Shelf(Struct, frozen=True, eq=False):
    """One project: its files by path, and its constants as its own files see them."""

    files: dict[str, SourceFile]
    dashboards: dict[str, DashboardFile]
    constants: Mapping[str, str]
    folder: str  # before the paths that diagnostics name


class Files(Struct, eq=False):
    """All files of an assembly, and what was read of them so far. Read files are kept, for models
    share them."""

    name: str
    manifest: Manifest
    libraries: Mapping[str, Library]
    shelves: Mapping[str, _Shelf]
    budget: Budget
    found: list[Diagnostic]
    read: dict[_Key, Declarations]
    texts: Texts
    matched: dict[tuple[str, str, str], Matched]
    before: Matches  # what was matched among the same libraries
    lacking: dict[_Key, None]  # what was reached and is not here
    absent: Mapping[str, Diagnostic]  # projects that the first one imports, and that are not here


class ReadFile(Struct, frozen=True, eq=False):
    """What one file declares and what was found on the way; it keeps the parse alive, by whose
    identity it is found again."""

    parsed: Parsed
    declarations: Declarations
    found: tuple[Diagnostic, ...]


Texts: TypeAlias = Table[tuple[str, str, int, frozenset[tuple[str, str]]], ReadFile]
"""Read files by project, path as diagnostics name it, identity of the parse, and the constants if
it uses any."""


class Gathered(Struct, frozen=True, eq=False):
    """What one model reaches: the files by project and path, and what they declare. `others` are
    its grants, datagroups and so on."""

    model: Declaration
    files: tuple[str, ...]
    views: Mapping[str, Declared]
    explores: Mapping[str, Declared]
    others: Mapping[tuple[str, str], Declaration]
    diagnostics: tuple[Diagnostic, ...]
    reached: tuple[_Key, ...]
    dashboards: tuple[IncludedFile, ...] = ()


def open_files(
    name: str,
    files: Sequence[SourceFile | DashboardFile],
    imports: Mapping[str, Sequence[SourceFile | DashboardFile]],
    overrides: Mapping[str, str],
    budget: Budget,
    texts: Texts,
) -> Files:
    """The files of project `name` beside those of its imports, with every manifest read."""
    findings = Findings()
    for file in files:
        findings.found.extend(each.in_file(file.path) for each in file.parsed.diagnostics)
    listed = {name: files, **{each: imports[each] for each in imports if each != name}}
    paths = {each: sorted(file.path for file in of) for each, of in listed.items()}
    opened = open_listed(name, paths, listed, overrides, budget, texts)
    opened.found[:0] = findings.found
    return opened


def open_listed(  # noqa: PLR0913 - what there is, what is given of it, and what is left
    name: str,
    paths: Mapping[str, Sequence[str]],
    given: Mapping[str, Sequence[SourceFile | DashboardFile]],
    overrides: Mapping[str, str],
    budget: Budget,
    texts: Texts,
    known: Mapping[str, Library] = {},
) -> Files:
    """The files of project `name`, which is the first, and of its imports: the sorted paths of all,
    and those that are given, the manifests among them. A library that is `known` is taken over."""
    findings = Findings()
    projects = {each: _by_path(of, SourceFile) for each, of in given.items()}
    dashboards = {each: _by_path(of, DashboardFile) for each, of in given.items()}
    folders = {each: f"imported_projects/{each}/" if each != name else "" for each in projects}
    manifests = {
        each: _manifest(paths, folders[each], findings, budget) for each, paths in projects.items()
    }
    shelves = {
        each: _Shelf(paths, dashboards[each], constants, folders[each])
        for (each, paths), constants in zip(
            projects.items(), _constants(manifests, overrides, findings), strict=True
        )
    }
    libraries = {
        each: _library(each, paths[each], manifests[each], known.get(each)) for each in projects
    }
    manifest, lock = manifests[name], projects[name].get(_LOCK)
    missing = dict(absent(manifest, lock.parsed if lock else None, projects))
    found = [*findings.found, *missing.values()]
    return Files(name, manifest, libraries, shelves, budget, found, {}, texts, {}, {}, {}, missing)


def model_paths(files: Files) -> list[str]:
    """The model files of the project itself."""
    return [path for path in files.libraries[files.name].paths if path.endswith(".model.lkml")]


def gather(path: str, files: Files) -> Gathered:
    """Everything that the model file `path`, which must be given, reaches."""
    findings = Findings()
    views: dict[str, Declared] = {}
    explores: dict[str, Declared] = {}
    others: dict[tuple[str, str], Declaration] = {}
    settings: dict[str, Written] = {}
    reached: list[Source] = []
    dashboards: list[IncludedFile] = []
    keys: dict[_Key, None] = {}
    for item in _walk((files.name, path), files, findings, keys):
        files.budget.spend()
        if isinstance(item, Declarations):
            reached.append(item.source)
            settings = {**item.settings, **settings}  # those of the model file itself win
        elif isinstance(item, IncludedFile):
            dashboards.append(item)
        elif item.kind in _INHERITING:
            _declare(item, views if item.kind == "view" else explores, findings)
        else:
            earlier = others.setdefault((item.kind, item.name), item)
            if earlier is not item:
                _report_twice(item, earlier, findings)
    _drop_baseless(views, findings)
    _drop_baseless(explores, findings)
    name = path.rpartition("/")[2].removesuffix(_MODEL_FILE)
    return Gathered(
        Declaration("model", name, reached[0].root, reached[0], settings),
        tuple(source.path for source in reached),
        views,
        explores,
        others,
        tuple(findings.found),
        tuple(keys),
        tuple(dashboards),
    )


def _walk(
    first: _Key, files: Files, findings: Findings, reached: dict[_Key, None]
) -> Iterator[Declarations | Declaration | IncludedFile]:
    """Each file that is reached, followed by what it declares; an included file stands where it is
    included. What is reached is entered."""
    stack: list[tuple[Source | None, Iterator[Item | _Key]]] = [(None, iter((first,)))]
    while stack:
        source, items = stack[-1]
        item = next(items, None)
        if item is None:
            stack.pop()
        elif isinstance(item, Declaration):
            yield item
        elif isinstance(item, Include):
            if source is not None:
                stack.append((source, iter(_included(item, source, files, findings))))
        elif item not in reached:
            reached[item] = None
            shelf = files.shelves[item[0]]
            if item[1] in shelf.dashboards:
                yield _dashboard_file(item, files)
                continue
            if item[1] not in shelf.files:
                files.lacking[item] = None
                continue
            declarations = _declarations(item, files)
            yield declarations
            stack.append((declarations.source, iter(declarations.items)))


def _included(include: Include, source: Source, files: Files, findings: Findings) -> list[_Key]:
    imported = include.pattern[2:].partition("/")[0] if include.pattern.startswith("//") else ""
    if source.project == files.name and imported in files.absent:
        findings.found.append(files.absent[imported])
        return []
    directory = source.local.rpartition("/")[0]
    key = (source.project, "" if include.pattern.startswith("/") else directory, include.pattern)
    matched = files.matched.get(key)
    if matched is None:
        matched = files.before.get(key)
        if matched is None:
            matched = match(include.pattern, directory, source.project, files.libraries)
        files.matched[key] = matched
    files.budget.spend(len(matched.paths))
    if matched.message:
        report = findings.warning if matched.is_wild else findings.error
        report(matched.code, matched.message, include.place)
    return [(matched.project, path) for path in matched.paths]


def _dashboard_file(key: _Key, files: Files) -> IncludedFile:
    project, path = key
    shelf = files.shelves[project]
    parsed = shelf.dashboards[path].parsed
    files.budget.spend(len(parsed.text) // 100)
    return IncludedFile(shelf.folder + path, parsed, shelf.constants)


def _declarations(key: _Key, files: Files) -> Declarations:
    """What a file declares; it is read once for all models."""
    if key not in files.read:
        project, path = key
        shelf = files.shelves[project]
        file, full_path = shelf.files[path], shelf.folder + path
        uses = bool(shelf.constants) and has_constant(file.parsed.text)
        constants = frozenset(shelf.constants.items() if uses else ())
        read_file = files.texts.get(
            (project, full_path, id(file.parsed), constants),
            lambda: _read(project, file, shelf, files.budget),
            files.budget,
        )
        files.found.extend(read_file.found)
        files.read[key] = read_file.declarations
    return files.read[key]


def _read(project: str, file: SourceFile, shelf: _Shelf, budget: Budget) -> ReadFile:
    path = shelf.folder + file.path
    root, lines = file.parsed.root, Lines(file.parsed.text)
    budget.spend(_MARK_PRICE * syntax.liquid.marks_in(file.parsed.text))
    found: list[Diagnostic] = []
    if shelf.folder:  # those of the project itself are known already
        found.extend(diagnostic.in_file(path) for diagnostic in file.parsed.diagnostics)
    if has_constant(file.parsed.text):
        root, problems = substitute(root, shelf.constants, lines, path, budget)
        found.extend(problems)
    misread = tuple(each.in_file(path) for each in file.parsed.diagnostics if each.is_error)
    declarations = read(Source(path, file.path, project, root, lines, misread), budget)
    return ReadFile(file.parsed, declarations, (*found, *declarations.diagnostics))


def _declare(item: Declaration, declared: dict[str, Declared], findings: Findings) -> None:
    each = declared.setdefault(item.name, Declared(None, []))
    if item.is_refinement:
        each.refinements.append(item)
    elif each.base is None:
        each.base = item
    elif _is_in_own_file(item) and not _is_in_own_file(each.base):
        _report_twice(each.base, item, findings)
        each.base = item
    else:
        _report_twice(item, each.base, findings)


def _is_in_own_file(item: Declaration) -> bool:
    """Whether a file is named after a view or explore, which is then its first declaration."""
    return item.source.local.rpartition("/")[2].partition(".")[0] == item.name


def _report_twice(item: Declaration, earlier: Declaration, findings: Findings) -> None:
    kind = item.kind.replace("_", " ")
    message = f"{doubled_message(kind, item.name)}, first in {spot(earlier.place)}; rename one"
    if item.kind in _INHERITING:
        message += f", or refine it: `{item.kind}: +{item.name}`"
    findings.error(Code.DUPLICATE_OBJECT, message, item.place, (earlier.place,))


def _drop_baseless(declared: dict[str, Declared], findings: Findings) -> None:
    for name in [name for name, each in declared.items() if each.base is None]:
        for refinement in declared.pop(name).refinements:
            hint = did_you_mean(name, declared) or "; include the file that declares it"
            message = f"there is no {refinement.kind} {quote(name)} to refine{hint}"
            findings.error(Code.REFINEMENT_WITHOUT_BASE, message, refinement.place)


def _by_path(files: Sequence[SourceFile | DashboardFile], kind: type[F]) -> dict[str, F]:
    of_kind = [file for file in files if isinstance(file, kind)]
    return {file.path: file for file in sorted(of_kind, key=lambda file: file.path)}


def _constants(
    manifests: Mapping[str, Manifest], overrides: Mapping[str, str], findings: Findings
) -> list[Mapping[str, str]]:
    """The constants of each project. The first project is at the top; the values it gives win over
    all others."""
    given: dict[str, Mapping[str, str]] = {each: {} for each in manifests}
    given[next(iter(manifests))] = overrides
    places: dict[str, Mapping[str, Place]] = {each: {} for each in manifests}
    for importer, manifest in manifests.items():
        for dependency in manifest.dependencies:
            name = dependency.name
            if name not in manifests or name == importer:
                continue
            check_required(manifests[name], dependency, findings)
            given[name] = {**dependency.overrides, **given[name]}
            places[name] = {**dependency.override_places, **places[name]}
    return [
        constants_of(manifest, given[name], places[name], findings)
        for name, manifest in manifests.items()
    ]


def _library(name: str, paths: Sequence[str], manifest: Manifest, known: Library | None) -> Library:
    names = frozenset((name, manifest.project_name or name))
    if known is not None and known.listing is paths and known.names == names:
        return known
    listed = [path for path in paths if path not in PROJECT_FILES]
    return Library(names, listed, frozenset(listed), paths)


def _manifest(
    files: Mapping[str, SourceFile], folder: str, findings: Findings, budget: Budget
) -> Manifest:
    file = files.get(MANIFEST)
    if file is None:
        return build_manifest(None)
    path, root, lines = folder + MANIFEST, file.parsed.root, Lines(file.parsed.text)
    declarations = read(Source(path, MANIFEST, "", root, lines), budget, "manifest")
    manifest = build_manifest(declarations)
    if has_constant(file.parsed.text):
        values = {name: constant.value for name, constant in manifest.constants.items()}
        root, problems = substitute(root, values, lines, path, budget, is_manifest=True)
        declarations = read(Source(path, MANIFEST, "", root, lines), budget, "manifest")
        # A constant within a constant stays as written, for an importer may override the inner one.
        manifest = replace(build_manifest(declarations), constants=manifest.constants)
        findings.found.extend(problems)
    findings.found.extend(declarations.diagnostics)
    check_manifest(declarations, findings)
    return manifest
