"""Distinct: an aggregate in which every distinct key counts once, in place or in two stages.

In place it is one expression among others of a grouped SELECT, which any SELECT can hold but
databases do slowly. In two stages an inner SELECT makes one row of each key, and the outer
aggregates those rows. Either way rows whose key is null never count, and the numbers are exact:
nothing is hashed or rounded.
"""

from __future__ import annotations

from msgspec import Struct

from lookalike.compiler.query import plans
from lookalike.compiler.sql import measures
from lookalike.compiler.sql.pen import Pen

KEY = "distinct_key"


class Staged(Struct, frozen=True):
    """`inner` aggregates within one key, None if the key is all there is to know; `outer`
    aggregates the keys."""

    inner: str | None
    outer: str


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


def staged(of: plans.Aggregate, value_name: str, pen: Pen) -> Staged:
    """`of` in two stages, over an inner column `value_name` beside one named `KEY`.

    A key has one value, so any of its rows would do; the least is at least the same one each time.
    """
    only = f"{KEY} IS NOT NULL"
    if of.of is None and of.where is None:
        return Staged(None, measures.over(of, KEY, pen.dialect))
    inner = f"MIN({measures.filtered_value(of, pen)})"
    return Staged(inner, measures.over(of, value_name, pen.dialect, only))


def _case(condition: str, key: str) -> str:
    return f"CASE WHEN {condition} THEN {key} ELSE NULL END"
