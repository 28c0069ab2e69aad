"""Planner: a question to an explore becomes a Plan, or the diagnostics that say why not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC

from msgspec import Struct, structs

from lookalike.compiler.model import Explore, ExploreSource, View
from lookalike.compiler.query import comparisons, fanout, limits
from lookalike.compiler.query.asker import Asker
from lookalike.compiler.query.behind import behind
from lookalike.compiler.query.columns import Selection, order, select
from lookalike.compiler.query.derived import Ctes
from lookalike.compiler.query.intervals import Calendar, find_zone
from lookalike.compiler.query.joins import Joins, UsedJoin, step
from lookalike.compiler.query.moves import Move
from lookalike.compiler.query.names import suggestion
from lookalike.compiler.query.native_tables import native_question, native_table
from lookalike.compiler.query.plans import Derived, Order, Plan, Planned, Select
from lookalike.compiler.query.query import Query
from lookalike.compiler.query.references import References, Setting
from lookalike.compiler.query.reports import Report
from lookalike.compiler.query.resolve import resolve
from lookalike.compiler.query.restrictions import Restrictions, matching, restrict
from lookalike.compiler.syntax import Budget, Code, Diagnostic, Exhausted, Kind, shown


def plan(
    question: Query,
    explore: Explore,
    asker: Asker,
    dialect: str,
    budget: Budget,
    siblings: Mapping[str, Explore] | None = None,
) -> Planned:
    """Plan `question`. `dialect` is only a name that Liquid may ask for. Warnings come beside a
    plan.

    `siblings` are the explores of the same model, which native derived tables ask.
    """
    items: list[Diagnostic] = []
    work = _Work(asker, dialect, budget, siblings or {explore.name: explore}, items, Ctes())
    select_: Select | None = None
    applied: tuple[tuple[str, str], ...] = ()
    try:
        setting = _setting(question, explore, work, question.decorated)
        applied = setting.resolved.applied
        select_ = _answer(question, setting, work)
    except Exhausted as exhausted:
        Report(explore, items).error(Code.BUDGET, f"the query is too large: {exhausted}")
    diagnostics = tuple(dict.fromkeys(items))
    if select_ is None or any(item.is_error for item in diagnostics):
        return Planned(None, diagnostics)
    ctes = tuple(work.ctes.items.values())
    zone = question.timezone or asker.zone
    limit = limits.of_answer(question)
    found = Plan(ctes=ctes, main=select_, filters=applied, zone=zone, limit=limit)
    return Planned(found, diagnostics)


class _Work(Struct, frozen=True):
    """What a question and those behind its native derived tables share."""

    asker: Asker
    dialect: str
    budget: Budget
    siblings: Mapping[str, Explore]
    items: list[Diagnostic]
    ctes: Ctes


class _Parts(Struct, frozen=True):
    selection: Selection
    restrictions: Restrictions
    order: tuple[Order, ...]


def _setting(question: Query, explore: Explore, work: _Work, decorated: bool = False) -> Setting:
    report = Report(explore, work.items)
    _refuse_misread(explore, report)
    resolved = resolve(question, explore, work.asker, report)
    if decorated:
        resolved = structs.replace(resolved, behind=behind(resolved, explore))
    return Setting(
        explore=explore,
        resolved=resolved,
        asker=work.asker,
        calendar=_calendar(question, explore, work.asker, report),
        dialect=work.dialect,
        budget=work.budget,
        report=report,
        broken={item.field: item for item in explore.errors if item.field and item.is_error},
    )


def _references(setting: Setting, work: _Work, natives: dict[str, Derived | None]) -> References:
    """`natives` are the native derived tables that are planned already, by their aliases."""
    references: References

    def native(source: ExploreSource, view: View, alias: str) -> Derived | None:
        if alias not in natives:
            natives[alias] = _native(source, view, alias, references, work)
        return natives[alias]

    references = References(setting, work.ctes, native)
    return references


def _refuse_misread(explore: Explore, report: Report) -> None:
    """What could not be read outside of fields may have belonged to any part of the SQL."""
    for item in explore.errors:
        if item.kind is Kind.SYNTAX and not item.field:
            message = f"explore `{explore.name}` can't be used: {item.message}"
            report.error(item.code, message, place=item.place)


def _calendar(question: Query, explore: Explore, asker: Asker, report: Report) -> Calendar:
    name = question.timezone or asker.zone
    zone = find_zone(name)
    for each in (name, asker.database_zone):
        if find_zone(each) is None:
            report.error(
                Code.INVALID_TIMEZONE,
                f"there is no time zone `{shown(each)}`; write a name such as `America/New_York`",
            )
    return Calendar(
        now=asker.now.astimezone(zone or UTC),
        zone=name,
        database_zone=asker.database_zone,
        week_start_day=explore.week_start_day,
        fiscal_month_offset=explore.fiscal_month_offset,
    )


def _answer(question: Query, setting: Setting, work: _Work) -> Select | None:
    natives: dict[str, Derived | None] = {}
    references = _references(setting, work, natives)
    found = comparisons.find(references)
    main = _select(question, references)
    if main is None or not found:
        return main
    earlier: dict[Move, Select] = {}
    for move in dict.fromkeys(each.move for each in found.values()):
        then = _select(question, _references(structs.replace(setting, move=move), work, natives))
        if then is not None:
            earlier[move] = then
    return comparisons.compared(main, earlier, found, references, work.ctes)


def _select(question: Query, references: References) -> Select | None:
    explore = references.explore
    joins = Joins(references)
    for _ in range(len(explore.joins) + 2):
        parts, aliases = references.gather(lambda: _parts(question, references))
        used = joins.used(aliases)
        grain = fanout.grain(used, explore, references.measured)
        if grain == references.grain:
            break
        references.regrain(grain)  # keys may take further joins: look again
    if not parts.selection.columns:
        return None
    steps = (step(join, references) for join in used)
    narrowed = tuple(join.where for join in used if join.where is not None)
    return Select(
        columns=parts.selection.columns,
        base_alias=explore.base,
        base=references.table(explore.base),
        joins=tuple(item for item in steps if item is not None),
        where=parts.restrictions.where + narrowed,
        having=parts.restrictions.having,
        group=_groups(parts, used, references),
        order=parts.order,
        limit=limits.of_statement(question, references),
    )


def _parts(question: Query, references: References) -> _Parts:
    selection = select(references)
    restrictions = restrict(question.filter_expression, references)
    return _Parts(selection, restrictions, order(question.sorts, selection, references))


def _groups(parts: _Parts, used: tuple[UsedJoin, ...], references: References) -> bool:
    # Rule: LookML reference, cancel_grouping_fields. A measure anywhere asks for groups.
    if references.measured or any(fanout.multiplies(join) for join in used):
        return True
    if parts.restrictions.having:
        return True
    explore, dimensions = references.explore, references.resolved.dimensions
    key = f"{explore.base}.{explore.view.primary_key}"
    return key not in dimensions and not any(
        name in dimensions for name in explore.cancel_grouping_fields
    )


def _native(
    source: ExploreSource, view: View, alias: str, outer: References, work: _Work
) -> Derived | None:
    explore = work.siblings.get(source.explore)
    if explore is None:
        hint = suggestion(source.explore, work.siblings) or "name one of this model"
        outer.report.error(
            Code.UNKNOWN_EXPLORE,
            f"the derived table `{view.name}` asks the explore `{source.explore}`, which is not in "
            f"this model; {hint}",
            place=source.place,
        )
        return None
    n_known = len(work.items)
    with work.budget:
        zone = outer.calendar.zone if source.timezone == "query_timezone" else source.timezone
        asker = structs.replace(work.asker, zone=zone or work.asker.database_zone)
        inner = structs.replace(work, asker=asker)
        question = native_question(
            source,
            explore,
            alias,
            outer,
            lambda name, text: _leads_back(name, text, explore, inner),
        )
        select_ = _answer(question, _setting(question, explore, inner), inner)
    work.items[n_known:] = [
        item if item.place.path else structs.replace(item, place=source.place)
        for item in work.items[n_known:]
    ]
    return None if select_ is None else native_table(source, select_, alias, explore, outer)


def _leads_back(name: str, text: str, explore: Explore, work: _Work) -> bool:
    """Does a filter on `name` need a derived table that is just being built?

    It is tried out, by itself and without planning the tables behind other tables.
    """
    items: list[Diagnostic] = []
    ctes = work.ctes.aside()
    question = Query(model=explore.model, explore=explore.name, filters=((name, text),))
    setting = _setting(question, explore, structs.replace(work, items=items))
    if name not in setting.resolved.filters:
        return False
    references = References(setting, ctes, lambda *_: None)
    _, aliases = references.gather(lambda: matching(name, text, references))
    for used in Joins(references).used(aliases):
        references.table(used.join.name)
    return any(item.code is Code.CIRCULAR_REFERENCE for item in items)
