"""Planner: a question to an explore becomes a Plan, or the diagnostics that say why not."""

from __future__ import annotations

from lookalike.compiler.model import Explore
from lookalike.compiler.query.asker import Asker
from lookalike.compiler.query.plans import Planned
from lookalike.compiler.query.query import Query
from lookalike.compiler.syntax import Budget


def plan(question: Query, explore: Explore, asker: Asker, dialect: str, budget: Budget) -> Planned:
    """Plan `question`. `dialect` is only a name that Liquid may ask for. Warnings come beside a plan."""
    raise NotImplementedError
