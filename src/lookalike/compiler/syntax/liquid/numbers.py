"""Filters for numbers. Counting is exact: decimals meet decimals, and only a result is a float."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Any

from liquid.exceptions import FilterArgumentError

from lookalike.compiler.syntax.liquid.conversions import Number, number, plain

_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
MAX_PLACES = 30


def absolute(value: object) -> int | float:
    counted = number(value)
    return plain(-counted if counted < 0 else counted)


def at_least(value: object, least: object) -> int | float:
    return plain(max(number(value), number(least)))


def at_most(value: object, most: object) -> int | float:
    return plain(min(number(value), number(most)))


def plus(value: object, other: object) -> int | float:
    return _counted(value, other, lambda a, b: a + b, _EXACT.add)


def minus(value: object, other: object) -> int | float:
    return _counted(value, other, lambda a, b: a - b, _EXACT.subtract)


def times(value: object, other: object) -> int | float:
    return _counted(value, other, lambda a, b: a * b, _EXACT.multiply)


def divided_by(value: object, other: object) -> int | float:
    """Whole numbers divide into whole ones, rounded down."""
    _refuse_zero(other)
    return _counted(value, other, lambda a, b: a // b, _EXACT.divide)


def modulo(value: object, other: object) -> int | float:
    """What is left over has the sign of the divisor."""
    _refuse_zero(other)
    return _counted(value, other, lambda a, b: a % b, _modulo)


def ceil(value: object) -> int:
    return int(Decimal(number(value)).to_integral_value(ROUND_CEILING))


def floor(value: object) -> int:
    return int(Decimal(number(value)).to_integral_value(ROUND_FLOOR))


def rounded(value: object, places: object = 0) -> int | float:
    """Halves go away from zero. Without places, or with none, a whole number."""
    count = max(-MAX_PLACES, min(int(number(places)), MAX_PLACES))
    exact = number(value)
    if isinstance(exact, int) and count >= 0:
        return exact
    result = Decimal(exact).quantize(Decimal(1).scaleb(-count), ROUND_HALF_UP, _EXACT)
    return float(result) if count > 0 else int(result)


def sum_of(values: list[Any]) -> int | float:
    """Of a list of values, whatever reads as a number."""
    total: Number = 0
    for value in values:
        counted = number(value)
        if isinstance(total, int) and isinstance(counted, int):
            total += counted
        else:
            total = _EXACT.add(Decimal(total), Decimal(counted))
    return plain(total)


def _counted(
    value: object,
    other: object,
    of_whole: Callable[[int, int], int],
    of_decimals: Callable[[Decimal, Decimal], Decimal],
) -> int | float:
    left, right = number(value), number(other)
    if isinstance(left, int) and isinstance(right, int):
        return of_whole(left, right)
    return float(of_decimals(Decimal(left), Decimal(right)))


def _modulo(left: Decimal, right: Decimal) -> Decimal:
    quotient = _EXACT.divide(left, right).to_integral_value(ROUND_FLOOR)
    return _EXACT.subtract(left, _EXACT.multiply(quotient, right))


def _refuse_zero(divisor: object) -> None:
    if number(divisor) == 0:
        raise FilterArgumentError("divided by 0", token=None)


NUMBER_FILTERS: Mapping[str, Callable[..., Any]] = {
    "abs": absolute,
    "at_least": at_least,
    "at_most": at_most,
    "ceil": ceil,
    "divided_by": divided_by,
    "floor": floor,
    "minus": minus,
    "modulo": modulo,
    "plus": plus,
    "round": rounded,
    "times": times,
}
