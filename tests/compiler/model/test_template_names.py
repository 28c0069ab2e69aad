"""Which fields the Liquid of a text names."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lookalike.compiler.model import template_names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% condition a %} x {% endcondition %}", ["condition a"]),
        ("{%- condition v.a -%} x {% endcondition %}", ["condition v.a"]),
        ("{% condition %} x {% endcondition %}", []),
        ("{% parameter p %}{% date_start f %}", ["parameter p", "date_start f"]),
        ("{{ p._parameter_value | upcase }}", ["_parameter_value p"]),
        ("{% if v.a._in_query or _w._in_query %}", ["_in_query v.a", "_in_query _w"]),
        ("{{ v.a._rendered_value }} {{ value }}", ["_rendered_value v.a"]),
        ("{{ _filters['v.a'] }} {{ row[ \"b\" ] }}", ["_filters v.a", "row b"]),
        ("v.a._in_query, _filters['b']", []),
        ("{% comment %}{{ v.a._value }}{% endcomment %}{{ b._value }}", ["_value b"]),
        ("{% raw %}{% comment %}{{ a._value }}{% endraw %}{{ b._value }}", ["_value b"]),
        ("{{ a._value }} {{ b._value", ["_value a"]),
        ("{{ a._value {% if b._in_query %}", ["_in_query b"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    found = list(template_names.names_in(text))
    assert [f"{each.word} {each.written}" for each in found] == expected
    assert all(each.written in text[each.start : each.end] for each in found)


@given(st.text("{}% a", max_size=30))
def test_tags_are_those_that_are_closed(text: str) -> None:
    tags = list(template_names.tags_in(text))
    assert tags == list(template_names.tags_in(text + " {{"))
    for start, end in tags:
        assert text[start : start + 2] + text[end - 2 : end] in ("{%%}", "{{}}")
    assert all(one[1] <= other[0] for one, other in pairwise(tags))
