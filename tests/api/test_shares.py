"""Running totals and shares over HTTP: in every format, over many rows, and where a limit cuts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from lookalike.instance import people, projects
from lookalike.instance.config import Config, ConnectionConfig
from lookalike.instance.instance import Instance, open_instance
from tests.api.conftest import Client

LOOKML = {
    "shop.model.lkml": """
connection: "warehouse"
explore: days {}
view: days {
  derived_table: { sql: SELECT range AS day FROM range(10000) ;; }
  dimension: day { type: number sql: ${TABLE}.day ;; }
  drill_fields: [day]
  measure: sold { type: sum sql: ${TABLE}.day + 1 ;; }
  measure: so_far { type: running_total sql: ${sold} ;; value_format: "#,##0" }
  measure: share { type: percent_of_total sql: ${sold} ;; value_format: "0.0" }
  measure: growth { type: percent_of_previous sql: ${sold} ;; }
}
"""
}
BODY: dict[str, Any] = {
    "model": "shop",
    "view": "days",
    "fields": ["days.day", "days.so_far", "days.share", "days.growth"],
    "filters": {"days.day": "<4"},
    "sorts": ["days.day"],
}


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    folder = tmp_path_factory.mktemp("instance")
    opened = open_instance(
        Config(folder=str(folder), connections={"warehouse": ConnectionConfig()})
    )
    projects.create_project(opened, people.operator(opened, "dev"), "shop", LOOKML, "first")
    yield opened
    opened.close()


def run(viewer: Client, format_: str, **change: Any) -> str:
    answer = viewer("POST", f"/api/4.0/queries/run/{format_}", body={**BODY, **change})
    assert answer.status == 200, answer.body
    return answer.body.decode()


def test_json(viewer: Client) -> None:
    assert json.loads(run(viewer, "json")) == [
        {"days.day": 0, "days.so_far": 1, "days.share": 10.0, "days.growth": None},
        {"days.day": 1, "days.so_far": 3, "days.share": 20.0, "days.growth": 100.0},
        {"days.day": 2, "days.so_far": 6, "days.share": 30.0, "days.growth": 50.0},
        {"days.day": 3, "days.so_far": 10, "days.share": 40.0, "days.growth": 100 / 3},
    ]


@pytest.mark.parametrize(("format_", "separator"), [("csv", ","), ("txt", "\t")])
def test_text(viewer: Client, format_: str, separator: str) -> None:
    lines = [line.split(separator) for line in run(viewer, format_, limit=4).splitlines()]
    assert lines[0] == ["Days Day", "Days So Far", "Days Share", "Days Growth"]
    assert lines[1:3] == [["0", "1", "10.0", ""], ["1", "3", "20.0", "100.0"]]


@pytest.mark.parametrize("format_", ["json_detail", "json_bi"])
def test_cells(viewer: Client, format_: str) -> None:
    answer = json.loads(run(viewer, format_, fields=["days.day", "days.share"], limit=4))
    rows = answer["data" if format_ == "json_detail" else "rows"]
    assert [row["days.share"]["value"] for row in rows] == [10.0, 20.0, 30.0, 40.0]


def test_their_columns_are_numbers(viewer: Client) -> None:
    described = json.loads(run(viewer, "json_detail"))["fields"]["measures"]
    assert [each["is_numeric"] for each in described] == [True] * 3


def test_formats_are_for_the_computed_value(viewer: Client) -> None:
    rows = json.loads(run(viewer, "json_detail", filters={}, sorts=["days.day desc"], limit=-1))
    assert rows["data"][-1]["days.so_far"] == {"value": 50_005_000, "rendered": "50,005,000"}
    assert rows["data"][-1]["days.share"]["rendered"] == "0.0"


@pytest.mark.parametrize("limit", [1, 3])
def test_a_limit_that_cuts_leaves_no_shares(viewer: Client, limit: int) -> None:
    rows = json.loads(run(viewer, "json", limit=limit))
    assert [row["days.share"] for row in rows] == [None] * limit
    assert rows[-1]["days.so_far"] == sum(range(limit + 1))


@pytest.mark.parametrize(("field", "limit"), [("days.share", 3), ("days.so_far", 2)])
def test_only_shares_ask_for_one_row_more(developer: Client, field: str, limit: int) -> None:
    assert f"LIMIT {limit}" in run(developer, "sql", limit=2, fields=["days.day", field])


def test_a_filter_on_one_is_refused(viewer: Client) -> None:
    body = {**BODY, "filters": {"days.so_far": ">5"}}
    answer = viewer("POST", "/api/4.0/queries/run/json", body=body)
    assert answer.status == 422
    assert "can't filter on `days.so_far`" in answer.json()["message"]


def test_no_drill_finds_what_makes_a_share(viewer: Client) -> None:
    fields = ["days.day", "days.sold", "days.so_far", "days.share", "days.growth"]
    written = run(viewer, "json_detail?generate_drill_links=true", fields=fields)
    (row, *_) = json.loads(written)["data"]
    assert [name for name in fields if "links" in row[name]] == ["days.sold"]


def test_a_total_runs_over_all_batches(viewer: Client) -> None:
    fields = ["days.day", "days.so_far", "days.share"]
    rows = json.loads(run(viewer, "json", filters={}, limit=-1, fields=fields))
    assert len(rows) == 10_000
    assert [row["days.so_far"] for row in rows[:3]] == [1, 3, 6]
    assert rows[-1]["days.so_far"] == 50_005_000
    assert sum(row["days.share"] for row in rows) == pytest.approx(100)
