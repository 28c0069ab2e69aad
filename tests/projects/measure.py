"""Measure: how much of a LookML project assembles, and how much of it can be written as SQL.

In: a folder of LookML and those of the projects it imports. Out: counts, and every failure with
its place. SQL of a developer passes through as it is, whatever its dialect; a database is asked
only where the setting has one.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec import field as made_of

from lookalike.compiler import model, query, sql, syntax
from lookalike.compiler.query import Asker, Query
from lookalike.compiler.syntax import Budget, Diagnostic
from lookalike.instance import dashboards

NOW = datetime(2024, 5, 17, 12, tzinfo=UTC)
RAISED = "raised"
REFUSED = "refused"
_FILTERS = {
    "number": "1",
    "yesno": "Yes",
    "date": "7 days",
    "date_time": "7 days",
    "time": "7 days",
}


class Failure(Struct, frozen=True, kw_only=True):
    """Something that does not work, and why. `stage` says when it was found: `read`, `assemble`,
    `field`, `filter`, `explore` (all its fields together) or `tile`; `what` names it."""

    stage: str
    what: str
    code: str
    message: str
    path: str = ""
    line: int = 0


class Share(Struct):
    """How many of what is listed work."""

    listed: int = 0
    working: int = 0

    def count(self, works: bool) -> bool:
        self.listed += 1
        self.working += works
        return works


class Measured(Struct, kw_only=True):
    """What came of a project. A field counts once for each explore that offers it.

    `explores` are without an error of their own or of a join; `fields` are without an error of
    their own; `compiled` are fields whose question became SQL; `filters` are parameters and filter
    fields whose question did; `together` are explores whose fields became SQL in one question,
    without those that did not work alone. `ran` are, by stage, the questions that became SQL and
    that the database answered.
    """

    name: str
    dialect: str
    files: int = 0
    reached: int = 0
    models: int = 0
    views: int = 0
    explores: Share = made_of(default_factory=Share)
    fields: Share = made_of(default_factory=Share)
    compiled: Share = made_of(default_factory=Share)
    filters: Share = made_of(default_factory=Share)
    together: Share = made_of(default_factory=Share)
    tiles: Share = made_of(default_factory=Share)
    ran: dict[str, Share] = made_of(default_factory=dict)
    failures: list[Failure] = made_of(default_factory=list)
    warnings: list[Failure] = made_of(default_factory=list)


class Written(Struct, frozen=True):
    """The SQL of one question, and what was asked."""

    what: str
    text: str


class Asked(Struct, frozen=True):
    """What came of one question: whether it became SQL, and whether a database answered it, if
    there is one."""

    compiled: bool
    answered: bool


class Setting(Struct, frozen=True, kw_only=True):
    """How the questions are asked. `say` hears of progress, `keep` of every SQL text; `run` runs
    one and returns what the database had against it."""

    dialect: str = "duckdb"
    attributes: Mapping[str, str] = {}
    say: Callable[[str], None] = lambda _: None
    keep: Callable[[Written], None] = lambda _: None
    run: Callable[[str], str] | None = None

    @property
    def asker(self) -> Asker:
        return Asker(now=NOW, attributes=self.attributes)


def measure(folder: Path, imports: Mapping[str, Path], setting: Setting) -> Measured:
    """Assemble the project of `folder` as the server does, and ask for each of its fields."""
    assembled = assemble(folder, imports)
    project = assembled.project
    reached = {path for each in project.models.values() for path in each.files}
    measured = Measured(
        name=folder.name,
        dialect=setting.dialect,
        files=len(_lookml_in(folder)),
        reached=len(reached),
        models=len(project.models),
        views=len({(one.place.path, one.name) for one in _views(project)}),
    )
    for each in assembled.diagnostics:
        of_kind = measured.failures if each.is_error else measured.warnings
        stage = "read" if each.kind is syntax.Kind.SYNTAX else "assemble"
        of_kind.append(_failure(stage, each.field or each.explore or each.model, each))
    for found in project.models.values():
        for explore in found.explores.values():
            setting.say(f"{found.name}::{explore.name}: {len(explore.fields)} fields")
            _measure_explore(explore, found, setting, measured)
        for board in found.dashboards.values():
            if not board.extension_required:
                _measure_dashboard(board, project, setting, measured)
    return measured


def assemble(folder: Path, imports: Mapping[str, Path]) -> model.Assembled:
    """The project of a folder, put together as the server does."""
    assembled = model.assemble(
        folder.name,
        _sources(folder),
        {name: _sources(path) for name, path in imports.items()},
        {},
        Budget(),
    )
    locales = {
        path.relative_to(folder).as_posix(): _text(path)
        for path in folder.rglob(f"*{model.STRINGS_FILE}")
    }
    return model.localize(assembled, locales, Budget())


def _lookml_in(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and path.suffix in (".lkml", ".lookml")
    )


def _sources(folder: Path) -> list[model.SourceFile | model.DashboardFile]:
    return [
        model.SourceFile(path.relative_to(folder).as_posix(), syntax.lookml.parse(_text(path)))
        if path.suffix == ".lkml"
        else model.DashboardFile(
            path.relative_to(folder).as_posix(), syntax.yaml.parse(_text(path))
        )
        for path in _lookml_in(folder)
    ]


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")


def _views(project: model.Project) -> Iterator[model.View]:
    return (view for each in project.models.values() for view in each.views.values())


def _measure_explore(
    explore: model.Explore, found: model.LookmlModel, setting: Setting, measured: Measured
) -> None:
    errors = [each for each in explore.errors if each.is_error]
    broken = {each.field for each in errors if each.field}
    measured.explores.count(all(each.field for each in errors))
    works: list[str] = []
    for name, field in explore.fields.items():
        measured.fields.count(name not in broken)
        if isinstance(field, model.Dimension | model.Measure):
            what = f"{found.name}::{explore.name} {name}"
            beside = _beside(field, name, explore)
            question = Query(model=found.name, explore=explore.name, fields=(*beside, name))
            asked = _asked("field", what, question, found, setting, measured)
            measured.compiled.count(asked.compiled)
            if asked.answered and not beside:
                works.append(name)
    if not works:
        return
    for name, field in explore.fields.items():
        if isinstance(field, model.FilterField | model.Parameter):
            what = f"{found.name}::{explore.name} {name}"
            question = Query(
                model=found.name,
                explore=explore.name,
                fields=(works[0],),
                filters=((name, _value(field)),),
            )
            asked = _asked("filter", what, question, found, setting, measured)
            measured.filters.count(asked.compiled)
    what = f"{found.name}::{explore.name}"
    question = Query(model=found.name, explore=explore.name, fields=tuple(works))
    asked = _asked("explore", what, question, found, setting, measured)
    measured.together.count(asked.compiled)


def _beside(field: model.Field, name: str, explore: model.Explore) -> Sequence[str]:
    """The time that a measure which compares periods needs beside it."""
    if not isinstance(field, model.Measure) or field.comparison is None:
        return ()
    comparison, alias = field.comparison, name.partition(".")[0]
    time = explore.fields.get(f"{alias}.{comparison.based_on_time.rpartition('.')[2]}")
    if not isinstance(time, model.Dimension):
        return ()
    fitting = (
        each
        for each, other in explore.fields.items()
        if each.partition(".")[0] == alias
        and isinstance(other, model.Dimension)
        and (other.group == time.group if time.group else other == time)
        and comparison.fits(other.timeframe)
    )
    return tuple(fitting)[:1]


def _measure_dashboard(
    board: model.Dashboard, project: model.Project, setting: Setting, measured: Measured
) -> None:
    asker = setting.asker
    for element in board.elements:
        for _, question in dashboards.questions(board, element, asker):
            found = project.models.get(question.model)
            what = f"{board.model}::{board.name} {element.name}"
            if found is None or question.explore not in found.explores:
                measured.tiles.count(False)
                measured.failures.append(_unknown_explore(what, question, element))
                continue
            asked = _asked("tile", what, question, found, setting, measured)
            measured.tiles.count(asked.compiled)


def _unknown_explore(what: str, question: Query, element: model.DashboardElement) -> Failure:
    return Failure(
        stage="tile",
        what=what,
        code=syntax.Code.UNKNOWN_EXPLORE.value,
        message=f"the project has no explore `{question.model}::{question.explore}`",
        path=element.place.path,
        line=element.place.line,
    )


def _value(field: model.FilterField | model.Parameter) -> str:
    """A value that such a field takes."""
    if isinstance(field, model.Parameter) and field.allowed_values:
        return field.allowed_values[0].value
    return field.default_value or _FILTERS.get(field.type, "some")


def _asked(
    stage: str,
    what: str,
    question: Query,
    found: model.LookmlModel,
    setting: Setting,
    measured: Measured,
) -> Asked:
    """What comes of the question; if it does not become SQL, why."""
    explore = found.explores[question.explore]
    try:
        planned = query.plan(
            question, explore, setting.asker, setting.dialect, Budget(), found.explores
        )
        if planned.plan is not None:
            script = sql.write(planned.plan, sql.DIALECTS[setting.dialect])
            setting.keep(Written(what, script.text))
            return Asked(True, _run(stage, what, script.text, setting, measured))
    except Exception as error:  # a mistake of ours, to be counted beside the others
        where = traceback.extract_tb(error.__traceback__)[-1]
        message = f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
        measured.failures.append(Failure(stage=stage, what=what, code=RAISED, message=message))
        return Asked(False, False)
    errors = [each for each in planned.diagnostics if each.is_error]
    measured.failures.extend(_failure(stage, what, each) for each in errors)
    return Asked(False, False)


def _run(stage: str, what: str, text: str, setting: Setting, measured: Measured) -> bool:
    if setting.run is None:
        return True
    refusal = setting.run(text)
    if refusal:
        measured.failures.append(Failure(stage=stage, what=what, code=REFUSED, message=refusal))
    return measured.ran.setdefault(stage, Share()).count(not refusal)


def _failure(stage: str, what: str, found: Diagnostic) -> Failure:
    return Failure(
        stage=stage,
        what=what,
        code=found.code.value,
        message=found.message,
        path=found.place.path,
        line=found.place.line,
    )


def as_data(measured: Measured, causes: Sequence[Any]) -> dict[str, Any]:
    """The measure as plain values, for JSON."""
    shares = ("explores", "fields", "compiled", "filters", "together", "tiles")
    return {
        **{key: getattr(measured, key) for key in ("name", "dialect", "files", "reached")},
        **{key: getattr(measured, key) for key in ("models", "views", *shares, "ran")},
        "causes": list(causes),
        "failures": measured.failures,
        "warnings": measured.warnings,
    }
