"""Tiers: the labels of the buckets, in order, with the one for null.

They are the labels that `compiler/sql` writes into the statement; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise

UNDEFINED = "Undefined"


def tier_labels(bounds: Sequence[str], style: str) -> tuple[str, ...]:
    """`bounds` are numbers as written; n of them make n+1 buckets and one for null."""
    numbers = [number for number in map(_number, bounds) if number is not None]
    if not numbers:
        return (UNDEFINED,)
    if style == "integer":
        return _integer(numbers)
    floats = [_float(number) for number in numbers]
    if style == "relational":
        between = [f">= {low} and < {high}" for low, high in pairwise(floats)]
        return (f"< {floats[0]}", *between, f">= {floats[-1]}", UNDEFINED)
    ranges = [f"[{low},{high})" for low, high in pairwise(floats)]
    labels = [f"(-inf,{floats[0]})", *ranges, f"[{floats[-1]},inf)"]
    if style == "interval":
        return (*labels, UNDEFINED)
    return (*(f"T{at:02} {label}" for at, label in enumerate(labels)), f"TXX {UNDEFINED}")


def _integer(bounds: Sequence[Decimal]) -> tuple[str, ...]:
    between = [
        f"{low:f} to {high - 1:f}" if high - 1 != low else f"{low:f}"
        for low, high in pairwise(bounds)
    ]
    return (f"Below {bounds[0]:f}", *between, f"{bounds[-1]:f} or Above", UNDEFINED)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _float(bound: Decimal) -> str:
    """Thresholds are printed as floats."""
    text = f"{bound:f}"
    return text if "." in text else f"{text}.0"
