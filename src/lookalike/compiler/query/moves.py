"""Moves: a question asked of an earlier time. What it says of some times is then about rows that
are so much earlier; all else it says stays as it is."""

from __future__ import annotations

from msgspec import Struct

from lookalike.compiler.query.intervals import Period

_NOTHING: frozenset[str] = frozenset()


class Move(Struct, frozen=True):
    """`fields` are full names of dimensions that show one time, `delay` how much earlier it is
    than the question says."""

    fields: frozenset[str] = _NOTHING
    delay: Period = Period()

    def of(self, name: str) -> Period | None:
        """How much earlier the question means the field `name`; None if that is no matter."""
        return self.delay if name in self.fields else None


STILL = Move()
