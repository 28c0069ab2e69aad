"""Conditions: a condition of a plan becomes the text of a boolean expression.

Rule: Looker filter expressions; a negated filter lets nulls pass.
"""

from __future__ import annotations

from lookalike.compiler.query import plans
from lookalike.compiler.sql import timeframes
from lookalike.compiler.sql.pen import Pen

_OPPOSITE = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def text(condition: plans.Condition, pen: Pen) -> str:
    """`condition` as SQL. Only `(…)`, comparisons and the like: safe on either side of AND, OR and
    NOT."""
    match condition:
        case plans.Compare(left=left, operator=operator, right=right, case_sensitive=sensitive):
            return _compare(left, operator, right, sensitive, pen)
        case plans.IsIn():
            return _is_in(condition, "IN", pen)
        case plans.Like():
            return _like(condition, "LIKE", pen)
        case plans.IsNull(left=left):
            return f"{pen.operand(left)} IS NULL"
        case plans.Same(left=left, right=right):
            return pen.dialect.same.format(x=pen.operand(left), y=pen.operand(right))
        case plans.SameDay() | plans.SoFar():
            return timeframes.condition(condition, pen)
        case plans.IsBlank(left=left):
            operand = pen.operand(left)
            return f"({operand} IS NULL OR LENGTH({operand}) = 0)"
        case plans.Not(of=of):
            return _not(of, pen)
        case plans.All(of=several):
            return _joined(several, " AND ", "1=1", pen)
        case plans.AnyOf(of=several):
            return _joined(several, " OR ", "1=0", pen)
        case plans.Holds(of=of):
            return pen.operand(of)


def _compare(
    left: plans.Expression, operator: str, right: plans.Expression, sensitive: bool, pen: Pen
) -> str:
    if sensitive or not _is_text(right):
        return f"{pen.operand(left)} {operator} {pen.operand(right)}"
    return f"UPPER({pen.expression(left)}) {operator} UPPER({pen.expression(right)})"


def _is_text(expression: plans.Expression) -> bool:
    return not isinstance(expression, plans.Literal) or isinstance(expression.value, str)


def _is_in(condition: plans.IsIn, operator: str, pen: Pen) -> str:
    values = [pen.literal(value) for value in condition.values]
    if condition.case_sensitive or not any(_is_text(value) for value in condition.values):
        return f"{pen.operand(condition.left)} {operator} ({', '.join(values)})"
    uppers = ", ".join(f"UPPER({value})" for value in values)
    return f"UPPER({pen.expression(condition.left)}) {operator} ({uppers})"


def _like(condition: plans.Like, operator: str, pen: Pen) -> str:
    if not condition.case_sensitive:
        operator = operator.replace("LIKE", "ILIKE")
    pattern = pen.literal(plans.Literal(condition.pattern))
    # Without a backslash the clause would only keep databases from using the pattern's prefix.
    escape = " ESCAPE '\\'" if "\\" in condition.pattern else ""
    return f"{pen.operand(condition.left)} {operator} {pattern}{escape}"


def _not(of: plans.Condition, pen: Pen) -> str:
    match of:
        case plans.Compare(
            left=left, operator=operator, right=plans.Literal(value=value) as right
        ) if value is not None:
            opposite = _compare(left, _OPPOSITE[operator], right, of.case_sensitive, pen)
            return f"({opposite} OR {pen.operand(left)} IS NULL)"
        case plans.IsIn(left=left, values=values) if all(each.value is not None for each in values):
            return f"({_is_in(of, 'NOT IN', pen)} OR {pen.operand(left)} IS NULL)"
        case plans.Like(left=left):
            return f"({_like(of, 'NOT LIKE', pen)} OR {pen.operand(left)} IS NULL)"
        case plans.IsNull(left=left):
            return f"{pen.operand(left)} IS NOT NULL"
        case plans.IsBlank(left=left):
            operand = pen.operand(left)
            return f"({operand} IS NOT NULL AND LENGTH({operand}) <> 0)"
        case _:
            return f"NOT COALESCE({text(of, pen)}, FALSE)"


def _joined(several: tuple[plans.Condition, ...], word: str, none: str, pen: Pen) -> str:
    if not several:
        return none
    if len(several) == 1:
        return text(several[0], pen)
    return "(" + word.join(text(each, pen) for each in several) + ")"
