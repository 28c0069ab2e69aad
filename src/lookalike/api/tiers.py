"""Tiers: the labels of the buckets, in order, with the one for null. Rule:
LookML reference, `tiers` and `style`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise

UNDEFINED = "Undefined"


def tier_labels(bounds: Sequence[str], style: str) -> tuple[str, ...]:
    """`bounds` are numbers as written; n of them make n+1 buckets and one for null."""
    if not bounds:
        return (UNDEFINED,)
    if style == "integer":
        return _integer(bounds)
    floats = [_float(bound) for bound in bounds]
    if style == "relational":
        between = [f">= {low} and < {high}" for low, high in pairwise(floats)]
        return (f"< {floats[0]}", *between, f">= {floats[-1]}", UNDEFINED)
    ranges = [f"[{low},{high})" for low, high in pairwise(floats)]
    labels = [f"(-inf,{floats[0]})", *ranges, f"[{floats[-1]},inf)"]
    if style == "classic":
        return (*(f"T{at:02} {label}" for at, label in enumerate(labels)), f"TXX {UNDEFINED}")
    return (*labels, UNDEFINED)


def _integer(bounds: Sequence[str]) -> tuple[str, ...]:
    between = [f"{low} to {_before(high)}" for low, high in pairwise(bounds)]
    return (f"Below {bounds[0]}", *between, f"{bounds[-1]} or Above", UNDEFINED)


def _before(bound: str) -> str:
    """The last whole number below a bound."""
    try:
        return str(Decimal(bound) - 1)
    except InvalidOperation:
        return bound


def _float(bound: str) -> str:
    """Thresholds are printed as floats."""
    try:
        return str(float(bound))
    except ValueError:
        return bound
