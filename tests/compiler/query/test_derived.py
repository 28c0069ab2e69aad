"""Derived tables as common table expressions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lookalike.compiler.query import Planned, plans
from tests.compiler.query.conftest import PROJECT

Ask = Callable[..., Planned]

FACTS = """
view: user_facts {
  derived_table: {
    sql: SELECT user_id, COUNT(*) AS n FROM ${orders.SQL_TABLE_NAME}
      WHERE {% condition user_facts.since %} created {% endcondition %} GROUP BY 1 ;;
  }
  filter: since { type: date }
  dimension: user_id { type: number primary_key: yes }
  dimension: n { type: number }
}
view: top_facts {
  derived_table: {
    sql:
      -- if prod -- SELECT * FROM ${user_facts.SQL_TABLE_NAME}
      -- if dev -- SELECT * FROM ${user_facts.SQL_TABLE_NAME} LIMIT 10
    ;;
  }
  dimension: user_id { type: number primary_key: yes }
}
explore: facts {
  from: users
  join: user_facts { relationship: one_to_one sql_on: ${facts.id} = ${user_facts.user_id} ;; }
  join: again {
    from: user_facts
    relationship: one_to_one
    sql_on: ${facts.id} = ${again.user_id} ;;
  }
  join: top_facts { relationship: one_to_one sql_on: ${facts.id} = ${top_facts.user_id} ;; }
}
"""


def ctes(planned: Planned) -> list[str]:
    assert planned.plan is not None, planned.diagnostics
    return [cte.name for cte in planned.plan.ctes]


def body(planned: Planned, name: str) -> str:
    assert planned.plan is not None, planned.diagnostics
    (found,) = (cte.body for cte in planned.plan.ctes if cte.name == name)
    assert isinstance(found, plans.Fragment)
    return "".join(part if isinstance(part, str) else "…" for part in found.parts)


def test_only_needed_tables_dependencies_first(ask: Ask) -> None:
    assert ctes(ask("facts.state", explore="facts", more=FACTS)) == []
    assert ctes(ask("user_facts.n", explore="facts", more=FACTS)) == ["user_facts"]
    planned = ask("top_facts.user_id", explore="facts", more=FACTS)
    assert ctes(planned) == ["user_facts", "top_facts"]


def test_the_same_text_is_one_table_another_text_is_another(ask: Ask) -> None:
    fields = "user_facts.n, again.n"
    assert ctes(ask(fields, explore="facts", more=FACTS)) == ["user_facts"]
    planned = ask(fields, explore="facts", more=FACTS, filters={"user_facts.since": "2018"})
    assert planned.plan is not None
    assert ctes(planned) == ["user_facts"]  # the template names the alias `user_facts` itself
    unqualified = FACTS.replace("condition user_facts.since", "condition since")
    planned = ask(fields, explore="facts", more=unqualified, filters={"again.since": "2018"})
    assert ctes(planned) == ["user_facts", "user_facts_2"]
    assert [step.table for step in planned.plan.main.joins] == [  # type: ignore[union-attr]
        plans.CteTable("user_facts"),
        plans.CteTable("user_facts_2"),
    ]


def test_lines_for_one_environment(ask: Ask) -> None:
    planned = ask("top_facts.user_id", explore="facts", more=FACTS)
    assert body(planned, "top_facts").strip() == "SELECT * FROM …"
    planned = ask("top_facts.user_id", explore="facts", more=FACTS, in_development=True)
    assert body(planned, "top_facts").strip() == "SELECT * FROM … LIMIT 10"


def test_a_table_that_needs_itself(ask: Ask) -> None:
    more = """
    view: a { derived_table: { sql: SELECT * FROM ${b.SQL_TABLE_NAME} ;; } dimension: x {} }
    view: b { derived_table: { sql: SELECT * FROM ${a.SQL_TABLE_NAME} ;; } dimension: x {} }
    explore: a {}
    """
    planned = ask("a.x", explore="a", more=more)
    assert planned.plan is None
    assert "circular_reference" in [item.code for item in planned.diagnostics]


NATIVE = """
view: by_user {
  derived_table: {
    explore_source: order_items {
      column: user { field: users.id }
      column: spent { field: order_items.total }
      column: tier { field: users.age_tier }
      derived_column: position { sql: RANK() OVER (ORDER BY spent DESC) ;; }
      filters: [orders.status: "complete"]
      bind_filters: { from_field: by_user.where to_field: users.state }
      limit: 10
      sorts: [order_items.total: desc]
    }
  }
  filter: where { type: string }
  dimension: user { type: number primary_key: yes }
  dimension: spent { type: number }
  dimension: position { type: number }
}
explore: by_user {}
"""


def test_a_native_derived_table(ask: Ask) -> None:
    planned = ask("by_user.spent", explore="by_user", more=NATIVE, filters={"by_user.where": "CA"})
    assert planned.plan is not None, planned.diagnostics
    (cte,) = planned.plan.ctes
    assert cte.name == "by_user"
    assert isinstance(cte.body, plans.Derived)
    assert cte.body.names == ("user", "tier__sort_", "tier", "spent")
    assert [name for name, _ in cte.body.derived] == ["position"]
    select = cte.body.select
    assert [step.alias for step in select.joins] == ["orders", "users"]
    assert (select.limit, len(select.where), len(select.order)) == (10, 2, 1)


def test_a_native_derived_table_of_an_unknown_explore(ask: Ask) -> None:
    more = NATIVE.replace("explore_source: order_items", "explore_source: order_itms")
    planned = ask("by_user.spent", explore="by_user", more=more)
    assert planned.plan is None
    assert "unknown_explore" in [item.code for item in planned.diagnostics]


def test_what_is_wrong_with_a_native_derived_table_is_told_at_its_place(ask: Ask) -> None:
    more = NATIVE.replace("field: users.id", "field: users.nope")
    (diagnostic,) = ask("by_user.spent", explore="by_user", more=more).diagnostics
    assert diagnostic.code == "unknown_field"
    line = PROJECT.count("\n") + more[: more.index("explore_source")].count("\n") + 1
    assert diagnostic.place.line == line


def test_a_native_derived_table_that_asks_itself(ask: Ask) -> None:
    more = """
    view: loop {
      derived_table: { explore_source: loop { column: x {} } }
      dimension: x {}
    }
    explore: loop {}
    """
    planned = ask("loop.x", explore="loop", more=more)
    assert planned.plan is None
    assert "circular_reference" in [item.code for item in planned.diagnostics]


@pytest.mark.parametrize("native", [False, True], ids=["sql", "native"])
def test_long_chains_of_tables_end_in_a_diagnostic(ask: Ask, native: bool) -> None:
    def view(n: int) -> str:
        source = (
            f"explore_source: t{n - 1} {{ column: x {{}} }}"
            if native
            else f"sql: SELECT x FROM ${{t{n - 1}.SQL_TABLE_NAME}} ;;"
        )
        return (
            f"view: t{n} {{ derived_table: {{ {source} }} dimension: x {{}} }} explore: t{n} {{}}"
        )

    more = "view: t0 { dimension: x {} } explore: t0 {}" + "\n".join(map(view, range(1, 100)))
    planned = ask("t12.x", explore="t12", more=more)
    assert ctes(planned) == [f"t{n}" for n in range(1, 13)]
    planned = ask("t99.x", explore="t99", more=more)
    assert planned.plan is None
    assert [item.code for item in planned.diagnostics] == ["budget_exhausted"]


TOP = """
view: top_states {
  derived_table: {
    explore_source: order_items {
      column: state { field: users.state }
      column: spent { field: order_items.total }
      derived_column: position { sql: RANK() OVER (ORDER BY spent DESC) ;; }
      bind_all_filters: yes
      filters: [products.name: "lamp"]
    }
  }
  dimension: state { primary_key: yes }
  dimension: position { type: number }
  dimension: label { sql: ${TABLE}.label ;; }
}
view: after { dimension: id { type: number } dimension: state {} }
view: copies {
  derived_table: { sql: SELECT * FROM ${top_states.SQL_TABLE_NAME} ;; }
  dimension: state {}
}
view: +users { dimension: top_state { sql: NULLIF(${state}, ${top_states.label}) ;; } }
explore: +order_items {
  join: top_states { relationship: many_to_one sql_on: ${users.state} = ${top_states.state} ;; }
  join: again {
    from: top_states
    relationship: many_to_one
    sql_on: ${users.state} = ${again.state} ;;
  }
  join: after { relationship: many_to_one sql_on: ${top_states.label} = ${after.id} ;; }
  join: copies { relationship: many_to_one sql_on: ${users.state} = ${copies.state} ;; }
}
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("top_states.position", "<=3", id="own"),
        pytest.param("again.position", "<=3", id="own-by-another-alias"),
        pytest.param("users.top_state", "CA", id="refers-to-it"),
        pytest.param("after.state", "CA", id="joined-through-it"),
        pytest.param("copies.state", "CA", id="built-on-it"),
    ],
)
def test_a_filter_that_needs_the_table_is_not_bound_into_it(ask: Ask, name: str, text: str) -> None:
    filters = {name: text, "orders.status": "complete"}
    planned = ask("top_states.position", more=TOP, filters=filters)
    assert planned.plan is not None, planned.diagnostics
    table = next(cte.body for cte in planned.plan.ctes if cte.name == "top_states")
    assert isinstance(table, plans.Derived)
    assert [step.alias for step in table.select.joins] == ["orders", "users", "products"]
    assert len(table.select.where) == 2  # the status and the table's own filter
    assert len(planned.plan.main.where) == 2


