"""Contexts: where a developer's SQL text stands, and what those who build expressions may ask of
the one that expands it."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from lookalike.compiler.model import Sql
from lookalike.compiler.query.intervals import Calendar
from lookalike.compiler.query.plans import Condition, Expression
from lookalike.compiler.query.reports import Report


class Context(Struct, frozen=True, gc=False):
    """`alias` is what `${TABLE}` and bare names mean, `field` the full name of the field that is
    written there.

    `measures` says whether the text may refer to measures; `derived` that it is the SQL of a
    derived table, where no fields are in reach.
    """

    alias: str
    field: str = ""
    measures: bool = False
    derived: bool = False


class Grain(Struct, frozen=True, kw_only=True):
    """What the joins of a query do to the rows of its views.

    `fanned` are the aliases whose rows may come more than once; `missing` are those whose rows may
    be all null, because an outer join found no partner.
    """

    fanned: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()


class Expand(Protocol):
    """Expands texts and fields of one question."""

    @property
    def calendar(self) -> Calendar: ...

    @property
    def report(self) -> Report: ...

    @property
    def grain(self) -> Grain: ...

    def text(self, sql: Sql, context: Context) -> Expression:
        """The SQL of a developer with all it refers to."""

    def value(self, name: str) -> Expression:
        """What a column of the field `alias.field` shows."""

    def matches(self, name: str, text: str, field: str) -> Condition:
        """The rows in which `name` meets the filter expression `text`, as written at `field`."""

    def primary_key(self, alias: str) -> Expression | None:
        """The key of the view, if it has one or gets one."""

    def full_name(self, written: str, alias: str) -> str:
        """`alias.field` for a name as written on the view that is used as `alias`."""
