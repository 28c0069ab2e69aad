"""The values of a template that remember where they come from, and the page they are written on.

In: what tags and outputs write. Out: pieces. Invariant: on a page of SQL a `Typed` text is written
only if it cannot be anything but one value, whatever stands around it; one that is a quoted text
by itself is a hole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from io import StringIO
from typing import TypeAlias

from liquid.exceptions import LiquidError, OutputStreamLimitError

from lookalike.compiler.syntax.budget import Budget
from lookalike.compiler.syntax.liquid.rendered import Hole, Pieces, QuotedHole

MAX_OUTPUT = 1_000_000
MAX_PIECES = 100_000


class Typed(str):
    """A text that a user typed, or one made from such a text."""

    __slots__ = ()


Held: TypeAlias = tuple[str | Hole, ...]


class Carried(Typed):
    """A text for comparisons and filters that is written as `pieces` if nobody touches it.

    `n_pieces` is how many they are with all those that stand within conditions.
    """

    __slots__ = ("n_pieces", "pieces")
    pieces: Held
    n_pieces: int

    @staticmethod
    def of(text: str, *pieces: str | Hole, inner: int = 0) -> Carried:
        carried = Carried(text)
        carried.pieces = pieces
        carried.n_pieces = len(pieces) + inner
        return carried


def linked(text: str, address: str) -> Typed:
    """`text` as a link: markup that stays such in HTML, around what may not become any."""
    return Carried.of(
        f'<a href="{address}">{text}</a>', '<a href="', Typed(address), '">', Typed(text), "</a>"
    )


class UnsafeText(LiquidError):
    """A text that a user typed would have become SQL."""


class Page(StringIO):
    """Where a template writes: the result itself, or the body of a condition."""

    def __init__(self, budget: Budget, sql: bool, html: bool = False) -> None:
        super().__init__()
        self._budget = budget
        self._sql = sql
        self._html = html
        self._size = 0
        self.n_pieces = 0
        self._pieces: list[str | Hole] = []

    def write(self, text: str, /) -> int:
        size = len(text)
        count = text.n_pieces if isinstance(text, Carried) else 1
        self._budget.spend(10 * count + size // 10)
        self._budget.produce(size)
        self._size += size
        self.n_pieces += count
        if self.n_pieces > MAX_PIECES:
            raise OutputStreamLimitError(f"more than {MAX_PIECES} pieces", token=None)
        if self._size > MAX_OUTPUT:
            raise OutputStreamLimitError(f"more than {MAX_OUTPUT} characters", token=None)
        self._take(text)
        return size

    def pieces(self) -> Pieces:
        """What was written, neighbouring texts joined."""
        joined: list[str | Hole] = []
        texts: list[str] = []
        for piece in self._pieces:
            if isinstance(piece, str):
                texts.append(piece)
                continue
            if texts:
                joined.append("".join(texts))
                texts = []
            joined.append(piece)
        if texts:
            joined.append("".join(texts))
        return tuple(joined)

    def _take(self, text: str) -> None:
        if not self._sql:
            self._pieces.append(_escaped(text) if self._html else str(text))
        elif isinstance(text, Carried):
            for piece in text.pieces:
                self._put(piece)
        else:
            self._put(text)

    def _put(self, piece: str | Hole) -> None:
        if isinstance(piece, Typed):
            before = "".join(p if isinstance(p, str) else "0" for p in self._pieces)
            self._budget.spend(len(before) // 2 + len(self._pieces))
            literal = _LITERAL.fullmatch(piece)
            if literal is not None and not _is_quoted(before):
                self._pieces.append(QuotedHole(literal[1]))
                return
            if not _is_one_value(piece, before):
                raise UnsafeText(_refusal(piece), token=None)
            piece = str(piece)
        if piece != "":
            self._pieces.append(piece)


class Capture(Page):
    """Where `capture` writes. Nothing is refused: what was typed stays `Typed` in the variable."""

    def _take(self, text: str) -> None:
        self._pieces.append(text)

    def getvalue(self) -> str:
        texts = [piece for piece in self._pieces if isinstance(piece, str)]
        text = "".join(texts)
        if not any(isinstance(piece, Typed) for piece in texts):
            return text
        opened = tuple(_opened(texts))
        return Carried.of(text, *opened, inner=self.n_pieces - len(opened))


def _escaped(text: str) -> str:
    """A text for a page of HTML: what a user typed can't become markup. An entity stays one."""
    if isinstance(text, Carried) and all(isinstance(piece, str) for piece in text.pieces):
        return "".join(_escaped(piece) for piece in text.pieces if isinstance(piece, str))
    if not isinstance(text, Typed):
        return str(text)
    return _MARKUP.sub(lambda found: _ENTITIES[found[0]], str(text))


_MARKUP = re.compile(r"[<>\"']|&(?!#?\w{1,30};)")
_ENTITIES = {"<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "&": "&amp;"}


def is_typed(value: object) -> bool:
    """Did a user type it, or a part of it?"""
    if isinstance(value, str):
        return isinstance(value, Typed)
    if isinstance(value, list | tuple):
        return any(map(is_typed, value))
    return isinstance(value, dict) and any(map(is_typed, value.values()))


def as_typed(value: object) -> object:
    """The same value, marked as typed."""
    if isinstance(value, str):
        return value if isinstance(value, Typed) else Typed(value)
    if isinstance(value, list | tuple):
        return [as_typed(item) for item in value]
    if isinstance(value, dict):
        return {key: as_typed(item) for key, item in value.items()}
    return value


def _opened(texts: Iterable[str]) -> Iterable[str | Hole]:
    for text in texts:
        if isinstance(text, Carried):
            yield from text.pieces
        else:
            yield text


# One name, number, date or path, or several with commas between them: never two words in a row.
_CODE = re.compile(r"[\w.%:/@+-]+(?:[ ]*,[ ]*[\w.%:/@+-]+)*", re.ASCII)
_QUOTED = re.compile(r"[\w.,%:/@+ -]*")
# A text that an author put between quotes, or that went through `sql_quote` and another filter.
_LITERAL = re.compile(r"'([^'\\\n]*)'")
_INERT = re.compile(r"'[^'\n\\]*'|\"[^\"\n\\]*\"|`[^`\n\\]*`|--[^\n]*\n?")
_QUOTE = re.compile(r"['\"`]")
# Modifier letters look like quotes to some databases, and become quotes when they convert them.
_LETTERS = frozenset({"Lu", "Ll", "Lo", "Mn", "Mc", "Nd"})


def _is_one_value(text: str, before: str) -> bool:
    if text == "":
        return True
    if "--" in text or text[-1] in "-/":
        return False
    if before[-1:] + text[0] in ("--", "*/", "//"):
        return False
    if not all(c.isascii() or unicodedata.category(c) in _LETTERS for c in text):
        return False
    return (_QUOTED if _is_quoted(before) else _CODE).fullmatch(text) is not None


def _is_quoted(before: str) -> bool:
    """Is the next character inside a quoted text or name? Where databases differ: no."""
    rest = _INERT.sub("", before)
    quote = _QUOTE.search(rest)
    if quote is None or any(mark in rest for mark in ("\\", "/*", "$$", "#")):
        return False
    return "\n" not in rest[quote.start() :]


def _refusal(text: str) -> str:
    shown = text if len(text) <= 40 else text[:40] + "…"
    return (
        f"the text `{shown}` was typed by a user and must not become SQL as it is; "
        "add `| sql_quote` to make it a quoted text"
    )
