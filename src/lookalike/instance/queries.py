"""Queries: the one module that runs SQL. A question is planned in the caller's workspace, written,
run and answered.

A saved question is workspace-independent: its LookML is looked up when it runs, in the session that
runs it. Rule: API, operations run_inline_query, create_query, run_query.
"""

from __future__ import annotations

import hashlib
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, islice

import msgspec
from msgspec import Struct

from lookalike import results
from lookalike.compiler import query, sql, syntax
from lookalike.engines import (
    Engine,
    EngineError,
    Overloaded,
    RunningText,
    SqlError,
    TextForm,
    Unreachable,
)
from lookalike.instance import (
    access,
    connections,
    models,
    sql_places,
    wording,
    workspaces,
    zones,
)
from lookalike.instance.access import Caller, Permission
from lookalike.instance.errors import Busy, Invalid, NotFound, Problem, Unavailable, Uncompilable
from lookalike.instance.instance import Instance
from lookalike.instance.models import FoundExplore
from lookalike.instance.withheld import of_model, withheld_from
from lookalike.instance.workspaces import PRODUCTION, Version
from lookalike.store import queries
from lookalike.store.database import Taken
from lookalike.store.records import SavedQuery

SQL_FORMAT = "sql"
PLAIN_TEXT = "text/plain; charset=utf-8"
_REFUSED = "the database refused the query"
_STEPS_OF_CELLS = 50_000_000  # for the Liquid of all cells of an answer, a few seconds
_SECONDS_OF_INTROSPECTION = 60
_ALPHABET = string.ascii_letters + string.digits


class RunOptions(Struct, frozen=True, kw_only=True):
    """`limit` wins over that of the question, `force_production` over the session's workspace.

    `found` is the explore as it was found before, which wins over both. `drill_from` is what the
    addresses of links to what is behind measures begin with; None for no such links. `on_start` is
    handed the way to stop the statement as soon as it runs. `on_cut` is called where no share of
    the total is known, since rows of the answer are left out.
    """

    limit: int | None = None
    apply_formatting: bool = False
    drill_from: str | None = None
    force_production: bool = False
    found: FoundExplore | None = None
    on_start: Callable[[Callable[[], None]], None] = lambda cancel: None
    on_cut: Callable[[], None] = lambda: None


NO_OPTIONS = RunOptions()


class Compiled(Struct, frozen=True):
    """A question as SQL, with what is needed to run it and to read and name its columns."""

    found: FoundExplore
    plan: query.Plan
    script: sql.Script
    diagnostics: tuple[syntax.Diagnostic, ...]
    reader: query.Reader


class Stream(Struct, frozen=True):
    """An answer on its way out. Iterating `chunks` may wait for the database; `cancel` frees it.

    `error` is what the answer says went wrong, where that is all it says.
    """

    media_type: str
    chunks: Iterator[bytes]
    version: Version
    cancel: Callable[[], None]
    error: str = ""


class SavedQuestion(Struct, frozen=True):
    """A question with its record. `presentation` is what a client keeps beside it, echoed
    untouched; empty, and the client id the slug, for those to whom they may tell what is withheld.
    """

    record: SavedQuery
    question: query.Query
    presentation: Mapping[str, object]


class _Limits(Struct, frozen=True):
    """What a run may take and show, how it words what the database refuses, and who is told how
    to stop it and that shares are unknown."""

    seconds: float
    may_see_sql: bool
    words: Callable[[SqlError], str]
    on_start: Callable[[Callable[[], None]], None]
    on_cut: Callable[[], None]


class _Body(Struct, frozen=True, omit_defaults=True):
    """What is stored of a question. `by` is the user who saved it, if a grant withholds something
    of its model from them: what they wrote themselves tells them nothing."""

    question: query.Query
    presentation: dict[str, object]
    by: int = 0


