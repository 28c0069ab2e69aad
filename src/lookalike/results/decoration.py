"""Decoration: the HTML and the links of cells, which developers write in Liquid.

In: the rows of an answer. Out: the same rows with `html` and `links`. What a database returned is
escaped in HTML; a link that is a script is left out. A text that can't be rendered is left out too,
and so is everything once the budget of the answer is spent. Rule: LookML reference, "Liquid
variable reference".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler import syntax
from lookalike.compiler.model import Dimension, Measure
from lookalike.compiler.query import Wording
from lookalike.results.answers import Answer, AnswerColumn, Cell, CellLink
from lookalike.results.values import text


def decorated(answer: Answer) -> Iterator[Sequence[Cell]]:
    """The rows of `answer`; those of an answer without decorated fields come as they are."""
    columns = [column for column in answer.columns if _is_decorated(column)]
    if answer.wording is None or not columns:
        return answer.rows
    return _decorated(answer, answer.wording, [column.name for column in columns])


class _Row(Struct, frozen=True):
    """The values of one row, as templates name them: in full, and as fields of one view."""

    full: Mapping[str, Any]
    of_view: dict[str, Mapping[str, Any]]


def _decorated(answer: Answer, wording: Wording, names: Sequence[str]) -> Iterator[Sequence[Cell]]:
    fields = {column.name: column for column in answer.columns}
    for cells in answer.rows:
        row = dict(zip(fields, cells, strict=True))
        values = _values(row)
        for name in names:
            row[name] = _cell(row[name], fields[name], values, wording)
        yield tuple(row.values())


def _is_decorated(column: AnswerColumn) -> bool:
    field = column.field
    return isinstance(field, Dimension | Measure) and bool(field.html or field.links)


def _values(row: Mapping[str, Cell]) -> _Row:
    full: dict[str, Any] = {}
    of_view: dict[str, dict[str, Any]] = {}
    for name, cell in row.items():
        alias, _, field = name.partition(".")
        own = of_view.setdefault(alias, {})
        full[f"row.{name}"] = _plain(cell.value)
        for variable, value in _variables(cell):
            full[f"{name}._{variable}"] = value
            own[f"{field}._{variable}"] = value
    return _Row(full, {alias: own | full for alias, own in of_view.items()})


def _variables(cell: Cell) -> tuple[tuple[str, Any], ...]:
    shown = _shown(cell)
    return (
        ("value", _plain(cell.value)),
        ("rendered_value", shown),
        ("linked_value", shown),
        ("filterable_value", syntax.liquid.Typed(_filter(cell.value))),
        ("link", ""),
    )


def _plain(value: object) -> object:
    """A value that templates can compare and count with."""
    if value is None or isinstance(value, bool | int | float | Decimal):
        return value
    return syntax.liquid.Typed(text(value))


def _shown(cell: Cell) -> str:
    if cell.rendered is not None:
        return syntax.liquid.Typed(cell.rendered)
    return syntax.liquid.Typed("" if cell.value is None else text(cell.value))


def _filter(value: object) -> str:
    """The filter expression that finds the value again."""
    if value is None:
        return "NULL"
    if not isinstance(value, str):
        return text(value)
    if value == "":
        return "EMPTY"
    escaped = _SPECIAL.sub(r"^\g<0>", value)
    return f'"{escaped}"' if "," in value or value != value.strip() else escaped


def _cell(cell: Cell, column: AnswerColumn, row: _Row, wording: Wording) -> Cell:
    field = column.field
    assert isinstance(field, Dimension | Measure)
    values = dict(row.of_view[column.name.partition(".")[0]])
    values.update(_variables(cell))
    html = None
    if field.html is not None:
        html = wording.text(field.html.text, column.name, values, html=True)
    links = []
    for link in field.links:
        label = wording.text(wording.localized(link.label), column.name, values)
        url = wording.text(link.url, column.name, values)
        icon = wording.text(link.icon_url, column.name, values) if link.icon_url else ""
        # A developer hides a link by a template that comes out empty.
        if label and label.strip() and url and url.strip() and not _SCRIPT.match(url):
            links.append(CellLink(label=label, url=url, icon_url=icon or None))
    if html == _shown(cell):
        html = None
    return replace(cell, html=html, links=tuple(links)) if html is not None or links else cell


_SPECIAL = re.compile(r"[%_^\"]|^-")
_SCRIPT = re.compile(
    r"[\x00-\x20]*(?:j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t|vbscript|data)\s*:", re.I
)
