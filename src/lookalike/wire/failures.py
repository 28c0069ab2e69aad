"""Failures: the bodies of every answer that is not a success."""

from __future__ import annotations

from msgspec import UNSET, Struct, UnsetType


class ValidationErrorDetail(Struct, frozen=True, kw_only=True):
    """One field of the request and what is wrong with it."""

    field: str | None = None
    code: str | None = None
    message: str | None = None
    documentation_url: str


class ValidationError(Struct, frozen=True, kw_only=True):
    """An error. `errors` is left out unless single fields are to blame: clients refuse a null."""

    message: str
    documentation_url: str
    errors: list[ValidationErrorDetail] | UnsetType = UNSET
