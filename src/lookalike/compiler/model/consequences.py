"""Consequences: messages that only follow from another one are held back.

In: everything found about a project, and the files of each model. Out: what is told. One mistake is
one message:

- A file is torn where a quote, a `;;` or a brace is missing or too many. Behind that only mistakes
  of syntax are told of the file; and of those, none in the lines that go on from a text that is not
  closed.
- If parameters stand in the wrong place there, or no parameters at all, the file was not read as it
  was meant. What the models that include it miss may be declared there, and is not told.
- That a model has no connection says also that the parameter is misspelt.
- A model that includes a file that is not there misses what that declares: that the include finds
  nothing is told as an error instead. A name that looks like another is told all the same.
- Of a view that a model declares twice only that is told, and not what the one that counts lacks.

Only the telling is held back: what is wrong with an explore stays wrong with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace

from lookalike.compiler.model.findings import doubled_view, in_view, suggests
from lookalike.compiler.syntax import Code, Diagnostic, Kind, Severity

_TEARS = (
    Code.UNCLOSED_STRING,
    Code.UNCLOSED_SQL,
    Code.UNCLOSED_BLOCK,
    Code.STRAY_BRACE,
    Code.TOO_DEEP,
)
_UNREAD = (Code.TOO_LARGE, Code.OLD_LOOKML)
_UNCLOSED = (Code.UNCLOSED_STRING, Code.UNCLOSED_SQL)
NOT_INCLUDED = (Code.INCLUDE_NOT_FOUND, Code.UNKNOWN_PROJECT)
"""What is told of a model that lacks files which it includes."""

_OBJECTS = frozenset(
    (
        Code.UNKNOWN_VIEW,
        Code.UNKNOWN_EXPLORE,
        Code.UNKNOWN_DASHBOARD,
        Code.UNKNOWN_GRANT,
        Code.UNKNOWN_DATAGROUP,
        Code.UNKNOWN_VALUE_FORMAT,
        Code.UNKNOWN_MAP_LAYER,
        Code.REFINEMENT_WITHOUT_BASE,
        Code.INACCESSIBLE_VIEW,
    )
)
"""What is told of an object that is not there."""

_MISSING = _OBJECTS | {
    Code.UNKNOWN_FIELD,
    Code.UNKNOWN_SET,
    Code.UNKNOWN_JOIN,
    Code.MISSING_PRIMARY_KEY,
}


def without_consequences(
    found: Sequence[Diagnostic], files: Mapping[str, Collection[str]]
) -> tuple[Diagnostic, ...]:
    """`found`, each mistake once and sorted by its place, without what only follows; `files` are
    the paths that each model reaches."""
    fatal = {_spot(each) for each in found if each.code is Code.MISSING_CONNECTION}
    kept, torn = _without_torn(
        each
        for each in found
        if each.code is not Code.UNKNOWN_PARAMETER or _spot(each) not in fatal
    )
    partial = {model for model, reached in files.items() if not torn.isdisjoint(reached)}
    kept = [each for each in kept if each.code not in _MISSING or each.model not in partial]
    return tuple(_without_lacking(_without_doubled(kept)))


def _without_torn(found: Iterable[Diagnostic]) -> tuple[list[Diagnostic], set[str]]:
    """What is told of each file by itself, and the files that were not read as they were meant."""
    kept: list[Diagnostic] = []
    torn: set[str] = set()
    path, is_torn, last_line = "", False, 0
    for each in found:
        place = each.place
        if place.path != path:
            path, is_torn, last_line = place.path, False, 0
        goes_on = each.code is Code.SYNTAX and last_line > 0 and place.line <= last_line + 1
        if each.code in _UNREAD:
            torn.add(path)
        if goes_on or (is_torn and each.code is Code.UNKNOWN_PARAMETER):
            torn.add(path)
        if not goes_on and (each.kind is Kind.SYNTAX or not is_torn):
            kept.append(each)
        is_torn = is_torn or each.code in _TEARS
        if each.code in _UNCLOSED or goes_on:
            last_line = place.line
    return kept, torn


def _without_doubled(found: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    """The same for views that are declared twice."""
    doubles = {
        (each.model, view)
        for each in found
        if each.code is Code.DUPLICATE_OBJECT and (view := doubled_view(each.message))
    }
    if not doubles:
        return found
    return [
        each
        for each in found
        if each.code not in _MISSING
        or not any(
            model == each.model and (f"`{view}." in each.message or in_view(view) in each.message)
            for model, view in doubles
        )
    ]


def _without_lacking(found: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    """The same for includes that find nothing."""
    found = list(found)
    lacking = {each.model for each in found if each.code in NOT_INCLUDED}
    follows = [each.code in _OBJECTS and _may_be_there(each, lacking) for each in found]
    missed = {
        each.model for each, is_it in zip(found, follows, strict=True) if is_it and each.is_error
    }
    for each, is_it in zip(found, follows, strict=True):
        if is_it:
            continue
        is_reason = each.code in NOT_INCLUDED and each.model in missed
        yield replace(each, severity=Severity.ERROR) if is_reason else each


def _spot(found: Diagnostic) -> tuple[str, int]:
    return found.place.path, found.place.span.start


def _may_be_there(found: Diagnostic, lacking: Collection[str]) -> bool:
    return found.model in lacking and not suggests(found.message)
