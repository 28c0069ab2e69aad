"""Pools: the threads in which requests wait for git, the compiler and databases. Bounded:
a full pool says Busy.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any, TypeVar

from lookalike.instance.errors import Busy

T = TypeVar("T")

WAITING = 32
"""For each thread, how many requests may wait."""


class Pool:
    """`n_threads` threads and a queue in front of them. Used from one event loop only."""

    def __init__(self, name: str, n_threads: int) -> None:
        self._threads: Executor = ThreadPoolExecutor(n_threads, thread_name_prefix=name)
        self._bound = n_threads * (1 + WAITING)
        self._pending = 0

    async def run(self, function: Callable[..., T], *arguments: Any) -> T:
        """Call `function` in a thread. Raises Busy when too many wait already."""
        if self._pending >= self._bound:
            raise Busy("too many requests are waiting; try again")
        self._pending += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._threads, function, *arguments
            )
        finally:
            self._pending -= 1
