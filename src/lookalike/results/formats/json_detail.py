"""JSON with detail: the rows as cells, the columns described, the SQL and how the query went.

Rule: API, `run_query`, the format `json_detail`. The rows are streamed; what is known only at the
end stands behind them. `provenance` is ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lookalike.compiler import model, query
from lookalike.compiler.model import Dimension, Field, Measure
from lookalike.results.answers import Answer, AnswerColumn
from lookalike.results.decoration import decorated
from lookalike.results.formats.format import Detail, Options, QueryError
from lookalike.results.formats.json import ENCODER, ROWS_AT_ONCE, joined


def write(answer: Answer, options: Options) -> Iterator[bytes]:
    names = [column.name for column in answer.columns]
    yield ENCODER.encode(_head(answer))[:-1] + b',"data":['
    separator = b""
    cells = decorated(answer, options.drill_from)
    while rows := list(islice(cells, ROWS_AT_ONCE)):
        yield separator + joined([dict(zip(names, row, strict=True)) for row in rows])
        separator = b",\n"
    yield b"]," + ENCODER.encode(_tail(options.detail()))[1:]


def fail(message: str, detail: Detail) -> bytes:
    errors = detail.errors or (QueryError(message),)
    facts = _tail(detail) | {"errors": [_error(error) for error in errors]}
    return ENCODER.encode(_NOTHING | {"sql": detail.sql, "data": []} | facts)


_NOTHING: dict[str, object] = {
    "fields": {"dimensions": [], "measures": [], "table_calculations": [], "pivots": []},
    "pivots": [],
    "fill_fields": [],
    "has_totals": False,
    "has_row_totals": False,
    "has_subtotals": False,
    "totals_data": None,
    "applied_filters": {},
    "applied_filter_expression": None,
    "number_format": "1,234.56",
    "timezone": "UTC",
    "null_sort_treatment": "",
    "sql": None,
    "sql_explain": None,
    "drill_menu_build_time": 0.0,
    "forecast_result": None,
    "supports_pivot_in_db": False,
    "explore": None,
    "columns_truncated": "no",
}


def _head(answer: Answer) -> dict[str, object]:
    explore = answer.explore
    described = [(column.is_measure, _described(column, answer)) for column in answer.columns]
    return _NOTHING | {
        "fields": {
            "dimensions": [entry for is_measure, entry in described if not is_measure],
            "measures": [entry for is_measure, entry in described if is_measure],
            "table_calculations": [],
            "pivots": [],
        },
        "applied_filters": {name: {"value": value} for name, value in answer.filters},
        "timezone": answer.zone,
        "sql": answer.sql,
        "explore": {
            "name": explore.name,
            "label": explore.label,
            "description": explore.description,
        },
    }


def _tail(detail: Detail) -> dict[str, object]:
    return {
        "id": detail.id,
        "ran_at": detail.ran_at,
        "runtime": f"{detail.seconds:.3f}",
        "from_cache": detail.from_cache,
        "expired": False,
        "errors": [_error(error) for error in detail.errors],
        "provenance": detail.provenance,
    }


def _error(error: QueryError) -> dict[str, object]:
    return {
        "message": error.message,
        "message_details": error.details,
        "params": None,
        "edit_url": None,
        "error_pos": None,
        "fatal": True,
        "level": "error",
        "login_required_oauth_application_id": None,
        "sql_error_loc": {"line": error.line, "column": error.column} if error.line else None,
    }


def _described(column: AnswerColumn, answer: Answer) -> dict[str, object]:
    field = column.field
    alias = column.name.partition(".")[0]
    is_numeric = query.is_numeric(field, column.name, answer.explore)
    return {
        "name": column.name,
        "label": column.label,
        "label_short": field.label,
        "view": alias,
        "view_label": model.view_label(answer.explore, alias, field),
        "type": field.type,
        "category": "measure" if column.is_measure else "dimension",
        "measure": column.is_measure,
        "dimension_group": _group(field, alias),
        "field_group_label": field.group_label or None,
        "field_group_variant": field.group_item_label or field.label,
        "is_timeframe": isinstance(field, Dimension) and bool(field.timeframe),
        "is_numeric": is_numeric,
        "align": "right" if is_numeric else "left",
        "value_format": field.value_format if isinstance(field, Dimension | Measure) else None,
        "hidden": field.hidden,
        "description": field.description or None,
        "tags": field.tags,
    }


def _group(field: Field, alias: str) -> str | None:
    if isinstance(field, Dimension) and field.group:
        return f"{alias}.{field.group}"
    return None
