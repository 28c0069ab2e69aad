"""Memo: a bounded table of values that are expensive to make, keyed by everything they depend on.

Keys are content, so entries are evicted, never invalidated. One maker works per key while others
wait for it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Memo(Generic[K, V]):
    """At most `bound` units of weight stay, the least recently used go first. Safe for threads."""

    def __init__(self, bound: int, weigh: Callable[[V], int] = lambda _: 1) -> None:
        self._bound = bound
        self._weigh = weigh
        self._weight = 0
        self._values: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._making: dict[K, threading.Event] = {}
        self._lock = threading.Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value of `key`, made by `make` if it is not there. What `make` raises is raised, and
        not kept.
        """
        while True:
            with self._lock:
                held = self._values.get(key)
                if held is not None:
                    self._values.move_to_end(key)
                    return held[0]
                making = self._making.get(key)
                if making is None:
                    self._making[key] = threading.Event()
                    break
            making.wait()
        return self._make(key, make)

    def find(self, key: K) -> V | None:
        """The value of `key` if it is there."""
        with self._lock:
            held = self._values.get(key)
            if held is None:
                return None
            self._values.move_to_end(key)
            return held[0]

    def _make(self, key: K, make: Callable[[], V]) -> V:
        try:
            value = make()
            weight = self._weigh(value)
            with self._lock:
                self._values[key] = (value, weight)
                self._weight += weight
                while self._weight > self._bound and len(self._values) > 1:
                    self._weight -= self._values.popitem(last=False)[1][1]
            return value
        finally:
            with self._lock:
                self._making.pop(key).set()

    def values(self) -> tuple[V, ...]:
        """What is held right now."""
        with self._lock:
            return tuple(value for value, _ in self._values.values())

    def __len__(self) -> int:
        return len(self._values)
