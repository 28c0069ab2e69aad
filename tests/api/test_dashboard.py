"""LookML dashboards over the API, in both versions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from lookalike.instance import people, projects
from lookalike.instance.config import Config, ConnectionConfig
from lookalike.instance.instance import Instance, open_instance
from lookalike.wire import dashboard as wire
from lookalike.wire.encoding import only_in_other
from tests.api.conftest import LOOKML, Client

BOARD = """- dashboard: sales
  title: Sales
  description: What was sold
  layout: newspaper
  preferred_slug: abc
  refresh: 2 hours 30 minutes
  crossfilter_enabled: true
  embed_style: {background_color: '#fff', show_title: false}
  filters:
  - name: Status
    title: The Status
    type: field_filter
    default_value: new
    model: shop
    explore: orders
    field: orders.status
  elements:
  - name: by status
    title: By Status
    model: shop
    explore: orders
    type: looker_column
    fields: [orders.status, orders.total]
    filters: {orders.status: old}
    sorts: [orders.total desc]
    limit: 20
    listen: {Status: orders.status}
    series_colors: {orders.total: '#000'}
    row: 1
    col: 8
    width: 12
    height: 6
  - {name: words, type: text, title_text: Hello, body_text: World, row: 0, col: 0}
  - name: merged
    merged_queries:
    - {explore: orders, fields: [orders.status]}
    - {explore: orders, fields: [orders.status, orders.total]}
    listen:
    - {Status: orders.status}
"""
TABBED = """- dashboard: tabbed
  tabs: [{name: one, label: First}, {name: two, label: Second}]
  elements:
  - {name: a, type: text}
  - {name: b, type: text, tab_name: two}
