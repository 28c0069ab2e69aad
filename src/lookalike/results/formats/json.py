"""JSON: an array of flat objects, one a row, keyed by full field names.

Numbers stay numbers and null stays null; when formatting is asked for, every value is the text that
is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import msgspec

from lookalike.results.answers import Answer, AnswerColumn, Cell
from lookalike.results.formats.format import Detail, Options
from lookalike.results.values import text

ROWS_AT_ONCE = 1000

ENCODER = msgspec.json.Encoder(decimal_format="number")


def write(answer: Answer, options: Options) -> Iterator[bytes]:
    names = [column.name for column in answer.columns]
    values = _shown if options.apply_formatting else _values
    before, behind = frame(answer.columns)
    yield before
    separator = b""
    while rows := list(islice(answer.rows, ROWS_AT_ONCE)):
        objects = [dict(zip(names, values(row), strict=True)) for row in rows]
        yield separator + joined(objects)
        separator = b",\n"
    yield behind


def frame(columns: Sequence[AnswerColumn]) -> tuple[bytes, bytes]:
    return b"[", b"]"


def fail(message: str, detail: Detail) -> bytes:
    return ENCODER.encode([{"looker_error": message}])


def joined(objects: Sequence[object]) -> bytes:
    """The objects as JSON with a comma and a line break between them. No JSON text has a bare line
    break inside."""
    return ENCODER.encode_lines(objects)[:-1].replace(b"\n", b",\n")


def _values(row: Sequence[Cell]) -> list[object]:
    return [cell.value for cell in row]


def _shown(row: Sequence[Cell]) -> list[object]:
    return [_text(cell) if cell.rendered is None else cell.rendered for cell in row]


def _text(cell: Cell) -> str | None:
    return None if cell.value is None else text(cell.value)
