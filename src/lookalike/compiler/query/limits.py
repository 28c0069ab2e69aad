"""Limits: how many rows an answer has at most, and how many its statement asks for."""

from __future__ import annotations

from lookalike.compiler.model import Measure
from lookalike.compiler.query.query import Query
from lookalike.compiler.query.references import References


def of_answer(question: Query) -> int | None:
    """None for all rows."""
    return None if question.limit < 0 else question.limit


def of_statement(question: Query, references: References) -> int | None:
    """One row more where a share of the total is shown: it is unknown if rows are left out. Rule:
    LookML reference, `percent_of_total`."""
    limit = of_answer(question)
    resolved, fields = references.resolved, references.explore.references
    shown = (fields[name] for name in (*resolved.measures, *resolved.behind))
    if limit is None or not any(
        isinstance(field, Measure) and field.type == "percent_of_total" for field in shown
    ):
        return limit
    return limit + 1
