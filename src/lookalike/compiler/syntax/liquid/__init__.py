"""Liquid: a template and what it may see in, pieces of text with typed holes out.

A text that a user typed is never mixed into SQL: it stays a hole, or is refused.
"""

from lookalike.compiler.syntax.liquid.filters import FILTERS
from lookalike.compiler.syntax.liquid.plain import is_plain
from lookalike.compiler.syntax.liquid.render import has_liquid, mistake, render
from lookalike.compiler.syntax.liquid.rendered import (
    ConditionHole,
    DateBoundHole,
    Hole,
    ParameterHole,
    Pieces,
    QuotedHole,
    Rendered,
    Scope,
    Unasked,
)
from lookalike.compiler.syntax.liquid.strings import url_encoded
from lookalike.compiler.syntax.liquid.template import marks_in
from lookalike.compiler.syntax.liquid.values import Typed, linked

__all__ = [
    "FILTERS",
    "ConditionHole",
    "DateBoundHole",
    "Hole",
    "ParameterHole",
    "Pieces",
    "QuotedHole",
    "Rendered",
    "Scope",
    "Typed",
    "Unasked",
    "has_liquid",
    "is_plain",
    "linked",
    "marks_in",
    "mistake",
    "render",
    "url_encoded",
]
