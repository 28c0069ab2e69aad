"""References: the SQL of developers with everything it refers to, for one question.

In: a text and where it stands, or the full name of a field. Out: an expression without `${}` and
without templates. Each field is expanded once. While fields are expanded, the aliases they need are
noted: `gather` tells them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeVar

from msgspec import Struct

from lookalike.compiler import syntax
from lookalike.compiler.model import OF_ANSWER, Dimension, Explore, Field, Measure, Sql, View
from lookalike.compiler.query import dimensions, holes, measures
from lookalike.compiler.query.asker import Asker
from lookalike.compiler.query.conditions import ANY, bare, condition
from lookalike.compiler.query.contexts import Context, Grain
from lookalike.compiler.query.derived import Ctes, Native, Tables
from lookalike.compiler.query.intervals import Calendar, Period
from lookalike.compiler.query.moves import STILL, Move
from lookalike.compiler.query.names import full_name, suggestion
from lookalike.compiler.query.operands import operand
from lookalike.compiler.query.plans import (
    Alias,
    Condition,
    Expression,
    Fragment,
    Literal,
    Numbered,
    RowKey,
    Source,
    Table,
    TableOf,
)
from lookalike.compiler.query.reports import Report
from lookalike.compiler.query.resolve import Resolved
from lookalike.compiler.query.scope import TemplateScope
from lookalike.compiler.query.weaving import Weaving
from lookalike.compiler.syntax import Budget, Code, Diagnostic, Exhausted, Place

T = TypeVar("T")

split = lru_cache(maxsize=16384)(syntax.fragments.split)


@lru_cache(maxsize=16384)
def _cut(text: str) -> tuple[syntax.fragments.Fragment, bool]:
    """`text` at its references, and whether all of them stand in code and it ends there."""
    parts = split(text)
    for n, part in enumerate(parts):
        if isinstance(part, str):
            spot = syntax.quotes.leaves_off(part, syntax.quotes.CODE)
            fits = spot.is_closed if n == len(parts) - 1 else spot.is_open
            if not fits or (n and syntax.quotes.runs_on(part)):
                return parts, False
        elif n and not isinstance(parts[n - 1], str):
            return parts, False
    return parts, True


class Setting(Struct, frozen=True, kw_only=True):
    """What all texts of one question share."""

    explore: Explore
    resolved: Resolved
    asker: Asker
    calendar: Calendar
    dialect: str
    budget: Budget
    report: Report
    broken: Mapping[str, Diagnostic]
    move: Move = STILL


class Match(Struct, frozen=True):
    """A filter expression on the field `name`, which means a time that is `delay` earlier than it
    says."""

    name: str
    text: str
    delay: Period | None = None


class _Expanded(Struct, frozen=True, gc=False):
    value: Expression
    aliases: frozenset[str]
    size: int


class References:
    """Expands texts and fields; `contexts.Expand` and `holes.Filling` for those who build
    expressions."""

    __slots__ = (
        "_aliases",
        "_dimensions",
        "_matches",
        "_measures",
        "_numbered",
        "_path",
        "_size",
        "_tables",
        "_views",
        "asker",
        "broken",
        "budget",
        "calendar",
        "dialect",
        "explore",
        "grain",
        "measured",
        "move",
        "report",
        "resolved",
    )  # fmt: skip

    def __init__(self, setting: Setting, ctes: Ctes, native: Native) -> None:
        self.explore = setting.explore
        self.resolved = setting.resolved
        self.asker = setting.asker
        self.calendar = setting.calendar
        self.dialect = setting.dialect
        self.budget = setting.budget
        self.report = setting.report
        self.broken = setting.broken
        self.move = setting.move
        self.grain = Grain()
        self.measured: set[str] = set()  # aliases whose rows are aggregated
        self._views = {join.name: join.view for join in self.explore.joins}
        self._views[self.explore.base] = self.explore.view
        self._tables = Tables(self, ctes, native, self.asker.in_development)
        self._dimensions: dict[str, _Expanded] = {}
        self._measures: dict[str, _Expanded] = {}
        self._matches: dict[Match, tuple[Condition, frozenset[str]]] = {}
        self._path: list[str] = []
        self._aliases: set[str] = set()
        self._numbered: set[str] = set()  # aliases whose rows get a key
        self._size = 0

    def gather(self, make: Callable[[], T]) -> tuple[T, frozenset[str]]:
        """What `make` makes, and the aliases that this needs in FROM."""
        outer, self._aliases = self._aliases, set()
        try:
            return make(), frozenset(self._aliases)
        finally:
            self._aliases = outer

    def regrain(self, grain: Grain) -> None:
        """From now on aggregate by this grain."""
        self.grain = grain
        self._measures.clear()
        self._numbered.clear()
        references = self.explore.references
        for match in tuple(self._matches):
            if isinstance(references.get(match.name), Measure):
                del self._matches[match]

    def need(self, alias: str) -> None:
        """Note that `alias` must be in FROM."""
        self._aliases.add(alias)

    def text(self, sql: Sql, context: Context) -> Expression:
        """The SQL of a developer with all it refers to."""
        if syntax.liquid.has_liquid(sql.text):
            rendered = syntax.liquid.render(sql.text, TemplateScope(self, context), self.budget)
            for item in rendered.diagnostics:
                self.report.pass_on(item, context.field, sql.place)
            if any(item.is_error for item in rendered.diagnostics):
                return Literal(None)  # the pieces end where the mistake is
            return self.join(rendered.pieces, context, sql.place)
        return self.join((sql.text,), context, sql.place)

    def join(self, pieces: syntax.liquid.Pieces, context: Context, place: Place) -> Expression:
        """Pieces of a rendered template as one expression."""
        if len(pieces) == 1 and isinstance(pieces[0], str):
            parts, is_settled = _cut(pieces[0])
            if is_settled:
                return self._joined(pieces[0], parts, context, place)
        weaving = Weaving(self.report, context.field, place)
        for piece in pieces:
            if isinstance(piece, str):
                self._size += len(piece)
                for part in split(piece):
                    if isinstance(part, str):
                        weaving.write(part)
                    else:
                        weaving.insert(self._reference(part, context, place))
            else:
                holes.fill(piece, weaving, context, self, place)
        return weaving.expression()

    def value(self, name: str) -> Expression:
        """What a column of the field `alias.field` shows."""
        field = self.explore.references[name]
        memo = self._measures if isinstance(field, Measure) else self._dimensions
        expanded = memo.get(name)
        if expanded is None:
            expanded = memo[name] = self._expand(name, field)
            self.budget.produce(expanded.size)
        self._aliases |= expanded.aliases
        self._size += expanded.size
        return expanded.value

    def shown(self, name: str) -> Expression:
        """What a column of `name` shows where it is the question itself that names it."""
        field, value = self.explore.references[name], self.value(name)
        if not isinstance(field, Dimension):
            return value
        return dimensions.later(value, field, self.move.of(name))

    def matches(self, name: str, text: str, field: str) -> Condition:
        """The rows in which `name` meets the filter expression `text`, as written at `field`."""
        return self.meets(Match(name, text, self.move.of(name)), field)

    def meets(self, match: Match, field: str) -> Condition:
        """The rows that meet `match`, which is written at `field`."""
        known = self._matches.get(match)
        if known is None:
            known = self._matches[match] = self.gather(lambda: self._match(match, field))
        self._aliases |= known[1]
        return known[0]

    def full_name(self, written: str, alias: str) -> str:
        """`alias.field` for a name as written on the view that is used as `alias`."""
        return full_name(self.explore, written, alias)

    def primary_key(self, alias: str) -> Expression | None:
        """The key of the view, if it has one or gets one."""
        name = f"{alias}.{self._views[alias].primary_key}"
        if name in self.explore.references:
            return bare(self.value(name))
        if not self.explore.generates_key(alias):
            return None
        self._numbered.add(alias)
        return RowKey(alias)

    def table(self, alias: str) -> Source:
        """What stands in FROM under `alias`."""
        table = self._table(alias)
        return Numbered(table) if alias in self._numbered else table

    def _table(self, alias: str) -> Table:
        if alias == self.explore.base:
            return self._tables.table(self.explore.view, alias, self.explore.sql_table_name)
        join = next(join for join in self.explore.joins if join.name == alias)
        return self._tables.table(join.view, alias, join.sql_table_name)

    def _joined(
        self, text: str, parts: syntax.fragments.Fragment, context: Context, place: Place
    ) -> Expression:
        """A text of which `_cut` says that anything can be inserted into it."""
        self._size += len(text)
        filled = tuple(
            part if isinstance(part, str) else self._reference(part, context, place)
            for part in parts
        )
        if len(filled) == 1 and not isinstance(filled[0], str):
            return filled[0]
        return Fragment(filled, place)

    def _match(self, match: Match, field: str) -> Condition:
        name, text = match.name, match.text
        filtered = self.explore.references.get(name)
        if filtered is None:
            _unknown(name, field, self.explore.references[field].place, self)
            return ANY
        if not isinstance(filtered, Dimension | Measure):
            self.report.error(
                Code.INVALID_FILTER,
                f"`{name}` is not a dimension or measure and can't be filtered on here",
                field,
                self.explore.references[field].place,
            )
            return ANY
        if isinstance(filtered, Measure) and filtered.is_of_answer:
            self.report.error(
                Code.INVALID_FILTER,
                f"can't filter on `{name}`, which {OF_ANSWER}",
                name,
                filtered.place,
            )
            return ANY
        self._aliases.add(name.partition(".")[0])
        compared = operand(filtered, name, self.explore, self, match.delay)
        built = condition(text, compared, self.calendar)
        if isinstance(built, syntax.filter_expressions.FilterError):
            holes.unreadable(text, name, built, self.report)
            return ANY
        return built

    def _expand(self, name: str, field: Field) -> _Expanded:
        outer = self._aliases, self._size
        alias = name.partition(".")[0]
        self._aliases, self._size = {alias}, 0
        self._path.append(name)
        try:
            value = self._make(name, alias, field)
            return _Expanded(value, frozenset(self._aliases), self._size)
        finally:
            self._path.pop()
            self._aliases, self._size = outer

    def _make(self, name: str, alias: str, field: Field) -> Expression:
        if len(self._path) > _DEEPEST:
            raise Exhausted("fields that refer to each other", _DEEPEST)
        if name in self._path[:-1]:
            path = " → ".join(f"`{step}`" for step in self._path[self._path.index(name) :])
            self.report.error(
                Code.CIRCULAR_REFERENCE, f"`{name}` refers to itself: {path}", name, field.place
            )
            return Literal(None)
        broken = self.broken.get(name)
        if broken is not None:
            message = f"`{name}` can't be used: {broken.message}"
            self.report.error(broken.code, message, name, broken.place)
            return Literal(None)
        if isinstance(field, Dimension):
            return dimensions.value(field, alias, self)
        if isinstance(field, Measure):
            self.measured.add(alias)
            return measures.value(field, alias, self)
        self.report.error(
            Code.UNKNOWN_FIELD,
            f"`{name}` is a filter or a parameter and has no value of its own; use "
            f"`{{% condition {field.name} %}}` or `{{% parameter {field.name} %}}`",
            name,
            field.place,
        )
        return Literal(None)

    def _reference(
        self, reference: syntax.fragments.Reference, context: Context, place: Place
    ) -> Expression:
        view, name = reference.view, reference.name
        if name == "TABLE":
            alias = view or context.alias or self.explore.base
            if alias in self._views:
                self._aliases.add(alias)
            return Alias(alias)
        if name == "SQL_TABLE_NAME":
            return self._table_of(view or context.alias, context, place)
        written = f"{view}.{name}" if view else name
        if context.derived:
            self.report.error(
                Code.UNKNOWN_FIELD,
                f"the SQL of a derived table can't refer to the field `{written}`; write the "
                "column, or a subquery on `${view.SQL_TABLE_NAME}`",
                place=place,
            )
            return Literal(None)
        full = self.full_name(written, context.alias)
        field = self.explore.references.get(full)
        if field is None:
            _unknown(written, context.field, place, self)
            return Literal(None)
        if isinstance(field, Measure) and (field.is_of_answer or not context.measures):
            _no_measure(full, context, place, self)
            return Literal(None)
        return bare(self.value(full))

    def _table_of(self, name: str, context: Context, place: Place) -> Expression:
        if name in self._views:
            return TableOf(self._table(name))
        view: View | None = self.explore.views.get(name)
        if view is not None:
            return TableOf(self._tables.table(view, name))
        hint = suggestion(name, self.explore.views) or "include the file that declares it"
        self.report.error(
            Code.UNKNOWN_VIEW, f"there is no view `{name}`; {hint}", context.field, place
        )
        return Literal(None)


def _unknown(written: str, field: str, place: Place, references: References) -> None:
    view = written.partition(".")[0]
    explore = references.explore
    if view in explore.views and explore.view_of(view) is None:
        message = (
            f"`{written}` is in the view `{view}`, which explore `{explore.name}` does not join"
        )
        references.report.error(Code.INACCESSIBLE_VIEW, f"{message}; join it", field, place)
        return
    hint = suggestion(written, explore.fields) or "correct the name"
    message = f"there is no field `{written}` in explore `{explore.name}`; {hint}"
    references.report.error(Code.UNKNOWN_FIELD, message, field, place)


def _no_measure(name: str, context: Context, place: Place, references: References) -> None:
    where = f"`{context.field}`" if context.field else "this condition"
    if context.measures:
        message = f"{where} can't refer to the measure `{name}`, which {OF_ANSWER}"
        references.report.error(Code.NESTED_AGGREGATE, message, context.field, place)
        return
    if isinstance(references.explore.references.get(context.field), Measure):
        code, what = Code.NESTED_AGGREGATE, "aggregates already"
        advice = "make it a measure of type `number`"
    else:
        code, what = Code.AGGREGATE_IN_DIMENSION, "holds for each row"
        advice = "refer to a dimension"
    message = f"{where} {what} and can't refer to the measure `{name}`; {advice}"
    references.report.error(code, message, context.field, place)


_DEEPEST = 50
