"""Throttle: how many failures of one name in the last minute are too many. A try that is dear to
judge is entered as a failure before, and forgiven if it was none.

In memory, each worker for itself, and bounded: the names that failed longest ago are forgotten
first.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

from lookalike.instance.errors import Busy

MINUTE = timedelta(minutes=1)
MAX_NAMES = 10_000


class Throttle:
    """At most `bound` failures a minute for each name."""

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._failures: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def enter(self, name: str, now: datetime) -> None:
        """Count a try of `name` as a failure, in one step with looking whether it may be made.

        Raises Busy.
        """
        with self._lock:
            seconds = self._seconds(name, now)
            if seconds is None:
                self._count(name, now)
                return
        raise Busy("too many tries; wait before the next one", seconds)

    def forgive(self, name: str) -> None:
        """The last try of `name` was none to count."""
        with self._lock:
            if failures := self._failures.get(name):
                failures.pop()

    def admit(self, name: str, now: datetime) -> None:
        """Raise Busy while `name` has failed too often. A name that never failed costs nothing."""
        with self._lock:
            seconds = self._seconds(name, now)
        if seconds is not None:
            raise Busy("too many failed logins; wait before the next one", seconds)

    def fail(self, name: str, now: datetime) -> None:
        """Count a failure."""
        with self._lock:
            self._count(name, now)

    def _seconds(self, name: str, now: datetime) -> int | None:
        """How long `name` has to wait; None if it need not."""
        failures = self._failures.get(name)
        if failures is None:
            return None
        while failures and failures[0] <= now - MINUTE:
            failures.popleft()
        if len(failures) < self._bound:
            return None
        return int((failures[0] + MINUTE - now).total_seconds()) + 1

    def _count(self, name: str, now: datetime) -> None:
        self._failures.setdefault(name, deque(maxlen=self._bound)).append(now)
        self._failures.move_to_end(name)
        if len(self._failures) > MAX_NAMES:
            self._failures.popitem(last=False)
