"""Defaults: the default of a dashboard's filter, which may be Liquid, for one asker.

In: the text as written, who asks. Out: a filter expression. A text that can't be rendered stays as
it is written. Rule: LookML reference, "Liquid variable reference".
"""

from __future__ import annotations

from datetime import UTC

from lookalike.compiler import syntax
from lookalike.compiler.query import attributes
from lookalike.compiler.query.asker import Asker
from lookalike.compiler.query.intervals import find_zone
from lookalike.compiler.syntax import Budget


def default_for(written: str, asker: Asker, budget: Budget) -> str:
    """`written` with its Liquid evaluated.

    Where nothing but values of attributes are put in, it is left to the question that is asked
    with it: there an attribute without a value is an error.
    """
    if not syntax.liquid.has_liquid(attributes.emptied(written)):
        return written
    rendered = syntax.liquid.render(written, _scope(asker), budget, sql=False)
    if any(each.is_error for each in rendered.diagnostics):
        return written
    return "".join(piece for piece in rendered.pieces if isinstance(piece, str))


def _scope(asker: Asker) -> syntax.liquid.Unasked:
    """What a default may see: no question, only the asker."""
    now = asker.now.astimezone(find_zone(asker.zone) or UTC)
    return syntax.liquid.Unasked({"now": now.isoformat(timespec="seconds")}, asker.attributes)
