"""Findings: diagnostics collected while one object after another is read, and the words they share.

In: what is wrong and where. Out: a list. Names in messages are shortened, so that a message stays a
sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher, get_close_matches

from lookalike.compiler.syntax import Code, Diagnostic, Kind, Place, Severity

_LONGEST_NAME = 64
_IN_VIEW = " in view "
_DOUBLED = " is declared more than once in the model"
_SUGGESTION = "; did you mean "
_ALPHABET = "abcdefghijklmnopqrstuvwxyz_0123456789"
_MOST_COMPARED = 500
_MOST_ALIKE = 20
_ALIKE = 0.6  # of two names one edit apart
_FAR = 0.75  # of any others


class Findings:
    """A growing list of diagnostics. `field` is what the next ones are attached to."""

    __slots__ = ("field", "found")

    def __init__(self, field: str = "") -> None:
        self.field = field
        self.found: list[Diagnostic] = []

    def error(
        self, code: Code, message: str, place: Place, related: tuple[Place, ...] = ()
    ) -> None:
        self.found.append(Diagnostic(code, message, place, field=self.field, related=related))

    def warning(
        self,
        code: Code,
        message: str,
        place: Place,
        kind: Kind = Kind.MODEL,
        related: tuple[Place, ...] = (),
    ) -> None:
        self.found.append(
            Diagnostic(
                code, message, place, Severity.WARNING, kind, field=self.field, related=related
            )
        )


def quote(name: str) -> str:
    """A name of the user in backticks."""
    return f"`{name}`" if len(name) <= _LONGEST_NAME else f"`{name[:_LONGEST_NAME]}…`"


def spot(place: Place) -> str:
    """A place of another file in a message: its path and line."""
    return f"`{place.path}:{place.line}`"


def in_view(name: str) -> str:
    """` in view …`, to put behind what is wrong there."""
    return f"{_IN_VIEW}{quote(name)}"


def without_view(message: str) -> str:
    """A message without what `in_view` has put into it."""
    return re.sub(f"{_IN_VIEW}`[^`]*`", "", message)


def did_you_mean(name: str, candidates: Collection[str]) -> str:
    """`; did you mean …?` to put behind a message, or nothing."""
    near = _near(name, candidates)
    return f"{_SUGGESTION}{quote(near)}?" if near else ""


def doubled_message(kind: str, name: str) -> str:
    """What to say of an object that a model declares twice."""
    return f"{kind} {quote(name)}{_DOUBLED}"


def doubled_view(message: str) -> str:
    """The view that `doubled_message` is about; empty if it is about something else."""
    named, found, _ = message.partition(_DOUBLED)
    return named[len("view `") : -1] if found and named.startswith("view `") else ""


def suggests(message: str) -> bool:
    """Whether `did_you_mean` has put a name behind a message."""
    return _SUGGESTION in message


def circle_message(names: Sequence[str], what: str = "column") -> str:
    """What to say of names that refer to each other instead of to a column, or what it is."""
    if len(names) == 1:
        return f"{quote(names[0])} refers to itself; write its {what} instead"
    named = ", ".join(map(quote, names[:8]))
    return f"{named} refer to each other in a circle; write the {what} in one of them"


def _near(name: str, candidates: Collection[str]) -> str:
    """The likeliest correction; of a `view.field` it is the field that must be alike.

    One edit away costs the same for any number of candidates. Further away is looked for only among
    few that begin alike, so that thousands of mistakes in thousands of names stay cheap.
    """
    if not name or len(name) > _LONGEST_NAME:
        return ""
    view, dot, field = name.rpartition(".")
    edits = (edit for edit in _edits(name) if edit in candidates)
    within = next((edit for edit in edits if _is_alike(field, edit.rpartition(".")[2])), "")
    if within or len(candidates) > _MOST_COMPARED:
        return within
    owned = [each[len(view + dot) :] for each in candidates if each.startswith(view + dot)]
    alike = [each for each in owned if each[:1] == field[:1] and -3 < len(each) - len(field) < 3]
    close = get_close_matches(field, alike[:_MOST_ALIKE], 1, _FAR)
    return view + dot + close[0] if close else ""


def are_one_edit_apart(one: str, other: str) -> bool:
    """Whether two names differ in one letter, or in two that are swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    shorter = min(len(one), len(other))
    head = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    one, other = one[head:], other[head:]
    if other == one[1:] or one == other[1:] or one[1:] == other[1:]:
        return True
    return one[:2] == other[:2][::-1] and one[2:] == other[2:]


def _is_alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _edits(name: str) -> list[str]:
    cuts = [(name[:at], name[at:]) for at in range(len(name) + 1)]
    deletes = [head + tail[1:] for head, tail in cuts if tail]
    swaps = [head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1]
    replaces = [head + c + tail[1:] for head, tail in cuts if tail for c in _ALPHABET]
    inserts = [head + c + tail for head, tail in cuts for c in _ALPHABET]
    return [*deletes, *swaps, *replaces, *inserts]
