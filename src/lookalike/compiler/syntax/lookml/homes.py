"""Homes: where the objects of each kind stand, as far as a missing brace can be told by it."""

from __future__ import annotations

from collections.abc import Mapping

FIELDS = frozenset({"dimension", "dimension_group", "measure", "filter", "parameter"})
"""The kinds of fields."""

HOMES: Mapping[str, str] = {
    **dict.fromkeys(FIELDS, "view"),
    "set": "view",
    "join": "explore",
    "aggregate_table": "explore",
}
"""What the named objects of these kinds stand in."""

MISPLACED = frozenset(
    {
        "test", "datagroup", "access_grant", "named_value_format", "map_layer",
        "constant", "remote_dependency",
    }
)  # fmt: skip
"""Kinds that stand in no other object; but who writes one a step further in means it inside."""

TOP = frozenset({"view", "explore"}) | MISPLACED
"""All kinds with a name that stand in no other object."""

_OF_VIEWS = frozenset({"derived_table", "set"})

NEVER_INSIDE: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(FIELDS, FIELDS | _OF_VIEWS),
    **dict.fromkeys(_OF_VIEWS, FIELDS | _OF_VIEWS),
    **dict.fromkeys(TOP, FIELDS | TOP | _OF_VIEWS | {"join"}),
    "join": frozenset({"join"}),
    "aggregate_table": frozenset({"join"}),
    "when": frozenset({"when"}),
}
"""Inside of what a block of each kind can't stand, so that a `}` is missing there."""

USUAL_DEPTH: Mapping[str, int] = {
    **dict.fromkeys(HOMES.keys() | _OF_VIEWS, 1),
    **dict.fromkeys(TOP, 0),
    "when": 3,
}
"""How many blocks a block of each kind stands in."""
