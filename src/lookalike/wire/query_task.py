"""QueryTask: queries that run on their own, and are asked for later."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from lookalike.wire.ids import Id
from lookalike.wire.operation import SIGNED_IN, Masked, Nothing, Operation, Output
from lookalike.wire.query import Query


class WriteCreateQueryTask(Struct, frozen=True, kw_only=True):
    """Which query to run, and in which format to keep its answer."""

    query_id: Id
    result_format: str
    source: str | None = None
    deferred: bool | None = None
    look_id: Id | None = None
    dashboard_id: str | None = None


class QueryTask(Struct, frozen=True, kw_only=True):
    """A query that runs on its own. `status` is `added`, `running`, `complete`, `error`, `expired`
    or `killed`.
    """

    can: dict[str, bool] | None = None
    id: str | None = None
    query_id: Id | None = None
    query: Query | None = None
    generate_links: bool | None = None
    force_production: bool | None = None
    path_prefix: str | None = None
    cache: bool | None = None
    server_table_calcs: bool | None = None
    cache_only: bool | None = None
    cache_key: str | None = None
    status: str | None = None
    source: str | None = None
    runtime: float | None = None
    rebuild_pdts: bool | None = None
    result_source: str | None = None
    look_id: Id | None = None
    dashboard_id: str | None = None
    result_format: str | None = None


class UserPublic(Struct, frozen=True, kw_only=True):
    """What everybody may know of a user."""

    can: dict[str, bool] | None = None
    id: Id | None = None
    first_name: str | None = None
    last_name: str | None = None
    display_name: str | None = None
    avatar_url: str | None = None
    url: str | None = None


class RunningQueries(Struct, frozen=True, kw_only=True):
    """A query that is at its database."""

    can: dict[str, bool] | None = None
    id: Id | None = None
    user: UserPublic | None = None
    query: Query | None = None
    sql_query: dict[str, Any] | None = None
    look: dict[str, Any] | None = None
    created_at: str | None = None
    completed_at: str | None = None
    query_id: str | None = None
    source: str | None = None
    node_id: str | None = None
    slug: str | None = None
    query_task_id: str | None = None
    cache_key: str | None = None
    connection_name: str | None = None
    dialect: str | None = None
    connection_id: str | None = None
    message: str | None = None
    status: str | None = None
    runtime: float | None = None
    sql: str | None = None
    sql_interface_sql: str | None = None


class CreateTaskParams(Masked, frozen=True, kw_only=True):
    """What every way of running a query takes, without the format."""

    limit: Annotated[
        int | None, Meta(description="Row limit in place of the query's; -1 is none.")
    ] = None
    apply_formatting: Annotated[
        bool, Meta(description="Write values as their value format says.")
    ] = False
    apply_vis: Annotated[bool, Meta(description="Without effect.")] = False
    cache: Annotated[bool, Meta(description="Without effect: every run asks the database.")] = False
    image_width: Annotated[int | None, Meta(description="Without effect: there are no images.")] = (
        None
    )
    image_height: Annotated[
        int | None, Meta(description="Without effect: there are no images.")
    ] = None
    generate_drill_links: Annotated[
        bool,
        Meta(
            description="Link cells of measures to what is behind them, where `drill_fields` say"
            " what that is; in `json_detail`."
        ),
    ] = False
    force_production: Annotated[
        bool,
        Meta(description="Read the LookML of `production` whatever the session's workspace is."),
    ] = False
    cache_only: Annotated[bool, Meta(description="Without effect: nothing is kept.")] = False
    path_prefix: Annotated[
        str | None, Meta(description="What the addresses of drill links begin with.")
    ] = None
    rebuild_pdts: Annotated[bool, Meta(description="Without effect.")] = False
    server_table_calcs: Annotated[bool, Meta(description="Without effect.")] = False


class TaskParams(Masked, frozen=True, kw_only=True):
    query_task_id: Annotated[str, Meta(description="Id of the task.")]


class ResultsParams(Struct, frozen=True, kw_only=True):
    query_task_id: Annotated[str, Meta(description="Id of the task.")]


class ManyResultsParams(Struct, frozen=True, kw_only=True):
    query_task_ids: Annotated[list[str], Meta(description="Ids of tasks.")]


create_query_task = Operation(
    name="create_query_task",
    method="POST",
    path="/query_tasks",
    tag="Query",
    summary="Run a query on its own",
    description=(
        "Begins to run a saved query on the LookML of the session's workspace, as it is now, and"
        " answers the task. The task belongs to the user: every token of the user may ask for it."
    ),
    params=CreateTaskParams,
    body=WriteCreateQueryTask,
    answer=QueryTask,
    needs="access_data",
)

query_task_multi_results = Operation(
    name="query_task_multi_results",
    method="GET",
    path="/query_tasks/multi_results",
    tag="Query",
    summary="Get the results of several tasks",
    description=(
        "Answers `{id: {status, result_source, data}}`. A task that does not exist has the status"
        " `missing`; one that is not ready has no `data`."
    ),
    params=ManyResultsParams,
    body=Nothing,
    answer=dict[str, Any],
    needs=SIGNED_IN,
)

query_task = Operation(
    name="query_task",
    method="GET",
    path="/query_tasks/{query_task_id}",
    tag="Query",
    summary="Get the state of a task",
    params=TaskParams,
    body=Nothing,
    answer=QueryTask,
    needs=SIGNED_IN,
)

query_task_results = Operation(
    name="query_task_results",
    method="GET",
    path="/query_tasks/{query_task_id}/results",
    tag="Query",
    summary="Get the result of a task",
    description="Answers the result in the task's format; a 202 while there is none yet.",
    params=ResultsParams,
    body=Nothing,
    answer=Output,
    needs=SIGNED_IN,
)

all_running_queries = Operation(
    name="all_running_queries",
    method="GET",
    path="/running_queries",
    tag="Query",
    summary="List the queries that run",
    params=Nothing,
    body=Nothing,
    answer=list[RunningQueries],
    needs=SIGNED_IN,
)

kill_query = Operation(
    name="kill_query",
    method="DELETE",
    path="/running_queries/{query_task_id}",
    tag="Query",
    summary="Stop a query",
    params=ResultsParams,
    body=Nothing,
    answer=Nothing,
    needs=SIGNED_IN,
)

OPERATIONS = (
    create_query_task,
    query_task_multi_results,
    query_task,
    query_task_results,
    all_running_queries,
    kill_query,
)
