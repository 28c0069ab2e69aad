"""Distinct: an aggregate in which every distinct key counts once, in place or in two stages.

In place it is one expression among others of a grouped SELECT, which any SELECT can hold but
databases do slowly. In two stages an inner SELECT makes one row of each key, and the outer
aggregates those rows. Either way rows whose key is null never count, and the numbers are exact:
nothing is hashed or rounded.
"""

from __future__ import annotations

from lookalike.compiler.query import plans
from lookalike.compiler.sql import measures
from lookalike.compiler.sql.dialect import Dialect
from lookalike.compiler.sql.pen import Pen

KEY = "distinct_key"


def in_place(of: plans.Aggregate, pen: Pen) -> str:
    """`of` as one expression."""
    if of.key is None:
        return measures.text(of, pen)
    key = pen.operand(of.key)
    condition = None if of.where is None else pen.condition(of.where)
    if is_native(of):
        return f"COUNT(DISTINCT {key if condition is None else _case(condition, key)})"
    where = f"{key} IS NOT NULL" + ("" if condition is None else f" AND ({condition})")
    value = "1" if of.of is None else pen.expression(of.of)
    rows = pen.dialect.distinct_rows.format(key=key, value=value, where=where)
    return f"(SELECT {measures.over(of, 'd.v', pen.dialect)} FROM {rows})"


def is_native(of: plans.Aggregate) -> bool:
    """Has SQL an aggregate for it, COUNT(DISTINCT …)?"""
    return of.kind == "count" and of.of is None


def inner(of: plans.Aggregate, pen: Pen) -> str | None:
    """The value of one key, by an aggregate over its rows; None if the key is all there is to know.

    A key has one value, so any of its rows would do; the least is at least the same one each time.
    """
    if of.of is None and of.where is None:
        return None
    return f"MIN({measures.filtered_value(of, pen)})"


def outer(of: plans.Aggregate, value: str | None, dialect: Dialect) -> str:
    """`of` over keys, each with its `value` beside the key itself."""
    if value is None:
        return measures.over(of, KEY, dialect)
    return measures.over(of, value, dialect, f"{KEY} IS NOT NULL")


def _case(condition: str, key: str) -> str:
    return f"CASE WHEN {condition} THEN {key} ELSE NULL END"
