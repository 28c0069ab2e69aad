"""Queries: the one module that runs SQL. A question is planned in the caller's workspace, written, run and answered.

A saved question is workspace-independent: its LookML is looked up when it runs, in the session that runs it.
Rule: API, operations run_inline_query, create_query, run_query.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from zoneinfo import available_timezones

import msgspec
from msgspec import Struct

from lookalike import results
from lookalike.compiler import query, sql, syntax
from lookalike.engines import (
    Engine,
    EngineError,
    Overloaded,
    Running,
    RunningText,
    SqlError,
    TextForm,
    Unreachable,
)
from lookalike.instance import access, connections, models
from lookalike.instance.access import Caller, Permission
from lookalike.instance.errors import Busy, Invalid, NotFound, Problem, Unavailable, Uncompilable
from lookalike.instance.instance import Instance
from lookalike.instance.models import FoundExplore
from lookalike.instance.workspaces import DEV, PRODUCTION, Version
from lookalike.store import queries
from lookalike.store.records import SavedQuery

SQL_FORMAT = "sql"


class RunOptions(Struct, frozen=True, kw_only=True):
    """`limit` wins over that of the question; `force_production` over the session's workspace."""

    limit: int | None = None
    apply_formatting: bool = False
    force_production: bool = False


class Compiled(Struct, frozen=True):
    """A question as SQL, with what is needed to run it and to read its rows."""

    found: FoundExplore
    plan: query.Plan
    script: sql.Script
    diagnostics: tuple[syntax.Diagnostic, ...]


class Stream(Struct, frozen=True):
    """An answer on its way out. Iterating `chunks` may wait for the database; `cancel` frees it."""

    media_type: str
    chunks: Iterator[bytes]
    version: Version
    cancel: Callable[[], None]


class SavedQuestion(Struct, frozen=True):
    """A question with its record. `presentation` is what a client keeps beside it, echoed untouched."""

    record: SavedQuery
    question: query.Query
    presentation: Mapping[str, object]


class _Body(Struct, frozen=True):
    """What is stored of a question."""

    question: query.Query
    presentation: dict[str, object]


def compile_question(
    instance: Instance, caller: Caller, question: query.Query, options: RunOptions = RunOptions()
) -> Compiled:
    """Plan and write `question` in the caller's workspace. Raises NotFound and Uncompilable."""
    access.require(caller, Permission.ACCESS_DATA, question.model)
    workspace = PRODUCTION if options.force_production else ""
    found = models.explore_for(instance, caller, question.model, question.explore, workspace)
    settings = connections.settings_of(instance, found.explore.connection)
    if options.limit is not None:
        question = msgspec.structs.replace(question, limit=options.limit)
    asker = query.Asker(
        now=instance.clock(),
        zone=_zone(question.timezone) or settings.timezone,
        database_zone=settings.timezone,
        attributes=caller.attributes,
        locale=caller.user.locale,
        in_development=found.version.workspace == DEV,
    )
    planned = query.plan(
        question, found.explore, asker, settings.dialect, syntax.Budget(), found.model.explores
    )
    if planned.plan is None:
        raise Uncompilable(planned.diagnostics)
    script = sql.write(planned.plan, sql.DIALECTS[settings.dialect])
    return Compiled(found, planned.plan, script, planned.diagnostics)


def run(
    instance: Instance,
    caller: Caller,
    question: query.Query,
    format_: str,
    options: RunOptions,
    saved: SavedQuestion | None = None,
) -> Stream:
    """Run `question` and write the answer in `format_`.

    What the database refuses is part of the answer in the JSON formats, as clients expect, and Invalid in the others.
    Raises NotFound, NotAllowed, Invalid, Uncompilable, Busy and Unavailable.
    """
    if format_ == SQL_FORMAT:
        access.require(caller, Permission.SEE_SQL)
        return _text_of(compile_question(instance, caller, question, options))
    if format_ not in results.FORMATS:
        known = ", ".join(f"`{name}`" for name in (*results.FORMATS, SQL_FORMAT))
        raise Invalid(
            f"result format `{format_}` is not supported; use one of {known}",
            (Problem("result_format", "invalid", f"`{format_}` is not supported"),),
        )
    compiled = compile_question(instance, caller, question, options)
    engine = connections.engine_for(instance, compiled.found.explore.connection)
    started = instance.clock()
    detail = _detail(caller, compiled, started, saved)
    try:
        return _stream(instance, compiled, engine, results.FORMATS[format_], options, detail)
    except SqlError as error:
        if not results.FORMATS[format_].carries_errors:
            raise Invalid(f"SQL Error: {error}") from None
        message = f"SQL Error: {error}"
        body = results.write_failure(results.FORMATS[format_], message, detail)
        return Stream(
            results.FORMATS[format_].media_type, iter((body,)), compiled.found.version, _nothing
        )
    except Overloaded as error:
        raise Busy(str(error)) from None
    except EngineError as error:
        if isinstance(error, Unreachable):
            raise Unavailable(str(error)) from None
        raise Invalid(str(error)) from None


def save(
    instance: Instance, caller: Caller, question: query.Query, presentation: Mapping[str, object]
) -> SavedQuestion:
    """Keep a question. Saving an equal one again gives the same record."""
    access.require(caller, Permission.EXPLORE)
    body = msgspec.json.encode(_Body(question, dict(presentation)), order="deterministic")
    digest = hashlib.sha256(body).hexdigest()
    slug = _letters(instance, 7)
    client_id = str(presentation.get("client_id") or _letters(instance, 22))
    with instance.database.write() as db:
        record = queries.save(
            db, digest=digest, slug=slug, client_id=client_id, body=body.decode(), now=instance.clock()
        )
    return SavedQuestion(record, question, presentation)


def get_query(instance: Instance, caller: Caller, number: int) -> SavedQuestion:
    """A saved question by its id. Raises NotFound, also for a model that the caller may not see."""
    with instance.database.read() as db:
        record = queries.find_query(db, number)
    return _question_of(caller, record, f"query {number}")


def find_by_slug(instance: Instance, caller: Caller, text: str) -> SavedQuestion:
    """A saved question by its slug or its client id."""
    with instance.database.read() as db:
        record = queries.find_by_slug(db, text)
    return _question_of(caller, record, f"query `{text}`")


def _question_of(caller: Caller, record: SavedQuery | None, what: str) -> SavedQuestion:
    if record is not None:
        body = msgspec.json.decode(record.body, type=_Body)
        if caller.sees_model(body.question.model):
            return SavedQuestion(record, body.question, body.presentation)
    raise NotFound(f"{what} was not found")


def _stream(
    instance: Instance,
    compiled: Compiled,
    engine: Engine,
    format_: results.Format,
    options: RunOptions,
    detail: results.Detail,
) -> Stream:
    """Start the statement and wait for its first piece, so that a refusal is still an answer of its own."""
    statement = compiled.script.main
    seconds = instance.config.query_seconds
    running: Running | RunningText | None = None
    if format_.text_form and not options.apply_formatting and _is_flat(compiled):
        keys = [column.field for column in statement.columns]
        running = engine.run_text(statement.text, TextForm(format_.text_form), keys, seconds)
        if running is not None:
            pieces = results.wrap_text(format_, _columns(compiled), iter(running))
            return _started(format_, compiled, pieces, running.cancel)
    rows = engine.run(statement.text, seconds)
    answer = results.answer(compiled.plan, compiled.script, compiled.found.explore, rows)
    chunks = format_.write(answer, results.Options(apply_formatting=options.apply_formatting, detail=detail))
    return _started(format_, compiled, chunks, rows.cancel)
