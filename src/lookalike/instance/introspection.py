"""Introspection: which connections there are, whether they can be reached, and what is in their
databases.

In: a caller and the name of a connection. Out: settings without secrets, and names of schemas,
tables and columns. A connection that no model of the caller uses does not exist for the caller.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from lookalike.compiler import sql
from lookalike.instance import access, connections, models, queries
from lookalike.instance.access import Caller, Permission
from lookalike.instance.connections import Settings
from lookalike.instance.errors import Invalid, LookalikeError, NotFound, Problem
from lookalike.instance.instance import Instance

TESTS = ("connect", "query")
MOST_TABLES = 10_000


class Schema(Struct, frozen=True):
    name: str
    is_default: bool


class Table(Struct, frozen=True):
    schema: str
    name: str


class Column(Struct, frozen=True):
    """`type` is the database's own word."""

    table: Table
    name: str
    type: str
    length: int | None = None


class Wanted(Struct, frozen=True, kw_only=True):
    """Which tables. Empty texts ask for any; `part` is of the name."""

    database: str = ""
    schema: str = ""
    part: str = ""
    tables: tuple[str, ...] = ()
    most: int = MOST_TABLES


class TestResult(Struct, frozen=True):
    """`message` says what went wrong, or that nothing did."""

    name: str
    is_good: bool
    message: str


def list_connections(instance: Instance, caller: Caller) -> tuple[Settings, ...]:
    """Every connection that the caller may know, by name."""
    return tuple(connections.settings_of(instance, each) for each in _names(instance, caller))


def find_connection(instance: Instance, caller: Caller, name: str) -> Settings:
    """One of them. Raises NotFound."""
    access.require(caller, Permission.DEVELOP)
    if name not in _names(instance, caller):
        raise NotFound(f"connection `{name}` was not found")
    return connections.settings_of(instance, name)


def test(
    instance: Instance, caller: Caller, name: str, tests: Sequence[str]
) -> tuple[TestResult, ...]:
    """How `tests` went, all if none is named. Raises NotFound, and Invalid for unknown tests."""
    find_connection(instance, caller, name)
    unknown = [each for each in tests if each not in TESTS]
    if unknown:
        message = f"`{unknown[0]}` is no test; use `connect` and `query`"
        raise Invalid(message, (Problem("tests", "invalid", message),))
    return tuple(_test(instance, name, each) for each in tests or TESTS)


def database(instance: Instance, caller: Caller, name: str) -> str:
    """The name of the database behind a connection, as it calls itself."""
    find_connection(instance, caller, name)
    ((found,),) = queries.introspect(instance, name, sql.introspection.DATABASE)
    return str(found)


def schemas(instance: Instance, caller: Caller, name: str, of: str = "") -> tuple[Schema, ...]:
    """The schemas of the database `of`, which is the only one if it is named."""
    dialect = _dialect(instance, caller, name, of)
    rows = queries.introspect(instance, name, sql.introspection.schemas(dialect))
    return tuple(Schema(str(row[0]), bool(row[1])) for row in rows)


def tables(
    instance: Instance, caller: Caller, name: str, wanted: Wanted
) -> tuple[tuple[Table, ...], bool]:
    """Tables, and whether there are more of them."""
    dialect = _dialect(instance, caller, name, wanted.database)
    text = sql.introspection.tables(dialect, wanted.schema, wanted.part, wanted.most + 1)
    found = [Table(str(row[0]), str(row[1])) for row in queries.introspect(instance, name, text)]
    return tuple(found[: wanted.most]), len(found) > wanted.most


def columns(instance: Instance, caller: Caller, name: str, wanted: Wanted) -> tuple[Column, ...]:
    """The columns of tables, table by table."""
    dialect = _dialect(instance, caller, name, wanted.database)
    text = sql.introspection.columns(dialect, wanted.schema, wanted.tables, wanted.most)
    return tuple(
        Column(Table(str(row[0]), str(row[1])), str(row[2]), str(row[3]), _length(row[4]))
        for row in queries.introspect(instance, name, text)
    )


def columns_like(instance: Instance, caller: Caller, name: str, part: str) -> tuple[Column, ...]:
    """The columns with `part` in their names, a thousand at most."""
    dialect = _dialect(instance, caller, name, "")
    text = sql.introspection.columns_like(dialect, part)
    return tuple(
        Column(Table(str(row[0]), str(row[1])), str(row[2]), str(row[3]))
        for row in queries.introspect(instance, name, text)
    )


def _names(instance: Instance, caller: Caller) -> list[str]:
    """Those that the caller's models use, and for who sees every model those that are declared."""
    used = {each.model.connection for each in models.list_overviews(instance, caller)} - {""}
    declared = set(instance.config.connections)
    if instance.config.default_connection is None:
        used &= declared
    return sorted(used | declared if caller.models is None else used)


def _test(instance: Instance, name: str, test: str) -> TestResult:
    statement = sql.introspection.PROBE if test == "query" else sql.introspection.DATABASE
    try:
        queries.introspect(instance, name, statement)
    except LookalikeError as error:
        return TestResult(test, False, str(error))
    return TestResult(test, True, "Can connect" if test == "connect" else "Can run simple queries")


def _dialect(instance: Instance, caller: Caller, name: str, of: str) -> sql.Dialect:
    settings = find_connection(instance, caller, name)
    if of and of != database(instance, caller, name):
        raise NotFound(f"database `{of}` was not found; leave it out, a connection has one")
    return sql.DIALECTS[settings.dialect]


def _length(value: object) -> int | None:
    return value if isinstance(value, int) else None
