"""Build explores: an explore's declaration becomes an Explore, with its views joined and its fields
named.

Out comes an explore even when some of it is wrong: a join whose view is unknown is left out,
everything else stays. Rule: LookML reference, "Explore parameters" and "Join parameters".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from msgspec import Struct

from lookalike.compiler.model import field_lists
from lookalike.compiler.model.explores import (
    AccessFilter,
    ConditionalFilter,
    Explore,
    Join,
    JoinType,
    Relationship,
)
from lookalike.compiler.model.fields import Dimension, Field, Measure, Sql
from lookalike.compiler.model.filter_kinds import unreadable
from lookalike.compiler.model.findings import Findings, did_you_mean, quote
from lookalike.compiler.model.fitting import is_misspelt
from lookalike.compiler.model.labels import humanise
from lookalike.compiler.model.names import full_name
from lookalike.compiler.model.values import Attributes, read, same
from lookalike.compiler.model.views import View
from lookalike.compiler.model.written import (
    Block,
    Declaration,
    Items,
    Written,
    list_of,
    pairs_of,
    place_in,
    texts_of,
)
from lookalike.compiler.syntax import Budget, Code, Diagnostic

_EXPLORE: Attributes = same(
    """label view_label group_label description hidden tags sql_table_name sql_always_where
    sql_always_having always_join required_access_grants cancel_grouping_fields
    symmetric_aggregates autogenerate_primary_keys case_sensitive persist_for persist_with"""
)
_JOIN: Attributes = {
    **same(
        """sql_on sql_where foreign_key sql_foreign_key sql sql_table_name required_joins fields
        view_label required_access_grants outer_only type relationship"""
    ),
    "from": "from_",
}
_CONDITIONS = ("sql_on", "foreign_key", "sql_foreign_key", "sql")


class ModelParts(Struct, frozen=True, eq=False):
    """What the explores of one model share. `defaults` are attributes that an explore may write
    itself, `calendar` those that it may not. `named` keeps the full names of a view's fields under
    each alias."""

    name: str
    project: str
    connection: str
    views: Mapping[str, View]
    defaults: Mapping[str, Any]
    calendar: Mapping[str, Any]
    named: dict[tuple[str, str], Mapping[str, Field]]
    budget: Budget


class BuiltExplore(Struct, frozen=True, eq=False):
    """`views` maps each alias to its view; `missing` are the aliases whose view is unknown: joins
    are then left out, and a base view is empty. The explore's `errors` come later."""

    declaration: Declaration
    explore: Explore
    views: Mapping[str, View]
    missing: Collection[str]
    diagnostics: tuple[Diagnostic, ...]


def build_explore(declaration: Declaration, parts: ModelParts) -> BuiltExplore:
    """The explore that `declaration` means."""
    findings = Findings()
    findings.found.extend(declaration.mistakes)
    alias = declaration.text("view_name") or declaration.name
    view = _view(declaration.text("from") or alias, parts)
    joins, missing = _joins(declaration, alias, parts, findings)
    if view is None:
        view = _unknown_view(declaration, alias, parts, findings)
        missing = (*missing, alias)
    views = {alias: view, **{join.name: join.view for join in joins}}
    fields = {each: _named_fields(each, views[each], parts) for each in views}
    references = {name: field for named in fields.values() for name, field in named.items()}
    parts.budget.spend(4 * len(references))
    listing = field_lists.Listing(views, fields, missing, parts.budget, {})
    values = {**parts.defaults, **read(declaration, _EXPLORE, findings)}
    if "persist_for" in declaration.values:
        if "persist_with" in declaration.values:
            message = "an explore has either `persist_for` or `persist_with`; keep one"
            findings.warning(Code.INVALID_VALUE, message, declaration.place_of("persist_with"))
        values.pop("persist_with", None)
    values.setdefault("label", humanise(declaration.name))
    cancelling = values.get("cancel_grouping_fields", ())
    values["cancel_grouping_fields"] = tuple(full_name(name, alias) for name in cancelling)
    _check_join_names(values.get("always_join", ()), declaration, joins, missing, findings)
    explore = Explore(
        name=declaration.name,
        model=parts.name,
        project=parts.project,
        connection=parts.connection,
        place=declaration.place,
        base=alias,
        view=view,
        joins=joins,
        fields=_selectable(declaration, alias, joins, references, listing, findings),
        references=references,
        sets={f"{each}.{name}": s for each, v in views.items() for name, s in v.sets.items()},
        extension_required=declaration.text("extension") == "required",
        always_filter=_filters(declaration, "always_filter", alias, findings),
        conditionally_filter=_conditional_filter(declaration, alias, findings),
        access_filters=_access_filters(declaration, alias, findings),
        views=parts.views,
        **parts.calendar,
        **values,
    )
    _check_filter_names(explore, declaration, missing, findings)
    return BuiltExplore(declaration, explore, views, missing, tuple(findings.found))


