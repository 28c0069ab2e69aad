"""Decoding: rows that a worker wrote as JSON lists become Python values.

A date that Python can't hold, such as one before the year 1 or infinity, comes as the text the
database shows.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec

from lookalike.engines.engine import Batch
from lookalike.engines.frames import Shape

_TYPES: dict[Shape, type] = {
    Shape.TEXT: str,
    Shape.BOOLEAN: bool,
    Shape.INTEGER: int,
    Shape.DECIMAL: Decimal,
    Shape.FLOAT: float,
    Shape.BYTES: bytes,
    Shape.DATE: date,
    Shape.MOMENT: datetime,
    Shape.TIME: time,
}
_READERS: dict[Shape, Callable[[str], object]] = {
    Shape.DATE: date.fromisoformat,
    Shape.MOMENT: datetime.fromisoformat,
    Shape.TIME: time.fromisoformat,
}


def rows(text: bytes, shapes: tuple[Shape, ...]) -> Batch:
    """Read rows that each stand behind a comma and a line break."""
    listed = b"[" + text[2:] + b"]"
    try:
        batch: Batch = _decoder(shapes, strict=True).decode(listed)
    except msgspec.ValidationError:
        loose: Batch = _decoder(shapes, strict=False).decode(listed)
        return [_read_again(row, shapes) for row in loose]
    return batch


@lru_cache(maxsize=256)
def _decoder(shapes: tuple[Shape, ...], *, strict: bool) -> msgspec.json.Decoder[Any]:
    columns = tuple(
        (str if shape in _READERS and not strict else _TYPES[shape]) | None for shape in shapes
    )
    return msgspec.json.Decoder(list[types.GenericAlias(tuple, columns)])  # type: ignore[misc]


def _read_again(row: Sequence[object], shapes: Sequence[Shape]) -> tuple[object, ...]:
    return tuple(
        _readable(value, _READERS[shape]) if isinstance(value, str) and shape in _READERS else value
        for value, shape in zip(row, shapes, strict=True)
    )


def _readable(text: str, read: Callable[[str], object]) -> object:
    try:
        return read(text)
    except ValueError:
        return text
