"""Values: what a database returned, as the API shows it.

In: a value of an engine. Out: None, a boolean, a number or text. Databases that write rows as text
themselves write the same: dates and times as ISO text with a blank between and no needless zeros,
bytes in base64, and nothing where a number is no number.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import Any

_AS_THEY_ARE = frozenset({type(None), bool, int, str})


def plain(values: Sequence[object]) -> Sequence[object]:
    """The values of one column as JSON can hold them, decimals apart: these stay exact."""
    if _AS_THEY_ARE.issuperset(map(type, values)):
        return values
    return [
        value if (kind := type(value)) in _AS_THEY_ARE else _PLAIN.get(kind, str)(value)
        for value in values
    ]


def text(value: object) -> str:
    """A plain value as the text of a cell; null has none."""
    return _TEXT.get(type(value), repr)(value)


def _finite_float(value: float) -> float | None:
    return value if isfinite(value) else None


def _finite_decimal(value: Decimal) -> Decimal | None:
    return value if value.is_finite() else None


def _moment(value: datetime) -> str:
    iso = value.isoformat(" ")
    return iso.rstrip("0") if value.microsecond else iso


def _clock_time(value: time) -> str:
    iso = value.isoformat()
    return iso.rstrip("0") if value.microsecond else iso


def _base64(value: bytes) -> str:
    return b64encode(value).decode()


def _decimal(value: Decimal) -> str:
    return format(value, "f")


_PLAIN: dict[type, Callable[[Any], object]] = {
    float: _finite_float,
    Decimal: _finite_decimal,
    date: date.isoformat,
    datetime: _moment,
    time: _clock_time,
    bytes: _base64,
}

_TEXT: dict[type, Callable[[Any], str]] = {
    str: str,
    type(None): lambda nothing: "",
    bool: lambda value: "true" if value else "false",
    Decimal: _decimal,
}
