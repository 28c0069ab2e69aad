"""One parse under way: the open blocks, the nodes read so far, and the mistakes found.

Mutable, and never seen outside this room. Blocks stand on a stack of ours, so no text can exhaust Python's.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lookalike.compiler.syntax.diagnostics import (
    Code,
    Diagnostic,
    Kind,
    Lines,
    Place,
    Severity,
)
from lookalike.compiler.syntax.lookml.tree import Block, Node

# More mistakes than this help nobody; the rest is read but not reported.
MOST_MISTAKES = 100

_FIELDS = frozenset({"dimension", "dimension_group", "measure", "filter", "parameter"})
_TOP = frozenset({"view", "explore"})
# A block of the key cannot stand inside these, so there a `}` is missing.
_NEVER_INSIDE = {
    **dict.fromkeys(_FIELDS, _FIELDS),
    **dict.fromkeys(_TOP, _FIELDS | _TOP | {"join", "derived_table", "set"}),
    "join": frozenset({"join"}),
}
_USUAL_DEPTH = {**dict.fromkeys(_FIELDS, 1), **dict.fromkeys(_TOP, 0), "join": 1}

# A quoted text that does not close is taken to its end all the same: nothing may be looked at twice.
_SKIPPED = re.compile(r'[^{}"#]++|"(?:[^"\\]++|\\.)*+[\\"]?+|#[^\n\r]*+|(\{)|(\})', re.DOTALL)


class Frame(NamedTuple):
    """A block whose `}` has not come yet. `outer` holds the nodes around it."""

    key: str
    name: str
    start: int
    value_start: int
    outer: list[Node]

    @property
    def title(self) -> str:
        return f"{self.key}: {self.name}" if self.name else self.key


class Reading:
    """State of one parse. `nodes` are those of the innermost open block.

    The offsets below `end_of_…` and `next_…` are look-aheads that only move forward: each is searched again only once
    the reader has passed it, which is what keeps the parse linear.
    """

    __slots__ = (
        "_lines",
        "deepest",
        "diagnostics",
        "end_of_line",
        "end_of_sql",
        "last_quote_passed",
        "next_parameter",
        "nodes",
        "stack",
        "text",
    )

    def __init__(self, text: str, deepest: int) -> None:
        self.text = text
        self.deepest = deepest
        self.nodes: list[Node] = []
        self.stack: list[Frame] = []
        self.diagnostics: list[Diagnostic] = []
        self.end_of_line = -1
        self.end_of_sql = -1
        self.next_parameter = -1
        self.last_quote_passed = False
        self._lines: Lines | None = None

    def place(self, start: int, end: int) -> Place:
        if self._lines is None:
            self._lines = Lines(self.text)
        return self._lines.place(start, end)

    def line(self, offset: int) -> int:
        return self.place(offset, offset).line

    def report(  # noqa: PLR0913 - a message, where it stands, and how bad it is
        self,
        code: Code,
        message: str,
        start: int,
        end: int,
        severity: Severity = Severity.ERROR,
        related: tuple[Place, ...] = (),
    ) -> None:
        if len(self.diagnostics) >= MOST_MISTAKES:
            return
        place = self.place(start, end)
        self.diagnostics.append(
            Diagnostic(code, message, place, severity, Kind.SYNTAX, related=related)
        )

    def open(self, key: str, name: str, start: int, value_start: int, at: int) -> int:
        """Enter a block whose `{` ends at `at`; answers where to read on."""
        depth = len(self.stack)
        if depth > _USUAL_DEPTH.get(key, depth):
            self._close_forgotten(key, name, start)
        if len(self.stack) >= self.deepest:
            return self._skip(key, name, start, value_start, at)
        self.stack.append(Frame(key, name, start, value_start, self.nodes))
        self.nodes = []
        return at

    def close(self, end: int) -> None:
        """Leave the innermost block, which ends at `end`."""
        key, name, start, value_start, outer = self.stack.pop()
        outer.append(Block(key, name, tuple(self.nodes), start, value_start, end))
        self.nodes = outer

    def close_all(self) -> None:
        """Leave every block at the end of the text; one message says which are open."""
        if not self.stack:
            return
        inner = self.stack[-1]
        missing = "a `}` is" if len(self.stack) == 1 else f"{len(self.stack)} `}}` are"
        self.report(
            Code.UNCLOSED_BLOCK,
            f"`{inner.title}` is opened here and never closed; "
            f"{missing} missing at the end of the file",
            inner.start,
            inner.value_start + 1,
            related=tuple(self.place(f.start, f.value_start + 1) for f in self.stack[-2:-12:-1]),
        )
        while self.stack:
            self.close(len(self.text))

    def _close_forgotten(self, key: str, name: str, start: int) -> None:
        barred = _NEVER_INSIDE[key]
        first = next((i for i, frame in enumerate(self.stack) if frame.key in barred), None)
        if first is None:
            return
        inner = self.stack[-1]
        end = len(self.text[inner.value_start : start].rstrip()) + inner.value_start
        self.report(
            Code.UNCLOSED_BLOCK,
            f"`{inner.title}` is opened here and not closed before `{key}: {name}` begins "
            f"in line {self.line(start)}; add `}}`",
            inner.start,
            inner.value_start + 1,
            related=(self.place(start, start + len(key)),),
        )
        while len(self.stack) > first:
            self.close(end)

    def _skip(self, key: str, name: str, start: int, value_start: int, at: int) -> int:
        self.report(
            Code.TOO_DEEP,
            f"`{key}` lies more than {self.deepest} blocks deep and is skipped; "
            "look for a missing `}` above",
            start,
            at,
        )
        depth = 1
        while depth:
            token = _SKIPPED.match(self.text, at)
            if token is None:
                break
            at = token.end()
            depth += (token.lastindex == 1) - (token.lastindex == 2)
        self.nodes.append(Block(key, name, (), start, value_start, at))
        return at