def _view(name: str, parts: ModelParts) -> View | None:
    """The view of a name, unless it is only there to be extended."""
    view = parts.views.get(name)
    return None if view is None or view.extension_required else view


def _lacking(what: str, name: str, advice: str, parts: ModelParts) -> str:
    """Why an explore or a join has no view."""
    if name in parts.views:
        return (
            f"{what} is of view {quote(name)}, which is only there to be extended; extend it by"
            " another view, and name that"
        )
    return f"{what} is of unknown view {quote(name)}{did_you_mean(name, parts.views) or advice}"


def _unknown_view(
    declaration: Declaration, alias: str, parts: ModelParts, findings: Findings
) -> View:
    """An empty view instead of the base view, which there is not."""
    name = declaration.text("from") or alias
    advice = "; include its file, or name the view by `from`"
    message = _lacking(f"explore {quote(declaration.name)}", name, advice, parts)
    place = declaration.place_of("from" if declaration.text("from") else "view_name")
    findings.error(Code.UNKNOWN_VIEW, message, place)
    return View(name=name, place=declaration.place, fields={}, sets={})


def _joins(
    explore: Declaration, base: str, parts: ModelParts, findings: Findings
) -> tuple[tuple[Join, ...], Collection[str]]:
    """The joins in order, and the names of those whose view is unknown."""
    joins: list[Join] = []
    missing: list[str] = []
    for declaration in explore.of_kind("join"):
        name = declaration.text("from") or declaration.name
        view = _view(name, parts)
        if declaration.name == base:
            message = (
                f"join {quote(base)} has the name of the base view; give it another, and `from`"
            )
            findings.error(Code.DUPLICATE_OBJECT, message, declaration.place)
        elif view is None:
            advice = "; include the file that declares it"
            message = _lacking(f"join {quote(declaration.name)}", name, advice, parts)
            findings.error(Code.UNKNOWN_VIEW, message, declaration.place_of("from"))
            missing.append(declaration.name)
        else:
            joins.append(_join(declaration, view, findings))
    for join, declaration in zip(joins, _built(explore, joins), strict=True):
        _check_join_names(join.required_joins, declaration, joins, missing, findings)
    return tuple(joins), missing


def _built(explore: Declaration, joins: Collection[Join]) -> list[Declaration]:
    return [explore.objects["join", join.name] for join in joins]


def _join(declaration: Declaration, view: View, findings: Findings) -> Join:
    values = read(declaration, _JOIN, findings)
    values["type"] = JoinType(values.get("type", "left_outer"))
    _check_condition(declaration, view, values["type"], findings)
    is_bare = _is_bare(declaration, view, values["type"])
    if is_bare:
        values["sql"] = Sql("")
    for key in [key for key in _CONDITIONS if key in values][1:]:
        del values[key]
    if "relationship" in values:
        values["relationship"] = Relationship(values["relationship"])
    elif "relationship" not in declaration.values and not (is_bare or is_misspelt(declaration)):
        message = f"join {quote(declaration.name)} has no `relationship`; `many_to_one` is assumed"
        findings.warning(Code.MISSING_RELATIONSHIP, message, declaration.place)
    return Join(name=declaration.name, view=view, place=declaration.place, **values)


