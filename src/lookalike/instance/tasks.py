"""Query tasks: questions that run in the background, and whose answers are kept for a while.

A task belongs to a user, not to a token, and is seen by every process. It runs in the process that
created it, on the files that the creating session saw at that moment. Rule: API, operations
create_query_task, query_task_results, query_task_multi_results.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from lookalike import results
from lookalike.git import TreeId
from lookalike.instance import access, background, queries
from lookalike.instance.access import Caller, Permission
from lookalike.instance.background import LEASE, Job
from lookalike.instance.errors import Busy, Failed, Invalid, LookalikeError, NotFound, Pending
from lookalike.instance.instance import Instance
from lookalike.instance.queries import NO_OPTIONS, PLAIN_TEXT, RunOptions, SavedQuestion, Stream
from lookalike.instance.workspaces import Version
from lookalike.store import accounts, projects, tasks
from lookalike.store.database import Writing
from lookalike.store.records import QueryTask, TaskStatus

Task: TypeAlias = QueryTask
Status: TypeAlias = TaskStatus

_PART_BYTES = 1_000_000
_MANY_BYTES = 200_000_000
_KEPT_DAYS = 1
_KILLED = "the query task was killed"
_BODY_TELLS = frozenset({"json_detail", "json_bi"})
"""Formats whose body says by itself that the query failed, so that a failure is an answer."""


class TaskResult(Struct, frozen=True):
    """`data` is None unless the task has ended with something to show; JSON if `media_type` says
    so.
    """

    status: TaskStatus
    result_source: str = ""
    media_type: str = ""
    data: bytes | None = None


class Running(Struct, frozen=True, kw_only=True):
    """A task that has not ended, with the question it asks. `seconds` since it was created."""

    task: QueryTask
    user_email: str
    user_name: str
    model: str
    explore: str
    seconds: float


def create_task(  # noqa: PLR0913 - the parts of one request
    instance: Instance,
    caller: Caller,
    query_id: int,
    format_: str,
    options: RunOptions = NO_OPTIONS,
    source: str = "",
    deferred: bool = False,
) -> QueryTask:
    """Begin to run a saved question. A deferred one waits behind all others.

    What is wrong with the question is said by the task. Raises NotFound for a question that does
    not exist, Invalid for the format, NotAllowed, and Busy when too many tasks wait.
    """
    saved = queries.get_query(instance, caller, query_id)
    access.require(caller, Permission.ACCESS_DATA, saved.question.model)
    queries.check_format(caller, format_)
    instance.background.check_room()
    task = _new_task(instance, caller, query_id, format_, source)
    try:
        found = queries.find_explore(instance, caller, saved.question, options)
    except NotFound as error:
        now = instance.clock()
        task = replace(task, status=TaskStatus.ERROR, error=str(error), finished_at=now)
        return _enter(instance, task)
    task = _on(task, found.version, found.explore.connection)
    options = replace(options, found=found)

    def work(job: Job) -> None:
        _work(instance, caller, saved, task, replace(options, on_start=job.started), job)

    task = _enter(instance, task)
    instance.background.submit(Job(task.id, work), last=deferred)
    return task


def get_task(instance: Instance, caller: Caller, id_: str) -> QueryTask:
    """A task of the caller's. Raises NotFound."""
    found = _tasks(instance, caller, (id_,)).get(id_)
    if found is None:
        raise NotFound(f"query task `{id_[:40]}` was not found")
    return found


def results_of(instance: Instance, caller: Caller, id_: str) -> Stream:
    """The answer of a task. Raises Pending until there is one, Failed where there will be none in
    that format, NotFound for what is unknown or no longer kept.
    """
    task = get_task(instance, caller, id_)
    if not task.has_ended:
        raise Pending(f"query task `{id_}` has not ended; ask again")
    if task.status is TaskStatus.EXPIRED:
        raise NotFound(f"the answer of query task `{id_}` is no longer kept; create the task again")
    if task.status is not TaskStatus.COMPLETE and (
        task.result_format not in _BODY_TELLS or not task.project
    ):
        raise Failed(task.error)
    found = _result(instance, task)
    chunks = iter((found.data or b"",))
    return Stream(found.media_type, chunks, version_of(instance, task), _nothing, task.error)


