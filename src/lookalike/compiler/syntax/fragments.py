"""Fragments: SQL text as written by a developer, split at its `${references}`.

Constants and Liquid are gone when a text comes here. Rule: LookML reference, "Substitution operators".
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct


class Reference(Struct, frozen=True, gc=False):
    """`${view.name}` or `${name}` (then `view` is empty). `name` may be `SQL_TABLE_NAME`, `TABLE` or `EXTENDED`."""

    view: str
    name: str
    start: int
    end: int


Fragment: TypeAlias = tuple[str | Reference, ...]


def split(text: str) -> Fragment:
    """Cut `text` at each `${…}`. What is not a well-formed reference stays text."""
    raise NotImplementedError
