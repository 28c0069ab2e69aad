"""Labels: dimensions whose value is a label chosen by conditions: yesno, tier, case; and location.

Rule: LookML reference, "Dimension types".
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from lookalike.compiler.query import plans
from lookalike.compiler.sql import literals
from lookalike.compiler.sql.pen import Pen


def yesno(of: plans.YesNo, pen: Pen) -> str:
    return f"CASE WHEN {pen.condition(of.condition)} THEN 'Yes' ELSE 'No' END"


def tier(of: plans.Tier, pen: Pen) -> str:
    """The bucket's label, or with `sorting` its position; a value that is null or no number is
    Undefined."""
    bounds = [number for number in map(_number, of.bounds) if number is not None]
    names = _tier_names(of.style, bounds)
    if of.sorting:
        names = _positions(len(names))
    value = pen.operand(of.of)
    if not bounds:
        return literals.text(names[-1], pen.dialect)
    written = [literals.text(bound, pen.dialect) for bound in bounds]
    tests = [f"{value} < {written[0]}"]
    tests += [f"{value} >= {low} AND {value} < {high}" for low, high in pairwise(written)]
    tests.append(f"{value} >= {written[-1]}")
    return _case(tests, names[:-1], names[-1], pen)


def cases(of: plans.Cases, pen: Pen) -> str:
    """The label of the first case that holds, or with `sorting` its position."""
    tests = [pen.condition(condition) for condition, _ in of.whens]
    if not of.sorting:
        return _case(tests, [label for _, label in of.whens], of.otherwise, pen)
    positions = _positions(len(tests) + 1)
    return _case(tests, positions, positions[-1] if of.otherwise is not None else None, pen)


def location(of: plans.Location, pen: Pen) -> str:
    type_ = pen.dialect.text_type
    latitude, longitude = pen.expression(of.latitude), pen.expression(of.longitude)
    return f"CAST({latitude} AS {type_}) || ',' || CAST({longitude} AS {type_})"


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _tier_names(style: str, bounds: Sequence[Decimal]) -> list[str]:
    """The labels from the lowest bucket up, with that of no bucket last."""
    if not bounds:
        return ["Undefined"]
    if style == "integer":
        return _integer_names(bounds)
    floats = [_as_float(bound) for bound in bounds]
    if style == "relational":
        middle = [f">= {low} and < {high}" for low, high in pairwise(floats)]
        return [f"< {floats[0]}", *middle, f">= {floats[-1]}", "Undefined"]
    edges = ["-inf", *floats, "inf"]
    names = [f"{'[' if i else '('}{low},{high})" for i, (low, high) in enumerate(pairwise(edges))]
    if style == "interval":
        return [*names, "Undefined"]
    return [*(f"T{i:02d} {name}" for i, name in enumerate(names)), "TXX Undefined"]


def _integer_names(bounds: Sequence[Decimal]) -> list[str]:
    middle = [
        f"{low:f} to {high - 1:f}" if high - 1 != low else f"{low:f}"
        for low, high in pairwise(bounds)
    ]
    return [f"Below {bounds[0]:f}", *middle, f"{bounds[-1]:f} or Above", "Undefined"]


def _as_float(bound: Decimal) -> str:
    text = f"{bound:f}"
    return text if "." in text else f"{text}.0"


def _positions(n: int) -> list[str]:
    width = len(str(n - 1))
    return [str(i).zfill(width) for i in range(n)]


def _case(tests: Sequence[str], names: Sequence[str], otherwise: str | None, pen: Pen) -> str:
    arms = [
        f"WHEN {test} THEN {literals.text(name, pen.dialect)}"
        for test, name in zip(tests, names, strict=False)
    ]
    if otherwise is not None:
        arms.append(f"ELSE {literals.text(otherwise, pen.dialect)}")
    if not tests:
        return literals.text(otherwise, pen.dialect)
    return f"CASE {' '.join(arms)} END"
