"""Where our Liquid differs from the suite on purpose, and why."""

from __future__ import annotations

import re

from msgspec import Struct


class Deviation(Struct, frozen=True):
    """Cases whose name has `name` in it, or whose template has the tag `tag`."""

    reason: str
    name: str = ""
    tag: str = ""

    def covers(self, name: str, template: str) -> bool:
        if self.tag:
            return re.search(rf"\{{%-?\s*{self.tag}\b", template) is not None
        return self.name in name


_NO_PARTIALS = (
    "LookML has no partial templates: what a field does stands in the field, and a template can't "
    "reach another file"
)
_STRICT_NAMES = "a name is made of letters, digits, `_` and `-`; anything else is a slip"

DEVIATIONS = (
    Deviation(_NO_PARTIALS, tag="include"),
    Deviation(_NO_PARTIALS, tag="render"),
    Deviation(_NO_PARTIALS, tag="snippet"),
    Deviation(
        "`true`, `false`, `nil`, `blank` and `empty` are no views or fields, so a name can't begin "
        "with one",
        name="is not a reserved word",
    ),
    Deviation(_STRICT_NAMES, name="identifiers, allowed symbols"),
    Deviation(_STRICT_NAMES, name="identifiers, repeated parens"),
    Deviation(
        "the strictest mode of later releases is not Looker's: a name of digits is read",
        name="identifiers, only digits, self",
    ),
    Deviation(
        "a word right behind a bracket lacks its dot; later releases have no such case",
        name="bracketed identifier index no dot",
    ),
)


def reason(name: str, template: str) -> str:
    """Why a case deviates; empty where nothing explains it."""
    return next((each.reason for each in DEVIATIONS if each.covers(name, template)), "")
