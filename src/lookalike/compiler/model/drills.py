"""Drills: the fields that one sees behind a value, or beside it.

In: `drill_fields`, sets and templates as written. Out: names of fields. Items of lists are `f`,
`view.f`, `set*`, `view.set*` and `ALL_FIELDS*`, each with an optional `-`, read from left to right.
What an explore does not have is left out of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lookalike.compiler.model.explores import Explore
from lookalike.compiler.model.fields import Dimension, Field, Measure
from lookalike.compiler.model.template_names import names_in

ALL = "ALL_FIELDS"
_VALUES = frozenset(("_value", "_rendered_value", "_filterable_value", "_linked_value", "_link"))
MAX_DEPTH = 20
"""Sets inside of sets; a set that names itself ends here."""


def drill_fields(explore: Explore, name: str) -> list[str]:
    """The full names of the fields behind a value of the field `name`. A measure without drill
    fields of its own takes those of its view."""
    field, alias = explore.references[name], name.partition(".")[0]
    if not isinstance(field, Dimension | Measure):
        return []
    items = field.drill_fields
    if not items and isinstance(field, Measure):
        view = explore.view_of(alias)
        items = view.drill_fields if view is not None else ()
    return expand(explore, alias, items) if items else []


def named_values(field: Field) -> Iterator[str]:
    """The fields, as written there, whose values the HTML and the links of `field` show."""
    if not isinstance(field, Dimension | Measure) or not (field.html or field.links):
        return
    texts = [field.html.text] if field.html else []
    texts += [text for link in field.links for text in (link.label, link.url, link.icon_url)]
    for text in texts:
        if "._" in text:
            yield from (each.written for each in names_in(text) if each.word in _VALUES)


def expand(explore: Explore, alias: str, items: Sequence[str]) -> list[str]:
    """The full names that `items`, written on the view behind `alias`, stand for; each once."""
    return list(_expanded(explore, alias, items, 0))


def _expanded(explore: Explore, alias: str, items: Sequence[str], depth: int) -> dict[str, None]:
    found: dict[str, None] = {}
    for item in items:
        is_excluded = item.startswith("-")
        for name in _names(explore, alias, item.removeprefix("-"), depth):
            if is_excluded:
                found.pop(name, None)
            else:
                found.setdefault(name)
    return found


def _names(explore: Explore, alias: str, item: str, depth: int) -> Iterator[str]:
    outer, dot, inner = item.rpartition(".")
    view = outer if dot else alias
    if not item.endswith("*"):
        name = f"{view}.{inner}"
        if name in explore.fields:
            yield name
        return
    name = inner.removesuffix("*")
    if name == ALL:
        yield from (each for each in explore.fields if not dot or each.startswith(f"{view}."))
        return
    found = explore.sets.get(f"{view}.{name}")
    if found is not None and depth < MAX_DEPTH:
        yield from _expanded(explore, view, found.fields, depth + 1)
    elif found is None and not dot and explore.view_of(name) is not None:
        yield from (each for each in explore.fields if each.startswith(f"{name}."))
