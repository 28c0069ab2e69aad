"""Names: what a field is called in a question or a text, and which field of the explore it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from lookalike.compiler.model import Explore, Field
from lookalike.compiler.syntax import MOST_SHOWN


def full_name(explore: Explore, written: str, alias: str) -> str:
    """`alias.field` for a name as written on the view that is used as `alias`.

    A view may name itself although the explore knows it by another alias.
    """
    if written in explore.references:
        return written
    view, dot, name = written.rpartition(".")
    if not dot:
        return f"{alias}.{written}" if alias else f"{explore.base}.{written}"
    own = explore.view_of(alias)
    if own is not None and f"{alias}.{name}" in explore.references:
        field = explore.references[f"{alias}.{name}"]
        if view in (own.name, field.view) and explore.view_of(view) is None:
            return f"{alias}.{name}"
    return written


def find_name(explore: Explore, written: str) -> str | None:
    """The full name of a field that a question may use: as it is, of the base view, or by an older
    name."""
    if written in explore.fields:
        return written
    if "." not in written:
        written = f"{explore.base}.{written}"
        if written in explore.fields:
            return written
    return _aliases(explore.fields.items()).get(written)


def find_filter(explore: Explore, written: str) -> str | None:
    """The full name of a field that a question may filter on: also one that is not offered for
    selection, if there is a default for it. What is withheld keeps its default."""
    found = find_name(explore, written)
    if found is not None or written in explore.withheld or written not in explore.references:
        return found
    conditional = explore.conditionally_filter
    defaults = (*explore.always_filter, *(conditional.filters if conditional else ()))
    return written if any(name == written for name, _ in defaults) else None


def suggestion(written: str, names: Iterable[str]) -> str:
    """The end of a message that names the nearest of `names`; empty if none is really near.

    Of a `view.field` it is the field that must be near: in that view, then in the view whose name
    is nearest; or be the same in any other. A name without its view is a field of any.
    """
    near = _nearest(written[:MOST_SHOWN], tuple(names))
    return f"did you mean `{near}`?" if near else ""


def samples(written: str, explore: Explore) -> str:
    """The end of a message about a name that is like no other: what there is instead."""
    view = written.rpartition(".")[0] or explore.base
    offered = [name for name, field in explore.fields.items() if not field.hidden]
    fields = [name for name in offered if name.partition(".")[0] == view]
    if fields:
        return f"fields of `{view}` are {_some(fields)}"
    views = dict.fromkeys(name.partition(".")[0] for name in offered)
    return f"its views are {_some(tuple(views))}" if views else "the explore has no fields"


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:_SHOWN])
    more = len(names) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def _nearest(written: str, names: tuple[str, ...]) -> str:
    view, dot, field = written.rpartition(".")
    if not dot:
        plain = get_close_matches(written, names, n=1, cutoff=_PLAINLY)
        bare = {name.rpartition(".")[2]: name for name in reversed(names)}
        alike = get_close_matches(written, bare, n=1, cutoff=_PLAINLY)
        return next(iter((*plain, *(bare[each] for each in alike))), "")
    fields: dict[str, list[str]] = {}
    for name in names:
        owner, _, own = name.rpartition(".")
        fields.setdefault(owner, []).append(own)
    for owner in (view, *get_close_matches(view, fields, n=1, cutoff=_NEAR)):
        for near in get_close_matches(field, fields.get(owner, ()), n=1, cutoff=_NEAR):
            return f"{owner}.{near}"
    return next((f"{owner}.{field}" for owner, own in fields.items() if field in own), "")


_SHOWN = 5
_NEAR = 0.6
_PLAINLY = 0.7


def _aliases(fields: Iterable[tuple[str, Field]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, field in fields:
        for old in field.alias:
            view = name.partition(".")[0]
            found.setdefault(old if "." in old else f"{view}.{old}", name)
    return found
