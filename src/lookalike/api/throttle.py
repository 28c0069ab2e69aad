"""Throttle: how many failures of one name in the last minute are too many.

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

    def admit(self, name: str, now: datetime) -> None:
        """Raise Busy while `name` has failed too often. A name that never failed costs nothing."""
        with self._lock:
            failures = self._failures.get(name)
            if failures is None:
                return
            while failures and failures[0] <= now - MINUTE:
                failures.popleft()
            if len(failures) < self._bound:
                return
            seconds = int((failures[0] + MINUTE - now).total_seconds()) + 1
        raise Busy("too many failed logins; wait before the next one", seconds)

    def fail(self, name: str, now: datetime) -> None:
        """Count a failure."""
        with self._lock:
            self._failures.setdefault(name, deque(maxlen=self._bound)).append(now)
            self._failures.move_to_end(name)
            if len(self._failures) > MAX_NAMES:
                self._failures.popitem(last=False)
