"""Behind: fields that a question does not name, but that the templates of its cells do.

In: what a question selects. Out: the further fields whose values its `html` and links show. They
are asked for, and grouped by, with the others, but are no columns of the answer. Rule: LookML
reference, "Liquid variable reference": `view.field._value`.
"""

from __future__ import annotations

from lookalike.compiler.model import Dimension, Explore, Measure, named_values
from lookalike.compiler.query.names import full_name
from lookalike.compiler.query.resolve import Resolved


def behind(resolved: Resolved, explore: Explore) -> tuple[str, ...]:
    """Full names of fields that the asker may select but did not, each once."""
    broken = {item.field for item in explore.errors if item.is_error}
    found: dict[str, None] = {}
    for selected in (*resolved.dimensions, *resolved.measures):
        for written in named_values(explore.references[selected]):
            found[full_name(explore, written, selected.partition(".")[0])] = None
    return tuple(
        name
        for name in found
        if name not in resolved.selected
        and name not in broken
        and isinstance(explore.fields.get(name), Dimension | Measure)
    )
