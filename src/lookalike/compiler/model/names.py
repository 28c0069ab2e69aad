"""Names: what a field is called within an explore."""

from __future__ import annotations


def full_name(written: str, alias: str) -> str:
    """`alias.field` for a name as it is written on the view behind `alias`: one that names no view
    is of that view.
    """
    written = written.strip()
    return written if "." in written else f"{alias}.{written}"
