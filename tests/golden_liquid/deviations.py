"""Where our Liquid differs from the suite on purpose, and why."""

from __future__ import annotations

import re

from msgspec import Struct


class Deviation(Struct, frozen=True):
    """Cases of which `name` begins the name, or that use the tag `tag`."""

    reason: str
    names: tuple[str, ...] = ()
    tag: str = ""

    def covers(self, name: str, template: str) -> bool:
        if self.tag and re.search(rf"\{{%-?\s*{self.tag}\b", template):
            return True
        return any(name.startswith(each) for each in self.names)


_NO_PARTIALS = (
    "LookML has no partial templates: a template can't name another file of the project, so that "
    "what a field does stands in the field"
)

DEVIATIONS: tuple[Deviation, ...] = (
    Deviation(_NO_PARTIALS, tag="include"),
    Deviation(_NO_PARTIALS, tag="render"),
)


def reason(name: str, template: str) -> str:
    """Why a case deviates; empty where nothing explains it."""
    return next((each.reason for each in DEVIATIONS if each.covers(name, template)), "")
