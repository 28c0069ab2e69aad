"""Calls: operators and functions of Looker's expression language become SQL.

Rule: Looker functions and operators.
"""

from __future__ import annotations

from lookalike.compiler.query import plans
from lookalike.compiler.sql.pen import Pen


def text(of: plans.Call, pen: Pen) -> str:
    """`of` by the dialect's template."""
    arguments = [pen.operand(argument) for argument in of.arguments]
    return pen.dialect.calls[of.name].format(*arguments, all=", ".join(arguments))
