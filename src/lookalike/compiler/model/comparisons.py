"""Comparisons: whether a measure of type `period_over_period` can compare what it names.

Rule: Looker documentation, "Period-over-period measures".
"""

from __future__ import annotations

from lookalike.compiler.model.fields import AGGREGATES, Dimension, Field, Measure
from lookalike.compiler.model.findings import quote
from lookalike.compiler.model.periods import PeriodComparison, finest_timeframe

BASED_ON, BASED_ON_TIME = "based_on", "based_on_time"


def incomparable(comparison: PeriodComparison, key: str, target: Field) -> str:
    """Why parameter `key` may not name `target`, as a sentence about that; empty if it may."""
    reason = _base(comparison, target) if key == BASED_ON else _time(comparison, target)
    return f"{quote(target.name)} {reason}" if reason else ""


def _base(comparison: PeriodComparison, target: Field) -> str:
    if not isinstance(target, Measure):
        return "is no measure"
    if target.type not in AGGREGATES:
        return f"is of type `{target.type}`; name a measure that aggregates rows, such as a `sum`"
    if target.type == "list" and comparison.shows_change:
        return "is a list and can't be subtracted; write `kind: previous`"
    return ""


def _time(comparison: PeriodComparison, target: Field) -> str:
    if not isinstance(target, Dimension) or not target.timeframe or target.case is not None:
        return "is no dimension of a time"
    if target.group or not comparison.period:
        return ""  # a question selects the timeframe
    if not finest_timeframe((target.timeframe,)):
        return "is no day, and no week, month, quarter or year"
    reason = comparison.misfit(target.timeframe)
    return f"can't be compared with a {comparison.words} before: {reason}" if reason else ""
