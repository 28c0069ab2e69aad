"""Row keys: numbers for the rows of a table that has no key, and a table whose rows have them."""

from __future__ import annotations

from lookalike.compiler.query import plans
from lookalike.compiler.sql import names
from lookalike.compiler.sql.pen import Pen

_KEY = "__row_key"
"""The column of the numbers, which no table is thought to have."""


def key(of: plans.RowKey, pen: Pen) -> str:
    return f"{names.bare(of.alias, pen.dialect)}.{_KEY}"


def numbered(table: str) -> str:
    """`table`, as it stands in FROM, with numbers. They come first: of two columns of one name
    DuckDB reads that."""
    return f"(SELECT ROW_NUMBER() OVER () AS {_KEY}, t.* FROM {table} AS t)"
