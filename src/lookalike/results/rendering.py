"""Rendering: how the values of a field are shown to people, where that differs from the value.

In: a field. Out: a function from a plain value to its text, or None for a field whose values are
shown as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from lookalike.compiler import syntax
from lookalike.compiler.model import Dimension, Field, Measure
from lookalike.results.values import text

_RECORD = "|RECORD|"
"""Stands between the values of a `list` measure."""


def renderer(field: Field, source: Field) -> Callable[[object], str | None] | None:
    """The function for a field that shows values of `source`. It answers None for a value that
    reads the same when shown."""
    if isinstance(source, Measure) and source.type == "list":
        return _listed
    if isinstance(field, Dimension | Measure) and field.value_format:
        return _numbered(field.value_format)
    return None


def _listed(value: object) -> str | None:
    if isinstance(value, str) and _RECORD in value:
        return value.replace(_RECORD, ", ")
    return None


def _numbered(mask: str) -> Callable[[object], str | None]:
    value_format = syntax.value_formats.read(mask)

    def render(value: object) -> str | None:
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            return None
        shown = syntax.value_formats.render(value_format, value)
        return None if shown == text(value) else shown

    return render
