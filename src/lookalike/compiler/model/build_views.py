"""Build views: a view's declaration, with all it inherits, becomes a View.

Out comes the view together with what is wrong with it; diagnostics of fields are attached to
`view.field`. Rule: LookML reference, "View parameters" and `derived_table`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler.model.build_fields import Surroundings, build_fields
from lookalike.compiler.model.check_lists import problem_of
from lookalike.compiler.model.fields import Dimension, Field, Sql
from lookalike.compiler.model.findings import Findings, quote
from lookalike.compiler.model.fitting import is_misspelt, misspelt
from lookalike.compiler.model.parameters import STRATEGIES
from lookalike.compiler.model.templates import check_sql
from lookalike.compiler.model.timeframes import possible_members
from lookalike.compiler.model.values import Attributes, is_yes, read, same, sql_of, truth
from lookalike.compiler.model.views import (
    DerivedColumn,
    DerivedTable,
    ExploreSource,
    FieldSet,
    SourceColumn,
    View,
)
from lookalike.compiler.model.written import (
    Block,
    Declaration,
    Items,
    Value,
    Written,
    list_of,
    pairs_of,
    texts_of,
)
from lookalike.compiler.syntax import Budget, Code, Diagnostic

_VIEW: Attributes = {
    "view_label": "label",
    **same(
        """label sql_table_name drill_fields suggestions required_access_grants
        autogenerate_primary_keys"""
    ),
}
_EXPLORE_SOURCE = same("limit timezone bind_all_filters expression_custom_filter")
_BINDING = ("bind_filters", "bind_all_filters")
_PERSISTENCE = (
    "datagroup_trigger",
    "sql_trigger_value",
    "interval_trigger",
    "persist_for",
    "materialized_view",
)


_MAKING = re.compile(
    r"create\s+(?:or\s+replace\s+)?table\s+(?:if\s+not\s+exists\s+)?"
    r"\$\{SQL_TABLE_NAME\}\s+as\s+(?=\S)",
    re.IGNORECASE,
)


class BuiltView(Struct, frozen=True, eq=False):
    view: View
    diagnostics: tuple[Diagnostic, ...]


def build_view(declaration: Declaration, surroundings: Surroundings, budget: Budget) -> BuiltView:
    """The view that `declaration` means in a model."""
    findings = Findings()
    findings.found.extend(declaration.mistakes)
    values = read(declaration, _VIEW, findings)
    if "label" in declaration.values:
        values["label"] = declaration.text("label")
    fields = build_fields(declaration, surroundings, findings, budget)
    lost = _lost_members(declaration, fields, findings.found)
    key = _primary_key(fields, declaration, findings)
    view = View(
        name=declaration.name,
        place=declaration.place,
        derived_table=_derived_table(declaration, findings, budget),
        fields=fields,
        sets=_sets(declaration),
        lost=lost,
        primary_key=key,
        is_key_misread=not key and any(map(_is_misread_key, declaration.objects.values())),
        extension_required=declaration.text("extension") == "required",
        **values,
    )
    _check_view(view, declaration, findings, budget)
    # A view that must be extended need not be complete.
    return BuiltView(view, () if view.extension_required else tuple(findings.found))


def _lost_members(
    view: Declaration, fields: Mapping[str, Field], found: Sequence[Diagnostic]
) -> dict[str, Diagnostic]:
    """What dimension groups with a mistake lack, by name, each with the mistake."""
    wrong = [each for each in found if each.is_error and each.field]
    lost: dict[str, Diagnostic] = {}
    for group in view.of_kind("dimension_group") if wrong else ():
        beginning, end = f"{view.name}.{group.name}_", f"s_{group.name}"
        for each in wrong:
            if each.field.startswith(beginning) or each.field.endswith(end):
                members = possible_members(group.name)
                lost.update((name, each) for name in members if name not in fields)
                break
    return lost


def _check_view(view: View, declaration: Declaration, findings: Findings, budget: Budget) -> None:
    for item in view.drill_fields:
        problem = problem_of(item, view)
        if problem:
            message = f"`drill_fields` of view {quote(view.name)} name {problem[1]}"
            place = declaration.place_in("drill_fields", item.strip())
            findings.warning(problem[0], message, place)
    if view.primary_key and view.autogenerate_primary_keys:
        message = f"view {quote(view.name)} has a primary key, so none is generated; keep one"
        place = declaration.place_of("autogenerate_primary_keys")
        related = (view.fields[view.primary_key].place,)
        findings.warning(Code.MULTIPLE_PRIMARY_KEYS, message, place, related=related)
    if view.sql_table_name is not None:
        check_sql(view.sql_table_name, findings, budget)
    if view.sql_table_name is not None and view.derived_table is not None:
        message = f"view {quote(view.name)} has both `sql_table_name` and `derived_table`; keep one"
        place = view.derived_table.place
        findings.error(Code.TABLE_AND_DERIVED_TABLE, message, place, (view.sql_table_name.place,))


def build_explore_source(declaration: Declaration, findings: Findings) -> ExploreSource:
    """The question of a native derived table or of a test."""
    columns = [
        SourceColumn(each.name, each.text("field"), each.place)
        for each in declaration.of_kind("column")
    ]
    derived = [
        (each.name, _sql_of_column(each, findings))
        for each in declaration.of_kind("derived_column")
    ]
    binds = [
        texts_of(each.node)
        for each in declaration.repeated.get("bind_filters", ())
        if isinstance(each.node, Block)
    ]
    filters = pairs_of(declaration.repeated.get("filters", ()), findings)
    dev_filters = pairs_of(declaration.repeated.get("dev_filters", ()), findings)
    if binds and is_yes(declaration, "bind_all_filters"):
        message = "`bind_all_filters` binds every filter already; take `bind_filters` away"
        findings.warning(Code.INVALID_VALUE, message, declaration.place_of("bind_filters"))
    return ExploreSource(
        explore=declaration.name,
        columns=tuple(columns),
        derived_columns=tuple(DerivedColumn(name, sql) for name, sql in derived if sql),
        filters=tuple(filters.items()),
        dev_filters=tuple(dev_filters.items()),
        sorts=(
            *_sorts(declaration.repeated.get("sorts", ())),
            *_old_sorts(declaration.repeated.get("sort", ())),
        ),
        bind_filters=tuple(
            (each.get("from_field", "").strip(), each.get("to_field", "").strip()) for each in binds
        ),
        place=declaration.place,
        **read(declaration, _EXPLORE_SOURCE, findings),
    )


def _sql_of_column(column: Declaration, findings: Findings) -> Sql | None:
    sql = sql_of(column, "sql")
    if sql is None and not is_misspelt(column):
        message = f"derived column {quote(column.name)} needs `sql`"
        findings.error(Code.MISSING_SQL, message, column.place)
    return sql


def _derived_table(view: Declaration, findings: Findings, budget: Budget) -> DerivedTable | None:
    declaration = view.objects.get(("derived_table", ""))
    if declaration is None:
        return None
    source = declaration.objects.get(("explore_source", ""))
    sql = sql_of(declaration, "sql") or _sql_of_making(declaration)
    if sql is not None and source is not None:
        message = "a derived table has either `sql` or `explore_source`; keep one"
        findings.error(Code.TABLE_AND_DERIVED_TABLE, message, source.place, (sql.place,))
    if sql is not None:
        check_sql(sql, findings, budget)
    read(declaration, {}, findings)
    _check_table(declaration, sql is not None, source, findings)
    return DerivedTable(
        sql=sql,
        explore_source=build_explore_source(source, findings) if source else None,
        persistence=_persistence(declaration),
        place=declaration.place,
    )


def _sql_of_making(table: Declaration) -> Sql | None:
    """The query of a table that one statement makes: what stands behind its
    `CREATE TABLE ${SQL_TABLE_NAME} AS`. Rule: `sql_create` and `create_process`."""
    made = sql_of(table, "sql_create")
    process = table.values.get("create_process")
    if made is None and process is not None and isinstance(process.node, Block):
        steps = [each for each in process.node.nodes if each.key == "sql_step"]
        if len(steps) == 1 and isinstance(steps[0], Value):
            made = process.source.sql(steps[0])
    start = _MAKING.match(made.text) if made is not None else None
    if made is None or start is None:
        return None
    return replace(made, text=made.text[start.end() :].removesuffix(";").rstrip())


def _check_table(
    table: Declaration, has_sql: bool, source: Declaration | None, findings: Findings
) -> None:
    """Whether a derived table says of what and, at most once, when it is made."""
    made = [key for key in ("sql", "sql_create", "create_process") if key in table.values]
    if not made and source is None:
        if not is_misspelt(table):
            message = "a derived table needs `sql` or `explore_source`"
            findings.error(Code.MISSING_SQL, message, table.place)
    elif not has_sql and source is None and not _is_empty(table.values[made[0]]):
        message = (
            f"a derived table that is made by `{made[0]}` can be queried only if that is one"
            " `CREATE TABLE ${SQL_TABLE_NAME} AS` with a query; give it `sql`"
        )
        findings.warning(Code.NOT_SUPPORTED, message, table.place)
    _check_persistence(table, source, findings)


def _check_persistence(table: Declaration, source: Declaration | None, findings: Findings) -> None:
    strategies = [key for key in table.values if key in STRATEGIES]
    if len(strategies) > 1:
        message = f"a derived table has either `{strategies[0]}` or `{strategies[1]}`; keep one"
        first, second = map(table.place_of, strategies[:2])
        findings.warning(Code.INVALID_VALUE, message, second, related=(first,))
    if not strategies or source is None:
        return
    for key in _BINDING:
        if key in source.values or key in source.repeated:
            message = f"a table kept by `{strategies[0]}` can't depend on `{key}`; keep one"
            related = (table.place_of(strategies[0]),)
            findings.warning(Code.INVALID_VALUE, message, source.place_of(key), related=related)
            return


def _is_empty(process: Written) -> bool:
    """Whether a `create_process` has no step; that is told of the block itself."""
    node = process.node
    return isinstance(node, Block) and all(each.key != "sql_step" for each in node.nodes)


def _persistence(derived_table: Declaration) -> Mapping[str, str]:
    persistence = {
        key: derived_table.text(key) for key in _PERSISTENCE if key in derived_table.values
    }
    if not is_yes(derived_table, "materialized_view"):
        persistence.pop("materialized_view", None)
    return persistence


def _sorts(written: Sequence[Written]) -> list[str]:
    """`sorts: [a.b: desc, c]` as `a.b desc`, `c`."""
    entries = [
        entry for each in written if isinstance(each.node, Items) for entry in each.node.entries
    ]
    return [f"{each.key} {each.text}" if each.key else each.text for each in entries]


def _old_sorts(written: Sequence[Written]) -> list[str]:
    """`sort: { field: a.b desc: yes }` as `a.b desc`."""
    texts = [texts_of(each.node) for each in written if isinstance(each.node, Block)]
    return [
        each["field"].strip() + (" desc" if truth(each.get("desc", "")) else "")
        for each in texts
        if "field" in each
    ]


def _sets(view: Declaration) -> dict[str, FieldSet]:
    return {
        each.name: FieldSet(each.name, list_of(each.values.get("fields")), each.place)
        for each in view.of_kind("set")
    }


def _is_misread_key(dimension: Declaration) -> bool:
    """Whether something that is no `yes` or `no` is said of being the key."""
    if "primary_key" in dimension.values:
        return truth(dimension.text("primary_key")) is None
    return dimension.kind == "dimension" and misspelt(dimension, "primary_key") is not None


def _primary_key(fields: Mapping[str, Field], view: Declaration, findings: Findings) -> str:
    keys = [
        field for field in fields.values() if isinstance(field, Dimension) and field.primary_key
    ]
    if len(keys) > 1:
        named = ", ".join(quote(key.name) for key in keys[:8])
        message = (
            f"view {quote(view.name)} has several primary keys: {named}; a view has one,"
            " so concatenate the columns of a compound key"
        )
        related = tuple(key.place for key in keys[1:8])
        findings.error(Code.MULTIPLE_PRIMARY_KEYS, message, keys[0].place, related)
    return keys[0].name if keys else ""
