"""Attributes: `{{ _user_attributes['region'] }}` inside a filter stands for the asker's value,
itself a filter expression."""

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
        found = find(match[2], asker)
        if found is None:
            missing(match[2], field, report)
        return found or ""

    return _TERM.sub(value, text)


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


_TERM = re.compile(r"\{\{\s*_user_attributes\[\s*(['\"])([^'\"\]{}]+)\1\s*\]\s*\}\}")
