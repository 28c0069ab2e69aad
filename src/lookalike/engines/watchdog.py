"""Watchdog: one thread that tells running statements when their time is up.

In: whatever has a due time. What `overdue` does must be quick: all the others wait for it.
"""

from __future__ import annotations

import threading
import time
from typing import Protocol


class Watched(Protocol):
    @property
    def due(self) -> float:
        """When to be told next, on the monotonic clock. Later, once told."""

    def overdue(self) -> None: ...
    def close(self) -> None: ...


class Watchdog:
    """Starts its thread with the first statement. There are never more of them than slots, so it
    looks at all."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._watched: set[Watched] = set()
        self._next = float("inf")
        self._thread: threading.Thread | None = None
        self._closed = False

    def watch(self, watched: Watched) -> None:
        with self._changed:
            self._watched.add(watched)
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._run, name="watchdog", daemon=True)
                self._thread.start()
            if watched.due < self._next:
                self._changed.notify()

    def forget(self, watched: Watched) -> None:
        with self._changed:
            self._watched.discard(watched)

    def look_again(self) -> None:
        """Somebody's due time has come nearer."""
        with self._changed:
            self._changed.notify()

    def close(self) -> None:
        """Close whatever is still being watched."""
        with self._changed:
            self._closed = True
            self._changed.notify()
            left = list(self._watched)
        if self._thread is not None:
            self._thread.join()
        for watched in left:
            watched.close()

    def _run(self) -> None:
        while True:
            with self._changed:
                if self._closed:
                    return
                now = time.monotonic()
                late = [watched for watched in self._watched if watched.due <= now]
                if not late:
                    self._next = min(
                        (watched.due for watched in self._watched), default=float("inf")
                    )
                    wait = self._next - now
                    self._changed.wait(wait if wait < threading.TIMEOUT_MAX else None)
                    continue
            for watched in late:
                watched.overdue()
