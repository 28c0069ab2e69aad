"""`lookalike validate`: everything that is wrong with the LookML of a folder or an instance, with
carets.
"""

from __future__ import annotations

import argparse
from collections import Counter
from functools import partial
from pathlib import Path

from msgspec import Struct

from lookalike.cli.output import diagnostic, paint, result, result_json, say
from lookalike.cli.serve import Commands
from lookalike.compiler.syntax import Diagnostic
from lookalike.instance import models, people, projects, workspaces
from lookalike.instance.access import Caller
from lookalike.instance.folder import open_folder
from lookalike.instance.instance import Instance
from lookalike.instance.workspaces import DEV, WORKSPACES, Version


class Finding(Struct, frozen=True):
    """A diagnostic as `--json` shows it."""

    severity: str
    code: str
    message: str
    project: str
    path: str
    line: int
    column: int
    model: str
    explore: str
    field: str


def add_to(commands: Commands) -> None:
    parser = commands.add_parser(
        "validate",
        help="say what is wrong with LookML, and where",
        description="Validate every project of DIR. Exits with 1 when there are errors.",
    )
    parser.add_argument("dir", nargs="?", default=".", metavar="DIR", help="default: here")
    parser.add_argument("--workspace", choices=WORKSPACES, default=DEV, help="default: dev")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    instance = open_folder(Path(options.dir))
    try:
        caller = people.operator(instance, options.workspace)
        found = [
            (version, one)
            for project in projects.list_projects(instance, caller)
            for version in (workspaces.version_of(instance, caller, project),)
            for one in models.assembled_of(instance, caller, version).diagnostics
        ]
        if options.json:
            result_json([_finding(version, one) for version, one in found])
        else:
            for version, one in found:
                result(diagnostic(one, partial(_text, instance, version)))
            _summary(instance, caller, [one for _, one in found])
    finally:
        instance.close()
    return 1 if any(one.is_error for _, one in found) else 0


def _finding(version: Version, found: Diagnostic) -> Finding:
    place = found.place
    return Finding(
        severity=found.severity.value,
        code=found.code.value,
        message=found.message,
        project=version.project.name,
        path=place.path,
        line=place.line,
        column=place.column,
        model=found.model,
        explore=found.explore,
        field=found.field,
    )


def _text(instance: Instance, version: Version, path: str) -> str | None:
    blob = workspaces.files_of(instance, version).get(path)
    return None if blob is None else workspaces.text_of(instance, version, blob)


def _summary(instance: Instance, caller: Caller, found: list[Diagnostic]) -> None:
    all_models = models.list_models(instance, caller)
    n_explores = sum(len(each.model.explores) for each in all_models)
    counts = Counter(one.severity.value for one in found)
    what = ", ".join(
        f"{n} {severity}{'s' if n > 1 else ''}" for severity, n in sorted(counts.items())
    )
    say(
        f"{paint(what, 'strong') if what else 'nothing wrong'}"
        f" in {len(all_models)} models and {n_explores} explores ({caller.session.workspace})"
    )
