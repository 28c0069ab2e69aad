"""Row ids: the id of a record as it stands in a path."""

from __future__ import annotations

from lookalike.instance.errors import NotFound
from lookalike.wire.ids import Id

MAX_DIGITS = 18
"""No record has a longer id; the stores count to nineteen digits."""


def row_id(id_: Id, what: str) -> int:
    """The number of a record. What is no number names no record. Raises NotFound."""
    if not id_.isascii() or not id_.isdigit() or len(id_) > MAX_DIGITS:
        raise NotFound(f"{what} `{id_[:100]}` was not found")
    return int(id_)
