"""Tables: what one assembly made under a key, at hand for the next.

In: a key that names everything a value depends on, by content or by the identity of values that
are kept alive meanwhile. Out: the value, made anew only if neither this assembly nor the one before
has made it. What is not asked for again is let go.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Generic, TypeVar

from msgspec import Struct

from lookalike.compiler.syntax import Budget

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Cost(Struct, frozen=True, gc=False):
    """What a value took of a budget. Whoever takes it over pays the same: what a budget allows must
    not depend on what happens to be kept."""

    steps: int
    size: int

    @staticmethod
    def since(steps: int, size: int, budget: Budget) -> Cost:
        """What `budget` lost since it held so much."""
        return Cost(steps - budget.steps, size - budget.size)

    def charge(self, budget: Budget) -> None:
        budget.spend(self.steps)
        budget.produce(self.size)


class Table(Generic[K, V]):
    """Values by key. One assembly works on a table; the next begins with `Table(before)`."""

    __slots__ = ("_before", "_now")

    def __init__(self, before: Table[K, V] | None = None) -> None:
        self._before: Mapping[K, tuple[V, Cost]] = before._now if before else {}
        self._now: dict[K, tuple[V, Cost]] = {}

    def get(self, key: K, make: Callable[[], V], budget: Budget) -> V:
        """The value of `key`; it is paid for once in each assembly, made anew or not."""
        made = self._now.get(key)
        if made is None:
            made = self._before.get(key)
            if made is not None:
                made[1].charge(budget)
            else:
                steps, size = budget.steps, budget.size
                made = (make(), Cost.since(steps, size, budget))
            self._now[key] = made
        return made[0]

    def close(self) -> None:
        """Let go what is left of the assembly before; this one is done."""
        self._before = {}
