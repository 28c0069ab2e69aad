"""Syntax errors: what of a model can't be used because the parser did not understand it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lookalike.compiler import model
from lookalike.compiler.syntax import Code

Assemble = Callable[..., model.Assembled]
AssembleModel = Callable[[str], model.Assembled]

VIEW = """
view: w {{
  {view}
  dimension: id {{ primary_key: yes }}
  dimension: bad {{ type: string {field} }}
  dimension_group: at {{ timeframes: [date, week] {group} }}
}}
view: v {{
  dimension: id {{ primary_key: yes }}
}}
explore: v {{
  {explore}
  join: w {{
    relationship: one_to_one
    {join}
    sql_on: ${{v.id}} = ${{w.id}} ;;
  }}
}}
explore: apart {{ from: v }}
"""
PARTS = ("view", "field", "group", "explore", "join")


@pytest.mark.parametrize(
    ("part", "text", "code", "fields"),
    [
        ("field", "sql: upper(name) }", Code.UNCLOSED_SQL, ["w.bad"]),
        ("field", "sql upper(name) ;;", Code.SYNTAX, ["w.bad"]),
        ("field", 'label: "never closed', Code.UNCLOSED_STRING, ["w.bad"]),
        ("field", '"stray"', Code.SYNTAX, ["w.bad"]),
        ("group", "sql: a", Code.UNCLOSED_SQL, ["w.at_date", "w.at_week"]),
        ("view", "sql_table_name: a.b", Code.UNCLOSED_SQL, [""]),
        ("view", "derived_table: { sql: SELECT 1\n }", Code.UNCLOSED_SQL, [""]),
        ("explore", "sql_always_where: ${w.id} > 1", Code.UNCLOSED_SQL, [""]),
        ("explore", "???", Code.SYNTAX, [""]),
        ("join", "sql_where: ${w.id} > 1", Code.UNCLOSED_SQL, [""]),
    ],
)
def test_what_holds_the_error_is_disabled_and_nothing_else(
    assemble_model: AssembleModel, part: str, text: str, code: Code, fields: list[str]
) -> None:
    written = VIEW.format(**{**dict.fromkeys(PARTS, ""), part: text})
    found = assemble_model(written)
    explores = found.project.models["shop"].explores
    errors = explores["v"].errors
    assert [each.field for each in errors if each.code is code] == fields
    assert {each.place.path for each in errors} == {"shop.model.lkml"}
    line = written[: written.index(text)].count("\n") + 2
    assert errors[0].place.line == line
    assert explores["apart"].errors == ()
    told = [(each.message, each.explore) for each in found.diagnostics if each.code is code]
    assert len(told) == len(set(told)) == 1


def test_an_error_is_inherited_and_stays_where_it_is_written(assemble: Assemble) -> None:
    found = assemble(
        {
            "a.view.lkml": "view: a {\n  dimension: id { sql: x\n }\n dimension: ok {}\n}",
            "shop.model.lkml": 'connection: "db"\ninclude: "/a.view"\n'
            "view: b { extends: [a] }\nexplore: b {}",
        }
    )
    (error,) = found.project.models["shop"].explores["b"].errors
    assert (error.code, error.field) == (Code.UNCLOSED_SQL, "b.id")
    assert (error.place.path, error.place.line) == ("a.view.lkml", 2)
    assert len(found.diagnostics) == 1


def test_an_imported_file(assemble: Assemble) -> None:
    found = assemble(
        {
            "manifest.lkml": 'local_dependency: { project: "lib" }',
            "shop.model.lkml": 'connection: "db"\ninclude: "//lib/a.view"\nexplore: a {}',
        },
        {"lib": {"a.view.lkml": "view: a { dimension: id { sql: x\n } dimension: ok {} }"}},
    )
    (error,) = found.project.models["shop"].explores["a"].errors
    assert (error.code, error.field) == (Code.UNCLOSED_SQL, "a.id")
    assert error.place.path == "imported_projects/lib/a.view.lkml"


@pytest.mark.parametrize("indent", ["", "  "])
def test_what_falls_into_an_unclosed_block_is_no_mistake_of_its_own(
    assemble_model: AssembleModel, indent: str
) -> None:
    after = (
        f"{indent}test: t {{\n{indent}  explore_source: v {{ column: id {{}} }}\n"
        f"{indent}  assert: a {{ expression: ${{v.id}} > 0 ;; }}\n{indent}}}\n"
        f"{indent}access_grant: g {{ user_attribute: x allowed_values: [y] }}\n"
    )
    found = assemble_model(f"view: v {{ dimension: id {{}} }}\nexplore: v {{\n{after}")
    assert [each.code for each in found.diagnostics] == [Code.UNCLOSED_BLOCK]
    assert len(found.project.models["shop"].tests) == (indent == "")


def test_a_table_made_of_one_that_was_misread(assemble_model: AssembleModel) -> None:
    found = assemble_model(
        """
        view: a { derived_table: { sql: SELECT 1
        } }
        view: b { derived_table: { sql: SELECT * FROM ${a.SQL_TABLE_NAME} ;; } }
        view: c { derived_table: { sql: SELECT * FROM ${b.SQL_TABLE_NAME} ;; } dimension: id {} }
        view: d { dimension: id {} }
        explore: c {}
        explore: d {}
        """
    )
    explores = found.project.models["shop"].explores
    assert [(each.code, each.field) for each in explores["c"].errors] == [(Code.UNCLOSED_SQL, "")]
    assert explores["d"].errors == ()
    assert len(found.diagnostics) == 1
