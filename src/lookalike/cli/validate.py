"""`lookalike validate`: everything that is wrong with the LookML of a folder or an instance, with
carets or in a format of another tool, once or after every save.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from lookalike.cli import reports
from lookalike.cli.folder_choice import add_dir
from lookalike.cli.output import diagnostic, paint, result, say
from lookalike.cli.reports import Case
from lookalike.cli.serve import Commands
from lookalike.cli.workspace_choice import add_workspace, caller_in
from lookalike.compiler.syntax import Diagnostic, Severity
from lookalike.instance import loading, models, projects, validation, workspaces
from lookalike.instance.access import Caller
from lookalike.instance.errors import LookalikeError
from lookalike.instance.folder import open_folder
from lookalike.instance.instance import Instance
from lookalike.instance.validation import Validation
from lookalike.instance.workspaces import DEV, Version

T = TypeVar("T")
TEXT = "text"
_SECONDS_BETWEEN_LOOKS = 0.2


def add_to(commands: Commands) -> None:
    parser = commands.add_parser(
        "validate",
        help="say what is wrong with LookML, and where",
        description="Validate every project of DIR. Exits with 1 when there are errors;"
        " with --strict, also when there are warnings.",
    )
    add_dir(parser)
    add_workspace(parser, DEV)
    add_format(parser)
    parser.add_argument("--strict", action="store_true", help="warnings count as errors do")
    parser.add_argument("--watch", action="store_true", help="validate again after every save")
    parser.set_defaults(run=run)


def add_format(parser: argparse.ArgumentParser) -> None:
    """`--output-format`, and `--json` as a short form of one of its values."""
    parser.add_argument(
        "--output-format",
        choices=(TEXT, *reports.FORMATS),
        default=TEXT,
        metavar="FORMAT",
        help=f"{', '.join((TEXT, *reports.FORMATS))} (default: {TEXT})",
    )
    parser.add_argument(
        "--json",
        action="store_const",
        const="json",
        dest="output_format",
        help="short for --output-format json",
    )


def run(options: argparse.Namespace) -> int:
    instance = open_folder(Path(options.dir))
    try:
        caller = caller_in(instance, options.workspace)
        if options.watch:
            _watch(instance, caller, options.output_format)
        found = _validate(instance, caller)
        _report(instance, caller, found, options.output_format)
    finally:
        instance.close()
    return (
        1 if any(_fails(one, options.strict) for each in found for one in each.diagnostics) else 0
    )


def _fails(found: Diagnostic, strict: bool) -> bool:
    return found.is_error or (strict and found.severity is Severity.WARNING)


def folder_of(instance: Instance, version: Version) -> str:
    """The way from here to the files of a project that is a folder; empty for a repository."""
    if not version.project.is_folder:
        return ""
    path = os.path.relpath(workspaces.repository_path(instance, version.project))
    return "" if path == os.curdir else path.replace(os.sep, "/")


def _validate(instance: Instance, caller: Caller) -> list[Validation]:
    return [
        validation.validate(instance, caller, project.name)
        for project in projects.list_projects(instance, caller)
    ]


def _report(
    instance: Instance, caller: Caller, found: list[Validation], output_format: str
) -> None:
    for each in found:
        _greet_empty(instance, each)
    if output_format != TEXT:
        cases = [case for one in found for case in _cases(instance, one)]
        result(reports.FORMATS[output_format](cases))
        return
    for each in found:
        text_of = partial(loading.text_at, instance, caller, each.version)
        project = each.version.project.name if len(found) > 1 else ""
        for one in each.diagnostics:
            result(diagnostic(one, text_of, project))
    _summary(instance, caller, found)


def _cases(instance: Instance, found: Validation) -> list[Case]:
    """A case for each file, so that formats can tell what is right."""
    folder = folder_of(instance, found.version)
    name = found.version.project.name
    of_path: dict[str, list[reports.Finding]] = {path: [] for path in _lookml(instance, found)}
    for one in found.diagnostics:
        finding = reports.finding(found.version, one, folder)
        of_path.setdefault(one.place.path, []).append(finding)
    return [Case(name, path or name, tuple(findings)) for path, findings in of_path.items()]


def _lookml(instance: Instance, found: Validation) -> list[str]:
    """The paths of the files that hold LookML."""
    return [
        path
        for path in workspaces.files_of(instance, found.version)
        if path.endswith((".lkml", ".lookml"))
    ]


def _greet_empty(instance: Instance, found: Validation) -> None:
    """Say what to begin with where there is no LookML at all."""
    if not _lookml(instance, found):
        say(
            f"project `{found.version.project.name}` has no LookML yet; begin with a file such as"
            f" `{found.version.project.name}.model.lkml`"
        )


def _summary(instance: Instance, caller: Caller, found: list[Validation]) -> None:
    all_models = models.list_overviews(instance, caller)
    n_explores = sum(len(each.model.explores) for each in all_models)
    counts = Counter(one.severity.value for each in found for one in each.diagnostics)
    what = ", ".join(_counted(n, severity) for severity, n in sorted(counts.items()))
    seconds = sum(each.seconds for each in found)
    say(
        f"{paint(what, 'strong') if what else 'nothing wrong'}"
        f" in {_counted(len(all_models), 'model')} and {_counted(n_explores, 'explore')}"
        f" ({caller.session.workspace})"
        f" {paint(f'in {seconds:.2f} s', 'dim')}"
    )


def _counted(n: int, what: str) -> str:
    return f"{n} {what}{'' if n == 1 else 's'}"


def _watch(instance: Instance, caller: Caller, output_format: str) -> None:
    """Report now and after every save, until interrupted."""
    say("watching; Ctrl-C ends it")
    seen: list[str] | None = None
    while True:
        trees = _patiently(partial(_trees, instance, caller))
        if trees is not None and trees != seen:
            found = _patiently(partial(_validate, instance, caller))
            if found is not None:
                _report(instance, caller, found, output_format)
                seen = [one.version.tree for one in found]
        time.sleep(_SECONDS_BETWEEN_LOOKS)


def _trees(instance: Instance, caller: Caller) -> list[str]:
    return [
        workspaces.version_of(instance, caller, project).tree
        for project in projects.list_projects(instance, caller)
    ]


def _patiently(look: Callable[[], list[T]]) -> list[T] | None:
    """What there is to see; None while files change under the reader."""
    try:
        return look()
    except (LookalikeError, OSError):
        return None
