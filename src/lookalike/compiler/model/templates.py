"""Templates: Liquid in the texts that people read. Out: a warning for each that can't be rendered.

Such a text is shown as it is written; the field can be used all the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from lookalike.compiler import syntax
from lookalike.compiler.model.fields import Dimension, Field, Measure
from lookalike.compiler.model.findings import Findings

_TEXTS = ("label", "view_label", "group_label", "group_item_label", "description")


def check_templates(field: Field, findings: Findings) -> None:
    """Warn of texts of `field` that are no Liquid."""
    for parameter, text in _texts(field):
        if syntax.liquid.has_liquid(text):
            found = syntax.liquid.mistake(text)
            if found is not None:
                message = f"`{parameter}` is shown as it is written: {found.message}"
                findings.warning(found.code, message, field.place)


def _texts(field: Field) -> Iterator[tuple[str, str]]:
    for name in _TEXTS:
        yield name, getattr(field, name)
    if isinstance(field, Dimension | Measure):
        if field.html is not None:
            yield "html", field.html.text
        for link in field.links:
            yield from (("link", text) for text in (link.label, link.url, link.icon_url))
