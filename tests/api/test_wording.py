"""Texts that depend on who reads them: Liquid in labels, HTML and links, and other languages."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lookalike.api.app import Application
from lookalike.instance import people, projects
from lookalike.instance.instance import Instance
from tests.api.conftest import Client, reader_of

FILES = {
    "manifest.lkml": 'project_name: "texts"\nlocalization_settings: '
    "{ default_locale: en localization_level: permissive }\n",
    "locale/en.strings.json": json.dumps({"orders": "Orders of today"}),
    "locale/fr_FR.strings.json": json.dumps(
        {"Order Status": "Statut", "State of it": "Son état", "Sales": "Ventes", "hello": "salut"}
    ),
    "texts.model.lkml": """
connection: "warehouse"
label: "Sales"
include: "/views/*.view.lkml"
explore: orders { label: "orders" description: "State of it" }
explore: readers {}
explore: plain { from: orders fields: [plain.id] }
""",
    "views/readers.view.lkml": """
view: readers {
  dimension: name {
    label: "{% assign k = '_user_' | append: 'attributes' %}{{ [k].brand }}" sql: 1 ;;
  }
}
""",
    "views/orders.view.lkml": r"""
view: orders {
  label: "{% if _user_attributes['brand'] == 'x' %}X{% else %}Y{% endif %}"
  sql_table_name: (SELECT 1 AS id, 'a & <b>' AS status, 1234.5 AS amount) ;;
  dimension: id { type: number primary_key: yes }
  dimension: status {
    label: "Order Status" description: "State of it"
    html: <b class="{{ id._value }}">{{ value }}</b>{{ rendered_value | upcase }} ;;
    link: {
      label: "Find {{ value }}"
      url: "/find?q={{ value | url_encode }}&i={{ row['orders.id'] }}"
    }
    link: { label: "{% if id._value == 2 %}Two{% endif %}" url: "/two" }
    link: { label: "Bad" url: "{{ 'java' }}script:alert(1)" icon_url: "https://example.com/i.png" }
  }
  dimension: amount {
    type: number value_format: "0.00"
    html: {% if value > 1000 %}<i>{{ rendered_value }}</i>{% else %}small{% endif %} ;;
  }
  dimension: hello { label: "{{ _localization['hello'] }}!" sql: 1 ;; }
  dimension: broken { label: "{% if %}" sql: 1 ;; }
  dimension: shown { label_from_parameter: unit sql: 1 ;; }
  dimension: chosen {
    label: "{% if unit._parameter_value == 'week' %}Weekly{% else %}Daily{% endif %}" sql: 1 ;;
  }
  parameter: unit {
    type: unquoted default_value: "day"
    allowed_value: { label: "By Day" value: "day" }
    allowed_value: { label: "By Week" value: "week" }
  }
}
""",
}


@pytest.fixture(scope="module", autouse=True)
def project(instance: Instance) -> None:
    projects.create_project(instance, people.operator(instance, "dev"), "texts", FILES, "first")


def fields_of(client: Client, explore: str = "orders") -> dict[str, dict[str, Any]]:
    found = client.get(f"/lookml_models/texts/explores/{explore}")
    return {each["name"]: each for kind in found["fields"].values() for each in kind}


def answer(client: Client, format_: str, *fields: str, **more: Any) -> Any:
    body = {"model": "texts", "view": "orders", "fields": [f"orders.{each}" for each in fields]}
    return client("POST", f"/api/4.0/queries/run/{format_}", body=body | more)


def test_labels_read_as_the_attributes_say(instance: Instance, app: Application) -> None:
    x, y = reader_of(instance, app, "x", brand="x"), reader_of(instance, app, "y", brand="y")
    for _ in range(2):
        assert fields_of(x)["orders.status"]["label"] == "X Order Status"
        assert fields_of(y)["orders.status"]["label"] == "Y Order Status"
        assert fields_of(y)["orders.status"]["view_label"] == "Y"
    assert answer(x, "csv", "id").body.startswith(b"X ID\n")
    assert answer(y, "csv", "id").body.startswith(b"Y ID\n")


def test_what_an_answer_depends_on_is_all_that_it_is_kept_by(
    instance: Instance, app: Application
) -> None:
    x, other = (
        reader_of(instance, app, "x2", brand="x"),
        reader_of(instance, app, "x3", brand="x", a="b"),
    )
    fields_of(x)
    kept = len(instance.memos.described)
    fields_of(other)
    assert len(instance.memos.described) == kept


def test_an_attribute_that_a_label_names_by_a_variable_is_the_readers_own(
    instance: Instance, app: Application
) -> None:
    for brand in ("p", "q"):
        reader = reader_of(instance, app, f"indirect_{brand}", brand=brand)
        assert fields_of(reader, "readers")["readers.name"]["label_short"] == brand


def test_labels_in_the_language_of_the_reader(instance: Instance, app: Application) -> None:
    french = reader_of(instance, app, "f", brand="x", locale="fr_FR")
    english = reader_of(instance, app, "e", brand="x")
    assert fields_of(french)["orders.status"]["label_short"] == "Statut"
    assert fields_of(french)["orders.status"]["description"] == "Son état"
    assert fields_of(french)["orders.hello"]["label_short"] == "salut!"
    assert fields_of(english)["orders.status"]["label_short"] == "Order Status"
    assert english.get("/lookml_models/texts")["explores"][0]["label"] == "Orders of today"
    model = french.get("/lookml_models/texts")
    assert (model["label"], model["explores"][0]["description"]) == ("Ventes", "Son état")
    assert answer(french, "csv", "status").body.startswith(b"X Statut\n")
    explore = french.get("/lookml_models/texts/explores/orders")
    assert (explore["label"], explore["description"]) == ("orders", "Son état")
    assert explore["group_label"] == "Ventes"


def test_a_label_that_cannot_be_rendered_stays_as_written(developer: Client) -> None:
    assert fields_of(developer)["orders.broken"]["label_short"] == "{% if %}"


def test_labels_follow_the_question_in_its_answer_only(
    instance: Instance, app: Application
) -> None:
    client = reader_of(instance, app, "q", brand="x")
    assert fields_of(client)["orders.chosen"]["label_short"] == "Daily"
    assert fields_of(client)["orders.shown"]["label_short"] == "Shown"
    assert fields_of(client)["orders.shown"]["label_from_parameter"] == "unit"
    week = {"orders.unit": "week"}
    found = answer(client, "csv", "chosen", "shown", filters=week).body
    assert found.startswith(b"X Weekly,X By Week\n")
    assert answer(client, "csv", "chosen", "shown").body.startswith(b"X Daily,X By Day\n")
    detail = answer(client, "json_detail", "shown", filters=week).json()
    assert detail["fields"]["dimensions"][0]["label"] == "X By Week"
    assert detail["fields"]["dimensions"][0]["label_short"] == "By Week"


def test_html_and_links_of_cells(instance: Instance, app: Application) -> None:
    client = reader_of(instance, app, "h", brand="x")
    (row,) = answer(client, "json_detail", "id", "status", "amount").json()["data"]
    assert row["orders.id"] == {"value": 1}
    assert row["orders.status"] == {
        "value": "a & <b>",
        "html": '<b class="1">a &amp; &lt;b&gt;</b>A &amp; &lt;B&gt;',
        "links": [
            {
                "label": "Find a & <b>",
                "label_prefix": None,
                "label_value": None,
                "url": "/find?q=a+%26+%3Cb%3E&i=1",
                "type": "url",
                "icon_url": None,
            }
        ],
    }
    assert row["orders.amount"] == {
        "value": 1234.5,
        "rendered": "1234.50",
        "html": "<i>1234.50</i>",
    }
    assert answer(client, "json", "status").json() == [{"orders.status": "a & <b>"}]


def test_html_is_the_same_for_bi_tools(viewer: Client) -> None:
    (row,) = answer(viewer, "json_bi", "amount").json()["rows"]
    assert row["orders.amount"]["html"] == "<i>1234.50</i>"
