"""What two versions of a project say differently, and what is no difference."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lookalike.compiler import model
from lookalike.compiler.model import Change

Assemble = Callable[..., model.Assembled]

MODEL = """
connection: "db"
include: "*.view"
explore: orders {
  join: users { sql_on: ${orders.user_id} = ${users.id} ;; relationship: many_to_one }
}
explore: people { view_name: users }
access_grant: eu { user_attribute: region allowed_values: ["eu"] }
datagroup: nightly { max_cache_age: "24 hours" }
test: some { explore_source: orders { column: count {} } assert: rows { expression: yes ;; } }
"""
ORDERS = """
view: orders {
  sql_table_name: shop.orders ;;
  dimension: id { primary_key: yes sql: ${TABLE}.id ;; }
  dimension: user_id {}
  dimension_group: created { timeframes: [date, week] sql: ${TABLE}.created_at ;; }
  measure: count { type: count filters: [id: ">0"] }
  set: keys { fields: [id, user_id] }
}
"""
USERS = """
view: users {
  derived_table: { sql: SELECT * FROM people ;; }
  dimension: id { label: "Number" }
  dimension: name {}
}
"""


def changes(assemble: Assemble, *edits: tuple[str, str], base: str = MODEL) -> tuple[Change, ...]:
    """What differs after the edits; each must find its text."""
    before = {"shop.model.lkml": base, "orders.view.lkml": ORDERS, "users.view.lkml": USERS}
    after = dict(before)
    for old, new in edits:
        assert any(old in text for text in after.values()), old
        after = {path: text.replace(old, new) for path, text in after.items()}
    return model.compare(assemble(before).project, assemble(after).project)


def told(found: tuple[Change, ...]) -> list[str]:
    return [
        f"{each.action} {each.kind} {each.name}"
        + "".join(f" {one.name}: {one.before!r} -> {one.after!r}" for one in each.properties)
        for each in found
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"db"', '"other"', ["changed model shop connection: 'db' -> 'other'",
                             "changed explore orders connection: 'db' -> 'other'",
                             "changed explore people connection: 'db' -> 'other'"]),
        ("explore: people {", "explore: folk {",
         ["added explore folk", "removed explore people"]),
        ("explore: people {", "explore: people { hidden: yes",
         ["changed explore people hidden: 'no' -> 'yes'"]),
        ("explore: people {", 'explore: people { label: "Folk"',
         ["changed explore people label: 'People' -> 'Folk'"]),
        ("explore: people {", "explore: people { fields: [ALL_FIELDS*, -users.name]",
         ["changed explore people fields: 'users.name' -> ''"]),
        ("explore: people {", 'explore: people { always_filter: { filters: [users.id: "1"] }',
         ["changed explore people always_filter: '' -> 'users.id: 1'"]),
        ("many_to_one", "one_to_one",
         ["changed join orders.users relationship: 'many_to_one' -> 'one_to_one'"]),
        ("${users.id}", "${users.name}",
         ["changed join orders.users sql_on: '${orders.user_id} = ${users.id}'"
          " -> '${orders.user_id} = ${users.name}'"]),
        ('"eu"]', '"eu", "us"]',
         ["changed access_grant eu allowed_values: 'eu' -> 'eu, us'"]),
        ("24 hours", "1 hour",
         ["changed datagroup nightly max_cache_age: '24 hours' -> '1 hour'"]),
        ("expression: yes", "expression: no",
         ["changed test some asserts: 'rows: yes' -> 'rows: no'"]),
        ("shop.orders", "x.orders",
         ["changed view orders sql_table_name: 'shop.orders' -> 'x.orders'"]),
        ("[id, user_id]", "[id]", ["changed view orders sets: 'keys: id, user_id' -> 'keys: id'"]),
        ("FROM people", "FROM folk",
         ["changed view users derived_table.sql: 'SELECT * FROM people' -> 'SELECT * FROM folk'"]),
        ("[date, week]", "[date]", ["removed dimension orders.created_week"]),
        ("dimension: name {}", "dimension: name {} dimension: age { type: number }",
         ["added dimension users.age"]),
        ("dimension: name {}", "filter: name { type: string }",
         ["changed filter users.name kind: 'dimension' -> 'filter' sql: '${TABLE}.name' -> ''"]),
        ('label: "Number"', 'label: "Key"',
         ["changed dimension users.id label: 'Number' -> 'Key'"]),
        ("${TABLE}.id", "${TABLE}.key",
         ["changed dimension orders.id sql: '${TABLE}.id' -> '${TABLE}.key'"]),
        ('id: ">0"', 'id: ">1", user_id: "5"',
         ["changed measure orders.count filters: 'id: >0' -> 'id: >1, user_id: 5'"]),
        ("primary_key: yes", "primary_key: no",
         ["changed dimension orders.id primary_key: 'yes' -> 'no'"]),
    ],
)  # fmt: skip
def test_a_change_is_told(old: str, new: str, expected: list[str], assemble: Assemble) -> None:
    assert told(changes(assemble, (old, new))) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("view: orders {", "# a comment\n\nview: orders {"),
        ("dimension: id { primary_key: yes sql: ${TABLE}.id ;; }\n  dimension: user_id {}",
         "dimension: user_id {}\n  dimension: id { sql:   ${TABLE}.id ;; primary_key: yes }"),
        ("dimension: name {}", "dimension: name { type: string }"),
        ("explore: people { view_name: users }", "explore: people { view_name: users hidden: no }"),
    ],
)  # fmt: skip
def test_how_it_is_written_is_no_change(old: str, new: str, assemble: Assemble) -> None:
    assert changes(assemble, (old, new)) == ()


def test_places_are_those_after(assemble: Assemble) -> None:
    (one,) = changes(assemble, ("dimension: name {}", "\n\n\n  dimension: name { hidden: yes }"))
    assert (one.place.path, one.place.line) == ("users.view.lkml", 8)
    (gone,) = changes(assemble, ("dimension: name {}", ""))
    assert (gone.action, gone.place.line) == ("removed", 5)


def test_a_view_of_two_models_is_told_once(assemble: Assemble) -> None:
    def texts(label: str) -> dict[str, str]:
        view = f'view: v {{ dimension: a {{ label: "{label}" }} }}'
        text = 'connection: "db"\ninclude: "v.view"\nexplore: v {}'
        return {"b.model.lkml": text, "a.model.lkml": text, "v.view.lkml": view}

    (one,) = model.compare(assemble(texts("x")).project, assemble(texts("y")).project)
    assert (one.name, one.models) == ("v.a", ("a", "b"))


def test_the_order_of_joins_is_a_change(assemble: Assemble) -> None:
    joins = [
        "join: users { sql_on: 1=1 ;; relationship: one_to_one }",
        "join: other { from: users sql_on: 1=1 ;; relationship: one_to_one }",
    ]
    texts = [
        f'connection: "db"\nview: v {{}} view: users {{}} explore: v {{ {" ".join(order)} }}'
        for order in (joins, joins[::-1])
    ]
    before, after = (assemble({"m.model.lkml": text}).project for text in texts)
    assert told(model.compare(before, after)) == [
        "changed explore v joins: 'v, users, other' -> 'v, other, users'"
    ]


def test_touched_explores(assemble: Assemble) -> None:
    texts = {
        "m.model.lkml": 'connection: "db"\ninclude: "*.view"\n'
        "explore: a {} explore: b { join: a { sql_on: 1=1 ;; relationship: one_to_one } }"
        " explore: c {} explore: made {}",
        "v.view.lkml": "view: a { dimension: x {} } view: b { dimension: y {} }"
        " view: c { dimension: z {} }"
        " view: made { derived_table: { sql: SELECT 1 FROM ${a.SQL_TABLE_NAME} ;; } }",
    }
    before = assemble(texts).project
    edited = {path: text.replace("x {}", "x { sql: 1 ;; }") for path, text in texts.items()}
    after = assemble(edited).project
    found = model.compare(before, after)
    assert model.touched(found, after.models["m"]) == ("a", "b", "made")
    assert model.touched((), after.models["m"]) == ()


def test_a_new_and_a_lost_model(assemble: Assemble) -> None:
    one = {"a.model.lkml": 'connection: "db"'}
    two = {"b.model.lkml": 'connection: "db"'}
    found = model.compare(assemble(one).project, assemble(two).project)
    assert told(found) == ["removed model a", "added model b"]


def test_nothing_differs_from_itself(assemble: Assemble) -> None:
    assert changes(assemble) == ()
