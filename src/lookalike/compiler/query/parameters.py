"""Parameters: the value that the asker chose, checked, as templates compare it and as it is
inserted into SQL.

Only an unquoted parameter becomes SQL text, and only if its value is one the developer listed, a
plain word or a number with dots in it: a viewer must not name a column of a table of theirs.
Rule: LookML reference, parameter.
"""

from __future__ import annotations

import re
from decimal import Decimal

from lookalike.compiler import syntax
from lookalike.compiler.model import Parameter
from lookalike.compiler.query.conditions import read
from lookalike.compiler.query.intervals import Calendar, bound, moment
from lookalike.compiler.query.plans import Expression, Literal

filters = syntax.filter_expressions


def plain(text: str) -> str:
    """The value in a filter that can only say "is equal to": quotes and escapes undone."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('\\"', '"')
    return _ESCAPE.sub(r"\1", text)


def refusal(parameter: Parameter, value: str) -> str:
    """Why `value` may not be chosen; empty if it may."""
    allowed = [choice.value for choice in parameter.allowed_values]
    if allowed:
        return "" if value in allowed else f"choose one of {_listed(allowed)}"
    readable, hint = _SHAPES.get(parameter.type, (_ANYTHING, ""))
    if not readable.fullmatch(value):
        return hint
    if parameter.type in ("date", "date_time") and _start(value) is None:
        return "write a date such as `2024-01-31`"
    return ""


def compared(parameter: Parameter, value: str) -> str:
    """As a template's author compares it: a string wears quotes."""
    return f"'{value}'" if parameter.type == "string" else value


def inserted(parameter: Parameter, value: str, calendar: Calendar) -> Expression:
    """As SQL, unless it is unquoted. `value` has passed `refusal`, or is the developer's own
    default."""
    match parameter.type:
        case "number" if _NUMBER.fullmatch(value):
            return Literal(Decimal(value))
        case "yesno":
            return Literal(value.lower() in ("yes", "true"))
        case "date" | "date_time":
            return _date(parameter.type, value, calendar)
    return Literal(value)


_ESCAPE = re.compile(r"\^(.)", re.DOTALL)
_ANYTHING = re.compile(r".*", re.DOTALL)
_NUMBER = re.compile(r"-?(\d{1,60}(\.\d{0,60})?|\.\d{1,60})([eE][-+]?\d{1,3})?")
_SHAPES = {
    "unquoted": (
        re.compile(r"\w+|\d+(\.\d+)+", re.ASCII),
        "use letters, digits and `_` only, or digits with single dots between them",
    ),
    "number": (_NUMBER, "write a number"),
    "yesno": (re.compile(r"(?i)yes|no|true|false"), "write `yes` or `no`"),
}


def _listed(values: list[str]) -> str:
    shown = ", ".join(f"`{value}`" for value in values[:10])
    return shown if len(values) <= 10 else f"{shown} …"


def _start(value: str) -> syntax.filter_expressions.Instant | None:
    expression = read(value, filters.FilterKind.DATE)
    if isinstance(expression, filters.DateFilter) and len(expression.includes) == 1:
        term = expression.includes[0]
        return term.start if isinstance(term, filters.DateRange) else None
    return None


def _date(type_: str, value: str, calendar: Calendar) -> Expression:
    start = _start(value)
    if start is None:
        return Literal(None)
    try:
        datatype = "date" if type_ == "date" else "datetime"
        return bound(moment(start, calendar), calendar, datatype, convert=True)
    except (OverflowError, ValueError):
        return Literal(None)