def _check_condition(
    declaration: Declaration, view: View, type_: JoinType, findings: Findings
) -> None:
    written = [key for key in _CONDITIONS if key in declaration.values]
    if len(written) > 1:
        keys = " and ".join(f"`{key}`" for key in written)
        message = f"join {quote(declaration.name)} has {keys}; keep one"
        findings.error(Code.INVALID_VALUE, message, declaration.place_of(written[1]))
    if not written and type_ is not JoinType.CROSS and _has_columns(view):
        message = f"join {quote(declaration.name)} has no condition; write `sql_on: … ;;`"
        findings.error(Code.MISSING_JOIN_CONDITION, message, declaration.place)
    if "foreign_key" in written and not view.primary_key:
        message = (
            f"join {quote(declaration.name)} by `foreign_key` needs a dimension with"
            f" `primary_key: yes` in view {quote(view.name)}"
        )
        findings.error(Code.MISSING_PRIMARY_KEY, message, declaration.place_of("foreign_key"))


def _is_bare(declaration: Declaration, view: View, type_: JoinType) -> bool:
    """Does the join bring in a view's fields and join nothing? So does `sql: ;;`, and a join
    without a condition of a view that has only filters and parameters."""
    if "sql" in declaration.values:
        return not declaration.text("sql")
    has_condition = type_ is JoinType.CROSS or any(key in declaration.values for key in _CONDITIONS)
    return not has_condition and not _has_columns(view)


def _has_columns(view: View) -> bool:
    return any(isinstance(each, Dimension | Measure) for each in view.fields.values())


def _check_join_names(
    names: Collection[str],
    declaration: Declaration,
    joins: Collection[Join],
    missing: Collection[str],
    findings: Findings,
) -> None:
    known = {join.name for join in joins}
    key = "required_joins" if declaration.kind == "join" else "always_join"
    for name in names:
        if name not in known and name not in missing:
            message = f"`{key}` names unknown join {quote(name)}{did_you_mean(name, known)}"
            findings.error(Code.UNKNOWN_JOIN, message, declaration.place_in(key, name))


def _named_fields(alias: str, view: View, parts: ModelParts) -> Mapping[str, Field]:
    """The fields of a view by full name; explores that use it under the same alias share them."""
    key = (alias, view.name)
    if key not in parts.named:
        parts.named[key] = {f"{alias}.{name}": field for name, field in view.fields.items()}
    return parts.named[key]


def _selectable(
    declaration: Declaration,
    base: str,
    joins: Collection[Join],
    references: Mapping[str, Field],
    listing: field_lists.Listing,
    findings: Findings,
) -> Mapping[str, Field]:
    """The fields that a question may name: what the joins' `fields` leave, then what the explore's
    leaves."""
    fields = references
    limited = [join for join in joins if join.fields is not None]
    if limited:
        kept = dict(references)
        for join in limited:
            everything = listing.fields[join.name]
            written = declaration.objects["join", join.name].values["fields"]
            listed = _listed(written, join.name, everything, listing, findings)
            for name in everything:
                if name not in listed:
                    kept.pop(name, None)
        fields = kept
    if "fields" in declaration.values:
        listed = _listed(declaration.values["fields"], base, fields, listing, findings)
        fields = {name: field for name, field in fields.items() if name in listed}
    return fields