def version_of(instance: Instance, task: QueryTask) -> Version:
    """The files that a task reads. Raises NotFound where their project is gone."""
    with instance.database.read() as db:
        project = projects.find_project(db, task.project)
    if project is None:
        raise NotFound(f"project `{task.project}`, which query task `{task.id}` read, is gone")
    return Version(
        project=project,
        workspace=task.workspace,
        branch=task.branch,
        commit=task.commit,
        tree=TreeId(task.tree),
    )


def many_results(
    instance: Instance, caller: Caller, ids: Sequence[str]
) -> Mapping[str, TaskResult]:
    """Status and answer of each of `ids`; unknown ones are `missing`.

    Raises Invalid where the answers together are too large for one reply.
    """
    found = _tasks(instance, caller, ids)
    if sum(task.size for task in found.values()) > _MANY_BYTES:
        raise Invalid("the answers together are too large; ask for fewer tasks at once")
    return {
        id_: _result(instance, found[id_]) if id_ in found else TaskResult(TaskStatus.MISSING)
        for id_ in ids
    }


def list_running(instance: Instance, caller: Caller) -> tuple[Running, ...]:
    """The caller's tasks that have not ended; everybody's for those who administer."""
    everybody = caller.may(Permission.ADMINISTER)
    with instance.database.read() as db:
        held = tasks.list_held(db, None if everybody else caller.user.id)
        users = {user: accounts.find_user(db, user) for user in {task.user for task in held}}
    now = instance.clock()
    running = []
    for task in held:
        user = users[task.user]
        if task.lease_until < now or user is None:
            continue
        question = queries.get_query(instance, caller, task.query_id).question
        running.append(
            Running(
                task=task,
                user_email=user.email,
                user_name=f"{user.first_name} {user.last_name}".strip(),
                model=question.model,
                explore=question.explore,
                seconds=(now - task.created_at).total_seconds(),
            )
        )
    return tuple(running)


def kill(instance: Instance, caller: Caller, id_: str) -> None:
    """Stop a task: one's own, or any for those who administer.

    Raises NotFound, also when it has ended. Another process stops its statement a moment later.
    """
    with instance.database.read() as db:
        task = tasks.find_tasks(db, (id_,)).get(id_)
    is_allowed = task is not None and (
        task.user == caller.user.id or caller.may(Permission.ADMINISTER)
    )
    with instance.database.write(durable=False) as db:
        if not is_allowed or not tasks.end(
            db, id_, status=TaskStatus.KILLED, now=instance.clock(), error=_KILLED
        ):
            raise NotFound(f"query task `{id_[:40]}` was not found among those that run")
    instance.background.stop(id_)


def _new_task(
    instance: Instance, caller: Caller, query_id: int, format_: str, source: str
) -> QueryTask:
    now = instance.clock()
    return QueryTask(
        id=instance.random(16).hex(),
        user=caller.user.id,
        query_id=query_id,
        status=TaskStatus.ADDED,
        result_format=format_,
        result_source=source or "query",
        created_at=now,
        runner=instance.background.runner,
        lease_until=now + LEASE,
    )


def _on(task: QueryTask, version: Version, connection: str) -> QueryTask:
    return replace(
        task,
        project=version.project.name,
        workspace=version.workspace,
        branch=version.branch,
        commit=version.commit,
        tree=version.tree,
        connection=connection,
    )


def _enter(instance: Instance, task: QueryTask) -> QueryTask:
    """Write the task down, and throw away what is kept too long."""
    config = instance.config
    with instance.database.write(durable=False) as db:
        made = tasks.create(db, task)
        if instance.background.is_time_to_clean():
            kept = timedelta(minutes=config.task_result_minutes)
            now = instance.clock()
            tasks.expire(db, now - kept, config.task_results_mb * 1_000_000)
            tasks.purge(db, now - kept - timedelta(days=_KEPT_DAYS))
    return made


def _work(
    instance: Instance,
    caller: Caller,
    saved: SavedQuestion,
    task: QueryTask,
    options: RunOptions,
    job: Job,
) -> None:
    """Run the question, hand in the answer, end the task. What fails ends it too."""
    with instance.database.write(durable=False) as db:
        if not tasks.claim(db, task.id, task.runner, instance.clock()):
            return
    try:
        stream = _run(instance, caller, saved, task, options, job)
        size = _hand_in(instance, task, stream)
    except LookalikeError as error:
        _finish(instance, task, str(error))
    except Exception:
        _finish(instance, task, "an internal error; the log has it by the id of the task")
        raise
    else:
        _finish(instance, task, stream.error, stream.media_type, size)


