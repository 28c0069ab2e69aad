"""Derived tables and datagroups, as the API tells them."""

from __future__ import annotations

from typing import Any

import pytest

from lookalike.instance import people, projects
from lookalike.instance.instance import Instance
from tests.api.conftest import Client

FILES = {
    "chain.model.lkml": """
connection: "warehouse"
datagroup: nightly { sql_trigger: SELECT CURRENT_DATE ;; max_cache_age: "24 hours" }
datagroup: hourly { interval_trigger: "1 hour" }
view: raw { sql_table_name: raw ;; dimension: id { type: number } }
view: cleaned {
  derived_table: { sql: SELECT * FROM raw ;; datagroup_trigger: nightly }
  dimension: id { type: number }
}
view: joined {
  derived_table: {
    sql: SELECT * FROM ${cleaned.SQL_TABLE_NAME} JOIN ${raw.SQL_TABLE_NAME} USING (id) ;;
  }
  dimension: id { type: number }
  measure: count { type: count }
}
explore: joined {
  join: cleaned { sql_on: ${joined.id} = ${cleaned.id} ;; relationship: one_to_one }
}
view: per_id {
  derived_table: { explore_source: joined { column: id { field: cleaned.id } column: count {} } }
  dimension: id { type: number }
}
view: alone { derived_table: { sql: SELECT 1 AS id ;; } dimension: id {} }
"""
}
WHOLE = """digraph "chain" {
  "alone";
  "cleaned";
  "joined";
  "per_id";
  "cleaned" -> "joined";
  "joined" -> "per_id";
  "cleaned" -> "per_id";
}
"""


@pytest.fixture(scope="module", autouse=True)
def chain(instance: Instance) -> None:
    projects.create_project(instance, people.operator(instance, "dev"), "chain", FILES, "first")


@pytest.mark.parametrize("version", ["3.1", "4.0"])
def test_graph_of_a_model(developer: Client, version: str) -> None:
    answer = developer("GET", f"/api/{version}/derived_table/graph/model/chain")
    assert answer.json() == {"graph_text": WHOLE}
    assert answer.headers["x-lookalike-project"] == "chain"


def test_names_of_models_stay_within_their_quotes(instance: Instance, developer: Client) -> None:
    text = 'connection: "warehouse" view: one { derived_table: { sql: SELECT 1 ;; } }'
    operator = people.operator(instance, "dev")
    projects.create_project(instance, operator, "odd", {'a"b.model.lkml': text}, "first")
    graph = developer.get('/derived_table/graph/model/a"b')["graph_text"]
    assert graph == 'digraph "a\\"b" {\n  "one";\n}\n'


def test_painted(developer: Client) -> None:
    text = developer.get("/derived_table/graph/model/chain?format=dot&color=on")["graph_text"]
    assert '  "alone" [color=grey];' in text


def test_other_formats_are_refused(developer: Client) -> None:
    answer = developer("GET", "/api/4.0/derived_table/graph/model/chain?format=svg")
    assert answer.status == 422
    assert "use `dot`" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("models", ["", "?models=chain", "?models=shop,chain&workspace=production"])
def test_graph_of_a_view_has_only_what_is_behind_it(developer: Client, models: str) -> None:
    text = developer.get(f"/derived_table/graph/view/joined{models}")["graph_text"]
    assert text == 'digraph "joined" {\n  "cleaned";\n  "joined";\n  "cleaned" -> "joined";\n}\n'


@pytest.mark.parametrize("path", ["model/nothing", "view/raw", "view/joined?models=shop"])
def test_absent(developer: Client, path: str) -> None:
    assert developer("GET", f"/api/4.0/derived_table/graph/{path}").status == 404


def test_datagroups(developer: Client) -> None:
    found: list[dict[str, Any]] = developer.get("/datagroups")
    assert [(each["model_name"], each["name"]) for each in found] == [
        ("chain", "hourly"),
        ("chain", "nightly"),
    ]
    assert isinstance(found[0]["id"], str)
    assert found[0]["trigger_error"] is None
    assert developer.get(f"/datagroups/{found[1]['id']}") == found[1]
    old = developer("GET", f"/api/3.1/datagroups/{found[1]['id']}").json()
    assert old["id"] == int(found[1]["id"])
    assert developer("GET", "/api/4.0/datagroups/12").status == 404
