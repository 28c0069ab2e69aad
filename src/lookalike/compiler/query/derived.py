"""Derived tables: what stands behind an alias in FROM, and the common table expressions that this
takes.

A derived table is one common table expression, named after its view. It is rendered for the
question at hand, so the same view may stand for two texts; the second then gets a number behind its
name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from msgspec.structs import replace

from lookalike.compiler.model import DerivedTable, ExploreSource, Sql, View
from lookalike.compiler.query.contexts import Context, Expand
from lookalike.compiler.query.plans import (
    Cte,
    CteTable,
    Derived,
    Expression,
    Literal,
    NamedTable,
    Table,
)
from lookalike.compiler.query.weaving import Weaving
from lookalike.compiler.syntax import Code, Exhausted

Native: TypeAlias = Callable[[ExploreSource, View, str], Derived | None]
"""Plans the question behind a native derived table that is used under an alias."""


class Ctes:
    """The common table expressions of one plan, each after those it uses."""

    __slots__ = ("_open", "items")

    def __init__(self) -> None:
        self.items: dict[str, Cte] = {}
        self._open: list[str] = []

    def add(self, name: str, body: Expression | Derived) -> CteTable:
        """The table that holds `body`, under `name` if that is free."""
        free, count = name, 1
        while self.holds_other(free, body):
            count += 1
            free = f"{name}_{count}"
        self.items.setdefault(free, Cte(free, body))
        return CteTable(free)

    def holds_other(self, name: str, body: Expression | Derived) -> bool:
        """Is `name` taken by something else than `body`?"""
        return name in self.items and self.items[name].body != body

    def build(self, view: View, body: Callable[[], Expression | Derived]) -> CteTable:
        """The table for `view`; those that `body` needs are built on the way."""
        if len(self._open) >= _DEEPEST:
            raise Exhausted("derived tables behind each other", _DEEPEST)
        self._open.append(view.name)
        try:
            built = body()
        finally:
            self._open.pop()
        return self.add(view.name, built)

    def aside(self) -> Ctes:
        """The same, to try something out: what is added there is not added here."""
        copy = Ctes()
        copy.items, copy._open = {**self.items}, [*self._open]
        return copy

    def circle(self, view: View) -> str:
        """The way from `view` back to itself, if its table is being built; else empty."""
        if view.name not in self._open:
            return ""
        path = [*self._open[self._open.index(view.name) :], view.name]
        return " → ".join(f"`{name}`" for name in path)


class Tables:
    """Finds the table behind a view, for one question."""

    __slots__ = ("_ctes", "_development", "_expand", "_found", "_native")

    def __init__(self, expand: Expand, ctes: Ctes, native: Native, in_development: bool) -> None:
        self._expand = expand
        self._ctes = ctes
        self._native = native
        self._development = in_development
        self._found: dict[str, Table] = {}

    def table(self, view: View, alias: str, override: Sql | None = None) -> Table:
        """The table of `view` as used under `alias`; `override` is the `sql_table_name` of the
        join."""
        found = self._found.get(alias)
        if found is None:
            found = self._found[alias] = self._find(view, alias, override)
        return found

    def _find(self, view: View, alias: str, override: Sql | None) -> Table:
        named = override or view.sql_table_name
        if named is not None and (override is not None or view.derived_table is None):
            return NamedTable(self._expand.text(named, Context(alias)))
        if view.derived_table is None:
            named_as_view = Weaving(self._expand.report, "", view.place)
            named_as_view.write(view.name)
            return NamedTable(named_as_view.expression())
        table = view.derived_table
        circle = self._ctes.circle(view)
        if circle:
            message = f"the derived table `{view.name}` needs itself: {circle}"
            self._expand.report.error(Code.CIRCULAR_REFERENCE, message, place=table.place)
            return CteTable(view.name)
        return self._ctes.build(view, lambda: self._body(table, view, alias))

    def _body(self, table: DerivedTable, view: View, alias: str) -> Expression | Derived:
        if table.sql is not None:
            text = _in_environment(table.sql.text, self._development)
            return self._expand.text(replace(table.sql, text=text), Context(alias, derived=True))
        if table.explore_source is not None:
            return self._native(table.explore_source, view, alias) or Literal(None)
        self._expand.report.error(
            Code.NOT_SUPPORTED,
            f"the derived table `{view.name}` builds its table by itself, which is supported for"
            " one `CREATE TABLE ${SQL_TABLE_NAME} AS` alone; give it `sql` or `explore_source`",
            place=table.place,
        )
        return Literal(None)


_DEEPEST = 16
_ENVIRONMENT = re.compile(r"^[ \t]*--[ \t]*if[ \t]+(prod|dev)[ \t]*--(.*)$", re.MULTILINE)


def _in_environment(text: str, in_development: bool) -> str:
    """Keep the rest of the lines for this environment, drop those for the other one."""
    if "--" not in text:
        return text
    chosen = "dev" if in_development else "prod"
    return _ENVIRONMENT.sub(lambda line: line[2] if line[1] == chosen else "", text)
