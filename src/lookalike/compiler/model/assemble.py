"""Assemble: the files of one project become a Project.

In: parsed files with their paths. Out: models with their explores, and every diagnostic that
assembly alone can know. A broken file, field or explore never takes the others with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from lookalike.compiler.model.build_models import build_model
from lookalike.compiler.model.check_dashboards import check_dashboards
from lookalike.compiler.model.check_files import check_files
from lookalike.compiler.model.consequences import NOT_INCLUDED, without_consequences
from lookalike.compiler.model.dashboards import DashboardFile
from lookalike.compiler.model.findings import quote, without_view
from lookalike.compiler.model.gather import (
    SourceFile,
    gather,
    model_paths,
    open_files,
)
from lookalike.compiler.model.project import LookmlModel, Manifest, Project
from lookalike.compiler.model.reuse import Reuse
from lookalike.compiler.syntax import (
    NOWHERE,
    Budget,
    Code,
    Diagnostic,
    Exhausted,
    Place,
    Severity,
)


class Assembled(Struct, frozen=True):
    """Each mistake is in `diagnostics` once, attached to the first explore that has it, and nothing
    is that only follows from another one."""

    project: Project
    diagnostics: tuple[Diagnostic, ...]


def assemble(
    name: str,
    files: Sequence[SourceFile | DashboardFile],
    imports: Mapping[str, Sequence[SourceFile | DashboardFile]],
    overrides: Mapping[str, str],
    budget: Budget,
    reuse: Reuse | None = None,
) -> Assembled:
    """Put the files of project `name` together. `imports` maps the name of each imported project to
    its files; `overrides` maps constants to the values an importer gives them. `reuse` makes the
    next assembly of nearly the same files cheap."""
    reuse = reuse or Reuse()
    models: dict[str, LookmlModel] = {}
    found: list[Diagnostic] = []
    of_files: list[Diagnostic] = []
    manifest = Manifest(constants={})
    try:
        texts, workshop = reuse.take(name, budget)
        opened = open_files(name, files, imports, overrides, budget, texts)
        manifest, of_files = opened.manifest, opened.found
        found.extend(check_files(opened))
        for path in model_paths(opened):
            gathered = gather(path, opened)
            if gathered.model.name in models:
                found.append(_twice(gathered.model.name, path, models))
                continue
            built = build_model(gathered, workshop)
            models[built.model.name] = built.model
            found.extend(built.diagnostics)
        partial = {each.model for each in found if each.is_error and each.code in NOT_INCLUDED}
        found.extend(check_dashboards(models, partial, budget))
        reuse.leave_all(texts, workshop)
    except Exhausted as exhausted:
        message = f"project {quote(name)} is too large to assemble: {exhausted}"
        found.append(Diagnostic(Code.BUDGET, message, NOWHERE, Severity.FATAL))
    # A mistake that is known twice is told as it is attached to an explore.
    reached = {name: each.files for name, each in models.items()}
    diagnostics = without_consequences(_once((*found, *of_files)), reached)
    project = Project(name=name, manifest=manifest, models=models, diagnostics=diagnostics)
    return Assembled(project, diagnostics)


def _twice(name: str, path: str, models: Mapping[str, LookmlModel]) -> Diagnostic:
    place, first = Place(path, line=1, column=1), models[name].place
    message = f"model {quote(name)} is declared by `{first.path}` as well; rename one"
    return Diagnostic(Code.DUPLICATE_OBJECT, message, place, model=name, related=(first,))


def _once(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each mistake once, though every model and explore that meets it reports it, by place.

    That a view lacks its key is one mistake of the view, whichever explore says so first; and so is
    what differs only in the explore or model that lacks something.
    """
    first: dict[tuple[str, int, Code, str], Diagnostic] = {}
    for each in found:
        is_of_view = each.code is Code.MISSING_PRIMARY_KEY and not each.is_error
        message = "" if is_of_view else _without_owner(each)
        key = (each.place.path, each.place.span.start, each.code, message)
        first.setdefault(key, each)
    return tuple(first[key] for key in sorted(first))


def _without_owner(found: Diagnostic) -> str:
    """The message without the model, or the explore or view of it, that it is attached to: what
    several views inherit is one mistake."""
    model = f"model {quote(found.model)}"
    owners = (f" in {model}", f"explore {quote(found.explore)} of {model}")
    message = found.message.replace(owners[0], "").replace(owners[1], "")
    return without_view(message)
