"""The text of the case book: headings, fenced blocks, and the names of rules that a case shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

BOOK = Path(__file__).parent
ASKING = ("query", "describe", "dashboard", "test")
"""Blocks that ask. What they give stands in blocks of other kinds behind them."""

_HEADING = re.compile(r"#{1,6}\s+(.+)")
_FENCE = re.compile(r"```(\w+)[ ]?(.*)")
_SHOWS = re.compile(r"Shows: (.+)")


class Block(Struct):
    """A fenced block; `start` and `end` are the indices of its fences among the file's lines."""

    kind: str
    argument: str
    lines: list[str]
    start: int = 0
    end: int = 0


class Written(Struct, frozen=True):
    """One case. `shows` names the rules of inheritance that it is about."""

    file: str
    title: str
    blocks: tuple[Block, ...]
    shows: tuple[str, ...] = ()


def read_file(path: Path) -> Iterator[Written]:
    """The cases of a file: every heading under which something is asked or LookML stands."""
    title, blocks, shows = "", list[Block](), list[str]()
    for line in (*_read(path.read_text(encoding="utf-8").split("\n")), "# "):
        if isinstance(line, Block):
            blocks.append(line)
        elif line.startswith("#"):
            if any(each.kind in (*ASKING, "lookml") for each in blocks):
                yield Written(path.name, title, tuple(blocks), tuple(shows))
            title, blocks, shows = line.lstrip("# "), [], []
        else:
            shows += line.split(", ")


@cache
def book() -> tuple[Written, ...]:
    """Every case, file by file."""
    return tuple(case for path in sorted(BOOK.glob("*.md")) for case in read_file(path))


def blocks_of(text: str, title: str) -> list[Block]:
    """The blocks that stand under a heading."""
    found, under = [], ""
    for line in _read(text.split("\n")):
        if isinstance(line, Block) and under == title:
            found.append(line)
        elif isinstance(line, str) and line.startswith("#"):
            under = line.lstrip("# ")
    return found


def _read(lines: list[str]) -> Iterator[Block | str]:
    """Each block; each heading, with its `#`; and what `Shows:` names."""
    i = 0
    while i < len(lines):
        heading, fence = _HEADING.fullmatch(lines[i]), _FENCE.fullmatch(lines[i])
        shown = _SHOWS.fullmatch(lines[i])
        if heading:
            yield f"# {heading[1]}"
        elif shown:
            yield shown[1]
        elif fence:
            end = lines.index("```", i + 1)
            yield Block(fence[1], fence[2].strip(), lines[i + 1 : end], i, end)
            i = end
        i += 1
