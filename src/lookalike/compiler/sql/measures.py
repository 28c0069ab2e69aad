"""Measures: one aggregate over rows becomes SQL.

Fan-out is not known here; see `distinct.py`. Rule: LookML reference, "Measure types".
"""

from __future__ import annotations

from decimal import Decimal

from lookalike.compiler.query import plans
from lookalike.compiler.sql.dialect import Dialect
from lookalike.compiler.sql.pen import Pen


def text(of: plans.Aggregate, pen: Pen) -> str:
    """`of` over the rows of the statement, each row counted."""
    if of.of is None and of.where is None:
        return "COUNT(*)"
    return over(of, filtered_value(of, pen), pen.dialect)


def filtered_value(of: plans.Aggregate, pen: Pen) -> str:
    """What `of` aggregates, null on the rows that its condition leaves out."""
    value = "1" if of.of is None else pen.expression(of.of)
    if of.where is None:
        return value
    return f"CASE WHEN {pen.condition(of.where)} THEN {value} ELSE NULL END"


def over(of: plans.Aggregate, value: str, dialect: Dialect, only: str = "") -> str:
    """The aggregate of `of` over `value`, on rows where `only` holds."""
    aggregate = _aggregate(of, value, dialect, only)
    if of.precision is None:
        return aggregate
    return dialect.rounded.format(x=aggregate, n=of.precision)


def _aggregate(of: plans.Aggregate, value: str, dialect: Dialect, only: str) -> str:
    match of.kind:
        case "count_distinct":
            return f"COUNT(DISTINCT {value}){_filter(only)}"
        case "sum":
            return f"COALESCE(SUM({value}){_filter(only)}, 0)"
        case "average":
            return f"AVG({value}){_filter(only)}"
        case "median":
            return dialect.median.format(x=value, only=_filter(only))
        case "percentile":
            p, q = _fractions(of.fraction)
            return dialect.percentile.format(x=value, p=p, q=q, only=_filter(only))
        case "list":
            only = f"{only} AND {value} IS NOT NULL" if only else f"{value} IS NOT NULL"
            return dialect.listed.format(x=value, only=_filter(only))
        case kind:
            return f"{kind.upper()}({value}){_filter(only)}"


def _filter(only: str) -> str:
    return f" FILTER (WHERE {only})" if only else ""


def _fractions(fraction: float) -> tuple[str, str]:
    """`fraction` and what is left to one, as exact decimals.

    Databases multiply them with the number of rows in binary floating point and round up, so that
    0.07 of 100 rows would be the eighth. A nudge far below one row keeps it the seventh; halves and
    quarters are exact without it.
    """
    p = min(max(Decimal(repr(fraction)), Decimal(0)), Decimal(1))
    nudge = Decimal(0) if (p * 1024) % 1 == 0 else Decimal("1e-12")
    return f"{p - nudge:f}", f"{1 - p - nudge:f}"
