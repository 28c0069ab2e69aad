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
from lookalike.compiler.syntax.lookml import mending
from lookalike.compiler.syntax.lookml.homes import MISPLACED, NEVER_INSIDE, USUAL_DEPTH
from lookalike.compiler.syntax.lookml.mending import Mended
from lookalike.compiler.syntax.lookml.tree import Block, Node

# More mistakes than this help nobody; the rest is read but not reported.
MOST_MISTAKES = 100

# So many wrong braces are no slip: from then on blocks are nested as they stand.
_MOST_FORGOTTEN = 20

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
        usual = USUAL_DEPTH.get(key, depth)
        if depth > usual:
            self._close_forgotten(key, name, start)
        elif depth < usual and self.forgotten < _MOST_FORGOTTEN:
            self._reopen(mending.reopened(self.text, self.nodes, key, name))
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

    def close_unopened(self, end: int) -> bool:
        """Whether a `}` before `end`, outside of every block, closes one whose `{` is missing."""
        if self.forgotten >= _MOST_FORGOTTEN:
            return False
        mended = mending.closed(self.nodes, end)
        self._reopen(mended)
        if mended is not None:
            self.close(end)
        return mended is not None

    def _reopen(self, mended: Mended | None) -> None:
        """Enter a block that was left too early, or never entered."""
        if mended is None:
            return
        self.forgotten += 1
        self.report(mended.code, mended.message, mended.start, mended.end)
        block, outer = mended.block, self.nodes
        del outer[mended.at :]
        self.stack.append((block.key, block.name, block.start, block.value_start, outer))
        self.nodes = mended.nodes

    def close_all(self) -> None:
        """Leave every block at the end of the text; one message says which are open."""
        if not self.stack:
            return
        opened = [(frame[2], frame[3] + 1) for frame in self.stack]
        title = _title(*self.stack[-1][:2])
        child = None
        if len(opened) == 1:
            child = mending.misaligned(self.text, opened[0][0], self.nodes)
        if child is not None:
            opened, title = [(child.start, child.value_start + 1)], _title(child.key, child.name)
        where = "" if child is not None else " at the end of the file"
        missing = "a `}` is" if len(opened) == 1 else f"{len(opened)} `}}` are"
        self.report(
            Code.UNCLOSED_BLOCK,
            f"{title} is opened here and never closed; {missing} missing{where}",
            *opened[-1],
            related=tuple(self.place(*span) for span in opened[-2:-12:-1]),
        )
        while self.stack:
            self.close(len(self.text))

    def _column(self, offset: int) -> int:
        return self.place(offset, offset).column

    def _close_forgotten(self, key: str, name: str, start: int) -> None:
        barred = NEVER_INSIDE[key]
        first = next((i for i, frame in enumerate(self.stack) if frame[0] in barred), None)
        if first is None or self.forgotten >= _MOST_FORGOTTEN:
            return
        if key in MISPLACED and self._column(start) > self._column(self.stack[first][2]):
            return
        self.forgotten += 1
        inner = self.stack[-1]
        title, opened = _title(*inner[:2]), (inner[2], inner[3] + 1)
        child = mending.misaligned(self.text, inner[2], self.nodes)
        if child is not None:
            title, opened = _title(child.key, child.name), (child.start, child.value_start + 1)
        self.report(
            Code.UNCLOSED_BLOCK,
            f"{title} is opened here and not closed before {_title(key, name)} begins "
            f"in line {self.line(start)}; add `}}`",
            *opened,
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


def _title(key: str, name: str) -> str:
    return f"`{key}: {name}`" if name else f"`{key or '{'}`"


def shown(text: str) -> str:
    """`text` as a message shows it: one line, not long."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:39] + "…"
