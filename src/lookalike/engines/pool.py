"""Pool: so many slots, a bounded queue before them, and things kept for the next who gets a slot.

Whoever takes gives back or drops exactly once. A slot goes to those who wait in the order they
came.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

from lookalike.engines.engine import Overloaded, TimedOut, Unreachable

Kept = TypeVar("Kept")

QUEUE = 32
"""So many may wait for a slot."""


class Pool(Generic[Kept]):
    """`make` gets the deadline; `is_alive` tells whether an idle thing is still of use; `close`
    ends one."""

    def __init__(
        self,
        slots: int,
        make: Callable[[float], Kept],
        is_alive: Callable[[Kept], bool],
        close: Callable[[Kept], None],
    ) -> None:
        self._make = make
        self._is_alive = is_alive
        self._close = close
        self._lock = threading.Lock()
        self._free = max(slots, 1)
        self._waiting: deque[threading.Event] = deque()
        self._idle: list[Kept] = []
        self._closed = False

    def take(self, deadline: float) -> Kept:
        """A thing and the slot to use it. Raises Overloaded, TimedOut, or what `make` raises."""
        self._enter(deadline)
        try:
            while (kept := self._pop()) is not None:
                if self._is_alive(kept):
                    return kept
                self._close(kept)
            return self._make(deadline)
        except BaseException:
            self._leave()
            raise

    def give_back(self, kept: Kept) -> None:
        with self._lock:
            keep = not self._closed
            if keep:
                self._idle.append(kept)
        if not keep:
            self._close(kept)
        self._leave()

    def drop(self, kept: Kept) -> None:
        """Give back only the slot."""
        self._close(kept)
        self._leave()

    def close(self) -> None:
        """Close what is idle; what is in use is closed when it comes back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            waiting, self._waiting = self._waiting, deque()
        for ticket in waiting:
            ticket.set()
        for kept in idle:
            self._close(kept)

    def _enter(self, deadline: float) -> None:
        with self._lock:
            self._refuse_if_closed()
            if self._free > 0:
                self._free -= 1
                return
            if len(self._waiting) >= QUEUE:
                raise Overloaded("too many queries wait for this connection; try again later")
            ticket = threading.Event()
            self._waiting.append(ticket)
        ticket.wait(max(deadline - time.monotonic(), 0))
        with self._lock:
            self._refuse_if_closed()
            if ticket in self._waiting:
                self._waiting.remove(ticket)
                raise TimedOut("the time was up before the query got its turn; try again later")

    def _leave(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1

    def _pop(self) -> Kept | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise Unreachable("the connection has been closed")
