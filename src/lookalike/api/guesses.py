"""Guesses: how many wrong deploy secrets a minute are looked at.

Looking at one takes time on purpose, so they are counted before: for each project, that nobody
guesses its secret, and in all, that nobody keeps the server busy.
"""

from __future__ import annotations

from datetime import datetime

from lookalike.api.throttle import Throttle
from lookalike.instance.errors import Busy

OF_ONE_PROJECT = 30
IN_ALL = 90
_ALL = ""


class Guesses:
    """In memory, each worker for itself."""

    def __init__(self) -> None:
        self._projects = Throttle(OF_ONE_PROJECT)
        self._all = Throttle(IN_ALL)

    def enter(self, project: str, now: datetime) -> None:
        """Count a try, be there such a project or not. Raises Busy for one too many."""
        self._projects.enter(project, now)
        try:
            self._all.enter(_ALL, now)
        except Busy:
            self._projects.forgive(project)
            raise

    def forgive(self, project: str) -> None:
        """The secret was right."""
        self._projects.forgive(project)
        self._all.forgive(_ALL)
