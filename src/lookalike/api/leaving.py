"""Leaving: a client that goes away while its question is at the database frees the database."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Leaving:
    """Joins two threads: the one that runs a statement, and the one that sees the client go."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._has_left = False
        self._cancel: Callable[[], None] | None = None

    def started(self, cancel: Callable[[], None]) -> None:
        """A statement runs; `cancel` stops it."""
        with self._lock:
            self._cancel = cancel
            has_left = self._has_left
        if has_left:
            cancel()

    def leave(self) -> None:
        """The client is gone. May wait a moment for the database to give in."""
        with self._lock:
            self._has_left = True
            cancel = self._cancel
        if cancel is not None:
            cancel()
