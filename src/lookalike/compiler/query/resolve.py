"""Resolve: the names in a question become fields of its explore, and its filters are completed.

In: a question, its explore and its asker. Out: which dimensions and measures are selected, which
filters hold (those of the question, then the explore's defaults) and which values the parameters
have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from lookalike.compiler.model import (
    Dimension,
    Explore,
    FilterField,
    Measure,
    Parameter,
    group_member,
)
from lookalike.compiler.query import attributes, parameters
from lookalike.compiler.query.asker import Asker
from lookalike.compiler.query.names import find_filter, find_name, full_name, samples, suggestion
from lookalike.compiler.query.query import Query
from lookalike.compiler.query.reports import Report
from lookalike.compiler.syntax import NOWHERE, Code, Place, shown


class Resolved(Struct, frozen=True, kw_only=True):
    """Full names throughout. `filters` are the expressions that ask for something, `parameters` the
    chosen values; `applied` is both as text, with the defaults. `views` are the aliases that the
    question itself names, `behind` the fields that only templates of its cells name."""

    dimensions: tuple[str, ...]
    measures: tuple[str, ...]
    filters: Mapping[str, str]
    parameters: Mapping[str, str]
    applied: tuple[tuple[str, str], ...]
    selected: frozenset[str]
    views: frozenset[str]
    behind: tuple[str, ...] = ()


def resolve(question: Query, explore: Explore, asker: Asker, report: Report) -> Resolved:
    """Find every field that `question` names."""
    _refuse_unsupported(question, report)
    names = _selected(question.fields, explore, report)
    if not question.fields:
        report.error(Code.EMPTY_QUERY, "the query selects no field; name at least one in `fields`")
    texts = _filters(question, explore, asker, report)
    filters = {name: text for name, text in texts.items() if text.strip()}
    chosen = {name: filters.pop(name) for name in tuple(filters) if _is_parameter(name, explore)}
    views = {name.partition(".")[0] for name in (*names, *filters, *chosen)}
    return Resolved(
        dimensions=tuple(n for n in names if isinstance(explore.references[n], Dimension)),
        measures=tuple(n for n in names if isinstance(explore.references[n], Measure)),
        filters=filters,
        parameters={n: _choice(n, text, explore, report) for n, text in chosen.items()},
        applied=tuple(texts.items()),
        selected=frozenset(names),
        views=frozenset(views),
    )


def _refuse_unsupported(question: Query, report: Report) -> None:
    asked = {
        "pivots": question.pivots,
        "subtotals": question.subtotals,
        "dynamic_fields": question.dynamic_fields.strip() not in ("", "[]", "null"),
        "total": question.total,
        "row_total": question.row_total,
    }
    for name, is_asked in asked.items():
        if is_asked:
            message = f"`{name}` is not supported; ask without it"
            report.error(Code.NOT_SUPPORTED, message)
    if question.fill_fields:
        report.note(
            Code.NOT_SUPPORTED, "`fill_fields` is ignored: missing values are not filled in"
        )
    if question.limit < -1:
        report.error(
            Code.INVALID_LIMIT,
            f"the limit can't be {question.limit}; write a number of rows, or -1 for all",
        )


def _selected(written: Iterable[str], explore: Explore, report: Report) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for name in written:
        found = find_name(explore, name)
        if found is None:
            _unknown(name, explore, report)
        elif isinstance(explore.fields[found], FilterField | Parameter):
            report.error(
                Code.UNKNOWN_FIELD,
                f"`{name}` can only be filtered on; name it in `filters`, not in `fields`",
                name,
            )
        else:
            names[found] = None
    for name in tuple(names):
        _require(name, names, explore, report)
    return tuple(names)


def _require(name: str, names: dict[str, None], explore: Explore, report: Report) -> None:
    field = explore.references[name]
    if not isinstance(field, Dimension | Measure):
        return
    for written in field.required_fields:
        required = full_name(explore, written, name.partition(".")[0])
        if required in names:
            continue
        if required in explore.withheld:
            report.error(
                Code.UNKNOWN_FIELD,
                f"`{name}` requires the field `{written}`, which an access grant withholds from "
                f"you; leave `{name}` out, or ask an administrator for the grant",
                name,
                field.place,
            )
        elif isinstance(explore.references.get(required), Dimension | Measure):
            names[required] = None
            _require(required, names, explore, report)
        else:
            report.error(
                Code.UNKNOWN_FIELD,
                f"`{name}` requires the field `{written}`, which is not in this explore; "
                f"{suggestion(required, explore.fields) or 'correct `required_fields`'}",
                name,
                field.place,
            )


def _unknown(name: str, explore: Explore, report: Report, place: Place = NOWHERE) -> None:
    known = explore.fields
    hint = group_member(name, known) or suggestion(name, known) or samples(name, explore)
    name = shown(name)
    message = f"there is no field `{name}` in explore `{explore.name}`; {hint}"
    report.error(Code.UNKNOWN_FIELD, message, name, place)


def _filters(question: Query, explore: Explore, asker: Asker, report: Report) -> dict[str, str]:
    texts: dict[str, str] = {}
    for written, text in question.filters:
        found = find_filter(explore, written)
        if found is None:
            _unknown(written, explore, report)
        else:
            texts[found] = attributes.filled(text, asker, report, found)
    for name, text in _defaults(texts, explore, report):
        texts[name] = attributes.filled(text, asker, report, name)
    return texts


def _defaults(
    given: Mapping[str, str], explore: Explore, report: Report
) -> Iterable[tuple[str, str]]:
    defaults = [pair for pair in explore.always_filter if pair[0] not in given]
    conditional = explore.conditionally_filter
    if conditional is not None:
        filtered = {name for name, text in given.items() if text.strip()}
        if filtered.isdisjoint(conditional.unless):
            defaults += [
                (name, text)
                for name, text in conditional.filters
                if name not in given and not _filters_group(name, filtered, explore)
            ]
    for name, _ in defaults:
        if name not in explore.references:
            _unknown(name, explore, report, explore.place)
    return [pair for pair in defaults if pair[0] in explore.references]


def _filters_group(name: str, filtered: set[str], explore: Explore) -> bool:
    """Is another timeframe of the same group filtered?"""
    field = explore.references.get(name)
    if not isinstance(field, Dimension) or not field.group:
        return False
    view = name.partition(".")[0]
    for other in filtered:
        sibling = explore.references.get(other)
        if (
            isinstance(sibling, Dimension)
            and sibling.group == field.group
            and other.partition(".")[0] == view
        ):
            return True
    return False


def _is_parameter(name: str, explore: Explore) -> bool:
    return isinstance(explore.references[name], Parameter)


def _choice(name: str, text: str, explore: Explore, report: Report) -> str:
    parameter = explore.references[name]
    assert isinstance(parameter, Parameter)
    value = parameters.plain(text)
    reason = parameters.refusal(parameter, value)
    if reason:
        message = f"the filter `{shown(value)}` is not allowed for `{name}`; {reason}"
        report.error(Code.FILTER_NOT_ALLOWED, message, name)
    return value
