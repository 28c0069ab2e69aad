"""Tables: what one assembly made under a key, at hand for others while it is in use.

In: a key that names everything a value depends on, by content or by the identity of values that
are kept alive meanwhile. Out: the value, made anew only if nobody holds one that was made before.
What nobody holds any more is let go.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

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


class Made(Struct, Generic[V], frozen=True, eq=False, weakref=True):
    """A value with its cost. `of` are those values whose identity is part of its key."""

    value: V
    cost: Cost
    of: tuple[object, ...]


class Table(Generic[K, V]):
    """Values by key. Each assembly works on a table of its own; `Table(before)` knows what `before`
    and all its kin have made, as long as somebody holds what is `made`."""

    __slots__ = ("_now", "_shared")

    def __init__(self, before: Table[K, V] | None = None) -> None:
        self._shared: WeakValueDictionary[K, Made[V]] = (
            before._shared if before is not None else WeakValueDictionary()
        )
        self._now: dict[K, Made[V]] = {}

    def get(self, key: K, make: Callable[[], V], budget: Budget, of: tuple[object, ...] = ()) -> V:
        """The value of `key`; it is paid for once in each assembly, made anew or not."""
        made = self._now.get(key)
        if made is None:
            made = self._shared.get(key)
            if made is not None:
                made.cost.charge(budget)
            else:
                steps, size = budget.steps, budget.size
                made = Made(make(), Cost.since(steps, size, budget), of)
                self._shared[key] = made
            self._now[key] = made
        return made.value

    @property
    def made(self) -> tuple[Made[V], ...]:
        """Everything that was asked of this table: to be held by who wants it kept."""
        return tuple(self._now.values())
