"""Views without a primary key: told before anybody asks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lookalike.compiler import model
from lookalike.compiler.syntax import Code, Severity

AssembleModel = Callable[[str], model.Assembled]

COUNT = "measure: n { type: count }"
KEY = "dimension: id { primary_key: yes }"


@pytest.mark.parametrize(
    ("a", "b", "relationship", "more", "views"),
    [
        (KEY, COUNT, "many_to_one", "", ["b"]),
        (KEY, COUNT, "many_to_many", "", ["b"]),
        (KEY, COUNT, "one_to_one", "", []),
        (KEY, COUNT, "one_to_many", "", []),
        (COUNT, COUNT, "one_to_many", "", ["a"]),
        (COUNT, KEY, "many_to_many", "", ["a"]),
        (COUNT, COUNT, "many_to_many", "", ["a", "b"]),
        (KEY, COUNT + KEY, "many_to_one", "", []),
        (KEY, "measure: n { type: max sql: 1 ;; }", "many_to_one", "", []),
        (KEY, "measure: n { type: count_distinct sql: 1 ;; }", "many_to_one", "", []),
        (KEY, "measure: n { type: number sql: 1 ;; }", "many_to_one", "", []),
        (KEY, "measure: n { type: average sql: 1 ;; }", "many_to_one", "", ["b"]),
        (KEY, COUNT, "many_to_one", "symmetric_aggregates: no", []),
        (KEY, COUNT, "many_to_one", "fields: [a.id]", []),
    ],
)
def test_what_needs_a_key(
    assemble_model: AssembleModel, a: str, b: str, relationship: str, more: str, views: list[str]
) -> None:
    found = assemble_model(
        f"view: a {{ dimension: b_id {{}} {a} }}\nview: b {{ dimension: no {{}} {b} }}\n"
        f"explore: a {{ {more} join: b {{ sql_on: ${{a.b_id}} = ${{b.no}} ;;"
        f" relationship: {relationship} }} }}"
    )
    assert [each.place.line - 1 for each in found.diagnostics] == ["-ab".index(v) for v in views]
    for each, view in zip(found.diagnostics, views, strict=True):
        assert (each.code, each.severity) == (Code.MISSING_PRIMARY_KEY, Severity.WARNING)
        assert f"view `{view}` has no primary key, and explore `a`" in each.message
        assert f"`{view}.n`" in each.message
    assert found.project.models["shop"].explores["a"].errors == ()


def test_through_other_views(assemble_model: AssembleModel) -> None:
    """`c` hangs on `b` one to one, and rows of `b` come many times."""
    found = assemble_model(
        f"""
        view: a {{ dimension: id {{ primary_key: yes }} }}
        view: b {{ dimension: id {{ primary_key: yes }} }}
        view: c {{ {COUNT} }}
        explore: a {{
          join: b {{ sql_on: ${{a.id}} = ${{b.id}} ;; relationship: many_to_one }}
          join: c {{ sql_on: ${{b.id}} = 1 ;; relationship: one_to_one }}
        }}
        """
    )
    assert [each.place.line for each in found.diagnostics] == [5]


def test_a_view_is_told_once(assemble_model: AssembleModel) -> None:
    join = "join: b { sql_on: 1 ;; relationship: many_to_one }"
    explores = "".join(f"explore: e{n} {{ from: a {join} }}\n" for n in range(5))
    found = assemble_model(f"view: a {{ {KEY} }}\nview: b {{ {COUNT} }}\n{explores}")
    (once,) = found.diagnostics
    assert "explore `e0`" in once.message
    assert model.check(found.project) == found.diagnostics
