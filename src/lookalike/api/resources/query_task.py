"""QueryTask: saved queries that run on their own, and their results."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import msgspec

from lookalike.api import questions
from lookalike.api.call import Answered, Call, Encoded
from lookalike.api.handlers import Lane, serves
from lookalike.api.row_ids import row_id
from lookalike.instance import queries, tasks
from lookalike.instance.access import Permission
from lookalike.instance.errors import NotFound
from lookalike.instance.queries import Stream
from lookalike.instance.workspaces import Version
from lookalike.wire import encoding, query_task
from lookalike.wire.ids import Id
from lookalike.wire.operation import Nothing

JSON = "application/json"
MOST_IDS = 1_000
"""Tasks that one request may ask for."""


@serves(query_task.create_query_task)
def create_query_task(
    call: Call, params: query_task.CreateTaskParams, body: query_task.WriteCreateQueryTask
) -> Answered[query_task.QueryTask]:
    options = queries.RunOptions(
        limit=params.limit,
        apply_formatting=params.apply_formatting,
        drill_from=questions.drill_from(params),
        force_production=params.force_production,
    )
    made = tasks.create_task(
        call.instance,
        call.caller,
        row_id(body.query_id, "query"),
        body.result_format,
        options,
        body.source or "",
        bool(body.deferred),
    )
    return _told(call, made)


@serves(query_task.query_task_multi_results)
def get_many_results(call: Call, params: query_task.ManyResultsParams, body: Nothing) -> Encoded:
    ids = list(dict.fromkeys(each for each in params.query_task_ids if each))[:MOST_IDS]
    found = tasks.many_results(call.instance, call.caller, ids)
    return Encoded(msgspec.json.encode({id_: _result_out(each) for id_, each in found.items()}))


@serves(query_task.query_task)
def get_query_task(
    call: Call, params: query_task.TaskParams, body: Nothing
) -> Answered[query_task.QueryTask]:
    return _told(call, tasks.get_task(call.instance, call.caller, params.query_task_id))


@serves(query_task.query_task_results)
def get_results(call: Call, params: query_task.ResultsParams, body: Nothing) -> Stream:
    return tasks.results_of(call.instance, call.caller, params.query_task_id)


@serves(query_task.all_running_queries)
def all_running_queries(
    call: Call, params: Nothing, body: Nothing
) -> list[query_task.RunningQueries]:
    return [running_out(call, each) for each in tasks.list_running(call.instance, call.caller)]


@serves(query_task.kill_query, Lane.QUERY)
def kill_query(call: Call, params: query_task.ResultsParams, body: Nothing) -> Nothing:
    tasks.kill(call.instance, call.caller, params.query_task_id)
    return Nothing()


def task_out(call: Call, task: tasks.Task) -> query_task.QueryTask:
    saved = queries.get_query(call.instance, call.caller, task.query_id)
    return query_task.QueryTask(
        can={"show": True, "results": call.caller.may(Permission.ACCESS_DATA)},
        id=task.id,
        query_id=Id(task.query_id),
        query=questions.query_out(call, saved),
        generate_links=False,
        force_production=False,
        cache=False,
        server_table_calcs=False,
        cache_only=False,
        status=task.status.value,
        runtime=task.runtime,
        rebuild_pdts=False,
        source=task.result_source or None,
        result_source=task.result_source or None,
        result_format=task.result_format,
    )


def running_out(call: Call, found: tasks.Running) -> query_task.RunningQueries:
    task = found.task
    return query_task.RunningQueries(
        can={"show": True, "cancel": True},
        id=Id(int(task.id[:12], 16)),
        user=query_task.UserPublic(
            can={"show": True},
            id=Id(task.user),
            first_name=found.user_name.partition(" ")[0],
            last_name=found.user_name.partition(" ")[2],
            display_name=found.user_name,
        ),
        created_at=encoding.date_time(task.created_at),
        query_id=str(task.query_id),
        query_task_id=task.id,
        connection_name=task.connection or None,
        connection_id=task.connection or None,
        status=task.status.value,
        runtime=found.seconds,
    )


def _told(call: Call, task: tasks.Task) -> Answered[query_task.QueryTask]:
    """The task, and what it reads: nothing if its explore was not found, or is gone by now."""
    versions: tuple[Version, ...] = ()
    if task.project:
        with suppress(NotFound):
            versions = (tasks.version_of(call.instance, task),)
    return Answered(task_out(call, task), versions)


def _result_out(found: tasks.TaskResult) -> Mapping[str, object]:
    """One entry of the answer. `data` is what the format makes: JSON as it is, or a text."""
    entry: dict[str, object] = {
        "status": found.status.value,
        "result_source": found.result_source or None,
    }
    if found.data is not None:
        is_json = found.media_type.startswith(JSON)
        entry["data"] = msgspec.Raw(found.data) if is_json else found.data.decode()
    return entry
