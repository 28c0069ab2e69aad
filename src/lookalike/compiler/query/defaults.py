"""Defaults: the default of a dashboard's filter, which may be Liquid, for one asker.

In: the text as written, who asks. Out: a filter expression. A text that can't be rendered stays as
it is written. Rule: LookML reference, "Liquid variable reference".
"""

from __future__ import annotations

from collections.abc import Mapping
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
    rendered = syntax.liquid.render(written, _Scope(asker), budget, sql=False)
    if any(each.is_error for each in rendered.diagnostics):
        return written
    return "".join(piece for piece in rendered.pieces if isinstance(piece, str))


class _Scope:
    """What a default may see: no question, only the asker."""

    __slots__ = ("_attributes", "names")

    names: Mapping[str, str]

    def __init__(self, asker: Asker) -> None:
        now = asker.now.astimezone(find_zone(asker.zone) or UTC)
        self._attributes = asker.attributes
        self.names = {"now": now.isoformat(timespec="seconds")}

    def user_attribute(self, name: str) -> str | None:
        return self._attributes.get(name)

    def filter_text(self, field: str) -> None:
        return None

    def parameter_text(self, field: str) -> None:
        return None

    def is_view(self, name: str) -> bool:
        return False

    def is_field(self, field: str) -> bool:
        return False

    def in_query(self, name: str) -> bool:
        return False

    def is_selected(self, field: str) -> bool:
        return False

    def is_filtered(self, field: str) -> bool:
        return False
