"""References between fields: what is wrong with them, and in which explores."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lookalike.compiler import model
from lookalike.compiler.syntax import Code

AssembleModel = Callable[[str], model.Assembled]

JOIN = "join: w { sql_on: ${v.id} = ${w.id} ;; relationship: many_to_one }"


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("dimension: x { sql: ${id} + ${ id } ;; }", None),
        ("dimension: x { sql: ${v.id} || ${w.name} ;; }", None),
        ("dimension: x { sql: ${nope} ;; }", Code.UNKNOWN_FIELD),
        ("dimension: x { sql: ${v.nope} ;; }", Code.UNKNOWN_FIELD),
        ("dimension: x { sql: ${w.nope} ;; }", Code.UNKNOWN_FIELD),
        ("dimension: x { sql: ${apart.id} ;; }", Code.INACCESSIBLE_VIEW),
        ("dimension: x { sql: ${nowhere.id} ;; }", Code.UNKNOWN_VIEW),
        ("dimension: x { sql: ${at} ;; }", Code.UNKNOWN_FIELD),
        ("dimension: x { sql: ${at_date} ;; }", None),
        ("dimension: x { sql: ${EXTENDED} ;; }", Code.UNKNOWN_FIELD),
        (
            "dimension: x { sql: {% if id._in_query %} ${nope} {% else %} 1 {% endif %} ;; }",
            Code.UNKNOWN_FIELD,
        ),
        ("dimension: x { sql: {{ _user_attributes['${nope}'] }} ;; }", None),
        ("dimension: x { sql: ${x} ;; }", Code.CIRCULAR_REFERENCE),
        ("dimension: x { sql: ${n} ;; }", Code.AGGREGATE_IN_DIMENSION),
        ("dimension: x { sql: ${w.n} ;; }", Code.AGGREGATE_IN_DIMENSION),
        ("dimension: x { sql: ${p} ;; }", Code.UNKNOWN_FIELD),
        ('dimension: x { case: { when: { sql: ${nope} ;; label: "a" } } }', Code.UNKNOWN_FIELD),
        ("dimension: x { order_by_field: nope }", Code.UNKNOWN_FIELD),
        ("dimension: x { required_fields: [w.nope] }", Code.UNKNOWN_FIELD),
        ("dimension: x { required_access_grants: [g] }", Code.UNKNOWN_GRANT),
        ("measure: x { type: number sql: ${n} / ${w.n} ;; }", None),
        ("measure: x { type: sum sql: ${n} ;; }", Code.NESTED_AGGREGATE),
        ("measure: x { type: sum sql: ${w.n} ;; }", Code.NESTED_AGGREGATE),
        ('measure: x { type: count filters: [nope: "1"] }', Code.UNKNOWN_FIELD),
        ('measure: x { type: count filters: [n: "1"] }', Code.NESTED_AGGREGATE),
        ('measure: x { type: count filters: [w.name: "1", at_date: "1 day"] }', None),
        ("measure: x { type: list list_field: nope }", Code.UNKNOWN_FIELD),
        ("measure: x { type: count label_from_parameter: id }", Code.NOT_A_PARAMETER),
        ("measure: x { type: count label_from_parameter: p }", None),
    ],
)
def test_references(assemble_model: AssembleModel, field: str, code: Code | None) -> None:
    found = assemble_model(
        f"""
        view: v {{
          dimension: id {{}}
          dimension_group: at {{ timeframes: [date] }}
          measure: n {{ type: count }}
          parameter: p {{ type: string }}
          {field}
        }}
        view: w {{
          dimension: id {{ primary_key: yes }} dimension: name {{}} measure: n {{ type: count }}
        }}
        view: apart {{ dimension: id {{}} }}
        explore: v {{ {JOIN} }}
        """
    )
    errors = found.project.models["shop"].explores["v"].errors
    assert [(each.code, each.field) for each in errors] == ([(code, "v.x")] if code else [])
    assert [each.code for each in found.diagnostics] == ([code] if code else [])


def test_the_place_of_a_reference(assemble_model: AssembleModel) -> None:
    found = assemble_model("view: v {\n  dimension: a {\n    sql: 1 +\n      ${nope} ;;\n  }\n}")
    place = found.diagnostics[0].place
    assert (place.line, place.column) == (5, 7)
    assert place.span.end - place.span.start == len("${nope}")


def test_circles_through_several_views(assemble_model: AssembleModel) -> None:
    found = assemble_model(
        f"""
        view: v {{
          dimension: id {{}} dimension: a {{ sql: ${{w.b}} ;; }}
          dimension: ok {{ sql: ${{w.id}} ;; }}
        }}
        view: w {{
          dimension: id {{}} dimension: b {{ sql: ${{c}} ;; }} dimension: c {{ sql: ${{v.a}} ;; }}
        }}
        explore: v {{ {JOIN} }}
        """
    )
    errors = found.project.models["shop"].explores["v"].errors
    assert {each.code for each in errors} == {Code.CIRCULAR_REFERENCE}
    assert {each.field for each in errors} == {"v.a", "w.b", "w.c"}


def test_a_long_chain_is_no_circle(assemble_model: AssembleModel) -> None:
    chain = "".join(f"dimension: d{n} {{ sql: ${{d{n + 1}}} ;; }}\n" for n in range(5000))
    found = assemble_model(f"view: v {{ {chain} dimension: d5000 {{}} }}\nexplore: v {{}}")
    assert found.diagnostics == ()


def test_a_view_may_use_its_own_name_under_an_alias(assemble_model: AssembleModel) -> None:
    found = assemble_model(
        "view: v { dimension: a {} dimension: b { sql: ${v.a} ;; } }\nexplore: x { from: v }"
    )
    assert found.diagnostics == ()


def test_a_mistake_in_a_joined_view_shows_in_every_explore(
    assemble_model: AssembleModel,
) -> None:
    explores = "".join(
        f"explore: e{n} {{ from: v {JOIN.replace('v.', f'e{n}.')} }}" for n in range(10)
    )
    found = assemble_model(
        f"""
        view: v {{ dimension: id {{}} }}
        view: w {{ dimension: id {{}} dimension: bad {{ sql: ${{gone}} ;; }} }}
        {explores}
        """
    )
    (once,) = found.diagnostics
    assert (once.explore, once.field) == ("e0", "w.bad")
    listed = model.check(found.project)
    assert [each.explore for each in listed] == [f"e{n}" for n in range(10)]
    for explore in found.project.models["shop"].explores.values():
        assert [each.field for each in explore.errors] == ["w.bad"]
        assert {"w.id", "w.bad"} <= set(explore.fields)


@pytest.mark.parametrize(
    ("view", "code"),
    [
        ("sql_table_name: t ;; derived_table: { sql: SELECT 1 ;; }", Code.TABLE_AND_DERIVED_TABLE),
        ("derived_table: { sql: SELECT 1 ;; explore_source: v {} }", Code.TABLE_AND_DERIVED_TABLE),
        ("derived_table: { sql: SELECT * FROM ${nope.SQL_TABLE_NAME} ;; }", Code.UNKNOWN_VIEW),
        ("derived_table: { sql: SELECT * FROM ${w.SQL_TABLE_NAME} ;; }", None),
        (
            "derived_table: { sql: SELECT * FROM ${v.SQL_TABLE_NAME} ;; }",
            Code.CIRCULAR_REFERENCE,
        ),
        ("derived_table: { explore_source: nope {} }", Code.UNKNOWN_EXPLORE),
        ("derived_table: { sql: x ;; datagroup_trigger: d }", Code.UNKNOWN_DATAGROUP),
        (
            "dimension: k { primary_key: yes } dimension: l { primary_key: yes }",
            Code.MULTIPLE_PRIMARY_KEYS,
        ),
        ("set: s { fields: [nope] }", Code.UNKNOWN_FIELD),
        ("set: s { fields: [nope*] }", Code.UNKNOWN_SET),
        ("set: s { fields: [t*] } set: t { fields: [s*] }", Code.CIRCULAR_REFERENCE),
        ("set: s { fields: [elsewhere.x, elsewhere.y*, -a, ALL_FIELDS*] } dimension: a {}", None),
        ("required_access_grants: [g]", Code.UNKNOWN_GRANT),
    ],
)
def test_views(assemble_model: AssembleModel, view: str, code: Code | None) -> None:
    found = assemble_model(
        f"view: v {{ dimension: id {{}} {view} }}\nview: w {{}}\nexplore: v {{}}"
    )
    assert [each.code for each in found.diagnostics] == ([code] if code else [])
    errors = found.project.models["shop"].explores["v"].errors
    assert [(each.code, each.field) for each in errors] == ([(code, "")] if code else [])


def test_thousands_of_mistakes_stay_cheap(assemble_model: AssembleModel) -> None:
    fields = "".join(f"dimension: d{n} {{ sql: ${{dd{n}x}} ;; }}\n" for n in range(2000))
    found = assemble_model(f"view: v {{ {fields} }}\nexplore: v {{}}")
    assert len(found.diagnostics) == 2000


@pytest.mark.parametrize(
    ("fields", "more", "is_reported"),
    [
        ("", "", True),
        ("fields: [ALL_FIELDS*, -v.x]", "", False),
        ("fields: [v.id]", "", False),
        ("fields: [ALL_FIELDS*, -v.x]", "dimension: y { sql: ${x} ;; }", True),
        ("fields: [ALL_FIELDS*, -v.x]", "dimension: y { sql: ${v.x} ;; }", True),
        ("fields: [ALL_FIELDS*, -v.x, -v.y]", "dimension: y { sql: ${x} ;; }", False),
        ("fields: [ALL_FIELDS*, -v.x] sql_always_where: ${v.x} = 1 ;;", "", True),
    ],
)
def test_what_an_explore_leaves_out_need_not_fit_it(
    assemble_model: AssembleModel, fields: str, more: str, is_reported: bool
) -> None:
    found = assemble_model(
        f"""
        view: v {{ dimension: id {{}} dimension: x {{ sql: ${{apart.id}} ;; }} {more} }}
        view: apart {{ dimension: id {{}} }}
        explore: v {{ {fields} }}
        """
    )
    errors = [(each.code, each.field) for each in found.diagnostics]
    assert errors == ([(Code.INACCESSIBLE_VIEW, "v.x")] if is_reported else [])


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("${id} || '${'", "${'"),
        ("1 + ${id::number} + 1", "${id::number}"),
        ("{% if id._in_query %} ${i d} {% endif %}", "${i d}"),
        ("${ id } + ${v.id}", ""),
    ],
)
def test_what_looks_like_a_reference_and_is_none(
    assemble_model: AssembleModel, sql: str, named: str
) -> None:
    text = f"view: v {{\n dimension: id {{}}\n dimension: x {{ sql: {sql} ;; }} }} explore: v {{}}"
    found = assemble_model(text)
    said = [(each.code, each.severity, each.field, each.message) for each in found.diagnostics]
    message = (
        f"`{named}` is no reference and goes to the database as it stands;"
        " write `${field}` or `${view.field}`"
    )
    expected = (Code.UNKNOWN_FIELD, "warning", "v.x", message)
    assert said == ([expected] if named else [])
    if named:
        place = found.diagnostics[0].place
        assert (place.line, place.column) == (4, 1 + text.split("\n")[2].index(named))
