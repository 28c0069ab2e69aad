"""Queries: saved, shown, and run in every format."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.api.conftest import Client

BODY = {
    "model": "shop",
    "view": "orders",
    "fields": ["orders.status", "users.state", "orders.total"],
    "filters": {"orders.status": "new"},
    "sorts": ["orders.total desc"],
}


def test_equal_questions_are_one_query(developer: Client) -> None:
    first = developer("POST", "/api/4.0/queries", body={**BODY, "limit": 7}).json()
    again = developer("POST", "/api/4.0/queries", body={**BODY, "limit": "7"}).json()
    other = developer("POST", "/api/4.0/queries", body={**BODY, "limit": "8"}).json()
    assert first["id"] == again["id"] != other["id"]
    assert first["limit"] == "7"
    assert isinstance(first["id"], str)
    old = developer("GET", f"/api/3.1/queries/{first['id']}").json()
    assert old["id"] == int(first["id"])
    assert "runtime" in old
    assert "runtime" not in first
    assert developer.get(f"/queries/slug/{first['slug']}")["id"] == first["id"]
    assert developer.get(f"/queries/slug/{first['client_id']}")["id"] == first["id"]


def test_what_is_beside_the_question_is_echoed(viewer: Client) -> None:
    beside: dict[str, Any] = {
        "vis_config": {"type": "table", "deep": [{"a": None}]},
        "filter_config": {"x": []},
        "visible_ui_sections": "fields",
    }
    sent = {**BODY, **beside, "share_url": "ignored", "id": 5, "pivots": None, "total": None}
    found = viewer("POST", "/api/4.0/queries", body=sent).json()
    assert {key: found[key] for key in beside} == beside
    assert found["share_url"] == f"http://localhost:19999/x/{found['client_id']}"
    assert found["expanded_share_url"].startswith(
        "http://localhost:19999/explore/shop/orders?fields=orders.status,users.state,orders.total"
        "&f[orders.status]=new&sorts=orders.total+desc&limit=500&column_limit=50&vis="
    )
    assert found["url"] == found["expanded_share_url"].removeprefix("http://localhost:19999")
    assert all(isinstance(value, bool) for value in found["can"].values())
    part = viewer("POST", "/api/4.0/queries?fields=id,share_url", body=sent).json()
    assert set(part) == {"id", "share_url"}


def test_table_calculations_are_told(viewer: Client) -> None:
    plain = {**BODY, "dynamic_fields": json.dumps([{"measure": "table_calculation"}])}
    calculated = {**BODY, "dynamic_fields": json.dumps([{"table_calculation": "x"}])}
    found = [
        viewer("POST", "/api/4.0/queries", body=body).json()["has_table_calculations"]
        for body in (BODY, plain, calculated, {**BODY, "dynamic_fields": "table_calculation"})
    ]
    assert found == [False, False, True, False]


def test_run_inline_in_json(viewer: Client) -> None:
    answer = viewer("POST", "/api/4.0/queries/run/json", body=BODY)
    assert answer.status == 200, answer.body
    (row,) = answer.json()
    assert row["orders.status"] == "new"
    assert row["users.state"] == "CA"
    assert float(row["orders.total"]) == 12.5
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["x-lookalike-workspace"] == "production"
    assert answer.headers["x-lookalike-tree"]


@pytest.mark.parametrize("version", ["3.1", "4.0"])
def test_run_saved_with_a_number_as_limit(developer: Client, version: str) -> None:
    saved = developer("POST", f"/api/{version}/queries", body={**BODY, "limit": 0}).json()
    path = f"/api/{version}/queries/{saved['id']}/run/json"
    assert developer("GET", path).json() == []
    assert len(developer("GET", f"{path}?limit=5&cache=false&_no_cache=1").json()) == 1


def test_run_a_question_in_the_url(viewer: Client) -> None:
    path = (
        "/api/4.0/queries/models/shop/views/orders/run/csv?fields=orders.status,orders.total"
        "&f%5Borders.status%5D=new&f[users.state]=CA&sorts=orders.total+desc&limit=3"
    )
    answer = viewer("GET", path)
    assert answer.status == 200, answer.body
    lines = answer.body.decode().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("new,12.5")
    assert answer.headers["content-type"].startswith("text/")
    none = viewer("GET", path.replace("=CA", "=NY"))
    assert len(none.body.decode().splitlines()) == 1


def test_sql_is_not_run_and_needs_the_permission(developer: Client, viewer: Client) -> None:
    answer = developer("POST", "/api/4.0/queries/run/sql", body=BODY)
    assert answer.status == 200
    assert answer.body.decode().startswith("SELECT")
    assert viewer("POST", "/api/4.0/queries/run/sql", body=BODY).status == 403


@pytest.mark.parametrize(
    ("change", "format_", "status", "word"),
    [
        ({"fields": ["orders.statuss"]}, "json", 422, "orders.status"),
        ({"fields": ["orders.statuss"]}, "sql", 404, "orders.status"),
        ({"fields": ["orders.statuss"]}, "csv", 400, "orders.status"),
        ({"fields": []}, "sql", 400, "at least one"),
        ({"view": "order"}, "json", 404, "order"),
        ({"model": "shopp"}, "json", 404, "shopp"),
        ({"limit": "abc"}, "json", 422, "Validation Failed"),
        ({"limit": -2}, "json", 422, "Validation Failed"),
        ({}, "xlsx", 422, "xlsx"),
    ],
)
def test_what_cannot_be_run(
    developer: Client, change: dict[str, Any], format_: str, status: int, word: str
) -> None:
    answer = developer("POST", f"/api/4.0/queries/run/{format_}", body={**BODY, **change})
    assert (answer.status, word in answer.json()["message"]) == (status, True), answer.body


def test_unknown_sorts_do_not_fail_a_query(developer: Client) -> None:
    body = {**BODY, "sorts": ["orders.totl desc"]}
    assert developer("POST", "/api/4.0/queries/run/json", body=body).status == 200


def test_described_tiers_are_those_of_the_rows(developer: Client) -> None:
    """The labels are made in two rooms; a row always has one that is described."""
    described = {
        each["name"]: each["suggestions"]
        for each in developer.get("/lookml_models/shop/explores/orders")["fields"]["dimensions"]
    }
    for name, expected in (("orders.size", "10 to 19"), ("orders.band", "T01 [0.0,20.0)")):
        body = {"model": "shop", "view": "orders", "fields": [name]}
        (row,) = developer("POST", "/api/4.0/queries/run/json", body=body).json()
        assert row[name] == expected
        assert expected in described[name]


def test_measures_link_to_what_is_behind_them_on_request(viewer: Client) -> None:
    asked = {**BODY, "fields": ["orders.status", "orders.total", "orders.count"]}

    def links(path: str) -> list[Any]:
        answer = viewer("POST", f"/api/4.0/queries/run/json_detail?{path}", body=asked)
        (row,) = answer.json()["data"]
        return [row[name].get("links", []) for name in asked["fields"]]

    more = {
        "label": "More",
        "label_prefix": None,
        "label_value": None,
        "url": "https://example.com/12.5",
        "type": "url",
        "icon_url": None,
    }
    rest = "f[orders.status]=new&limit=500"
    total, count = (
        {
            "label": f"Show All {shown}",
            "label_prefix": "Show All",
            "label_value": shown,
            "url": f"/embed/explore/shop/orders?fields={fields}&{rest}",
            "type": "measure_default",
            "icon_url": None,
        }
        for shown, fields in (
            ("$12.50", "orders.id,users.state"),
            ("1", "orders.id,orders.created_date,users.state"),
        )
    )
    prefix = "path_prefix=%2Fembed"
    assert links(prefix) == [[], [more], []]
    assert links(f"generate_drill_links=true&{prefix}") == [[], [more, total], [count]]
    (_, [_, plain], _) = links("generate_drill_links=true")
    assert "/embed" + plain["url"] == total["url"]
