"""What one assembly leaves for the next: the outcome is the same as without it, and what did not
change is not made again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import pytest

from lookalike.compiler import model, syntax
from lookalike.compiler.syntax import Budget

Texts = Mapping[str, str]

FILES: Texts = {
    "manifest.lkml": 'constant: schema { value: "shop" }  local_dependency: { project: "other" }',
    "shop.model.lkml": """
        connection: "db"
        include: "views/*.view"
        include: "//other/*.view"
        include: "shared.lkml"
        explore: orders {
          join: users { relationship: many_to_one sql_on: ${orders.user_id} = ${users.id} ;; }
          join: facts { relationship: one_to_one sql_on: ${facts.user_id} = ${users.id} ;; }
        }
        explore: people { from: users  required_access_grants: [secret] }
        explore: child { extends: [people]  view_name: child }
        explore: lost { from: nowhere }
        explore: foreign {}
        explore: top {}
        test: some { explore_source: people { column: state {} } assert: a { expression: yes ;; } }
    """,
    "small.model.lkml": 'connection: "db" include: "views/users.view" explore: users {}',
    "shared.lkml": """
        access_grant: secret { user_attribute: a allowed_values: ["1"] }
        datagroup: daily { max_cache_age: "1 day" }
        named_value_format: money { value_format: "0.00" }
        view: child { extends: [users] dimension: more {} }
        explore: stray { extends: [peple]  from: users }
    """,
    "views/orders.view.lkml": """
        view: orders {
          sql_table_name: @{schema}.orders ;;
          dimension: id { primary_key: yes }
          dimension: user_id {}
          measure: total { type: sum sql: ${TABLE}.x ;; value_format_name: money }
          measure: share { type: number sql: ${total} / ${users.count} ;; }
        }
    """,
    "views/users.view.lkml": """
        view: users { dimension: id { primary_key: yes } dimension: state {} measure: count {} }
    """,
    "views/facts.view.lkml": """
        view: facts {
          derived_table: {
            sql: SELECT * FROM ${orders.SQL_TABLE_NAME} ;;
            datagroup_trigger: daily
          }
          dimension: user_id { primary_key: yes }
        }
    """,
    "views/top.view.lkml": """
        view: top {
          derived_table: { explore_source: people { column: state {} sorts: [people.state: desc] } }
          dimension: state { suggest_explore: orders suggest_dimension: users.state }
        }
    """,
    "views/more.view.lkml": 'view: +users { dimension: state { label: "State" } }',
}
OTHER: Texts = {
    "manifest.lkml": 'constant: label { value: "Foreign" export: override_optional }',
    "foreign.view.lkml": 'view: foreign { dimension: id { label: "@{label}" } }',
}


def _changed(path: str, old: str, new: str) -> Texts:
    assert old in FILES[path]
    return {**FILES, path: FILES[path].replace(old, new)}


def _without(path: str) -> Texts:
    return {each: text for each, text in FILES.items() if each != path}


MODEL = "shop.model.lkml"
STATES: Mapping[str, Texts] = {
    "as it was": FILES,
    "a field": _changed("views/users.view.lkml", "dimension: state {}", "dimension: city {}"),
    "a mistake": _changed("views/users.view.lkml", "state {}", "state { sql: ${nope} ;; }"),
    "a warning": _changed("views/users.view.lkml", "state {}", "state { colour: red }"),
    "broken": _changed("views/orders.view.lkml", "measure: total {", "measure: total "),
    "not closed": _changed("views/orders.view.lkml", "orders ;;", "orders"),
    "a field not closed": _changed("views/users.view.lkml", "state {}", "state { sql: x\n }"),
    "a lost key": _changed(
        "views/users.view.lkml", "primary_key: yes } ", "} measure: n { type: count } "
    ),
    "another base": _changed(MODEL, "people { from: users", "people { from: orders"),
    "a refinement": _changed("views/more.view.lkml", "State", "Federal State"),
    "a lost refinement": _without("views/more.view.lkml"),
    "a lost view": _without("views/facts.view.lkml"),
    "a template": _changed("views/facts.view.lkml", "facts {", "facts { extension: required"),
    "a new view": {**FILES, "views/a.view.lkml": "view: nowhere { dimension: a {} }"},
    "a near view": {**FILES, "views/a.view.lkml": "view: nowher { dimension: a {} }"},
    "a copy": {**FILES, "views/a.view.lkml": FILES["views/users.view.lkml"]},
    "a moved file": {
        **_without("views/orders.view.lkml"),
        "views/z.view.lkml": FILES["views/orders.view.lkml"],
    },
    "a constant": _changed("manifest.lkml", '"shop"', '"store"'),
    "a constant that is not used": _changed("manifest.lkml", "local_", "constant: x {} local_"),
    "a lost manifest": _without("manifest.lkml"),
    "a grant": _changed("shared.lkml", "access_grant: secret", "access_grant: public"),
    "a datagroup": _changed("shared.lkml", "datagroup: daily", "datagroup: hourly"),
    "a format": _changed("shared.lkml", '"0.00"', '"0.0"'),
    "a calendar": _changed(MODEL, 'connection: "db"', 'connection: "db" week_start_day: sunday'),
    "a default": _changed(MODEL, 'connection: "db"', 'connection: "db" case_sensitive: no'),
    "a connection": _changed(MODEL, 'connection: "db"', 'connection: "elsewhere"'),
    "a join": _changed(MODEL, "one_to_one", "one_to_many"),
    "an explore": _changed(MODEL, "explore: foreign {}", ""),
    "a parent": _changed(MODEL, "from: users ", 'from: users label: "x"'),
    "a name": _changed(MODEL, "explore: people", "explore: persons"),
    "an include": _changed(MODEL, 'include: "shared.lkml"', ""),
    "a lost model": _without("small.model.lkml"),
    "a table of itself": _changed(
        "views/orders.view.lkml", "@{schema}.orders", "${facts.SQL_TABLE_NAME}"
    ),
    "nothing": {},
}


@cache
def _parsed(text: str) -> syntax.Parsed:
    return syntax.lookml.parse(text)


def _assemble(
    texts: Texts, reuse: model.Reuse | None, other: Texts = OTHER, budget: Budget | None = None
) -> model.Assembled:
    def sources(of: Texts) -> list[model.SourceFile]:
        return [model.SourceFile(path, _parsed(text)) for path, text in of.items()]

    imports = {"other": sources(other)}
    return model.assemble("shop", sources(texts), imports, {}, budget or Budget(), reuse)


@pytest.mark.parametrize("before", STATES)
def test_the_outcome_is_the_same_and_costs_the_same(before: str) -> None:
    for after, texts in STATES.items():
        reuse = model.Reuse()
        _assemble(STATES[before], reuse)
        warm, cold = Budget(), Budget()
        found, expected = _assemble(texts, reuse, budget=warm), _assemble(texts, None, budget=cold)
        assert found == expected, after
        assert (warm.steps, warm.size) == (cold.steps, cold.size), after


def test_the_outcome_is_the_same_after_many() -> None:
    reuse = model.Reuse()
    for texts in [*STATES.values(), *reversed([*STATES.values()]), *STATES.values()]:
        assert _assemble(texts, reuse) == _assemble(texts, None)


def test_an_imported_project_may_change() -> None:
    reuse = model.Reuse()
    for text in ("Foreign", "Strange", "Foreign"):
        other = {**OTHER, "manifest.lkml": OTHER["manifest.lkml"].replace("Foreign", text)}
        found = _assemble(FILES, reuse, other)
        assert found == _assemble(FILES, None, other)
        field = found.project.models["shop"].explores["foreign"].fields["foreign.id"]
        assert field.label == text


def test_what_did_not_change_is_the_same_object() -> None:
    reuse = model.Reuse()
    before = _assemble(FILES, reuse).project.models
    after = _assemble(STATES["a field"], reuse).project.models
    assert after["shop"].views["orders"] is before["shop"].views["orders"]
    assert after["shop"].views["users"] is not before["shop"].views["users"]
    kept = after["shop"].explores["foreign"]
    assert kept.references is before["shop"].explores["foreign"].references
    assert after["small"] is not before["small"]
    later = _assemble({**STATES["a field"], "views/new.lkml": "view: new {}"}, reuse).project.models
    assert later["shop"] is after["shop"]
    assert later["small"] is after["small"]


def test_an_assembly_that_runs_dry_leaves_nothing_behind() -> None:
    reuse = model.Reuse()
    _assemble(FILES, reuse)
    for steps in range(0, 6000, 500):
        texts = STATES["a field"]
        found = _assemble(texts, reuse, budget=Budget(steps=steps))
        assert found == _assemble(texts, None, budget=Budget(steps=steps))
    assert _assemble(FILES, reuse) == _assemble(FILES, None)


def test_two_at_a_time() -> None:
    """The second begins and ends while the first is at work."""
    reuse = model.Reuse()
    _assemble(FILES, reuse)
    within: list[Callable[[], object]] = [lambda: _assemble(STATES["a field"], reuse)]

    class Interrupted(Budget):
        def spend(self, n: int = 1) -> None:
            super().spend(n)
            if within:
                within.pop()()

    assert _assemble(STATES["a join"], reuse, budget=Interrupted()) == _assemble(
        STATES["a join"], None
    )
    assert _assemble(FILES, reuse) == _assemble(FILES, None)
