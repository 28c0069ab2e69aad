"""Assemble: the files of one project become a Project.

In: parsed files with their paths. Out: models with their explores, and every diagnostic that
assembly alone can know. A broken file, field or explore never takes the others with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from lookalike.compiler.model.build_models import Workshop, build_model
from lookalike.compiler.model.findings import quote
from lookalike.compiler.model.gather import SourceFile, gather, model_paths, open_files
from lookalike.compiler.model.project import LookmlModel, Manifest, Project
from lookalike.compiler.syntax import NOWHERE, Budget, Code, Diagnostic, Exhausted, Place, Severity


class Assembled(Struct, frozen=True):
    """Each mistake is in `diagnostics` once, attached to the first explore that has it."""

    project: Project
    diagnostics: tuple[Diagnostic, ...]


def assemble(
    name: str,
    files: Sequence[SourceFile],
    imports: Mapping[str, Sequence[SourceFile]],
    overrides: Mapping[str, str],
    budget: Budget,
) -> Assembled:
    """Put the files of project `name` together. `imports` maps the name of each imported project to
    its files; `overrides` maps constants to the values an importer gives them."""
    models: dict[str, LookmlModel] = {}
    found: list[Diagnostic] = []
    of_files: list[Diagnostic] = []
    manifest = Manifest(constants={})
    try:
        opened = open_files(name, files, imports, overrides, budget)
        manifest, of_files = opened.manifest, opened.found
        workshop = Workshop(name, budget, {}, {}, {})
        for path in model_paths(opened):
            gathered = gather(path, opened)
            if gathered.model.name in models:
                found.append(_twice(gathered.model.name, path, models))
                continue
            built = build_model(gathered, workshop)
            models[built.model.name] = built.model
            found.extend(built.diagnostics)
    except Exhausted as exhausted:
        message = f"project {quote(name)} is too large to assemble: {exhausted}"
        found.append(Diagnostic(Code.BUDGET, message, NOWHERE, Severity.FATAL))
    # A mistake that is known twice is told as it is attached to an explore.
    diagnostics = _once((*found, *of_files))
    project = Project(name=name, manifest=manifest, models=models, diagnostics=diagnostics)
    return Assembled(project, diagnostics)


def _twice(name: str, path: str, models: Mapping[str, LookmlModel]) -> Diagnostic:
    message = f"model {quote(name)} is declared by more than one file; rename one"
    place, first = Place(path, line=1, column=1), models[name].place
    return Diagnostic(Code.DUPLICATE_OBJECT, message, place, model=name, related=(first,))


def _once(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each mistake once, though every model and explore that meets it reports it, by place."""
    first: dict[tuple[str, int, Code, str], Diagnostic] = {}
    for each in found:
        key = (each.place.path, each.place.span.start, each.code, each.message)
        first.setdefault(key, each)
    return tuple(first[key] for key in sorted(first))
