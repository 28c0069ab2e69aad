"""Outlines: which fields an explore has, known before the explore is built.

In: the declaration of an explore and the views of its model. Out: what is wrong with a name that a
native derived table, a test or a suggestion uses of it. What can't be known because a view is
missing is no mistake here: that is told of the explore.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from lookalike.compiler.model import field_lists
from lookalike.compiler.model.fields import Field
from lookalike.compiler.model.filter_kinds import unreadable
from lookalike.compiler.model.findings import (
    Findings,
    are_one_edit_apart,
    did_you_mean,
    quote,
)
from lookalike.compiler.model.names import full_name
from lookalike.compiler.model.views import ExploreSource, View
from lookalike.compiler.model.written import Declaration
from lookalike.compiler.syntax import Code, Place


class Outline(Struct, frozen=True, eq=False):
    """An explore by name, with the view of each alias; None where the view is unknown. `base` is
    the alias of view `base_view`, and stands at `base_place`."""

    name: str
    base: str
    base_view: str
    base_place: Place
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


def find_field(written: str, outline: Outline) -> Field | None:
    """The field that a name means, also by an older name of the field."""
    alias, _, name = full_name(written, outline.base).rpartition(".")
    view = outline.views.get(alias)
    if view is None or name in view.fields:
        return view.fields[name] if view is not None else None
    older = (name, f"{alias}.{name}")
    return next((f for f in view.fields.values() if any(each in older for each in f.alias)), None)


def misnamed(written: str, outline: Outline) -> str:
    """What to say of a name that is no field of the explore; empty if it is one."""
    full = full_name(written, outline.base)
    alias, _, name = full.rpartition(".")
    if find_field(full, outline) is not None:
        return ""
    if alias not in outline.views and None in outline.views.values():
        return ""  # it may be the view that is missing
    if alias not in outline.views:
        hint = did_you_mean(alias, outline.views) or "; join that view, or name one that is joined"
        return f"{quote(full)}, whose view explore {quote(outline.name)} does not use{hint}"
    view = outline.views[alias]
    if view is None or name in view.lost:
        return ""
    return f"unknown field {quote(full)}{field_lists.hint(name, view)}"


def check_source(
    source: ExploreSource, asking: Declaration, outline: Outline, what: str, findings: Findings
) -> None:
    """Report the names in `source`, which `asking` declares, that its explore does not have; `what`
    begins the messages."""
    for key, written, place in _named(source, asking):
        problem = misnamed(written, outline)
        if problem and _is_alias_misspelt(written, outline):
            message = (
                f"`view_name` makes {quote(outline.base)} the name of view"
                f" {quote(outline.base_view)} in explore {quote(outline.name)}, but fields are"
                f" named by {quote(outline.base_view)}; write that"
            )
            findings.error(Code.UNKNOWN_VIEW, message, outline.base_place, (place,))
        elif problem:
            findings.error(Code.UNKNOWN_FIELD, f"{what}`{key}` names {problem}", place)
    for key, filters in (("filters", source.filters), ("dev_filters", source.dev_filters)):
        for written, text in filters:
            field = find_field(written, outline)
            why = unreadable(text, field) if field is not None else ""
            if why:
                message = f"{what}`{key}` on {quote(written)}: {why}"
                findings.error(Code.INVALID_FILTER, message, asking.place_in(key, written))


def _is_alias_misspelt(written: str, outline: Outline) -> bool:
    """Whether a name is of the base view by its own name, which its alias was meant to be."""
    is_own = written.rpartition(".")[0] == outline.base_view != outline.base
    return is_own and are_one_edit_apart(outline.base, outline.base_view)


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
    found = {alias: views.get(name) for alias, name in named.items()}
    return Outline(explore.name, base, named[base], explore.place_of("view_name"), found)
