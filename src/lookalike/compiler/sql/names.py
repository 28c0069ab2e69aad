"""Names: aliases and identifiers as they stand in SQL."""

from __future__ import annotations

import re
from functools import lru_cache

from lookalike.compiler.sql import literals
from lookalike.compiler.sql.dialect import Dialect

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)


def quoted(name: str) -> str:
    """`name` as a quoted identifier: the alias of a column."""
    return literals.identifier(name)


def bare(name: str, dialect: Dialect) -> str:
    """`name` without quotes where the database takes it so, since developers write it so."""
    return _bare(name, dialect.reserved)


@lru_cache(maxsize=4096)
def _bare(name: str, reserved: frozenset[str]) -> str:
    if _WORD.fullmatch(name) and name.lower() not in reserved:
        return name
    return literals.identifier(name)
