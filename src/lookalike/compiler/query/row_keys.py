"""Row keys: numbers for the rows of a view that has no primary key, where LookML asks for them.

A number tells the rows of one SELECT apart and means nothing beyond it. Rule: LookML reference,
`autogenerate_primary_keys`.
"""

from __future__ import annotations

from lookalike.compiler.query.plans import Alias, Expression, Fragment, NamedTable, Table, TableOf

_KEY = "generated_key"


def row_key(alias: str) -> Expression:
    """The number of a row of `alias`, whose table is `numbered`."""
    return Fragment((Alias(alias), f".{_KEY}"))


def numbered(table: Table) -> NamedTable:
    """`table` with a number in each row."""
    opening = f"(SELECT t.*, ROW_NUMBER() OVER () AS {_KEY} FROM "
    return NamedTable(Fragment((opening, TableOf(table), " AS t)")))
