"""Dashboard: what LookML dashboards hold, as far as LookML determines it."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from lookalike.wire.ids import Id
from lookalike.wire.operation import Masked, Nothing, Operation
from lookalike.wire.query import Query


class LookModel(Struct, frozen=True, kw_only=True):
    id: str | None = None
    label: str | None = None


class FolderBase(Struct, frozen=True, kw_only=True):
    """Where a dashboard lies. What only people give to folders is null."""

    name: str
    parent_id: str | None = None
    id: str | None = None
    content_metadata_id: Id | None = None
    created_at: str | None = None
    creator_id: Id | None = None
    child_count: int | None = None
    external_id: str | None = None
    is_embed: bool | None = None
    is_embed_shared_root: bool | None = None
    is_embed_users_root: bool | None = None
    is_personal: bool | None = None
    is_personal_descendant: bool | None = None
    is_shared_root: bool | None = None
    is_users_root: bool | None = None
    can: dict[str, bool] | None = None


class DashboardAppearance(Struct, frozen=True, kw_only=True):
    """How a dashboard looks: its `embed_style`."""

    page_side_margins: int | None = None
    page_background_color: str | None = None
    tile_title_alignment: str | None = None
    tile_space_between: int | None = None
    tile_background_color: str | None = None
    tile_shadow: bool | None = None
    key_color: str | None = None
    modern_vis2026: bool | None = None


class ResultMakerFilterablesListen(Struct, frozen=True, kw_only=True):
    dashboard_filter_name: str | None = None
    field: str | None = None


class ResultMakerFilterables(Struct, frozen=True, kw_only=True):
    model: str | None = None
    view: str | None = None
    name: str | None = None
    listen: list[ResultMakerFilterablesListen] | None = None


class ResultMakerWithIdVisConfigAndDynamicFields(Struct, frozen=True, kw_only=True):
    """What makes the result of a tile."""

    id: Id | None = None
    dynamic_fields: str | None = None
    filterables: list[ResultMakerFilterables] | None = None
    sorts: list[str] | None = None
    merge_result_id: str | None = None
    total: bool | None = None
    query_id: Id | None = None
    sql_query_id: str | None = None
    query: Query | None = None
    vis_config: dict[str, Any] | None = None


class DashboardElement(Struct, frozen=True, kw_only=True):
    """A tile. `query` is null for a text, and for one that merges answers."""

    can: dict[str, bool] | None = None
    body_text: str | None = None
    body_text_as_html: str | None = None
    dashboard_id: str | None = None
    dashboard_layout_id: str | None = None
    edit_uri: str | None = None
    id: str | None = None
    look: dict[str, Any] | None = None
    look_id: str | None = None
    lookml_link_id: str | None = None
    merge_result_id: str | None = None
    note_display: str | None = None
    note_state: str | None = None
    note_text: str | None = None
    note_text_as_html: str | None = None
    query: Query | None = None
    query_id: Id | None = None
    filter_id: str | None = None
    refresh_interval: str | None = None
    refresh_interval_to_i: int | None = None
    result_maker: ResultMakerWithIdVisConfigAndDynamicFields | None = None
    result_maker_id: Id | None = None
    subtitle_text: str | None = None
    title: str | None = None
    title_hidden: bool | None = None
    title_text: str | None = None
    type: str | None = None
    alert_count: int | None = None
    rich_content_json: str | None = None
    title_text_as_html: str | None = None
    subtitle_text_as_html: str | None = None
    extension_id: str | None = None
    aria_description: str | None = None
    certification_metadata: dict[str, Any] | None = None


class DashboardFilter(Struct, frozen=True, kw_only=True):
    """A filter of a dashboard. `row` is its place in their order."""

    can: dict[str, bool] | None = None
    id: str | None = None
    dashboard_id: str | None = None
    name: str | None = None
    title: str | None = None
    type: str | None = None
    default_value: str | None = None
    model: str | None = None
    explore: str | None = None
    dimension: str | None = None
    field: dict[str, Any] | None = None
    row: int | None = None
    listens_to_filters: list[str] | None = None
    allow_multiple_values: bool | None = None
    required: bool | None = None
    ui_config: dict[str, Any] | None = None


class DashboardLayoutComponent(Struct, frozen=True, kw_only=True):
    """Where a tile stands."""

    can: dict[str, bool] | None = None
    id: str | None = None
    dashboard_layout_id: str | None = None
    dashboard_element_id: str | None = None
    row: int | None = None
    column: int | None = None
    width: int | None = None
    height: int | None = None
    deleted: bool | None = None
    element_title: str | None = None
    element_title_hidden: bool | None = None
    vis_type: str | None = None
    granular_row: int | None = None
    granular_column: int | None = None
    granular_width: int | None = None
    granular_height: int | None = None


class DashboardLayout(Struct, frozen=True, kw_only=True):
    """How the tiles of a dashboard, or of one of its tabs, stand."""

    can: dict[str, bool] | None = None
    id: str | None = None
    dashboard_id: str | None = None
    type: str | None = None
    active: bool | None = None
    column_width: int | None = None
    width: int | None = None
    deleted: bool | None = None
    dashboard_title: str | None = None
    dashboard_layout_components: list[DashboardLayoutComponent] | None = None
    label: str | None = None
    description: str | None = None
    order: int | None = None
    lookml_link_id: str | None = None


class DashboardBase(Struct, frozen=True, kw_only=True):
    """A dashboard in brief. What people do to dashboards is null: these are LookML."""

    can: dict[str, bool] | None = None
    content_favorite_id: Id | None = None
    content_metadata_id: Id | None = None
    description: str | None = None
    hidden: bool | None = None
    id: str | None = None
    model: LookModel | None = None
    query_timezone: str | None = None
    readonly: bool | None = None
    refresh_interval: str | None = None
    refresh_interval_to_i: int | None = None
    folder: FolderBase | None = None
    title: str | None = None
    user_id: Id | None = None
    slug: str | None = None
    preferred_viewer: str | None = None
    space: dict[str, Any] | None = None
    certification_metadata: dict[str, Any] | None = None


class Dashboard(DashboardBase, frozen=True, kw_only=True):
    """A dashboard with its tiles, filters and layouts."""

    alert_sync_with_dashboard_filter_enabled: bool | None = None
    chat_enabled: bool | None = None
    background_color: str | None = None
    created_at: str | None = None
    crossfilter_enabled: bool | None = None
    dashboard_elements: list[DashboardElement] | None = None
    dashboard_filters: list[DashboardFilter] | None = None
    dashboard_layouts: list[DashboardLayout] | None = None
    deleted: bool | None = None
    deleted_at: str | None = None
    deleter_id: Id | None = None
    edit_uri: str | None = None
    enable_viz_full_screen: bool | None = None
    favorite_count: int | None = None
    filters_bar_collapsed: bool | None = None
    filters_location_top: bool | None = None
    last_accessed_at: str | None = None
    last_viewed_at: str | None = None
    updated_at: str | None = None
    last_updater_id: Id | None = None
    last_updater_name: str | None = None
    user_name: str | None = None
    load_configuration: str | None = None
    lookml_link_id: str | None = None
    show_filters_bar: bool | None = None
    show_title: bool | None = None
    space_id: str | None = None
    folder_id: str | None = None
    text_tile_text_color: str | None = None
    tile_background_color: str | None = None
    tile_text_color: str | None = None
    title_color: str | None = None
    view_count: int | None = None
    appearance: DashboardAppearance | None = None
    usage_count: int | None = None
    is_owner_disabled: bool | None = None
    url: str | None = None
    preserve_desktop_layout: bool | None = None
    download_settings: dict[str, Any] | None = None


class DashboardParams(Masked, frozen=True, kw_only=True):
    dashboard_id: Annotated[str, Meta(description="Id of the dashboard: `model::name`.")]


class SearchDashboardsParams(Masked, frozen=True, kw_only=True):
    id: Annotated[str | None, Meta(description="Id of a dashboard.")] = None
    slug: Annotated[str | None, Meta(description="Slug of a dashboard.")] = None
    title: Annotated[str | None, Meta(description="Title, with `%` and `_`.")] = None
    description: Annotated[str | None, Meta(description="Description, with `%` and `_`.")] = None
    content_favorite_id: Annotated[str | None, Meta(description="Id of a favourite.")] = None
    space_id: Annotated[str | None, Meta(description="As `folder_id`.")] = None
    folder_id: Annotated[str | None, Meta(description="Id of a folder.")] = None
    deleted: Annotated[str | None, Meta(description="Whether to find deleted ones.")] = None
    user_id: Annotated[str | None, Meta(description="Id of the creator.")] = None
    view_count: Annotated[str | None, Meta(description="How often it was viewed.")] = None
    content_metadata_id: Annotated[str | None, Meta(description="Id of the metadata.")] = None
    curate: Annotated[bool | None, Meta(description="Leave out suppressed ones.")] = None
    last_viewed_at: Annotated[str | None, Meta(description="When it was viewed last.")] = None
    page: Annotated[int | None, Meta(description="Number of the page.")] = None
    per_page: Annotated[int | None, Meta(description="Dashboards of a page.")] = None
    limit: Annotated[int | None, Meta(description="How many dashboards to answer.")] = None
    offset: Annotated[int | None, Meta(description="How many to pass over first.")] = None
    sorts: Annotated[str | None, Meta(description="Fields to sort by.")] = None
    filter_or: Annotated[bool | None, Meta(description="Whether one match is enough.")] = None
    not_owned_by: Annotated[bool | None, Meta(description="Whether `user_id` excludes.")] = None


all_dashboards = Operation(
    name="all_dashboards",
    method="GET",
    path="/dashboards",
    tag="Dashboard",
    summary="List the dashboards",
    description=(
        "Answers the LookML dashboards of the models that the caller sees in the session's"
        " workspace, in brief. There are no dashboards besides those of LookML."
    ),
    params=Masked,
    body=Nothing,
    answer=list[DashboardBase],
    needs="see_lookml_dashboards",
)

search_dashboards = Operation(
    name="search_dashboards",
    method="GET",
    path="/dashboards/search",
    tag="Dashboard",
    summary="Search the dashboards that people made",
    description=(
        "Finds dashboards that people made, never those of LookML."
        " The server has none such, so the answer is empty whatever is asked."
    ),
    params=SearchDashboardsParams,
    body=Nothing,
    answer=list[Dashboard],
    needs="see_lookml_dashboards",
)

dashboard = Operation(
    name="dashboard",
    method="GET",
    path="/dashboards/{dashboard_id}",
    tag="Dashboard",
    summary="Get a dashboard",
    description=(
        "Answers a LookML dashboard as the session's workspace has it. The queries of its tiles"
        " have the defaults of the dashboard's filters in place, and are saved, so that they can"
        " be run by their ids."
    ),
    params=DashboardParams,
    body=Nothing,
    answer=Dashboard,
    needs="see_lookml_dashboards",
)

dashboard_dashboard_elements = Operation(
    name="dashboard_dashboard_elements",
    method="GET",
    path="/dashboards/{dashboard_id}/dashboard_elements",
    tag="Dashboard",
    summary="List the tiles of a dashboard",
    params=DashboardParams,
    body=Nothing,
    answer=list[DashboardElement],
    needs="see_lookml_dashboards",
)

dashboard_dashboard_filters = Operation(
    name="dashboard_dashboard_filters",
    method="GET",
    path="/dashboards/{dashboard_id}/dashboard_filters",
    tag="Dashboard",
    summary="List the filters of a dashboard",
    params=DashboardParams,
    body=Nothing,
    answer=list[DashboardFilter],
    needs="see_lookml_dashboards",
)

dashboard_dashboard_layouts = Operation(
    name="dashboard_dashboard_layouts",
    method="GET",
    path="/dashboards/{dashboard_id}/dashboard_layouts",
    tag="Dashboard",
    summary="List the layouts of a dashboard",
    description="One, or one for each tab.",
    params=DashboardParams,
    body=Nothing,
    answer=list[DashboardLayout],
    needs="see_lookml_dashboards",
)

OPERATIONS = (
    all_dashboards,
    search_dashboards,
    dashboard,
    dashboard_dashboard_elements,
    dashboard_dashboard_filters,
    dashboard_dashboard_layouts,
)
