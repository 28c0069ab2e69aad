"""Field lists: `fields`, sets and the like, resolved to full names within one explore.

In: a list as written and the alias whose view wrote it. Out: full names in order. Items are read
left to right: each adds its fields, or takes them away when it begins with `-`. Rule: LookML
reference, `fields` and `set`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler.model.fields import Dimension, Field
from lookalike.compiler.model.findings import did_you_mean, in_view, quote
from lookalike.compiler.model.timeframes import INTERVALS, TIMEFRAMES
from lookalike.compiler.model.views import View
from lookalike.compiler.syntax import Budget, Code

_ALL_FIELDS = "ALL_FIELDS*"
_DEEPEST = 40


class Problem(Struct, frozen=True):
    """What is wrong with an item of a list, which is kept as it is written."""

    code: Code
    message: str
    item: str = ""


class Listing(Struct, frozen=True, eq=False):
    """The explore as far as a list needs it, and the sets expanded so far.

    `fields` maps each alias to its fields by full name. `missing` are aliases whose view could not
    be found: that is said elsewhere.
    """

    views: Mapping[str, View]
    fields: Mapping[str, Mapping[str, Field]]
    missing: Collection[str]
    budget: Budget
    sets: dict[str, Collection[str]]


def expand(
    written: Sequence[str],
    alias: str,
    everything: Collection[str],
    listing: Listing,
    problems: list[Problem],
) -> dict[str, None]:
    """The full names, as an ordered set, that a list on `alias` stands for; what is wrong goes to
    `problems`.

    `everything` is what `ALL_FIELDS*` means there.
    """
    return _expand(written, alias, everything, listing, problems, ())


def hint(name: str, view: View | None, others: Collection[str] | None = None) -> str:
    """What to put behind a message about the unknown field `name` of `view`, written with or
    without its alias: a member of a group, or the likeliest of `others`, which are the view's own
    fields if none are given. It may be empty."""
    if others is None:
        others = view.fields if view is not None else ()
    of_group = _group_hint(name.rpartition(".")[2], view) if view is not None else ""
    return of_group or did_you_mean(name, others)


def group_member(written: str, fields: Mapping[str, Field]) -> str:
    """What to write instead of a dimension group, which is no field: one of those of its members
    that are among `fields`, for choice the day. Empty if it is none, or has none there."""
    alias, _, group = written.rpartition(".")
    members = {
        name: field.timeframe
        for name, field in fields.items()
        if isinstance(field, Dimension)
        and field.group == group
        and alias in ("", name.rpartition(".")[0])
    }
    day = next((name for name, timeframe in members.items() if timeframe == "date"), "")
    named = day or next(iter(members), "")
    is_one = bool(named and group)
    return f"it is a dimension group, so write a member such as {quote(named)}" if is_one else ""


def _group_hint(name: str, view: View) -> str:
    """What to do about the name of a dimension group, or of a member that the group has not; empty
    if `name` is neither."""
    members = {
        name: field
        for name, field in view.fields.items()
        if type(field) is Dimension and field.group  # of a thousand unknown names, each asks
    }
    known = group_member(name, members)
    if known:
        return f"; {known}"
    groups = {field.group: field for field in reversed(members.values())}
    for group, each in groups.items():
        key, names = ("intervals", INTERVALS) if each.interval else ("timeframes", TIMEFRAMES)
        asked = name.removesuffix(f"s_{group}") if each.interval else name.removeprefix(f"{group}_")
        if asked != name and asked in names:
            return f"; add `{asked}` to the `{key}` of {quote(group)}"
    return ""


def unknown_field(name: str, view: View, where: str = "") -> tuple[Code, str]:
    """The mistake of who names a field that `view` has not; `where` stands behind the name."""
    return Code.UNKNOWN_FIELD, f"unknown field {quote(name)}{where}{hint(name, view)}"


def unknown_set(name: str, view: View, where: str = "") -> tuple[Code, str]:
    """The same for a set."""
    return Code.UNKNOWN_SET, f"unknown set {quote(name)}{where}{did_you_mean(name, view.sets)}"


def _expand(
    written: Sequence[str],
    alias: str,
    everything: Collection[str],
    listing: Listing,
    problems: list[Problem],
    within: tuple[str, ...],
) -> dict[str, None]:
    listed: dict[str, None] = {}
    for item in written:
        text = item.strip()
        name = text.removeprefix("-").strip()
        n_found = len(problems)
        if name == _ALL_FIELDS:
            members = everything
        elif name.endswith("*"):
            members = _set(name.removesuffix("*"), alias, listing, problems, within)
        else:
            members = _field(name, alias, listing, problems)
        problems[n_found:] = [replace(each, item=text) for each in problems[n_found:]]
        listing.budget.spend(1 + len(members))
        if text.startswith("-"):
            for member in members:
                listed.pop(member, None)
        else:
            listed.update(dict.fromkeys(members))
    return listed


def _set(
    name: str,
    alias: str,
    listing: Listing,
    problems: list[Problem],
    within: tuple[str, ...],
) -> Collection[str]:
    prefix, dot, bare = name.rpartition(".")
    owner = _owner(prefix, alias, listing) if dot else alias
    if owner is None:
        _unknown_view(prefix, name + "*", listing, problems)
        return ()
    view, full_name = listing.views[owner], f"{owner}.{bare}"
    if bare == "ALL_FIELDS":
        return listing.fields[owner]
    if bare not in view.sets:
        if owner in listing.missing:
            return ()
        if name in listing.fields:
            return listing.fields[name]  # `orders*`: every field of the view
        problems.append(Problem(*unknown_set(bare, view, in_view(view.name))))
        return ()
    if full_name in within or len(within) >= _DEEPEST:
        message = f"set {quote(full_name)} contains itself; list its fields"
        problems.append(Problem(Code.CIRCULAR_REFERENCE, message))
        return ()
    if full_name not in listing.sets:
        fields = view.sets[bare].fields
        nested = (*within, full_name)
        # What is wrong inside a set is said once, of the view that declares it.
        ignored: list[Problem] = []
        listing.sets[full_name] = _expand(
            fields, owner, listing.fields[owner], listing, ignored, nested
        )
    return listing.sets[full_name]


def _field(name: str, alias: str, listing: Listing, problems: list[Problem]) -> Collection[str]:
    prefix, dot, bare = name.rpartition(".")
    owner = _owner(prefix, alias, listing) if dot else alias
    if owner is None:
        _unknown_view(prefix, name, listing, problems)
        return ()
    full_name = f"{owner}.{bare}"
    if full_name in listing.fields[owner]:
        return (full_name,)
    view = listing.views[owner]
    if owner in listing.missing or bare in view.lost:
        return ()
    problems.append(Problem(*unknown_field(bare, view, in_view(view.name))))
    return ()


def _owner(prefix: str, alias: str, listing: Listing) -> str | None:
    """The alias that a written view name means on `alias`: itself, or the own view by its real
    name."""
    if prefix in listing.fields:
        return prefix
    return alias if listing.views[alias].name == prefix else None


def _unknown_view(prefix: str, name: str, listing: Listing, problems: list[Problem]) -> None:
    if prefix not in listing.missing:
        advice = did_you_mean(prefix, listing.fields) or "; join that view, or leave it out"
        message = f"{quote(name)} is of a view that the explore does not use{advice}"
        problems.append(Problem(Code.UNKNOWN_FIELD, message))
