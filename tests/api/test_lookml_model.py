"""Models and explores: everything that clients read of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lookalike.api.app import Application, application
from lookalike.api.replies import PIECE_BYTES
from lookalike.instance import people, projects
from lookalike.instance.config import Config, ConnectionConfig
from lookalike.instance.instance import Instance, open_instance
from tests.api.conftest import Client, reader_of, signed_in

EXPLORE = "/lookml_models/shop/explores/orders"


@pytest.fixture
def explore(developer: Client) -> dict[str, Any]:
    found: dict[str, Any] = developer.get(EXPLORE)
    return found


@pytest.fixture
def fields(explore: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for kind in explore["fields"].values() for each in kind}


def test_models(developer: Client) -> None:
    answer = developer("GET", "/api/4.0/lookml_models")
    (model,) = answer.json()
    assert (model["name"], model["project_name"], model["has_content"]) == ("shop", "shop", True)
    assert [each["name"] for each in model["explores"]] == ["buyers", "orders"]
    assert answer.headers["x-lookalike-project"] == "shop"
    assert answer.headers["x-lookalike-workspace"] == "production"
    assert len(answer.headers["x-lookalike-commit"]) == 40
    assert developer.get("/lookml_models/shop") == model
    assert developer("GET", "/api/4.0/lookml_models/x").status == 404
    assert "can" in developer("GET", "/api/3.1/lookml_models").json()[0]["explores"][0]
    assert "can" not in model["explores"][0]


def test_models_in_part(developer: Client) -> None:
    shown = developer.get("/lookml_models?fields=name,explores(name)&exclude_hidden=true")
    assert shown == [{"name": "shop", "explores": [{"name": "orders"}]}]
    toolbox = "exclude_empty=false&exclude_hidden=false&include_internal=true"
    assert len(developer.get(f"/lookml_models?{toolbox}")) == 1
    assert developer.get("/lookml_models?limit=1&offset=1") == []


def test_what_a_grant_withholds_is_absent(developer: Client, explore: dict[str, Any]) -> None:
    assert developer("GET", "/api/4.0/lookml_models/shop/explores/secrets").status == 404
    names = [each["name"] for each in explore["fields"]["dimensions"]]
    assert "users.income" not in names
    assert "users.state" in names


def test_nothing_tells_of_what_a_grant_withholds(
    instance: Instance, app: Application, developer: Client
) -> None:
    text = """connection: "warehouse"
    access_grant: staff_only { user_attribute: department allowed_values: ["staff"] }
    view: shown {
      dimension: id { primary_key: yes }
      dimension: odd { required_access_grants: [staff_only] sql: ${nowhere} ;; }
    }
    view: private {
      required_access_grants: [staff_only]
      dimension: id { primary_key: yes }
      set: inner { fields: [id] }
    }
    explore: shown {
      join: private { sql_on: ${shown.id} = ${private.id} ;; relationship: one_to_one }
    }"""
    operator = people.operator(instance, "dev")
    projects.create_project(instance, operator, "granted", {"granted.model.lkml": text}, "first")
    path = "/lookml_models/granted/explores/shown"
    words = ("private", "nowhere", "odd")
    told = json.dumps(developer.get(path))
    assert [word for word in words if word in told] == []
    staff = json.dumps(reader_of(instance, app, "staff", department="staff").get(path))
    assert [word for word in words if word in staff] == list(words)


def test_explore(explore: dict[str, Any]) -> None:
    assert explore["id"] == "shop::orders"
    assert explore["label"] == explore["title"] == "Orders and Users"
    assert explore["scopes"] == ["orders", "users"]
    assert (explore["view_name"], explore["connection_name"]) == ("orders", "warehouse")
    assert (explore["dialect_name"], explore["null_sort_treatment"]) == ("duckdb", "last")
    assert explore["sql_table_name"].startswith("(SELECT 1 AS id")
    assert explore["tags"] == ["core"]
    assert explore["always_filter"] == [{"name": "orders.status", "value": "-EMPTY"}]
    assert explore["aliases"] == [{"name": "orders.state", "value": "orders.status"}]
    assert explore["lookml_link"].startswith("/projects/shop/files/shop.model.lkml?line=")
    assert explore["errors"] == []
    assert explore["can_develop"] is True
    sets = {each["name"]: each["value"] for each in explore["sets"]}
    assert sets["orders.detail"] == ["orders.id", "orders.created_date", "users.state"]
    (join,) = explore["joins"]
    assert (join["name"], join["from"], join["type"]) == ("users", "users", "left_outer")
    assert join["relationship"] == "many_to_one"
    assert join["sql_on"] == "${orders.user_id} = ${users.id}"
    assert join["dependent_fields"] == ["orders.user_id", "users.id"]


def test_the_view_behind_from_is_named(developer: Client) -> None:
    found = developer.get("/lookml_models/shop/explores/buyers")
    assert (found["name"], found["view_name"], found["hidden"]) == ("buyers", "users", True)
    assert found["access_filters"] == [{"field": "buyers.state", "user_attribute": "state"}]
    assert found["access_filter_fields"] == ["buyers.state"]
    field = found["fields"]["dimensions"][0]
    assert (field["name"], field["scope"], field["original_view"]) == (
        "buyers.id",
        "buyers",
        "users",
    )


def test_fields_are_sorted_and_dimensions_have_sql(explore: dict[str, Any]) -> None:
    for kind in explore["fields"].values():
        assert [each["name"] for each in kind] == sorted(each["name"] for each in kind)
    for each in explore["fields"]["dimensions"]:
        assert isinstance(each["sql"], str)
        assert isinstance(each["tags"], list)
        assert {"lookml_link", "hidden", "type", "name"} <= set(each)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "orders.id",
            {
                "primary_key": True,
                "align": "right",
                "is_numeric": True,
                "suggestable": False,
                "sql": "${TABLE}.id",
                "user_attribute_filter_types": ["number", "advanced_filter_number"],
                "category": "dimension",
                "label": "Orders ID",
                "label_short": "ID",
                "field_group_label": None,
                "field_group_variant": "ID",
            },
        ),
        (
            "orders.status",
            {
                "align": "left",
                "suggestable": True,
                "suggest_dimension": "orders.status",
                "suggest_explore": "orders",
                "tags": ["t"],
                "enumerations": None,
                "week_start_day": "monday",
                "permanent": None,
                "times_used": 0,
            },
        ),
        ("orders.user_id", {"hidden": True}),
        ("orders.is_new", {"fill_style": "enumeration", "suggestions": ["Yes", "No"]}),
        (
            "orders.size",
            {
                "type": "tier",
                "is_numeric": False,
                "fill_style": "enumeration",
                "suggestions": ["Below 10", "10 to 19", "20 or Above", "Undefined"],
            },
        ),
        (
            "orders.kind",
            {
                "suggestions": ["Fresh", "Old"],
                "sql_case": [{"value": "Fresh", "condition": "${status} = 'new'"}],
            },
        ),
        (
            "orders.created_date",
            {
                "type": "date_date",
                "dimension_group": "orders.created",
                "field_group_label": "Created Date",
                "field_group_variant": "Date",
                "label_short": "Created Date",
                "is_timeframe": True,
                "can_time_filter": True,
                "time_interval": {"name": "day", "count": 1},
                "fill_style": "range",
                "sql": "${TABLE}.created_at",
                "convert_tz": True,
                "user_attribute_filter_types": ["datetime", "advanced_filter_datetime"],
            },
        ),
        (
            "orders.created_minute15",
            {"time_interval": {"name": "minute", "count": 15}, "fill_style": "range"},
        ),
        ("orders.created_raw", {"time_interval": None, "fill_style": None}),
        (
            "orders.created_day_of_week",
            {
                "field_group_variant": "Day of Week",
                "fill_style": "enumeration",
                "can_time_filter": False,
                "time_interval": None,
            },
        ),
        (
            "orders.total",
            {
                "category": "measure",
                "measure": True,
                "type": "sum",
                "value_format_name": "usd",
                "value_format": "$#,##0.00",
                "drill_fields": ["orders.id", "users.state"],
                "has_drills_metadata": True,
                "links": [
                    {"label": "More", "url": "https://example.com/{{ value }}", "icon_url": None}
                ],
                "suggestable": False,
                "fill_style": None,
            },
        ),
        (
            "orders.count",
            {
                "sql": None,
                "filters": [{"field": "orders.status", "condition": "new"}],
                "drill_fields": ["orders.id", "orders.created_date", "users.state"],
            },
        ),
        (
            "orders.unit",
            {
                "category": "parameter",
                "parameter": True,
                "type": "unquoted",
                "has_allowed_values": True,
                "default_filter_value": "day",
                "enumerations": [{"label": "Day", "value": "day"}],
            },
        ),
        ("orders.since", {"category": "filter", "is_filter": True, "type": "date"}),
        (
            "users.state",
            {
                "label": "Buyers Home State",
                "label_short": "Home State",
                "view_label": "Buyers",
                "field_group_label": "Place",
                "field_group_variant": "Home State",
                "source_file": "views/users.view.lkml",
                "source_file_path": "shop/views/users.view.lkml",
                "project_name": "shop",
                "sql": "${TABLE}.state",
            },
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_field(fields: dict[str, dict[str, Any]], name: str, expected: dict[str, Any]) -> None:
    found = fields[name]
    assert {key: found[key] for key in expected} == expected


def test_a_link_leads_to_the_line(fields: dict[str, dict[str, Any]]) -> None:
    link = fields["users.state"]["lookml_link"]
    assert link == "/projects/shop/files/views%2Fusers.view.lkml?line=5"


def test_sql_is_for_those_who_may_see_lookml(viewer: Client) -> None:
    found = viewer.get(EXPLORE)
    assert found["sql_table_name"] is None
    assert found["can_see_lookml"] is False
    assert found["joins"][0]["sql_on"] is None
    for kind in found["fields"].values():
        for each in kind:
            assert each["sql"] is None
            assert each["sql_case"] is None
            assert each["lookml_link"] is None


def test_masks_of_known_clients(developer: Client, explore: dict[str, Any]) -> None:
    assert developer.get(f"{EXPLORE}?fields=fields") == {"fields": explore["fields"]}
    toolbox = developer.get(f"{EXPLORE}?fields=fields(dimensions(name,type))")
    assert toolbox["fields"]["dimensions"][0] == {"name": "orders.band", "type": "tier"}
    assert list(toolbox["fields"]) == ["dimensions"]
    dagster = developer.get(f"{EXPLORE}?fields=id,view_name,sql_table_name,joins,connection_name")
    assert len(dagster) == 5
    assert developer.get(f"{EXPLORE}?fields=") == explore


def test_a_derived_table_goes_by_the_name_of_its_view(tmp_path: Path) -> None:
    """As the SQL names it. dagster-looker takes no null for the table of an explore."""
    text = """
