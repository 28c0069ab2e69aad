"""Names that a grant withholds are covered in texts that developers wrote, and nothing else is;
what others saved, and the options of tiles, tell none either.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import pytest

from lookalike.api.app import Application
from lookalike.instance.instance import Instance
from tests.api.conftest import Client, reader, serving

LOOKML = {
    "manifest.lkml": 'project_name: "shop"\n',
    "shop.model.lkml": """
connection: "warehouse"
include: "/*.dashboard.lookml"
access_grant: staff { user_attribute: department allowed_values: ["staff"] }
explore: orders {}
view: orders {
  sql_table_name: (SELECT 1 AS id) ;;
  dimension: id { primary_key: yes  type: number }
  # Common words, of which sentences and addresses are full.
  dimension: field { required_access_grants: [staff] }
  dimension: pay { required_access_grants: [staff] }
  dimension: value { required_access_grants: [staff] }
  dimension: title {
    sql: 'x' ;;
    link: {
      label: "see the field {{ value }} {{ orders.pay._value }}"
      url: "https://example.com/pay/orders.pay/field?a={{ value }}&fields=orders.pay,orders.id"
    }
  }
  dimension: broken { sql: ${pai} + ${orders.pay} + ${orders.fielt} ;; }
}
""",
    "shop.dashboard.lookml": """
- dashboard: board
  title: Board
  elements:
  - name: shown
    title: Shown
    model: shop
    explore: orders
    type: table
    fields: [orders.id]
    series_labels: {orders.pay: Pay, orders.id: The field}
    hidden_fields: [orders.pay, pay, orders.id]
    y_axes: [{series: [{axisId: orders.pay}]}]
    label_of_axis: the field and the pay
  - name: sorted
    model: shop
    explore: orders
    type: table
    fields: [orders.id]
    sorts: [" -orders.pay"]
  - name: plain
    model: shop
    explore: orders
    type: table
    fields: [orders.id, pay]
  - name: calculated
    model: shop
    explore: orders
    type: table
    fields: [orders.id, c]
    dynamic_fields: [{table_calculation: c, expression: "${orders.pay:total}"}]
  - name: custom
    model: shop
    explore: orders
    type: table
    fields: [orders.id]
    filter_expression: "${pay} = 1"
