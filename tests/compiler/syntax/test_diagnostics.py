"""Places, budgets and the catalogue of codes."""

from __future__ import annotations

import pytest

from lookalike.compiler.syntax import MEANINGS, Budget, Code, Exhausted, Lines, lookml


@pytest.mark.parametrize(
    ("start", "line", "column"), [(0, 1, 1), (2, 1, 3), (3, 2, 1), (4, 3, 1), (6, 3, 3)]
)
def test_lines_and_columns_count_from_one(start: int, line: int, column: int) -> None:
    place = Lines("ab\n\ncd").place(start, start, "x.lkml")
    assert (place.path, place.line, place.column) == ("x.lkml", line, column)


def test_a_diagnostic_learns_its_file_later() -> None:
    mistake = lookml.parse("a: b\n}").diagnostics[0]
    placed = mistake.in_file("views/a.view.lkml").place
    assert (placed.path, placed.line, placed.column) == ("views/a.view.lkml", 2, 1)
    assert mistake.place.path == ""


def test_every_code_has_a_meaning_in_sentences() -> None:
    assert set(MEANINGS) == set(Code)
    for code, meaning in MEANINGS.items():
        assert not meaning[0].islower(), code
        assert meaning.endswith("."), code


def test_a_budget_runs_dry() -> None:
    budget = Budget(steps=2, depth=1, size=3)
    budget.spend(2)
    with pytest.raises(Exhausted, match="more than 2 steps"):
        budget.spend()
    budget.produce(3)
    with pytest.raises(Exhausted, match="more than 3 characters of output"):
        budget.produce(1)
    with budget, pytest.raises(Exhausted, match="more than 1 levels of nesting"), budget:
        pass
    with budget:
        pass
