"""Judge: failures by cause, and which of them are the project's own mistakes.

What is the project's own is said by a table that a person wrote, a TOML file beside the project:

    [attributes]
    country = "DE"                  # what the asker has

    [[own]]
    code = "unknown_view"           # any code where it is left out
    path = "views/*.view.lkml"      # any file where it is left out; `*` also matches slashes
    says = "view `users`"           # a part of the message; any message where it is left out
    why = "no file of the repository declares the view"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec
from msgspec import Struct

from tests.projects.measure import REFUSED, Failure

_NAME = re.compile(r"`[^`]*`")
_MOST_EXAMPLES = 3


class Own(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the table: which failures, and why they are the project's own."""

    why: str
    code: str = "*"
    path: str = "*"
    says: str = ""

    def covers(self, failure: Failure) -> bool:
        return (
            fnmatchcase(failure.code, self.code)
            and fnmatchcase(failure.path, self.path)
            and self.says in failure.message
        )


class Judgement(Struct, frozen=True, forbid_unknown_fields=True):
    """The table of one project."""

    attributes: dict[str, str] = {}
    own: list[Own] = []

    def why_own(self, failure: Failure) -> str:
        """Why a failure is the project's own; empty if the table does not say so."""
        return next((each.why for each in self.own if each.covers(failure)), "")


class Cause(Struct, frozen=True, kw_only=True):
    """Failures that are alike: one code, one message but for the names in it. `n_things` is how
    many fields, explores and tiles have it, `places` are the first of `n_places`."""

    code: str
    says: str
    why_own: str
    n_things: int
    n_places: int
    places: tuple[str, ...]
    example: str
    stages: tuple[str, ...]


def read_judgement(path: Path) -> Judgement:
    """The table in a file. Raises ValidationError for a key that does not exist."""
    return msgspec.convert(tomllib.loads(path.read_text()), Judgement)


def by_cause(failures: Iterable[Failure], judgement: Judgement) -> list[Cause]:
    """The causes: first those that the table does not explain, then those of most things."""
    groups: dict[tuple[str, str, str], list[Failure]] = {}
    for each in failures:
        key = (judgement.why_own(each), each.code, _NAME.sub("(?)", each.message))
        groups.setdefault(key, []).append(each)
    causes = [_cause(*key, members) for key, members in groups.items()]
    return sorted(causes, key=lambda each: (bool(each.why_own), -each.n_things, each.says))


def blocked_by_own(
    failures: Iterable[Failure], judgement: Judgement, stage: str, refused: bool = False
) -> int:
    """How many things of a stage fail for the project's own mistakes alone: when they become SQL,
    or if `refused` in the database."""
    of_thing: dict[str, list[Failure]] = {}
    for each in failures:
        if each.stage == stage and (each.code == REFUSED) == refused:
            of_thing.setdefault(each.what, []).append(each)
    return sum(all(map(judgement.why_own, members)) for members in of_thing.values())


def _cause(why: str, code: str, says: str, members: Sequence[Failure]) -> Cause:
    places = list(dict.fromkeys(f"{each.path}:{each.line}" for each in members))
    return Cause(
        code=code,
        says=says,
        why_own=why,
        n_things=len({(each.stage, each.what) for each in members}),
        n_places=len(places),
        places=tuple(places[:_MOST_EXAMPLES]),
        example=f"{members[0].what}: {members[0].message}",
        stages=tuple(sorted({each.stage for each in members})),
    )