""",
}


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    yield from serving(tmp_path_factory.mktemp("instance"), LOOKML)


@pytest.fixture
def other(instance: Instance, app: Application) -> Client:
    """Another one without the grant."""
    return reader(instance, app, "other", "guests")


def _link(client: Client) -> dict[str, str]:
    found = client("GET", "/api/4.0/lookml_models/shop/explores/orders").json()
    (title,) = (f for f in found["fields"]["dimensions"] if f["name"] == "orders.title")
    link: dict[str, str] = title["links"][0]
    return link


def test_addresses_and_sentences_have_no_holes(guest: Client) -> None:
    link = _link(guest)
    assert link["label"] == "see the field {{ value }} {{ (?) }}"
    assert link["url"] == (
        "https://example.com/pay/orders.pay/field?a={{ value }}&fields=(?),orders.id"
    )


def _refused(client: Client, *fields: str) -> str:
    body = {"model": "shop", "view": "orders", "fields": fields}
    text: str = client("POST", "/api/4.0/queries/run/csv", body=body).json()["message"]
    return text


def test_what_is_said_of_a_guess_has_none(guest: Client) -> None:
    assert _refused(guest, "orders.nothing").startswith(
        "there is no field `orders.nothing` in explore `orders`"
    )
    assert _refused(guest, "orders.pay").startswith(
        "there is no field `orders.pay` in explore `orders`"
    )


def test_names_of_the_lookml_are_covered_beside_a_right_guess(guest: Client) -> None:
    """Whether a name is covered does not depend on what else is asked."""
    for guess in ("orders.pay", "orders.pai"):
        body = {"model": "shop", "view": "orders", "fields": ["orders.broken"], "sorts": [guess]}
        said = guest("POST", "/api/4.0/queries/run/csv", body=body).body.decode()
        assert "pay" not in said.replace(guess, "")


def _save(client: Client, **changed: object) -> dict[str, object]:
    body = {"model": "shop", "view": "orders", "fields": ["orders.id"], **changed}
    answer = client("POST", "/api/4.0/queries", body=body)
    assert answer.status == 200, answer.body
    made: dict[str, object] = answer.json()
    return made


PRESENTATION: Mapping[str, object] = {
    "vis_config": {"series_labels": {"orders.pay": "Pay"}},
    "filter_config": {"orders.pay": []},
    "visible_ui_sections": "orders.pay",
}


def test_what_is_kept_beside_a_question_is_for_who_saved_it(
    guest: Client, other: Client, staff: Client
) -> None:
    of_staff = _save(staff, **PRESENTATION, client_id="orders_pay")
    of_guest = _save(guest, **PRESENTATION)
    assert of_staff["id"] != of_guest["id"]
    assert _save(guest, **PRESENTATION)["id"] == of_guest["id"]
    for client, made, is_shown in (
        (staff, of_staff, True),
        (staff, of_guest, True),
        (guest, of_guest, True),
        (guest, of_staff, False),
        (other, of_guest, False),
    ):
        for what in (made["id"], f"slug/{made['slug']}"):
            text = client("GET", f"/api/4.0/queries/{what}").body.decode()
            assert ("pay" in text) == is_shown
            assert json.loads(text)["fields"] == ["orders.id"]


@pytest.mark.parametrize(
    "changed",
    [
        {"fields": ["pay"]},
        {"filters": {"pay": "1"}},
        {"sorts": [" orders.pay"]},
        {"sorts": ["-orders.pay"]},
        {"sorts": ["orders.id pay"]},
        {"subtotals": ["orders.id,orders.pay"]},
        {"filter_expression": "${orders.pay:total} = 1"},
        {"filter_expression": "${pay} = 1"},
        {"filter_expression": "${orders.id} = 1 # pay"},
        {"filter_expression": "pay = 1"},
        {"dynamic_fields": '[{"measure":"c","based_on":"orders.p\\u0061y"}]'},
        {"dynamic_fields": '[{"dimension":"c","args":["pay",[]]}]'},
        {"dynamic_fields": '[{"measure":"c","filters":[["orders.pay","1"]]}]'},
    ],
)
def test_a_question_that_names_one_is_for_who_saved_it(
    guest: Client, staff: Client, changed: Mapping[str, object]
) -> None:
    made = _save(staff, **changed)
    assert staff("GET", f"/api/4.0/queries/{made['id']}").status == 200
    assert guest("GET", f"/api/4.0/queries/{made['id']}").status == 404
    own = _save(guest, **changed)
    assert guest("GET", f"/api/4.0/queries/{own['id']}").status == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"sorts": ["orders.id desc 0", "id"], "filters": {"id": "1"}},
        {"filter_expression": '${orders.id} = 1 AND ${title} = "x"', "dynamic_fields": "[]"},
    ],
)
def test_one_that_names_nothing_else_is_for_everybody(
    guest: Client, staff: Client, changed: Mapping[str, object]
) -> None:
    made = _save(staff, **changed)
    found = guest("GET", f"/api/4.0/queries/{made['id']}").json()
    assert {name: found[name] for name in changed} == changed


def test_tiles_have_no_options_that_name_one(guest: Client, staff: Client) -> None:
    board = guest("GET", "/api/4.0/dashboards/shop::board").json()
    assert [each["title"] for each in board["dashboard_elements"]] == ["Shown"]
    (tile,) = board["dashboard_elements"]
    vis = tile["result_maker"]["vis_config"]
    assert vis["series_labels"] == {"orders.id": "The field"}
    assert vis["hidden_fields"] == ["orders.id"]
    assert vis["y_axes"] == [{"series": [{"axisId": "(?)"}]}]
    assert vis["label_of_axis"] == "the field and the pay"
    assert tile["query"]["vis_config"] == vis
    full = staff("GET", "/api/4.0/dashboards/shop::board").json()
    assert len(full["dashboard_elements"]) == 5
