"""Data tests: the `test:` blocks of a project, run as questions whose rows must meet assertions.

In: a project and perhaps the names of a file, a model or a test. Out: a result a test. All tests of
one run read the same files. Rule: LookML reference, test; API, operations all_lookml_tests,
run_lookml_test.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from lookalike import results
from lookalike.compiler import syntax
from lookalike.compiler.model import ExploreSource, LookmlTest, Sql, full_name
from lookalike.compiler.query import DEFAULT_LIMIT, Query
from lookalike.compiler.syntax import Code, Diagnostic, Kind, Place, Severity
from lookalike.instance import models, projects, queries, workspaces
from lookalike.instance.access import Caller, Permission, require
from lookalike.instance.errors import Busy, LookalikeError, NotFound, Uncompilable
from lookalike.instance.instance import Instance
from lookalike.instance.models import FoundExplore, FoundModel
from lookalike.instance.queries import RunOptions
from lookalike.instance.workspaces import Version

_TRIES = 120
_MOST_SHOWN = 80


class Test(Struct, frozen=True):
    """One test of one model. `file` is its path behind the project's name: `shop/tests/a.lkml`."""

    model: str
    name: str
    explore: str
    query_url_params: str
    file: str
    line: int


class Listed(Struct, frozen=True):
    """The tests that one version declares."""

    version: Version
    tests: tuple[Test, ...]


class TestResult(Struct, frozen=True):
    """How a test went. Every place is a path inside the project, without its name."""

    model: str
    test: str
    assertions_count: int
    assertions_failed: int
    errors: tuple[Diagnostic, ...]
    warnings: tuple[Diagnostic, ...]
    success: bool


class Run(Struct, frozen=True):
    """The tests of one version, in the order of models and files."""

    version: Version
    results: tuple[TestResult, ...]


class _Declared(Struct, frozen=True):
    """A test, and the model in which its explore is looked up."""

    found: FoundModel
    test: LookmlTest


def list_tests(instance: Instance, caller: Caller, project: str, file: str = "") -> Listed:
    """The tests of the models that the caller sees, in the caller's workspace.

    `file` may stand with or without the project's name. Raises NotFound for the project.
    """
    version = _version(instance, caller, project)
    tests = (_listed(each) for each in _declared(instance, caller, version, file))
    return Listed(version, tuple(tests))


def run_tests(  # noqa: PLR0913 - three ways to name tests
    instance: Instance,
    caller: Caller,
    project: str,
    file: str = "",
    test: str = "",
    model: str = "",
    progress: Callable[[TestResult], None] = lambda result: None,
) -> Run:
    """Run the tests that are named, or all. `progress` is told each result as it comes.

    Raises NotFound for the project, and where tests are named and there is none of them.
    """
    version = _version(instance, caller, project)
    require(caller, Permission.ACCESS_DATA)
    chosen = [
        each
        for each in _declared(instance, caller, version, file)
        if test in ("", each.test.name) and model in ("", each.found.model.name)
    ]
    if not chosen and (file or test or model):
        named = " ".join(f"`{name}`" for name in (file, model, test) if name)
        raise NotFound(f"no test of {named} was found in workspace `{version.workspace}`")
    return Run(version, tuple(_results(instance, caller, chosen, progress)))


def _version(instance: Instance, caller: Caller, name: str) -> Version:
    require(caller, Permission.SEE_LOOKML)
    project = projects.get_project(instance, caller, name)
    return workspaces.version_of(instance, caller, project)


def _declared(
    instance: Instance, caller: Caller, version: Version, file: str
) -> Iterator[_Declared]:
    path = file.removeprefix(f"{version.project.name}/")
    for found in sorted(models.models_in(instance, caller, version), key=_name):
        for test in sorted(found.model.tests, key=_where):
            if not file or test.place.path in (path, file):
                yield _Declared(found, test)


def _name(found: FoundModel) -> str:
    return found.model.name


def _where(test: LookmlTest) -> tuple[str, int]:
    return test.place.path, test.place.line


