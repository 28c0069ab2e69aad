"""Fragments: SQL text as written by a developer, split at its `${references}`.

Constants and Liquid are gone when a text comes here. Rule: LookML reference, "Substitution
operators".
"""

from __future__ import annotations

import re
from typing import TypeAlias

from msgspec import Struct


class Reference(Struct, frozen=True, gc=False):
    """`${view.name}` or `${name}` (then `view` is empty). `name` may be `SQL_TABLE_NAME`, `TABLE`
    or `EXTENDED`."""

    view: str
    name: str
    start: int
    end: int


Fragment: TypeAlias = tuple[str | Reference, ...]

# Blanks beside the names are forgiven; a blank inside a name is not, for then it is unclear.
_REFERENCE = re.compile(r"\$\{\s*+(?:(\w++)\s*+\.\s*+)?(\w++)\s*+\}")


def split(text: str) -> Fragment:
    """Cut `text` at each `${…}`. What is not a well-formed reference stays text.

    The pieces together are the whole text, and none of them is empty.
    """
    if "${" not in text:
        return (text,) if text else ()
    pieces: list[str | Reference] = []
    at = 0
    for found in _REFERENCE.finditer(text):
        start, end = found.span()
        if at < start:
            pieces.append(text[at:start])
        pieces.append(Reference(found[1] or "", found[2], start, end))
        at = end
    if at < len(text):
        pieces.append(text[at:])
    return tuple(pieces)