def _finish(
    instance: Instance, task: QueryTask, error: str, media_type: str = "", size: int = 0
) -> None:
    """End the task, unless somebody has done so; then what was handed in is of no use."""
    status = TaskStatus.ERROR if error else TaskStatus.COMPLETE
    now = instance.clock()
    with instance.database.write(durable=False) as db:
        if not tasks.end(
            db, task.id, status=status, now=now, error=error, media_type=media_type, size=size
        ):
            tasks.drop_parts(db, task.id)


def _run(
    instance: Instance,
    caller: Caller,
    saved: SavedQuestion,
    task: QueryTask,
    options: RunOptions,
    job: Job,
) -> Stream:
    """Start the question; a task can wait for its turn where a request could not."""
    question, format_ = saved.question, task.result_format
    until = instance.clock() + timedelta(seconds=instance.config.query_seconds)
    while True:
        try:
            return queries.run(instance, caller, question, format_, options, saved)
        except Busy as error:
            if instance.clock() > until or job.stopped.wait(error.seconds):
                raise


def _hand_in(instance: Instance, task: QueryTask, stream: Stream) -> int:
    """Keep the answer, in parts that no other writer has to wait long for; its size."""
    size = 0
    most = instance.config.task_result_mb * 1_000_000
    for number, part in enumerate(_parts(queries.pieces(stream))):
        size += len(part)
        if size > most:
            stream.cancel()
            raise Invalid(
                "the answer is too large for a query task; ask for fewer rows,"
                " or run the query itself"
            )
        with instance.database.write(durable=False) as db:
            tasks.add_part(db, task.id, number, part)
    return size


def _parts(pieces: Iterator[bytes]) -> Iterator[bytes]:
    gathered = bytearray()
    for piece in pieces:
        gathered += piece
        if len(gathered) >= _PART_BYTES:
            yield bytes(gathered)
            gathered.clear()
    if gathered:
        yield bytes(gathered)


def _tasks(instance: Instance, caller: Caller, ids: Sequence[str]) -> Mapping[str, QueryTask]:
    """The caller's own among `ids`. One whose server has died ends here, with an error."""
    now = instance.clock()
    with instance.database.read() as db:
        found = tasks.find_tasks(db, ids)
    if any(not task.has_ended and task.lease_until < now for task in found.values()):
        with instance.database.write(durable=False) as db:
            _end_abandoned(instance, db)
            found = tasks.find_tasks(db, ids)
    return {id_: task for id_, task in found.items() if task.user == caller.user.id}


def _end_abandoned(instance: Instance, db: Writing) -> None:
    tasks.end_abandoned(db, instance.clock(), background.STOPPED)


def _result(instance: Instance, task: QueryTask) -> TaskResult:
    """What a task has to show. A failure without an answer of its own is written here."""
    if not task.has_ended or task.status is TaskStatus.EXPIRED:
        return TaskResult(task.status, task.result_source)
    if task.media_type:
        with instance.database.read() as db:
            data = tasks.parts(db, task.id)
        return TaskResult(task.status, task.result_source, task.media_type, data)
    message = task.error
    if task.result_format not in results.FORMATS:
        return TaskResult(task.status, task.result_source, PLAIN_TEXT, f"{message}\n".encode())
    detail = results.Detail(
        id=str(task.query_id),
        seconds=task.runtime or 0.0,
        ran_at=(task.started_at or task.created_at).isoformat(timespec="milliseconds"),
        provenance=_provenance(task),
    )
    data = results.write_failure(task.result_format, message, detail)
    media_type = results.FORMATS[task.result_format].media_type
    return TaskResult(task.status, task.result_source, media_type, data)


def _provenance(task: QueryTask) -> Mapping[str, str]:
    return {
        "workspace": task.workspace,
        "project": task.project,
        "branch": task.branch,
        "commit": task.commit,
        "tree": task.tree,
    }


def _nothing() -> None:
    """There is nothing to cancel."""
