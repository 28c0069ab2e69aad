"""JSON for BI tools: the columns described once in `metadata`, and the rows as objects of cells.

Rule: API, `run_query`, the format `json_bi`. The rows are streamed. Every row is an object, also
the one that says why a query failed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lookalike.compiler import model
from lookalike.compiler.model import Dimension, Measure, Sql
from lookalike.results.answers import Answer, AnswerColumn
from lookalike.results.decoration import decorated
from lookalike.results.formats.format import Detail, Options
from lookalike.results.formats.json import ENCODER, ROWS_AT_ONCE, joined


def write(answer: Answer, options: Options) -> Iterator[bytes]:
    names = [column.name for column in answer.columns]
    yield b'{"metadata":' + ENCODER.encode(_metadata(answer)) + b',"rows":['
    separator = b""
    cells = decorated(answer)
    while rows := list(islice(cells, ROWS_AT_ONCE)):
        yield separator + joined([dict(zip(names, row, strict=True)) for row in rows])
        separator = b",\n"
    yield b"]}"


def fail(message: str, detail: Detail) -> bytes:
    metadata = _NOTHING | {"sql": detail.sql}
    return ENCODER.encode({"metadata": metadata, "rows": [{"looker_error": message}]})


_NOTHING: dict[str, object] = {
    "big_query_metadata": None,
    "fields": {"dimensions": [], "measures": [], "pivots": [], "table_calculations": []},
    "pivots": [],
    "has_subtotals": False,
    "has_totals": False,
    "columns_truncated": "no",
    "filter_expression": None,
    "filters": {},
    "sql": None,
}


def _metadata(answer: Answer) -> dict[str, object]:
    described = [(column.is_measure, _described(column, answer)) for column in answer.columns]
    return _NOTHING | {
        "fields": {
            "dimensions": [entry for is_measure, entry in described if not is_measure],
            "measures": [entry for is_measure, entry in described if is_measure],
            "pivots": [],
            "table_calculations": [],
        },
        "filters": dict(answer.filters),
        "sql": answer.sql,
    }


def _described(column: AnswerColumn, answer: Answer) -> dict[str, object]:
    field = column.field
    alias = column.name.partition(".")[0]
    group = field.group if isinstance(field, Dimension) else ""
    written = field.sql if isinstance(field, Dimension | Measure) else None
    return {
        "name": column.name,
        "view": alias,
        "type": field.type,
        "category": "measure" if column.is_measure else "dimension",
        "label": column.label,
        "view_label": model.view_label(answer.explore, alias, field),
        "dimension_group": f"{alias}.{group}" if group else None,
        "field_group_label": field.group_label or None,
        "field_group_variant": field.group_item_label or field.label,
        "hidden": field.hidden,
        "description": field.description or None,
        "sql": written.text if isinstance(written, Sql) and answer.sql is not None else None,
    }
