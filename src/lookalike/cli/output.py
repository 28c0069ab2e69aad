"""Output: results on stdout, talk on stderr, diagnostics with carets, tables that line up."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from typing import TextIO

import msgspec

from lookalike.compiler.syntax import Diagnostic, Severity

_COLOURS = {
    "error": "31", "fatal": "31", "warning": "33", "info": "36", "strong": "1", "dim": "2",
    "added": "32", "removed": "31", "changed": "33",
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def result(text: str) -> None:
    """Print a result, as it is."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


def result_json(value: object) -> None:
    """Print a result as one JSON document."""
    result(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def say(text: str = "") -> None:
    """Talk: progress, hints, what to do next."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def paint(text: str, colour: str, stream: TextIO | None = None) -> str:
    """Colour for a terminal, stderr by default; plain with NO_COLOR or when redirected."""
    forced = os.environ.get("FORCE_COLOR")
    terminal = sys.stderr if stream is None else stream
    if os.environ.get("NO_COLOR") or not (forced or terminal.isatty()):
        return text
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m"


def harmless(text: str) -> str:
    """What others wrote, without signs that would command the terminal or turn text around."""
    return _CONTROL.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def table(names: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> str:
    """Lines of a plain table; `right` says which columns are set to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(names, *rows, strict=True)]

    def line(cells: Sequence[str]) -> str:
        set_ = (
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(cells, widths, right, strict=True)
        )
        return "  ".join(set_).rstrip()

    rule = "  ".join("-" * width for width in widths)
    return "\n".join((line(names), rule, *(line(row) for row in rows)))


def diagnostic(found: Diagnostic, text_of: Callable[[str], str | None], project: str = "") -> str:
    """One diagnostic as lines: what, where, and the line of the file with a caret under it. The
    path begins with `project`, where there are several.
    """
    place = found.place
    path = harmless(f"{project}/{place.path}" if project and place.path else place.path or project)
    where = f"{path}:{place.line}:{place.column}" if place.path and place.line else path
    colour = "error" if found.severity is Severity.FATAL else found.severity.value
    severity = paint(found.severity.value, colour, sys.stdout)
    head = f"{severity}[{found.code.value}]: {harmless(found.message)}"
    lines = [f"{where}: {head}" if where else head]
    text = text_of(place.path) if place.path and place.line else None
    if text is not None:
        lines += _caret(text, place.line, place.column, place.span.end - place.span.start)
    return "\n".join(lines)


def _caret(text: str, number: int, column: int, length: int) -> list[str]:
    source = text.split("\n")
    if number > len(source):
        return []
    line = source[number - 1].rstrip("\r").expandtabs(1)
    width = max(1, min(length, len(line) - column + 1))
    gutter = f"{number:>5} | "
    if len(line) > 160:
        start = max(0, column - 40)
        line, column = line[start : start + 160], column - start
        width = min(width, 160 - column + 1)
    line = _CONTROL.sub("�", line)
    return [f"{gutter}{line}", f"{' ' * (len(gutter) - 2)}| {' ' * (column - 1)}{'^' * width}"]
