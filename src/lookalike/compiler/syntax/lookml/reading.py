"""One parse under way: the open blocks, the nodes read so far, and the mistakes found.

Mutable, and never seen outside this room. Blocks stand on a stack of ours, so no text can exhaust
Python's.
"""

from __future__ import annotations

import re
from typing import TypeAlias

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
# These too, but who writes one a step further in means it inside.
_MISPLACED = frozenset({"test", "datagroup", "access_grant", "named_value_format", "map_layer"})
_TOP = frozenset({"view", "explore"}) | _MISPLACED
# A block of the key cannot stand inside these, so there a `}` is missing.
_NEVER_INSIDE = {
    **dict.fromkeys(_FIELDS, _FIELDS),
    **dict.fromkeys(_TOP, _FIELDS | _TOP | {"join", "derived_table", "set"}),
    "join": frozenset({"join"}),
}
# So many forgotten braces are no slip: from then on blocks are nested as they stand.
_MOST_FORGOTTEN = 20
USUAL_DEPTH = {**dict.fromkeys(_FIELDS, 1), **dict.fromkeys(_TOP, 0), "join": 1}

# A quoted text that does not close is taken to its end all the same: nothing may be looked at
# twice.
_SKIPPED = re.compile(r'[^{}"#]++|"(?:[^"\\]++|\\.)*+[\\"]?+|#[^\n\r]*+|(\{)|(\})', re.DOTALL)


# A block whose `}` has not come yet: key, name, start, offset of its `{`, and the nodes around it.
# A plain tuple, since there is one for every block of a file.
Frame: TypeAlias = tuple[str, str, int, int, list[Node]]


class Reading:
    """State of one parse. `nodes` are those of the innermost open block.

    The offsets below `end_of_…` and `next_…` are look-aheads that only move forward: each is
    searched again only once the reader has passed it, which is what keeps the parse linear.
    """

    __slots__ = (
        "_lines",
        "deepest",
        "diagnostics",
        "end_of_line",
        "end_of_sql",
        "forgotten",
        "has_semicolon",
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
        self.forgotten = 0
        self.has_semicolon = False
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

    def report(
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
        if depth > USUAL_DEPTH.get(key, depth):
            self._close_forgotten(key, name, start)
        if len(self.stack) >= self.deepest:
            return self._skip(key, name, start, value_start, at)
        self.stack.append((key, name, start, value_start, self.nodes))
        self.nodes = []
        return at

    def close(self, end: int) -> None:
        """Leave the innermost block, which ends at `end`."""
        key, name, start, value_start, outer = self.stack.pop()
        if key:
            outer.append(Block(key, name, tuple(self.nodes), start, value_start, end))
        else:
            # A stray `{` was reported; what it holds is read as if the brace were not there.
            outer.extend(self.nodes)
        self.nodes = outer

    def close_all(self) -> None:
        """Leave every block at the end of the text; one message says which are open."""
        if not self.stack:
            return
        opened = [(frame[2], frame[3] + 1) for frame in self.stack]
        missing = "a `}` is" if len(opened) == 1 else f"{len(opened)} `}}` are"
        self.report(
            Code.UNCLOSED_BLOCK,
            f"{_title(self.stack[-1])} is opened here and never closed; "
            f"{missing} missing at the end of the file",
            *opened[-1],
            related=tuple(self.place(*span) for span in opened[-2:-12:-1]),
        )
        while self.stack:
            self.close(len(self.text))

    def _column(self, offset: int) -> int:
        return self.place(offset, offset).column

    def _close_forgotten(self, key: str, name: str, start: int) -> None:
        barred = _NEVER_INSIDE[key]
        first = next((i for i, frame in enumerate(self.stack) if frame[0] in barred), None)
        if first is None or self.forgotten >= _MOST_FORGOTTEN:
            return
        if key in _MISPLACED and self._column(start) > self._column(self.stack[first][2]):
            return
        self.forgotten += 1
        inner = self.stack[-1]
        self.report(
            Code.UNCLOSED_BLOCK,
            f"{_title(inner)} is opened here and not closed before `{key}: {name}` begins "
            f"in line {self.line(start)}; add `}}`",
            inner[2],
            inner[3] + 1,
            related=(self.place(start, start + len(key)),),
        )
        end = inner[3] + len(self.text[inner[3] : start].rstrip())
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
        if key:
            self.nodes.append(Block(key, name, (), start, value_start, at))
        return at


def _title(frame: Frame) -> str:
    key, name = frame[:2]
    return f"`{key}: {name}`" if name else f"`{key or '{'}`"


def shown(text: str) -> str:
    """`text` as a message shows it: one line, not long."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:39] + "…"
