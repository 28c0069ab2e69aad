"""What is called plain is right for the library that reads Liquid; what people write is plain."""

from __future__ import annotations

import random

import pytest

from lookalike.compiler import syntax
from lookalike.compiler.syntax.liquid import is_plain

PLAIN = (
    "no Liquid",
    "{{ value }}",
    "{{- rendered_value -}}",
    "{{ orders.status._value | append: 'a', \"b\" | upcase }}",
    "{{ _user_attributes['locale'] }} of {{ _filters['orders.status'] | url_encode }}",
    "{% if value > 10.5 and v.a._in_query or b contains 'x' %}a{% elsif c %}b{% else %}{% endif %}",
    "{% unless a == b.c %}{% endunless %}",
    "{% condition v.since %} ${TABLE}.at {% endcondition %}",
    "{% parameter unit %} {% date_start v.since %} {% date_end since %}",
    "{% case v.unit._parameter_value %} {% when 'day', \"d\" %}1{% when 2 or 3 %}2{% endcase %}",
    "{% assign a = value | times: 2 %}{{ a }}",
    "{% comment %} why %} {% endcomment %}",
)
STRANGE = (
    "{{ value",
    "{{ }}",
    "{% if %}{% endif %}",
    "{% if a %}",
    "{% endif %}",
    "{% else %}",
    "{% if a %}{% endunless %}",
    "{% if a %}{% else %}{% else %}{% endif %}",
    "{% case a %}x{% when 1 %}{% endcase %}",
    "{% if a | upcase %}{% endif %}",
    "{{ a and b }}",
    "{{ a | }}",
    "{{{ a }}}",
    "{% when 1 %}",
    "{% for a in b %}{% endfor %}",
    "{% include 'a' %}",
)
_PIECES = (
    *(piece for text in (*PLAIN, *STRANGE) for piece in text.replace("}", "}\0").split("\0")),
    *("{{", "}}", "{%", "%}", "-%}", "|", ":", ",", ".", "'", '"', "[", "]", "==", "(1..2)", "-1"),
    *(" if ", " elsif ", " case ", " when ", " and ", " contains ", " a.b "),
    " ",
    "\n",
)


@pytest.mark.parametrize("text", PLAIN)
def test_what_people_write_is_plain(text: str) -> None:
    assert is_plain(text)
    assert syntax.liquid.mistake(text) is None


@pytest.mark.parametrize("text", STRANGE)
def test_the_rest_takes_a_parse(text: str) -> None:
    assert not is_plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "{{ a }}" * 5_001,
        "{{ a }}" + "x" * 100_000,
        "{% if a %}" * 31 + "{% endif %}" * 31,
    ],
)
def test_what_is_large_takes_a_parse(text: str) -> None:
    assert not is_plain(text)


def test_nothing_plain_is_a_mistake() -> None:
    rng = random.Random(1)
    texts = ("".join(rng.choices(_PIECES, k=rng.randrange(1, 7))) for _ in range(20_000))
    plain = [text for text in texts if syntax.liquid.has_liquid(text) and is_plain(text)]
    assert len(plain) > 100
    assert [text for text in plain if syntax.liquid.mistake(text) is not None] == []