def compile_question(
    instance: Instance, caller: Caller, question: query.Query, options: RunOptions = NO_OPTIONS
) -> Compiled:
    """Plan and write `question` in the caller's workspace. Raises NotFound and Uncompilable."""
    access.require(caller, Permission.ACCESS_DATA, question.model)
    found = options.found or find_explore(instance, caller, question, options)
    settings = connections.settings_of(instance, found.explore.connection)
    if options.limit is not None:
        question = msgspec.structs.replace(question, limit=options.limit)
    asker = query.Asker(
        now=instance.clock(),
        zone=_zone(question.timezone) or settings.timezone,
        database_zone=settings.timezone,
        attributes=caller.attributes,
        in_development=workspaces.is_dev(found.version.workspace),
    )
    planned = query.plan(
        question, found.explore, asker, settings.dialect, syntax.Budget(), found.model.explores
    )
    if planned.plan is None:
        hinted = models.with_hints(instance, caller, found, planned.diagnostics)
        withheld = withheld_from(caller, found.model)
        if withheld is not None:
            hinted = withheld.without_names(hinted, found.explore)
        raise Uncompilable(hinted, caller.may(Permission.SEE_LOOKML))
    script = sql.write(planned.plan, sql.DIALECTS[settings.dialect])
    reader = query.Reader(
        asker=asker,
        dialect=settings.dialect,
        strings=wording.strings_of(caller, found),
        question=question,
    )
    return Compiled(found, planned.plan, script, planned.diagnostics, reader)


def find_explore(
    instance: Instance, caller: Caller, question: query.Query, options: RunOptions = NO_OPTIONS
) -> FoundExplore:
    """The explore that `question` is about, as it is now where it will run. Raises NotFound."""
    workspace = PRODUCTION if options.force_production else ""
    return models.explore_for(instance, caller, question.model, question.explore, workspace)


def run(
    instance: Instance,
    caller: Caller,
    question: query.Query,
    format_: str,
    options: RunOptions,
    saved: SavedQuestion | None = None,
) -> Stream:
    """Run `question` and write the answer in `format_`.

    What the database refuses is part of the answer in the JSON formats, as clients expect, and
    Invalid in the others. Raises NotFound, NotAllowed, Invalid, Uncompilable, Busy and Unavailable.
    """
    check_format(caller, format_)
    if format_ == SQL_FORMAT:
        compiled = compile_question(instance, caller, question, options)
        chunks = iter((compiled.script.text.encode(),))
        return Stream(PLAIN_TEXT, chunks, compiled.found.version, _nothing)
    compiled = compile_question(instance, caller, question, options)
    engine = connections.engine_for(instance, compiled.found.explore.connection)
    detail = _detail(instance, compiled, saved)
    writing = results.Options(
        apply_formatting=options.apply_formatting, drill_from=options.drill_from, detail=detail
    )
    limits = _Limits(
        instance.config.query_seconds,
        caller.may(Permission.SEE_SQL),
        _words(caller, compiled),
        options.on_start,
        options.on_cut,
    )
    try:
        return _stream(engine, compiled, format_, writing, limits)
    except SqlError as error:
        return _refused(compiled, format_, error, detail, limits)
    except EngineError as error:
        raise _translated(error) from None


def ask(
    instance: Instance, caller: Caller, question: query.Query, options: RunOptions = NO_OPTIONS
) -> results.Answer:
    """The whole answer of a question, held in memory. Raises as `run` does, and Invalid for what
    the database refuses.
    """
    compiled = compile_question(instance, caller, question, options)
    engine = connections.engine_for(instance, compiled.found.explore.connection)
    statement = compiled.script.main.text
    try:
        rows = engine.run(statement, instance.config.query_seconds)
        options.on_start(rows.cancel)
        answer = _answer(compiled, rows, options.on_cut)
        return msgspec.structs.replace(answer, rows=iter(list(answer.rows)))
    except SqlError as error:
        raise Invalid(f"SQL Error: {_words(caller, compiled)(error)}") from None
    except EngineError as error:
        raise _translated(error) from None


def introspect(instance: Instance, connection: str, statement: str) -> list[results.Row]:
    """The rows of a statement that asks a database what is in it, held in memory. Raises NotFound,
    Busy, Unavailable, and Invalid for what the database refuses.
    """
    engine = connections.engine_for(instance, connection)
    seconds = min(instance.config.query_seconds, _SECONDS_OF_INTROSPECTION)
    try:
        return [row for batch in engine.run(statement, seconds) for row in batch]
    except SqlError as error:
        raise Invalid(f"SQL Error: {error}") from None
    except EngineError as error:
        raise _translated(error) from None


def check_format(caller: Caller, name: str) -> None:
    """Raise Invalid for a format that does not exist, NotAllowed for SQL that must not be seen."""
    if name == SQL_FORMAT:
        access.require(caller, Permission.SEE_SQL)
    elif name not in results.FORMATS:
        raise _unknown_format(name)


