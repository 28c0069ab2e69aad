"""The checker itself: it accepts what one register can do and refuses what it cannot."""

from __future__ import annotations

import pytest

from tests.soak.history import Read, Write, unexplained

WRITES = [Write("a", 0, 1), Write("b", 2, 3), Write("c", 6, 7)]


@pytest.mark.parametrize(
    "reads",
    [
        [Read(1, "a", 1.2, 1.5)],
        [Read(1, "a", 2.1, 2.2), Read(1, "b", 2.3, 2.4)],
        [Read(1, "b", 4, 5)],
        [Read(1, "c", 6.1, 6.2), Read(2, "b", 6.3, 6.4)],
    ],
)
def test_possible(reads: list[Read]) -> None:
    assert unexplained(WRITES, reads) == []


@pytest.mark.parametrize(
    "reads",
    [
        [Read(1, "a", 4, 5)],
        [Read(1, "c", 4, 5)],
        [Read(1, "x", 4, 5)],
        [Read(1, "c", 6.1, 6.2), Read(1, "b", 6.3, 6.4)],
    ],
)
def test_impossible(reads: list[Read]) -> None:
    assert unexplained(WRITES, reads) == [reads[-1]]
