"""Attributes: `{{ _user_attributes['region'] }}` inside a filter, also written with a dot, stands
for the asker's value, itself a filter expression."""

from __future__ import annotations

import re

from lookalike.compiler.query.asker import Asker
from lookalike.compiler.query.reports import Report
from lookalike.compiler.syntax import Code


def filled(text: str, asker: Asker, report: Report, field: str) -> str:
    """`text` with the asker's values; a value that is not set is an error at `field`."""
    if "_user_attributes" not in text:
        return text

    def value(match: re.Match[str]) -> str:
        name = match[2] or match[3]
        found = find(name, asker)
        if found is None:
            missing(name, field, report)
        return found or ""

    return _TERM.sub(value, text)


def emptied(text: str) -> str:
    """`text` without the places where values stand."""
    return _TERM.sub("", text)


def find(name: str, asker: Asker) -> str | None:
    """The asker's value, None when it is not set or blank."""
    value = asker.attributes.get(name, "")
    return value if value.strip() else None


def missing(name: str, field: str, report: Report) -> None:
    """Say that a filter needs an attribute that the asker does not have."""
    report.error(
        Code.MISSING_ATTRIBUTE,
        f"the filter on `{field}` needs the user attribute `{name}`, which has no value for you; "
        "ask an administrator to set it",
        field,
    )


_TERM = re.compile(r"\{\{\s*_user_attributes(?:\[\s*(['\"])([^'\"\]{}]+)\1\s*\]|\.(\w+))\s*\}\}")
