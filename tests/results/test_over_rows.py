"""Running totals, shares and changes on the rows of an answer, however these come in batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import inf, nan

import pytest

from lookalike.results import Batch, over_rows

D = Decimal
SHARE = "percent_of_total"


def computed(
    kind: str, values: Sequence[object], limit: int | None = None, size: int = 2
) -> list[object]:
    """The column of `kind` that `values`, in batches of `size`, become."""
    rows = [(n, value) for n, value in enumerate(values)]
    batches = [rows[at : at + size] for at in range(0, len(rows), size)]
    found = [row for batch in over_rows.computed(batches, {1: kind}, limit) for row in batch]
    assert [row[0] for row in found] == list(range(len(found)))
    return [row[1] for row in found]


@pytest.mark.parametrize("size", [1, 2, 9])
@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("running_total", [1, 2, 3, 4], [1, 3, 6, 10]),
        ("running_total", [None, 5, None, -7], [None, 5, 5, -2]),
        ("running_total", [D("0.1"), D("0.20"), 1], [D("0.1"), D("0.30"), D("1.30")]),
        ("running_total", [D("0.5"), 0.25, 1], [D("0.5"), 0.75, 1.75]),
        ("running_total", [10**30, D("0.000001")], [10**30, D("1" + "0" * 30 + ".000001")]),
        ("running_total", ["a", True, nan, D("sNaN"), inf, 2], [None] * 5 + [2]),
        (SHARE, [1, 3, None, 4], [12.5, 37.5, None, 50.0]),
        (SHARE, [D("1.5"), D("0.5"), 2], [37.5, 12.5, 50.0]),
        (SHARE, [0.5, D("1.5")], [25.0, 75.0]),
        (SHARE, [1, -1], [None, None]),
        (SHARE, [D(0), D("0.0")], [None, None]),
        (SHARE, [1e308, 1e308], [None, None]),
        (SHARE, [1e307, 1e307], [None, None]),
        (SHARE, [1e308, 1e308, 1.0], [None, None, None]),
        (SHARE, [None, None], [None, None]),
        (SHARE, ["a", 4], [None, 100.0]),
        ("percent_of_previous", [4, 6, 3, 3], [None, 50.0, -50.0, 0.0]),
        ("percent_of_previous", [0, 5, None, 5, 10], [None, None, None, None, 100.0]),
        ("percent_of_previous", [D("0.10"), D("0.15"), 0.3], [None, 50.0, 100.0]),
        ("percent_of_previous", [D(10**30), D(10**30 + 1)], [None, 1e-28]),
        ("percent_of_previous", [1, 10**400, 2.0], [None, None, None]),
        ("percent_of_previous", [-4, -2], [None, -50.0]),
    ],
)
def test_a_column(
    kind: str, values: Sequence[object], expected: Sequence[object], size: int
) -> None:
    found = computed(kind, values, size=size)
    assert found == expected
    assert list(map(type, found)) == list(map(type, expected))


@pytest.mark.parametrize("size", [1, 2, 9])
@pytest.mark.parametrize("limit", [0, 1, 2, 3, 4, None])
def test_shares_of_an_answer_that_is_cut_are_unknown(limit: int | None, size: int) -> None:
    cut: dict[int | None, list[object]] = {0: [], 1: [None], 2: [None, None]}
    assert computed(SHARE, [1, 1, 2], limit, size) == cut.get(limit, [25.0, 25.0, 50.0])


@pytest.mark.parametrize(("limit", "n_told"), [(0, 1), (2, 1), (3, 0), (None, 0)])
def test_an_answer_that_is_cut_is_told_once(limit: int | None, n_told: int) -> None:
    told: list[None] = []
    rows = [[(1, 1), (1, 1)], [(1, 1)]]
    list(over_rows.computed(rows, {0: SHARE, 1: SHARE}, limit, lambda: told.append(None)))
    assert len(told) == n_told


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (SHARE, [0, -2]),
        (SHARE, [-0.0, 2.0]),
        (SHARE, [D(0), D(-2)]),
        ("percent_of_previous", [-2.0, -2.0]),
        ("percent_of_previous", [D(-2), D(-2)]),
    ],
)
def test_no_share_is_less_than_nothing_by_sign_alone(kind: str, values: Sequence[object]) -> None:
    assert "-0.0" not in map(str, computed(kind, values))


def test_an_answer_may_have_all_of_them() -> None:
    rows = [[(1, 1, "x", 1)], [(3, 3, "y", 3)], []]
    kinds = {0: "running_total", 1: SHARE, 3: "percent_of_previous"}
    (first,), (second,) = over_rows.computed(rows, kinds, 2)
    assert first == (1, 25.0, "x", None)
    assert second == (4, 75.0, "y", 200.0)


@pytest.mark.parametrize("kind", ["running_total", "percent_of_previous"])
def test_totals_and_changes_need_no_batch_but_their_own(kind: str) -> None:
    taken: list[int] = []

    def batches() -> Iterator[Batch]:
        for n in range(3):
            taken.append(n)
            yield [(n, n)]

    found = over_rows.computed(batches(), {1: kind}, None)
    assert taken == []
    next(found)
    assert taken == [0]


def test_no_share_is_known_of_more_rows_than_are_held() -> None:
    n_rows = over_rows.MOST_HELD + 5
    found = computed(SHARE, range(n_rows), size=100_000)
    assert found == [None] * n_rows
    assert computed(SHARE, range(n_rows), limit=3, size=100_000) == [None] * 3
