"""Counts of many outcomes, and what among them nobody has explained yet."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct, field

from tests.corpus import kinds
from tests.corpus.compare import Outcome, differences
from tests.corpus.kinds import Kind, Refusal, Report
from tests.corpus.rows import Row


class Seen(Struct):
    """How often a kind was met: files, places in them, and the first file."""

    name: str
    reason: str
    files: int = 0
    places: int = 0
    example: str = ""


class Summary(Struct):
    """`read_by_both` are the files that `lkml` reads; of them `equal` say the same in both.

    `refused_by_both` have mistakes that we report too. `unexplained`, `not_printed_back` and
    `not_formatted_alike` make the command fail.
    """

    files: int = 0
    bytes: int = 0
    parameters: int = 0
    repeated_contents: int = 0
    read_by_both: int = 0
    equal: int = 0
    refused_by_lkml: int = 0
    refused_by_both: int = 0
    reported_by_us: int = 0
    printed_back: int = 0
    formatted_alike: int = 0
    differences: dict[str, Seen] = field(default_factory=dict)
    refusals: dict[str, Seen] = field(default_factory=dict)
    reports: dict[str, Seen] = field(default_factory=dict)
    unexplained: list[str] = field(default_factory=list)
    not_printed_back: list[str] = field(default_factory=list)
    not_formatted_alike: list[str] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        return not (self.unexplained or self.not_printed_back or self.not_formatted_alike)

    def add(self, outcome: Outcome) -> None:
        self.files += 1
        self.bytes += len(outcome.data)
        self.parameters += len(outcome.ours)
        self._add_printed(outcome)
        if outcome.theirs is None:
            self._add_refused(outcome)
            return
        self.read_by_both += 1
        if outcome.theirs == outcome.ours:
            self.equal += 1
        else:
            self._add_differences(outcome, outcome.theirs)
        if outcome.errors:
            self.reported_by_us += 1
            self._add_reports(outcome)

    def _add_printed(self, outcome: Outcome) -> None:
        if outcome.is_printed_back:
            self.printed_back += 1
        else:
            self.not_printed_back.append(str(outcome.path))
        if outcome.errors:
            return
        if outcome.is_formatted_alike:
            self.formatted_alike += 1
        else:
            self.not_formatted_alike.append(str(outcome.path))

    def _add_refused(self, outcome: Outcome) -> None:
        self.refused_by_lkml += 1
        if outcome.errors:
            self.refused_by_both += 1
        elif kind := kinds.refusal_of(outcome):
            _count(self.refusals, {kind.name: (kind, 1)}, outcome)
        else:
            self.unexplained.append(f"{outcome.path}: lkml refuses it: {outcome.refused}")

    def _add_differences(self, outcome: Outcome, theirs: list[Row]) -> None:
        met: Counter[Kind] = Counter()
        for difference in differences(theirs, outcome.ours):
            kind = kinds.kind_of(outcome, difference)
            if kind:
                met[kind] += 1
            else:
                self.unexplained.append(
                    f"{outcome.path}: theirs {difference.theirs}, ours {difference.ours}"
                )
        _count(
            self.differences, {kind.name: (kind, places) for kind, places in met.items()}, outcome
        )

    def _add_reports(self, outcome: Outcome) -> None:
        met: Counter[Report] = Counter()
        for found in outcome.errors:
            kind = kinds.report_of(found)
            if kind:
                met[kind] += 1
            else:
                self.unexplained.append(
                    f"{outcome.path}:{found.place.line}: only we report: {found.message}"
                )
        _count(self.reports, {kind.name: (kind, places) for kind, places in met.items()}, outcome)


def _count(
    seen: dict[str, Seen], met: dict[str, tuple[Kind | Refusal | Report, int]], outcome: Outcome
) -> None:
    for name, (kind, places) in met.items():
        entry = seen.setdefault(name, Seen(name, kind.reason, example=str(outcome.path)))
        entry.files += 1
        entry.places += places
