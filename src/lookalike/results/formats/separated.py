"""Separated values: a line of labels, then a line a row, with commas or with tabs.

A cell is quoted where it holds a separator, a quote or a line break (RFC 4180); null is an empty
cell. Lines end with a single line feed, the last one too. What a spreadsheet would take for a
formula is left as it is (decision 0019).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lookalike.results.answers import Answer, AnswerColumn, Cell
from lookalike.results.formats.format import Detail, Format, Options
from lookalike.results.values import text

_ROWS_AT_ONCE = 1000


def separated(name: str, separator: str, text_form: str) -> Format:
    """The format with this separator."""
    risky = re.compile(f'[{separator}"\\r\\n]').search

    def quoted(value: object) -> str:
        if type(value) is not str:
            return text(value)
        return '"' + value.replace('"', '""') + '"' if risky(value) else value

    def frame(columns: Sequence[AnswerColumn]) -> tuple[bytes, bytes]:
        labels = separator.join(quoted(column.label) for column in columns)
        return (labels + "\n").encode(), b""

    def write(answer: Answer, options: Options) -> Iterator[bytes]:
        values = _shown if options.apply_formatting else _values
        yield frame(answer.columns)[0]
        while rows := list(islice(answer.rows, _ROWS_AT_ONCE)):
            lines = [separator.join(map(quoted, values(row))) for row in rows]
            yield ("\n".join(lines) + "\n").encode()

    return Format(
        name=name,
        media_type="text/plain; charset=utf-8",
        write=write,
        fail=_fail,
        text_form=text_form,
        frame=frame,
    )


def _values(row: Sequence[Cell]) -> list[object]:
    return [cell.value for cell in row]


def _shown(row: Sequence[Cell]) -> list[object]:
    return [cell.value if cell.rendered is None else cell.rendered for cell in row]


def _fail(message: str, detail: Detail) -> bytes:
    return f"{message}\n".encode()
