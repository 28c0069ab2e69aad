"""Joins: which of an explore's joins a query needs, in which order, and on what they join.

A join is needed when something in the query needs its alias, when a needed join needs it, or
always. Joins keep the order of their declaration, but each comes after those it needs. Rule: LookML
reference, join.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from lookalike.compiler.model import Join, JoinType
from lookalike.compiler.query.conditions import bare, holds
from lookalike.compiler.query.contexts import Context
from lookalike.compiler.query.names import full_name
from lookalike.compiler.query.plans import (
    Compare,
    Condition,
    Expression,
    Fragment,
    JoinStep,
    Literal,
    NamedTable,
)
from lookalike.compiler.query.references import References
from lookalike.compiler.syntax import Code


class UsedJoin(Struct, frozen=True, kw_only=True):
    """One join of a query. `needs` are the other aliases its condition names; `where` narrows the
    whole query."""

    join: Join
    on: Condition | None = None
    text: Expression | None = None
    where: Condition | None = None
    needs: frozenset[str] = frozenset()


class Joins:
    """The joins of one question, each expanded once."""

    __slots__ = ("_by_name", "_known", "_references")

    def __init__(self, references: References) -> None:
        self._references = references
        self._by_name = {join.name: join for join in references.explore.joins}
        self._known: dict[str, UsedJoin] = {}

    def used(self, aliases: Iterable[str]) -> tuple[UsedJoin, ...]:
        """The joins that `aliases` take, those they need first."""
        wanted = {*aliases, *self._references.explore.always_join}
        needed: set[str] = set()
        while wanted:
            alias = wanted.pop()
            if alias in self._by_name and alias not in needed:
                needed.add(alias)
                wanted |= self._needs(alias)
        ordered: dict[str, UsedJoin] = {}
        for name in self._by_name:
            if name in needed:
                self._place(name, ordered, set())
        return tuple(ordered.values())

    def _needs(self, alias: str) -> frozenset[str]:
        used = self._used(alias)
        return used.needs.union(used.join.required_joins)

    def _place(self, name: str, ordered: dict[str, UsedJoin], waiting: set[str]) -> None:
        if name in ordered or name in waiting:
            return
        waiting.add(name)
        needs = self._needs(name)
        for other in self._by_name:
            if other in needs:
                self._place(other, ordered, waiting)
        ordered[name] = self._used(name)

    def _used(self, name: str) -> UsedJoin:
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = _expanded(self._by_name[name], self._references)
        return known


def step(used: UsedJoin, references: References) -> JoinStep | None:
    """The join as a step of FROM; None for a legacy text that renders to nothing."""
    join = used.join
    if used.text is None:
        return JoinStep(join.name, references.table(join.name), join.type, used.on)
    if isinstance(used.text, Fragment) and all(
        isinstance(part, str) and not part.strip() for part in used.text.parts
    ):
        return None
    # The text names its own table.
    return JoinStep(join.name, NamedTable(Fragment((join.name,))), join.type, text=used.text)


def _expanded(join: Join, references: References) -> UsedJoin:
    context = Context(join.name)
    on: Condition | None = None
    text: Expression | None = None
    needs: frozenset[str] = frozenset()
    if join.sql is not None:
        sql = join.sql
        text, needs = references.gather(lambda: references.text(sql, context))
    elif join.type is not JoinType.CROSS:
        on, needs = references.gather(lambda: _on(join, references))
    where: Condition | None = None
    if join.sql_where is not None:
        narrowing = join.sql_where
        where, more = references.gather(lambda: holds(bare(references.text(narrowing, context))))
        # What only WHERE names must be in FROM as well, though the join itself can do without it.
        needs = needs | more
    return UsedJoin(join=join, on=on, text=text, where=where, needs=needs - {join.name})


def _on(join: Join, references: References) -> Condition | None:
    if join.sql_on is not None:
        return holds(bare(references.text(join.sql_on, Context(join.name))))
    if join.foreign_key:
        name = full_name(references.explore, join.foreign_key, references.explore.base)
        if name not in references.explore.references:
            references.report.error(
                Code.UNKNOWN_FIELD,
                f"`foreign_key` of the join `{join.name}` names the field `{join.foreign_key}`, "
                f"which is not in explore `{references.explore.name}`",
                place=join.place,
            )
            return None
        return _equal(bare(references.value(name)), join, references)
    if join.sql_foreign_key is not None:
        base = Context(references.explore.base)
        return _equal(references.text(join.sql_foreign_key, base), join, references)
    references.report.error(
        Code.MISSING_JOIN_CONDITION,
        f"the join `{join.name}` says not how its rows belong to the others; give it `sql_on`",
        place=join.place,
    )
    return None


def _equal(foreign: Expression, join: Join, references: References) -> Condition:
    key = references.primary_key(join.name) if join.view.primary_key else None
    if key is None:
        references.report.error(
            Code.MISSING_PRIMARY_KEY,
            f"the join `{join.name}` by `foreign_key` needs a primary key in its view; declare one "
            "dimension there as `primary_key: yes`",
            place=join.place,
        )
    return Compare(foreign, "=", key or Literal(None))
