"""Reads LookML with PyPI `lkml`: a path a line comes in, an answer in JSON a line goes out.

Runs in a Python that has `lkml`, and uses nothing of ours. Files are opened as the command of
`lkml` opens them: line ends become line feeds. The tree is taken rather than the dictionary,
which is made of it, because it keeps the order and how a value was written.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import lkml
from lkml.tree import (
    BlockNode,
    ContainerNode,
    ExpressionSyntaxToken,
    ListNode,
    PairNode,
    QuotedSyntaxToken,
)

SECONDS_AT_MOST = 30


def main() -> None:
    signal.signal(signal.SIGALRM, _give_up)
    for line in sys.stdin:
        print(json.dumps(_answer(Path(line.rstrip("\n")))), flush=True)


def _give_up(_number: int, _frame: object) -> None:
    raise TimeoutError(f"not read in {SECONDS_AT_MOST} s")


def _answer(path: Path) -> dict[str, object]:
    text = path.read_text(encoding="utf-8", errors="surrogateescape")
    signal.alarm(SECONDS_AT_MOST)
    try:
        return {"rows": list(_rows(lkml.parse(text).container, "")), "refused": ""}
    except Exception as error:  # whatever it says is the answer
        return {"rows": None, "refused": f"{type(error).__name__}: {error}"}
    finally:
        signal.alarm(0)


def _rows(container: ContainerNode, around: str) -> Iterator[tuple[str, str, str]]:
    for node in container.items:
        key = node.type.value
        if isinstance(node, BlockNode):
            path = f"{around}{key} {node.name.value}/" if node.name else f"{around}{key}/"
            yield path, "block", ""
            yield from _rows(node.container, path)
        elif isinstance(node, ListNode):
            path = f"{around}{key}/"
            yield path, "list", ""
            for item in node.items:
                if isinstance(item, PairNode):
                    yield path + item.type.value, _form(item.value), item.value.value
                else:
                    yield path, _form(item), item.value
        else:
            yield around + key, _form(node.value), node.value.value


def _form(token: object) -> str:
    if isinstance(token, QuotedSyntaxToken):
        return "string"
    return "sql" if isinstance(token, ExpressionSyntaxToken) else "atom"


if __name__ == "__main__":
    main()
