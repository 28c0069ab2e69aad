"""Places: where the parts of a text of SQL stand in its file."""

from __future__ import annotations

from lookalike.compiler.model.fields import Sql
from lookalike.compiler.syntax import Place, Span


class Places:
    """Where the parts of a text stand, asked for from its beginning to its end."""

    __slots__ = ("_at", "_is_as_written", "_line_start", "_n_lines", "_sql")

    def __init__(self, sql: Sql) -> None:
        span = sql.place.span
        self._sql = sql
        self._is_as_written = span.end - span.start == len(sql.text)
        self._n_lines, self._line_start, self._at = 0, 0, 0

    def of(self, start: int, end: int) -> Place:
        """The place of a part; that of the whole text, if it is not there as it was written."""
        text, place = self._sql.text, self._sql.place
        if not self._is_as_written:
            return place
        self._n_lines += text.count("\n", self._at, start)
        self._line_start = max(text.rfind("\n", self._at, start) + 1, self._line_start)
        self._at = start
        column = start - self._line_start + (1 if self._n_lines else place.column)
        span = Span(place.span.start + start, place.span.start + end)
        return Place(place.path, span, place.line + self._n_lines, column)