def test_a_default_on_the_table_is_not_bound_into_it(ask: Ask) -> None:
    more = TOP + 'explore: +order_items { always_filter: { filters: [top_states.position: "1"] } }'
    for filters in ({}, {"top_states.position": ""}, {"top_states.position": "<=3"}):
        planned = ask("top_states.state", more=more, filters=filters)
        assert planned.plan is not None, planned.diagnostics


def test_a_changed_default_is_bound_as_it_was_changed(ask: Ask) -> None:
    more = TOP + 'explore: +order_items { always_filter: { filters: [orders.status: "new"] } }'
    planned = ask("top_states.state", more=more, filters={"orders.status": ""})
    assert planned.plan is not None
    (cte,) = planned.plan.ctes
    assert isinstance(cte.body, plans.Derived)
    assert len(cte.body.select.where) == 1  # only the table's own filter


@pytest.mark.parametrize(
    "made",
    [
        "sql_create: CREATE TABLE ${SQL_TABLE_NAME} AS SELECT id FROM t ;;",
        "create_process: { sql_step: create or replace table ${SQL_TABLE_NAME}\nas SELECT id; ;; }",
        "sql_create: CREATE TABLE IF NOT EXISTS ${SQL_TABLE_NAME} AS SELECT id ;;",
    ],
)
def test_a_table_that_one_statement_makes_is_its_query(ask: Ask, made: str) -> None:
    more = f"view: made {{ derived_table: {{ {made} }} dimension: id {{}} }}\nexplore: made {{}}"
    assert body(ask("made.id", explore="made", more=more), "made").startswith("SELECT id")


