"""Datagroups: those of the models that the caller sees, in the caller's workspace."""

from __future__ import annotations

import hashlib
from datetime import datetime

from msgspec import Struct

from lookalike.instance import models
from lookalike.instance.access import Caller
from lookalike.instance.errors import NotFound
from lookalike.instance.instance import Instance
from lookalike.instance.workspaces import Version

_ID_BYTES = 6  # every client can hold the number


class FoundDatagroup(Struct, frozen=True, kw_only=True):
    """`number` is the same wherever the model and the datagroup have these names."""

    number: int
    model: str
    name: str
    created_at: datetime
    version: Version


def list_datagroups(instance: Instance, caller: Caller) -> tuple[FoundDatagroup, ...]:
    """By model and name."""
    return tuple(
        FoundDatagroup(
            number=_number(found.model.name, name),
            model=found.model.name,
            name=name,
            created_at=found.version.project.created_at,
            version=found.version,
        )
        for found in models.list_overviews(instance, caller)
        for name in found.model.datagroups
    )


def find_datagroup(instance: Instance, caller: Caller, number: int) -> FoundDatagroup:
    """Raises NotFound."""
    for each in list_datagroups(instance, caller):
        if each.number == number:
            return each
    where = caller.session.workspace
    raise NotFound(f"datagroup {number} was not found in workspace `{where}`")


def _number(model: str, name: str) -> int:
    digest = hashlib.sha256(f"{model}::{name}".encode()).digest()
    return int.from_bytes(digest[:_ID_BYTES], "big")
