"""Behind: fields that a question does not name, but that the templates of its cells do.

In: what a question selects. Out: the further fields whose values its `html` and links show. They
are asked for, and grouped by, with the others, but are no columns of the answer. Rule: LookML
reference, "Liquid variable reference": `view.field._value`.
"""

from __future__ import annotations

from collections.abc import Iterator

from lookalike.compiler.model import Dimension, Explore, Field, Measure, names_in
from lookalike.compiler.query.names import full_name
from lookalike.compiler.query.resolve import Resolved

_VALUES = frozenset(("_value", "_rendered_value", "_filterable_value", "_linked_value", "_link"))


def behind(resolved: Resolved, explore: Explore) -> tuple[str, ...]:
    """Full names of fields that the asker may select but did not, each once."""
    broken = {item.field for item in explore.errors if item.is_error}
    found: dict[str, None] = {}
    for selected in (*resolved.dimensions, *resolved.measures):
        for text in _templates(explore.references[selected]):
            for each in names_in(text):
                if each.word in _VALUES:
                    found[full_name(explore, each.written, selected.partition(".")[0])] = None
    return tuple(
        name
        for name in found
        if name not in resolved.selected
        and name not in broken
        and isinstance(explore.fields.get(name), Dimension | Measure)
    )


def _templates(field: Field) -> Iterator[str]:
    """The texts about a cell that may name values."""
    if not isinstance(field, Dimension | Measure) or not (field.html or field.links):
        return
    texts = [field.html.text] if field.html else []
    texts += [text for link in field.links for text in (link.label, link.url, link.icon_url)]
    yield from (text for text in texts if "._" in text)
