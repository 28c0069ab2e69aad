"""Rows: the shape in which an engine hands over what a statement returned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeAlias

Row: TypeAlias = Sequence[object]
Batch: TypeAlias = Sequence[Row]


class Rows(Protocol):
    """A stream of batches; iterating it runs the statement."""

    def __iter__(self) -> Iterator[Batch]: ...