"""
ID = "shop::sales"
PATH = "/dashboards/shop%3A%3Asales"


FILES = {
    **LOOKML,
    "shop.model.lkml": LOOKML["shop.model.lkml"] + 'include: "/boards/*.dashboard"\n',
    "boards/sales.dashboard.lookml": BOARD,
    "boards/tabbed.dashboard.lookml": TABBED,
}


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """An instance whose project has dashboards."""
    config = Config(
        folder=str(tmp_path_factory.mktemp("instance")),
        connections={"warehouse": ConnectionConfig()},
    )
    opened = open_instance(config)
    projects.create_project(opened, people.operator(opened, "dev"), "shop", FILES, "first")
    yield opened
    opened.close()


def _keys(struct: type[msgspec.Struct], version: str) -> set[str]:
    names = {each.encode_name for each in msgspec.structs.fields(struct)}
    return names - only_in_other(struct.__name__, version)


def test_list(viewer: Client) -> None:
    found = viewer.get("/dashboards")
    assert [(each["id"], each["title"]) for each in found] == [
        (ID, "Sales"),
        ("shop::tabbed", "Tabbed"),
    ]
    assert set(found[0]) == _keys(wire.DashboardBase, "4.0")
    assert found[0]["model"] == {"id": "shop", "label": "Shop"}
    assert viewer.get("/dashboards?fields=id,model(id)")[1] == {
        "id": "shop::tabbed",
        "model": {"id": "shop"},
    }


def test_search_never_finds_lookml(viewer: Client) -> None:
    assert viewer.get("/dashboards/search?title=Sales&limit=100&offset=0") == []


@pytest.mark.parametrize("version", ["3.1", "4.0"])
def test_every_documented_key(developer: Client, version: str) -> None:
    answer = developer("GET", f"/api/{version}{PATH}")
    found = answer.json()
    assert set(found) == _keys(wire.Dashboard, version)
    for name, struct in (
        ("elements", wire.DashboardElement),
        ("filters", wire.DashboardFilter),
        ("layouts", wire.DashboardLayout),
    ):
        listed = found[f"dashboard_{name}"]
        assert listed == developer("GET", f"/api/{version}{PATH}/dashboard_{name}").json()
        assert set(listed[0]) == _keys(struct, version)
    (layout,) = found["dashboard_layouts"]
    components = layout["dashboard_layout_components"]
    assert set(components[0]) == _keys(wire.DashboardLayoutComponent, version)
    result_maker = found["dashboard_elements"][0]["result_maker"]
    assert set(result_maker) == _keys(wire.ResultMakerWithIdVisConfigAndDynamicFields, version)
    kind = int if version == "3.1" else str
    assert isinstance(found["dashboard_elements"][0]["query_id"], kind)
    assert answer.headers["x-lookalike-project"] == "shop"


def test_a_dashboard(developer: Client) -> None:
    found = developer.get(PATH)
    assert (found["id"], found["slug"], found["readonly"]) == (ID, "abc", True)
    assert (found["refresh_interval"], found["refresh_interval_to_i"]) == (
        "2 hours 30 minutes",
        9_000_000,
    )
    assert (found["crossfilter_enabled"], found["show_title"]) == (True, False)
    assert (found["background_color"], found["show_filters_bar"]) == ("#fff", True)
    assert found["edit_uri"] == "/projects/shop/files/boards%2Fsales.dashboard.lookml?line=1"


def test_a_tile(developer: Client) -> None:
    tile = developer.get(f"{PATH}/dashboard_elements")[0]
    query, result_maker = tile["query"], tile["result_maker"]
    assert (tile["id"], tile["type"], tile["title"]) == (f"{ID}::by status", "vis", "By Status")
    assert (query["model"], query["view"], query["limit"]) == ("shop", "orders", "20")
    assert query["filters"] == {"orders.status": "new"}
    assert query["vis_config"] == {
        "type": "looker_column",
        "series_colors": {"orders.total": "#000"},
    }
    assert result_maker["query"] == query
    assert result_maker["filterables"] == [
        {
            "model": "shop",
            "view": "orders",
            "name": None,
            "listen": [{"dashboard_filter_name": "Status", "field": "orders.status"}],
        }
    ]


def test_the_query_of_a_tile_can_be_run(developer: Client) -> None:
    first = developer.get(f"{PATH}/dashboard_elements")[0]
    again = developer.get(f"{PATH}?fields=dashboard_elements(query_id)")
    assert again["dashboard_elements"][0] == {"query_id": first["query_id"]}
    rows = developer.get(f"/queries/{first['query_id']}/run/json")
    assert rows == [{"orders.status": "new", "orders.total": 12.5}]


def test_tiles_without_one_query(developer: Client) -> None:
    _, words, merged = developer.get(f"{PATH}/dashboard_elements")
    assert (words["type"], words["title_text"], words["body_text"]) == ("text", "Hello", "World")
    assert (words["query"], words["result_maker"]) == (None, None)
    assert merged["query"] is None
    assert [each["view"] for each in merged["result_maker"]["filterables"]] == ["orders", "orders"]


def test_a_filter(developer: Client) -> None:
    (found,) = developer.get(f"{PATH}/dashboard_filters")
    del found["can"]
    assert {name: value for name, value in found.items() if value is not None} == {
        "id": f"{ID}::Status",
        "dashboard_id": ID,
        "name": "Status",
        "title": "The Status",
        "type": "field_filter",
        "default_value": "new",
        "model": "shop",
        "explore": "orders",
        "dimension": "orders.status",
        "row": 0,
        "listens_to_filters": [],
        "allow_multiple_values": True,
        "required": False,
    }


def test_a_layout(developer: Client) -> None:
    (found,) = developer.get(f"{PATH}/dashboard_layouts")
    first = found["dashboard_layout_components"][0]
    assert (found["type"], found["active"]) == ("newspaper", True)
    assert (first["row"], first["column"], first["width"], first["height"]) == (1, 8, 12, 6)
    assert (first["dashboard_element_id"], first["vis_type"]) == (
        f"{ID}::by status",
        "looker_column",
    )


def test_a_layout_for_each_tab(developer: Client) -> None:
    found = developer.get("/dashboards/shop%3A%3Atabbed/dashboard_layouts")
    assert [_told(each) for each in found] == [
        ("First", 0, ["shop::tabbed::a"]),
        ("Second", 1, ["shop::tabbed::b"]),
    ]


def _told(layout: dict[str, Any]) -> tuple[str, int, list[str]]:
    ids = [each["dashboard_element_id"] for each in layout["dashboard_layout_components"]]
    return layout["label"], layout["order"], ids


def test_who_does_not_see_lookml_gets_no_link(viewer: Client) -> None:
    assert viewer.get(PATH)["edit_uri"] is None
    assert viewer("GET", "/api/4.0/dashboards/shop%3A%3Anone").status == 404
