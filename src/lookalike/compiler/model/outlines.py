"""Outlines: which fields an explore has, known before the explore is built.

In: the declaration of an explore and the views of its model. Out: what is wrong with a name that a
native derived table, a test or a suggestion uses of it. What can't be known because a view is
missing is no mistake here: that is told of the explore.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from lookalike.compiler.model.field_lists import group_hint
from lookalike.compiler.model.fields import Field
from lookalike.compiler.model.filter_kinds import unreadable
from lookalike.compiler.model.findings import Findings, did_you_mean, quote
from lookalike.compiler.model.views import ExploreSource, View
from lookalike.compiler.model.written import Declaration
from lookalike.compiler.syntax import Code, Place


class Outline(Struct, frozen=True, eq=False):
    """An explore by name, with the view of each alias; None where the view is unknown."""

    name: str
    base: str
    views: Mapping[str, View | None]


class Outlines(Struct, frozen=True, eq=False):
    """The outlines of a model's explores, each made when it is first asked for."""

    explores: Mapping[str, Declaration]
    views: Mapping[str, View]
    known: dict[str, Outline]

    def of(self, explore: str) -> Outline | None:
        """The outline of one explore, if there is such an explore."""
        if explore not in self.known and explore in self.explores:
            self.known[explore] = _outline(self.explores[explore], self.views)
        return self.known.get(explore)


def full_name(written: str, outline: Outline) -> str:
    """The name with its alias: without one it is of the base view."""
    written = written.strip()
    return written if "." in written else f"{outline.base}.{written}"


def find_field(written: str, outline: Outline) -> Field | None:
    """The field that a name means, also by an older name of the field."""
    alias, _, name = full_name(written, outline).rpartition(".")
    view = outline.views.get(alias)
    if view is None or name in view.fields:
        return view.fields[name] if view is not None else None
    older = (name, f"{alias}.{name}")
    return next((f for f in view.fields.values() if any(each in older for each in f.alias)), None)


def misnamed(written: str, outline: Outline) -> str:
    """What to say of a name that is no field of the explore; empty if it is one."""
    full = full_name(written, outline)
    alias, _, name = full.rpartition(".")
    if find_field(full, outline) is not None:
        return ""
    if alias not in outline.views:
        hint = did_you_mean(alias, outline.views) or "; join that view, or name one that is joined"
        return f"{quote(full)}, whose view explore {quote(outline.name)} does not use{hint}"
    view = outline.views[alias]
    if view is None or name in view.lost:
        return ""
    hint = group_hint(name, view) or did_you_mean(name, view.fields)
    return f"unknown field {quote(full)}{hint}"


def check_source(
    source: ExploreSource, asking: Declaration, outline: Outline, what: str, findings: Findings
) -> None:
    """Report the names in `source`, which `asking` declares, that its explore does not have; `what`
    begins the messages."""
    for key, written, place in _named(source, asking):
        problem = misnamed(written, outline)
        if problem:
            findings.error(Code.UNKNOWN_FIELD, f"{what}`{key}` names {problem}", place)
    for key, filters in (("filters", source.filters), ("dev_filters", source.dev_filters)):
        for written, text in filters:
            field = find_field(written, outline)
            why = unreadable(text, field) if field is not None else ""
            if why:
                message = f"{what}`{key}` on {quote(written)}: {why}"
                findings.error(Code.INVALID_FILTER, message, asking.place_in(key, written))


def _named(source: ExploreSource, asking: Declaration) -> Iterator[tuple[str, str, Place]]:
    for column in source.columns:
        written = asking.objects["column", column.name]
        place = written.place_of("field") if column.field else column.place
        yield "column", column.field or column.name, place
    for key, names in (
        ("filters", [name for name, _ in source.filters]),
        ("dev_filters", [name for name, _ in source.dev_filters]),
        ("sorts", [sort for sort in map(_sorted_by, source.sorts) if sort]),
        ("bind_filters", [name for _, name in source.bind_filters if name]),
    ):
        yield from ((key, name, asking.place_in(key, name)) for name in names)


def _sorted_by(sort: str) -> str:
    words: Sequence[str] = sort.split()
    return words[0] if words else ""


def _outline(explore: Declaration, views: Mapping[str, View]) -> Outline:
    base = explore.text("view_name") or explore.name
    named = {join.name: join.text("from") or join.name for join in explore.of_kind("join")}
    named[base] = explore.text("from") or base
    return Outline(explore.name, base, {alias: views.get(name) for alias, name in named.items()})
