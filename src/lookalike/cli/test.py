"""`lookalike test`: the data tests of a folder or an instance, run against their databases."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from functools import partial
from pathlib import Path

from msgspec import Struct

from lookalike.cli import reports
from lookalike.cli.attributes import add_attribute, attributes_of, say_how_to_give
from lookalike.cli.folder_choice import add_dir
from lookalike.cli.output import diagnostic, harmless, paint, result, say
from lookalike.cli.question import hint_of_warehouse
from lookalike.cli.reports import Case
from lookalike.cli.serve import Commands
from lookalike.cli.validate import TEXT, add_format, folder_of
from lookalike.cli.workspace_choice import add_workspace, caller_in
from lookalike.compiler.model import did_you_mean
from lookalike.instance import data_tests, loading, models, projects
from lookalike.instance.access import Caller
from lookalike.instance.data_tests import Run, TestResult
from lookalike.instance.errors import Invalid
from lookalike.instance.folder import open_folder
from lookalike.instance.instance import Instance
from lookalike.instance.workspaces import DEV


class _Chosen(Struct, frozen=True):
    """Which tests are to run; empty for all."""

    model: str
    test: str

    def has(self, found: data_tests.Test) -> bool:
        return self.model in ("", found.model) and self.test in ("", found.name)


class _Progress:
    """How far the tests are, on one line of a terminal that is written over and over."""

    def __init__(self, n_tests: int) -> None:
        self._n_tests = n_tests
        self._counts = Counter[bool]()

    def __call__(self, done: TestResult) -> None:
        self._counts[done.success] += 1
        n_failed = self._counts[False]
        failed = f", {paint(f'{n_failed} failed', 'error')}" if n_failed else ""
        self._write(f"{self._counts.total()} of {self._n_tests} tests{failed}")

    def end(self) -> None:
        self._write("")

    def _write(self, text: str) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[2K{text}")
            sys.stderr.flush()


def add_to(commands: Commands) -> None:
    parser = commands.add_parser(
        "test",
        help="run data tests",
        description="Run the `test` blocks of every project of DIR. Exits with 1 when one fails.",
    )
    add_dir(parser)
    add_workspace(parser, DEV)
    parser.add_argument("--model", default="", metavar="MODEL", help="only tests of this model")
    parser.add_argument("--test", default="", metavar="NAME", help="only the test of this name")
    parser.add_argument(
        "--warehouse", default="", metavar="FILE", help="DuckDB file for bare LookML"
    )
    add_attribute(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    attributes = attributes_of(options.attribute)
    instance = open_folder(Path(options.dir), options.warehouse)
    try:
        caller = caller_in(instance, options.workspace, attributes)
        runs = _run(instance, caller, _Chosen(options.model, options.test))
        if options.output_format == TEXT:
            _print(instance, caller, runs)
            if not _is_passed(runs):
                hint_of_warehouse(instance)
        else:
            cases = [case for each in runs for case in _cases(instance, each)]
            result(reports.FORMATS[options.output_format](cases))
    finally:
        instance.close()
    return 0 if _is_passed(runs) else 1


def _is_passed(runs: list[Run]) -> bool:
    return all(one.success for each in runs for one in each.results)


def _run(instance: Instance, caller: Caller, chosen: _Chosen) -> list[Run]:
    """The chosen tests, project by project. Raises Invalid and NotFound where a choice finds
    none.
    """
    tests = {
        project.name: data_tests.list_tests(instance, caller, project.name).tests
        for project in projects.list_projects(instance, caller)
    }
    found = {
        name: n_tests for name, each in tests.items() if (n_tests := sum(map(chosen.has, each)))
    }
    if not found and (chosen.model or chosen.test):
        raise _none_of(instance, caller, chosen, [one for each in tests.values() for one in each])
    progress = _Progress(sum(found.values()))
    try:
        return [
            data_tests.run_tests(
                instance, caller, name, test=chosen.test, model=chosen.model, progress=progress
            )
            for name in found
        ]
    finally:
        progress.end()


def _none_of(
    instance: Instance, caller: Caller, chosen: _Chosen, tests: list[data_tests.Test]
) -> Invalid:
    """Why no test was chosen. Raises NotFound where there is no such model."""
    where = f"in workspace `{caller.session.workspace}`"
    if chosen.model:
        models.find_model(instance, caller, chosen.model)
    if not chosen.test:
        return Invalid(f"model `{chosen.model}` has no data tests {where}")
    names = {each.name for each in tests if chosen.model in ("", each.model)}
    of_model = f" of model `{chosen.model}`" if chosen.model else ""
    hint = did_you_mean(chosen.test, names)
    return Invalid(f"there is no data test `{chosen.test}`{of_model} {where}{hint}")


def _print(instance: Instance, caller: Caller, runs: list[Run]) -> None:
    for each in runs:
        text_of = partial(loading.text_at, instance, caller, each.version)
        project = each.version.project.name if len(runs) > 1 else ""
        for one in each.results:
            mark = "passed" if one.success else "failed"
            colour = "added" if one.success else "error"
            name = f"{one.model}/{one.test}"
            result(f"{paint(mark, colour, sys.stdout)} {harmless(name)}")
            for found in (*one.errors, *one.warnings):
                result(diagnostic(found, text_of, project))
    say_how_to_give(
        instance, (found for each in runs for one in each.results for found in one.errors)
    )
    counts = Counter(one.success for each in runs for one in each.results)
    if not counts:
        say("there are no data tests")
    else:
        say(paint(f"{counts[True]} passed, {counts[False]} failed", "strong"))


def _cases(instance: Instance, run: Run) -> list[Case]:
    folder = folder_of(instance, run.version)
    return [
        Case(
            one.model,
            one.test,
            tuple(
                reports.finding(run.version, found, folder)
                for found in (*one.errors, *one.warnings)
            ),
        )
        for one in run.results
    ]
