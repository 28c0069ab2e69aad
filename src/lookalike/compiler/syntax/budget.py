"""Budget: the fuel that every walk over untrusted text spends.

A walk that runs dry raises `Exhausted`; the door of each notation catches it and answers with a
diagnostic.
"""

from __future__ import annotations


class Exhausted(Exception):
    """A text asked for more steps, depth or output than its budget holds. Never leaves the
    compiler."""

    def __init__(self, what: str, limit: int) -> None:
        super().__init__(f"the text needs more than {limit} {what}")
        self.what = what
        self.limit = limit


class Budget:
    """Steps, nesting depth and produced characters that one piece of work may use.

    Mutable on purpose: it is the one thing a walk counts down. Make a new one for each request or
    file.
    """

    __slots__ = ("_depth", "_limits", "depth", "size", "steps")

    def __init__(self, steps: int = 20_000_000, depth: int = 200, size: int = 20_000_000) -> None:
        self.steps = steps
        self.depth = depth
        self.size = size
        self._limits = (steps, depth, size)
        self._depth = 0

    def spend(self, n: int = 1) -> None:
        """Count `n` steps."""
        self.steps -= n
        if self.steps < 0:
            raise Exhausted("steps", self._limits[0])

    def produce(self, n: int) -> None:
        """Count `n` characters of output."""
        self.size -= n
        if self.size < 0:
            raise Exhausted("characters of output", self._limits[2])

    def __enter__(self) -> Budget:
        """Go one level deeper."""
        self._depth += 1
        if self._depth > self.depth:
            self._depth -= 1
            raise Exhausted("levels of nesting", self._limits[1])
        return self

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