connection: "warehouse"
view: made { derived_table: { sql: SELECT 1 AS id ;; } dimension: id {} }
explore: seen { from: made  join: made { sql_on: ${seen.id} = ${made.id} ;; } }
"""
    config = Config(folder=str(tmp_path), connections={"warehouse": ConnectionConfig()})
    opened = open_instance(config)
    files = {"shop.model.lkml": text}
    projects.create_project(opened, people.operator(opened, "dev"), "shop", files, "first")
    client = signed_in(opened, application(opened), "developer")
    found = client.get("/lookml_models/shop/explores/seen")
    assert (found["view_name"], found["sql_table_name"]) == ("made", "made")
    assert found["joins"][0]["sql_table_name"] is None
    opened.close()


def test_the_old_version_lacks_what_is_new(developer: Client, explore: dict[str, Any]) -> None:
    old = developer("GET", f"/api/3.1{EXPLORE}").json()
    assert set(explore) - set(old) == {
        "title",
        "can_develop",
        "can_see_lookml",
        "lookml_link",
        "self_service_explore_data",
        "dialect_name",
        "always_join",
    }
    assert "drill_fields" not in old["fields"]["measures"][0]
    assert old["fields"]["measures"][0]["name"] == explore["fields"]["measures"][0]["name"]


def test_answers_are_kept_by_everything_they_depend_on(
    instance: Instance, developer: Client, viewer: Client
) -> None:
    before = len(instance.memos.described)
    for client in (developer, viewer):
        for version in ("3.1", "4.0"):
            for mask in ("", "?fields=label", "?fields=label,%20tags"):
                client("GET", f"/api/{version}{EXPLORE}{mask}")
    first = len(instance.memos.described)
    for client in (developer, viewer):
        assert "sql" in client.get(f"{EXPLORE}")["fields"]["dimensions"][0]
    assert len(instance.memos.described) == first > before
    assert viewer.get(EXPLORE)["sql_table_name"] is None


def test_a_large_answer_comes_whole(tmp_path: Path) -> None:
    """It is handed to the server in pieces."""
    fields = " ".join(f"dimension: field_{number} {{}}" for number in range(400))
    text = f'connection: "warehouse" view: large {{ {fields} }} explore: large {{}}'
    opened = open_instance(
        Config(folder=str(tmp_path), connections={"warehouse": ConnectionConfig()})
    )
    operator = people.operator(opened, "dev")
    projects.create_project(opened, operator, "shop", {"large.model.lkml": text}, "first")
    client = signed_in(opened, application(opened), "developer")
    answer = client("GET", "/api/4.0/lookml_models/large/explores/large")
    assert int(answer.headers["content-length"]) == len(answer.body) > 2 * PIECE_BYTES
    assert len(answer.json()["fields"]["dimensions"]) == 400
    opened.close()
