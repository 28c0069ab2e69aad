"""One file, read by both: what each says, where they differ, and what our printer gives back."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from typing import Any

from msgspec import Struct

from lookalike.compiler.syntax import Diagnostic, lookml
from tests.corpus.rows import Row, rows

_SCRIPT = Path(__file__).with_name("read_with_lkml.py")


class Outcome(Struct, frozen=True):
    """What became of one file. `theirs` is None when `lkml` refuses it, and `refused` says why."""

    path: Path
    data: bytes
    parsed: lookml.Parsed
    ours: list[Row]
    theirs: list[Row] | None
    refused: str

    @property
    def errors(self) -> list[Diagnostic]:
        return [found for found in self.parsed.diagnostics if found.is_error]

    @property
    def is_printed_back(self) -> bool:
        return encoded(lookml.printer.text(self.parsed)) == self.data

    @property
    def is_formatted_alike(self) -> bool:
        """Whether the canonical layout says the same, and is its own canonical layout. The layout
        takes blanks from the ends of lines of SQL."""
        layout = lookml.printer.formatted(self.parsed)
        again = lookml.parse(layout.text)
        return lookml.printer.formatted(again).text == layout.text and (
            [_without_line_ends(row) for row in rows(again)]
            == [_without_line_ends(row) for row in self.ours]
        )


class Difference(Struct, frozen=True):
    """A row of theirs and the one of ours in its place; None where there is none."""

    theirs: Row | None
    ours: Row | None


def outcomes(python: str, files: Iterable[tuple[Path, bytes]]) -> Iterator[Outcome]:
    """Each file as both read it; `python` is one that has `lkml`."""
    for path, data, answer in _answers(python, files):
        theirs = None if answer["rows"] is None else [Row(*row) for row in answer["rows"]]
        yield outcome(path, data, theirs, answer["refused"])


def outcome(path: Path, data: bytes, theirs: list[Row] | None, refused: str) -> Outcome:
    parsed = lookml.parse(data.decode("utf-8", "surrogateescape"))
    return Outcome(path, data, parsed, rows(parsed), theirs, refused)


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def differences(theirs: Sequence[Row], ours: Sequence[Row]) -> list[Difference]:
    """Where two lists of rows differ, row by row."""
    if theirs == ours:
        return []
    found = []
    matcher = SequenceMatcher(None, list(map(_key, theirs)), list(map(_key, ours)), autojunk=False)
    for kind, begin, end, our_begin, our_end in matcher.get_opcodes():
        if kind != "equal":
            pairs = zip_longest(theirs[begin:end], ours[our_begin:our_end])
            found += [Difference(their_row, our_row) for their_row, our_row in pairs]
    return found


def _key(row: Row) -> tuple[str, str, str]:
    return row.path, row.form, row.text


def _without_line_ends(row: Row) -> Row:
    if row.form != "sql":
        return row
    return Row(row.path, row.form, "\n".join(line.rstrip() for line in row.text.split("\n")))


def _answers(
    python: str, files: Iterable[tuple[Path, bytes]]
) -> Iterator[tuple[Path, bytes, dict[str, Any]]]:
    command = [python, str(_SCRIPT)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as reader:
        assert reader.stdin
        assert reader.stdout
        for path, data in files:
            reader.stdin.write(f"{path}\n")
            reader.stdin.flush()
            line = reader.stdout.readline()
            if not line:
                raise SystemExit("`lkml` did not run; name a Python that has it: --lkml-python")
            yield path, data, json.loads(line)
        reader.stdin.close()
