"""What a grant withholds is in no answer: names behind grants, wherever LookML takes a name.

A viewer without the grant asks every operation. One with it is told the names, so that the search
for them would find any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest

from lookalike.api.app import Application
from lookalike.instance.instance import Instance
from lookalike.wire.operations import SERVED
from tests.api.conftest import Answer, Client, reader, serving
from tests.api.test_personas import BODIES, PATHS, QUERIES

NAMES = (
    "zq_field",
    "zq_measure",
    "zq_filter",
    "zq_parameter",
    "zq_location",
    "zq_when",
    "zq_older",
    "zq_view",
    "zq_in_view",
    "zq_join",
    "zq_explore",
)

LOOKML = {
    "manifest.lkml": 'project_name: "shop"\n',
    "shop.model.lkml": """
connection: "warehouse"
include: "/views/*.view.lkml"
include: "/*.dashboard.lookml"

access_grant: staff { user_attribute: department allowed_values: ["staff"] }

explore: orders {
  always_filter: { filters: [orders.zq_field: "%", orders.status: "%"] }
  conditionally_filter: { filters: [orders.zq_field: ""] unless: [orders.zq_when_date] }
  access_filter: { field: orders.zq_field user_attribute: department }
  always_join: [zq_join]
  join: zq_join {
    from: users
    relationship: many_to_one
    sql_on: ${orders.zq_field} = ${zq_join.id} ;;
    required_access_grants: [staff]
  }
  join: zq_view { relationship: many_to_one  sql_on: ${orders.id} = ${zq_view.id} ;; }
  join: users {
    relationship: many_to_one
    foreign_key: zq_field
    required_joins: [zq_join]
    fields: [id, zq_field, -zq_measure]
  }
  join: more {
    from: users
    relationship: many_to_one
    sql_on: ${zq_join.id} = ${more.id} AND ${orders.zq_field} = ${zq_view.zq_in_view} ;;
    required_joins: [zq_view]
  }
  query: quick { dimensions: [orders.zq_field] measures: [orders.zq_measure] }
  aggregate_table: kept {
    query: { dimensions: [orders.zq_field] measures: [orders.zq_measure] }
    materialization: { persist_for: "1 hour" }
  }
}
explore: faulty {
  from: orders
  view_name: orders
  sql_always_where: ${zq_field} IS NOT NULL AND ${zq_in_viev.id} > 0 ;;
  join: zq_view { relationship: many_to_one  sql_on: ${orders.id} = ${zq_view.ib} ;; }
}
explore: plain { from: orders view_name: orders }
explore: base { view_name: zq_view }
explore: renamed { from: zq_view }
explore: zq_explore { from: users required_access_grants: [staff] }
explore: natives {}
test: tested {
  explore_source: zq_explore { column: zq_field { field: zq_explore.id } }
  assert: holds { expression: ${zq_explore.id} > 0 ;; }
}
""",
    "views/orders.view.lkml": """
view: orders {
  sql_table_name: (SELECT 1 AS id, 'new' AS status, 5 AS zq_field) ;;
  drill_fields: [detail*, zq_field]
  set: detail { fields: [id, zq_field, zq_join.id, zq_view*] }
  dimension: id { primary_key: yes type: number }
  dimension: zq_field { alias: [zq_older] type: number required_access_grants: [staff] }
  measure: zq_measure { type: count required_access_grants: [staff] }
  filter: zq_filter { required_access_grants: [staff] }
  parameter: zq_parameter {
    type: unquoted allowed_value: { value: "day" } required_access_grants: [staff]
  }
  dimension: zq_location {
    type: location sql_latitude: 1 ;; sql_longitude: 2 ;; required_access_grants: [staff]
  }
  dimension_group: zq_when {
    type: time timeframes: [date, year] sql: NOW() ;; required_access_grants: [staff]
  }
  dimension: status {
    suggest_explore: zq_explore
    suggest_dimension: zq_explore.zq_field
    order_by_field: zq_field
    html: {{ zq_field._value }} {{ row['orders.zq_field'] }} ;;
    link: { label: "x {{ zq_field._value }}" url: "/{{ orders.zq_field._value }}" }
    drill_fields: [zq_field, zq_join*]
  }
  dimension: suggested { suggest_dimension: zq_field }
  dimension: made { sql: CONCAT(${zq_field}, 'x') ;; drill_fields: [zq_view.users*] }
  dimension: broken { sql: ${zq_fielt} + ${zq_field} + ${zq_joim.id} ;; }
  dimension: broken_too { sql: ${made} + ${broken} ;; }
  dimension: aggregated { sql: ${zq_measure} ;; }
  dimension: beyond { sql: ${zq_view.id} ;; }
  dimension: worded {
    label: "{% if zq_parameter._parameter_value == 'day' %}Day{% else %}Else{% endif %}"
    description: "{{ zq_parameter._parameter_value }}"
    label_from_parameter: zq_parameter
    sql: {% parameter zq_parameter %} ;;
  }
  dimension: conditioned { sql: {% condition zq_filter %} 1 {% endcondition %} ;; }
  dimension: far {
    type: distance start_location_field: zq_location end_location_field: zq_location units: miles
  }
  measure: total {
    type: sum sql: ${zq_field} ;; filters: [zq_field: ">0"] drill_fields: [zq_field]
  }
  measure: listed { type: list list_field: zq_field }
  measure: before {
    type: period_over_period based_on: zq_measure based_on_time: zq_when_year period: year
    kind: previous
  }
  measure: count { type: count }
}
view: users {
  sql_table_name: (SELECT 5 AS id) ;;
  dimension: id { primary_key: yes type: number }
  dimension: zq_field { type: number sql: 1 ;; required_access_grants: [staff] }
  measure: zq_measure { type: count required_access_grants: [staff] }
}
view: zq_view {
  required_access_grants: [staff]
  sql_table_name: (SELECT 1 AS id) ;;
  dimension: id { primary_key: yes type: number }
  dimension: zq_in_view { sql: 1 ;; }
  set: users { fields: [zq_in_view] }
}
view: natives {
  derived_table: {
    explore_source: zq_explore {
      column: one { field: zq_explore.zq_field }
      bind_filters: { from_field: natives.one to_field: zq_explore.zq_field }
    }
  }
  dimension: one {}
  dimension: wrong { sql: ${natives.zq_onw} ;; }
}
""",
    "shop.dashboard.lookml": """
