"""Query: questions to explores, and their answers in the format that is asked for."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from lookalike.wire.ids import Id
from lookalike.wire.operation import Masked, Nothing, Operation, Output


class WriteQuery(Struct, frozen=True, kw_only=True):
    """A question. `view` is the name of the explore.

    `dynamic_fields` is a JSON document in a string.
    """

    model: str
    view: str
    fields: list[str] | None = None
    pivots: list[str] | None = None
    fill_fields: list[str] | None = None
    filters: dict[str, str | int | float | None] | None = None
    filter_expression: str | None = None
    sorts: list[str] | None = None
    limit: str | int | None = None
    column_limit: str | int | None = None
    total: bool | None = None
    row_total: str | None = None
    subtotals: list[str] | None = None
    vis_config: dict[str, Any] | None = None
    filter_config: dict[str, Any] | None = None
    visible_ui_sections: str | None = None
    dynamic_fields: str | None = None
    client_id: str | None = None
    query_timezone: str | None = None


class Query(Struct, frozen=True, kw_only=True):
    """A saved question. Limits are strings; `-1` is no limit."""

    can: dict[str, bool] | None = None
    id: Id | None = None
    model: str | None = None
    view: str | None = None
    fields: list[str] | None = None
    pivots: list[str] | None = None
    fill_fields: list[str] | None = None
    filters: dict[str, str] | None = None
    filter_expression: str | None = None
    sorts: list[str] | None = None
    limit: str | None = None
    column_limit: str | None = None
    total: bool | None = None
    row_total: str | None = None
    subtotals: list[str] | None = None
    vis_config: dict[str, Any] | None = None
    filter_config: dict[str, Any] | None = None
    visible_ui_sections: str | None = None
    slug: str | None = None
    dynamic_fields: str | None = None
    client_id: str | None = None
    share_url: str | None = None
    expanded_share_url: str | None = None
    url: str | None = None
    query_timezone: str | None = None
    has_table_calculations: bool | None = None
    runtime: float | None = None


class QueryParams(Masked, frozen=True, kw_only=True):
    query_id: Annotated[Id, Meta(description="Id of the query.")]


class SlugParams(Masked, frozen=True, kw_only=True):
    slug: Annotated[str, Meta(description="Slug or client id of the query.")]


class RunParams(Struct, frozen=True, kw_only=True):
    """What every way of running a query takes."""

    result_format: Annotated[
        str, Meta(description="Format of the answer: `json`, `json_detail`, `csv`, `txt` or `sql`.")
    ]
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


class RunQueryParams(RunParams, frozen=True, kw_only=True):
    query_id: Annotated[Id, Meta(description="Id of the query.")]


class UrlQueryParams(Struct, frozen=True, kw_only=True):
    """A whole question as path and query parameters."""

    model_name: Annotated[str, Meta(description="Name of the model.")]
    view_name: Annotated[str, Meta(description="Name of the explore.")]
    result_format: Annotated[str, Meta(description="Format of the answer, as for `run_query`.")]
    fields: Annotated[list[str] | None, Meta(description="Fields to select: `a.x,a.y`.")] = None
    f: Annotated[
        dict[str, str] | None, Meta(description="Filters, one parameter each: `f[a.x]=expression`.")
    ] = None
    filter_expression: Annotated[str | None, Meta(description="Custom filter.")] = None
    sorts: Annotated[list[str] | None, Meta(description="Sorts: `a.x desc,a.y`.")] = None
    limit: Annotated[str | None, Meta(description="Row limit; -1 is none.")] = None
    column_limit: Annotated[str | None, Meta(description="Column limit of a pivot.")] = None
    pivots: Annotated[list[str] | None, Meta(description="Fields to pivot by.")] = None
    fill_fields: Annotated[
        list[str] | None, Meta(description="Dimensions whose gaps are filled.")
    ] = None
    subtotals: Annotated[list[str] | None, Meta(description="Fields to subtotal by.")] = None
    dynamic_fields: Annotated[str | None, Meta(description="Custom fields, as JSON.")] = None
    total: Annotated[bool | None, Meta(description="Whether to total the columns.")] = None
    row_total: Annotated[
        str | None, Meta(description="Where to total rows: `left` or `right`.")
    ] = None
    query_timezone: Annotated[str | None, Meta(description="IANA name of a time zone.")] = None
    apply_formatting: Annotated[
        bool, Meta(description="Write values as their value format says.")
    ] = False
    force_production: Annotated[bool, Meta(description="As for `run_query`.")] = False


create_query = Operation(
    name="create_query",
    method="POST",
    path="/queries",
    tag="Query",
    summary="Save a query",
    description=(
        "Saves a question and answers it with its id. Queries never change: an equal question"
        " gives the same query."
        " A query belongs to no workspace; its LookML is looked up when it runs."
    ),
    params=Masked,
    body=WriteQuery,
    answer=Query,
    needs="explore",
)

query = Operation(
    name="query",
    method="GET",
    path="/queries/{query_id}",
    tag="Query",
    summary="Get a query",
    params=QueryParams,
    body=Nothing,
    answer=Query,
    needs="access_data",
)

query_for_slug = Operation(
    name="query_for_slug",
    method="GET",
    path="/queries/slug/{slug}",
    tag="Query",
    summary="Get a query by its slug",
    description="Finds a query by its slug or by its client id.",
    params=SlugParams,
    body=Nothing,
    answer=Query,
    needs="access_data",
)

run_query = Operation(
    name="run_query",
    method="GET",
    path="/queries/{query_id}/run/{result_format}",
    tag="Query",
    summary="Run a saved query",
    description=(
        "Runs a saved query on the LookML of the session's workspace."
        " `sql` answers the SQL without running it."
    ),
    params=RunQueryParams,
    body=Nothing,
    answer=Output,
    needs="access_data",
)

run_inline_query = Operation(
    name="run_inline_query",
    method="POST",
    path="/queries/run/{result_format}",
    tag="Query",
    summary="Run a query without saving it",
    description=(
        "Runs the question in the body on the LookML of the session's workspace."
        " `sql` answers the SQL without running it."
    ),
    params=RunParams,
    body=WriteQuery,
    answer=Output,
    needs="access_data",
)

run_url_encoded_query = Operation(
    name="run_url_encoded_query",
    method="GET",
    path="/queries/models/{model_name}/views/{view_name}/run/{result_format}",
    tag="Query",
    summary="Run a query that is written in the URL",
    description=(
        "Runs the question in the path and the query string:"
        " `?fields=a.x,a.y&f[a.z]=new&sorts=a.x&limit=10`."
    ),
    params=UrlQueryParams,
    body=Nothing,
    answer=Output,
    needs="access_data",
)

OPERATIONS = (
    create_query,
    query,
    query_for_slug,
    run_query,
    run_inline_query,
    run_url_encoded_query,
)
