"""The Golden Liquid suite: cases of a file in, what our renderer makes of each out.

The suite stands outside of this project; its form is that of `golden_liquid.json`: a template, its
data, and either the text that it renders to, several such texts, or the word `invalid`.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field

from lookalike.compiler.syntax import Budget
from lookalike.compiler.syntax.liquid import Unasked, render
from tests.golden_liquid.deviations import reason

# When the templates of the suite are read; templates have no clock of their own.
NOW = "2018-05-18T18:30:02"


class Case(Struct, frozen=True):
    name: str
    template: str
    data: dict[str, Any] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)
    result: str | None = None
    results: list[str] = field(default_factory=list)
    invalid: bool = False
    tags: list[str] = field(default_factory=list)

    @property
    def group(self) -> str:
        """The tag or the filter that the case is about."""
        return self.name.partition(",")[0]

    @property
    def expected(self) -> str:
        """What should come out, as one reads it."""
        texts = self.results if self.result is None else [self.result]
        return "an error" if self.invalid else " or ".join(map(repr, texts))


class Suite(Struct, frozen=True):
    tests: list[Case]


class Outcome(Struct, frozen=True):
    """What became of a case. `reason` says why it may deviate, if that is known."""

    case: Case
    got: str
    passed: bool
    reason: str = ""

    @property
    def verdict(self) -> str:
        if self.passed:
            return "passed"
        return "explained" if self.reason else "failed"


def read(path: Path) -> list[Case]:
    """The cases of a file."""
    return msgspec.json.decode(path.read_bytes(), type=Suite).tests


def run(case: Case) -> Outcome:
    """Render the template of one case, as a text that is not SQL."""
    rendered = render(case.template, Unasked({"now": NOW, **case.data}, {}), Budget(), sql=False)
    errors = [each.message for each in rendered.diagnostics if each.is_error]
    text = "".join(piece for piece in rendered.pieces if isinstance(piece, str))
    if case.invalid:
        passed = bool(errors)
    else:
        wanted = case.results if case.result is None else [case.result]
        passed = not errors and text in wanted
    got = f"an error: {errors[0]}" if errors else repr(text)
    return Outcome(case, got, passed, "" if passed else reason(case.name, case.template))


def tally(outcomes: list[Outcome]) -> dict[str, Counter[str]]:
    """How often each verdict was given, by group."""
    counts: dict[str, Counter[str]] = {}
    for outcome in outcomes:
        counts.setdefault(outcome.case.group, Counter())[outcome.verdict] += 1
    return counts
