"""The YAML of dashboards: plain values and places, whatever the text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lookalike.compiler import syntax
from lookalike.compiler.syntax import Budget, Code, Severity
from tests.patience import PATIENCE


def _value(text: str) -> object:
    parsed = syntax.yaml.parse(text)
    assert parsed.root is not None, parsed.diagnostics
    return syntax.yaml.value_of(parsed.root)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", True),
        ("Off", False),
        ("'yes'", "yes"),
        ("~", None),
        ("12", 12),
        ("-1.5", -1.5),
        ("1_", 1),
        ("1__000", 1000),
        ("1_.5", 1.5),
        ("012", "012"),
        ("12:30", "12:30"),
        ("2024-01-01", "2024-01-01"),
        ("1e999", "1e999"),
        ("9" * 5_000, "9" * 5_000),
        ("!!python/object/apply:os.system [x]", ["x"]),
        ("!ruby/hash:ActiveSupport::HashWithIndifferentAccess {a: 1}", {"a": 1}),
        ("{a: &x {b: 1}, c: *x}", {"a": {"b": 1}, "c": {"b": 1}}),
        ("{a: &x {b: 1, c: 2}, d: {<<: *x, c: 3}}", {"a": {"b": 1, "c": 2}, "d": {"b": 1, "c": 3}}),
        ("\ufeff# first\n---\n- a: é\n", [{"a": "é"}]),
        ("a: |\n  x\n  y\n", {"a": "x\ny\n"}),
    ],
)
def test_values(text: str, value: object) -> None:
    assert _value(text) == value


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("- a: [1,\n- b: 2", Code.SYNTAX, 2, 1),
        ("- a: 'x\n", Code.SYNTAX, 2, 1),
        ("\t- a: 1", Code.SYNTAX, 1, 1),
        ("a: *x", Code.SYNTAX, 1, 4),
        ("a: &x [*x]", Code.SYNTAX, 1, 8),
        ("a: \x00", Code.SYNTAX, 1, 4),
        ("a: \ud800", Code.SYNTAX, 1, 4),
        ("? [a]\n: b", Code.SYNTAX, 1, 3),
        ("a: 1\nb: 2\na: 3", Code.DUPLICATE_PARAMETER, 3, 1),
        ("a: 1\n---\nb: 2", Code.SYNTAX, 2, 1),
        ("# old\n\n- view: x\n  fields:\n  - a: {b", Code.OLD_LOOKML, 3, 3),
        ("- connection: db\n- include: '*'", Code.OLD_LOOKML, 1, 3),
    ],
)
def test_mistakes(text: str, code: Code, line: int, column: int) -> None:
    (found,) = syntax.yaml.parse(text).diagnostics
    assert (found.code, found.place.line, found.place.column) == (code, line, column)


def test_places_are_those_of_the_text() -> None:
    text = "\ufeff- ä: {b: 'c'}\n"
    root = syntax.yaml.parse(text).root
    assert isinstance(root, syntax.yaml.Items)
    (node,) = root.nodes
    assert isinstance(node, syntax.yaml.Pairs)
    ((key, inner),) = node.pairs
    assert text[key.start : key.end] == "ä"
    assert text[inner.start : inner.end] == "{b: 'c'}"


def _laughs(levels: int) -> str:
    lines = ["a0: &a0 [1,1,1,1,1,1,1,1,1,1]"]
    lines += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        _laughs(9),
        f"a: &a '{'x' * 100_000}'\nb: [{','.join(['*a'] * 1_000)}]",
        "[" * 500 + "]" * 500,
        "- " * 500 + "a",
        "a0: &a0 []\n" + "\n".join(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 200)),
        f"{{a: &a {{{','.join(f'k{n}: 1' for n in range(1_000))}}}, b: [{'{<<: *a},' * 1_000}]}}",
    ],
    ids=["laughs", "text", "flow", "block", "chain", "merges"],
)
def test_bombs(text: str) -> None:
    began = time.perf_counter()
    parsed = syntax.yaml.parse(text)
    assert [each.code for each in parsed.diagnostics] == [Code.BUDGET]
    assert parsed.root is None
    assert time.perf_counter() - began < PATIENCE


def test_budget_of_the_caller() -> None:
    (found,) = syntax.yaml.parse("[1, 2, 3, 4]", Budget(steps=5)).diagnostics
    assert (found.code, found.severity) == (Code.BUDGET, Severity.ERROR)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("-:?[]{},&*!|>'\"%@`#~ \n\tab<1é\r\u2028\ufeff"), max_size=60))
def test_never_raises(text: str) -> None:
    parsed = syntax.yaml.parse(text)
    if parsed.root is not None:
        syntax.yaml.value_of(parsed.root)
    for each in parsed.diagnostics:
        assert 0 <= each.place.span.start <= each.place.span.end <= len(text)
        assert each.place.line >= 1