def pieces(stream: Stream) -> Iterator[bytes]:
    """The pieces of an answer. Raises Invalid where the database gives up half-way."""
    try:
        yield from stream.chunks
    except EngineError as error:
        raise Invalid(str(error)) from None


def save(
    instance: Instance, caller: Caller, question: query.Query, presentation: Mapping[str, object]
) -> SavedQuestion:
    """Keep a question. Saving an equal one again gives the same record, whatever its client id; but
    those from whom something is withheld have records of their own (decision 0018).

    Raises Invalid for a `client_id` that another question has.
    """
    access.require(caller, Permission.EXPLORE)
    beside = {name: value for name, value in presentation.items() if name != "client_id"}
    is_restricted = of_model(instance, caller, question.model) is not None
    by = caller.user.id if is_restricted else 0
    body = msgspec.json.encode(_Body(question, beside, by), order="deterministic")
    client_id = str(presentation.get("client_id") or _letters(instance, 22))
    try:
        with instance.database.write() as db:
            record = queries.save(
                db,
                digest=hashlib.sha256(body).hexdigest(),
                slug=_letters(instance, 7),
                client_id=client_id,
                body=body.decode(),
                now=instance.clock(),
            )
    except Taken:
        message = f"the client id `{client_id}` belongs to another query; leave it out"
        raise Invalid("Validation Failed", (Problem("client_id", "invalid", message),)) from None
    return SavedQuestion(record, question, beside)


def save_all(
    instance: Instance, asked: Sequence[tuple[query.Query, Mapping[str, object]]]
) -> tuple[SavedQuestion, ...]:
    """Keep several questions, in their order. If all are kept already, nothing is written."""
    bodies = [
        msgspec.json.encode(_Body(question, dict(beside)), order="deterministic")
        for question, beside in asked
    ]
    digests = [hashlib.sha256(body).hexdigest() for body in bodies]
    with instance.database.read() as db:
        records = [queries.find_by_digest(db, digest) for digest in digests]
    if None in records:
        with instance.database.write() as db:
            records = [
                queries.save(
                    db,
                    digest=digest,
                    slug=_letters(instance, 7),
                    client_id=_letters(instance, 22),
                    body=body.decode(),
                    now=instance.clock(),
                )
                for digest, body in zip(digests, bodies, strict=True)
            ]
    return tuple(
        SavedQuestion(record, question, beside)
        for record, (question, beside) in zip(records, asked, strict=True)
        if record is not None
    )


def get_query(instance: Instance, caller: Caller, number: int) -> SavedQuestion:
    """A saved question by its id. Raises NotFound, also for a model that the caller may not see."""
    with instance.database.read() as db:
        record = queries.find_query(db, number)
    return _question_of(instance, caller, record, f"query {number}")


def find_by_slug(instance: Instance, caller: Caller, text: str) -> SavedQuestion:
    """A saved question by its slug or its client id."""
    with instance.database.read() as db:
        record = queries.find_by_slug(db, text)
    return _question_of(instance, caller, record, f"query `{text}`")


def _question_of(
    instance: Instance, caller: Caller, record: SavedQuery | None, what: str
) -> SavedQuestion:
    if record is not None:
        body = msgspec.json.decode(record.body, type=_Body)
        if caller.sees_model(body.question.model):
            withheld = of_model(instance, caller, body.question.model)
            if withheld is None or body.by == caller.user.id:
                return SavedQuestion(record, body.question, body.presentation)
            if withheld.shows(body.question):
                named = msgspec.structs.replace(record, client_id=record.slug)
                return SavedQuestion(named, body.question, {})
            raise NotFound(f"{what} names what is not there, or not for you to see")
    raise NotFound(f"{what} was not found")


def _stream(
    engine: Engine, compiled: Compiled, format_: str, writing: results.Options, limits: _Limits
) -> Stream:
    """Start the statement and wait for its first pieces: a refusal is an answer of its own."""
    statement = compiled.script.main
    form = results.text_form(format_, compiled.script, compiled.found.explore, writing)
    if form:
        keys = [column.field for column in statement.columns]
        text = engine.run_text(statement.text, TextForm(form), keys, limits.seconds)
        if text is not None:
            limits.on_start(text.cancel)
            return _started(compiled, format_, _framed(compiled, format_, text), text.cancel)
    rows = engine.run(statement.text, limits.seconds)
    limits.on_start(rows.cancel)
    answer = _answer(compiled, rows, limits.on_cut)
    if not limits.may_see_sql:
        answer = msgspec.structs.replace(answer, sql=None)
    return _started(compiled, format_, results.write(answer, format_, writing), rows.cancel)