- dashboard: board
  title: Board
  elements:
  - name: open
    model: shop
    explore: orders
    type: table
    fields: [orders.status]
  - name: closed
    model: shop
    explore: orders
    type: table
    fields: [orders.zq_field]
    filters: {orders.zq_when_date: 7 days}
  - name: hidden
    model: shop
    explore: zq_explore
    type: table
    fields: [zq_explore.id]
    listen: {chosen: zq_explore.id}
  filters:
  - name: chosen
    type: field_filter
    model: shop
    explore: orders
    field: orders.zq_field
""",
}
QUESTIONS: Sequence[Mapping[str, object]] = [
    {"fields": ["orders.status", "orders.count"]},
    {"fields": ["orders.status", "orders.total", "orders.listed"], "sorts": ["orders.status"]},
    {"fields": ["orders.made", "users.id", "more.id"]},
    {"fields": ["orders.broken"]},
    {"fields": ["orders.broken_too"]},
    {"fields": ["orders.aggregated"]},
    {"fields": ["orders.worded"]},
    {"fields": ["orders.conditioned"]},
    {"fields": ["orders.far"]},
    {"fields": ["orders.before", "orders.count"]},
    {"fields": ["orders.zq_fiel"]},
    {"fields": ["orders.zq_whe"]},
    {"fields": ["orders.zq_wher"]},
    {"fields": ["zq_vie.id"]},
    {"fields": ["orders.id", "zq_joi.id"]},
    {"fields": ["orders.id"], "filters": {"orders.zq_fiel": "1"}},
    {"fields": ["orders.id"], "sorts": ["orders.zq_fiel"]},
    {"fields": ["orders.id"], "pivots": ["orders.zq_fiel"]},
    {"fields": ["orders.id"], "filter_expression": "${orders.zq_fiel} = 1"},
    {"fields": ["orders.id", "x"], "dynamic_fields": '[{"table_calculation": "x"}]'},
    {"view": "plain", "fields": ["orders.status", "orders.total", "orders.listed"]},
    {"view": "plain", "fields": ["orders.broken"]},
    {"view": "plain", "fields": ["orders.beyond"]},
    {"view": "plain", "fields": ["orders.worded"]},
    {"view": "plain", "fields": ["orders.far", "orders.made"]},
    {"view": "plain", "fields": ["orders.before"]},
    {"view": "faulty", "fields": ["orders.status"]},
    {"view": "base", "fields": ["zq_vie.id"]},
    {"view": "renamed", "fields": ["renamed.i"]},
    {"view": "zq_explor", "fields": ["users.id"]},
    {"view": "natives", "fields": ["natives.one"]},
    {"view": "natives", "fields": ["natives.wrong"]},
    {"view": "natives", "fields": ["natives.one"], "filters": {"natives.one": "x"}},
]


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    yield from serving(tmp_path_factory.mktemp("instance"), LOOKML)


@pytest.fixture
def engineer(instance: Instance, app: Application) -> Client:
    """May see LookML, and lacks the grant."""
    return reader(instance, app, "engineer", "guests", "developer")


def answers(client: Client) -> Iterator[tuple[str, Answer]]:
    """What every operation says to the client, each with what was asked."""
    for operation in SERVED:
        if operation.name in ("logout", "delete_workspace"):
            continue
        for explore in ("orders", "faulty", "plain", "base", "renamed", "natives"):
            path = operation.path
            given = {"explore_name": explore, "view_name": explore, "dashboard_id": "shop::board"}
            for name, value in {**PATHS, **given}.items():
                path = path.replace(f"{{{name}}}", value)
            prefix = f"/api/{operation.versions[-1]}" if operation.versions else ""
            target = f"{prefix}{path}?{QUERIES.get(operation.name, '')}"
            body = BODIES.get(operation.name)
            yield f"{operation.name} {explore}", client(operation.method, target, body=body)
    for field in ("orders.status", "orders.suggested", "orders.made", "orders.zq_fiel", "users.id"):
        path = f"/api/4.0/models/shop/views/orders/fields/{field}/suggestions"
        yield f"suggestions {field}", client("GET", path)
    for question in QUESTIONS:
        body = {"model": "shop", "view": "orders", **question}
        yield f"create {question}", (made := client("POST", "/api/4.0/queries", body=body))
        for form in ("json", "json_detail", "json_bi", "csv", "sql"):
            path = f"/api/4.0/queries/run/{form}"
            yield f"inline {form} {question}", client("POST", path, body=body)
        if made.status == 200:
            path = f"/api/4.0/queries/{made.json()['id']}"
            yield f"saved {question}", client("GET", path)
            task = {"query_id": made.json()["id"], "result_format": "json_detail"}
            yield f"task {question}", client("POST", "/api/4.0/query_tasks", body=task)


def test_names_behind_a_grant_are_in_no_answer(guest: Client) -> None:
    leaks = [
        f"{asked}: {name} in …{answer.body.decode()[max(0, at - 150) : at + 60]}…"
        for asked, answer in answers(guest)
        for name in NAMES
        if (at := answer.body.decode().find(name)) >= 0
    ]
    assert leaks == [], "\n".join(leaks)


def test_a_set_that_is_withheld_is_no_view_of_its_name(guest: Client, staff: Client) -> None:
    drills = []
    for client in (guest, staff):
        found = client("GET", "/api/4.0/lookml_models/shop/explores/orders").json()
        (made,) = (f for f in found["fields"]["dimensions"] if f["name"] == "orders.made")
        drills.append(made["drill_fields"])
    assert drills == [[], ["zq_view.zq_in_view"]]


def test_a_saved_question_is_for_those_who_see_its_fields(guest: Client, staff: Client) -> None:
    for named in (
        {"fields": ["orders.zq_field"]},
        {"fields": ["orders.id"], "filters": {"orders.zq_field": "1"}},
        {"fields": ["orders.id"], "sorts": ["orders.zq_field desc"]},
        {"fields": ["orders.id"], "filter_expression": "${orders.zq_field} = 1"},
        {"view": "zq_explore", "fields": ["zq_explore.id"]},
    ):
        body = {"model": "shop", "view": "orders", **named}
        made = staff("POST", "/api/4.0/queries", body=body).json()
        for path in (f"/queries/{made['id']}", f"/queries/slug/{made['slug']}"):
            assert staff("GET", f"/api/4.0{path}").status == 200
            assert guest("GET", f"/api/4.0{path}").status == 404
        ran = guest("GET", f"/api/4.0/queries/{made['id']}/run/json")
        task = {"query_id": made["id"], "result_format": "json"}
        begun = guest("POST", "/api/4.0/query_tasks", body=task)
        for answer in (ran, begun):
            assert not [name for name in NAMES if name in answer.body.decode()], answer.body


def test_those_who_see_lookml_read_names_in_texts_alone(engineer: Client) -> None:
    """A description has no field for them to find; what is said and the SQL are as in the files."""
    found = engineer("GET", "/api/4.0/lookml_models/shop/explores/orders").json()
    texts = [each.pop("message") for each in found["errors"]]
    assert any("`zq_field`" in text for text in texts)
    assert [each["name"] for each in found["always_filter"]] == ["orders.status"]
    assert [each["name"] for each in found["joins"]] == ["users", "more"]
    for named in ("scopes", "sets", "access_filters", "always_join", "conditionally_filter"):
        assert "zq_" not in str(found[named])
    for join in found["joins"]:
        assert "zq_" not in str([join["dependent_fields"], join["fields"], join["required_joins"]])
    assert "zq_field" in found["joins"][1]["sql_on"]
    base = engineer("GET", "/api/4.0/lookml_models/shop/explores/base").json()
    assert (base["view_name"], base["scopes"]) == ("base", ["base"])
    assert base["sql_table_name"] == "(SELECT 1 AS id)"


def test_those_who_meet_it_are_told_them(staff: Client) -> None:
    told = "".join(answer.body.decode() for _, answer in answers(staff))
    assert [name for name in NAMES if name not in told] == []