def _listed(
    written: Written,
    alias: str,
    everything: Collection[str],
    listing: field_lists.Listing,
    findings: Findings,
) -> Collection[str]:
    problems: list[field_lists.Problem] = []
    names = list_of(written)
    listed = field_lists.expand(names, alias, everything, listing, problems)
    for problem in problems:
        findings.error(problem.code, problem.message, place_in(written, problem.item))
    if names and all(name.strip().startswith("-") for name in names):
        message = "`fields` only leaves out, so nothing is left; begin it with `ALL_FIELDS*`"
        findings.warning(Code.INVALID_VALUE, message, written.place)
    return listed


def _filters(
    explore: Declaration, key: str, base: str, findings: Findings
) -> tuple[tuple[str, str], ...]:
    """The filters of `always_filter` or `conditionally_filter`, with full names."""
    written = explore.values.get(key)
    if written is None or not isinstance(written.node, Block):
        return ()
    inside = [Written(node, written.source) for node in written.node.nodes if node.key == "filters"]
    found = {full_name(name, base): text for name, text in pairs_of(inside, findings).items()}
    return tuple(found.items())


def _conditional_filter(
    explore: Declaration, base: str, findings: Findings
) -> ConditionalFilter | None:
    written = explore.values.get("conditionally_filter")
    if written is None or not isinstance(written.node, Block):
        return None
    unless = [
        full_name(name, base)
        for node in written.node.nodes
        if node.key == "unless" and isinstance(node, Items)
        for name in list_of(Written(node, written.source))
    ]
    filters = _filters(explore, "conditionally_filter", base, findings)
    return ConditionalFilter(filters, tuple(unless))


def _access_filters(
    explore: Declaration, base: str, findings: Findings
) -> tuple[AccessFilter, ...]:
    """All of them, also broken ones: a question to an explore whose access filter is broken must
    fail."""
    found: list[AccessFilter] = []
    for written in explore.repeated.get("access_filter", ()):
        texts = texts_of(written.node) if isinstance(written.node, Block) else {}
        field, attribute = texts.get("field", "").strip(), texts.get("user_attribute", "").strip()
        if not field or not attribute:
            message = "an `access_filter` needs `field` and `user_attribute`"
            findings.error(Code.INVALID_VALUE, message, written.place)
        found.append(AccessFilter(full_name(field, base), attribute))
    return tuple(found)


def _check_filter_names(
    explore: Explore, declaration: Declaration, missing: Collection[str], findings: Findings
) -> None:
    """Filters may name fields that a question may not."""
    conditional = explore.conditionally_filter or ConditionalFilter(())
    # One that names no field at all is told already.
    filters = [each for each in explore.access_filters if not each.field.endswith(".")]
    named = [
        *(("always_filter", name) for name, _ in explore.always_filter),
        *(("conditionally_filter", name) for name, _ in conditional.filters),
        *(("conditionally_filter", name) for name in conditional.unless),
        *(("cancel_grouping_fields", name) for name in explore.cancel_grouping_fields),
        *(("access_filter", each.field) for each in filters),
    ]
    for key, name in named:
        alias, _, bare = name.partition(".")
        view = explore.view_of(alias)
        if name in explore.references or alias in missing or (view and bare in view.lost):
            continue
        hint = field_lists.hint(name, view, explore.references)
        message = f"`{key}` names unknown field {quote(name)}{hint}"
        place = declaration.place_in(key, *_spellings(name, explore.base))
        findings.error(Code.UNKNOWN_FIELD, message, place)
    for key, pairs in (
        ("always_filter", explore.always_filter),
        ("conditionally_filter", conditional.filters),
    ):
        for name, text in pairs:
            field = explore.references.get(name)
            why = unreadable(text, field) if field is not None else ""
            if why:
                message = f"`{key}` on {quote(name)}: {why}"
                place = declaration.place_in(key, *_spellings(name, explore.base))
                findings.error(Code.INVALID_FILTER, message, place)


def _spellings(name: str, base: str) -> tuple[str, str]:
    """How a full name may be written: as such, or without the alias of the base view."""
    return name, name.removeprefix(f"{base}.")
