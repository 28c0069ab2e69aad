"""Literals: a value becomes the text of one SQL literal. The only file that turns a value into SQL.

Invariant: whatever the value, the text is one literal; it never opens, closes or comments out
anything around it.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from math import isfinite, isinf

from lookalike.compiler.sql.dialect import Dialect

_NOT_UNICODE = re.compile("[\ud800-\udfff]")
_WIDEST_FIXED = 40  # digits before or behind the point that are written out; beyond, a float


def text(
    value: str | int | float | Decimal | bool | date | datetime | None, dialect: Dialect
) -> str:
    """`value` as a literal of `dialect`."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return _string(value, dialect)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _float(value, dialect)
    if isinstance(value, Decimal):
        return _decimal(value, dialect)
    if isinstance(value, datetime):
        return f"TIMESTAMP '{value.replace(tzinfo=None).isoformat(sep=' ')}'"
    return f"DATE '{value.isoformat()}'"


def identifier(name: str) -> str:
    """`name` as a quoted identifier."""
    return '"' + _NOT_UNICODE.sub("\ufffd", name).replace("\0", "\ufffd").replace('"', '""') + '"'


def _string(value: str, dialect: Dialect) -> str:
    # A database that can't hold NUL holds no text that equals this one; U+FFFD keeps it so.
    value = _NOT_UNICODE.sub("\ufffd", value)
    if not dialect.holds_nul:
        value = value.replace("\0", "\ufffd")
    return "'" + value.replace("'", "''") + "'"


def _float(value: float, dialect: Dialect) -> str:
    if isfinite(value):
        return repr(value)
    word = "NaN" if value != value else ("Infinity" if value > 0 else "-Infinity")
    return f"CAST('{word}' AS {dialect.float_type})"


def _decimal(value: Decimal, dialect: Dialect) -> str:
    if not value.is_finite():
        return _float(float("nan") if value.is_nan() else float(value), dialect)
    exponent = value.as_tuple().exponent
    if (
        isinstance(exponent, int)
        and abs(exponent) <= _WIDEST_FIXED
        and value.adjusted() < _WIDEST_FIXED
    ):
        return format(value, "f")
    nearest = float(value)
    if isinf(nearest):
        return _float(nearest, dialect)
    return f"{nearest!r}"
