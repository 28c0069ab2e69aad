"""Zones: the names of time zones that a setting or a question may give."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones


def check(name: str) -> str:
    """Why a text is no name of a time zone; empty if it is one."""
    if name in _known():
        return ""
    return f"`{name}` is not a time zone; write a name such as `Europe/Paris`"


@cache
def _known() -> frozenset[str]:
    """Read once: it takes a walk over the files of all zones."""
    return frozenset(available_timezones())
