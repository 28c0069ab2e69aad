"""What a grant withholds shows no value: not beside a field that needs it, not as an order, not by
a filter that finds it out, not in HTML. A viewer without the grant asks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from urllib.parse import quote

import pytest

from lookalike.instance.instance import Instance
from tests.api.conftest import Client, serving

SECRET = "pays-5"

LOOKML = {
    "manifest.lkml": 'project_name: "shop"\n',
    "shop.model.lkml": """
connection: "warehouse"
access_grant: staff { user_attribute: department allowed_values: ["staff"] }

explore: orders {
  join: secret { relationship: one_to_one  sql_on: ${orders.id} = ${secret.id} ;; }
}
explore: always {
  from: orders
  view_name: orders
  always_filter: { filters: [orders.pay: "pays-5"] }
}
explore: unless {
  from: orders
  view_name: orders
  conditionally_filter: { filters: [orders.pay: "pays-5"] unless: [orders.id] }
}
explore: unread {
  from: orders
  view_name: orders
  always_filter: { filters: [orders.wage: "between 1 and"] }
}
explore: excluded {
  from: orders
  view_name: orders
  fields: [ALL_FIELDS*, -orders.bracket]
  conditionally_filter: { filters: [orders.bracket: "1"] }
}
view: orders {
  sql_table_name: (SELECT 1 AS id, 'pays-5' AS pay UNION ALL SELECT 2, 'pays-4') ;;
  dimension: id { primary_key: yes  type: number }
  dimension: pay { required_access_grants: [staff] }
  dimension: wage { type: number  sql: 1 ;;  required_access_grants: [staff] }
  dimension: title { sql: 'x' ;; }
  dimension: bracket { sql: 1 ;;  required_fields: [pay] }
  dimension: far { sql: 1 ;;  required_fields: [secret.code] }
  dimension: through { sql: 1 ;;  required_fields: [bracket] }
  dimension: ordered { sql: 'o' || ${id} ;;  order_by_field: pay }
  dimension: far_ordered { sql: 2 ;;  order_by_field: secret.code }
  dimension: shown {
    sql: 'x' ;;
    html: <b>{{ orders.pay._filterable_value }}{{ _filters['orders.pay'] }}</b> ;;
    link: { label: "{{ _filters['orders.pay'] }}!" url: "/{{ orders.pay._filterable_value }}" }
  }
  measure: most { type: max  sql: ${id} ;;  required_fields: [pay] }
  measure: count { type: count }
}
view: secret {
  required_access_grants: [staff]
  sql_table_name: (SELECT 1 AS id, 'pays-5' AS code) ;;
  dimension: id { primary_key: yes }
  dimension: code {}
}
""",
}


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    yield from serving(tmp_path_factory.mktemp("instance"), LOOKML)


def _ran(
    client: Client,
    *fields: str,
    explore: str = "orders",
    form: str = "json",
    filters: Mapping[str, str] | None = None,
    sorts: tuple[str, ...] = (),
) -> str:
    body = {"model": "shop", "view": explore, "fields": fields, "sorts": sorts}
    path = f"/api/4.0/queries/run/{form}?apply_formatting=true"
    return client("POST", path, body={**body, "filters": filters or {}}).body.decode()


@pytest.mark.parametrize("name", ["bracket", "far", "through", "most"])
def test_a_field_that_requires_one_is_refused(guest: Client, staff: Client, name: str) -> None:
    assert SECRET in _ran(staff, f"orders.{name}")
    for form in ("json", "json_detail", "json_bi", "csv", "txt"):
        said = _ran(guest, f"orders.{name}", form=form)
        assert "requires the field `(?)`, which an access grant withholds from you" in said
        assert SECRET not in said


@pytest.mark.parametrize("name", ["ordered", "far_ordered"])
def test_an_order_by_one_has_no_sort_value(guest: Client, staff: Client, name: str) -> None:
    for form in ("json_detail", "json_bi"):
        assert SECRET in _ran(staff, f"orders.{name}", form=form)
        said = _ran(guest, f"orders.{name}", form=form)
        assert SECRET not in said
        assert "sort_value" not in said


def test_the_order_itself_is_the_same_for_everybody(guest: Client, staff: Client) -> None:
    for client in (guest, staff):
        rows = json.loads(_ran(client, "orders.ordered", sorts=("orders.ordered desc",)))
        assert [row["orders.ordered"] for row in rows] == ["o1", "o2"]


@pytest.mark.parametrize("explore", ["always", "unless"])
def test_a_default_on_one_can_neither_be_changed_nor_searched(
    guest: Client, staff: Client, explore: str
) -> None:
    assert json.loads(_ran(guest, "orders.id", explore=explore)) == [{"orders.id": "1"}]
    said = {
        _ran(guest, "orders.id", explore=explore, filters={"orders.pay": text})
        for text in ("pays-4", "pays-5", "pay%", "")
    }
    assert len(said) == 1
    assert "there is no field `orders.pay`" in said.pop()
    other = _ran(staff, "orders.id", explore=explore, filters={"orders.pay": "pays-4"})
    assert json.loads(other) == [{"orders.id": "2"}]


def _suggested(client: Client, explore: str, **filters: str) -> dict[str, object]:
    path = f"/api/4.0/models/shop/views/{explore}/fields/orders.ordered/suggestions"
    asked = f"?filters={quote(json.dumps(filters))}" if filters else ""
    answer: dict[str, object] = client("GET", path + asked).json()
    return answer


@pytest.mark.parametrize("explore", ["always", "unless"])
def test_suggestions_keep_the_default_on_one(guest: Client, staff: Client, explore: str) -> None:
    assert _suggested(guest, explore)["suggestions"] == ["o1"]
    assert _suggested(staff, explore)["suggestions"] == ["o2", "o1"]
    found = [_suggested(guest, explore, **{"orders.pay": text}) for text in ("pays-5", "nope")]
    assert found[0] == found[1]
    assert "there is no field `orders.pay`" in str(found[0]["error"])


def test_suggestions_drop_a_default_on_what_is_merely_not_offered(guest: Client) -> None:
    found = _suggested(guest, "excluded")
    assert (found["suggestions"], found["error"]) == (["o2", "o1"], None)


@pytest.mark.parametrize("explore", ["always", "unless"])
def test_html_and_links_know_nothing_of_its_default(
    guest: Client, staff: Client, explore: str
) -> None:
    for form in ("json_detail", "json_bi", "json"):
        assert SECRET not in _ran(guest, "orders.shown", explore=explore, form=form)
    assert SECRET in _ran(staff, "orders.shown", explore=explore, form="json_detail")


def test_a_default_on_one_that_cant_be_read_is_told_without_its_name(guest: Client) -> None:
    said = _ran(guest, "orders.id", explore="unread")
    assert "can't apply a filter that always holds here" in said
    assert "wage" not in said
    assert "between" not in said
