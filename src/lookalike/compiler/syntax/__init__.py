"""Text in, tree and diagnostics out: the small notations of LookML, each read on its own.

Use it as `syntax.lookml.parse(...)`, `syntax.liquid.render(...)`,
`syntax.filter_expressions.read(...)`.
"""

from lookalike.compiler.syntax import (
    expressions,
    filter_expressions,
    fragments,
    liquid,
    lookml,
    quotes,
    value_formats,
    yaml,
)
from lookalike.compiler.syntax.budget import Budget, Exhausted
from lookalike.compiler.syntax.catalogue import MEANINGS
from lookalike.compiler.syntax.diagnostics import (
    MOST_SHOWN,
    NOWHERE,
    Code,
    Diagnostic,
    Kind,
    Lines,
    Place,
    Severity,
    Span,
    shown,
)
from lookalike.compiler.syntax.lookml.tree import Parsed

__all__ = [
    "MEANINGS",
    "MOST_SHOWN",
    "NOWHERE",
    "Budget",
    "Code",
    "Diagnostic",
    "Exhausted",
    "Kind",
    "Lines",
    "Parsed",
    "Place",
    "Severity",
    "Span",
    "expressions",
    "filter_expressions",
    "fragments",
    "liquid",
    "lookml",
    "quotes",
    "shown",
    "value_formats",
    "yaml",
]
