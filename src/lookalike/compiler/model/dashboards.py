"""Dashboards: what a LookML dashboard says. Rule: LookML reference, "Dashboard parameters"."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from lookalike.compiler import syntax
from lookalike.compiler.syntax import Place


class DashboardFile(Struct, frozen=True):
    """One `.lookml` file of a project; `path` is relative to the project's root, with slashes."""

    path: str
    parsed: syntax.yaml.Parsed


class Mention(Struct, frozen=True):
    """A field that a parameter names, and where."""

    parameter: str
    name: str
    place: Place


class TileQuery(Struct, frozen=True, kw_only=True):
    """What a tile asks. A limit is None where none is written.

    `dynamic_fields` is a JSON document; `dynamic` are the names that it brings in. `listen` are
    (dashboard filter, field). `row_total` is `left`, `right` or empty.
    """

    model: str
    explore: str
    place: Place
    model_place: Place
    fields: tuple[str, ...] = ()
    pivots: tuple[str, ...] = ()
    fill_fields: tuple[str, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    filter_expression: str = ""
    sorts: tuple[str, ...] = ()
    limit: int | None = None
    column_limit: int | None = None
    total: bool = False
    row_total: str = ""
    subtotals: tuple[str, ...] = ()
    dynamic_fields: str = ""
    dynamic: tuple[str, ...] = ()
    query_timezone: str = ""
    listen: tuple[tuple[str, str], ...] = ()
    mentions: tuple[Mention, ...] = ()


class DashboardElement(Struct, frozen=True, kw_only=True):
    """A tile. Most ask one question; a merged one asks several, a text none.

    `vis` holds every parameter that is not listed here: the options of the chart.
    """

    name: str
    place: Place
    type: str = ""
    title: str = ""
    title_hidden: bool = False
    queries: tuple[TileQuery, ...] = ()
    is_merged: bool = False
    note_text: str = ""
    note_state: str = ""
    note_display: str = ""
    title_text: str = ""
    subtitle_text: str = ""
    body_text: str = ""
    rich_content_json: str = ""
    refresh: str = ""
    tab_name: str = ""
    row: int | None = None
    col: int | None = None
    width: int | None = None
    height: int | None = None
    vis: Mapping[str, object]


class DashboardFilter(Struct, frozen=True, kw_only=True):
    """A filter of a dashboard, to which tiles listen by its `name`."""

    name: str
    place: Place
    model_place: Place
    title: str
    type: str = ""
    model: str = ""
    explore: str = ""
    field: str = ""
    default_value: str = ""
    allow_multiple_values: bool = True
    required: bool = False
    ui_config: Mapping[str, object] | None = None
    listens_to_filters: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


class Dashboard(Struct, frozen=True, kw_only=True):
    """A dashboard of a model, with what it extends merged in. `others` holds further parameters.

    One with `extension: required` is only there to be extended.
    """

    name: str
    model: str
    place: Place
    title: str
    description: str = ""
    layout: str = ""
    elements: tuple[DashboardElement, ...] = ()
    filters: tuple[DashboardFilter, ...] = ()
    extends: tuple[str, ...] = ()
    extension_required: bool = False
    tabs: tuple[tuple[str, str], ...] = ()
    preferred_viewer: str = ""
    preferred_slug: str = ""
    query_timezone: str = ""
    refresh: str = ""
    load_configuration: str = ""
    width: int | None = None
    auto_run: bool | None = None
    crossfilter_enabled: bool | None = None
    enable_viz_full_screen: bool | None = None
    filters_bar_collapsed: bool | None = None
    filters_location_top: bool | None = None
    embed_style: Mapping[str, object] | None = None
    others: Mapping[str, object]
