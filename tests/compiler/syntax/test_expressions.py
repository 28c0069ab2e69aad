"""Looker expressions: how they are read, and what a mistake is told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lookalike.compiler.syntax import expressions
from lookalike.compiler.syntax.budget import Budget
from lookalike.compiler.syntax.expressions import (
    Binary,
    Expression,
    ExpressionError,
    FieldReference,
    FunctionCall,
    Junction,
    Null,
    Number,
    Text,
    Truth,
    Unary,
)


def shown(of: Expression) -> str:
    """The tree as text with all its brackets."""
    match of:
        case Number(value):
            return str(value)
        case Text(value):
            return repr(value)
        case Truth(value):
            return "yes" if value else "no"
        case Null():
            return "null"
        case FieldReference(field, suffix):
            return f"{field}:{suffix}" if suffix else field
        case Unary(operator, inner):
            return f"({operator} {shown(inner)})"
        case Binary(operator, left, right):
            return f"({shown(left)} {operator} {shown(right)})"
        case Junction(operator, parts):
            return "(" + f" {operator} ".join(map(shown, parts)) + ")"
        case FunctionCall(name, arguments):
            return f"{name}({', '.join(map(shown, arguments))})"


def read(text: str) -> str:
    result = expressions.read(text, Budget())
    assert not isinstance(result, ExpressionError), result
    return shown(result)


def mistake(text: str) -> ExpressionError:
    result = expressions.read(text, Budget())
    assert isinstance(result, ExpressionError), result
    return result


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("1=2", "(1 = 2)"),
        (
            '${orders.status} = "complete" AND ${orders.total} > 5',
            "((orders.status = 'complete') AND (orders.total > 5))",
        ),
        (
            'if(is_null(${a.b}) = no OR contains(${a.c}, "x"), no, yes)',
            "if(((is_null(a.b) = no) OR contains(a.c, 'x')), no, yes)",
        ),
        ('matches_filter(${a.b}, "7 days")', "matches_filter(a.b, '7 days')"),
        ("yes OR no AND null", "(yes OR (no AND null))"),
        ("yes AND no OR yes AND yes", "((yes AND no) OR (yes AND yes))"),
        ("yes AND no AND yes", "(yes AND no AND yes)"),
        ("(yes OR no) AND yes", "((yes OR no) AND yes)"),
        ("NOT ${a.b} = 1 AND yes", "((NOT (a.b = 1)) AND yes)"),
        ("NOT NOT yes", "(NOT (NOT yes))"),
        ("1 - 2 - 3 * 4 / 5", "((1 - 2) - ((3 * 4) / 5))"),
        ("-2 * -${x}", "((- 2) * (- x))"),
        ("1 + 2 >= 3 * 4", "((1 + 2) >= (3 * 4))"),
        ("1!=2", "(1 != 2)"),
        ("${a.b:total} / ${a.b:row_total}", "(a.b:total / a.b:row_total)"),
        ("${ a.b }", "a.b"),
        (".5 + 1.25 + 1e3", "((0.5 + 1.25) + 1E+3)"),
        (r'concat("say \"x\"", "\\")', "concat('say \"x\"', '\\\\')"),
        ('"yes" = yes', "('yes' = yes)"),
        ("now()", "now()"),
        ('case(when(${a.b} > 1, "x"), when(yes, "y"), "z")', None),
        ("# a remark\ncoalesce(${a.b}, # another\n 0)", "coalesce(a.b, 0)"),
        ("diff_days(${a.b}, trunc_months(now()))", "diff_days(a.b, trunc_months(now()))"),
    ],
)
def test_trees(text: str, tree: str | None) -> None:
    expected = tree or "case(when((a.b > 1), 'x'), when(yes, 'y'), 'z')"
    assert read(text) == expected


def test_fields_know_where_they_stand() -> None:
    text = "1 + ${a.b}"
    result = expressions.read(text, Budget())
    assert isinstance(result, Binary)
    assert isinstance(result.right, FieldReference)
    assert text[result.right.start : result.right.end] == "${a.b}"


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ("", "the expression is empty", 0),
        ("1 +", "a value is missing", 3),
        ("1 2", "an operator is missing", 2),
        ("(1", "expected `)`", 2),
        ("1)", "unexpected `)`", 1),
        ("1 = 1 and 2 = 2", "written in capitals: `AND`", 6),
        ("not yes", "written in capitals: `NOT`", 0),
        ("true", "did you mean `yes`?", 0),
        ("${a.b} = complete", '`"complete"`', 9),
        ("${a.b} = 'x'", "double quotes", 9),
        ('"abc', "never closed", 0),
        ("${a b}", "is not a field", 0),
        ("$x", "a field is written", 0),
        ("iff(1,2,3)", "did you mean `if`?", 0),
        ("sum(${a.b})", "table calculations only", 0),
        ("round(1)", "takes 2 arguments, not 1", 0),
        ("concat()", "takes at least 1 argument, not 0", 0),
        ("abs(1,)", "a value is missing", 6),
        ("abs", "needs its arguments", 0),
        ("1 < 2 < 3", "join comparisons", 6),
        ("case(1)", "`case` takes", 0),
        ("case(1, when(yes, 2))", "`case` takes", 0),
        ("if(when(yes, 2), 1, 2)", "stands in `case` only", 0),
        ('matches_filter("x", "7 days")', "takes a field", 0),
        ("1 ; 2", "unexpected `;`", 2),
        ("SELECT 1", "unknown word `SELECT`", 0),
    ],
)
def test_mistakes(text: str, message: str, offset: int) -> None:
    error = mistake(text)
    assert message in error.message
    assert error.offset == offset


@pytest.mark.parametrize(
    "text",
    [
        "(" * 50_000,
        "-" * 50_000,
        "NOT " * 50_000,
        "abs(" * 50_000,
        "if(yes, 1, " * 5_000,
        "1" + "+1" * 50_000,
        '"' + "\\" * 50_001,
        "${" * 50_000,
    ],
    ids=lambda text: text[:12],
)
def test_deep_and_long_texts_are_refused(text: str) -> None:
    mistake(text)


def test_many_alternatives_stay_flat() -> None:
    result = expressions.read(" OR ".join(["${a.b} = 1"] * 5_000), Budget())
    assert isinstance(result, Junction)
    assert len(result.of) == 5_000


def test_reading_spends_the_budget() -> None:
    error = expressions.read("1 = 1 OR " * 100 + "yes", Budget(steps=100))
    assert isinstance(error, ExpressionError)
    assert "too large" in error.message


WORDS = ["${a.b}", "1", '"x"', "yes", "null", "AND", "OR", "NOT", "+", "-", "*", "/", "=", "<", "("]
WORDS += [")", ",", "if(", "case(", "when(", "concat(", "sum(", "#", "\n", "${", '"', "é", "now()"]


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join) | st.text(max_size=40))
def test_no_text_raises(text: str) -> None:
    result = expressions.read(text, Budget())
    if isinstance(result, ExpressionError):
        assert 0 <= result.offset <= len(text)
    else:
        assert shown(result)
