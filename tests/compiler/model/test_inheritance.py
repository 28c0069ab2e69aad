"""`extends` and refinements."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lookalike.compiler import model, syntax
from lookalike.compiler.model import Dimension, Measure, Parameter
from lookalike.compiler.syntax import Code


def view_of(found: model.Assembled, name: str) -> model.View:
    return found.project.models["shop"].views[name]


def test_a_child_overlays_what_it_writes(
    assemble_model: Callable[[str], model.Assembled],
) -> None:
    found = assemble_model(
        """
        view: parent {
          sql_table_name: warehouse.parent ;;
          dimension: a { label: "A of parent" hidden: yes tags: ["x", "y"] sql: ${TABLE}.one ;; }
          dimension: b { type: number }
        }
        view: child {
          extends: [parent]
          dimension: a { label: "A of child" tags: ["z"] }
          dimension: c {}
        }
        """
    )
    child = view_of(found, "child")
    assert list(child.fields) == ["a", "b", "c"]
    a = child.fields["a"]
    assert isinstance(a, Dimension)
    assert a.sql is not None
    assert (a.label, a.hidden, a.tags, a.sql.text) == ("A of child", True, ("z",), "${TABLE}.one")
    assert a.view == "child"
    assert child.sql_table_name is not None
    assert child.sql_table_name.text == "warehouse.parent"
    # Each thing is where it is written: the field in the child, its SQL in the parent.
    assert (a.place.line, a.sql.place.line) == (10, 5)
    assert child.fields["b"].place.line == 6
    assert view_of(found, "parent").fields["a"].label == "A of parent"


def test_later_parents_win_and_parents_come_refined(
    assemble_model: Callable[[str], model.Assembled],
) -> None:
    found = assemble_model(
        """
        view: child { extends: [one, two] }
        view: one { dimension: a { label: "one" } dimension: b { label: "one" } }
        view: two { dimension: a { label: "two" } }
        view: +two { dimension: a { description: "refined" } }
        view: old { extends: one }
        """
    )
    child = view_of(found, "child")
    assert (child.fields["a"].label, child.fields["a"].description) == ("two", "refined")
    assert child.fields["b"].label == "one"
    assert view_of(found, "old").fields["a"].label == "one"


def test_refinements_change_the_view_wherever_it_is_used(
    assemble_model: Callable[[str], model.Assembled],
) -> None:
    found = assemble_model(
        """
        view: +v { dimension: a { label: "first" } dimension: new {} }
        view: v { dimension: a { label: "base" sql: ${TABLE}.x ;; } }
        view: +v { dimension: a { label: "second" } }
        view: +v {}
        view: heir { extends: [v] }
        explore: v {}
        """
    )
    explore = found.project.models["shop"].explores["v"]
    assert list(explore.fields) == ["v.a", "v.new"]
    assert explore.fields["v.a"].label == "second"
    assert view_of(found, "heir").fields["a"].label == "second"
    assert explore.fields["v.a"].place.line == 4  # a refinement does not move what it refines
    assert found.diagnostics == ()


def test_precedence_of_a_refinement_with_parents(
    assemble_model: Callable[[str], model.Assembled],
) -> None:
    found = assemble_model(
        """
        view: v { extends: [a] dimension: own { label: "own" } dimension: x { label: "own" } }
        view: a { dimension: both { label: "a" } }
        view: b { dimension: both { label: "b" } dimension: own { label: "b" description: "b" } }
        view: +v { extends: [b] dimension: x { label: "refined" } }
        """
    )
    fields = view_of(found, "v").fields
    assert {name: field.label for name, field in fields.items()} == {
        "both": "b",
        "own": "own",
        "x": "refined",
    }
    assert fields["own"].description == "b"


def test_what_adds_up(assemble_model: Callable[[str], model.Assembled]) -> None:
    found = assemble_model(
        """
        view: parent {
          dimension: kind {}
          dimension: d { link: { label: "one" url: "u1" } drill_fields: [kind] }
          measure: m { type: count filters: [kind: "a", d: "b"] }
          parameter: p { allowed_value: { value: "x" } }
        }
        view: child {
          extends: [parent]
          dimension: d { link: { label: "two" url: "u2" } drill_fields: [d] }
          measure: m { filters: { field: d value: "c" } }
          parameter: p { allowed_value: { label: "Y" value: "y" } }
        }
        explore: parent {
          access_filter: { field: parent.kind user_attribute: one }
          join: j { from: child sql_on: 1=1 ;; relationship: one_to_one view_label: "J" }
        }
        explore: child {
          extends: [parent]
          access_filter: { field: child.d user_attribute: two }
          join: j { view_label: "K" }
          join: k { from: parent type: cross relationship: many_to_many }
        }
        """
    )
    fields = view_of(found, "child").fields
    d, m, p = fields["d"], fields["m"], fields["p"]
    assert isinstance(d, Dimension)
    assert isinstance(m, Measure)
    assert isinstance(p, Parameter)
    assert [link.label for link in d.links] == ["one", "two"]
    assert d.drill_fields == ("d",)
    assert m.filters == (("kind", "a"), ("d", "c"))
    assert [each.value for each in p.allowed_values] == ["x", "y"]
    explore = found.project.models["shop"].explores["child"]
    assert [each.user_attribute for each in explore.access_filters] == ["one", "two"]
    assert [(join.name, join.view_label) for join in explore.joins] == [("j", "K"), ("k", None)]
    assert explore.joins[0].relationship == "one_to_one"
    assert explore.base == "child"  # the name of the base view is not inherited


def test_extended_inserts_what_the_parent_wrote(
    assemble_model: Callable[[str], model.Assembled],
) -> None:
    found = assemble_model(
        """
        view: v { dimension: a { sql: one ;; } set: s { fields: [a] } dimension: b {} }
        view: +v { dimension: a { sql: (${EXTENDED} + 1) ;; } }
        view: +v { dimension: a { sql: f(${EXTENDED}) ;; } set: s { fields: [EXTENDED*, b] } }
        """
    )
    view = view_of(found, "v")
    assert view.fields["a"].sql is not None
    assert view.fields["a"].sql.text == "f((one + 1))"
    assert view.sets["s"].fields == ("a", "b")


def test_a_template_is_not_listed_and_its_mark_not_inherited(
    assemble_model: Callable[[str], model.Assembled],
) -> None:
    found = assemble_model(
        """
        explore: template { extension: required view_name: fact join: gone { sql_on: 1=1 ;; } }
        explore: real {
          extends: [template] from: orders join: gone { from: orders relationship: one_to_one }
        }
        view: orders { extends: [shape] dimension: id {} }
        view: shape { extension: required measure: total { type: sum } measure: n { type: count } }
        """
    )
    shop = found.project.models["shop"]
    assert list(shop.explores) == ["real"]
    real = shop.explores["real"]
    assert (real.base, real.view.name) == ("fact", "orders")
    assert shop.views["shape"].extension_required
    assert not shop.views["orders"].extension_required
    # The template's measure lacks its SQL; that counts only where it is used.
    assert {each.field for each in found.diagnostics} == {"fact.total"}


def test_writing_one_of_two_ways_drops_the_other(
    assemble_model: Callable[[str], model.Assembled],
) -> None:
    found = assemble_model(
        """
        view: parent { derived_table: { sql: SELECT 1 ;; } dimension: n { value_format_name: usd } }
        view: child { extends: [parent] sql_table_name: t ;; dimension: n { value_format: "0" } }
        """
    )
    child = view_of(found, "child")
    assert child.derived_table is None
    field = child.fields["n"]
    assert isinstance(field, Dimension)
    assert (field.value_format, field.value_format_name) == ("0", None)
    assert found.diagnostics == ()


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("view: a { extends: [b] }\nview: b { extends: [a] }", Code.CIRCULAR_EXTENDS, 3),
        ("view: a { extends: [a] }", Code.CIRCULAR_EXTENDS, 2),
        ("view: a { extends: [gone] }", Code.UNKNOWN_VIEW, 2),
        ("view: a {}\nexplore: a { extends: [gone] }", Code.UNKNOWN_EXPLORE, 3),
        ("view: +a {}", Code.REFINEMENT_WITHOUT_BASE, 2),
        ("explore: +a {}", Code.REFINEMENT_WITHOUT_BASE, 2),
        (
            'view: a {}\nview: +a { final: Yes }\nview: +a { label: "x" }',
            Code.REFINEMENT_AFTER_FINAL,
            4,
        ),
        (
            'view: a {}\nview: +a { final: yes }\nview: +a { label: "x" }',
            Code.REFINEMENT_AFTER_FINAL,
            4,
        ),
        ("view: a {}\nview: a {}", Code.DUPLICATE_OBJECT, 3),
        ("view: a { dimension: x {}\n dimension: x {} }", Code.DUPLICATE_FIELD, 3),
    ],
)
def test_mistakes(
    assemble_model: Callable[[str], model.Assembled], text: str, code: Code, line: int
) -> None:
    found = assemble_model(text)
    (diagnostic,) = found.diagnostics
    assert (diagnostic.code, diagnostic.place.line) == (code, line)


def test_an_unknown_parent_is_an_error_of_the_explore(
    assemble_model: Callable[[str], model.Assembled],
) -> None:
    found = assemble_model(
        """
        view: v { extends: [gone] dimension: a {} }
        explore: v { extends: [gone] }
        """
    )
    (explore,) = found.project.models["shop"].explores.values()
    assert [each.code for each in explore.errors] == [Code.UNKNOWN_EXPLORE, Code.UNKNOWN_VIEW]
    assert {each.explore for each in found.diagnostics} == {"v"}
    assert list(explore.fields) == ["v.a"]


def test_a_long_chain_is_cut_with_a_message(
    assemble_model: Callable[[str], model.Assembled],
) -> None:
    links = "\n".join(f"view: v{n} {{ extends: [v{n + 1}] }}" for n in range(1000))
    found = assemble_model(f"{links}\nview: v1000 {{ dimension: a {{}} }}\nexplore: v990 {{}}")
    assert {each.code for each in found.diagnostics} == {Code.TOO_DEEP}
    assert list(found.project.models["shop"].explores["v990"].fields) == ["v990.a"]


@pytest.mark.parametrize(
    "text",
    [
        "view: v { dimension: a { sql: xxxxxxxxxx ;; } }\n"
        + "view: +v { dimension: a { sql: ${EXTENDED}${EXTENDED} ;; } }\n" * 40,
        "view: v { set: s { fields: [a, b] } }\n"
        + "view: +v { set: s { fields: [EXTENDED*, EXTENDED*] } }\n" * 40,
        "".join(
            f"view: v{n} {{ extends: [v{n + 1}, w{n + 1}] }} view: w{n} {{ extends: [v{n + 1}] }}"
            for n in range(60)
        ),
        "view: v { dimension: a {} "
        + "".join(f"set: s{n} {{ fields: [s{n + 1}*, s{n + 1}*] }} " for n in range(60))
        + "}\nexplore: v { fields: [v.s0*] }",
    ],
    ids=["sql", "list", "diamonds", "sets"],
)
def test_bombs_do_not_go_off(assemble: Callable[..., model.Assembled], text: str) -> None:
    budget = syntax.Budget(steps=300_000, size=300_000)
    found = assemble({"shop.model.lkml": f'connection: "db"\n{text}'}, budget=budget)
    assert all(each.code is not Code.SYNTAX for each in found.diagnostics)


def test_a_mistake_in_a_text_that_grew_is_shown_where_it_was_written(
    assemble: Callable[..., model.Assembled],
) -> None:
    """What `${EXTENDED}` and constants put in has no place of its own: the whole text is shown."""
    refined = "view: +v { dimension: a { sql: f(${EXTENDED}, ${nowhere}) ;; } }"
    found = assemble(
        {
            "manifest.lkml": f'constant: long {{ value: "{"x" * 300}" }}',
            "shop.model.lkml": 'connection: "db"\n'
            'include: "/*.view"\nexplore: v {}\nview: v { dimension: a '
            f"{{ sql: {'y' * 300} ;; }} dimension: b {{ sql: @{{long}} ${{missing}} ;; }} }}",
            "w.view.lkml": refined,
        }
    )
    places = {
        each.message.split("`")[1]: each.place.span
        for each in found.diagnostics
        if each.code is Code.UNKNOWN_FIELD
    }
    assert set(places) == {"nowhere", "missing"}
    shown = refined[places["nowhere"].start : places["nowhere"].end]
    assert shown.strip() == "f(${EXTENDED}, ${nowhere})"
