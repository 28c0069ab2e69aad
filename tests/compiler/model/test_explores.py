"""What an explore offers, under which names, and with which labels."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lookalike.compiler import model
from lookalike.compiler.model import JoinType, Relationship
from lookalike.compiler.syntax import Code

AssembleModel = Callable[[str], model.Assembled]

VIEWS = """
view: orders {
  dimension: id { primary_key: yes }
  dimension: user_id {}
  dimension: secret {}
  measure: count { type: count }
  set: keys { fields: [id, user_id] }
  set: nested { fields: [keys*, -user_id, users.name] }
}
view: users {
  label: "People"
  dimension: id {}
  dimension: name {}
  dimension: other { view_label: "Elsewhere" }
  dimension_group: seen { timeframes: [date, week] }
  set: names { fields: [name] }
}
"""


def explore_of(found: model.Assembled, name: str) -> model.Explore:
    return found.project.models["shop"].explores[name]


@pytest.mark.parametrize(
    ("text", "base", "view"),
    [
        ("explore: orders {}", "orders", "orders"),
        ("explore: x { view_name: orders }", "orders", "orders"),
        ("explore: x { from: orders }", "x", "orders"),
        ("explore: x { view_name: a from: orders }", "a", "orders"),
    ],
)
def test_names_of_the_base_view(
    assemble_model: AssembleModel, text: str, base: str, view: str
) -> None:
    found = assemble_model(VIEWS + text)
    (explore,) = found.project.models["shop"].explores.values()
    assert (explore.base, explore.view.name) == (base, view)
    assert f"{base}.id" in explore.fields
    assert found.diagnostics == ()


def test_joins(assemble_model: AssembleModel) -> None:
    found = assemble_model(
        VIEWS
        + """
        explore: orders {
          join: users { sql_on: ${orders.user_id} = ${users.id} ;; relationship: many_to_one type: inner }
          join: buyers { from: users foreign_key: user_id relationship: one_to_one
            fields: [names*, buyers.seen_week] view_label: "Buyers" required_joins: [users] }
          join: flat { from: users sql: , UNNEST(${orders.id}) AS flat ;; relationship: one_to_many }
          join: bare { from: users sql: ;; fields: [] }
          join: all { from: users type: cross relationship: many_to_many outer_only: yes }
        }
        """  # noqa: E501
    )
    explore = explore_of(found, "orders")
    users, buyers, flat, bare, every = explore.joins
    assert users.sql_on is not None
    assert users.sql_on.text == "${orders.user_id} = ${users.id}"
    assert (users.type, users.relationship) == (JoinType.INNER, Relationship.MANY_TO_ONE)
    assert (buyers.view.name, buyers.from_, buyers.view_label) == ("users", "users", "Buyers")
    assert buyers.required_joins == ("users",)
    assert flat.sql is not None
    assert bare.sql is not None
    assert bare.sql.text == ""
    assert (every.type, every.outer_only) == (JoinType.CROSS, True)
    assert [name for name in explore.fields if name.startswith(("buyers.", "bare."))] == [
        "buyers.name",
        "buyers.seen_week",
    ]
    assert {"buyers.id", "bare.name"} <= set(explore.references)
    assert explore.fields["users.name"] is explore.references["all.name"]
    # `foreign_key` needs a key in the joined view; the legacy text is deprecated.
    assert [each.code for each in found.diagnostics if each.is_error] == [Code.MISSING_PRIMARY_KEY]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            "[ALL_FIELDS*, -orders.secret, - users.id]",
            "orders.id orders.user_id orders.count"
            " users.name users.other users.seen_date users.seen_week",
        ),
        ("[orders.keys*]", "orders.id orders.user_id"),
        ("[orders.nested*]", "orders.id users.name"),
        ("[keys*, count]", "orders.id orders.user_id orders.count"),
        ("[users*, -users.seen_date]", "users.id users.name users.other users.seen_week"),
        ("[orders.id, ALL_FIELDS*, -ALL_FIELDS*, users.id]", "users.id"),
        ("[]", ""),
    ],
)
def test_field_lists(assemble_model: AssembleModel, fields: str, expected: str) -> None:
    found = assemble_model(
        f"""{VIEWS}
        explore: orders {{
          fields: {fields}
          join: users {{ sql_on: ${{orders.user_id}} = ${{users.id}} ;; relationship: many_to_one }}
        }}"""
    )
    explore = explore_of(found, "orders")
    assert set(explore.fields) == set(expected.split())
    assert "orders.secret" in explore.references
    assert set(explore.sets) == {"orders.keys", "orders.nested", "users.names"}
    assert found.diagnostics == ()


def test_filters_get_full_names(assemble_model: AssembleModel) -> None:
    found = assemble_model(
        VIEWS
        + """
        explore: o {
          from: orders
          always_filter: { filters: [id: "5", o.user_id: ">1"] }
          conditionally_filter: { filters: { field: secret value: "x" } unless: [id] }
          access_filter: { field: user_id user_attribute: who }
          sql_always_where: ${o.id} > 0 ;;
          always_join: []
          persist_for: "1 hour"
        }
        """
    )
    explore = explore_of(found, "o")
    assert explore.always_filter == (("o.id", "5"), ("o.user_id", ">1"))
    assert explore.conditionally_filter == model.ConditionalFilter((("o.secret", "x"),), ("o.id",))
    assert explore.access_filters == (model.AccessFilter("o.user_id", "who"),)
    assert explore.sql_always_where is not None
    assert found.diagnostics == ()


def test_what_a_model_says_holds_for_its_explores(assemble_model: AssembleModel) -> None:
    found = assemble_model(
        VIEWS
        + """
        label: "The Shop"
        week_start_day: sunday
        fiscal_month_offset: 3
        case_sensitive: no
        persist_with: daily
        datagroup: daily { max_cache_age: "4 hours" }
        access_grant: g { user_attribute: team allowed_values: ["a", "b"] }
        explore: orders { required_access_grants: [g] }
        explore: users { case_sensitive: yes persist_for: "5 minutes" label: "Persons" hidden: yes }
        test: t { explore_source: orders { column: id {} } assert: is_true { expression: yes ;; } }
        """
    )
    shop = found.project.models["shop"]
    orders, users = shop.explores["orders"], shop.explores["users"]
    assert (shop.label, shop.connection, shop.week_start_day) == ("The Shop", "db", 6)
    assert (orders.week_start_day, orders.fiscal_month_offset) == (6, 3)
    assert (orders.case_sensitive, users.case_sensitive) == (False, True)
    assert (orders.persist_with, users.persist_with, users.persist_for) == (
        "daily",
        "",
        "5 minutes",
    )
    assert (users.label, users.hidden, orders.label) == ("Persons", True, "Orders")
    assert shop.access_grants["g"].allowed_values == ("a", "b")
    assert shop.datagroups["daily"].max_cache_age == "4 hours"
    (test,) = shop.tests
    assert (test.explore, test.asserts[0][0], test.asserts[0][1].text) == (
        "orders",
        "is_true",
        "yes",
    )
    assert found.diagnostics == ()


def test_labels(assemble_model: AssembleModel) -> None:
    found = assemble_model(
        VIEWS
        + """
        explore: orders {
          view_label: "The Orders"
          join: users { sql_on: ${orders.user_id} = ${users.id} ;; relationship: many_to_one }
          join: old_buyers { from: users sql_on: 1=1 ;; relationship: many_to_one view_label: "" }
        }
        explore: my_orders { from: orders }
        """
    )
    explore = explore_of(found, "orders")
    labels = {name: model.label(explore, name) for name in explore.fields}
    assert labels["orders.user_id"] == "The Orders User ID"
    assert labels["users.name"] == "People Name"
    assert labels["users.other"] == "Elsewhere Other"
    assert labels["users.seen_week"] == "People Seen Week"
    assert labels["old_buyers.name"] == "Name"
    renamed = explore_of(found, "my_orders")
    assert model.label(renamed, "my_orders.id") == "My Orders ID"


@pytest.mark.parametrize(
    ("explore", "code", "line"),
    [
        ("explore: nothing {}", Code.UNKNOWN_VIEW, 1),
        (
            "explore: orders {\n join: nothing { sql_on: ${nothing.x} = 1 ;; } }",
            Code.UNKNOWN_VIEW,
            2,
        ),
        (
            "explore: orders {\n join: users { relationship: many_to_one } }",
            Code.MISSING_JOIN_CONDITION,
            2,
        ),
        ("explore: orders {\n join: users { sql_on: 1=1 ;; } }", Code.MISSING_RELATIONSHIP, 2),
        ("explore: orders {\n always_join: [user] }", Code.UNKNOWN_JOIN, 2),
        ("explore: orders {\n fields: [ALL_FIELDS*, -orders.idd] }", Code.UNKNOWN_FIELD, 2),
        ("explore: orders {\n fields: [orders.kesy*] }", Code.UNKNOWN_SET, 2),
        ('explore: orders {\n always_filter: { filters: [idd: "1"] } }', Code.UNKNOWN_FIELD, 2),
        ("explore: orders {\n sql_always_where: ${orders.idd} = 1 ;; }", Code.UNKNOWN_FIELD, 2),
        ("explore: orders {\n sql_always_where: ${users.id} = 1 ;; }", Code.INACCESSIBLE_VIEW, 2),
        ("explore: orders { access_filter: { field: id } }", Code.INVALID_VALUE, 1),
        ("explore: orders { access_filter: id }", Code.INVALID_VALUE, 1),
        ("explore: orders { required_access_grants: [g] }", Code.UNKNOWN_GRANT, 1),
        ("explore: orders { persist_with: d }", Code.UNKNOWN_DATAGROUP, 1),
        (
            "test: t { explore_source: ordes {} assert: a { expression: 1 ;; } }",
            Code.UNKNOWN_EXPLORE,
            1,
        ),
    ],
)
def test_mistakes_have_a_place_and_leave_the_rest(
    assemble_model: AssembleModel, explore: str, code: Code, line: int
) -> None:
    found = assemble_model(f"{VIEWS}explore: fine {{ from: orders }}\n{explore}")
    (diagnostic,) = found.diagnostics
    assert (diagnostic.code, diagnostic.place.line) == (code, line + VIEWS.count("\n") + 2)
    assert explore_of(found, "fine").errors == ()
    assert not ("access_filter" in explore and not explore_of(found, "orders").access_filters)
    named = explore.split()[1] if explore.startswith("explore") else ""
    assert diagnostic.explore == named
    if named:
        errors = explore_of(found, named).errors
        assert [each.code for each in errors] == [code] * diagnostic.is_error


def test_a_model_without_connection_still_lists(
    assemble: Callable[..., model.Assembled],
) -> None:
    found = assemble({"m.model.lkml": "view: v { dimension: a {} } explore: v {}"})
    (diagnostic,) = found.diagnostics
    assert (diagnostic.code, diagnostic.severity) == (Code.MISSING_CONNECTION, "fatal")
    assert list(found.project.models["m"].explores["v"].fields) == ["v.a"]


@pytest.mark.parametrize(
    ("explore", "said"),
    [
        ('explore: orders { dimesion: "x" }', "unknown parameter `dimesion` in an explore"),
        ('view: x { lable: "x" }', "unknown parameter `lable` in a view; did you mean `label`?"),
        (
            'explore: orders { always_filter: { filters: [statsu: "1"] } }',
            "`always_filter` names unknown field `orders.statsu`; did you mean `orders.status`?",
        ),
        (
            'explore: orders { always_filter: { filters: [ix: "1"] } }',
            "`always_filter` names unknown field `orders.ix`",
        ),
    ],
)
def test_what_messages_say(assemble_model: AssembleModel, explore: str, said: str) -> None:
    more = "view: +orders { dimension: status {} }"
    (diagnostic,) = assemble_model(f"{VIEWS}{more}{explore}").diagnostics
    assert diagnostic.message == said


@pytest.mark.parametrize("fields", ["parameter: p { type: string }", "filter: f { type: date }"])
def test_a_view_without_columns_is_joined_without_a_condition(
    assemble_model: AssembleModel, fields: str
) -> None:
    found = assemble_model(f"{VIEWS}view: v {{ {fields} }} explore: orders {{ join: v {{}} }}")
    assert found.diagnostics == ()
    (join,) = explore_of(found, "orders").joins
    assert join.sql is not None
    assert join.sql.text == ""
