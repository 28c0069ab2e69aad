"""Asker: everything about the one who asks that may change the answer. The compiler has no other
clock or context."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct


class Asker(Struct, frozen=True, kw_only=True):
    """`now` is aware, in UTC. `zone` is the zone of the question, `database_zone` that of the
    connection's columns (IANA names). `attributes` are the user attributes by name.
    `in_development` chooses `-- if dev --` lines."""

    now: datetime
    zone: str = "UTC"
    database_zone: str = "UTC"
    attributes: Mapping[str, str]
    in_development: bool = False
