"""Values: what a database returned, as the API shows it.

In: a value of an engine. Out: None, a boolean, a number or text. Databases that write rows as text
themselves write the same: dates and times as ISO text with a blank between and no needless zeros,
bytes in base64, and nothing where a number is no number.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite

_AS_THEY_ARE = frozenset({type(None), bool, int, str})


def plain(value: object) -> object:
    """The value as JSON can hold it, decimals apart: these stay exact."""
    if type(value) in _AS_THEY_ARE:
        return value
    match value:
        case float():
            return value if isfinite(value) else None
        case Decimal():
            return value if value.is_finite() else None
        case datetime():
            return _clock(value.isoformat(" "), value.microsecond)
        case date():
            return value.isoformat()
        case time():
            return _clock(value.isoformat(), value.microsecond)
        case bytes():
            return b64encode(value).decode()
    return str(value)


def text(value: object) -> str:
    """A plain value as the text of a cell; null has none."""
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value, "f")
    return repr(value)


def _clock(iso: str, microsecond: int) -> str:
    return iso.rstrip("0") if microsecond else iso