def _listed(declared: _Declared) -> Test:
    found, test = declared.found, declared.test
    path = test.place.path
    imported = path.startswith("//")
    return Test(
        model=found.model.name,
        name=test.name,
        explore=test.explore,
        query_url_params=_url_params(_question(declared)) if test.source else "",
        file=path.removeprefix("//") if imported else f"{found.version.project.name}/{path}",
        line=test.place.line,
    )


def _question(declared: _Declared) -> Query:
    """What a test asks. Columns without a view are those of the explore's base."""
    test, source = declared.test, _source(declared.test)
    explore = declared.found.model.explores.get(test.explore)
    base = explore.base if explore else test.explore
    fields = [full_name(column.field or column.name, base) for column in source.columns]
    custom = source.expression_custom_filter
    return Query(
        model=declared.found.model.name,
        explore=test.explore,
        fields=tuple(dict.fromkeys(fields)),
        filters=tuple((full_name(name, base), text) for name, text in source.filters),
        filter_expression="" if custom is None else custom.text,
        sorts=tuple(full_name(sort, base) for sort in source.sorts),
        limit=DEFAULT_LIMIT if source.limit is None else source.limit,
        timezone=source.timezone,
    )


def _source(test: LookmlTest) -> ExploreSource:
    return test.source or ExploreSource(explore=test.explore, place=test.place)


def _url_params(question: Query) -> str:
    parts: list[tuple[str, str]] = [("fields", ",".join(question.fields))]
    parts += [(f"f[{name}]", text) for name, text in question.filters]
    if question.filter_expression:
        parts.append(("filter_expression", question.filter_expression))
    if question.sorts:
        parts.append(("sorts", ",".join(question.sorts)))
    parts.append(("limit", str(question.limit)))
    if question.timezone:
        parts.append(("query_timezone", question.timezone))
    return urlencode(parts, safe="[],")


def _results(
    instance: Instance,
    caller: Caller,
    chosen: Sequence[_Declared],
    progress: Callable[[TestResult], None],
) -> list[TestResult]:
    """A result for each of `chosen`, several at once."""
    made: dict[int, TestResult] = {}
    with ThreadPoolExecutor(max(instance.config.test_threads, 1)) as threads:
        running = {
            threads.submit(_result, instance, caller, each): number
            for number, each in enumerate(chosen)
        }
        for done in as_completed(running):
            made[running[done]] = done.result()
            progress(done.result())
    return [made[number] for number in range(len(chosen))]


def _result(instance: Instance, caller: Caller, declared: _Declared) -> TestResult:
    """How one test goes. What keeps it from running is an error of its own."""
    test = declared.test
    errors: list[Diagnostic] = []
    warnings: list[Diagnostic] = []
    failed = len(test.asserts)
    refusal = _refusal(test)
    if refusal:
        errors.append(_finding(declared, Code.TEST_QUERY_FAILED, refusal, test.place))
    else:
        try:
            found = models.explore_of(caller, declared.found, test.explore)
            answer = _answer(instance, caller, _question(declared), found)
        except Uncompilable as error:
            errors.extend(each for each in error.diagnostics if each.is_error)
        except LookalikeError as error:
            message = f"the query of test `{test.name}` failed: {error}"
            errors.append(_finding(declared, Code.TEST_QUERY_FAILED, message, test.place))
        else:
            errors, warnings = _judge(instance, declared, answer)
            failed = len(errors)
    return TestResult(
        model=declared.found.model.name,
        test=test.name,
        assertions_count=len(test.asserts),
        assertions_failed=failed,
        errors=tuple(_placed(each, declared) for each in errors),
        warnings=tuple(warnings),
        success=not errors and bool(test.asserts),
    )


def _refusal(test: LookmlTest) -> str:
    """Why a test can't be run as it is written, if so."""
    source = _source(test)
    if not test.asserts:
        return f"test `{test.name}` asserts nothing; write an `assert` with an `expression`"
    if source.derived_columns or source.bind_filters or source.bind_all_filters:
        return (
            f"test `{test.name}` has a derived column or binds filters; only the"
            " `explore_source` of a derived table can, so leave them out"
        )
    return ""


