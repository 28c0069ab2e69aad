"""Names of fields outside of SQL: in suggestions, drill fields, native tables and tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lookalike.compiler import model
from lookalike.compiler.syntax import Code, Severity

AssembleModel = Callable[[str], model.Assembled]

MODEL = """
view: v {{
  dimension: id {{ primary_key: yes }}
  dimension: status {{ alias: [state] }}
  dimension: secret {{}}
  filter: only {{ type: string }}
  {v}
}}
view: w {{
  dimension: id {{ primary_key: yes }}
  dimension_group: at {{ timeframes: [date] }}
  measure: n {{ type: count }}
}}
view: apart {{ dimension: id {{}} }}
explore: v {{
  fields: [ALL_FIELDS*, -v.secret]
  join: w {{ sql_on: ${{v.id}} = ${{w.id}} ;; relationship: one_to_one }}
}}
{more}
"""
FIRST = MODEL.count("\n") + 1  # the line of `{more}`, one behind the connection
ASSERT = "assert: a { expression: ${v.id} > 0 ;; }"


@pytest.mark.parametrize(
    ("field", "severity", "says"),
    [
        ("suggest_dimension: status", None, ""),
        ("suggest_dimension: w.at_date", None, ""),
        ("suggest_dimension: statuss", Severity.WARNING, "did you mean `status`?"),
        ("suggest_dimension: w.ids", Severity.WARNING, "in `suggest_dimension`"),
        ("suggest_explore: v suggest_dimension: v.state", None, ""),
        ("suggest_explore: v suggest_dimension: w.nn", Severity.WARNING, "did you mean `n`?"),
        ("suggest_explore: v suggest_dimension: apart.id", Severity.WARNING, "does not use"),
        ("drill_fields: [status, w.n, w.set*, apart.id]", None, ""),
        ("drill_fields: [statuss]", Severity.WARNING, "did you mean `status`?"),
        ("drill_fields: [w.at]", Severity.WARNING, "write a member such as `at_date`"),
        ("drill_fields: [ww.n]", Severity.WARNING, "did you mean `w`?"),
        ("required_fields: [w.nn]", Severity.ERROR, "did you mean `n`?"),
        ("order_by_field: statuss", Severity.ERROR, "did you mean `status`?"),
    ],
)
def test_fields_that_name_fields(
    assemble_model: AssembleModel, field: str, severity: Severity | None, says: str
) -> None:
    found = assemble_model(MODEL.format(v=f"dimension: x {{ {field} }}", more="")).diagnostics
    assert [each.severity for each in found] == ([severity] if severity else [])
    for each in found:
        assert each.field == "v.x"
        assert says in each.message


def test_filters_suggest_too(assemble_model: AssembleModel) -> None:
    found = assemble_model(MODEL.format(v="filter: x { suggest_dimension: nope }", more=""))
    assert [each.field for each in found.diagnostics] == ["v.x"]


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("column: id {} column: n { field: w.n } filters: [v.only: 'x', w.at_date: '2018']", ""),
        ("column: id {} sorts: [w.n: desc, id: asc]", ""),
        ("column: idd {}", "`column` names unknown field `v.idd`; did you mean `id`?"),
        ("column: x { field: w.at }", "write a member such as `at_date`"),
        ("column: x { field: apart.id }", "whose view explore `v` does not use"),
        ("column: id {} filters: [w.gone: 'x']", "`filters` names unknown field `w.gone`"),
        ("column: id {} sorts: [w.nn: desc]", "`sorts` names unknown field `w.nn`"),
        (
            "column: id {} bind_filters: { from_field: t.id to_field: v.idd }",
            "`bind_filters` names unknown field `v.idd`",
        ),
    ],
)
def test_native_tables(assemble_model: AssembleModel, source: str, says: str) -> None:
    source = source.replace("'", '"')
    more = (
        f"view: t {{ dimension: id {{}}\n derived_table: {{ explore_source: v {{\n{source} }} }} }}"
        "\nexplore: t {}"
    )
    found = assemble_model(MODEL.format(v="", more=more))
    errors = found.project.models["shop"].explores["t"].errors
    assert [each.code for each in errors] == ([Code.UNKNOWN_FIELD] if says else [])
    assert [each.message for each in found.diagnostics] == [each.message for each in errors]
    for each in errors:
        assert says in each.message
        assert each.place.line - FIRST in (1, 2)
    assert found.project.models["shop"].explores["v"].errors == ()


@pytest.mark.parametrize(
    ("test", "code", "says", "line"),
    [
        ("explore_source: v {\ncolumn: id {} } " + ASSERT, None, "", 0),
        ("explore_source: v {\ncolumn: old { field: state } column: id {} }" + ASSERT, None, "", 0),
        ("explore_source: u {\ncolumn: id {} } " + ASSERT, Code.UNKNOWN_EXPLORE, "`u`", 1),
        (
            "explore_source: v {\ncolumn: id {}\ncolumn: statis {} } " + ASSERT,
            Code.UNKNOWN_FIELD,
            "test `t`: `column` names unknown field `v.statis`; did you mean `status`?",
            3,
        ),
        (
            "explore_source: v {\ncolumn: id {} filters: [v.idd: 'x'] } " + ASSERT,
            Code.UNKNOWN_FIELD,
            "test `t`: `filters` names unknown field `v.idd`; did you mean `id`?",
            2,
        ),
        (
            "explore_source: v {\ncolumn: id {}\ncolumn: secret {} } " + ASSERT,
            Code.UNKNOWN_FIELD,
            "which explore `v` leaves out by `fields`",
            3,
        ),
        (
            "explore_source: v {\ncolumn: id {}\ncolumn: only {} } " + ASSERT,
            Code.UNKNOWN_FIELD,
            "can only be filtered on",
            3,
        ),
        (
            "explore_source: v {\ncolumn: n { field: w.n } }\n"
            "assert: a { expression: ${n} > 0 AND ${w.n} > 0 AND NOT is_null(${v.n}) ;; }",
            None,
            "",
            0,
        ),
        (
            "explore_source: v {\ncolumn: id {} }\n"
            "assert: a { expression: ${v.id} > 0 AND\n NOT is_null(${v.status}) ;; }",
            Code.UNKNOWN_FIELD,
            "assertion `a` names `v.status`, which the test does not select",
            4,
        ),
    ],
)
def test_data_tests(
    assemble_model: AssembleModel, test: str, code: Code | None, says: str, line: int
) -> None:
    written = MODEL.format(v="", more=f"test: t {{\n{test} }}").replace("'", '"')
    found = assemble_model(written)
    assert [each.code for each in found.diagnostics] == ([code] if code else [])
    for each in found.diagnostics:
        assert says in each.message
        assert each.severity is Severity.ERROR
        assert each.place.line - FIRST == line
    assert len(found.project.models["shop"].tests) == 1


def test_what_is_of_an_unknown_view_is_told_once(assemble_model: AssembleModel) -> None:
    found = assemble_model(
        """
        view: v { dimension: id {} }
        explore: v { join: gone { sql_on: 1 ;; relationship: one_to_one } }
        test: t {
          explore_source: v { column: x { field: gone.x } }
          assert: a { expression: ${x} ;; }
        }
        """
    )
    assert [each.code for each in found.diagnostics] == [Code.UNKNOWN_VIEW]
