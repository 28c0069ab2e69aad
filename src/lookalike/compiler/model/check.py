"""Check: what is wrong with an explore once all its views are known.

In: an explore and what its views refer to. Out: its errors, each attached to the field that can't
be used because of it; a mistake in a view shows in every explore that uses the view.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler.model import field_lists
from lookalike.compiler.model.build_explores import BuiltExplore
from lookalike.compiler.model.circles import circles
from lookalike.compiler.model.declared_fields import declaration_of
from lookalike.compiler.model.explores import Explore
from lookalike.compiler.model.fields import OF_ANSWER, Field, Measure, Sql
from lookalike.compiler.model.findings import Findings, circle_message, did_you_mean, quote
from lookalike.compiler.model.missing_keys import check_keys
from lookalike.compiler.model.outlines import Outline, Outlines, check_source, find_field, misnamed
from lookalike.compiler.model.prepared import check_prepared
from lookalike.compiler.model.project import Project
from lookalike.compiler.model.references import (
    TABLE_NAME,
    Reference,
    ViewReferences,
    as_view,
    is_harmless,
    is_unset,
    misuse,
    of_liquid,
    of_sql,
    tell_lost,
)
from lookalike.compiler.model.templates import MOST_TOLD, check_sql
from lookalike.compiler.model.views import ExploreSource, View
from lookalike.compiler.model.written import Declaration
from lookalike.compiler.syntax import Budget, Code, Diagnostic, Kind

_WITHOUT_PARENT = (Code.UNKNOWN_VIEW, Code.CIRCULAR_EXTENDS)
_INCLUDE = "; declare it, or include its file"
_UNKNOWN = (Code.UNKNOWN_FIELD, Code.UNKNOWN_SET)


class Names(Struct, frozen=True, eq=False):
    """What the objects of one model may name.

    `hints` keeps what to write instead of an unknown field of a view: a mistake in a view is met
    again in every explore that uses it.
    """

    model: str
    explores: Collection[str]
    grants: Collection[str]
    datagroups: Collection[str]
    hints: dict[tuple[str, str], str]
    outlines: Outlines


class CheckedView(Struct, frozen=True, eq=False):
    """A view, what it refers to, and everything found about it. It is whole unless a parent that it
    extends can't be found: then what seems unknown may be the parent's."""

    view: View
    references: ViewReferences
    diagnostics: tuple[Diagnostic, ...]
    is_whole: bool = True


def check(project: Project) -> tuple[Diagnostic, ...]:
    """The diagnostics of a project as a validator lists them: a mistake in a view once for each
    explore with it."""
    explores = [each for found in project.models.values() for each in found.explores.values()]
    listed = [found for explore in explores for found in explore.errors]
    once = {(found.code, found.message, found.place) for found in listed}
    rest = [f for f in project.diagnostics if (f.code, f.message, f.place) not in once]
    return (*rest, *listed)


def check_view(
    view: View,
    declaration: Declaration,
    references: ViewReferences,
    found: Sequence[Diagnostic],
    names: Names,
) -> CheckedView:
    """A view, which `declaration` means, with what is wrong with it in its model; `found` is what
    was wrong with it before."""
    findings = Findings()
    _check_grants(view.required_access_grants, declaration, names, findings)
    table = view.derived_table
    if table is not None:
        making = declaration.objects["derived_table", ""]
        datagroup = table.persistence.get("datagroup_trigger")
        if datagroup is not None and datagroup not in names.datagroups:
            hint = did_you_mean(datagroup, names.datagroups)
            message = f"`datagroup_trigger` names unknown datagroup {quote(datagroup)}{hint}"
            place = making.place_of("datagroup_trigger")
            findings.error(Code.UNKNOWN_DATAGROUP, message, place)
        source = table.explore_source
        if source is not None and source.explore not in names.explores:
            hint = did_you_mean(source.explore, names.explores)
            where = f"{quote(source.explore)} in model {quote(names.model)}"
            message = f"`explore_source` names unknown explore {where}{hint or _INCLUDE}"
            findings.error(Code.UNKNOWN_EXPLORE, message, source.place)
        outline = names.outlines.of(source.explore) if source is not None else None
        if source is not None and outline is not None:
            asking = making.objects["explore_source", ""]
            check_source(source, asking, outline, "`explore_source`: ", findings)
            _check_columns(source, outline, findings)
    for field in references.named:
        findings.field = f"{view.name}.{field.name}"
        _check_field(field, declaration_of(field, declaration), names, findings)
    is_whole = not any(each.code in _WITHOUT_PARENT for each in found)
    own = [each for each in references.diagnostics if is_whole or each.code not in _UNKNOWN]
    diagnostics = (*found, *own, *findings.found)
    told = () if view.extension_required else diagnostics
    return CheckedView(view, references, told, is_whole)


def _check_columns(source: ExploreSource, outline: Outline, findings: Findings) -> None:
    for column in source.columns:
        field = find_field(column.field or column.name, outline)
        if isinstance(field, Measure) and field.is_over_rows:
            message = (
                f"`column` names {quote(field.name)}, which is computed on the rows of an answer"
                " and not in a table; write a `derived_column` with a window function"
            )
            findings.error(Code.INVALID_VALUE, message, column.place)


def check_tables(views: Mapping[str, ViewReferences]) -> dict[str, str]:
    """The views whose tables are made of themselves, through `${view.SQL_TABLE_NAME}`; and what to
    say of each."""
    graph = {
        name: [each.alias for each in references.outside if each.name == TABLE_NAME]
        for name, references in views.items()
    }
    return {
        name: f"the tables of {', '.join(map(quote, group[:8]))} are made of each other"
        for group in circles({name: tables for name, tables in graph.items() if tables})
        for name in group
    }


def misread_tables(
    own: Mapping[str, Sequence[Diagnostic]], views: Mapping[str, ViewReferences]
) -> dict[str, tuple[Diagnostic, ...]]:
    """What could not be read of the views whose tables a view's own table is made of; `own` is what
    is wrong with each view itself."""
    wrong = {
        name: [each for each in found if each.kind is Kind.SYNTAX and not each.field]
        for name, found in own.items()
    }
    if not any(wrong.values()):
        return {}
    return {
        name: tuple(each for table in _tables_of(name, views) for each in wrong.get(table, ()))
        for name in views
    }


def _tables_of(view: str, views: Mapping[str, ViewReferences]) -> Iterator[str]:
    """The views that the table of `view` is made of, also through others."""
    seen = {view}
    waiting = [view]
    while waiting:
        references = views.get(waiting.pop())
        for each in references.outside if references is not None else ():
            if each.name == TABLE_NAME and each.alias not in seen:
                seen.add(each.alias)
                waiting.append(each.alias)
                yield each.alias


def check_explore(
    built: BuiltExplore,
    inherited: Sequence[Diagnostic],
    views: Mapping[str, CheckedView],
    names: Names,
    budget: Budget,
) -> list[Diagnostic]:
    """Everything found about an explore and the views that it uses, warnings too; `inherited` is
    what is wrong with its `extends`."""
    explore = built.explore
    findings, of_fields = Findings(), Findings()
    found = [*inherited, *built.diagnostics]
    parts = [
        a for a, view in built.views.items() if view.name in views and not views[view.name].is_whole
    ]
    if explore.base in built.missing:  # what it says of that view can't be told
        return [replace(each, model=explore.model, explore=explore.name) for each in found]
    if parts:
        built = replace(built, missing=(*built.missing, *parts))
    for alias, view in built.views.items():
        checked = views.get(view.name)
        if checked is None:
            continue
        found.extend(_renamed(checked.diagnostics, view.name, alias))
        n_found = len(of_fields.found)
        for reference in checked.references.outside:
            name = f"{alias}.{reference.field}" if reference.field else ""
            if name != of_fields.field:
                of_fields.field, n_found = name, len(of_fields.found)
            if len(of_fields.found) - n_found == MOST_TOLD:
                continue
            field = view.fields.get(reference.field)
            _check_reference(reference, alias, field, built, names.hints, of_fields)
    found.extend(_within_reach(of_fields.found, built, views))
    _check_bound(built, findings)
    for sql, alias in _texts(explore):
        check_sql(sql, findings, budget)
        for reference in (*of_sql(sql), *map(as_view, of_liquid(sql))):
            _check_reference(reference, alias, None, built, names.hints, findings)
            _check_rows(reference, sql, alias, built, findings)
    _check_names(built, names, findings)
    check_prepared(built, names.datagroups, findings)
    _check_circles(built, views, findings)
    check_keys(built, findings)
    found.extend(findings.found)
    return [replace(each, model=explore.model, explore=explore.name) for each in found]


def _check_bound(built: BuiltExplore, findings: Findings) -> None:
    """`bind_all_filters` is for the explore that the derived table asks."""
    for view in built.views.values():
        source = view.derived_table.explore_source if view.derived_table else None
        if source and source.bind_all_filters and source.explore != built.explore.name:
            message = (
                f"`bind_all_filters` of view {quote(view.name)} binds filters of explore"
                f" {quote(source.explore)}, not of {quote(built.explore.name)}; use `bind_filters`"
            )
            findings.warning(Code.INVALID_VALUE, message, source.place)


def _check_rows(
    reference: Reference, sql: Sql, alias: str, built: BuiltExplore, findings: Findings
) -> None:
    """The SQL of an explore is about rows, which have no measures; but for `sql_always_having`,
    which takes those that the database computes."""
    explore = built.explore
    name = f"{_owner(reference.alias, alias, built.views)}.{reference.name}"
    target = explore.references.get(name)
    if reference.key != "sql" or not isinstance(target, Measure):
        return
    if sql is explore.sql_always_having:
        if target.is_of_answer:
            message = f"`sql_always_having` can't refer to {quote(name)}, which {OF_ANSWER}"
            findings.error(Code.NESTED_AGGREGATE, message, reference.place, (target.place,))
    else:
        message = (
            f"a condition on rows can't refer to the measure {quote(name)};"
            " refer to a dimension, or write `sql_always_having`"
        )
        findings.error(Code.AGGREGATE_IN_DIMENSION, message, reference.place, (target.place,))


def _within_reach(
    found: list[Diagnostic], built: BuiltExplore, views: Mapping[str, CheckedView]
) -> list[Diagnostic]:
    """`found` without the mistakes in fields that the explore leaves out, where nothing that it
    offers refers to the field. Rule: LookML reference, "fields (for Explores)"."""
    offered = built.explore.fields
    if all(not each.field or each.field in offered for each in found):
        return found
    reached = _reached(built, views)
    return [each for each in found if not each.field or each.field in reached]


def _reached(built: BuiltExplore, views: Mapping[str, CheckedView]) -> set[str]:
    """The fields that an explore offers, and all that they and its own SQL refer to."""
    explore = built.explore
    targets: dict[str, list[str]] = {}
    for alias, view in built.views.items():
        checked = views.get(view.name)
        if checked is None:
            continue
        for field, names in checked.references.inside.items():
            targets.setdefault(f"{alias}.{field}", []).extend(f"{alias}.{name}" for name in names)
        for each in checked.references.outside:
            owner = _owner(each.alias, alias, built.views)
            targets.setdefault(f"{alias}.{each.field}", []).append(f"{owner}.{each.name}")
    waiting = [*explore.fields, *(f"{alias}." for alias in built.views)]
    for sql, alias in _texts(explore):
        named = of_sql(sql)
        waiting.extend(f"{_owner(each.alias, alias, built.views)}.{each.name}" for each in named)
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(targets.get(name, ()))
    return reached


def _check_field(field: Field, declaration: Declaration, names: Names, findings: Findings) -> None:
    _check_grants(field.required_access_grants, declaration, names, findings)
    if field.suggest_explore and field.suggest_explore not in names.explores:
        hint = did_you_mean(field.suggest_explore, names.explores)
        message = f"`suggest_explore` names unknown explore {quote(field.suggest_explore)}{hint}"
        findings.warning(Code.UNKNOWN_EXPLORE, message, declaration.place_of("suggest_explore"))
    outline = names.outlines.of(field.suggest_explore)
    problem = misnamed(field.suggest_dimension, outline) if outline else ""
    if field.suggest_dimension and problem:
        message = f"`suggest_dimension` names {problem}"
        findings.warning(Code.UNKNOWN_FIELD, message, declaration.place_of("suggest_dimension"))


def _check_grants(
    grants: Sequence[str], declaration: Declaration, names: Names, findings: Findings
) -> None:
    key = "required_access_grants"
    for grant in grants:
        if grant not in names.grants:
            hint = did_you_mean(grant, names.grants) or "; declare an `access_grant`, or include it"
            message = f"`{key}` names unknown grant {quote(grant)}{hint}"
            findings.error(Code.UNKNOWN_GRANT, message, declaration.place_in(key, grant))


def _renamed(found: Sequence[Diagnostic], view: str, alias: str) -> Iterator[Diagnostic]:
    """Diagnostics of `view.field`, attached to `alias.field`."""
    for each in found:
        if each.field and view != alias:
            yield replace(each, field=f"{alias}.{each.field.partition('.')[2]}")
        else:
            yield each


def _check_reference(
    reference: Reference,
    alias: str,
    field: Field | None,
    built: BuiltExplore,
    hints: dict[tuple[str, str], str],
    findings: Findings,
) -> None:
    """A reference that stands on `alias`, in `field` or in a text of the explore itself."""
    explore = built.explore
    if reference.name == TABLE_NAME:
        if reference.alias not in explore.views and reference.alias not in built.views:
            hint = did_you_mean(reference.alias, explore.views)
            message = f"`${{…SQL_TABLE_NAME}}` names unknown view {quote(reference.alias)}{hint}"
            findings.error(Code.UNKNOWN_VIEW, message, reference.place)
        return
    owner = _owner(reference.alias, alias, built.views)
    if not reference.name:
        if owner not in explore.views and owner not in built.views:
            hint = did_you_mean(owner, (*explore.views, *built.views))
            message = f"`{reference.key}` names unknown view or field {quote(owner)}{hint}"
            findings.warning(Code.UNKNOWN_VIEW, message, reference.place)
        return
    target = explore.references.get(f"{owner}.{reference.name}")
    if target is None:
        if owner not in built.missing:
            _unknown(reference, owner, built, hints, findings)
    elif field is not None and (problem := misuse(field, reference.key, target, reference.written)):
        findings.error(problem[0], problem[1], reference.place, (target.place,))


def _owner(written: str, alias: str, views: Mapping[str, View]) -> str:
    """The alias that a written view name means: one of the explore, or the own view by its real
    name."""
    if not written or (written not in views and views[alias].name == written):
        return alias
    return written


def _unknown(
    reference: Reference,
    owner: str,
    built: BuiltExplore,
    hints: dict[tuple[str, str], str],
    findings: Findings,
) -> None:
    explore, view = built.explore, built.views.get(owner)
    report = findings.warning if is_harmless(reference) else findings.error
    written = f"{owner}.{reference.name}"
    where = "" if reference.key == "sql" else f" in `{reference.key}`"
    if view is not None and reference.name in view.lost:
        tell_lost(reference, view, findings)
    elif view is not None:
        key = (view.name, reference.name)
        if key not in hints:
            hints[key] = field_lists.hint(reference.name, view)
        message = f"unknown field {quote(written)}{where}{hints[key]}"
        report(Code.UNKNOWN_FIELD, message, reference.place)
    elif owner in explore.views and is_unset(reference):
        return  # other explores may join it
    elif owner in explore.views:
        message = (
            f"{quote(written)}{where} is of a view that explore {quote(explore.name)}"
            f" of model {quote(explore.model)} does not join; add `join: {owner}`"
        )
        findings.error(Code.INACCESSIBLE_VIEW, message, reference.place)
    else:
        hint = did_you_mean(owner, built.views) or did_you_mean(owner, explore.views)
        if owner == "TABLE":
            hint = f"; write `${{TABLE}}.{reference.name}`"
        message = f"unknown view {quote(owner)} in {quote(written)}{where}{hint}"
        report(Code.UNKNOWN_VIEW, message, reference.place)


def _texts(explore: Explore) -> Iterator[tuple[Sql, str]]:
    """The SQL that an explore itself holds, each with the alias that an unqualified name is of."""
    own = (explore.sql_always_where, explore.sql_always_having, explore.sql_table_name)
    yield from ((sql, explore.base) for sql in own if sql is not None)
    for join in explore.joins:
        texts = (join.sql_on, join.sql_where, join.sql, join.sql_table_name)
        yield from ((sql, join.name) for sql in texts if sql is not None)
        if join.sql_foreign_key is not None:
            yield join.sql_foreign_key, explore.base


def _check_names(built: BuiltExplore, names: Names, findings: Findings) -> None:
    explore, declaration = built.explore, built.declaration
    _check_grants(explore.required_access_grants, declaration, names, findings)
    for join in explore.joins:
        written = declaration.objects["join", join.name]
        _check_grants(join.required_access_grants, written, names, findings)
        if join.foreign_key:
            alias, _, name = join.foreign_key.rpartition(".")
            if f"{alias or explore.base}.{name}" not in explore.references:
                message = f"`foreign_key` names unknown field {quote(join.foreign_key)}"
                hint = did_you_mean(join.foreign_key, explore.references)
                place = written.place_of("foreign_key")
                findings.error(Code.UNKNOWN_FIELD, message + hint, place)
    named = explore.persist_with if "persist_with" in declaration.values else ""
    if named and named not in names.datagroups:
        message = f"`persist_with` names unknown datagroup {quote(named)}"
        hint = did_you_mean(named, names.datagroups)
        place = declaration.place_of("persist_with")
        findings.error(Code.UNKNOWN_DATAGROUP, message + hint, place)


def _check_circles(
    built: BuiltExplore, checked: Mapping[str, CheckedView], findings: Findings
) -> None:
    """Fields of several views that refer to each other. Views that do not are left out first:
    nearly always all."""
    across: dict[str, list[tuple[str, str, str]]] = {}
    for alias, view in built.views.items():
        references = checked[view.name].references.outside if view.name in checked else ()
        found = [
            (each.field, _owner(each.alias, alias, built.views), each.name)
            for each in references
            if each.key == "sql" and each.field
        ]
        if found:
            across[alias] = found
    suspects = circles({alias: [owner for _, owner, _ in found] for alias, found in across.items()})
    graph: dict[str, list[str]] = {}
    for alias in (alias for group in suspects for alias in group):
        for field, owner, name in across[alias]:
            graph.setdefault(f"{alias}.{field}", []).append(f"{owner}.{name}")
        for field, names in checked[built.views[alias].name].references.inside.items():
            graph.setdefault(f"{alias}.{field}", []).extend(f"{alias}.{name}" for name in names)
    for group in circles(graph):
        if len({name.partition(".")[0] for name in group}) > 1:
            place = built.explore.references[group[0]].place
            for findings.field in group:
                findings.error(Code.CIRCULAR_REFERENCE, circle_message(group), place)
    findings.field = ""