def _answer(
    instance: Instance, caller: Caller, question: Query, found: FoundExplore
) -> results.Answer:
    """The rows of a test. It waits for its turn where a request would be sent away."""
    options = RunOptions(found=found)
    for _ in range(_TRIES):
        try:
            return queries.ask(instance, caller, question, options)
        except Busy as error:
            threading.Event().wait(error.seconds)
    return queries.ask(instance, caller, question, options)


def _judge(
    instance: Instance, declared: _Declared, answer: results.Answer
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """The assertions that do not hold, and what makes the others worth less than they seem."""
    test = declared.test
    asked = results.table(answer)
    over = _named(asked, declared)
    now = instance.clock().astimezone(ZoneInfo(answer.zone)).replace(tzinfo=None)
    failures = []
    for name, expression in test.asserts:
        message = _failure(name, expression, over, now, lambda row: _row(asked, row))
        if message:
            found = _finding(declared, Code.ASSERTION_FAILED, message, expression.place)
            failures.append(found)
    warnings = []
    if over.n_rows == 0:
        message = f"the query of test `{test.name}` returned no rows, so nothing was checked"
        warnings.append(_warning(declared, message))
    elif over.n_rows == DEFAULT_LIMIT and _source(test).limit is None:
        message = (
            f"only the first {DEFAULT_LIMIT} rows of test `{test.name}` were checked;"
            " write a `limit`, or ask for fewer rows"
        )
        warnings.append(_warning(declared, message))
    return failures, warnings


def _named(over: results.Table, declared: _Declared) -> results.Table:
    """The rows with every name by which an assertion may call a column."""
    columns = dict(over.columns)
    explore = declared.found.model.explores[declared.test.explore]
    for column in _source(declared.test).columns:
        full = full_name(column.field or column.name, explore.base)
        if full in over.columns:
            for name in (column.name, full_name(column.name, explore.base)):
                columns.setdefault(name, over.columns[full])
    return replace(over, columns=columns)


def _failure(
    name: str, expression: Sql, over: results.Table, now: datetime, row_text: Callable[[int], str]
) -> str:
    """Why an assertion does not hold; empty if it does."""
    tree = syntax.expressions.read(expression.text, syntax.Budget(), syntax.expressions.OVER_ROWS)
    if isinstance(tree, syntax.expressions.ExpressionError):
        return f"assertion `{name}` can't be read: {tree.message}"
    found = results.evaluate(tree, over, now, syntax.Budget())
    if isinstance(found, results.Unevaluable):
        return f"assertion `{name}` can't be judged: {found.message}"
    wrong = [row for row, value in enumerate(found) if value is not True]
    if not wrong:
        return ""
    first = found[wrong[0]]
    if not (first is None or isinstance(first, bool)):
        return f"assertion `{name}` is neither yes nor no; write for example `${{view.field}} > 5`"
    outcome = "null" if first is None else "no"
    return (
        f"assertion `{name}` is {outcome} in {len(wrong)} of {over.n_rows} rows,"
        f" first in row {wrong[0] + 1} where {row_text(wrong[0])}"
    )


def _row(over: results.Table, row: int) -> str:
    shown = []
    for name, column in over.columns.items():
        if "." in name:
            value = column[row]
            text = "null" if value is None else results.shown(value)[:_MOST_SHOWN]
            shown.append(f"`{name}` is {text}")
    return ", ".join(shown)


def _finding(declared: _Declared, code: Code, message: str, place: Place) -> Diagnostic:
    return Diagnostic(
        code,
        message,
        place,
        kind=Kind.QUERY,
        model=declared.found.model.name,
        explore=declared.test.explore,
    )


def _warning(declared: _Declared, message: str) -> Diagnostic:
    found = _finding(declared, Code.ASSERTION_FAILED, message, declared.test.place)
    return replace(found, severity=Severity.WARNING)


def _placed(found: Diagnostic, declared: _Declared) -> Diagnostic:
    """What says nothing of where it belongs belongs to the test."""
    return replace(
        found,
        place=found.place if found.place.path else declared.test.place,
        model=found.model or declared.found.model.name,
        explore=found.explore or declared.test.explore,
    )
