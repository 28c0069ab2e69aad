"""Reports: what is said about one question while it is planned, each with the model and the explore
it is about."""

from __future__ import annotations

from lookalike.compiler.model import Explore
from lookalike.compiler.syntax import NOWHERE, Code, Diagnostic, Kind, Place, Severity


class Report:
    """Collects diagnostics. Reports about nested questions share one list."""

    __slots__ = ("_explore", "_model", "items")

    def __init__(self, explore: Explore, items: list[Diagnostic]) -> None:
        self._model = explore.model
        self._explore = explore.name
        self.items = items

    def error(self, code: Code, message: str, field: str = "", place: Place = NOWHERE) -> None:
        """Say why there can be no plan."""
        self._add(code, message, field, place, Severity.ERROR)

    def warn(self, code: Code, message: str, field: str = "", place: Place = NOWHERE) -> None:
        """Say what may surprise in the answer."""
        self._add(code, message, field, place, Severity.WARNING)

    def note(self, code: Code, message: str, field: str = "", place: Place = NOWHERE) -> None:
        """Say what was left out without harm."""
        self._add(code, message, field, place, Severity.INFO)

    def pass_on(self, item: Diagnostic, field: str, place: Place) -> None:
        """Report what a text at `place` was found to be wrong with."""
        self._add(item.code, item.message, field, place, item.severity)

    def _add(self, code: Code, message: str, field: str, place: Place, severity: Severity) -> None:
        self.items.append(
            Diagnostic(
                code, message, place, severity, Kind.QUERY, self._model, self._explore, field
            )
        )
