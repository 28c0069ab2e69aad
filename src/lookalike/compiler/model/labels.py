"""Labels: how names look to people, and which label a field has in an explore.

Rule: LookML reference, pages `label` and `view_label`.
"""

from __future__ import annotations

from functools import lru_cache

from lookalike.compiler.model.explores import Explore
from lookalike.compiler.model.fields import Field

_ACRONYMS = {"id": "ID"}


@lru_cache(maxsize=20_000)
def humanise(name: str) -> str:
    """A model, explore or view as people read it: `order_items` is "Order Items"."""
    return " ".join(word[0].upper() + word[1:] for word in name.split("_") if word)


@lru_cache(maxsize=20_000)
def humanise_field(name: str) -> str:
    """A field as people read it: as above, but `user_id` is "User ID"."""
    words = [word for word in name.split("_") if word]
    return " ".join(_ACRONYMS.get(word) or word[0].upper() + word[1:] for word in words)


def view_label(explore: Explore, alias: str, field: Field) -> str:
    """The heading under which a field stands: its own, that of the join or explore, that of the
    view, or the alias."""
    return field.view_label or heading(explore, alias)


def heading(explore: Explore, alias: str) -> str:
    """The heading of a view's fields that have none of their own."""
    written = explore.view_label if alias == explore.base else _join_label(explore, alias)
    if written is not None:
        return written
    view = explore.view_of(alias)
    return view.label if view is not None and view.label else humanise(alias)


def label(explore: Explore, full_name: str) -> str:
    """The whole label of a field: "Orders Created Date"."""
    field = explore.references[full_name]
    return label_under(view_label(explore, full_name.partition(".")[0], field), field)


def label_under(heading: str, field: Field) -> str:
    """The whole label of a field that stands under `heading`."""
    return f"{heading} {field.label}" if heading.strip() else field.label


def _join_label(explore: Explore, alias: str) -> str | None:
    return next((join.view_label for join in explore.joins if join.name == alias), None)
