"""Dashboards: a LookML dashboard as the API shows it.

In: a dashboard of a model. Out: the structs of the wire. What only people give to a dashboard
(views, favourites, certificates) is null.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast
from urllib.parse import quote

from lookalike.api import questions
from lookalike.api.call import Call
from lookalike.compiler import model
from lookalike.instance import content, dashboards, queries
from lookalike.instance.access import Permission
from lookalike.instance.dashboards import FoundDashboard
from lookalike.wire import dashboard as wire
from lookalike.wire.query import Query

_LAYOUT = "newspaper"
_STATIC = ("text", "button", "extension")
_DURATION = re.compile(r"(\d{1,6})\s*(second|minute|hour|day)s?")
_SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400}
_FIXED = {"show": True, "update": False, "destroy": False}


def folder_out(folder: content.Folder) -> wire.FolderBase:
    """Where dashboards lie."""
    return wire.FolderBase(
        name=folder.name,
        id=folder.id,
        child_count=0,
        is_embed=False,
        is_embed_shared_root=False,
        is_embed_users_root=False,
        is_personal=False,
        is_personal_descendant=False,
        is_shared_root=folder == content.SHARED,
        is_users_root=False,
        can={"show": True, "index": True, "show_children": True, "update": False, "destroy": False},
    )


def brief(call: Call, found: FoundDashboard) -> wire.DashboardBase:
    """What lists of dashboards show."""
    return wire.DashboardBase(**_base(call, found))


def whole(call: Call, found: FoundDashboard) -> wire.Dashboard:
    """Everything about a dashboard. The queries of its tiles are saved."""
    dashboard = found.dashboard
    return wire.Dashboard(
        **_base(call, found),
        alert_sync_with_dashboard_filter_enabled=False,
        crossfilter_enabled=dashboard.crossfilter_enabled,
        dashboard_elements=elements(call, found),
        dashboard_filters=filters(found),
        dashboard_layouts=layouts(found),
        deleted=False,
        edit_uri=_edit_uri(call, found, dashboard.place.path, dashboard.place.line),
        enable_viz_full_screen=dashboard.enable_viz_full_screen,
        filters_bar_collapsed=dashboard.filters_bar_collapsed,
        filters_location_top=dashboard.filters_location_top,
        folder_id=content.LOOKML.id,
        load_configuration=dashboard.load_configuration or None,
        show_filters_bar=_flag(dashboard.embed_style, "show_filters_bar", True),
        show_title=_flag(dashboard.embed_style, "show_title", True),
        appearance=_appearance(dashboard.embed_style),
        url=f"/dashboards/{quote(found.id, safe=':')}",
        **_colors(dashboard.embed_style),
    )


def elements(call: Call, found: FoundDashboard) -> list[wire.DashboardElement]:
    """The tiles, in the order of the text."""
    asker = dashboards.asker_of(call.instance, call.caller, found.dashboard)
    asked = [
        [
            (question, {"vis_config": _vis_config(element)})
            for _, question in dashboards.questions(found.dashboard, element, asker)
        ]
        for element in found.dashboard.elements
    ]
    flat = queries.save_all(call.instance, [each for tile in asked for each in tile])
    saved = iter(flat)
    return [
        _element(call, found, element, [next(saved) for _ in tile])
        for element, tile in zip(found.dashboard.elements, asked, strict=True)
    ]


def filters(found: FoundDashboard) -> list[wire.DashboardFilter]:
    """The filters, in the order of the text."""
    return [
        wire.DashboardFilter(
            can=_FIXED,
            id=f"{found.id}::{each.name}",
            dashboard_id=found.id,
            name=each.name,
            title=each.title,
            type=each.type or None,
            default_value=each.default_value or None,
            model=each.model or None,
            explore=each.explore or None,
            dimension=each.field or None,
            row=row,
            listens_to_filters=list(each.listens_to_filters),
            allow_multiple_values=each.allow_multiple_values,
            required=each.required,
            ui_config=cast("dict[str, Any] | None", each.ui_config),
        )
        for row, each in enumerate(found.dashboard.filters)
    ]


def layouts(found: FoundDashboard) -> list[wire.DashboardLayout]:
    """The one layout, or that of each tab."""
    dashboard = found.dashboard
    tabs = [name for name, _ in dashboard.tabs] or [""]
    labels = dict(dashboard.tabs)
    return [
        wire.DashboardLayout(
            can=_FIXED,
            id=_layout_id(found, tab),
            dashboard_id=found.id,
            type=dashboard.layout or _LAYOUT,
            active=order == 0,
            width=dashboard.width,
            deleted=False,
            dashboard_title=dashboard.title,
            dashboard_layout_components=[
                _component(found, tab, each)
                for each in dashboard.elements
                if _tab(dashboard, each) == tab
            ],
            label=labels.get(tab) or tab or None,
            order=order,
        )
        for order, tab in enumerate(tabs)
    ]


def _base(call: Call, found: FoundDashboard) -> dict[str, Any]:
    dashboard, may = found.dashboard, call.caller.may
    return {
        "can": {
            "show": True,
            "run": may(Permission.ACCESS_DATA),
            "explore": may(Permission.EXPLORE),
            "see_lookml": may(Permission.SEE_LOOKML),
            "update": False,
            "destroy": False,
        },
        "description": dashboard.description or None,
        "folder": folder_out(content.LOOKML),
        "hidden": False,
        "id": found.id,
        "model": wire.LookModel(id=found.model.model.name, label=found.model.model.label),
        "query_timezone": dashboard.query_timezone or None,
        "readonly": True,
        "refresh_interval": dashboard.refresh or None,
        "refresh_interval_to_i": _milliseconds(dashboard.refresh),
        "title": dashboard.title,
        "slug": dashboard.preferred_slug or None,
        "preferred_viewer": dashboard.preferred_viewer or None,
    }


def _element(
    call: Call,
    found: FoundDashboard,
    element: model.DashboardElement,
    saved: Sequence[queries.SavedQuestion],
) -> wire.DashboardElement:
    single = saved[0] if len(saved) == 1 and not element.is_merged else None
    asked = questions.query_out(call, single) if single is not None else None
    return wire.DashboardElement(
        can=_FIXED,
        body_text=element.body_text or None,
        dashboard_id=found.id,
        dashboard_layout_id=_layout_id(found, _tab(found.dashboard, element)),
        edit_uri=_edit_uri(call, found, element.place.path, element.place.line),
        id=_element_id(found, element),
        note_display=element.note_display or None,
        note_state=element.note_state or None,
        note_text=element.note_text or None,
        query=asked,
        query_id=asked.id if asked else None,
        refresh_interval=element.refresh or None,
        refresh_interval_to_i=_milliseconds(element.refresh),
        result_maker=_result_maker(element, saved, asked) if saved else None,
        subtitle_text=element.subtitle_text or None,
        title=element.title or None,
        title_hidden=element.title_hidden,
        title_text=element.title_text or None,
        type=element.type if element.type in _STATIC or not saved else "vis",
        alert_count=0,
        rich_content_json=element.rich_content_json or None,
    )


def _result_maker(
    element: model.DashboardElement,
    saved: Sequence[queries.SavedQuestion],
    asked: Query | None,
) -> wire.ResultMakerWithIdVisConfigAndDynamicFields:
    return wire.ResultMakerWithIdVisConfigAndDynamicFields(
        dynamic_fields=asked.dynamic_fields if asked else None,
        filterables=[
            wire.ResultMakerFilterables(
                model=each.model,
                view=each.explore,
                name=None if asked else (each.explore or None),
                listen=[
                    wire.ResultMakerFilterablesListen(dashboard_filter_name=name, field=field)
                    for name, field in each.listen
                ],
            )
            for each in element.queries
        ],
        sorts=asked.sorts if asked else None,
        total=asked.total if asked else None,
        query_id=asked.id if asked else None,
        query=asked,
        vis_config=_vis_config(element),
    )


def _component(
    found: FoundDashboard, tab: str, element: model.DashboardElement
) -> wire.DashboardLayoutComponent:
    id_ = _element_id(found, element)
    return wire.DashboardLayoutComponent(
        can=_FIXED,
        id=id_,
        dashboard_layout_id=_layout_id(found, tab),
        dashboard_element_id=id_,
        row=element.row,
        column=element.col,
        width=element.width,
        height=element.height,
        deleted=False,
        element_title=element.title or None,
        element_title_hidden=element.title_hidden,
        vis_type=element.type or None,
    )


def _vis_config(element: model.DashboardElement) -> dict[str, Any]:
    return {**({"type": element.type} if element.type else {}), **element.vis}


def _tab(dashboard: model.Dashboard, element: model.DashboardElement) -> str:
    """The tab that a tile is on: the first where it names none."""
    names = [name for name, _ in dashboard.tabs]
    return element.tab_name if element.tab_name in names else (names or [""])[0]


def _layout_id(found: FoundDashboard, tab: str) -> str:
    return f"{found.id}::{tab}" if tab else found.id


def _element_id(found: FoundDashboard, element: model.DashboardElement) -> str:
    return f"{found.id}::{element.name}"


def _edit_uri(call: Call, found: FoundDashboard, path: str, line: int) -> str | None:
    """Where the text stands, for those who may read LookML."""
    if not call.caller.may(Permission.SEE_LOOKML):
        return None
    project = found.model.version.project.name
    return f"/projects/{quote(project)}/files/{quote(path, safe='')}?line={line}"


def _milliseconds(text: str) -> int | None:
    parts = _DURATION.findall(text)
    seconds = sum(int(number) * _SECONDS[unit] for number, unit in parts)
    return seconds * 1_000 if parts else None


def _flag(style: Mapping[str, object] | None, name: str, default: bool) -> bool:
    found = (style or {}).get(name)
    return found if isinstance(found, bool) else default


def _colors(style: Mapping[str, object] | None) -> dict[str, Any]:
    names = ("background_color", "text_tile_text_color", "tile_background_color")
    found = {name: (style or {}).get(name) for name in (*names, "tile_text_color", "title_color")}
    return {name: value if isinstance(value, str) else None for name, value in found.items()}


def _appearance(style: Mapping[str, object] | None) -> wire.DashboardAppearance | None:
    if style is None:
        return None
    background, tile = style.get("background_color"), style.get("tile_background_color")
    return wire.DashboardAppearance(
        page_background_color=background if isinstance(background, str) else None,
        tile_background_color=tile if isinstance(tile, str) else None,
    )
