"""Clauses: the pieces of one SELECT become its text, laid out as Looker lays it out."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from lookalike.compiler.sql.dialect import Dialect

_INDENT = "    "


class Clauses(Struct, frozen=True, kw_only=True):
    """One SELECT. `source` is everything after FROM up to WHERE; `where` and `having` all hold."""

    columns: Sequence[str]
    source: str
    where: Sequence[str] = ()
    group: Sequence[str] = ()
    having: Sequence[str] = ()
    order: Sequence[str] = ()
    limit: int | None = None


def text(of: Clauses, dialect: Dialect) -> str:
    lines = [f"SELECT\n{_listed(of.columns)}", f"FROM {of.source}"]
    if of.where:
        lines.append(f"WHERE {_all(of.where)}")
    if of.group:
        lines.append(f"GROUP BY\n{_listed(of.group)}")
    if of.having:
        lines.append(f"HAVING {_all(of.having)}")
    if of.order:
        lines.append(f"ORDER BY\n{_listed(of.order)}")
    if of.limit is not None:
        lines.append(dialect.limit.format(n=of.limit))
    return "\n".join(lines)


def nested(text: str) -> str:
    """`text` as a table in parentheses. It is not indented: a line may belong to a literal."""
    return f"(\n{text}\n)"


def _listed(items: Sequence[str]) -> str:
    return _INDENT + f",\n{_INDENT}".join(items)


def _all(conditions: Sequence[str]) -> str:
    return " AND ".join(f"({condition})" for condition in conditions)
