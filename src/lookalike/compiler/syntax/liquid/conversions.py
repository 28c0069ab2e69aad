"""Conversions: how Liquid, which is Ruby's, reads any value as a text, a number or a list.

In: a value of a template. Out: the same value as another type. Nothing here looks at its source;
whoever calls keeps track of what a user typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TypeAlias

from liquid.builtin.expressions.primitive import Blank, Empty
from liquid.exceptions import FilterArgumentError

Number: TypeAlias = int | Decimal

# Beyond it a whole number takes too long to read.
MAX_DIGITS = 150

_FLOAT = re.compile(r"-?[0-9]+\.[0-9]+")
_WHOLE = re.compile(r"\s*([+-]?[0-9](?:_?[0-9])*)")


def text(value: object) -> str:
    """As it is written on the page. A text stays the very value it is."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, Blank | Empty):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, range):
        return f"{value.start}..{value.stop - 1}"
    if isinstance(value, list | tuple):
        return "".join(map(text, flat(value)))
    return inspected(value) if isinstance(value, dict) else str(value)


def inspected(value: object) -> str:
    """As Ruby shows a value inside of another."""
    if value is None:
        return "nil"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(inspected, value)) + "]"
    if isinstance(value, dict):
        pairs = (f"{inspected(key)}=>{inspected(item)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    return text(value)


def argument(value: object) -> str:
    """As a filter reads what it takes for a text: a list is not joined there, but shown."""
    if isinstance(value, str):
        return value
    return inspected(value) if isinstance(value, list | tuple) else text(value)


def number(value: object) -> Number:
    """What a filter counts with: the digits that a text begins with, zero for no number."""
    if type(value) is int or isinstance(value, Decimal):
        return value
    if isinstance(value, float):
        return Decimal(repr(value))
    if not isinstance(value, str):
        return 0
    if _FLOAT.fullmatch(value.strip()):
        return Decimal(_within(value.strip()))
    found = _WHOLE.match(value)
    return _read(found[1]) if found else 0


def whole(value: object) -> int:
    """A count or an index. Raises `FilterArgumentError` for what is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    written = text(value).strip()
    found = _WHOLE.fullmatch(written)
    if not found:
        raise FilterArgumentError("a whole number is needed here", token=None)
    return _read(found[1])


def plain(value: Number) -> int | float:
    """A result of counting."""
    return value if isinstance(value, int) else float(value)


def items(value: object) -> list[Any]:
    """What a filter for lists goes through: a single value is a list of one."""
    if isinstance(value, list | tuple):
        return flat(value)
    if isinstance(value, range):
        return list(value)
    if value is None or isinstance(value, Blank | Empty):
        return []
    return [value]


def is_same(left: object, right: object) -> bool:
    """Equal in Ruby, where a boolean is no number."""
    return isinstance(left, bool) == isinstance(right, bool) and left == right


def flat(values: Iterable[Any]) -> list[Any]:
    """Lists in a list opened, all the way down."""
    opened: list[Any] = []
    for value in values:
        if isinstance(value, list | tuple):
            opened += flat(value)
        else:
            opened.append(value)
    return opened


def _read(digits: str) -> int:
    return int(_within(digits))


def _within(digits: str) -> str:
    if len(digits) > MAX_DIGITS:
        message = f"a number may have {MAX_DIGITS} digits at most"
        raise FilterArgumentError(message, token=None)
    return digits


def _float(value: float) -> str:
    """Ruby writes `1.0e+15` where Python writes `1000000000000000.0`."""
    if abs(value) >= 1e15 and "e" not in repr(value):
        digits = repr(abs(value)).partition(".")[0]
        mantissa = f"{digits[0]}.{digits[1:].rstrip('0') or '0'}"
        return f"{'-' if value < 0 else ''}{mantissa}e+{len(digits) - 1}"
    mantissa, e, exponent = repr(value).partition("e")
    if not e:
        return {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}.get(mantissa, mantissa)
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}e{exponent}"
