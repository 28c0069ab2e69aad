"""Pen: what the writers of single constructs need from the one that writes any expression."""

from __future__ import annotations

from typing import Protocol

from lookalike.compiler.query import plans
from lookalike.compiler.sql.dialect import Dialect


class Pen(Protocol):
    """Writes for one dialect. `operand` puts in parentheses what is not plain."""

    @property
    def dialect(self) -> Dialect: ...

    def expression(self, of: plans.Expression) -> str: ...

    def operand(self, of: plans.Expression) -> str: ...

    def condition(self, of: plans.Condition) -> str: ...

    def literal(self, of: plans.Literal) -> str: ...