def _answer(compiled: Compiled, rows: results.Rows, on_cut: Callable[[], None]) -> results.Answer:
    explore = compiled.found.explore
    words = query.Wording(explore, compiled.reader, syntax.Budget(_STEPS_OF_CELLS))
    return results.answer(compiled.plan, compiled.script, explore, rows, words, on_cut)


def _framed(compiled: Compiled, format_: str, text: RunningText) -> Iterator[bytes]:
    before, behind = results.FORMATS[format_].frame(_answer(compiled, (), _nothing).columns)
    return chain((before,), text, (behind,))


def _started(
    compiled: Compiled, format_: str, chunks: Iterator[bytes], cancel: Callable[[], None]
) -> Stream:
    """The stream, once its first pieces have come: what is wrong with a statement shows by then."""
    head = list(islice(chunks, 2))
    return Stream(
        results.FORMATS[format_].media_type, chain(head, chunks), compiled.found.version, cancel
    )


def _refused(
    compiled: Compiled,
    format_: str,
    error: SqlError,
    detail: Callable[[], results.Detail],
    limits: _Limits,
) -> Stream:
    """What the database refused, in the form of an answer."""
    words = limits.words(error)
    message = f"SQL Error: {words}"
    if results.FORMATS[format_].media_type.startswith("text/"):
        raise Invalid(message)
    details = words if limits.may_see_sql else ""  # clients show both, one behind the other
    failure = results.QueryError(_REFUSED, details, error.line, error.column)
    shown = compiled.script.text if limits.may_see_sql else None
    facts = msgspec.structs.replace(detail(), errors=(failure,), sql=shown)
    body = results.write_failure(format_, message, facts)
    media_type = results.FORMATS[format_].media_type
    return Stream(media_type, iter((body,)), compiled.found.version, _nothing, message)


def _words(caller: Caller, compiled: Compiled) -> Callable[[SqlError], str]:
    """How a refusal reads for the caller: the database's own words, which may hold values and parts
    of the SQL, and the place in the LookML that they are about, as far as the caller may see these.
    """
    if not caller.may(Permission.SEE_SQL):
        return lambda error: _REFUSED
    if not caller.may(Permission.SEE_LOOKML):
        return str
    plan, script, explore = compiled.plan, compiled.script, compiled.found.explore

    def words(error: SqlError) -> str:
        return f"{error}{sql_places.sentence(plan, script, explore, (error.line, error.column))}"

    return words


def _translated(error: EngineError) -> Busy | Unavailable | Invalid:
    if isinstance(error, Overloaded):
        return Busy(str(error))
    return Unavailable(str(error)) if isinstance(error, Unreachable) else Invalid(str(error))


def _detail(
    instance: Instance, compiled: Compiled, saved: SavedQuestion | None
) -> Callable[[], results.Detail]:
    started = instance.clock()
    version = compiled.found.version

    def finish() -> results.Detail:
        return results.Detail(
            id=str(saved.record.id) if saved else "",
            seconds=(instance.clock() - started).total_seconds(),
            ran_at=started.isoformat(timespec="milliseconds"),
            provenance={
                "workspace": version.workspace,
                "project": version.project.name,
                "branch": version.branch,
                "commit": version.commit,
                "tree": version.tree,
                "as_of": _again(compiled.found),
            },
        )

    return finish


def _again(found: FoundExplore) -> str:
    """The pinned workspace that holds just these files; empty for those of a folder on disk."""
    if found.version.folder is not None:
        return ""
    trees = ((found.key.project, found.key.tree), *found.key.imports)
    return ",".join(f"{project}@{tree}" for project, tree in trees)


def _zone(name: str) -> str:
    """The zone itself, if the world knows it. Raises Invalid."""
    if name and (why := zones.check(name)):
        raise Invalid(why, (Problem("query_timezone", "invalid", why),))
    return name


def _unknown_format(name: str) -> Invalid:
    known = ", ".join(f"`{each}`" for each in (*results.FORMATS, SQL_FORMAT))
    message = f"result format `{name}` is not supported; use one of {known}"
    return Invalid(message, (Problem("result_format", "invalid", message),))


def _letters(instance: Instance, n: int) -> str:
    """`n` letters and digits that nobody can guess."""
    return "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in instance.random(n))


def _nothing() -> None:
    """There is nothing to cancel, and nobody to tell."""
