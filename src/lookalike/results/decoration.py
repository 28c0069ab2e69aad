"""Decoration: the HTML and the links of cells, which developers write in Liquid, and the links to
what is behind measures.

In: the rows of an answer. Out: the same rows with `html` and `links`. What a database returned is
escaped in HTML, and what would run as a script is left out of both. A text that can't be rendered
or cleaned is left out, and so is everything once the budget of the answer is spent. Rule: LookML
reference, "Liquid variable reference".
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
from lookalike.results import drills, sanitizing
from lookalike.results.answers import Answer, AnswerColumn, AnswerRow, Cell, CellLink
from lookalike.results.values import text


def decorated(answer: Answer, drill_from: str | None = None) -> Iterator[Sequence[Cell]]:
    """The rows of `answer`; those of an answer without decorated fields come as they are. With
    `drill_from`, cells of measures also link to what is behind them, by addresses that begin so."""
    columns = [column for column in answer.columns if _is_decorated(column)]
    if answer.wording is None or (drill_from is None and not columns):
        return answer.rows
    return _decorated(answer, answer.wording, [column.name for column in columns], drill_from)


class _Row(Struct, frozen=True):
    """The values of one row, as templates name them: in full, and as fields of one view."""

    full: Mapping[str, Any]
    of_view: dict[str, Mapping[str, Any]]
    of_cell: dict[str, tuple[tuple[str, Any], ...]]
    links: Mapping[str, str]


def _decorated(
    answer: Answer, wording: Wording, names: Sequence[str], drill_from: str | None
) -> Iterator[Sequence[Cell]]:
    fields = {column.name: column for column in answer.columns}
    behind = [column.name for column in answer.behind]
    needs_links = drill_from is not None or any(_links(fields[name]) for name in names)
    linkers = drills.linkers(answer) if needs_links else {}
    drilled = [name for name in linkers if drill_from is not None and _drills(fields.get(name))]
    for cells in answer.rows:
        row = dict(zip(fields, cells, strict=True))
        values = _values(row | _behind(cells, behind), linkers)
        for name in names:
            row[name] = _cell(row[name], fields[name], values, wording)
        for name in drilled:
            row[name] = _drilled(row[name], f"{drill_from}{values.links[name]}")
        yield tuple(row.values())


def _behind(cells: Sequence[Cell], names: Sequence[str]) -> dict[str, Cell]:
    return dict(zip(names, cells.behind, strict=True)) if isinstance(cells, AnswerRow) else {}


def _links(column: AnswerColumn) -> bool:
    """Does a template of the column name the link of a value?"""
    field = column.field
    assert isinstance(field, Dimension | Measure)
    texts = [field.html.text] if field.html else []
    texts += [text for link in field.links for text in (link.label, link.url, link.icon_url)]
    return any("link" in text for text in texts)


def _drills(column: AnswerColumn | None) -> bool:
    """Does its drill find what a value of the column is made of?"""
    return (
        column is not None and isinstance(column.field, Measure) and not column.field.is_of_answer
    )


def _is_decorated(column: AnswerColumn) -> bool:
    field = column.field
    return isinstance(field, Dimension | Measure) and bool(field.html or field.links)


def _values(row: Mapping[str, Cell], linkers: Mapping[str, drills.Linker]) -> _Row:
    full: dict[str, Any] = {}
    of_view: dict[str, dict[str, Any]] = {}
    of_cell: dict[str, tuple[tuple[str, Any], ...]] = {}
    filters = {name: _filter(cell.value) for name, cell in row.items()}
    links = {name: linker(filters) for name, linker in linkers.items()}
    for name, cell in row.items():
        alias, _, field = name.partition(".")
        own = of_view.setdefault(alias, {})
        full[f"row.{name}"] = _plain(cell.value)
        of_cell[name] = _variables(cell, filters[name], links.get(name, ""))
        for variable, value in of_cell[name]:
            full[f"{name}._{variable}"] = value
            own[f"{field}._{variable}"] = value
    return _Row(full, {alias: own | full for alias, own in of_view.items()}, of_cell, links)


def _variables(cell: Cell, filter_text: str, link: str) -> tuple[tuple[str, Any], ...]:
    shown = _shown(cell)
    return (
        ("value", _plain(cell.value)),
        ("rendered_value", shown),
        ("linked_value", syntax.liquid.linked(shown, link) if link else shown),
        ("filterable_value", syntax.liquid.Typed(filter_text)),
        ("link", syntax.liquid.Typed(link)),
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
    return _SPECIAL.sub(r"^\g<0>", value)


def _cell(cell: Cell, column: AnswerColumn, row: _Row, wording: Wording) -> Cell:
    field = column.field
    assert isinstance(field, Dimension | Measure)
    values = dict(row.of_view[column.name.partition(".")[0]])
    values.update(row.of_cell[column.name])
    html = None
    if field.html is not None:
        rendered = wording.text(field.html.text, column.name, values, html=True)
        html = None if rendered is None else sanitizing.html(rendered)
    links = []
    for link in field.links:
        label = wording.text(wording.localized(link.label), column.name, values)
        url = wording.text(link.url, column.name, values)
        icon = wording.text(link.icon_url, column.name, values) if link.icon_url else ""
        # A developer hides a link by a template that comes out empty.
        if label and label.strip() and url and url.strip() and not sanitizing.is_script(url):
            shown = None if sanitizing.is_script(icon or "") else icon or None
            links.append(CellLink(label=label, url=url, icon_url=shown))
    if html == _shown(cell):
        html = None
    return replace(cell, html=html, links=tuple(links)) if html is not None or links else cell


def _drilled(cell: Cell, url: str) -> Cell:
    """Rule: API, `run_query`, `generate_drill_links`. Behind null is nothing."""
    if cell.value is None:
        return cell
    shown = str(_shown(cell))
    link = CellLink(
        label=f"{_ALL} {shown}",
        label_prefix=_ALL,
        label_value=shown,
        url=url,
        type="measure_default",
    )
    return replace(cell, links=(*cell.links, link))


_ALL = "Show All"
_SPECIAL = re.compile(r'[%_^",]|^[-\s]|\s\Z|^(?=(?:NULL|null|EMPTY|empty)\Z)')
"""What means more than itself in a filter expression of texts; a caret takes that away."""
