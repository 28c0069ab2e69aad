"""Prepared: the questions that an explore holds ready, `query` and `aggregate_table`.

In: an explore and its declaration. Out: what is wrong with the names in them. Nothing is built of
an aggregate table, so it changes no answer. Rule: LookML reference, "query" and "aggregate_table".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from lookalike.compiler.model import field_lists
from lookalike.compiler.model.build_explores import BuiltExplore
from lookalike.compiler.model.explores import Explore
from lookalike.compiler.model.fields import Dimension, Field, FilterField, Measure, Parameter
from lookalike.compiler.model.filter_kinds import unreadable
from lookalike.compiler.model.findings import Findings, did_you_mean, quote
from lookalike.compiler.model.fitting import is_misspelt
from lookalike.compiler.model.parameters import PARAMETERS, STRATEGIES
from lookalike.compiler.model.values import read
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
from lookalike.compiler.syntax import Code, Place

_COLUMNS = (Dimension, Measure)
_FITTING: Mapping[str, tuple[tuple[type[Field], ...], str]] = {
    "dimensions": ((Dimension,), "dimension"),
    "measures": ((Measure,), "measure"),
    "sorts": (_COLUMNS, "dimension or measure"),
    "filters": ((*_COLUMNS, FilterField, Parameter), "field"),
}
"""Which kinds of field each list of a query names."""


def check_prepared(built: BuiltExplore, datagroups: Collection[str], findings: Findings) -> None:
    """Report what is wrong with the prepared questions of an explore."""
    for query in built.declaration.of_kind("query"):
        _check_query(f"query {quote(query.name)}", query, built, findings)
    for table in built.declaration.of_kind("aggregate_table"):
        what = f"aggregate table {quote(table.name)}"
        asked = table.objects.get(("query", ""))
        if asked is not None:
            _check_query(what, asked, built, findings)
        kept = table.values.get("materialization")
        for key, written in (("query", asked), ("materialization", kept)):
            if written is None and not is_misspelt(table):
                message = f"{what} needs a `{key}`"
                findings.warning(Code.INVALID_VALUE, message, table.place)
        if kept is not None:
            _check_materialization(what, kept, datagroups, findings)


def _check_query(what: str, query: Declaration, built: BuiltExplore, findings: Findings) -> None:
    read(query, {}, findings)
    filters = pairs_of(query.repeated.get("filters", ()), findings)
    for key, name, place in _named(query, filters):
        field = _check_name(f"`{key}` of {what}", key, name, place, built, findings)
        why = unreadable(filters[name], field) if field is not None and key == "filters" else ""
        if why:
            message = f"`filters` of {what} on {quote(name)}: {why}"
            findings.warning(Code.INVALID_FILTER, message, place)
    dimensions = list_of(query.values.get("dimensions"))
    for name in list_of(query.values.get("pivots")):
        if name not in dimensions:
            message = f"{what} pivots {quote(name)}, which is not among its `dimensions`"
            findings.warning(Code.INVALID_VALUE, message, query.place_in("pivots", name))


def _named(query: Declaration, filters: Mapping[str, str]) -> Iterator[tuple[str, str, Place]]:
    for key in ("dimensions", "measures"):
        for name in list_of(query.values.get(key)):
            yield key, name, query.place_in(key, name)
    for name in filters:
        yield "filters", name, query.place_in("filters", name)
    for written in query.repeated.get("sorts", ()):
        for entry in written.node.entries if isinstance(written.node, Items) else ():
            yield "sorts", entry.key or entry.text, written.source.place(entry)


def _check_name(
    where: str, key: str, written: str, place: Place, built: BuiltExplore, findings: Findings
) -> Field | None:
    """The field that is named, if there is one and it is of a fitting kind."""
    explore = built.explore
    name = written.strip() if "." in written else f"{explore.base}.{written.strip()}"
    alias, _, bare = name.partition(".")
    if alias in built.missing:
        return None
    field = explore.references.get(name) or _renamed(name, explore)
    kinds, kind = _FITTING[key]
    view = built.views.get(alias)
    if field is None and view is not None and bare in view.lost:
        return None
    if field is None:
        hint = field_lists.hint(name, view, explore.references)
        message = f"{where} names unknown field {quote(name)}{hint}"
        findings.warning(Code.UNKNOWN_FIELD, message, place)
    elif not isinstance(field, kinds):
        message = f"{where} names {quote(name)}, which is no {kind}"
        findings.warning(Code.UNKNOWN_FIELD, message, place)
        return None
    return field


def _renamed(name: str, explore: Explore) -> Field | None:
    """The field that once had this name."""
    alias, _, bare = name.partition(".")
    view = explore.view_of(alias)
    fields = view.fields.values() if view is not None else ()
    return next((field for field in fields if bare in field.alias or name in field.alias), None)


def _check_materialization(
    what: str, written: Written, datagroups: Collection[str], findings: Findings
) -> None:
    block = written.node
    if not isinstance(block, Block):
        return
    texts = texts_of(block)
    keys = {node.key for node in block.nodes}
    if keys.isdisjoint((*STRATEGIES, "materialized_view")) and keys <= PARAMETERS[block.key].keys():
        message = f"the `materialization` of {what} says not when; write `datagroup_trigger`"
        findings.warning(Code.INVALID_VALUE, message, written.place)
    named = texts.get("datagroup_trigger", "").strip()
    if named and named not in datagroups:
        hint = did_you_mean(named, datagroups)
        message = f"{what} names unknown datagroup {quote(named)}{hint}"
        findings.error(Code.UNKNOWN_DATAGROUP, message, place_in(written, named))
