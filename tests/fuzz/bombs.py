"""`python -m tests.fuzz.bombs [--doublings N] [--only WORD]`: families of bombs in doubling sizes.

Prints the time of the largest size, how it grows with the size, and what was allowed; exits with 1
when a family takes more.
"""

from __future__ import annotations

import argparse
import gc
import math
import sys
import time
from collections.abc import Iterable, Sequence

from msgspec import Struct

from tests.fuzz.families import FAMILIES, Family

# Shorter times say more of the machine than of the text.
_SHORTEST = 0.002
_RUNS = 3


class Measured(Struct, frozen=True):
    """`exponent` is None where every time is too short to tell."""

    family: Family
    sizes: tuple[int, ...]
    seconds: tuple[float, ...]
    exponent: float | None

    @property
    def violation(self) -> str:
        if self.seconds[-1] > self.family.seconds:
            return f"takes more than {self.family.seconds} s"
        if self.exponent is not None and self.exponent > self.family.exponent:
            return f"grows with more than n^{self.family.exponent}"
        return ""


def measure(family: Family, doublings: int | None = None) -> Measured:
    """Time a family; a size after one that takes too long is not tried."""
    sizes: list[int] = []
    seconds: list[float] = []
    gc.collect()
    for step in range((family.doublings if doublings is None else doublings) + 1):
        sizes.append(family.smallest << step)
        seconds.append(_time(family, sizes[-1]))
        if seconds[-1] > family.seconds:
            break
    return Measured(family, tuple(sizes), tuple(seconds), _exponent(sizes, seconds))


def _time(family: Family, size: int) -> float:
    work = family.make(size)
    best = math.inf
    for _ in range(_RUNS):
        begun = time.thread_time()
        work()
        best = min(best, time.thread_time() - begun)
        if best > family.seconds / 4:
            break
    return best


def _exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float | None:
    """The slope of the times over the sizes, both as logarithms."""
    points = [
        (math.log(size), math.log(taken))
        for size, taken in zip(sizes, seconds, strict=True)
        if taken >= _SHORTEST
    ]
    if len(points) < 3:
        return None
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    across = sum((x - middle_x) ** 2 for x, _ in points)
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / across


def _report(measured: Iterable[Measured]) -> int:
    n_families = n_violations = 0
    print(f"{'family':<36} {'largest':>8} {'ms':>8} {'n^':>6} {'allowed':>8}")
    for each in measured:
        grown = "flat" if each.exponent is None else f"{each.exponent:.2f}"
        print(
            f"{each.family.name:<36} {each.sizes[-1]:>8} {each.seconds[-1] * 1000:>8.1f}"
            f" {grown:>6} {each.family.exponent:>8}  {each.violation}",
            flush=True,
        )
        n_families += 1
        n_violations += bool(each.violation)
    print(f"{n_families} families, {n_violations} over their budget")
    return 1 if n_violations else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.bombs", description=__doc__)
    parser.add_argument("--doublings", type=int, default=None, metavar="N")
    parser.add_argument("--only", default="", metavar="WORD", help="families with this in the name")
    options = parser.parse_args()
    chosen = [family for family in FAMILIES if options.only in family.name]
    return _report(measure(family, options.doublings) for family in chosen)


if __name__ == "__main__":
    sys.exit(main())
