"""Custom filters: a Looker expression that is yes or no becomes a condition.

In: the text of a query's `filter_expression`. Out: a condition on rows, or on groups if it looks at
measures. Dates are taken in the zone of the question, as they are shown. Rule: Looker functions and
operators.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from lookalike.compiler import syntax
from lookalike.compiler.model import OF_ANSWER, Dimension, Measure, filter_kind
from lookalike.compiler.query import dimensions
from lookalike.compiler.query.conditions import ANY, all_of, any_of, bare, holds
from lookalike.compiler.query.names import find_name, suggestion
from lookalike.compiler.query.plans import (
    Call,
    Compare,
    Condition,
    Expression,
    Holds,
    IsNull,
    Literal,
    Not,
    Predicate,
)
from lookalike.compiler.query.references import References
from lookalike.compiler.syntax import Code

filters = syntax.filter_expressions
expressions = syntax.expressions


class CustomFilter(Struct, frozen=True):
    """`measured` says that it is about groups."""

    condition: Condition
    measured: bool


def condition(text: str, references: References) -> CustomFilter:
    """What `text` asks for."""
    tree = expressions.read(text, references.budget)
    if isinstance(tree, expressions.ExpressionError):
        _refuse(Code.INVALID_EXPRESSION, tree.message, references)
        return CustomFilter(ANY, False)
    measured = any(_is_measure(field, references) for field in _fields(tree))
    return CustomFilter(_condition(tree, references), measured)


_MOST_WHENS = 100
_YES_OR_NO = frozenset({"contains", "if", "case", "coalesce"})
_TRUNCATED = {"month": "trunc_months", "hour": "trunc_hours", "minute": "trunc_minutes"}
_AS_STORED = frozenset({"raw", "time", "second"})
_UNUSABLE = frozenset(
    {"day_of_week", "fiscal_quarter_of_year", "month_name", "quarter_of_year", "time_of_day"}
)


def _fields(tree: expressions.Expression) -> Iterator[str]:
    match tree:
        case expressions.FieldReference(field=field):
            yield field
        case expressions.Unary(of=of):
            yield from _fields(of)
        case expressions.Binary(left=left, right=right):
            yield from _fields(left)
            yield from _fields(right)
        case expressions.Junction(of=several) | expressions.FunctionCall(arguments=several):
            for each in several:
                yield from _fields(each)


def _is_measure(written: str, references: References) -> bool:
    name = find_name(references.explore, written)
    return name is not None and isinstance(references.explore.references[name], Measure)


def _condition(tree: expressions.Expression, references: References) -> Condition:
    """`tree` where yes or no is wanted."""
    match tree:
        case expressions.Truth(value):
            return ANY if value else Holds(Literal(False))
        case expressions.Junction(operator, several):
            parts = [_condition(each, references) for each in several]
            return all_of(parts) if operator == "AND" else any_of(parts)
        case expressions.Unary("NOT", of):
            return Not(_condition(of, references))
        case expressions.Binary(operator, left, right) if operator in _COMPARISONS:
            return _compare(operator, left, right, references)
        case expressions.FunctionCall("is_null", (of,)):
            return IsNull(_value(of, references))
        case expressions.FunctionCall("matches_filter", (field, wanted)):
            return _matches(field, wanted, references)
        case expressions.FunctionCall(name) if name in _YES_OR_NO:
            return holds(_value(tree, references))
        case expressions.FieldReference(field) if _is_yesno(field, references):
            return holds(_value(tree, references))
    _refuse(
        Code.INVALID_EXPRESSION, "it must be yes or no, such as `${view.field} > 5`", references
    )
    return ANY


_COMPARISONS = {"=": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def _compare(
    operator: str,
    left: expressions.Expression,
    right: expressions.Expression,
    references: References,
) -> Condition:
    if isinstance(right, expressions.Null) and operator in ("=", "!="):
        null = IsNull(_value(left, references))
        return null if operator == "=" else Not(null)
    return Compare(_value(left, references), _COMPARISONS[operator], _value(right, references))


def _matches(
    field: expressions.Expression, wanted: expressions.Expression, references: References
) -> Condition:
    assert isinstance(field, expressions.FieldReference)
    assert isinstance(wanted, expressions.Text)
    name = _name(field.field, references)
    return ANY if name is None else references.matches(name, wanted.value, name)


def _value(tree: expressions.Expression, references: References) -> Expression:
    """`tree` where any value will do."""
    match tree:
        case expressions.Number(value):
            return Literal(value)
        case expressions.Text(value) | expressions.Truth(value):
            return Literal(value)
        case expressions.Null():
            return Literal(None)
        case expressions.FieldReference():
            return _field(tree, references)
        case expressions.Unary("-", of):
            return Call("-", (Literal(Decimal(0)), _value(of, references)))
        case expressions.Binary(operator, left, right) if operator not in _COMPARISONS:
            return Call(operator, (_value(left, references), _value(right, references)))
        case expressions.FunctionCall(name) if name not in ("is_null", "matches_filter"):
            return _call(tree, references)
    return Predicate(_condition(tree, references))


def _call(call: expressions.FunctionCall, references: References) -> Expression:
    match call.name:
        case "case":
            return _cases(call, references)
        case "if":
            wanted, then, otherwise = call.arguments
            return Call(
                "if",
                (
                    Predicate(_condition(wanted, references)),
                    _value(then, references),
                    _value(otherwise, references),
                ),
            )
        case "now":
            return Literal(references.calendar.now.replace(tzinfo=None, fold=0))
        case "date" | "date_time":
            written = _written_date(call)
            if written is not None:
                return written
        case "rand":
            _refuse(Code.NOT_SUPPORTED, "the function `rand` is not supported", references)
    return Call(call.name, tuple(_value(each, references) for each in call.arguments))


def _cases(call: expressions.FunctionCall, references: References) -> Expression:
    if len(call.arguments) > _MOST_WHENS:
        _refuse(Code.TOO_LARGE, f"`case` takes at most {_MOST_WHENS} arms", references)
        return Literal(None)
    result: Expression = Literal(None)
    for arm in reversed(call.arguments):
        if isinstance(arm, expressions.FunctionCall) and arm.name == "when":
            wanted, then = arm.arguments
            met = Predicate(_condition(wanted, references))
            result = Call("if", (met, _value(then, references), result))
        else:
            result = _value(arm, references)
    return result


def _written_date(call: expressions.FunctionCall) -> Literal | None:
    """A date made of plain numbers; null if there is no such day."""
    parts = [part.value for part in call.arguments if isinstance(part, expressions.Number)]
    if len(parts) < len(call.arguments):
        return None
    try:
        whole = [int(part) for part in parts]
        return Literal(date(*whole) if call.name == "date" else datetime(*whole))  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return Literal(None)


def _field(reference: expressions.FieldReference, references: References) -> Expression:
    name = _name(reference.field, references)
    if name is None:
        return Literal(None)
    if reference.suffix:
        message = f"`${{{reference.field}:{reference.suffix}}}` works in table calculations only"
        _refuse(Code.INVALID_EXPRESSION, message, references)
    field = references.explore.references[name]
    references.need(name.partition(".")[0])
    if isinstance(field, Dimension) and field.timeframe:
        return _time(field, name, references)
    return bare(references.shown(name))


def _time(field: Dimension, name: str, references: References) -> Expression:
    if field.timeframe in _UNUSABLE:
        _refuse(Code.NOT_SUPPORTED, f"`{name}` can't be used in an expression", references)
    if field.timeframe not in _AS_STORED and field.timeframe not in _TRUNCATED:
        return bare(references.shown(name))
    column = dimensions.column(field, name.partition(".")[0], references)
    moment = dimensions.in_zone(column, field, references.calendar)
    moment = dimensions.later(moment, field, references.move.of(name))
    truncate = _TRUNCATED.get(field.timeframe)
    return Call(truncate, (moment,)) if truncate else moment


def _is_yesno(written: str, references: References) -> bool:
    name = find_name(references.explore, written)
    if name is None:
        return True  # said elsewhere
    return filter_kind(references.explore.references[name]) is filters.FilterKind.YESNO


def _name(written: str, references: References) -> str | None:
    name = find_name(references.explore, written)
    field = None if name is None else references.explore.references[name]
    if name is None:
        hint = suggestion(written, references.explore.fields) or "correct the name"
        explore = references.explore.name
        message = f"there is no field `{syntax.shown(written)}` in explore `{explore}`; {hint}"
        _refuse(Code.UNKNOWN_FIELD, message, references)
    elif not isinstance(field, Dimension | Measure):
        message = f"`{written}` is a filter or a parameter and has no value of its own"
        _refuse(Code.INVALID_EXPRESSION, message, references)
        return None
    elif isinstance(field, Measure) and field.is_of_answer:
        message = f"`{written}` {OF_ANSWER}"
        _refuse(Code.INVALID_EXPRESSION, message, references)
        return None
    return name


def _refuse(code: Code, message: str, references: References) -> None:
    references.report.error(code, f"can't use the filter expression: {message}")
