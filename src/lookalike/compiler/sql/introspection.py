"""Introspection: SQL that asks a database what is in it.

In: a dialect, and what to look for. Out: one SELECT; every name in it is a literal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lookalike.compiler.sql import literals
from lookalike.compiler.sql.dialect import Dialect

PROBE = "SELECT 1"
DATABASE = "SELECT current_database()"
COLUMNS_SEARCHED = 1_000

_ASIDE = ("information_schema", "pg_catalog", "pg_toast")
_SCHEMAS = {
    "duckdb": (
        "SELECT schema_name, schema_name = current_schema() FROM information_schema.schemata"
        " WHERE catalog_name = current_database()"
    ),
    # The standard view shows only what the user owns.
    "postgres": (
        "SELECT nspname, nspname = current_schema() FROM pg_namespace"
        " WHERE has_schema_privilege(oid, 'USAGE')"
        " AND nspname NOT LIKE 'pg\\_temp%' AND nspname NOT LIKE 'pg\\_toast%'"
    ),
}
_NAMES = {"duckdb": "schema_name", "postgres": "nspname"}


def schemas(dialect: Dialect) -> str:
    """Name, and whether it is the default."""
    name = _NAMES[dialect.name]
    return f"{_SCHEMAS[dialect.name]} AND {name} NOT IN {_list(_ASIDE, dialect)} ORDER BY 1"


def tables(dialect: Dialect, schema: str, part: str, limit: int) -> str:
    """Schema and name. `part` is of the name; empty texts ask for any."""
    wanted = [_own("table_schema", schema, dialect)]
    if part:
        wanted.append(_has("table_name", part, dialect))
    return (
        "SELECT table_schema, table_name FROM information_schema.tables"
        f" WHERE {' AND '.join(wanted)} ORDER BY 1, 2 LIMIT {limit:d}"
    )


def columns(dialect: Dialect, schema: str, names: Sequence[str], limit: int) -> str:
    """Schema, table, name, type and length of each column of the first `limit` tables of those
    names; no names ask for any."""
    wanted = [_own("table_schema", schema, dialect)]
    if names:
        wanted.append(f"table_name IN {_list(names, dialect)}")
    where = " AND ".join(wanted)
    return (
        "SELECT table_schema, table_name, column_name, data_type,"
        " CAST(character_maximum_length AS BIGINT) FROM information_schema.columns"
        f" WHERE {where} AND (table_schema, table_name) IN (SELECT table_schema, table_name FROM"
        f" (SELECT table_schema, table_name FROM information_schema.tables WHERE {where}"
        f" ORDER BY 1, 2 LIMIT {limit:d}) AS t) ORDER BY 1, 2, ordinal_position"
    )


def columns_like(dialect: Dialect, part: str) -> str:
    """Schema, table, name and type of the columns with `part` in their names."""
    wanted = [_own("table_schema", "", dialect), _has("column_name", part, dialect)]
    return (
        "SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns"
        f" WHERE {' AND '.join(wanted)} ORDER BY 1, 2, ordinal_position LIMIT {COLUMNS_SEARCHED}"
    )


def escaped(name: str) -> str:
    """`name` as it can stand in SQL."""
    return literals.identifier(name)


def _own(column: str, schema: str, dialect: Dialect) -> str:
    """The tables of the database itself, of `schema` if one is named."""
    catalog = f"{column.removesuffix('_schema')}_catalog = current_database()"
    if schema:
        return f"{catalog} AND {column} = {literals.text(schema, dialect)}"
    return f"{catalog} AND {column} NOT IN {_list(_ASIDE, dialect)}"


def _has(column: str, part: str, dialect: Dialect) -> str:
    return f"strpos(lower({column}), {literals.text(part.lower(), dialect)}) > 0"


def _list(names: Iterable[str], dialect: Dialect) -> str:
    return f"({', '.join(literals.text(name, dialect) for name in names)})"
