"""Registry: every format of results by its name, and the ways to write one.

`sql` is none of them: it needs no rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lookalike.compiler.model import Explore
from lookalike.compiler.query import Role
from lookalike.compiler.sql import Script
from lookalike.results.answers import Answer
from lookalike.results.formats import json, json_bi, json_detail
from lookalike.results.formats.format import Detail, Format, Options
from lookalike.results.formats.separated import separated
from lookalike.results.over_rows import computed_columns

_JSON = "application/json; charset=utf-8"

FORMATS: Mapping[str, Format] = {
    format_.name: format_
    for format_ in (
        Format(
            name="json",
            media_type=_JSON,
            write=json.write,
            fail=json.fail,
            text_form="json",
            frame=json.frame,
        ),
        Format(
            name="json_detail", media_type=_JSON, write=json_detail.write, fail=json_detail.fail
        ),
        Format(name="json_bi", media_type=_JSON, write=json_bi.write, fail=json_bi.fail),
        separated("csv", ",", text_form="csv"),
        separated("txt", "\t", text_form="tab"),
    )
}


def write(answer: Answer, name: str, options: Options) -> Iterator[bytes]:
    """Write the answer in the format of that name. A piece never ends inside a row."""
    return FORMATS[name].write(answer, options)


def write_failure(name: str, message: str, detail: Detail) -> bytes:
    """What stands for the answer of a query that failed."""
    return FORMATS[name].fail(message, detail)


def text_form(name: str, script: Script, explore: Explore, options: Options) -> str:
    """The form in which an engine may write the rows of the main statement by itself; empty if the
    rows must pass through an answer. The keys are the fields of the statement's columns."""
    columns = script.main.columns
    all_shown = all(column.role in (Role.DIMENSION, Role.MEASURE) for column in columns)
    if options.apply_formatting or not all_shown or computed_columns(columns, explore):
        return ""
    return FORMATS[name].text_form