@pytest.mark.parametrize(
    "made",
    [
        "sql_create: CREATE TABLE ${SQL_TABLE_NAME} (id INT) ;;",
        "create_process: { sql_step: CREATE TABLE other AS SELECT 1 ;; }",
        "create_process: { sql_step: CREATE TABLE ${SQL_TABLE_NAME} AS SELECT 1 AS id ;;"
        " sql_step: DELETE FROM ${SQL_TABLE_NAME} ;; }",
    ],
)
def test_a_table_that_takes_more_statements_is_not_supported(ask: Ask, made: str) -> None:
    more = f"view: made {{ derived_table: {{ {made} }} dimension: id {{}} }}\nexplore: made {{}}"
    planned = ask("made.id", explore="made", more=more)
    assert [each.code for each in planned.diagnostics] == ["not_supported"]


@pytest.mark.parametrize(("in_development", "expected"), [(False, ["4"]), (True, ["7", "CA"])])
def test_filters_for_development(ask: Ask, in_development: bool, expected: list[str]) -> None:
    more = """
    view: old { derived_table: { explore_source: users {
      column: id {}
      filters: [age: "4"]
      dev_filters: [age: "7", users.state: "CA"]
    } } dimension: id {} }
    explore: old {}
    """
    planned = ask("old.id", explore="old", more=more, in_development=in_development)
    assert planned.plan is not None, planned.diagnostics
    (cte,) = planned.plan.ctes
    assert isinstance(cte.body, plans.Derived)
    assert [
        str(each.right.value)
        for each in cte.body.select.where
        if isinstance(each, plans.Compare) and isinstance(each.right, plans.Literal)
    ] == expected
