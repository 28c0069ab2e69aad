"""Refusals: why what came over the wire cannot be read."""

from __future__ import annotations


class Malformed(ValueError):
    """It is not what its notation says: no JSON, no number. A 400."""


class Unfit(ValueError):
    """It can be read, but a field does not have the shape of its schema.

    A 422 that names the field.
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
